#include <config.h>

#include <string.h>

#include <gonogo/sign/checkpoint.h>
#include <gonogo/store/ledger.h>
#include <gonogo/store/rebuild.h>

#include "world.h"

TestSuite(tamper, .timeout = 60);

#define OWNER (&w.demo.sessions[DEMO_OWNER])
#define LEAD (&w.demo.sessions[DEMO_LEAD])
#define OPERATOR (&w.demo.sessions[DEMO_OPERATOR])

/*
 * "roster" has everything for experimental, and then a hard stop that uma raised without a signature: BLOCKED, and nothing done to the file may make it
 * GO.  After it another release is approved, which is signed and so witnesses the stop.
 */
struct crime {
	struct world w;
	int64_t stop, approval, last;
	char anchor[OUTCOME_LINE_MAX];
};

static void open_scene(struct crime *c)
{
	static const struct manifest other = { .release = "other", .class = CLASS_UI_ONLY, .description = "Another" };
	struct world *w = &c->w;

	world_open(w);
	world_make_ready(w, "roster");
	c->approval = w->out.seq;
	cr_assert_eq(use_stop(&w->uma, "roster", "HS-4", true, "I saw a neighbour's data", &w->out, &w->err), ERR_NONE, "%s", w->err.text);
	c->stop = w->out.seq;
	cr_assert_eq(use_release_new(&w->demo.sessions[DEMO_LEAD], &other, &w->out, &w->err), ERR_NONE, "%s", w->err.text);
	cr_assert_eq(use_risk_accept(&w->demo.sessions[DEMO_OWNER], "other", "A risk", "A reason", &w->out, &w->err), ERR_NONE, "%s", w->err.text);
	c->last = w->out.seq;
	memcpy(c->anchor, w->out.checkpoint, sizeof c->anchor);
}

static void expect_no_promotion(struct crime *c, const char *what)
{
	struct world *w = &c->w;
	struct session fresh;
	struct err err;
	enum err_kind failed = use_promote(&w->demo.sessions[DEMO_OPERATOR], "roster", CHANNEL_EXPERIMENTAL, &w->out, &err);

	cr_assert(failed == ERR_INTEGRITY || failed == ERR_REFUSED || failed == ERR_MISSING, "%s: promoted by an open session: %d %s", what, failed, err.text);
	if (world_sit(w, &fresh, "ola", "ola") != ERR_NONE)
		return;
	failed = use_promote(&fresh, "roster", CHANNEL_EXPERIMENTAL, &w->out, &err);
	cr_assert(failed == ERR_INTEGRITY || failed == ERR_REFUSED, "%s: promoted by a fresh session: %d %s", what, failed, err.text);
	session_close(&fresh);
}

/* Every way to get a decision: a fresh check, allowed, promotion by a session that was open all along and by a fresh one. */
static void expect_no_go(struct crime *c, const char *what)
{
	struct world *w = &c->w;
	struct session fresh;
	struct err err;
	enum err_kind failed;
	enum channel channel;
	char reason[SERVING_REASON_MAX];
	bool allowed = false;
	const enum verdict_word verdict = world_verdict(w, "roster", &failed);

	cr_assert(failed == ERR_INTEGRITY || (!failed && verdict == VERDICT_BLOCKED), "%s: check says %d, verdict %d: %s", what, failed, verdict, w->err.text);
	expect_no_promotion(c, what);
	if (world_sit(w, &fresh, NULL, NULL) != ERR_NONE)
		return;
	failed = use_allowed(&fresh, "roster", "elm-street", &allowed, &channel, reason, &err);
	cr_assert(failed == ERR_INTEGRITY || !allowed, "%s: allowed", what);
	session_close(&fresh);
}

static void expect_verdict(struct crime *c, const char *what, const char *anchor, enum integrity verdict, int64_t at)
{
	const struct verification says = world_verify(&c->w, anchor);

	cr_assert_eq(says.verdict, verdict, "%s: %s: %s", what, words_word(words_integrity, (int)says.verdict), says.reason);
	cr_assert_eq(says.at_seq, at, "%s: at %lld instead of %lld: %s", what, (long long)says.at_seq, (long long)at, says.reason);
	cr_assert(*says.reason, "%s: a reason", what);
}

Test(tamper, an_untouched_ledger_is_intact)
{
	struct crime c;

	open_scene(&c);
	expect_verdict(&c, "untouched", NULL, INTEGRITY_INTACT, 0);
	expect_verdict(&c, "with its anchor", c.anchor, INTEGRITY_INTACT, 0);
	expect_no_go(&c, "untouched");
	world_close(&c.w);
}

