#ifndef GONOGO_TUI_WINDOW_H
#define GONOGO_TUI_WINDOW_H
/*
 * A window of rows on a list that is never read whole.  Rows are found by key in either direction, and the selection is a key, never a row number: what
 * others record moves neither the cursor nor what it stands on.
 */
#include <gonogo/store/pages.h>
#include <gonogo/tui/screen.h>

enum { WINDOW_KEY_MAX = 72, WINDOW_ROWS_MAX = 200 };
/* One page as its list has it; `keys` stand in the same order as the list's own `items`, which the window only keeps. */
/* `note`: what is to be said of the whole list, or NULL. */
struct window_rows { void *items; const char **keys; size_t count; bool has_more; const char *note; };
typedef enum err_kind window_fetch(struct screen *screen, const struct page *page, struct arena *arena, struct window_rows *out, struct err *err);
struct window {
	window_fetch *fetch;
	char before[WINDOW_KEY_MAX];   /* the row above the first; "": there is none */
	char selected[WINDOW_KEY_MAX]; /* "": nothing yet, or an empty list */
	struct arena arena;            /* of the rows */
	struct window_rows rows;
	size_t at, height;
};

void window_init(struct window *window, window_fetch *fetch);
void window_release(struct window *window);
/* Reads the rows anew for a window of so many rows; the selection stays where it is, or goes to the nearest place left. */
enum err_kind window_load(struct window *window, struct screen *screen, size_t height, struct err *err) MUST_CHECK;
/* From the first row on, after what the list holds has changed (a filter); the selection stays when it is still in sight. */
enum err_kind window_restart(struct window *window, struct screen *screen, struct err *err) MUST_CHECK;
/* Keys of this list: moves the selection. */
enum window_move { WINDOW_DOWN, WINDOW_UP, WINDOW_PAGE_DOWN, WINDOW_PAGE_UP, WINDOW_FIRST, WINDOW_LAST };
enum err_kind window_move(struct window *window, struct screen *screen, enum window_move move, struct err *err) MUST_CHECK;
/* Puts the selection on a key, wherever in the list it is. */
enum err_kind window_select(struct window *window, struct screen *screen, const char *key, struct err *err) MUST_CHECK;
/* What the table of actions runs on every list. */
enum err_kind window_go_down(struct screen *screen, struct err *err);
enum err_kind window_go_up(struct screen *screen, struct err *err);
enum err_kind window_go_page_down(struct screen *screen, struct err *err);
enum err_kind window_go_page_up(struct screen *screen, struct err *err);
enum err_kind window_go_first(struct screen *screen, struct err *err);
enum err_kind window_go_last(struct screen *screen, struct err *err);
/* Room for the keys of `count` rows in `out`; the caller fills them in. */
enum err_kind window_rows_room(struct window_rows *out, size_t count, struct arena *arena, struct err *err) MUST_CHECK;

#endif
