#include <config.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/store/tally.h>

#include "connection.h"
#include "state_file.h"

static const char promotion[] = "release.promoted";
/* No release has a space in its id. */
static const char promotions[] = "kind release.promoted";

/* The hashes of a subject's facts, each added to the digest of those before it. */
struct count { const char *subject; int64_t facts; struct digest digest; };

/* Tallies by subject, ignoring case: open addressing, in the arena of the walk. */
struct tally {
	struct store_state *state;
	const char *path, *ledger;
	struct arena *arena;
	struct count **slots;
	size_t count, room;
	bool is_anew;           /* nothing is known of this ledger yet */
};

static enum err_kind count_add(struct count *counted, const struct digest *hash, struct err *err)
{
	unsigned char both[2 * DIGEST_SIZE];

	memcpy(both, counted->digest.bytes, DIGEST_SIZE);
	memcpy(both + DIGEST_SIZE, hash->bytes, DIGEST_SIZE);
	counted->facts++;
	return digest_bytes(both, sizeof both, &counted->digest, err);
}

static enum err_kind read_count(struct store_state *state, const char *path, const char *subject, struct count *out, struct err *err)
{
	struct sql_query query;
	bool row;

	*out = (struct count){ .subject = subject };
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

enum err_kind tally_end(struct store_state *state, const struct store *store, const char *ledger, struct ledger_end *out, struct err *err)
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

enum err_kind tally_begin(struct store_state *state, const struct store *store, const char *ledger, struct arena *arena, struct tally **tally,
			  struct ledger_end *from, struct err *err)
{
	*tally = arena_array(arena, 1, sizeof **tally);
	if (!*tally)
		return err_memory(err);
	**tally = (struct tally){ .state = state, .path = store_path(store), .ledger = ledger, .arena = arena };
	enum err_kind kind = sql_run(&state->sql, "begin immediate", err);
	if (kind != ERR_NONE)
		return kind;
	kind = tally_end(state, store, ledger, from, err);
	(*tally)->is_anew = !from->size;
	if (kind != ERR_NONE)
		tally_abandon(*tally);
	return kind;
}

void tally_abandon(struct tally *tally)
{
	tally_close(tally->state);
}

enum err_kind tally_open(struct store_state *state, const struct store *store, const char *ledger, struct ledger_end *out, struct err *err)
{
	const enum err_kind kind = sql_run(&state->sql, "begin", err);

	return kind == ERR_NONE ? tally_end(state, store, ledger, out, err) : kind;
}

void tally_close(struct store_state *state)
{
	if (!sqlite3_get_autocommit(state->sql.db))
		(void)sqlite3_exec(state->sql.db, "rollback", NULL, NULL, NULL);
}

static size_t slot_of(const struct tally *tally, const char *subject)
{
	uint64_t at = 14695981039346656037u;

	for (const char *p = subject; *p; p++)
		at = (at ^ (unsigned char)(*p >= 'A' && *p <= 'Z' ? *p - 'A' + 'a' : *p)) * 1099511628211u;
	for (at &= tally->room - 1;; at = (at + 1) & (tally->room - 1))
		if (!tally->slots[at] || text_same_id(tally->slots[at]->subject, subject))
			return (size_t)at;
}

static enum err_kind grow(struct tally *tally, struct err *err)
{
	struct tally grown = *tally;

	if (tally->count * 2 < tally->room)
		return ERR_NONE;
	grown.room = tally->room ? tally->room * 2 : 256;
	grown.slots = arena_array(tally->arena, grown.room, sizeof(struct count *));
	if (!grown.slots)
		return err_memory(err);
	for (size_t i = 0; i < tally->room; i++)
		if (tally->slots[i])
			grown.slots[slot_of(&grown, tally->slots[i]->subject)] = tally->slots[i];
	*tally = grown;
	return ERR_NONE;
}

static enum err_kind add(struct tally *tally, const char *subject, const struct digest *hash, struct err *err)
{
	enum err_kind kind = grow(tally, err);
	if (kind != ERR_NONE)
		return kind;
	struct count **slot = &tally->slots[slot_of(tally, subject)];
	if (!*slot) {
		struct count *counted = arena_array(tally->arena, 1, sizeof *counted);
		const char *copy = arena_str(tally->arena, subject);
		if (!tally || !copy)
			return err_memory(err);
		*counted = (struct count){ .subject = copy };
		if (!tally->is_anew)
			kind = read_count(tally->state, tally->path, copy, counted, err);
		if (kind != ERR_NONE)
			return kind;
		*slot = counted;
		tally->count++;
	}
	return count_add(*slot, hash, err);
}

enum err_kind tally_add(struct tally *tally, const struct fact *fact, struct err *err)
{
	const enum err_kind kind = add(tally, fact->release, &fact->hash, err);

