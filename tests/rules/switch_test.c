#include <config.h>

#include <stdio.h>
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

TestSuite(kill_switch, .init = open_history, .fini = close_history, .timeout = 30);

static void judge_next(void)
{
	(void)history_judge(&h, R, CHANNEL_NONE);
}

static enum err_kind define(const char *flag, const char *value, const char *more)
{
	return history_act(&h, "jane", "switch.defined", R, NULL, "'flag':'%s','default':'%s'%s", flag, value, more);
}

static enum err_kind test_switch(const char *environment, const char *result)
{
	const struct dossier *d = history_dossier(&h, R);
	const int64_t present = d->definition_source.seq > d->binding.seq ? d->definition_source.seq : d->binding.seq;

	return history_act(&h, "otto", "switch.tested", R, NULL, "'environment':'%s','result':'%s','definition':%lld,'note':'audit entry 7'", environment,
			   result, (long long)present);
}

Test(kill_switch, ksw1_form_and_manifest_agree)
{
	history_bring(&h, R, CLASS_WORKFLOW, CHANNEL_DEV);
	judge_next();
	HISTORY_IS(&h, "KSW-1", FINDING_MET);
	HISTORY_IS(&h, "HS-6", FINDING_MET);
	HISTORY_MUST(&h, define("other_name", "off", ",'enabled_for':'acme','activation':'console'"));
	judge_next();
	HISTORY_IS(&h, "KSW-1", FINDING_UNMET);
	HISTORY_SAYS(&h, "KSW-1", "one name for it");
	cr_assert(history_finding(&h, "HS-6")->blocks, "an unconfigured kill switch is a hard stop");
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	HISTORY_MUST(&h, define("filter_kill", "on", ",'enabled_for':'acme','activation':'console'"));
	judge_next();
	HISTORY_SAYS(&h, "KSW-1", "one default");
	HISTORY_MUST(&h, define("filter_kill", "off", ",'activation':'console'"));
	judge_next();
	HISTORY_SAYS(&h, "KSW-1", "the tenants that it is enabled for");
	HISTORY_MUST(&h, define("filter_kill", "off", ",'enabled_for':'acme'"));
	judge_next();
	HISTORY_SAYS(&h, "KSW-1", "the way to activate it");
}

Test(kill_switch, ksw1_without_form_or_manifest_line)
{
	history_register(&h, R, CLASS_UI_ONLY);
	judge_next();
	HISTORY_IS(&h, "KSW-1", FINDING_UNMET);
	HISTORY_SAYS(&h, "KSW-1", "the kill-switch form");
	HISTORY_MUST(&h, history_act(&h, "jane", "release.registered", R, NULL, "'class':'ui-only','description':'A filter','data_changes':'None'"));
	HISTORY_MUST(&h, define("filter_kill", "off", ",'enabled_for':'acme','activation':'console'"));
	judge_next();
	HISTORY_SAYS(&h, "KSW-1", "a kill switch in the manifest");
}

Test(kill_switch, ksw2_and_ksw5_are_answered_by_a_dev_lead)
{
	static const char *const ids[] = { "KSW-2", "KSW-5" };

	history_register(&h, R, CLASS_UI_ONLY);
	for (size_t i = 0; i < 2; i++) {
		judge_next();
		HISTORY_IS(&h, ids[i], FINDING_UNANSWERED);
		HISTORY_REFUSED(&h, ERR_REFUSED, history_answer(&h, "quinn", R, ids[i], "pass"), "Dev Lead");
		HISTORY_REFUSED(&h, ERR_REFUSED, history_answer(&h, "jane", R, ids[i], "na"), "not na");
		HISTORY_MUST(&h, history_answer(&h, "jane", R, ids[i], "fail"));
		judge_next();
		HISTORY_IS(&h, ids[i], FINDING_FAILED);
		cr_assert(history_finding(&h, ids[i])->blocks, "%s blocks when it failed", ids[i]);
		HISTORY_MUST(&h, history_answer(&h, "dirk", R, ids[i], "pass"));
		judge_next();
		HISTORY_IS(&h, ids[i], FINDING_MET);
	}
}

Test(kill_switch, ksw3_wants_dev_and_the_latest_passed)
{
	history_bring(&h, R, CLASS_WORKFLOW, CHANNEL_DEV);
	judge_next();
	HISTORY_IS(&h, "KSW-3", FINDING_MET);
	HISTORY_MUST(&h, test_switch("staging", "fail"));
	judge_next();
	HISTORY_IS(&h, "KSW-3", FINDING_FAILED);
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	HISTORY_MUST(&h, test_switch("staging", "pass"));
	judge_next();
	HISTORY_IS(&h, "KSW-3", FINDING_MET);
}

