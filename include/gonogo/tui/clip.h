#ifndef GONOGO_TUI_CLIP_H
#define GONOGO_TUI_CLIP_H
/*
 * What is copied goes to the clipboard of whoever looks at the terminal, by OSC 52, where the terminal knows that; nobody answers, so it is never said to
 * have arrived.  It is written into a file of the user's own state folder in any case.
 */
#include <gonogo/tui/screen.h>

/* The id of the selected row, or of the release that the screen is about. */
enum err_kind clip_go_id(struct screen *screen, struct err *err);
/* The whole text that the screen shows: the account of the selected row, a memo byte for byte. */
enum err_kind clip_go_text(struct screen *screen, struct err *err);

#endif
