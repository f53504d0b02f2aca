#include <config.h>

#include <gonogo/core/authority.h>

#include "../support/history.h"

static struct history h;

static void open_history(void)
{
	history_open(&h);
}

static void close_history(void)
{
	history_close(&h);
}

TestSuite(class, .init = open_history, .fini = close_history, .timeout = 30);

static void manifest(const char *release, const char *fields)
{
	HISTORY_MUST(&h, history_act(&h, "jane", "release.registered", release, NULL, "%s", fields));
}

static enum err_kind classify(const char *person, const char *release, const char *class)
{
	return history_act(&h, person, "release.classified", release, NULL, "'class':'%s'", class);
}

#define SWITCH "'kill_switch':'Feature flag filter_kill (default: off)'"
#define FLAG "'flag':'filter (default: false)'"

Test(class, cls_1_unclear_is_recorded_and_blocks)
{
	manifest("R-1", "'class':'unclear'");
	cr_assert_eq(history_dossier(&h, "R-1")->state, STATE_REGISTERED);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CLS-1", FINDING_UNMET);
	cr_assert(history_finding(&h, "CLS-1")->blocks);
	HISTORY_IS(&h, "HS-1", FINDING_UNMET);
	cr_assert(history_finding(&h, "HS-1")->blocks);
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	cr_assert_not(history_allowed(&h, "R-1", "SBNC-dev"), "%s", h.err.text);
	HISTORY_MUST(&h, classify("jane", "R-1", "workflow"));
	cr_assert_eq(history_dossier(&h, "R-1")->state, STATE_DEV);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CLS-1", FINDING_MET);
	HISTORY_IS(&h, "HS-1", FINDING_MET);
	cr_assert(history_allowed(&h, "R-1", "SBNC-dev"), "%s", h.err.text);
}

