#ifndef GONOGO_SRC_TUI_SWITCHES_STATE_H
#define GONOGO_SRC_TUI_SWITCHES_STATE_H
/* What the board holds between its keys (switches.c) and its drawing (switches_draw.c). */
#include <gonogo/app/switchboard.h>
#include <gonogo/tui/actions.h>
#include <gonogo/tui/filter.h>
#include <gonogo/tui/window.h>

enum { SWITCHES_BROAD = 100, SWITCHES_SELECTED_MAX = 2 * WINDOW_KEY_MAX + 4 };

struct switches {
	struct window window;           /* items: struct switchboard_row */
	struct filter filter;           /* words of the release; tenant: */
	bool only_needed;
	struct arena arena;             /* of the tenants */
	struct texts tenants;           /* every one, in the order of the rows' cells */
	size_t *columns, column_count;  /* those that the filter leaves, as places in `tenants` */
	char tenant[WINDOW_KEY_MAX];    /* selected; "": the release as a whole */
	size_t first;                   /* the leftmost column in sight */
	char told_key[SWITCHES_SELECTED_MAX];
	struct buf told;                /* the account of told_key */
	struct action_bars bars;        /* what would be refused for it */
	instant read_at;
};

/* Rows of the list on a terminal of so many rows and columns; tenants that fit beside it. */
int switches_height(int rows, int columns);
size_t switches_columns(int width);
/* The column of the selected tenant; false: the release as a whole is selected. */
bool switches_column(const struct switches *board, size_t *column);
/* "RELEASE x TENANT", or "RELEASE": what is selected. */
const char *switches_selected(const struct switches *board, bool has_columns, char *out /* [SWITCHES_SELECTED_MAX] */);
void switches_draw(const struct screen *screen, struct frame *frame);

#endif
