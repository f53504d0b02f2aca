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

TestSuite(plan, .init = open_history, .fini = close_history, .timeout = 30);

#define ACME "'SBNC-dev','acme'"
#define CRITERIA "'Error rate below 1 percent','No ticket of acme'"

static enum err_kind approve_plan(const char *person, const char *release)
{
	return history_act(&h, person, "plan.approved", release, NULL, "'plan':%lld", (long long)history_dossier(&h, release)->plan_source.seq);
}

static enum err_kind tenant(const char *person, const char *kind, const char *id, const char *fields)
{
	return history_act(&h, person, kind, NULL, id, "%s", fields);
}

Test(plan, pln_1_every_element)
{
	static const char *const all[] = { "'tenants':['acme']", "'opt_in':'mail'", "'start':'2025-01-06T00:00:00Z'", "'min_s':604800",
					   "'criteria':['No ticket']", "'owner':'Jane Doe, Dev Lead'" };
	static const char *const lacking[] = { "tenant list", "opt-in method", "start date", "minimum duration", "exit criterion", "owner" };

	history_register(&h, "R-1", CLASS_UI_ONLY);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "PLN-1", FINDING_UNMET);
	for (size_t missing = 0; missing <= 6; missing++) {
		const char *fields = "'class':'ui-only'";

		for (size_t i = 0; i < 6; i++)
			if (i != missing)
				fields = arena_printf(&h.arena, "%s,%s", fields, all[i]);
		HISTORY_MUST(&h, history_act(&h, "jane", "plan.saved", "R-1", NULL, "%s", fields));
		history_judge(&h, "R-1", CHANNEL_NONE);
		HISTORY_IS(&h, "PLN-1", missing < 6 ? FINDING_UNMET : FINDING_MET);
		if (missing < 6) {
			HISTORY_SAYS(&h, "PLN-1", lacking[missing]);
			HISTORY_REFUSED(&h, ERR_REFUSED, approve_plan("jane", "R-1"), "PLN-");
		}
	}
	HISTORY_MUST(&h, approve_plan("jane", "R-1"));
}

/* I-13: the exact name of one enrolled person, the part before the first comma. */
Test(plan, pln_1_the_owner_is_enrolled)
{
	static const struct { const char *owner; bool is_met; } cases[] = {
		{ "Jane Doe", true }, { "Jane Doe, Dev Lead", true }, { "jane doe", false }, { "Jane", false }, { "Nobody Known, QA", false }, { "jane", false },
	};

	history_register(&h, "R-1", CLASS_UI_ONLY);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		HISTORY_MUST(&h, history_act(&h, "jane", "plan.saved", "R-1", NULL,
					     "'class':'ui-only','tenants':['acme'],'opt_in':'mail','start':'2025-01-06T00:00:00Z','min_s':604800,"
					     "'criteria':['No ticket'],'owner':'%s'", cases[i].owner));
		history_judge(&h, "R-1", CHANNEL_NONE);
		HISTORY_IS(&h, "PLN-1", cases[i].is_met ? FINDING_MET : FINDING_UNMET);
	}
	/* A second person of the name makes it nobody's. */
	HISTORY_MUST(&h, history_plan(&h, "R-1", ACME, WHEN_WEEK_S, 0, CRITERIA));
	HISTORY_MUST(&h, history_act(&h, "bob", "person.added", NULL, NULL, "'person':'jane2','name':'Jane Doe','roles':['qa'],'key':'ssh-ed25519 jane2'"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "PLN-1", FINDING_UNMET);
}

/* I-3: the maximum is optional, and no shorter than the minimum. */
Test(plan, i_3_maximum_duration)
{
	history_register(&h, "R-1", CLASS_UI_ONLY);
	HISTORY_REFUSED(&h, ERR_USAGE, history_plan(&h, "R-1", ACME, 2 * WHEN_WEEK_S, WHEN_WEEK_S, CRITERIA), "PLN-1");
	HISTORY_MUST(&h, history_plan(&h, "R-1", ACME, WHEN_WEEK_S, WHEN_WEEK_S, CRITERIA));
	HISTORY_MUST(&h, history_plan(&h, "R-1", ACME, WHEN_WEEK_S, 0, CRITERIA));
	HISTORY_ALREADY(&h, history_plan(&h, "R-1", ACME, WHEN_WEEK_S, 0, CRITERIA));
}

