#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record.h"

/*
 * Random ledgers: acts of anybody, permitted or refused.  What must have been there when a release reached stable is found again from the facts.
 */
TestSuite(property, .timeout = 300);

struct dice {
	uint64_t state;
};

static uint32_t roll(struct dice *dice, uint32_t sides)
{
	dice->state = dice->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(dice->state >> 33) % sides;
}

#define PICK(dice, array) ((array)[roll((dice), sizeof(array) / sizeof *(array))])

/* --- acts of anybody ------------------------------------------------------------------------------------------- */

static const char *const people[] = { "bob", "jane", "quinn", "otto", "olga", "dirk" };
static const char *const stops[] = { "HS-1", "HS-2", "HS-3", "HS-4", "HS-5", "HS-6", "HS-7" };

static enum err_kind plan_approve(struct history *h, const char *person)
{
	return history_act(h, person, "plan.approved", "R-1", NULL, "'plan':%lld", (long long)history_dossier(h, "R-1")->plan_source.seq);
}

static enum err_kind switch_define(struct history *h, const char *person, const char *how)
{
	return history_act(
		h, person, "switch.defined", "R-1", NULL, "'flag':'filter_kill','default':'off','enabled_for':'SBNC-dev','activation':'%s'", how);
}

static enum err_kind switch_test(struct history *h, const char *person, const char *result)
{
	return history_act(h, person, "switch.tested", "R-1", NULL, "'environment':'dev','result':'%s','definition':%lld,'note':'entry 9'", result,
		(long long)history_dossier(h, "R-1")->definition_source.seq);
}

static enum err_kind rollback_plan(struct history *h, const char *person, const char *step)
{
	return history_act(h, person, "rollback.planned", "R-1", NULL,
		"'triggers':['any SEV-1'],'steps':['%s'],'checks':['totals agree'],'communication':['mail to "
		"acme'],'recovery':'backup 17',"
		"'restore':'restore run 8, 2025-01-05, pass','owner':'Jane Doe'",
		step);
}

static enum err_kind rehearse(struct history *h, const char *person, const char *result)
{
	return history_act(h, person, "rollback.rehearsed", "R-1", NULL, "'result':'%s','plan':%lld,'note':'by hand'", result,
		(long long)history_dossier(h, "R-1")->rollback_source.seq);
}

static const char *open_incident(struct history *h)
{
	const struct dossier *d = history_dossier(h, "R-1");

	for (size_t i = 0; i < d->incident_count; i++)
		if (!d->incidents[i].resolved.seq)
			return arena_str(&h->arena, d->incidents[i].id);
	return NULL;
}

static enum err_kind restore(struct history *h, const char *person)
{
	const struct dossier *d = history_dossier(h, "R-1");
	const char *seqs = "";
	const char *tenants = "'*'";

	for (size_t i = 0; i < d->restore_approval_count; i++)
		if (!d->restore_approvals[i].is_used)
			seqs = arena_printf(&h->arena, "%s%s%lld", seqs, *seqs ? "," : "", (long long)d->restore_approvals[i].source.seq);
	for (size_t i = 0; i < d->kill_count; i++)
		tenants = arena_printf(&h->arena, "%s%s'%s'", i ? tenants : "", i ? "," : "", d->kills[i].tenant);
	return history_act(h, person, "switch.restored", "R-1", NULL, "'tenants':[%s],'reason':'mended','approvals':[%s]", tenants, seqs);
}

static enum err_kind restore_approve(struct history *h, const char *person, const char *role)
{
	return history_act(h, person, "switch.approved", "R-1", NULL, "'role':'%s','reason':'mended'", role);
}

static enum err_kind memo_act(struct history *h, struct dice *dice, enum memo_kind kind)
{
	const struct memo_entry *draft = dossier_draft(history_dossier(h, "R-1"), kind);
	const bool is_lead = roll(dice, 2);

	if (!draft || !roll(dice, 4))
		return history_memo_draft(h, "R-1", kind, roll(dice, 12) ? DECISION_GO : DECISION_NO_GO) ? ERR_NONE : ERR_REFUSED;
	return history_memo_sign(h, is_lead ? "jane" : "bob", "R-1", arena_str(&h->arena, draft->id), is_lead ? ROLE_DEV_LEAD : ROLE_SYSTEM_OWNER);
}

