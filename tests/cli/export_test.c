#include <config.h>

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "../support/story.h"

TestSuite(export, .timeout = 300,
	  .description = "the archive of a release: complete, the same each time, verified by stock tools, and harmless to others' files");

/* As VERIFY.txt has it: every command in it, in one go. */
#define VERIFY "sed -n 's/^    //p' VERIFY.txt | sh -e"

static void open_example(struct shell *shell)
{
	shell_open(shell);
	shell_at(shell, "2025-01-14T09:00:00Z");
	shell_people(shell);
	example_import(shell);
}

/* The specification's example, in stable, and a fact of another release between its own. */
static void open_stable(struct shell *shell)
{
	open_example(shell);
	example_answer_dev(shell);
	shell_at(shell, "2025-01-15T09:00:00Z");
	example_to_experimental(shell);
	EXPECT(0, shell_as(shell, "jane", "release new other --description 'Caf\303\251 \"quoted\" \\ 100%%'"));
	shell_at(shell, "2025-01-22T09:00:00Z");
	example_answer_experimental(shell);
	example_to_candidate(shell);
	example_answer_candidate(shell);
	EXPECT(0, shell_as(shell, "bob", "accept-risk " EXAMPLE " --risk 'A \"slow\" caf\303\251 page' --rationale '85 ms \\ 100%% known'"));
	EXPECT(0, shell_as(shell, "bob", "accept-risk " EXAMPLE " --withdraw 1 --reason 'measured again'"));
	shell_at(shell, "2025-01-29T09:05:00Z");
	example_sign(shell);
	EXPECT(0, shell_as(shell, "otto", "promote " EXAMPLE " --to stable"));
}

/* What the stock command prints, in a buffer of the caller's. */
static const char *stock(struct shell *shell, char *out, size_t size, const char *line)
{
	EXPECT(0, shell_stock(shell, "%s", line));
	cr_assert(strlen(shell->out) < size, "%s is longer than %zu", line, size);
	return strcpy(out, shell->out);
}

static size_t occurrences(const char *text, const char *part)
{
	size_t count = 0;

	for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
		count++;
	return count;
}

Test(export, same_ledger_gives_the_same_bytes_whoever_exports_and_whenever)
{
	struct shell opened, *shell = &opened;

	open_stable(shell);
	EXPECT(0, shell_run(shell, "export " EXAMPLE " --dir a"));
	EXPECT_SAID("VERIFY.txt says how");
	shell_at(shell, "2025-06-01T09:00:00Z");
	EXPECT(0, shell_as(shell, "jane", "export 2025-01-15-AUDIT-filter-ui --dir deep/b/"));
	EXPECT(0, shell_stock(shell, "diff -r a deep/b && grep -c . a/SHA256SUMS"));
	EXPECT(0, shell_as(shell, "jane", "export " EXAMPLE " --dir a --json"));
	EXPECT_SAID("\"files\":[\"" EXAMPLE "-stable-v1.dev-lead.sig\",");
	EXPECT(0, shell_stock(shell, "diff -r a deep/b"));
	/* It says when things happened, and never when it was written. */
	EXPECT(1, shell_stock(shell, "grep -r 2025-06 a"));
	shell_close(shell);
}

Test(export, holds_every_document_memo_and_fact)
{
	static const char *const documents[] = { "manifest", "plan", "data-safety", "switch", "rollback" };
	struct shell opened, *shell = &opened;

	open_stable(shell);
	EXPECT(0, shell_run(shell, "export " EXAMPLE " --dir a"));
	for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
		EXPECT(0, shell_run(shell, "release show " EXAMPLE " %s", documents[i]));
		shell_write(shell, "shown", "%s", shell->out);
		EXPECT(0, shell_stock(shell, "cmp shown a/%s.txt", documents[i]));
	}
	EXPECT(0, shell_run(shell, "memo export " EXAMPLE " --dir m"));
	EXPECT(0, shell_stock(shell, "cd m && for f in " EXAMPLE "*; do cmp $f ../a/$f; done; ls " EXAMPLE "* | wc -l"));
	EXPECT_SAID("3\n");
	EXPECT(0, shell_stock(shell, "cd m && sed -n 's/^    //p' VERIFY-" EXAMPLE ".txt | sh -e | grep -c '^Good \"gonogo-memo@v1\"'"));
	EXPECT_SAID("2\n");
	/* Exactly the lines of the log, oldest first, but those of another release. */
	EXPECT(0, shell_run(shell, "log --json --limit 1000"));
	shell_write(shell, "log", "%s", shell->out);
	EXPECT(0, shell_stock(shell, "grep -v '\"release\":\"other\"' log | tac | cmp - a/facts.jsonl"));
	EXPECT(0, shell_stock(shell, "tac log | sed 's/^{\"seq\":\\([0-9]*\\),.*\"hash\":\"\\([0-9a-f]*\\)\".*/\\1 \\2/' | diff - a/chain.txt"
				     " | grep -c '^[<>]' | grep -qx 1 && head -n 1 a/chain.txt"));
	EXPECT_SAID("0 ");
	/* Nothing is there that the sums do not cover. */
	EXPECT(0, shell_stock(shell, "cd a && ls -A | grep -vx SHA256SUMS >../here && sed 's/^[0-9a-f]*  //' SHA256SUMS | cmp - ../here"));
	shell_close(shell);
}

