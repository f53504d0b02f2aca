#ifndef GONOGO_TUI_START_H
#define GONOGO_TUI_START_H
/* What an empty ledger asks for before its first GO: six steps, ticked by what the records say, and how the first open one is done. */
#include <gonogo/app/record.h>
#include <gonogo/tui/screen.h>

enum { START_STEPS = 6 };
struct start { struct start_step { const char *title, *found, *next; bool is_done; } steps[START_STEPS]; };

/* Texts live in `arena`. */
enum err_kind start_of(const struct record *record, struct arena *arena, struct start *out, struct err *err) MUST_CHECK;
/* Puts the cursor on the first open step. */
void start_draw(const struct start *start, struct frame *frame);

#endif