/* The one that moves towards stable: settles an open finding, or lets time pass, or promotes. */
static void help(struct history *h, struct dice *dice)
{
	const struct verdict *verdict = history_judge(h, "R-1", CHANNEL_NONE);
	const struct finding *open = NULL;
	char id[32];
	size_t count = 0;

	for (size_t i = 0; i < verdict->findings.count; i++)
		if (!finding_is_settled(&verdict->findings.items[i]) && !roll(dice, (uint32_t)++count))
			open = &verdict->findings.items[i];
	if (!open) {
		(void)history_promote(h, PICK(dice, people), "R-1", CHANNEL_NONE);
		return;
	}
	snprintf(id, sizeof id, "%s", open->id);
	if (open->rule->how == RULE_ATTESTED && history_answer(h, roll(dice, 2) ? "quinn" : "jane", "R-1", id, "pass") == ERR_NONE && !h->already)
		return;
	if (strncmp(id, "HS-", 3) == 0)
		(void)history_clear(h, "jane", "R-1", id);
	else if (strncmp(id, "PLN-1", 5) == 0 || strncmp(id, "CLS-1", 5) == 0)
		(void)history_plan(h, "R-1", "'SBNC-dev','SBNC-staging'", WHEN_WEEK_S, 0, "'Error rate below 1 percent'");
	else if (strcmp(id, "PLN-2") == 0)
		(void)plan_approve(h, "jane");
	else if (strcmp(id, "PLN-3") == 0)
		(void)history_act(h, "bob", "tenant.consent", NULL, "acme", "'op':'given','method':'mail'");
	else if (strcmp(id, "KSW-1") == 0)
		(void)switch_define(h, "jane", "flag console");
	else if (strcmp(id, "KSW-3") == 0)
		(void)switch_test(h, "otto", "pass");
	else if (strcmp(id, "KSW-6") == 0 && restore(h, "otto") != ERR_NONE) {
		(void)restore_approve(h, "dirk", "dev-lead");
		(void)restore_approve(h, "quinn", "qa");
		(void)restore_approve(h, "bob", "system-owner");
	} else if (strncmp(id, "RBP-1", 5) == 0 || strcmp(id, "CLS-5") == 0)
		(void)rollback_plan(h, "jane", "switch it off");
	else if (strcmp(id, "RBP-2") == 0)
		(void)rehearse(h, "otto", "pass");
	else if (strcmp(id, "CHN-6") == 0)
		(void)history_act(h, "bob", "incident.evaluated", "R-1", NULL, "'decision':'resume','rationale':'understood'");
	else if (strncmp(id, "APR", 3) == 0 || strcmp(id, "CLS-3") == 0) {
		(void)history_approve(h, "R-1", "jane", ROLE_DEV_LEAD, CHANNEL_NONE);
		(void)history_approve(h, "R-1", "quinn", ROLE_QA, CHANNEL_NONE);
		(void)history_approve(h, "R-1", "bob", ROLE_SYSTEM_OWNER, CHANNEL_NONE);
	} else if (strcmp(id, "CLS-4") == 0 || strcmp(id, "MEM-6") == 0) {
		if (!dossier_open_risks(history_dossier(h, "R-1")))
			(void)history_act(h, "bob", "risk.accepted", "R-1", NULL, "'risk':'slow','rationale':'rare'");
		(void)memo_act(h, dice, MEMO_MECHANISM);
	} else if (strncmp(id, "MEM", 3) == 0) {
		(void)memo_act(h, dice, MEMO_STABLE);
	} else if (open_incident(h)) {
		(void)history_resolve(h, "bob", "R-1", open_incident(h));
	} else {
		history_pass(h, WHEN_DAY_S * (int64_t)(1 + roll(dice, 5)));
	}
}

/* The one that goes anywhere; whether it made things worse. */
static bool disturb(struct history *h, struct dice *dice)
{
	static const char *const values[] = { "pass", "pass", "fail", "na" };
	static const char *const results[] = { "pass", "fail" };
	static const enum role roles[] = { ROLE_DEV_LEAD, ROLE_QA, ROLE_SYSTEM_OWNER, ROLE_OPERATOR };
	static const enum channel channels[] = { CHANNEL_NONE, CHANNEL_EXPERIMENTAL, CHANNEL_CANDIDATE, CHANNEL_STABLE };
	const char *person = PICK(dice, people);
	const struct rule *rule = &rules[roll(dice, (uint32_t)rule_count)];

	switch (roll(dice, 22)) {
	case 0:
	case 1: (void)history_answer(h, person, "R-1", strcmp(rule->id, "PLN-4") == 0 ? "PLN-4.1" : rule->id, PICK(dice, values)); return false;
	case 2: return history_raise(h, person, "R-1", PICK(dice, stops)) == ERR_NONE;
	case 3: (void)history_clear(h, person, "R-1", PICK(dice, stops)); return false;
	case 4: return history_kill(h, person, "R-1", roll(dice, 2) ? "acme" : "*") == ERR_NONE && !h->already;
	case 5: (void)restore(h, person); return false;
	case 6: (void)history_incident(h, person, "R-1", 1 + (int)roll(dice, 4)); return true;
	case 7:
		if (open_incident(h))
			(void)history_resolve(h, person, "R-1", open_incident(h));
		return false;
	case 8:
		if (open_incident(h))
			(void)history_act(h, person, "incident.regraded", "R-1", NULL, "'incident':'%s','severity':%u,'reason':'seen anew'",
				open_incident(h), 1 + roll(dice, 4));
		return false;
	case 9: (void)history_act(h, person, "incident.evaluated", "R-1", NULL, "'decision':'resume','rationale':'understood'"); return false;
	case 10:
		(void)history_plan(h, "R-1", roll(dice, 2) ? "'SBNC-dev'" : "'SBNC-dev','acme'", WHEN_WEEK_S, 0, "'Error rate below 2 percent'");
		return false;
	case 11: (void)plan_approve(h, person); return false;
	case 12: (void)switch_define(h, person, roll(dice, 2) ? "environment" : "flag console"); return false;
	case 13: (void)switch_test(h, person, PICK(dice, results)); return false;
	case 14: (void)rollback_plan(h, person, roll(dice, 2) ? "revert" : "switch it off"); return false;
	case 15: (void)rehearse(h, person, PICK(dice, results)); return false;
	case 16:
	case 17: (void)history_approve(h, "R-1", person, PICK(dice, roles), PICK(dice, channels)); return false;
	case 18: (void)history_withdraw_approval(h, "R-1", person); return false;
	case 19: (void)memo_act(h, dice, roll(dice, 2) ? MEMO_STABLE : MEMO_MECHANISM); return false;
	case 20: history_pass(h, 3600 * (int64_t)roll(dice, 100)); return false;
	default: (void)history_promote(h, person, "R-1", PICK(dice, channels)); return false;
	}
}

