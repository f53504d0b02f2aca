#ifndef GONOGO_TUI_CURSES_H
#define GONOGO_TUI_CURSES_H
/* The one door to ncurses, with its wide functions and without its macros that collide with ours. */
#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif
#define NCURSES_NOMACROS 1
#include <curses.h>

#endif
