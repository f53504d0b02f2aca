#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/base/spawn.h>

#include "world.h"

TestSuite(independent, .timeout = 120, .description = "a verifier of sqlite3, sha256sum and ssh-keygen, written from gonogo-ledger(5), agrees with gonogo verify");

static const char *says(struct world *w, const char *anchor)
{
	const char *script = arena_printf(&w->demo.arena, "%s/tests/support/verify-ledger.sh", getenv("GONOGO_SRC"));
	const char *const argv[] = { "sh", script, w->ledger, anchor, NULL };
	const struct spawn spawn = { .argv = argv, .deadline_s = 60, .output_cap = 4096 };
	struct spawn_result result;

	cr_assert_eq(spawn_run(&spawn, &w->demo.arena, &result, &w->err), ERR_NONE, "%s", w->err.text);
	cr_assert_eq(result.status, 0, "the script ended with %d: %s", result.status, result.diagnostics);
	return result.out;
}

/* Both say the same: the verdict, and the fact where there is one. */
static void agree(struct world *w, const char *what, const char *anchor, enum integrity expected)
{
	const struct verification own = world_verify(w, anchor);
	const char *other = says(w, anchor);
	char line[64];

	cr_assert_eq(own.verdict, expected, "%s: gonogo says %s: %s", what, words_word(words_integrity, (int)own.verdict), own.reason);
	if (own.at_seq)
		snprintf(line, sizeof line, "%s %lld\n", words_word(words_integrity, (int)own.verdict), (long long)own.at_seq);
	else
		snprintf(line, sizeof line, "%s\n", words_word(words_integrity, (int)own.verdict));
	cr_assert_str_eq(other, line, "%s: gonogo says %s, the script %s", what, line, other);
}

static int64_t first_of(struct world *w, const char *kind)
{
	return world_number(w, "select min(seq) from fact where kind = '%s'", kind);
}

static int64_t open_scene(struct world *w, char *anchor)
{
	const char *spare;

	world_open(w);
	spare = world_key(w, "spare");
	world_to_memo(w, "roster");
	cr_assert_eq(use_memo_sign(&w->demo.sessions[DEMO_OWNER], "roster", ROLE_SYSTEM_OWNER, NULL, &w->out, &w->err), ERR_NONE, "%s", w->err.text);
	cr_assert_eq(use_person_key(&w->demo.sessions[DEMO_OWNER], "dana", KEY_ADD, arena_printf(&w->demo.arena, "%s.pub", spare), WHEN_NONE, &w->out, &w->err),
		     ERR_NONE, "%s", w->err.text);
	cr_assert_eq(use_person_key(&w->demo.sessions[DEMO_OWNER], "dana", KEY_RETIRE, world_path(w, "dana.pub"), WHEN_NONE, &w->out, &w->err), ERR_NONE, "%s",
		     w->err.text);
	cr_assert_eq(use_stop(&w->uma, "roster", "HS-5", true, "Unsigned", &w->out, &w->err), ERR_NONE, "%s", w->err.text);
	memcpy(anchor, w->out.checkpoint, OUTCOME_LINE_MAX);
	return w->out.seq;
}

Test(independent, agrees_on_a_ledger_that_holds)
{
	char anchor[OUTCOME_LINE_MAX];
	struct world w;

	open_scene(&w, anchor);
	agree(&w, "untouched", NULL, INTEGRITY_INTACT);
	agree(&w, "with its anchor", anchor, INTEGRITY_INTACT);
	world_close(&w);
}

/* The file as it was comes back after each forgery. */
Test(independent, agrees_on_ten_ledgers_that_do_not)
{
	char anchor[OUTCOME_LINE_MAX];
	struct world w;
	const int64_t last = (open_scene(&w, anchor), w.out.seq), approval = first_of(&w, "approval.given"), memo = first_of(&w, "memo.signed");
	const struct { const char *what, *sql; int64_t rehash; bool anchored; enum integrity verdict; } rows[] = {
		{ "a body changed", "update fact set body = replace(body, 'dev-lead', 'qa') where seq = ?1", 0, false, INTEGRITY_BROKEN },
		{ "a fact taken away", "delete from fact where seq = ?1", 0, false, INTEGRITY_BROKEN },
		{ "a time before the one before", "update fact set at = '2024-01-01T00:00:00Z' where seq = ?1", approval, false, INTEGRITY_BROKEN },
		{ "a chain field changed", "update fact set prev = printf('%064x', 5) where seq = ?1", 0, false, INTEGRITY_BROKEN },
		{ "a history chained anew", "update fact set body = replace(body, 'dev-lead', 'qa') where seq = ?1", approval, false, INTEGRITY_FORGED },
		{ "a signature taken away", "update fact set sig = '' where seq = ?1", approval, false, INTEGRITY_FORGED },
		{ "the signature of another", "update fact set sig = (select sig from fact where kind = 'plan.approved' limit 1) where seq = ?1", approval, false,
		  INTEGRITY_FORGED },
		{ "another actor", "update fact set actor = 'kim' where seq = ?1", approval, false, INTEGRITY_FORGED },
		{ "another memo's signature", "update fact set sig = (select max(sig) from fact where kind = 'memo.signed' and seq <> ?2) where seq = ?2", memo, false,
		  INTEGRITY_FORGED },
		{ "the tail cut", "delete from fact where seq = ?3", 0, true, INTEGRITY_TRUNCATED },
		{ "the last fact reworded", "update fact set body = replace(body, 'Unsigned', 'Never mind') where seq = ?3", last, true, INTEGRITY_FORKED },
	};

	world_tamper(&w, "create table kept as select * from fact");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		world_forge(&w, rows[i].sql, approval, memo, last);
		if (rows[i].rehash)
			world_rehash(&w, rows[i].rehash);
		agree(&w, rows[i].what, rows[i].anchored ? anchor : NULL, rows[i].verdict);
		world_tamper(&w, "delete from fact; insert into fact select * from kept");
	}
	agree(&w, "as it was", anchor, INTEGRITY_INTACT);
	world_close(&w);
}
