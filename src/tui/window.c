#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/tui/window.h>

void window_init(struct window *window, window_fetch *fetch)
{
	*window = (struct window){ .fetch = fetch };
	arena_init(&window->arena, 0);
}

void window_release(struct window *window)
{
	arena_release(&window->arena);
}

enum err_kind window_rows_room(struct window_rows *out, size_t count, struct arena *arena, struct err *err)
{
	*out = (struct window_rows){ .keys = arena_array(arena, count ? count : 1, sizeof *out->keys) };
	return out->keys ? ERR_NONE : err_memory(err);
}

static void select_row(struct window *window, size_t at)
{
	const size_t count = window->rows.count;

	window->at = at < count ? at : count ? count - 1 : 0;
	snprintf(window->selected, sizeof window->selected, "%s", count ? window->rows.keys[window->at] : "");
}

static bool find_selection(struct window *window)
{
	for (size_t i = 0; i < window->rows.count; i++)
		if (strcmp(window->rows.keys[i], window->selected) == 0) {
			select_row(window, i);
			return true;
		}
	return false;
}

/* The rows are replaced whole, and only by rows that could be read. */
static enum err_kind read_rows(struct window *window, struct screen *screen, struct err *err)
{
	const struct page page = { .key = *window->before ? window->before : NULL, .limit = window->height };
	struct window_rows rows = { 0 };
	struct arena arena;
	enum err_kind failed;

	arena_init(&arena, 0);
	failed = window->fetch(screen, &page, &arena, &rows, err);
	if (failed) {
		arena_release(&arena);
		return failed;
	}
	arena_release(&window->arena);
	window->arena = arena;
	window->rows = rows;
	return ERR_NONE;
}

static enum err_kind read_after(struct window *window, struct screen *screen, const char *before, struct err *err)
{
	snprintf(window->before, sizeof window->before, "%s", before ? before : "");
	return read_rows(window, screen, err);
}

/* The window whose row below the last is `key` (NULL: the end of the list), or which begins with the list's first row. */
static enum err_kind read_above(struct window *window, struct screen *screen, const char *key, size_t rows_above, struct err *err)
{
	const struct page page = { .key = key, .backward = true, .limit = rows_above + 1 };
	struct window_rows rows = { 0 };
	struct arena arena;
	char before[WINDOW_KEY_MAX] = "";
	enum err_kind failed;

	arena_init(&arena, 0);
	failed = window->fetch(screen, &page, &arena, &rows, err);
	if (!failed && rows.count == rows_above + 1)
		snprintf(before, sizeof before, "%s", rows.keys[0]);
	arena_release(&arena);
	return failed ? failed : read_after(window, screen, before, err);
}

static const char *first_key(const struct window *window, char *out)
{
	snprintf(out, WINDOW_KEY_MAX, "%s", window->rows.count ? window->rows.keys[0] : "");
	return *out ? out : NULL;
}

/* Where the window no longer reaches the selection, it goes there, and the selection is its last row. */
static enum err_kind reach_selection(struct window *window, struct screen *screen, struct err *err)
{
	enum err_kind failed;
	char wanted[WINDOW_KEY_MAX];

	if (!*window->selected) {
		select_row(window, window->at);
		return ERR_NONE;
	}
	if (find_selection(window))
		return ERR_NONE;
	snprintf(wanted, sizeof wanted, "%s", window->selected);
	failed = read_above(window, screen, wanted, window->height - 1, err);
	if (!failed && !find_selection(window))
		select_row(window, window->at);
	return failed;
}

enum err_kind window_load(struct window *window, struct screen *screen, size_t height, struct err *err)
{
	char first[WINDOW_KEY_MAX];
	enum err_kind failed;

	window->height = height < 1 ? 1 : height > WINDOW_ROWS_MAX ? WINDOW_ROWS_MAX : height;
	failed = read_rows(window, screen, err);
	if (!failed)
		failed = reach_selection(window, screen, err);
	/* A terminal that has grown shows more of what comes before, when nothing comes after. */
	if (!failed && *window->before && window->rows.count < window->height) {
		failed = read_above(window, screen, first_key(window, first), window->height - window->rows.count, err);
		if (!failed && !find_selection(window))
			select_row(window, window->at);
	}
	return failed;
}

