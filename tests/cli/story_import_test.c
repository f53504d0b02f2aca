#include <config.h>

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "../support/story.h"

TestSuite(story_import, .timeout = 120, .description = "documents met by an import: the specification's, the project's own, and those that it refuses");

/* Nothing may be recorded by an import that is refused: the size of the ledger stays. */
static void expect_facts(struct shell *shell, int count)
{
	char line[32];

	snprintf(line, sizeof line, "intact: %d facts", count);
	EXPECT(0, shell_run(shell, "verify"));
	EXPECT_SAID(line);
}

enum { FACTS_OF_PEOPLE = 8, FACTS_OF_SHEET = 11 };

static void open_shell(struct shell *shell)
{
	shell_open(shell);
	shell_at(shell, "2025-03-03T09:00:00Z");
	shell_people(shell);
}

/* I-8, I-13: the five documents go in, claims are kept and do not count, and each prints byte for byte as it came. */
Test(story_import, documents_of_the_specification_print_as_they_came)
{
	static const char *const documents[][2] = { { "manifest", "manifest.txt" },
						    { "plan", "exposure-plan.txt" },
						    { "switch", "kill-switch.txt" },
						    { "rollback", "rollback-plan.txt" } };
	struct shell opened, *shell = &opened;

	open_shell(shell);
	example_import(shell);
	EXPECT_SAID("\"Approved By: Jane Doe, 2025-01-14\" is kept as a claim; only gonogo plan approve counts");
	EXPECT_SAID("\"Tested: 2025-01-14 in dev environment\" is kept as a claim; only gonogo switch test counts");
	story_verdict(shell, EXAMPLE, 1, "open");
	story_finding(shell, "PLN-1", "met", NULL);
	story_finding(shell, "PLN-2", "unmet", "plan approve");
	story_finding(shell, "KSW-3", "unmet", "switch test");
	for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
		char path[128];

		EXPECT(0, shell_run(shell, "release show " EXAMPLE " %s", documents[i][0]));
		shell_write(shell, "printed.txt", "%s", shell->out);
		snprintf(path, sizeof path, "tests/data/spec-example/%s", documents[i][1]);
		EXPECT(0, shell_stock(shell, "cmp printed.txt '%s'", shell_source(path)));
	}
	/* Each [x] of the checklist is jane's own pass, with what stands in its parenthesis. */
	EXPECT(0, shell_run(shell, "release show " EXAMPLE " data-safety"));
	EXPECT_SAID("- [x] No cross-tenant data access possible (tenant ID in all queries)\n");
	EXPECT(0, shell_run(shell, "log --release " EXAMPLE " --kind answer.given --json"));
	EXPECT_SAID("DAT-7");
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}

/* The project's own example: a capability whose people and tenants carry the names of its documents. */
Test(story_import, example_of_the_project_is_ready_for_its_approvals)
{
	static const char *const files[] = { "manifest.txt", "exposure-plan.txt", "kill-switch.txt", "rollback-plan.txt", "data-safety.txt" };
	const char *release = "2026-03-02-berth-swap";
	struct shell opened, *shell = &opened;
	char line[4096] = "import";

	shell_open(shell);
	shell_at(shell, "2026-03-02T09:00:00Z");
	shell_key(shell, "tomas");
	EXPECT(0, shell_run(shell, "init --key tomas.pub --id tomas --name 'Tomas Okafor'"));
	shell_key(shell, "ines");
	EXPECT(0, shell_as(shell, "tomas", "person add ines --name 'Ines Moreau' --role dev-lead --key ines.pub"));
	EXPECT(0, shell_as(shell, "tomas", "tenant add quay-staging --name 'Quay staging' --kind dev-test"));
	EXPECT(0, shell_as(shell, "tomas", "tenant add saltmarsh --name 'Saltmarsh' --kind production"));
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		char path[128];

		snprintf(path, sizeof path, "data/example/%s", files[i]);
		snprintf(line + strlen(line), sizeof line - strlen(line), " '%s'", shell_source(path));
	}
	EXPECT(0, shell_as(shell, "ines", "%s", line));
	cr_assert(!shell_says(shell, "print differently"), "%s", shell_told(shell));
	story_verdict(shell, release, 1, "open");
	story_finding(shell, "CLS-5", "met", NULL);
	story_finding(shell, "RBP-1", "met", "Ines Moreau");
	story_finding(shell, "PLN-1", "met", NULL);
	story_finding(shell, "PLN-3", "unmet", "tenant consent saltmarsh");
	story_finding(shell, "HS-3", "unanswered", NULL);
	story_finding(shell, "HS-7", "unanswered", NULL);
	EXPECT(0, shell_as(shell, "ines", "tenant consent saltmarsh --release %s --method 'letter of the harbour master'", release));
	story_verdict(shell, release, 1, "open");
	story_finding(shell, "PLN-3", "met", NULL);
	EXPECT(0, shell_as(shell, "ines", "plan approve %s", release));
	EXPECT(1, shell_run(shell, "memo compare %s '%s'", release, shell_source("data/example/memo.txt")));
	EXPECT_SAID("CHN-2");
	cr_assert(!shell_says(shell, ".."), "%s", shell_told(shell));
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}

