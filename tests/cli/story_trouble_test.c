#include <config.h>

#include <stdio.h>

#include <criterion/criterion.h>

#include "../support/story.h"

TestSuite(story_trouble, .timeout = 120, .description = "what happens to a release on its way when something goes wrong");

/* MEM-3: while the newest memo is NO-GO stable is blocked, and the later GO says what became of the remediation. */
Test(story_trouble, no_go_blocks_until_a_go_says_what_became_of_it)
{
	struct shell opened, *shell = &opened;

	shell_open(shell);
	story_in_candidate(shell, "swap");
	story_answer_candidate(shell, "swap");
	shell_at(shell, "2025-03-12T09:00:00Z");
	EXPECT(2, shell_as(shell, "jane", "memo draft swap --decision no-go --no-risks --remediation 'Cache the page'"));
	EXPECT_SAID("--rationale");
	EXPECT(2, shell_as(shell, "jane", "memo draft swap --decision no-go --no-risks --rationale 'The page is slow'"));
	EXPECT_SAID("--remediation");
	/* MEM-4: a memo of either decision prints "None" only where somebody said so. */
	EXPECT(2, shell_as(shell, "jane", "memo draft swap --decision no-go --rationale 'The page is slow' --remediation 'Cache the page'"));
	EXPECT_SAID("Give it with --no-risks");
	EXPECT(0, shell_as(shell, "jane", "memo draft swap --decision no-go --no-risks --rationale 'The page is slow' --remediation 'Cache the page'"));
	EXPECT(3, shell_as(shell, "jane", "memo sign swap --role dev-lead"));
	EXPECT(0, shell_as(shell, "bob", "memo sign swap --role system-owner"));
	EXPECT_SAID("issued");
	EXPECT(0, shell_run(shell, "memo show swap"));
	EXPECT_SAID("DECISION: NO-GO");
	EXPECT_SAID("- [ ] All channel durations met");
	EXPECT_SAID("Dev Lead: not required");
	EXPECT_SAID("The page is slow");
	EXPECT_SAID("Cache the page");
	shell_at(shell, "2025-03-17T09:00:00Z");
	story_verdict(shell, "swap", 1, "blocked");
	story_finding(shell, "MEM-3", "failed", "memo draft swap");
	EXPECT(3, shell_as(shell, "otto", "promote swap --to stable"));
	EXPECT_SAID("MEM-3");
	EXPECT(2, shell_as(shell, "jane", "memo draft swap --decision go --no-risks"));
	EXPECT_SAID("--note");
	/* A GO has no section for them. */
	EXPECT(2, shell_as(shell, "jane", "memo draft swap --decision go --no-risks --note 'The page is cached' --remediation 'Cache the page'"));
	EXPECT_SAID("MEM-3");
	EXPECT(0, shell_as(shell, "jane", "memo draft swap --decision go --no-risks --note 'The page is cached; 80 ms'"));
	EXPECT_SAID("It waits for the signature of jane and of bob.");
	story_verdict(shell, "swap", 1, "blocked");
	EXPECT(0, shell_as(shell, "jane", "memo sign swap --role dev-lead"));
	EXPECT_SAID("bob");
	story_verdict(shell, "swap", 1, "blocked");
	EXPECT(0, shell_as(shell, "bob", "memo sign swap --role system-owner"));
	story_verdict(shell, "swap", 0, "go");
	EXPECT(0, shell_as(shell, "otto", "promote swap --to stable"));
	EXPECT(0, shell_run(shell, "memo show swap --version 1"));
	EXPECT_SAID("DECISION: NO-GO");
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}

