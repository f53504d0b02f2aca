#include <config.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/store/trail.h>

#include "connection.h"
#include "state_file.h"

static const char promotion[] = "release.promoted";
/* No release has a space in its id. */
static const char promotions[] = "kind release.promoted";

/* The hashes of a subject's facts, each added to the digest of those before it. */
struct tally { const char *subject; int64_t facts; struct digest digest; };

/* Tallies by subject, ignoring case: open addressing, in the arena of the walk. */
struct trail {
	struct store_state *state;
	const char *path, *ledger;
	struct arena *arena;
	struct tally **slots;
	size_t count, room;
	bool is_anew;           /* nothing is known of this ledger yet */
};

static enum err_kind tally_add(struct tally *tally, const struct digest *hash, struct err *err)
{
	unsigned char both[2 * DIGEST_SIZE];

	memcpy(both, tally->digest.bytes, DIGEST_SIZE);
	memcpy(both + DIGEST_SIZE, hash->bytes, DIGEST_SIZE);
	tally->facts++;
	return digest_bytes(both, sizeof both, &tally->digest, err);
}

static enum err_kind read_tally(struct store_state *state, const char *path, const char *subject, struct tally *out, struct err *err)
{
	struct sql_query query;
	bool row;

	*out = (struct tally){ .subject = subject };
	enum err_kind kind = sql_begin(&state->sql, "select facts, digest from trail_tally where path = $1 and subject = lower($2)", &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, path);
	sql_text(&query, 2, subject);
	kind = sql_step(&query, &row, err);
	if (kind == ERR_NONE && row) {
		struct sql_row columns = { .query = &query };
		out->facts = sql_column_int(&columns, 0);
		out->digest = sql_column_digest(&columns, 1);
		kind = sql_row_check(&columns, err);
	}
	sql_end(&query);
	return kind;
}

enum err_kind trail_end(struct store_state *state, const struct store *store, const char *ledger, struct ledger_end *out, struct err *err)
{
	struct sql_query query;
	bool row;

	*out = (struct ledger_end){ .at = WHEN_NONE };
	enum err_kind kind = sql_begin(&state->sql, "select size, head, at from trail where path = $1 and ledger = $2", &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, store_path(store));
	sql_text(&query, 2, ledger);
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

enum err_kind trail_begin(struct store_state *state, const struct store *store, const char *ledger, struct arena *arena, struct trail **trail,
			  struct ledger_end *from, struct err *err)
{
	*trail = arena_array(arena, 1, sizeof **trail);
	if (!*trail)
		return err_memory(err);
	**trail = (struct trail){ .state = state, .path = store_path(store), .ledger = ledger, .arena = arena };
	enum err_kind kind = sql_run(&state->sql, "begin immediate", err);
	if (kind != ERR_NONE)
		return kind;
	kind = trail_end(state, store, ledger, from, err);
	(*trail)->is_anew = !from->size;
	if (kind != ERR_NONE)
		trail_abandon(*trail);
	return kind;
}

void trail_abandon(struct trail *trail)
{
	trail_close(trail->state);
}

enum err_kind trail_open(struct store_state *state, const struct store *store, const char *ledger, struct ledger_end *out, struct err *err)
{
	const enum err_kind kind = sql_run(&state->sql, "begin", err);

	return kind == ERR_NONE ? trail_end(state, store, ledger, out, err) : kind;
}

void trail_close(struct store_state *state)
{
	if (!sqlite3_get_autocommit(state->sql.db))
		(void)sqlite3_exec(state->sql.db, "rollback", NULL, NULL, NULL);
}

static size_t slot_of(const struct trail *trail, const char *subject)
{
	uint64_t at = 14695981039346656037u;

	for (const char *p = subject; *p; p++)
		at = (at ^ (unsigned char)(*p >= 'A' && *p <= 'Z' ? *p - 'A' + 'a' : *p)) * 1099511628211u;
	for (at &= trail->room - 1;; at = (at + 1) & (trail->room - 1))
		if (!trail->slots[at] || text_same_id(trail->slots[at]->subject, subject))
			return (size_t)at;
}

static enum err_kind grow(struct trail *trail, struct err *err)
{
	struct trail grown = *trail;

	if (trail->count * 2 < trail->room)
		return ERR_NONE;
	grown.room = trail->room ? trail->room * 2 : 256;
	grown.slots = arena_array(trail->arena, grown.room, sizeof(struct tally *));
	if (!grown.slots)
		return err_memory(err);
	for (size_t i = 0; i < trail->room; i++)
		if (trail->slots[i])
			grown.slots[slot_of(&grown, trail->slots[i]->subject)] = trail->slots[i];
	*trail = grown;
	return ERR_NONE;
}

static enum err_kind add(struct trail *trail, const char *subject, const struct digest *hash, struct err *err)
{
	enum err_kind kind = grow(trail, err);
	if (kind != ERR_NONE)
		return kind;
	struct tally **slot = &trail->slots[slot_of(trail, subject)];
	if (!*slot) {
		struct tally *tally = arena_array(trail->arena, 1, sizeof *tally);
		const char *copy = arena_str(trail->arena, subject);
		if (!tally || !copy)
			return err_memory(err);
		*tally = (struct tally){ .subject = copy };
		if (!trail->is_anew)
			kind = read_tally(trail->state, trail->path, copy, tally, err);
		if (kind != ERR_NONE)
			return kind;
		*slot = tally;
		trail->count++;
	}
	return tally_add(*slot, hash, err);
}

enum err_kind trail_add(struct trail *trail, const struct fact *fact, struct err *err)
{
	const enum err_kind kind = add(trail, fact->release, &fact->hash, err);

