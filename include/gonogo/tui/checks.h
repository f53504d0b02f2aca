#ifndef GONOGO_TUI_CHECKS_H
#define GONOGO_TUI_CHECKS_H
/*
 * The checklists of one release at a glance: every question that people answer, and every hard stop; who said what and when, and what it is worth now.
 * It is the release that was selected where one comes from; another one is named in the filter, or chosen here.
 */
#include <gonogo/tui/screen.h>

enum err_kind checks_open(struct console *console, struct err *err);
/* One comes from another pane, where this release was selected. */
void checks_arrive(struct console *console, const char *release);
/* The checklists of the release before, after, and of the next one in which something waits for the person at the keyboard. */
enum err_kind checks_go_previous(struct screen *screen, struct err *err);
enum err_kind checks_go_next(struct screen *screen, struct err *err);
enum err_kind checks_go_needed(struct screen *screen, struct err *err);

#endif
