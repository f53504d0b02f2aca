#include <config.h>

#include <gonogo/core/policy.h>

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

TestSuite(policy, .init = open_history, .fini = close_history, .timeout = 60,
	  .description = "I-6: an organisation tightens, under the policy in force at each fact's place in the ledger");

/* Text in a body: '"' as \", a line's end as \n. */
static const char *quoted(const char *text)
{
	struct buf out = BUF_EMPTY;
	const char *copy;

	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			buf_char(&out, '\\');
		if (*text == '\n')
			buf_str(&out, "\\n");
		else
			buf_char(&out, *text);
	}
	copy = arena_str(&h.arena, buf_text(&out));
	buf_release(&out);
	return copy;
}

/* `lines` as the fact carries them, without the name. */
static enum err_kind adopt(const char *person, const char *lines)
{
	return history_act(&h, person, "policy.adopted", NULL, NULL, "'text':'name \\\"house\\\"\\n%s','name':'house'", quoted(lines));
}

static enum err_kind adopt_of(const char *lines)
{
	return adopt("bob", lines);
}

/* Nothing but time, approvals and what the policy asks is missing. */
static void filled(const char *release, enum release_class class, enum channel channel)
{
	history_bring(&h, release, class, channel);
	if (channel == CHANNEL_EXPERIMENTAL)
		history_fill_experimental(&h, release);
	if (channel == CHANNEL_CANDIDATE)
		history_fill_candidate(&h, release);
}

static enum err_kind item_answer(const char *person, const char *release, const char *id, const char *text, const char *value)
{
	struct digest question;
	char hex[DIGEST_HEX_MAX];

	cr_assert_eq(dossier_question(text, &question, &h.err), ERR_NONE);
	return history_act(&h, person, "answer.given", release, NULL, "'rule':'%s','value':'%s','note':'seen','question':'%s'", id, value,
			   digest_hex(&question, hex));
}

Test(policy, i_6_without_one_nothing_more_is_asked)
{
	filled("R-1", CLASS_CAPABILITY, CHANNEL_EXPERIMENTAL);
	history_judge(&h, "R-1", CHANNEL_NONE);
	for (size_t i = 0; i < h.verdict.findings.count; i++)
		cr_assert(strncmp(h.verdict.findings.items[i].id, "I-6", 3) != 0, "%s is listed", h.verdict.findings.items[i].id);
}

Test(policy, i_6_is_adopted_by_a_system_owner_alone_and_once)
{
	HISTORY_REFUSED(&h, ERR_REFUSED, adopt("jane", ""), "System Owner");
	HISTORY_REFUSED(&h, ERR_REFUSED, adopt("otto", ""), "System Owner");
	HISTORY_MUST(&h, adopt_of("plan_of_two \"true\"\n"));
	HISTORY_ALREADY(&h, adopt_of("plan_of_two \"true\"\n"));
	cr_assert_str_eq(history_dossier(&h, NULL)->registry.policy.name, "house");
}