	return kind == ERR_NONE && strcmp(fact->kind, promotion) == 0 ? add(trail, promotions, &fact->hash, err) : kind;
}

static enum err_kind put_tally(struct trail *trail, const struct tally *tally, struct err *err)
{
	struct sql_query query;

	const enum err_kind kind = sql_begin(&trail->state->sql, "insert into trail_tally (path, subject, facts, digest) values ($1, lower($2), $3, $4) "
					     "on conflict (path, subject) do update set facts = excluded.facts, digest = excluded.digest", &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, trail->path);
	sql_text(&query, 2, tally->subject);
	sql_int(&query, 3, tally->facts);
	sql_digest(&query, 4, &tally->digest);
	return sql_finish(&query, err);
}

static enum err_kind put_end(struct trail *trail, const struct ledger_end *end, struct err *err)
{
	struct sql_query query;

	const enum err_kind kind = sql_begin(&trail->state->sql, "insert into trail (path, ledger, size, head, at) values ($1, $2, $3, $4, $5) on conflict (path) "
					     "do update set ledger = excluded.ledger, size = excluded.size, head = excluded.head, at = excluded.at", &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, trail->path);
	sql_text(&query, 2, trail->ledger);
	sql_int(&query, 3, end->size);
	sql_digest(&query, 4, &end->head);
	sql_instant(&query, 5, end->at);
	return sql_finish(&query, err);
}

/* What was known of another ledger under this path. */
static enum err_kind forget(struct trail *trail, struct err *err)
{
	struct sql_query query;

	const enum err_kind kind = sql_begin(&trail->state->sql, "delete from trail_tally where path = $1", &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, trail->path);
	return sql_finish(&query, err);
}

enum err_kind trail_finish(struct trail *trail, const struct ledger_end *end, struct err *err)
{
	enum err_kind kind = trail->is_anew ? forget(trail, err) : ERR_NONE;

	for (size_t i = 0; kind == ERR_NONE && i < trail->room; i++)
		if (trail->slots[i])
			kind = put_tally(trail, trail->slots[i], err);
	if (kind == ERR_NONE)
		kind = put_end(trail, end, err);
	if (kind == ERR_NONE)
		kind = sql_run(&trail->state->sql, "commit", err);
	if (kind != ERR_NONE)
		trail_abandon(trail);
	return kind;
}

/* --- holding facts against it --------------------------------------------------------------------------------- */

static enum err_kind count_hashes(struct sql_query *query, const char *subject, int64_t up_to, struct tally *out, struct err *err)
{
	bool row;

	sql_text(query, 1, subject);
	sql_int(query, 2, up_to);
	enum err_kind kind = sql_step(query, &row, err);
	while (kind == ERR_NONE && row) {
		struct sql_row columns = { .query = query };
		const struct digest hash = sql_column_digest(&columns, 0);
		kind = sql_row_check(&columns, err);
		if (kind == ERR_NONE)
			kind = tally_add(out, &hash, err);
		if (kind == ERR_NONE)
			kind = sql_step(query, &row, err);
	}
	sql_end(query);
	return kind;
}

/* `text` selects the hashes of $1 up to $2. */
static enum err_kind compare(struct store_state *state, struct store *store, const char *text, const char *key, const char *subject, const char *name,
			     struct err *err)
{
	struct tally walked, here = { 0 };
	struct sql_query query;
	int64_t up_to = 0;

	enum err_kind kind = sql_begin(&state->sql, "select size from trail where path = $1", &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, store_path(store));
	kind = sql_number(&query, 0, &up_to, err);
	if (kind == ERR_NONE)
		kind = read_tally(state, store_path(store), subject, &walked, err);
	if (kind == ERR_NONE)
		kind = sql_begin(&store->sql, text, &query, err);
	if (kind == ERR_NONE)
		kind = count_hashes(&query, key, up_to, &here, err);
	if (kind != ERR_NONE || (here.facts == walked.facts && digest_equal(&here.digest, &walked.digest)))
		return kind;
	return err_set(err, ERR_INTEGRITY, "The facts of %.64s are not those that were chained here: there were %" PRId64 " up to fact %" PRId64 ", and there are %"
		       PRId64 ", or one of them was changed. The ledger does not hold: run gonogo verify.", name, walked.facts, up_to, here.facts);
}

enum err_kind trail_holds(struct store_state *state, struct store *store, const char *release, struct err *err)
{
	return compare(state, store, "select hash from fact where release = $1 and seq <= $2 order by seq", release, release,
		       strcmp(release, "-") == 0 ? "no release" : release, err);
}

enum err_kind trail_holds_promotions(struct store_state *state, struct store *store, struct err *err)
{
	return compare(state, store, "select hash from fact where kind = $1 and seq <= $2 order by seq", promotion, promotions, "all promotions", err);
}
