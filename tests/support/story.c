#include <config.h>

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>
#include <jansson.h>

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
	story_answer_dev(shell, EXAMPLE);
}

void example_to_experimental(struct shell *shell)
{
	story_to_experimental(shell, EXAMPLE);
}

void example_answer_experimental(struct shell *shell)
{
	story_answer_experimental(shell, EXAMPLE, 3);
}

void example_to_candidate(struct shell *shell)
{
	EXPECT(0, shell_as(shell, "jane", "approve " EXAMPLE " --role dev-lead"));
	EXPECT(0, shell_as(shell, "quinn", "approve " EXAMPLE " --role qa"));
	EXPECT(0, shell_as(shell, "otto", "promote " EXAMPLE " --to candidate"));
}

void example_answer_candidate(struct shell *shell)
{
	story_answer_candidate(shell, EXAMPLE);
}

void example_sign(struct shell *shell)
{
	EXPECT(0, shell_as(shell, "jane", "memo draft " EXAMPLE " --decision go --no-risks --note 'Page load increase was 85 ms.'"));
	story_sign(shell, EXAMPLE);
}

static const struct sheet usual = {
	.release = "swap",
	.class = "Workflow change (non-destructive)",
	.data = "None",
	.kill_switch = "Feature flag SWAP_ENABLED (default: off)",
	.manifest_lines = "",
	.tenants = "SBNC-dev, SBNC-staging",
	.recovery = "",
};

static const char *or(const char *text, const char *other)
{
	return text ? text : other;
}

void sheet_write(struct shell *shell, const struct sheet *sheet)
{
	const char *release = or(sheet->release, usual.release), *class = or(sheet->class, usual.class);

	shell_write(shell, "manifest.txt",
		    "Release ID: %s\nClassification: %s\nDescription: Let two members swap their places\nFiles Changed: swap.c, swap.h\n"
		    "Data Changes: %s\nKill Switch: %s\n%s",
		    release, class, or(sheet->data, usual.data), or(sheet->kill_switch, usual.kill_switch),
		    or(sheet->manifest_lines, usual.manifest_lines));
	shell_write(shell, "plan.txt",
		    "Release: %s\nClassification: %s\nExperimental Tenants: %s\nOpt-in Method: The tenant agrees in writing\nStart Date: 2025-03-03\n"
		    "Minimum Duration: 1 week\nExit Criteria:\n  - Ten swaps, all of them right\nOwner: Jane Doe, Dev Lead\n",
		    release, class, or(sheet->tenants, usual.tenants));
	shell_write(shell, "switch.txt", "Flag: SWAP_ENABLED\nDefault: off\nEnabled for: %s\nActivation: The flag file, read again within ten seconds\n",
		    or(sheet->tenants, usual.tenants));
	shell_write(shell, "rollback.txt",
		    "Rollback Trigger:\n  - A place is given twice\n\nRollback Procedure:\n  1. Set SWAP_ENABLED to off\n  2. Watch the log for ten minutes\n\n"
		    "Rollback Verification:\n  - No swap is offered\n\n%sCommunication Plan:\n  - Tell the System Owner within the hour\n\n"
		    "Rollback Owner: Jane Doe, Dev Lead\n",
		    or(sheet->recovery, usual.recovery));
	shell_write(shell, "safety.txt", "- [x] No cross-tenant data access possible (tenant id in all queries)\n- [x] Tenant ID present in all new database queries\n"
		    "- [x] No shared mutable state between tenant contexts\n- [x] Audit log entries include tenant ID\n"
		    "- [x] Backup and restore procedures unchanged or explicitly updated\n- [x] Data migration (if any) is idempotent and reversible\n"
		    "- [x] Test tenant data used in dev/experimental is not production data\n");
}

void sheet_import(struct shell *shell, const struct sheet *sheet)
{
	sheet_write(shell, sheet);
	EXPECT(0, shell_as(shell, "jane", "import --release %s manifest.txt plan.txt switch.txt rollback.txt safety.txt",
			   or(sheet->release, usual.release)));
}

