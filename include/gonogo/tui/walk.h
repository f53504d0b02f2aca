#ifndef GONOGO_TUI_WALK_H
#define GONOGO_TUI_WALK_H
/*
 * The gate walk: every rule due at the next transition as one question at a time, with a map of the steps above.  Answers, approvals, the memo and the
 * promotion are given where they are asked for.  Leaving keeps everything; coming back goes on where one was.
 */
#include <gonogo/tui/screen.h>

/* Puts the walk of a release on the console.  ERR_MISSING: no such release; ERR_REFUSED: it has no further gate. */
enum err_kind walk_open(struct console *console, const char *release, struct err *err) MUST_CHECK;
enum err_kind walk_go_open(struct screen *screen, struct err *err);
enum err_kind walk_go_previous(struct screen *screen, struct err *err);
enum err_kind walk_go_next(struct screen *screen, struct err *err);
/* The question as a text to scroll, where the screen has no room for all of it. */
enum err_kind walk_go_whole(struct screen *screen, struct err *err);
/* The next question that waits for the person at the keyboard; where there is none, the next release that has one, once its name was read. */
enum err_kind walk_go_mine(struct screen *screen, struct err *err);

#endif
