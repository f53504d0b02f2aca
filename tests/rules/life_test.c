#include <config.h>

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

TestSuite(life, .init = open_history, .fini = close_history, .timeout = 30);

static const enum release_class classes[] = { CLASS_UI_ONLY, CLASS_WORKFLOW, CLASS_CAPABILITY, CLASS_MECHANISM };

static enum err_kind withdraw(const char *person, const char *release)
{
	return history_act(&h, person, "release.withdrawn", release, NULL, "'reason':'not wanted any more'");
}

static enum release_state state_of(const char *release)
{
	return history_dossier(&h, release)->state;
}

static void roll_back(const char *release)
{
	HISTORY_MUST(&h, history_act(&h, "bob", "rollback.started", release, NULL, "'reason':'wrong totals'"));
	HISTORY_MUST(&h, history_act(&h, "otto", "rollback.step", release, NULL, "'n':1,'state':'done'"));
	HISTORY_MUST(&h, history_act(&h, "otto", "rollback.step", release, NULL, "'n':2,'state':'done'"));
	HISTORY_MUST(&h, history_act(&h, "bob", "rollback.notified", release, NULL, "'people':['bob']"));
	HISTORY_MUST(&h, history_act(&h, "bob", "rollback.finished", release, NULL, "'verification':'pass','note':'totals agree, no data exposed'"));
}

Test(life, every_class_reaches_stable)
{
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
		const char *release = arena_printf(&h.arena, "R-%zu", i);

		history_bring(&h, release, classes[i], CHANNEL_STABLE);
		cr_assert_eq(state_of(release), STATE_STABLE);
	}
}

Test(life, every_state_is_entered_in_order)
{
	history_register(&h, "R-1", CLASS_UI_ONLY);
	cr_assert_eq(state_of("R-1"), STATE_DEV);
	history_fill_dev(&h, "R-1");
	history_approve_all(&h, "R-1", CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_promote(&h, "otto", "R-1", CHANNEL_EXPERIMENTAL));
	cr_assert_eq(state_of("R-1"), STATE_EXPERIMENTAL);
	HISTORY_ALREADY(&h, history_promote(&h, "otto", "R-1", CHANNEL_EXPERIMENTAL));
	history_fill_experimental(&h, "R-1");
	history_soak(&h, "R-1");
	history_approve_all(&h, "R-1", CHANNEL_CANDIDATE);
	HISTORY_REFUSED(&h, ERR_REFUSED, history_promote(&h, "quinn", "R-1", CHANNEL_CANDIDATE), "Operator");
	HISTORY_MUST(&h, history_promote(&h, "olga", "R-1", CHANNEL_CANDIDATE));
	cr_assert_eq(state_of("R-1"), STATE_CANDIDATE);
	history_fill_candidate(&h, "R-1");
	history_soak(&h, "R-1");
	history_sign_go(&h, "R-1");
	HISTORY_MUST(&h, history_promote(&h, "dirk", "R-1", CHANNEL_STABLE));
	cr_assert_eq(state_of("R-1"), STATE_STABLE);
}

Test(life, i_11_withdrawal_ends_a_release_before_experimental)
{
	HISTORY_MUST(&h, history_act(&h, "jane", "release.registered", "R-1", NULL, "'class':'unclear'"));
	HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "jane", "release.withdrawn", "R-1", NULL, "%s", ""), "reason");
	HISTORY_REFUSED(&h, ERR_REFUSED, withdraw("quinn", "R-1"), "Dev Lead");
	HISTORY_REFUSED(&h, ERR_REFUSED, withdraw("otto", "R-1"), "Dev Lead");
	HISTORY_MUST(&h, withdraw("jane", "R-1"));
	cr_assert_eq(state_of("R-1"), STATE_WITHDRAWN);
	history_bring(&h, "R-2", CLASS_UI_ONLY, CHANNEL_DEV);
	history_approve_all(&h, "R-2", CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, withdraw("olga", "R-2"));
	cr_assert_eq(state_of("R-2"), STATE_WITHDRAWN);
	cr_assert_not(history_allowed(&h, "R-2", "SBNC-dev"), "%s", h.err.text);
	/* Final states end all open approvals and drafts. */
	cr_assert(history_dossier(&h, "R-2")->approvals[0].is_withdrawn);
	history_judge(&h, "R-2", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-1", FINDING_UNMET);
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
}

