#include <config.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/sign/keygen.h>
#include <gonogo/sign/payload.h>
#include <gonogo/sign/sshkey.h>
#include <gonogo/sign/sshsig.h>
#include <gonogo/sign/verify.h>
#include <gonogo/store/ledger.h>

#include "world.h"

TestSuite(matrix, .timeout = 240);

/*
 * The forged-evidence matrix, made from the schema: whatever is altered, inserted, deleted, swapped or restored in the file, nobody gets a GO, a yes or a
 * promotion, and gonogo verify sees it.  "roster" is BLOCKED by a hard stop that nobody signed; without the stop it would be GO.  Each case has a fresh copy
 * of the file; a reader with a memory has walked it while it was whole, another one comes for the first time.
 */
struct matrix {
	struct world w;
	const char *pristine, *victim, *state;
	int64_t stop, last;
	char anchor[OUTCOME_LINE_MAX];
	size_t cases;
	bool quick;       /* leaves out the reader without a memory, and the promotion: done elsewhere for the same kind of case */
};

static instant clock_now(void *context)
{
	return ((const struct demo *)context)->now;
}

static void copy_file(const char *from, const char *to)
{
	static const char *const beside[] = { "-wal", "-shm" };
	FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
	char block[65536], name[512];
	size_t size;

	cr_assert(in && out);
	while ((size = fread(block, 1, sizeof block, in)) > 0)
		cr_assert_eq(fwrite(block, 1, size, out), size);
	cr_assert(fclose(in) == 0 && fclose(out) == 0);
	for (size_t i = 0; i < 2; i++) {
		snprintf(name, sizeof name, "%s%s", to, beside[i]);
		(void)remove(name);
	}
}

static enum err_kind sit(struct matrix *m, bool remembers, const char *as, struct session *session, struct err *err)
{
	const struct session_options options = { .ledger = m->victim, .state_dir = remembers ? m->state : NULL, .as = as,
						 .identity = as ? world_path(&m->w, as) : NULL, .clock = { clock_now, &m->w.demo, NULL } };

	return session_open(session, &options, err);
}

static void expect_no_yes(struct matrix *m, bool remembers, const char *what)
{
	struct session session;
	struct record record = { 0 };
	struct verdict verdict = { 0 };
	struct release_line line;
	struct err err = { 0 };
	char reason[SERVING_REASON_MAX];
	bool allowed = false;
	enum channel channel;
	enum err_kind failed = sit(m, remembers, NULL, &session, &err);

	if (failed) {
		cr_assert_eq(failed, ERR_INTEGRITY, "%s: %s", what, err.text);
		return;
	}
	failed = use_release_line(&session, "roster", &record, &verdict, &line, &err);
	cr_assert(failed == ERR_INTEGRITY || failed == ERR_MISSING || (!failed && verdict.verdict != VERDICT_GO), "%s (%s): check says %d, verdict %d: %s", what,
		  remembers ? "remembers" : "comes new", failed, verdict.verdict, err.text);
	record_release(&record);
	failed = use_allowed(&session, "roster", "elm-street", &allowed, &channel, reason, &err);
	cr_assert(failed || !allowed, "%s: allowed", what);
	session_close(&session);
}

static void expect_no_promotion(struct matrix *m, const char *what)
{
	struct session session;
	struct err err = { 0 };
	struct outcome out;

	if (sit(m, false, "ola", &session, &err) != ERR_NONE)
		return;
	cr_assert_neq(use_promote(&session, "roster", CHANNEL_EXPERIMENTAL, &out, &err), ERR_NONE, "%s: promoted", what);
	session_close(&session);
}

static struct verification verify(struct matrix *m, bool remembers, const char *anchor)
{
	const struct session_options options = { .ledger = m->victim, .state_dir = remembers ? m->state : NULL, .clock = { clock_now, &m->w.demo, NULL }, .readonly = true,
						 .inspects = true };
	struct verification result = { .reason = "it does not open" };
	struct session session;

