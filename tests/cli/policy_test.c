#include <config.h>

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "../support/story.h"

TestSuite(policy_file, .timeout = 120, .description = "I-6: what an organisation asks besides, from its file to the gate");

static void opened_at(struct shell *shell)
{
	shell_open(shell);
	shell_at(shell, "2025-03-03T09:00:00Z");
	shell_people(shell);
}

/* What it would loosen is named with file, line and rule; nothing is adopted. */
Test(policy_file, check_explains_and_records_nothing)
{
	static const struct { const char *text, *says; } loose[] = {
		{ "name = \"x\";\nsoak = ( { class = \"capability\"; channel = \"experimental\"; min = \"7 days\"; } );\n",
		  "p.conf:2: soak: 1 week in experimental would loosen CHN-2, which asks 2 weeks of a release of class capability; expected that or longer." },
		{ "name = \"x\";\nfreeze = ();\n", "p.conf:2: there is no setting \"freeze\". Did you mean freezes? See gonogo-policy(5)." },
		{ "name = \"x\";\n@include \"p.conf\"\n", "p.conf:2: @include is not used here" },
	};
	struct shell opened, *shell = &opened;

	opened_at(shell);
	for (size_t i = 0; i < sizeof loose / sizeof *loose; i++) {
		shell_write(shell, "p.conf", "%s", loose[i].text);
		EXPECT(4, shell_run(shell, "policy check p.conf"));
		EXPECT_SAID(loose[i].says);
		EXPECT(4, shell_as(shell, "bob", "policy adopt p.conf"));
		EXPECT_SAID(loose[i].says);
	}
	EXPECT(0, shell_stock(shell, "mkfifo pipe && ln -s p.conf link && chmod 666 p.conf"));
	EXPECT(7, shell_run(shell, "policy check pipe"));
	EXPECT(7, shell_run(shell, "policy check link"));
	EXPECT(7, shell_as(shell, "bob", "policy adopt p.conf"));
	EXPECT_SAID("others could have written it");
	EXPECT(7, shell_run(shell, "policy check /dev/zero"));
	EXPECT(7, shell_run(shell, "policy check none"));
	EXPECT(0, shell_run(shell, "policy show"));
	EXPECT_SAID("No policy is adopted");
	EXPECT(0, shell_run(shell, "log --kind policy.adopted --json"));
	cr_assert(!*shell->out, "%s", shell_told(shell));
	/* It needs no ledger. */
	shell_write(shell, "q.conf", "name = \"x\";\nplan_of_two = true;\n");
	EXPECT(0, shell_run(shell, "policy check q.conf --ledger /nowhere/at.all"));
	EXPECT_SAID("PLN-2  An exposure plan is approved by somebody who neither saved nor owns it.");
	shell_close(shell);
}

/* The example that is installed is a policy, and what is shown of it can be adopted again. */
Test(policy_file, the_example_is_adopted_shown_and_read_back)
{
	struct shell opened, *shell = &opened;

	opened_at(shell);
	EXPECT(0, shell_stock(shell, "umask 077; cat \"$GONOGO_SRC/data/example/policy.conf\" > house.conf"));
	EXPECT(0, shell_run(shell, "policy check house.conf"));
	EXPECT_SAID("RBP-2  The rollback was rehearsed within the last 13 weeks.");
	EXPECT(3, shell_as(shell, "jane", "policy adopt house.conf"));
	EXPECT_SAID("System Owner");
	EXPECT(0, shell_as(shell, "bob", "policy adopt house.conf"));
	EXPECT_SAID("The policy \"house rules\" is in force");
	EXPECT(0, shell_run(shell, "policy show"));
	EXPECT_SAID("# Adopted 2025-03-03T09:00:00Z by bob, fact ");
	EXPECT_SAID("test_age = \"30 days\";");
	shell_write(shell, "again.conf", "%s", shell->out);
	EXPECT(0, shell_as(shell, "bob", "policy adopt again.conf"));
	EXPECT_SAID("lready");
	EXPECT(0, shell_run(shell, "policy show --json"));
	EXPECT_SAID("{\"schema\":1,\"name\":\"house rules\",\"adopted\":\"2025-03-03T09:00:00Z\",\"by\":\"bob\",\"fact\":");
	EXPECT(0, shell_run(shell, "log --kind policy.adopted"));
	EXPECT_SAID("adopted the policy house rules");
	EXPECT(0, shell_run(shell, "verify"));
	/* Dropping a bar is no way out of it. */
	shell_write(shell, "mild.conf", "name = \"mild\";\n");
	EXPECT(3, shell_as(shell, "bob", "policy adopt mild.conf"));
	EXPECT_SAID("2026-09-02-bulk-delete is barred");
	shell_close(shell);
}

