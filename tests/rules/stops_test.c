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

TestSuite(stops, .init = open_history, .fini = close_history, .timeout = 30);

static const char *const stops[] = { "HS-1", "HS-2", "HS-3", "HS-4", "HS-5", "HS-6", "HS-7" };
enum { STOPS = sizeof stops / sizeof *stops };

static void manifest(const char *release, const char *changes)
{
	HISTORY_MUST(&h, history_act(&h, "jane", "release.registered", release, NULL,
				     "'class':'ui-only','revert':'4f2a91c','kill_switch':'filter_kill (default: off)'%s%s", *changes ? "," : "", changes));
}

static void rollback_plan(const char *release, const char *more)
{
	HISTORY_MUST(&h, history_act(&h, "jane", "rollback.planned", release, NULL,
				     "'triggers':['any SEV-1'],'steps':['revert'],'checks':['totals agree'],'communication':['mail'],'owner':'Jane Doe'%s", more));
}

/* I-9: due at T1 already, and at every transition. */
Test(stops, i_9_all_are_listed_at_every_transition)
{
	static const enum channel in[] = { CHANNEL_DEV, CHANNEL_EXPERIMENTAL, CHANNEL_CANDIDATE };

	for (size_t i = 0; i < sizeof in / sizeof *in; i++) {
		const char *release = arena_printf(&h.arena, "R-%zu", i);

		history_bring(&h, release, CLASS_UI_ONLY, in[i]);
		history_judge(&h, release, CHANNEL_NONE);
		for (size_t k = 0; k < STOPS; k++)
			HISTORY_IS(&h, stops[k], FINDING_MET);
	}
}

Test(stops, hs_1_to_7_of_a_bare_release)
{
	HISTORY_MUST(&h, history_act(&h, "jane", "release.registered", "R-1", NULL, "'class':'unclear','data_changes':'None'"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "HS-1", FINDING_UNMET);
	HISTORY_IS(&h, "HS-2", FINDING_UNMET);
	HISTORY_IS(&h, "HS-3", FINDING_MET);
	HISTORY_IS(&h, "HS-4", FINDING_UNANSWERED);
	HISTORY_IS(&h, "HS-5", FINDING_UNANSWERED);
	HISTORY_IS(&h, "HS-6", FINDING_UNMET);
	HISTORY_IS(&h, "HS-7", FINDING_MET);
}

Test(stops, hs_2_rollback_path_is_plan_and_class)
{
	manifest("R-1", "'data_changes':'None'");
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "HS-2", FINDING_UNMET);
	HISTORY_IS(&h, "RBP-1", FINDING_UNMET);
	rollback_plan("R-1", "");
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "HS-2", FINDING_MET);
	HISTORY_MUST(&h, history_act(&h, "jane", "release.registered", "R-1", NULL, "'class':'ui-only','data_changes':'None'"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "HS-2", FINDING_UNMET);
	HISTORY_SAYS(&h, "HS-2", "CLS-5");
}