	return kind == ERR_NONE && strcmp(fact->kind, promotion) == 0 ? add(tally, promotions, &fact->hash, err) : kind;
}

static enum err_kind put_count(struct tally *tally, const struct count *counted, struct err *err)
{
	struct sql_query query;

	const enum err_kind kind = sql_begin(&tally->state->sql, "insert into trail_tally (path, subject, facts, digest) values ($1, lower($2), $3, $4) "
					     "on conflict (path, subject) do update set facts = excluded.facts, digest = excluded.digest", &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, tally->path);
	sql_text(&query, 2, counted->subject);
	sql_int(&query, 3, counted->facts);
	sql_digest(&query, 4, &counted->digest);
	return sql_finish(&query, err);
}

static enum err_kind put_end(struct tally *tally, const struct ledger_end *end, struct err *err)
{
	struct sql_query query;

	const enum err_kind kind = sql_begin(&tally->state->sql, "insert into trail (path, ledger, size, head, at) values ($1, $2, $3, $4, $5) on conflict (path) "
					     "do update set ledger = excluded.ledger, size = excluded.size, head = excluded.head, at = excluded.at", &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, tally->path);
	sql_text(&query, 2, tally->ledger);
	sql_int(&query, 3, end->size);
	sql_digest(&query, 4, &end->head);
	sql_instant(&query, 5, end->at);
	return sql_finish(&query, err);
}

/* What was known of another ledger under this path. */
static enum err_kind forget(struct tally *tally, struct err *err)
{
	struct sql_query query;

	const enum err_kind kind = sql_begin(&tally->state->sql, "delete from trail_tally where path = $1", &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, tally->path);
	return sql_finish(&query, err);
}

enum err_kind tally_finish(struct tally *tally, const struct ledger_end *end, struct err *err)
{
	enum err_kind kind = tally->is_anew ? forget(tally, err) : ERR_NONE;

	for (size_t i = 0; kind == ERR_NONE && i < tally->room; i++)
		if (tally->slots[i])
			kind = put_count(tally, tally->slots[i], err);
	if (kind == ERR_NONE)
		kind = put_end(tally, end, err);
	if (kind == ERR_NONE)
		kind = sql_run(&tally->state->sql, "commit", err);
	if (kind != ERR_NONE)
		tally_abandon(tally);
	return kind;
}

/* --- holding facts against it --------------------------------------------------------------------------------- */

static enum err_kind count_hashes(struct sql_query *query, const char *subject, int64_t up_to, struct count *out, struct err *err)
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
			kind = count_add(out, &hash, err);
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
	struct count walked, here = { 0 };
	struct sql_query query;
	int64_t up_to = 0;

	enum err_kind kind = sql_begin(&state->sql, "select size from trail where path = $1", &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, store_path(store));
	kind = sql_number(&query, 0, &up_to, err);
	if (kind == ERR_NONE)
		kind = read_count(state, store_path(store), subject, &walked, err);
	if (kind == ERR_NONE)
		kind = sql_begin(&store->sql, text, &query, err);
	if (kind == ERR_NONE)
		kind = count_hashes(&query, key, up_to, &here, err);
	if (kind != ERR_NONE || (here.facts == walked.facts && digest_equal(&here.digest, &walked.digest)))
		return kind;
	return err_set(err, ERR_INTEGRITY, "The facts of %.64s are not those that were chained here: there were %" PRId64 " up to fact %" PRId64 ", and there are %"
		       PRId64 ", or one of them was changed. The ledger does not hold: run gonogo verify.", name, walked.facts, up_to, here.facts);
}

enum err_kind tally_holds(struct store_state *state, struct store *store, const char *release, struct err *err)
{
	return compare(state, store, "select hash from fact where release = $1 and seq <= $2 order by seq", release, release,
		       strcmp(release, "-") == 0 ? "no release" : release, err);
}

enum err_kind tally_holds_promotions(struct store_state *state, struct store *store, struct err *err)
{
	return compare(state, store, "select hash from fact where kind = $1 and seq <= $2 order by seq", promotion, promotions, "all promotions", err);
}
