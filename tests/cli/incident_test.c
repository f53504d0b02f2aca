#include <config.h>

#include <criterion/criterion.h>

#include "../support/story.h"

TestSuite(incident_cli, .timeout = 120, .description = "what an incident, a kill and a tenant's act must name");

static void open_shell(struct shell *shell)
{
	shell_open(shell);
	shell_at(shell, "2025-03-03T09:00:00Z");
	shell_people(shell);
	EXPECT(0, shell_as(shell, "jane", "release new swap --class ui-only --description 'Swap a shift'"));
	EXPECT(0, shell_as(shell, "jane", "release new trade --class ui-only --description 'Trade a shift'"));
}

/* CHN-6: a mistyped release would be halted by nobody, so nothing is recorded. */
Test(incident_cli, every_release_named_exists)
{
	struct shell opened, *shell = &opened;

	open_shell(shell);
	EXPECT(5, shell_as(shell, "quinn", "incident open swap trad --severity 1 --summary 'Shifts are lost'"));
	EXPECT_SAID("trad");
	EXPECT(0, shell_run(shell, "incident list"));
	cr_assert(!shell_says(shell, "INC-1"), "%s", shell_told(shell));
	EXPECT(0, shell_as(shell, "quinn", "incident open swap trade --severity 1 --summary 'Shifts are lost'"));
	story_verdict(shell, "swap", 1, "blocked");
	story_finding(shell, "CHN-6", "unmet", "INC-1");
	story_verdict(shell, "trade", 1, "blocked");
	story_finding(shell, "CHN-6", "unmet", "INC-1");
	shell_close(shell);
}

/* KSW-6: "*" is every tenant, wherever it stands. */
Test(incident_cli, a_star_kills_for_every_tenant)
{
	struct shell opened, *shell = &opened;

	open_shell(shell);
	EXPECT(0, shell_as(shell, "otto", "switch kill swap --tenant SBNC-dev --tenant * --reason 'Shifts are lost'"));
	EXPECT_SAID("every tenant");
	EXPECT(0, shell_as(shell, "jane", "switch approve swap --role dev-lead --reason 'mended'"));
	EXPECT(0, shell_as(shell, "otto", "switch restore swap --tenant * --reason 'mended'"));
	EXPECT(0, shell_run(shell, "switch show swap"));
	cr_assert(!shell_says(shell, "killed for"), "%s", shell_told(shell));
	shell_close(shell);
}

/* ATT-2: an act of a tenant is one tenant's; "*" is none. */
Test(incident_cli, a_tenants_act_names_one_tenant)
{
	struct shell opened, *shell = &opened;

	open_shell(shell);
	EXPECT(5, shell_as(shell, "jane", "tenant consent * --method letter"));
	EXPECT(5, shell_as(shell, "jane", "tenant opt-out *"));
	EXPECT(5, shell_as(shell, "jane", "tenant track * stable-only"));
	EXPECT_SAID("no tenant *");
	/* Nor is there consent to, or withdrawal from, a release that is not there. */
	EXPECT(5, shell_as(shell, "jane", "tenant consent SBNC-dev --release swp --method letter"));
	EXPECT(5, shell_as(shell, "jane", "tenant consent SBNC-dev --release swp --withdraw"));
	EXPECT_SAID("swp");
	shell_close(shell);
}
