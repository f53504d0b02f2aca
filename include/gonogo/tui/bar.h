#ifndef GONOGO_TUI_BAR_H
#define GONOGO_TUI_BAR_H
/* The key bar: the actions of the pane, by priority, whole hints or none; help and the way out stand at the right and never go. */
#include <gonogo/tui/screen.h>

void bar_draw(const struct screen *screen, WINDOW *window, int y, int width);

#endif
