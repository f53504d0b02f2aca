#include <config.h>

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>
#include <sqlite3.h>

#include "../support/story.h"

TestSuite(contract, .timeout = 120, .description = "what a script may rely on: one exit status for each situation, and nothing recorded by a refusal");

/* One line, typed by `who` (NULL: by whoever the account is), how it ends, and what it must say. */
struct line { const char *who, *line; int status; const char *says; };
#define LINES_END { NULL, NULL, 0, NULL }

static void example(struct shell *shell)
{
	shell_open(shell);
	shell_at(shell, "2025-01-14T09:00:00Z");
	shell_people(shell);
	example_import(shell);
}

static void expect_lines(struct shell *shell, const struct line *lines)
{
	for (; lines->line; lines++) {
		if (lines->who)
			shell_as(shell, lines->who, "%s", lines->line);
		else
			shell_run(shell, "%s", lines->line);
		cr_assert_eq(shell->status, lines->status, "%s must end with %d:\n%s", lines->line, lines->status, shell_told(shell));
		cr_assert(!lines->says || shell_says(shell, lines->says), "%s does not say \"%s\":\n%s", lines->line, lines->says, shell_told(shell));
		if (lines->status > 1 && lines->status < 8)
			cr_assert(!*shell->out && strncmp(shell->err, "gonogo: ", 8) == 0, "%s:\n%s", lines->line, shell_told(shell));
	}
}

/* The last fact, as `log` prints it: the same before and after says that nothing was recorded. */
static void last_fact(struct shell *shell, char *out, size_t size)
{
	EXPECT(0, shell_run(shell, "log --limit 1 --json"));
	snprintf(out, size, "%s", shell->out);
}

static void expect_refusals(const struct line *lines)
{
	struct shell opened, *shell = &opened;
	char before[4096], after[4096];

	example(shell);
	last_fact(shell, before, sizeof before);
	expect_lines(shell, lines);
	last_fact(shell, after, sizeof after);
	cr_assert_str_eq(before, after, "a refusal was recorded");
	shell_close(shell);
}

/* I-16: usage (2) before existence (5) before rules and roles (3). */
Test(contract, gate_refuses_usage_then_existence_then_rules)
{
	static const struct line lines[] = {
		{ "jane", "answer NOSUCH CHN-3 fail", 2, "--note" },
		{ "jane", "answer NOSUCH CHN-3 pass", 2, "--evidence" },
		{ "jane", "answer NOSUCH DAT-2 na", 2, "--note" },
		{ "jane", "answer NOSUCH CHN-3 maybe", 2, "pass, fail or na" },
		{ "jane", "answer NOSUCH CHN-3", 2, "gonogo answer RELEASE RULE" },
		{ "jane", "answer NOSUCH CHN-3 pass --evidence x", 5, "NOSUCH" },
		{ "jane", "answer " EXAMPLE " FOO-1 pass", 5, "FOO-1" },
		{ "jane", "answer " EXAMPLE " PLN-4.9 pass --note x", 5, "PLN-4.9" },
		{ "jane", "answer " EXAMPLE " CHN-2 pass", 3, "CHN-2" },
		{ "jane", "answer " EXAMPLE " CHN-3 na --note x", 3, "CHN-3" },
		{ "quinn", "answer " EXAMPLE " CHN-3 pass --evidence x", 3, "Dev Lead" },
		{ "otto", "stop NOSUCH HS-4 clear", 2, "--reason" },
		{ "otto", "stop NOSUCH HS-4 clear --reason x", 5, "NOSUCH" },
		{ "jane", "stop " EXAMPLE " HS-9 raise --reason x", 5, "HS-9" },
		{ "otto", "stop " EXAMPLE " HS-4 clear --reason x", 3, "otto" },
		{ "jane", "stop " EXAMPLE " HS-1 clear --reason x", 3, "HS-1" },
		{ "otto", "plan approve", 2, "RELEASE" },
		{ "otto", "plan approve NOSUCH", 5, "NOSUCH" },
		{ "otto", "plan approve " EXAMPLE, 3, "otto" },
		{ "jane", "accept-risk NOSUCH --risk x", 2, "--rationale" },
		{ "jane", "accept-risk NOSUCH --risk x --rationale y", 5, "NOSUCH" },
		{ "jane", "accept-risk " EXAMPLE " --risk x --rationale y", 3, "System Owner" },
		{ "bob", "accept-risk " EXAMPLE " --withdraw 9", 2, "--reason" },
		{ "bob", "accept-risk " EXAMPLE " --withdraw 9 --reason x", 5, "9" },
		{ "jane", "approve NOSUCH", 2, "--role" },
		{ "jane", "approve NOSUCH --role king", 2, "dev-lead, qa, system-owner or operator" },
		{ "jane", "approve NOSUCH --role dev-lead", 5, "NOSUCH" },
		{ "jane", "approve " EXAMPLE " --role qa", 3, "QA" },
		{ "jane", "approve " EXAMPLE " --role dev-lead", 3, "CHN-3" },
		{ "bob", "approve " EXAMPLE " --role system-owner", 3, "System Owner" },
		{ "jane", "approve " EXAMPLE " --withdraw", 2, "--reason" },
		{ "jane", "promote NOSUCH", 2, "--to" },
		{ "jane", "promote NOSUCH --to stable", 5, "NOSUCH" },
		{ "quinn", "promote " EXAMPLE " --to experimental", 3, "quinn" },
		{ "jane", "promote " EXAMPLE " --to experimental", 3, "CHN-3" },
		{ NULL, "check", 2, "RELEASE" },
		{ NULL, "check NOSUCH --to moon", 2, "dev, experimental, candidate or stable" },
		{ NULL, "check NOSUCH --at yesterday", 2, "2025-02-05T09:12:00Z" },
		{ NULL, "check NOSUCH", 5, "NOSUCH" },
		{ NULL, "allowed NOSUCH", 2, "--tenant" },
		{ NULL, "allowed NOSUCH --tenant acme", 5, "NOSUCH" },
		{ NULL, "allowed " EXAMPLE " --tenant nobody", 5, "nobody" },
		LINES_END,
	};

	expect_refusals(lines);
}

