#ifndef GONOGO_APP_RECORD_H
#define GONOGO_APP_RECORD_H
/*
 * A record: the facts of one release (and of none) read in one short transaction, hashed, their signatures verified, folded into a dossier,
 * related to its predecessor and successors.  `record_judge` asks the gate about it.
 */
#include <gonogo/app/session.h>
#include <gonogo/core/gate.h>

struct record {
	struct arena arena;
	struct dossier dossier;
	const struct fact *facts; size_t count;   /* those folded, in order */
	int64_t size; struct digest head; instant head_at; /* of the whole ledger when it was read */
	const struct person *me;                  /* in dossier.registry; NULL: not enrolled */
	int64_t odd_seq;                          /* after ERR_INTEGRITY: the fact that does not hold; 0 when it is none by itself */
	instant now;                              /* the session's clock, never before head_at */
};
/* `release` NULL: the registry alone.  `at` WHEN_NONE: all facts, else those up to that moment.  ERR_MISSING when `release` is not registered (at that
 * moment) and `must_exist`.  Release with record_release, also after an error. */
enum err_kind record_load(struct session *session, const char *release, instant at, bool must_exist, struct record *out, struct err *err) MUST_CHECK;
void record_release(struct record *record);
/* The gate for a loaded record, under the policy in force there; `at` WHEN_NONE: now.  Everything in the record's arena. */
enum err_kind record_judge(struct record *record, enum channel to, instant at, struct verdict *out, struct err *err) MUST_CHECK;

#endif
