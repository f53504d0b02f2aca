#ifndef GONOGO_TUI_DIALOG_H
#define GONOGO_TUI_DIALOG_H
/* An act being filled in above another screen.  Esc leaves it and keeps what was typed. */
#include <gonogo/tui/actions.h>

/* On the release that `screen` is about; refused at once, with the reason, when it cannot be done now. */
enum err_kind dialog_open(struct screen *screen, const struct action *action, struct err *err);
/* The same about a row that is no screen's selection: a tenant. */
enum err_kind dialog_open_on(struct screen *screen, const struct action *action, const char *chosen, struct err *err);
/* What the status line says of an act that is recorded. */
void dialog_report(struct console *console, const struct outcome *outcome);

#endif
