#include <config.h>

#include "release_part.h"

/* $3: the state, $4: is it final, $5: search words, $6, $7: roles that are and are not needed, $8, $9: opens after and not after, $10: what troubles it,
 * $11: now, $12: roles of the part.  What is not asked for is null, or 0. */
#define CONDITIONS \
	" and ($3 is null or r.state = $3) and ($4 is null or (r.state in ('rolled-back', 'withdrawn')) = $4)" \
	" and ($6 = 0 or (s.needs & $6) <> 0) and ($12 = 0 or (s.needs & $12) <> 0) and ($7 = 0 or coalesce(s.needs, 0) & $7 = 0)" \
	" and ($8 is null or s.opens_at > $8) and ($9 is null or s.opens_at is null or s.opens_at <= $9)" \
	" and ($10 = 0 or ($10 = 1 and s.verdict = 'blocked' and " BEFORE_STABLE ") or ($10 = 2 and s.opens_at > $11 and " BEFORE_STABLE ")" \
	" or ($10 = 3 and s.is_halted + s.is_killed + s.is_rolling_back > 0))"
#define BEFORE_STABLE "r.state in ('registered', 'dev', 'experimental', 'candidate')"
#define RELEASE_LIST(FROM, WHERE, BEYOND, ORDER) "select " RELEASE_COLUMNS " from " FROM " where " WHERE " and " BEYOND CONDITIONS " order by " ORDER " limit $2"

#define BY_ID(FROM, WHERE) \
	{ RELEASE_LIST(FROM, WHERE, "r.id > $1", "r.id asc"), RELEASE_LIST(FROM, WHERE, "r.id < $1", "r.id desc") }
/* The number of a release rises with its registration. */
#define BY_NEWEST(FROM, WHERE) \
	{ RELEASE_LIST(FROM, WHERE, "r.n < coalesce((select x.n from release x where x.id = $1), 9223372036854775807)", "r.n desc"), \
	  RELEASE_LIST(FROM, WHERE, "r.n > coalesce((select x.n from release x where x.id = $1), 0)", "r.n asc") }
#define OPENS_AT(OTHERWISE) "coalesce((select x.opens_at from standing x where x.release = $1), " OTHERWISE ")"
#define BY_OPENING(FROM, WHERE) \
	{ RELEASE_LIST(FROM, WHERE, "(s.opens_at, s.release) > (" OPENS_AT("''") ", $1)", "s.opens_at asc, s.release asc"), \
	  RELEASE_LIST(FROM, WHERE, "(s.opens_at, s.release) < (" OPENS_AT("'~'") ", $1)", "s.opens_at desc, s.release desc") }

#define ALL "release r" STANDING_JOIN
#define FOUND "release_find($5) d join release r on r.n = d.rowid" STANDING_JOIN
#define STANDING "standing s join release r on r.id = s.release"

static const char *const by_id[2] = BY_ID(ALL, "$5 is null");
static const char *const by_state[2] = BY_ID(ALL, "$5 is null and r.state = $3");
static const char *const by_words[2] = BY_ID(FOUND, "true");
static const char *const by_needs[2] = BY_ID(STANDING, "$5 is null and s.needs <> 0");
static const char *const by_newest[2] = BY_NEWEST(ALL, "$5 is null");
static const char *const by_newest_words[2] = BY_NEWEST(FOUND, "true");
static const char *const by_opening[2] = BY_OPENING(STANDING, "$5 is null and s.opens_at > $8");
static const char *const by_opening_words[2] = BY_OPENING(FOUND, "s.opens_at is not null");
/* Those in trouble are few: the ones that soak are sorted, the others stand in an index of their own. */
static const char *const by_trouble[][2] = {
	[RELEASES_BLOCKED] = BY_ID(STANDING, "$5 is null and s.verdict = 'blocked'"),
	[RELEASES_SOAKING] = BY_ID(STANDING, "$5 is null and s.opens_at > $11"),
	[RELEASES_HALTED] = BY_ID(STANDING, "$5 is null and s.is_halted + s.is_killed + s.is_rolling_back > 0"),
};

