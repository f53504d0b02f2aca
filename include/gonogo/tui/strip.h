#ifndef GONOGO_TUI_STRIP_H
#define GONOGO_TUI_STRIP_H
/* Where a part of a widget is drawn: those of its rows that are in sight.  Widgets are models; they remember nothing of how they were drawn. */
#include <stdbool.h>

#include <gonogo/tui/curses.h>

struct strip {
	WINDOW *window;
	int y, x, width;
	int first, rows;  /* of the widget's rows: the first that is drawn, at y, and how many */
	bool is_focused;
};

#endif
