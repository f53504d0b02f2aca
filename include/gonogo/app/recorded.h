#ifndef GONOGO_APP_RECORDED_H
#define GONOGO_APP_RECORDED_H
/* Action ids: what a retry is known by, and how an act finds out whether it was recorded when the storage failed under it. */
#include <gonogo/app/session.h>

/* ERR_USAGE when it is no action id. */
enum err_kind recorded_check_action(const char *action, struct err *err) MUST_CHECK;
/*
 * After a commit that failed: is the act there all the same?  ERR_NONE when it is.  Else the kind in `err`, whose sentence then tells whether the
 * act is known not to be recorded, or not known at all, and how to repeat it without recording it twice.
 */
enum err_kind recorded_despite(struct session *session, const char *action, struct err *err) MUST_CHECK;

#endif
