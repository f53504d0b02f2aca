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

TestSuite(serving, .init = open_history, .fini = close_history, .timeout = 30);

static enum err_kind tenant(const char *person, const char *kind, const char *id, const char *fields)
{
	return history_act(&h, person, kind, NULL, id, "%s", fields);
}

#define GIVEN "'op':'given','method':'mail'"
#define WITHDRAWN "'op':'withdrawn'"
#define OUT "'channel':'experimental'"
#define STABLE_ONLY "'track':'stable-only'"

static void expect(const char *release, const char *id, bool wanted, const char *reason)
{
	const bool allowed = history_allowed(&h, release, id);

	cr_assert_eq(allowed, wanted, "%s, %s: %s", release, id, h.err.text);
	cr_assert(strstr(h.err.text, reason), "%s is not in: %s", reason, h.err.text);
}

Test(serving, chn_7_by_channel)
{
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_DEV);
	expect("R-1", "SBNC-dev", true, "CHN-7");
	expect("R-1", "acme", false, "CHN-7");
	history_bring(&h, "R-2", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	expect("R-2", "SBNC-dev", true, "CHN-7");
	expect("R-2", "acme", true, "CHN-7");
	expect("R-2", "birch", false, "CHN-7");
	expect("R-2", "quiet", false, "CHN-7");
	history_bring(&h, "R-3", CLASS_UI_ONLY, CHANNEL_CANDIDATE);
	expect("R-3", "SBNC-dev", true, "CHN-7");
	expect("R-3", "birch", true, "CHN-7");
	expect("R-3", "quiet", false, "stable-only");
	history_bring(&h, "R-4", CLASS_UI_ONLY, CHANNEL_STABLE);
	expect("R-4", "SBNC-dev", true, "CHN-7");
	expect("R-4", "birch", true, "CHN-7");
	expect("R-4", "quiet", true, "CHN-7");
}

Test(serving, a_release_that_nobody_knows_or_classified)
{
	expect("R-0", "SBNC-dev", false, "no such release");
	HISTORY_MUST(&h, history_act(&h, "jane", "release.registered", "R-1", NULL, "'class':'unclear'"));
	expect("R-1", "SBNC-dev", false, "registered");
}

/* Experimental serves by the last approved plan, whatever is edited meanwhile. */
Test(serving, chn_7_last_approved_plan)
{
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, tenant("bob", "tenant.consent", "birch", GIVEN));
	expect("R-1", "birch", false, "plan");
	HISTORY_MUST(&h, history_plan(&h, "R-1", "'birch'", WHEN_WEEK_S, 0, "'No ticket'"));
	expect("R-1", "birch", false, "plan");
	expect("R-1", "acme", true, "plan");
	HISTORY_MUST(&h, history_act(&h, "jane", "plan.approved", "R-1", NULL, "'plan':%lld", (long long)history_dossier(&h, "R-1")->plan_source.seq));
	expect("R-1", "birch", true, "plan");
	expect("R-1", "acme", false, "plan");
	expect("R-1", "SBNC-dev", false, "plan");
}

/* CHN-8: at any time, with effect at once; a later consent lifts an opt-out. */
Test(serving, chn_8_opting_out_of_experimental)
{
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	history_bring(&h, "R-2", CLASS_UI_ONLY, CHANNEL_CANDIDATE);
	history_bring(&h, "R-3", CLASS_UI_ONLY, CHANNEL_DEV);
	expect("R-1", "acme", true, "CHN-7");
	HISTORY_MUST(&h, tenant("otto", "tenant.opted_out", "acme", OUT));
	HISTORY_ALREADY(&h, tenant("otto", "tenant.opted_out", "acme", OUT));
	expect("R-1", "acme", false, "CHN-8");
	HISTORY_MUST(&h, tenant("otto", "tenant.consent", "acme", GIVEN));
	expect("R-1", "acme", true, "CHN-7");
	/* I-16: dev/test tenants too, outside dev. */
	HISTORY_MUST(&h, tenant("otto", "tenant.opted_out", "SBNC-dev", OUT));
	expect("R-1", "SBNC-dev", false, "CHN-8");
	expect("R-2", "SBNC-dev", true, "CHN-7");
	expect("R-3", "SBNC-dev", true, "CHN-7");
}

Test(serving, chn_8_opting_out_of_another_channel_is_refused)
{
	static const char *const channels[] = { "dev", "candidate", "stable" };

	for (size_t i = 0; i < 3; i++)
		HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "bob", "tenant.opted_out", NULL, "acme", "'channel':'%s'", channels[i]), "CHN-8");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "bob", "tenant.opted_out", NULL, "acme", "'channel':'candidate'"), "stable-only");
	HISTORY_REFUSED(&h, ERR_REFUSED, tenant("quinn", "tenant.opted_out", "acme", OUT), "quinn");
	HISTORY_REFUSED(&h, ERR_MISSING, tenant("bob", "tenant.opted_out", "ghost", OUT), "ghost");
}

/* I-16: withdrawing without a release withdraws all of it, with one that one alone. */
Test(serving, chn_8_withdrawing_consent)
{
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, tenant("bob", "tenant.consent", "acme", GIVEN ",'for':'R-1'"));
	HISTORY_MUST(&h, tenant("bob", "tenant.consent", "acme", WITHDRAWN ",'for':'R-1'"));
	expect("R-1", "acme", true, "CHN-7");
	HISTORY_ALREADY(&h, tenant("bob", "tenant.consent", "acme", WITHDRAWN ",'for':'R-1'"));
	HISTORY_MUST(&h, tenant("bob", "tenant.consent", "acme", GIVEN ",'for':'R-1'"));
	HISTORY_MUST(&h, tenant("bob", "tenant.consent", "acme", WITHDRAWN));
	expect("R-1", "acme", false, "CHN-7");
	HISTORY_ALREADY(&h, tenant("bob", "tenant.consent", "acme", WITHDRAWN));
	HISTORY_REFUSED(&h, ERR_USAGE, tenant("bob", "tenant.consent", "acme", "'op':'given'"), "--method");
}

