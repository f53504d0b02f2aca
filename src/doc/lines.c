#include <config.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <gonogo/doc/lines.h>

enum { QUOTE_COLUMNS = 60 };

enum err_kind lines_refuse(const struct lines *lines, const struct line *line, struct err *err, const char *fmt, ...)
{
	char sentence[ERR_TEXT_MAX];
	va_list args;
	va_start(args, fmt);
	(void)vsnprintf(sentence, sizeof sentence, fmt, args);
	va_end(args);
	const int end = lines->count > 0 ? lines->items[lines->count - 1].number : 1;
	return err_set(err, ERR_INPUT, "%s:%d: %s.", lines->file, line ? line->number : end, sentence);
}

/* The judgement of text_check, with file and line in front. */
static enum err_kind check_text(const struct lines *lines, const struct line *line, enum text_kind kind,
	const char *what, const char *text, struct err *err)
{
	struct err inner;
	if (text_check(kind, what, text, strlen(text), &inner) == ERR_NONE)
		return ERR_NONE;
	if (inner.kind == ERR_SYSTEM)
		return err_set(err, ERR_SYSTEM, "%s", inner.text);
	return lines_refuse(lines, line, err, "%s", inner.text);
}

/* Takes the bytes of one line; `size` is without its LF. */
static enum err_kind take_line(
	struct lines *lines, struct line *line, const char *bytes, size_t size, int number, struct err *err)
{
	line->number = number;
	if (memchr(bytes, '\0', size))
		return lines_refuse(lines, line, err, "the line holds a NUL byte, expected plain text");
	if (size > 0 && bytes[size - 1] == '\r')
		return lines_refuse(
			lines, line, err, "the line ends with CR LF, expected LF alone (as \"dos2unix\" leaves it)");
	while (size > 0 && bytes[size - 1] == ' ')
		size--;
	line->text = arena_bytes(lines->arena, bytes, size);
	if (!line->text)
		return err_memory(err);
	return size == 0 ? ERR_NONE : check_text(lines, line, TEXT_MEMO, "the line", line->text, err);
}

static size_t count_lines(const char *text, size_t size)
{
	size_t count = 0;
	for (size_t at = 0; at < size; at++)
		count += text[at] == '\n';
	return count + (size > 0 && text[size - 1] != '\n');
}

static const char *shown_name(const char *file, struct arena *arena)
{
	struct buf shown = BUF_EMPTY;
	struct err ignored;
	text_show(&shown, file, strlen(file), false);
	const char *name = buf_check(&shown, &ignored) == ERR_NONE ? arena_str(arena, buf_text(&shown)) : NULL;
	buf_release(&shown);
	return name;
}

enum err_kind lines_open(
	const char *file, const char *text, size_t size, struct arena *arena, struct lines *out, struct err *err)
{
	*out = (struct lines){ .file = shown_name(file, arena), .arena = arena };
	if (!out->file)
		return err_memory(err);
	if (size > DOC_SIZE_MAX)
		return lines_refuse(
			out, NULL, err, "the document takes %zu bytes, expected at most %d", size, (int)DOC_SIZE_MAX);
	const size_t count = count_lines(text, size);
	struct line *items = arena_array(arena, count + 1, sizeof *items);
	if (!items)
		return err_memory(err);
	size_t at = 0;
	for (size_t i = 0; i < count; i++) {
		const char *end = memchr(text + at, '\n', size - at);
		const size_t length = end ? (size_t)(end - (text + at)) : size - at;
		enum err_kind kind = take_line(out, &items[i], text + at, length, (int)i + 1, err);
		if (kind != ERR_NONE)
			return kind;
		at += length + 1;
	}
	out->items = items;
	out->count = count;
	return ERR_NONE;
}

const struct line *lines_peek(struct lines *lines)
{
	while (lines->at < lines->count && lines->items[lines->at].text[0] == '\0')
		lines->at++;
	return lines_peek_any(lines);
}

