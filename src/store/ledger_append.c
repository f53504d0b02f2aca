#include <config.h>

#include <inttypes.h>
#include <string.h>

#include <gonogo/base/json.h>

#include "connection.h"
#include "ledger_row.h"

static bool is_same(const struct fact *a, const struct fact *b)
{
	return a->seq == b->seq && a->at == b->at && strcmp(a->actor, b->actor) == 0 && strcmp(a->origin, b->origin) == 0 &&
	       strcmp(a->tenant, b->tenant) == 0 && strcmp(a->release, b->release) == 0 && strcmp(a->kind, b->kind) == 0 &&
	       strcmp(a->action, b->action) == 0 && strcmp(a->body, b->body) == 0 && strcmp(a->sig, b->sig) == 0 && digest_equal(&a->prev, &b->prev) &&
	       digest_equal(&a->hash, &b->hash);
}

/* The ledger's id, out of the body of its first fact. */
static enum err_kind read_id(const struct fact *first, struct arena *arena, const char **out, struct err *err)
{
	const struct json_value *value = NULL;
	struct json_object body;

	const enum err_kind kind = json_read_flat(first->body, strlen(first->body), arena, &body, err);
	if (kind == ERR_SYSTEM)
		return kind;
	if (kind == ERR_NONE && strcmp(first->kind, "ledger.opened") == 0)
		value = json_find(&body, "ledger");
	if (!value || value->type != JSON_TEXT)
		return err_set(err, ERR_INTEGRITY, "The first fact is not the one that opens a ledger (ledger.opened with the ledger's id).");
	*out = value->text;
	return ERR_NONE;
}

static enum err_kind genesis_of(const struct fact *first, struct digest *out, struct err *err)
{
	struct arena arena;
	const char *id;

	arena_init(&arena, 0);
	enum err_kind kind = read_id(first, &arena, &id, err);
	if (kind == ERR_NONE)
		kind = fact_genesis(id, out, err);
	arena_release(&arena);
	return kind;
}

enum err_kind ledger_insert(struct store *store, const struct fact *fact, struct err *err)
{
	static const char text[] =
		"insert into fact (seq, at, actor, origin, tenant, release, kind, action, body, sig, prev, hash) "
		"values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
	const char *const texts[] = { fact->actor, fact->origin, fact->tenant, fact->release, fact->kind, fact->action, fact->body, fact->sig };
	struct sql_query query;

	const enum err_kind kind = sql_begin(&store->sql, text, &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_int(&query, 1, fact->seq);
	sql_instant(&query, 2, fact->at);
	for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++)
		sql_text(&query, i + 3, texts[i]);
	sql_digest(&query, 11, &fact->prev);
	sql_digest(&query, 12, &fact->hash);
	return sql_finish(&query, err);
}

static enum err_kind read_back(struct store *store, const struct fact *fact, struct err *err)
{
	struct arena arena;
	struct fact stored;

	arena_init(&arena, 0);
	enum err_kind kind = ledger_fact(store, fact->seq, &arena, &stored, err);
	if (kind == ERR_NONE)
		kind = fact_check(&stored, err);
	if (kind == ERR_NONE && !is_same(fact, &stored))
		kind = err_set(err, ERR_INTEGRITY, "Fact %" PRId64 " reads back differently from what was written; nothing was recorded. Look after the disk of %s.",
			       fact->seq, store->sql.path);
	arena_release(&arena);
	return kind;
}

enum err_kind ledger_append(struct store *store, struct fact *fact, struct err *err)
{
	struct ledger_end end;

	if (!store->is_writing || sqlite3_get_autocommit(store->sql.db))
		return err_set(err, ERR_SYSTEM, "A fact was to be recorded outside a write to the ledger; nothing was recorded. Run the command again.");
	enum err_kind kind = ledger_last(store, &end, err);
	if (kind != ERR_NONE)
		return kind;
	fact->seq = end.size + 1;
	fact->prev = end.head;
	if (end.size == 0)
		kind = genesis_of(fact, &fact->prev, err);
	if (kind == ERR_NONE)
		kind = fact_hash(fact, &fact->hash, err);
	if (kind == ERR_NONE)
		kind = ledger_insert(store, fact, err);
	if (kind == ERR_NONE)
		kind = read_back(store, fact, err);
	return kind;
}

enum err_kind ledger_id(struct store *store, struct arena *arena, const char **out, struct err *err)
{
	struct fact first;
	struct ledger_end end;

	enum err_kind kind = ledger_fact(store, 1, arena, &first, err);
	if (kind == ERR_MISSING && ledger_last(store, &end, NULL) == ERR_NONE && end.size)
		kind = err_set(err, ERR_INTEGRITY, "The first fact of the ledger is gone. The ledger does not hold: run gonogo verify.");
	return kind == ERR_NONE ? read_id(&first, arena, out, err) : kind;
}
