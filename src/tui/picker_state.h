#ifndef GONOGO_TUI_PICKER_STATE_H
#define GONOGO_TUI_PICKER_STATE_H
/* What is asked of a picker and what is drawn of it have the rows in common. */
#include <gonogo/tui/picker.h>

enum { PICKER_ROWS_MOST = 8, PICKER_ID_MAX = 128 };

struct picker_line { char id[PICKER_ID_MAX]; const char *state, *reason; bool is_barred, is_chosen; };
struct picker_sum { size_t all, shown, chosen, hidden; };

bool picker_has(const struct picker *picker, const char *id);
/* The options in their order, then what is chosen and is none; false behind the last. */
bool picker_line(const struct picker *picker, size_t i, struct picker_line *line);
/* The first from *i on that the filter shows; *i is then behind it. */
bool picker_shown(const struct picker *picker, size_t *i, struct picker_line *line);
/* The row in focus; false when none is shown. */
bool picker_line_here(const struct picker *picker, struct picker_line *line);
struct picker_sum picker_count(const struct picker *picker);

#endif