	cr_assert_eq(session_open(&session, &options, &m->w.err), ERR_NONE, "%s", m->w.err.text);
	cr_assert_eq(use_verify(&session, &anchor, anchor != NULL, NULL, &result, &m->w.err), ERR_NONE, "%s", m->w.err.text);
	session_close(&session);
	return result;
}

static void judge_case(struct matrix *m, bool is_seen, const char *what)
{
	expect_no_yes(m, true, what);
	if (!m->quick) {
		expect_no_yes(m, false, what);
		expect_no_promotion(m, what);
	}
	if (is_seen) {
		const struct verification says = verify(m, false, NULL);

		cr_assert_neq(says.verdict, INTEGRITY_INTACT, "%s: verify sees nothing", what);
		cr_assert(*says.reason, "%s: a reason", what);
	}
	m->cases++;
	copy_file(m->pristine, m->victim);
}

static sqlite3 *behind(struct matrix *m)
{
	sqlite3 *db;

	cr_assert_eq(sqlite3_open(m->victim, &db), SQLITE_OK);
	cr_assert_eq(sqlite3_exec(db, "pragma foreign_keys = off; pragma ignore_check_constraints = on; drop trigger if exists fact_next;"
				  "drop trigger if exists fact_no_update; drop trigger if exists fact_no_delete; drop trigger if exists fact_class", NULL, NULL, NULL), SQLITE_OK, "%s", sqlite3_errmsg(db));
	return db;
}

/* Runs SQL on the victim; the rows changed, or -1 when SQLite itself refuses (a value of another type, a number twice). */
static int forge(struct matrix *m, const char *sql)
{
	sqlite3 *db = behind(m);
	const int before = sqlite3_total_changes(db);
	const int rc = sqlite3_exec(db, sql, NULL, NULL, NULL);
	const int changed = rc == SQLITE_OK ? sqlite3_total_changes(db) - before : -1;

	cr_assert(rc == SQLITE_OK || (rc & 0xff) == SQLITE_CONSTRAINT || (rc & 0xff) == SQLITE_MISMATCH, "%s: %s", sql, sqlite3_errmsg(db));
	(void)sqlite3_close(db);
	return changed;
}

static void rehash(struct matrix *m, int64_t from)
{
	const char *kept = m->w.ledger;

	m->w.ledger = m->victim;
	world_rehash(&m->w, from);
	m->w.ledger = kept;
}

/* The first column of every row, in an array that ends with NULL. */
static const char **ask(struct matrix *m, const char *sql)
{
	sqlite3_stmt *st;
	sqlite3 *db;
	const char **out = arena_array(&m->w.demo.arena, 4096, sizeof *out);
	size_t count = 0;

	cr_assert_eq(sqlite3_open(m->pristine, &db), SQLITE_OK);
	cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK, "%s: %s", sql, sqlite3_errmsg(db));
	while (sqlite3_step(st) == SQLITE_ROW && count < 4095)
		out[count++] = arena_str(&m->w.demo.arena, (const char *)sqlite3_column_text(st, 0));
	(void)sqlite3_finalize(st);
	(void)sqlite3_close(db);
	return out;
}