/* CHN-6, CHN-4, RBK-1, RBK-2: halt, evaluation, rollback with its steps, notification and verification. */
Test(story_trouble, sev1_in_experimental_ends_in_a_rollback)
{
	struct shell opened, *shell = &opened;
	struct sheet sheet = { .release = "panel", .class = "Capability exposure (guarded)", .kill_switch = "SWAP_ENABLED (default: off)",
			       .manifest_lines = "Feature Flag: SWAP_BUTTON (default: off)\n" };

	shell_open(shell);
	shell_at(shell, "2025-03-03T09:00:00Z");
	shell_people(shell);
	sheet_import(shell, &sheet);
	story_answer_dev(shell, "panel");
	story_to_experimental(shell, "panel");
	shell_at(shell, "2025-03-04T09:00:00Z");
	EXPECT(0, shell_as(shell, "otto", "incident open panel --severity 1 --summary 'A place was given twice' --cross-tenant"));
	EXPECT_SAID("halt");
	story_verdict(shell, "panel", 1, "blocked");
	story_finding(shell, "CHN-6", "unmet", "INC-1");
	story_finding(shell, "CHN-2", "unmet", "INC-1");
	story_finding(shell, "HS-4", "unmet", "INC-1");
	EXPECT(3, shell_as(shell, "jane", "incident evaluate panel rollback --rationale 'It may happen again'"));
	EXPECT(3, shell_as(shell, "otto", "rollback start panel --reason 'INC-1'"));
	EXPECT_SAID("RBK-2");
	EXPECT(0, shell_as(shell, "bob", "incident evaluate panel rollback --rationale 'It may happen again'"));
	EXPECT_SAID("Start it with gonogo rollback start panel --reason TEXT");
	EXPECT(0, shell_as(shell, "bob", "status"));
	EXPECT_SAID("start the rollback (CHN-6)");
	story_verdict(shell, "panel", 1, "blocked");
	story_finding(shell, "CHN-6", "unmet", "rollback start panel");
	EXPECT(0, shell_run(shell, "allowed panel --tenant SBNC-dev"));
	EXPECT(0, shell_as(shell, "otto", "rollback start panel --reason 'INC-1' --incident INC-1"));
	EXPECT_SAID("rollback step panel");
	EXPECT(0, shell_as(shell, "bob", "status"));
	EXPECT_SAID("finish the rollback (CHN-6)");
	EXPECT(1, shell_run(shell, "allowed panel --tenant SBNC-dev"));
	EXPECT_SAID("RBK-1");
	story_verdict(shell, "panel", 1, "blocked");
	story_finding(shell, "CHN-1", "unmet", "RBK-1");
	EXPECT(3, shell_as(shell, "quinn", "answer panel OBS-1 pass"));
	EXPECT(3, shell_as(shell, "bob", "approve panel --role system-owner"));
	EXPECT(3, shell_as(shell, "otto", "promote panel --to candidate"));
	EXPECT(0, shell_as(shell, "otto", "rollback step panel 1 done"));
	EXPECT(3, shell_as(shell, "otto", "rollback finish panel --verification pass --note 'no swap is offered; no data was exposed'"));
	EXPECT_SAID("Step 2");
	EXPECT(2, shell_as(shell, "otto", "rollback step panel 2 skipped"));
	EXPECT_SAID("--note");
	EXPECT(0, shell_as(shell, "otto", "rollback step panel 2 skipped --note 'the log is quiet since the switch'"));
	EXPECT(0, shell_as(shell, "otto", "rollback notify panel bob jane"));
	EXPECT(0, shell_as(shell, "otto", "rollback finish panel --verification fail --note 'one page still offers it'"));
	EXPECT(1, shell_run(shell, "allowed panel --tenant SBNC-dev"));
	EXPECT(0, shell_as(shell, "otto", "rollback finish panel --verification pass --note 'no swap is offered; no data was exposed'"));
	EXPECT(1, shell_run(shell, "allowed panel --tenant SBNC-dev"));
	EXPECT_SAID("rolled-back");
	story_verdict(shell, "panel", 1, "blocked");
	story_finding(shell, "CHN-1", "unmet", "release copy panel");
	EXPECT(3, shell_as(shell, "quinn", "answer panel OBS-1 pass"));
	EXPECT_SAID("release copy panel");
	EXPECT(3, shell_as(shell, "otto", "promote panel --to candidate"));
	EXPECT_SAID("release copy panel");
	EXPECT(0, shell_as(shell, "jane", "release copy panel panel-2"));
	story_verdict(shell, "panel-2", 1, "open");
	story_finding(shell, "CHN-1", "met", NULL);
	story_finding(shell, "CHN-6", "met", NULL);
	EXPECT(0, shell_run(shell, "log --release panel --kind rollback.finished"));
	EXPECT_SAID("otto");
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}

