#ifndef GONOGO_APP_JUMP_H
#define GONOGO_APP_JUMP_H
/*
 * The clock held against the time since the machine was started, which nobody sets: what has moved between two acts of the same user and the same start
 * of the machine is a jump.  Where the policy names a bound, a longer one is recorded beside the act that meets it.  Backwards is for act.c to refuse.
 */
#include <gonogo/app/session.h>

enum { JUMP_BOOT_MAX = 40 };
struct jump { int64_t by_s; char boot[JUMP_BOOT_MAX]; };
/* Is there one longer than `bound_s` (0: none is asked for)? */
bool jump_find(struct session *session, int64_t bound_s, struct jump *out);
/* Remembers how clock and start of the machine stand, for the next act; what cannot be noted is not. */
void jump_note(struct session *session);

#endif
