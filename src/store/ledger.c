#include <config.h>

#include <inttypes.h>
#include <string.h>

#include "connection.h"
#include "ledger_row.h"

enum err_kind ledger_last(struct store *store, struct ledger_end *out, struct err *err)
{
	struct sql_query query;
	bool row;

	*out = (struct ledger_end){ .at = WHEN_NONE };
	enum err_kind kind = sql_begin(&store->sql, "select seq, hash, at from fact order by seq desc limit 1", &query, err);
	if (kind == ERR_NONE)
		kind = sql_step(&query, &row, err);
	if (kind == ERR_NONE && row) {
		struct sql_row columns = { .query = &query };
		out->size = sql_column_int(&columns, 0);
		out->head = sql_column_digest(&columns, 1);
		out->at = sql_column_instant(&columns, 2);
		kind = sql_row_check(&columns, err);
	}
	sql_end(&query);
	return kind;
}

static enum err_kind no_such_fact(int64_t seq, struct err *err)
{
	return err_set(err, ERR_MISSING, "The ledger has no fact %" PRId64 ". See gonogo log.", seq);
}

enum err_kind ledger_hash_at(struct store *store, int64_t seq, struct digest *out, struct err *err)
{
	struct sql_query query;
	bool row;

	enum err_kind kind = sql_begin(&store->sql, "select hash from fact where seq = $1", &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_int(&query, 1, seq);
	kind = sql_step(&query, &row, err);
	if (kind == ERR_NONE && !row)
		kind = no_such_fact(seq, err);
	if (kind == ERR_NONE) {
		struct sql_row columns = { .query = &query };
		*out = sql_column_digest(&columns, 0);
		kind = sql_row_check(&columns, err);
	}
	sql_end(&query);
	return kind;
}

/* The one fact of a query that is bound already. */
static enum err_kind read_one(struct sql_query *query, struct arena *arena, struct fact *out, bool *found, struct err *err)
{
	enum err_kind kind = sql_step(query, found, err);
	if (kind == ERR_NONE && *found)
		kind = ledger_row(query, arena, out, err);
	sql_end(query);
	return kind;
}

enum err_kind ledger_fact(struct store *store, int64_t seq, struct arena *arena, struct fact *out, struct err *err)
{
	struct sql_query query;
	bool found;

	enum err_kind kind = sql_begin(&store->sql, "select " FACT_COLUMNS("f") " from fact f where f.seq = $1", &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_int(&query, 1, seq);
	kind = read_one(&query, arena, out, &found, err);
	return kind == ERR_NONE && !found ? no_such_fact(seq, err) : kind;
}

enum err_kind ledger_by_action(struct store *store, const char *action, struct arena *arena, struct fact *out, bool *found, struct err *err)
{
	struct sql_query query;

	*found = false;
	const enum err_kind kind = sql_begin(&store->sql, "select " FACT_COLUMNS("f") " from fact f where f.action = $1", &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, action);
	return read_one(&query, arena, out, found, err);
}

/* $7, $8, $9: after, up_to, at. */
#define IN_RANGE "f.seq > $7 and f.seq <= $8 and f.at <= $9"

static void bind_range(struct sql_query *query, const struct ledger_range *range)
{
	sql_int(query, 7, range->after);
	sql_int(query, 8, range->up_to ? range->up_to : INT64_MAX);
	if (range->at == WHEN_NONE)
		sql_text(query, 9, "9999");
	else
		sql_instant(query, 9, range->at);
}

enum err_kind ledger_release(struct store *store, const char *release, const struct ledger_range *range, struct arena *arena, struct fact_list *out,
			     struct err *err)
{
	/* Two runs of the index, merged by seq as they are read: nothing is sorted. */
	static const char both[] = "select " FACT_COLUMNS("f") " from fact f where f.release = '-' and " IN_RANGE
				   " union all select " FACT_COLUMNS("f") " from fact f where f.release = $1 and " IN_RANGE " order by 1";
	static const char none[] = "select " FACT_COLUMNS("f") " from fact f where f.release = '-' and " IN_RANGE " order by f.seq";
	const bool is_named = release && strcmp(release, "-") != 0;
	struct sql_query query;

