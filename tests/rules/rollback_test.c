#include <config.h>

#include <string.h>

#include <gonogo/core/authority.h>

#include "../support/history.h"

#define R "R-1"

static struct history h;

static void open_history(void)
{
	history_open(&h);
}

static void close_history(void)
{
	history_close(&h);
}

TestSuite(rollback, .init = open_history, .fini = close_history, .timeout = 30);

static enum err_kind start(const char *person, const char *incident)
{
	const char *named = incident ? arena_printf(&h.arena, ",'incident':'%s'", incident) : "";

	return history_act(&h, person, "rollback.started", R, NULL, "'reason':'wrong totals'%s", named);
}

static enum err_kind approve(const char *person, const char *incident)
{
	return incident ? history_act(&h, person, "rollback.approved", R, NULL, "'incident':'%s'", incident)
			: history_act(&h, person, "rollback.approved", R, NULL, "%s", "");
}

static enum err_kind step(int n, const char *state, const char *note)
{
	const char *more = note ? arena_printf(&h.arena, ",'note':'%s'", note) : "";

	return history_act(&h, "otto", "rollback.step", R, NULL, "'n':%d,'state':'%s'%s", n, state, more);
}

static enum err_kind notify(const char *person)
{
	return history_act(&h, "otto", "rollback.notified", R, NULL, "'people':['%s']", person);
}

static enum err_kind finish(const char *verification)
{
	return history_act(&h, "otto", "rollback.finished", R, NULL, "'verification':'%s','note':'no data of another tenant was seen'", verification);
}

static enum err_kind evaluate(const char *person, const char *decision)
{
	return history_act(&h, person, "incident.evaluated", R, NULL, "'decision':'%s','rationale':'weighed'", decision);
}

static enum release_state state(void)
{
	return history_dossier(&h, R)->state;
}

Test(rollback, rbk1_is_recorded_step_by_step)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_REFUSED(&h, ERR_REFUSED, step(1, "done", NULL), "under way");
	HISTORY_REFUSED(&h, ERR_REFUSED, notify("bob"), "under way");
	HISTORY_REFUSED(&h, ERR_REFUSED, finish("pass"), "under way");
	HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "jane", "rollback.started", R, NULL, "'reason':' '"), "reason");
	HISTORY_MUST(&h, start("jane", NULL));
	HISTORY_REFUSED(&h, ERR_REFUSED, start("jane", NULL), "RBK-1");
	HISTORY_REFUSED(&h, ERR_MISSING, step(3, "done", NULL), "2 steps");
	HISTORY_REFUSED(&h, ERR_MISSING, step(0, "done", NULL), "no step 0");
	HISTORY_MUST(&h, step(1, "done", NULL));
	HISTORY_ALREADY(&h, step(1, "done", NULL));
	HISTORY_REFUSED(&h, ERR_USAGE, step(2, "skipped", NULL), "note");
	HISTORY_REFUSED(&h, ERR_REFUSED, finish("pass"), "Step 2");
	HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "otto", "rollback.finished", R, NULL, "'verification':'pass','note':' '"), "note");
	HISTORY_REFUSED(&h, ERR_MISSING, notify("stranger"), "Nobody is enrolled");
	HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "otto", "rollback.notified", R, NULL, "'people':[]"), "Nobody is named");
	HISTORY_MUST(&h, notify("dirk"));
	HISTORY_ALREADY(&h, notify("dirk"));
	HISTORY_MUST(&h, finish("fail"));
	cr_assert_eq(state(), STATE_EXPERIMENTAL, "a failed verification leaves it open");
	cr_assert(dossier_is_rolling_back(history_dossier(&h, R)));
	HISTORY_MUST(&h, step(2, "skipped", "nothing to revert"));
	HISTORY_MUST(&h, finish("pass"));
	cr_assert_eq(state(), STATE_ROLLED_BACK);
	HISTORY_REFUSED(&h, ERR_REFUSED, start("jane", NULL), "final");
	(void)history_judge(&h, R, CHANNEL_NONE);
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	HISTORY_IS(&h, "CHN-1", FINDING_UNMET);
}

