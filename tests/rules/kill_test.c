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

TestSuite(kill, .init = open_history, .fini = close_history, .timeout = 30);

static void judge_next(void)
{
	(void)history_judge(&h, R, CHANNEL_NONE);
}

static enum err_kind test_switch(const char *environment, const char *result)
{
	const struct dossier *d = history_dossier(&h, R);
	const int64_t present = d->definition_source.seq > d->binding.seq ? d->definition_source.seq : d->binding.seq;

	return history_act(&h, "otto", "switch.tested", R, NULL, "'environment':'%s','result':'%s','definition':%lld,'note':'audit entry 7'", environment,
			   result, (long long)present);
}

static enum err_kind approve(const char *person, const char *role)
{
	return history_act(&h, person, "switch.approved", R, NULL, "'role':'%s','reason':'mended'", role);
}

static enum err_kind restore(const char *person, const char *tenants)
{
	return history_act(&h, person, "switch.restored", R, NULL, "'tenants':[%s],'reason':'mended','approvals':[]", tenants);
}

Test(kill, ksw6_anyone_with_a_role_kills_and_gives_a_reason)
{
	static const char *const people[] = { "jane", "quinn", "bob", "otto" };

	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "otto", "switch.killed", R, NULL, "'tenants':['*'],'reason':' '"), "reason");
	HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "otto", "switch.killed", R, NULL, "'tenants':[],'reason':'wrong'"), "tenant");
	HISTORY_REFUSED(&h, ERR_MISSING, history_act(&h, "otto", "switch.killed", R, NULL, "'tenants':['nowhere'],'reason':'wrong'"), "no tenant nowhere");
	HISTORY_REFUSED(&h, ERR_MISSING, history_act(&h, "otto", "switch.killed", "R-9", NULL, "'tenants':['*'],'reason':'wrong'"), "no release R-9");
	for (size_t i = 0; i < 4; i++) {
		HISTORY_MUST(&h, history_kill(&h, people[i], R, "acme"));
		HISTORY_MUST(&h, approve("jane", "dev-lead"));
		HISTORY_MUST(&h, restore("jane", "'acme'"));
	}
	history_put(&h, "bob", "person.role", NULL, NULL, "'person':'quinn','role':'qa','op':'revoke'");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_kill(&h, "quinn", R, "acme"), "does not hold");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_kill(&h, "stranger", R, "acme"), "not enrolled");
}

Test(kill, ksw6_killed_for_all)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	cr_assert(history_allowed(&h, R, "acme"), "%s", h.err.text);
	HISTORY_MUST(&h, history_kill(&h, "quinn", R, "*"));
	cr_assert(!history_allowed(&h, R, "acme"));
	cr_assert(strstr(h.err.text, "KSW-6"), "%s", h.err.text);
	cr_assert(!history_allowed(&h, R, "SBNC-dev"));
	judge_next();
	HISTORY_IS(&h, "KSW-6", FINDING_UNMET);
	HISTORY_SAYS(&h, "KSW-6", "every tenant since 2025-01-06T09:00:00Z by quinn");
	cr_assert(history_finding(&h, "KSW-6")->blocks);
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	HISTORY_ALREADY(&h, history_kill(&h, "otto", R, "*"));
	HISTORY_ALREADY(&h, history_kill(&h, "otto", R, "acme"));
}

Test(kill, ksw6_killed_for_one_and_named_since_the_first)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_kill(&h, "quinn", R, "acme"));
	cr_assert(!history_allowed(&h, R, "acme"));
	cr_assert(history_allowed(&h, R, "SBNC-dev"), "%s", h.err.text);
	history_pass(&h, 3600);
	HISTORY_MUST(&h, history_act(&h, "otto", "switch.killed", R, NULL, "'tenants':['acme','SBNC-dev'],'reason':'more'"));
	judge_next();
	HISTORY_SAYS(&h, "KSW-6", "acme since 2025-01-06T09:00:00Z by quinn");
	HISTORY_SAYS(&h, "KSW-6", "SBNC-dev since 2025-01-06T10:00:00Z by otto");
}

