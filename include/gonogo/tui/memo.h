#ifndef GONOGO_TUI_MEMO_H
#define GONOGO_TUI_MEMO_H
/* One memo: its bytes as stored and exported, and beside each line what the records say; its other versions; what changed since it was read. */
#include <gonogo/tui/screen.h>

/* The selected memo of the list, or the newest of the release that the screen is about. */
enum err_kind memo_go_open(struct screen *screen, struct err *err);
enum err_kind memo_go_older(struct screen *screen, struct err *err);
enum err_kind memo_go_newer(struct screen *screen, struct err *err);
enum err_kind memo_go_differences(struct screen *screen, struct err *err);

#endif