Test(export, stock_tools_verify_it_as_its_guide_says)
{
	struct shell opened, *shell = &opened;
	char facts[16], other[64 * 1024];

	open_stable(shell);
	EXPECT(0, shell_run(shell, "export " EXAMPLE " --dir a"));
	EXPECT(0, shell_stock(shell, "rm gonogo.db* && cd a && " VERIFY));
	EXPECT_SAID("VERIFY.txt: OK\n");
	EXPECT_SAID("Good \"gonogo-memo@v1\" signature for bob");
	EXPECT_SAID("Good \"gonogo-memo@v1\" signature for jane");
	snprintf(other, sizeof other, "%s", shell->out);
	stock(shell, facts, sizeof facts, "grep -c '\"sig\":\"after' a/facts.jsonl");
	snprintf(facts + strcspn(facts, "\n"), 2, "%s", "");
	cr_assert(occurrences(other, "Good \"gonogo-fact@v1\"") > 20, "%s", other);
	snprintf(other + strlen(other), 8, "\n%zu", occurrences(other, "Good \"gonogo-fact@v1\""));
	cr_assert_str_eq(strrchr(other, '\n') + 1, facts, "every signature but those of memos is a fact's");
	/* Only two facts are signed otherwise, and their signatures are the memo's. */
	EXPECT(0, shell_stock(shell, "grep -v '\"sig\":\"after' a/facts.jsonl | grep -v '\"sig\":\"\"' | grep -c '\"kind\":\"memo.signed\"'"));
	EXPECT_SAID("2\n");
	/* The people's fingerprints, for asking them. */
	EXPECT(0, shell_stock(shell, "ssh-keygen -l -f bob.pub | cut -d ' ' -f 2 >print && cd a && " VERIFY " | grep -F -f ../print"));
	EXPECT_SAID(" bob (ED25519)");
	shell_close(shell);
}

Test(export, one_flipped_byte_in_any_file_is_found)
{
	struct shell opened, *shell = &opened;

	open_stable(shell);
	EXPECT(0, shell_run(shell, "export " EXAMPLE " --dir a"));
	shell_write(shell, "flip", "%s",
		    "for f in $(ls a); do\n"
		    "  rm -rf b; cp -r a b; n=$(($(wc -c <b/$f) / 2))\n"
		    "  o=$(od -An -tu1 -j $n -N 1 b/$f)\n"
		    "  env printf \"\\\\x$(printf %02x $((o ^ 1)))\" | dd of=b/$f bs=1 seek=$n conv=notrunc status=none\n"
		    "  cmp -s a/$f b/$f && echo \"$f was not flipped\"\n"
		    "  (cd b && sha256sum --strict -c SHA256SUMS) >/dev/null 2>&1 && echo \"$f was not found\"\n"
		    "  echo flipped\n"
		    "done\n");
	EXPECT(0, shell_stock(shell, "sh flip"));
	cr_assert(!strstr(shell->out, " was not ") && !*shell->err, "%s", shell_told(shell));
	cr_assert(occurrences(shell->out, "flipped\n") >= 13, "%s", shell_told(shell));
	shell_close(shell);
}

