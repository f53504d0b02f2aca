#include <config.h>

#include <stdio.h>

#include <criterion/criterion.h>

#include "../support/story.h"

TestSuite(story_class, .timeout = 120, .description = "a release of each class, from its documents to stable, as people type it");

static void approve_candidate(struct shell *shell, const char *release, bool owner_too)
{
	EXPECT(0, shell_as(shell, "jane", "approve %s --role dev-lead", release));
	EXPECT(0, shell_as(shell, "quinn", "approve %s --role qa", release));
	if (owner_too)
		EXPECT(0, shell_as(shell, "bob", "approve %s --role system-owner", release));
	EXPECT(0, shell_as(shell, "otto", "promote %s --to candidate", release));
}

static void finish(struct shell *shell, const char *release)
{
	story_sign(shell, release);
	story_verdict(shell, release, 0, "go");
	EXPECT(0, shell_as(shell, "otto", "promote %s --to stable", release));
	EXPECT(0, shell_run(shell, "allowed %s --tenant quiet", release));
	/* The memo that the promotion consumed stays issued (MEM-5), so that nobody is sent to draft another. */
	story_verdict(shell, release, 1, "blocked");
	story_finding(shell, "CHN-1", "unmet", "no channel after stable");
	story_finding(shell, "MEM-1", "met", NULL);
	story_finding(shell, "MEM-5", "met", "rests on memo");
	story_finding(shell, "APR-1", "met", "bob");
	story_finding(shell, "APR-2", "met", NULL);
	story_finding(shell, "APR-3", "met", NULL);
	EXPECT(0, shell_run(shell, "log --release %s --limit 1", release));
	EXPECT_SAID("stable");
	EXPECT(0, shell_run(shell, "verify"));
}

/* CLS-3, CLS-5, CHN-2 (I-2), CHN-7. */
Test(story_class, capability_needs_switch_and_flag_and_the_system_owner)
{
	struct shell opened, *shell = &opened;
	struct sheet sheet = { .release = "panel", .class = "Capability exposure (guarded)", .kill_switch = "SWAP_ENABLED (default: off)",
			       .tenants = "SBNC-dev, acme" };

	shell_open(shell);
	shell_at(shell, "2025-03-02T09:00:00Z");
	shell_people(shell);
	sheet_import(shell, &sheet);
	story_verdict(shell, "panel", 1, "blocked");
	story_finding(shell, "CLS-5", "unmet", "Feature Flag");
	story_finding(shell, "HS-2", "unmet", NULL);
	sheet.manifest_lines = "Feature Flag: SWAP_ENABLED (default: off)\n";
	sheet_import(shell, &sheet);
	story_verdict(shell, "panel", 1, "blocked");
	story_finding(shell, "CLS-5", "unmet", "SWAP_ENABLED");
	sheet.manifest_lines = "Feature Flag: SWAP_BUTTON (default: on)\n";
	sheet_import(shell, &sheet);
	story_verdict(shell, "panel", 1, "blocked");
	story_finding(shell, "CLS-5", "unmet", "SWAP_BUTTON");
	sheet.manifest_lines = "Feature Flag: SWAP_BUTTON (default: off)\n";
	sheet_import(shell, &sheet);
	story_verdict(shell, "panel", 1, "open");
	story_finding(shell, "PLN-3", "unmet", "acme");
	story_finding(shell, "CLS-5", "met", NULL);
	EXPECT(0, shell_as(shell, "otto", "tenant consent acme --method 'letter of 2025-03-01'"));
	shell_at(shell, "2025-03-03T09:00:00Z");
	story_answer_dev(shell, "panel");
	EXPECT(1, shell_run(shell, "allowed panel --tenant acme"));
	EXPECT(0, shell_run(shell, "allowed panel --tenant SBNC-dev"));
	story_to_experimental(shell, "panel");
	EXPECT(0, shell_run(shell, "allowed panel --tenant acme"));
	EXPECT(1, shell_run(shell, "allowed panel --tenant SBNC-staging"));
	shell_at(shell, "2025-03-10T09:00:00Z");
	story_answer_experimental(shell, "panel", 1);
	story_verdict(shell, "panel", 1, "open");
	story_finding(shell, "CHN-2", "waiting", "2025-03-17T09:00:00Z");
	story_finding(shell, "CLS-3", "unmet", "System Owner");
	EXPECT(0, shell_as(shell, "jane", "approve panel --role dev-lead"));
	EXPECT(0, shell_as(shell, "quinn", "approve panel --role qa"));
	EXPECT(3, shell_as(shell, "jane", "approve panel --role system-owner"));
	shell_at(shell, "2025-03-17T09:00:00Z");
	EXPECT(3, shell_as(shell, "otto", "promote panel --to candidate"));
	EXPECT_SAID("CLS-3");
	EXPECT(0, shell_as(shell, "bob", "approve panel --role system-owner"));
	EXPECT(0, shell_as(shell, "otto", "promote panel --to candidate"));
	EXPECT(0, shell_run(shell, "allowed panel --tenant SBNC-staging"));
	EXPECT(1, shell_run(shell, "allowed panel --tenant quiet"));
	story_answer_candidate(shell, "panel");
	shell_at(shell, "2025-03-24T09:00:00Z");
	EXPECT(3, shell_as(shell, "bob", "approve panel --role system-owner"));
	EXPECT_SAID("memo sign");
	EXPECT(0, shell_as(shell, "jane", "memo draft panel --decision go --no-risks"));
	finish(shell, "panel");
	shell_close(shell);
}

