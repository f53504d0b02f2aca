#include <config.h>

#include <stdio.h>

#include <criterion/criterion.h>

#include "../support/story.h"

TestSuite(story_halt, .timeout = 120, .description = "halts, stops and overdue plans: what holds a release, and how it goes on");

static void in_experimental(struct shell *shell, const struct sheet *sheet)
{
	shell_open(shell);
	shell_at(shell, "2025-03-03T09:00:00Z");
	shell_people(shell);
	sheet_import(shell, sheet);
	story_answer_dev(shell, sheet->release);
	story_to_experimental(shell, sheet->release);
}

/* CHN-6, CHN-2, CHN-4, I-14: resuming lifts the halt and leaves the incident to the soak; a later SEV-1 halts again. */
Test(story_halt, sev1_resumed_leaves_the_incident_to_the_soak)
{
	struct shell opened, *shell = &opened;
	struct sheet sheet = { .release = "swap" };

	in_experimental(shell, &sheet);
	shell_at(shell, "2025-03-05T09:00:00Z");
	EXPECT(0, shell_as(shell, "quinn", "incident open swap --severity 2 --summary 'Swaps are slow'"));
	story_verdict(shell, "swap", 1, "open");
	story_finding(shell, "CHN-6", "met", NULL);
	EXPECT(0, shell_as(shell, "quinn", "incident regrade INC-1 --severity 1 --reason 'Nobody can swap'"));
	EXPECT_SAID("incident evaluate");
	story_verdict(shell, "swap", 1, "blocked");
	story_finding(shell, "CHN-6", "unmet", "INC-1");
	/* Neither lowering nor resolving lifts the halt. */
	EXPECT(3, shell_as(shell, "jane", "incident regrade INC-1 --severity 3 --reason 'Only slow'"));
	EXPECT_SAID("System Owner");
	EXPECT(0, shell_as(shell, "bob", "incident regrade INC-1 --severity 2 --reason 'Only slow'"));
	story_verdict(shell, "swap", 1, "blocked");
	EXPECT(0, shell_as(shell, "bob", "incident regrade INC-1 --severity 1 --reason 'It was down after all'"));
	EXPECT(3, shell_as(shell, "jane", "incident resolve INC-1 --resolution 'an index'"));
	EXPECT(0, shell_as(shell, "bob", "incident resolve INC-1 --resolution 'an index'"));
	story_verdict(shell, "swap", 1, "blocked");
	EXPECT(2, shell_as(shell, "jane", "incident evaluate swap resume"));
	EXPECT_SAID("--rationale");
	EXPECT(3, shell_as(shell, "quinn", "incident evaluate swap resume --rationale 'the index holds'"));
	EXPECT(0, shell_as(shell, "jane", "incident evaluate swap resume --rationale 'the index holds'"));
	story_verdict(shell, "swap", 1, "open");
	story_finding(shell, "CHN-6", "met", "jane");
	story_finding(shell, "CHN-2", "waiting", "2025-03-12T09:00:00Z");
	shell_at(shell, "2025-03-12T09:00:00Z");
	story_answer_experimental(shell, "swap", 1);
	story_verdict(shell, "swap", 1, "open");
	story_finding(shell, "CHN-4", "met", "INC-1");
	EXPECT(0, shell_as(shell, "otto", "incident open swap --severity 1 --summary 'Down again'"));
	story_verdict(shell, "swap", 1, "blocked");
	story_finding(shell, "CHN-6", "unmet", "INC-2");
	EXPECT(3, shell_as(shell, "jane", "approve swap --role dev-lead"));
	EXPECT_SAID("CHN-6");
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}

/* CHN-4: a SEV-4 restarts no soak, and must be resolved and named. */
Test(story_halt, sev4_in_experimental_is_resolved_and_named)
{
	struct shell opened, *shell = &opened;
	struct sheet sheet = { .release = "swap" };

	in_experimental(shell, &sheet);
	shell_at(shell, "2025-03-09T09:00:00Z");
	EXPECT(0, shell_as(shell, "otto", "incident open swap --severity 4 --summary 'A word is misspelt'"));
	shell_at(shell, "2025-03-10T09:00:00Z");
	story_answer_experimental(shell, "swap", 1);
	story_verdict(shell, "swap", 1, "open");
	story_finding(shell, "CHN-2", "met", NULL);
	story_finding(shell, "CHN-4", "unmet", "incident resolve INC-1");
	EXPECT(0, shell_as(shell, "jane", "incident resolve INC-1 --resolution 'spelt'"));
	story_verdict(shell, "swap", 1, "open");
	story_finding(shell, "CHN-2", "met", NULL);
	story_finding(shell, "CHN-4", "met", "INC-1 (SEV-4)");
	shell_close(shell);
}

