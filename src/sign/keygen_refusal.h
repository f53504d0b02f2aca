#ifndef GONOGO_SIGN_KEYGEN_REFUSAL_H
#define GONOGO_SIGN_KEYGEN_REFUSAL_H
/* Why ssh-keygen did not sign, gathered over its runs and told in one sentence with what to do.  Private to keygen.c. */
#include <gonogo/base/buf.h>
#include <gonogo/base/spawn.h>
#include <gonogo/sign/keygen.h>

enum { REFUSAL_DIAGNOSTICS_MAX = 8 * 1024 }; /* bytes kept of what ssh-keygen says */

struct refusal {
	bool timed_out, is_interrupted, is_locked;
	struct buf reasons; /* as they may be shown */
};

void refusal_reason(struct refusal *refusal, const char *text, size_t size);
/* A run that did not sign. */
void refusal_note(struct refusal *refusal, const struct spawn_result *result);
/* The sentence, and its kind. */
enum err_kind refusal_set(
	struct refusal *refusal, const struct keygen *keygen, struct arena *arena, struct err *err) MUST_CHECK;

#endif
