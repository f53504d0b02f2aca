#ifndef GONOGO_APP_SHOWN_H
#define GONOGO_APP_SHOWN_H
/*
 * What whoever acts had before them.  An act rests on something that others may replace while it is being filled in: a memo, a plan, the evidence of a
 * gate, a kill.  The write path refuses it (ERR_BUSY) when that is something else by then, so that nobody records what they did not see.
 */
#include <gonogo/app/record.h>
#include <gonogo/base/buf.h>

enum { SHOWN_BYTES = 160, SHOWN_ABOUT_BYTES = 96 };
struct shown {
	const char *kind;                 /* of the fact, as in the table of kinds; NULL: nothing was shown */
	char about[SHOWN_ABOUT_BYTES];    /* the memo, rule, stop; "" where there is but one */
	char ground[SHOWN_BYTES];         /* what it rests on, to compare; "": on nothing that others replace */
	int64_t size;                     /* facts there were */
};

/* What an act of this kind rests on as the record stands; `about` NULL where there is but one. */
enum err_kind shown_of(struct record *record, const char *kind, const char *about, struct shown *out, struct err *err) MUST_CHECK;
/* What was recorded of the release after `seq`, as the audit trail says it, each behind `before`; at most some. */
void shown_since(struct record *record, int64_t seq, size_t most, const char *before, struct buf *out);
/* ERR_BUSY with what was recorded since, when the act of this kind and body rests on something else than what was shown. */
struct json_object;
enum err_kind shown_check(struct record *record, const struct shown *shown, const char *kind, const struct json_object *body, struct err *err) MUST_CHECK;

#endif
