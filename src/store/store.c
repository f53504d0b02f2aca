#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <gonogo/base/io.h>

#include "connection.h"
#include "file.h"
#include "schema.h"

static const char what[] = "ledger";

static enum err_kind missing(const char *path, struct err *err)
{
	return err_set(err, ERR_MISSING, "There is no ledger at %s. Make one with gonogo init, or look around with gonogo demo.", path);
}

static enum err_kind make_folder(const char *path, struct err *err)
{
	const char *slash = strrchr(path, '/');
	if (!slash || slash == path)
		return ERR_NONE;
	char *folder = strndup(path, (size_t)(slash - path));
	if (!folder)
		return err_memory(err);
	const enum err_kind kind = io_make_dirs(folder, err);
	free(folder);
	return kind;
}

/* Where the file is, and that it may be opened; *made when it was made here. */
static enum err_kind prepare_file(const char *path, bool create, char **real, bool *made, struct err *err)
{
	bool exists, empty;

	enum err_kind kind = create ? make_folder(path, err) : ERR_NONE;
	if (kind == ERR_NONE)
		kind = file_resolve(path, real, err);
	if (kind == ERR_MISSING)
		return missing(path, err);
	if (kind == ERR_NONE)
		kind = file_look(what, *real, &exists, &empty, err);
	if (kind != ERR_NONE)
		return kind;
	if (!exists && !create)
		return missing(*real, err);
	/* An empty file is what an init that was cut short leaves behind. */
	if (exists && create && !empty)
		return err_set(err, ERR_REFUSED, "There is already a file at %s, and gonogo makes no ledger over it. Name another path with --ledger.", *real);
	kind = file_check_place(what, *real, err);
	if (kind == ERR_NONE && !exists) {
		kind = file_make(what, *real, err);
		*made = kind == ERR_NONE;
	}
	return kind;
}

static enum err_kind open_file(struct store *store, const char *path, unsigned flags, int busy_ms, struct err *err)
{
	const bool readonly = flags & STORE_READONLY;

	enum err_kind kind = sql_open(&store->sql, what, path, readonly, busy_ms, err);
	if (kind != ERR_NONE)
		return kind;
	store->sql.advice = "Name another one with --ledger.";
	store->is_readonly = readonly || sqlite3_db_readonly(store->sql.db, "main") == 1;
	kind = schema_recognise(&store->sql, &schema_ledger, flags & STORE_CREATE, store->is_readonly, err);
	if (kind == ERR_NONE)
		kind = sql_settle(&store->sql, store->is_readonly, err);
	if (kind == ERR_NONE && !store->is_readonly)
		kind = schema_build(&store->sql, &schema_ledger, err);
	return kind;
}

enum err_kind store_open_waiting(const char *path, unsigned flags, int busy_ms, struct store **out, struct err *err)
{
	char *real = NULL;
	bool made = false;

	*out = NULL;
	struct store *store = calloc(1, sizeof *store);
	if (!store)
		return err_memory(err);
	enum err_kind kind = prepare_file(path, flags & STORE_CREATE, &real, &made, err);
	if (kind == ERR_NONE)
		kind = open_file(store, real, flags, busy_ms, err);
	if (kind == ERR_NONE) {
		*out = store;
	} else {
		store_close(store);
		if (made)
			(void)unlink(real);
	}
	free(real);
	return kind;
}

enum err_kind store_open(const char *path, unsigned flags, struct store **out, struct err *err)
{
	return store_open_waiting(path, flags, STORE_BUSY_MS, out, err);
}

enum err_kind store_open_empty(struct store **out, struct err *err)
{
	struct store *store = calloc(1, sizeof *store);

	*out = NULL;
	if (!store)
		return err_memory(err);
	enum err_kind kind = sql_open(&store->sql, "replayed ledger", NULL, false, 0, err);
	if (kind == ERR_NONE)
		kind = sql_settle(&store->sql, false, err);
	if (kind == ERR_NONE)
		kind = schema_build(&store->sql, &schema_ledger, err);
	if (kind == ERR_NONE)
		*out = store;
	else
		store_close(store);
	return kind;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	store_rollback(store);
	sql_close(&store->sql);
	free(store);
}

const char *store_path(const struct store *store)
{
	return store->sql.path;
}

bool store_is_readonly(const struct store *store)
{
	return store->is_readonly;
}

bool store_is_writing(const struct store *store)
{
	return store->is_writing;
}

enum err_kind store_check(struct store *store, struct err *err)
{
	struct sql_query query;
	bool row;

	enum err_kind kind = sql_begin(&store->sql, "pragma quick_check(1)", &query, err);
	if (kind == ERR_NONE)
		kind = sql_step(&query, &row, err);
	if (kind == ERR_NONE) {
		const char *answer = row ? (const char *)sqlite3_column_text(query.st, 0) : NULL;
		if (!answer || strcmp(answer, "ok") != 0)
			kind = err_set(err, ERR_INTEGRITY, "The ledger %s is damaged: %s. Keep the file as it is, and restore a backup beside it.",
				       store->sql.path, answer ? answer : "SQLite does not say how");
	}
	sql_end(&query);
	return kind;
}

enum err_kind store_version(struct store *store, int64_t *out, struct err *err)
{
	struct sql_query query;
	bool row;

	enum err_kind kind = sql_begin(&store->sql, "pragma data_version", &query, err);
	if (kind != ERR_NONE)
		return kind;
	kind = sql_step(&query, &row, err);
	if (kind == ERR_NONE && row) {
		struct sql_row columns = { .query = &query };
		*out = sql_column_int(&columns, 0);
	}
	sql_end(&query);
	return kind;
}
