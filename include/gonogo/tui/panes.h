#ifndef GONOGO_TUI_PANES_H
#define GONOGO_TUI_PANES_H
/*
 * THE table of panes: number keys, the strip in the title and help go through the same rows, in this order.  The first one is where the console opens,
 * and where it ends.
 */
#include <gonogo/tui/screen.h>

struct pane_row {
	char key;              /* '1' */
	const char *name;      /* "Releases" */
	const char *sentence;  /* help */
	enum err_kind (*open)(struct console *console, struct err *err);
	/* One comes to it from another pane, in which this release was selected.  NULL: that is nothing to it. */
	void (*arrive)(struct console *console, const char *release);
	/* How many things in it wait for who sits here: one cheap question to the cache.  NULL: nothing is counted. */
	enum err_kind (*count)(struct console *console, size_t *count, struct err *err);
};
extern const struct pane_row panes[];
extern const size_t pane_count;

/* The place of the pane that the key goes to; false: it is no pane's. */
bool panes_of_key(struct key key, size_t *pane);
/* One slice of counting what waits, while no key does; false: everything is counted. */
bool panes_count(struct console *console);
/* The title: on the list of a pane the strip of panes, above it the name of the screen, and at the right who sits here, which never gives way. */
void panes_draw(const struct console *console, WINDOW *window, int width);

#endif