Test(plan, pln_2_who_approves)
{
	history_register(&h, "R-1", CLASS_UI_ONLY);
	HISTORY_REFUSED(&h, ERR_REFUSED, approve_plan("jane", "R-1"), "PLN-1");
	HISTORY_MUST(&h, history_plan(&h, "R-1", ACME, WHEN_WEEK_S, 0, CRITERIA));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "PLN-2", FINDING_UNMET);
	HISTORY_REFUSED(&h, ERR_REFUSED, approve_plan("quinn", "R-1"), "Dev Lead");
	HISTORY_REFUSED(&h, ERR_REFUSED, approve_plan("otto", "R-1"), "Dev Lead");
	/* I-5: the plan's owner may approve it. */
	HISTORY_MUST(&h, approve_plan("jane", "R-1"));
	HISTORY_ALREADY(&h, approve_plan("bob", "R-1"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "PLN-2", FINDING_MET);
	HISTORY_REFUSED(&h, ERR_BUSY, history_act(&h, "jane", "plan.approved", "R-1", NULL, "'plan':1"), "changed meanwhile");
}

Test(plan, pln_2_an_edit_withdraws_the_approval_in_every_channel)
{
	static const enum channel in[] = { CHANNEL_DEV, CHANNEL_EXPERIMENTAL, CHANNEL_CANDIDATE };

	for (size_t i = 0; i < sizeof in / sizeof *in; i++) {
		const char *release = arena_printf(&h.arena, "R-%zu", i);

		history_bring(&h, release, CLASS_UI_ONLY, in[i]);
		history_judge(&h, release, CHANNEL_NONE);
		HISTORY_IS(&h, "PLN-2", FINDING_MET);
		HISTORY_MUST(&h, history_plan(&h, release, "'SBNC-dev'", WHEN_WEEK_S, 0, CRITERIA));
		history_judge(&h, release, CHANNEL_NONE);
		HISTORY_IS(&h, "PLN-2", FINDING_UNMET);
		HISTORY_MUST(&h, approve_plan("olga", release));
		history_judge(&h, release, CHANNEL_NONE);
		HISTORY_IS(&h, "PLN-2", FINDING_MET);
	}
}

Test(plan, pln_3_names_every_ineligible_tenant)
{
	history_register(&h, "R-1", CLASS_UI_ONLY);
	HISTORY_MUST(&h, history_plan(&h, "R-1", "'SBNC-dev','acme','birch','quiet','ghost'", WHEN_WEEK_S, 0, CRITERIA));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "PLN-3", FINDING_UNMET);
	HISTORY_SAYS(&h, "PLN-3", "birch");
	HISTORY_SAYS(&h, "PLN-3", "quiet");
	HISTORY_SAYS(&h, "PLN-3", "ghost");
	cr_assert_null(strstr(history_finding(&h, "PLN-3")->reason, "acme"));
	cr_assert_null(strstr(history_finding(&h, "PLN-3")->reason, "SBNC-dev"));
	HISTORY_REFUSED(&h, ERR_REFUSED, approve_plan("jane", "R-1"), "birch");
	HISTORY_MUST(&h, history_plan(&h, "R-1", "'SBNC-dev','ACME'", WHEN_WEEK_S, 0, CRITERIA));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "PLN-3", FINDING_MET);
}

Test(plan, pln_3_once_and_afterwards_a_notice)
{
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_DEV);
	HISTORY_MUST(&h, tenant("otto", "tenant.opted_out", "acme", "'channel':'experimental'"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "PLN-3", FINDING_UNMET);
	HISTORY_SAYS(&h, "PLN-3", "acme");
	HISTORY_MUST(&h, tenant("otto", "tenant.consent", "acme", "'op':'given','method':'call'"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "PLN-3", FINDING_MET);
	history_approve_all(&h, "R-1", CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-1", CHANNEL_EXPERIMENTAL));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_UNLISTED(&h, "PLN-3");
	cr_assert_eq(h.verdict.notices.count, 0);
	HISTORY_MUST(&h, tenant("otto", "tenant.consent", "acme", "'op':'withdrawn'"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_UNLISTED(&h, "PLN-3");
	cr_assert_eq(h.verdict.notices.count, 1);
	cr_assert(strstr(h.verdict.notices.items[0], "acme"), "%s", h.verdict.notices.items[0]);
	cr_assert_not(history_allowed(&h, "R-1", "acme"), "%s", h.err.text);
	/* I-16: a plan naming an ineligible tenant cannot be approved in any channel. */
	HISTORY_MUST(&h, history_plan(&h, "R-1", ACME, 2 * WHEN_WEEK_S, 0, CRITERIA));
	HISTORY_REFUSED(&h, ERR_REFUSED, approve_plan("jane", "R-1"), "PLN-3");
	HISTORY_MUST(&h, history_plan(&h, "R-1", "'SBNC-dev'", WHEN_WEEK_S, 0, CRITERIA));
	HISTORY_MUST(&h, approve_plan("jane", "R-1"));
}

Test(plan, pln_4_every_criterion_with_a_note)
{
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "PLN-4.1", FINDING_UNANSWERED);
	HISTORY_IS(&h, "PLN-4.2", FINDING_UNANSWERED);
	HISTORY_SAYS(&h, "PLN-4.2", "No ticket of acme");
	HISTORY_MUST(&h, history_answer(&h, "quinn", "R-1", "PLN-4.1", "pass"));
	HISTORY_MUST(&h, history_answer(&h, "jane", "R-1", "PLN-4.2", "fail"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "PLN-4.1", FINDING_MET);
	HISTORY_IS(&h, "PLN-4.2", FINDING_FAILED);
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	HISTORY_REFUSED(&h, ERR_MISSING, history_answer(&h, "jane", "R-1", "PLN-4.3", "pass"), "PLN-4.3");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_answer(&h, "otto", "R-1", "PLN-4.1", "pass"), "otto");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_answer(&h, "quinn", "R-1", "PLN-4.1", "na"), "na");
}

Test(plan, pln_4_needs_the_note_and_the_present_question)
{
	const struct dossier *d;
	struct digest question;
	char hex[DIGEST_HEX_MAX];

	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	d = history_dossier(&h, "R-1");
	HISTORY_MUST(&h, dossier_question(d->plan.criteria.items[0], &question, &h.err));
	digest_hex(&question, hex);
	HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "quinn", "answer.given", "R-1", NULL, "'rule':'PLN-4.1','value':'pass','question':'%s'", hex), "note");
	HISTORY_REFUSED(&h, ERR_BUSY,
			history_act(&h, "quinn", "answer.given", "R-1", NULL, "'rule':'PLN-4.2','value':'pass','note':'seen','question':'%s'", hex), "changed");
	HISTORY_REFUSED(&h, ERR_BUSY, history_act(&h, "quinn", "answer.given", "R-1", NULL, "'rule':'PLN-4.1','value':'pass','note':'seen'"), "changed");
}

