#include <config.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <gonogo/base/err.h>

/* Drops a UTF-8 sequence that the cap cut in two: text holds `size` bytes, the last of a full buffer. */
static void cut_at_border(char *text, size_t size)
{
	size_t at = size;
	while (at > 0 && ((unsigned char)text[at - 1] & 0xc0u) == 0x80u)
		at--;
	if (at == 0)
		return;
	const unsigned char lead = (unsigned char)text[at - 1];
	const size_t wanted = lead >= 0xf0u ? 4 : lead >= 0xe0u ? 3 : lead >= 0xc0u ? 2 : 1;
	if (size - (at - 1) < wanted)
		text[at - 1] = '\0';
}

/* The arguments may point into err->text, so the sentence is made aside. */
static void set_text(struct err *err, const char *fmt, va_list args) PRINTF_LIKE(2, 0);
static void set_text(struct err *err, const char *fmt, va_list args)
{
	char made[ERR_TEXT_MAX];
	const int size = vsnprintf(made, sizeof made, fmt, args);
	if (size < 0)
		made[0] = '\0';
	else if ((size_t)size >= sizeof made)
		cut_at_border(made, sizeof made - 1);
	memcpy(err->text, made, strlen(made) + 1);
}

enum err_kind err_set(struct err *err, enum err_kind kind, const char *fmt, ...)
{
	if (err) {
		va_list args;
		va_start(args, fmt);
		set_text(err, fmt, args);
		va_end(args);
		err->kind = kind;
		err->option[0] = '\0';
	}
	return kind;
}

enum err_kind err_missing_option(struct err *err, const char *option, const char *fmt, ...)
{
	if (err) {
		va_list args;
		va_start(args, fmt);
		set_text(err, fmt, args);
		va_end(args);
		err->kind = ERR_USAGE;
		snprintf(err->option, sizeof err->option, "%s", option);
	}
	return ERR_USAGE;
}

void err_prefix(struct err *err, const char *fmt, ...)
{
	if (!err)
		return;
	char rest[ERR_TEXT_MAX], context[ERR_TEXT_MAX];
	va_list args;
	va_start(args, fmt);
	const int size = vsnprintf(context, sizeof context, fmt, args);
	va_end(args);
	if (size < 0)
		return;
	memcpy(rest, err->text, strlen(err->text) + 1);
	(void)err_set(err, err->kind, "%s: %s", context, rest);
}

enum err_kind err_memory(struct err *err)
{
	return err_set(err, ERR_SYSTEM,
		"there is not enough memory for this request; "
		"ask for less at once or free some memory, then run the command again");
}

const char *err_kind_name(enum err_kind kind)
{
	switch (kind) {
	case ERR_NONE: return "none";
	case ERR_USAGE: return "usage";
	case ERR_REFUSED: return "refused";
	case ERR_INPUT: return "input";
	case ERR_MISSING: return "missing";
	case ERR_BUSY: return "busy";
	case ERR_SYSTEM: return "system";
	case ERR_INTEGRITY: return "integrity";
	}
	return "unknown";
}
