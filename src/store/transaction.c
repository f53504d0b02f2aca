#include <config.h>

#include "connection.h"

/* SQLite goes on with a file that was removed or renamed, and what it writes is lost or goes elsewhere. */
static enum err_kind check_place(struct store *store, struct err *err)
{
	int has_moved = 0;

	if (store->sql.path[0] == '\0') /* the temporary database of rebuild has no name */
		return ERR_NONE;
	const int rc = sqlite3_file_control(store->sql.db, "main", SQLITE_FCNTL_HAS_MOVED, &has_moved);
	if (rc != SQLITE_OK)
		return sql_fail(&store->sql, rc, err);
	return has_moved ? sql_fail(&store->sql, SQLITE_READONLY_DBMOVED, err) : ERR_NONE;
}

static void abandon(struct store *store)
{
	if (store->sql.db && !sqlite3_get_autocommit(store->sql.db))
		(void)sqlite3_exec(store->sql.db, "rollback", NULL, NULL, NULL);
	store->is_writing = false;
	store->readers = 0;
}

enum err_kind store_begin_immediate(struct store *store, struct err *err)
{
	if (store->is_writing || store->readers)
		return err_set(err, ERR_SYSTEM, "A write to the ledger began within another transaction; this is a fault of gonogo, please report it.");
	if (store->is_readonly)
		return sql_fail(&store->sql, SQLITE_READONLY, err);
	enum err_kind kind = check_place(store, err);
	if (kind == ERR_NONE)
		kind = sql_run(&store->sql, "begin immediate", err);
	if (kind != ERR_NONE)
		return kind;
	store->is_writing = true;
	return ERR_NONE;
}

enum err_kind store_commit(struct store *store, struct err *err)
{
	if (!store->is_writing || sqlite3_get_autocommit(store->sql.db)) {
		abandon(store);
		return err_set(err, ERR_SYSTEM, "There was nothing to commit to the ledger: its transaction had ended before, and nothing was recorded.");
	}
	enum err_kind kind = check_place(store, err);
	if (kind == ERR_NONE)
		kind = sql_run(&store->sql, "commit", err);
	if (kind != ERR_NONE) {
		abandon(store);
		return kind;
	}
	store->is_writing = false;
	kind = check_place(store, err);
	if (kind == ERR_NONE)
		return ERR_NONE;
	return err_set(err, ERR_SYSTEM, "The ledger %s was moved or removed while it was written: what was recorded went with the old file. Find that file, "
		       "and see with gonogo --ledger FILE log --limit 1.", store->sql.path);
}

void store_rollback(struct store *store)
{
	abandon(store);
}

/* Within a write, or another read, the view is there already. */
enum err_kind store_begin_read(struct store *store, struct err *err)
{
	if (!store->is_writing && store->readers == 0) {
		enum err_kind kind = check_place(store, err);
		if (kind == ERR_NONE)
			kind = sql_run(&store->sql, "begin", err);
		if (kind != ERR_NONE)
			return kind;
	}
	store->readers++;
	return ERR_NONE;
}

void store_end(struct store *store)
{
	if (store->readers > 0 && --store->readers == 0 && !store->is_writing)
		abandon(store);
}
