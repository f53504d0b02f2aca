#ifndef GONOGO_TUI_VIEW_H
#define GONOGO_TUI_VIEW_H
/*
 * How a person left a list: order, filters, row.  Kept in the user's own state file, for each person and ledger.  It is worth a try to keep and no error
 * when it cannot be, and what cannot be read is as if nothing were.
 */
#include <stdbool.h>

#include <gonogo/app/session.h>
#include <gonogo/core/words.h>

struct view_place { struct session *session; const char *pane, *who; };

/* In `arena`; NULL: nothing is kept. */
const char *view_recall(const struct view_place *place, const char *what, struct arena *arena);
/* The value of a kept word; of none the first of the table. */
int view_recall_word(const struct view_place *place, const char *what, const struct word *table, struct arena *arena);
/* "" forgets; false: it could not be kept, and what would be kept beside it need not be tried. */
bool view_keep(const struct view_place *place, const char *what, const char *value);
/* The value that comes after this one in the table, round about. */
int view_next(const struct word *table, int value);

#endif
