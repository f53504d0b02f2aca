#include <config.h>

#include <pwd.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <gonogo/base/io.h>
#include <gonogo/base/spawn.h>

#include "world.h"

static instant clock_now(void *context)
{
	return ((const struct demo *)context)->now;
}

const char *world_path(struct world *w, const char *name)
{
	return arena_printf(&w->demo.arena, "%s/%s", w->dir, name);
}

const char *world_key(struct world *w, const char *name)
{
	const char *path = world_path(w, name);
	const char *const argv[] = { "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", path, NULL };
	const struct spawn spawn = { .argv = argv, .deadline_s = 30, .output_cap = 4096 };
	struct spawn_result result;

	cr_assert(spawn_run(&spawn, &w->demo.arena, &result, &w->err) == ERR_NONE && result.status == 0, "ssh-keygen: %s", w->err.text);
	return path;
}

enum err_kind world_sit(struct world *w, struct session *session, const char *as, const char *identity)
{
	const struct session_options options = { .ledger = w->ledger, .as = as, .identity = identity ? world_path(w, identity) : NULL,
						 .clock = { clock_now, &w->demo, NULL } };

	return session_open(session, &options, &w->err);
}

static void found(struct world *w)
{
	const char *key = world_key(w, "ann");
	const struct init_options options = { .path = w->ledger, .key_file = arena_printf(&w->demo.arena, "%s.pub", key), .identity = key, .login = "ann",
					      .name = "Ann Lee", .id = "ann", .demo = true, .clock = { clock_now, &w->demo, NULL } };

	cr_assert_eq(use_init(&options, &w->out, &w->err), ERR_NONE, "%s", w->err.text);
	cr_assert_eq(world_sit(w, &w->demo.sessions[DEMO_OWNER], "ann", "ann"), ERR_NONE, "%s", w->err.text);
	w->demo.open = 1;
}

static void enrol(struct world *w)
{
	struct session *owner = &w->demo.sessions[DEMO_OWNER];

	for (int i = DEMO_LEAD; i < DEMO_PEOPLE; i++) {
		const struct demo_role *person = &demo_people[i];
		const char *key = world_key(w, person->id);

		cr_assert_eq(use_person_add(owner, person->id, person->name, NULL, person->roles, arena_printf(&w->demo.arena, "%s.pub", key), &w->out,
					    &w->err), ERR_NONE, "%s", w->err.text);
		cr_assert_eq(world_sit(w, &w->demo.sessions[i], person->id, person->id), ERR_NONE, "%s", w->err.text);
		w->demo.open++;
	}
	world_key(w, "uma");
	cr_assert_eq(use_person_add(owner, "uma", "Uma Roy", getpwuid(getuid())->pw_name, ROLE_QA, world_path(w, "uma.pub"), &w->out, &w->err), ERR_NONE, "%s",
		     w->err.text);
	cr_assert_eq(world_sit(w, &w->uma, NULL, "uma"), ERR_NONE, "%s", w->err.text);
	for (size_t i = 0; i < demo_tenant_count; i++) {
		const struct demo_tenant *tenant = &demo_tenants[i];

		cr_assert_eq(use_tenant_add(owner, tenant->id, tenant->name, tenant->kind, tenant->track, &w->out, &w->err), ERR_NONE, "%s", w->err.text);
		if (tenant->consents)
			cr_assert_eq(use_tenant_consent(owner, tenant->id, NULL, "Letter of the board", "letter 7", &w->out, &w->err), ERR_NONE, "%s",
				     w->err.text);
	}
}

void world_open(struct world *w)
{
	char *dir;

	*w = (struct world){ 0 };
	arena_init(&w->demo.arena, 0);
	cr_assert_eq(io_temp_dir(&w->demo.arena, &dir, &w->err), ERR_NONE, "%s", w->err.text);
	w->dir = w->demo.dir = dir;
	w->demo.ledger = arena_printf(&w->demo.arena, "%s/ledger.db", dir);
	w->ledger = w->demo.ledger;
	cr_assert(when_read("2025-03-03T09:00:00Z", &w->demo.now));
	found(w);
	enrol(w);
}

void world_go_home(struct world *w)
{
	for (size_t i = 0; i < w->demo.open; i++)
		session_close(&w->demo.sessions[i]);
	w->demo.open = 0;
	session_close(&w->uma);
}

