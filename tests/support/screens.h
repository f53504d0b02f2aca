#ifndef TESTS_SUPPORT_SCREENS_H
#define TESTS_SUPPORT_SCREENS_H
/*
 * Windows drawn in process, read back cell by cell and compared with pictures that stand in tests/tui/golden/NAME.txt.  GONOGO_GOLDEN=update in the
 * environment rewrites those that differ, below $GONOGO_SRC, to be reviewed as a diff; a new one also goes into EXTRA_DIST in tests/Makefile.inc.
 */
#include <stdbool.h>

#include <gonogo/base/buf.h>
#include <gonogo/tui/curses.h>

enum screens_picture { SCREENS_TEXT, SCREENS_TEXT_AND_ATTRIBUTES };

/* Row y as it stands, all its columns, each wide character once; the window's cursor stays where it is. */
void screens_row(WINDOW *window, int y, struct buf *out);
/* All rows as UTF-8, trailing blanks cut, each ended by \n.  Valid until the next call. */
const char *screens_text(WINDOW *window);
/* One letter a column: r reverse, b bold, B both, u underlined, d dim, ? another or several; blank for none.  Colours are left out. */
const char *screens_attributes(WINDOW *window);
/* Fails the test with the rows that differ from the golden picture of that name. */
void screens_match(WINDOW *window, const char *name, enum screens_picture picture);
/* The rows in which two pictures differ, "-" as wanted and "+" as drawn; "" when they are the same.  Valid until the next call. */
const char *screens_difference(const char *wanted, const char *drawn);

#endif
