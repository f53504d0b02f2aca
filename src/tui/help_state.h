#ifndef GONOGO_SRC_TUI_HELP_STATE_H
#define GONOGO_SRC_TUI_HELP_STATE_H
/* What help holds between its keys (help.c) and its drawing (help_draw.c). */
#include <gonogo/base/arena.h>
#include <gonogo/tui/actions.h>
#include <gonogo/tui/filter.h>

/* Behind the groups of the table: what is refused now, and words that are no keys. */
enum { HELP_BARRED = GROUP_COUNT, HELP_PANES, HELP_WORDS };

struct help_line {
	int group;
	const struct action *action;   /* NULL: none */
	bool is_pane;                  /* its key goes to a pane, */
	size_t pane;                   /* this one */
	const char *label;             /* one or two words: what is looked for first; "" none */
	const char *keys, *text;
	const char *detail;            /* said whole below the lines: consent, command, why not */
};
struct help {
	struct arena arena;            /* of the lines */
	struct help_line *items;
	size_t count, room;
	int at;                        /* the selected one */
	struct filter filter;
	bool is_palette;               /* its search is what it was opened for: Enter there does the line at once, Esc leaves */
	bool is_searched;              /* the words have changed: the cursor goes to the line that they name best */
	char about[64];
};

const char *help_title(int group);
void help_draw(const struct screen *screen, struct frame *frame);

#endif
