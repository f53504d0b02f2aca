#include <config.h>

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include <gonogo/app/sentence.h>

enum err_kind sentence_check(enum text_kind kind, const char *what, const char *text, const char *required, struct err *err)
{
	if (text_is_blank(text)) {
		if (required)
			return err_missing_option(err, required, "%c%s is missing.", toupper((unsigned char)*what), what + 1);
		return ERR_NONE;
	}
	return text_check(kind, what, text, strlen(text), err);
}

void sentence_done(struct outcome *out, const char *fmt, ...)
{
	va_list args;

	if (out->is_already) {
		if (!*out->text)
			snprintf(out->text, sizeof out->text, "It was already so; nothing was recorded.");
		return;
	}
	va_start(args, fmt);
	vsnprintf(out->text, sizeof out->text, fmt, args);
	va_end(args);
	if (*out->untold)
		snprintf(out->text + strlen(out->text), sizeof out->text - strlen(out->text), " %s", out->untold);
}

enum err_kind sentence_commit(struct session *session, struct act *act, struct outcome *out, struct err *err)
{
	enum err_kind kind = act_commit(session, NULL, act, 1, out, err);

	buf_release(&act->body);
	return kind;
}
