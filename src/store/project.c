#include <config.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/base/embed.h>
#include <gonogo/store/project.h>

#include "connection.h"

struct rows { int64_t least, most; };

static enum err_kind bad_file(const char *name, struct err *err)
{
	return err_set(err, ERR_SYSTEM, "The statements of %s do not each say how many rows they change; this is a fault of gonogo, please report it.", name);
}

/*
 * Reads the "-- rows: 1", "-- rows: 0..1" or "-- rows: 0..n" that stands before a statement, and finds the statement: the first line below that
 * is no comment.  *statement is NULL at the end of the file.
 */
static enum err_kind next_statement(const char *name, const char *at, struct rows *rows, const char **statement, struct err *err)
{
	static const char mark[] = "-- rows: ";
	bool has_rows = false;

	for (*statement = NULL; *at; at += strcspn(at, "\n"), at += *at == '\n') {
		if (strncmp(at, mark, sizeof mark - 1) == 0) {
			char *end;
			rows->least = rows->most = strtoll(at + sizeof mark - 1, &end, 10);
			if (strncmp(end, "..n", 3) == 0)
				rows->most = INT64_MAX;
			else if (strncmp(end, "..", 2) == 0)
				rows->most = strtoll(end + 2, NULL, 10);
			has_rows = true;
		} else if (*at != '\n' && strncmp(at, "--", 2) != 0) {
			*statement = at;
			return has_rows ? ERR_NONE : bad_file(name, err);
		}
	}
	return ERR_NONE;
}

static enum err_kind run_statement(struct store *store, const char *name, int64_t seq, const struct rows *rows, const char *statement,
				   const char **tail, struct err *err)
{
	struct sql_query query;

	enum err_kind kind = sql_begin(&store->sql, statement, &query, err);
	if (kind != ERR_NONE)
		return kind;
	*tail = query.tail;
	sql_int(&query, 1, seq);
	kind = sql_finish(&query, err);
	const int64_t changed = sqlite3_changes64(store->sql.db);
	if (kind != ERR_NONE || (changed >= rows->least && changed <= rows->most))
		return kind;
	return err_set(err, ERR_INTEGRITY, "Fact %" PRId64 " does not fit the lists of the ledger: \"%.*s\" of %s changed %" PRId64 " rows. Nothing was recorded. "
		       "Run gonogo verify.", seq, (int)strcspn(statement, "\n"), statement, name, changed);
}

static enum err_kind run_file(struct store *store, const char *name, int64_t seq, struct err *err)
{
	const struct embedded *file = embed_find(name);
	const char *statement, *at = file ? file->bytes : "";
	struct rows rows = { 0, 0 };

	for (;;) {
		enum err_kind kind = next_statement(name, at, &rows, &statement, err);
		if (kind != ERR_NONE || !statement)
			return kind;
		kind = run_statement(store, name, seq, &rows, statement, &at, err);
		if (kind != ERR_NONE)
			return kind;
	}
}

enum err_kind project_fact(struct store *store, const char *kind, int64_t seq, struct err *err)
{
	char name[128];

	if (sqlite3_get_autocommit(store->sql.db))
		return err_set(err, ERR_SYSTEM, "The lists of the ledger were to be written outside a write to the ledger; nothing was recorded.");
	const int size = snprintf(name, sizeof name, "sql/project/%s.sql", kind);
	if (size < 0 || (size_t)size >= sizeof name)
		return err_set(err, ERR_INTEGRITY, "\"%.40s...\" is no kind of fact.", kind);
	const enum err_kind result = run_file(store, "sql/project/fact.sql", seq, err);
	return result == ERR_NONE ? run_file(store, name, seq, err) : result;
}