/* Told once it is recorded, without waiting for whoever is told; what cannot be told is recorded all the same, and said. */
Test(policy_file, programs_are_told_of_facts)
{
	struct shell opened, *shell = &opened;

	opened_at(shell);
	EXPECT(0, shell_stock(shell, "mkfifo told && printf '#!/bin/sh\\ncat > %s/told\\n' > tell && chmod 700 tell", shell->dir));
	shell_write(shell, "p.conf", "name = \"x\";\nnotify = ( { command = \"%s/tell\"; on = \"tenant.added\"; } );\n", shell->dir);
	EXPECT(0, shell_as(shell, "bob", "policy adopt p.conf"));
	/* The program waits for a reader, and the act does not wait for the program. */
	EXPECT(0, shell_as(shell, "bob", "tenant add oak --name Oak --kind production"));
	cr_assert(!shell_says(shell, "not told"), "%s", shell_told(shell));
	EXPECT(0, shell_stock(shell, "cat told"));
	EXPECT_SAID("\"kind\":\"tenant.added\"");
	EXPECT_SAID("\"tenant\":\"oak\"");
	EXPECT(0, shell_stock(shell, "chmod 722 tell"));
	EXPECT(0, shell_as(shell, "bob", "tenant add elm --name Elm --kind production"));
	EXPECT_SAID("It is recorded, but not told: ");
	EXPECT_SAID("others could have written it");
	EXPECT(0, shell_stock(shell, "rm tell"));
	EXPECT(0, shell_as(shell, "bob", "tenant add ash --name Ash --kind production"));
	EXPECT_SAID("It is recorded, but not told: ");
	EXPECT(0, shell_run(shell, "tenant list"));
	EXPECT_SAID("ash");
	shell_close(shell);
}

/* The machine is not started anew while the test moves its date: what moved between two acts is a jump. */
Test(policy_file, a_jump_of_the_clock_is_recorded_and_named)
{
	struct shell opened, *shell = &opened;

	shell_open(shell);
	story_in_candidate(shell, "swap");
	EXPECT(0, shell_run(shell, "log --kind clock.jumped"));
	cr_assert(!strstr(shell->out, "jump"), "without a bound nothing is recorded\n%s", shell_told(shell));
	shell_write(shell, "p.conf", "name = \"clocks\";\nclock_jump = \"1 hour\";\n");
	EXPECT(0, shell_as(shell, "bob", "policy adopt p.conf"));
	EXPECT(0, shell_as(shell, "bob", "accept-risk swap --risk 'Slow page' --rationale 'Rare'"));
	shell_at(shell, "2025-03-10T09:40:00Z");
	EXPECT(0, shell_as(shell, "bob", "accept-risk swap --risk 'Slow list' --rationale 'Rare'"));
	EXPECT(0, shell_run(shell, "log --kind clock.jumped --json"));
	cr_assert(!*shell->out, "%s", shell_told(shell));
	shell_at(shell, "2025-03-17T12:00:00Z");
	/* What changes nothing records nothing, of the clock neither. */
	EXPECT(0, shell_as(shell, "bob", "accept-risk swap --risk 'Slow list' --rationale 'Rare'"));
	EXPECT(0, shell_run(shell, "log --kind clock.jumped --json"));
	cr_assert(!*shell->out, "%s", shell_told(shell));
	story_answer_candidate(shell, "swap");
	EXPECT(0, shell_run(shell, "log --kind clock.jumped --json"));
	cr_assert(strstr(shell->out, "\\\"by_s\\\":") || strstr(shell->out, "\"by_s\":"), "%s", shell_told(shell));
	EXPECT(1, shell_run(shell, "check swap"));
	EXPECT_SAID("Notice: The clock of ");
	EXPECT_SAID("had jumped forward by 7d 2h when ");
	EXPECT(0, shell_as(shell, "jane", "memo draft swap --decision go"));
	EXPECT(0, shell_run(shell, "memo show swap"));
	EXPECT_SAID("had jumped forward by 7d 2h when ");
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}

