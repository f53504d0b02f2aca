#ifndef GONOGO_TUI_MEMOS_H
#define GONOGO_TUI_MEMOS_H
/* The list of memos, newest first, a window of rows at a time. */
#include <gonogo/tui/screen.h>

enum err_kind memos_open(struct console *console, struct err *err);
/* Drafts that wait for the signature of whoever sits here, for the title. */
enum err_kind memos_count(struct console *console, size_t *count, struct err *err);
enum err_kind memos_go_mine(struct screen *screen, struct err *err);

#endif
