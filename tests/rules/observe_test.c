#include <config.h>

#include <string.h>

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

TestSuite(observe, .init = open_history, .fini = close_history, .timeout = 30);

static const char *const observability[] = { "OBS-0", "OBS-1", "OBS-2", "OBS-3", "OBS-5" };
static const char *const attribution[] = { "ATT-3", "ATT-4", "ATT-5" };
static const char *const verification[] = { "OBV-1", "OBV-2", "OBV-3", "OBV-4" };

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void judge_next(void)
{
	(void)history_judge(&h, R, CHANNEL_NONE);
}

static enum err_kind not_applicable(const char *rule)
{
	return history_act(&h, "quinn", "answer.given", R, NULL, "'rule':'%s','value':'na','note':'nothing of the kind'", rule);
}

/* Unanswered, failed, passed again with a note: what every attested item goes through. */
static void go_through(const char *rule)
{
	judge_next();
	HISTORY_IS(&h, rule, FINDING_UNANSWERED);
	cr_assert(!history_finding(&h, rule)->blocks, "%s is open while nobody answered", rule);
	HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "quinn", "answer.given", R, NULL, "'rule':'%s','value':'fail'", rule), "note");
	HISTORY_MUST(&h, history_answer(&h, "quinn", R, rule, "fail"));
	judge_next();
	HISTORY_IS(&h, rule, FINDING_FAILED);
	cr_assert(history_finding(&h, rule)->blocks, "%s blocks when it failed", rule);
	HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "jane", "answer.given", R, NULL, "'rule':'%s','value':'pass'", rule), "note");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_answer(&h, "otto", R, rule, "pass"), "section 11");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_answer(&h, "bob", R, rule, "pass"), "section 11");
	HISTORY_MUST(&h, history_answer(&h, "jane", R, rule, "pass"));
	judge_next();
	HISTORY_IS(&h, rule, FINDING_MET);
}

Test(observe, obs_and_att_are_due_to_candidate_and_at_every_later_gate)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	for (size_t i = 0; i < COUNT(observability); i++)
		go_through(observability[i]);
	for (size_t i = 0; i < COUNT(attribution); i++)
		go_through(attribution[i]);
	(void)history_judge(&h, R, CHANNEL_STABLE);
	for (size_t i = 0; i < COUNT(observability); i++)
		HISTORY_IS(&h, observability[i], FINDING_MET);
	for (size_t i = 0; i < COUNT(attribution); i++)
		HISTORY_IS(&h, attribution[i], FINDING_MET);
	(void)history_judge(&h, R, CHANNEL_EXPERIMENTAL);
	for (size_t i = 0; i < COUNT(observability); i++)
		HISTORY_UNLISTED(&h, observability[i]);
	for (size_t i = 0; i < COUNT(attribution); i++)
		HISTORY_UNLISTED(&h, attribution[i]);
}

Test(observe, obs4_is_due_once_to_experimental)
{
	history_register(&h, R, CLASS_UI_ONLY);
	go_through("OBS-4");
	(void)history_judge(&h, R, CHANNEL_CANDIDATE);
	HISTORY_UNLISTED(&h, "OBS-4");
	HISTORY_MUST(&h, history_answer(&h, "quinn", R, "OBS-4", "fail"));
	(void)history_judge(&h, R, CHANNEL_CANDIDATE);
	HISTORY_IS(&h, "OBS-4", FINDING_FAILED);
	(void)history_judge(&h, R, CHANNEL_STABLE);
	HISTORY_IS(&h, "OBS-4", FINDING_FAILED);
}

Test(observe, att6_is_due_from_experimental_on)
{
	history_register(&h, R, CLASS_UI_ONLY);
	go_through("ATT-6");
	(void)history_judge(&h, R, CHANNEL_STABLE);
	HISTORY_IS(&h, "ATT-6", FINDING_MET);
}

Test(observe, obs0_is_listed_to_experimental_only_while_it_fails)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_DEV);
	judge_next();
	HISTORY_UNLISTED(&h, "OBS-0");
	HISTORY_MUST(&h, history_answer(&h, "quinn", R, "OBS-0", "fail"));
	judge_next();
	HISTORY_IS(&h, "OBS-0", FINDING_FAILED);
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	HISTORY_MUST(&h, history_answer(&h, "quinn", R, "OBS-0", "pass"));
	judge_next();
	HISTORY_UNLISTED(&h, "OBS-0");
}

Test(observe, obs0_and_obs1_failing_raise_hs5)
{
	static const char *const raising[] = { "OBS-0", "OBS-1" };

	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_DEV);
	for (size_t i = 0; i < COUNT(raising); i++) {
		judge_next();
		HISTORY_IS(&h, "HS-5", FINDING_MET);
		HISTORY_MUST(&h, history_answer(&h, "quinn", R, raising[i], "fail"));
		judge_next();
		cr_assert(history_finding(&h, "HS-5")->blocks, "%s raises HS-5", raising[i]);
		HISTORY_MUST(&h, history_answer(&h, "quinn", R, raising[i], "pass"));
		judge_next();
		cr_assert(history_finding(&h, "HS-5")->blocks, "a later pass of %s does not clear it", raising[i]);
		HISTORY_MUST(&h, history_clear(&h, "jane", R, "HS-5"));
	}
	HISTORY_MUST(&h, history_answer(&h, "quinn", R, "OBS-2", "fail"));
	judge_next();
	HISTORY_IS(&h, "HS-5", FINDING_MET);
}