void world_close(struct world *w)
{
	char dir[256];

	snprintf(dir, sizeof dir, "%s", w->dir);
	world_go_home(w);
	demo_close(&w->demo);
	io_remove_dir(dir);
}

static struct demo_release release_of(const char *id)
{
	return (struct demo_release){ .id = id, .flag = "ROSTER_FILTER_UI", .description = "Filter the roster", .files = "src/roster/filter.ts",
				      .data_changes = "None", .class = CLASS_WORKFLOW };
}

static void live(struct world *w, const char *id, enum demo_phase phase)
{
	const struct demo_release release = release_of(id);

	cr_assert_eq(demo_phase(&w->demo, &release, phase, &w->err), ERR_NONE, "%s", w->err.text);
}

void world_register(struct world *w, const char *id)
{
	live(w, id, DEMO_REGISTER);
}

void world_make_ready(struct world *w, const char *id)
{
	static const char *const attested[] = { "CHN-3", "KSW-2", "KSW-5", "OBS-4", "ATT-6" };
	struct session *lead = &w->demo.sessions[DEMO_LEAD];

	world_register(w, id);
	cr_assert_eq(use_plan_approve(lead, id, &w->out, &w->err), ERR_NONE, "%s", w->err.text);
	cr_assert_eq(use_switch_test(&w->demo.sessions[DEMO_OPERATOR], id, "dev", RESULT_PASS, "Off within a minute, and so in the audit trail", NULL, &w->out,
				     &w->err), ERR_NONE, "%s", w->err.text);
	for (const char *const *stop = (const char *const[]){ "HS-4", "HS-5", NULL }; *stop; stop++)
		cr_assert_eq(use_stop(lead, id, *stop, false, "Looked at", &w->out, &w->err), ERR_NONE, "%s", w->err.text);
	for (size_t i = 0; i < sizeof attested / sizeof *attested; i++)
		cr_assert_eq(use_answer(lead, id, attested[i], ANSWER_PASS, "Seen", "ci run 4812", &w->out, &w->err), ERR_NONE, "%s", w->err.text);
	cr_assert_eq(use_approve(lead, id, ROLE_DEV_LEAD, CHANNEL_EXPERIMENTAL, NULL, &w->out, &w->err), ERR_NONE, "%s", w->err.text);
}

void world_to_memo(struct world *w, const char *id)
{
	const struct demo_release release = release_of(id);

	live(w, id, DEMO_REGISTER);
	live(w, id, DEMO_TO_EXPERIMENTAL);
	w->demo.now += 8 * (instant)WHEN_DAY_S;
	live(w, id, DEMO_TO_CANDIDATE);
	w->demo.now += 8 * (instant)WHEN_DAY_S;
	cr_assert_eq(demo_prepare_memo(&w->demo, &release, &w->err), ERR_NONE, "%s", w->err.text);
}

enum verdict_word world_verdict(struct world *w, const char *id, enum err_kind *failed)
{
	struct session fresh = { 0 };
	struct record record = { 0 };
	struct verdict verdict = { .verdict = VERDICT_BLOCKED };
	struct release_line line;

	*failed = world_sit(w, &fresh, NULL, NULL);
	if (*failed)
		return VERDICT_BLOCKED;
	*failed = use_release_line(&fresh, id, &record, &verdict, &line, &w->err);
	record_release(&record);
	session_close(&fresh);
	return verdict.verdict;
}

int64_t world_size(struct world *w)
{
	return world_number(w, "select count(*) from fact");
}

