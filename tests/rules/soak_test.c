#include <config.h>

#include <gonogo/core/soak.h>

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

TestSuite(soak, .init = open_history, .fini = close_history, .timeout = 30);

static const struct { enum release_class class; int64_t experimental_s; } classes[] = {
	{ CLASS_UI_ONLY, WHEN_WEEK_S }, { CLASS_WORKFLOW, WHEN_WEEK_S }, { CLASS_CAPABILITY, 2 * WHEN_WEEK_S }, { CLASS_MECHANISM, 2 * WHEN_WEEK_S },
};
enum { CLASSES = sizeof classes / sizeof *classes };

static const char *name(size_t n)
{
	return arena_printf(&h.arena, "R-%zu", n);
}

static void approve_plan(const char *release)
{
	HISTORY_MUST(&h, history_act(&h, "jane", "plan.approved", release, NULL, "'plan':%lld", (long long)history_dossier(&h, release)->plan_source.seq));
}

Test(soak, chn_2_dev_waits_only_for_the_start_of_the_plan)
{
	for (size_t i = 0; i < CLASSES; i++) {
		history_at(&h, arena_printf(&h.arena, "2025-01-%02zuT09:00:00Z", 8 + 2 * i));
		history_register(&h, name(i), classes[i].class);
		history_judge(&h, name(i), CHANNEL_NONE);
		/* I-16: without a plan it is met, and PLN-1 is not. */
		HISTORY_IS(&h, "CHN-2", FINDING_MET);
		HISTORY_IS(&h, "PLN-1", FINDING_UNMET);
		history_fill_dev(&h, name(i));
		HISTORY_MUST(&h, history_act(&h, "jane", "plan.saved", name(i), NULL,
					     "'class':'%s','tenants':['acme'],'opt_in':'mail','start':'2025-01-%02zuT00:00:00Z','min_s':604800,"
					     "'criteria':['No ticket'],'owner':'Jane Doe'",
					     words_word(words_class, (int)classes[i].class), 9 + 2 * i));
		approve_plan(name(i));
		history_at(&h, arena_printf(&h.arena, "2025-01-%02zuT23:59:59Z", 8 + 2 * i));
		history_judge(&h, name(i), CHANNEL_NONE);
		HISTORY_IS(&h, "CHN-2", FINDING_WAITING);
		cr_assert_eq(history_finding(&h, "CHN-2")->opens, h.now + 1);
		/* Time alone keeps nobody from approving (APR-3), and opens by itself. */
		history_approve_all(&h, name(i), CHANNEL_EXPERIMENTAL);
		history_judge(&h, name(i), CHANNEL_NONE);
		HISTORY_VERDICT(&h, VERDICT_WAIT);
		HISTORY_REFUSED(&h, ERR_REFUSED, history_promote(&h, "jane", name(i), CHANNEL_EXPERIMENTAL), "CHN-2");
		history_pass(&h, 1);
		history_judge(&h, name(i), CHANNEL_NONE);
		HISTORY_IS(&h, "CHN-2", FINDING_MET);
		HISTORY_VERDICT(&h, VERDICT_GO);
		HISTORY_MUST(&h, history_promote(&h, "jane", name(i), CHANNEL_EXPERIMENTAL));
	}
}

/* I-2, to the second, at the time of day of entry. */
Test(soak, chn_2_i_2_experimental_by_class)
{
	for (size_t i = 0; i < CLASSES; i++) {
		instant entered;

		history_bring(&h, name(i), classes[i].class, CHANNEL_EXPERIMENTAL);
		entered = h.now;
		history_fill_experimental(&h, name(i));
		history_pass(&h, classes[i].experimental_s - 1);
		history_approve_all(&h, name(i), CHANNEL_CANDIDATE);
		history_judge(&h, name(i), CHANNEL_NONE);
		HISTORY_IS(&h, "CHN-2", FINDING_WAITING);
		cr_assert_eq(history_finding(&h, "CHN-2")->opens, entered + classes[i].experimental_s);
		cr_assert_eq(h.verdict.earliest, entered + classes[i].experimental_s);
		HISTORY_VERDICT(&h, VERDICT_WAIT);
		HISTORY_REFUSED(&h, ERR_REFUSED, history_promote(&h, "jane", name(i), CHANNEL_CANDIDATE), "CHN-2");
		history_pass(&h, 1);
		history_judge(&h, name(i), CHANNEL_NONE);
		HISTORY_IS(&h, "CHN-2", FINDING_MET);
		HISTORY_VERDICT(&h, VERDICT_GO);
	}
}