/* I-16: the same again changes nothing, and says so. */
Test(story_import, the_same_again_changes_nothing)
{
	struct shell opened, *shell = &opened;
	struct sheet sheet = { .release = "swap" };

	open_shell(shell);
	sheet_import(shell, &sheet);
	expect_facts(shell, FACTS_OF_PEOPLE + FACTS_OF_SHEET);
	sheet_import(shell, &sheet);
	EXPECT_SAID("already");
	expect_facts(shell, FACTS_OF_PEOPLE + FACTS_OF_SHEET);
	/* One document of them that says something new is one fact. */
	EXPECT(0, shell_stock(shell, "sed -i 's/ten minutes/an hour/' rollback.txt"));
	EXPECT(0, shell_as(shell, "jane", "import --release swap manifest.txt plan.txt switch.txt rollback.txt safety.txt"));
	EXPECT_SAID("1 fact recorded");
	expect_facts(shell, FACTS_OF_PEOPLE + FACTS_OF_SHEET + 1);
	shell_close(shell);
}

/* CLS-1, HS-1: without a class the release is registered, served to nobody, and blocked until it is classified. */
Test(story_import, unclear_class_registers_and_blocks)
{
	struct shell opened, *shell = &opened;
	struct sheet sheet = { .release = "swap", .class = "Unclear" };

	open_shell(shell);
	sheet_write(shell, &sheet);
	EXPECT(0, shell_as(shell, "jane", "import manifest.txt switch.txt rollback.txt"));
	story_verdict(shell, "swap", 1, "blocked");
	EXPECT_SAID("\"state\":\"registered\",\"from\":\"none\",\"to\":\"experimental\"");
	story_finding(shell, "CLS-1", "unmet", "release classify swap");
	story_finding(shell, "HS-1", "unmet", NULL);
	EXPECT(1, shell_run(shell, "allowed swap --tenant SBNC-dev"));
	EXPECT(3, shell_as(shell, "jane", "promote swap --to experimental"));
	EXPECT_SAID("HS-1");
	EXPECT(0, shell_as(shell, "jane", "release classify swap workflow"));
	story_verdict(shell, "swap", 1, "open");
	EXPECT_SAID("\"state\":\"dev\"");
	story_finding(shell, "CLS-1", "met", NULL);
	EXPECT(0, shell_run(shell, "allowed swap --tenant SBNC-dev"));
	shell_close(shell);
}

