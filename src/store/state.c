#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/base/io.h>

#include "file.h"
#include "schema.h"
#include "state_file.h"

enum { STATE_BUSY_MS = 5000 };
static const char what[] = "state file";

static enum err_kind find_file(const char *dir, char **real, struct err *err)
{
	const size_t size = strlen(dir) + sizeof "/state.db";
	bool exists, empty;

	enum err_kind kind = io_make_dirs(dir, err);
	if (kind != ERR_NONE)
		return kind;
	char *path = malloc(size);
	if (!path)
		return err_memory(err);
	(void)snprintf(path, size, "%s/state.db", dir);
	kind = file_resolve(path, real, err);
	free(path);
	if (kind == ERR_NONE)
		kind = file_look(what, *real, &exists, &empty, err);
	if (kind != ERR_NONE || exists)
		return kind;
	kind = file_make(what, *real, err);
	/* Another gonogo of the same user may have made it just now. */
	if (kind != ERR_NONE && file_look(what, *real, &exists, &empty, NULL) == ERR_NONE && exists)
		kind = ERR_NONE;
	return kind;
}

enum err_kind store_state_open(const char *dir, struct store_state **out, struct err *err)
{
	char *real = NULL;

	*out = NULL;
	struct store_state *state = calloc(1, sizeof *state);
	if (!state)
		return err_memory(err);
	enum err_kind kind = dir ? find_file(dir, &real, err) : ERR_NONE;
	if (kind == ERR_NONE)
		kind = sql_open(&state->sql, what, real, false, STATE_BUSY_MS, err);
	if (kind == ERR_NONE) {
		state->sql.advice = "Move it away, and gonogo makes a new one.";
		kind = schema_recognise(&state->sql, &schema_state, true, false, err);
	}
	if (kind == ERR_NONE)
		kind = sql_settle(&state->sql, false, err);
	if (kind == ERR_NONE)
		kind = schema_build(&state->sql, &schema_state, err);
	if (kind == ERR_NONE)
		*out = state;
	else
		store_state_close(state);
	free(real);
	return kind;
}

void store_state_close(struct store_state *state)
{
	if (!state)
		return;
	sql_close(&state->sql);
	free(state);
}

const char *store_state_path(const struct store_state *state)
{
	return state->sql.path;
}

/* --- drafts ------------------------------------------------------------------------------------------------- */

static void bind_draft(struct sql_query *query, const struct draft_key *key)
{
	sql_text(query, 1, key->ledger);
	sql_text(query, 2, key->person);
	sql_text(query, 3, key->release);
	sql_text(query, 4, key->form);
}

#define THIS_DRAFT "ledger = $1 and person = $2 and release = $3 and form = $4"

enum err_kind state_draft_put(struct store_state *state, const struct draft_key *key, const char *field, const char *text, struct err *err)
{
	static const char put[] = "insert into draft (ledger, person, release, form, field, text) values ($1, $2, $3, $4, $5, $6) "
				  "on conflict (ledger, person, release, form, field) do update set text = excluded.text";
	static const char forget[] = "delete from draft where " THIS_DRAFT " and field = $5";
	struct sql_query query;

	const enum err_kind kind = sql_begin(&state->sql, text ? put : forget, &query, err);
	if (kind != ERR_NONE)
		return kind;
	bind_draft(&query, key);
	sql_text(&query, 5, field);
	if (text)
		sql_text(&query, 6, text);
	return sql_finish(&query, err);
}

enum err_kind state_draft_get(struct store_state *state, const struct draft_key *key, struct arena *arena, struct draft *out, struct err *err)
{
	struct sql_query query;
	size_t room = 0;
	bool row;

	*out = (struct draft){ 0 };
	enum err_kind kind = sql_begin(&state->sql, "select field, text from draft where " THIS_DRAFT " order by field", &query, err);
	if (kind != ERR_NONE)
		return kind;
	bind_draft(&query, key);
	kind = sql_step(&query, &row, err);
	while (kind == ERR_NONE && row) {
		struct sql_row columns = { .query = &query, .arena = arena };
		struct draft_field *items = arena_room(arena, out->items, out->count, &room, sizeof *items);
		if (!items) {
			kind = err_memory(err);
			break;
		}
		out->items = items;
		items[out->count++] = (struct draft_field){ sql_column(&columns, 0), sql_column(&columns, 1) };
		kind = sql_row_check(&columns, err);
		if (kind == ERR_NONE)
			kind = sql_step(&query, &row, err);
	}
	sql_end(&query);
	return kind;
}

enum err_kind state_draft_forget(struct store_state *state, const struct draft_key *key, struct err *err)
{
	struct sql_query query;

	const enum err_kind kind = sql_begin(&state->sql, "delete from draft where " THIS_DRAFT, &query, err);
	if (kind != ERR_NONE)
		return kind;
	bind_draft(&query, key);
	return sql_finish(&query, err);
}

/* --- view state and read marks ------------------------------------------------------------------------------ */

enum err_kind state_view_put(struct store_state *state, const char *ledger, const char *name, const char *value, struct err *err)
{
	static const char put[] = "insert into view (ledger, name, value) values ($1, $2, $3) on conflict (ledger, name) do update set value = excluded.value";
	static const char forget[] = "delete from view where ledger = $1 and name = $2";
	struct sql_query query;

	const enum err_kind kind = sql_begin(&state->sql, value ? put : forget, &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, ledger);
	sql_text(&query, 2, name);
	if (value)
		sql_text(&query, 3, value);
	return sql_finish(&query, err);
}

enum err_kind state_view_get(struct store_state *state, const char *ledger, const char *name, struct arena *arena, const char **value, struct err *err)
{
	struct sql_query query;
	bool row;

	*value = NULL;
	enum err_kind kind = sql_begin(&state->sql, "select value from view where ledger = $1 and name = $2", &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, ledger);
	sql_text(&query, 2, name);
	kind = sql_step(&query, &row, err);
	if (kind == ERR_NONE && row) {
		struct sql_row columns = { .query = &query, .arena = arena };
		*value = sql_column(&columns, 0);
		kind = sql_row_check(&columns, err);
	}
	sql_end(&query);
	return kind;
}

enum err_kind state_read_put(struct store_state *state, const char *ledger, const char *name, int64_t seq, struct err *err)
{
	struct sql_query query;

	const enum err_kind kind = sql_begin(&state->sql, "insert into mark (ledger, name, seq) values ($1, $2, $3) on conflict (ledger, name) "
					     "do update set seq = excluded.seq where excluded.seq > mark.seq", &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, ledger);
	sql_text(&query, 2, name);
	sql_int(&query, 3, seq);
	return sql_finish(&query, err);
}

enum err_kind state_read_get(struct store_state *state, const char *ledger, const char *name, int64_t *seq, struct err *err)
{
	struct sql_query query;

	const enum err_kind kind = sql_begin(&state->sql, "select seq from mark where ledger = $1 and name = $2", &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, ledger);
	sql_text(&query, 2, name);
	return sql_number(&query, 0, seq, err);
}
