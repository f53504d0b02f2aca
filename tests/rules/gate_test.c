#include <config.h>

#include <stdio.h>
#include <string.h>

#include "../support/history.h"

TestSuite(gate, .timeout = 60);

static const struct verdict *judge(struct history *h)
{
	return history_judge(h, "R-1", CHANNEL_NONE);
}

/* Each rule that is listed is there exactly once, in the table's order; a family once a member, in its order; nothing else. */
static void check_listing(struct history *h, enum channel to)
{
	const struct findings *findings = &history_judge(h, "R-1", to)->findings;
	const struct dossier *d = &h->dossier;
	size_t at = 0;

	for (size_t i = 0; i < rule_count; i++) {
		const bool is_family = strcmp(rules[i].id, "PLN-4") == 0 && d->plan.criteria.count;
		const size_t members = !rule_is_listed(&rules[i], d, h->verdict.to) ? 0 : is_family ? d->plan.criteria.count : 1;

		for (size_t k = 1; k <= members; k++, at++) {
			char id[32];

			snprintf(id, sizeof id, is_family ? "%s.%zu" : "%s", rules[i].id, k);
			cr_assert(at < findings->count, "%s is not listed", id);
			cr_assert_str_eq(findings->items[at].id, id);
			cr_assert(findings->items[at].reason && *findings->items[at].reason, "%s has no reason", id);
			cr_assert(finding_is_settled(&findings->items[at]) || findings->items[at].is_time_only || findings->items[at].next ||
					  h->verdict.to != dossier_next(d),
				"%s does not say what to do next", id);
		}
	}
	cr_assert_eq(at, findings->count, "%zu findings, and %zu are due", findings->count, at);
}

Test(gate, every_rule_due_is_listed_once_in_every_channel)
{
	static const enum release_class classes[] = { CLASS_UI_ONLY, CLASS_WORKFLOW, CLASS_CAPABILITY, CLASS_MECHANISM };

	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		for (enum channel channel = CHANNEL_DEV; channel <= CHANNEL_STABLE; channel = (enum channel)(channel + 1)) {
			struct history h;

			history_open(&h);
			history_bring(&h, "R-1", classes[i], channel);
			for (enum channel to = CHANNEL_NONE; to <= CHANNEL_STABLE; to = (enum channel)(to + 1))
				if (to != CHANNEL_DEV)
					check_listing(&h, to);
			history_close(&h);
		}
}

/* A rule that is due once is not listed again, unless it fails later; then it blocks. */
Test(gate, a_rule_due_once_is_listed_again_only_when_it_fails)
{
	static const char *const once[] = { "CHN-3", "OBS-4", "CHN-4", "OBV-1", "OBV-2", "OBV-3", "OBV-4" };
	struct history h;

	history_open(&h);
	history_bring(&h, "R-1", CLASS_WORKFLOW, CHANNEL_CANDIDATE);
	judge(&h);
	HISTORY_UNLISTED(&h, "PLN-3");
	HISTORY_UNLISTED(&h, "PLN-5");
	for (size_t i = 0; i < sizeof once / sizeof *once; i++) {
		judge(&h);
		HISTORY_UNLISTED(&h, once[i]);
		HISTORY_MUST(&h, history_answer(&h, "jane", "R-1", once[i], "fail"));
		judge(&h);
		HISTORY_IS(&h, once[i], FINDING_FAILED);
		cr_assert(history_finding(&h, once[i])->blocks);
		check_listing(&h, CHANNEL_NONE);
		HISTORY_MUST(&h, history_answer(&h, "jane", "R-1", once[i], "pass"));
	}
	history_close(&h);
}