/* Documents that contradict each other, or are none: 4 with file and line, and nothing is recorded (all or nothing). */
Test(story_import, contradictions_are_refused_with_file_and_line)
{
	struct shell opened, *shell = &opened;
	struct sheet sheet = { .release = "swap" };

	open_shell(shell);
	sheet_write(shell, &sheet);
	EXPECT(0, shell_stock(shell, "sed 's/^Classification: .*/Classification: UI-only/' plan.txt > other-class.txt"));
	EXPECT(4, shell_as(shell, "jane", "import manifest.txt other-class.txt"));
	EXPECT_SAID("gonogo: other-class.txt:2: ");
	EXPECT_SAID("Workflow change (non-destructive)");
	EXPECT(0, shell_stock(shell, "sed 's/^Release: .*/Release: other/' plan.txt > other-release.txt"));
	EXPECT(4, shell_as(shell, "jane", "import manifest.txt other-release.txt"));
	EXPECT_SAID("gonogo: other-release.txt:1: ");
	EXPECT(4, shell_as(shell, "jane", "import --release third manifest.txt"));
	EXPECT_SAID("gonogo: manifest.txt:1: ");
	EXPECT(0, shell_stock(shell, "sed 's/^Default: .*/Default: on/' switch.txt > other-default.txt"));
	EXPECT(4, shell_as(shell, "jane", "import manifest.txt other-default.txt"));
	EXPECT_SAID("KSW-1");
	EXPECT(0, shell_stock(shell, "sed 's/^Data Changes: .*/Data Changes: A column/' manifest.txt > other-data.txt; "
				     "sed 's/Data migration .*/No data migration required/' safety.txt > denies.txt"));
	EXPECT(4, shell_as(shell, "jane", "import other-data.txt denies.txt"));
	EXPECT_SAID("gonogo: denies.txt:6: ");
	EXPECT(4, shell_as(shell, "jane", "import manifest.txt manifest.txt"));
	EXPECT(4, shell_as(shell, "jane", "import '%s'", shell_source("data/example/memo.txt")));
	EXPECT_SAID("memo compare");
	EXPECT(2, shell_as(shell, "jane", "import switch.txt"));
	EXPECT_SAID("--release");
	EXPECT(5, shell_as(shell, "jane", "import --release swap switch.txt"));
	EXPECT(7, shell_as(shell, "jane", "import nowhere.txt"));
	EXPECT_SAID("nowhere.txt");
	expect_facts(shell, FACTS_OF_PEOPLE);
	/* The same contradiction, met by what is on record already. */
	sheet_import(shell, &sheet);
	EXPECT(4, shell_as(shell, "jane", "import other-release.txt manifest.txt"));
	expect_facts(shell, FACTS_OF_PEOPLE + FACTS_OF_SHEET);
	shell_close(shell);
}

/* Text that would act on a terminal, lie about its order, or is no text: refused where it enters, with its line. */
Test(story_import, hostile_text_is_refused_where_it_enters)
{
	static const char *const hostile[][2] = { { "escape", "\033[2J" },       { "bell", "\a" },           { "right to left", "\xe2\x80\xae" },
						  { "zero width", "\xe2\x80\x8b" }, { "C1 control", "\xc2\x9b" }, { "no UTF-8", "\xff\xfe" } };
	struct shell opened, *shell = &opened;
	struct sheet sheet = { .release = "swap" };

	open_shell(shell);
	sheet_write(shell, &sheet);
	for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
		shell_write(shell, "hostile.txt",
			    "Release ID: swap\nClassification: UI-only\nDescription: Let two %s swap\nFiles Changed: swap.c\nData Changes: None\n"
			    "Kill Switch: SWAP_ENABLED (default: off)\n",
			    hostile[i][1]);
		cr_assert_eq(shell_as(shell, "jane", "import hostile.txt"), 4, "%s: %s", hostile[i][0], shell_told(shell));
		cr_assert(shell_says(shell, "gonogo: hostile.txt:3: "), "%s: %s", hostile[i][0], shell_told(shell));
		cr_assert(!strstr(shell->err, hostile[i][1]), "%s came through", hostile[i][0]);
	}
	EXPECT(0, shell_stock(shell, "printf 'Release ID: swap\\0\\n' > nul.txt; head -c 3000000 /dev/zero | tr '\\0' a > huge.txt; : > empty.txt"));
	EXPECT(4, shell_as(shell, "jane", "import nul.txt"));
	EXPECT_SAID("nul.txt:1: ");
	EXPECT(4, shell_as(shell, "jane", "import huge.txt"));
	EXPECT_SAID("huge.txt:1: ");
	EXPECT(4, shell_as(shell, "jane", "import empty.txt"));
	EXPECT_SAID("empty.txt:1: ");
	/* A name of a file is text of strangers too. */
	shell_write(shell, "a\033[31mb.txt", "nonsense\n");
	EXPECT(4, shell_as(shell, "jane", "import a\033[31mb.txt"));
	cr_assert(!strchr(shell->err, '\033'), "the name came through");
	EXPECT(2, shell_as(shell, "jane", "release new safe --class ui-only --description 'a\033b'"));
	expect_facts(shell, FACTS_OF_PEOPLE);
	shell_close(shell);
}

