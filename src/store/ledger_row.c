#include <config.h>

#include <inttypes.h>
#include <string.h>

#include "ledger_row.h"

static enum err_kind senseless(const struct fact *fact, const char *column, struct err *err)
{
	return err_set(err, ERR_INTEGRITY, "Fact %" PRId64 " holds a %s that gonogo never wrote. Run gonogo verify, and compare with a backup.", fact->seq, column);
}

enum err_kind ledger_row(struct sql_query *query, struct arena *arena, struct fact *out, struct err *err)
{
	enum { FIRST_TEXT = 1, TEXTS = 11 };
	static const char *const names[TEXTS] = { "time", "actor", "origin", "tenant", "release", "kind", "action", "body", "signature", "predecessor",
						  "hash" };
	const char *texts[TEXTS];

	*out = (struct fact){ .seq = sqlite3_column_int64(query->st, 0) };
	for (int i = 0; i < TEXTS; i++) {
		const char *text = (const char *)sqlite3_column_text(query->st, FIRST_TEXT + i);
		if (!text)
			return sqlite3_column_type(query->st, FIRST_TEXT + i) == SQLITE_NULL ? senseless(out, names[i], err) : err_memory(err);
		const size_t size = (size_t)sqlite3_column_bytes(query->st, FIRST_TEXT + i);
		if (strlen(text) != size)
			return senseless(out, names[i], err);
		texts[i] = arena && i > 0 && i < 9 ? arena_bytes(arena, text, size) : text;
		if (!texts[i])
			return err_memory(err);
	}
	if (!when_read(texts[0], &out->at))
		return senseless(out, names[0], err);
	if (!digest_read(texts[9], &out->prev))
		return senseless(out, names[9], err);
	if (!digest_read(texts[10], &out->hash))
		return senseless(out, names[10], err);
	out->actor = texts[1];
	out->origin = texts[2];
	out->tenant = texts[3];
	out->release = texts[4];
	out->kind = texts[5];
	out->action = texts[6];
	out->body = texts[7];
	out->sig = texts[8];
	return ERR_NONE;
}

enum err_kind ledger_rows(struct sql_query *query, struct arena *arena, struct fact_list *out, struct err *err)
{
	size_t room = 0;
	bool row;

	*out = (struct fact_list){ 0 };
	enum err_kind kind = sql_step(query, &row, err);
	while (kind == ERR_NONE && row) {
		struct fact *items = arena_room(arena, out->items, out->count, &room, sizeof *items);
		if (!items) {
			kind = err_memory(err);
			break;
		}
		out->items = items;
		kind = ledger_row(query, arena, &items[out->count], err);
		if (kind == ERR_NONE) {
			out->count++;
			kind = sql_step(query, &row, err);
		}
	}
	sql_end(query);
	return kind;
}