/* blocked > open > wait > go. */
Test(gate, the_worst_finding_decides)
{
	struct history h;
	const char *incident;

	history_open(&h);
	history_bring(&h, "R-1", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL);
	judge(&h);
	HISTORY_VERDICT(&h, VERDICT_OPEN);
	history_fill_experimental(&h, "R-1");
	history_approve_all(&h, "R-1", CHANNEL_CANDIDATE);
	judge(&h);
	HISTORY_VERDICT(&h, VERDICT_WAIT);
	cr_assert_eq(h.verdict.unmet, 1);
	HISTORY_MUST(&h, history_answer(&h, "quinn", "R-1", "DAT-1", "fail"));
	judge(&h);
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	HISTORY_MUST(&h, history_answer(&h, "quinn", "R-1", "DAT-1", "pass"));
	HISTORY_MUST(&h, history_clear(&h, "jane", "R-1", "HS-4"));
	judge(&h);
	HISTORY_VERDICT(&h, VERDICT_OPEN);
	history_approve_all(&h, "R-1", CHANNEL_CANDIDATE);
	judge(&h);
	HISTORY_VERDICT(&h, VERDICT_WAIT);
	history_soak(&h, "R-1");
	judge(&h);
	HISTORY_VERDICT(&h, VERDICT_GO);
	cr_assert_eq(h.verdict.unmet, 0);
	incident = history_incident(&h, "otto", "R-1", 3);
	judge(&h);
	HISTORY_VERDICT(&h, VERDICT_OPEN);
	HISTORY_MUST(&h, history_resolve(&h, "jane", "R-1", incident));
	history_approve_all(&h, "R-1", CHANNEL_CANDIDATE);
	judge(&h);
	HISTORY_VERDICT(&h, VERDICT_GO);
	history_close(&h);
}

/* What makes the verdict BLOCKED, and nothing else does. */
static void raise(struct history *h)
{
	HISTORY_MUST(h, history_raise(h, "otto", "R-1", "HS-5"));
}
static void fail(struct history *h)
{
	HISTORY_MUST(h, history_answer(h, "jane", "R-1", "KSW-5", "fail"));
}
static void kill_one(struct history *h)
{
	HISTORY_MUST(h, history_kill(h, "otto", "R-1", "acme"));
}
static void halt(struct history *h)
{
	history_incident(h, "otto", "R-1", 1);
}
static void small(struct history *h)
{
	history_incident(h, "otto", "R-1", 4);
}

static void fail_test(struct history *h)
{
	HISTORY_MUST(
		h, history_act(h, "otto", "switch.tested", "R-1", NULL, "'environment':'dev','result':'fail','definition':%lld,'note':'stays on'",
			   (long long)history_dossier(h, "R-1")->definition_source.seq));
}

static void fail_rehearsal(struct history *h)
{
	HISTORY_MUST(h, history_act(h, "otto", "rollback.rehearsed", "R-1", NULL, "'result':'fail','plan':%lld,'note':'hung'",
				(long long)history_dossier(h, "R-1")->rollback_source.seq));
}

static void decide_no_go(struct history *h)
{
	const char *memo = history_memo_draft(h, "R-1", MEMO_STABLE, DECISION_NO_GO);

	HISTORY_MUST(h, history_memo_sign(h, "bob", "R-1", memo, ROLE_SYSTEM_OWNER));
}

static void start_rollback(struct history *h)
{
	HISTORY_MUST(h, history_act(h, "jane", "rollback.started", "R-1", NULL, "'reason':'wrong totals'"));
}

static void break_switch(struct history *h)
{
	HISTORY_MUST(h, history_act(h, "jane", "switch.defined", "R-1", NULL, "'flag':'another','default':'off'"));
}

static void break_rollback_plan(struct history *h)
{
	HISTORY_MUST(h, history_act(h, "jane", "rollback.planned", "R-1", NULL, "'triggers':['any']"));
}

static void break_plan(struct history *h)
{
	HISTORY_MUST(h, history_plan(h, "R-1", "'SBNC-dev'", WHEN_WEEK_S, 0, "'Another criterion'"));
}

