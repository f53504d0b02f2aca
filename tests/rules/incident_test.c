#include <config.h>

#include <string.h>

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

TestSuite(incident, .init = open_history, .fini = close_history, .timeout = 30);

static enum err_kind evaluate(const char *person, const char *decision)
{
	return history_act(&h, person, "incident.evaluated", R, NULL, "'decision':'%s','rationale':'weighed by %s'", decision, person);
}

static enum err_kind regrade(const char *person, const char *incident, int severity)
{
	return history_act(&h, person, "incident.regraded", R, NULL, "'incident':'%s','severity':%d,'reason':'seen better'", incident, severity);
}

/* Of a ledger's tenants and of no release. */
static enum err_kind of_tenants(const char *incident, int severity, int cross_tenant, const char *tenants)
{
	return history_act(&h, "otto", "incident.opened", NULL, NULL, "'incident':'%s','severity':%d,'summary':'wrong','cross_tenant':%d,'tenants':[%s]",
			   incident, severity, cross_tenant, tenants);
}

static void judge_next(void)
{
	(void)history_judge(&h, R, CHANNEL_NONE);
}

#define HALTED(is_so)                                                                                                                      \
	do {                                                                                                                               \
		cr_assert_eq(dossier_is_halted(history_dossier(&h, R)), (is_so), "halted");                                                \
		judge_next();                                                                                                              \
		HISTORY_IS(&h, "CHN-6", (is_so) ? FINDING_UNMET : FINDING_MET);                                                            \
		cr_assert(!(is_so) || (history_finding(&h, "CHN-6")->blocks && h.verdict.verdict == VERDICT_BLOCKED), "a halt blocks");    \
	} while (0)

Test(incident, chn6_a_sev1_halts_in_every_channel)
{
	static const enum channel channels[] = { CHANNEL_DEV, CHANNEL_EXPERIMENTAL, CHANNEL_CANDIDATE };

	for (size_t i = 0; i < 3; i++) {
		const char *release = arena_printf(&h.arena, "%s-%zu", R, i);

		history_bring(&h, release, CLASS_UI_ONLY, channels[i]);
		(void)history_judge(&h, release, CHANNEL_NONE);
		HISTORY_IS(&h, "CHN-6", FINDING_MET);
		(void)history_incident(&h, "quinn", release, 1);
		(void)history_judge(&h, release, CHANNEL_NONE);
		HISTORY_IS(&h, "CHN-6", FINDING_UNMET);
		HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	}
}

Test(incident, chn6_nothing_is_approved_or_promoted_while_halted)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_DEV);
	history_approve_all(&h, R, CHANNEL_EXPERIMENTAL);
	(void)history_incident(&h, "quinn", R, 1);
	HISTORY_REFUSED(&h, ERR_REFUSED, history_promote(&h, "jane", R, CHANNEL_EXPERIMENTAL), "CHN-6");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_approve(&h, R, "dirk", ROLE_DEV_LEAD, CHANNEL_EXPERIMENTAL), "CHN-6");
}

Test(incident, chn6_lesser_incidents_do_not_halt_and_a_rise_does)
{
	const char *incident;

	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	incident = history_incident(&h, "otto", R, 2);
	HALTED(false);
	HISTORY_MUST(&h, regrade("quinn", incident, 1));
	HALTED(true);
}

Test(incident, chn6_resolving_or_lowering_never_lifts_a_halt)
{
	const char *incident;

	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	incident = history_incident(&h, "otto", R, 1);
	HISTORY_MUST(&h, regrade("bob", incident, 4));
	HALTED(true);
	HISTORY_MUST(&h, history_resolve(&h, "jane", R, incident));
	HALTED(true);
	HISTORY_MUST(&h, evaluate("jane", "resume"));
	HALTED(false);
}

