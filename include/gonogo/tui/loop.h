#ifndef GONOGO_TUI_LOOP_H
#define GONOGO_TUI_LOOP_H
/*
 * One thread: poll on the terminal and on a pipe that signal handlers write into, then every key there is, then one paint.  A blocking get_wch()
 * loses resizes, and ncurses keeps keys in a queue of its own that poll does not see: hence both.
 */
#include <gonogo/tui/screen.h>

/* Runs until the console has ended.  *ended_by: the signal that asked for it, or 0. */
enum err_kind loop_run(struct console *console, int *ended_by, struct err *err) MUST_CHECK;
/* Ends the process by the signal's own default, so that whoever waits for it sees which. */
void loop_die(int number);

#endif