Test(contract, releases_and_memos_refuse_usage_then_existence_then_rules)
{
	static const struct line lines[] = {
		{ "jane", "import", 2, "FILE" },
		{ "jane", "import missing.txt", 7, "missing.txt" },
		{ "jane", "import jane.pub", 4, "jane.pub:1: " },
		{ "jane", "import -", 4, "standard input:1: " },
		{ "jane", "release new a/b", 2, "release id" },
		{ "jane", "release new two --class huge", 2, "ui-only" },
		{ "quinn", "release new two", 3, "quinn" },
		{ "jane", "release new " EXAMPLE, 3, "CLS-6" },
		{ "jane", "release new 2025-01-15-AUDIT-FILTER-UI", 3, "registered already" },
		{ "jane", "release classify NOSUCH huge", 2, "ui-only" },
		{ "quinn", "release classify NOSUCH ui-only", 5, "NOSUCH" },
		{ "quinn", "release classify " EXAMPLE " ui-only", 3, "quinn" },
		{ "jane", "release copy NOSUCH two", 5, "NOSUCH" },
		{ "jane", "release copy " EXAMPLE " " EXAMPLE, 3, EXAMPLE },
		{ "jane", "release withdraw NOSUCH", 2, "--reason" },
		{ "quinn", "release withdraw NOSUCH --reason x", 5, "NOSUCH" },
		{ "quinn", "release withdraw " EXAMPLE " --reason x", 3, "quinn" },
		{ NULL, "release list --channel moon", 2, "candidate" },
		{ NULL, "release show NOSUCH poem", 2, "data-safety" },
		{ NULL, "release show NOSUCH plan", 5, "NOSUCH" },
		{ "jane", "memo draft NOSUCH", 2, "--decision" },
		{ "jane", "memo draft NOSUCH --decision no-go", 2, "--rationale" },
		{ "jane", "memo draft NOSUCH --decision no-go --rationale x", 2, "--remediation" },
		{ "jane", "memo draft NOSUCH --decision go --no-risks", 5, "NOSUCH" },
		{ "jane", "memo draft " EXAMPLE " --decision go --no-risks --dev-lead nobody", 5, "nobody" },
		{ "jane", "memo draft " EXAMPLE " --decision go --no-risks", 3, "MEM-2" },
		{ "jane", "memo sign NOSUCH", 2, "--role" },
		{ "jane", "memo sign NOSUCH --role dev-lead", 5, "NOSUCH" },
		{ "jane", "memo sign " EXAMPLE " --role dev-lead", 3, "MEM-1" },
		{ NULL, "memo show " EXAMPLE " --kind odd", 2, "stable or mechanism" },
		{ NULL, "memo show " EXAMPLE " --version 0", 2, "--version" },
		{ NULL, "memo show " EXAMPLE, 5, "memo list" },
		{ NULL, "memo export NOSUCH", 5, "NOSUCH" },
		{ NULL, "memo list NOSUCH", 5, "NOSUCH" },
		{ NULL, "memo compare NOSUCH jane.pub", 5, "NOSUCH" },
		{ NULL, "memo compare " EXAMPLE " missing.txt", 7, "missing.txt" },
		{ NULL, "memo compare " EXAMPLE " jane.pub", 4, "jane.pub:1: " },
		LINES_END,
	};

	expect_refusals(lines);
}