Test(incident, chn6_resume_lifts_and_leaves_the_incident_to_chn4)
{
	const char *incident;

	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	history_fill_experimental(&h, R);
	incident = history_incident(&h, "otto", R, 1);
	HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "jane", "incident.evaluated", R, NULL, "'decision':'resume','rationale':' '"), "rationale");
	HISTORY_MUST(&h, evaluate("jane", "resume"));
	HISTORY_ALREADY(&h, evaluate("jane", "resume"));
	HALTED(false);
	HISTORY_IS(&h, "CHN-2", FINDING_UNMET);
	HISTORY_IS(&h, "CHN-4", FINDING_UNMET);
	HISTORY_SAYS(&h, "CHN-4", incident);
}

Test(incident, chn6_rollback_keeps_the_halt_until_the_rollback_is_finished)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	(void)history_incident(&h, "otto", R, 1);
	HISTORY_MUST(&h, evaluate("jane", "rollback"));
	HALTED(true);
	HISTORY_SAYS(&h, "CHN-6", "rolled back");
	HISTORY_MUST(&h, history_act(&h, "jane", "rollback.started", R, NULL, "'reason':'evaluated'"));
	HALTED(true);
	HISTORY_MUST(&h, history_act(&h, "otto", "rollback.step", R, NULL, "'n':1,'state':'done'"));
	HISTORY_MUST(&h, history_act(&h, "otto", "rollback.step", R, NULL, "'n':2,'state':'done'"));
	HISTORY_MUST(&h, history_act(&h, "otto", "rollback.finished", R, NULL, "'verification':'pass','note':'seen'"));
	cr_assert(!dossier_is_halted(history_dossier(&h, R)));
}

Test(incident, chn6_an_evaluation_covers_what_came_before_and_no_later_sev1)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	(void)history_incident(&h, "otto", R, 1);
	(void)history_incident(&h, "quinn", R, 1);
	HISTORY_MUST(&h, evaluate("jane", "resume"));
	HALTED(false);
	(void)history_incident(&h, "otto", R, 1);
	HALTED(true);
	HISTORY_MUST(&h, evaluate("jane", "resume"));
	cr_assert(!h.already, "the same decision again covers the later one");
	HALTED(false);
}

Test(incident, chn6_lowered_and_raised_again_halts_again)
{
	const char *incident;

	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	incident = history_incident(&h, "otto", R, 1);
	HISTORY_MUST(&h, evaluate("jane", "resume"));
	HISTORY_MUST(&h, regrade("bob", incident, 3));
	HALTED(false);
	HISTORY_MUST(&h, regrade("otto", incident, 1));
	HALTED(true);
}

Test(incident, chn6_a_later_evaluation_replaces_an_earlier_one_until_a_rollback_started)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	(void)history_incident(&h, "otto", R, 1);
	HISTORY_MUST(&h, evaluate("jane", "rollback"));
	HISTORY_MUST(&h, evaluate("bob", "resume"));
	HALTED(false);
	HISTORY_MUST(&h, evaluate("dirk", "rollback"));
	HALTED(true);
	HISTORY_MUST(&h, history_act(&h, "jane", "rollback.started", R, NULL, "'reason':'evaluated'"));
	HISTORY_REFUSED(&h, ERR_REFUSED, evaluate("bob", "resume"), "RBK-1");
}

Test(incident, chn6_without_a_sev1_there_is_nothing_to_evaluate)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	(void)history_incident(&h, "otto", R, 2);
	HISTORY_REFUSED(&h, ERR_REFUSED, evaluate("jane", "resume"), "no SEV-1");
}

Test(incident, chn6_whoever_has_rollback_authority_evaluates)
{
	history_bring(&h, R, CLASS_MECHANISM, CHANNEL_EXPERIMENTAL);
	(void)history_incident(&h, "otto", R, 1);
	HISTORY_REFUSED(&h, ERR_REFUSED, evaluate("jane", "resume"), "System Owner");
	HISTORY_REFUSED(&h, ERR_REFUSED, evaluate("otto", "resume"), "section 11");
	HISTORY_MUST(&h, evaluate("olga", "resume"));
}

