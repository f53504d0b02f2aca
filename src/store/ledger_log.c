#include <config.h>

#include "connection.h"
#include "ledger_row.h"

/* What narrows most drives the query; every other filter is asked of the rows it finds. */
#define LOG(FROM, WHERE, SEQ, BEYOND, ORDER)                                                                                        \
	"select " FACT_COLUMNS("f") " from " FROM " where " WHERE " and " SEQ " " BEYOND " $6"                                      \
	" and ($1 is null or exists (select 1 from fact_release x where x.release = $1 and x.seq = f.seq))"                        \
	" and ($2 is null or exists (select 1 from fact_tenant x where x.tenant = $2 and x.seq = f.seq))"                          \
	" and ($3 is null or f.actor = $3) and ($4 is null or f.kind = $4) and ($5 is null or f.at >= $5) and ($8 is null or f.at <= $8)"                         \
	" order by " SEQ " " ORDER " limit $7"
/* Each way of narrowing, in both directions. */
#define BOTH(FROM, WHERE, SEQ) { LOG(FROM, WHERE, SEQ, "<", "desc"), LOG(FROM, WHERE, SEQ, ">", "asc") }

static const char *const by_release[] = BOTH("fact_release d join fact f on f.seq = d.seq", "d.release = $1", "d.seq");
static const char *const by_tenant[] = BOTH("fact_tenant d join fact f on f.seq = d.seq", "d.tenant = $2", "d.seq");
static const char *const by_actor[] = BOTH("fact f indexed by fact_by_actor", "f.actor = $3", "f.seq");
static const char *const by_kind[] = BOTH("fact f indexed by fact_by_kind", "f.kind = $4", "f.seq");
static const char *const by_seq[] = BOTH("fact f", "true", "f.seq");

static void turn(struct fact_list *list)
{
	for (size_t i = 0, j = list->count; i + 1 < j; i++) {
		const struct fact kept = list->items[i];

		list->items[i] = list->items[--j];
		list->items[j] = kept;
	}
}

enum err_kind ledger_log(struct store *store, const struct log_filter *filter, struct arena *arena, struct fact_list *out, struct err *err)
{
	const char *const *way = filter->release ? by_release : filter->tenant ? by_tenant : filter->actor ? by_actor : filter->kind ? by_kind : by_seq;
	const size_t limit = filter->limit && filter->limit < LEDGER_PAGE_MAX ? filter->limit : (size_t)LEDGER_PAGE_MAX;
	struct sql_query query;
	enum err_kind kind = sql_begin(&store->sql, way[filter->after ? 1 : 0], &query, err);

	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, filter->release);
	sql_text(&query, 2, filter->tenant);
	sql_text(&query, 3, filter->actor);
	sql_text(&query, 4, filter->kind);
	sql_instant(&query, 5, filter->since);
	sql_int(&query, 6, filter->after ? filter->after : filter->before ? filter->before : INT64_MAX);
	sql_int(&query, 7, (int64_t)limit);
	sql_instant(&query, 8, filter->until ? filter->until : WHEN_NONE);
	kind = ledger_rows(&query, arena, out, err);
	if (kind == ERR_NONE && filter->after)
		turn(out);
	return kind;
}
