#ifndef GONOGO_APP_WITNESS_H
#define GONOGO_APP_WITNESS_H
/*
 * Whether the signature of a fact holds: the key that the actor had at that place in the ledger, over exactly what the fact says, after an
 * ancestor that is in this ledger.  What was found good is remembered by fact hash for as long as the session lives, and nowhere else.
 */
#include <gonogo/app/session.h>

struct verified *verified_new(void);
void verified_free(struct verified *verified);

/* `context` is the session.  Serves struct witness of core/dossier.h. */
enum stamp witness_stamp(void *context, const struct fact *fact, const struct registry *registry, const char *memo_text);
/* The witness of a session, for dossier_fold. */
struct witness witness_of(struct session *session);

#endif
