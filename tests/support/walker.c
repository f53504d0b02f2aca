#include <config.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "walker.h"

enum { QUESTIONS_MOST = 64, KEYS_MAX = 256 };

/* What is typed to each question, by the beginning of its rule; the first row that fits.  "+" stands for the id of the release. */
static const struct { const char *rule, *keys; } replies[] = {
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

static void keys_for(const char *question, const char *release, char *out, size_t size)
{
	size_t i = 0;
	const char *plus;

	while (strncmp(question, replies[i].rule, strlen(replies[i].rule)) != 0)
		i++;
	plus = strchr(replies[i].keys, '+');
	if (plus)
		snprintf(out, size, "%.*s%s%s", (int)(plus - replies[i].keys), replies[i].keys, release, plus + 1);
	else
		snprintf(out, size, "%s", replies[i].keys);
}

/* The number of the fact that the screen says was recorded, as its receipt has it: "gonogo:LEDGER NUMBER ..."; 0: it says nothing. */
static long receipt(struct terminal *terminal)
{
	const char *text = terminal_text(terminal), *found = NULL;

	for (const char *at = text; (at = strstr(at, "gonogo:")) != NULL; at++)
		found = at;
	return found ? strtol(found + strcspn(found, " \n"), NULL, 10) : 0;
}

/* What is recorded is said in the last rows, which are painted last: then the question above them is the next one. */
static bool has_recorded(struct terminal *terminal, const void *before)
{
	char now[WALKER_QUESTION_MAX];

	return terminal_is_alternate(terminal) && receipt(terminal) > *(const long *)before && walker_question(terminal, now);
}

void walker_type(struct desk *desk, const char *keys, const char *then)
{
	terminal_keys(&desk->terminal, keys);
	terminal_wait_text(&desk->terminal, then);
}

void walker_open(struct desk *desk, const char *release)
{
	terminal_wait_text(&desk->terminal, release);
	walker_type(desk, "w", "Esc back");
}

bool walker_question(struct terminal *terminal, char *out)
{
	for (const char *row = terminal_text(terminal); row; row = strchr(row, '\n') ? strchr(row, '\n') + 1 : NULL) {
		const size_t letters = strspn(row, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

		if ((letters < 2 || row[letters] != '-' || !isdigit((unsigned char)row[letters + 1])) && strncmp(row, "Promote ", 8) != 0)
			continue;
		snprintf(out, WALKER_QUESTION_MAX, "%.*s", (int)strcspn(row, "\n"), row);
		return true;
	}
	return false;
}

/* The sentence may go on in the next row. */
static bool is_mine(struct terminal *terminal)
{
	const char *said = strstr(terminal_text(terminal), "; you");

	return said && strncmp(said + strlen("; you") + 1, "can.", 4) == 0;
}

static void look(struct terminal *terminal, char *question)
{
	cr_assert(walker_question(terminal, question), "nothing is asked: %s", terminal_told(terminal));
}

static void reply(struct desk *desk, const char *release, const char *question)
{
	char keys[KEYS_MAX];

	keys_for(question, release, keys, sizeof keys);
	terminal_keys(&desk->terminal, keys);
}

static void reply_and_go_on(struct desk *desk, const char *release, const char *question)
{
	const long before = receipt(&desk->terminal);

	reply(desk, release, question);
	terminal_wait(&desk->terminal, has_recorded, &before, question, TERMINAL_LIMIT_MS);
}

void walker_reply(struct desk *desk, const char *release, const char *expected, const char *then)
{
	char question[WALKER_QUESTION_MAX];

	look(&desk->terminal, question);
	cr_assert(strncmp(question, expected, strlen(expected)) == 0, "not %s: %s", expected, terminal_told(&desk->terminal));
	reply(desk, release, question);
	terminal_wait_text(&desk->terminal, then);
}

void walker_until(struct desk *desk, const char *release, const char *until)
{
	char question[WALKER_QUESTION_MAX];

	for (int asked = 0; asked < QUESTIONS_MOST; asked++) {
		look(&desk->terminal, question);
		if (strncmp(question, until, strlen(until)) == 0)
			return;
		reply_and_go_on(desk, release, question);
	}
	cr_assert(false, "the walk never comes to %s: %s", until, terminal_told(&desk->terminal));
}

void walker_finish(struct desk *desk, const char *release)
{
	char question[WALKER_QUESTION_MAX];

	for (int asked = 0; asked < QUESTIONS_MOST; asked++) {
		look(&desk->terminal, question);
		if (!is_mine(&desk->terminal))
			return;
		reply_and_go_on(desk, release, question);
	}
	cr_assert(false, "the walk never ends: %s", terminal_told(&desk->terminal));
}

static bool asks_another(struct terminal *terminal, const void *before)
{
	char now[WALKER_QUESTION_MAX];

	return walker_question(terminal, now) && strcmp(now, before) != 0;
}

void walker_back_to(struct desk *desk, const char *wanted)
{
	char question[WALKER_QUESTION_MAX];

	for (int gone = 0; gone < QUESTIONS_MOST; gone++) {
		look(&desk->terminal, question);
		if (strncmp(question, wanted, strlen(wanted)) == 0)
			return;
		terminal_keys(&desk->terminal, "<PgUp>");
		terminal_wait(&desk->terminal, asks_another, question, "the question before", TERMINAL_LIMIT_MS);
	}
	cr_assert(false, "%s is not asked: %s", wanted, terminal_told(&desk->terminal));
}