Test(kill_switch, ksw3_a_test_elsewhere_than_in_dev_does_not_do)
{
	history_register(&h, R, CLASS_UI_ONLY);
	HISTORY_REFUSED(&h, ERR_REFUSED, test_switch("dev", "pass"), "no kill switch to test");
	HISTORY_MUST(&h, define("filter_kill", "off", ",'enabled_for':'acme','activation':'console'"));
	HISTORY_MUST(&h, test_switch("staging", "pass"));
	judge_next();
	HISTORY_IS(&h, "KSW-3", FINDING_UNMET);
	HISTORY_MUST(&h, test_switch("dev", "pass"));
	judge_next();
	HISTORY_IS(&h, "KSW-3", FINDING_MET);
}

Test(kill_switch, ksw3_a_new_definition_or_binding_or_manifest_voids_the_tests)
{
	int64_t old;

	history_bring(&h, R, CLASS_WORKFLOW, CHANNEL_DEV);
	old = history_dossier(&h, R)->definition_source.seq;
	HISTORY_ALREADY(&h, define("filter_kill", "off", ",'enabled_for':'SBNC-dev','activation':'flag console'"));
	HISTORY_MUST(&h, define("filter_kill", "off", ",'enabled_for':'acme','activation':'flag console'"));
	judge_next();
	HISTORY_IS(&h, "KSW-3", FINDING_UNMET);
	HISTORY_REFUSED(&h, ERR_BUSY,
			history_act(&h, "otto", "switch.tested", R, NULL, "'environment':'dev','result':'pass','definition':%lld,'note':'n'", (long long)old),
			"anew meanwhile");
	HISTORY_MUST(&h, test_switch("dev", "pass"));
	HISTORY_MUST(&h, history_act(&h, "otto", "switch.bound", R, NULL, "'provider':'flagd','place':'filter','args':['--fast']"));
	judge_next();
	HISTORY_IS(&h, "KSW-3", FINDING_UNMET);
	HISTORY_MUST(&h, test_switch("dev", "pass"));
	HISTORY_ALREADY(&h, history_act(&h, "otto", "switch.bound", R, NULL, "'provider':'flagd','place':'filter','args':['--fast']"));
	HISTORY_MUST(&h, history_act(&h, "otto", "switch.bound", R, NULL, "'provider':'flagd','place':'filter','args':['--slow']"));
	cr_assert(!h.already, "other arguments are another binding");
	HISTORY_MUST(&h, test_switch("dev", "pass"));
	judge_next();
	HISTORY_IS(&h, "KSW-3", FINDING_MET);
	HISTORY_MUST(&h, history_act(&h, "jane", "release.registered", R, NULL,
				     "'class':'workflow','description':'Another filter','data_changes':'None','kill_switch':'Feature flag filter_kill (default: off)'"));
	judge_next();
	HISTORY_IS(&h, "KSW-3", FINDING_UNMET);
}

Test(kill_switch, ksw3_a_test_says_where_the_audit_trail_shows_it)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_DEV);
	HISTORY_REFUSED(&h, ERR_USAGE,
			history_act(&h, "otto", "switch.tested", R, NULL, "'environment':'dev','result':'pass','definition':%lld,'note':' '",
				    (long long)history_dossier(&h, R)->definition_source.seq),
			"note");
}

Test(kill_switch, ksw3_holds_in_every_channel)
{
	history_bring(&h, R, CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, test_switch("staging", "fail"));
	judge_next();
	HISTORY_IS(&h, "KSW-3", FINDING_FAILED);
	HISTORY_MUST(&h, test_switch("dev", "pass"));
	judge_next();
	HISTORY_IS(&h, "KSW-3", FINDING_MET);
}

Test(kill_switch, ksw4_kills_restores_and_tests_are_in_the_trail)
{
	static const char *const wanted[] = { "switch.tested", "switch.killed", "switch.restored" };
	size_t seen = 0;

	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_kill(&h, "otto", R, "acme"));
	HISTORY_MUST(&h, history_act(&h, "jane", "switch.approved", R, NULL, "'role':'dev-lead','reason':'mended'"));
	HISTORY_MUST(&h, history_act(&h, "otto", "switch.restored", R, "acme", "'tenants':['acme'],'reason':'mended','approvals':[]"));
	for (size_t i = 0; i < h.count; i++) {
		const struct fact *fact = &h.facts[i];

		for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++) {
			if (strcmp(fact->kind, wanted[k]) != 0)
				continue;
			cr_assert_str_eq(fact->actor, "otto");
			cr_assert_str_eq(fact->release, R);
			cr_assert_str_eq(fact->tenant, k ? "acme" : "*");
			cr_assert(strstr(fact->body, k ? "\"reason\":\"" : "\"note\":\""), "%s says why: %s", fact->kind, fact->body);
			seen++;
		}
	}
	cr_assert_eq(seen, 3, "each is there once");
}

