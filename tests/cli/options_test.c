#include <config.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "../support/story.h"

TestSuite(options, .timeout = 120, .description = "what stands before and after any command, and where answers go");

/* A ledger of one person, one tenant and one release, at the machine's own time. */
static void small(struct shell *shell)
{
	shell_open(shell);
	shell_key(shell, "bob");
	EXPECT(0, shell_run(shell, "init --key bob.pub --id bob --name 'Bob Smith'"));
	EXPECT(0, shell_as(shell, "bob", "tenant add acme --name Acme --kind production"));
	EXPECT(0, shell_as(shell, "bob", "release new swap --class workflow"));
}

Test(options, stand_before_and_after_the_command)
{
	static const char *const before_and_after[] = {
		"--json check swap", "check --json swap", "check swap --json", "check swap --to=experimental --json", "check --to experimental swap --json",
		"--json -- check swap", "check --json -- swap",
	};
	struct shell opened, *shell = &opened;

	small(shell);
	for (size_t i = 0; i < sizeof before_and_after / sizeof *before_and_after; i++) {
		EXPECT(1, shell_run(shell, "%s", before_and_after[i]));
		cr_assert(strncmp(shell->out, "{\"schema\":1,\"release\":\"swap\"", 28) == 0, "%s\n%s", before_and_after[i], shell_told(shell));
	}
	EXPECT(0, shell_run(shell, "tenant list --as bob --identity bob --no-input"));
	EXPECT(0, shell_run(shell, "tenant add oak --name Oak --kind production --as bob --identity=bob"));
	/* Another ledger named behind the command is the one used: the last word counts. */
	EXPECT(5, shell_run(shell, "status --ledger none.db"));
	EXPECT_SAID("none.db");
	shell_close(shell);
}

/* 2, and the message names what is wrong and what to type. */
Test(options, that_are_wrong_are_named)
{
	static const struct { const char *line, *says; } wrong[] = {
		{ "check swap --tp stable", "--tp is no option of gonogo check. Did you mean --to? See gonogo check --help." },
		{ "check swap --reason x", "--reason is no option of gonogo check." },
		{ "--odd", "--odd is no option of gonogo. See gonogo --help." },
		{ "check swap --to", "--to needs a value: --to CHANNEL." },
		{ "status --as", "--as needs a value: --as PERSON." },
		{ "check swap --to stable --to stable", "--to is given twice." },
		{ "check swap --json=yes", "--json takes no value." },
		{ "status --oneline=yes", "--oneline takes no value." },
		{ "chekc swap", "There is no command chekc. Did you mean check?" },
		{ "memo", "gonogo memo is followed by one of: draft, sign, show, export, list, compare." },
		{ "memo frob", "gonogo memo is followed by one of: draft, sign, show, export, list, compare." },
		{ "check", "gonogo check RELEASE [--to CHANNEL] [--at TIME]" },
		{ "check", "gonogo check needs RELEASE: gonogo check RELEASE [--to CHANNEL] [--at TIME]" },
		{ "answer swap CHN-3", "gonogo answer needs pass|fail|na: gonogo answer RELEASE" },
		{ "switch confirm swap --tenant acme", "gonogo switch confirm needs on|off: gonogo switch confirm RELEASE" },
		{ "import", "gonogo import needs FILE...: gonogo import [--release RELEASE] FILE..." },
		{ "check swap swop", "gonogo check takes no swop: gonogo check RELEASE" },
		{ "version now", "gonogo version takes no now: gonogo version\n" },
		{ "status -- --oneline", "gonogo status takes no --oneline: gonogo status [--needs-me]" },
		{ "check swap --to prod", "--to cannot be prod; expected dev, experimental, candidate or stable." },
		{ "approve swap --role boss", "--role cannot be boss; expected dev-lead, qa, system-owner or operator." },
		{ "answer swap CHN-3 yes", "The answer cannot be yes; expected pass, fail or na." },
		{ "help chekc", "There is no command chekc. Did you mean check?" },
		{ "help memo draught", "gonogo memo is followed by one of: draft," },
		{ "chekc --help", "There is no command chekc. Did you mean check?" },
		{ "tenant consent acme --withdraw --method mail", "the two do not go together" },
		{ "status --action 7", "7 is no action id, which is 32 digits of 0-9 and a-f." },
		{ "promote swap", "--to is missing; expected dev, experimental, candidate or stable." },
	};
	struct shell opened, *shell = &opened;

	small(shell);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		EXPECT(2, shell_run(shell, "%s", wrong[i].line));
		cr_assert(strncmp(shell->err, "gonogo: ", 8) == 0 && strstr(shell->err, wrong[i].says) && !*shell->out, "%s\n%s", wrong[i].line,
			  shell_told(shell));
	}
	shell_close(shell);
}

