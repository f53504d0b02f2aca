#include <config.h>

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "../support/story.h"

TestSuite(demo, .timeout = 300, .description = "the practice ledger: who and what is in it, and what it prints without a terminal");

/* Does some release of the list have both? */
static bool has_release(const char *list, const char *class, const char *channel)
{
	char first[64], second[64];

	snprintf(first, sizeof first, "\"class\":\"%s\"", class);
	snprintf(second, sizeof second, "\"channel\":\"%s\"", channel);
	for (const char *at = list; (at = strstr(at, "{\"id\"")) != NULL; at++) {
		char row[1024];

		snprintf(row, sizeof row, "%.*s", (int)strcspn(at, "}"), at);
		if (strstr(row, first) && strstr(row, second))
			return true;
	}
	return false;
}

Test(demo, has_every_class_in_every_channel_and_one_of_each_kind)
{
	static const char *const classes[] = { "ui-only", "workflow", "capability", "mechanism" };
	static const char *const channels[] = { "dev", "experimental", "candidate", "stable" };
	static const char *const told[] = { "dana signed memo calendar-sync/m1 as dev-lead", "calendar-sync is OPEN in candidate, and next is you: sign the memo",
					    "Signed: memo calendar-sync/m1", "calendar-sync is promoted to stable", "GO/NO-GO DECISION MEMO",
					    "  Practice: made in a practice ledger", "ssh-keygen -Y verify" };
	struct shell opened, *shell = &opened;

	shell_open(shell);
	snprintf(shell->ledger, sizeof shell->ledger, "%.200s/practice/practice.db", shell->dir);
	EXPECT(0, shell_stock(shell, "\"$GONOGO_BIN\" demo --dir practice"));
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		cr_assert(strstr(shell->out, told[i]), "\"%s\" is not told\n%s", told[i], shell_told(shell));
	cr_assert(!strchr(shell->out, '\033'), "an escape was sent to a pipe");
	EXPECT(0, shell_run(shell, "release list --json"));
	/* The walk has just taken the capability in candidate to stable. */
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		for (size_t k = 0; k < sizeof channels / sizeof *channels; k++)
			cr_assert(has_release(shell->out, classes[i], channels[k]) || (i == 2 && k == 2), "no %s release in %s", classes[i], channels[k]);
	cr_assert(strstr(shell->out, "\"verdict\":\"wait\""), "none only waits\n%s", shell->out);
	EXPECT(1, shell_run(shell, "check dues-ledger"));
	cr_assert(strstr(shell->out, "BLOCKED") && strstr(shell->out, "CHN-6"), "none is halted\n%s", shell->out);
	EXPECT(0, shell_run(shell, "person list --json"));
	cr_assert(strstr(shell->out, "system-owner") && strstr(shell->out, "dev-lead") && strstr(shell->out, "qa") && strstr(shell->out, "operator"), "%s",
		  shell->out);
	EXPECT(0, shell_run(shell, "verify"));
	EXPECT(3, shell_stock(shell, "\"$GONOGO_BIN\" demo --dir practice"));
	shell_close(shell);
}
