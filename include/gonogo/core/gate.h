#ifndef GONOGO_CORE_GATE_H
#define GONOGO_CORE_GATE_H
/*
 * The gate: runs every rule over a dossier and says GO, WAIT, OPEN or BLOCKED for one release and one transition.  The only place that decides.
 * Pure; it can fail only for memory, and then there is no verdict, never a GO.
 */
#include <stdbool.h>

#include <gonogo/core/dossier.h>
#include <gonogo/core/policy.h>
#include <gonogo/core/rules.h>

struct gate_in {
	const struct dossier *dossier;
	const struct policy *policy;
	instant now;
	enum channel to;                /* the transition judged; need not be the next one: CHN-1 says so */
	struct digest evidence, class_evidence; /* filled by gate_judge for the judges */
	struct arena *arena;
};
struct finding {
	const struct rule *rule;
	const char *id;                 /* rule->id, or "PLN-4.2" */
	enum finding_state state;
	bool blocks;                    /* makes the verdict BLOCKED (gonogo(1), JSON) */
	const char *reason;             /* observed and required, one finished sentence */
	role_set roles;                 /* who can settle it; of an approval: the roles still missing */
	struct texts people;            /* named persons who can settle it, when it is not a role */
	const char *next;               /* the exact command, or NULL: nothing to do */
	instant opens;                  /* when it settles by itself; WHEN_NONE */
	bool is_time_only;              /* waiting: only time is missing */
};
struct findings { struct finding *items; size_t count, room; struct arena *arena; };

struct verdict {
	enum verdict_word verdict;
	enum channel from, to;
	struct findings findings;       /* every rule due, in table order */
	instant earliest;               /* when the time rules of this transition open; WHEN_NONE: cannot be known */
	instant stable_earliest;        /* as if every human act were instant; WHEN_NONE: cannot be known, or it is stable */
	struct texts notices;           /* PLN-3 after T1 */
	struct digest evidence, class_evidence;
	size_t unmet;                   /* findings neither met nor not-applicable */
};

/* Judges the transition to `to`; CHANNEL_NONE: the next one of the dossier (a final or stable release: to stable, CHN-1 unmet). */
enum err_kind gate_judge(const struct dossier *dossier, const struct policy *policy, enum channel to, instant now, struct arena *arena,
	struct verdict *out, struct err *err) MUST_CHECK;
/* The same by the judges of another table, whose rows are those of `rules`: for the proof that no verdict stands without each one's judge. */
enum err_kind gate_judge_by(const struct rule *table, size_t count, const struct dossier *dossier, const struct policy *policy, enum channel to,
	instant now, struct arena *arena, struct verdict *out, struct err *err) MUST_CHECK;

/* For judges: appends a finding; the sentence is formatted into the arena.  Returns it for further fields, or NULL for want of memory. */
struct finding *finding_add(struct findings *out, const struct rule *rule, enum finding_state state, const char *fmt, ...) PRINTF_LIKE(4, 5);
const struct finding *finding_of(const struct findings *findings, const char *id); /* NULL: not listed */
bool finding_is_settled(const struct finding *finding); /* met or not applicable */
/* Who can settle it, into out[size]: the persons named, "Dev Lead + QA" where all of the roles are missing, "Dev Lead or QA" where any will do. */
const char *finding_who(const struct finding *finding, char *out, size_t size);

/* What stands in the way of an act, besides what APR-3 lets be missing: the unmet findings listed as "ID: reason" lines. */
struct obstacles { struct texts lines; };
/* APR-3: nothing may be missing but time, the APR-1 and CLS-3 approvals of others and a drafted memo that waits for this approver. */
enum err_kind gate_obstacles(const struct verdict *verdict, const struct dossier *dossier, const char *person, bool class_only, struct arena *arena, struct obstacles *out, struct err *err) MUST_CHECK;

#endif