/* Whoever does not know whether an act went through repeats it with its id. */
Test(options, action_id_makes_a_repeated_act_one_fact)
{
	const char *again = "--action 00112233445566778899aabbccddeeff";
	struct shell opened, *shell = &opened;

	small(shell);
	EXPECT(0, shell_as(shell, "bob", "tenant add oak --name Oak --kind production %s", again));
	EXPECT(0, shell_as(shell, "bob", "tenant add oak --name Oak --kind production %s", again));
	EXPECT_SAID("Already recorded as fact ");
	EXPECT(3, shell_as(shell, "bob", "tenant add ash --name Ash --kind production %s", again));
	EXPECT_SAID("with another content. Use a fresh --action.");
	/* What the program numbers is not numbered anew. */
	again = "--action ffeeddccbbaa99887766554433221100";
	EXPECT(0, shell_as(shell, "bob", "incident open swap --severity 3 --summary slow %s", again));
	EXPECT_SAID("INC-1 is open");
	EXPECT(0, shell_as(shell, "bob", "incident open swap --severity 3 --summary other"));
	EXPECT(0, shell_as(shell, "bob", "incident open swap --severity 3 --summary slow %s", again));
	EXPECT_SAID("Already recorded as fact ");
	EXPECT(3, shell_as(shell, "bob", "incident open swap --severity 2 --summary slow %s", again));
	shell_close(shell);
}

/* --ledger, GONOGO_LEDGER, the configuration, $XDG_DATA_HOME. */
Test(options, ledger_is_looked_for_in_its_order)
{
	struct shell opened, *shell = &opened;

	small(shell);
	EXPECT(0, shell_stock(shell, "GONOGO_LEDGER=$PWD/gonogo.db \"$GONOGO_BIN\" status --oneline"));
	cr_assert_eq(strncmp(shell->out, "1 release", 9), 0, "%s", shell_told(shell));
	EXPECT(5, shell_stock(shell, "GONOGO_LEDGER=$PWD/gonogo.db \"$GONOGO_BIN\" status --ledger other.db"));
	EXPECT_SAID("other.db");
	EXPECT(0, shell_stock(shell, "mkdir -p conf/gonogo && echo \"ledger = \\\"$PWD/gonogo.db\\\";\" >conf/gonogo/gonogo.conf"));
	EXPECT(0, shell_stock(shell, "XDG_CONFIG_HOME=$PWD/conf \"$GONOGO_BIN\" status --oneline"));
	EXPECT(0, shell_stock(shell, "\"$GONOGO_BIN\" --config conf/gonogo/gonogo.conf status --oneline"));
	EXPECT(5, shell_stock(shell, "XDG_CONFIG_HOME=$PWD/conf GONOGO_LEDGER=$PWD/env.db \"$GONOGO_BIN\" status"));
	EXPECT_SAID("env.db");
	EXPECT(5, shell_stock(shell, "XDG_DATA_HOME=$PWD/data \"$GONOGO_BIN\" status"));
	EXPECT_SAID("/data/gonogo/gonogo.db");
	EXPECT(0, shell_stock(shell, "mkdir -p data/gonogo && cp gonogo.db data/gonogo/ && XDG_DATA_HOME=$PWD/data \"$GONOGO_BIN\" status --oneline"));
	EXPECT(7, shell_run(shell, "--config none.conf status"));
	shell_write(shell, "odd.conf", "%s", "\nledgr = \"/a\";\n");
	EXPECT(4, shell_run(shell, "--config odd.conf status"));
	cr_assert(strstr(shell->err, "gonogo: odd.conf:2: there is no setting \"ledgr\". Did you mean ledger?"), "%s", shell_told(shell));
	shell_close(shell);
}

