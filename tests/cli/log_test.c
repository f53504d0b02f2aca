#include <config.h>

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "../support/story.h"

TestSuite(log, .timeout = 300, .description = "one entry of the audit trail: before and after, and the signature behind it");

/* The number of the newest entry of a kind. */
static long newest(struct shell *shell, const char *kind)
{
	EXPECT(0, shell_run(shell, "log --kind %s --limit 1", kind));
	return strtol(shell->out, NULL, 10);
}

Test(log, entry_says_what_was_before)
{
	struct shell opened, *shell = &opened;
	long first;

	shell_open(shell);
	shell_at(shell, "2025-01-14T09:00:00Z");
	shell_people(shell);
	example_import(shell);
	EXPECT(0, shell_as(shell, "quinn", "answer " EXAMPLE " OBS-1 pass --note 'counters stand'"));
	first = newest(shell, "answer.given");
	EXPECT(0, shell_run(shell, "log --entry %ld", first));
	EXPECT_SAID("quinn answered OBS-1 of " EXAMPLE ": pass.\n2025-01-14T09:00:00Z  answer.given  release " EXAMPLE "\nSigned by quinn with SHA256:");
	EXPECT_SAID(": the signature holds.\n");
	EXPECT_SAID("value: pass\nnote: counters stand\n");
	EXPECT(0, shell_as(shell, "quinn", "answer " EXAMPLE " OBS-2 pass --note 'another rule'"));
	EXPECT(0, shell_as(shell, "quinn", "answer " EXAMPLE " OBS-1 fail --note 'counters fell'"));
	EXPECT(0, shell_run(shell, "log --entry %ld", newest(shell, "answer.given")));
	EXPECT_SAID("value: [-pass-]{+fail+}\nnote: counters [-stand-]{+fell+}\n");
	/* What came later is not before. */
	EXPECT(0, shell_run(shell, "log --entry %ld", first));
	EXPECT_SAID("value: pass\n");
	EXPECT(0, shell_run(shell, "log --entry %ld --json", first));
	EXPECT_SAID("\"kind\":\"answer.given\"");
	shell_close(shell);
}

Test(log, entry_refuses_what_makes_no_sense)
{
	struct shell opened, *shell = &opened;

	shell_open(shell);
	shell_at(shell, "2025-01-14T09:00:00Z");
	shell_people(shell);
	EXPECT(0, shell_run(shell, "log --entry 1"));
	EXPECT_SAID("bob opened the ledger.\n");
	EXPECT(5, shell_run(shell, "log --entry 4000"));
	EXPECT(2, shell_run(shell, "log --entry 0"));
	EXPECT(2, shell_run(shell, "log --entry 1 --kind answer.given"));
	EXPECT_SAID("--entry shows one entry, whatever it is of: leave the other options out.");
	shell_close(shell);
}

Test(log, is_narrowed_by_time_and_words_and_written_into_a_new_file)
{
	struct shell opened, *shell = &opened;

	shell_open(shell);
	shell_at(shell, "2025-01-14T09:00:00Z");
	shell_people(shell);
	shell_at(shell, "2025-01-15T23:59:59Z");
	EXPECT(0, shell_as(shell, "bob", "tenant add late --name Late --kind dev-test"));
	shell_at(shell, "2025-01-16T00:00:00Z");
	EXPECT(0, shell_as(shell, "bob", "tenant add later --name Later --kind dev-test"));
	EXPECT(0, shell_run(shell, "log --since 2025-01-15 --until 2025-01-15"));
	EXPECT_SAID("registered tenant late");
	cr_assert(!strstr(shell->out, "later") && !strstr(shell->out, "2025-01-14"), "a day is all of it, and no more\n%s", shell->out);
	EXPECT(0, shell_run(shell, "log --until 2025-01-15T23:59:58Z --words 'TENANT late'"));
	cr_assert_str_eq(shell->out, "", "before that second there was none");
	EXPECT(0, shell_run(shell, "log --words 'TENANT late' --limit 1"));
	EXPECT_SAID("registered tenant later");
	EXPECT(0, shell_run(shell, "log --words 'TENANT late'"));
	cr_assert(strstr(shell->out, "tenant later, Later\n") && strstr(shell->out, "tenant late, Late\n"), "%s", shell->out);
	EXPECT(0, shell_run(shell, "log --json --out '%s/slice.jsonl'", shell->dir));
	EXPECT_SAID(" entries written to ");
	EXPECT(3, shell_run(shell, "log --out '%s/slice.jsonl'", shell->dir));
	EXPECT_SAID("is there already, and stays as it is: name another file.");
	EXPECT(5, shell_run(shell, "log --out '%s/none' --words nobody-said-this", shell->dir));
	EXPECT_SAID("No entry is left by the filter: nothing was written.");
	EXPECT(0, shell_stock(shell, "$GONOGO_BIN --ledger '%s' log --json --limit 1000 | cmp - slice.jsonl", shell->ledger));
	shell_close(shell);
}
