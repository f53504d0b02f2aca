#ifndef GONOGO_STORE_PAGE_H
#define GONOGO_STORE_PAGE_H
/* What every list of pages.h does: the key, the limit, the direction, and rows into an array. */
#include <gonogo/store/pages.h>

#include "sql.h"

typedef void (*page_read)(struct sql_row *row, void *item);
struct page_rows { void *items; size_t count; bool has_more; };

/* Rows of a page at most. */
size_t page_limit(const struct page *page);
/* Binds $1 to the key of a list ordered by text, $2 to the limit. */
void page_bind(struct sql_query *query, const struct page *page);
/* Binds $1 to the key, $2 to the limit, $3 to the place before the first row of a list ordered by a falling number. */
void page_bind_newest(struct sql_query *query, const struct page *page);
/* Reads the rows, ends the query, and puts them into the order of the list. */
enum err_kind page_collect(struct sql_query *query, const struct page *page, struct arena *arena, size_t item_size, page_read read,
			   struct page_rows *out, struct err *err) MUST_CHECK;

#endif