enum err_kind window_restart(struct window *window, struct screen *screen, struct err *err)
{
	const enum err_kind failed = read_after(window, screen, NULL, err);

	if (!failed && !find_selection(window))
		select_row(window, 0);
	return failed;
}

enum err_kind window_select(struct window *window, struct screen *screen, const char *key, struct err *err)
{
	snprintf(window->selected, sizeof window->selected, "%s", key);
	return reach_selection(window, screen, err);
}

static enum err_kind go_down(struct window *window, struct screen *screen, struct err *err)
{
	char first[WINDOW_KEY_MAX];
	enum err_kind failed;

	if (window->at + 1 < window->rows.count) {
		select_row(window, window->at + 1);
		return ERR_NONE;
	}
	if (!window->rows.has_more || !window->rows.count)
		return ERR_NONE;
	failed = read_after(window, screen, first_key(window, first), err);
	if (!failed)
		select_row(window, window->rows.count);
	return failed;
}

static enum err_kind go_up(struct window *window, struct screen *screen, size_t rows, struct err *err)
{
	char first[WINDOW_KEY_MAX];
	enum err_kind failed;

	if (rows == 1 && window->at > 0) {
		select_row(window, window->at - 1);
		return ERR_NONE;
	}
	failed = *window->before ? read_above(window, screen, first_key(window, first), rows, err) : ERR_NONE;
	if (!failed && (rows > 1 || window->rows.count))
		select_row(window, 0);
	return failed;
}

static enum err_kind go_page_down(struct window *window, struct screen *screen, struct err *err)
{
	char last[WINDOW_KEY_MAX];
	enum err_kind failed;

	if (!window->rows.has_more || !window->rows.count) {
		select_row(window, window->rows.count);
		return ERR_NONE;
	}
	snprintf(last, sizeof last, "%s", window->rows.keys[window->rows.count - 1]);
	failed = read_after(window, screen, last, err);
	if (!failed)
		select_row(window, 0);
	return failed;
}

static enum err_kind go_first(struct window *window, struct screen *screen, struct err *err)
{
	const enum err_kind failed = read_after(window, screen, NULL, err);

	if (!failed)
		select_row(window, 0);
	return failed;
}

static enum err_kind go_last(struct window *window, struct screen *screen, struct err *err)
{
	const enum err_kind failed = read_above(window, screen, NULL, window->height, err);

	if (!failed)
		select_row(window, window->rows.count);
	return failed;
}

enum err_kind window_move(struct window *window, struct screen *screen, enum window_move move, struct err *err)
{
	switch (move) {
	case WINDOW_DOWN:
		return go_down(window, screen, err);
	case WINDOW_UP:
		return go_up(window, screen, 1, err);
	case WINDOW_PAGE_DOWN:
		return go_page_down(window, screen, err);
	case WINDOW_PAGE_UP:
		return go_up(window, screen, window->height, err);
	case WINDOW_FIRST:
		return go_first(window, screen, err);
	case WINDOW_LAST:
		return go_last(window, screen, err);
	}
	return ERR_NONE;
}

static enum err_kind go(struct screen *screen, enum window_move move, struct err *err)
{
	struct window *window = screen->kind->window ? screen->kind->window(screen) : NULL;

	return window ? window_move(window, screen, move, err) : ERR_NONE;
}

enum err_kind window_go_down(struct screen *screen, struct err *err)
{
	return go(screen, WINDOW_DOWN, err);
}

enum err_kind window_go_up(struct screen *screen, struct err *err)
{
	return go(screen, WINDOW_UP, err);
}

enum err_kind window_go_page_down(struct screen *screen, struct err *err)
{
	return go(screen, WINDOW_PAGE_DOWN, err);
}

enum err_kind window_go_page_up(struct screen *screen, struct err *err)
{
	return go(screen, WINDOW_PAGE_UP, err);
}

enum err_kind window_go_first(struct screen *screen, struct err *err)
{
	return go(screen, WINDOW_FIRST, err);
}

enum err_kind window_go_last(struct screen *screen, struct err *err)
{
	return go(screen, WINDOW_LAST, err);
}
