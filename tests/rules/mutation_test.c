#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/history.h"

/*
 * No rule can be taken away unnoticed: with the judge of any one row replaced by one that always says *met*, there is a release that the gate then
 * judges better than it does.  For each row a scenario is one act away from a GO, and that act makes the rule the one that stands in the way.
 */
TestSuite(mutation, .timeout = 120);

static enum err_kind judge_met(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	(void)in;
	return finding_add(out, rule, FINDING_MET, "Met.") ? ERR_NONE : ERR_SYSTEM;
}

#define DO(...) HISTORY_MUST(h, history_act(h, __VA_ARGS__))

static void answer(struct history *h, const char *rule)
{
	HISTORY_MUST(h, history_answer(h, "jane", "R-1", rule, "fail"));
}

static void unclear(struct history *h, const char *rule)
{
	(void)rule;
	history_put(h, "jane", "release.classified", "R-1", NULL, "'class':'unclear'");
}

static void class_approval_goes(struct history *h, const char *rule)
{
	(void)rule;
	DO("jane", "switch.bound", "R-1", NULL, "'provider':'manual','place':'the console'");
}

static void another_risk(struct history *h, const char *rule)
{
	(void)rule;
	DO("bob", "risk.accepted", "R-1", NULL, "'risk':'slow','rationale':'rare'");
}

static void no_risk(struct history *h, const char *rule)
{
	(void)rule;
	DO("bob", "risk.withdrawn", "R-1", NULL, "'risk':1,'reason':'mended'");
}

static void no_rollback_plan(struct history *h, const char *rule)
{
	(void)rule;
	DO("jane", "rollback.planned", "R-1", NULL, "'triggers':['any']");
}

static void start_rollback(struct history *h, const char *rule)
{
	(void)rule;
	DO("jane", "rollback.started", "R-1", NULL, "'reason':'wrong totals'");
}

static void soak_anew(struct history *h, const char *rule)
{
	const char *incident = history_incident(h, "otto", "R-1", 4);

	(void)rule;
	HISTORY_MUST(h, history_resolve(h, "jane", "R-1", incident));
}

static void halt(struct history *h, const char *rule)
{
	(void)rule;
	history_incident(h, "otto", "R-1", 1);
}

static void edit_plan(struct history *h, const char *rule)
{
	(void)rule;
	HISTORY_MUST(h, history_plan(h, "R-1", "'SBNC-dev'", WHEN_WEEK_S, 0, "'Another criterion'"));
}

static void empty_plan(struct history *h, const char *rule)
{
	(void)rule;
	history_put(h, "jane", "plan.saved", "R-1", NULL, "'class':'workflow','tenants':['SBNC-dev'],'owner':'Nemo'");
}

static void opt_out(struct history *h, const char *rule)
{
	(void)rule;
	DO("bob", "tenant.opted_out", NULL, "acme", "'channel':'experimental'");
}

static void overdue(struct history *h, const char *rule)
{
	(void)rule;
	HISTORY_MUST(h, history_plan(h, "R-1", "'SBNC-dev'", WHEN_WEEK_S, WHEN_WEEK_S, "'Another criterion'"));
	DO("jane", "plan.approved", "R-1", NULL, "'plan':%lld", (long long)history_dossier(h, "R-1")->plan_source.seq);
	history_pass(h, 30 * (int64_t)WHEN_DAY_S);
}

static void raise(struct history *h, const char *rule)
{
	HISTORY_MUST(h, history_raise(h, "otto", "R-1", rule));
}

static void undocumented_switch(struct history *h, const char *rule)
{
	(void)rule;
	DO("jane", "switch.defined", "R-1", NULL, "'flag':'another','default':'off'");
}

static void fail_switch_test(struct history *h, const char *rule)
{
	(void)rule;
	DO("otto", "switch.tested", "R-1", NULL, "'environment':'dev','result':'fail','definition':%lld,'note':'stays on'",
		(long long)history_dossier(h, "R-1")->definition_source.seq);
}

