#ifndef GONOGO_TUI_RELEASE_H
#define GONOGO_TUI_RELEASE_H
/* One release on a screen of its own: the whole report, every finding with its reason. */
#include <gonogo/tui/screen.h>

enum err_kind release_go_open(struct screen *screen, struct err *err);
/* Practice ledgers alone: the next of the practice people sits down. */
enum err_kind release_go_person(struct screen *screen, struct err *err);

#endif
