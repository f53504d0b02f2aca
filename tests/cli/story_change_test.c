#include <config.h>

#include <stdio.h>

#include <criterion/criterion.h>

#include "../support/story.h"

TestSuite(story_change, .timeout = 120, .description = "what people and documents change while a release is on its way");

static void to_candidate(struct shell *shell, const char *release)
{
	story_answer_experimental(shell, release, 1);
	EXPECT(0, shell_as(shell, "jane", "approve %s --role dev-lead", release));
	EXPECT(0, shell_as(shell, "quinn", "approve %s --role qa", release));
	EXPECT(0, shell_as(shell, "otto", "promote %s --to candidate", release));
}

static void to_stable(struct shell *shell, const char *release)
{
	story_answer_candidate(shell, release);
	EXPECT(0, shell_as(shell, "jane", "memo draft %s --decision go --no-risks", release));
	story_sign(shell, release);
	EXPECT(0, shell_as(shell, "otto", "promote %s --to stable", release));
}

/* CHN-7, CHN-8, PLN-3: consent goes with effect at once; before T1 it stops the plan, after T1 it is a notice. */
Test(story_change, consent_withdrawn_on_the_way)
{
	struct shell opened, *shell = &opened;
	struct sheet sheet = { .tenants = "SBNC-dev, acme" };

	shell_open(shell);
	shell_at(shell, "2025-03-03T09:00:00Z");
	shell_people(shell);
	sheet_import(shell, &sheet);
	EXPECT(3, shell_as(shell, "jane", "plan approve swap"));
	EXPECT_SAID("acme");
	EXPECT(0, shell_as(shell, "otto", "tenant consent acme --release swap --method 'letter of 2025-03-01'"));
	story_answer_dev(shell, "swap");
	EXPECT(0, shell_as(shell, "jane", "approve swap --role dev-lead"));
	EXPECT(0, shell_as(shell, "otto", "tenant consent acme --withdraw --release swap"));
	story_verdict(shell, "swap", 1, "open");
	story_finding(shell, "PLN-3", "unmet", "acme");
	EXPECT(3, shell_as(shell, "jane", "promote swap --to experimental"));
	EXPECT_SAID("PLN-3: Every listed tenant must be eligible: CHN-7: no consent of acme is on record for swap.\n");
	EXPECT(0, shell_as(shell, "otto", "tenant consent acme --method 'letter of 2025-03-03'"));
	/* The listed tenants are part of what T1 was approved over (APR-2). */
	story_verdict(shell, "swap", 1, "open");
	story_finding(shell, "PLN-3", "met", NULL);
	story_finding(shell, "APR-2", "stale", "acme");
	story_to_experimental(shell, "swap");
	EXPECT(0, shell_run(shell, "allowed swap --tenant acme"));
	/* A withdrawal for one release leaves the wide consent, and says so. */
	EXPECT(0, shell_as(shell, "otto", "tenant consent acme --withdraw --release swap"));
	EXPECT_SAID("tenant consent acme --withdraw");
	EXPECT(0, shell_run(shell, "allowed swap --tenant acme"));
	EXPECT(0, shell_as(shell, "otto", "tenant consent acme --withdraw"));
	EXPECT(1, shell_run(shell, "allowed swap --tenant acme"));
	EXPECT_SAID("consent");
	EXPECT(0, shell_run(shell, "allowed swap --tenant SBNC-dev"));
	story_verdict(shell, "swap", 1, "open");
	EXPECT_SAID("\"notices\":[\"");
	EXPECT_SAID("acme");
	EXPECT(0, shell_as(shell, "otto", "tenant consent acme --method 'letter of 2025-03-04'"));
	EXPECT(0, shell_as(shell, "otto", "tenant opt-out acme"));
	EXPECT(1, shell_run(shell, "allowed swap --tenant acme"));
	EXPECT_SAID("opted out");
	EXPECT(3, shell_as(shell, "otto", "tenant opt-out acme stable"));
	EXPECT(3, shell_as(shell, "otto", "tenant opt-out acme candidate"));
	EXPECT_SAID("tenant track acme stable-only");
	EXPECT(0, shell_as(shell, "otto", "tenant consent acme --method 'letter of 2025-03-05'"));
	EXPECT(0, shell_run(shell, "allowed swap --tenant acme"));
	EXPECT(0, shell_run(shell, "log --tenant acme"));
	EXPECT_SAID("consent of acme: withdrawn");
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}

