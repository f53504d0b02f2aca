#include <config.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "../support/story.h"

TestSuite(story_switch, .timeout = 120, .description = "a kill switch that is bound: what is asked for, written, confirmed and observed");

static const char flags[] = "{\n  \"flags\": {\n    \"OTHER\": {\"state\": \"DISABLED\", \"variants\": {\"a\": 1}},\n"
			    "    \"SWAP_ENABLED\": {\n      \"state\": \"ENABLED\",\n      \"variants\": { \"on\": true, \"off\": false },\n      \"defaultVariant\": \"off\",\n"
			    "      \"targeting\": { \"if\": [ { \"in\": [ { \"var\": \"tenantId\" }, [\"%s\", \"acme\"] ] }, \"on\" ] }\n    }\n  }\n}\n";

static void in_dev(struct shell *shell)
{
	const struct sheet sheet = { .release = "swap" };

	shell_open(shell);
	shell_at(shell, "2025-03-03T09:00:00Z");
	shell_people(shell);
	sheet_import(shell, &sheet);
	story_answer_dev(shell, "swap");
	shell_write(shell, "flags.json", flags, "SBNC-dev");
	shell_write(shell, "before.json", flags, "SBNC-dev");
}

static void expect_as_before(struct shell *shell)
{
	EXPECT(0, shell_stock(shell, "cmp flags.json before.json"));
}

static void bind(struct shell *shell)
{
	EXPECT(0, shell_as(shell, "otto", "switch bind swap --provider flagd --place flags.json"));
}

/* KSW-3, KSW-4: the drill is the test, and leaves what it found. */
Test(story_switch, a_drill_proves_the_switch_and_leaves_it_as_it_was)
{
	struct shell opened, *shell = &opened;

	in_dev(shell);
	EXPECT(3, shell_as(shell, "quinn", "switch bind swap --provider flagd --place flags.json"));
	EXPECT(2, shell_as(shell, "otto", "switch bind swap --provider magic --place flags.json"));
	EXPECT(2, shell_as(shell, "otto", "switch bind swap --provider flagd"));
	EXPECT_SAID("--place");
	EXPECT(2, shell_as(shell, "otto", "switch test swap --env dev"));
	EXPECT_SAID("--result");
	bind(shell);
	story_verdict(shell, "swap", 1, "open");
	story_finding(shell, "KSW-3", "unmet", "no passing test");
	EXPECT(0, shell_as(shell, "otto", "switch test swap --env dev"));
	EXPECT_SAID("passed: on for");
	expect_as_before(shell);
	story_verdict(shell, "swap", 1, "open");
	story_finding(shell, "KSW-3", "met", "otto");
	/* What was proven is not there any more. */
	EXPECT(0, shell_stock(shell, "sed -i 's/\"on\": true, \"off\": false/\"off\": false, \"on\": true/' flags.json"));
	EXPECT(0, shell_run(shell, "switch list"));
	EXPECT_SAID("definition-changed (KSW-3)");
	EXPECT(0, shell_as(shell, "quinn", "switch observe swap"));
	story_verdict(shell, "swap", 1, "open");
	story_finding(shell, "KSW-3", "unmet", "has changed since it was tested");
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}

/* KSW-6: what is killed is off, what is restored is as it was; for some, and for all. */
Test(story_switch, a_kill_is_written_and_a_restore_puts_back)
{
	struct shell opened, *shell = &opened;

	in_dev(shell);
	bind(shell);
	EXPECT(0, shell_as(shell, "quinn", "switch kill swap --tenant SBNC-dev --reason 'wrong rows'"));
	EXPECT_SAID("was read back");
	EXPECT(0, shell_run(shell, "switch show swap"));
	EXPECT_SAID("SBNC-dev is served off now");
	EXPECT_SAID("the kill was written");
	EXPECT(0, shell_as(shell, "quinn", "switch kill swap --reason 'all of them'"));
	EXPECT(0, shell_stock(shell, "grep -q '\"targeting\": {}' flags.json"));
	EXPECT(3, shell_as(shell, "otto", "switch test swap --env dev"));
	EXPECT_SAID("KSW-6");
	EXPECT(0, shell_as(shell, "jane", "switch approve swap --role dev-lead --reason mended"));
	EXPECT(0, shell_as(shell, "quinn", "switch approve swap --role qa --reason mended"));
	EXPECT(0, shell_as(shell, "otto", "switch restore swap --reason mended"));
	expect_as_before(shell);
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}

