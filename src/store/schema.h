#ifndef GONOGO_STORE_SCHEMA_H
#define GONOGO_STORE_SCHEMA_H
/*
 * The numbered steps that make a file of ours: data/sql/FOLDER/001.sql and on, each run in a transaction of its own and ending with its version.
 */
#include "sql.h"

struct schema { const char *folder; int64_t application; /* SQLite's application_id */ };
extern const struct schema schema_ledger, schema_state;

/* Is the open file one of these, not newer than this program?  `is_new`: an empty file is one.  Before sql_settle, which writes to it. */
enum err_kind schema_recognise(struct sql *sql, const struct schema *schema, bool is_new, bool readonly, struct err *err) MUST_CHECK;
/* Runs the steps that the file lacks. */
enum err_kind schema_build(struct sql *sql, const struct schema *schema, struct err *err) MUST_CHECK;

#endif
