#include <config.h>

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "../support/desk.h"
#include "../support/story.h"

TestSuite(story, .timeout = 120, .description = "a release by keys alone, from its documents to the memo that a stranger verifies");

/* Where the line that says what was recorded begins: it takes two rows, the key bar one. */
enum { QUESTION_MAX = 256, ROWS = 30, COLUMNS = 100, STATUS_ROW = ROWS - 3 };

/* What this person types to each question, by the beginning of its rule; the first row that fits.  "+" stands for the id of the release. */
struct reply { const char *rule, *keys; };
static const struct reply replies[] = {
	{ "CHN-3", "<Space><Enter>all suites green<Enter>run 4812<Enter>" },
	{ "KSW-3", "<Space><Enter>off in 40 s, audit entry 4411<Enter><Enter>" },
	{ "PLN-2", "<Right><Enter>" },
	{ "PLN-4", "<Space><Enter>seen in the dashboards<Enter><Enter>" },
	{ "HS-", "<Space><Enter>looked at query by query<Enter>" },
	{ "RBP-2", "<Space><Enter>nine minutes in staging<Enter><Enter>" },
	{ "APR-1", "<Enter>+<Enter>" },
	{ "CLS-3", "<Enter>+<Enter>" },
	{ "Promote", "+<Enter>" },
	{ "", "<Space><Enter><Enter><Enter>" },
};

static void sit_down(struct desk *desk, const char *person, const char *moment)
{
	desk_sit(desk, person, moment, ROWS, COLUMNS, "xterm-256color");
}

/* The row that opens with a rule, or with the promotion: what is asked now. */
static bool read_question(struct terminal *terminal, char *out)
{
	for (int row = 2; row < ROWS; row++) {
		const char *text = terminal_row(terminal, row);
		const size_t letters = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

		if ((letters >= 2 && text[letters] == '-' && isdigit((unsigned char)text[letters + 1])) || strncmp(text, "Promote ", 8) == 0) {
			snprintf(out, QUESTION_MAX, "%s", text);
			return true;
		}
	}
	return false;
}

/* What stood there before a reply: the question, and the end of the line that said what was recorded. */
struct before { char question[QUESTION_MAX], recorded[QUESTION_MAX]; };

static void look(struct terminal *terminal, struct before *before)
{
	cr_assert(read_question(terminal, before->question), "%s", terminal_told(terminal));
	snprintf(before->recorded, sizeof before->recorded, "%s", terminal_row(terminal, STATUS_ROW));
}

/* The last rows are painted last: once they have changed, all of the screen has. */
static bool has_recorded(struct terminal *terminal, const void *about)
{
	const struct before *before = about;
	char now[QUESTION_MAX];

	if (!terminal_is_alternate(terminal) || !read_question(terminal, now) || strcmp(now, before->question) == 0)
		return false;
	return *terminal_row(terminal, STATUS_ROW) && strcmp(terminal_row(terminal, STATUS_ROW), before->recorded) != 0;
}

static const char *keys_for(const char *question, char *out, size_t size)
{
	size_t i = 0;
	const char *plus;

	while (strncmp(question, replies[i].rule, strlen(replies[i].rule)) != 0)
		i++;
	plus = strchr(replies[i].keys, '+');
	if (plus)
		snprintf(out, size, "%.*s%s%s", (int)(plus - replies[i].keys), replies[i].keys, EXAMPLE, plus + 1);
	else
		snprintf(out, size, "%s", replies[i].keys);
	return out;
}

/* Walks until the question begins with `until`: whatever waits for this person before it is answered. */
static void walk_until(struct desk *desk, const char *until)
{
	struct terminal *terminal = &desk->terminal;
	struct before before;
	char keys[256];

	for (int asked = 0; asked < 64; asked++) {
		look(terminal, &before);
		if (strncmp(before.question, until, strlen(until)) == 0)
			return;
		terminal_keys(terminal, keys_for(before.question, keys, sizeof keys));
		terminal_wait(terminal, has_recorded, &before, before.question, TERMINAL_LIMIT_MS);
	}
	cr_assert(false, "the walk never comes to %s: %s", until, terminal_told(terminal));
}

