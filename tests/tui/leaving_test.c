#include <config.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <criterion/criterion.h>

#include "../support/desk.h"
#include "../support/story.h"
#include "../support/walker.h"

TestSuite(leaving, .timeout = 120, .description = "the terminal is given back on every way out, and nothing that was typed is lost");

#define MOMENT "2025-01-14 10:00:00"

struct place { struct shell shell; struct desk desk; };

static void open_place(struct place *place)
{
	shell_open(&place->shell);
	shell_at(&place->shell, "2025-01-14T09:00:00Z");
	shell_people(&place->shell);
	example_import(&place->shell);
	/* The first question is then one with words to type. */
	cr_assert(shell_as(&place->shell, "jane", "plan approve " EXAMPLE) == 0, "%s", shell_told(&place->shell));
	place->desk = (struct desk){ .shell = &place->shell };
}

static void sit(struct place *place, int rows, int cols)
{
	desk_sit(&place->desk, "jane", MOMENT, rows, cols, "xterm-256color");
}

/* The screen of before, the cursor, the modes. */
static void assert_restored(struct terminal *terminal)
{
	int row, col;
	bool is_visible;

	terminal_cursor(terminal, &row, &col, &is_visible);
	cr_assert(!terminal_is_alternate(terminal), "the alternate screen is left on: %s", terminal_told(terminal));
	cr_assert(is_visible, "the cursor is left hidden: %s", terminal_told(terminal));
	cr_assert(terminal_modes_restored(terminal), "the modes are left changed: %s", terminal_told(terminal));
}

Test(leaving, a_signal_that_ends_the_console_gives_the_terminal_back)
{
	static const int signals[] = { SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGSEGV, SIGBUS, SIGABRT, SIGFPE };
	struct place place;

	open_place(&place);
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		struct terminal *terminal = &place.desk.terminal;
		int status;

		sit(&place, 24, 80);
		cr_assert(terminal_is_alternate(terminal), "the console is not on the alternate screen");
		terminal_signal(terminal, signals[i]);
		status = terminal_end(terminal);
		/* A sanitizer turns some of them into an exit of its own; told by signal or by exit, it is no success. */
		cr_assert(WIFSIGNALED(status) ? WTERMSIG(status) == signals[i] : WEXITSTATUS(status) != 0, "signal %d ended it with %d", signals[i], status);
		assert_restored(terminal);
		terminal_free(terminal);
	}
	shell_close(&place.shell);
}

Test(leaving, q_and_control_c_leave_in_order)
{
	static const char *const keys[] = { "q", "<C-c>" };
	struct place place;

	open_place(&place);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		sit(&place, 24, 80);
		terminal_keys(&place.desk.terminal, keys[i]);
		cr_assert(terminal_end(&place.desk.terminal) == 0, "%s", terminal_told(&place.desk.terminal));
		assert_restored(&place.desk.terminal);
		terminal_free(&place.desk.terminal);
	}
	shell_close(&place.shell);
}

Test(leaving, suspended_it_gives_the_terminal_back_and_continued_it_stands_there_again)
{
	static const char *const ways[] = { "<C-z>", NULL };
	struct place place;
	struct terminal *terminal = &place.desk.terminal;

	open_place(&place);
	sit(&place, 24, 80);
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		if (ways[i])
			terminal_keys(terminal, ways[i]);
		else
			terminal_signal(terminal, SIGTSTP);
		terminal_wait(terminal, terminal_has_stopped, NULL, "the console to stop", TERMINAL_LIMIT_MS);
		assert_restored(terminal);
		terminal_signal(terminal, SIGCONT);
		terminal_wait(terminal, terminal_runs, NULL, "the console to go on", TERMINAL_LIMIT_MS);
		terminal_wait_text(terminal, "? help");
		cr_assert(terminal_is_alternate(terminal), "%s", terminal_told(terminal));
	}
	desk_leave(&place.desk);
	shell_close(&place.shell);
}

static void open_question(struct terminal *terminal)
{
	terminal_wait_text(terminal, EXAMPLE);
	terminal_keys(terminal, "w");
	terminal_wait_text(terminal, "Esc back");
	terminal_keys(terminal, "<Tab>half a thought, caf\xc3\xa9");
	terminal_wait_text(terminal, "half a thought, caf\xc3\xa9");
}

Test(leaving, what_was_typed_is_there_again_after_a_kill)
{
	static const int deaths[] = { SIGKILL, SIGTERM };
	struct place place;
	struct terminal *terminal = &place.desk.terminal;

	open_place(&place);
	for (size_t i = 0; i < sizeof deaths / sizeof *deaths; i++) {
		sit(&place, 24, 80);
		if (i == 0)
			open_question(terminal);
		else
			terminal_keys(terminal, "w");
		terminal_wait_text(terminal, "half a thought, caf\xc3\xa9");
		terminal_signal(terminal, deaths[i]);
		terminal_end(terminal);
		terminal_free(terminal);
	}
	sit(&place, 24, 80);
	terminal_keys(terminal, "w");
	terminal_wait_text(terminal, "half a thought, caf\xc3\xa9");
	desk_leave(&place.desk);
	shell_close(&place.shell);
}