/* PLN-2, PLN-4, APR-2: an edit of the plan withdraws its approval, and what was approved over it is stale, with what changed. */
Test(story_change, plan_edited_after_its_approval)
{
	struct shell opened, *shell = &opened;
	struct sheet sheet = { .release = "swap" };

	shell_open(shell);
	shell_at(shell, "2025-03-02T09:00:00Z");
	shell_people(shell);
	sheet_import(shell, &sheet);
	story_answer_dev(shell, "swap");
	shell_at(shell, "2025-03-03T09:00:00Z");
	story_to_experimental(shell, "swap");
	shell_at(shell, "2025-03-10T09:00:00Z");
	story_answer_experimental(shell, "swap", 1);
	EXPECT(0, shell_as(shell, "jane", "approve swap --role dev-lead"));
	EXPECT(0, shell_as(shell, "quinn", "approve swap --role qa"));
	story_verdict(shell, "swap", 0, "go");
	EXPECT(0, shell_stock(shell, "sed -i 's/Ten swaps/Twenty swaps/' plan.txt"));
	EXPECT(0, shell_as(shell, "jane", "import plan.txt"));
	story_verdict(shell, "swap", 1, "open");
	story_finding(shell, "PLN-2", "unmet", "plan approve swap");
	story_finding(shell, "PLN-4.1", "unanswered", NULL);
	story_finding(shell, "APR-2", "stale", "plan");
	EXPECT(3, shell_as(shell, "otto", "promote swap --to candidate"));
	EXPECT(3, shell_as(shell, "jane", "approve swap --role dev-lead"));
	EXPECT_SAID("PLN-4.1");
	EXPECT(0, shell_as(shell, "bob", "plan approve swap"));
	EXPECT(0, shell_as(shell, "quinn", "answer swap PLN-4.1 pass --note 'twenty-two'"));
	EXPECT(0, shell_as(shell, "jane", "approve swap --role dev-lead"));
	EXPECT(0, shell_as(shell, "quinn", "approve swap --role qa"));
	EXPECT(0, shell_as(shell, "otto", "promote swap --to candidate"));
	/* In every channel. */
	EXPECT(0, shell_stock(shell, "sed -i 's/Twenty swaps/Thirty swaps/' plan.txt"));
	EXPECT(0, shell_as(shell, "jane", "import plan.txt"));
	story_verdict(shell, "swap", 1, "open");
	story_finding(shell, "PLN-2", "unmet", NULL);
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}

/* CLS-2, CLS-6: the manifest is frozen, and a fix is a new release that carries the documents and nothing else. */
Test(story_change, fix_while_soaking_is_a_new_release)
{
	struct shell opened, *shell = &opened;
	struct sheet sheet = { .release = "swap" };

	shell_open(shell);
	story_in_candidate(shell, "swap");
	sheet.data = "One column is added";
	sheet_write(shell, &sheet);
	EXPECT(3, shell_as(shell, "jane", "import manifest.txt"));
	EXPECT_SAID("release copy swap");
	EXPECT(3, shell_as(shell, "jane", "release classify swap ui-only"));
	EXPECT_SAID("CLS-2");
	EXPECT(0, shell_as(shell, "jane", "release copy swap swap-2"));
	EXPECT(3, shell_as(shell, "jane", "release copy swap swap-2"));
	EXPECT(0, shell_run(shell, "release show swap-2 manifest"));
	EXPECT_SAID("Release ID: swap-2\n");
	EXPECT_SAID("Supersedes: swap\n");
	EXPECT(0, shell_run(shell, "release show swap-2 plan"));
	EXPECT_SAID("Release: swap-2\n");
	EXPECT(0, shell_run(shell, "release show swap-2 rollback"));
	EXPECT(0, shell_run(shell, "release show swap-2 switch"));
	story_verdict(shell, "swap-2", 1, "open");
	story_finding(shell, "CHN-3", "unanswered", NULL);
	story_finding(shell, "KSW-3", "unmet", NULL);
	story_finding(shell, "HS-4", "unanswered", NULL);
	story_finding(shell, "PLN-2", "unmet", NULL);
	/* Before stable the old one must be out of the way (I-10). */
	EXPECT(1, shell_run(shell, "check swap-2 --to stable --json"));
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}