/* What would loosen a rule is no policy: neither to the act nor, forged, to the fold. */
Test(policy, i_6_what_loosens_is_refused_and_names_the_rule)
{
	static const struct { const char *lines, *says; } loose[] = {
		{ "soak class=\"capability\" channel=\"experimental\" min=\"13 days\"\n", "CHN-2" },
		{ "soak channel=\"experimental\" min=\"10 days\"\n", "CHN-2" },
		{ "soak class=\"ui-only\" channel=\"candidate\" min=\"6 days\"\n", "CHN-2" },
		{ "soak channel=\"stable\" min=\"6 weeks\"\n", "expected dev, experimental or candidate" },
		{ "soak channel=\"candidate\" min=\"0 days\"\n", "min" },
		{ "soak channel=\"candidate\" min=\"99999999999999999999 days\"\n", "min" },
		{ "approvers to=\"stable\" role=\"system-owner\"\n", "APR-1" },
		{ "approvers to=\"dev\" role=\"qa\"\n", "expected experimental, candidate or stable" },
		{ "approvers to=\"candidate\" role=\"boss\"\n", "expected dev-lead" },
		{ "plan_of_two \"false\"\n", "expected true" },
		{ "items id=\"freeze\" to=\"candidate\" text=\"x\"\n", "freeze" },
		{ "items id=\"a\" to=\"candidate\" text=\"x\"\nitems id=\"a\" to=\"stable\" text=\"y\"\n", "another id" },
		{ "items id=\"a\" to=\"candidate\"\n", "text is missing" },
		{ "freezes from=\"2025-01-02\" until=\"2025-01-02\" reason=\"x\"\n", "later until" },
		{ "freezes from=\"2025-13-02\" until=\"2026-01-02\" reason=\"x\"\n", "from" },
		{ "barred release=\"R-1\" reason=\"x\"\nbarred release=\"r-1\" reason=\"y\"\n", "each release once" },
		{ "test_age \"1 month\"\n", "test_age" },
		{ "test_age \"1 day\"\ntest_age \"2 days\"\n", "twice" },
		{ "notify command=\"tell\"\n", "absolute path" },
		{ "notify command=\"/bin/tell\" on=\"tenant.lost\"\n", "no kind of fact" },
		{ "unheard of=\"x\"\n", "Line 2" },
		{ "soak channel=\"candidate\" min=\"8 days\" of=\"x\"\n", "Line 2" },
		{ "soak channel=\"candidate\" min=\"8 days\n", "Line 2" },
		{ "name \"twice\"\n", "twice" },
	};

	for (size_t i = 0; i < sizeof loose / sizeof *loose; i++) {
		HISTORY_REFUSED(&h, ERR_INPUT, adopt_of(loose[i].lines), loose[i].says);
		cr_assert_eq(history_forge(&h, "bob", "policy.adopted", NULL, NULL, "'text':'name \\\"house\\\"\\n%s','name':'house'", quoted(loose[i].lines)),
			     ERR_INTEGRITY, "%s was folded", loose[i].lines);
	}
	HISTORY_REFUSED(&h, ERR_INPUT, history_act(&h, "bob", "policy.adopted", NULL, NULL, "'text':'plan_of_two \\\"true\\\"\\n','name':'house'"), "name");
	HISTORY_REFUSED(&h, ERR_INPUT, history_act(&h, "bob", "policy.adopted", NULL, NULL, "'text':'name \\\"house\\\"\\n','name':'mouse'"), "house");
	HISTORY_REFUSED(&h, ERR_INPUT, history_act(&h, "bob", "policy.adopted", NULL, NULL, "'text':'name \\\"standard\\\"\\n','name':'standard'"), "standard");
}