Test(soak, chn_2_the_longer_of_class_and_plan)
{
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_plan(&h, "R-1", "'acme'", 10 * WHEN_DAY_S, 0, "'No ticket'"));
	history_pass(&h, 10 * WHEN_DAY_S - 1);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-2", FINDING_WAITING);
	history_pass(&h, 1);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-2", FINDING_MET);
	/* A plan cannot shorten what the class asks. */
	history_bring(&h, "R-2", CLASS_CAPABILITY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_plan(&h, "R-2", "'acme'", WHEN_DAY_S, 0, "'No ticket'"));
	history_pass(&h, 2 * WHEN_WEEK_S - 1);
	history_judge(&h, "R-2", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-2", FINDING_WAITING);
	history_pass(&h, 1);
	history_judge(&h, "R-2", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-2", FINDING_MET);
}

/* Candidate asks a week of every class; what waits for the memo alone waits with it (I-15). */
Test(soak, chn_2_i_15_candidate_is_a_week)
{
	static const char *const with_it[] = { "MEM-1", "MEM-2", "MEM-4", "MEM-5", "APR-1" };

	for (size_t i = 0; i < CLASSES; i++) {
		history_bring(&h, name(i), classes[i].class, CHANNEL_CANDIDATE);
		history_fill_candidate(&h, name(i));
		history_pass(&h, WHEN_WEEK_S - 1);
		history_judge(&h, name(i), CHANNEL_NONE);
		HISTORY_IS(&h, "CHN-2", FINDING_WAITING);
		for (size_t k = 0; k < sizeof with_it / sizeof *with_it; k++)
			HISTORY_IS(&h, with_it[k], FINDING_WAITING);
		HISTORY_VERDICT(&h, VERDICT_WAIT);
		history_pass(&h, 1);
		history_judge(&h, name(i), CHANNEL_NONE);
		HISTORY_IS(&h, "CHN-2", FINDING_MET);
		HISTORY_IS(&h, "MEM-1", FINDING_UNMET);
		HISTORY_VERDICT(&h, VERDICT_OPEN);
		history_sign_go(&h, name(i));
		history_judge(&h, name(i), CHANNEL_NONE);
		HISTORY_VERDICT(&h, VERDICT_GO);
	}
}

/* Experimental: SEV-1 and SEV-2 stop the clock while they are open, and start it anew when they are resolved. */
Test(soak, chn_2_disqualifying_incident_in_experimental)
{
	for (int severity = 1; severity <= 4; severity++) {
		const char *release = name((size_t)severity), *incident;
		instant entered;

		history_bring(&h, release, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
		entered = h.now;
		history_pass(&h, 3 * WHEN_DAY_S);
		incident = history_incident(&h, "otto", release, severity);
		history_judge(&h, release, CHANNEL_NONE);
		HISTORY_IS(&h, "CHN-2", severity <= 2 ? FINDING_UNMET : FINDING_WAITING);
		cr_assert_eq(h.verdict.earliest, severity <= 2 ? WHEN_NONE : entered + WHEN_WEEK_S);
		cr_assert(severity > 2 || strstr(history_finding(&h, "CHN-2")->reason, incident), "%s", history_told(&h, "CHN-2"));
		history_pass(&h, WHEN_DAY_S);
		HISTORY_MUST(&h, history_resolve(&h, "bob", release, incident));
		history_judge(&h, release, CHANNEL_NONE);
		HISTORY_IS(&h, "CHN-2", FINDING_WAITING);
		cr_assert_eq(h.verdict.earliest, (severity <= 2 ? h.now : entered) + WHEN_WEEK_S, "SEV-%d", severity);
	}
}

Test(soak, chn_2_any_incident_disqualifies_in_candidate)
{
	for (int severity = 1; severity <= 4; severity++) {
		const char *release = name((size_t)severity), *incident;

		history_bring(&h, release, CLASS_UI_ONLY, CHANNEL_CANDIDATE);
		history_pass(&h, 3 * WHEN_DAY_S);
		incident = history_incident(&h, "otto", release, severity);
		history_judge(&h, release, CHANNEL_NONE);
		HISTORY_IS(&h, "CHN-2", FINDING_UNMET);
		cr_assert_eq(h.verdict.earliest, WHEN_NONE);
		history_pass(&h, WHEN_DAY_S);
		HISTORY_MUST(&h, history_resolve(&h, "bob", release, incident));
		history_judge(&h, release, CHANNEL_NONE);
		cr_assert_eq(h.verdict.earliest, h.now + WHEN_WEEK_S, "SEV-%d", severity);
	}
}

Test(soak, chn_2_restore_after_a_kill_starts_anew)
{
	static const enum channel in[] = { CHANNEL_EXPERIMENTAL, CHANNEL_CANDIDATE };

	for (size_t i = 0; i < sizeof in / sizeof *in; i++) {
		history_bring(&h, name(i), CLASS_UI_ONLY, in[i]);
		history_pass(&h, 3 * WHEN_DAY_S);
		HISTORY_MUST(&h, history_kill(&h, "quinn", name(i), "acme"));
		history_judge(&h, name(i), CHANNEL_NONE);
		HISTORY_IS(&h, "CHN-2", FINDING_UNMET);
		cr_assert_eq(h.verdict.earliest, WHEN_NONE);
		history_pass(&h, 5 * WHEN_DAY_S);
		HISTORY_MUST(&h, history_restore(&h, name(i), "acme"));
		history_judge(&h, name(i), CHANNEL_NONE);
		HISTORY_IS(&h, "CHN-2", FINDING_WAITING);
		cr_assert_eq(h.verdict.earliest, h.now + WHEN_WEEK_S);
	}
}

/* I-16: a kill in dev restarts no soak, so the same answer again is no news. */
Test(soak, i_16_kill_in_dev_restarts_no_soak)
{
	struct soak soak;
	instant entered = h.now;

	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_DEV);
	history_pass(&h, WHEN_DAY_S);
	HISTORY_MUST(&h, history_kill(&h, "quinn", "R-1", "SBNC-dev"));
	soak_of(history_dossier(&h, "R-1"), &h.policy, CHANNEL_DEV, h.now, &soak);
	cr_assert_not(soak.is_interrupted, "A kill interrupts the time in dev.");
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-2", FINDING_MET);
	HISTORY_MUST(&h, history_restore(&h, "R-1", "SBNC-dev"));
	soak_of(history_dossier(&h, "R-1"), &h.policy, CHANNEL_DEV, h.now, &soak);
	cr_assert_eq(soak.begin, entered);
	HISTORY_ALREADY(&h, history_answer(&h, "jane", "R-1", "CHN-3", "pass"));
}

/* Section 8: a channel's soak ends when it is left: nothing later restarts it. */
Test(soak, chn_2_what_comes_after_leaving_is_another_channels)
{
	const char *incident;
	struct soak soak;
	instant begin;

	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	begin = h.now;
	incident = history_incident(&h, "otto", "R-1", 3);
	history_fill_experimental(&h, "R-1");
	history_pass(&h, WHEN_DAY_S);
	HISTORY_MUST(&h, history_resolve(&h, "jane", "R-1", incident));
	history_soak(&h, "R-1");
	history_approve_all(&h, "R-1", CHANNEL_CANDIDATE);
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-1", CHANNEL_CANDIDATE));
	HISTORY_MUST(&h, history_regrade(&h, "quinn", "R-1", incident, 2));
	history_pass(&h, 60);
	HISTORY_MUST(&h, history_kill(&h, "quinn", "R-1", "acme"));
	HISTORY_MUST(&h, history_restore(&h, "R-1", "acme"));
	HISTORY_MUST(&h, history_resolve(&h, "jane", "R-1", history_incident(&h, "otto", "R-1", 2)));
	soak_of(history_dossier(&h, "R-1"), &h.policy, CHANNEL_EXPERIMENTAL, h.now, &soak);
	cr_assert_eq(soak.begin, begin);
	soak_of(history_dossier(&h, "R-1"), &h.policy, CHANNEL_CANDIDATE, h.now, &soak);
	cr_assert_eq(soak.begin, h.now);
}

/* I-14: the present severity judges. */
Test(soak, i_14_severity_as_it_is_at_present)
{
	const char *incident;
	instant entered;

	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	entered = h.now;
	history_pass(&h, WHEN_DAY_S);
	incident = history_incident(&h, "otto", "R-1", 3);
	HISTORY_MUST(&h, history_regrade(&h, "quinn", "R-1", incident, 2));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-2", FINDING_UNMET);
	HISTORY_REFUSED(&h, ERR_REFUSED, history_regrade(&h, "jane", "R-1", incident, 4), "I-14");
	HISTORY_MUST(&h, history_regrade(&h, "bob", "R-1", incident, 4));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-2", FINDING_WAITING);
	cr_assert_eq(h.verdict.earliest, entered + WHEN_WEEK_S);
	HISTORY_IS(&h, "CHN-4", FINDING_UNMET);
}

/* I-14: an incident belongs to a stay when it was open at any moment of it. */
Test(soak, i_14_incident_open_at_entry_belongs_to_the_stay)
{
	const char *incident, *earlier;

	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_DEV);
	earlier = history_incident(&h, "otto", "R-1", 3);
	HISTORY_MUST(&h, history_resolve(&h, "jane", "R-1", earlier));
	incident = history_incident(&h, "otto", "R-1", 3);
	history_approve_all(&h, "R-1", CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-1", CHANNEL_EXPERIMENTAL));
	HISTORY_MUST(&h, history_answer(&h, "quinn", "R-1", "CHN-4", "pass"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-4", FINDING_UNMET);
	HISTORY_SAYS(&h, "CHN-4", incident);
	cr_assert_null(strstr(history_finding(&h, "CHN-4")->reason, earlier));
}

/* I-7: three weeks do not fit into two. */
Test(soak, i_7_the_example_opens_a_week_after_t2)
{
	history_at(&h, "2025-01-15T09:00:00Z");
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	history_fill_experimental(&h, "R-1");
	history_at(&h, "2025-01-29T09:00:00Z");
	history_approve_all(&h, "R-1", CHANNEL_CANDIDATE);
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-1", CHANNEL_CANDIDATE));
	history_fill_candidate(&h, "R-1");
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-2", FINDING_WAITING);
	HISTORY_SAYS(&h, "CHN-2", "2025-02-05T09:00:00Z");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_promote(&h, "jane", "R-1", CHANNEL_STABLE), "CHN-2");
}

/* The last of everything that starts a soak anew counts, in whatever order it was opened. */
Test(soak, chn_2_the_last_restart_counts)
{
	const char *first, *second;
	struct soak soak;

	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	first = history_incident(&h, "otto", "R-1", 2);
	second = history_incident(&h, "otto", "R-1", 1);
	history_pass(&h, 60);
	HISTORY_MUST(&h, history_kill(&h, "quinn", "R-1", "acme"));
	history_pass(&h, 60);
	HISTORY_MUST(&h, history_resolve(&h, "bob", "R-1", second));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-2", FINDING_UNMET);
	HISTORY_SAYS(&h, "CHN-2", first);
	history_pass(&h, 60);
	HISTORY_MUST(&h, history_restore(&h, "R-1", "acme"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-2", FINDING_UNMET);
	history_pass(&h, 60);
	HISTORY_MUST(&h, history_resolve(&h, "jane", "R-1", first));
	soak_of(history_dossier(&h, "R-1"), &h.policy, CHANNEL_EXPERIMENTAL, h.now, &soak);
	cr_assert_eq(soak.begin, h.now);
	cr_assert_eq(soak.served_s, 0);
	cr_assert_eq(soak.opens, h.now + WHEN_WEEK_S);
}

/* An incident of a tenant that is first served in candidate belongs to that stay alone. */
Test(soak, i_14_incident_concerns_from_the_channel_that_serves_its_tenant)
{
	const struct dossier *d;

	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	history_fill_experimental(&h, "R-1");
	HISTORY_MUST(&h, history_act(&h, "otto", "incident.opened", NULL, "birch",
				     "'incident':'INC-1','severity':2,'summary':'slow','cross_tenant':0,'tenants':['birch']"));
	history_soak(&h, "R-1");
	history_approve_all(&h, "R-1", CHANNEL_CANDIDATE);
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-1", CHANNEL_CANDIDATE));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-5", FINDING_UNMET);
	HISTORY_IS(&h, "CHN-2", FINDING_UNMET);
	d = history_dossier(&h, "R-1");
	cr_assert(soak_incident_in_stay(dossier_incident(d, "INC-1"), dossier_stay(d, CHANNEL_CANDIDATE)));
	cr_assert_not(soak_incident_in_stay(dossier_incident(d, "INC-1"), dossier_stay(d, CHANNEL_EXPERIMENTAL)));
}

/* As if every human act were instant. */
Test(soak, chn_2_earliest_moment_of_stable)
{
	for (size_t i = 0; i < CLASSES; i++) {
		history_bring(&h, name(i), classes[i].class, CHANNEL_DEV);
		history_judge(&h, name(i), CHANNEL_NONE);
		cr_assert_leq(h.verdict.earliest, h.now);
		cr_assert_eq(h.verdict.stable_earliest, h.now + classes[i].experimental_s + WHEN_WEEK_S);
		history_approve_all(&h, name(i), CHANNEL_EXPERIMENTAL);
		HISTORY_MUST(&h, history_promote(&h, "jane", name(i), CHANNEL_EXPERIMENTAL));
		history_pass(&h, WHEN_DAY_S);
		history_judge(&h, name(i), CHANNEL_NONE);
		cr_assert_eq(h.verdict.stable_earliest, h.now - WHEN_DAY_S + classes[i].experimental_s + WHEN_WEEK_S);
		/* Past its minimum every further day in experimental counts on. */
		history_pass(&h, 30 * WHEN_DAY_S);
		history_judge(&h, name(i), CHANNEL_NONE);
		cr_assert_eq(h.verdict.stable_earliest, h.now + WHEN_WEEK_S);
		(void)history_incident(&h, "otto", name(i), 2);
		history_judge(&h, name(i), CHANNEL_NONE);
		cr_assert_eq(h.verdict.stable_earliest, WHEN_NONE);
	}
}
