#ifndef TESTS_SUPPORT_HISTORY_H
#define TESTS_SUPPORT_HISTORY_H
/*
 * A ledger in memory: facts chained and folded, acts permitted or refused by the same functions as in the program, without store and signatures.
 * Opened by bob (system-owner), with jane and dirk (dev-lead), quinn (qa), otto (operator) and olga (system-owner); tenants SBNC-dev and
 * SBNC-staging (dev/test), acme (production, consents to every release), birch (production, no consent) and quiet (production, stable-only).
 */
#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/core/gate.h>
#include <gonogo/core/kinds.h>

struct history {
	struct arena arena;                      /* the facts */
	struct fact *facts; size_t count, room;
	instant now;
	struct policy policy;
	struct err err;                          /* of the last act */
	bool already;                            /* the last act would have changed nothing */
	int64_t incidents;
	struct dossier base, dossier;            /* of the release asked for last: as folded, and told of its relatives */
	struct arena folding, judging;
	size_t folded;
	struct verdict verdict;                  /* of the last judgement */
};

void history_open(struct history *h);            /* at 2025-01-06T09:00:00Z */
void history_close(struct history *h);
void history_at(struct history *h, const char *moment);
void history_pass(struct history *h, int64_t seconds);

/*
 * An act: the fields of its body with ' for ", without braces and `v`, e.g. "'rule':'DAT-1','value':'pass'".  release NULL: "-"; tenant NULL: "*".
 * Returns how it was refused, with the sentence in h->err; h->already when nothing was recorded because nothing would change.
 */
enum err_kind history_act(struct history *h, const char *actor, const char *kind, const char *release, const char *tenant, const char *fmt, ...)
	PRINTF_LIKE(6, 7);
/* The same without asking permission, for records that no act can reach.  Returns its seq. */
int64_t history_put(struct history *h, const char *actor, const char *kind, const char *release, const char *tenant, const char *fmt, ...)
	PRINTF_LIKE(6, 7);
/* How the fold takes such a fact, which is then forgotten: what verify would say of a ledger that holds it.  Signed, whatever its kind. */
enum err_kind history_forge(struct history *h, const char *actor, const char *kind, const char *release, const char *tenant, const char *fmt, ...)
	PRINTF_LIKE(6, 7);
/* The dossier as of now; release NULL: the registry alone.  Good until the next call. */
const struct dossier *history_dossier(struct history *h, const char *release);
/* Judges, into h->verdict; CHANNEL_NONE: the next transition. */
const struct verdict *history_judge(struct history *h, const char *release, enum channel to);
/* In the last verdict; NULL: not listed. */
const struct finding *history_finding(const struct history *h, const char *rule);
/* May the tenant be served the release now (the sentence: h->err.text)? */
bool history_allowed(struct history *h, const char *release, const char *tenant);
/* Of the last verdict, for messages: every finding that is not settled, or the reason of one rule. */
const char *history_told(struct history *h, const char *rule);

/* Shortcuts for single acts. */
enum err_kind history_answer(struct history *h, const char *person, const char *release, const char *rule, const char *value); /* with a note and evidence */
enum err_kind history_clear(struct history *h, const char *person, const char *release, const char *stop);
enum err_kind history_raise(struct history *h, const char *person, const char *release, const char *stop);
enum err_kind history_kill(struct history *h, const char *person, const char *release, const char *tenant); /* "*": all */
const char *history_incident(struct history *h, const char *person, const char *release, int severity); /* its id, "INC-1" ... */
enum err_kind history_resolve(struct history *h, const char *person, const char *release, const char *incident);
enum err_kind history_regrade(struct history *h, const char *person, const char *release, const char *incident, int severity);
enum err_kind history_evaluate(struct history *h, const char *person, const char *release, const char *decision); /* "resume", "rollback" */
enum err_kind history_restore(struct history *h, const char *release, const char *tenant); /* of a UI-only release: jane approves and restores */
enum err_kind history_approve(struct history *h, const char *release, const char *person, enum role role, enum channel to);
enum err_kind history_withdraw_approval(struct history *h, const char *release, const char *person); /* the newest open one of this person */
enum err_kind history_promote(struct history *h, const char *person, const char *release, enum channel to);
/* Signers: bob, and jane for a GO to stable.  Returns the memo's id, NULL: refused. */
const char *history_memo_draft(struct history *h, const char *release, enum memo_kind kind, enum decision decision);
enum err_kind history_memo_sign(struct history *h, const char *person, const char *release, const char *memo, enum role role);
/* Saved by jane, from today on.  tenants and criteria: lists with ' for ", without brackets; max_s 0: no maximum. */
enum err_kind history_plan(struct history *h, const char *release, const char *tenants, int64_t min_s, int64_t max_s, const char *criteria);

/* Builders, which fail the test when an act of theirs is refused. */
void history_register(struct history *h, const char *release, enum release_class class); /* a manifest that satisfies CLS-5 of every class; data changes None */
void history_fill_dev(struct history *h, const char *release);          /* all that T1 asks but approval; plan of SBNC-dev, SBNC-staging, acme */
void history_fill_experimental(struct history *h, const char *release); /* all that T2 asks but time and approval */
void history_fill_candidate(struct history *h, const char *release);    /* all that T3 asks but time, memo and approval */
void history_approve_all(struct history *h, const char *release, enum channel to); /* T1: jane; T2: jane, quinn, and bob where the class asks him */
void history_sign_go(struct history *h, const char *release);           /* drafted, signed by jane and bob */
void history_soak(struct history *h, const char *release);              /* lets the minimum time of the present channel pass */
/* Registers the release and brings it to the channel by the shortest way permitted; to CHANNEL_DEV: filled for T1. */
void history_bring(struct history *h, const char *release, enum release_class class, enum channel channel);

#define HISTORY_MUST(h, call) cr_assert_eq((call), ERR_NONE, "%s: %s", #call, (h)->err.text)
#define HISTORY_REFUSED(h, kind_wanted, call, part)                                                                                        \
	do {                                                                                                                               \
		cr_assert_eq((call), (kind_wanted), "%s: %s", #call, (h)->err.text);                                                       \
		cr_assert(strstr((h)->err.text, (part)) || strstr((h)->err.option, (part)), "%s is not in: %s %s", (part), (h)->err.text,  \
			  (h)->err.option);                                                                                        \
	} while (0)
#define HISTORY_ALREADY(h, call)                                                                                                           \
	do {                                                                                                                               \
		HISTORY_MUST(h, call);                                                                                                     \
		cr_assert((h)->already, "%s was recorded, and would change nothing", #call);                                               \
	} while (0)
/* What the last verdict says of a rule. */
#define HISTORY_IS(h, rule, wanted)                                                                                                        \
	cr_assert(history_finding(h, rule) && history_finding(h, rule)->state == (wanted), "%s is not %s. %s", (rule),                     \
		  words_word(words_finding, (int)(wanted)), history_told(h, rule))
#define HISTORY_SAYS(h, rule, part)                                                                                                        \
	cr_assert(history_finding(h, rule) && strstr(history_finding(h, rule)->reason, (part)), "%s is not in: %s", (part), history_told(h, rule))
#define HISTORY_UNLISTED(h, rule) cr_assert(!history_finding(h, rule), "%s is listed. %s", (rule), history_told(h, rule))
#define HISTORY_VERDICT(h, wanted)                                                                                                         \
	cr_assert((h)->verdict.verdict == (wanted), "the verdict is not %s. %s", words_word(words_verdict, (int)(wanted)), history_told(h, NULL))

#endif
