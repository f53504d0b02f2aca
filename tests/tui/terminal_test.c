/* The harness itself, on programs of the machine: what it shows must be what they did, and a wait in vain must be noticed. */
#include <config.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include <criterion/criterion.h>

#include "../support/terminal.h"

TestSuite(terminal, .timeout = 60);

static struct terminal terminal;

static void start(int rows, int cols, const char *term, const char *const *extra, const char *script)
{
	const char *const argv[] = { "sh", "-c", script, NULL };

	terminal_start(&terminal, rows, cols, term, extra, argv);
}

static void start_plain(const char *script)
{
	start(6, 40, "xterm-256color", NULL, script);
}

Test(terminal, shows_text_rows_and_cursor)
{
	int row, col;
	bool is_visible;

	start_plain("printf 'one  \\r\\n\\ttwo'");
	cr_assert(terminal_end(&terminal) == 0, "%s", terminal_told(&terminal));
	cr_assert_str_eq(terminal_text(&terminal), "one\n        two\n\n\n\n", "%s", terminal_told(&terminal));
	cr_assert_str_eq(terminal_row(&terminal, 1), "        two", "%s", terminal_told(&terminal));
	cr_assert_str_eq(terminal_row(&terminal, 5), "", "%s", terminal_told(&terminal));
	terminal_cursor(&terminal, &row, &col, &is_visible);
	cr_assert(row == 1 && col == 11 && is_visible, "%s", terminal_told(&terminal));
	terminal_free(&terminal);
}

Test(terminal, shows_wide_and_combined_characters_exactly)
{
	static const char *const text = "日本 🚀 e\xcc\x81 ß|";

	start_plain("printf '日本 🚀 e\\314\\201 ß|'");
	terminal_end(&terminal);
	cr_assert_str_eq(terminal_row(&terminal, 0), text, "%s", terminal_told(&terminal));
	terminal_free(&terminal);
}

Test(terminal, sees_reverse_cells_and_hidden_cursor)
{
	int row, col;
	bool is_visible;

	start_plain("printf 'a\\r\\nb\\033[7mc\\033[0md\\033[?25l'");
	terminal_end(&terminal);
	cr_assert(terminal_reverse_row(&terminal) == 1, "%s", terminal_told(&terminal));
	cr_assert(!terminal_is_reverse(&terminal, 1, 0), "before");
	cr_assert(terminal_is_reverse(&terminal, 1, 1), "the cell itself");
	cr_assert(!terminal_is_reverse(&terminal, 1, 2), "behind");
	terminal_cursor(&terminal, &row, &col, &is_visible);
	cr_assert(!is_visible, "hidden");
	terminal_free(&terminal);
	start_plain("printf a");
	terminal_end(&terminal);
	cr_assert(terminal_reverse_row(&terminal) == -1, "none is");
	terminal_free(&terminal);
}

Test(terminal, tells_the_alternate_screen_and_keeps_every_byte)
{
	start_plain("printf 'before\\r\\n'; tput smcup; printf inside; read x; tput rmcup");
	terminal_wait_text(&terminal, "inside");
	cr_assert(terminal_is_alternate(&terminal), "%s", terminal_told(&terminal));
	cr_assert(terminal_lacks(&terminal, "before"), "%s", terminal_told(&terminal));
	terminal_keys(&terminal, "<Enter>");
	terminal_end(&terminal);
	cr_assert(!terminal_is_alternate(&terminal), "%s", terminal_told(&terminal));
	cr_assert(terminal_shows(&terminal, "before"), "%s", terminal_told(&terminal));
	cr_assert(terminal_lacks(&terminal, "inside"), "%s", terminal_told(&terminal));
	cr_assert(strstr(terminal_raw(&terminal), "\x1b[?1049h") != NULL, "the byte sequence of smcup");
	cr_assert(strstr(terminal_raw(&terminal), "inside") != NULL, "and what stood there");
	terminal_free(&terminal);
}