static void unassess(struct history *h)
{
	HISTORY_MUST(h, history_act(h, "jane", "rollback.planned", "R-1", NULL,
				"'triggers':['any'],'steps':['off'],'checks':['totals'],'communication':['mail'],'"
				"owner':'Jane Doe'"));
}

Test(gate, blocks_exactly_as_listed)
{
	static const struct {
		void (*act)(struct history *h);
		const char *rule;
		enum finding_state state;
		bool blocks;
	} rows[] = {
		{ raise, "HS-5", FINDING_UNMET, true },
		{ fail, "KSW-5", FINDING_FAILED, true },
		{ kill_one, "KSW-6", FINDING_UNMET, true },
		{ halt, "CHN-6", FINDING_UNMET, true },
		{ fail_test, "KSW-3", FINDING_FAILED, true },
		{ fail_rehearsal, "RBP-2", FINDING_FAILED, true },
		{ decide_no_go, "MEM-3", FINDING_FAILED, true },
		{ start_rollback, "CHN-1", FINDING_UNMET, true },
		{ break_switch, "HS-6", FINDING_UNMET, true },
		{ break_rollback_plan, "HS-2", FINDING_UNMET, true },
		{ small, "CHN-5", FINDING_UNMET, false },
		{ break_plan, "PLN-2", FINDING_UNMET, false },
		{ break_plan, "PLN-4.1", FINDING_UNANSWERED, false },
		{ unassess, "HS-4", FINDING_UNANSWERED, false },
		{ unassess, "RBP-2", FINDING_UNMET, false },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct history h;

		history_open(&h);
		history_bring(&h, "R-1", CLASS_WORKFLOW, CHANNEL_CANDIDATE);
		history_fill_candidate(&h, "R-1");
		history_soak(&h, "R-1");
		rows[i].act(&h);
		judge(&h);
		HISTORY_IS(&h, rows[i].rule, rows[i].state);
		cr_assert_eq(history_finding(&h, rows[i].rule)->blocks, rows[i].blocks, "%s", history_told(&h, rows[i].rule));
		HISTORY_VERDICT(&h, rows[i].blocks ? VERDICT_BLOCKED : VERDICT_OPEN);
		history_close(&h);
	}
}

/* No finding that is settled blocks, and the verdict is BLOCKED only when one blocks. */
Test(gate, a_registered_release_is_judged_from_none)
{
	struct history h;

	history_open(&h);
	HISTORY_MUST(&h, history_act(&h, "jane", "release.registered", "R-1", NULL, "'class':'unclear','description':'A filter'"));
	judge(&h);
	cr_assert_eq(h.verdict.from, CHANNEL_NONE);
	cr_assert_eq(h.verdict.to, CHANNEL_EXPERIMENTAL);
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	HISTORY_IS(&h, "CLS-1", FINDING_UNMET);
	HISTORY_IS(&h, "HS-1", FINDING_UNMET);
	cr_assert(history_finding(&h, "CLS-1")->blocks && history_finding(&h, "HS-1")->blocks);
	history_close(&h);
}

/* CHN-1: on a final or stable release, and to a channel that is not the next, the verdict is BLOCKED and CHN-1 says why. */
Test(gate, CHN_1_no_transition_but_the_next)
{
	static const struct {
		enum channel at, to;
	} rows[] = {
		{ CHANNEL_DEV, CHANNEL_CANDIDATE },
		{ CHANNEL_DEV, CHANNEL_STABLE },
		{ CHANNEL_EXPERIMENTAL, CHANNEL_STABLE },
		{ CHANNEL_EXPERIMENTAL, CHANNEL_EXPERIMENTAL },
		{ CHANNEL_CANDIDATE, CHANNEL_EXPERIMENTAL },
		{ CHANNEL_CANDIDATE, CHANNEL_CANDIDATE },
		{ CHANNEL_STABLE, CHANNEL_NONE },
		{ CHANNEL_STABLE, CHANNEL_STABLE },
		{ CHANNEL_STABLE, CHANNEL_CANDIDATE },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct history h;

		history_open(&h);
		history_bring(&h, "R-1", CLASS_WORKFLOW, rows[i].at);
		history_judge(&h, "R-1", rows[i].to);
		HISTORY_VERDICT(&h, VERDICT_BLOCKED);
		HISTORY_IS(&h, "CHN-1", FINDING_UNMET);
		cr_assert(history_finding(&h, "CHN-1")->blocks);
		cr_assert_eq(h.verdict.earliest, WHEN_NONE, "row %zu", i);
		cr_assert_eq(h.verdict.to, rows[i].to == CHANNEL_NONE ? CHANNEL_STABLE : rows[i].to);
		history_close(&h);
	}
}