/* CLS-3, CLS-4, CLS-5, MEM-4, MEM-6, HS-3, HS-7. */
Test(story_class, mechanism_needs_its_own_memo_and_an_accepted_risk)
{
	struct shell opened, *shell = &opened;
	struct sheet sheet = { .release = "roles", .class = "Mechanism change (high risk)", .data = "The permission table gets a column",
			       .recovery = "Data Recovery: Runbook 12, one tenant from the nightly dump\n\n" };

	shell_open(shell);
	shell_at(shell, "2025-03-02T09:00:00Z");
	shell_people(shell);
	sheet_import(shell, &sheet);
	story_verdict(shell, "roles", 1, "blocked");
	story_finding(shell, "CLS-5", "unmet", "Restore Verification");
	story_finding(shell, "HS-3", "unanswered", "stop roles HS-3 clear");
	sheet.recovery = "Data Recovery: Runbook 12, one tenant from the nightly dump\n\nRestore Verification: Rehearsal 7, 2025-02-25, fail\n\n";
	sheet_import(shell, &sheet);
	story_verdict(shell, "roles", 1, "blocked");
	story_finding(shell, "CLS-5", "unmet", "Rehearsal 7");
	sheet.recovery = "Data Recovery: Runbook 12, one tenant from the nightly dump\n\nRestore Verification: Rehearsal 8, 2025-02-26, pass\n\n";
	sheet_import(shell, &sheet);
	shell_at(shell, "2025-03-03T09:00:00Z");
	story_answer_dev(shell, "roles");
	EXPECT(0, shell_as(shell, "jane", "stop roles HS-3 clear --reason 'one tenant was restored from the dump'"));
	EXPECT(0, shell_as(shell, "jane", "stop roles HS-7 clear --reason 'ran up and down twice'"));
	story_to_experimental(shell, "roles");
	shell_at(shell, "2025-03-17T09:00:00Z");
	story_answer_experimental(shell, "roles", 1);
	story_verdict(shell, "roles", 1, "open");
	story_finding(shell, "CLS-4", "unmet", "memo draft roles");
	story_finding(shell, "CLS-3", "unmet", NULL);
	EXPECT(0, shell_as(shell, "jane", "memo draft roles --decision go --kind mechanism --no-risks"));
	EXPECT(3, shell_as(shell, "bob", "memo sign roles --role system-owner"));
	EXPECT_SAID("risk");
	EXPECT(3, shell_as(shell, "jane", "accept-risk roles --risk 'A cache may be stale' --rationale 'It lives ten seconds'"));
	EXPECT(0, shell_as(shell, "bob", "accept-risk roles --risk 'A cache may be stale' --rationale 'It lives ten seconds'"));
	EXPECT(3, shell_as(shell, "jane", "memo draft roles --decision go --kind mechanism --no-risks"));
	EXPECT(0, shell_as(shell, "jane", "memo draft roles --decision go --kind mechanism"));
	EXPECT(0, shell_as(shell, "bob", "memo sign roles --role system-owner"));
	EXPECT(0, shell_run(shell, "memo show roles --kind mechanism"));
	EXPECT_SAID("Dev Lead: not required");
	EXPECT_SAID("A cache may be stale: It lives ten seconds");
	story_verdict(shell, "roles", 1, "open");
	story_finding(shell, "CLS-4", "met", NULL);
	story_finding(shell, "CLS-3", "unmet", "System Owner");
	approve_candidate(shell, "roles", true);
	story_answer_candidate(shell, "roles");
	shell_at(shell, "2025-03-24T09:00:00Z");
	EXPECT(3, shell_as(shell, "jane", "memo draft roles --decision go --no-risks"));
	EXPECT_SAID("A cache may be stale");
	EXPECT(0, shell_as(shell, "jane", "memo draft roles --decision go"));
	finish(shell, "roles");
	EXPECT(0, shell_run(shell, "memo list roles"));
	EXPECT_SAID("mechanism");
	shell_close(shell);
}