Test(terminal, types_text_and_keys_as_a_terminal_sends_them)
{
	static const struct { const char *keys, *dump; } cases[] = {
		{ "aé", "61 c3 a9" }, { "<Up><Down>", "1b 5b 41 1b 5b 42" }, { "<Left><Right>", "1b 5b 44 1b 5b 43" }, { "<Enter>", "0d" },
		{ "<Esc>", "1b" }, { "<Tab><BackTab>", "09 1b 5b 5a" }, { "<Backspace><Del>", "7f 1b 5b 33 7e" },
		{ "<PgUp><PgDn>", "1b 5b 35 7e 1b 5b 36 7e" }, { "<Home><End>", "1b 5b 48 1b 5b 46" }, { "<F1><F5>", "1b 4f 50 1b 5b 31 35 7e" },
		{ "<F12>", "1b 5b 32 34 7e" }, { "<C-s><C-Z>", "13 1a" }, { "<Space><lt>", "20 3c" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char script[160];
		char wanted[64];
		/* One byte more, a full stop, so that a byte too many would show. */
		size_t bytes = (strlen(cases[i].dump) + 1) / 3 + 1;

		snprintf(wanted, sizeof wanted, ": %s 2e:", cases[i].dump);
		snprintf(script, sizeof script, "stty raw -echo; printf ready; echo :$(head -c %zu | od -An -v -tx1):", bytes);
		start_plain(script);
		terminal_wait_text(&terminal, "ready");
		terminal_keys(&terminal, cases[i].keys);
		terminal_keys(&terminal, ".");
		cr_assert(terminal_end(&terminal) == 0, "%s", terminal_told(&terminal));
		cr_assert(terminal_shows(&terminal, wanted), "%s: %s", cases[i].keys, terminal_told(&terminal));
		terminal_free(&terminal);
	}
}

Test(terminal, arrow_keys_follow_the_mode_the_program_asks_for)
{
	start_plain("stty raw -echo; tput smkx; printf ready; echo :$(head -c 3 | od -An -tx1):");
	terminal_wait_text(&terminal, "ready");
	terminal_keys(&terminal, "<Up>");
	terminal_end(&terminal);
	cr_assert(terminal_shows(&terminal, ": 1b 4f 41:"), "%s", terminal_told(&terminal));
	terminal_free(&terminal);
}

Test(terminal, takes_more_keys_than_the_terminal_holds)
{
	struct buf keys = BUF_EMPTY;

	for (int i = 0; i < 20000; i++)
		buf_char(&keys, 'x');
	start_plain("stty raw -echo; printf ready; echo $(head -c 20000 | wc -c) bytes");
	terminal_wait_text(&terminal, "ready");
	terminal_keys(&terminal, buf_text(&keys));
	terminal_wait_text(&terminal, "20000 bytes");
	terminal_end(&terminal);
	terminal_free(&terminal);
	buf_release(&keys);
}

Test(terminal, loses_nothing_that_was_written_just_before_the_end)
{
	start_plain("seq 1 5000; printf last");
	cr_assert(terminal_end(&terminal) == 0, "%s", terminal_told(&terminal));
	cr_assert_str_eq(terminal_text(&terminal), "4996\n4997\n4998\n4999\n5000\nlast", "%s", terminal_told(&terminal));
	cr_assert(strncmp(terminal_raw(&terminal), "1\r\n2\r\n3", 7) == 0, "nor at the beginning");
	terminal_free(&terminal);
}

Test(terminal, gives_the_size_and_the_signal_of_a_resize)
{
	int rows = 1;

	start_plain("trap 'echo resized; stty size' WINCH; stty size; while :; do read x || :; done");
	terminal_wait_text(&terminal, "6 40");
	terminal_resize(&terminal, 9, 50);
	/* The shell runs a trap between two commands: the key ends the one it waits in. */
	terminal_keys(&terminal, "<Enter>");
	terminal_wait_text(&terminal, "resized");
	terminal_wait_text(&terminal, "9 50");
	for (const char *c = terminal_text(&terminal); *c; c++)
		rows += *c == '\n';
	cr_assert(rows == 9, "%s", terminal_told(&terminal));
	terminal_free(&terminal);
}

Test(terminal, gives_an_environment_of_its_own)
{
	static const char *const extra[] = { "LC_ALL=C", "GREETING=hello there", NULL };

	start(12, 100, "vt100", extra, "env | grep -vE '^(ASAN|UBSAN|LSAN|PATH|PWD|OLDPWD|_|SHLVL|HOME|TMPDIR)' | sort; "
		"test \"$HOME\" = \"$(pwd)\" && test -z \"$(ls -A)\" && echo a fresh home");
	cr_assert(terminal_end(&terminal) == 0, "%s", terminal_told(&terminal));
	cr_assert_str_eq(terminal_text(&terminal), "GREETING=hello there\nLC_ALL=C\nTERM=vt100\nTZ=UTC\na fresh home\n\n\n\n\n\n\n", "%s",
		terminal_told(&terminal));
	terminal_free(&terminal);
}

Test(terminal, can_hold_the_clock)
{
	static const char *const extra[] = { "FAKETIME=2025-01-15 09:00:00", NULL };

	start(4, 40, "xterm-256color", extra, "date +%FT%TZ");
	cr_assert(terminal_end(&terminal) == 0, "%s", terminal_told(&terminal));
	cr_assert_str_eq(terminal_row(&terminal, 0), "2025-01-15T09:00:00Z", "%s", terminal_told(&terminal));
	terminal_free(&terminal);
}

Test(terminal, tells_how_the_program_ended)
{
	static const char *const nowhere[] = { "/nonexistent/program", NULL };
	int status;

	start_plain("exit 7");
	status = terminal_end(&terminal);
	cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 7, "%s", terminal_told(&terminal));
	terminal_free(&terminal);
	start_plain("printf up; read x");
	terminal_wait_text(&terminal, "up");
	terminal_signal(&terminal, SIGTERM);
	status = terminal_end(&terminal);
	cr_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM, "%s", terminal_told(&terminal));
	terminal_free(&terminal);
	terminal_start(&terminal, 3, 20, "xterm-256color", NULL, nowhere);
	status = terminal_end(&terminal);
	cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 127, "%s", terminal_told(&terminal));
	terminal_free(&terminal);
}

