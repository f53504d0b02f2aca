#ifndef GONOGO_TUI_INCIDENTS_H
#define GONOGO_TUI_INCIDENTS_H
/* The incidents, newest first (CHN-6, I-16): what became of each, and where its releases stand. */
#include <gonogo/tui/screen.h>

enum err_kind incidents_open(struct console *console, struct err *err) MUST_CHECK;
/* How many are open, for people who hold a role: whoever does has something to do about them. */
enum err_kind incidents_count(struct console *console, size_t *count, struct err *err) MUST_CHECK;

#endif
