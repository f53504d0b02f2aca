#include <config.h>

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "story.h"

void example_import(struct shell *shell)
{
	static const char *const files[] = { "manifest.txt", "exposure-plan.txt", "kill-switch.txt", "rollback-plan.txt", "data-safety.txt" };
	char line[4096] = "import";

	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		char path[128];

		snprintf(path, sizeof path, "tests/data/spec-example/%s", files[i]);
		snprintf(line + strlen(line), sizeof line - strlen(line), " '%s'", shell_source(path));
	}
	EXPECT(0, shell_as(shell, "jane", "%s", line));
}

void example_answer_dev(struct shell *shell)
{
	EXPECT(0, shell_as(shell, "jane", "answer " EXAMPLE " CHN-3 pass --note 'all suites green' --evidence 'run 4812'"));
	EXPECT(0, shell_as(shell, "jane", "answer " EXAMPLE " KSW-2 pass"));
	EXPECT(0, shell_as(shell, "jane", "answer " EXAMPLE " KSW-5 pass"));
	EXPECT(0, shell_as(shell, "quinn", "answer " EXAMPLE " OBS-4 pass"));
	EXPECT(0, shell_as(shell, "quinn", "answer " EXAMPLE " ATT-6 pass"));
	EXPECT(0, shell_as(shell, "otto", "switch test " EXAMPLE " --env dev --result pass --note 'off in 40 s; audit entry 4411'"));
	EXPECT(0, shell_as(shell, "jane", "stop " EXAMPLE " HS-4 clear --reason 'tenant id in all queries'"));
	EXPECT(0, shell_as(shell, "jane", "stop " EXAMPLE " HS-5 clear --reason 'no event removed'"));
	EXPECT(0, shell_as(shell, "jane", "plan approve " EXAMPLE));
}

void example_to_experimental(struct shell *shell)
{
	EXPECT(0, shell_as(shell, "jane", "approve " EXAMPLE " --role dev-lead"));
	EXPECT(0, shell_as(shell, "jane", "promote " EXAMPLE " --to experimental"));
}

void example_answer_experimental(struct shell *shell)
{
	static const char *const rules[] = { "OBS-0", "OBS-1", "OBS-2", "OBS-3", "OBS-5", "OBV-1", "OBV-2", "OBV-3", "OBV-4", "ATT-3", "ATT-4", "ATT-5",
					     "CHN-4" };
	static const char *const criteria[] = { "PLN-4.1", "PLN-4.2", "PLN-4.3" };

	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		EXPECT(0, shell_as(shell, "quinn", "answer " EXAMPLE " %s pass", rules[i]));
	for (size_t i = 0; i < sizeof criteria / sizeof *criteria; i++)
		EXPECT(0, shell_as(shell, "quinn", "answer " EXAMPLE " %s pass --note 'seen in the dashboards'", criteria[i]));
}

void example_to_candidate(struct shell *shell)
{
	EXPECT(0, shell_as(shell, "jane", "approve " EXAMPLE " --role dev-lead"));
	EXPECT(0, shell_as(shell, "quinn", "approve " EXAMPLE " --role qa"));
	EXPECT(0, shell_as(shell, "otto", "promote " EXAMPLE " --to candidate"));
}

void example_answer_candidate(struct shell *shell)
{
	EXPECT(0, shell_as(shell, "quinn", "answer " EXAMPLE " CHN-5 pass"));
	EXPECT(0, shell_as(shell, "otto", "rollback rehearse " EXAMPLE " --result pass --note 'nine minutes in staging'"));
}

void example_sign(struct shell *shell)
{
	EXPECT(0, shell_as(shell, "jane", "memo draft " EXAMPLE " --decision go --no-risks --note 'Page load increase was 85 ms.'"));
	EXPECT(0, shell_as(shell, "jane", "memo sign " EXAMPLE " --role dev-lead"));
	EXPECT(0, shell_as(shell, "bob", "memo sign " EXAMPLE " --role system-owner"));
}
