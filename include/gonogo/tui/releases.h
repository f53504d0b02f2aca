#ifndef GONOGO_TUI_RELEASES_H
#define GONOGO_TUI_RELEASES_H
/*
 * The list of releases, a page at a time and never whole: painted at once from the cache for lists, then every row in sight is judged again, with
 * signatures, while no key waits.  Below it what the gate says of the selected one.
 */
#include <gonogo/tui/screen.h>

/* Puts the list on the console. */
enum err_kind releases_open(struct console *console, struct err *err) MUST_CHECK;
/* Puts the cursor of the list on a release, whatever it was filtered by. */
void releases_select(struct console *console, const char *release);

/* Only those in which somebody with one of the person's roles has something to do; which something forbids; which wait for time; which are halted,
 * killed or rolled back.  The same again: all. */
enum err_kind releases_go_mine(struct screen *screen, struct err *err);
enum err_kind releases_go_blocked(struct screen *screen, struct err *err);
enum err_kind releases_go_soaking(struct screen *screen, struct err *err);
enum err_kind releases_go_halted(struct screen *screen, struct err *err);
/* The next order of the list. */
enum err_kind releases_go_sort(struct screen *screen, struct err *err);
/* The next release of the list in which something waits for the person. */
enum err_kind releases_go_needed(struct screen *screen, struct err *err);

#endif