Test(class, cls_1_plan_of_another_class)
{
	history_bring(&h, "R-1", CLASS_WORKFLOW, CHANNEL_DEV);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CLS-1", FINDING_MET);
	/* I-16: accepted, and unmet until the plan agrees. */
	HISTORY_MUST(&h, classify("jane", "R-1", "capability"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CLS-1", FINDING_UNMET);
	HISTORY_IS(&h, "HS-1", FINDING_UNMET);
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	HISTORY_MUST(&h, history_plan(&h, "R-1", "'SBNC-dev'", WHEN_WEEK_S, 0, "'No ticket'"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CLS-1", FINDING_MET);
	HISTORY_IS(&h, "HS-1", FINDING_MET);
}

Test(class, cls_1_is_judged_at_every_transition)
{
	static const enum channel from[] = { CHANNEL_DEV, CHANNEL_EXPERIMENTAL, CHANNEL_CANDIDATE };

	for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
		const char *release = arena_printf(&h.arena, "R-%zu", i);

		history_bring(&h, release, CLASS_UI_ONLY, from[i]);
		history_judge(&h, release, CHANNEL_NONE);
		HISTORY_IS(&h, "CLS-1", FINDING_MET);
		HISTORY_MUST(&h, history_act(&h, "jane", "plan.saved", release, NULL,
					     "'class':'workflow','tenants':['SBNC-dev'],'opt_in':'mail','min_s':604800,'criteria':['No ticket'],'owner':'Jane Doe'"));
		history_judge(&h, release, CHANNEL_NONE);
		HISTORY_IS(&h, "CLS-1", FINDING_UNMET);
		HISTORY_IS(&h, "HS-1", FINDING_UNMET);
	}
}

Test(class, cls_2_locked_by_the_first_promotion)
{
	history_bring(&h, "R-1", CLASS_WORKFLOW, CHANNEL_DEV);
	HISTORY_MUST(&h, classify("jane", "R-1", "capability"));
	HISTORY_MUST(&h, classify("olga", "R-1", "workflow"));
	HISTORY_ALREADY(&h, classify("olga", "R-1", "workflow"));
	HISTORY_REFUSED(&h, ERR_REFUSED, classify("quinn", "R-1", "ui-only"), "Dev Lead");
	HISTORY_REFUSED(&h, ERR_REFUSED, classify("otto", "R-1", "ui-only"), "Dev Lead");
	history_fill_dev(&h, "R-1");
	history_approve_all(&h, "R-1", CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-1", CHANNEL_EXPERIMENTAL));
	HISTORY_REFUSED(&h, ERR_REFUSED, classify("jane", "R-1", "capability"), "CLS-2");
	HISTORY_REFUSED(&h, ERR_REFUSED, classify("bob", "R-1", "unclear"), "CLS-2");
	HISTORY_ALREADY(&h, classify("jane", "R-1", "workflow"));
	cr_assert_eq(history_dossier(&h, "R-1")->class, CLASS_WORKFLOW);
}

Test(class, cls_2_a_ledger_that_changes_it_later_does_not_hold)
{
	history_bring(&h, "R-1", CLASS_WORKFLOW, CHANNEL_DEV);
	HISTORY_MUST(&h, history_forge(&h, "jane", "release.classified", "R-1", NULL, "'class':'ui-only'"));
	history_fill_dev(&h, "R-1");
	history_approve_all(&h, "R-1", CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-1", CHANNEL_EXPERIMENTAL));
	HISTORY_REFUSED(&h, ERR_INTEGRITY, history_forge(&h, "jane", "release.classified", "R-1", NULL, "'class':'ui-only'"), "CLS-2");
	HISTORY_REFUSED(&h, ERR_INTEGRITY, history_forge(&h, "jane", "release.registered", "R-1", NULL, "'class':'workflow'"), "CLS-6");
}

Test(class, cls_3_roles_by_class)
{
	cr_assert_eq(authority_class_roles(CLASS_UI_ONLY), ROLE_DEV_LEAD);
	cr_assert_eq(authority_class_roles(CLASS_WORKFLOW), ROLE_DEV_LEAD | ROLE_QA);
	cr_assert_eq(authority_class_roles(CLASS_CAPABILITY), ROLE_DEV_LEAD | ROLE_SYSTEM_OWNER);
	cr_assert_eq(authority_class_roles(CLASS_MECHANISM), ROLE_SYSTEM_OWNER);
}

/* Dev Lead and QA approve T2 of every class (APR-1); what CLS-3 asks besides is the System Owner. */
Test(class, cls_3_is_due_at_t2)
{
	static const struct { enum release_class class; bool asks_owner; } cases[] = {
		{ CLASS_UI_ONLY, false }, { CLASS_WORKFLOW, false }, { CLASS_CAPABILITY, true }, { CLASS_MECHANISM, true },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *release = arena_printf(&h.arena, "R-%zu", i);

		history_bring(&h, release, cases[i].class, CHANNEL_DEV);
		history_judge(&h, release, CHANNEL_NONE);
		HISTORY_UNLISTED(&h, "CLS-3");
		history_approve_all(&h, release, CHANNEL_EXPERIMENTAL);
		HISTORY_MUST(&h, history_promote(&h, "jane", release, CHANNEL_EXPERIMENTAL));
		history_fill_experimental(&h, release);
		history_soak(&h, release);
		HISTORY_MUST(&h, history_approve(&h, release, "jane", ROLE_DEV_LEAD, CHANNEL_CANDIDATE));
		HISTORY_MUST(&h, history_approve(&h, release, "quinn", ROLE_QA, CHANNEL_CANDIDATE));
		history_judge(&h, release, CHANNEL_NONE);
		HISTORY_IS(&h, "APR-1", FINDING_MET);
		HISTORY_IS(&h, "CLS-3", cases[i].asks_owner ? FINDING_UNMET : FINDING_MET);
		if (cases[i].asks_owner) {
			HISTORY_REFUSED(&h, ERR_REFUSED, history_promote(&h, "jane", release, CHANNEL_CANDIDATE), "CLS-3");
			HISTORY_MUST(&h, history_approve(&h, release, "bob", ROLE_SYSTEM_OWNER, CHANNEL_CANDIDATE));
			history_judge(&h, release, CHANNEL_NONE);
			HISTORY_IS(&h, "CLS-3", FINDING_MET);
		}
		HISTORY_VERDICT(&h, VERDICT_GO);
	}
}

Test(class, cls_3_mechanism_needs_an_accepted_risk)
{
	history_bring(&h, "R-1", CLASS_MECHANISM, CHANNEL_EXPERIMENTAL);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CLS-3", FINDING_UNMET);
	HISTORY_SAYS(&h, "CLS-3", "risk");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "jane", "risk.accepted", "R-1", NULL, "'risk':'slow','rationale':'seldom'"), "System Owner");
	HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "bob", "risk.accepted", "R-1", NULL, "'risk':'slow'"), "rationale");
	history_fill_experimental(&h, "R-1");
	history_soak(&h, "R-1");
	history_approve_all(&h, "R-1", CHANNEL_CANDIDATE);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CLS-3", FINDING_MET);
	HISTORY_MUST(&h, history_act(&h, "bob", "risk.withdrawn", "R-1", NULL, "'risk':1,'reason':'no longer'"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CLS-3", FINDING_UNMET);
}

Test(class, cls_4_mechanism_memo_before_candidate)
{
	history_bring(&h, "R-1", CLASS_MECHANISM, CHANNEL_EXPERIMENTAL);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CLS-4", FINDING_UNMET);
	history_fill_experimental(&h, "R-1");
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CLS-4", FINDING_MET);
	history_bring(&h, "R-2", CLASS_CAPABILITY, CHANNEL_EXPERIMENTAL);
	history_judge(&h, "R-2", CHANNEL_NONE);
	cr_assert(!history_finding(&h, "CLS-4") || finding_is_settled(history_finding(&h, "CLS-4")), "%s", history_told(&h, "CLS-4"));
	cr_assert_null(history_memo_draft(&h, "R-2", MEMO_MECHANISM, DECISION_GO));
	history_bring(&h, "R-3", CLASS_MECHANISM, CHANNEL_DEV);
	history_judge(&h, "R-3", CHANNEL_NONE);
	HISTORY_UNLISTED(&h, "CLS-4");
}

/* CLS-5 and HS-2 say the same of a manifest, with a rollback plan that is complete. */
static void expect_cls_5(const char *fields, const char *lacking)
{
	const char *release = arena_printf(&h.arena, "R-%zu", h.count);

	manifest(release, fields);
	HISTORY_MUST(&h, history_act(&h, "jane", "rollback.planned", release, NULL,
				     "'triggers':['any SEV-1'],'steps':['revert'],'checks':['totals agree'],'communication':['mail'],'recovery':'backup 17',"
				     "'restore':'run 8, 2025-01-05, pass','owner':'Jane Doe'"));
	history_judge(&h, release, CHANNEL_NONE);
	HISTORY_IS(&h, "CLS-5", lacking ? FINDING_UNMET : FINDING_MET);
	HISTORY_IS(&h, "HS-2", lacking ? FINDING_UNMET : FINDING_MET);
	if (lacking) {
		HISTORY_SAYS(&h, "CLS-5", lacking);
		HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	}
}

Test(class, cls_5_ui_only_names_the_commit)
{
	expect_cls_5("'class':'ui-only','revert':'4f2a91c'", NULL);
	expect_cls_5("'class':'ui-only'," SWITCH "," FLAG, "commit to revert");
}

Test(class, cls_5_workflow_names_a_flag)
{
	expect_cls_5("'class':'workflow'," FLAG, NULL);
	expect_cls_5("'class':'workflow'," SWITCH, NULL);
	expect_cls_5("'class':'workflow','kill_switch':'filter_kill (default: off)'", "feature flag");
	expect_cls_5("'class':'workflow','kill_switch':'filter_kill (default: off)'," FLAG, NULL);
	expect_cls_5("'class':'workflow','flag':'by hand'", "feature flag");
	expect_cls_5("'class':'workflow','revert':'4f2a91c'", "feature flag");
}

Test(class, cls_5_capability_names_switch_and_flag_both_off)
{
	expect_cls_5("'class':'capability'," SWITCH "," FLAG, NULL);
	expect_cls_5("'class':'capability'," SWITCH, "feature flag");
	expect_cls_5("'class':'capability'," FLAG, "kill switch");
	expect_cls_5("'class':'capability','kill_switch':'filter_kill (default: on)'," FLAG, "off by default");
	expect_cls_5("'class':'capability'," SWITCH ",'flag':'filter (default: true)'", "off by default");
	expect_cls_5("'class':'capability','kill_switch':'filter (default: off)'," FLAG, "different names");
}

Test(class, cls_5_mechanism_has_recovered_once)
{
	static const struct { const char *fields, *lacking; } cases[] = {
		{ "'recovery':'backup 17','restore':'run 8, 2025-01-05, pass'", NULL },
		{ "'restore':'run 8, 2025-01-05, pass'", "data recovery" },
		{ "'recovery':'backup 17'", "restore verification" },
		{ "'recovery':'backup 17','restore':'run 8, 2025-01-05, fail'", "passed" },
		{ "'recovery':'backup 17','restore':'run 8 was fine'", "restore verification" },
	};

	manifest("R-1", "'class':'mechanism','data_changes':'None'," SWITCH);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CLS-5", FINDING_UNMET);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		HISTORY_MUST(&h, history_act(&h, "jane", "rollback.planned", "R-1", NULL,
					     "'triggers':['any SEV-1'],'steps':['revert'],'checks':['totals agree'],'communication':['mail'],%s,'owner':'Jane Doe'",
					     cases[i].fields));
		history_judge(&h, "R-1", CHANNEL_NONE);
		HISTORY_IS(&h, "CLS-5", cases[i].lacking ? FINDING_UNMET : FINDING_MET);
		if (cases[i].lacking)
			HISTORY_SAYS(&h, "CLS-5", cases[i].lacking);
	}
	HISTORY_MUST(&h, history_act(&h, "jane", "rollback.planned", "R-1", NULL,
				     "'triggers':['any SEV-1'],'steps':['revert'],'recovery':'backup 17','restore':'run 8, 2025-01-05, pass','owner':'Jane Doe'"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CLS-5", FINDING_UNMET);
	HISTORY_SAYS(&h, "CLS-5", "full rollback plan");
}

#define TEXT "'class':'workflow','description':'A filter','data_changes':'None'," SWITCH

Test(class, cls_6_manifest_is_frozen_after_t1)
{
	manifest("R-1", TEXT);
	HISTORY_ALREADY(&h, history_act(&h, "jane", "release.registered", "R-1", NULL, TEXT));
	history_fill_dev(&h, "R-1");
	history_approve_all(&h, "R-1", CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-1", CHANNEL_EXPERIMENTAL));
	HISTORY_ALREADY(&h, history_act(&h, "jane", "release.registered", "R-1", NULL, TEXT));
	HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "jane", "release.registered", "R-1", NULL, TEXT "," FLAG), "CLS-6");
	HISTORY_REFUSED(&h, ERR_REFUSED,
			history_act(&h, "jane", "release.registered", "R-1", NULL, "'class':'ui-only','description':'A filter','data_changes':'None'," SWITCH),
			"CLS-2");
}

/* The manifest that a classified release prints carries the class it was given, and importing that text changes nothing. */
Test(class, cls_6_the_class_is_part_of_the_manifest)
{
	manifest("R-1", "'class':'unclear','description':'A filter','data_changes':'None'," SWITCH);
	HISTORY_MUST(&h, classify("jane", "R-1", "workflow"));
	HISTORY_ALREADY(&h, history_act(&h, "jane", "release.registered", "R-1", NULL, TEXT));
	history_fill_dev(&h, "R-1");
	history_approve_all(&h, "R-1", CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-1", CHANNEL_EXPERIMENTAL));
	HISTORY_ALREADY(&h, history_act(&h, "jane", "release.registered", "R-1", NULL, TEXT));
	HISTORY_REFUSED(&h, ERR_REFUSED,
			history_act(&h, "jane", "release.registered", "R-1", NULL, "'class':'unclear','description':'A filter','data_changes':'None'," SWITCH),
			"CLS-2");
}

Test(class, cls_6_edit_before_t1_voids_what_was_given_for_the_earlier_text)
{
	history_bring(&h, "R-1", CLASS_WORKFLOW, CHANNEL_DEV);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-3", FINDING_MET);
	HISTORY_IS(&h, "KSW-3", FINDING_MET);
	HISTORY_IS(&h, "HS-4", FINDING_MET);
	HISTORY_IS(&h, "PLN-2", FINDING_MET);
	HISTORY_MUST(&h, history_raise(&h, "otto", "R-1", "HS-5"));
	manifest("R-1", "'class':'workflow','description':'A better filter','data_changes':'None','kill_switch':'Feature flag filter_kill (default: off)'");
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-3", FINDING_UNANSWERED);
	HISTORY_IS(&h, "KSW-2", FINDING_UNANSWERED);
	HISTORY_IS(&h, "OBS-4", FINDING_UNANSWERED);
	cr_assert_not(finding_is_settled(history_finding(&h, "KSW-3")), "%s", history_told(&h, "KSW-3"));
	HISTORY_IS(&h, "HS-4", FINDING_UNANSWERED);
	/* I-16: a raised one survives the edit. */
	HISTORY_IS(&h, "HS-5", FINDING_UNMET);
	cr_assert(history_finding(&h, "HS-5")->blocks);
	HISTORY_IS(&h, "PLN-2", FINDING_MET);
}

Test(class, cls_6_ids_are_unique_whatever_their_case)
{
	manifest("R-1", TEXT);
	HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "jane", "release.registered", "r-1", NULL, TEXT), "R-1");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "jane", "release.registered", "R-2", NULL, TEXT ",'supersedes':'R-2'"), "I-10");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "quinn", "release.registered", "R-2", NULL, TEXT), "Dev Lead");
}

