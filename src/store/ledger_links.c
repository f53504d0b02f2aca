#include <config.h>

#include <inttypes.h>

#include "connection.h"
#include "ledger_row.h"

enum err_kind ledger_links(struct store *store, const char *release, struct err *err)
{
	static const char text[] =
		"select f.seq from fact f left join fact p on p.seq = f.seq - 1 left join fact n on n.seq = f.seq + 1 where f.release in ('-', $1) "
		"and ((f.seq > 1 and p.hash is distinct from f.prev) or (n.seq is not null and n.prev is distinct from f.hash)) limit 1";
	struct sql_query query;
	bool row;

	enum err_kind kind = sql_begin(&store->sql, text, &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, release ? release : "-");
	kind = sql_step(&query, &row, err);
	if (kind == ERR_NONE && row) {
		struct sql_row columns = { .query = &query };
		kind = err_set(err, ERR_INTEGRITY, "Fact %" PRId64 " and the facts beside it are not chained to each other. The ledger does not hold: run gonogo verify.",
			       sql_column_int(&columns, 0));
	}
	sql_end(&query);
	return kind;
}

enum err_kind ledger_gaps(struct store *store, struct err *err)
{
	struct sql_query query;
	int64_t missing = 0;

	enum err_kind kind = sql_begin(&store->sql, "select coalesce(max(seq), 0) - count(*) from fact", &query, err);
	if (kind == ERR_NONE)
		kind = sql_number(&query, 0, &missing, err);
	if (kind == ERR_NONE && missing)
		kind = err_set(err, ERR_INTEGRITY, "%" PRId64 " of the ledger's facts are gone. The ledger does not hold: run gonogo verify.", missing);
	return kind;
}

enum err_kind ledger_newest_signed(struct store *store, struct arena *arena, struct fact *out, bool *found, struct err *err)
{
	static const char text[] = "select " FACT_COLUMNS("f") " from (select * from fact order by seq desc limit $1) f "
				   "where f.sig <> '' and f.kind <> 'memo.signed' order by f.seq desc limit 1";
	struct sql_query query;

	*found = false;
	enum err_kind kind = sql_begin(&store->sql, text, &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_int(&query, 1, LEDGER_TAIL);
	kind = sql_step(&query, found, err);
	if (kind == ERR_NONE && *found)
		kind = ledger_row(&query, arena, out, err);
	sql_end(&query);
	return kind;
}
