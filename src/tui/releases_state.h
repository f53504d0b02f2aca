#ifndef GONOGO_SRC_TUI_RELEASES_STATE_H
#define GONOGO_SRC_TUI_RELEASES_STATE_H
/* What the list of releases holds between its keys (releases.c) and its drawing (releases_draw.c). */
#include <gonogo/app/uses.h>
#include <gonogo/base/text.h>
#include <gonogo/tui/report.h>
#include <gonogo/tui/textline.h>

enum { ID_BYTES = 72, MINE_MOST = 1000 };

/* Rows after `before` in order of id; `at` is the selected one.  Everything shown lives in `rows_arena`, the report of the selected one in its own. */
struct releases {
	char before[ID_BYTES], selected[ID_BYTES];
	struct arena rows_arena;
	struct release_list rows;
	bool has_more;
	size_t at, judged;
	struct arena report_arena;
	struct report report;
	char reported[ID_BYTES];
	bool has_begun, has_report, has_clock;
	struct textline filter;         /* words, each the beginning of one in id or description */
	char filter_before[TEXT_LINE_MAX + 1]; /* what Esc puts back while it is typed */
	bool is_filtering, only_mine;
	size_t mine;                    /* how many wait for a role of the person's, as the cache has it; MINE_MOST: that or more */
};

/* Rows of the list on a terminal of so many rows. */
int releases_height(int rows);
void releases_draw(const struct screen *screen, struct frame *frame);

#endif