/* A risk accepted later makes the mechanism memo stale: it was signed over the risks of its day (MEM-6). */
Test(story_class, mechanism_memo_does_not_outlive_a_new_risk)
{
	struct shell opened, *shell = &opened;
	struct sheet sheet = { .release = "roles", .class = "Mechanism change (high risk)", .data = "The permission table gets a column",
			       .recovery = "Data Recovery: Runbook 12\n\nRestore Verification: Rehearsal 8, 2025-02-26, pass\n\n" };

	shell_open(shell);
	shell_at(shell, "2025-03-03T09:00:00Z");
	shell_people(shell);
	sheet_import(shell, &sheet);
	story_answer_dev(shell, "roles");
	EXPECT(0, shell_as(shell, "jane", "stop roles HS-3 clear --reason 'one tenant was restored from the dump'"));
	EXPECT(0, shell_as(shell, "jane", "stop roles HS-7 clear --reason 'ran up and down twice'"));
	EXPECT(0, shell_as(shell, "bob", "accept-risk roles --risk 'A cache may be stale' --rationale 'It lives ten seconds'"));
	EXPECT(0, shell_as(shell, "jane", "memo draft roles --decision go --kind mechanism"));
	EXPECT(0, shell_as(shell, "bob", "memo sign roles --role system-owner"));
	story_to_experimental(shell, "roles");
	story_verdict(shell, "roles", 1, "open");
	story_finding(shell, "CLS-4", "met", NULL);
	EXPECT(0, shell_as(shell, "bob", "accept-risk roles --risk 'Two admins at once' --rationale 'The last one wins'"));
	story_verdict(shell, "roles", 1, "open");
	story_finding(shell, "CLS-4", "stale", "changed by bob");
	EXPECT(0, shell_run(shell, "memo show roles --kind mechanism --version 1"));
	EXPECT(0, shell_run(shell, "memo list roles"));
	EXPECT_SAID("stale");
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}