Test(contract, trouble_refuses_usage_then_existence_then_rules)
{
	static const struct line lines[] = {
		{ NULL, "switch show NOSUCH", 5, "NOSUCH" },
		{ "jane", "switch test NOSUCH --env dev", 2, "--result" },
		{ "jane", "switch test NOSUCH --env dev --result pass", 2, "--note" },
		{ "jane", "switch test NOSUCH --env dev --result pass --note x", 5, "NOSUCH" },
		{ "bob", "switch test " EXAMPLE " --env dev --result pass --note x", 3, "bob" },
		{ "jane", "switch kill NOSUCH", 2, "--reason" },
		{ "jane", "switch kill NOSUCH --reason x", 5, "NOSUCH" },
		{ "jane", "switch kill " EXAMPLE " --tenant nobody --reason x", 5, "nobody" },
		{ "jane", "switch approve NOSUCH --role dev-lead", 2, "--reason" },
		{ "jane", "switch approve NOSUCH --role dev-lead --reason x", 5, "NOSUCH" },
		{ "jane", "switch approve " EXAMPLE " --role dev-lead --reason x", 3, "KSW-6" },
		{ "quinn", "switch restore NOSUCH --reason x", 5, "NOSUCH" },
		{ "quinn", "switch restore " EXAMPLE " --reason x", 3, "quinn" },
		{ "jane", "switch confirm NOSUCH on", 2, "--tenant" },
		{ "jane", "switch confirm " EXAMPLE " --tenant acme maybe", 2, "on or off" },
		{ "jane", "switch confirm " EXAMPLE " --tenant nobody on", 5, "nobody" },
		{ "jane", "incident open", 2, "--severity" },
		{ "jane", "incident open --severity 5 --summary x", 2, "1 to 4" },
		{ "jane", "incident open --severity 3 --summary x", 2, "--tenant" },
		{ "jane", "incident open NOSUCH --severity 3 --summary x", 5, "NOSUCH" },
		{ "jane", "incident open --tenant nobody --severity 3 --summary x", 5, "nobody" },
		{ "jane", "incident regrade INC-9 --severity 2", 2, "--reason" },
		{ "jane", "incident regrade INC-9 --severity 2 --reason x", 5, "INC-9" },
		{ "otto", "incident resolve INC-9", 2, "--resolution" },
		{ "otto", "incident resolve INC-9 --resolution x", 5, "INC-9" },
		{ "otto", "incident evaluate NOSUCH resume", 2, "--rationale" },
		{ "otto", "incident evaluate NOSUCH resume --rationale x", 5, "NOSUCH" },
		{ "jane", "incident evaluate " EXAMPLE " resume --rationale x", 3, "CHN-6" },
		{ "jane", "rollback approve NOSUCH", 5, "NOSUCH" },
		{ "jane", "rollback approve " EXAMPLE " --incident INC-9", 5, "INC-9" },
		{ "jane", "rollback approve " EXAMPLE, 3, "jane" },
		{ "quinn", "rollback start NOSUCH", 2, "--reason" },
		{ "quinn", "rollback start " EXAMPLE " --reason x --incident INC-9", 5, "INC-9" },
		{ "jane", "rollback start " EXAMPLE " --reason x", 3, "I-11" },
		{ "jane", "rollback step NOSUCH first done", 2, "step" },
		{ "jane", "rollback step NOSUCH 1 skipped", 2, "--note" },
		{ "jane", "rollback step NOSUCH 1 done", 5, "NOSUCH" },
		{ "jane", "rollback step " EXAMPLE " 1 done", 3, "RBK-1" },
		{ "quinn", "rollback notify " EXAMPLE " nobody", 5, "nobody" },
		{ "jane", "rollback notify " EXAMPLE " bob", 3, "RBK-1" },
		{ "jane", "rollback finish NOSUCH --verification pass", 2, "--note" },
		{ "jane", "rollback finish NOSUCH --verification pass --note x", 5, "NOSUCH" },
		{ "jane", "rollback rehearse NOSUCH", 2, "--result" },
		{ "bob", "rollback rehearse NOSUCH --result pass", 5, "NOSUCH" },
		{ "bob", "rollback rehearse " EXAMPLE " --result pass", 3, "bob" },
		LINES_END,
	};

	expect_refusals(lines);
}