Test(policy, chn_2_soaks_are_longer_by_class_and_channel)
{
	HISTORY_MUST(&h, adopt_of("soak class=\"workflow\" channel=\"experimental\" min=\"10 days\"\nsoak channel=\"candidate\" min=\"9 days\"\n"));
	filled("R-1", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL);
	history_pass(&h, 10 * WHEN_DAY_S - 1);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-2", FINDING_WAITING);
	HISTORY_SAYS(&h, "CHN-2", "10d are required by the policy \"house\" (adopted 2025-01-06T09:00:00Z), soak");
	history_pass(&h, 1);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-2", FINDING_MET);
	filled("R-2", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	history_pass(&h, 7 * WHEN_DAY_S);
	history_judge(&h, "R-2", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-2", FINDING_MET);
	cr_assert(!strstr(history_finding(&h, "CHN-2")->reason, "policy"), "%s", history_finding(&h, "CHN-2")->reason);
	filled("R-3", CLASS_UI_ONLY, CHANNEL_CANDIDATE);
	history_pass(&h, 9 * WHEN_DAY_S - 1);
	history_judge(&h, "R-3", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-2", FINDING_WAITING);
	cr_assert_eq(h.verdict.earliest, h.now + 1);
}

Test(policy, chn_2_dev_has_a_minimum_time_where_the_policy_says_so)
{
	HISTORY_MUST(&h, adopt_of("soak channel=\"dev\" min=\"2 days\"\n"));
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_DEV);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-2", FINDING_WAITING);
	HISTORY_SAYS(&h, "CHN-2", "2d are required in dev by the policy");
	history_pass(&h, 2 * WHEN_DAY_S);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-2", FINDING_MET);
}

/* Adopted in the middle of a stay it holds from there on, and what was promoted before stays so. */
Test(policy, i_6_judges_the_past_under_the_policy_of_its_day)
{
	instant before;

	filled("R-1", CLASS_UI_ONLY, CHANNEL_CANDIDATE);
	filled("R-2", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	history_pass(&h, 7 * WHEN_DAY_S);
	before = h.now;
	history_judge(&h, "R-2", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-2", FINDING_MET);
	HISTORY_MUST(&h, adopt_of("soak channel=\"experimental\" min=\"30 days\"\napprovers to=\"candidate\" role=\"operator\"\n"));
	history_judge(&h, "R-2", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-2", FINDING_WAITING);
	cr_assert_gt(h.verdict.earliest, before);
	/* R-1 was let into candidate by two, after seven days: the ledger folds all the same. */
	cr_assert_eq(history_dossier(&h, "R-1")->state, STATE_CANDIDATE);
}

/* Adoption alone makes no approval stale (APR-2); it names the policy that its giver saw. */
Test(policy, apr_2_an_approval_outlives_an_adoption_and_a_tightened_rule_is_unmet)
{
	filled("R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	history_soak(&h, "R-1");
	history_approve_all(&h, "R-1", CHANNEL_CANDIDATE);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_VERDICT(&h, VERDICT_GO);
	HISTORY_MUST(&h, adopt_of("items id=\"security-review\" to=\"candidate\" text=\"Reviewed for security\"\n"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "APR-1", FINDING_MET);
	HISTORY_IS(&h, "I-6.security-review", FINDING_UNANSWERED);
	HISTORY_VERDICT(&h, VERDICT_OPEN);
	HISTORY_MUST(&h, item_answer("quinn", "R-1", "I-6.security-review", "Reviewed for security", "pass"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "I-6.security-review", FINDING_MET);
	HISTORY_IS(&h, "APR-2", FINDING_STALE);
	HISTORY_SAYS(&h, "APR-2", "I-6.security-review");
}

Test(policy, i_6_items_are_answered_like_rules_from_their_transition_on)
{
	HISTORY_MUST(&h, adopt_of("items id=\"pen\" to=\"candidate\" text=\"Pen test\" class=\"workflow\"\nitems id=\"late\" to=\"stable\" text=\"Late\"\n"));
	history_bring(&h, "R-1", CLASS_WORKFLOW, CHANNEL_DEV);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_UNLISTED(&h, "I-6.pen");
	/* Early is fine, and no part of what T1 is approved over. */
	HISTORY_MUST(&h, history_approve(&h, "R-1", "jane", ROLE_DEV_LEAD, CHANNEL_EXPERIMENTAL));
	HISTORY_MUST(&h, item_answer("jane", "R-1", "I-6.pen", "Pen test", "pass"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "APR-1", FINDING_MET);
	HISTORY_REFUSED(&h, ERR_MISSING, item_answer("jane", "R-1", "I-6.nothing", "Pen test", "pass"), "policy show");
	HISTORY_REFUSED(&h, ERR_BUSY, item_answer("jane", "R-1", "I-6.pen", "Other words", "pass"), "changed meanwhile");
	HISTORY_REFUSED(&h, ERR_REFUSED, item_answer("otto", "R-1", "I-6.pen", "Pen test", "pass"), "QA");
	HISTORY_REFUSED(&h, ERR_REFUSED, item_answer("jane", "R-1", "I-6.pen", "Pen test", "na"), "na");
	HISTORY_REFUSED(&h, ERR_REFUSED, item_answer("jane", "R-1", "I-6.freeze", "Pen test", "pass"), "computed");
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-1", CHANNEL_EXPERIMENTAL));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "I-6.pen", FINDING_MET);
	HISTORY_UNLISTED(&h, "I-6.late");
	HISTORY_MUST(&h, item_answer("quinn", "R-1", "I-6.pen", "Pen test", "fail"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "I-6.pen", FINDING_FAILED);
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	/* A class that the item does not name is not asked. */
	filled("R-2", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	history_judge(&h, "R-2", CHANNEL_NONE);
	HISTORY_UNLISTED(&h, "I-6.pen");
	/* Another wording is another question. */
	HISTORY_MUST(&h, adopt_of("items id=\"pen\" to=\"candidate\" text=\"Pen test by an outsider\"\n"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "I-6.pen", FINDING_UNANSWERED);
}

Test(policy, mem_2_items_stand_in_the_memos_checklist)
{
	HISTORY_MUST(&h, adopt_of("items id=\"pen\" to=\"stable\" text=\"Pen test\"\n"));
	filled("R-1", CLASS_UI_ONLY, CHANNEL_CANDIDATE);
	history_pass(&h, 7 * WHEN_DAY_S);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "I-6.pen", FINDING_UNANSWERED);
	HISTORY_IS(&h, "MEM-2", FINDING_UNMET);
	HISTORY_SAYS(&h, "MEM-2", "Pen test");
	HISTORY_MUST(&h, item_answer("quinn", "R-1", "I-6.pen", "Pen test", "pass"));
	history_sign_go(&h, "R-1");
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_VERDICT(&h, VERDICT_GO);
}

Test(policy, apr_1_asks_further_roles_of_distinct_persons)
{
	HISTORY_MUST(&h, adopt_of("approvers to=\"experimental\" role=\"operator\"\n"));
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_DEV);
	HISTORY_REFUSED(&h, ERR_REFUSED, history_approve(&h, "R-1", "quinn", ROLE_QA, CHANNEL_EXPERIMENTAL), "APR-1");
	HISTORY_MUST(&h, history_approve(&h, "R-1", "jane", ROLE_DEV_LEAD, CHANNEL_EXPERIMENTAL));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "APR-1", FINDING_UNMET);
	HISTORY_SAYS(&h, "APR-1", "Operator");
	HISTORY_SAYS(&h, "APR-1", "the policy \"house\"");
	cr_assert_eq(history_finding(&h, "APR-1")->roles, ROLE_OPERATOR);
	HISTORY_REFUSED(&h, ERR_REFUSED, history_promote(&h, "jane", "R-1", CHANNEL_EXPERIMENTAL), "APR-1");
	HISTORY_MUST(&h, history_approve(&h, "R-1", "otto", ROLE_OPERATOR, CHANNEL_EXPERIMENTAL));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "APR-1", FINDING_MET);
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-1", CHANNEL_EXPERIMENTAL));
	cr_assert_eq(history_dossier(&h, "R-1")->state, STATE_EXPERIMENTAL);
}

/* The System Owner's T3 approval is the memo; the policy's further role approves the transition itself, once the memo is there. */
Test(policy, apr_1_stable_takes_a_further_role_besides_the_memo)
{
	HISTORY_MUST(&h, adopt_of("approvers to=\"stable\" role=\"operator\"\n"));
	filled("R-1", CLASS_UI_ONLY, CHANNEL_CANDIDATE);
	history_pass(&h, 7 * WHEN_DAY_S);
	history_sign_go(&h, "R-1");
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "APR-1", FINDING_UNMET);
	HISTORY_VERDICT(&h, VERDICT_OPEN);
	HISTORY_REFUSED(&h, ERR_REFUSED, history_promote(&h, "jane", "R-1", CHANNEL_STABLE), "APR-1");
	HISTORY_MUST(&h, history_approve(&h, "R-1", "otto", ROLE_OPERATOR, CHANNEL_STABLE));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_VERDICT(&h, VERDICT_GO);
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-1", CHANNEL_STABLE));
}

Test(policy, pln_2_a_second_person_approves_the_plan)
{
	HISTORY_MUST(&h, adopt_of("plan_of_two \"true\"\n"));
	history_register(&h, "R-1", CLASS_UI_ONLY);
	/* Saved by jane, whose plan it is. */
	HISTORY_MUST(&h, history_plan(&h, "R-1", "'SBNC-dev'", WHEN_WEEK_S, 0, "'works'"));
	HISTORY_REFUSED(&h, ERR_REFUSED,
			history_act(&h, "jane", "plan.approved", "R-1", NULL, "'plan':%lld", (long long)history_dossier(&h, "R-1")->plan_source.seq), "PLN-2");
	HISTORY_MUST(&h, history_act(&h, "dirk", "plan.approved", "R-1", NULL, "'plan':%lld", (long long)history_dossier(&h, "R-1")->plan_source.seq));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "PLN-2", FINDING_MET);
}

Test(policy, pln_2_an_approval_by_the_plans_own_hand_counts_no_longer)
{
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_DEV);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "PLN-2", FINDING_MET);
	HISTORY_MUST(&h, adopt_of("plan_of_two \"true\"\n"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "PLN-2", FINDING_UNMET);
	HISTORY_SAYS(&h, "PLN-2", "plan_of_two");
}

Test(policy, ksw_3_and_rbp_2_tests_and_rehearsals_grow_old)
{
	filled("R-1", CLASS_UI_ONLY, CHANNEL_CANDIDATE);
	HISTORY_MUST(&h, adopt_of("test_age \"60 days\"\nrehearsal_age \"30 days\"\n"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "KSW-3", FINDING_MET);
	HISTORY_IS(&h, "RBP-2", FINDING_MET);
	history_pass(&h, 30 * WHEN_DAY_S + 1);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "KSW-3", FINDING_MET);
	HISTORY_IS(&h, "RBP-2", FINDING_UNMET);
	HISTORY_SAYS(&h, "RBP-2", "rehearsal_age");
	history_pass(&h, 30 * WHEN_DAY_S);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "KSW-3", FINDING_UNMET);
	HISTORY_SAYS(&h, "KSW-3", "test_age");
	HISTORY_VERDICT(&h, VERDICT_OPEN);
	HISTORY_MUST(&h, history_act(&h, "quinn", "rollback.rehearsed", "R-1", NULL, "'result':'pass','plan':%lld,'note':'again'",
				     (long long)history_dossier(&h, "R-1")->rollback_source.seq));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "RBP-2", FINDING_MET);
}

/* Only time is missing, and the gate says when it opens by itself: also where one freeze ends in another. */
Test(policy, i_6_a_freeze_waits_and_ends_by_itself)
{
	filled("R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	history_soak(&h, "R-1");
	history_approve_all(&h, "R-1", CHANNEL_CANDIDATE);
	HISTORY_MUST(&h, adopt_of("freezes from=\"2025-01-01\" until=\"2025-02-10\" reason=\"year end\"\n"
				  "freezes from=\"2025-02-09\" until=\"2025-02-12T06:00:00Z\" reason=\"audit\"\n"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "I-6.freeze", FINDING_WAITING);
	HISTORY_SAYS(&h, "I-6.freeze", "year end");
	HISTORY_SAYS(&h, "I-6.freeze", "freezes");
	HISTORY_VERDICT(&h, VERDICT_WAIT);
	cr_assert(!history_finding(&h, "I-6.freeze")->blocks);
	HISTORY_REFUSED(&h, ERR_REFUSED, history_promote(&h, "jane", "R-1", CHANNEL_CANDIDATE), "2025-02-12T06:00:00Z");
	history_at(&h, "2025-02-12T05:59:59Z");
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_SAYS(&h, "I-6.freeze", "audit");
	cr_assert_eq(h.verdict.earliest, h.now + 1);
	cr_assert_geq(h.verdict.stable_earliest, h.now + 1 + 7 * WHEN_DAY_S);
	history_pass(&h, 1);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_UNLISTED(&h, "I-6.freeze");
	HISTORY_VERDICT(&h, VERDICT_GO);
}

/* Nothing is promoted in a freeze, and everything that a person does for it may be done. */
Test(policy, i_6_a_freeze_keeps_nobody_from_approving_or_signing)
{
	HISTORY_MUST(&h, adopt_of("freezes from=\"2026-01-01\" until=\"2027-01-01\" reason=\"long\"\n"));
	filled("R-1", CLASS_UI_ONLY, CHANNEL_CANDIDATE);
	history_at(&h, "2026-03-01T00:00:00Z");
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "MEM-1", FINDING_UNMET);
	HISTORY_VERDICT(&h, VERDICT_OPEN);
	history_sign_go(&h, "R-1");
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_VERDICT(&h, VERDICT_WAIT);
}

Test(policy, i_6_what_is_barred_is_never_promoted_again)
{
	filled("R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	history_soak(&h, "R-1");
	history_approve_all(&h, "R-1", CHANNEL_CANDIDATE);
	HISTORY_MUST(&h, adopt_of("barred release=\"r-1\" reason=\"lost data\"\n"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "I-6.barred", FINDING_FAILED);
	HISTORY_SAYS(&h, "I-6.barred", "lost data");
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	cr_assert_eq(h.verdict.earliest, WHEN_NONE);
	cr_assert_eq(h.verdict.stable_earliest, WHEN_NONE);
	HISTORY_REFUSED(&h, ERR_REFUSED, history_promote(&h, "jane", "R-1", CHANNEL_CANDIDATE), "I-6.barred");
	/* A later policy cannot lift it, by leaving it out. */
	HISTORY_REFUSED(&h, ERR_REFUSED, adopt_of("plan_of_two \"true\"\n"), "r-1");
	cr_assert_eq(history_forge(&h, "bob", "policy.adopted", NULL, NULL, "'text':'name \\\"house\\\"\\n','name':'house'"), ERR_INTEGRITY);
	HISTORY_MUST(&h, adopt_of("barred release=\"R-1\" reason=\"lost data, twice\"\n"));
}

Test(policy, chn_2_a_soak_of_two_is_ended_by_another_than_began_it)
{
	HISTORY_MUST(&h, adopt_of("soak_of_two \"true\"\n"));
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_DEV);
	history_approve_all(&h, "R-1", CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_promote(&h, "otto", "R-1", CHANNEL_EXPERIMENTAL));
	history_fill_experimental(&h, "R-1");
	history_soak(&h, "R-1");
	history_approve_all(&h, "R-1", CHANNEL_CANDIDATE);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_VERDICT(&h, VERDICT_GO);
	HISTORY_SAYS(&h, "CHN-2", "Another person than otto");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_promote(&h, "otto", "R-1", CHANNEL_CANDIDATE), "soak_of_two");
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-1", CHANNEL_CANDIDATE));
	HISTORY_REFUSED(&h, ERR_REFUSED, adopt("jane", ""), "System Owner");
}

/* CHN-2: what a soak was measured with stands beside the verdict, for every release that was registered by then. */
Test(policy, chn_2_a_jump_of_the_clock_is_told_beside_verdicts)
{
	history_register(&h, "R-1", CLASS_UI_ONLY);
	history_judge(&h, "R-1", CHANNEL_NONE);
	cr_assert_eq(h.verdict.notices.count, 0);
	HISTORY_MUST(&h, history_act(&h, "otto", "clock.jumped", NULL, NULL, "'by_s':1209600,'boot':'4df7f3ca'"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	cr_assert_eq(h.verdict.notices.count, 1);
	cr_assert(strstr(h.verdict.notices.items[0], "test:1000 had jumped forward by 14d when otto acted") && strstr(h.verdict.notices.items[0], "boot 4df7f3ca"),
		  "%s", h.verdict.notices.items[0]);
	history_register(&h, "R-2", CLASS_UI_ONLY);
	history_judge(&h, "R-2", CHANNEL_NONE);
	cr_assert_eq(h.verdict.notices.count, 0);
}

Test(policy, i_6_bounds_of_the_clock_are_minutes_or_hours)
{
	static const struct { const char *text; int64_t seconds; } spans[] = {
		{ "1 minute", 60 }, { "10 minutes", 600 }, { "1 hour", 3600 }, { "24 hours", 86400 }, { "25 hours", 0 }, { "0 minutes", 0 }, { "-1 hour", 0 },
		{ "1 day", 0 }, { "10", 0 }, { "10 minutes ", 0 }, { " 10 minutes", 0 }, { "99999999999999999999 hours", 0 }, { "", 0 },
	};

	for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
		int64_t seconds;

		cr_assert_eq(policy_span_read(spans[i].text, &seconds, &h.err), spans[i].seconds ? ERR_NONE : ERR_INPUT, "%s", spans[i].text);
		cr_assert(!spans[i].seconds || seconds == spans[i].seconds, "%s is %lld s", spans[i].text, (long long)seconds);
	}
}

/* One row per setting: its example is what the file's reader takes, its sentence and its rule are there, and {fields} of what it says are its own. */
Test(policy, i_6_every_setting_has_its_row)
{
	for (size_t i = 0; i < policy_setting_count; i++) {
		const struct policy_setting *row = &policy_settings[i];

		cr_assert(row->name && row->sentence && row->says && row->example && row->rule && row->take && row->fields[0].key, "row %zu lacks something", i);
		cr_assert_eq(policy_setting_find(row->name), row, "%s stands twice", row->name);
		cr_assert(strncmp(row->example, row->name, strlen(row->name)) == 0, "%s has another's example", row->name);
		cr_assert(strcmp(row->rule, "I-6") == 0 || rule_find(row->rule), "%s tightens no rule", row->name);
	}
}

Test(policy, i_6_the_text_of_a_fact_reads_back_as_it_was_written)
{
	static const char *const text = "name \"a \\\"b\\\" \\\\ c\"\n"
					"soak class=\"capability\" channel=\"candidate\" min=\"10 days\"\n"
					"items id=\"pen\" to=\"stable\" text=\"Pen \\\"test\\\"\"\n"
					"freezes from=\"2025-01-01\" until=\"2025-02-10\" reason=\"year = end\"\n";
	struct policy policy;
	struct policy_text read;
	const char *written;

	cr_assert_eq(policy_read(text, &h.arena, &policy, &read, &h.err), ERR_NONE, "%s", h.err.text);
	cr_assert_str_eq(policy.name, "a \"b\" \\ c");
	cr_assert_str_eq(policy.items[0].text, "Pen \"test\"");
	cr_assert_str_eq(policy_says(&read.entries[1], &h.arena), "Releases of capability class stay in candidate for 10 days at least.");
	cr_assert_eq(policy_write(&read, &h.arena, &written, &h.err), ERR_NONE);
	cr_assert_str_eq(written, text);
}