static void kill_one(struct history *h, const char *rule)
{
	(void)rule;
	HISTORY_MUST(h, history_kill(h, "otto", "R-1", "acme"));
}

static void fail_rehearsal(struct history *h, const char *rule)
{
	(void)rule;
	DO("otto", "rollback.rehearsed", "R-1", NULL, "'result':'fail','plan':%lld,'note':'hung'",
		(long long)history_dossier(h, "R-1")->rollback_source.seq);
}

static void sign_no_go(struct history *h, const char *rule)
{
	const char *memo = history_memo_draft(h, "R-1", MEMO_STABLE, DECISION_NO_GO);

	(void)rule;
	HISTORY_MUST(h, history_memo_sign(h, "bob", "R-1", memo, ROLE_SYSTEM_OWNER));
}

static void nothing(struct history *h, const char *rule)
{
	(void)h;
	(void)rule;
}

/* An approval from before the plan's, which only the record can show. */
static void approve_out_of_turn(struct history *h, const char *rule)
{
	char evidence[DIGEST_HEX_MAX], class_evidence[DIGEST_HEX_MAX];

	(void)rule;
	HISTORY_MUST(h, history_plan(h, "R-1", "'SBNC-dev'", WHEN_WEEK_S, 0, "'Another criterion'"));
	history_judge(h, "R-1", CHANNEL_NONE);
	digest_hex(&h->verdict.evidence, evidence);
	digest_hex(&h->verdict.class_evidence, class_evidence);
	history_put(h, "jane", "approval.given", "R-1", NULL,
		"'to':'experimental','role':'dev-lead','evidence':'%s','class_evidence':'%s','policy':'standard','"
		"class_only':0",
		evidence, class_evidence);
	DO("jane", "plan.approved", "R-1", NULL, "'plan':%lld", (long long)history_dossier(h, "R-1")->plan_source.seq);
}

