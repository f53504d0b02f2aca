#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "../support/desk.h"
#include "../support/story.h"

TestSuite(passphrase, .timeout = 120, .description = "ssh-keygen asks for the passphrase of a key on the terminal, and what goes wrong there loses nothing");

#define RELEASE "swap"
#define PROMPT "Enter passphrase"

static void lock_key(struct shell *shell, const char *person)
{
	cr_assert_eq(shell_stock(shell, "ssh-keygen -q -p -P '' -N 'correct horse' -f %s", person), 0, "%s", shell_told(shell));
}

static void unlock_key(struct shell *shell, const char *person)
{
	cr_assert_eq(shell_stock(shell, "ssh-keygen -q -p -P 'correct horse' -N '' -f %s", person), 0, "%s", shell_told(shell));
}

/* The size of the ledger as its checkpoint has it: whether anything was recorded at all. */
static long facts_in(struct shell *shell)
{
	const char *size;

	EXPECT(0, shell_run(shell, "verify --json"));
	size = strstr(shell->out, "\"size\":");
	cr_assert(size != NULL, "%s", shell_told(shell));
	return strtol(size + strlen("\"size\":"), NULL, 10);
}

static void assert_lent(struct terminal *terminal)
{
	cr_assert(!terminal_is_alternate(terminal), "the screen is not left: %s", terminal_told(terminal));
	cr_assert(strstr(terminal_text(terminal), "ssh-keygen signs as") != NULL, "who asks is not said: %s", terminal_told(terminal));
}

static int prompts(const struct terminal *terminal)
{
	int count = 0;

	for (const char *at = terminal_raw(terminal); (at = strstr(at, PROMPT)) != NULL; at++)
		count++;
	return count;
}

/* Does whoever has the terminal in front sleep?  ssh-keygen forgets a ^C that comes between its prompt and its wait for an answer. */
static bool is_awaited(const struct terminal *terminal)
{
	char path[64], text[256] = "";
	const char *state;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/stat", (int)tcgetpgrp(terminal->master));
	file = fopen(path, "r");
	if (!file)
		return false;
	if (!fgets(text, sizeof text, file))
		text[0] = '\0';
	fclose(file);
	state = strrchr(text, ')');
	return state && strncmp(state, ") S", 3) == 0;
}

/* Once more than before: the prompt before this one still stands on the screen of the shell. */
static bool asks_again(struct terminal *terminal, const void *before)
{
	return !terminal_is_alternate(terminal) && prompts(terminal) > *(const int *)before && is_awaited(terminal);
}

static void wait_for_prompt(struct terminal *terminal, int before)
{
	terminal_wait(terminal, asks_again, &before, "a prompt on the screen of the shell", TERMINAL_LIMIT_MS);
}

static bool is_back_with(struct terminal *terminal, const void *text)
{
	return terminal_is_alternate(terminal) && terminal_shows(terminal, text);
}

/* Submits what stands in the form, answers the prompt, and waits until the console is back with a sentence. */
static void answer_prompt(struct terminal *terminal, const char *typed, const char *then)
{
	const int before = prompts(terminal);

	terminal_keys(terminal, "<Enter>");
	wait_for_prompt(terminal, before);
	assert_lent(terminal);
	terminal_keys(terminal, typed);
	terminal_wait(terminal, is_back_with, then, then, TERMINAL_LIMIT_MS);
	cr_assert(strstr(terminal_text(terminal), "correct horse") == NULL, "the passphrase is on the screen: %s", terminal_told(terminal));
}

/* Every wrong way, and then the right one: `filled` stands in the form all the while, and nothing is recorded before the end. */
static void sign_by_passphrase(struct desk *desk, const char *filled, const char *then)
{
	static const struct { const char *typed, *said; } wrong[] = {
		{ "wrong horse<Enter>", "does not open the key" },
		{ "<C-c>", "ssh-keygen was interrupted" },
		{ "<Enter>", "does not open the key" },
	};
	struct terminal *terminal = &desk->terminal;
	const long before = facts_in(desk->shell);

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		answer_prompt(terminal, wrong[i].typed, wrong[i].said);
		cr_assert(strstr(terminal_text(terminal), filled) != NULL, "what was typed is gone: %s", terminal_told(terminal));
		cr_assert(strstr(terminal_text(terminal), "Nothing was signed:") != NULL, "%s", terminal_told(terminal));
		cr_assert_eq(facts_in(desk->shell), before, "something was recorded after %s", wrong[i].typed);
	}
	answer_prompt(terminal, "correct horse<Enter>", then);
	cr_assert_gt(facts_in(desk->shell), before, "nothing was recorded: %s", terminal_told(terminal));
}

static void leave(struct desk *desk)
{
	struct terminal *terminal = &desk->terminal;

	terminal_keys(terminal, "<Esc><Esc>");
	terminal_wait_text(terminal, "q quit");
	terminal_keys(terminal, "q");
	cr_assert(terminal_end(terminal) == 0, "%s", terminal_told(terminal));
	cr_assert(!terminal_is_alternate(terminal), "%s", terminal_told(terminal));
	cr_assert(terminal_modes_restored(terminal), "the modes are left changed: %s", terminal_told(terminal));
	terminal_free(terminal);
}

static void in_experimental(struct shell *shell)
{
	const struct sheet sheet = { .release = RELEASE };

	shell_at(shell, "2025-03-02T09:00:00Z");
	shell_people(shell);
	sheet_import(shell, &sheet);
	story_answer_dev(shell, RELEASE);
	shell_at(shell, "2025-03-03T09:00:00Z");
	story_to_experimental(shell, RELEASE);
	shell_at(shell, "2025-03-10T09:00:00Z");
	story_answer_experimental(shell, RELEASE, 1);
}