Test(stops, hs_6_kill_switch_as_documented)
{
	manifest("R-1", "'data_changes':'None'");
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "HS-6", FINDING_UNMET);
	HISTORY_IS(&h, "KSW-1", FINDING_UNMET);
	HISTORY_MUST(&h, history_act(&h, "jane", "switch.defined", "R-1", NULL,
				     "'flag':'filter_kill','default':'off','enabled_for':'SBNC-dev','activation':'flag console'"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "HS-6", FINDING_MET);
	HISTORY_MUST(&h, history_act(&h, "jane", "switch.defined", "R-1", NULL,
				     "'flag':'filter_kill','default':'on','enabled_for':'SBNC-dev','activation':'flag console'"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "HS-6", FINDING_UNMET);
}

Test(stops, hs_3_needs_the_reference_and_an_assessment)
{
	manifest("R-1", "'data_changes':'new column'");
	rollback_plan("R-1", "");
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "HS-3", FINDING_UNANSWERED);
	HISTORY_MUST(&h, history_clear(&h, "jane", "R-1", "HS-3"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "HS-3", FINDING_UNANSWERED);
	HISTORY_SAYS(&h, "HS-3", "data recovery reference");
	rollback_plan("R-1", ",'recovery':'backup 17'");
	history_judge(&h, "R-1", CHANNEL_NONE);
	/* The new plan voided the assessment. */
	HISTORY_IS(&h, "HS-3", FINDING_UNANSWERED);
	HISTORY_MUST(&h, history_clear(&h, "bob", "R-1", "HS-3"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "HS-3", FINDING_MET);
	/* Not given counts as declared (I-4). */
	manifest("R-2", "");
	history_judge(&h, "R-2", CHANNEL_NONE);
	HISTORY_IS(&h, "HS-3", FINDING_UNANSWERED);
	HISTORY_IS(&h, "HS-7", FINDING_UNANSWERED);
}

Test(stops, hs_7_assessed_when_data_changes)
{
	manifest("R-1", "'data_changes':'new column'");
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "HS-7", FINDING_UNANSWERED);
	HISTORY_MUST(&h, history_clear(&h, "jane", "R-1", "HS-7"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "HS-7", FINDING_MET);
	manifest("R-1", "'data_changes':'two new columns'");
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "HS-7", FINDING_UNANSWERED);
}

Test(stops, hs_4_and_5_are_void_after_an_edit)
{
	static const char *const assessed[] = { "HS-4", "HS-5" };

	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	for (size_t i = 0; i < 2; i++) {
		history_judge(&h, "R-1", CHANNEL_NONE);
		HISTORY_IS(&h, assessed[i], FINDING_MET);
		rollback_plan("R-1", i ? ",'recovery':'backup 19'" : ",'recovery':'backup 18'");
		history_judge(&h, "R-1", CHANNEL_NONE);
		HISTORY_IS(&h, assessed[i], FINDING_UNANSWERED);
		HISTORY_VERDICT(&h, VERDICT_OPEN);
		HISTORY_MUST(&h, history_clear(&h, "jane", "R-1", "HS-4"));
		HISTORY_MUST(&h, history_clear(&h, "olga", "R-1", "HS-5"));
	}
}

/* Anyone with a role raises any of them in any channel; Dev Lead or System Owner clears. */
Test(stops, each_is_raised_by_hand_and_cleared)
{
	static const enum channel in[] = { CHANNEL_DEV, CHANNEL_EXPERIMENTAL, CHANNEL_CANDIDATE, CHANNEL_STABLE };
	static const char *const people[] = { "jane", "quinn", "otto", "bob" };

	for (size_t c = 0; c < sizeof in / sizeof *in; c++) {
		const char *release = arena_printf(&h.arena, "R-%zu", c);

		history_bring(&h, release, CLASS_UI_ONLY, in[c]);
		for (size_t i = 0; i < STOPS; i++) {
			HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "otto", "stop.raised", release, NULL, "'stop':'%s'", stops[i]), "reason");
			HISTORY_MUST(&h, history_raise(&h, people[(i + c) % 4], release, stops[i]));
			history_judge(&h, release, CHANNEL_NONE);
			HISTORY_IS(&h, stops[i], FINDING_UNMET);
			HISTORY_SAYS(&h, stops[i], people[(i + c) % 4]);
			cr_assert(history_finding(&h, stops[i])->blocks);
			HISTORY_VERDICT(&h, VERDICT_BLOCKED);
			HISTORY_REFUSED(&h, ERR_REFUSED, history_clear(&h, "quinn", release, stops[i]), "Dev Lead");
			HISTORY_REFUSED(&h, ERR_REFUSED, history_clear(&h, "otto", release, stops[i]), "Dev Lead");
			HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "jane", "stop.cleared", release, NULL, "'stop':'%s'", stops[i]), "reason");
			HISTORY_MUST(&h, history_clear(&h, i % 2 ? "jane" : "bob", release, stops[i]));
			history_judge(&h, release, CHANNEL_NONE);
			HISTORY_IS(&h, stops[i], FINDING_MET);
		}
	}
	HISTORY_REFUSED(&h, ERR_MISSING, history_raise(&h, "otto", "R-0", "HS-8"), "HS-8");
	HISTORY_REFUSED(&h, ERR_MISSING, history_raise(&h, "otto", "R-0", "DAT-1"), "DAT-1");
}

