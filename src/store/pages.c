#include <config.h>

#include <string.h>

#include "connection.h"
#include "page.h"
#include "release_part.h"
#include "standing_row.h"
#include "find_words.h"

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

/* One page of one part of an order; `page` is at its beginning or within it. */
static enum err_kind read_part(struct store *store, const struct release_filter *filter, const struct release_part *part, const char *words,
			       const struct page *page, struct arena *arena, struct release_page *out, struct err *err)
{
	struct page_rows rows;
	struct sql_query query;

	enum err_kind kind = sql_begin(&store->sql, release_part_text(filter, part, words != NULL, page->backward), &query, err);
	if (kind != ERR_NONE)
		return kind;
	page_bind(&query, page);
	release_part_bind(&query, filter, part, words);
	kind = page_collect(&query, page, arena, sizeof *out->items, read_release, &rows, err);
	*out = (struct release_page){ rows.items, rows.count, rows.has_more };
	return kind;
}

/* In which part the key stands: a list goes on from there. */
static enum err_kind find_part(struct store *store, const struct release_part *parts, size_t count, const struct page *page, struct arena *arena,
			       size_t *out, struct err *err)
{
	struct release_row row;

	*out = page->backward ? count - 1 : 0;
	if (count == 1 || !page->key)
		return ERR_NONE;
	const enum err_kind kind = pages_release(store, page->key, arena, &row, err);
	if (kind == ERR_NONE)
		*out = release_part_of(parts, count, &row);
	return kind;
}

/* `more` goes before or behind what there is. */
static enum err_kind join(struct release_page *page, const struct release_page *more, bool before, struct arena *arena, struct err *err)
{
	const struct release_page *const halves[] = { before ? more : page, before ? page : more };
	struct release_row *items;

	if (!page->count || !more->count) {
		*page = page->count ? *page : *more;
		return ERR_NONE;
	}
	items = arena_array(arena, page->count + more->count, sizeof *items);
	if (!items)
		return err_memory(err);
	memcpy(items, halves[0]->items, halves[0]->count * sizeof *items);
	memcpy(items + halves[0]->count, halves[1]->items, halves[1]->count * sizeof *items);
	page->items = items;
	page->count += more->count;
	return ERR_NONE;
}

/* From part to part until the page is full, and one row further, to know whether there is more. */
static enum err_kind read_parts(struct store *store, const struct release_filter *filter, const char *words, const struct page *page,
				struct arena *arena, struct release_page *out, struct err *err)
{
	struct release_part parts[RELEASE_PARTS_MAX];
	const size_t count = release_parts(filter, parts), limit = page_limit(page);
	bool has_more = false;
	size_t at;

	enum err_kind kind = find_part(store, parts, count, page, arena, &at, err);
	for (bool is_first = true; kind == ERR_NONE && !has_more && at < count; is_first = false, at += page->backward ? (size_t)-1 : 1) {
		const bool is_full = out->count == limit;
		const struct page rest = { .key = is_first ? page->key : NULL, .backward = page->backward, .limit = is_full ? 1 : limit - out->count };
		struct release_page more = { 0 };

		kind = read_part(store, filter, &parts[at], words, &rest, arena, &more, err);
		has_more = more.has_more || (is_full && more.count);
		if (kind == ERR_NONE && !is_full)
			kind = join(out, &more, page->backward, arena, err);
	}
	out->has_more = has_more;
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
		kind = read_parts(store, filter, words.size ? buf_text(&words) : NULL, page, arena, out, err);
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
