#include <config.h>

#include <inttypes.h>
#include <string.h>

#include <gonogo/store/seen.h>

#include "connection.h"
#include "state_file.h"

struct seen {
	const char *ledger, *founder;
	int64_t size;
	struct digest head;
};

static enum err_kind read_seen(struct store_state *state, const char *path, struct arena *arena, struct seen *out, bool *found, struct err *err)
{
	struct sql_query query;

	enum err_kind kind = sql_begin(&state->sql, "select ledger, founder, size, head from seen where path = $1", &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, path);
	kind = sql_step(&query, found, err);
	if (kind == ERR_NONE && *found) {
		struct sql_row row = { .query = &query, .arena = arena };
		*out = (struct seen){ sql_column(&row, 0), sql_column(&row, 1), sql_column_int(&row, 2), sql_column_digest(&row, 3) };
		kind = sql_row_check(&row, err);
	}
	sql_end(&query);
	return kind;
}

static enum err_kind forget(struct store_state *state, const char *path, struct err *err)
{
	struct sql_query query;

	enum err_kind kind = sql_begin(&state->sql, "delete from seen where path = $1", &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, path);
	kind = sql_finish(&query, err);
	if (kind == ERR_NONE)
		kind = sql_begin(&state->sql, "delete from trail where path = $1", &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, path);
	return sql_finish(&query, err);
}

/* Does a ledger.restored fact name what was seen among the facts that the restoring lost? */
static enum err_kind is_told_lost(struct store *store, const struct seen *seen, bool *told, struct err *err)
{
	static const char text[] = "select count(*) from fact where kind = 'ledger.restored' and seq <= $1 "
				   "and (cast(body ->> 'size' as integer) > $1 or (cast(body ->> 'size' as integer) = $1 and body ->> 'head' = $2))";
	struct sql_query query;
	int64_t count = 0;

	enum err_kind kind = sql_begin(&store->sql, text, &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_int(&query, 1, seen->size);
	sql_digest(&query, 2, &seen->head);
	kind = sql_number(&query, 0, &count, err);
	*told = count > 0;
	return kind;
}

/* How to go on: the same for all three. */
#define ADVICE "Ask whoever keeps the ledger; when the change was meant, remove %s, where this is remembered."

static enum err_kind tell_founder(const struct store_state *state, const struct store *store, const struct seen *seen, const char *ledger,
				  const char *founder, struct err *err)
{
	return err_set(err, ERR_INTEGRITY, "The ledger %s is another one than you saw there: you saw %s (%" PRId64 " facts), founded with the key %s; "
		       "this is %s, founded with the key %s. " ADVICE, store_path(store), seen->ledger, seen->size, seen->founder, ledger, founder,
		       store_state_path(state));
}

static enum err_kind tell_history(const struct store_state *state, const struct store *store, const struct seen *seen, int64_t size,
				  const struct digest *here, struct err *err)
{
	char saw[DIGEST_HEX_MAX], is[DIGEST_HEX_MAX];

	if (size < seen->size)
		return err_set(err, ERR_INTEGRITY, "The ledger %s has become smaller: you saw %" PRId64 " facts, the last one %s; now there are %" PRId64
			       ", the last one %s. " ADVICE, store_path(store), seen->size, digest_hex(&seen->head, saw), size, digest_hex(here, is),
			       store_state_path(state));
	return err_set(err, ERR_INTEGRITY, "The ledger %s tells another story: you saw fact %" PRId64 " as %s, and now it is %s. " ADVICE, store_path(store),
		       seen->size, digest_hex(&seen->head, saw), digest_hex(here, is), store_state_path(state));
}

static enum err_kind check_history(struct store_state *state, struct store *store, const struct seen *seen, struct err *err)
{
	struct ledger_end end;
	bool told;

	enum err_kind kind = ledger_last(store, &end, err);
	if (kind != ERR_NONE)
		return kind;
	struct digest here = end.head;
	if (end.size >= seen->size && seen->size > 0)
		kind = ledger_hash_at(store, seen->size, &here, err);
	if (kind != ERR_NONE || seen->size == 0 || (end.size >= seen->size && digest_equal(&here, &seen->head)))
		return kind;
	kind = is_told_lost(store, seen, &told, err);
	if (kind != ERR_NONE)
		return kind;
	return told ? forget(state, store_path(store), err) : tell_history(state, store, seen, end.size, &here, err);
}

enum err_kind seen_check(struct store_state *state, struct store *store, const char *ledger, const char *founder, struct err *err)
{
	struct arena arena;
	struct seen seen;
	bool found = false;

	arena_init(&arena, 0);
	enum err_kind kind = read_seen(state, store_path(store), &arena, &seen, &found, err);
	if (kind == ERR_NONE && found) {
		if (strcmp(seen.ledger, ledger) != 0 || strcmp(seen.founder, founder) != 0)
			kind = tell_founder(state, store, &seen, ledger, founder, err);
		else
			kind = check_history(state, store, &seen, err);
	}
	arena_release(&arena);
	return kind;
}

enum err_kind seen_size(struct store_state *state, const struct store *store, const char *ledger, int64_t *size, struct err *err)
{
	struct arena arena;
	struct seen seen = { 0 };
	bool found = false;

	arena_init(&arena, 0);
	const enum err_kind kind = read_seen(state, store_path(store), &arena, &seen, &found, err);
	*size = found && strcmp(seen.ledger, ledger) == 0 ? seen.size : 0;
	arena_release(&arena);
	return kind;
}

enum err_kind seen_note(struct store_state *state, const struct store *store, const char *ledger, const char *founder, const struct ledger_end *end,
			struct err *err)
{
	struct sql_query query;

	const enum err_kind kind = sql_begin(&state->sql, "insert into seen (path, ledger, founder, size, head) values ($1, $2, $3, $4, $5) on conflict (path) "
					     "do update set size = excluded.size, head = excluded.head where excluded.size > seen.size", &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, store_path(store));
	sql_text(&query, 2, ledger);
	sql_text(&query, 3, founder);
	sql_int(&query, 4, end->size);
	sql_digest(&query, 5, &end->head);
	return sql_finish(&query, err);
}
