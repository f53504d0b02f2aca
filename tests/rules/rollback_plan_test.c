#include <config.h>

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

TestSuite(rollback_plan, .init = open_history, .fini = close_history, .timeout = 30);

/* The fields of a complete plan; one of them can be left out. */
static const char *const fields[] = {
	"'triggers':['any SEV-1']", "'steps':['switch it off','revert']", "'checks':['totals agree']", "'communication':['mail']", "'owner':'Jane Doe, Dev Lead'",
};
enum { FIELD_TOTAL = sizeof fields / sizeof *fields };

static enum err_kind plan_without(size_t left_out, const char *more)
{
	const char *body = "";

	for (size_t i = 0; i < FIELD_TOTAL; i++)
		if (i != left_out)
			body = arena_printf(&h.arena, "%s%s%s", body, *body ? "," : "", fields[i]);
	return history_act(&h, "jane", "rollback.planned", R, NULL, "%s%s", body, more);
}

static enum err_kind rehearse(const char *result, const char *more)
{
	return history_act(&h, "otto", "rollback.rehearsed", R, NULL, "'result':'%s','plan':%lld%s", result,
			   (long long)history_dossier(&h, R)->rollback_source.seq, more);
}

Test(rollback_plan, rbp1_names_each_element_that_is_missing)
{
	static const char *const missing[FIELD_TOTAL] = { "a trigger", "a step-by-step procedure", "a verification", "a communication plan", "owner" };

	history_register(&h, R, CLASS_UI_ONLY);
	(void)history_judge(&h, R, CHANNEL_NONE);
	HISTORY_IS(&h, "RBP-1", FINDING_UNMET);
	HISTORY_SAYS(&h, "RBP-1", "There is no rollback plan");
	cr_assert(history_finding(&h, "HS-2")->blocks, "no rollback path is a hard stop");
	for (size_t i = 0; i < FIELD_TOTAL; i++) {
		HISTORY_MUST(&h, plan_without(i, ""));
		(void)history_judge(&h, R, CHANNEL_NONE);
		HISTORY_IS(&h, "RBP-1", FINDING_UNMET);
		HISTORY_SAYS(&h, "RBP-1", missing[i]);
	}
	HISTORY_MUST(&h, plan_without(FIELD_TOTAL, ""));
	(void)history_judge(&h, R, CHANNEL_NONE);
	HISTORY_IS(&h, "RBP-1", FINDING_MET);
}

Test(rollback_plan, rbp1_the_owner_is_one_enrolled_person)
{
	history_register(&h, R, CLASS_UI_ONLY);
	HISTORY_MUST(&h, plan_without(4, ",'owner':'Jane Doeh, Dev Lead'"));
	(void)history_judge(&h, R, CHANNEL_NONE);
	HISTORY_IS(&h, "RBP-1", FINDING_UNMET);
	HISTORY_SAYS(&h, "RBP-1", "Jane Doeh");
	HISTORY_MUST(&h, history_act(&h, "bob", "person.added", NULL, NULL,
				     "'person':'jane2','name':'Jane Doe','roles':['qa'],'key':'ssh-ed25519 jane2'"));
	HISTORY_MUST(&h, plan_without(FIELD_TOTAL, ""));
	(void)history_judge(&h, R, CHANNEL_NONE);
	HISTORY_IS(&h, "RBP-1", FINDING_UNMET);
}

Test(rollback_plan, rbp1_declared_data_changes_ask_for_a_data_recovery_reference)
{
	HISTORY_MUST(&h, history_act(&h, "jane", "release.registered", R, NULL,
				     "'class':'ui-only','description':'d','data_changes':'a new column','kill_switch':'K (default: off)','revert':'4f2a91c'"));
	HISTORY_MUST(&h, plan_without(FIELD_TOTAL, ""));
	(void)history_judge(&h, R, CHANNEL_NONE);
	HISTORY_IS(&h, "RBP-1", FINDING_UNMET);
	HISTORY_SAYS(&h, "RBP-1", "data recovery reference");
	HISTORY_MUST(&h, plan_without(FIELD_TOTAL, ",'recovery':'backup 17'"));
	(void)history_judge(&h, R, CHANNEL_NONE);
	HISTORY_IS(&h, "RBP-1", FINDING_MET);
}

Test(rollback_plan, rbp1_holds_at_every_transition)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_CANDIDATE);
	HISTORY_MUST(&h, plan_without(0, ""));
	(void)history_judge(&h, R, CHANNEL_NONE);
	HISTORY_IS(&h, "RBP-1", FINDING_UNMET);
}

Test(rollback_plan, rbp2_is_due_to_stable_alone)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	(void)history_judge(&h, R, CHANNEL_NONE);
	HISTORY_UNLISTED(&h, "RBP-2");
	(void)history_judge(&h, R, CHANNEL_STABLE);
	HISTORY_IS(&h, "RBP-2", FINDING_UNMET);
}

Test(rollback_plan, rbp2_the_latest_rehearsal_of_the_present_plan_passed)
{
	int64_t old;

	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_CANDIDATE);
	HISTORY_MUST(&h, rehearse("pass", ""));
	(void)history_judge(&h, R, CHANNEL_NONE);
	HISTORY_IS(&h, "RBP-2", FINDING_MET);
	HISTORY_REFUSED(&h, ERR_USAGE, rehearse("fail", ""), "What failed");
	HISTORY_MUST(&h, rehearse("fail", ",'note':'totals differed'"));
	(void)history_judge(&h, R, CHANNEL_NONE);
	HISTORY_IS(&h, "RBP-2", FINDING_FAILED);
	HISTORY_SAYS(&h, "RBP-2", "totals differed");
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	HISTORY_MUST(&h, rehearse("pass", ""));
	(void)history_judge(&h, R, CHANNEL_NONE);
	HISTORY_IS(&h, "RBP-2", FINDING_MET);
	old = history_dossier(&h, R)->rollback_source.seq;
	HISTORY_MUST(&h, plan_without(FIELD_TOTAL, ",'recovery':'backup 18'"));
	(void)history_judge(&h, R, CHANNEL_NONE);
	HISTORY_IS(&h, "RBP-2", FINDING_UNMET);
	HISTORY_REFUSED(&h, ERR_BUSY,
			history_act(&h, "otto", "rollback.rehearsed", R, NULL, "'result':'pass','plan':%lld", (long long)old), "changed meanwhile");
	HISTORY_ALREADY(&h, plan_without(FIELD_TOTAL, ",'recovery':'backup 18'"));
}

Test(rollback_plan, rbp2_without_a_plan_there_is_nothing_to_rehearse)
{
	history_register(&h, R, CLASS_UI_ONLY);
	HISTORY_REFUSED(&h, ERR_REFUSED, rehearse("pass", ""), "RBP-1");
}