Test(gate, CHN_1_final_states_are_blocked)
{
	struct history h;

	history_open(&h);
	history_bring(&h, "R-1", CLASS_WORKFLOW, CHANNEL_DEV);
	HISTORY_MUST(&h, history_act(&h, "jane", "release.withdrawn", "R-1", NULL, "'reason':'not wanted'"));
	judge(&h);
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	HISTORY_SAYS(&h, "CHN-1", "final");
	cr_assert_eq(h.verdict.stable_earliest, WHEN_NONE);
	history_close(&h);
}

/* earliest: when the time rules open if nothing else changes; stable_earliest: as if every human act were instant. */
Test(gate, earliest_and_stable_earliest_in_each_channel)
{
	struct history h;
	instant begun;

	history_open(&h);
	history_register(&h, "R-1", CLASS_CAPABILITY);
	judge(&h);
	cr_assert_eq(h.verdict.earliest, h.now);
	cr_assert_eq(h.verdict.stable_earliest, h.now + 3 * (int64_t)WHEN_WEEK_S);
	history_fill_dev(&h, "R-1");
	history_approve_all(&h, "R-1", CHANNEL_EXPERIMENTAL);
	history_pass(&h, 5 * (int64_t)WHEN_DAY_S);
	judge(&h);
	cr_assert_eq(h.verdict.stable_earliest, h.now + 3 * (int64_t)WHEN_WEEK_S, "what is past cannot be promoted any more");
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-1", CHANNEL_EXPERIMENTAL));
	begun = h.now;
	history_pass(&h, 3600);
	judge(&h);
	cr_assert_eq(h.verdict.earliest, begun + 2 * (int64_t)WHEN_WEEK_S);
	cr_assert_eq(h.verdict.stable_earliest, begun + 3 * (int64_t)WHEN_WEEK_S);
	history_fill_experimental(&h, "R-1");
	history_soak(&h, "R-1");
	history_approve_all(&h, "R-1", CHANNEL_CANDIDATE);
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-1", CHANNEL_CANDIDATE));
	judge(&h);
	cr_assert_eq(h.verdict.earliest, h.now + WHEN_WEEK_S);
	cr_assert_eq(h.verdict.stable_earliest, h.now + WHEN_WEEK_S);
	history_incident(&h, "otto", "R-1", 4);
	judge(&h);
	cr_assert_eq(h.verdict.earliest, WHEN_NONE, "while an incident is open nobody can know");
	cr_assert_eq(h.verdict.stable_earliest, WHEN_NONE);
	HISTORY_MUST(&h, history_resolve(&h, "jane", "R-1", "INC-1"));
	history_pass(&h, 60);
	judge(&h);
	cr_assert_eq(h.verdict.earliest, h.now - 60 + WHEN_WEEK_S);
	HISTORY_MUST(&h, history_kill(&h, "otto", "R-1", "acme"));
	judge(&h);
	cr_assert_eq(h.verdict.earliest, WHEN_NONE);
	history_close(&h);
}