Test(observe, na_is_for_conditional_items_alone_and_has_a_note)
{
	static const char *const conditional[] = { "OBS-1", "OBS-2", "OBS-5" };
	static const char *const others[] = { "OBS-0", "OBS-3", "OBS-4", "OBV-1", "OBV-2", "OBV-3", "OBV-4", "ATT-3", "ATT-4", "ATT-5", "ATT-6" };

	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	for (size_t i = 0; i < COUNT(conditional); i++) {
		HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "quinn", "answer.given", R, NULL, "'rule':'%s','value':'na'", conditional[i]), "note");
		HISTORY_MUST(&h, not_applicable(conditional[i]));
		judge_next();
		HISTORY_IS(&h, conditional[i], FINDING_NOT_APPLICABLE);
	}
	for (size_t i = 0; i < COUNT(others); i++)
		HISTORY_REFUSED(&h, ERR_REFUSED, not_applicable(others[i]), "not na");
}

Test(observe, obv_is_answered_in_the_soak_of_experimental)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_DEV);
	for (size_t i = 0; i < COUNT(verification); i++)
		HISTORY_MUST(&h, history_answer(&h, "quinn", R, verification[i], "pass"));
	history_approve_all(&h, R, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_promote(&h, "jane", R, CHANNEL_EXPERIMENTAL));
	judge_next();
	for (size_t i = 0; i < COUNT(verification); i++)
		HISTORY_IS(&h, verification[i], FINDING_STALE);
	for (size_t i = 0; i < COUNT(verification); i++) {
		HISTORY_MUST(&h, history_answer(&h, "quinn", R, verification[i], "pass"));
		cr_assert(!h.already, "the same answer in a new soak is recorded");
		judge_next();
		HISTORY_IS(&h, verification[i], FINDING_MET);
		HISTORY_ALREADY(&h, history_answer(&h, "quinn", R, verification[i], "pass"));
	}
}

Test(observe, obv_from_unanswered_to_met)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	for (size_t i = 0; i < COUNT(verification); i++)
		go_through(verification[i]);
}

static void expect_all(enum finding_state state)
{
	judge_next();
	for (size_t i = 0; i < COUNT(verification); i++)
		HISTORY_IS(&h, verification[i], state);
}

Test(observe, obv_turns_stale_when_a_resolution_restarts_the_soak)
{
	const char *incident;

	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	history_fill_experimental(&h, R);
	expect_all(FINDING_MET);
	incident = history_incident(&h, "otto", R, 2);
	expect_all(FINDING_MET);
	HISTORY_MUST(&h, history_resolve(&h, "jane", R, incident));
	expect_all(FINDING_STALE);
	HISTORY_IS(&h, "CHN-4", FINDING_STALE);
	HISTORY_IS(&h, "PLN-4.1", FINDING_STALE);
	HISTORY_IS(&h, "OBS-3", FINDING_MET);
	cr_assert_eq(h.verdict.verdict, VERDICT_OPEN);
	incident = history_incident(&h, "otto", R, 3);
	for (size_t i = 0; i < COUNT(verification); i++)
		HISTORY_MUST(&h, history_answer(&h, "quinn", R, verification[i], "pass"));
	HISTORY_MUST(&h, history_resolve(&h, "jane", R, incident));
	expect_all(FINDING_MET);
}

Test(observe, obv_turns_stale_when_a_restore_restarts_the_soak)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	history_fill_experimental(&h, R);
	HISTORY_MUST(&h, history_kill(&h, "otto", R, "acme"));
	expect_all(FINDING_MET);
	HISTORY_MUST(&h, history_act(&h, "jane", "switch.approved", R, NULL, "'role':'dev-lead','reason':'mended'"));
	HISTORY_MUST(&h, history_act(&h, "otto", "switch.restored", R, NULL, "'tenants':['acme'],'reason':'mended','approvals':[]"));
	expect_all(FINDING_STALE);
}

Test(observe, obv_failed_in_an_earlier_soak_blocks_until_it_is_answered_again)
{
	const char *incident;

	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_answer(&h, "quinn", R, "OBV-4", "fail"));
	incident = history_incident(&h, "otto", R, 2);
	HISTORY_MUST(&h, history_resolve(&h, "jane", R, incident));
	judge_next();
	HISTORY_IS(&h, "OBV-4", FINDING_FAILED);
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
}

Test(observe, obv_is_due_once_and_nothing_later_makes_it_stale)
{
	const char *incident;

	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_CANDIDATE);
	history_pass(&h, 3600);
	incident = history_incident(&h, "otto", R, 2);
	HISTORY_MUST(&h, history_resolve(&h, "jane", R, incident));
	judge_next();
	for (size_t i = 0; i < COUNT(verification); i++)
		HISTORY_UNLISTED(&h, verification[i]);
	HISTORY_MUST(&h, history_answer(&h, "quinn", R, "OBV-2", "fail"));
	judge_next();
	HISTORY_IS(&h, "OBV-2", FINDING_FAILED);
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	HISTORY_MUST(&h, history_answer(&h, "quinn", R, "OBV-2", "pass"));
	judge_next();
	HISTORY_UNLISTED(&h, "OBV-2");
}