/* --- the walk -------------------------------------------------------------------------------------------------- */

struct told {
	size_t count;
	instant now;
	enum verdict_word verdict;
	struct digest evidence;
	size_t unmet;
	instant earliest;
};

static struct told tell(struct history *h)
{
	const struct verdict *verdict = history_judge(h, "R-1", CHANNEL_NONE);

	return (struct told){ .count = h->count,
		.now = h->now,
		.verdict = verdict->verdict,
		.evidence = verdict->evidence,
		.unmet = verdict->unmet,
		.earliest = verdict->earliest };
}

static void check_same(const struct told *a, const struct told *b, const char *what)
{
	cr_assert(a->verdict == b->verdict && a->unmet == b->unmet && a->earliest == b->earliest && digest_equal(&a->evidence, &b->evidence),
		"%s at fact %zu: %s with %zu open, then %s with %zu", what, a->count, words_word(words_verdict, (int)a->verdict), a->unmet,
		words_word(words_verdict, (int)b->verdict), b->unmet);
}

/* Folds the ledger as far as it went then, from nothing. */
static void check_prefix(const struct history *h, const struct told *then)
{
	struct history prefix = *h;
	struct told now;

	arena_init(&prefix.folding, 0);
	arena_init(&prefix.judging, 0);
	prefix.folded = 0;
	prefix.base = (struct dossier){ 0 };
	prefix.count = then->count;
	prefix.now = then->now;
	now = tell(&prefix);
	check_same(then, &now, "folding the prefix judges otherwise");
	arena_release(&prefix.folding);
	arena_release(&prefix.judging);
}

enum { STEPS = 400, KEPT = 10 };

/* Whether the release reached stable. */
static bool walk(uint64_t seed, enum release_class class, uint32_t helpful)
{
	struct dice dice = { seed };
	struct told kept[STEPS / KEPT + 1];
	size_t kept_count = 0;
	struct history h;
	bool is_stable;

	history_open(&h);
	history_register(&h, "R-1", class);
	for (int step = 0; step < STEPS && history_dossier(&h, "R-1")->state != STATE_STABLE; step++) {
		const struct told before = tell(&h), again = tell(&h);
		bool is_worse = false;
		struct told after;

		check_same(&before, &again, "judging twice differs");
		if (roll(&dice, 100) < helpful)
			help(&h, &dice);
		else
			is_worse = disturb(&h, &dice);
		after = tell(&h);
		cr_assert(!is_worse || before.verdict == VERDICT_GO || after.verdict != VERDICT_GO,
			"seed %llu: an incident, a kill or a raised stop made a GO of what was none", (unsigned long long)seed);
		if (step % KEPT == 0)
			kept[kept_count++] = after;
	}
	is_stable = history_dossier(&h, "R-1")->state == STATE_STABLE;
	if (is_stable)
		record_check_stable(&h, class);
	for (size_t i = 0; i < kept_count; i++)
		check_prefix(&h, &kept[i]);
	history_close(&h);
	return is_stable;
}

static void walk_class(enum release_class class)
{
	size_t stable = 0;

	for (uint64_t seed = 1; seed <= 24; seed++)
		stable += walk(seed * 7919 + (uint64_t) class, class, seed % 3 == 0 ? 97 : seed % 3 == 1 ? 90 : 60);
	cr_assert(stable >= 4, "Only %zu of the releases reached stable, which proves too little.", stable);
}

Test(property, a_ui_change_reaches_stable_only_with_everything)
{
	walk_class(CLASS_UI_ONLY);
}

Test(property, a_workflow_change_reaches_stable_only_with_everything)
{
	walk_class(CLASS_WORKFLOW);
}

Test(property, a_capability_reaches_stable_only_with_everything)
{
	walk_class(CLASS_CAPABILITY);
}

Test(property, a_mechanism_change_reaches_stable_only_with_everything)
{
	walk_class(CLASS_MECHANISM);
}