const struct line *lines_peek_any(const struct lines *lines)
{
	return lines->at < lines->count ? &lines->items[lines->at] : NULL;
}

void lines_pass(struct lines *lines)
{
	if (lines->at < lines->count)
		lines->at++;
}

/* What the specification's templates put where a value belongs: a template that was not filled in is no document. */
static bool is_placeholder(const char *text)
{
	static const char *const placeholders[] = {
		"[release-id]",
		"[class]",
		"[list]",
		"[method]",
		"[date]",
		"[duration]",
		"[criterion 1]",
		"[criterion 2]",
		"[name]",
		"[name, date]",
		"[Name], [Role], [Date]",
		"[Risk 1]: [Rationale]",
		"[Risk 2]: [Rationale]",
		"[Any additional context]",
	};
	for (size_t i = 0; i < sizeof placeholders / sizeof placeholders[0]; i++)
		if (strcmp(text, placeholders[i]) == 0)
			return true;
	return false;
}

enum err_kind lines_check(const struct lines *lines, const struct line *line, enum text_kind kind, const char *what,
	const char *value, struct err *err)
{
	if (text_is_blank(value))
		return lines_refuse(
			lines, line, err, "found \"%s\", expected %s in it", lines_quote(lines, line->text), what);
	if (is_placeholder(value))
		return lines_refuse(
			lines, line, err, "found the template's placeholder \"%s\", expected %s", value, what);
	return check_text(lines, line, kind, what, value, err);
}

enum err_kind lines_expected(const struct lines *lines, const struct line *line, const char *expected, struct err *err)
{
	if (!line)
		return lines_refuse(lines, line, err, "the document ends here, expected %s", expected);
	return lines_refuse(lines, line, err, "found \"%s\", expected %s", lines_quote(lines, line->text), expected);
}

enum err_kind lines_heading(struct lines *lines, const char *text, struct err *err)
{
	const struct line *line = lines_peek(lines);
	if (line && strcmp(line->text, text) == 0) {
		lines_pass(lines);
		return ERR_NONE;
	}
	const char *expected = arena_printf(lines->arena, "\"%s\"", text);
	return expected ? lines_expected(lines, line, expected, err) : err_memory(err);
}

enum err_kind lines_end(struct lines *lines, const char *name, struct err *err)
{
	const struct line *line = lines_peek(lines);
	if (!line)
		return ERR_NONE;
	const char *expected = arena_printf(lines->arena, "the end of %s", name);
	return expected ? lines_expected(lines, line, expected, err) : err_memory(err);
}

const char *lines_quote(const struct lines *lines, const char *text)
{
	const size_t size = strlen(text), fit = text_fit(text, size, QUOTE_COLUMNS);
	if (fit >= size)
		return text;
	const char *cut = arena_printf(lines->arena, "%.*s...", (int)fit, text);
	return cut ? cut : "...";
}

const char *lines_value(const char *line, const char *key)
{
	const size_t size = strlen(key);
	if (strncmp(line, key, size) != 0 || line[size] != ':' || (line[size + 1] != ' ' && line[size + 1] != '\0'))
		return NULL;
	line += size + 1;
	return line + strspn(line, " ");
}

const struct line *lines_find(const struct lines *lines, const char *key)
{
	for (size_t i = 0; i < lines->count; i++)
		if (lines_value(lines->items[i].text, key))
			return &lines->items[i];
	return NULL;
}

const char *lines_bullet(const char *line)
{
	static const char bullet[] = "  - ";
	return strncmp(line, bullet, sizeof bullet - 1) == 0 ? line + sizeof bullet - 1 : NULL;
}

void lines_print(struct buf *out, const char *text)
{
	if (!text)
		return;
	text += strspn(text, " \n");
	size_t size = strlen(text);
	while (size > 0 && (text[size - 1] == ' ' || text[size - 1] == '\n'))
		size--;
	for (size_t at = 0; at < size; at++)
		buf_char(out, text[at] == '\n' ? ' ' : text[at]);
}