/* Not a terminal: no colour, no control byte, no question; without a command, what status prints. */
Test(options, answers_to_a_pipe_hold_no_control_byte)
{
	static const char *const lines[] = { "", "status", "status --needs-me", "status --oneline", "check swap", "release list", "release show swap",
					     "release show swap manifest", "log", "verify", "tenant list", "person list", "switch list", "incident list",
					     "memo list", "rules", "version", "--help", "memo draft --help" };
	struct shell opened, *shell = &opened;

	small(shell);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		shell_run(shell, "%s", lines[i]);
		cr_assert(shell->status <= 1 && !*shell->err, "%s\n%s", lines[i], shell_told(shell));
		for (const char *c = shell->out; *c; c++)
			cr_assert(*c == '\n' || !iscntrl((unsigned char)*c), "%s prints byte %d\n%s", lines[i], *c, shell_told(shell));
	}
	EXPECT(0, shell_run(shell, "status"));
	shell_write(shell, "status.txt", "%s", shell->out);
	EXPECT(0, shell_stock(shell, "\"$GONOGO_BIN\" --ledger gonogo.db </dev/null | cmp - status.txt"));
	EXPECT(0, shell_run(shell, "status --oneline"));
	cr_assert_str_eq(shell->out, "1 release, 1 waits for you.\n", "%s", shell_told(shell));
	EXPECT(0, shell_run(shell, "version"));
	cr_assert_str_eq(shell->out, "gonogo " PACKAGE_VERSION "\n", "%s", shell_told(shell));
	EXPECT(0, shell_run(shell, "rules CHN-6"));
	cr_assert(strncmp(shell->out, "CHN-6 ", 6) == 0 && strchr(shell->out, '\n') == shell->out + strlen(shell->out) - 1, "%s", shell_told(shell));
	shell_close(shell);
}

/* 7: half an answer is none. */
Test(options, an_answer_that_cannot_be_written_is_a_failure)
{
	static const char *const lines[] = { "status", "check swap", "check swap --json", "log", "version", "rules", "--help", "verify" };
	struct shell opened, *shell = &opened;

	small(shell);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		EXPECT(7, shell_stock(shell, "\"$GONOGO_BIN\" --ledger gonogo.db %s >/dev/full", lines[i]));
		cr_assert_eq(strncmp(shell->err, lines[i][0] == 'c' && strstr(lines[i], "--json") ? "{\"schema\":1," : "gonogo: ", 8), 0, "%s",
			     shell_told(shell));
	}
	EXPECT(7, shell_stock(shell, "\"$GONOGO_BIN\" --ledger gonogo.db status >&-"));
	EXPECT(7, shell_stock(shell, "\"$GONOGO_BIN\" --ledger gonogo.db status >/dev/full 2>/dev/full"));
	EXPECT(0, shell_stock(shell, "\"$GONOGO_BIN\" --ledger gonogo.db verify <&-"));
	shell_close(shell);
}

