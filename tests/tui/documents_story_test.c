#include <config.h>

#include <signal.h>
#include <string.h>

#include <criterion/criterion.h>

#include "../support/walker.h"

TestSuite(documents_story, .timeout = 120, .description = "a release from nothing by keys alone: documents filled in, killed in the middle, approved, edited");

#define RELEASE "2025-01-bulk-invite"

static void sit_down(struct desk *desk, const char *person, const char *moment)
{
	desk_sit(desk, person, moment, 24, 80, "xterm-256color");
}

static void register_release(struct desk *desk)
{
	terminal_wait_text(&desk->terminal, "No releases yet");
	walker_type(desk, "N", "Register a new release");
	/* The class is the third of its list. */
	walker_type(desk, RELEASE "<Tab><Right><Right><Right><Tab>Invite many at once<Tab>src/invite.c<Tab>None<Tab>", "src/invite.c");
	walker_type(desk, "BULK_INVITE (default: false)<Tab>BULK_INVITE_VISIBLE (default: false)<C-s>", RELEASE " is registered as Capability exposure");
	walker_type(desk, "e", "documents");
}

static void fill_plan(struct desk *desk)
{
	struct terminal *terminal = &desk->terminal;

	walker_type(desk, "<Down><Enter>", "5 things to fix");
	walker_type(desk, "Written confirmation<Tab>+2w<Tab>2w", "14d, ends 2025-02-11");
	terminal_signal(terminal, SIGKILL);
	terminal_end(terminal);
	terminal_free(terminal);

	sit_down(desk, "jane", "2025-01-14 11:00:00");
	walker_type(desk, "e", "draft, not recorded");
	walker_type(desk, "<Down><Enter>", "2 more above");
	walker_type(desk, "<Up><Up><Up><Up>", "2025-01-28, Tue, in 14 days");
	walker_type(desk, "<Up>", "Written confirmation");
	walker_type(desk, "<Down><Down><Down><Down><Down>", "0 of 4 chosen");
	/* The cursor stood where something is missing: the exit criteria. */
	walker_type(desk, "No ticket about invitations<Enter>Error rate below 1 %<Tab>", "0 of 4 chosen");
	walker_type(desk, "/quiet<Enter><Space>", "quiet cannot be chosen");
	walker_type(desk, "/<Backspace><Backspace><Backspace><Backspace><Backspace>dev<Enter><Space>", "1 of 4 chosen");
	walker_type(desk, "<C-s><Right><Enter>", "The exposure plan of " RELEASE " is saved.");
	terminal_wait_text(terminal, "saved 2025-01-14 by jane");
}

static void fill_the_others(struct desk *desk)
{
	/* Flag, default and tenants stand already. */
	walker_type(desk, "<Down><Enter>", "The way to activate it is required (KSW-1).");
	walker_type(desk, "Configuration service, no deployment<C-s><Right><Enter>", "The kill switch of " RELEASE " is saved.");
	walker_type(desk, "<Down><Enter>", "4 things to fix");
	walker_type(desk, "Errors above twice the baseline<Tab>Set BULK_INVITE=false<Enter>Watch the log for 15 minutes<Tab>The button is gone<Tab>", "1 thing to fix");
	walker_type(desk, "Tell the Dev Lead<C-s><Right><Enter>", "The rollback plan of " RELEASE " is saved.");
	terminal_wait_gone(&desk->terminal, "to fix");
}

/* PLN-2: an edit shows what it changes and what falls with it. */
static void edit_the_approved_plan(struct desk *desk)
{
	walker_type(desk, "e", "approved 2025-01-14 by bob");
	walker_type(desk, "<Down><Enter>", "Written confirmation");
	/* The cursor stands in the one field that is empty, the maximum duration. */
	walker_type(desk, "<Up><Up><Up> by mail<C-s>", "Written confirmation {+by mail+}");
	terminal_wait_text(&desk->terminal, "Saving a change withdraws the approval by bob of 2025-01-14 (PLN-2).");
	walker_type(desk, "<Right><Enter>", "withdrawn with it (PLN-2).");
}

Test(documents_story, PLN_1_KSW_1_RBP_1_from_nothing_to_an_approved_plan_and_its_edit)
{
	struct shell shell;
	struct desk desk = { .shell = &shell };

	shell_open(&shell);
	shell_at(&shell, "2025-01-14T09:00:00Z");
	shell_people(&shell);

	sit_down(&desk, "jane", "2025-01-14 10:00:00");
	register_release(&desk);
	fill_plan(&desk);
	fill_the_others(&desk);
	desk_leave(&desk);

	sit_down(&desk, "bob", "2025-01-14 12:00:00");
	walker_type(&desk, "e", "saved 2025-01-14 by jane");
	walker_type(&desk, "a", "Editing the plan later withdraws this approval");
	walker_type(&desk, "<Right><Enter>", "approved 2025-01-14 by bob");
	desk_leave(&desk);
	shell_at(&shell, "2025-01-14T12:30:00Z");
	cr_assert(shell_run(&shell, "release list --json") == 0, "%s", shell_told(&shell));
	shell_run(&shell, "check " RELEASE);
	cr_assert(!strstr(shell.out, "approved by a Dev Lead or System Owner"), "PLN-2 is met: %s", shell_told(&shell));

	sit_down(&desk, "jane", "2025-01-14 13:00:00");
	edit_the_approved_plan(&desk);
	desk_leave(&desk);
	shell_at(&shell, "2025-01-14T14:00:00Z");
	shell_run(&shell, "check " RELEASE);
	cr_assert(strstr(shell.out, "which withdrew its approval"), "PLN-2 is not met any more: %s", shell_told(&shell));
	cr_assert(shell_run(&shell, "release show " RELEASE " plan") == 0 && strstr(shell.out, "Opt-in Method: Written confirmation by mail\n") &&
			  strstr(shell.out, "Start Date: 2025-01-28\n") && strstr(shell.out, "Experimental Tenants: SBNC-dev\n"),
		  "%s", shell_told(&shell));
	shell_close(&shell);
}
