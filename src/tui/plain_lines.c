#include <config.h>

#include <errno.h>
#include <langinfo.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <gonogo/base/grapheme.h>
#include <gonogo/base/io.h>
#include <gonogo/base/text.h>

#include "plain_state.h"

/* The longest text there is, and some room for what stands around it. */
enum { REPLY_MAX = TEXT_LONG_MAX + 64 };

void plain_say(struct plain *plain, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	buf_vprintf(&plain->out, fmt, args);
	va_end(args);
	buf_char(&plain->out, '\n');
}

void plain_quote(struct plain *plain, const char *text)
{
	while (*text) {
		const size_t size = strcspn(text, "\n");

		plain_say(plain, "  %.*s", (int)size, text);
		text += size + (text[size] == '\n');
	}
}

/* A character that the locale cannot show is spelled as those are that no screen may show. */
static void spell(struct buf *out, const char *text, size_t size)
{
	for (size_t at = 0; at < size;) {
		int32_t c;
		const size_t bytes = grapheme_decode(text, size, at, &c);

		if (c < 0x80)
			buf_add(out, text + at, bytes);
		else
			buf_printf(out, c > 0xffff ? "\\U%08lX" : "\\u%04lX", (unsigned long)c);
		at += bytes;
	}
}

/* Where a line that is too long is parted: behind the last space that fits, or in a word that is longer than any line. */
static size_t part(const char *line, size_t size, size_t columns)
{
	const size_t fit = text_fit(line, size, columns);
	size_t at = fit;

	if (fit == size)
		return size;
	while (at && line[at] != ' ' && line[at - 1] != ' ')
		at--;
	return at && strspn(line, " ") < at ? at : fit;
}

/* What goes on in the next line stands below the beginning of its own. */
static void wrap_line(struct buf *out, const char *line, size_t size)
{
	const size_t hang = strspn(line, " ") < size ? strspn(line, " ") : 0;
	size_t at = part(line, size, PLAIN_COLUMNS);

	buf_add(out, line, at);
	while (at < size) {
		const size_t blank = strspn(line + at, " ");
		size_t next;

		at = at + blank < size ? at + blank : size;
		if (at == size)
			break;
		while (out->size && out->bytes[out->size - 1] == ' ')
			out->bytes[--out->size] = '\0';
		buf_printf(out, "\n%*s", (int)hang, "");
		next = part(line + at, size - at, PLAIN_COLUMNS - hang);
		buf_add(out, line + at, next);
		at += next;
	}
}

static void wrap(struct buf *out, const struct buf *text)
{
	const char *line = buf_text(text);

	while (*line) {
		const size_t size = strcspn(line, "\n");

		wrap_line(out, line, size);
		line += size;
		if (*line == '\n') {
			buf_char(out, '\n');
			line++;
		}
	}
}

bool plain_flush(struct plain *plain, struct err *err)
{
	struct buf shown = BUF_EMPTY, spelled = BUF_EMPTY, wrapped = BUF_EMPTY;

	text_show(&shown, buf_text(&plain->out), plain->out.size, true);
	if (plain->is_ascii)
		spell(&spelled, buf_text(&shown), shown.size);
	wrap(&wrapped, plain->is_ascii ? &spelled : &shown);
	if (plain->out.failed || shown.failed || spelled.failed || wrapped.failed)
		plain->failed = err_memory(err);
	else if (!io_put(STDOUT_FILENO, buf_text(&wrapped), wrapped.size))
		plain->failed = err_set(err, ERR_SYSTEM, "Standard output could not be written: %s.", strerror(errno));
	buf_release(&shown);
	buf_release(&spelled);
	buf_release(&wrapped);
	buf_clear(&plain->out);
	plain->has_ended |= plain->failed != ERR_NONE;
	return !plain->failed;
}

/* False: the input ended before the line did. */
static bool take_line(struct buf *line, size_t *size)
{
	int c;

	buf_clear(line);
	for (*size = 0; (c = getc(stdin)) != EOF && c != '\n'; ++*size)
		if (*size < REPLY_MAX)
			buf_char(line, (char)c);
	return c != EOF;
}

static enum plain_line end_of_input(struct plain *plain, size_t size, struct err *err)
{
	plain_say(plain, "%s", "");
	plain->has_broken_off = size && size <= REPLY_MAX && !plain->line.failed && !memchr(plain->line.bytes, '\0', size);
	if (!ferror(stdin))
		return LINE_END;
	plain->failed = err_set(err, ERR_SYSTEM, "Standard input could not be read: %s.", strerror(errno));
	return LINE_FAILED;
}

enum plain_line plain_read(struct plain *plain, struct err *err)
{
	size_t size;

	if (!take_line(&plain->line, &size))
		return end_of_input(plain, size, err);
	if (!plain->is_typed)
		plain_say(plain, "%s", "");
	if (size > REPLY_MAX) {
		plain_say(plain, "That line is longer than any text may be, and was not taken.");
		return LINE_REFUSED;
	}
	if (plain->line.failed || memchr(buf_text(&plain->line), '\0', plain->line.size)) {
		plain_say(plain, "That line cannot be read as text, and was not taken.");
		return LINE_REFUSED;
	}
	if (size && plain->line.bytes[size - 1] == '\r')
		plain->line.bytes[--plain->line.size] = '\0';
	return LINE_TAKEN;
}

bool plain_ask(struct plain *plain, const char *prompt, struct err *err)
{
	for (;;) {
		buf_str(&plain->out, prompt);
		if (!plain_flush(plain, err))
			return false;
		switch (plain_read(plain, err)) {
		case LINE_REFUSED:
			continue;
		case LINE_END:
			plain_quit(plain);
			return false;
		case LINE_FAILED:
			plain->has_ended = true;
			return false;
		case LINE_TAKEN:
			return true;
		}
	}
}

const char *plain_trimmed(struct plain *plain)
{
	struct buf *line = &plain->line;
	char *text = line->bytes;

	if (!line->size)
		return "";
	while (line->size && text[line->size - 1] == ' ')
		text[--line->size] = '\0';
	return text + strspn(text, " ");
}