Test(kill, ksw6_some_are_restored)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_kill(&h, "quinn", R, "*"));
	HISTORY_MUST(&h, approve("jane", "dev-lead"));
	HISTORY_MUST(&h, restore("otto", "'SBNC-dev','acme'"));
	cr_assert(history_allowed(&h, R, "acme"), "%s", h.err.text);
	cr_assert(history_allowed(&h, R, "SBNC-dev"), "%s", h.err.text);
	cr_assert(!history_allowed(&h, R, "SBNC-staging"));
	judge_next();
	HISTORY_IS(&h, "KSW-6", FINDING_UNMET);
	HISTORY_SAYS(&h, "KSW-6", "every tenant but those restored");
	HISTORY_REFUSED(&h, ERR_REFUSED, restore("otto", "'*'"), "after the last kill");
	HISTORY_ALREADY(&h, restore("otto", "'acme'"));
	/* Killed once more for every tenant: those restored are killed again. */
	HISTORY_MUST(&h, history_kill(&h, "otto", R, "*"));
	cr_assert(!h.already && !history_allowed(&h, R, "acme"));
	HISTORY_MUST(&h, approve("jane", "dev-lead"));
	HISTORY_MUST(&h, restore("otto", "'*'"));
	judge_next();
	HISTORY_IS(&h, "KSW-6", FINDING_MET);
	cr_assert(history_allowed(&h, R, "SBNC-staging"), "%s", h.err.text);
}

Test(kill, ksw6_every_tenant_restored_one_by_one_ends_the_kill)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_kill(&h, "quinn", R, "*"));
	HISTORY_MUST(&h, approve("jane", "dev-lead"));
	HISTORY_MUST(&h, restore("otto", "'SBNC-dev','SBNC-staging','acme','birch'"));
	judge_next();
	HISTORY_IS(&h, "KSW-6", FINDING_UNMET);
	HISTORY_MUST(&h, approve("jane", "dev-lead"));
	HISTORY_MUST(&h, restore("otto", "'quiet'"));
	judge_next();
	HISTORY_IS(&h, "KSW-6", FINDING_MET);
}

struct restoring { enum release_class class; struct { const char *person, *role; } asked[2]; const char *wrong; };

Test(kill, ksw6_restoring_asks_for_the_roles_of_the_class)
{
	static const struct restoring rows[] = {
		{ CLASS_UI_ONLY, { { "jane", "dev-lead" } }, "qa" },
		{ CLASS_WORKFLOW, { { "jane", "dev-lead" }, { "quinn", "qa" } }, "system-owner" },
		{ CLASS_CAPABILITY, { { "jane", "dev-lead" }, { "bob", "system-owner" } }, "qa" },
		{ CLASS_MECHANISM, { { "bob", "system-owner" } }, "dev-lead" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct restoring *row = &rows[i];
		const char *release = arena_printf(&h.arena, "%s-%zu", R, i);

		history_bring(&h, release, row->class, CHANNEL_EXPERIMENTAL);
		HISTORY_MUST(&h, history_kill(&h, "otto", release, "*"));
		HISTORY_REFUSED(&h, ERR_REFUSED,
				history_act(&h, strcmp(row->wrong, "qa") == 0 ? "quinn" : strcmp(row->wrong, "dev-lead") == 0 ? "jane" : "bob", "switch.approved",
					    release, NULL, "'role':'%s','reason':'mended'", row->wrong),
				"CLS-3");
		for (size_t k = 0; k < 2 && row->asked[k].person; k++) {
			HISTORY_REFUSED(&h, ERR_REFUSED,
					history_act(&h, "otto", "switch.restored", release, NULL, "'tenants':['*'],'reason':'mended','approvals':[]"), "KSW-6");
			HISTORY_MUST(&h, history_act(&h, row->asked[k].person, "switch.approved", release, NULL, "'role':'%s','reason':'mended'",
						     row->asked[k].role));
		}
		HISTORY_MUST(&h, history_act(&h, "otto", "switch.restored", release, NULL, "'tenants':['*'],'reason':'mended','approvals':[]"));
		cr_assert(!dossier_is_killed(history_dossier(&h, release)));
	}
}

Test(kill, ksw6_distinct_persons_in_roles_they_hold)
{
	HISTORY_MUST(&h, history_act(&h, "bob", "person.role", NULL, NULL, "'person':'dirk','role':'system-owner','op':'grant'"));
	history_bring(&h, R, CLASS_CAPABILITY, CHANNEL_EXPERIMENTAL);
	HISTORY_REFUSED(&h, ERR_REFUSED, approve("dirk", "dev-lead"), "not killed");
	HISTORY_MUST(&h, history_kill(&h, "otto", R, "*"));
	HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "dirk", "switch.approved", R, NULL, "'role':'dev-lead','reason':' '"), "reason");
	HISTORY_REFUSED(&h, ERR_REFUSED, approve("otto", "dev-lead"), "does not hold");
	HISTORY_MUST(&h, approve("dirk", "dev-lead"));
	HISTORY_ALREADY(&h, approve("dirk", "dev-lead"));
	HISTORY_REFUSED(&h, ERR_REFUSED, approve("jane", "dev-lead"), "I-16");
	HISTORY_REFUSED(&h, ERR_REFUSED, approve("dirk", "system-owner"), "I-5");
	HISTORY_REFUSED(&h, ERR_REFUSED, restore("otto", "'*'"), "System Owner");
	HISTORY_MUST(&h, approve("olga", "system-owner"));
	HISTORY_MUST(&h, restore("otto", "'*'"));
}