/* KSW-6: a kill that cannot be written is requested, says what to do by hand, and shows as drift; asked for again it is tried again. */
Test(story_switch, a_kill_that_cannot_be_written_never_pretends)
{
	struct shell opened, *shell = &opened;

	in_dev(shell);
	bind(shell);
	EXPECT(0, shell_stock(shell, "chmod a-w flags.json"));
	EXPECT(7, shell_as(shell, "quinn", "switch kill swap --reason 'wrong rows'"));
	EXPECT_SAID("killed on the record");
	EXPECT_SAID("set it by hand");
	EXPECT(0, shell_run(shell, "switch list"));
	EXPECT_SAID("kill-not-written (KSW-6)");
	EXPECT_SAID("kill-not-taken (KSW-6)");
	EXPECT_SAID("unwritable (KSW-1)");
	EXPECT(0, shell_run(shell, "status"));
	EXPECT_SAID("kill-not-taken");
	story_verdict(shell, "swap", 1, "blocked");
	story_finding(shell, "HS-6", "unmet", "not writable");
	EXPECT(1, shell_run(shell, "allowed swap --tenant SBNC-dev"));
	EXPECT(0, shell_stock(shell, "chmod u+w flags.json"));
	EXPECT(0, shell_as(shell, "quinn", "switch kill swap --reason 'wrong rows'"));
	EXPECT(0, shell_run(shell, "switch list"));
	cr_assert(!strstr(shell->out, "(KSW-6)"), "%s", shell_told(shell));
	/* By hand it is on again, for somebody else: nobody has asked for that. */
	shell_write(shell, "flags.json", flags, "SBNC-staging");
	EXPECT(0, shell_run(shell, "switch list"));
	EXPECT_SAID("kill-not-taken (KSW-6)");
	EXPECT(0, shell_as(shell, "jane", "switch approve swap --role dev-lead --reason mended"));
	EXPECT(0, shell_as(shell, "quinn", "switch approve swap --role qa --reason mended"));
	EXPECT(6, shell_as(shell, "otto", "switch restore swap --reason mended"));
	EXPECT_SAID("Somebody else changed");
	EXPECT(0, shell_run(shell, "switch list"));
	EXPECT_SAID("restore-not-written (KSW-6)");
	/* Put back by hand, it is taken for restored. */
	EXPECT(0, shell_stock(shell, "cp before.json flags.json"));
	EXPECT(0, shell_as(shell, "otto", "switch restore swap --reason mended"));
	EXPECT(0, shell_run(shell, "switch list"));
	cr_assert(!strstr(shell->out, "(KSW-6)"), "%s", shell_told(shell));
	expect_as_before(shell);
	EXPECT(0, shell_stock(shell, "rm flags.json"));
	EXPECT(0, shell_as(shell, "quinn", "switch observe swap"));
	EXPECT_SAID("is not there");
	story_verdict(shell, "swap", 1, "blocked");
	story_finding(shell, "HS-6", "unmet", "without its file");
	shell_close(shell);
}

/* CHN-7: a tenant that may not be served is named. */
Test(story_switch, who_is_served_without_being_eligible_is_named)
{
	struct shell opened, *shell = &opened;

	in_dev(shell);
	bind(shell);
	EXPECT(0, shell_run(shell, "switch list --json"));
	EXPECT_SAID("\"finding\":\"served-not-allowed\",\"tenant\":\"acme\",\"rule\":\"CHN-7\"");
	cr_assert(!strstr(shell->out, "\"tenant\":\"SBNC-dev\",\"rule\""), "%s", shell_told(shell));
	shell_close(shell);
}

/* KSW-3: a program that ends the drill's process in the middle of it, when it is told to switch off. */
static const char killer[] = "#!/bin/sh\nread -r question\ncase $question in\n*'\"kill\"'*) echo off >state; [ -e killed ] || { touch killed; kill -9 $PPID; } ;;\n"
			     "*'\"restore\"'*) echo on >state ;;\nesac\n"
			     "if [ \"$(cat state)\" = on ]; then echo '{\"schema\":1,\"on\":[\"SBNC-dev\"],\"off\":[\"SBNC-staging\",\"acme\",\"quiet\"],\"kept\":\"on\"}'\n"
			     "else echo '{\"schema\":1,\"off\":[\"SBNC-dev\",\"SBNC-staging\",\"acme\",\"quiet\"],\"kept\":\"off\"}'; fi\n";

