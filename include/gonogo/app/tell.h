#ifndef GONOGO_APP_TELL_H
#define GONOGO_APP_TELL_H
/*
 * Tells the programs that the policy names of facts that are recorded.  Nobody waits for them, since making safe must not, and what becomes of them
 * changes no fact; one that cannot be started, or that others could have written, is named to whoever acted.
 */
#include <gonogo/app/act.h>

/* A fact that was just committed; the sentence of the first program that was not told goes into out->untold. */
void tell_of(const struct policy *policy, const struct fact *fact, struct outcome *out);

#endif
