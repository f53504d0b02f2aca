#include <config.h>

#include <string.h>

#include <criterion/criterion.h>

#include "../support/shell.h"

TestSuite(walk_documents, .timeout = 60, .description = "documents filled in as numbered lines: lists line by line, tenants by number or id");

Test(walk_documents, PLN_1_a_plan_in_plain_lines)
{
	struct shell shell;

	shell_open(&shell);
	shell_at(&shell, "2025-01-14T09:00:00Z");
	shell_people(&shell);
	cr_assert(shell_as(&shell, "jane", "release new R-1 --class workflow --description 'A change'") == 0, "%s", shell_told(&shell));
	shell.input = "to PLN-1\nmail\n+2w\n2w\n\n\nNo ticket\nError rate below 1 %\n\nSBNC-dev quiet\nSBNC-dev\nno\n"
		      "to PLN-1\n\n\n\n\n\ndrop 1\nchange 1\nError rate below 2 %\nadd\nNo ticket\n\n+ SBNC-staging\nyes\nquit\n";
	cr_assert(shell_as(&shell, "jane", "walk R-1 --plain") == 0, "%s", shell_told(&shell));
	cr_assert(shell_says(&shell, "quiet, production, stable-only: CHN-7: quiet is on the track stable-only"), "who may not stand there says why: %s", shell_told(&shell));
	cr_assert(shell_says(&shell, "quiet cannot be chosen: CHN-7: quiet is on the track stable-only"), "%s", shell_told(&shell));
	cr_assert(shell_says(&shell, "  2. Error rate below 1 %"), "what was typed stands there again: %s", shell_told(&shell));
	cr_assert(shell_says(&shell, "Understood as: "), "a date says how it is understood: %s", shell_told(&shell));
	cr_assert(shell_says(&shell, "The exposure plan of R-1 is saved."), "%s", shell_told(&shell));
	cr_assert(shell_run(&shell, "release show R-1 plan") == 0 && strstr(shell.out, "Experimental Tenants: SBNC-dev, SBNC-staging\n") &&
			  strstr(shell.out, "Start Date: 2025-01-28\n") && strstr(shell.out, "  - Error rate below 2 %\n  - No ticket\n") &&
			  strstr(shell.out, "Owner: Jane Doe\n"),
		  "%s", shell_told(&shell));
	shell_close(&shell);
}

/* What a document lacks raises a hard stop by itself: the document is named, and not the stop that follows from it. */
Test(walk_documents, PLN_1_fresh_release_waits_for_its_documents_first)
{
	struct shell shell;

	shell_open(&shell);
	shell_at(&shell, "2025-01-14T09:00:00Z");
	shell_people(&shell);
	cr_assert(shell_as(&shell, "jane", "release new R-1 --class workflow --description 'A change'") == 0, "%s", shell_told(&shell));
	cr_assert(shell_as(&shell, "jane", "status") == 0 && shell_says(&shell, "you: complete (") && !shell_says(&shell, "HS-"), "%s", shell_told(&shell));
	shell_close(&shell);
}

/* A value that means nothing is said at its field, which is asked until it is right or left so. */
Test(walk_documents, PLN_1_what_is_wrong_is_said_at_its_field)
{
	struct shell shell;
	const char *wrong, *next;

	shell_open(&shell);
	shell_at(&shell, "2025-01-14T09:00:00Z");
	shell_people(&shell);
	cr_assert(shell_as(&shell, "jane", "release new R-1 --class workflow --description 'A change'") == 0, "%s", shell_told(&shell));
	shell.input = "to PLN-1\nmail\n2025-02-30\n+2w\n2w\n\n\nNo ticket\n\n/DEV standard\nsbnc-DEV\nno\n";
	cr_assert(shell_as(&shell, "jane", "walk R-1 --plain") == 0, "%s", shell_told(&shell));
	wrong = strstr(shell.out, "\nWrong: ");
	next = strstr(shell.out, "Min. duration, required");
	cr_assert(wrong && next && wrong < next, "said before the next field: %s", shell_told(&shell));
	cr_assert(shell_says(&shell, "Type it anew; an empty line leaves it so for now."), "%s", shell_told(&shell));
	cr_assert(shell_says(&shell, "Chosen: SBNC-dev.\n"), "what is chosen is said: %s", shell_told(&shell));
	cr_assert(shell_says(&shell, "  2. Start date: +2w\n") || shell_says(&shell, "  2. Start date: 2025-01-28\n"), "%s", shell_told(&shell));
	shell_close(&shell);
}

/* A line that was only typed never replaces what stands. */
Test(walk_documents, PLN_1_list_that_stands_is_never_overwritten_by_a_line)
{
	struct shell shell;

	shell_open(&shell);
	shell_at(&shell, "2025-01-14T09:00:00Z");
	shell_people(&shell);
	cr_assert(shell_as(&shell, "jane", "release new R-1 --class workflow --description 'A change'") == 0, "%s", shell_told(&shell));
	shell.input = "to PLN-1\nmail\n+2w\n2w\n\n\nNo ticket\nFew errors\n\nSBNC-dev\nno\n"
		      "to PLN-1\n\n\n\n\n\nhelo\n\n\n\n";
	cr_assert(shell_as(&shell, "jane", "walk R-1 --plain") == 0 && shell_says(&shell, "Exit criteria stands already, and stays."), "%s", shell_told(&shell));
	shell.input = "to PLN-1\n\n\n\n\n\nanew\nAnother\n\nundo\n\n\n";
	cr_assert(shell_as(&shell, "jane", "walk R-1 --plain") == 0 && shell_says(&shell, "Exit criteria is again what it was before."), "%s", shell_told(&shell));
	shell.input = "to PLN-1\n\n\n\n\n\n\n\n\n";
	cr_assert(shell_as(&shell, "jane", "walk R-1 --plain") == 0 && shell_says(&shell, "  6. Exit criteria:\n  No ticket\n  Few errors\n"), "%s", shell_told(&shell));
	shell_close(&shell);
}

/* The end of the input in the middle of a list keeps its lines, the one that broke off included. */
Test(walk_documents, list_that_breaks_off_is_a_draft, .description = "PLN-1")
{
	struct shell shell;

	shell_open(&shell);
	shell_at(&shell, "2025-01-14T09:00:00Z");
	shell_people(&shell);
	cr_assert(shell_as(&shell, "jane", "release new R-1 --class workflow --description 'A change'") == 0, "%s", shell_told(&shell));
	shell.input = "to PLN-1\nmail\n+2w\n2w\n\n\nNo ticket\nFew err";
	cr_assert(shell_as(&shell, "jane", "walk R-1 --plain") == 0, "%s", shell_told(&shell));
	shell.input = "to PLN-1\n\n\n\n\n\n";
	cr_assert(shell_as(&shell, "jane", "walk R-1 --plain") == 0 && shell_says(&shell, "  1. No ticket\n  2. Few err\n"), "%s", shell_told(&shell));
	cr_assert(shell_run(&shell, "release show R-1 plan") != 0 || !shell_says(&shell, "No ticket"), "nothing is recorded: %s", shell_told(&shell));
	shell_close(&shell);
}