static const struct scenario {
	const char *rule;
	enum release_class class;
	enum channel at; /* everything is there for the transition from here, the approvals too where `approved` */
	bool approved;
	void (*act)(struct history *h, const char *rule);
} scenarios[] = {
	{ "CLS-1", CLASS_WORKFLOW, CHANNEL_DEV, true, unclear },
	{ "CLS-3", CLASS_CAPABILITY, CHANNEL_CANDIDATE, true, class_approval_goes },
	{ "CLS-4", CLASS_MECHANISM, CHANNEL_EXPERIMENTAL, true, another_risk },
	{ "CLS-5", CLASS_MECHANISM, CHANNEL_DEV, true, no_rollback_plan },
	{ "CHN-1", CLASS_WORKFLOW, CHANNEL_CANDIDATE, true, start_rollback },
	{ "CHN-2", CLASS_WORKFLOW, CHANNEL_CANDIDATE, true, soak_anew },
	{ "CHN-3", CLASS_WORKFLOW, CHANNEL_DEV, true, answer },
	{ "CHN-4", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL, true, answer },
	{ "CHN-5", CLASS_WORKFLOW, CHANNEL_CANDIDATE, true, answer },
	{ "CHN-6", CLASS_WORKFLOW, CHANNEL_DEV, true, halt },
	{ "PLN-1", CLASS_WORKFLOW, CHANNEL_DEV, true, empty_plan },
	{ "PLN-2", CLASS_WORKFLOW, CHANNEL_DEV, true, edit_plan },
	{ "PLN-3", CLASS_WORKFLOW, CHANNEL_DEV, true, opt_out },
	{ "PLN-4", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL, true, edit_plan },
	{ "PLN-5", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL, true, overdue },
	{ "DAT-1", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL, true, answer },
	{ "DAT-2", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL, true, answer },
	{ "DAT-3", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL, true, answer },
	{ "DAT-4", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL, true, answer },
	{ "DAT-5", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL, true, answer },
	{ "DAT-6", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL, true, answer },
	{ "DAT-7", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL, true, answer },
	{ "HS-1", CLASS_WORKFLOW, CHANNEL_DEV, true, raise },
	{ "HS-2", CLASS_WORKFLOW, CHANNEL_DEV, true, raise },
	{ "HS-3", CLASS_WORKFLOW, CHANNEL_DEV, true, raise },
	{ "HS-4", CLASS_WORKFLOW, CHANNEL_DEV, true, raise },
	{ "HS-5", CLASS_WORKFLOW, CHANNEL_DEV, true, raise },
	{ "HS-6", CLASS_WORKFLOW, CHANNEL_DEV, true, raise },
	{ "HS-7", CLASS_WORKFLOW, CHANNEL_DEV, true, raise },
	{ "KSW-1", CLASS_WORKFLOW, CHANNEL_DEV, true, undocumented_switch },
	{ "KSW-2", CLASS_WORKFLOW, CHANNEL_DEV, true, answer },
	{ "KSW-3", CLASS_WORKFLOW, CHANNEL_DEV, true, fail_switch_test },
	{ "KSW-5", CLASS_WORKFLOW, CHANNEL_DEV, true, answer },
	{ "KSW-6", CLASS_WORKFLOW, CHANNEL_DEV, true, kill_one },
	{ "RBP-1", CLASS_WORKFLOW, CHANNEL_DEV, true, no_rollback_plan },
	{ "RBP-2", CLASS_WORKFLOW, CHANNEL_CANDIDATE, true, fail_rehearsal },
	{ "OBS-0", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL, true, answer },
	{ "OBS-1", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL, true, answer },
	{ "OBS-2", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL, true, answer },
	{ "OBS-3", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL, true, answer },
	{ "OBS-4", CLASS_WORKFLOW, CHANNEL_DEV, true, answer },
	{ "OBS-5", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL, true, answer },
	{ "OBV-1", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL, true, answer },
	{ "OBV-2", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL, true, answer },
	{ "OBV-3", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL, true, answer },
	{ "OBV-4", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL, true, answer },
	{ "ATT-3", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL, true, answer },
	{ "ATT-4", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL, true, answer },
	{ "ATT-5", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL, true, answer },
	{ "ATT-6", CLASS_WORKFLOW, CHANNEL_DEV, true, answer },
	{ "APR-1", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL, false, nothing },
	{ "APR-2", CLASS_WORKFLOW, CHANNEL_DEV, true, edit_plan },
	{ "APR-3", CLASS_WORKFLOW, CHANNEL_DEV, false, approve_out_of_turn },
	{ "MEM-1", CLASS_WORKFLOW, CHANNEL_CANDIDATE, false, nothing },
	{ "MEM-2", CLASS_WORKFLOW, CHANNEL_CANDIDATE, true, fail_rehearsal },
	{ "MEM-3", CLASS_WORKFLOW, CHANNEL_CANDIDATE, true, sign_no_go },
	{ "MEM-4", CLASS_WORKFLOW, CHANNEL_CANDIDATE, true, another_risk },
	{ "MEM-5", CLASS_WORKFLOW, CHANNEL_CANDIDATE, true, another_risk },
	{ "MEM-6", CLASS_MECHANISM, CHANNEL_EXPERIMENTAL, true, no_risk },
};

static void play(struct history *h, const struct scenario *scenario)
{
	history_open(h);
	history_bring(h, "R-1", scenario->class, scenario->at);
	if (scenario->at == CHANNEL_EXPERIMENTAL)
		history_fill_experimental(h, "R-1");
	if (scenario->at == CHANNEL_CANDIDATE)
		history_fill_candidate(h, "R-1");
	history_soak(h, "R-1");
	if (scenario->approved && scenario->at == CHANNEL_CANDIDATE)
		history_sign_go(h, "R-1");
	else if (scenario->approved)
		history_approve_all(h, "R-1", scenario->at + 1);
	history_judge(h, "R-1", CHANNEL_NONE);
	cr_assert_eq(h->verdict.verdict == VERDICT_GO, scenario->approved, "%s: %s", scenario->rule, history_told(h, NULL));
	scenario->act(h, scenario->rule);
}