/* I-1: a class approval that went stale in candidate is given again with `approve --to stable`, which records it alone. */
Test(story_change, rollback_plan_edited_in_candidate)
{
	struct shell opened, *shell = &opened;
	struct sheet sheet = { .release = "swap", .recovery = "Data Recovery: Runbook 12\n\n" };

	shell_open(shell);
	story_in_candidate(shell, "swap");
	story_answer_candidate(shell, "swap");
	EXPECT(3, shell_as(shell, "jane", "approve swap --to stable --role operator"));
	EXPECT(0, shell_as(shell, "jane", "approve swap --to stable --role dev-lead"));
	EXPECT_SAID("already");
	sheet_write(shell, &sheet);
	EXPECT(0, shell_as(shell, "jane", "import --release swap rollback.txt"));
	story_verdict(shell, "swap", 1, "open");
	story_finding(shell, "CLS-3", "unmet", "approve swap --to stable --role dev-lead");
	story_finding(shell, "APR-2", "stale", "rollback");
	story_finding(shell, "RBP-2", "unmet", "rollback rehearse swap");
	story_finding(shell, "HS-4", "unanswered", NULL);
	EXPECT(3, shell_as(shell, "jane", "approve swap --to stable --role dev-lead"));
	EXPECT_SAID("RBP-2");
	EXPECT_SAID("HS-4");
	EXPECT(0, shell_as(shell, "otto", "rollback rehearse swap --result fail --note 'runbook 12 names another tenant'"));
	story_verdict(shell, "swap", 1, "blocked");
	story_finding(shell, "RBP-2", "failed", "runbook 12 names another tenant");
	EXPECT(0, shell_as(shell, "otto", "rollback rehearse swap --result pass --note 'eight minutes'"));
	EXPECT(0, shell_as(shell, "jane", "stop swap HS-4 clear --reason 'as before'"));
	EXPECT(0, shell_as(shell, "jane", "stop swap HS-5 clear --reason 'as before'"));
	EXPECT(0, shell_as(shell, "jane", "approve swap --to stable --role dev-lead"));
	EXPECT(3, shell_as(shell, "jane", "approve swap --to stable --role qa"));
	EXPECT(0, shell_as(shell, "quinn", "approve swap --to stable --role qa"));
	story_verdict(shell, "swap", 8, "wait");
	story_finding(shell, "CLS-3", "met", "jane as Dev Lead, quinn as QA");
	shell_at(shell, "2025-03-17T09:00:00Z");
	EXPECT(0, shell_as(shell, "jane", "memo draft swap --decision go --no-risks"));
	story_sign(shell, "swap");
	EXPECT(0, shell_as(shell, "otto", "promote swap --to stable"));
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}

/* I-10: the successor's T3 supersedes, and its finished rollback makes the old one stable again. */
Test(story_change, superseded_release_returns_with_the_rollback_of_its_successor)
{
	struct shell opened, *shell = &opened;

	shell_open(shell);
	story_in_candidate(shell, "swap");
	shell_at(shell, "2025-03-17T09:00:00Z");
	to_stable(shell, "swap");
	EXPECT(0, shell_as(shell, "jane", "release copy swap swap-2"));
	story_answer_dev(shell, "swap-2");
	for (int i = 1; i <= 7; i++)
		EXPECT(0, shell_as(shell, "quinn", "answer swap-2 DAT-%d pass", i));
	story_to_experimental(shell, "swap-2");
	shell_at(shell, "2025-03-24T09:00:00Z");
	to_candidate(shell, "swap-2");
	shell_at(shell, "2025-03-31T09:00:00Z");
	EXPECT(0, shell_run(shell, "allowed swap --tenant quiet"));
	to_stable(shell, "swap-2");
	EXPECT_SAID("swap is superseded");
	EXPECT(1, shell_run(shell, "allowed swap --tenant quiet"));
	EXPECT_SAID("swap-2");
	EXPECT(0, shell_run(shell, "allowed swap-2 --tenant quiet"));
	EXPECT(1, shell_run(shell, "check swap"));
	EXPECT(0, shell_as(shell, "jane", "rollback start swap-2 --reason 'The page is slow'"));
	EXPECT(1, shell_run(shell, "allowed swap-2 --tenant quiet"));
	EXPECT(1, shell_run(shell, "allowed swap --tenant quiet"));
	EXPECT(0, shell_as(shell, "otto", "rollback step swap-2 1 done"));
	EXPECT(0, shell_as(shell, "otto", "rollback step swap-2 2 done"));
	EXPECT(0, shell_as(shell, "otto", "rollback notify swap-2 bob"));
	EXPECT(0, shell_as(shell, "otto", "rollback finish swap-2 --verification pass --note 'the old page is there; no data was exposed'"));
	EXPECT_SAID("swap is stable again");
	EXPECT(0, shell_run(shell, "allowed swap --tenant quiet"));
	EXPECT(1, shell_run(shell, "allowed swap-2 --tenant quiet"));
	EXPECT(0, shell_run(shell, "release list --json"));
	EXPECT_SAID("\"id\":\"swap\",\"class\":\"workflow\",\"state\":\"stable\"");
	EXPECT_SAID("\"id\":\"swap-2\",\"class\":\"workflow\",\"state\":\"rolled-back\"");
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}
