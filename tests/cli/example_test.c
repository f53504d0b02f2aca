#include <config.h>

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "../support/story.h"

TestSuite(example, .timeout = 120, .description = "the specification's worked example, at its dates, by its people");

/* I-7: the example claims 21 days in 14. */
Test(example, candidate_entered_on_the_day_of_stable_is_refused)
{
	struct shell opened, *shell = &opened;

	shell_open(shell);
	shell_at(shell, "2025-01-14T09:00:00Z");
	shell_people(shell);
	example_import(shell);
	example_answer_dev(shell);
	shell_at(shell, "2025-01-15T09:00:00Z");
	example_to_experimental(shell);
	shell_at(shell, "2025-01-29T09:00:00Z");
	example_answer_experimental(shell);
	example_to_candidate(shell);
	example_answer_candidate(shell);
	shell_at(shell, "2025-01-29T10:00:00Z");
	EXPECT(8, shell_run(shell, "check " EXAMPLE " --to stable"));
	cr_assert(shell_says(shell, "CHN-2"), "%s", shell_told(shell));
	cr_assert(shell_says(shell, "2025-02-05T09:00:00Z"), "%s", shell_told(shell));
	EXPECT(3, shell_as(shell, "otto", "promote " EXAMPLE " --to stable"));
	EXPECT(0, shell_as(shell, "jane", "memo draft " EXAMPLE " --decision go --no-risks"));
	cr_assert(shell_says(shell, "can never be signed"), "%s", shell_told(shell));
	EXPECT(3, shell_as(shell, "jane", "memo sign " EXAMPLE " --role dev-lead"));
	EXPECT(1, shell_run(shell, "memo compare " EXAMPLE " '%s'", shell_source("tests/data/spec-example/memo.txt")));
	cr_assert(shell_says(shell, "CHN-2"), "%s", shell_told(shell));
	shell_close(shell);
}

Test(example, a_week_in_candidate_opens_stable_and_a_stranger_verifies_the_memo)
{
	struct shell opened, *shell = &opened;
	char command[1024];

	shell_open(shell);
	shell_at(shell, "2025-01-14T09:00:00Z");
	shell_people(shell);
	example_import(shell);
	example_answer_dev(shell);
	shell_at(shell, "2025-01-15T09:00:00Z");
	example_to_experimental(shell);
	shell_at(shell, "2025-01-22T09:00:00Z");
	example_answer_experimental(shell);
	example_to_candidate(shell);
	example_answer_candidate(shell);
	shell_at(shell, "2025-01-29T08:59:00Z");
	EXPECT(8, shell_run(shell, "check " EXAMPLE " --to stable"));
	shell_at(shell, "2025-01-29T09:05:00Z");
	example_sign(shell);
	EXPECT(3, shell_as(shell, "bob", "memo sign " EXAMPLE " --role system-owner"));
	EXPECT_SAID("has no memo that waits to be signed: " EXAMPLE "/m1 is issued (MEM-5). See gonogo check " EXAMPLE ".");
	EXPECT(0, shell_run(shell, "check " EXAMPLE " --to stable"));
	EXPECT(0, shell_as(shell, "otto", "promote " EXAMPLE " --to stable"));
	EXPECT(0, shell_run(shell, "allowed " EXAMPLE " --tenant quiet"));
	EXPECT(0, shell_run(shell, "verify"));
	EXPECT(0, shell_run(shell, "memo export " EXAMPLE));
	snprintf(command, sizeof command, "%.1000s", shell->out);
	EXPECT(0, shell_stock(shell, "set -e; %s", command));
	cr_assert(shell_says(shell, "Good \"gonogo-memo@v1\" signature for bob"), "%s", shell_told(shell));
	cr_assert(shell_says(shell, "Good \"gonogo-memo@v1\" signature for jane"), "%s", shell_told(shell));
	EXPECT(0, shell_stock(shell, "cat " EXAMPLE "-stable-v1.txt"));
	cr_assert(shell_says(shell, "  - [x] All channel durations met (7 days in experimental, 7 days in candidate)\n"), "%s", shell_told(shell));
	shell_close(shell);
}

Test(example, qa_is_demanded_at_the_second_transition)
{
	struct shell opened, *shell = &opened;

	shell_open(shell);
	shell_at(shell, "2025-01-14T09:00:00Z");
	shell_people(shell);
	example_import(shell);
	example_answer_dev(shell);
	shell_at(shell, "2025-01-15T09:00:00Z");
	example_to_experimental(shell);
	shell_at(shell, "2025-01-22T09:00:00Z");
	example_answer_experimental(shell);
	EXPECT(0, shell_as(shell, "jane", "approve " EXAMPLE " --role dev-lead"));
	EXPECT(3, shell_as(shell, "otto", "promote " EXAMPLE " --to candidate"));
	cr_assert(shell_says(shell, "QA"), "%s", shell_told(shell));
	EXPECT(3, shell_as(shell, "jane", "approve " EXAMPLE " --role qa"));
	EXPECT(0, shell_as(shell, "quinn", "approve " EXAMPLE " --role qa"));
	EXPECT(0, shell_as(shell, "otto", "promote " EXAMPLE " --to candidate"));
	shell_close(shell);
}

/* I-8: a checklist whose text comes out otherwise is accepted, and the difference is said; the same text says nothing. */
Test(example, a_data_safety_text_that_prints_differently_says_so)
{
	struct shell opened, *shell = &opened;

	shell_open(shell);
	shell_at(shell, "2025-01-14T09:00:00Z");
	shell_people(shell);
	example_import(shell);
	cr_assert(!shell_says(shell, "will print differently"), "%s", shell_told(shell));
	EXPECT(0, shell_stock(shell, "sed 's/^- .x. Audit log entries include tenant ID$/- [ ] Audit log entries: asked of the vendor/' '%s' >safety.txt",
			      shell_source("tests/data/spec-example/data-safety.txt")));
	EXPECT(0, shell_as(shell, "jane", "import --release " EXAMPLE " safety.txt"));
	cr_assert(shell_says(shell, "safety.txt will print differently") && shell_says(shell, "asked of the vendor"), "%s", shell_told(shell));
	shell_close(shell);
}