Test(rollback, rbk1_from_its_start_on_nobody_is_served_and_nothing_promoted)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_CANDIDATE);
	cr_assert(history_allowed(&h, R, "birch"), "%s", h.err.text);
	HISTORY_MUST(&h, start("jane", NULL));
	cr_assert(!history_allowed(&h, R, "birch"));
	cr_assert(strstr(h.err.text, "RBK-1"), "%s", h.err.text);
	cr_assert(!history_allowed(&h, R, "SBNC-dev"));
	(void)history_judge(&h, R, CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-1", FINDING_UNMET);
	HISTORY_SAYS(&h, "CHN-1", "RBK-1");
	cr_assert(history_finding(&h, "CHN-1")->blocks);
	cr_assert_eq(h.verdict.earliest, WHEN_NONE);
	HISTORY_MUST(&h, finish("fail"));
	(void)history_judge(&h, R, CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-1", FINDING_UNMET);
}

/* Everything that is not a step of the rollback, an incident, a hard stop or the switch waits for its end; so does restoring, with its approvals (KSW-6):
 * nobody may be served what is being rolled back. */
Test(rollback, rbk1_what_is_refused_while_it_runs)
{
	static const char *const goes_on[] = {
		"stop.raised", "stop.cleared", "switch.tested", "switch.killed", "switch.confirmed", "switch.observed", "rollback.step",
		"switch.written", "switch.found", "rollback.notified", "rollback.finished", "incident.opened", "incident.regraded", "incident.resolved", "approval.withdrawn",
	};
	const struct dossier *d;
	const struct person *jane;

	HISTORY_MUST(&h, history_act(&h, "bob", "component.added", NULL, NULL, "'component':'probe','key':'ssh-ed25519 probe'"));
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, start("jane", NULL));
	HISTORY_REFUSED(&h, ERR_REFUSED, history_answer(&h, "jane", R, "DAT-1", "pass"), "RBK-1");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_approve(&h, R, "jane", ROLE_DEV_LEAD, CHANNEL_CANDIDATE), "RBK-1");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_promote(&h, "jane", R, CHANNEL_CANDIDATE), "RBK-1");
	d = history_dossier(&h, R);
	jane = registry_person(&d->registry, "jane");
	for (size_t i = 0; i < kind_count; i++) {
		bool is_named = kinds[i].scope == SCOPE_LEDGER || kinds[i].scope == SCOPE_TENANT;
		const struct person *actor = jane;

		for (size_t k = 0; k < sizeof goes_on / sizeof *goes_on; k++)
			is_named |= strcmp(goes_on[k], kinds[i].name) == 0;
		if (kinds[i].who && !(jane->roles & kinds[i].who))
			actor = registry_person(&d->registry, "bob");
		if (!kinds[i].who && kinds[i].component)
			actor = registry_person(&d->registry, "probe");
		if (kinds[i].who || kinds[i].component)
			cr_assert_eq(!authority_may(d, actor, &kinds[i], &h.err), is_named, "%s while a rollback runs: %s", kinds[i].name, h.err.text);
	}
}

Test(rollback, rbk1_a_release_that_nobody_was_served_is_withdrawn_instead)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_DEV);
	HISTORY_REFUSED(&h, ERR_REFUSED, start("jane", NULL), "I-11");
	HISTORY_REFUSED(&h, ERR_REFUSED, approve("bob", NULL), "I-11");
}

Test(rollback, rbk1_ends_open_approvals_and_drafts)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_CANDIDATE);
	cr_assert(history_memo_draft(&h, R, MEMO_STABLE, DECISION_GO) != NULL, "%s", h.err.text);
	cr_assert(dossier_draft(history_dossier(&h, R), MEMO_STABLE) != NULL);
	HISTORY_MUST(&h, start("jane", NULL));
	HISTORY_MUST(&h, step(1, "done", NULL));
	HISTORY_MUST(&h, step(2, "done", NULL));
	HISTORY_MUST(&h, finish("pass"));
	cr_assert(dossier_draft(history_dossier(&h, R), MEMO_STABLE) == NULL);
	cr_assert(!history_allowed(&h, R, "SBNC-dev"));
}

