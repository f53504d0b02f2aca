#ifndef GONOGO_TUI_CONSOLE_H
#define GONOGO_TUI_CONSOLE_H
/* The console: takes the terminal, shows the releases, or the gate walk of one, and gives the terminal back. */
#include <gonogo/app/session.h>

/* `release` NULL: the list.  ERR_MISSING and ERR_REFUSED as of walk_open; ERR_USAGE where the terminal cannot show screens.  A process told to end by a signal ends by that signal, the terminal restored. */
enum err_kind console_run(struct session *session, const char *release, struct err *err) MUST_CHECK;

#endif
