#include <config.h>

#include <string.h>

#include <gonogo/core/checklist.h>

#include "../support/history.h"

/* The checklists of the memos, item by item: which rules open each, and the figure it shows. */
TestSuite(memo_item, .timeout = 60);

static void open_candidate(struct history *h)
{
	history_open(h);
	history_bring(h, "R-1", CLASS_WORKFLOW, CHANNEL_CANDIDATE);
	history_fill_candidate(h, "R-1");
	history_soak(h, "R-1");
}

static void open_mechanism(struct history *h)
{
	history_open(h);
	history_bring(h, "R-1", CLASS_MECHANISM, CHANNEL_DEV);
	HISTORY_MUST(h, history_act(h, "bob", "risk.accepted", "R-1", NULL, "'risk':'slow','rationale':'rare'"));
}

/* MEM-2: each item is turned to [ ] by a rule of it, says which, and then no GO is signed. */
struct item_case {
	const char *rule;
	size_t item;
	void (*act)(struct history *h, const char *rule);
};

static void fail_rule(struct history *h, const char *rule)
{
	const bool is_lead = strncmp(rule, "KSW", 3) == 0 || strcmp(rule, "CHN-3") == 0;

	HISTORY_MUST(h, history_answer(h, is_lead ? "jane" : "quinn", "R-1", rule, "fail"));
}

static void raise_rule(struct history *h, const char *rule)
{
	HISTORY_MUST(h, history_raise(h, "otto", "R-1", rule));
}

static void restart_soak(struct history *h, const char *rule)
{
	const char *incident = history_incident(h, "otto", "R-1", 4);

	(void)rule;
	HISTORY_MUST(h, history_resolve(h, "jane", "R-1", incident));
	HISTORY_MUST(h, history_answer(h, "quinn", "R-1", "CHN-5", "pass"));
}

static void open_small_incident(struct history *h, const char *rule)
{
	(void)rule;
	history_incident(h, "otto", "R-1", 4);
}

static void halt(struct history *h, const char *rule)
{
	const char *incident = history_incident(h, "otto", "R-1", 1);

	(void)rule;
	HISTORY_MUST(h, history_resolve(h, "bob", "R-1", incident));
	HISTORY_MUST(h, history_answer(h, "quinn", "R-1", "CHN-5", "pass"));
	history_soak(h, "R-1");
}

static void fail_switch_test(struct history *h, const char *rule)
{
	(void)rule;
	HISTORY_MUST(
		h, history_act(h, "otto", "switch.tested", "R-1", NULL, "'environment':'staging','result':'fail','definition':%lld,'note':'stays on'",
			   (long long)history_dossier(h, "R-1")->definition_source.seq));
}

static void kill_it(struct history *h, const char *rule)
{
	(void)rule;
	HISTORY_MUST(h, history_kill(h, "otto", "R-1", "acme"));
}

static void fail_rehearsal(struct history *h, const char *rule)
{
	(void)rule;
	HISTORY_MUST(h, history_act(h, "otto", "rollback.rehearsed", "R-1", NULL, "'result':'fail','plan':%lld,'note':'step 2 hung'",
				(long long)history_dossier(h, "R-1")->rollback_source.seq));
}

static const struct item_case item_cases[] = {
	{ "CHN-2", 0, restart_soak },
	{ "CHN-4", 1, fail_rule },
	{ "CHN-5", 1, open_small_incident },
	{ "CHN-6", 1, halt },
	{ "DAT-7", 2, fail_rule },
	{ "HS-3", 2, raise_rule },
	{ "KSW-2", 3, fail_rule },
	{ "KSW-3", 3, fail_switch_test },
	{ "KSW-5", 3, fail_rule },
	{ "KSW-6", 3, kill_it },
	{ "HS-6", 3, raise_rule },
	{ "RBP-2", 4, fail_rehearsal },
	{ "HS-2", 4, raise_rule },
	{ "OBS-4", 5, fail_rule },
	{ "OBV-2", 5, fail_rule },
	{ "ATT-6", 5, fail_rule },
	{ "PLN-4.2", 6, fail_rule },
	{ "CHN-5", 6, fail_rule },
};

static void checklist(struct history *h, enum memo_kind kind, struct checklist *out)
{
	const struct dossier *d = history_dossier(h, "R-1");

	cr_assert_eq(checklist_of(d, &h->policy, kind, h->now, &h->judging, out, &h->err), ERR_NONE, "%s", h->err.text);
}