Test(leaving, choices_are_there_again_after_a_kill)
{
	struct place place;
	struct terminal *terminal = &place.desk.terminal;

	open_place(&place);
	sit(&place, 24, 80);
	terminal_wait_text(terminal, EXAMPLE);
	terminal_keys(terminal, "w");
	terminal_wait_text(terminal, "Esc back");
	terminal_keys(terminal, "<Right><Right>");
	terminal_wait_text(terminal, "(*) fail");
	terminal_signal(terminal, SIGKILL);
	terminal_end(terminal);
	terminal_free(terminal);
	sit(&place, 24, 80);
	terminal_keys(terminal, "w");
	terminal_wait_text(terminal, "(*) fail");
	desk_leave(&place.desk);
	shell_close(&place.shell);
}

/* One draft, whichever way the gate is walked: on the screen, or in plain lines. */
Test(leaving, a_draft_is_the_same_on_the_screen_and_in_plain_lines)
{
	struct place place;
	struct shell *shell = &place.shell;
	struct terminal *terminal = &place.desk.terminal;

	open_place(&place);
	sit(&place, 24, 80);
	terminal_wait_text(terminal, EXAMPLE);
	terminal_keys(terminal, "w");
	terminal_wait_text(terminal, "KSW-2");
	terminal_keys(terminal, "<Right><Right><Tab>half a thought, caf\xc3\xa9");
	terminal_wait_text(terminal, "half a thought, caf\xc3\xa9");
	terminal_signal(terminal, SIGKILL);
	terminal_end(terminal);
	terminal_free(terminal);

	shell_at(shell, "2025-01-14T10:00:00Z");
	shell->input = "\n";
	EXPECT(0, shell_as(shell, "jane", "walk " EXAMPLE " --plain"));
	EXPECT_SAID("2. fail (stands)");
	EXPECT_SAID("It stands: half a thought, caf\xc3\xa9");
	shell->input = "to KSW-5\n2\nread while runn";
	EXPECT(0, shell_as(shell, "jane", "walk " EXAMPLE " --plain"));

	sit(&place, 24, 80);
	walker_open(&place.desk, EXAMPLE);
	walker_back_to(&place.desk, "KSW-5");
	terminal_wait_text(terminal, "(*) fail");
	terminal_wait_text(terminal, "read while runn");
	desk_leave(&place.desk);
	EXPECT(0, shell_run(shell, "log --kind answer.given --json"));
	cr_assert(!shell_says(shell, "read while runn"), "nothing of it is recorded: %s", shell_told(shell));
	shell_close(shell);
}

/* The same person, the same form, twice: what one console takes out of the draft it shows, and what it records leaves the other's text there. */
Test(leaving, two_consoles_lose_nothing_in_silence)
{
	struct place place;
	struct desk other;

	open_place(&place);
	other = (struct desk){ .shell = &place.shell };
	sit(&place, 24, 80);
	desk_sit(&other, "jane", MOMENT, 24, 80, "xterm-256color");
	terminal_wait_text(&other.terminal, EXAMPLE);
	terminal_keys(&other.terminal, "w");
	terminal_wait_text(&other.terminal, "Esc back");
	open_question(&place.desk.terminal);
	terminal_keys(&other.terminal, "<Tab>x");
	terminal_wait_text(&other.terminal, "Another console of yours had \"half a thought, caf\xc3\xa9\"");
	terminal_keys(&other.terminal, "y");
	terminal_wait_gone(&other.terminal, "Another console");
	terminal_keys(&place.desk.terminal, "!");
	terminal_wait_text(&place.desk.terminal, "Another console of yours had \"xy\"");
	desk_leave(&other);
	desk_leave(&place.desk);
	shell_close(&place.shell);
}

Test(leaving, any_size_is_drawn_and_too_small_says_so)
{
	static const int sizes[][2] = { { 30, 100 }, { 24, 80 }, { 12, 40 }, { 20, 60 }, { 60, 200 }, { 12, 40 }, { 24, 80 } };
	struct place place;
	struct terminal *terminal = &place.desk.terminal;

	open_place(&place);
	sit(&place, 24, 80);
	open_question(terminal);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		terminal_resize(terminal, 5, 20);
		terminal_wait_text(terminal, "Needs 40x12");
		terminal_resize(terminal, sizes[i][0], sizes[i][1]);
		terminal_wait_text(terminal, "half a thought");
		terminal_wait_text(terminal, "jane");
	}
	desk_leave(&place.desk);
	shell_close(&place.shell);
}

