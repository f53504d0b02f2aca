#ifndef GONOGO_STORE_LEDGER_ROW_H
#define GONOGO_STORE_LEDGER_ROW_H
/* A row of the fact table as a struct fact, and lists of them: shared by the files that read facts. */
#include <gonogo/store/ledger.h>

#include "sql.h"

/* The columns in the order in which ledger_row reads them; F is the name of the table in the query. */
#define FACT_COLUMNS(F) F ".seq, " F ".at, " F ".actor, " F ".origin, " F ".tenant, " F ".release, " F ".kind, " F ".action, " F ".body, " \
	F ".sig, " F ".prev, " F ".hash"

/* `arena` NULL: strings last as long as the row is the present one. */
enum err_kind ledger_row(struct sql_query *query, struct arena *arena, struct fact *out, struct err *err) MUST_CHECK;
/* Every row of the query, which is ended. */
enum err_kind ledger_rows(struct sql_query *query, struct arena *arena, struct fact_list *out, struct err *err) MUST_CHECK;
/* Inserts a fact that has seq, prev and hash. */
enum err_kind ledger_insert(struct store *store, const struct fact *fact, struct err *err) MUST_CHECK;

#endif