/* Whoever makes the sums anew has the keys and the chain still against him. */
Test(export, forger_who_makes_new_sums_is_found)
{
	static const struct { const char *edit, *says; } forgeries[] = {
		{ "sed -i 's/Page load increase/Page load decrease/' " EXAMPLE "-stable-v1.txt", "incorrect signature" },
		{ "cp " EXAMPLE "-stable-v1.dev-lead.sig " EXAMPLE "-stable-v1.system-owner.sig", "Could not verify signature" },
		{ "sed -i 's/off in 40 s/off in 4 s/' facts.jsonl", "it has another hash" },
		{ "sed -i 's/\"actor\":\"quinn\"/\"actor\":\"jane\"/' facts.jsonl", "it has another hash" },
		{ "sed -i '/\"kind\":\"plan.approved\"/s/\"sig\":\"after [0-9]*/&1/' facts.jsonl", "it has another hash" },
		{ "sed -i '9d' chain.txt", "it is not in the chain" },
		{ "sed -i '1s/ ./ g/' chain.txt", "" },
		{ "sed -i 's/^quinn/jane/' allowed_signers", "its signature does not hold" },
	};
	struct shell opened, *shell = &opened;

	open_stable(shell);
	EXPECT(0, shell_run(shell, "export " EXAMPLE " --dir a"));
	for (size_t i = 0; i < sizeof forgeries / sizeof *forgeries; i++) {
		EXPECT(0, shell_stock(shell, "rm -rf b && cp -r a b && cd b && %s && ! cmp -s . ../a; ! diff -r a b >/dev/null", forgeries[i].edit));
		EXPECT(0, shell_stock(shell, "cd b && sed 's/^[0-9a-f]*  //' SHA256SUMS | xargs sha256sum >sums && mv sums SHA256SUMS"));
		shell_stock(shell, "cd b && " VERIFY " 2>&1");
		cr_assert(shell->status != 0 && strstr(shell->out, "VERIFY.txt: OK"), "%s\n%s", forgeries[i].edit, shell_told(shell));
		cr_assert(strstr(shell->out, forgeries[i].says), "%s: expected \"%s\"\n%s", forgeries[i].edit, forgeries[i].says, shell->out);
	}
	shell_close(shell);
}

/* `make` prepares the folder d; the export into `dir` is refused with a sentence that says `says`, and changes nothing. */
struct attack { const char *make, *dir, *says; };

static void expect_refused(struct shell *shell, const struct attack *attack)
{
	EXPECT(0, shell_stock(shell, "rm -rf d safe && mkdir safe d && echo theirs >safe/manifest.txt && %s && rm -rf before && cp -a . ../before.$$"
				     " && mv ../before.$$ before", attack->make));
	cr_assert_eq(shell_run(shell, "export " EXAMPLE " --dir %s", attack->dir), 3, "%s\n%s", attack->make, shell_told(shell));
	cr_assert(!*shell->out && shell_says(shell, attack->says), "%s: expected \"%s\"\n%s", attack->make, attack->says, shell_told(shell));
	EXPECT(0, shell_stock(shell, "for f in d safe; do diff -r --no-dereference -x pipe before/$f $f; done; cat safe/manifest.txt"));
	cr_assert_str_eq(shell->out, "theirs\n", "%s\n%s", attack->make, shell_told(shell));
}

Test(export, overwrites_nothing_of_anybody_elses)
{
	static const struct attack attacks[] = {
		{ "rmdir d && ln -s safe d", "d", "d is a symbolic link" },
		{ "rmdir d && ln -s safe d", "d/", "d is a symbolic link" },
		{ "echo x >d/notes", "d", "d holds notes" },
		{ "echo x >d/.hidden", "d", "d holds .hidden" },
		{ "echo theirs >d/manifest.txt", "d", "d holds manifest.txt" },
		{ "ln -s ../safe/manifest.txt d/manifest.txt", "d", "d holds manifest.txt" },
		{ "ln -s /nowhere d/VERIFY.txt", "d", "d holds VERIFY.txt" },
		{ "mkdir d/VERIFY.txt", "d", "d holds VERIFY.txt" },
		{ "mkfifo d/pipe", "d", "d holds pipe" },
		{ "cp a/* d && rm d/manifest.txt && ln -s ../safe/manifest.txt d/manifest.txt", "d", "d holds manifest.txt" },
		{ "cp a/* d && rm d/VERIFY.txt", "d", "of no export" },
		{ "cp a/* d && sed -i '1s/release .*/release other./' d/VERIFY.txt", "d", "of another release" },
		{ "cp a/* d && echo x >d/notes", "d", "d holds notes" },
	};
	struct shell opened, *shell = &opened;

	open_example(shell);
	EXPECT(0, shell_as(shell, "jane", "release new other"));
	EXPECT(0, shell_run(shell, "export " EXAMPLE " --dir a"));
	for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++)
		expect_refused(shell, &attacks[i]);
	/* The export of one release is nothing of another's. */
	EXPECT(3, shell_run(shell, "export other --dir a"));
	EXPECT(0, shell_stock(shell, "cd a && sha256sum -c SHA256SUMS"));
	shell_close(shell);
}