Test(incident, i14_severity_is_raised_by_anyone_and_lowered_by_a_system_owner)
{
	const char *incident;

	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	incident = history_incident(&h, "otto", R, 4);
	HISTORY_MUST(&h, regrade("otto", incident, 3));
	HISTORY_ALREADY(&h, regrade("quinn", incident, 3));
	HISTORY_MUST(&h, regrade("quinn", incident, 2));
	HISTORY_REFUSED(&h, ERR_REFUSED, regrade("jane", incident, 3), "I-14");
	HISTORY_MUST(&h, regrade("olga", incident, 3));
	HISTORY_REFUSED(&h, ERR_USAGE, regrade("bob", incident, 0), "SEV-0");
	HISTORY_REFUSED(&h, ERR_USAGE, regrade("bob", incident, 5), "SEV-5");
	HISTORY_REFUSED(&h, ERR_MISSING, regrade("bob", "INC-9", 3), "INC-9");
}

Test(incident, i14_the_present_severity_disqualifies)
{
	const char *incident;

	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	incident = history_incident(&h, "otto", R, 2);
	judge_next();
	HISTORY_IS(&h, "CHN-2", FINDING_UNMET);
	cr_assert_eq(h.verdict.earliest, WHEN_NONE);
	HISTORY_MUST(&h, regrade("bob", incident, 3));
	judge_next();
	HISTORY_IS(&h, "CHN-2", FINDING_WAITING);
	HISTORY_MUST(&h, regrade("otto", incident, 2));
	judge_next();
	HISTORY_IS(&h, "CHN-2", FINDING_UNMET);
	history_pass(&h, 3600);
	HISTORY_MUST(&h, history_resolve(&h, "jane", R, incident));
	judge_next();
	HISTORY_IS(&h, "CHN-2", FINDING_WAITING);
	cr_assert_eq(h.verdict.earliest, h.now + WHEN_WEEK_S, "the soak begins anew with the resolution");
}

Test(incident, i14_one_that_was_open_at_the_entry_belongs_to_the_stay)
{
	const char *early, *late;

	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_DEV);
	early = history_incident(&h, "otto", R, 3);
	HISTORY_MUST(&h, history_resolve(&h, "jane", R, early));
	late = history_incident(&h, "otto", R, 3);
	history_approve_all(&h, R, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_promote(&h, "jane", R, CHANNEL_EXPERIMENTAL));
	HISTORY_MUST(&h, history_answer(&h, "quinn", R, "CHN-4", "pass"));
	judge_next();
	HISTORY_IS(&h, "CHN-4", FINDING_UNMET);
	HISTORY_SAYS(&h, "CHN-4", late);
	cr_assert(!strstr(history_finding(&h, "CHN-4")->reason, early), "resolved before the entry: %s", history_told(&h, "CHN-4"));
	HISTORY_MUST(&h, history_resolve(&h, "jane", R, late));
	judge_next();
	HISTORY_IS(&h, "CHN-4", FINDING_MET);
	HISTORY_SAYS(&h, "CHN-4", late);
}

Test(incident, i14_one_of_tenants_concerns_every_release_served_to_them)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, of_tenants("INC-1", 1, 0, "'birch'"));
	HALTED(false);
	HISTORY_MUST(&h, of_tenants("INC-2", 1, 0, "'birch','acme'"));
	HALTED(true);
}

Test(incident, i14_served_later_while_it_is_open)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_kill(&h, "otto", R, "acme"));
	HISTORY_MUST(&h, of_tenants("INC-1", 1, 1, "'acme'"));
	HALTED(false);
	HISTORY_MUST(&h, history_act(&h, "jane", "switch.approved", R, NULL, "'role':'dev-lead','reason':'mended'"));
	HISTORY_MUST(&h, history_act(&h, "otto", "switch.restored", R, NULL, "'tenants':['acme'],'reason':'mended','approvals':[]"));
	HALTED(true);
	HISTORY_IS(&h, "HS-4", FINDING_UNMET);
}

