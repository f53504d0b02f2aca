#ifndef GONOGO_APP_SENTENCE_H
#define GONOGO_APP_SENTENCE_H
/* Small helpers that every use case shares: texts refused at the door, outcomes in words. */
#include <gonogo/app/act.h>
#include <gonogo/base/text.h>

/* text_check for a text that may be missing: NULL or blank is fine unless `required`, then ERR_USAGE names the option that gives it. */
enum err_kind sentence_check(enum text_kind kind, const char *what, const char *text, const char *required, struct err *err) MUST_CHECK;
/* Sets out->text unless the act was already so, which has its own sentence. */
void sentence_done(struct outcome *out, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* One act of one kind: commits it and releases its body.  For the use cases whose body needs nothing but its arguments. */
enum err_kind sentence_commit(struct session *session, struct act *act, struct outcome *out, struct err *err) MUST_CHECK;

#endif