/* RBK-2: an operator starts a rollback with a System Owner's approval, which serves 24 hours and one rollback. */
Test(story_trouble, approval_of_a_rollback_serves_a_day)
{
	struct shell opened, *shell = &opened;
	struct sheet sheet = { .release = "panel", .class = "Capability exposure (guarded)", .kill_switch = "SWAP_ENABLED (default: off)",
			       .manifest_lines = "Feature Flag: SWAP_BUTTON (default: off)\n" };

	shell_open(shell);
	shell_at(shell, "2025-03-03T09:00:00Z");
	shell_people(shell);
	sheet_import(shell, &sheet);
	story_answer_dev(shell, "panel");
	story_to_experimental(shell, "panel");
	EXPECT(3, shell_as(shell, "jane", "rollback start panel --reason 'nobody uses it'"));
	EXPECT_SAID("rollback approve panel");
	EXPECT(3, shell_as(shell, "jane", "rollback approve panel"));
	EXPECT(0, shell_as(shell, "bob", "rollback approve panel"));
	EXPECT_SAID("24 hours");
	shell_at(shell, "2025-03-04T09:00:01Z");
	EXPECT(3, shell_as(shell, "otto", "rollback start panel --reason 'nobody uses it'"));
	EXPECT(0, shell_as(shell, "bob", "rollback approve panel"));
	shell_at(shell, "2025-03-05T09:00:01Z");
	EXPECT(3, shell_as(shell, "quinn", "rollback start panel --reason 'nobody uses it'"));
	EXPECT(0, shell_as(shell, "otto", "rollback start panel --reason 'nobody uses it'"));
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}

/* RBK-2: a Dev Lead rolls a workflow change back, and the System Owner is notified before it is finished. */
Test(story_trouble, workflow_rollback_waits_for_the_system_owner_to_know)
{
	struct shell opened, *shell = &opened;

	shell_open(shell);
	story_in_candidate(shell, "swap");
	EXPECT(0, shell_as(shell, "jane", "rollback start swap --reason 'The page is slow'"));
	EXPECT_SAID("rollback notify swap");
	EXPECT(0, shell_as(shell, "jane", "rollback step swap 1 done"));
	EXPECT(0, shell_as(shell, "jane", "rollback step swap 2 done"));
	EXPECT(0, shell_as(shell, "jane", "rollback notify swap quinn"));
	EXPECT(3, shell_as(shell, "jane", "rollback finish swap --verification pass --note 'no swap is offered; no data was exposed'"));
	EXPECT_SAID("System Owner");
	EXPECT_SAID("rollback notify swap bob");
	EXPECT(0, shell_as(shell, "jane", "rollback notify swap bob"));
	EXPECT(0, shell_as(shell, "jane", "rollback finish swap --verification pass --note 'no swap is offered; no data was exposed'"));
	EXPECT(1, shell_run(shell, "allowed swap --tenant acme"));
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}

/* CHN-2, CHN-5, MEM-2: any incident in candidate, and the soak begins anew when it is resolved. */
Test(story_trouble, sev3_in_candidate_begins_the_soak_anew)
{
	struct shell opened, *shell = &opened;

	shell_open(shell);
	story_in_candidate(shell, "swap");
	story_answer_candidate(shell, "swap");
	shell_at(shell, "2025-03-14T09:00:00Z");
	EXPECT(0, shell_as(shell, "quinn", "incident open swap --severity 3 --summary 'The list is sorted wrongly'"));
	story_verdict(shell, "swap", 1, "open");
	story_finding(shell, "CHN-2", "unmet", "incident resolve INC-1");
	story_finding(shell, "CHN-5", "unmet", "INC-1");
	shell_at(shell, "2025-03-15T12:00:00Z");
	EXPECT(3, shell_as(shell, "quinn", "incident resolve INC-1 --resolution 'sorted'"));
	EXPECT(0, shell_as(shell, "jane", "incident resolve INC-1 --resolution 'sorted by name again'"));
	story_verdict(shell, "swap", 1, "open");
	story_finding(shell, "CHN-2", "waiting", "2025-03-22T12:00:00Z");
	story_finding(shell, "CHN-5", "stale", "answer swap CHN-5");
	shell_at(shell, "2025-03-22T11:59:59Z");
	EXPECT(0, shell_as(shell, "quinn", "answer swap CHN-5 pass"));
	story_verdict(shell, "swap", 8, "wait");
	EXPECT(0, shell_as(shell, "jane", "memo draft swap --decision go --no-risks"));
	EXPECT(3, shell_as(shell, "jane", "memo sign swap --role dev-lead"));
	shell_at(shell, "2025-03-22T12:00:00Z");
	EXPECT(0, shell_as(shell, "jane", "memo draft swap --decision go --no-risks"));
	story_verdict(shell, "swap", 1, "open");
	story_finding(shell, "CHN-5", "met", "INC-1");
	story_sign(shell, "swap");
	story_verdict(shell, "swap", 0, "go");
	EXPECT(0, shell_run(shell, "memo show swap"));
	EXPECT_SAID("INC-1");
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}