Test(life, i_11_from_experimental_on_leaving_is_a_rollback)
{
	static const enum channel from[] = { CHANNEL_EXPERIMENTAL, CHANNEL_CANDIDATE, CHANNEL_STABLE };

	for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
		const char *release = arena_printf(&h.arena, "R-%zu", i);

		history_bring(&h, release, CLASS_UI_ONLY, from[i]);
		HISTORY_REFUSED(&h, ERR_REFUSED, withdraw("bob", release), "I-11");
		roll_back(release);
		cr_assert_eq(state_of(release), STATE_ROLLED_BACK);
	}
}

/* I-16: an act on a final release is refused; a further attempt is a new one. */
Test(life, i_16_nothing_is_done_to_a_final_release)
{
	static const char *const dead[] = { "R-1", "R-2" };

	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	roll_back("R-1");
	history_bring(&h, "R-2", CLASS_UI_ONLY, CHANNEL_DEV);
	HISTORY_MUST(&h, withdraw("jane", "R-2"));
	for (size_t i = 0; i < 2; i++) {
		HISTORY_REFUSED(&h, ERR_REFUSED, history_answer(&h, "jane", dead[i], "DAT-1", "pass"), "final");
		HISTORY_REFUSED(&h, ERR_REFUSED, history_raise(&h, "otto", dead[i], "HS-4"), "final");
		HISTORY_REFUSED(&h, ERR_REFUSED, history_clear(&h, "jane", dead[i], "HS-4"), "final");
		HISTORY_REFUSED(&h, ERR_REFUSED, history_kill(&h, "otto", dead[i], "*"), "final");
		HISTORY_REFUSED(&h, ERR_REFUSED, history_plan(&h, dead[i], "'SBNC-dev'", WHEN_WEEK_S, 0, "'No ticket'"), "final");
		HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "jane", "release.classified", dead[i], NULL, "'class':'workflow'"), "final");
		HISTORY_REFUSED(&h, ERR_REFUSED, history_promote(&h, "jane", dead[i], CHANNEL_EXPERIMENTAL), "final");
		HISTORY_REFUSED(&h, ERR_REFUSED, withdraw("jane", dead[i]), "final");
	}
}

/* I-16: usage before existence before rules and roles. */
Test(life, i_16_order_of_refusal)
{
	HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "otto", "answer.given", "R-9", NULL, "'rule':'DAT-1','value':'maybe'"), "value");
	HISTORY_REFUSED(&h, ERR_MISSING, history_act(&h, "otto", "answer.given", "R-9", NULL, "'rule':'DAT-1','value':'pass'"), "R-9");
	history_register(&h, "R-9", CLASS_UI_ONLY);
	HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "otto", "answer.given", "R-9", NULL, "'rule':'DAT-1','value':'pass'"), "otto");
	HISTORY_REFUSED(&h, ERR_MISSING, history_act(&h, "jane", "answer.given", "R-9", NULL, "'rule':'DAT-9','value':'pass'"), "DAT-9");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "mallory", "answer.given", "R-9", NULL, "'rule':'DAT-1','value':'pass'"), "not enrolled");
}

static void register_successor(const char *release, const char *of)
{
	HISTORY_MUST(&h, history_act(&h, "jane", "release.registered", release, NULL,
				     "'class':'ui-only','data_changes':'None','kill_switch':'filter_kill (default: off)','revert':'77aa01b','supersedes':'%s'", of));
	history_fill_dev(&h, release);
	history_approve_all(&h, release, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_promote(&h, "jane", release, CHANNEL_EXPERIMENTAL));
	history_fill_experimental(&h, release);
	history_soak(&h, release);
	history_approve_all(&h, release, CHANNEL_CANDIDATE);
	HISTORY_MUST(&h, history_promote(&h, "jane", release, CHANNEL_CANDIDATE));
	history_fill_candidate(&h, release);
	history_soak(&h, release);
}

Test(life, i_10_a_successor_supersedes_and_gives_back)
{
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_STABLE);
	register_successor("R-2", "R-1");
	cr_assert_eq(state_of("R-1"), STATE_STABLE);
	history_sign_go(&h, "R-2");
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-2", CHANNEL_STABLE));
	cr_assert_eq(state_of("R-1"), STATE_SUPERSEDED);
	cr_assert_not(history_allowed(&h, "R-1", "acme"), "%s", h.err.text);
	cr_assert(history_allowed(&h, "R-2", "acme"), "%s", h.err.text);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-1", FINDING_UNMET);
	roll_back("R-2");
	cr_assert_eq(state_of("R-1"), STATE_STABLE);
	cr_assert_eq(state_of("R-2"), STATE_ROLLED_BACK);
	cr_assert(history_allowed(&h, "R-1", "acme"), "%s", h.err.text);
}

