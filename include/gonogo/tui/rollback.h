#ifndef GONOGO_TUI_ROLLBACK_H
#define GONOGO_TUI_ROLLBACK_H
/* One release's rollback (RBK-1, RBK-2): the plan's steps ticked off in their order, who was told, and how it ended. */
#include <gonogo/tui/screen.h>

enum err_kind rollback_go_open(struct screen *screen, struct err *err);

#endif
