#include <config.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "../support/desk.h"
#include "../support/story.h"

TestSuite(editor, .timeout = 120, .description = "a person's own editor on a long text: what it wrote is taken or kept, and never lost");

#define MOMENT "2025-01-14 10:00:00"

/* An editor that does what the file `how` says, in its own folder; $1 is the last of its arguments, the text. */
struct place { struct shell shell; struct desk desk; char editor[400]; };

static void open_notes(struct place *place)
{
	struct terminal *terminal = &place->desk.terminal;

	desk_sit(&place->desk, "jane", MOMENT, 24, 80, "xterm-256color");
	terminal_wait_text(terminal, EXAMPLE);
	terminal_keys(terminal, "d");
	terminal_wait_text(terminal, "Decision");
	terminal_keys(terminal, "<Tab><Tab>");
	terminal_wait_text(terminal, "Context; after");
}

static void open_place(struct place *place)
{
	shell_open(&place->shell);
	shell_at(&place->shell, "2025-01-14T09:00:00Z");
	shell_people(&place->shell);
	example_import(&place->shell);
	shell_write(&place->shell, "ed.sh", "#!/bin/sh\ncd %s\nwhile [ $# -gt 1 ]; do echo \"$1\" >>args; shift; done\n. ./how\n", place->shell.dir);
	cr_assert(shell_stock(&place->shell, "chmod +x ed.sh") == 0, "%s", shell_told(&place->shell));
	snprintf(place->editor, sizeof place->editor, "%s/ed.sh  --wait one", place->shell.dir);
	place->desk = (struct desk){ .shell = &place->shell, .editor = place->editor };
	open_notes(place);
}

static void close_place(struct place *place)
{
	desk_leave(&place->desk);
	shell_close(&place->shell);
}

/* What the editor does next, and what the console then says. */
static void edit(struct place *place, const char *how, const char *said)
{
	shell_write(&place->shell, "how", "%s\n", how);
	terminal_keys(&place->desk.terminal, "<F5>");
	terminal_wait_text(&place->desk.terminal, said);
	cr_assert(terminal_is_alternate(&place->desk.terminal), "%s", terminal_told(&place->desk.terminal));
}

static void expect_folders(struct place *place, const char *count)
{
	cr_assert(shell_stock(&place->shell, "ls -d gonogo-* 2>/dev/null | wc -l") == 0 && shell_says(&place->shell, count), "%s", shell_told(&place->shell));
}

Test(editor, takes_what_was_written_and_keeps_it_as_a_draft_at_once)
{
	struct place place;
	struct terminal *terminal = &place.desk.terminal;

	open_place(&place);
	terminal_keys(terminal, "before");
	terminal_wait_text(terminal, "[before_");
	edit(&place, "cat \"$1\" >was; stat -c %a \"$1\" \"${1%/*}\" >modes; printf 'caf\\303\\251\\r\\n\\tnext\\n\\n' >\"$1\"", "taken from the editor");
	terminal_wait_text(terminal, "[caf\xc3\xa9_");
	terminal_wait_text(terminal, "[ next_");
	cr_assert(shell_stock(&place.shell, "cat was modes args") == 0, "%s", shell_told(&place.shell));
	cr_assert_str_eq(place.shell.out, "before\n600\n700\n--wait\none\n", "%s", shell_told(&place.shell));
	expect_folders(&place, "0");
	terminal_signal(terminal, SIGKILL);
	(void)terminal_end(terminal);
	terminal_free(terminal);
	open_notes(&place);
	terminal_wait_text(terminal, "[ next_");
	close_place(&place);
}

/* A reason may be long too. */
Test(editor, opens_on_a_reason_as_on_any_long_text)
{
	struct place place;
	struct terminal *terminal = &place.desk.terminal;

	open_place(&place);
	terminal_keys(terminal, "<Esc>K");
	terminal_wait_text(terminal, "Why; it stays on the record. F5: editor.");
	edit(&place, "printf 'Wrong totals\nfor two tenants\n' >\"$1\"", "taken from the editor");
	terminal_wait_text(terminal, "[Wrong totals_");
	terminal_wait_text(terminal, "[for two tenants_");
	close_place(&place);
}