/* I-14, I-16: an incident that names tenants concerns every release served to them, and no other. */
Test(story_halt, incident_of_a_tenant_concerns_what_it_is_served)
{
	struct shell opened, *shell = &opened;
	struct sheet sheet = { .release = "swap", .tenants = "SBNC-dev" }, other = { .release = "other", .tenants = "SBNC-staging" };

	in_experimental(shell, &sheet);
	sheet_import(shell, &other);
	story_answer_dev(shell, "other");
	story_to_experimental(shell, "other");
	EXPECT(2, shell_as(shell, "otto", "incident open --severity 1 --summary 'Everything is slow'"));
	EXPECT(5, shell_as(shell, "otto", "incident open --severity 1 --summary 'Everything is slow' --tenant nowhere"));
	EXPECT(0, shell_as(shell, "otto", "incident open --severity 1 --summary 'Everything is slow' --tenant SBNC-dev"));
	story_verdict(shell, "swap", 1, "blocked");
	story_finding(shell, "CHN-6", "unmet", "INC-1");
	story_verdict(shell, "other", 1, "open");
	story_finding(shell, "CHN-6", "met", NULL);
	EXPECT(0, shell_run(shell, "incident list"));
	EXPECT_SAID("INC-1");
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}

/* PLN-5: past its maximum the plan is overdue until it is extended and approved again; the soak goes on. */
Test(story_halt, overdue_plan_is_extended_and_approved_again)
{
	struct shell opened, *shell = &opened;
	struct sheet sheet = { .release = "swap" };

	shell_open(shell);
	shell_at(shell, "2025-03-03T09:00:00Z");
	shell_people(shell);
	sheet_write(shell, &sheet);
	EXPECT(0, shell_stock(shell, "sed -i 's/^Minimum Duration: .*/&\\nMaximum Duration: 2 weeks/' plan.txt"));
	EXPECT(0, shell_as(shell, "jane", "import --release swap manifest.txt plan.txt switch.txt rollback.txt safety.txt"));
	story_answer_dev(shell, "swap");
	story_to_experimental(shell, "swap");
	shell_at(shell, "2025-03-18T09:00:00Z");
	story_answer_experimental(shell, "swap", 1);
	story_verdict(shell, "swap", 1, "open");
	story_finding(shell, "PLN-5", "unmet", "2025-03-17T09:00:00Z");
	story_finding(shell, "CHN-2", "met", NULL);
	EXPECT(0, shell_run(shell, "allowed swap --tenant SBNC-dev"));
	EXPECT(0, shell_stock(shell, "sed -i 's/^Maximum Duration: .*/Maximum Duration: 4 weeks/' plan.txt"));
	EXPECT(0, shell_as(shell, "jane", "import plan.txt"));
	story_verdict(shell, "swap", 1, "open");
	story_finding(shell, "PLN-5", "unmet", NULL);
	EXPECT(0, shell_as(shell, "bob", "plan approve swap"));
	story_verdict(shell, "swap", 1, "open");
	story_finding(shell, "PLN-5", "met", NULL);
	story_finding(shell, "PLN-4.1", "met", NULL);
	shell_close(shell);
}

/* Section 5 of the rules: anyone with a role raises a hard stop in any channel; a Dev Lead or System Owner clears it in writing. */
Test(story_halt, hard_stop_raised_in_candidate_voids_what_was_signed)
{
	struct shell opened, *shell = &opened;

	shell_open(shell);
	story_in_candidate(shell, "swap");
	story_answer_candidate(shell, "swap");
	shell_at(shell, "2025-03-17T09:00:00Z");
	EXPECT(0, shell_as(shell, "jane", "memo draft swap --decision go --no-risks"));
	story_sign(shell, "swap");
	story_verdict(shell, "swap", 0, "go");
	EXPECT(2, shell_as(shell, "otto", "stop swap HS-5 raise"));
	EXPECT_SAID("--reason");
	EXPECT(0, shell_as(shell, "otto", "stop swap HS-5 raise --reason 'swaps are not in the audit log'"));
	story_verdict(shell, "swap", 1, "blocked");
	story_finding(shell, "HS-5", "unmet", "swaps are not in the audit log");
	EXPECT(3, shell_as(shell, "otto", "promote swap --to stable"));
	EXPECT(3, shell_as(shell, "otto", "stop swap HS-5 clear --reason 'they are'"));
	EXPECT(0, shell_as(shell, "jane", "stop swap HS-5 clear --reason 'they are: entry 5512'"));
	story_verdict(shell, "swap", 1, "open");
	story_finding(shell, "APR-2", "stale", "HS-5");
	story_finding(shell, "MEM-5", "stale", "memo draft swap");
	EXPECT(0, shell_as(shell, "jane", "memo draft swap --decision go --no-risks"));
	story_sign(shell, "swap");
	EXPECT(0, shell_as(shell, "otto", "promote swap --to stable"));
	EXPECT(0, shell_run(shell, "memo list swap"));
	EXPECT(0, shell_run(shell, "memo show swap --version 1"));
	/* The one derived from the class cannot be cleared where nobody raised it. */
	EXPECT(3, shell_as(shell, "jane", "stop swap HS-1 clear --reason 'it is clear'"));
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}