Test(rollback, rbk2_ui_only_by_a_dev_lead_or_system_owner)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_STABLE);
	HISTORY_REFUSED(&h, ERR_REFUSED, start("quinn", NULL), "section 11");
	HISTORY_REFUSED(&h, ERR_REFUSED, start("otto", NULL), "RBK-2");
	HISTORY_REFUSED(&h, ERR_MISSING, start("otto", "INC-9"), "no incident");
	HISTORY_MUST(&h, start("dirk", NULL));
}

Test(rollback, rbk2_an_operator_starts_with_a_system_owners_approval)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_REFUSED(&h, ERR_REFUSED, approve("jane", NULL), "section 11");
	HISTORY_MUST(&h, approve("olga", NULL));
	HISTORY_REFUSED(&h, ERR_REFUSED, start("quinn", NULL), "section 11");
	HISTORY_MUST(&h, start("otto", NULL));
}

Test(rollback, rbk2_workflow_is_not_finished_before_a_system_owner_was_told)
{
	history_bring(&h, R, CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, start("jane", NULL));
	HISTORY_MUST(&h, step(1, "done", NULL));
	HISTORY_MUST(&h, step(2, "done", NULL));
	HISTORY_REFUSED(&h, ERR_REFUSED, finish("pass"), "RBK-2");
	HISTORY_MUST(&h, notify("dirk"));
	HISTORY_REFUSED(&h, ERR_REFUSED, finish("pass"), "System Owner");
	HISTORY_MUST(&h, finish("fail"));
	HISTORY_MUST(&h, notify("olga"));
	HISTORY_MUST(&h, finish("pass"));
	cr_assert_eq(state(), STATE_ROLLED_BACK);
}

Test(rollback, rbk2_other_classes_ask_for_no_notification)
{
	history_bring(&h, R, CLASS_CAPABILITY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, start("bob", NULL));
	HISTORY_MUST(&h, step(1, "done", NULL));
	HISTORY_MUST(&h, step(2, "done", NULL));
	HISTORY_MUST(&h, finish("pass"));
}

Test(rollback, rbk2_capability_by_a_system_owner_or_his_approval_of_24_hours)
{
	history_bring(&h, R, CLASS_CAPABILITY, CHANNEL_EXPERIMENTAL);
	HISTORY_REFUSED(&h, ERR_REFUSED, start("jane", NULL), "RBK-2");
	HISTORY_REFUSED(&h, ERR_REFUSED, start("otto", NULL), "RBK-2");
	HISTORY_MUST(&h, approve("bob", NULL));
	HISTORY_ALREADY(&h, approve("bob", NULL));
	history_pass(&h, WHEN_DAY_S + 1);
	HISTORY_REFUSED(&h, ERR_REFUSED, start("jane", NULL), "RBK-2");
	HISTORY_MUST(&h, approve("bob", NULL));
	history_pass(&h, WHEN_DAY_S);
	HISTORY_MUST(&h, start("jane", NULL));
}

Test(rollback, rbk2_one_approval_one_rollback)
{
	const struct dossier *d;

	history_bring(&h, R, CLASS_CAPABILITY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, approve("bob", NULL));
	HISTORY_MUST(&h, approve("olga", NULL));
	HISTORY_MUST(&h, start("jane", NULL));
	d = history_dossier(&h, R);
	cr_assert_eq(d->rollback_approval_count, 2);
	cr_assert(d->rollback_approvals[0].is_used && d->rollback_approvals[1].is_used, "a start uses up every approval there is");
	HISTORY_REFUSED(&h, ERR_REFUSED, approve("bob", NULL), "RBK-1");
}

Test(rollback, rbk2_capability_started_by_a_system_owner_himself)
{
	history_bring(&h, R, CLASS_CAPABILITY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, start("olga", NULL));
}