Test(contract, register_refuses_usage_then_existence_then_rules)
{
	static const struct line lines[] = {
		{ "quinn", "person add eve", 2, "--name" },
		{ "quinn", "person add eve --name Eve", 2, "--role" },
		{ "quinn", "person add eve --name Eve --role king --key jane.pub", 2, "dev-lead" },
		{ "quinn", "person add eve --name Eve --role qa", 2, "--key" },
		{ "bob", "person add eve --name Eve --role qa --key missing.pub", 7, "missing.pub" },
		{ "bob", "person add eve --name Eve --role qa --key jane", 4, "private key" },
		{ "bob", "person add eve --name Eve --role qa --key jane.pub", 3, "jane" },
		{ "bob", "person add Eve --name Eve --role qa --key jane.pub", 2, "small letters" },
		{ "quinn", "person role nobody hug qa", 2, "grant or revoke" },
		{ "quinn", "person role nobody grant qa", 5, "nobody" },
		{ "quinn", "person role jane grant qa", 3, "System Owner" },
		{ "bob", "person role bob revoke system-owner", 3, "bob" },
		{ "quinn", "person key nobody add bob.pub", 5, "nobody" },
		{ "bob", "person key jane revoke bob.pub", 5, "jane" },
		{ "bob", "component add ci", 2, "--key" },
		{ "bob", "component add ci --key jane.pub", 3, "jane" },
		{ "quinn", "tenant add new", 2, "--kind" },
		{ "quinn", "tenant add new --kind production", 2, "--name" },
		{ "quinn", "tenant add new --kind production --name New", 3, "quinn" },
		{ "bob", "tenant add ACME --kind production --name New", 3, "acme" },
		{ "quinn", "tenant consent nobody", 2, "--method" },
		{ "quinn", "tenant consent nobody --method x", 5, "nobody" },
		{ "bob", "tenant consent acme --method x --release NOSUCH", 5, "NOSUCH" },
		{ "bob", "tenant consent acme --withdraw --release NOSUCH", 5, "NOSUCH" },
		{ "quinn", "tenant consent acme --method x", 3, "quinn" },
		{ "quinn", "tenant opt-out nobody", 5, "nobody" },
		{ "bob", "tenant opt-out acme stable", 3, "CHN-8" },
		{ "bob", "tenant track nobody fast", 2, "standard or stable-only" },
		{ "quinn", "tenant track nobody standard", 5, "nobody" },
		{ NULL, "log --release NOSUCH", 5, "NOSUCH" },
		{ NULL, "log --tenant nobody", 5, "nobody" },
		{ NULL, "log --actor nobody", 5, "nobody" },
		{ NULL, "log --kind odd", 5, "odd" },
		{ NULL, "log --limit 0", 2, "--limit" },
		{ NULL, "log --since never", 2, "--since" },
		{ NULL, "rules NOPE-1", 5, "NOPE-1" },
		{ NULL, "verify --anchor garbage", 2, "--anchor" },
		{ NULL, "init --id bob", 2, "--key" },
		{ NULL, "init --id eve --key jane.pub", 3, "ledger" },
		LINES_END,
	};

	expect_refusals(lines);
}

/* 3 for want of a key or an enrolment; --as signs whatever it records. */
Test(contract, who_cannot_prove_who_he_is_records_nothing)
{
	static const struct line lines[] = {
		{ NULL, "--as ghost check " EXAMPLE, 3, "ghost" },
		{ NULL, "--as ghost release new two", 3, "ghost" },
		{ NULL, "--as jane --identity quinn release new two", 3, "not enrolled for jane" },
		{ NULL, "--as jane release new two", 3, "--identity" },
		{ NULL, "--as jane --identity missing release new two", 3, "missing" },
		LINES_END,
	};

	expect_refusals(lines);
}