/* A derived one raised by hand needs both: the resolution, and the documents in order. */
Test(stops, derived_one_raised_by_hand_needs_both)
{
	manifest("R-1", "'data_changes':'None'");
	HISTORY_MUST(&h, history_raise(&h, "otto", "R-1", "HS-2"));
	rollback_plan("R-1", "");
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "HS-2", FINDING_UNMET);
	HISTORY_SAYS(&h, "HS-2", "otto");
	HISTORY_MUST(&h, history_clear(&h, "jane", "R-1", "HS-2"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "HS-2", FINDING_MET);
	HISTORY_MUST(&h, history_raise(&h, "otto", "R-1", "HS-6"));
	HISTORY_MUST(&h, history_clear(&h, "jane", "R-1", "HS-6"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "HS-6", FINDING_UNMET);
	HISTORY_SAYS(&h, "HS-6", "documents");
}

/* I-16: clear of a derived one that nobody raised is refused; of HS-3 and HS-7 with data changes None it is accepted. */
Test(stops, i_16_clear_where_nothing_is_raised)
{
	manifest("R-1", "'data_changes':'None'");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_clear(&h, "jane", "R-1", "HS-1"), "HS-1");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_clear(&h, "jane", "R-1", "HS-2"), "HS-2");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_clear(&h, "jane", "R-1", "HS-6"), "HS-6");
	HISTORY_MUST(&h, history_clear(&h, "jane", "R-1", "HS-3"));
	HISTORY_MUST(&h, history_clear(&h, "jane", "R-1", "HS-7"));
	HISTORY_MUST(&h, history_clear(&h, "jane", "R-1", "HS-4"));
	HISTORY_ALREADY(&h, history_clear(&h, "jane", "R-1", "HS-4"));
	/* Another person's assessment is news. */
	HISTORY_MUST(&h, history_clear(&h, "bob", "R-1", "HS-4"));
	cr_assert_not(h.already);
	HISTORY_MUST(&h, history_raise(&h, "otto", "R-1", "HS-4"));
	HISTORY_ALREADY(&h, history_raise(&h, "otto", "R-1", "HS-4"));
	HISTORY_MUST(&h, history_clear(&h, "bob", "R-1", "HS-4"));
	cr_assert_not(h.already);
}

Test(stops, a_fail_raises_at_once)
{
	static const struct { const char *rule, *stop; } cases[] = {
		{ "DAT-1", "HS-4" }, { "DAT-5", "HS-3" }, { "DAT-6", "HS-7" }, { "OBS-0", "HS-5" }, { "OBS-1", "HS-5" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *release = arena_printf(&h.arena, "R-%zu", i);

		/* In dev already, where the item itself is not due. */
		history_bring(&h, release, CLASS_UI_ONLY, CHANNEL_DEV);
		HISTORY_MUST(&h, history_answer(&h, "quinn", release, cases[i].rule, "fail"));
		history_judge(&h, release, CHANNEL_NONE);
		HISTORY_IS(&h, cases[i].stop, FINDING_UNMET);
		HISTORY_SAYS(&h, cases[i].stop, "quinn");
		HISTORY_VERDICT(&h, VERDICT_BLOCKED);
		/* A later pass does not clear it. */
		HISTORY_MUST(&h, history_answer(&h, "quinn", release, cases[i].rule, "pass"));
		history_judge(&h, release, CHANNEL_NONE);
		HISTORY_IS(&h, cases[i].stop, FINDING_UNMET);
		HISTORY_MUST(&h, history_clear(&h, "jane", release, cases[i].stop));
		history_judge(&h, release, CHANNEL_NONE);
		HISTORY_IS(&h, cases[i].stop, FINDING_MET);
		/* And clearing does not answer the item. */
		HISTORY_MUST(&h, history_answer(&h, "quinn", release, cases[i].rule, "fail"));
		HISTORY_MUST(&h, history_clear(&h, "jane", release, cases[i].stop));
		history_judge(&h, release, CHANNEL_CANDIDATE);
		HISTORY_IS(&h, cases[i].stop, FINDING_MET);
		HISTORY_IS(&h, cases[i].rule, FINDING_FAILED);
	}
}

Test(stops, hs_4_raised_by_a_cross_tenant_incident)
{
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_act(&h, "otto", "incident.opened", "R-1", NULL,
				     "'incident':'INC-1','severity':4,'summary':'saw the rows of birch','cross_tenant':1,'releases':['R-1']"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "HS-4", FINDING_UNMET);
	HISTORY_SAYS(&h, "HS-4", "rows of birch");
	HISTORY_MUST(&h, history_resolve(&h, "jane", "R-1", "INC-1"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "HS-4", FINDING_UNMET);
	HISTORY_MUST(&h, history_clear(&h, "jane", "R-1", "HS-4"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "HS-4", FINDING_MET);
}

/* Clearing adds an entry, the raised one stays on the record. */
Test(stops, the_raised_entry_stays)
{
	size_t raised = 0;

	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_DEV);
	HISTORY_MUST(&h, history_raise(&h, "otto", "R-1", "HS-5"));
	HISTORY_MUST(&h, history_clear(&h, "jane", "R-1", "HS-5"));
	for (size_t i = 0; i < h.count; i++)
		raised += strcmp(h.facts[i].kind, "stop.raised") == 0;
	cr_assert_eq(raised, 1);
	cr_assert_eq(strcmp(history_dossier(&h, "R-1")->stops[4].raised.actor, "otto"), 0);
}