/* RBK-2: a mechanism's rollback names an incident of this release. */
Test(story_halt, mechanism_rollback_names_its_incident)
{
	struct shell opened, *shell = &opened;
	struct sheet sheet = { .release = "roles", .class = "Mechanism change (high risk)",
			       .recovery = "Data Recovery: Runbook 12\n\nRestore Verification: Rehearsal 8, 2025-02-26, pass\n\n" };

	in_experimental(shell, &sheet);
	EXPECT(2, shell_as(shell, "bob", "rollback start roles --reason 'The page is slow'"));
	EXPECT_SAID("--incident");
	EXPECT(5, shell_as(shell, "bob", "rollback start roles --reason 'The page is slow' --incident INC-1"));
	EXPECT(0, shell_as(shell, "otto", "incident open roles --severity 3 --summary 'The page is slow'"));
	EXPECT(0, shell_as(shell, "bob", "rollback start roles --reason 'The page is slow' --incident INC-1"));
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}

/* I-11: before experimental a release is withdrawn; from then on leaving is a rollback. */
Test(story_halt, withdrawal_ends_where_experimental_begins)
{
	struct shell opened, *shell = &opened;
	struct sheet sheet = { .release = "swap" }, other = { .release = "other" };

	in_experimental(shell, &sheet);
	EXPECT(3, shell_as(shell, "jane", "release withdraw swap --reason 'nobody wants it'"));
	EXPECT_SAID("rollback start swap");
	sheet_import(shell, &other);
	story_answer_dev(shell, "other");
	EXPECT(0, shell_as(shell, "jane", "approve other --role dev-lead"));
	EXPECT(3, shell_as(shell, "quinn", "release withdraw other --reason 'nobody wants it'"));
	EXPECT(0, shell_as(shell, "jane", "release withdraw other --reason 'nobody wants it'"));
	story_verdict(shell, "other", 1, "blocked");
	story_finding(shell, "CHN-1", "unmet", "release copy other");
	EXPECT(3, shell_as(shell, "jane", "promote other --to experimental"));
	EXPECT(3, shell_as(shell, "jane", "import manifest.txt"));
	EXPECT(1, shell_run(shell, "allowed other --tenant SBNC-dev"));
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}

/* I-5: who approved a transition in one role is refused in a second, however many are held. */
Test(story_halt, one_person_fills_one_role)
{
	struct shell opened, *shell = &opened;
	struct sheet sheet = { .release = "swap" };

	in_experimental(shell, &sheet);
	EXPECT(0, shell_as(shell, "bob", "person role jane grant qa"));
	shell_at(shell, "2025-03-10T09:00:00Z");
	story_answer_experimental(shell, "swap", 1);
	EXPECT(0, shell_as(shell, "jane", "approve swap --role dev-lead"));
	EXPECT(3, shell_as(shell, "jane", "approve swap --role qa"));
	EXPECT_SAID("I-5");
	EXPECT(0, shell_as(shell, "jane", "approve swap --role dev-lead"));
	EXPECT_SAID("already");
	EXPECT(0, shell_as(shell, "jane", "approve swap --withdraw --reason 'quinn is away'"));
	EXPECT(0, shell_as(shell, "jane", "approve swap --role qa"));
	EXPECT(3, shell_as(shell, "quinn", "approve swap --role qa"));
	EXPECT_SAID("jane");
	story_verdict(shell, "swap", 1, "open");
	story_finding(shell, "APR-1", "unmet", "Dev Lead");
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}