/* CLS-3, CLS-5: the Dev Lead's approval, and the commit to revert. */
Test(story_class, ui_only_names_the_commit_to_revert)
{
	struct shell opened, *shell = &opened;
	struct sheet sheet = { .release = "labels", .class = "UI-only", .kill_switch = "SWAP_ENABLED (default: off)" };

	shell_open(shell);
	shell_at(shell, "2025-03-02T09:00:00Z");
	shell_people(shell);
	sheet_import(shell, &sheet);
	story_verdict(shell, "labels", 1, "blocked");
	story_finding(shell, "CLS-5", "unmet", "Revert Commit");
	sheet.manifest_lines = "Revert Commit: 4f2a91c\n";
	sheet_import(shell, &sheet);
	story_answer_dev(shell, "labels");
	story_verdict(shell, "labels", 1, "open");
	story_finding(shell, "CHN-2", "waiting", "2025-03-03T00:00:00Z");
	EXPECT(0, shell_as(shell, "jane", "approve labels --role dev-lead"));
	story_verdict(shell, "labels", 8, "wait");
	EXPECT(3, shell_as(shell, "jane", "promote labels --to experimental"));
	EXPECT_SAID("2025-03-03T00:00:00Z");
	shell_at(shell, "2025-03-03T00:00:00Z");
	EXPECT(0, shell_as(shell, "jane", "promote labels --to experimental"));
	shell_at(shell, "2025-03-10T00:00:00Z");
	story_answer_experimental(shell, "labels", 1);
	approve_candidate(shell, "labels", false);
	story_answer_candidate(shell, "labels");
	shell_at(shell, "2025-03-17T00:00:00Z");
	EXPECT(0, shell_as(shell, "jane", "memo draft labels --decision go --no-risks"));
	finish(shell, "labels");
	shell_close(shell);
}

/* HS-3, HS-7, DAT-6, RBP-1: declared data changes ask for the way back. */
Test(story_class, declared_data_changes_ask_for_the_way_back)
{
	struct shell opened, *shell = &opened;
	struct sheet sheet = { .release = "column", .data = "One column is added" };

	shell_open(shell);
	shell_at(shell, "2025-03-03T09:00:00Z");
	shell_people(shell);
	sheet_import(shell, &sheet);
	story_verdict(shell, "column", 1, "blocked");
	story_finding(shell, "RBP-1", "unmet", "Data Recovery");
	story_finding(shell, "HS-3", "unanswered", "Data Recovery");
	story_finding(shell, "HS-7", "unanswered", NULL);
	EXPECT(3, shell_as(shell, "quinn", "answer column DAT-6 na --note 'no migration'"));
	EXPECT_SAID("One column is added");
	sheet.recovery = "Data Recovery: Runbook 12\n\n";
	sheet_import(shell, &sheet);
	story_verdict(shell, "column", 1, "open");
	story_finding(shell, "RBP-1", "met", NULL);
	story_finding(shell, "HS-3", "unanswered", NULL);
	story_answer_dev(shell, "column");
	EXPECT(0, shell_as(shell, "jane", "stop column HS-3 clear --reason 'Runbook 12 was walked'"));
	EXPECT(0, shell_as(shell, "jane", "stop column HS-7 clear --reason 'ran up and down'"));
	EXPECT(0, shell_as(shell, "quinn", "answer column DAT-6 fail --note 'down leaves the column'"));
	story_verdict(shell, "column", 1, "blocked");
	story_finding(shell, "HS-7", "unmet", "stop column HS-7 clear");
	EXPECT(0, shell_as(shell, "quinn", "answer column DAT-6 pass --note 'down drops it now'"));
	story_verdict(shell, "column", 1, "blocked");
	story_finding(shell, "HS-7", "unmet", NULL);
	EXPECT(3, shell_as(shell, "quinn", "stop column HS-7 clear --reason 'fixed'"));
	EXPECT(0, shell_as(shell, "jane", "stop column HS-7 clear --reason 'down drops the column, run 4901'"));
	story_to_experimental(shell, "column");
	/* The way back is part of what was assessed: another rollback plan asks again. */
	sheet.recovery = "Data Recovery: Runbook 13\n\n";
	sheet_write(shell, &sheet);
	EXPECT(0, shell_as(shell, "jane", "import --release column rollback.txt"));
	story_verdict(shell, "column", 1, "open");
	story_finding(shell, "HS-3", "unanswered", NULL);
	story_finding(shell, "HS-7", "unanswered", NULL);
	story_finding(shell, "DAT-6", "met", NULL);
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}
