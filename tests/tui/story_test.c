#include <config.h>

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "../support/desk.h"
#include "../support/story.h"
#include "../support/walker.h"

TestSuite(story, .timeout = 120, .description = "a release by keys alone, from its documents to the memo that a stranger verifies");

static void sit_down(struct desk *desk, const char *person, const char *moment)
{
	desk_sit(desk, person, moment, 30, 100, "xterm-256color");
}

static void import_by_keys(struct desk *desk)
{
	static const char *const files[] = { "manifest.txt", "exposure-plan.txt", "kill-switch.txt", "rollback-plan.txt", "data-safety.txt" };

	terminal_wait_text(&desk->terminal, "No releases yet");
	terminal_keys(&desk->terminal, "i");
	terminal_wait_text(&desk->terminal, "Files");
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		char path[128];

		snprintf(path, sizeof path, "tests/data/spec-example/%s", files[i]);
		terminal_keys(&desk->terminal, shell_source(path));
		terminal_keys(&desk->terminal, "<Space>");
	}
	terminal_keys(&desk->terminal, "<Enter>");
	terminal_wait_text(&desk->terminal, EXAMPLE);
}

Test(story, three_people_take_the_example_to_stable)
{
	struct shell shell;
	struct desk desk = { .shell = &shell };

	shell_open(&shell);
	shell_at(&shell, "2025-01-14T09:00:00Z");
	shell_people(&shell);

	sit_down(&desk, "jane", "2025-01-14 10:00:00");
	import_by_keys(&desk);
	walker_open(&desk, EXAMPLE);
	walker_until(&desk, EXAMPLE, "CHN-2");
	desk_leave(&desk);

	sit_down(&desk, "jane", "2025-01-15 09:00:00");
	walker_open(&desk, EXAMPLE);
	walker_until(&desk, EXAMPLE, "Promote");
	walker_reply(&desk, EXAMPLE, "Promote", "is promoted to experimental");
	desk_leave(&desk);

	sit_down(&desk, "jane", "2025-01-22 09:00:00");
	walker_open(&desk, EXAMPLE);
	walker_until(&desk, EXAMPLE, "APR-1");
	walker_reply(&desk, EXAMPLE, "APR-1", "Approved");
	desk_leave(&desk);
	sit_down(&desk, "quinn", "2025-01-22 09:10:00");
	walker_open(&desk, EXAMPLE);
	walker_until(&desk, EXAMPLE, "CLS-3");
	walker_reply(&desk, EXAMPLE, "CLS-3", "Approved");
	desk_leave(&desk);
	sit_down(&desk, "jane", "2025-01-22 09:20:00");
	walker_open(&desk, EXAMPLE);
	walker_until(&desk, EXAMPLE, "Promote");
	walker_reply(&desk, EXAMPLE, "Promote", "is promoted to candidate");
	desk_leave(&desk);

	sit_down(&desk, "jane", "2025-01-29 09:30:00");
	walker_open(&desk, EXAMPLE);
	walker_until(&desk, EXAMPLE, "MEM-1");
	/* The kind stands already; GO; no risks; notes; the rest of the form is for a NO-GO. */
	terminal_keys(&desk.terminal, "<Space><Enter><Right><Right><Enter>Page load increase was 85 ms.<C-s>");
	terminal_wait_text(&desk.terminal, "You sign as  Jane Doe");
	terminal_keys(&desk.terminal, EXAMPLE "<Enter>");
	terminal_wait_text(&desk.terminal, "Signed");
	desk_leave(&desk);

	sit_down(&desk, "bob", "2025-01-29 09:40:00");
	walker_open(&desk, EXAMPLE);
	terminal_wait_text(&desk.terminal, "You sign as  Bob Smith");
	terminal_keys(&desk.terminal, EXAMPLE "<Enter>");
	terminal_wait_text(&desk.terminal, "The gate says GO");
	walker_reply(&desk, EXAMPLE, "Promote", "is promoted to stable");
	desk_leave(&desk);

	sit_down(&desk, "bob", "2025-01-29 09:50:00");
	terminal_wait_text(&desk.terminal, EXAMPLE);
	terminal_keys(&desk.terminal, "x");
	terminal_wait_text(&desk.terminal, "Folder");
	for (int i = 0; i < 8; i++)
		terminal_keys(&desk.terminal, "<Backspace>");
	terminal_keys(&desk.terminal, shell.dir);
	terminal_keys(&desk.terminal, "/memos<Enter>");
	terminal_wait_text(&desk.terminal, "Exported with 2 signatures to ");
	desk_leave(&desk);

	cr_assert(shell_stock(&shell, "cd memos && sed '/^Signatures:/,$d' " EXAMPLE "-stable-v1.txt | ssh-keygen -Y verify -f allowed_signers -I bob "
			      "-n gonogo-memo@v1 -s " EXAMPLE "-stable-v1.system-owner.sig") == 0, "%s", shell_told(&shell));
	cr_assert(shell_run(&shell, "verify") == 0, "%s", shell_told(&shell));
	shell_close(&shell);
}
