#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "sql.h"

enum {
	TICK_STEPS = 1000000, TICKS_MOST = 50000, /* one statement: far more than any honest one takes */
	LENGTH_MOST = 4 * 1024 * 1024, SQL_MOST = 64 * 1024, VARIABLES_MOST = 100, TRIGGERS_MOST = 10,
	PAUSE_MOST_MS = 50,
};

/* Waits of a length that no other writer shares, so that two who met do not meet again and again. */
static int wait_for_writer(void *context, int count)
{
	struct sql *sql = context;

	if (count == 0)
		sql->waited_ms = 0;
	if (sql->waited_ms >= sql->busy_ms)
		return 0;
	sql->jitter = sql->jitter * 1664525U + 1013904223U;
	const int most = count < 5 ? 1 << (count + 1) : PAUSE_MOST_MS;
	const int pause_ms = 1 + (int)(sql->jitter >> 16) % most;
	const struct timespec pause = { .tv_nsec = pause_ms * 1000000L };
	(void)nanosleep(&pause, NULL); /* cut short by a signal: asks earlier, which does no harm */
	sql->waited_ms += pause_ms;
	return 1;
}

static int stop_endless(void *context)
{
	struct sql *sql = context;

	return ++sql->ticks > TICKS_MOST;
}

static bool is_one_of(const char *name, const char *const *names)
{
	for (; name && *names; names++)
		if (sqlite3_stricmp(name, *names) == 0)
			return true;
	return false;
}

/* What this program never does, no statement may do, wherever it comes from: a list's search words, or a trigger put into the file by hand. */
static int authorize(void *context, int action, const char *first, const char *second, const char *database, const char *inner)
{
	static const char *const pragmas[] = { "data_version", "quick_check", "wal_checkpoint", NULL };
	static const char *const building[] = { "application_id", "user_version", NULL };
	static const char *const facts[] = { "fact", NULL };
	const struct sql *sql = context;
	(void)database;
	(void)inner;

	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_READ:
	case SQLITE_INSERT:
	case SQLITE_TRANSACTION:
	case SQLITE_RECURSIVE:
		return SQLITE_OK;
	case SQLITE_UPDATE:
	case SQLITE_DELETE:
		return is_one_of(first, facts) ? SQLITE_DENY : SQLITE_OK;
	case SQLITE_FUNCTION:
		return second && sqlite3_stricmp(second, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
	case SQLITE_PRAGMA:
		return is_one_of(first, pragmas) || (sql->is_building && is_one_of(first, building)) ? SQLITE_OK : SQLITE_DENY;
	case SQLITE_CREATE_TABLE:
	case SQLITE_CREATE_INDEX:
	case SQLITE_CREATE_TRIGGER:
	case SQLITE_CREATE_VTABLE:
	case SQLITE_REINDEX:
		return sql->is_building ? SQLITE_OK : SQLITE_DENY;
	default:
		return SQLITE_DENY;
	}
}

static int configure(struct sql *sql)
{
	static const struct { int what, value; } switches[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 },
		{ SQLITE_DBCONFIG_ENABLE_TRIGGER, 1 },
		{ SQLITE_DBCONFIG_ENABLE_VIEW, 1 },
		{ SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
	};
	static const struct { int what, value; } limits[] = {
		{ SQLITE_LIMIT_LENGTH, LENGTH_MOST },
		{ SQLITE_LIMIT_SQL_LENGTH, SQL_MOST },
		{ SQLITE_LIMIT_ATTACHED, 0 },
		{ SQLITE_LIMIT_TRIGGER_DEPTH, TRIGGERS_MOST },
		{ SQLITE_LIMIT_VARIABLE_NUMBER, VARIABLES_MOST },
	};
	int rc = sqlite3_extended_result_codes(sql->db, 1);

	for (size_t i = 0; i < sizeof switches / sizeof *switches && rc == SQLITE_OK; i++) {
		int now = -1;
		rc = sqlite3_db_config(sql->db, switches[i].what, switches[i].value, &now);
		if (rc == SQLITE_OK && now != switches[i].value)
			rc = SQLITE_MISUSE;
	}
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
		(void)sqlite3_limit(sql->db, limits[i].what, limits[i].value);
	if (rc == SQLITE_OK)
		rc = sqlite3_busy_handler(sql->db, wait_for_writer, sql);
	sqlite3_progress_handler(sql->db, TICK_STEPS, stop_endless, sql);
	return rc;
}