/* I-16: an act that changes nothing is 0 and records nothing. */
Test(contract, the_same_again_is_done_already)
{
	static const struct line first[] = {
		{ "jane", "release new two --class ui-only --description 'A page'", 0, "two" },
		{ "jane", "plan approve " EXAMPLE, 0, NULL },
		{ "jane", "answer " EXAMPLE " KSW-2 pass", 0, NULL },
		{ "jane", "stop " EXAMPLE " HS-4 clear --reason seen", 0, NULL },
		{ "otto", "tenant consent acme --method letter", 0, NULL },
		LINES_END,
	};
	static const struct line again[] = {
		{ "jane", "release new two --class ui-only --description 'A page'", 0, "already so" },
		{ "jane", "release classify two ui-only", 0, "already so" },
		{ "jane", "plan approve " EXAMPLE, 0, "already so" },
		{ "jane", "answer " EXAMPLE " KSW-2 pass", 0, "already so" },
		{ "jane", "stop " EXAMPLE " HS-4 clear --reason seen", 0, "already so" },
		{ "otto", "tenant consent acme --method letter", 0, "already so" },
		{ "otto", "tenant track acme standard", 0, "already so" },
		{ "otto", "tenant add acme --name Acme --kind production", 0, "already so" },
		{ "bob", "person add jane --name 'Jane Doe' --role dev-lead --key jane.pub", 0, "already so" },
		{ "bob", "person role jane grant dev-lead", 0, "already so" },
		{ "bob", "person key jane add jane.pub", 0, "already so" },
		{ "jane", "switch restore " EXAMPLE " --reason x", 0, "already so" },
		LINES_END,
	};
	struct shell opened, *shell = &opened;
	char before[4096], after[4096];

	example(shell);
	expect_lines(shell, first);
	last_fact(shell, before, sizeof before);
	expect_lines(shell, again);
	example_import(shell);
	EXPECT_SAID("already so");
	last_fact(shell, after, sizeof after);
	cr_assert_str_eq(before, after, "what changes nothing was recorded");
	shell_close(shell);
}

/* 7: a clock more than five seconds behind the ledger, and a ledger that is none; 5: no ledger; 9: a file that is something else. */
Test(contract, a_ledger_that_cannot_be_used_is_told_apart)
{
	struct shell opened, *shell = &opened;

	example(shell);
	shell_at(shell, "2025-01-14T08:59:54Z");
	EXPECT(7, shell_as(shell, "bob", "tenant add late --name Late --kind production"));
	EXPECT_SAID("nothing was recorded");
	shell_at(shell, "2025-01-14T08:59:55Z");
	EXPECT(0, shell_as(shell, "bob", "tenant add late --name Late --kind production"));
	snprintf(shell->ledger, sizeof shell->ledger, "%.255s/none.db", shell->dir);
	EXPECT(5, shell_run(shell, "status"));
	EXPECT_SAID("gonogo init");
	snprintf(shell->ledger, sizeof shell->ledger, "%.255s/jane.pub", shell->dir);
	EXPECT(9, shell_run(shell, "status"));
	snprintf(shell->ledger, sizeof shell->ledger, "%.255s", shell->dir);
	EXPECT(7, shell_run(shell, "status"));
	shell_close(shell);
}

/* 9: a ledger edited by hand. */
Test(contract, an_edited_ledger_is_an_integrity_failure)
{
	struct shell opened, *shell = &opened;
	sqlite3 *db = NULL;

	example(shell);
	EXPECT(0, shell_run(shell, "verify"));
	cr_assert(sqlite3_open(shell->ledger, &db) == SQLITE_OK, "the ledger cannot be opened");
	sqlite3_exec(db, "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE type = 'trigger'", NULL, NULL, NULL);
	cr_assert(sqlite3_close(db) == SQLITE_OK && sqlite3_open(shell->ledger, &db) == SQLITE_OK, "the ledger cannot be opened again");
	cr_assert(sqlite3_exec(db, "UPDATE fact SET body = replace(body, 'Jane Doe', 'Jane Roe') WHERE kind = 'person.added'", NULL, NULL, NULL) == SQLITE_OK &&
		  sqlite3_changes(db) == 3, "nothing was edited: %s", sqlite3_errmsg(db));
	sqlite3_close(db);
	EXPECT(9, shell_run(shell, "verify"));
	EXPECT(9, shell_run(shell, "check " EXAMPLE));
	EXPECT(9, shell_as(shell, "jane", "release new two"));
	shell_close(shell);
}

/* 6: a writer who does not let go. */
Test(contract, a_ledger_that_is_being_written_is_busy)
{
	struct shell opened, *shell = &opened;
	sqlite3 *db = NULL;

	example(shell);
	cr_assert(sqlite3_open(shell->ledger, &db) == SQLITE_OK && sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK,
		  "the ledger cannot be held: %s", sqlite3_errmsg(db));
	EXPECT(0, shell_run(shell, "status"));
	/* A clock that runs fast, so that the patience of twenty seconds is over soon. */
	shell_at(shell, "@2025-01-14 09:00:00 x200");
	EXPECT(6, shell_as(shell, "bob", "tenant add late --name Late --kind production"));
	EXPECT_SAID("nothing was recorded");
	sqlite3_close(db);
	EXPECT(0, shell_as(shell, "bob", "tenant add late --name Late --kind production"));
	shell_close(shell);
}
