#ifndef GONOGO_STORE_SQL_H
#define GONOGO_STORE_SQL_H
/*
 * One SQLite connection with the settings of this program, its prepared statements, and what SQLite's answers mean in sentences.  For the files of
 * this folder alone; a store and a state file are each one of these.
 */
#include <sqlite3.h>

#include <stdbool.h>
#include <stdint.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/digest.h>
#include <gonogo/base/err.h>
#include <gonogo/base/when.h>
#include <gonogo/core/words.h>

struct sql_statement { const char *text, *tail; sqlite3_stmt *st; };
struct sql {
	sqlite3 *db;
	char *path;             /* absolute; owned */
	const char *what;       /* "ledger", "state file": for sentences */
	const char *advice;     /* what to do about a file that is not one */
	bool is_building;       /* a schema step runs: objects may be made */
	int busy_ms, waited_ms;
	uint32_t jitter;
	unsigned ticks;         /* of the progress handler, since the statement began */
	struct sql_statement *statements;
	size_t count, room;
};

/* Opens `path` (NULL: a private temporary database) with every setting but those of schema.h.  `sql` is released by sql_close, also after an error. */
enum err_kind sql_open(struct sql *sql, const char *what, const char *path, bool readonly, int busy_ms, struct err *err) MUST_CHECK;
/* The settings that touch the file, once it is known to be one of ours; then the authorizer. */
enum err_kind sql_settle(struct sql *sql, bool readonly, struct err *err) MUST_CHECK;
void sql_close(struct sql *sql);

/* Fills `err` for a result code that is none of OK, ROW, DONE. */
enum err_kind sql_fail(const struct sql *sql, int rc, struct err *err) MUST_CHECK;

/*
 * A statement being bound and stepped.  `text` is a constant of the program: the prepared statement is kept under its address.  Parameters are $1,
 * $2 ..., bound by name; what goes wrong while binding is told by the first step.  Every query that began is ended.
 */
struct sql_query { struct sql *sql; sqlite3_stmt *st; const char *tail; int rc; };
enum err_kind sql_begin(struct sql *sql, const char *text, struct sql_query *query, struct err *err) MUST_CHECK;
void sql_text(struct sql_query *query, int n, const char *text); /* NULL binds null; the text must last until the query ends */
void sql_int(struct sql_query *query, int n, int64_t value);
void sql_null(struct sql_query *query, int n);
void sql_word(struct sql_query *query, int n, const struct word *table, int value);
void sql_instant(struct sql_query *query, int n, instant at);    /* WHEN_NONE binds null */
void sql_digest(struct sql_query *query, int n, const struct digest *digest);
enum err_kind sql_step(struct sql_query *query, bool *row, struct err *err) MUST_CHECK;
void sql_end(struct sql_query *query);
/* Steps to the end, ignoring rows, and ends the query. */
enum err_kind sql_finish(struct sql_query *query, struct err *err) MUST_CHECK;
/* A statement without parameters. */
enum err_kind sql_run(struct sql *sql, const char *text, struct err *err) MUST_CHECK;
/* The integer in the first column of the first row; `otherwise` when there is no row or it is null. */
enum err_kind sql_number(struct sql_query *query, int64_t otherwise, int64_t *out, struct err *err) MUST_CHECK;

/* Columns of the present row.  A text that cannot be had for want of memory, or a word, instant or digest that is none, is told by sql_row_check. */
struct sql_row { struct sql_query *query; struct arena *arena; bool no_memory, no_sense; };
const char *sql_column(struct sql_row *row, int n);              /* copied into the arena; NULL for null */
int64_t sql_column_int(struct sql_row *row, int n);
bool sql_column_is_null(struct sql_row *row, int n);
int sql_column_word(struct sql_row *row, int n, const struct word *table);
instant sql_column_instant(struct sql_row *row, int n);          /* WHEN_NONE for null */
struct digest sql_column_digest(struct sql_row *row, int n);
enum err_kind sql_row_check(const struct sql_row *row, struct err *err) MUST_CHECK;

#endif
