#include <config.h>

#include <string.h>

#include "page.h"

size_t page_limit(const struct page *page)
{
	return page->limit && page->limit < PAGES_MAX ? page->limit : (size_t)PAGES_MAX;
}

void page_bind(struct sql_query *query, const struct page *page)
{
	static const char before_all[] = "", after_all[] = "\xf4\x8f\xbf\xbf";

	sql_text(query, 1, page->key ? page->key : page->backward ? after_all : before_all);
	sql_int(query, 2, (int64_t)page_limit(page) + 1);
}

void page_bind_newest(struct sql_query *query, const struct page *page)
{
	sql_text(query, 1, page->key);
	sql_int(query, 2, (int64_t)page_limit(page) + 1);
	sql_int(query, 3, page->backward ? 0 : INT64_MAX);
}

static enum err_kind reverse(char *items, size_t count, size_t size, struct arena *arena, struct err *err)
{
	char *spare = arena_alloc(arena, size);
	if (!spare)
		return err_memory(err);
	for (size_t i = 0; i < count / 2; i++) {
		char *a = items + i * size, *b = items + (count - 1 - i) * size;
		memcpy(spare, a, size);
		memcpy(a, b, size);
		memcpy(b, spare, size);
	}
	return ERR_NONE;
}

enum err_kind page_collect(struct sql_query *query, const struct page *page, struct arena *arena, size_t item_size, page_read read,
			   struct page_rows *out, struct err *err)
{
	const size_t limit = page_limit(page);
	size_t room = 0;
	bool row;

	*out = (struct page_rows){ 0 };
	enum err_kind kind = sql_step(query, &row, err);
	while (kind == ERR_NONE && row && out->count < limit) {
		struct sql_row columns = { .query = query, .arena = arena };
		char *items = arena_room(arena, out->items, out->count, &room, item_size);
		if (!items) {
			kind = err_memory(err);
			break;
		}
		out->items = items;
		read(&columns, items + out->count * item_size);
		kind = sql_row_check(&columns, err);
		out->count++;
		if (kind == ERR_NONE)
			kind = sql_step(query, &row, err);
	}
	out->has_more = kind == ERR_NONE && row;
	sql_end(query);
	if (kind == ERR_NONE && page->backward && out->count > 1)
		kind = reverse(out->items, out->count, item_size, arena, err);
	return kind;
}