Test(serving, consent_for_one_release_is_for_no_other)
{
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, tenant("bob", "tenant.consent", "acme", WITHDRAWN));
	HISTORY_MUST(&h, tenant("bob", "tenant.consent", "acme", GIVEN ",'for':'R-2'"));
	expect("R-1", "acme", false, "CHN-7");
	HISTORY_MUST(&h, tenant("bob", "tenant.consent", "acme", GIVEN ",'for':'R-1'"));
	expect("R-1", "acme", true, "CHN-7");
}

/* Ids are the same whatever their case, and so a consent is withdrawn under either spelling. */
Test(serving, chn_8_consent_is_withdrawn_whatever_the_case)
{
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, tenant("bob", "tenant.consent", "acme", WITHDRAWN));
	HISTORY_MUST(&h, tenant("bob", "tenant.consent", "acme", GIVEN ",'for':'R-1'"));
	expect("R-1", "acme", true, "CHN-7");
	HISTORY_MUST(&h, tenant("bob", "tenant.consent", "ACME", WITHDRAWN ",'for':'r-1'"));
	cr_assert_not(h.already);
	expect("R-1", "acme", false, "CHN-7");
}

/* Other evidence of a consent is news, and is recorded. */
Test(serving, consent_with_other_evidence_is_recorded)
{
	HISTORY_MUST(&h, tenant("bob", "tenant.consent", "birch", GIVEN ",'evidence':'ticket 4'"));
	HISTORY_ALREADY(&h, tenant("bob", "tenant.consent", "birch", GIVEN ",'evidence':'ticket 4'"));
	HISTORY_MUST(&h, tenant("bob", "tenant.consent", "birch", GIVEN ",'evidence':'ticket 5'"));
	cr_assert_not(h.already);
}

Test(serving, chn_7_track_takes_effect_at_once)
{
	history_bring(&h, "R-1", CLASS_UI_ONLY, CHANNEL_CANDIDATE);
	history_bring(&h, "R-2", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	history_bring(&h, "R-3", CLASS_UI_ONLY, CHANNEL_DEV);
	HISTORY_MUST(&h, tenant("otto", "tenant.tracked", "acme", STABLE_ONLY));
	HISTORY_ALREADY(&h, tenant("otto", "tenant.tracked", "acme", STABLE_ONLY));
	expect("R-1", "acme", false, "stable-only");
	expect("R-2", "acme", false, "stable-only");
	HISTORY_MUST(&h, tenant("otto", "tenant.tracked", "SBNC-dev", STABLE_ONLY));
	expect("R-1", "SBNC-dev", false, "stable-only");
	expect("R-2", "SBNC-dev", false, "stable-only");
	expect("R-3", "SBNC-dev", true, "CHN-7");
	HISTORY_MUST(&h, tenant("otto", "tenant.tracked", "acme", "'track':'standard'"));
	expect("R-1", "acme", true, "CHN-7");
}

/* KSW-6 and RBK-1 stand above every channel. */
Test(serving, killed_or_rolling_back_is_not_served)
{
	static const enum channel in[] = { CHANNEL_DEV, CHANNEL_EXPERIMENTAL, CHANNEL_CANDIDATE, CHANNEL_STABLE };

	for (size_t i = 0; i < sizeof in / sizeof *in; i++) {
		const char *release = arena_printf(&h.arena, "R-%zu", i);

		history_bring(&h, release, CLASS_UI_ONLY, in[i]);
		HISTORY_MUST(&h, history_kill(&h, "quinn", release, "SBNC-dev"));
		expect(release, "SBNC-dev", false, "KSW-6");
		expect(release, "SBNC-staging", true, "CHN-7");
		HISTORY_MUST(&h, history_kill(&h, "quinn", release, "*"));
		expect(release, "SBNC-staging", false, "KSW-6");
		if (in[i] == CHANNEL_DEV)
			continue;
		HISTORY_MUST(&h, history_act(&h, "bob", "rollback.started", release, NULL, "'reason':'wrong totals'"));
		expect(release, "SBNC-staging", false, "RBK-1");
	}
}

/* A tenant that is registered again on another track is not: nobody may take it to be protected when it is not. */
Test(serving, tenant_added_again)
{
	HISTORY_ALREADY(&h, tenant("bob", "tenant.added", "birch", "'name':'Tenant birch','kind':'production','track':'standard'"));
	HISTORY_REFUSED(&h, ERR_REFUSED, tenant("bob", "tenant.added", "birch", "'name':'Tenant birch','kind':'production','track':'stable-only'"), "birch");
	HISTORY_REFUSED(&h, ERR_REFUSED, tenant("bob", "tenant.added", "birch", "'name':'Tenant birch','kind':'dev-test','track':'standard'"), "birch");
	HISTORY_REFUSED(&h, ERR_REFUSED, tenant("bob", "tenant.added", "BIRCH", "'name':'Tenant birch','kind':'production','track':'standard'"), "birch");
	HISTORY_REFUSED(&h, ERR_INTEGRITY, history_forge(&h, "bob", "tenant.added", NULL, "birch", "'name':'B','kind':'production','track':'standard'"), "birch");
	HISTORY_REFUSED(&h, ERR_INTEGRITY, history_forge(&h, "bob", "tenant.opted_out", NULL, "ghost", OUT), "not registered");
}
