#ifndef GONOGO_TESTS_BOARD_H
#define GONOGO_TESTS_BOARD_H
/*
 * A window of any size to draw on and to read back, on a terminal that is /dev/null.  It is strewn with dots first, so that what a
 * drawing left alone is seen, and what it wrote beside its place.
 */
#include <stdbool.h>
#include <stddef.h>

#include <gonogo/tui/curses.h>

#define UTF8_LOCALE  "C.UTF-8"
#define ASCII_LOCALE "C"
#define BOARD_TERM   "xterm-256color"

enum { BOARD_ROW_SIZE = 1024 };
struct board {
	SCREEN *screen;
	WINDOW *window;
	int height, width;
	char row[BOARD_ROW_SIZE];
};

/* Asserts that the locale, the terminal and the window are there. */
void board_open(struct board *board, const char *locale, const char *term, int height, int width);
void board_strew(struct board *board);
void board_close(struct board *board);
/* Row y as UTF-8, each wide character once; valid until the next call. */
const char *board_row(struct board *board, int y);
/* The base character at (y, x), and its attributes without the colour. */
wchar_t board_char(struct board *board, int y, int x);
attr_t board_attr(struct board *board, int y, int x);
/* Nothing but printable characters of the locale on the whole board? */
bool board_is_harmless(struct board *board);

#endif