Test(export, refuses_before_it_touches_the_disk)
{
	struct shell opened, *shell = &opened;

	open_example(shell);
	EXPECT(5, shell_run(shell, "export NOSUCH --dir d"));
	EXPECT_SAID("NOSUCH");
	EXPECT(2, shell_run(shell, "export " EXAMPLE));
	EXPECT_SAID("--dir");
	EXPECT(2, shell_run(shell, "export --dir d"));
	EXPECT(1, shell_stock(shell, "test -e d"));
	shell_write(shell, "file", "%s", "theirs\n");
	EXPECT(7, shell_run(shell, "export " EXAMPLE " --dir file"));
	EXPECT(0, shell_stock(shell, "grep -qx theirs file"));
	shell_close(shell);
}

/* A disk that is full in the middle: a limit on the size of files stands for it. */
Test(export, half_an_archive_has_no_sums_and_is_completed)
{
	struct shell opened, *shell = &opened;

	open_stable(shell);
	EXPECT(0, shell_run(shell, "export " EXAMPLE " --dir a"));
	EXPECT(0, shell_stock(shell, "test $(wc -c <a/facts.jsonl) -gt 34000 && cp -r a whole"));
	shell_stock(shell, "ulimit -f 66; exec \"$GONOGO_BIN\" --ledger gonogo.db export " EXAMPLE " --dir a");
	cr_assert(shell->status == 7 && !*shell->out && shell_says(shell, "a/facts.jsonl could not be written"), "%s", shell_told(shell));
	EXPECT(1, shell_stock(shell, "test -e a/SHA256SUMS"));
	EXPECT(0, shell_stock(shell, "rm a/manifest.txt && echo broken >a/plan.txt"));
	EXPECT(0, shell_run(shell, "export " EXAMPLE " --dir a"));
	EXPECT(0, shell_stock(shell, "diff -r whole a"));
	shell_close(shell);
}

Test(export, release_without_documents_and_memos_exports_too)
{
	struct shell opened, *shell = &opened;

	open_example(shell);
	EXPECT(0, shell_as(shell, "jane", "release new bare"));
	EXPECT(0, shell_as(shell, "jane", "release classify bare workflow"));
	EXPECT(0, shell_run(shell, "export bare --dir a"));
	EXPECT(0, shell_stock(shell, "cd a && " VERIFY " && ls"));
	EXPECT_SAID("Good \"gonogo-fact@v1\" signature for bob");
	EXPECT_SAID("manifest.txt\n");
	cr_assert(!shell_says(shell, "plan.txt\n") && !shell_says(shell, ".sig\n"), "%s", shell_told(shell));
	EXPECT(0, shell_stock(shell, "grep 'No memo of this release' a/VERIFY.txt"));
	/* What comes later is added to the same folder. */
	EXPECT(0, shell_as(shell, "jane", "release classify bare ui-only"));
	EXPECT(0, shell_run(shell, "export bare --dir a"));
	EXPECT(0, shell_stock(shell, "cd a && " VERIFY));
	shell_close(shell);
}

/* Keys that were taken back signed what they signed; a component has a key for facts, and none for memos. */
Test(export, keys_taken_back_and_components_are_among_the_signers)
{
	struct shell opened, *shell = &opened;

	open_example(shell);
	shell_key(shell, "robot");
	EXPECT(0, shell_as(shell, "bob", "component add robot --key robot.pub"));
	EXPECT(0, shell_as(shell, "bob", "person key jane revoke jane.pub"));
	EXPECT(0, shell_run(shell, "export " EXAMPLE " --dir a"));
	EXPECT(0, shell_stock(shell, "cd a && " VERIFY));
	EXPECT(0, shell_stock(shell, "grep -x 'robot namespaces=\"gonogo-fact@v1\" .*' a/allowed_signers && "
				     "grep -x 'jane namespaces=\"gonogo-memo@v1,gonogo-fact@v1\" .*' a/allowed_signers"));
	shell_close(shell);
}
