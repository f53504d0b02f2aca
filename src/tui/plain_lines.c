#include <config.h>

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

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

bool plain_flush(struct plain *plain, struct err *err)
{
	struct buf shown = BUF_EMPTY;

	text_show(&shown, buf_text(&plain->out), plain->out.size, true);
	if (plain->out.failed || shown.failed)
		plain->failed = err_memory(err);
	else if (!io_put(STDOUT_FILENO, buf_text(&shown), shown.size))
		plain->failed = err_set(err, ERR_SYSTEM, "Standard output could not be written: %s.", strerror(errno));
	buf_release(&shown);
	buf_clear(&plain->out);
	plain->has_ended |= plain->failed != ERR_NONE;
	return !plain->failed;
}

/* A line counts once it is ended: what breaks off in the middle was not meant to be recorded. */
static bool take_line(struct buf *line, size_t *size)
{
	int c;

	buf_clear(line);
	for (*size = 0; (c = getc(stdin)) != EOF && c != '\n'; ++*size)
		if (*size < REPLY_MAX)
			buf_char(line, (char)c);
	return c != EOF;
}

enum plain_line plain_read(struct plain *plain, struct err *err)
{
	size_t size;

	if (!take_line(&plain->line, &size)) {
		plain_say(plain, "%s", "");
		if (!ferror(stdin))
			return LINE_END;
		plain->failed = err_set(err, ERR_SYSTEM, "Standard input could not be read: %s.", strerror(errno));
		return LINE_FAILED;
	}
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