static const struct word *state_word(enum release_state state)
{
	const struct word *word = words_state;

	while (word->word && word->value != (int)state)
		word++;
	return word;
}

size_t release_parts(const struct release_filter *filter, struct release_part parts[RELEASE_PARTS_MAX])
{
	static const enum release_state states[RELEASE_PARTS_MAX] = { STATE_CANDIDATE, STATE_EXPERIMENTAL, STATE_DEV, STATE_REGISTERED, STATE_STABLE,
								      STATE_SUPERSEDED, STATE_ROLLED_BACK, STATE_WITHDRAWN };
	const struct release_part any = { .after = WHEN_NONE, .until = WHEN_NONE };

	parts[0] = parts[1] = any;
	switch (filter->order) {
	case RELEASES_NEEDED:
		parts[0].needs = parts[1].spares = filter->first;
		return filter->first ? 2 : 1;
	case RELEASES_OPENING:
		parts[0].place = PLACE_OPENING;
		parts[0].after = parts[1].until = filter->now;
		return 2;
	case RELEASES_BY_CHANNEL:
		if (filter->channel != CHANNEL_NONE)
			break;
		for (size_t i = 0; i < RELEASE_PARTS_MAX; i++) {
			parts[i] = any;
			parts[i].state = state_word(states[i]);
		}
		return RELEASE_PARTS_MAX;
	case RELEASES_NEWEST:
		parts[0].place = PLACE_NEWEST;
		return 1;
	case RELEASES_BY_ID:
		break;
	}
	return 1;
}

static bool stands_in(const struct release_part *part, const struct release_row *row)
{
	const role_set needs = row->has_standing ? row->standing.needs : 0;
	const instant opens = row->has_standing ? row->standing.earliest : WHEN_NONE;

	return (!part->state || part->state->value == (int)row->state) && (!part->needs || (needs & part->needs)) &&
	       (!part->spares || !(needs & part->spares)) && (part->after == WHEN_NONE || opens > part->after) &&
	       (part->until == WHEN_NONE || opens <= part->until);
}

size_t release_part_of(const struct release_part *parts, size_t count, const struct release_row *row)
{
	for (size_t i = 0; i < count; i++)
		if (stands_in(&parts[i], row))
			return i;
	return 0;
}

static const char *const *texts_of(const struct release_filter *filter, const struct release_part *part, bool has_words)
{
	switch (part->place) {
	case PLACE_NEWEST:
		return has_words ? by_newest_words : by_newest;
	case PLACE_OPENING:
		return has_words ? by_opening_words : by_opening;
	case PLACE_ID:
		break;
	}
	if (has_words)
		return by_words;
	if (part->state || filter->channel != CHANNEL_NONE)
		return by_state;
	if (filter->needs || part->needs)
		return by_needs;
	return filter->trouble == RELEASES_ANY ? by_id : by_trouble[filter->trouble];
}

const char *release_part_text(const struct release_filter *filter, const struct release_part *part, bool has_words, bool backward)
{
	return texts_of(filter, part, has_words)[backward];
}

void release_part_bind(struct sql_query *query, const struct release_filter *filter, const struct release_part *part, const char *words)
{
	if (part->state)
		sql_text(query, 3, part->state->word);
	else if (filter->channel != CHANNEL_NONE)
		sql_word(query, 3, words_channel, (int)filter->channel);
	if (filter->open != RELEASES_ALL)
		sql_int(query, 4, filter->open == RELEASES_FINAL);
	sql_text(query, 5, words);
	sql_int(query, 6, filter->needs);
	sql_int(query, 7, part->spares);
	sql_instant(query, 8, part->after);
	sql_instant(query, 9, part->until);
	sql_int(query, 10, (int64_t)filter->trouble);
	sql_instant(query, 11, filter->now);
	sql_int(query, 12, part->needs);
}