Test(life, i_10_a_chain_gives_back_only_its_last)
{
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_STABLE);
	register_successor("R-2", "R-1");
	history_sign_go(&h, "R-2");
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-2", CHANNEL_STABLE));
	register_successor("R-3", "R-2");
	history_sign_go(&h, "R-3");
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-3", CHANNEL_STABLE));
	cr_assert_eq(state_of("R-2"), STATE_SUPERSEDED);
	cr_assert_eq(state_of("R-1"), STATE_SUPERSEDED);
	roll_back("R-3");
	cr_assert_eq(state_of("R-2"), STATE_STABLE);
	cr_assert_eq(state_of("R-1"), STATE_SUPERSEDED);
}

/* CHN-1, I-10: at T3 the predecessor has come to its end, in one way or another. */
Test(life, i_10_chn_1_waits_for_the_predecessor)
{
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	register_successor("R-2", "R-1");
	history_judge(&h, "R-2", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-1", FINDING_UNMET);
	HISTORY_SAYS(&h, "CHN-1", "R-1");
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	roll_back("R-1");
	history_judge(&h, "R-2", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-1", FINDING_MET);
	register_successor("R-3", "R-0");
	history_judge(&h, "R-3", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-1", FINDING_UNMET);
	history_bring(&h, "R-0", CLASS_UI_ONLY, CHANNEL_DEV);
	HISTORY_MUST(&h, withdraw("jane", "R-0"));
	history_judge(&h, "R-3", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-1", FINDING_MET);
}

/* A release superseded by one successor may be named by another; given back it is only when none of them stands. */
Test(life, i_10_two_successors)
{
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_STABLE);
	register_successor("R-2", "R-1");
	history_sign_go(&h, "R-2");
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-2", CHANNEL_STABLE));
	register_successor("R-3", "r-1");
	history_judge(&h, "R-3", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-1", FINDING_MET);
	history_sign_go(&h, "R-3");
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-3", CHANNEL_STABLE));
	roll_back("R-2");
	cr_assert_eq(state_of("R-1"), STATE_SUPERSEDED);
	roll_back("R-3");
	cr_assert_eq(state_of("R-1"), STATE_STABLE);
}

Test(life, final_and_superseded_releases_are_served_to_nobody)
{
	static const char *const tenants[] = { "SBNC-dev", "SBNC-staging", "acme", "birch", "quiet" };

	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_STABLE);
	register_successor("R-2", "R-1");
	history_sign_go(&h, "R-2");
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-2", CHANNEL_STABLE));
	history_bring(&h, "R-3", CLASS_UI_ONLY, CHANNEL_CANDIDATE);
	roll_back("R-3");
	for (size_t i = 0; i < sizeof tenants / sizeof *tenants; i++) {
		cr_assert_not(history_allowed(&h, "R-1", tenants[i]), "%s", h.err.text);
		cr_assert(history_allowed(&h, "R-2", tenants[i]), "%s", h.err.text);
		cr_assert_not(history_allowed(&h, "R-3", tenants[i]), "%s", h.err.text);
	}
	HISTORY_REFUSED(&h, ERR_REFUSED, history_promote(&h, "jane", "R-1", CHANNEL_STABLE), "CHN-1");
}

/* Final states end open drafts too. */
Test(life, rollback_ends_approvals_and_drafts)
{
	const char *memo;

	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_CANDIDATE);
	history_fill_candidate(&h, "R-1");
	history_soak(&h, "R-1");
	memo = history_memo_draft(&h, "R-1", MEMO_STABLE, DECISION_GO);
	cr_assert(memo, "%s", h.err.text);
	roll_back("R-1");
	cr_assert_null(dossier_draft(history_dossier(&h, "R-1"), MEMO_STABLE));
	HISTORY_REFUSED(&h, ERR_REFUSED, history_memo_sign(&h, "bob", "R-1", memo, ROLE_SYSTEM_OWNER), "final");
}