/* Items, freeze and further approvers from the gate's findings to the promotion, and the past under the policy of its day. */
Test(policy_file, it_is_asked_from_check_to_memo)
{
	struct shell opened, *shell = &opened;

	shell_open(shell);
	story_in_candidate(shell, "swap");
	shell_at(shell, "2025-03-12T09:00:00Z");
	shell_write(shell, "p.conf",
		    "name = \"spring\";\n"
		    "items = ( { id = \"support-briefed\"; to = \"stable\"; text = \"Support knows\"; } );\n"
		    "approvers = ( { to = \"stable\"; role = \"operator\"; } );\n"
		    "soak = ( { channel = \"experimental\"; min = \"20 days\"; } );\n"
		    "freezes = ( { from = \"2025-03-16\"; until = \"2025-03-20\"; reason = \"trade fair\"; } );\n");
	EXPECT(0, shell_as(shell, "bob", "policy adopt p.conf"));
	/* It stays in candidate, and was promoted there rightly: yesterday's verdict knows nothing of the policy. */
	EXPECT(0, shell_run(shell, "release show swap"));
	EXPECT_SAID("candidate");
	EXPECT(1, shell_run(shell, "check swap --at 2025-03-11T09:00:00Z --json"));
	cr_assert(!strstr(shell->out, "I-6"), "%s", shell_told(shell));
	EXPECT(0, shell_run(shell, "policy show --at 2025-03-11"));
	EXPECT_SAID("No policy is adopted");
	EXPECT(0, shell_run(shell, "verify"));
	shell_at(shell, "2025-03-17T10:00:00Z");
	story_answer_candidate(shell, "swap");
	story_verdict(shell, "swap", 1, "open");
	story_finding(shell, "I-6.support-briefed", "unanswered", "gonogo answer swap I-6.support-briefed pass");
	story_finding(shell, "I-6.freeze", "waiting", "trade fair (the policy \"spring\" (adopted 2025-03-12T09:00:00Z), freezes)");
	EXPECT_SAID("\"earliest\":\"2025-03-20T00:00:00Z\"");
	EXPECT(0, shell_run(shell, "rules I-6.freeze"));
	EXPECT_SAID("Nothing is promoted while the policy freezes promotions");
	EXPECT(0, shell_run(shell, "rules"));
	cr_assert(!strstr(shell->out, "I-6"), "%s", shell_told(shell));
	EXPECT(5, shell_as(shell, "quinn", "answer swap I-6.other pass"));
	EXPECT(1, shell_run(shell, "walk swap --plain --no-input"));
	EXPECT_SAID("I-6.support-briefed");
	EXPECT(0, shell_as(shell, "quinn", "answer swap I-6.support-briefed pass --note 'they have'"));
	EXPECT(0, shell_as(shell, "jane", "memo draft swap --decision go --no-risks"));
	EXPECT(0, shell_run(shell, "memo show swap"));
	EXPECT_SAID("  - [x] Support knows (I-6.support-briefed, quinn, 2025-03-17)\n");
	story_sign(shell, "swap");
	EXPECT(0, shell_run(shell, "memo export swap --dir memo"));
	EXPECT(0, shell_run(shell, "memo compare swap memo/swap-stable-v1.txt"));
	EXPECT(0, shell_stock(shell, "grep -v 'Support knows' memo/swap-stable-v1.txt > lacking.txt"));
	EXPECT(1, shell_run(shell, "memo compare swap lacking.txt"));
	EXPECT_SAID("lacks the item \"Support knows\"");
	EXPECT(3, shell_as(shell, "jane", "promote swap --to stable"));
	EXPECT_SAID("APR-1");
	EXPECT(0, shell_as(shell, "otto", "approve swap --to stable --role operator"));
	EXPECT(8, shell_run(shell, "check swap"));
	EXPECT(3, shell_as(shell, "jane", "promote swap --to stable"));
	EXPECT_SAID("I-6.freeze: Nothing is promoted before 2025-03-20T00:00:00Z");
	shell_at(shell, "2025-03-20T00:00:00Z");
	EXPECT(0, shell_as(shell, "jane", "promote swap --to stable"));
	EXPECT(0, shell_run(shell, "log --release swap --json --kind approval.given --limit 1"));
	EXPECT_SAID("spring");
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}