	const enum err_kind kind = sql_begin(&store->sql, is_named ? both : none, &query, err);
	if (kind != ERR_NONE)
		return kind;
	bind_range(&query, range);
	if (is_named)
		sql_text(&query, 1, release);
	return ledger_rows(&query, arena, out, err);
}

/* The texts of the first column, in order. */
static enum err_kind read_texts(struct sql_query *query, struct arena *arena, struct texts *out, struct err *err)
{
	const char **items = NULL;
	size_t count = 0, room = 0;
	bool row;

	enum err_kind kind = sql_step(query, &row, err);
	while (kind == ERR_NONE && row) {
		struct sql_row columns = { .query = query, .arena = arena };
		const char **grown = arena_room(arena, items, count, &room, sizeof *items);
		if (!grown) {
			kind = err_memory(err);
			break;
		}
		items = grown;
		items[count++] = sql_column(&columns, 0);
		kind = sql_row_check(&columns, err);
		if (kind == ERR_NONE)
			kind = sql_step(query, &row, err);
	}
	sql_end(query);
	*out = (struct texts){ items, count };
	return kind;
}

enum err_kind ledger_release_id(struct store *store, const char *release, const struct ledger_range *range, struct arena *arena, const char **id,
				struct err *err)
{
	struct sql_query query;
	struct texts found;

	*id = NULL;
	enum err_kind kind = sql_begin(&store->sql, "select f.release from fact f where f.release = $1 and f.release <> '-' and " IN_RANGE
				       " order by f.seq limit 1", &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, release);
	bind_range(&query, range);
	kind = read_texts(&query, arena, &found, err);
	if (kind == ERR_NONE && found.count)
		*id = found.items[0];
	return kind;
}

enum err_kind ledger_tenant_id(struct store *store, const char *tenant, struct arena *arena, const char **id, struct err *err)
{
	struct sql_query query;
	struct texts found;

	*id = NULL;
	enum err_kind kind = sql_begin(&store->sql, "select f.tenant from fact f where f.kind = 'tenant.added' and f.tenant = $1 order by f.seq limit 1",
				       &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, tenant);
	kind = read_texts(&query, arena, &found, err);
	if (kind == ERR_NONE && found.count)
		*id = found.items[0];
	return kind;
}

enum err_kind ledger_successors(struct store *store, const char *release, const struct ledger_range *range, struct arena *arena, struct texts *out,
				struct err *err)
{
	struct sql_query query;

	/* The search for the letters spares most bodies the parsing. */
	const enum err_kind kind = sql_begin(&store->sql,
					     "select f.release from fact f where f.kind = 'release.promoted' and " IN_RANGE
					     " and instr(lower(f.body), lower($1)) > 0 and f.body ->> 'to' = 'stable' and lower(f.body ->> 'supersedes') = lower($1) "
					     "order by f.seq", &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, release);
	bind_range(&query, range);
	return read_texts(&query, arena, out, err);
}

enum err_kind ledger_next_incident(struct store *store, int64_t *out, struct err *err)
{
	struct sql_query query;

	const enum err_kind kind = sql_begin(&store->sql, "select count(*) + 1 from fact where kind = 'incident.opened'", &query, err);
	return kind == ERR_NONE ? sql_number(&query, 1, out, err) : kind;
}

enum err_kind ledger_walk(struct store *store, int64_t first, ledger_visit visit, void *context, struct err *err)
{
	struct sql_query query;
	struct fact fact;
	bool row;

	enum err_kind kind = sql_begin(&store->sql, "select " FACT_COLUMNS("f") " from fact f where f.seq >= $1 order by f.seq", &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_int(&query, 1, first);
	do {
		query.sql->ticks = 0;
		kind = sql_step(&query, &row, err);
		if (kind == ERR_NONE && row)
			kind = ledger_row(&query, NULL, &fact, err);
		if (kind == ERR_NONE && row)
			kind = visit(context, &fact, err);
	} while (kind == ERR_NONE && row);
	sql_end(&query);
	return kind;
}
