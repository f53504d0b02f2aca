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

TestSuite(safety, .init = open_history, .fini = close_history, .timeout = 30);

static const char *const items[] = { "DAT-1", "DAT-2", "DAT-3", "DAT-4", "DAT-5", "DAT-6", "DAT-7" };
enum { ITEMS = sizeof items / sizeof *items };

Test(safety, dat_items_are_due_from_t2)
{
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_DEV);
	history_judge(&h, "R-1", CHANNEL_NONE);
	for (size_t i = 0; i < ITEMS; i++)
		HISTORY_UNLISTED(&h, items[i]);
	history_bring(&h, "R-2", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	history_judge(&h, "R-2", CHANNEL_NONE);
	for (size_t i = 0; i < ITEMS; i++)
		HISTORY_IS(&h, items[i], FINDING_UNANSWERED);
	HISTORY_VERDICT(&h, VERDICT_OPEN);
}

/* An answer to a data-safety item does not age with the soak; it is judged again at T3. */
Test(safety, dat_items_met_and_failed)
{
	for (size_t i = 0; i < ITEMS; i++) {
		const char *release = arena_printf(&h.arena, "R-%zu", i);

		history_bring(&h, release, CLASS_WORKFLOW, CHANNEL_CANDIDATE);
		history_judge(&h, release, CHANNEL_NONE);
		HISTORY_IS(&h, items[i], FINDING_MET);
		HISTORY_REFUSED(&h, ERR_REFUSED, history_answer(&h, "otto", release, items[i], "fail"), "otto");
		HISTORY_REFUSED(&h, ERR_REFUSED, history_answer(&h, "bob", release, items[i], "fail"), "bob");
		HISTORY_MUST(&h, history_answer(&h, "quinn", release, items[i], "fail"));
		history_judge(&h, release, CHANNEL_NONE);
		HISTORY_IS(&h, items[i], FINDING_FAILED);
		cr_assert(history_finding(&h, items[i])->blocks);
		HISTORY_VERDICT(&h, VERDICT_BLOCKED);
		HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "jane", "answer.given", release, NULL, "'rule':'%s','value':'pass'", items[i]), "note");
		HISTORY_MUST(&h, history_answer(&h, "jane", release, items[i], "pass"));
		history_judge(&h, release, CHANNEL_NONE);
		HISTORY_IS(&h, items[i], FINDING_MET);
	}
}

/* `na` only where the words are conditional: DAT-2, and DAT-6 when data changes are None. */
Test(safety, dat_items_that_may_not_apply)
{
	for (size_t i = 0; i < ITEMS; i++) {
		const char *release = arena_printf(&h.arena, "R-%zu", i);
		const bool may = i == 1 || i == 5;

		history_bring(&h, release, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
		cr_assert_eq(history_answer(&h, "quinn", release, items[i], "na"), may ? ERR_NONE : ERR_REFUSED, "%s: %s", items[i], h.err.text);
		history_judge(&h, release, CHANNEL_NONE);
		HISTORY_IS(&h, items[i], may ? FINDING_NOT_APPLICABLE : FINDING_UNANSWERED);
	}
	history_register(&h, "R-9", CLASS_UI_ONLY);
	HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "quinn", "answer.given", "R-9", NULL, "'rule':'DAT-2','value':'na'"), "note");
}

Test(safety, dat_6_applies_when_data_changes_are_declared)
{
	static const char *const changes[] = { "'data_changes':'new column',", "" };

	for (size_t i = 0; i < 2; i++) {
		const char *release = arena_printf(&h.arena, "R-%zu", i);

		HISTORY_MUST(&h, history_act(&h, "jane", "release.registered", release, NULL, "%s'class':'ui-only'", changes[i]));
		HISTORY_REFUSED(&h, ERR_REFUSED, history_answer(&h, "quinn", release, "DAT-6", "na"), "data changes");
	}
	HISTORY_MUST(&h, history_act(&h, "jane", "release.registered", "R-2", NULL, "'class':'ui-only','data_changes':'nONE'"));
	HISTORY_MUST(&h, history_answer(&h, "quinn", "R-2", "DAT-6", "na"));
	/* An `na` from before the manifest declared a change went with the edit (CLS-6). */
	HISTORY_MUST(&h, history_act(&h, "jane", "release.registered", "R-2", NULL, "'class':'ui-only','data_changes':'new column'"));
	history_judge(&h, "R-2", CHANNEL_CANDIDATE);
	HISTORY_IS(&h, "DAT-6", FINDING_UNANSWERED);
}

Test(safety, derived_rules_cannot_be_ticked)
{
	static const char *const derived[] = { "CLS-1", "CHN-2", "KSW-1", "KSW-3", "HS-4", "PLN-1", "APR-1", "MEM-1", "RBP-2" };

	history_register(&h, "R-1", CLASS_UI_ONLY);
	for (size_t i = 0; i < sizeof derived / sizeof *derived; i++)
		HISTORY_REFUSED(&h, ERR_REFUSED, history_answer(&h, "jane", "R-1", derived[i], "pass"), derived[i]);
}
