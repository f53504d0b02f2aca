#ifndef GONOGO_SRC_TUI_MEMOS_STATE_H
#define GONOGO_SRC_TUI_MEMOS_STATE_H
/* What the list of memos holds between its keys (memos.c) and its drawing (memos_draw.c). */
#include <gonogo/tui/actions.h>
#include <gonogo/tui/filter.h>
#include <gonogo/tui/window.h>

struct memos {
	struct window window;           /* items: struct memo_line */
	size_t judged;                  /* rows of the window whose state was derived from the facts */
	struct filter filter;           /* words of the release, decision: */
	bool only_mine;
	char barred[72];                /* the release that `bars` are of */
	struct action_bars bars;
};

void memos_draw(const struct screen *screen, struct frame *frame);

#endif