Test(terminal, stops_and_goes_on_as_a_job_of_a_shell)
{
	start_plain("printf up; read x; printf ' got %s' \"$x\"");
	terminal_wait_text(&terminal, "up");
	terminal_keys(&terminal, "<C-z>");
	terminal_wait(&terminal, terminal_has_stopped, NULL, "the stop", TERMINAL_LIMIT_MS);
	terminal_signal(&terminal, SIGCONT);
	terminal_keys(&terminal, "word<Enter>");
	terminal_wait_text(&terminal, "got word");
	cr_assert(terminal_end(&terminal) == 0, "%s", terminal_told(&terminal));
	cr_assert(!terminal_has_stopped(&terminal, NULL), "no more");
	terminal_free(&terminal);
}

Test(terminal, sees_modes_that_were_left_behind)
{
	start_plain("stty -echo -icanon; printf up; read x; stty echo icanon");
	terminal_wait_text(&terminal, "up");
	cr_assert(!terminal_modes_restored(&terminal), "changed while it runs");
	terminal_keys(&terminal, "<Enter><C-j>");
	terminal_end(&terminal);
	cr_assert(terminal_modes_restored(&terminal), "put back");
	terminal_free(&terminal);
	start_plain("stty -echo");
	terminal_end(&terminal);
	cr_assert(!terminal_modes_restored(&terminal), "left behind");
	terminal_free(&terminal);
}

Test(terminal, notices_a_wait_in_vain_and_shows_the_screen)
{
	start_plain("printf 'on the screen'; read x");
	terminal_wait_text(&terminal, "on the screen");
	cr_assert(!terminal_comes_to(&terminal, terminal_shows, "something else", 50), "it is not there");
	cr_assert(!terminal_comes_to(&terminal, terminal_lacks, "on the screen", 50), "it is there");
	cr_assert(strstr(terminal_told(&terminal), "the program runs; normal screen of 6 rows and 40 columns") != NULL, "%s", terminal_told(&terminal));
	cr_assert(strstr(terminal_told(&terminal), "  0|on the screen\n  1|\n") != NULL, "%s", terminal_told(&terminal));
	terminal_keys(&terminal, "<Enter>");
	terminal_end(&terminal);
	cr_assert(!terminal_comes_to(&terminal, terminal_shows, "something else", TERMINAL_LIMIT_MS), "and nothing more will come");
	terminal_free(&terminal);
}