static const char *text(struct matrix *m, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static const char *text(struct matrix *m, const char *fmt, ...)
{
	va_list args;
	char *made;

	va_start(args, fmt);
	made = arena_vprintf(&m->w.demo.arena, fmt, args);
	va_end(args);
	return made;
}

static void begin(struct matrix *m)
{
	static const struct manifest other = { .release = "other", .class = CLASS_UI_ONLY, .description = "Another" };
	struct world *w = &m->w;
	struct session session;
	struct err err;

	*m = (struct matrix){ 0 };
	world_open(w);
	world_make_ready(w, "roster");
	cr_assert_eq(use_stop(&w->uma, "roster", "HS-4", true, "I saw a neighbour's data", &w->out, &w->err), ERR_NONE, "%s", w->err.text);
	m->stop = w->out.seq;
	cr_assert_eq(use_release_new(&w->demo.sessions[DEMO_LEAD], &other, &w->out, &w->err), ERR_NONE, "%s", w->err.text);
	cr_assert_eq(use_risk_accept(&w->demo.sessions[DEMO_OWNER], "other", "A risk", "A reason", &w->out, &w->err), ERR_NONE, "%s", w->err.text);
	m->last = w->out.seq;
	memcpy(m->anchor, w->out.checkpoint, sizeof m->anchor);
	world_go_home(w);
	m->pristine = w->ledger;
	m->victim = world_path(w, "victim.db");
	m->state = world_path(w, "state");
	world_number(w, "pragma wal_checkpoint(truncate)");
	copy_file(m->pristine, m->victim);
	cr_assert_eq(sit(m, true, NULL, &session, &err), ERR_NONE, "%s", err.text);
	session_close(&session);
	expect_no_yes(m, true, "untouched");
	cr_assert_eq(verify(m, true, m->anchor).verdict, INTEGRITY_INTACT);
}

static void finish(struct matrix *m)
{
	world_close(&m->w);
}

/* The cache that lists paint from is not evidence, nor is what nothing reads. */
static bool is_evidence(const char *table)
{
	return strcmp(table, "standing") != 0;
}

static const char tables[] = "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' and name not like 'release\\_find\\_%' escape '\\'";

static const char *columns_of(struct matrix *m, const char *table)
{
	return text(m, "select name from pragma_table_xinfo('%s') where hidden = 0", table);
}

/* Something else than what stands there, of the same type. */
static const char *altered(struct matrix *m, const char *column)
{
	return text(m, "case typeof(\"%s\") when 'integer' then \"%s\" + 1 when 'null' then 'x' else case substr(\"%s\", -1) when '0' then "
		    "substr(\"%s\", 1, length(\"%s\") - 1) || '1' else substr(\"%s\", 1, length(\"%s\") - 1) || '0' end end", column, column, column, column, column,
		    column, column);
}

static const char *key_of(struct matrix *m, const char *table)
{
	const char **keys = ask(m, text(m, "select group_concat('\"' || name || '\"') from pragma_table_info('%s') where pk > 0", table));

	return keys[0] ? keys[0] : "rowid";
}

static void alter_column(struct matrix *m, const char *table, const char *column, int64_t rows)
{
	const char *value = altered(m, column), *key = key_of(m, table);

	for (int64_t row = 0; row < rows; row++) {
		const char *what = text(m, "update \"%s\" set \"%s\" = %s where (%s) = (select %s from \"%s\" limit 1 offset %lld)", table, column, value, key, key,
					table, (long long)row);
		const int changed = forge(m, what);

		if (changed > 0)
			judge_case(m, is_evidence(table), what);
		else
			copy_file(m->pristine, m->victim);
	}
}

static int64_t count_rows(struct matrix *m, const char *table)
{
	return world_number(&m->w, "select count(*) from \"%s\"", table);
}

Test(matrix, every_column_of_every_table)
{
	struct matrix m;
	const char **names;
	size_t columns = 0;

	begin(&m);
	m.quick = true;
	names = ask(&m, tables);
	for (size_t t = 0; names[t]; t++) {
		const char **column = ask(&m, columns_of(&m, names[t]));
		const int64_t rows = count_rows(&m, names[t]);

		for (; *column; column++, columns++)
			alter_column(&m, names[t], *column, strcmp(names[t], "fact") == 0 ? rows : rows > 2 ? 2 : rows);
	}
	cr_assert_gt(columns, 80, "%zu columns", columns);
	cr_assert_gt(m.cases, 400, "%zu cases", m.cases);
	finish(&m);
}

/* Each fact, altered so that it matches its own hash, and the chain field of the next one altered to match. */
Test(matrix, a_fact_hashed_anew_with_the_chain_field_behind_it)
{
	struct matrix m;

	begin(&m);
	for (int64_t seq = 1; seq < m.last; seq++) {
		const char *kept = text(&m, "create table kept as select * from fact where seq > %lld; delete from fact where seq > %lld", (long long)seq, (long long)seq);

		forge(&m, text(&m, "update fact set kind = 'tenant.opted_out', tenant = 'elm-street', release = '-', sig = '', "
				  "body = '{\"v\":1,\"channel\":\"experimental\"}' where seq = %lld; %s", (long long)seq, kept));
		rehash(&m, seq);
		forge(&m, text(&m, "insert into fact select * from kept; drop table kept; update fact set prev = (select hash from fact where seq = %lld) where seq = %lld",
			      (long long)seq, (long long)seq + 1));
		m.quick = seq != m.stop;
		judge_case(&m, true, text(&m, "fact %lld and the chain field behind it", (long long)seq));
	}
	finish(&m);
}

Test(matrix, rows_taken_away_and_put_in)
{
	struct matrix m;
	const char **names;

	begin(&m);
	names = ask(&m, tables);
	for (size_t t = 0; names[t]; t++) {
		const char *key = key_of(&m, names[t]);
		const char *first = ask(&m, text(&m, "select name from pragma_table_info('%s') order by pk = 0, pk limit 1", names[t]))[0];
		const char *others = ask(&m, text(&m, "select group_concat('\"' || name || '\"') from pragma_table_info('%s') where name <> '%s'", names[t], first))[0];
		const int64_t rows = count_rows(&m, names[t]);

		m.quick = strcmp(names[t], "fact") != 0;
		for (int64_t row = 0; row < rows; row++) {
			if (forge(&m, text(&m, "delete from \"%s\" where (%s) = (select %s from \"%s\" limit 1 offset %lld)", names[t], key, key, names[t], (long long)row)) > 0)
				judge_case(&m, is_evidence(names[t]), text(&m, "row %lld of %s taken away", (long long)row, names[t]));
		}
		if (!rows || !others || strcmp(names[t], "fact") == 0)
			continue;
		if (forge(&m, text(&m, "insert into \"%s\" (\"%s\", %s) select case typeof(\"%s\") when 'integer' then \"%s\" + 1000 else \"%s\" || 'x' end, %s from \"%s\" limit 1",
				  names[t], first, others, first, first, first, others, names[t])) > 0)
			judge_case(&m, is_evidence(names[t]), text(&m, "a row put into %s", names[t]));
		else
			copy_file(m.pristine, m.victim);
	}
	cr_assert_gt(m.cases, 60, "%zu cases", m.cases);
	finish(&m);
}

/* Somebody who knows the format chains everything anew behind the change. */
Test(matrix, facts_taken_away_doubled_and_swapped_with_the_chain_made_anew)
{
	struct matrix m;

	begin(&m);
	for (int64_t seq = 2; seq < m.last; seq++) {
		m.quick = seq % 8 != 0 && seq != m.stop;
		forge(&m, text(&m, "delete from fact where seq = %lld; update fact set seq = -seq where seq > %lld; update fact set seq = -seq - 1 where seq < 0",
			      (long long)seq, (long long)seq));
		rehash(&m, seq);
		judge_case(&m, true, text(&m, "fact %lld taken away, the rest renumbered", (long long)seq));
		forge(&m, text(&m, "update fact set seq = -seq where seq in (%lld, %lld); update fact set seq = %lld + seq where seq < 0", (long long)seq,
			      (long long)seq + 1, (long long)seq * 2 + 1));
		rehash(&m, seq);
		judge_case(&m, true, text(&m, "facts %lld and %lld swapped", (long long)seq, (long long)seq + 1));
		forge(&m, text(&m, "insert into fact select %lld, (select max(at) from fact), actor, origin, tenant, release, kind, 'ffffffffffffffffffffffffffffffff', body, "
				  "sig, prev, printf('%%064x', 7) from fact where seq = %lld", (long long)m.last + 1, (long long)seq));
		rehash(&m, m.last + 1);
		judge_case(&m, true, text(&m, "fact %lld put in once more", (long long)seq));
	}
	finish(&m);
}

/* What is left is whole by itself, and before the stop it was GO: whoever saw more, and whoever kept a line, knows. */
Test(matrix, the_tail_cut_at_every_fact)
{
	struct matrix m;
	struct session session;
	struct err err;

	begin(&m);
	m.quick = true;
	for (int64_t size = m.last - 1; size >= 1; size--) {
		struct verification says;

		forge(&m, text(&m, "delete from fact where seq > %lld", (long long)size));
		cr_assert_eq(sit(&m, true, NULL, &session, &err), ERR_INTEGRITY, "cut to %lld: opened", (long long)size);
		says = verify(&m, false, m.anchor);
		cr_assert(says.verdict == INTEGRITY_TRUNCATED && says.at_seq == size, "cut to %lld: %d at %lld", (long long)size, says.verdict, (long long)says.at_seq);
		says = verify(&m, true, NULL);
		cr_assert_eq(says.verdict, INTEGRITY_TRUNCATED, "cut to %lld: %s", (long long)size, says.reason);
		judge_case(&m, true, text(&m, "cut to %lld", (long long)size));
	}
	finish(&m);
}

/* Yesterday's copy is whole, and "roster" GO in it. */
Test(matrix, an_old_copy_restored)
{
	struct matrix m;
	struct session session;
	struct err err;
	const char *old;

	begin(&m);
	old = world_path(&m.w, "yesterday.db");
	/* The stop and what followed are undone the way a backup undoes them: in all tables. */
	copy_file(m.pristine, m.victim);
	forge(&m, text(&m, "delete from fact where seq >= %lld", (long long)m.stop));
	copy_file(m.victim, old);
	cr_assert_eq(sit(&m, false, NULL, &session, &err), ERR_NONE, "%s", err.text);
	session_close(&session);
	cr_assert_eq(sit(&m, true, NULL, &session, &err), ERR_INTEGRITY, "an old copy opened for somebody who saw more");
	cr_assert_eq(verify(&m, true, NULL).verdict, INTEGRITY_TRUNCATED);
	cr_assert_eq(verify(&m, false, m.anchor).verdict, INTEGRITY_TRUNCATED);
	finish(&m);
}

/* The whole ledger, made anew by somebody who founds it with a key of her own. */
Test(matrix, the_ledger_founded_anew)
{
	struct matrix m;
	struct world other;
	struct session session;
	struct err err;

	begin(&m);
	world_open(&other);
	world_make_ready(&other, "roster");
	world_go_home(&other);
	world_number(&other, "pragma wal_checkpoint(truncate)");
	copy_file(other.ledger, m.victim);
	cr_assert_eq(sit(&m, true, NULL, &session, &err), ERR_INTEGRITY, "another's ledger opened");
	cr_assert(strstr(err.text, "founded"), "%s", err.text);
	cr_assert_eq(verify(&m, false, m.anchor).verdict, INTEGRITY_FORKED);
	cr_assert_eq(verify(&m, true, NULL).verdict, INTEGRITY_FORKED);
	world_close(&other);
	finish(&m);
}

/* Only its own fact takes a signature, even when the chain is made anew over it. */
Test(matrix, every_signature_offered_to_every_other_fact)
{
	struct matrix m;
	const char **signed_facts;

	begin(&m);
	m.quick = true;
	signed_facts = ask(&m, "select seq from fact where sig <> '' order by seq");
	for (const char **from = signed_facts; *from; from++)
		for (const char **to = signed_facts; *to; to++) {
			if (from == to)
				continue;
			forge(&m, text(&m, "update fact set sig = (select sig from fact where seq = %s) where seq = %s", *from, *to));
			rehash(&m, strtoll(*to, NULL, 10));
			judge_case(&m, true, text(&m, "the signature of fact %s on fact %s", *from, *to));
		}
	cr_assert_gt(m.cases, 200, "%zu cases", m.cases);
	finish(&m);
}

static void load_key(struct world *w, const char *person, struct sshkey *key)
{
	cr_assert_eq(sshkey_load(world_path(w, arena_printf(&w->demo.arena, "%s.pub", person)), &w->demo.arena, key, &w->err), ERR_NONE, "%s", w->err.text);
}

Test(matrix, every_byte_of_a_signed_memo)
{
	struct world w;
	struct record record = { 0 };
	const struct memo_entry *memo;
	struct sshkey key;
	struct octets blob;
	struct arena arena;
	char *bytes;
	size_t size;

	world_open(&w);
	world_to_memo(&w, "roster");
	cr_assert_eq(use_memo_sign(&w.demo.sessions[DEMO_OWNER], "roster", ROLE_SYSTEM_OWNER, NULL, &w.out, &w.err), ERR_NONE, "%s", w.err.text);
	cr_assert_eq(record_load(&w.demo.sessions[DEMO_OWNER], "roster", WHEN_NONE, true, &record, &w.err), ERR_NONE, "%s", w.err.text);
	memo = dossier_issued(&record.dossier, MEMO_STABLE);
	cr_assert(memo && memo->owner.source.seq);
	load_key(&w, "ann", &key);
	arena_init(&arena, 0);
	for (size_t i = 0; i < record.count; i++)
		if (record.facts[i].seq == memo->owner.source.seq)
			cr_assert_eq(sshsig_from_base64(record.facts[i].sig, strlen(record.facts[i].sig), &arena, &blob, &w.err), ERR_NONE, "%s", w.err.text);
	size = strlen(memo->text);
	bytes = arena_bytes(&arena, memo->text, size);
	cr_assert_eq(sshsig_verify(blob, PAYLOAD_MEMO_NAMESPACE, bytes, size, &key, &w.err), ERR_NONE, "%s", w.err.text);
	for (size_t i = 0; i < size; i++) {
		bytes[i] ^= 1;
		cr_assert_neq(sshsig_verify(blob, PAYLOAD_MEMO_NAMESPACE, bytes, size, &key, NULL), ERR_NONE, "byte %zu flipped", i);
		bytes[i] ^= 1;
	}
	cr_assert_neq(sshsig_verify(blob, PAYLOAD_MEMO_NAMESPACE, bytes, size - 1, &key, NULL), ERR_NONE, "cut");
	cr_assert_gt(size, 500);
	arena_release(&arena);
	record_release(&record);
	world_close(&w);
}

Test(matrix, every_signature_in_every_other_namespace)
{
	static const char *const spaces[] = { PAYLOAD_FACT_NAMESPACE, PAYLOAD_MEMO_NAMESPACE, PAYLOAD_CHECKPOINT_NAMESPACE, "file" };
	static const char message[] = "one message for every purpose\n";
	struct world w;
	struct sshkey key;

	world_open(&w);
	load_key(&w, "ann", &key);
	for (size_t made = 0; made < sizeof spaces / sizeof *spaces; made++) {
		const struct keygen keygen = { .person = "ann", .keys = &key, .key_count = 1, .identity = world_path(&w, "ann") };
		struct octets blob;

		cr_assert_eq(keygen_sign(&keygen, spaces[made], message, strlen(message), &w.demo.arena, &blob, NULL, &w.err), ERR_NONE, "%s", w.err.text);
		for (size_t asked = 0; asked < sizeof spaces / sizeof *spaces; asked++)
			cr_assert((sshsig_verify(blob, spaces[asked], message, strlen(message), &key, NULL) == ERR_NONE) == (made == asked), "made for %s, offered for %s",
				  spaces[made], spaces[asked]);
	}
	world_close(&w);
}