/* KSW-6: nobody may be served, no transition; the roles of the class restore, and the soak begins anew. */
Test(story_trouble, kill_in_candidate_needs_the_class_to_restore)
{
	struct shell opened, *shell = &opened;

	shell_open(shell);
	story_in_candidate(shell, "swap");
	story_answer_candidate(shell, "swap");
	shell_at(shell, "2025-03-14T09:00:00Z");
	EXPECT(2, shell_as(shell, "quinn", "switch kill swap --tenant acme"));
	EXPECT_SAID("--reason");
	EXPECT(0, shell_as(shell, "quinn", "switch kill swap --tenant acme --reason 'acme sees wrong names'"));
	EXPECT_SAID("swap --role");
	EXPECT(1, shell_run(shell, "allowed swap --tenant acme"));
	EXPECT_SAID("by quinn");
	EXPECT(0, shell_run(shell, "allowed swap --tenant SBNC-dev"));
	story_verdict(shell, "swap", 1, "blocked");
	story_finding(shell, "KSW-6", "unmet", "acme");
	story_finding(shell, "KSW-6", "unmet", "quinn");
	story_finding(shell, "CHN-2", "unmet", NULL);
	EXPECT(3, shell_as(shell, "otto", "switch restore swap --reason 'names are right again'"));
	EXPECT_SAID("switch approve swap");
	EXPECT(0, shell_as(shell, "jane", "switch approve swap --role dev-lead --reason 'fixed in the data'"));
	EXPECT(3, shell_as(shell, "jane", "switch approve swap --role qa --reason 'fixed in the data'"));
	EXPECT(3, shell_as(shell, "otto", "switch restore swap --reason 'names are right again'"));
	EXPECT_SAID("QA");
	EXPECT(0, shell_as(shell, "quinn", "switch approve swap --role qa --reason 'seen with acme'"));
	shell_at(shell, "2025-03-14T15:30:00Z");
	EXPECT(0, shell_as(shell, "otto", "switch restore swap --reason 'names are right again'"));
	EXPECT(0, shell_run(shell, "allowed swap --tenant acme"));
	story_verdict(shell, "swap", 1, "open");
	story_finding(shell, "KSW-6", "met", NULL);
	story_finding(shell, "CHN-2", "waiting", "2025-03-21T15:30:00Z");
	story_finding(shell, "CHN-5", "stale", NULL);
	/* One restore uses the approvals up, also one that names some of the killed tenants. */
	EXPECT(0, shell_as(shell, "otto", "switch kill swap --tenant acme --tenant SBNC-dev --reason 'both see wrong names'"));
	EXPECT(3, shell_as(shell, "otto", "switch restore swap --tenant acme --reason 'in a hurry'"));
	EXPECT(0, shell_as(shell, "jane", "switch approve swap --role dev-lead --reason 'fixed in the data'"));
	EXPECT(0, shell_as(shell, "quinn", "switch approve swap --role qa --reason 'seen with acme'"));
	EXPECT(0, shell_as(shell, "otto", "switch restore swap --tenant acme --reason 'acme is right again'"));
	EXPECT(0, shell_run(shell, "allowed swap --tenant acme"));
	EXPECT(1, shell_run(shell, "allowed swap --tenant SBNC-dev"));
	EXPECT(3, shell_as(shell, "otto", "switch restore swap --tenant SBNC-dev --reason 'in a hurry'"));
	EXPECT(0, shell_as(shell, "otto", "switch kill swap --reason 'again'"));
	EXPECT(3, shell_as(shell, "otto", "switch restore swap --reason 'in a hurry'"));
	EXPECT(0, shell_run(shell, "log --kind switch.killed"));
	EXPECT_SAID("again");
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}
