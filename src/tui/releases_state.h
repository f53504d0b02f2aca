#ifndef GONOGO_SRC_TUI_RELEASES_STATE_H
#define GONOGO_SRC_TUI_RELEASES_STATE_H
/* What the list of releases holds between its keys (releases.c) and its drawing (releases_draw.c). */
#include <gonogo/app/uses.h>
#include <gonogo/tui/actions.h>
#include <gonogo/tui/filter.h>
#include <gonogo/tui/report.h>
#include <gonogo/tui/start.h>
#include <gonogo/tui/window.h>

enum { ID_BYTES = 72, MINE_MOST = 1000 };

/* Filters that have a key of their own: one of them at a time, beside the words. */
enum saved_filter { SAVED_NONE, SAVED_MINE, SAVED_BLOCKED, SAVED_SOAKING, SAVED_HALTED };
/* What a person has chosen to see, kept for each in the user's own state file. */
struct releases_view { enum release_order order; enum saved_filter saved; };
extern const struct word words_order[], words_saved[];

/* What is shown of the selected one below the list lives in its own arena. */
struct releases {
	struct window window;           /* items: struct release_line */
	size_t judged;                  /* rows of the window that the gate was asked about */
	struct filter filter;           /* words, each the beginning of one in id or description */
	struct arena report_arena;
	struct report report;
	char reported[ID_BYTES];
	struct action_bars bars;        /* of the reported one */
	bool has_begun, has_report, has_clock;
	struct releases_view view;
	struct session *session;
	char who[ID_BYTES];             /* whose view it is */
	char kept[ID_BYTES];            /* the row that is kept as theirs */
	struct start start;             /* of a ledger without releases; in the report's arena */
	size_t mine;                    /* how many wait for a role of the person's, as the cache has it; MINE_MOST: that or more */
};

/* What the list asks the store for; strings are the list's own. */
struct release_filter releases_filter(const struct releases *list, role_set my_roles);
/* Takes up what this person chose last, and with it the row, unless the list has one already.  What cannot be read or kept is as if nothing were. */
void releases_recall(struct releases *list, const char *who);
void releases_keep_view(const struct releases *list);
void releases_keep_row(struct releases *list);
/* Is anything left out of the list by choice? */
bool releases_is_filtered(const struct releases *list);
/* Rows of the list on a terminal of so many rows. */
int releases_height(int rows);
void releases_draw(const struct screen *screen, struct frame *frame);

#endif
