#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sql.h"

static enum err_kind prepare(struct sql *sql, const char *text, struct sql_statement **out, struct err *err)
{
	if (sql->count == sql->room) {
		const size_t room = sql->room ? 2 * sql->room : 32;
		struct sql_statement *statements = realloc(sql->statements, room * sizeof *statements);
		if (!statements)
			return err_memory(err);
		sql->statements = statements;
		sql->room = room;
	}
	struct sql_statement *statement = &sql->statements[sql->count];
	*statement = (struct sql_statement){ .text = text };
	const int rc = sqlite3_prepare_v3(sql->db, text, -1, SQLITE_PREPARE_PERSISTENT, &statement->st, &statement->tail);
	if (rc != SQLITE_OK)
		return sql_fail(sql, rc, err);
	sql->count++;
	*out = statement;
	return ERR_NONE;
}

enum err_kind sql_begin(struct sql *sql, const char *text, struct sql_query *query, struct err *err)
{
	struct sql_statement *statement = NULL;

	*query = (struct sql_query){ .sql = sql };
	for (size_t i = 0; i < sql->count && !statement; i++)
		if (sql->statements[i].text == text)
			statement = &sql->statements[i];
	if (!statement) {
		const enum err_kind kind = prepare(sql, text, &statement, err);
		if (kind != ERR_NONE || !statement)
			return kind;
	}
	if (sqlite3_stmt_busy(statement->st))
		return err_set(err, ERR_SYSTEM, "The %s was read again by a list that was still being read; this is a fault of gonogo, please report it.",
			       sql->what);
	query->st = statement->st;
	query->tail = statement->tail;
	sql->ticks = 0;
	return ERR_NONE;
}

/* Parameters are found by name: "select $2, $1" has $2 as index 1. */
static int parameter(struct sql_query *query, int n)
{
	char name[8];

	(void)snprintf(name, sizeof name, "$%d", n % 1000);
	const int index = sqlite3_bind_parameter_index(query->st, name);
	if (index == 0 && query->rc == SQLITE_OK)
		query->rc = SQLITE_RANGE;
	return index;
}

static void keep(struct sql_query *query, int rc)
{
	if (query->rc == SQLITE_OK)
		query->rc = rc;
}

void sql_null(struct sql_query *query, int n)
{
	keep(query, sqlite3_bind_null(query->st, parameter(query, n)));
}

void sql_text(struct sql_query *query, int n, const char *text)
{
	if (text)
		keep(query, sqlite3_bind_text64(query->st, parameter(query, n), text, strlen(text), SQLITE_STATIC, SQLITE_UTF8));
	else
		sql_null(query, n);
}

void sql_int(struct sql_query *query, int n, int64_t value)
{
	keep(query, sqlite3_bind_int64(query->st, parameter(query, n), value));
}

void sql_word(struct sql_query *query, int n, const struct word *table, int value)
{
	sql_text(query, n, words_word(table, value));
}

void sql_instant(struct sql_query *query, int n, instant at)
{
	char text[WHEN_TEXT_MAX];

	if (at == WHEN_NONE)
		sql_null(query, n);
	else
		keep(query, sqlite3_bind_text(query->st, parameter(query, n), when_format(at, text), -1, SQLITE_TRANSIENT));
}

void sql_digest(struct sql_query *query, int n, const struct digest *digest)
{
	char hex[DIGEST_HEX_MAX];

	keep(query, sqlite3_bind_text(query->st, parameter(query, n), digest_hex(digest, hex), -1, SQLITE_TRANSIENT));
}

enum err_kind sql_step(struct sql_query *query, bool *row, struct err *err)
{
	*row = false;
	if (query->rc == SQLITE_OK) {
		const int rc = sqlite3_step(query->st);
		*row = rc == SQLITE_ROW;
		if (rc == SQLITE_ROW || rc == SQLITE_DONE)
			return ERR_NONE;
		query->rc = rc;
	}
	return sql_fail(query->sql, query->rc, err);
}

void sql_end(struct sql_query *query)
{
	if (!query->st)
		return;
	(void)sqlite3_reset(query->st); /* repeats the error that the step has told already */
	(void)sqlite3_clear_bindings(query->st);
	query->st = NULL;
}

enum err_kind sql_finish(struct sql_query *query, struct err *err)
{
	enum err_kind kind;
	bool row;

	do {
		kind = sql_step(query, &row, err);
	} while (kind == ERR_NONE && row);
	sql_end(query);
	return kind;
}

enum err_kind sql_run(struct sql *sql, const char *text, struct err *err)
{
	struct sql_query query;

	const enum err_kind kind = sql_begin(sql, text, &query, err);
	return kind == ERR_NONE ? sql_finish(&query, err) : kind;
}

enum err_kind sql_number(struct sql_query *query, int64_t otherwise, int64_t *out, struct err *err)
{
	bool row;

	*out = otherwise;
	const enum err_kind kind = sql_step(query, &row, err);
	if (kind == ERR_NONE && row && sqlite3_column_type(query->st, 0) != SQLITE_NULL)
		*out = sqlite3_column_int64(query->st, 0);
	sql_end(query);
	return kind;
}

bool sql_column_is_null(struct sql_row *row, int n)
{
	return sqlite3_column_type(row->query->st, n) == SQLITE_NULL;
}

/* The text itself, for as long as the row is the present one. */
static const char *column_text(struct sql_row *row, int n, size_t *size)
{
	const char *text = (const char *)sqlite3_column_text(row->query->st, n);

	*size = text ? (size_t)sqlite3_column_bytes(row->query->st, n) : 0;
	if (!text)
		row->no_memory = true;
	else if (strlen(text) != *size)
		row->no_sense = true;
	return text;
}

const char *sql_column(struct sql_row *row, int n)
{
	size_t size;

	if (sql_column_is_null(row, n))
		return NULL;
	const char *text = column_text(row, n, &size);
	const char *copy = text ? arena_bytes(row->arena, text, size) : NULL;
	if (!copy)
		row->no_memory = true;
	return copy;
}

int64_t sql_column_int(struct sql_row *row, int n)
{
	return sqlite3_column_int64(row->query->st, n);
}

int sql_column_word(struct sql_row *row, int n, const struct word *table)
{
	size_t size;
	int value = 0;

	const char *text = column_text(row, n, &size);
	if (text && !words_read(table, text, &value))
		row->no_sense = true;
	return value;
}

instant sql_column_instant(struct sql_row *row, int n)
{
	instant at = WHEN_NONE;
	size_t size;

	if (sql_column_is_null(row, n))
		return WHEN_NONE;
	const char *text = column_text(row, n, &size);
	if (text && !when_read(text, &at))
		row->no_sense = true;
	return at;
}

struct digest sql_column_digest(struct sql_row *row, int n)
{
	struct digest digest = { { 0 } };
	size_t size;

	const char *text = column_text(row, n, &size);
	if (text && !digest_read(text, &digest))
		row->no_sense = true;
	return digest;
}

enum err_kind sql_row_check(const struct sql_row *row, struct err *err)
{
	const struct sql *sql = row->query->sql;

	if (row->no_memory)
		return err_memory(err);
	if (row->no_sense)
		return err_set(err, ERR_INTEGRITY, "The %s %s holds a value that gonogo never wrote; run gonogo verify.", sql->what, sql->path);
	return ERR_NONE;
}