/* The plan's start date, and its longer minimum, count for both. */
Test(gate, the_plan_moves_the_dates)
{
	struct history h;

	history_open(&h);
	history_bring(&h, "R-1", CLASS_WORKFLOW, CHANNEL_DEV);
	HISTORY_MUST(&h, history_act(&h, "jane", "plan.saved", "R-1", NULL,
				 "'class':'workflow','tenants':['SBNC-dev'],'opt_in':'mail','start':'2025-03-01T00:00:"
				 "00Z','min_s':%d,"
				 "'criteria':['No error'],'owner':'Jane Doe'",
				 3 * WHEN_WEEK_S));
	HISTORY_MUST(
		&h, history_act(&h, "jane", "plan.approved", "R-1", NULL, "'plan':%lld", (long long)history_dossier(&h, "R-1")->plan_source.seq));
	HISTORY_MUST(&h, history_approve(&h, "R-1", "jane", ROLE_DEV_LEAD, CHANNEL_NONE));
	judge(&h);
	HISTORY_VERDICT(&h, VERDICT_WAIT);
	HISTORY_IS(&h, "CHN-2", FINDING_WAITING);
	cr_assert_eq(history_finding(&h, "CHN-2")->opens, h.verdict.earliest);
	cr_assert_eq(h.verdict.stable_earliest, h.verdict.earliest + 4 * (int64_t)WHEN_WEEK_S);
	h.now = h.verdict.earliest - 1;
	judge(&h);
	HISTORY_VERDICT(&h, VERDICT_WAIT);
	h.now++;
	judge(&h);
	HISTORY_VERDICT(&h, VERDICT_GO);
	history_close(&h);
}

/* I-15: the clock is the ledger's.  Judged at another moment, time moves and nothing else does. */
Test(gate, I_15_past_and_future_moments)
{
	struct history h;
	instant opens;
	struct digest evidence;

	history_open(&h);
	history_bring(&h, "R-1", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL);
	history_fill_experimental(&h, "R-1");
	history_approve_all(&h, "R-1", CHANNEL_CANDIDATE);
	opens = judge(&h)->earliest;
	evidence = h.verdict.evidence;
	h.now = opens - 10 * (int64_t)WHEN_DAY_S;
	judge(&h);
	HISTORY_VERDICT(&h, VERDICT_WAIT);
	cr_assert_eq(h.verdict.earliest, opens);
	h.now = opens + 1000 * (int64_t)WHEN_DAY_S;
	judge(&h);
	HISTORY_VERDICT(&h, VERDICT_GO);
	cr_assert_eq(h.verdict.earliest, opens);
	cr_assert(digest_equal(&evidence, &h.verdict.evidence));
	history_close(&h);
}

/* PLN-3 after T1 is a notice, and no finding. */
Test(gate, PLN_3_is_a_notice_after_T1)
{
	struct history h;

	history_open(&h);
	history_bring(&h, "R-1", CLASS_WORKFLOW, CHANNEL_DEV);
	HISTORY_MUST(&h, history_act(&h, "bob", "tenant.opted_out", NULL, "acme", "'channel':'experimental'"));
	judge(&h);
	cr_assert_eq(h.verdict.notices.count, 0);
	HISTORY_IS(&h, "PLN-3", FINDING_UNMET);
	HISTORY_MUST(&h, history_act(&h, "bob", "tenant.consent", NULL, "acme", "'op':'given','method':'mail'"));
	history_approve_all(&h, "R-1", CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-1", CHANNEL_EXPERIMENTAL));
	HISTORY_MUST(&h, history_act(&h, "bob", "tenant.opted_out", NULL, "acme", "'channel':'experimental'"));
	judge(&h);
	HISTORY_UNLISTED(&h, "PLN-3");
	cr_assert_eq(h.verdict.notices.count, 1);
	cr_assert(strstr(h.verdict.notices.items[0], "acme"), "%s", h.verdict.notices.items[0]);
	history_close(&h);
}