static enum err_kind bind(void)
{
	return history_act(&h, "otto", "switch.bound", R, NULL, "'provider':'flagd','place':'/etc/flags.json'");
}

static enum err_kind find_switch(const char *more)
{
	return history_act(&h, "otto", "switch.found", R, NULL, "'place':'/etc/flags.json',%s", more);
}

#define ONES "1111111111111111111111111111111111111111111111111111111111111111"
#define TWOS "2222222222222222222222222222222222222222222222222222222222222222"

Test(kill_switch, ksw1_and_hs6_want_the_flag_where_it_is_bound)
{
	static const char *const states[] = { "flipped", "disabled", "unwritable", "missing", "gone", "malformed", "shadowed", "unreadable", "unclear", "silent" };

	history_bring(&h, R, CLASS_WORKFLOW, CHANNEL_DEV);
	HISTORY_MUST(&h, bind());
	judge_next();
	HISTORY_IS(&h, "KSW-1", FINDING_MET);
	for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
		char more[64];

		snprintf(more, sizeof more, "'state':'%s'", states[i]);
		HISTORY_MUST(&h, find_switch(more));
		judge_next();
		HISTORY_IS(&h, "KSW-1", FINDING_UNMET);
		HISTORY_SAYS(&h, "KSW-1", "by otto");
		cr_assert(history_finding(&h, "HS-6")->blocks, "%s is a hard stop", states[i]);
	}
	HISTORY_ALREADY(&h, find_switch("'state':'silent'"));
	HISTORY_MUST(&h, find_switch("'state':'ready','definition':'" ONES "'"));
	judge_next();
	HISTORY_IS(&h, "KSW-1", FINDING_MET);
	HISTORY_IS(&h, "HS-6", FINDING_MET);
	/* What was found elsewhere says nothing of another place. */
	HISTORY_MUST(&h, find_switch("'state':'gone'"));
	HISTORY_MUST(&h, history_act(&h, "otto", "switch.bound", R, NULL, "'provider':'env','place':'/etc/app.env'"));
	judge_next();
	HISTORY_IS(&h, "KSW-1", FINDING_MET);
	HISTORY_REFUSED(&h, ERR_BUSY, find_switch("'state':'gone'"), "not bound to that place");
}

Test(kill_switch, ksw3_wants_the_definition_that_is_there_now)
{
	history_bring(&h, R, CLASS_WORKFLOW, CHANNEL_DEV);
	HISTORY_MUST(&h, bind());
	HISTORY_MUST(&h, find_switch("'state':'ready','definition':'" ONES "'"));
	HISTORY_MUST(&h, history_act(&h, "otto", "switch.tested", R, NULL, "'environment':'dev','result':'pass','definition':%lld,'note':'drill','proven':'" ONES "'",
				     (long long)history_dossier(&h, R)->binding.seq));
	judge_next();
	HISTORY_IS(&h, "KSW-3", FINDING_MET);
	HISTORY_MUST(&h, find_switch("'state':'ready','definition':'" TWOS "'"));
	judge_next();
	HISTORY_IS(&h, "KSW-3", FINDING_UNMET);
	HISTORY_SAYS(&h, "KSW-3", "has changed since it was tested");
	HISTORY_MUST(&h, find_switch("'state':'ready','definition':'" ONES "'"));
	judge_next();
	HISTORY_IS(&h, "KSW-3", FINDING_MET);
}

/* What an approval judged has changed when the flag is not there any more, and when it is there again. */
Test(kill_switch, apr2_what_is_found_where_it_is_bound_makes_an_approval_stale)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_DEV);
	HISTORY_MUST(&h, bind());
	HISTORY_MUST(&h, find_switch("'state':'ready'"));
	HISTORY_MUST(&h, test_switch("dev", "pass"));
	history_approve_all(&h, R, CHANNEL_EXPERIMENTAL);
	HISTORY_ALREADY(&h, find_switch("'state':'ready'"));
	judge_next();
	HISTORY_VERDICT(&h, VERDICT_GO);
	HISTORY_MUST(&h, find_switch("'state':'missing'"));
	HISTORY_MUST(&h, find_switch("'state':'ready'"));
	judge_next();
	HISTORY_IS(&h, "APR-2", FINDING_STALE);
}