/* Section 11, I-13: content by Dev Lead and System Owner, data safety by Dev Lead and QA. */
Test(story_import, who_may_import_what)
{
	struct shell opened, *shell = &opened;
	struct sheet sheet = { .release = "swap" };

	open_shell(shell);
	sheet_write(shell, &sheet);
	EXPECT(3, shell_as(shell, "quinn", "import manifest.txt"));
	EXPECT_SAID("Dev Lead or System Owner");
	EXPECT(3, shell_run(shell, "--as nobody import manifest.txt"));
	EXPECT(0, shell_as(shell, "bob", "import --release swap manifest.txt plan.txt switch.txt rollback.txt"));
	expect_facts(shell, FACTS_OF_PEOPLE + FACTS_OF_SHEET - 7);
	EXPECT(3, shell_as(shell, "bob", "import --release swap safety.txt"));
	EXPECT(3, shell_as(shell, "otto", "import --release swap safety.txt"));
	/* All or nothing: what bob may record does not slip in beside what he may not. */
	EXPECT(0, shell_stock(shell, "sed -i 's/Ten swaps/Twelve swaps/' plan.txt"));
	EXPECT(3, shell_as(shell, "bob", "import --release swap plan.txt safety.txt"));
	expect_facts(shell, FACTS_OF_PEOPLE + FACTS_OF_SHEET - 7);
	EXPECT(0, shell_stock(shell, "sed -i '3s/x/ /' safety.txt"));
	EXPECT(0, shell_as(shell, "quinn", "import --release swap safety.txt"));
	expect_facts(shell, FACTS_OF_PEOPLE + FACTS_OF_SHEET - 1);
	EXPECT(0, shell_run(shell, "log --release swap --actor quinn --limit 1"));
	EXPECT_SAID("DAT-7");
	EXPECT(0, shell_as(shell, "quinn", "import --release swap safety.txt"));
	EXPECT_SAID("already");
	/* An answer imported stands under the same rules as one typed: pass after fail needs a note. */
	EXPECT(0, shell_as(shell, "quinn", "answer swap DAT-3 fail --note 'the cache is shared'"));
	EXPECT(0, shell_stock(shell, "sed -i '3s/\\[ \\]/[x]/' safety.txt"));
	EXPECT(2, shell_as(shell, "quinn", "import --release swap safety.txt"));
	EXPECT_SAID("DAT-3");
	EXPECT(0, shell_stock(shell, "sed -i '3s/$/ (keyed by tenant)/' safety.txt"));
	EXPECT(0, shell_as(shell, "quinn", "import --release swap safety.txt"));
	shell_close(shell);
}

/* CLS-2, CLS-6: after T1 an import that differs is refused, and an identical one changes nothing. */
Test(story_import, frozen_manifest_meets_an_import)
{
	struct shell opened, *shell = &opened;
	struct sheet sheet = { .release = "swap" };

	open_shell(shell);
	sheet_import(shell, &sheet);
	/* Before T1 an edit voids what was answered, tested and assessed for the earlier text. */
	story_answer_dev(shell, "swap");
	sheet.data = "none";
	sheet_import(shell, &sheet);
	story_verdict(shell, "swap", 1, "open");
	story_finding(shell, "CHN-3", "unanswered", NULL);
	story_finding(shell, "KSW-3", "unmet", NULL);
	story_finding(shell, "HS-4", "unanswered", NULL);
	story_answer_dev(shell, "swap");
	story_to_experimental(shell, "swap");
	EXPECT(0, shell_as(shell, "jane", "import manifest.txt"));
	EXPECT_SAID("already");
	EXPECT(0, shell_stock(shell, "sed 's/two members/three members/' manifest.txt > edited.txt; "
				     "sed 's/^Classification: .*/Classification: UI-only/' manifest.txt > other-class.txt"));
	EXPECT(3, shell_as(shell, "jane", "import edited.txt"));
	EXPECT_SAID("CLS-6");
	EXPECT_SAID("release copy swap NEW");
	EXPECT(3, shell_as(shell, "jane", "import other-class.txt"));
	EXPECT_SAID("CLS-2");
	EXPECT(0, shell_run(shell, "release show swap manifest"));
	EXPECT_SAID("two members");
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}
