#ifndef GONOGO_STORE_PROJECT_H
#define GONOGO_STORE_PROJECT_H
/*
 * The projection: tables for lists, folded from the facts by the SQL of each kind (data/sql/project/KIND.sql) in the transaction that appends.
 * It serves lists and opens nothing: no verdict is read from it.
 */
#include <gonogo/store/store.h>

/*
 * Runs the statements of every fact, then those of `kind` (none is fine), for the fact `seq` of a write transaction.  Each statement says how many
 * rows it changes; ERR_INTEGRITY naming kind and statement when it changes another number.
 */
enum err_kind project_fact(struct store *store, const char *kind, int64_t seq, struct err *err) MUST_CHECK;

#endif