void story_answer_dev(struct shell *shell, const char *release)
{
	EXPECT(0, shell_as(shell, "jane", "answer %s CHN-3 pass --note 'all suites green' --evidence 'run 4812'", release));
	EXPECT(0, shell_as(shell, "jane", "answer %s KSW-2 pass", release));
	EXPECT(0, shell_as(shell, "jane", "answer %s KSW-5 pass", release));
	EXPECT(0, shell_as(shell, "quinn", "answer %s OBS-4 pass", release));
	EXPECT(0, shell_as(shell, "quinn", "answer %s ATT-6 pass", release));
	EXPECT(0, shell_as(shell, "otto", "switch test %s --env dev --result pass --note 'off in 40 s; audit entry 4411'", release));
	EXPECT(0, shell_as(shell, "jane", "stop %s HS-4 clear --reason 'tenant id in all queries'", release));
	EXPECT(0, shell_as(shell, "jane", "stop %s HS-5 clear --reason 'no event removed'", release));
	EXPECT(0, shell_as(shell, "jane", "plan approve %s", release));
}

void story_to_experimental(struct shell *shell, const char *release)
{
	EXPECT(0, shell_as(shell, "jane", "approve %s --role dev-lead", release));
	EXPECT(0, shell_as(shell, "jane", "promote %s --to experimental", release));
}

void story_answer_experimental(struct shell *shell, const char *release, size_t criteria)
{
	static const char *const rules[] = { "OBS-0", "OBS-1", "OBS-2", "OBS-3", "OBS-5", "OBV-1", "OBV-2", "OBV-3", "OBV-4", "ATT-3", "ATT-4", "ATT-5",
					     "CHN-4" };

	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		EXPECT(0, shell_as(shell, "quinn", "answer %s %s pass", release, rules[i]));
	for (size_t i = 0; i < criteria; i++)
		EXPECT(0, shell_as(shell, "quinn", "answer %s PLN-4.%zu pass --note 'seen in the dashboards'", release, i + 1));
}

void story_answer_candidate(struct shell *shell, const char *release)
{
	EXPECT(0, shell_as(shell, "quinn", "answer %s CHN-5 pass", release));
	EXPECT(0, shell_as(shell, "otto", "rollback rehearse %s --result pass --note 'nine minutes in staging'", release));
}

void story_sign(struct shell *shell, const char *release)
{
	EXPECT(0, shell_as(shell, "jane", "memo sign %s --role dev-lead", release));
	EXPECT(0, shell_as(shell, "bob", "memo sign %s --role system-owner", release));
}

void story_in_candidate(struct shell *shell, const char *release)
{
	struct sheet sheet = { .release = release };

	shell_at(shell, "2025-03-02T09:00:00Z");
	shell_people(shell);
	sheet_import(shell, &sheet);
	story_answer_dev(shell, release);
	shell_at(shell, "2025-03-03T09:00:00Z");
	story_to_experimental(shell, release);
	shell_at(shell, "2025-03-10T09:00:00Z");
	story_answer_experimental(shell, release, 1);
	EXPECT(0, shell_as(shell, "jane", "approve %s --role dev-lead", release));
	EXPECT(0, shell_as(shell, "quinn", "approve %s --role qa", release));
	EXPECT(0, shell_as(shell, "otto", "promote %s --to candidate", release));
}

static json_t *read_json(const struct shell *shell)
{
	json_error_t error;
	json_t *root = json_loads(shell->out, 0, &error);

	cr_assert(root != NULL, "no JSON: %s\n%s", error.text, shell_told(shell));
	return root;
}

void story_verdict(struct shell *shell, const char *release, int status, const char *verdict)
{
	json_t *root;

	shell_run(shell, "check %s --json", release);
	root = read_json(shell);
	cr_assert_str_eq(json_string_value(json_object_get(root, "verdict")), verdict, "%s", shell_told(shell));
	cr_assert_eq(shell->status, status, "%s", shell_told(shell));
	json_decref(root);
}

static const char *text_of(const json_t *finding, const char *key)
{
	const char *text = json_string_value(json_object_get(finding, key));

	return text ? text : "";
}

void story_finding(const struct shell *shell, const char *rule, const char *state, const char *text)
{
	json_t *root = read_json(shell), *finding;
	size_t i, seen = 0;

	json_array_foreach(json_object_get(root, "findings"), i, finding) {
		if (strcmp(text_of(finding, "rule"), rule) != 0)
			continue;
		seen++;
		cr_assert_str_eq(text_of(finding, "state"), state, "%s is %s: %s", rule, text_of(finding, "state"), text_of(finding, "reason"));
		cr_assert(!text || strstr(text_of(finding, "reason"), text) || strstr(text_of(finding, "next"), text), "%s says: %s (%s)", rule,
			  text_of(finding, "reason"), text_of(finding, "next"));
	}
	cr_assert_eq(seen, 1, "%s is there %zu times\n%s", rule, seen, shell_told(shell));
	json_decref(root);
}
