#include <config.h>

#include <string.h>

#include <gonogo/doc/lines.h>
#include <gonogo/doc/safety.h>

static const char ticked[] = "- [x] ", open[] = "- [ ] ";
enum { BOX_SIZE = sizeof ticked - 1 };

enum err_kind safety_parse(
	const char *file, const char *text, size_t size, struct arena *arena, struct safety *out, struct err *err)
{
	struct lines lines;
	*out = (struct safety){ 0 };
	enum err_kind kind = lines_open(file, text, size, arena, &lines, err);
	for (size_t i = 0; kind == ERR_NONE && i < SAFETY_ITEMS; i++) {
		const struct line *line = lines_peek(&lines);
		const bool is_ticked = line && strncmp(line->text, ticked, BOX_SIZE) == 0;
		if (!is_ticked && !(line && strncmp(line->text, open, BOX_SIZE) == 0)) {
			const char *expected = arena_printf(
				arena, "item %zu of %d, as \"- [x] TEXT\" or \"- [ ] TEXT\"", i + 1, (int)SAFETY_ITEMS);
			return expected ? lines_expected(&lines, line, expected, err) : err_memory(err);
		}
		out->items[i].ticked = is_ticked;
		out->items[i].text = line->text + BOX_SIZE + strspn(line->text + BOX_SIZE, " ");
		kind = lines_check(&lines, line, TEXT_LONG, "the item's text", out->items[i].text, err);
		lines_pass(&lines);
	}
	return kind == ERR_NONE ? lines_end(&lines, "the checklist after seven items", err) : kind;
}

void safety_print(const struct safety *safety, struct buf *out)
{
	for (size_t i = 0; i < SAFETY_ITEMS; i++) {
		buf_str(out, safety->items[i].ticked ? ticked : open);
		lines_print(out, safety->items[i].text);
		buf_char(out, '\n');
	}
}

/* The size of the wording without the parenthesis at its end: that is where a checklist puts its own. */
static size_t stem_size(const char *wording)
{
	const size_t size = strlen(wording);
	const char *parenthesis = size > 0 && wording[size - 1] == ')' ? strrchr(wording, '(') : NULL;
	return parenthesis && parenthesis > wording + 1 && parenthesis[-1] == ' ' ? (size_t)(parenthesis - 1 - wording)
										  : size;
}

/* What `text` holds in parentheses behind the first `size` bytes of the wording; NULL when it is not made so. */
static const char *parenthesis_of(const char *wording, size_t size, const char *text, size_t *found)
{
	const size_t whole = strlen(text);
	if (strncmp(text, wording, size) != 0 || whole < size + strlen(" ()") + 1)
		return NULL;
	if (text[size] != ' ' || text[size + 1] != '(' || text[whole - 1] != ')')
		return NULL;
	*found = whole - size - strlen(" ()");
	return text + size + strlen(" (");
}

/* The note as a part of `text`; NULL: there is none. */
static const char *find_note(const char *wording, const char *text, size_t *size)
{
	*size = strlen(text);
	if (strcmp(wording, text) == 0)
		return NULL;
	const char *note = parenthesis_of(wording, strlen(wording), text, size);
	if (!note)
		note = parenthesis_of(wording, stem_size(wording), text, size);
	return note ? note : text;
}

enum err_kind safety_note(
	const char *wording, const char *text, struct arena *arena, const char **note, struct err *err)
{
	size_t size;
	const char *found = find_note(wording, text, &size);
	*note = found ? arena_bytes(arena, found, size) : NULL;
	return !found || *note ? ERR_NONE : err_memory(err);
}

/* Letters and digits of ASCII, whatever the locale. */
static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Moves *at to the next word and gives its size; 0 at the end. */
static size_t next_word(const char **at)
{
	while (**at != '\0' && !is_word_byte(**at))
		(*at)++;
	size_t size = 0;
	while (is_word_byte((*at)[size]))
		size++;
	return size;
}

static bool is_same_word(const char *a, const char *b, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if ((a[i] | 0x20) != (b[i] | 0x20))
			return false;
	return true;
}

/* Do the next `count` words at both places agree, but for case? */
static bool agree(const char *a, const char *b, int count)
{
	for (int i = 0; i < count; i++) {
		const size_t size = next_word(&a);
		if (size == 0 || next_word(&b) != size || !is_same_word(a, b, size))
			return false;
		a += size;
		b += size;
	}
	return true;
}

static bool has_words(const char *text, const char *words, int count)
{
	for (size_t size = next_word(&text); size > 0; size = next_word(&text)) {
		if (agree(text, words, count))
			return true;
		text += size;
	}
	return false;
}

/* A sentence that takes up two neighbouring words of the item speaks in its place ("No data migration required"). */
static bool is_own_wording(const char *wording, const char *note)
{
	if (note[0] < 'A' || note[0] > 'Z')
		return false;
	for (size_t size = next_word(&note); size > 0; size = next_word(&note)) {
		if (has_words(wording, note, 2))
			return true;
		note += size;
	}
	return false;
}

static bool says(const char *wording, const char *text, const char *note)
{
	size_t size;
	const char *found = find_note(wording, text, &size);
	return found && size == strlen(note) && memcmp(found, note, size) == 0;
}

enum err_kind safety_text(
	const char *wording, const char *note, struct arena *arena, const char **text, struct err *err)
{
	*text = wording;
	if (text_is_blank(note))
		return ERR_NONE;
	if (is_own_wording(wording, note) && says(wording, note, note)) {
		*text = note;
		return ERR_NONE;
	}
	*text = arena_printf(arena, "%.*s (%s)", (int)stem_size(wording), wording, note);
	if (*text && !says(wording, *text, note))
		*text = arena_printf(arena, "%s (%s)", wording, note);
	return *text ? ERR_NONE : err_memory(err);
}

bool safety_denies_migration(const char *text)
{
	static const struct {
		const char *phrase;
		int words;
	} denials[] = {
		{ "no migration", 2 },
		{ "no migrations", 2 },
		{ "no data migration", 3 },
		{ "no data migrations", 3 },
		{ "no schema migration", 3 },
		{ "no database migration", 3 },
		{ "without migration", 2 },
		{ "without data migration", 3 },
		{ "migration none", 2 },
		{ "migration not required", 3 },
		{ "migration not needed", 3 },
		{ "migration not necessary", 3 },
		{ "migration not applicable", 3 },
		{ "migration is not required", 4 },
		{ "migration is not needed", 4 },
	};
	for (size_t i = 0; i < sizeof denials / sizeof denials[0]; i++)
		if (has_words(text, denials[i].phrase, denials[i].words))
			return true;
	return false;
}