Test(rollback, rbk2_mechanism_names_an_incident_of_this_release)
{
	const char *incident, *other;

	history_bring(&h, R, CLASS_MECHANISM, CHANNEL_EXPERIMENTAL);
	history_bring(&h, "R-2", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_REFUSED(&h, ERR_USAGE, start("bob", NULL), "--incident");
	HISTORY_REFUSED(&h, ERR_USAGE, start("quinn", NULL), "--incident");
	HISTORY_REFUSED(&h, ERR_USAGE, approve("bob", NULL), "--incident");
	other = history_incident(&h, "otto", "R-2", 3);
	HISTORY_REFUSED(&h, ERR_MISSING, start("bob", other), "no incident of");
	incident = history_incident(&h, "otto", R, 3);
	HISTORY_REFUSED(&h, ERR_REFUSED, start("jane", incident), "RBK-2");
	HISTORY_MUST(&h, approve("bob", incident));
	HISTORY_MUST(&h, start("jane", incident));
	cr_assert_str_eq(history_dossier(&h, R)->run.incident, incident);
}

Test(rollback, rbk2_an_evaluation_of_a_system_owner_is_an_approval_without_a_time_limit)
{
	const char *incident;

	history_bring(&h, R, CLASS_MECHANISM, CHANNEL_EXPERIMENTAL);
	incident = history_incident(&h, "otto", R, 1);
	HISTORY_REFUSED(&h, ERR_REFUSED, start("otto", incident), "RBK-2");
	HISTORY_MUST(&h, evaluate("bob", "rollback"));
	history_pass(&h, 3 * WHEN_DAY_S);
	HISTORY_MUST(&h, start("otto", incident));
	HISTORY_REFUSED(&h, ERR_REFUSED, evaluate("bob", "resume"), "RBK-1");
}

Test(rollback, rbk2_a_replaced_evaluation_approves_nothing)
{
	const char *incident;

	history_bring(&h, R, CLASS_MECHANISM, CHANNEL_EXPERIMENTAL);
	incident = history_incident(&h, "otto", R, 1);
	HISTORY_MUST(&h, evaluate("bob", "rollback"));
	HISTORY_MUST(&h, evaluate("olga", "resume"));
	HISTORY_REFUSED(&h, ERR_REFUSED, start("jane", incident), "RBK-2");
}

/* Whom CHN-6 names after an evaluation is whom RBK-2 lets start, and then whoever may finish. */
static void expect_named(role_set roles, const char *next)
{
	(void)history_judge(&h, R, CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-6", FINDING_UNMET);
	cr_assert_eq(history_finding(&h, "CHN-6")->roles, roles, "%x named, not %x", history_finding(&h, "CHN-6")->roles, roles);
	cr_assert(strstr(history_finding(&h, "CHN-6")->next, next), "%s", history_finding(&h, "CHN-6")->next);
}

Test(rollback, chn6_names_whom_rbk2_lets_start_it)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	(void)history_incident(&h, "otto", R, 1);
	HISTORY_MUST(&h, evaluate("jane", "rollback"));
	expect_named(ROLE_DEV_LEAD | ROLE_SYSTEM_OWNER, "gonogo rollback start " R " --reason TEXT");
	HISTORY_MUST(&h, evaluate("bob", "rollback"));
	expect_named(ROLE_DEV_LEAD | ROLE_SYSTEM_OWNER | ROLE_OPERATOR, "gonogo rollback start");
	HISTORY_MUST(&h, start("otto", NULL));
	expect_named(ROLE_DEV_LEAD | ROLE_SYSTEM_OWNER | ROLE_OPERATOR, "gonogo rollback finish " R);
}

Test(rollback, chn6_names_the_incident_of_a_mechanism_change)
{
	history_bring(&h, R, CLASS_MECHANISM, CHANNEL_EXPERIMENTAL);
	(void)history_incident(&h, "otto", R, 1);
	HISTORY_MUST(&h, evaluate("bob", "rollback"));
	expect_named(ROLE_DEV_LEAD | ROLE_SYSTEM_OWNER | ROLE_OPERATOR, "--incident INC-1");
}

Test(rollback, rbk2_an_evaluation_of_a_dev_lead_is_no_approval_for_an_operator)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	(void)history_incident(&h, "otto", R, 1);
	HISTORY_MUST(&h, evaluate("jane", "rollback"));
	HISTORY_REFUSED(&h, ERR_REFUSED, start("otto", NULL), "RBK-2");
	HISTORY_MUST(&h, start("jane", NULL));
}