Test(tamper, a_changed_column_breaks_the_chain_there)
{
	static const struct { const char *name, *set; } changes[] = {
		{ "body", "body = replace(body, 'HS-4', 'HS-5')" },
		{ "hash", "hash = substr(hash, 1, 63) || case substr(hash, 64) when '0' then '1' else '0' end" },
		{ "prev", "prev = substr(prev, 1, 63) || case substr(prev, 64) when '0' then '1' else '0' end" },
		{ "actor", "actor = 'kim'" },
		{ "release", "release = 'other'" },
		{ "no release", "release = '-'" },
		{ "tenant", "tenant = 'elm-street'" },
		{ "kind", "kind = 'stop.cleared'" },
		{ "time", "at = '2025-03-03T08:00:00Z'" },
		{ "origin", "origin = 'elsewhere:1'" },
		{ "signature", "sig = 'x'" },
	};

	struct crime c;

	open_scene(&c);
	world_tamper(&c.w, "create table kept as select * from fact where seq = %lld", (long long)c.stop);
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		world_tamper(&c.w, "update fact set %s where seq = %lld", changes[i].set, (long long)c.stop);
		expect_verdict(&c, changes[i].name, NULL, INTEGRITY_BROKEN, c.stop);
		/* What hides behind another release is found by a walk over all facts alone, which a promotion takes. */
		if (strcmp(changes[i].name, "release") == 0)
			expect_no_promotion(&c, changes[i].name);
		else
			expect_no_go(&c, changes[i].name);
		world_tamper(&c.w, "delete from fact where seq = %lld; insert into fact select * from kept", (long long)c.stop);
	}
	expect_verdict(&c, "as it was", NULL, INTEGRITY_INTACT, 0);
	world_close(&c.w);
}

Test(tamper, a_fact_hashed_anew_by_itself_breaks_the_chain_behind_it)
{
	struct crime c;

	open_scene(&c);
	/* The stop itself, and its hash: only its neighbour knows better. */
	world_tamper(&c.w, "update fact set body = replace(body, 'HS-4', 'HS-1') where seq = %lld", (long long)c.stop);
	world_tamper(&c.w, "create table kept as select * from fact where seq > %lld; delete from fact where seq > %lld", (long long)c.stop, (long long)c.stop);
	world_rehash(&c.w, c.stop);
	world_tamper(&c.w, "insert into fact select * from kept; drop table kept");
	expect_verdict(&c, "hashed anew", NULL, INTEGRITY_BROKEN, c.stop + 1);
	expect_no_go(&c, "hashed anew");
	world_close(&c.w);
}

Test(tamper, a_fact_taken_away_is_missed)
{
	struct crime c;

	open_scene(&c);
	world_tamper(&c.w, "delete from fact where seq = %lld", (long long)c.stop);
	expect_verdict(&c, "middle", NULL, INTEGRITY_BROKEN, c.stop);
	expect_no_go(&c, "middle");
	world_close(&c.w);
}

Test(tamper, a_history_written_anew_is_forged_since_each_signature_witnesses_it)
{
	struct crime c;

	open_scene(&c);
	/* A stop of another name: roster would be GO but for the evidence; the chain holds again. */
	world_tamper(&c.w, "update fact set kind = 'tenant.opted-out', tenant = 'elm-street', release = '-', "
			   "body = '{\"v\":1,\"channel\":\"experimental\"}' where seq = %lld", (long long)c.stop);
	world_rehash(&c.w, c.stop);
	cr_assert_neq(world_verify(&c.w, NULL).verdict, INTEGRITY_INTACT);
	expect_no_go(&c, "written anew");
	world_close(&c.w);

	open_scene(&c);
	world_tamper(&c.w, "update fact set kind = (select kind from fact where seq = 9), body = (select body from fact where seq = 9), "
			   "tenant = (select tenant from fact where seq = 9), release = '-', sig = '' where seq = %lld", (long long)c.stop);
	world_rehash(&c.w, c.stop);
	cr_assert_neq(world_verify(&c.w, NULL).verdict, INTEGRITY_INTACT);
	expect_no_go(&c, "written anew with another fact");
	world_close(&c.w);

	open_scene(&c);
	world_tamper(&c.w, "update fact set body = replace(body, 'neighbour', 'stranger') where seq = %lld", (long long)c.stop);
	world_rehash(&c.w, c.stop);
	expect_verdict(&c, "reworded", NULL, INTEGRITY_FORGED, c.last - 1);
	expect_verdict(&c, "reworded, with the anchor", c.anchor, INTEGRITY_FORKED, c.last);
	expect_no_go(&c, "reworded");
	world_close(&c.w);
}

Test(tamper, a_tail_cut_off_is_truncated_for_whoever_kept_a_line)
{
	struct crime c;

	open_scene(&c);
	world_tamper(&c.w, "delete from fact where seq > %lld", (long long)c.stop);
	expect_verdict(&c, "tail", c.anchor, INTEGRITY_TRUNCATED, c.stop);
	cr_assert_neq(world_verify(&c.w, NULL).verdict, INTEGRITY_INTACT, "the projection has more than the facts");
	expect_no_go(&c, "tail");
	world_close(&c.w);
}

Test(tamper, the_anchor_of_another_ledger_is_told)
{
	char line[CHECKPOINT_TEXT_MAX];
	struct ledger_end end;
	struct crime c;

	open_scene(&c);
	cr_assert_eq(ledger_last(c.w.demo.sessions[0].store, &end, &c.w.err), ERR_NONE);
	checkpoint_format("ffffffffffffffffffffffffffffffff", end.size, &end.head, end.at, line);
	expect_verdict(&c, "another ledger", line, INTEGRITY_FORKED, 0);
	world_close(&c.w);
}