enum err_kind sql_open(struct sql *sql, const char *what, const char *path, bool readonly, int busy_ms, struct err *err)
{
	const int flags = (readonly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_PRIVATECACHE;

	*sql = (struct sql){ .what = what, .busy_ms = busy_ms, .jitter = (uint32_t)getpid(), .advice = "Name another one." };
	sql->path = strdup(path ? path : "");
	if (!sql->path)
		return err_memory(err);
	int rc = path ? sqlite3_open_v2(path, &sql->db, flags, NULL) : sqlite3_open_v2("", &sql->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
	if (rc == SQLITE_OK)
		rc = configure(sql);
	return rc == SQLITE_OK ? ERR_NONE : sql_fail(sql, rc, err);
}

/* A setting is in force when SQLite answers so: what it cannot do it leaves out without a word. */
static enum err_kind demand(struct sql *sql, const char *pragma, const char *wanted, struct err *err)
{
	struct sql_query query;
	bool row;

	enum err_kind kind = sql_begin(sql, pragma, &query, err);
	if (kind == ERR_NONE)
		kind = sql_step(&query, &row, err);
	if (kind == ERR_NONE && wanted) {
		const char *answer = row ? (const char *)sqlite3_column_text(query.st, 0) : NULL;
		if (!answer || strcmp(answer, wanted) != 0)
			kind = err_set(err, ERR_SYSTEM, "SQLite answered %s to %s for the %s %s; gonogo needs it to be %s.", answer ? answer : "nothing",
				       pragma, sql->what, sql->path, wanted);
	}
	sql_end(&query);
	return kind;
}

enum err_kind sql_settle(struct sql *sql, bool readonly, struct err *err)
{
	static const struct { const char *set, *ask, *wanted; } pragmas[] = {
		{ "pragma synchronous = full", "pragma synchronous", "2" },
		{ "pragma foreign_keys = on", "pragma foreign_keys", "1" },
		{ "pragma recursive_triggers = on", "pragma recursive_triggers", "1" },
		{ "pragma trusted_schema = off", "pragma trusted_schema", "0" },
		{ "pragma cell_size_check = on", "pragma cell_size_check", "1" },
		{ "pragma temp_store = memory", "pragma temp_store", "2" },
	};
	const bool is_file = sql->path[0] != '\0';
	enum err_kind kind = ERR_NONE;

	if (is_file)
		kind = demand(sql, readonly ? "pragma journal_mode" : "pragma journal_mode = wal", "wal", err);
	for (size_t i = 0; i < sizeof pragmas / sizeof *pragmas && kind == ERR_NONE; i++) {
		kind = demand(sql, pragmas[i].set, NULL, err);
		if (kind == ERR_NONE)
			kind = demand(sql, pragmas[i].ask, pragmas[i].wanted, err);
	}
	/* Mapped memory would turn an I/O error into a signal. */
	if (kind == ERR_NONE && is_file)
		kind = demand(sql, "pragma mmap_size = 0", "0", err);
	if (kind != ERR_NONE)
		return kind;
	const int rc = sqlite3_set_authorizer(sql->db, authorize, sql);
	return rc == SQLITE_OK ? ERR_NONE : sql_fail(sql, rc, err);
}

void sql_close(struct sql *sql)
{
	for (size_t i = 0; i < sql->count; i++)
		(void)sqlite3_finalize(sql->statements[i].st);
	free(sql->statements);
	(void)sqlite3_close_v2(sql->db);
	free(sql->path);
	*sql = (struct sql){ 0 };
}