/* The documents come back as they were imported (I-8), and a memo's export as the contract names its files. */
Test(options, documents_and_memos_come_out_as_promised)
{
	static const char *const documents[][2] = {
		{ "manifest", "manifest.txt" }, { "plan", "plan.txt" }, { "data-safety", "safety.txt" }, { "switch", "switch.txt" }, { "rollback", "rollback.txt" },
	};
	struct shell opened, *shell = &opened;

	shell_open(shell);
	story_in_candidate(shell, "swap");
	for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
		EXPECT(0, shell_run(shell, "release show swap %s", documents[i][0]));
		shell_write(shell, "shown", "%s", shell->out);
		EXPECT(0, shell_stock(shell, "cmp shown %s", documents[i][1]));
	}
	story_answer_candidate(shell, "swap");
	shell_at(shell, "2025-03-17T09:00:00Z");
	EXPECT(0, shell_as(shell, "jane", "memo draft swap --decision go --no-risks"));
	story_sign(shell, "swap");
	EXPECT(0, shell_run(shell, "memo export swap --dir audit"));
	shell_write(shell, "lines", "%s", shell->out);
	EXPECT(0, shell_stock(shell, "ls audit && wc -l <lines"));
	cr_assert_str_eq(shell->out, "VERIFY-swap.txt\nallowed_signers\nswap-stable-v1.dev-lead.sig\nswap-stable-v1.system-owner.sig\nswap-stable-v1.txt\n2\n", "%s",
			 shell_told(shell));
	EXPECT(0, shell_stock(shell, "grep -c '^jane namespaces=\"gonogo-memo@v1\" ssh-ed25519 ' audit/allowed_signers"));
	EXPECT(0, shell_stock(shell, "sh -e lines"));
	EXPECT_SAID("Good \"gonogo-memo@v1\" signature for bob");
	EXPECT_SAID("Good \"gonogo-memo@v1\" signature for jane");
	EXPECT(0, shell_stock(shell, "cd audit && sed '/^Signatures:/,$d' swap-stable-v1.txt | "
				     "ssh-keygen -Y verify -f allowed_signers -I bob -n gonogo-memo@v1 -s swap-stable-v1.system-owner.sig"));
	EXPECT(0, shell_run(shell, "memo show swap"));
	shell_write(shell, "shown", "%s", shell->out);
	EXPECT(0, shell_stock(shell, "cmp shown audit/swap-stable-v1.txt"));
	EXPECT(255, shell_stock(shell, "cd audit && sed '/^Signatures:/,$d; s/GO/NO-GO/' swap-stable-v1.txt | "
				       "ssh-keygen -Y verify -f allowed_signers -I bob -n gonogo-memo@v1 -s swap-stable-v1.system-owner.sig"));
	shell_close(shell);
}

/* Ids are unique whatever their case: what is typed in another one is recorded and shown as it was registered. */
Test(options, ids_are_recorded_and_shown_as_registered)
{
	static const struct { int status; const char *line; } typed[] = {
		{ 0, "tenant consent ACME --release SWAP --method letter" },
		{ 0, "tenant track ACME stable-only" },
		{ 0, "tenant opt-out ACME" },
		{ 0, "release classify SWAP capability" },
		{ 0, "stop SWAP HS-4 raise --reason seen" },
		{ 0, "switch kill SWAP --tenant ACME --reason seen" },
		{ 0, "switch confirm SWAP --tenant ACME off" },
		{ 0, "incident open SWAP --tenant ACME --severity 3 --summary seen" },
		{ 0, "incident open SWAP SWAP --severity 4 --summary again" },
		{ 1, "allowed SWAP --tenant ACME --json" },
		{ 1, "check SWAP" },
		{ 1, "check SWAP --json" },
		{ 0, "release show SWAP" },
		{ 0, "log --release SWAP --tenant ACME" },
		{ 0, "log --json" },
		{ 0, "incident list --json" },
		{ 0, "tenant list --json" },
		{ 0, "release list" },
	};
	struct shell opened, *shell = &opened;

	small(shell);
	for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
		EXPECT(typed[i].status, shell_as(shell, "bob", "%s", typed[i].line));
		cr_assert(!shell_says(shell, "SWAP") && !shell_says(shell, "ACME"), "%s\n%s", typed[i].line, shell_told(shell));
	}
	EXPECT(3, shell_as(shell, "bob", "tenant add ACME --name Acme --kind production"));
	EXPECT_SAID("acme is registered already");
	EXPECT(5, shell_run(shell, "check SWOP"));
	EXPECT_SAID("There is no release SWOP");
	EXPECT(5, shell_run(shell, "allowed swap --tenant OAK"));
	EXPECT_SAID("There is no tenant OAK");
	EXPECT(0, shell_run(shell, "verify"));
	shell_close(shell);
}

