#include <config.h>

#include <string.h>

#include <gonogo/store/project.h>
#include <gonogo/store/rebuild.h>

#include "connection.h"
#include "ledger_row.h"

/* Every projected table; those that refer to others come after them.  The first `keys` columns name a row. */
static const struct table { const char *name, *select, *clear; int keys; } tables[] = {
	{ "meta", "select * from meta order by key", "delete from meta", 1 },
	{ "person", "select * from person order by id", "delete from person", 1 },
	{ "person_role", "select * from person_role order by person, role", "delete from person_role", 2 },
	{ "person_key", "select * from person_key order by key, from_seq", "delete from person_key", 2 },
	{ "tenant", "select * from tenant order by id", "delete from tenant", 1 },
	{ "tenant_consent", "select * from tenant_consent order by tenant, release", "delete from tenant_consent", 2 },
	{ "release", "select id, * from release order by n", "delete from release", 1 },
	{ "release_find", "select id, rowid, * from release_find order by rowid", "delete from release_find", 1 },
	{ "release_tenant", "select * from release_tenant order by release, tenant", "delete from release_tenant", 2 },
	{ "switch", "select * from switch order by release", "delete from switch", 1 },
	{ "incident", "select id, * from incident order by n", "delete from incident", 1 },
	{ "incident_release", "select * from incident_release order by release, incident", "delete from incident_release", 2 },
	{ "memo", "select id, * from memo order by n", "delete from memo", 1 },
	{ "fact_release", "select * from fact_release order by release, seq", "delete from fact_release", 2 },
	{ "fact_tenant", "select * from fact_tenant order by tenant, seq", "delete from fact_tenant", 2 },
};
enum { TABLES = sizeof tables / sizeof *tables };

static enum err_kind replay_fact(void *context, const struct fact *fact, struct err *err)
{
	struct store *empty = context;

	const enum err_kind kind = ledger_insert(empty, fact, err);
	return kind == ERR_NONE ? project_fact(empty, fact->kind, fact->seq, err) : kind;
}

static bool is_same_value(sqlite3_stmt *a, sqlite3_stmt *b, int column)
{
	if (sqlite3_column_type(a, column) != sqlite3_column_type(b, column))
		return false;
	const void *left = sqlite3_column_blob(a, column), *right = sqlite3_column_blob(b, column);
	const int size = sqlite3_column_bytes(a, column);
	return size == sqlite3_column_bytes(b, column) && (size == 0 || (left && right && memcmp(left, right, (size_t)size) == 0));
}

static const char *value(sqlite3_stmt *st, int column)
{
	const char *text = (const char *)sqlite3_column_text(st, column);

	return text ? text : "nothing";
}

static void write_keys(struct buf *out, sqlite3_stmt *st, const struct table *table)
{
	for (int i = 0; i < table->keys; i++)
		buf_printf(out, "%s%s", i ? " " : "", value(st, i));
}

/* The row at which both queries stand; false: they differ, and `difference` says how. */
static bool compare_row(const struct table *table, sqlite3_stmt *stored, sqlite3_stmt *replayed, struct buf *difference)
{
	const int columns = sqlite3_column_count(replayed);

	for (int i = 0; i < columns; i++) {
		if (is_same_value(stored, replayed, i))
			continue;
		buf_printf(difference, "In the table %s, row ", table->name);
		write_keys(difference, stored, table);
		if (i < table->keys) {
			buf_str(difference, " stands where the facts put row ");
			write_keys(difference, replayed, table);
		} else {
			buf_printf(difference, ": %s is %s, and the facts say %s", sqlite3_column_name(stored, i), value(stored, i), value(replayed, i));
		}
		buf_char(difference, '.');
		return false;
	}
	return true;
}

static void tell_odd_row(const struct table *table, sqlite3_stmt *st, bool is_stored, struct buf *difference)
{
	buf_printf(difference, "In the table %s, row ", table->name);
	write_keys(difference, st, table);
	buf_str(difference, is_stored ? " comes from no fact." : " is missing, and the facts make it.");
}

static enum err_kind compare_table(struct store *store, struct store *empty, const struct table *table, bool *same, struct buf *difference,
				   struct err *err)
{
	struct sql_query stored = { 0 }, replayed = { 0 };
	bool has_stored, has_replayed;

	enum err_kind kind = sql_begin(&store->sql, table->select, &stored, err);
	if (kind == ERR_NONE)
		kind = sql_begin(&empty->sql, table->select, &replayed, err);
	while (kind == ERR_NONE) {
		stored.sql->ticks = replayed.sql->ticks = 0;
		kind = sql_step(&stored, &has_stored, err);
		if (kind == ERR_NONE)
			kind = sql_step(&replayed, &has_replayed, err);
		if (kind != ERR_NONE || (!has_stored && !has_replayed))
			break;
		if (has_stored && has_replayed) {
			*same = compare_row(table, stored.st, replayed.st, difference);
		} else {
			tell_odd_row(table, has_stored ? stored.st : replayed.st, has_stored, difference);
			*same = false;
		}
		if (!*same)
			break;
	}
	sql_end(&stored);
	sql_end(&replayed);
	return kind;
}

enum err_kind rebuild_compare(struct store *store, bool *same, struct buf *difference, struct err *err)
{
	struct store *empty = NULL;

	*same = true;
	enum err_kind kind = store_begin_read(store, err);
	if (kind != ERR_NONE)
		return kind;
	kind = store_open_empty(&empty, err);
	if (kind == ERR_NONE)
		kind = store_begin_immediate(empty, err);
	if (kind == ERR_NONE)
		kind = ledger_walk(store, 1, replay_fact, empty, err);
	for (size_t i = 0; i < TABLES && kind == ERR_NONE && *same; i++)
		kind = compare_table(store, empty, &tables[i], same, difference, err);
	store_close(empty);
	store_end(store);
	return kind == ERR_NONE ? buf_check(difference, err) : kind;
}

static enum err_kind project_again(void *context, const struct fact *fact, struct err *err)
{
	return project_fact(context, fact->kind, fact->seq, err);
}

enum err_kind rebuild_projection(struct store *store, struct err *err)
{
	enum err_kind kind = store_begin_immediate(store, err);
	if (kind != ERR_NONE)
		return kind;
	kind = sql_run(&store->sql, "delete from standing", err);
	for (size_t i = TABLES; i > 0 && kind == ERR_NONE; i--)
		kind = sql_run(&store->sql, tables[i - 1].clear, err);
	if (kind == ERR_NONE)
		kind = ledger_walk(store, 1, project_again, store, err);
	if (kind == ERR_NONE)
		return store_commit(store, err);
	store_rollback(store);
	return kind;
}
