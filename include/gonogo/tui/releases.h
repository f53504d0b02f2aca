#ifndef GONOGO_TUI_RELEASES_H
#define GONOGO_TUI_RELEASES_H
/*
 * The list of releases, a page at a time and never whole: painted at once from the cache for lists, then every row in sight is judged again, with
 * signatures, while no key waits.  Below it what the gate says of the selected one.  The selection is an id, never a row number.
 */
#include <gonogo/tui/screen.h>

/* Puts the list on the console. */
enum err_kind releases_open(struct console *console, struct err *err) MUST_CHECK;

/* What the table of actions runs on this pane. */
enum err_kind releases_go_down(struct screen *screen, struct err *err);
enum err_kind releases_go_up(struct screen *screen, struct err *err);
enum err_kind releases_go_page_down(struct screen *screen, struct err *err);
enum err_kind releases_go_page_up(struct screen *screen, struct err *err);
enum err_kind releases_go_first(struct screen *screen, struct err *err);
enum err_kind releases_go_last(struct screen *screen, struct err *err);
/* Words to filter by, applied as they are typed: Enter keeps them, Esc puts back what was. */
enum err_kind releases_go_filter(struct screen *screen, struct err *err);
/* Only those in which somebody with one of the person's roles has something to do; again: all. */
enum err_kind releases_go_mine(struct screen *screen, struct err *err);

#endif
