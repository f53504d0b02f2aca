#ifndef GONOGO_SRC_TUI_RELEASES_STATE_H
#define GONOGO_SRC_TUI_RELEASES_STATE_H
/* What the list of releases holds between its keys (releases.c) and its drawing (releases_draw.c). */
#include <gonogo/app/uses.h>
#include <gonogo/tui/filter.h>
#include <gonogo/tui/report.h>
#include <gonogo/tui/window.h>

enum { ID_BYTES = 72, MINE_MOST = 1000 };

/* What is shown of the selected one below the list lives in its own arena. */
struct releases {
	struct window window;           /* items: struct release_line */
	size_t judged;                  /* rows of the window that the gate was asked about */
	struct filter filter;           /* words, each the beginning of one in id or description */
	struct arena report_arena;
	struct report report;
	char reported[ID_BYTES];
	bool has_begun, has_report, has_clock, only_mine;
	size_t mine;                    /* how many wait for a role of the person's, as the cache has it; MINE_MOST: that or more */
};

/* Rows of the list on a terminal of so many rows. */
int releases_height(int rows);
void releases_draw(const struct screen *screen, struct frame *frame);

#endif