/* An answer belongs to the criterion's text: a changed text is unanswered, one that failed included. */
Test(plan, pln_4_changed_text_is_unanswered)
{
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_answer(&h, "quinn", "R-1", "PLN-4.1", "pass"));
	HISTORY_MUST(&h, history_answer(&h, "quinn", "R-1", "PLN-4.2", "fail"));
	HISTORY_MUST(&h, history_plan(&h, "R-1", ACME, WHEN_WEEK_S, 0, "'Error rate below 1 percent','No call of acme','One more'"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "PLN-4.1", FINDING_MET);
	HISTORY_IS(&h, "PLN-4.2", FINDING_UNANSWERED);
	HISTORY_IS(&h, "PLN-4.3", FINDING_UNANSWERED);
	HISTORY_MUST(&h, history_plan(&h, "R-1", ACME, WHEN_WEEK_S, 0, "'No call of acme','Error rate below 1 percent'"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "PLN-4.1", FINDING_UNANSWERED);
	HISTORY_IS(&h, "PLN-4.2", FINDING_UNANSWERED);
	HISTORY_UNLISTED(&h, "PLN-4.3");
}

Test(plan, pln_4_is_judged_at_t3_too)
{
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_CANDIDATE);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "PLN-4.1", FINDING_MET);
	HISTORY_MUST(&h, history_answer(&h, "quinn", "R-1", "PLN-4.1", "fail"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "PLN-4.1", FINDING_FAILED);
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	history_bring(&h, "R-2", CLASS_UI_ONLY, CHANNEL_DEV);
	history_judge(&h, "R-2", CHANNEL_NONE);
	HISTORY_UNLISTED(&h, "PLN-4.1");
}

/* PLN-5 runs from entry by the last approved plan; the soak goes on. */
Test(plan, pln_5_overdue_until_extended_and_approved)
{
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_DEV);
	HISTORY_MUST(&h, history_plan(&h, "R-1", ACME, WHEN_WEEK_S, 10 * WHEN_DAY_S, CRITERIA));
	HISTORY_MUST(&h, approve_plan("jane", "R-1"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_UNLISTED(&h, "PLN-5");
	history_approve_all(&h, "R-1", CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-1", CHANNEL_EXPERIMENTAL));
	history_pass(&h, 10 * WHEN_DAY_S);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "PLN-5", FINDING_MET);
	history_pass(&h, 1);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "PLN-5", FINDING_UNMET);
	HISTORY_IS(&h, "CHN-2", FINDING_MET);
	HISTORY_MUST(&h, history_plan(&h, "R-1", ACME, WHEN_WEEK_S, 20 * WHEN_DAY_S, CRITERIA));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "PLN-5", FINDING_UNMET);
	HISTORY_MUST(&h, approve_plan("jane", "R-1"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "PLN-5", FINDING_MET);
	history_fill_experimental(&h, "R-1");
	history_approve_all(&h, "R-1", CHANNEL_CANDIDATE);
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-1", CHANNEL_CANDIDATE));
	/* Once: in candidate nobody is overdue. */
	history_pass(&h, 30 * WHEN_DAY_S);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_UNLISTED(&h, "PLN-5");
}

Test(plan, pln_5_without_a_maximum)
{
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	history_pass(&h, 300 * (int64_t)WHEN_DAY_S);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "PLN-5", FINDING_MET);
}
