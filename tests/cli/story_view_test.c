#include <config.h>

#include <stdio.h>

#include <criterion/criterion.h>

#include "../support/story.h"

TestSuite(story_view, .timeout = 120, .description = "what people are shown when they ask where a release stands, and in what order they are refused");

/* RBK-1: in the middle of a rollback its steps are what people ask for. */
Test(story_view, release_show_carries_a_rollback_through)
{
	struct shell opened, *shell = &opened;

	shell_open(shell);
	story_in_candidate(shell, "swap");
	EXPECT(0, shell_as(shell, "otto", "switch kill swap --tenant acme --reason 'acme sees wrong names'"));
	EXPECT(0, shell_as(shell, "otto", "incident open swap --tenant acme --severity 2 --summary 'Wrong names'"));
	EXPECT(0, shell_as(shell, "bob", "accept-risk swap --risk 'A cache may be stale' --rationale 'It lives ten seconds'"));
	EXPECT(0, shell_run(shell, "release show swap"));
	EXPECT_SAID("KILLED");
	EXPECT_SAID("killed for acme by otto at 2025-03-10T09:00:00Z: acme sees wrong names");
	EXPECT_SAID("INC-1 SEV-2 open: Wrong names");
	EXPECT_SAID("risk 1 accepted: A cache may be stale: It lives ten seconds");
	EXPECT(0, shell_run(shell, "incident list"));
	EXPECT_SAID("INC-1    SEV-2  opened 2025-03-10T09:00:00Z  Wrong names\n         release swap\n         tenant acme\n");
	EXPECT(0, shell_as(shell, "jane", "rollback start swap --reason 'Wrong names' --incident INC-1"));
	EXPECT(0, shell_as(shell, "jane", "rollback step swap 1 done"));
	EXPECT(0, shell_as(shell, "jane", "rollback notify swap bob"));
	EXPECT(3, shell_as(shell, "jane", "answer swap CHN-5 pass"));
	EXPECT_SAID("release show swap");
	EXPECT(0, shell_run(shell, "release show swap"));
	EXPECT_SAID("ROLLING BACK");
	EXPECT_SAID("rollback by jane since 2025-03-10T09:00:00Z: Wrong names");
	EXPECT_SAID("  1. done     Set SWAP_ENABLED to off\n");
	EXPECT_SAID("  2. open     Watch the log for ten minutes\n");
	EXPECT_SAID("notified: bob");
	EXPECT(0, shell_as(shell, "jane", "incident resolve INC-1 --resolution 'right again'"));
	EXPECT(0, shell_run(shell, "incident list"));
	EXPECT_SAID("opened 2025-03-10T09:00:00Z, resolved 2025-03-10T09:00:00Z  Wrong names");
	shell_close(shell);
}

/* I-16: usage (2), then existence (5), then rules and roles (3), whoever asks. */
Test(story_view, refusals_come_in_their_order)
{
	struct shell opened, *shell = &opened;
	struct sheet sheet = { .release = "swap" };

	shell_open(shell);
	shell_at(shell, "2025-03-03T09:00:00Z");
	shell_people(shell);
	sheet_import(shell, &sheet);
	EXPECT(5, shell_as(shell, "otto", "answer swap NOPE pass"));
	EXPECT(2, shell_as(shell, "quinn", "answer swap CHN-3 pass"));
	EXPECT(3, shell_as(shell, "quinn", "answer swap CHN-3 pass --evidence 'run 1'"));
	EXPECT(2, shell_as(shell, "otto", "answer swap DAT-1 fail"));
	EXPECT(3, shell_as(shell, "otto", "answer swap DAT-1 fail --note 'they see each other'"));
	EXPECT(5, shell_as(shell, "jane", "accept-risk swap --withdraw 3 --reason 'gone'"));
	EXPECT(5, shell_as(shell, "otto", "stop swap HS-9 clear --reason 'gone'"));
	EXPECT(5, shell_as(shell, "quinn", "tenant consent nowhere --method letter"));
	EXPECT(5, shell_as(shell, "jane", "person role nobody grant qa"));
	EXPECT(3, shell_as(shell, "jane", "person role quinn grant dev-lead"));
	EXPECT(5, shell_run(shell, "log --release nope"));
	EXPECT(5, shell_run(shell, "log --tenant nowhere"));
	EXPECT(5, shell_run(shell, "log --actor nobody"));
	EXPECT(0, shell_run(shell, "log --release swap --actor otto"));
	/* Before a release was there, whoever asks is told so. */
	EXPECT(5, shell_as(shell, "jane", "check swap --at 2025-01-01"));
	EXPECT_SAID("at that moment");
	/* A channel that is not the next one: every sentence stays whole. */
	EXPECT(1, shell_run(shell, "check swap --to dev"));
	EXPECT_SAID("CHN-1");
	cr_assert(!shell_says(shell, "by ,"), "%s", shell_told(shell));
	EXPECT(1, shell_run(shell, "check swap"));
	EXPECT_SAID("is approved by Dev Lead; missing: Dev Lead.");
	shell_close(shell);
}