Test(kill, ksw6_approvals_come_after_the_last_kill_and_serve_once)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_kill(&h, "otto", R, "acme"));
	HISTORY_MUST(&h, approve("jane", "dev-lead"));
	HISTORY_MUST(&h, history_kill(&h, "otto", R, "SBNC-dev"));
	HISTORY_REFUSED(&h, ERR_REFUSED, restore("otto", "'acme'"), "after the last kill");
	HISTORY_MUST(&h, approve("jane", "dev-lead"));
	HISTORY_ALREADY(&h, history_kill(&h, "otto", R, "SBNC-dev"));
	HISTORY_MUST(&h, restore("otto", "'acme'"));
	HISTORY_REFUSED(&h, ERR_REFUSED, restore("otto", "'SBNC-dev'"), "after the last kill");
	HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "otto", "switch.restored", R, NULL, "'tenants':['SBNC-dev'],'reason':' ','approvals':[]"), "reason");
	HISTORY_REFUSED(&h, ERR_REFUSED, restore("quinn", "'SBNC-dev'"), "section 11");
}

Test(kill, ksw6_a_drill_is_no_kill)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, test_switch("production", "pass"));
	judge_next();
	HISTORY_IS(&h, "KSW-6", FINDING_MET);
	cr_assert(history_allowed(&h, R, "acme"), "%s", h.err.text);
	cr_assert_eq(history_dossier(&h, R)->last_kill.seq, 0);
}