Test(options, that_ask_for_help_or_the_version_are_heard_anywhere)
{
	static const struct { const char *line, *begins; } asked[] = {
		{ "-h", "gonogo decides, with proof" },         { "help", "gonogo decides, with proof" },
		{ "check -h", "gonogo check RELEASE" },          { "-h check", "gonogo check RELEASE" },
		{ "check swap -h", "gonogo check RELEASE" },     { "help check", "gonogo check RELEASE" },
		{ "help memo draft", "gonogo memo draft RELEASE" }, { "memo draft -h", "gonogo memo draft RELEASE" },
		{ "--version", "gonogo " PACKAGE_VERSION "\n" },  { "--version --json", "{\"schema\":1,\"version\":\"" PACKAGE_VERSION "\"}" },
		{ "check --version", "gonogo " PACKAGE_VERSION "\n" },
	};
	struct shell opened, *shell = &opened;

	small(shell);
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
		EXPECT(0, shell_run(shell, "%s", asked[i].line));
		cr_assert_eq(strncmp(shell->out, asked[i].begins, strlen(asked[i].begins)), 0, "%s\n%s", asked[i].line, shell_told(shell));
	}
	/* Behind -- it is a word, and behind an option its value. */
	EXPECT(5, shell_run(shell, "check -- -h"));
	EXPECT(0, shell_as(shell, "bob", "tenant add oak --name -h --kind production"));
	EXPECT(0, shell_as(shell, "bob", "memo list --json"));
	shell_close(shell);
}

/* Who asks what gonogo is, or how it is used, is answered whatever his configuration. */
Test(options, what_needs_no_configuration_does_not_read_it)
{
	static const char *const asked[] = { "version", "--version", "rules", "rules MEM-4", "help", "help check", "--help", "check --help" };
	struct shell opened, *shell = &opened;

	small(shell);
	shell_write(shell, "broken.conf", "ledger = \n");
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
		EXPECT(0, shell_run(shell, "%s --config broken.conf", asked[i]));
	EXPECT(4, shell_run(shell, "status --config broken.conf"));
	EXPECT_SAID("broken.conf:");
	shell_close(shell);
}

/* One line "gonogo: ..." each, also where a refusal lists what it rests on. */
Test(options, every_line_of_a_refusal_says_whose_it_is)
{
	struct shell opened, *shell = &opened;
	size_t lines = 0;

	small(shell);
	EXPECT(0, shell_as(shell, "bob", "accept-risk swap --risk slow --rationale bounded"));
	EXPECT(0, shell_as(shell, "bob", "accept-risk swap --risk stale --rationale rare"));
	EXPECT(3, shell_as(shell, "bob", "promote swap --to experimental"));
	for (const char *line = shell->err; *line; line += strcspn(line, "\n") + 1) {
		cr_assert_eq(strncmp(line, "gonogo: ", 8), 0, "%s", shell_told(shell));
		lines++;
	}
	cr_assert_gt(lines, 1u, "the refusal has one line: %s", shell_told(shell));
	shell_close(shell);
}

Test(options, lists_call_things_what_they_are)
{
	struct shell opened, *shell = &opened;

	small(shell);
	EXPECT(0, shell_as(shell, "bob", "tenant consent acme --release swap --method letter"));
	EXPECT(0, shell_run(shell, "tenant list"));
	EXPECT_SAID("consent given-for-some");
	EXPECT(0, shell_as(shell, "bob", "tenant consent acme --method letter"));
	EXPECT(0, shell_run(shell, "tenant list"));
	EXPECT_SAID("consent given\n");
	shell_write(shell, "manifest.txt", "Release ID: swap\nClassification: Workflow change (non-destructive)\nDescription: x\nFiles Changed: a.c\n"
		    "Data Changes: None\nKill Switch: Feature flag SWAP (default: off)\n");
	EXPECT(0, shell_as(shell, "bob", "import manifest.txt"));
	EXPECT(0, shell_run(shell, "switch list"));
	EXPECT_SAID("armed");
	EXPECT(0, shell_as(shell, "bob", "release withdraw swap --reason superfluous"));
	EXPECT(0, shell_run(shell, "switch list"));
	EXPECT_SAID("withdrawn");
	cr_assert(!shell_says(shell, "armed"), "%s", shell_told(shell));
	shell_close(shell);
}
