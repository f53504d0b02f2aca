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

TestSuite(channel, .init = open_history, .fini = close_history, .timeout = 30);

static const struct { enum release_class class; bool is_high; } classes[] = {
	{ CLASS_UI_ONLY, false }, { CLASS_WORKFLOW, false }, { CLASS_CAPABILITY, true }, { CLASS_MECHANISM, true },
};
enum { CLASSES = sizeof classes / sizeof *classes };

static const char *name(size_t n)
{
	return arena_printf(&h.arena, "R-%zu", n);
}

Test(channel, chn_1_no_channel_is_skipped_and_none_gone_back_to)
{
	static const enum channel all[] = { CHANNEL_EXPERIMENTAL, CHANNEL_CANDIDATE, CHANNEL_STABLE };
	static const enum channel from[] = { CHANNEL_DEV, CHANNEL_EXPERIMENTAL, CHANNEL_CANDIDATE, CHANNEL_STABLE };

	for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
		history_bring(&h, name(i), CLASS_UI_ONLY, from[i]);
		for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
			history_judge(&h, name(i), all[k]);
			HISTORY_IS(&h, "CHN-1", all[k] == from[i] + 1 ? FINDING_MET : FINDING_UNMET);
			if (all[k] == from[i] + 1)
				continue;
			HISTORY_VERDICT(&h, VERDICT_BLOCKED);
			if (all[k] != from[i])
				HISTORY_REFUSED(&h, ERR_REFUSED, history_promote(&h, "jane", name(i), all[k]), "CHN-1");
		}
	}
}