Test(kill, ksw6_the_soak_starts_anew_at_the_last_restore)
{
	static const enum channel channels[] = { CHANNEL_EXPERIMENTAL, CHANNEL_CANDIDATE };

	for (size_t i = 0; i < 2; i++) {
		const char *release = i ? "R-2" : R;
		instant restored;

		history_bring(&h, release, CLASS_UI_ONLY, channels[i]);
		history_pass(&h, 6 * WHEN_DAY_S);
		HISTORY_MUST(&h, history_act(&h, "otto", "switch.killed", release, NULL, "'tenants':['acme','SBNC-dev'],'reason':'wrong'"));
		(void)history_judge(&h, release, CHANNEL_NONE);
		HISTORY_IS(&h, "CHN-2", FINDING_UNMET);
		cr_assert_eq(h.verdict.earliest, WHEN_NONE, "no date while it is killed");
		history_pass(&h, 3600);
		HISTORY_MUST(&h, history_act(&h, "jane", "switch.approved", release, NULL, "'role':'dev-lead','reason':'mended'"));
		HISTORY_MUST(&h, history_act(&h, "otto", "switch.restored", release, NULL, "'tenants':['acme'],'reason':'mended','approvals':[]"));
		(void)history_judge(&h, release, CHANNEL_NONE);
		HISTORY_IS(&h, "CHN-2", FINDING_UNMET);
		history_pass(&h, 3600);
		HISTORY_MUST(&h, history_act(&h, "jane", "switch.approved", release, NULL, "'role':'dev-lead','reason':'mended'"));
		restored = h.now;
		HISTORY_MUST(&h, history_act(&h, "otto", "switch.restored", release, NULL, "'tenants':['*'],'reason':'mended','approvals':[]"));
		history_pass(&h, WHEN_WEEK_S - 1);
		(void)history_judge(&h, release, CHANNEL_NONE);
		HISTORY_IS(&h, "CHN-2", FINDING_WAITING);
		cr_assert_eq(h.verdict.earliest, restored + WHEN_WEEK_S);
		history_pass(&h, 1);
		(void)history_judge(&h, release, CHANNEL_NONE);
		HISTORY_IS(&h, "CHN-2", FINDING_MET);
	}
}

Test(kill, ksw6_a_kill_in_dev_restarts_no_soak)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_DEV);
	cr_assert(history_allowed(&h, R, "SBNC-dev"), "%s", h.err.text);
	HISTORY_MUST(&h, history_kill(&h, "otto", R, "*"));
	cr_assert(!history_allowed(&h, R, "SBNC-dev"));
	judge_next();
	HISTORY_IS(&h, "KSW-6", FINDING_UNMET);
	HISTORY_IS(&h, "CHN-2", FINDING_MET);
	HISTORY_REFUSED(&h, ERR_REFUSED, history_approve(&h, R, "jane", ROLE_DEV_LEAD, CHANNEL_EXPERIMENTAL), "KSW-6");
	HISTORY_MUST(&h, approve("jane", "dev-lead"));
	HISTORY_MUST(&h, restore("otto", "'*'"));
	judge_next();
	HISTORY_IS(&h, "KSW-6", FINDING_MET);
	HISTORY_IS(&h, "CHN-2", FINDING_MET);
}

Test(kill, ksw6_nothing_is_promoted_while_killed)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_DEV);
	history_approve_all(&h, R, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_kill(&h, "otto", R, "quiet"));
	HISTORY_REFUSED(&h, ERR_REFUSED, history_promote(&h, "jane", R, CHANNEL_EXPERIMENTAL), "KSW-6");
}

Test(kill, ksw6_what_a_tenant_is_served_is_confirmed)
{
	HISTORY_MUST(&h, history_act(&h, "bob", "component.added", NULL, NULL, "'component':'probe','key':'ssh-ed25519 probe'"));
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "otto", "switch.confirmed", R, NULL, "'state':'off'"), "--tenant");
	HISTORY_REFUSED(&h, ERR_MISSING, history_act(&h, "otto", "switch.confirmed", R, "nowhere", "'state':'off'"), "no tenant");
	HISTORY_REFUSED(&h, ERR_MISSING, history_act(&h, "otto", "switch.confirmed", "R-9", "acme", "'state':'off'"), "no release");
	HISTORY_MUST(&h, history_act(&h, "quinn", "switch.confirmed", R, "acme", "'state':'on'"));
	HISTORY_ALREADY(&h, history_act(&h, "probe", "switch.confirmed", R, "acme", "'state':'on'"));
	HISTORY_MUST(&h, history_act(&h, "probe", "switch.observed", R, "acme", "'state':'off','source':'flagd'"));
	HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "quinn", "switch.observed", R, "acme", "'state':'on','source':'flagd'"), "component");
	HISTORY_MUST(&h, history_kill(&h, "otto", R, "acme"));
	HISTORY_MUST(&h, history_act(&h, "quinn", "switch.confirmed", R, "acme", "'state':'off'"));
	cr_assert(!h.already, "seen off after the kill is news");
	cr_assert(!history_allowed(&h, R, "acme"), "what is confirmed changes nothing about what is allowed");
}