Test(passphrase, approval_in_the_walk)
{
	struct shell *const shell = &(struct shell){ 0 };
	struct desk desk = { .shell = shell };

	shell_open(shell);
	in_experimental(shell);
	lock_key(shell, "jane");
	desk_sit(&desk, "jane", "2025-03-10 10:00:00", 24, 80, "xterm-256color");
	terminal_wait_text(&desk.terminal, RELEASE);
	terminal_keys(&desk.terminal, "w");
	terminal_wait_text(&desk.terminal, "APR-1");
	terminal_keys(&desk.terminal, "seen by two<Enter>" RELEASE);
	sign_by_passphrase(&desk, "seen by two", "Approved");
	leave(&desk);
	shell_close(shell);
}

Test(passphrase, memo_in_the_walk_on_a_terminal_that_changes_its_size)
{
	struct shell *const shell = &(struct shell){ 0 };
	struct desk desk = { .shell = shell };

	shell_open(shell);
	story_in_candidate(shell, RELEASE);
	shell_at(shell, "2025-03-17T09:00:00Z");
	story_answer_candidate(shell, RELEASE);
	EXPECT(0, shell_as(shell, "jane", "memo draft %s --decision go --no-risks", RELEASE));
	EXPECT(0, shell_as(shell, "jane", "memo sign %s --role dev-lead", RELEASE));
	lock_key(shell, "bob");
	desk_sit(&desk, "bob", "2025-03-17 10:00:00", 24, 80, "xterm-256color");
	terminal_wait_text(&desk.terminal, RELEASE);
	terminal_keys(&desk.terminal, "w");
	terminal_wait_text(&desk.terminal, "You sign as  Bob Smith");
	terminal_keys(&desk.terminal, RELEASE "<Enter>");
	wait_for_prompt(&desk.terminal, 0);
	terminal_resize(&desk.terminal, 30, 100);
	terminal_keys(&desk.terminal, "<C-c>");
	terminal_wait(&desk.terminal, is_back_with, "ssh-keygen was interrupted", "the console", TERMINAL_LIMIT_MS);
	cr_assert(strstr(terminal_row(&desk.terminal, 29), "F1 help") != NULL, "not drawn for 30 rows: %s", terminal_told(&desk.terminal));
	sign_by_passphrase(&desk, RELEASE, "Signed");
	leave(&desk);
	EXPECT(0, shell_run(shell, "memo show %s", RELEASE));
	EXPECT_SAID("System Owner: Bob Smith, 2025-03-17");
	unlock_key(shell, "bob");
	shell_close(shell);
}

/* The program on a terminal, as a person runs one command; what it said stays on the screen. */
static int run_on_terminal(struct shell *shell, const char *typed, const char *option, const char *expected)
{
	char identity[400], state[320];
	const char *argv[] = { getenv("GONOGO_BIN"), "--ledger", shell->ledger, "--as", "jane", "--identity", identity, "release", "new", "fresh",
			       option, NULL };
	const char *const extra[] = { state, NULL };
	struct terminal terminal;
	int status;

	snprintf(identity, sizeof identity, "%s/jane", shell->dir);
	snprintf(state, sizeof state, "XDG_STATE_HOME=%s", shell->dir);
	terminal_start(&terminal, 24, 200, "xterm-256color", extra, argv);
	if (typed) {
		wait_for_prompt(&terminal, 0);
		terminal_keys(&terminal, typed);
	}
	status = terminal_end(&terminal);
	cr_assert(terminal_modes_restored(&terminal), "the modes are left changed: %s", terminal_told(&terminal));
	cr_assert(strstr(terminal_text(&terminal), expected) != NULL, "not said: %s: %s", expected, terminal_told(&terminal));
	cr_assert(typed || strstr(terminal_text(&terminal), PROMPT) == NULL, "it asked: %s", terminal_told(&terminal));
	terminal_free(&terminal);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Test(passphrase, command_on_a_terminal)
{
	struct shell *const shell = &(struct shell){ 0 };

	shell_open(shell);
	shell_people(shell);
	lock_key(shell, "jane");
	cr_assert_eq(run_on_terminal(shell, NULL, "--no-input", "with --no-input nothing is asked; load it with `ssh-add"), 2);
	cr_assert_eq(run_on_terminal(shell, "wrong horse<Enter>", NULL, "does not open the key"), 3);
	cr_assert_eq(run_on_terminal(shell, "<Enter>", NULL, "does not open the key"), 3);
	cr_assert_eq(run_on_terminal(shell, "<C-c>", NULL, "ssh-keygen was interrupted"), 3);
	cr_assert_eq(shell_run(shell, "release show fresh"), 5, "%s", shell_told(shell));
	cr_assert_eq(run_on_terminal(shell, "correct horse<Enter>", NULL, "fresh"), 0);
	cr_assert_eq(shell_run(shell, "release show fresh"), 0, "%s", shell_told(shell));
	shell_close(shell);
}

Test(passphrase, command_without_a_terminal)
{
	struct shell *const shell = &(struct shell){ 0 };

	shell_open(shell);
	shell_people(shell);
	lock_key(shell, "jane");
	EXPECT(3, shell_as(shell, "jane", "release new fresh"));
	EXPECT_SAID("there is no terminal to ask on; load it with `ssh-add");
	cr_assert(!shell_says(shell, PROMPT), "the prompt is quoted: %s", shell_told(shell));
	EXPECT(2, shell_as(shell, "jane", "--no-input release new fresh"));
	EXPECT_SAID("with --no-input nothing is asked");
	EXPECT_SAID("--identity FILE");
	EXPECT(5, shell_run(shell, "release show fresh"));
	shell_close(shell);
}
