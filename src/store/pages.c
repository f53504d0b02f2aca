#include <config.h>

#include "connection.h"
#include "page.h"
#include "standing_row.h"
#include "find_words.h"

#define RELEASE_COLUMNS "r.id, r.description, r.supersedes, r.class, r.class_locked, r.state, r.state_at, r.registered_at, r.rolling_back, " \
	"exists (select 1 from release_tenant k where k.release = r.id and k.killed = 1), s.release is not null, " STANDING_COLUMNS
#define STANDING_JOIN " left join standing s on s.release = r.id"
/* $3: the state of the channel, $4: is it final, $5: search words, $6: roles.  What is not asked for is null, or 0. */
#define RELEASE_LIST(FROM, WHERE, BEYOND, ORDER)                                                                \
	"select " RELEASE_COLUMNS " from " FROM " where " WHERE " and r.id " BEYOND " $1"                       \
	" and ($3 is null or r.state = $3) and ($4 is null or (r.state in ('rolled-back', 'withdrawn')) = $4)" \
	" and ($6 = 0 or (s.needs & $6) <> 0) order by r.id " ORDER " limit $2"
#define BOTH_WAYS(FROM, WHERE) { RELEASE_LIST(FROM, WHERE, ">", "asc"), RELEASE_LIST(FROM, WHERE, "<", "desc") }

static const char *const by_id[2] = BOTH_WAYS("release r" STANDING_JOIN, "$5 is null");
static const char *const by_state[2] = BOTH_WAYS("release r" STANDING_JOIN, "$5 is null and r.state = $3");
static const char *const by_words[2] = BOTH_WAYS("release_find($5) d join release r on r.n = d.rowid" STANDING_JOIN, "true");
static const char *const by_needs[2] = BOTH_WAYS("standing s join release r on r.id = s.release", "$5 is null and s.needs <> 0");

static void read_release(struct sql_row *row, void *item)
{
	struct release_row *release = item;

	*release = (struct release_row){
		.id = sql_column(row, 0),
		.description = sql_column(row, 1),
		.supersedes = sql_column(row, 2),
		.class = (enum release_class)sql_column_word(row, 3, words_class),
		.class_locked = sql_column_int(row, 4),
		.state = (enum release_state)sql_column_word(row, 5, words_state),
		.state_at = sql_column_instant(row, 6),
		.registered_at = sql_column_instant(row, 7),
		.is_rolling_back = sql_column_int(row, 8),
		.is_killed = sql_column_int(row, 9),
		.has_standing = sql_column_int(row, 10),
	};
	if (release->has_standing)
		standing_row(row, 11, &release->standing);
}

static enum err_kind read_releases(struct store *store, const struct release_filter *filter, const char *words, const struct page *page,
				   struct arena *arena, struct release_page *out, struct err *err)
{
	const char *const *texts = words ? by_words : filter->needs ? by_needs : filter->channel != CHANNEL_NONE ? by_state : by_id;
	struct page_rows rows;
	struct sql_query query;

	enum err_kind kind = sql_begin(&store->sql, texts[page->backward], &query, err);
	if (kind != ERR_NONE)
		return kind;
	page_bind(&query, page);
	if (filter->channel != CHANNEL_NONE)
		sql_word(&query, 3, words_channel, (int)filter->channel);
	if (filter->open != RELEASES_ALL)
		sql_int(&query, 4, filter->open == RELEASES_FINAL);
	sql_text(&query, 5, words);
	sql_int(&query, 6, filter->needs);
	kind = page_collect(&query, page, arena, sizeof *out->items, read_release, &rows, err);
	*out = (struct release_page){ rows.items, rows.count, rows.has_more };
	return kind;
}

enum err_kind pages_releases(struct store *store, const struct release_filter *filter, const struct page *page, struct arena *arena,
			     struct release_page *out, struct err *err)
{
	struct buf words = BUF_EMPTY;

	*out = (struct release_page){ 0 };
	if (filter->text)
		find_words(&words, filter->text);
	enum err_kind kind = buf_check(&words, err);
	if (kind == ERR_NONE)
		kind = read_releases(store, filter, words.size ? buf_text(&words) : NULL, page, arena, out, err);
	buf_release(&words);
	return kind;
}

enum err_kind pages_release(struct store *store, const char *id, struct arena *arena, struct release_row *out, struct err *err)
{
	struct sql_query query;
	bool row;

	enum err_kind kind = sql_begin(&store->sql, "select " RELEASE_COLUMNS " from release r" STANDING_JOIN " where r.id = $1", &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, id);
	kind = sql_step(&query, &row, err);
	if (kind == ERR_NONE && !row)
		kind = err_set(err, ERR_MISSING, "There is no release %s. See gonogo release list.", id);
	if (kind == ERR_NONE) {
		struct sql_row columns = { .query = &query, .arena = arena };
		read_release(&columns, out);
		kind = sql_row_check(&columns, err);
	}
	sql_end(&query);
	return kind;
}
