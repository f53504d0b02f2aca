#ifndef GONOGO_TUI_AUDIT_H
#define GONOGO_TUI_AUDIT_H
/*
 * The audit trail, newest first, a window at a time: what was recorded, by whom, what the same thing was before, and what signature stands behind it.
 * What others record appears at the top and moves nothing.
 */
#include <gonogo/tui/screen.h>

enum err_kind audit_open(struct console *console, struct err *err);

#endif
