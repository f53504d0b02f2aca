#ifndef GONOGO_CORE_RULES_H
#define GONOGO_CORE_RULES_H
/*
 * THE table of rules: one row per id that gonogo rules prints.  The engine, `gonogo rules`, the screens, the evidence digest and the tests walk the same rows.
 * Adding a rule is one row, one judge, its tests.
 */
#include <stdbool.h>
#include <stdint.h>

#include <gonogo/core/dossier.h>
#include <gonogo/core/policy.h>

enum rule_how { RULE_DERIVED, RULE_ATTESTED, RULE_DOCUMENT, RULE_APPROVAL };

enum { DUE_T1 = 1, DUE_T2 = 2, DUE_T3 = 4, DUE_ALWAYS = 8, DUE_ON_ROLLBACK = 16 };
enum {
	FROM_T1 = DUE_T1 | DUE_T2 | DUE_T3, /* judged again at every later transition */
	FROM_T2 = DUE_T2 | DUE_T3,
	ONCE_T1 = DUE_T1,                   /* "once": rows with `once` set list a later fail all the same */
	ONCE_T2 = DUE_T2,
};

/* Sections of the dossier that a judge reads: the evidence digest, staleness and a test go by them. */
enum section {
	READS_CHANNEL = 1 << 0, READS_CLASS = 1 << 1, READS_MANIFEST = 1 << 2, READS_PLAN = 1 << 3, READS_TENANTS = 1 << 4, READS_ANSWERS = 1 << 5,
	READS_STOPS = 1 << 6, READS_SWITCH = 1 << 7, READS_TESTS = 1 << 8, READS_KILLS = 1 << 9, READS_ROLLBACK = 1 << 10, READS_REHEARSALS = 1 << 11,
	READS_INCIDENTS = 1 << 12, READS_RISKS = 1 << 13,
	READS_FOUND = 1 << 14,    /* what was found where the switch is bound */
	READS_DIGESTED = (1 << 15) - 1,
	/* Read by rules, but outside every digest (APR-2): acts on another release and a rollback, which ends the release, make no approval stale. */
	READS_RELATION = 1 << 15, /* the superseded release */
	READS_RUN = 1 << 16,      /* a rollback under way */
	READS_PLAN_APPROVAL = 1 << 24, READS_APPROVALS = 1 << 25, READS_MEMOS = 1 << 26, READS_PEOPLE = 1 << 27,
	/* The digest itself, or other findings: whatever the other rules due read.  It adds nothing to the digest. */
	READS_EVIDENCE = 1 << 28,
};

struct finding;
struct findings;
struct gate_in;
struct rule {
	const char *id, *section, *text;  /* "KSW-3", "7", one sentence in the specification's words */
	const char *question;             /* what a person answers where that is less than the text (CHN-4, CHN-5); NULL: the text */
	uint8_t due;                      /* transitions it is listed at */
	uint8_t due_failed;               /* transitions it is listed at only while its latest answer is a fail (once; OBS-0 at T1) */
	bool once;
	enum channel since;               /* an answer counts only when given since the present soak of this channel began; CHANNEL_NONE: at any time */
	bool may_na;                      /* `na` is accepted (with a note); DAT-6 only while data changes are None */
	bool needs_evidence;              /* pass needs evidence (CHN-3) */
	bool needs_note;                  /* pass needs a note (PLN-4) */
	enum rule_how how;
	role_set roles;                   /* who can settle it (attested: who may answer) */
	bool all_roles;                   /* a finding's roles are wanted one and all, not any of them */
	uint32_t reads;
	const char *action;               /* the name of the action that settles it: "answer", "approve", "plan-approve", "memo", "" ... */
	enum err_kind (*judge)(const struct rule *rule, const struct gate_in *in, struct findings *out); /* ERR_NONE, or ERR_SYSTEM for memory; NULL: not judged at a gate */
};
extern const struct rule rules[];
extern const size_t rule_count;
/* What an organisation asks besides (I-6): listed by the gate as far as the policy in force says something of it, and no rows of the specification. */
extern const struct rule policy_rules[];
extern const size_t policy_rule_count;
/* By id; "PLN-4.2" finds PLN-4, "I-6.NAME" finds I-6.  NULL: there is no such rule. */
const struct rule *rule_find(const char *id);
/* The question a person answers for an attested id ("PLN-4.2": the criterion's text, "I-6.NAME": the policy's), or NULL. */
const char *rule_question(const struct dossier *dossier, const char *id);
/* For an id that rule_question knows nothing of (ERR_MISSING), and for one whose sentence is another by now (ERR_BUSY). */
enum err_kind rule_refuse_unasked(const struct dossier *dossier, const char *id, struct err *err);
enum err_kind rule_refuse_changed(const struct dossier *dossier, const char *id, struct err *err);
/* Is the rule due at the transition to this channel, whatever was answered? */
bool rule_is_due(const struct rule *rule, enum channel to);
/* Does the policy in force ask for the item of this id ("I-6.NAME") at the transition to this channel? */
bool rule_item_is_due(const struct dossier *dossier, const char *id, enum channel to);
/* Does the answer to this id belong to a sentence that may change, and carries its digest (PLN-4.n, I-6.NAME)? */
bool rule_is_worded(const struct rule *rule);
/* Is it listed there: due, or failed later (due_failed)? */
bool rule_is_listed(const struct rule *rule, const struct dossier *dossier, enum channel to);
/* Does the *n/a* that this rule got count: its words are conditional, and of DAT-6 only while data changes are None? */
bool rule_takes_na(const struct rule *rule, const struct dossier *dossier);
/* DUE_T1 ... of the target channel.  There is no transition to dev or to none: what is asked of such a one is asked of T1. */
uint8_t rule_transition(enum channel to);

#endif
