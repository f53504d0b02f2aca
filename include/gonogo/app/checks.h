#ifndef GONOGO_APP_CHECKS_H
#define GONOGO_APP_CHECKS_H
/*
 * What people are asked of a release, all transitions together: every question that an answer or a hard stop settles, what stands on record for it,
 * and every answer there ever was.  The gate says what an answer is worth; nothing here decides.
 */
#include <gonogo/app/record.h>

struct check {
	const struct finding *finding;  /* as the gate judges it at `to` */
	const char *question;
	enum channel to;                /* the next transition, where it is due there; else the one that comes first; else the last one passed */
	bool is_due;                    /* `to` is the next transition */
	bool is_past;                   /* `to` was passed */
	bool waits_for_me;
	bool is_answered;               /* something was said, whatever it is worth now */
	const char *word;               /* what stands on record: "pass", "fail, stale", "clear", "RAISED", "open" */
	const char *who; instant at;    /* who said so last; NULL and WHEN_NONE: nobody */
};
struct checks {
	struct record record;
	struct verdict verdicts[3];     /* to experimental, candidate, stable */
	struct check *items; size_t count; /* in the order of the table of rules */
};
/* ERR_MISSING: no such release.  Everything in the record's arena; checks_release it, also after an error. */
enum err_kind checks_load(struct session *session, const char *release, struct checks *out, struct err *err) MUST_CHECK;
void checks_release(struct checks *checks);
const struct check *checks_of(const struct checks *checks, const char *id); /* NULL: it is none of them */
/* One of them as lines: question, what the gate says, who can settle it, the plan's criteria where it is measured against them, and every answer there
 * was, newest first. */
enum err_kind checks_tell(const struct checks *checks, const struct check *check, struct buf *out, struct err *err) MUST_CHECK;

#endif
