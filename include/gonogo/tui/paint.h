#ifndef GONOGO_TUI_PAINT_H
#define GONOGO_TUI_PAINT_H
/*
 * Words onto a window, and nothing else: every text goes through text_show, is cut by columns on a grapheme border, and stands at absolute
 * columns, so that a wrong width shifts nothing beside it.  What the locale or a cell cannot hold whole is "?".  Needs no terminal: any WINDOW
 * will do.
 */
#include <stdbool.h>
#include <stdint.h>

#include <gonogo/base/buf.h>
#include <gonogo/tui/curses.h>

/* What a colour repeats; the word beside it always says it. */
enum tone { TONE_PLAIN, TONE_GOOD, TONE_WAIT, TONE_OPEN, TONE_BAD, TONE_QUIET, TONE_TITLE };
enum { TONE_COUNT = 7 };

/* Once per terminal: takes its colours into use, unless it has none or NO_COLOR is set.  Without it every tone is attributes alone. */
void paint_start(bool colours);
attr_t paint_attr(enum tone tone);

/* One text at (y, x) in at most `width` columns, the rest of them blank in the same attributes; cut with "…" ("~" where the locale has none).
 * Returns the columns the text took. */
int paint_text(WINDOW *window, int y, int x, int width, attr_t attr, const char *text);
int paint_format(WINDOW *window, int y, int x, int width, attr_t attr, const char *fmt, ...) PRINTF_LIKE(6, 7);
/* Columns paint_text needs to show the text whole. */
int paint_width(const char *text);
/* A text of several lines, wrapped at spaces into `width` columns, from row y; the first `skip` rows are left out.  Draws at most `height` rows and
 * returns how many rows the whole text takes (so that height 0 measures, and then needs no window); none when it is empty. */
int paint_wrapped(WINDOW *window, int y, int x, int width, int height, int skip, attr_t attr, const char *text);
/* The same from the first row on; where the text goes on below the last one, that one ends in `mark`. */
int paint_clipped(WINDOW *window, int y, int x, int width, int height, attr_t attr, const char *text, const char *mark);
/* "-- TITLE  note ------" across the row; `title` and `note` may be NULL. */
void paint_rule(WINDOW *window, int y, int x, int width, const char *title, const char *note);
/* "[#####--]": how much of a whole, full only when all of it is there; width counts the brackets, which go first where there is no room. */
void paint_bar(WINDOW *window, int y, int x, int width, int64_t part, int64_t whole);
void paint_clear(WINDOW *window, int y, int x, int height, int width);

#endif