Test(channel, chn_3_attested_once_with_evidence)
{
	history_register(&h, "R-1", CLASS_UI_ONLY);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-3", FINDING_UNANSWERED);
	HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "jane", "answer.given", "R-1", NULL, "'rule':'CHN-3','value':'pass'"), "evidence");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_answer(&h, "quinn", "R-1", "CHN-3", "pass"), "Dev Lead");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_answer(&h, "jane", "R-1", "CHN-3", "na"), "na");
	HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "jane", "answer.given", "R-1", NULL, "'rule':'CHN-3','value':'fail'"), "note");
	HISTORY_MUST(&h, history_answer(&h, "jane", "R-1", "CHN-3", "fail"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-3", FINDING_FAILED);
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "dirk", "answer.given", "R-1", NULL, "'rule':'CHN-3','value':'pass','evidence':'run 9'"), "note");
	HISTORY_MUST(&h, history_answer(&h, "dirk", "R-1", "CHN-3", "pass"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-3", FINDING_MET);
	/* Once: not listed again, but a later fail is, and blocks. */
	history_bring(&h, "R-2", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	history_judge(&h, "R-2", CHANNEL_NONE);
	HISTORY_UNLISTED(&h, "CHN-3");
	HISTORY_MUST(&h, history_answer(&h, "jane", "R-2", "CHN-3", "fail"));
	history_judge(&h, "R-2", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-3", FINDING_FAILED);
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	HISTORY_MUST(&h, history_answer(&h, "jane", "R-2", "CHN-3", "pass"));
	history_judge(&h, "R-2", CHANNEL_NONE);
	HISTORY_UNLISTED(&h, "CHN-3");
}

Test(channel, chn_4_feedback_and_every_incident_resolved)
{
	const char *incident;

	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-4", FINDING_UNANSWERED);
	HISTORY_MUST(&h, history_answer(&h, "quinn", "R-1", "CHN-4", "pass"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-4", FINDING_MET);
	incident = history_incident(&h, "otto", "R-1", 4);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-4", FINDING_UNMET);
	HISTORY_SAYS(&h, "CHN-4", incident);
	HISTORY_MUST(&h, history_resolve(&h, "jane", "R-1", incident));
	history_judge(&h, "R-1", CHANNEL_NONE);
	/* A SEV-4 restarts no soak: the answer stands, and the incident is named. */
	HISTORY_IS(&h, "CHN-4", FINDING_MET);
	HISTORY_SAYS(&h, "CHN-4", incident);
	HISTORY_MUST(&h, history_answer(&h, "jane", "R-1", "CHN-4", "fail"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-4", FINDING_FAILED);
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
}

Test(channel, chn_4_answers_of_an_earlier_soak_are_stale)
{
	static const char *const since[] = { "CHN-4", "PLN-4.1", "PLN-4.2", "OBV-1", "OBV-2", "OBV-3", "OBV-4" };
	const char *incident;

	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_DEV);
	for (size_t i = 0; i < sizeof since / sizeof *since; i++)
		HISTORY_MUST(&h, history_answer(&h, "quinn", "R-1", since[i], "pass"));
	history_judge(&h, "R-1", CHANNEL_CANDIDATE);
	for (size_t i = 0; i < sizeof since / sizeof *since; i++)
		HISTORY_IS(&h, since[i], FINDING_STALE);
	history_approve_all(&h, "R-1", CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-1", CHANNEL_EXPERIMENTAL));
	history_judge(&h, "R-1", CHANNEL_NONE);
	for (size_t i = 0; i < sizeof since / sizeof *since; i++)
		HISTORY_IS(&h, since[i], FINDING_STALE);
	history_fill_experimental(&h, "R-1");
	incident = history_incident(&h, "otto", "R-1", 2);
	history_judge(&h, "R-1", CHANNEL_NONE);
	/* I-16: not while the incident is open, but when the soak starts anew. */
	HISTORY_IS(&h, "OBV-1", FINDING_MET);
	HISTORY_MUST(&h, history_resolve(&h, "jane", "R-1", incident));
	history_judge(&h, "R-1", CHANNEL_NONE);
	for (size_t i = 0; i < sizeof since / sizeof *since; i++)
		HISTORY_IS(&h, since[i], FINDING_STALE);
	HISTORY_IS(&h, "DAT-1", FINDING_MET);
	/* I-16: the same answer again in a new soak is recorded. */
	for (size_t i = 0; i < sizeof since / sizeof *since; i++) {
		HISTORY_MUST(&h, history_answer(&h, "quinn", "R-1", since[i], "pass"));
		cr_assert_not(h.already, "%s again was not recorded", since[i]);
		HISTORY_ALREADY(&h, history_answer(&h, "quinn", "R-1", since[i], "pass"));
	}
	history_judge(&h, "R-1", CHANNEL_NONE);
	for (size_t i = 0; i < sizeof since / sizeof *since; i++)
		HISTORY_IS(&h, since[i], FINDING_MET);
}

/* I-16: a fail of an earlier soak blocks until it is answered again. */
Test(channel, i_16_fail_of_an_earlier_soak_blocks)
{
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_answer(&h, "quinn", "R-1", "OBV-2", "fail"));
	HISTORY_MUST(&h, history_resolve(&h, "jane", "R-1", history_incident(&h, "otto", "R-1", 2)));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "OBV-2", FINDING_FAILED);
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
}

Test(channel, chn_5_no_incident_and_metrics_within_bounds)
{
	const char *incident;

	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_CANDIDATE);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_UNLISTED(&h, "CHN-4");
	HISTORY_IS(&h, "CHN-5", FINDING_UNANSWERED);
	HISTORY_MUST(&h, history_answer(&h, "quinn", "R-1", "CHN-5", "pass"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-5", FINDING_MET);
	incident = history_incident(&h, "otto", "R-1", 4);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-5", FINDING_UNMET);
	HISTORY_SAYS(&h, "CHN-5", incident);
	HISTORY_MUST(&h, history_resolve(&h, "jane", "R-1", incident));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-5", FINDING_STALE);
	HISTORY_MUST(&h, history_answer(&h, "quinn", "R-1", "CHN-5", "fail"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-5", FINDING_FAILED);
	HISTORY_MUST(&h, history_answer(&h, "quinn", "R-1", "CHN-5", "pass"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-5", FINDING_MET);
	/* What was answered in experimental is a later fail all the same. */
	HISTORY_MUST(&h, history_answer(&h, "quinn", "R-1", "CHN-4", "fail"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-4", FINDING_FAILED);
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
}

Test(channel, chn_6_sev_1_halts_in_every_channel)
{
	static const enum channel in[] = { CHANNEL_DEV, CHANNEL_EXPERIMENTAL, CHANNEL_CANDIDATE };

	for (size_t i = 0; i < sizeof in / sizeof *in; i++) {
		const char *incident;

		history_bring(&h, name(i), CLASS_UI_ONLY, in[i]);
		HISTORY_REFUSED(&h, ERR_REFUSED, history_evaluate(&h, "bob", name(i), "resume"), "CHN-6");
		incident = history_incident(&h, "otto", name(i), 1);
		history_judge(&h, name(i), CHANNEL_NONE);
		HISTORY_IS(&h, "CHN-6", FINDING_UNMET);
		cr_assert(history_finding(&h, "CHN-6")->blocks);
		HISTORY_VERDICT(&h, VERDICT_BLOCKED);
		/* A resolution lifts nothing. */
		HISTORY_MUST(&h, history_resolve(&h, "bob", name(i), incident));
		history_judge(&h, name(i), CHANNEL_NONE);
		HISTORY_IS(&h, "CHN-6", FINDING_UNMET);
		HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "bob", "incident.evaluated", name(i), NULL, "'decision':'resume'"), "rationale");
		HISTORY_REFUSED(&h, ERR_REFUSED, history_evaluate(&h, "quinn", name(i), "resume"), "Dev Lead");
		HISTORY_MUST(&h, history_evaluate(&h, "jane", name(i), "resume"));
		history_judge(&h, name(i), CHANNEL_NONE);
		HISTORY_IS(&h, "CHN-6", FINDING_MET);
		/* A later one halts again. */
		HISTORY_MUST(&h, history_regrade(&h, "quinn", name(i), history_incident(&h, "otto", name(i), 3), 1));
		history_judge(&h, name(i), CHANNEL_NONE);
		HISTORY_IS(&h, "CHN-6", FINDING_UNMET);
	}
}

Test(channel, chn_6_lowering_never_lifts_a_halt)
{
	const char *incident;

	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	incident = history_incident(&h, "otto", "R-1", 1);
	HISTORY_MUST(&h, history_regrade(&h, "bob", "R-1", incident, 4));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-6", FINDING_UNMET);
	HISTORY_MUST(&h, history_evaluate(&h, "bob", "R-1", "resume"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-6", FINDING_MET);
}

Test(channel, chn_6_rollback_keeps_the_halt_until_another_evaluation)
{
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	(void)history_incident(&h, "otto", "R-1", 1);
	HISTORY_MUST(&h, history_evaluate(&h, "jane", "R-1", "rollback"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-6", FINDING_UNMET);
	HISTORY_SAYS(&h, "CHN-6", "rolled back");
	HISTORY_MUST(&h, history_evaluate(&h, "olga", "R-1", "resume"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-6", FINDING_MET);
	HISTORY_MUST(&h, history_evaluate(&h, "jane", "R-1", "rollback"));
	HISTORY_MUST(&h, history_act(&h, "jane", "rollback.started", "R-1", NULL, "'reason':'wrong totals'"));
	HISTORY_REFUSED(&h, ERR_REFUSED, history_evaluate(&h, "olga", "R-1", "resume"), "RBK-1");
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-6", FINDING_UNMET);
	HISTORY_IS(&h, "CHN-1", FINDING_UNMET);
}

Test(channel, chn_6_a_system_owner_evaluates_the_higher_classes)
{
	for (size_t i = 0; i < CLASSES; i++) {
		history_bring(&h, name(i), classes[i].class, CHANNEL_EXPERIMENTAL);
		(void)history_incident(&h, "otto", name(i), 1);
		cr_assert_eq(history_evaluate(&h, "jane", name(i), "resume"), classes[i].is_high ? ERR_REFUSED : ERR_NONE, "%s", h.err.text);
		HISTORY_MUST(&h, history_evaluate(&h, "bob", name(i), "resume"));
		history_judge(&h, name(i), CHANNEL_NONE);
		HISTORY_IS(&h, "CHN-6", FINDING_MET);
	}
}

/* What no act can write, no ledger may hold. */
Test(channel, chn_1_a_ledger_that_skips_a_channel_does_not_hold)
{
	static const char zero[] = "0000000000000000000000000000000000000000000000000000000000000000";

	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_DEV);
	HISTORY_REFUSED(&h, ERR_INTEGRITY,
			history_forge(&h, "jane", "release.promoted", "R-1", NULL, "'from':'dev','to':'candidate','evidence':'%s','approvals':[]", zero), "CHN-1");
	HISTORY_REFUSED(&h, ERR_INTEGRITY,
			history_forge(&h, "jane", "release.promoted", "R-1", NULL, "'from':'none','to':'experimental','evidence':'%s','approvals':[]", zero),
			"CHN-1");
	HISTORY_REFUSED(&h, ERR_INTEGRITY,
			history_forge(&h, "jane", "release.promoted", "R-1", NULL, "'from':'dev','to':'experimental','evidence':'%s','approvals':[3]", zero),
			"approval");
	HISTORY_REFUSED(&h, ERR_INTEGRITY, history_forge(&h, "mallory", "release.withdrawn", "R-1", NULL, "'reason':'mine'"), "not enrolled");
	history_bring(&h, "R-2", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_REFUSED(&h, ERR_INTEGRITY, history_forge(&h, "jane", "release.withdrawn", "R-2", NULL, "'reason':'mine'"), "I-11");
	HISTORY_REFUSED(&h, ERR_INTEGRITY, history_forge(&h, "jane", "plan.approved", "R-2", NULL, "'plan':3"), "PLN-2");
}

/* Refused by the rules (3), and not for the words of the record (2). */
Test(channel, chn_1_what_stands_in_no_channel_is_not_promoted)
{
	HISTORY_MUST(&h, history_act(&h, "jane", "release.registered", "R-1", NULL, "'class':'unclear'"));
	HISTORY_REFUSED(&h, ERR_REFUSED, history_promote(&h, "jane", "R-1", CHANNEL_EXPERIMENTAL), "CLS-1");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_promote(&h, "jane", "R-1", CHANNEL_STABLE), "CHN-1");
}