Test(memo_item, MEM_2_each_item_is_opened_by_its_rules)
{
	for (size_t i = 0; i < sizeof item_cases / sizeof *item_cases; i++) {
		const struct item_case *row = &item_cases[i];
		struct checklist list;
		struct history h;
		const char *memo;

		open_candidate(&h);
		row->act(&h, row->rule);
		checklist(&h, MEMO_STABLE, &list);
		cr_assert_eq(list.count, 7);
		cr_assert(!list.items[row->item].ticked, "%s leaves the item \"%s\" ticked", row->rule, list.items[row->item].text);
		cr_assert(strstr(list.items[row->item].figure, row->rule), "%s is not in: %s", row->rule, list.items[row->item].figure);
		history_judge(&h, "R-1", CHANNEL_NONE);
		if (strcmp(row->rule, "CHN-2") != 0)
			HISTORY_IS(&h, "MEM-2", FINDING_UNMET);
		memo = history_memo_draft(&h, "R-1", MEMO_STABLE, DECISION_GO);
		cr_assert(memo, "%s", h.err.text);
		HISTORY_REFUSED(&h, ERR_REFUSED, history_memo_sign(&h, "bob", "R-1", memo, ROLE_SYSTEM_OWNER), "MEM-2");
		HISTORY_REFUSED(&h, ERR_REFUSED, history_memo_sign(&h, "jane", "R-1", memo, ROLE_DEV_LEAD), "MEM-2");
		history_close(&h);
	}
}

/* MEM-2: each item with its figure. */
Test(memo_item, MEM_2_the_items_have_their_figures)
{
	static const char *const figures[] = { "7 days in experimental, 7 days in candidate", "no incident of any severity", "7 checks passed",
		"filter_kill, last tested 2025-01-06 in dev", "2 steps, rehearsed 2025-01-13", "14 checks passed", "2 criteria passed" };
	struct checklist list;
	struct history h;

	open_candidate(&h);
	checklist(&h, MEMO_STABLE, &list);
	cr_assert(list.is_complete);
	for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
		cr_assert_str_eq(list.items[i].figure, figures[i]);
	history_close(&h);
}

/* MEM-2: the stay's other incidents are named. */
Test(memo_item, MEM_2_resolved_incidents_of_the_stays_are_named)
{
	struct checklist list;
	struct history h;
	const char *incident;

	history_open(&h);
	history_bring(&h, "R-1", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL);
	incident = history_incident(&h, "otto", "R-1", 3);
	HISTORY_MUST(&h, history_resolve(&h, "jane", "R-1", incident));
	history_fill_experimental(&h, "R-1");
	history_soak(&h, "R-1");
	history_approve_all(&h, "R-1", CHANNEL_CANDIDATE);
	HISTORY_MUST(&h, history_promote(&h, "otto", "R-1", CHANNEL_CANDIDATE));
	history_fill_candidate(&h, "R-1");
	history_soak(&h, "R-1");
	checklist(&h, MEMO_STABLE, &list);
	cr_assert(list.items[1].ticked);
	cr_assert_str_eq(list.items[1].figure, "INC-1 SEV-3 resolved");
	history_close(&h);
}

Test(memo_item, MEM_6_its_checklist_opens_with_its_rules)
{
	static const struct item_case rows[] = { { "HS-3", 1, raise_rule }, { "KSW-2", 2, fail_rule }, { "KSW-3", 2, fail_switch_test },
		{ "KSW-5", 2, fail_rule } };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct checklist list;
		struct history h;
		const char *memo;

		open_mechanism(&h);
		rows[i].act(&h, rows[i].rule);
		checklist(&h, MEMO_MECHANISM, &list);
		cr_assert(!list.items[rows[i].item].ticked && strstr(list.items[rows[i].item].figure, rows[i].rule), "%s: %s", rows[i].rule,
			list.items[rows[i].item].figure);
		history_judge(&h, "R-1", CHANNEL_CANDIDATE);
		HISTORY_IS(&h, "MEM-6", FINDING_UNMET);
		memo = history_memo_draft(&h, "R-1", MEMO_MECHANISM, DECISION_GO);
		cr_assert(memo, "%s", h.err.text);
		HISTORY_REFUSED(&h, ERR_REFUSED, history_memo_sign(&h, "bob", "R-1", memo, ROLE_SYSTEM_OWNER), "MEM-2");
		history_close(&h);
	}
}

/* MEM-6: the same of the mechanism memo. */
Test(memo_item, MEM_6_the_items_have_their_figures)
{
	struct checklist list;
	struct history h;

	open_mechanism(&h);
	checklist(&h, MEMO_MECHANISM, &list);
	cr_assert_eq(list.count, 4);
	cr_assert(list.is_complete);
	cr_assert_str_eq(list.items[0].figure, "mechanism");
	cr_assert_str_eq(list.items[1].figure, "7 of 7 clear");
	cr_assert_str_eq(list.items[2].figure, "filter_kill, last tested 2025-01-06 in dev");
	cr_assert_str_eq(list.items[3].figure, "restore verified: restore run 8, 2025-01-05, pass");
	history_close(&h);
}