Test(story_switch, a_drill_cut_short_is_ended_by_the_next_command)
{
	struct shell opened, *shell = &opened;

	in_dev(shell);
	shell_write(shell, "switch.sh", "%s", killer);
	shell_write(shell, "state", "on\n");
	EXPECT(0, shell_stock(shell, "chmod +x switch.sh"));
	EXPECT(0, shell_as(shell, "otto", "switch bind swap --provider command --place ./switch.sh"));
	cr_assert_neq(shell_as(shell, "otto", "switch test swap --env dev"), 0, "%s", shell_told(shell));
	EXPECT(0, shell_stock(shell, "grep -q off state"));
	EXPECT(0, shell_run(shell, "switch list"));
	EXPECT_SAID("drill-cut-short (KSW-3)");
	EXPECT(0, shell_as(shell, "quinn", "switch observe swap"));
	EXPECT_SAID("cut short");
	EXPECT_SAID("put back");
	EXPECT(0, shell_stock(shell, "grep -q on state"));
	EXPECT(0, shell_as(shell, "otto", "switch test swap --env dev"));
	EXPECT_SAID("passed");
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}

/* KSW-6: a kill between a drill cut short and its end is not undone by putting back what the drill had kept. */
Test(story_switch, a_kill_outlives_the_end_of_a_drill)
{
	struct shell opened, *shell = &opened;

	in_dev(shell);
	shell_write(shell, "switch.sh", "%s", killer);
	shell_write(shell, "state", "on\n");
	EXPECT(0, shell_stock(shell, "chmod +x switch.sh"));
	EXPECT(0, shell_as(shell, "otto", "switch bind swap --provider command --place ./switch.sh"));
	cr_assert_neq(shell_as(shell, "otto", "switch test swap --env dev"), 0, "%s", shell_told(shell));
	EXPECT(0, shell_as(shell, "quinn", "switch kill swap --reason 'wrong rows'"));
	EXPECT_SAID("cut short");
	EXPECT(0, shell_stock(shell, "grep -q off state"));
	EXPECT(0, shell_as(shell, "jane", "switch approve swap --role dev-lead --reason mended"));
	EXPECT(0, shell_as(shell, "quinn", "switch approve swap --role qa --reason mended"));
	EXPECT(0, shell_as(shell, "otto", "switch restore swap --reason mended"));
	EXPECT(0, shell_stock(shell, "grep -q on state"));
	shell_close(shell);
}

/* Ends by itself in any case: a test that fails leaves no service behind. */
static void expect_soon(struct shell *shell, const char *pattern)
{
	EXPECT(0, shell_stock(shell, "timeout 20 sh -c 'until grep -q \"%s\" watch.out; do :; done' || { cat watch.out; exit 1; }", pattern));
}

/* ATT-1: a component records what nobody here has done; files are looked at when they change. */
Test(story_switch, a_watcher_records_what_others_change)
{
	struct shell opened, *shell = &opened;
	const struct sheet sheet = { .release = "swap" };

	shell_open(shell);
	shell_people(shell);
	sheet_import(shell, &sheet);
	shell_key(shell, "watcher");
	EXPECT(0, shell_as(shell, "bob", "component add watcher --key watcher.pub"));
	shell_write(shell, "flags.json", flags, "SBNC-dev");
	bind(shell);
	EXPECT(3, shell_as(shell, "jane", "switch watch"));
	EXPECT_SAID("component");
	EXPECT(0, shell_stock(shell, "(timeout 60 sh -c 'echo $$ >watch.pid; exec \"$GONOGO_BIN\" \"$@\"' watch --ledger '%s' --as watcher --identity watcher switch watch --interval 3600 >watch.out 2>&1; echo $? >ended) & "
			      "until [ -s watch.out ]; do :; done", shell->ledger));
	expect_soon(shell, "is ready");
	EXPECT(0, shell_stock(shell, "mv flags.json away.json"));
	expect_soon(shell, "without its file");
	EXPECT(0, shell_stock(shell, "mv away.json flags.json"));
	EXPECT(0, shell_stock(shell, "timeout 20 sh -c 'until [ $(grep -c \"is ready\" watch.out) = 2 ]; do :; done' || { cat watch.out; exit 1; }"));
	EXPECT(0, shell_stock(shell, "kill -TERM $(cat watch.pid); timeout 20 sh -c 'until [ -s ended ]; do :; done'; grep -qx 0 ended"));
	EXPECT(0, shell_run(shell, "log --actor watcher"));
	EXPECT_SAID("observed swap on for SBNC-dev");
	EXPECT_SAID("found the switch of swap missing");
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}