Test(leaving, a_terminal_that_cannot_show_screens_is_refused_in_a_sentence)
{
	static const char *const terms[] = { "dumb", "no-such-terminal" };
	struct place place;
	char identity[400], state[320];
	const char *const argv[] = { getenv("GONOGO_BIN"), "--ledger", place.shell.ledger, "--as", "jane", "--identity", identity, NULL },
			  *const extra[] = { state, NULL };

	open_place(&place);
	snprintf(identity, sizeof identity, "%s/jane", place.shell.dir);
	snprintf(state, sizeof state, "XDG_STATE_HOME=%s", place.shell.dir);
	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		struct terminal terminal;
		int status;

		terminal_start(&terminal, 24, 80, terms[i], extra, argv);
		status = terminal_end(&terminal);
		cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 2, "TERM=%s ends with %d", terms[i], status);
		cr_assert(strstr(terminal_text(&terminal), "gonogo status"), "%s", terminal_told(&terminal));
		cr_assert(strstr(terminal_raw(&terminal), "gonogo walk RELEASE --plain"), "%s", terminal_told(&terminal));
		cr_assert(!strchr(terminal_raw(&terminal), '\033'), "an escape was sent to TERM=%s", terms[i]);
		terminal_free(&terminal);
	}
	/* Without a terminal it says what it would have shown. */
	cr_assert(shell_run(&place.shell, "--no-input") == 0 && shell_says(&place.shell, EXAMPLE), "%s", shell_told(&place.shell));
	shell_close(&place.shell);
}

/* Whoever types while the practice ledger is made has not seen a screen that could be meant. */
Test(leaving, what_is_typed_while_the_practice_ledger_is_made_runs_nothing)
{
	struct place place;
	struct terminal terminal;
	char dir[400];
	const char *const argv[] = { getenv("GONOGO_BIN"), "demo", "--dir", dir, NULL };

	open_place(&place);
	snprintf(dir, sizeof dir, "%s/practice", place.shell.dir);
	terminal_start(&terminal, 24, 80, "xterm-256color", NULL, argv);
	terminal_wait_text(&terminal, "4 people and 6 tenants are enrolled.");
	terminal_keys(&terminal, "w");
	/* Some four hundred signatures, which take their time where every access to memory is watched. */
	terminal_wait(&terminal, terminal_shows, "q quit", "the console on the practice ledger", 4 * TERMINAL_LIMIT_MS);
	cr_assert(!strstr(terminal_text(&terminal), "Gate walk"), "%s", terminal_told(&terminal));
	terminal_keys(&terminal, "q");
	cr_assert(terminal_end(&terminal) == 0, "%s", terminal_told(&terminal));
	terminal_free(&terminal);
	shell_close(&place.shell);
}

Test(leaving, every_terminal_kind_shows_the_list_and_ends_clean)
{
	static const char *const terms[] = { "vt100", "linux", "xterm", "screen", "screen-256color", "tmux-256color" };
	struct place place;

	open_place(&place);
	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		desk_sit(&place.desk, "jane", MOMENT, 24, 80, terms[i]);
		terminal_wait_text(&place.desk.terminal, EXAMPLE);
		terminal_keys(&place.desk.terminal, "q");
		cr_assert(terminal_end(&place.desk.terminal) == 0, "TERM=%s: %s", terms[i], terminal_told(&place.desk.terminal));
		cr_assert(terminal_modes_restored(&place.desk.terminal), "TERM=%s leaves its modes changed", terms[i]);
		terminal_free(&place.desk.terminal);
	}
	shell_close(&place.shell);
}

Test(leaving, a_paste_is_text_or_nothing)
{
	struct place place;
	struct terminal *terminal = &place.desk.terminal;

	open_place(&place);
	sit(&place, 24, 80);
	terminal_wait_text(terminal, EXAMPLE);
	/* "K" would open the kill switch, "q" leave. */
	terminal_keys(terminal, "\033[200~Kkill\rq\033[201~");
	terminal_wait_text(terminal, "A paste was dropped");
	open_question(terminal);
	terminal_keys(terminal, "\033[200~, and\r\tpasted q\033[201~");
	terminal_wait_text(terminal, "caf\xc3\xa9, and_");
	terminal_wait_text(terminal, "[ pasted q_");
	cr_assert(strstr(terminal_raw(terminal), "\033[?2004h"), "the terminal was not asked to mark pastes");
	desk_leave(&place.desk);
	shell_close(&place.shell);
}

Test(leaving, what_another_records_appears_by_itself)
{
	struct place place;
	struct terminal *terminal = &place.desk.terminal;

	open_place(&place);
	sit(&place, 24, 80);
	terminal_wait_text(terminal, EXAMPLE);
	shell_at(&place.shell, "2025-01-14T10:00:00Z");
	cr_assert(shell_as(&place.shell, "otto", "switch kill " EXAMPLE " --reason 'errors in staging'") == 0, "%s", shell_told(&place.shell));
	terminal_wait_text(terminal, "KILLED for every tenant");
	desk_leave(&place.desk);
	shell_close(&place.shell);
}
