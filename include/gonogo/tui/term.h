#ifndef GONOGO_TUI_TERM_H
#define GONOGO_TUI_TERM_H
/*
 * The terminal: taken over once, given back on every way out.  An orderly end, a suspension and a child that needs the screen go through curses; a
 * signal that kills goes through a handler that writes bytes prepared beforehand and puts the modes back.  One terminal a process.
 */
#include <stdbool.h>
#include <stddef.h>

#include <gonogo/base/err.h>
#include <gonogo/tui/curses.h>

enum { TERM_ROWS_LEAST = 12, TERM_COLUMNS_LEAST = 40 };

/* ERR_USAGE, with the command to use instead, where the terminal cannot show screens (no terminal, TERM unset, unknown, dumb). */
enum err_kind term_start(struct err *err) MUST_CHECK;
/* Gives the terminal back; harmless when it was not taken, or is gone. */
void term_stop(void);
/* Gives the terminal to a child (ssh-keygen asking for a passphrase) and takes it back; the next paint draws everything anew. */
void term_leave(void);
void term_enter(void);
/* Does it take OSC 52?  Those that would print it instead, or swallow it, do not. */
bool term_has_clipboard(void);
/* Bytes to the terminal between two paints; false: it is not taken, or is gone. */
bool term_send(const char *bytes, size_t size);
/* Stops the process as ^Z would, and comes back when it is continued. */
void term_suspend(void);
/* Takes the size that the terminal has now. */
void term_resize(void);

#endif
