#include <config.h>

#include <string.h>

#include "connection.h"
#include "standing_row.h"

static const char no_channel[] = "-";

void standing_row(struct sql_row *row, int first, struct standing *out)
{
	const char *to = sql_column(row, first);
	int channel = CHANNEL_NONE;

	if (to && strcmp(to, no_channel) != 0 && !words_read(words_channel, to, &channel))
		row->no_sense = true;
	*out = (struct standing){
		.to = (enum channel)channel,
		.verdict = (enum verdict_word)sql_column_word(row, first + 1, words_verdict),
		.unmet = (size_t)sql_column_int(row, first + 2),
		.earliest = sql_column_instant(row, first + 3),
		.stable_earliest = sql_column_instant(row, first + 4),
		.soak_served_s = sql_column_int(row, first + 5),
		.soak_required_s = sql_column_int(row, first + 6),
		.is_halted = sql_column_int(row, first + 7),
		.is_killed = sql_column_int(row, first + 8),
		.is_rolling_back = sql_column_int(row, first + 9),
		.needs = (role_set)(sql_column_int(row, first + 10) & ROLE_ANY),
		.who = sql_column(row, first + 11),
		.as_of = sql_column_int(row, first + 12),
		.is_dirty = sql_column_int(row, first + 13),
	};
}

enum err_kind standing_put(struct store *store, const char *release, const struct standing *standing, struct err *err)
{
	static const char text[] =
		"insert into standing (release, to_channel, verdict, unmet, opens_at, stable_at, served_s, required_s, is_halted, is_killed, "
		"is_rolling_back, needs, who, as_of_seq, dirty) "
		"values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0) "
		"on conflict (release) do update set to_channel = excluded.to_channel, verdict = excluded.verdict, unmet = excluded.unmet, "
		"opens_at = excluded.opens_at, stable_at = excluded.stable_at, served_s = excluded.served_s, required_s = excluded.required_s, "
		"is_halted = excluded.is_halted, is_killed = excluded.is_killed, is_rolling_back = excluded.is_rolling_back, needs = excluded.needs, "
		"who = excluded.who, as_of_seq = excluded.as_of_seq, dirty = 0";
	struct sql_query query;

	const enum err_kind kind = sql_begin(&store->sql, text, &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, release);
	if (standing->to == CHANNEL_NONE)
		sql_text(&query, 2, no_channel);
	else
		sql_word(&query, 2, words_channel, (int)standing->to);
	sql_word(&query, 3, words_verdict, (int)standing->verdict);
	sql_int(&query, 4, (int64_t)standing->unmet);
	sql_instant(&query, 5, standing->earliest);
	sql_instant(&query, 6, standing->stable_earliest);
	sql_int(&query, 7, standing->soak_served_s);
	sql_int(&query, 8, standing->soak_required_s);
	sql_int(&query, 9, standing->is_halted);
	sql_int(&query, 10, standing->is_killed);
	sql_int(&query, 11, standing->is_rolling_back);
	sql_int(&query, 12, standing->needs);
	sql_text(&query, 13, standing->who);
	sql_int(&query, 14, standing->as_of);
	return sql_finish(&query, err);
}

enum err_kind standing_get(struct store *store, const char *release, struct arena *arena, struct standing *out, bool *found, struct err *err)
{
	struct sql_query query;

	*found = false;
	enum err_kind kind = sql_begin(&store->sql, "select " STANDING_COLUMNS " from standing s where s.release = $1", &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, release);
	kind = sql_step(&query, found, err);
	if (kind == ERR_NONE && *found) {
		struct sql_row row = { .query = &query, .arena = arena };
		standing_row(&row, 0, out);
		kind = sql_row_check(&row, err);
	}
	sql_end(&query);
	return kind;
}

enum err_kind standing_mark(struct store *store, const char *release, struct err *err)
{
	static const char one[] = "update standing set dirty = 1 where release = $1";
	static const char all[] = "update standing set dirty = 1 where dirty = 0 "
				  "and release in (select id from release where state not in ('rolled-back', 'withdrawn'))";
	struct sql_query query;

	const enum err_kind kind = sql_begin(&store->sql, release ? one : all, &query, err);
	if (kind != ERR_NONE)
		return kind;
	if (release)
		sql_text(&query, 1, release);
	return sql_finish(&query, err);
}