Test(incident, i14_resolved_before_it_was_served_it_does_not_concern)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_kill(&h, "otto", R, "acme"));
	HISTORY_MUST(&h, of_tenants("INC-1", 1, 0, "'acme'"));
	HISTORY_MUST(&h, history_act(&h, "bob", "incident.resolved", NULL, NULL, "'incident':'INC-1','resolution':'mended'"));
	HISTORY_MUST(&h, history_act(&h, "jane", "switch.approved", R, NULL, "'role':'dev-lead','reason':'mended'"));
	HISTORY_MUST(&h, history_act(&h, "otto", "switch.restored", R, NULL, "'tenants':['acme'],'reason':'mended','approvals':[]"));
	HALTED(false);
}

Test(incident, i14_one_that_names_another_release_does_not_concern)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	history_bring(&h, "R-2", CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_act(&h, "otto", "incident.opened", "R-2", "acme",
				     "'incident':'INC-1','severity':1,'summary':'wrong','cross_tenant':0,'tenants':['acme'],'releases':['R-2']"));
	HALTED(false);
}

Test(incident, hs4_is_raised_by_a_cross_tenant_incident)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_act(&h, "otto", "incident.opened", R, NULL,
				     "'incident':'INC-1','severity':4,'summary':'foreign rows seen','cross_tenant':1,'releases':['" R "']"));
	judge_next();
	cr_assert(history_finding(&h, "HS-4")->blocks);
	HISTORY_SAYS(&h, "HS-4", "foreign rows seen");
	HISTORY_MUST(&h, history_resolve(&h, "jane", R, "INC-1"));
	judge_next();
	cr_assert(history_finding(&h, "HS-4")->blocks, "resolving does not clear it");
	HISTORY_MUST(&h, history_clear(&h, "jane", R, "HS-4"));
	judge_next();
	HISTORY_IS(&h, "HS-4", FINDING_MET);
}

Test(incident, what_opening_asks_for)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_REFUSED(&h, ERR_USAGE,
			history_act(&h, "otto", "incident.opened", NULL, NULL, "'incident':'INC-1','severity':2,'summary':'s','cross_tenant':0"), "I-16");
	HISTORY_REFUSED(&h, ERR_USAGE, of_tenants("INC-1", 5, 0, "'acme'"), "SEV-5");
	HISTORY_REFUSED(&h, ERR_MISSING, of_tenants("INC-1", 2, 0, "'nowhere'"), "nowhere");
	HISTORY_REFUSED(&h, ERR_MISSING,
			history_act(&h, "otto", "incident.opened", "R-9", NULL,
				    "'incident':'INC-1','severity':2,'summary':'s','cross_tenant':0,'releases':['R-9']"),
			"R-9");
	HISTORY_MUST(&h, of_tenants("INC-1", 2, 0, "'acme'"));
	HISTORY_REFUSED(&h, ERR_BUSY, of_tenants("INC-1", 2, 0, "'acme'"), "meanwhile");
}

Test(incident, resolving_is_of_leads_and_of_a_sev1_of_a_system_owner)
{
	const char *incident;

	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	incident = history_incident(&h, "otto", R, 1);
	HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "bob", "incident.resolved", R, NULL, "'incident':'%s','resolution':' '", incident), "resolution");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_resolve(&h, "jane", R, incident), "SEV-1");
	HISTORY_MUST(&h, history_resolve(&h, "bob", R, incident));
	HISTORY_ALREADY(&h, history_resolve(&h, "olga", R, incident));
	HISTORY_REFUSED(&h, ERR_MISSING, history_resolve(&h, "bob", R, "INC-9"), "INC-9");
}

Test(incident, on_a_release_that_is_over_too)
{
	const char *incident;

	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_DEV);
	HISTORY_MUST(&h, history_act(&h, "jane", "release.withdrawn", R, NULL, "'reason':'not wanted'"));
	incident = history_incident(&h, "otto", R, 2);
	HISTORY_MUST(&h, regrade("otto", incident, 1));
	HISTORY_MUST(&h, history_resolve(&h, "bob", R, incident));
}