Test(tamper, APR_3_an_approval_without_a_signature_opens_nothing)
{
	struct crime c;
	enum err_kind failed;

	open_scene(&c);
	/* The stop is cleared by the book, which leaves the approval stale; then somebody writes a fresh one into the file. */
	cr_assert_eq(use_stop(&c.w.demo.sessions[DEMO_LEAD], "roster", "HS-4", false, "Looked into", &c.w.out, &c.w.err), ERR_NONE, "%s", c.w.err.text);
	cr_assert_eq(world_verdict(&c.w, "roster", &failed), VERDICT_OPEN, "%s", c.w.err.text);
	world_tamper(&c.w, "insert into fact select seq + %lld - %lld + 1, (select max(at) from fact), actor, origin, tenant, release, kind, "
			   "'ffffffffffffffffffffffffffffffff', body, '', prev, printf('%%064x', 7) from fact where seq = %lld",
		     (long long)c.w.out.seq, (long long)c.approval, (long long)c.approval);
	world_rehash(&c.w, c.w.out.seq + 1);
	expect_verdict(&c, "unsigned", NULL, INTEGRITY_FORGED, c.w.out.seq + 1);
	expect_no_go(&c, "unsigned");

	world_tamper(&c.w, "update fact set sig = (select sig from fact where seq = %lld) where seq = %lld", (long long)c.approval, (long long)c.w.out.seq + 1);
	world_rehash(&c.w, c.w.out.seq + 1);
	expect_verdict(&c, "with the signature of another", NULL, INTEGRITY_FORGED, c.w.out.seq + 1);
	expect_no_go(&c, "with the signature of another");
	world_close(&c.w);
}

Test(tamper, a_registry_written_into_the_file_makes_nobody)
{
	struct crime c;

	open_scene(&c);
	world_tamper(&c.w, "update fact set body = replace(body, 'qa', 'system-owner') where kind = 'person.added' and body like '%%uma%%'");
	world_rehash(&c.w, world_number(&c.w, "select seq from fact where kind = 'person.added' and body like '%%uma%%'"));
	expect_verdict(&c, "a role", NULL, INTEGRITY_FORGED, world_number(&c.w, "select seq from fact where kind = 'person.added' and body like '%%uma%%'"));
	expect_no_go(&c, "a role");
	world_close(&c.w);
}

Test(tamper, another_founder_does_not_fit_the_first_signature)
{
	struct crime c;

	open_scene(&c);
	world_tamper(&c.w, "update fact set body = replace(body, 'Ann Lee', 'Eve Lee') where seq = 1");
	expect_verdict(&c, "renamed", NULL, INTEGRITY_BROKEN, 1);
	expect_no_go(&c, "renamed");
	world_rehash(&c.w, 1);
	expect_verdict(&c, "renamed and hashed", NULL, INTEGRITY_FORGED, 1);
	expect_no_go(&c, "renamed and hashed");
	world_close(&c.w);
}

Test(tamper, what_is_written_into_the_projection_opens_nothing_and_is_seen)
{
	static const char *const edits[] = {
		"update release set state = 'experimental', class = 'ui-only' where id = 'roster'",
		"update person set login = 'root2' where id = 'uma'",
		"insert into person_role (person, role) values ('uma', 'system-owner')",
		"update tenant set track = 'standard', opted_out = 1 where id = 'quiet-library'",
		"update release_tenant set wanted = 1 - wanted",
	};

	struct crime c;

	open_scene(&c);
	for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
		world_tamper(&c.w, "%s", edits[i]);
		expect_verdict(&c, edits[i], NULL, INTEGRITY_PROJECTION, 0);
		expect_no_go(&c, edits[i]);
		cr_assert_eq(rebuild_projection(c.w.demo.sessions[DEMO_OWNER].store, &c.w.err), ERR_NONE, "%s", c.w.err.text);
		expect_verdict(&c, "folded anew", NULL, INTEGRITY_INTACT, 0);
	}
	world_close(&c.w);
}

Test(tamper, the_cache_of_lists_decides_nothing)
{
	struct crime c;

	open_scene(&c);
	world_tamper(&c.w, "update standing set verdict = 'go', unmet = 0 where release = 'roster'");
	expect_no_go(&c, "standing");
	expect_verdict(&c, "standing", NULL, INTEGRITY_INTACT, 0);
	world_close(&c.w);
}

Test(tamper, a_signature_that_was_kept_for_another_day_does_not_count)
{
	struct crime c;

	open_scene(&c);
	/* As if the last act, signed on Monday, had been written into the file a week later. */
	world_tamper(&c.w, "update fact set at = '2025-03-10T09:00:00Z' where seq = %lld", (long long)c.last);
	world_rehash(&c.w, c.last);
	expect_verdict(&c, "kept", NULL, INTEGRITY_FORGED, c.last);
	world_close(&c.w);
}
