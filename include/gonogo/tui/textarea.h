#ifndef GONOGO_TUI_TEXTAREA_H
#define GONOGO_TUI_TEXTAREA_H
/* Several lines of text, wrapped at spaces for the screen alone: the text keeps the line ends that were typed, and no others. */
#include <gonogo/tui/strip.h>
#include <gonogo/tui/textline.h>

enum { TEXTAREA_ROWS_LEAST = 2, TEXTAREA_ROWS_MOST = 8 };

/* As textline_key, with Enter for a new line, Up Down PgUp PgDn by rows of the screen at this width, Home and End within such a row.  *goal is the
 * column that Up and Down keep, -1 when there is none.  Up on the first row and Down on the last, and PgUp and PgDn where all is in sight, are
 * TEXTLINE_UNUSED. */
enum textline_result textarea_key(struct textline *area, int width, int *goal, struct key key);
/* Rows that it takes at this width, and the one of them in which the cursor stands. */
bool textarea_is_one_row(const struct textline *area, int width);
int textarea_rows(const struct textline *area, int width);
int textarea_row(const struct textline *area, int width);
/* Returns the column of the window at which the cursor stands. */
int textarea_draw(const struct textline *area, const struct strip *strip);

#endif