/* Before T1 an import may bring another class; that is an edit like any other. */
Test(class, cls_6_import_of_another_class)
{
	manifest("R-1", TEXT);
	HISTORY_MUST(&h, history_answer(&h, "jane", "R-1", "CHN-3", "pass"));
	manifest("R-1", "'class':'ui-only','description':'A filter','data_changes':'None'," SWITCH);
	cr_assert_eq(history_dossier(&h, "R-1")->class, CLASS_UI_ONLY);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-3", FINDING_UNANSWERED);
}

/* The class is a field of the manifest: given by hand, another one is an edit as much as an imported one. */
Test(class, cls_6_another_class_given_by_hand_voids_as_an_import_does)
{
	history_bring(&h, "R-1", CLASS_WORKFLOW, CHANNEL_DEV);
	HISTORY_MUST(&h, history_raise(&h, "otto", "R-1", "HS-5"));
	HISTORY_ALREADY(&h, classify("jane", "R-1", "workflow"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-3", FINDING_MET);
	HISTORY_IS(&h, "KSW-3", FINDING_MET);
	HISTORY_IS(&h, "HS-4", FINDING_MET);
	HISTORY_MUST(&h, classify("jane", "R-1", "ui-only"));
	cr_assert_eq(history_dossier(&h, "R-1")->answer_count, 0, "answers given for a release of another class");
	cr_assert_eq(history_dossier(&h, "R-1")->test_count, 0, "tests of a release of another class");
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-3", FINDING_UNANSWERED);
	HISTORY_IS(&h, "HS-4", FINDING_UNANSWERED);
	HISTORY_IS(&h, "HS-5", FINDING_UNMET);
	HISTORY_MUST(&h, classify("jane", "R-1", "workflow"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-3", FINDING_UNANSWERED);
	cr_assert_not(finding_is_settled(history_finding(&h, "KSW-3")), "%s", history_told(&h, "KSW-3"));
}
