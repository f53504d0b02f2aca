#ifndef GONOGO_TUI_HELP_H
#define GONOGO_TUI_HELP_H
/* Help, made from the table of actions: what works on the pane below it, and why the rest does not; and the few actions that every pane has. */
#include <gonogo/tui/screen.h>

enum err_kind help_go_open(struct screen *screen, struct err *err);
/* The same with its search open: the words name what is to be done, and Enter does it. */
enum err_kind help_go_commands(struct screen *screen, struct err *err);
/* Leaves help, and does below what the selected line says. */
enum err_kind help_go_run(struct screen *screen, struct err *err);
enum err_kind help_go_back(struct screen *screen, struct err *err);
enum err_kind help_go_refresh(struct screen *screen, struct err *err);
/* ^S where nothing is being filled in. */
enum err_kind help_go_nothing_open(struct screen *screen, struct err *err);

#endif