static sqlite3 *behind(struct world *w)
{
	sqlite3 *db = NULL;

	cr_assert_eq(sqlite3_open_v2(w->ledger, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	return db;
}

void world_tamper(struct world *w, const char *sql, ...)
{
	static const char drop[] = "drop trigger if exists fact_next; drop trigger if exists fact_no_update; drop trigger if exists fact_no_delete; "
				   "drop trigger if exists fact_class";
	sqlite3 *db = behind(w);
	va_list args;
	char *text;

	va_start(args, sql);
	text = sqlite3_vmprintf(sql, args);
	va_end(args);
	cr_assert_eq(sqlite3_exec(db, drop, NULL, NULL, NULL), SQLITE_OK, "%s", sqlite3_errmsg(db));
	cr_assert_eq(sqlite3_exec(db, text, NULL, NULL, NULL), SQLITE_OK, "%s: %s", text, sqlite3_errmsg(db));
	sqlite3_free(text);
	(void)sqlite3_close(db);
}

void world_forge(struct world *w, const char *sql, int64_t one, int64_t two, int64_t three)
{
	const int64_t values[] = { one, two, three };
	sqlite3_stmt *st = NULL;
	sqlite3 *db;

	world_tamper(w, "select 1");
	db = behind(w);
	cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK, "%s: %s", sql, sqlite3_errmsg(db));
	for (int i = 1; i <= sqlite3_bind_parameter_count(st); i++)
		sqlite3_bind_int64(st, i, values[i - 1]);
	cr_assert_eq(sqlite3_step(st), SQLITE_DONE, "%s: %s", sql, sqlite3_errmsg(db));
	cr_assert_gt(sqlite3_changes(db), 0, "%s changes nothing", sql);
	(void)sqlite3_finalize(st);
	(void)sqlite3_close(db);
}

int64_t world_number(struct world *w, const char *sql, ...)
{
	sqlite3 *db = behind(w);
	sqlite3_stmt *st = NULL;
	va_list args;
	char *text;
	int64_t number;

	va_start(args, sql);
	text = sqlite3_vmprintf(sql, args);
	va_end(args);
	cr_assert_eq(sqlite3_prepare_v2(db, text, -1, &st, NULL), SQLITE_OK, "%s", sqlite3_errmsg(db));
	cr_assert_eq(sqlite3_step(st), SQLITE_ROW, "%s", text);
	number = sqlite3_column_int64(st, 0);
	(void)sqlite3_finalize(st);
	(void)sqlite3_close(db);
	sqlite3_free(text);
	return number;
}

static const char *column(sqlite3_stmt *st, int i)
{
	return (const char *)sqlite3_column_text(st, i);
}

void world_rehash(struct world *w, int64_t from)
{
	static const char facts[] = "select seq, at, actor, origin, tenant, release, kind, action, body, sig, prev, (select hash from fact p where p.seq = f.seq - 1) "
				    "from fact f where seq = ?1";
	sqlite3 *db = behind(w);
	int64_t last = world_number(w, "select max(seq) from fact");

	for (int64_t seq = from; seq <= last; seq++) {
		sqlite3_stmt *st = NULL;
		char prev[DIGEST_HEX_MAX], hash[DIGEST_HEX_MAX], *update;
		struct fact fact = { .seq = seq };

		cr_assert_eq(sqlite3_prepare_v2(db, facts, -1, &st, NULL), SQLITE_OK, "%s", sqlite3_errmsg(db));
		sqlite3_bind_int64(st, 1, seq);
		cr_assert_eq(sqlite3_step(st), SQLITE_ROW);
		cr_assert(when_read(column(st, 1), &fact.at) && digest_read(column(st, seq == 1 ? 10 : 11), &fact.prev));
		fact.actor = column(st, 2);
		fact.origin = column(st, 3);
		fact.tenant = column(st, 4);
		fact.release = column(st, 5);
		fact.kind = column(st, 6);
		fact.action = column(st, 7);
		fact.body = column(st, 8);
		fact.sig = column(st, 9);
		cr_assert_eq(fact_hash(&fact, &fact.hash, &w->err), ERR_NONE, "%s", w->err.text);
		(void)sqlite3_finalize(st);
		update = sqlite3_mprintf("update fact set prev = %Q, hash = %Q where seq = %lld", digest_hex(&fact.prev, prev), digest_hex(&fact.hash, hash),
					 (long long)seq);
		cr_assert_eq(sqlite3_exec(db, update, NULL, NULL, NULL), SQLITE_OK, "%s", sqlite3_errmsg(db));
		sqlite3_free(update);
	}
	(void)sqlite3_close(db);
}

struct verification world_verify(struct world *w, const char *anchor)
{
	const struct session_options options = { .ledger = w->ledger, .clock = { clock_now, &w->demo, NULL }, .readonly = true, .inspects = true };
	struct verification result = { 0 };
	struct session fresh;

	cr_assert_eq(session_open(&fresh, &options, &w->err), ERR_NONE, "%s", w->err.text);
	cr_assert_eq(use_verify(&fresh, &anchor, anchor != NULL, NULL, &result, &w->err), ERR_NONE, "%s", w->err.text);
	session_close(&fresh);
	return result;
}