/* How many findings of a rule, or of its family, are open. */
static size_t open_findings(const struct verdict *verdict, const struct rule *rule)
{
	size_t open = 0;

	for (size_t i = 0; i < verdict->findings.count; i++)
		open += rule_find(verdict->findings.items[i].id) == rule && !finding_is_settled(&verdict->findings.items[i]);
	return open;
}

static void check(const struct scenario *scenario, struct rule *table)
{
	const struct rule *rule = rule_find(scenario->rule);
	struct verdict mutant;
	struct history h;
	size_t open;

	cr_assert(rule, "%s", scenario->rule);
	play(&h, scenario);
	history_judge(&h, "R-1", CHANNEL_NONE);
	cr_assert_neq(h.verdict.verdict, VERDICT_GO, "%s is violated, and the gate says GO", scenario->rule);
	open = open_findings(&h.verdict, rule);
	cr_assert(open, "%s does not see that it is violated", scenario->rule);

	memcpy(table, rules, rule_count * sizeof *rules);
	table[rule - rules].judge = judge_met;
	cr_assert_eq(gate_judge_by(table, rule_count, &h.dossier, &h.policy, CHANNEL_NONE, h.now, &h.judging, &mutant, &h.err), ERR_NONE);
	cr_assert(mutant.unmet + open <= h.verdict.unmet, "without its judge %s is as open as with it", scenario->rule);
	history_close(&h);
}

Test(mutation, every_judge_is_missed_when_it_is_gone)
{
	struct rule *table = calloc(rule_count, sizeof *table);

	cr_assert(table);
	for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++)
		check(&scenarios[i], table);
	free(table);
}

Test(mutation, every_rule_that_is_judged_has_a_scenario)
{
	for (size_t i = 0; i < rule_count; i++) {
		bool has = !rules[i].judge;

		for (size_t k = 0; k < sizeof scenarios / sizeof *scenarios; k++)
			has |= strcmp(scenarios[k].rule, rules[i].id) == 0;
		cr_assert(has, "%s has no scenario in which it is violated", rules[i].id);
	}
}

/* Where it is the only rule that stands in the way, its judge alone keeps the release from being promoted. */
Test(mutation, a_hard_stop_alone_keeps_a_GO_away)
{
	struct rule *table = calloc(rule_count, sizeof *table);

	cr_assert(table);
	for (int stop = 1; stop <= STOP_COUNT; stop++) {
		struct scenario scenario = { NULL, CLASS_WORKFLOW, CHANNEL_DEV, true, raise };
		struct verdict mutant;
		struct history h;
		char id[8];

		snprintf(id, sizeof id, "HS-%d", stop);
		scenario.rule = id;
		play(&h, &scenario);
		/* The raise makes the approval stale; given again by the record, it would be a GO but for the stop. */
		HISTORY_REFUSED(&h, ERR_REFUSED, history_approve(&h, "R-1", "jane", ROLE_DEV_LEAD, CHANNEL_NONE), id);
		memcpy(table, rules, rule_count * sizeof *rules);
		table[rule_find(id) - rules].judge = judge_met;
		history_judge(&h, "R-1", CHANNEL_NONE);
		HISTORY_VERDICT(&h, VERDICT_BLOCKED);
		cr_assert_eq(gate_judge_by(table, rule_count, &h.dossier, &h.policy, CHANNEL_NONE, h.now, &h.judging, &mutant, &h.err), ERR_NONE);
		cr_assert_eq(mutant.verdict, VERDICT_OPEN, "%s", id);
		history_close(&h);
	}
	free(table);
}
