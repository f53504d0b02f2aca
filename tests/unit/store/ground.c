#include <config.h>

#include <inttypes.h>
#include <sqlite3.h>
#include <string.h>

#include <gonogo/base/buf.h>
#include <gonogo/base/io.h>
#include <gonogo/base/when.h>
#include <gonogo/store/ledger.h>
#include <gonogo/store/project.h>

#include "ground.h"

bool ground_make(struct ground *ground)
{
	*ground = (struct ground){ 0 };
	arena_init(&ground->arena, 0);
	if (io_temp_dir(&ground->arena, &ground->dir, &ground->err) != ERR_NONE || !when_read("2025-01-01T00:00:00Z", &ground->at))
		return false;
	ground->path = ground_in(ground, "ledger.db");
	return store_open_waiting(ground->path, STORE_CREATE, 0, &ground->store, &ground->err) == ERR_NONE;
}

bool ground_open(struct ground *ground)
{
	return ground_make(ground) &&
	       give(ground, "ledger.opened", NULL, NULL,
		    "{\"v\":1,\"ledger\":\"5f0c12ab\",\"person\":\"alice\",\"name\":\"Alice A\",\"login\":\"alice\",\"key\":\"ssh-ed25519 AAAA\",\"demo\":0}");
}

void ground_leave(struct ground *ground)
{
	store_close(ground->store);
	if (ground->dir)
		io_remove_dir(ground->dir);
	arena_release(&ground->arena);
}

const char *ground_in(struct ground *ground, const char *name)
{
	const char *path = arena_printf(&ground->arena, "%s/%s", ground->dir, name);

	return path ? path : "";
}

struct fact ground_fact(struct ground *ground, const char *kind, const char *release, const char *tenant, const char *body)
{
	const struct fact fact = {
		.at = ground->at,
		.actor = "alice",
		.origin = "host:1000",
		.tenant = tenant ? tenant : "*",
		.release = release ? release : "-",
		.kind = kind,
		.action = arena_printf(&ground->arena, "%032" PRIx64, (uint64_t)++ground->facts),
		.body = body,
		.sig = "a signature",
	};
	ground->at += 60;
	return fact;
}

enum err_kind ground_write(struct ground *ground, struct fact *fact)
{
	enum err_kind kind = store_begin_immediate(ground->store, &ground->err);

	if (kind == ERR_NONE)
		kind = ledger_append(ground->store, fact, &ground->err);
	if (kind == ERR_NONE)
		kind = project_fact(ground->store, fact->kind, fact->seq, &ground->err);
	if (kind == ERR_NONE)
		return store_commit(ground->store, &ground->err);
	store_rollback(ground->store);
	return kind;
}

bool give(struct ground *ground, const char *kind, const char *release, const char *tenant, const char *body)
{
	struct fact fact = ground_fact(ground, kind, release, tenant, body);

	return ground_write(ground, &fact) == ERR_NONE;
}

const char *ground_rows(struct ground *ground, const char *sql)
{
	struct buf out = BUF_EMPTY;
	sqlite3_stmt *st = NULL;
	sqlite3 *db = NULL;

	int rc = sqlite3_open_v2(ground->path, &db, SQLITE_OPEN_READWRITE, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_prepare_v2(db, sql, -1, &st, NULL);
	while (rc == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW) {
		if (out.size)
			buf_char(&out, '\n');
		for (int i = 0; i < sqlite3_column_count(st); i++) {
			const char *text = (const char *)sqlite3_column_text(st, i);
			buf_printf(&out, "%s%s", i ? "|" : "", text ? text : "-");
		}
	}
	if (sqlite3_errcode(db) != SQLITE_DONE && sqlite3_errcode(db) != SQLITE_OK)
		buf_printf(&out, "error: %s", sqlite3_errmsg(db));
	(void)sqlite3_finalize(st);
	(void)sqlite3_close(db);
	const char *rows = arena_str(&ground->arena, buf_text(&out));
	buf_release(&out);
	return rows ? rows : "error: out of memory";
}

const char *ground_tamper(struct ground *ground, const char *sql)
{
	sqlite3 *db = NULL;

	int rc = sqlite3_open_v2(ground->path, &db, SQLITE_OPEN_READWRITE, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(db, sql, NULL, NULL, NULL);
	const char *text = rc == SQLITE_OK ? "" : arena_str(&ground->arena, sqlite3_errmsg(db));
	(void)sqlite3_close(db);
	return text ? text : "out of memory";
}