Test(editor, changes_nothing_when_it_fails_or_leaves_nothing)
{
	static const struct { const char *how, *said; } rows[] = {
		{ "exit 1", "ended with 1: nothing was changed." },
		{ "kill -9 $$", "was ended by signal 9: nothing was changed." },
		{ "true", "Notes: nothing was changed." },
		{ ": >\"$1\"", "Notes: nothing was changed." },
		{ "printf ' \\n\\n' >\"$1\"", "Notes: nothing was changed." },
	};
	struct place place;
	struct terminal *terminal = &place.desk.terminal;

	open_place(&place);
	terminal_keys(terminal, "kept");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		edit(&place, rows[i].how, rows[i].said);
		terminal_wait_text(terminal, "[kept_");
		expect_folders(&place, "0");
		terminal_keys(terminal, "<Home><End>");
		terminal_wait_gone(terminal, "nothing was changed");
	}
	close_place(&place);
}

Test(editor, loses_no_text_that_cannot_be_taken)
{
	static const struct { const char *how, *said; } rows[] = {
		{ "printf 'good\\nbad \\033[2J\\n' >\"$1\"", "line 2 of Notes" },
		{ "printf 'good\\n\\nb\\351d\\n' >\"$1\"", "line 3 of Notes" },
		{ "head -c 17000 /dev/zero | tr '\\0' x >\"$1\"", "17000" },
		{ "echo half a thought >\"$1\"; exit 3", "ended with 3" },
	};
	struct place place;
	struct terminal *terminal = &place.desk.terminal;

	open_place(&place);
	terminal_keys(terminal, "kept");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		edit(&place, rows[i].how, rows[i].said);
		terminal_wait_text(terminal, "text.txt");
		terminal_wait_text(terminal, "[kept_");
		expect_folders(&place, "1");
		terminal_keys(terminal, "<Home><End>");
		terminal_wait_gone(terminal, "text.txt");
	}
	edit(&place, "sed -i s/half/whole/ \"$1\"", "taken from the editor");
	terminal_wait_text(terminal, "[whole a thought_");
	expect_folders(&place, "0");
	terminal_keys(terminal, "<F4>");
	terminal_wait_text(terminal, "[kept_");
	terminal_keys(terminal, "<F6>");
	terminal_wait_text(terminal, "[whole a thought_");
	close_place(&place);
}

Test(editor, that_is_not_there_is_named)
{
	struct place place;

	open_place(&place);
	cr_assert(shell_stock(&place.shell, "rm ed.sh") == 0, "%s", shell_told(&place.shell));
	terminal_keys(&place.desk.terminal, "<F5>");
	terminal_wait_text(&place.desk.terminal, "ed.sh could not be started (No such file or directory)");
	expect_folders(&place, "0");
	close_place(&place);
}

Test(editor, and_every_other_change_is_kept_and_the_hour_said)
{
	struct place place;

	open_place(&place);
	terminal_keys(&place.desk.terminal, "kept");
	terminal_wait_text(&place.desk.terminal, "Draft saved 10:00:");
	close_place(&place);
}

/* The console may end in the middle of it: what the editor wrote is found by the next one, and by the form that was left. */
Test(editor, left_text_is_found_again_whatever_became_of_the_console)
{
	struct place place;
	struct terminal *terminal = &place.desk.terminal;

	open_place(&place);
	shell_write(&place.shell, "how", "echo a thought >\"$1\"; kill -9 $PPID\n");
	terminal_keys(terminal, "kept<F5>");
	(void)terminal_end(terminal);
	terminal_free(terminal);
	expect_folders(&place, "1");
	open_notes(&place);
	terminal_wait_text(terminal, "What an editor left");
	edit(&place, "exit 3", "ended with 3");
	terminal_keys(terminal, "<Esc>d");
	terminal_wait_text(terminal, "What an editor left");
	terminal_keys(terminal, "<Tab><Tab>");
	edit(&place, "sed -i s/a/another/ \"$1\"", "taken from the editor");
	terminal_wait_text(terminal, "[another thought_");
	expect_folders(&place, "0");
	terminal_keys(terminal, "<Esc>d");
	terminal_wait_text(terminal, "[another thought");
	terminal_wait_gone(terminal, "What an editor left");
	close_place(&place);
}