/* Opens the walk at the first question that waits. */
static void open_walk(struct desk *desk)
{
	terminal_wait_text(&desk->terminal, EXAMPLE);
	terminal_keys(&desk->terminal, "w");
	terminal_wait_text(&desk->terminal, "Esc back");
}

static void reply(struct desk *desk, const char *expected, const char *then)
{
	struct before before;
	char keys[256];

	look(&desk->terminal, &before);
	cr_assert(strncmp(before.question, expected, strlen(expected)) == 0, "not %s: %s", expected, terminal_told(&desk->terminal));
	terminal_keys(&desk->terminal, keys_for(before.question, keys, sizeof keys));
	terminal_wait_text(&desk->terminal, then);
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
	open_walk(&desk);
	walk_until(&desk, "CHN-2");
	desk_leave(&desk);

	sit_down(&desk, "jane", "2025-01-15 09:00:00");
	open_walk(&desk);
	walk_until(&desk, "Promote");
	reply(&desk, "Promote", "is promoted to experimental");
	desk_leave(&desk);

	sit_down(&desk, "jane", "2025-01-22 09:00:00");
	open_walk(&desk);
	walk_until(&desk, "APR-1");
	reply(&desk, "APR-1", "Approved");
	desk_leave(&desk);
	sit_down(&desk, "quinn", "2025-01-22 09:10:00");
	open_walk(&desk);
	walk_until(&desk, "CLS-3");
	reply(&desk, "CLS-3", "Approved");
	desk_leave(&desk);
	sit_down(&desk, "jane", "2025-01-22 09:20:00");
	open_walk(&desk);
	walk_until(&desk, "Promote");
	reply(&desk, "Promote", "is promoted to candidate");
	desk_leave(&desk);

	sit_down(&desk, "jane", "2025-01-29 09:30:00");
	open_walk(&desk);
	walk_until(&desk, "MEM-1");
	/* The kind stands already; GO; no risks; notes; the rest of the form is for a NO-GO. */
	terminal_keys(&desk.terminal, "<Space><Enter><Right><Right><Enter>Page load increase was 85 ms.<C-s>");
	terminal_wait_text(&desk.terminal, "You sign as  Jane Doe");
	terminal_keys(&desk.terminal, EXAMPLE "<Enter>");
	terminal_wait_text(&desk.terminal, "Signed");
	desk_leave(&desk);

	sit_down(&desk, "bob", "2025-01-29 09:40:00");
	open_walk(&desk);
	terminal_wait_text(&desk.terminal, "You sign as  Bob Smith");
	terminal_keys(&desk.terminal, EXAMPLE "<Enter>");
	terminal_wait_text(&desk.terminal, "The gate says GO");
	reply(&desk, "Promote", "is promoted to stable");
	desk_leave(&desk);

	sit_down(&desk, "bob", "2025-01-29 09:50:00");
	terminal_wait_text(&desk.terminal, EXAMPLE);
	terminal_keys(&desk.terminal, "x");
	terminal_wait_text(&desk.terminal, "Folder");
	for (int i = 0; i < 8; i++)
		terminal_keys(&desk.terminal, "<Backspace>");
	terminal_keys(&desk.terminal, shell.dir);
	terminal_keys(&desk.terminal, "/memos<Enter>");
	terminal_wait_text(&desk.terminal, "Exported to");
	desk_leave(&desk);

	cr_assert(shell_stock(&shell, "cd memos && sed '/^Signatures:/,$d' " EXAMPLE "-stable-v1.txt | ssh-keygen -Y verify -f allowed_signers -I bob "
			      "-n gonogo-memo@v1 -s " EXAMPLE "-stable-v1.system-owner.sig") == 0, "%s", shell_told(&shell));
	cr_assert(shell_run(&shell, "verify") == 0, "%s", shell_told(&shell));
	shell_close(&shell);
}
