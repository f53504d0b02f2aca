#ifndef GONOGO_TUI_SCREEN_H
#define GONOGO_TUI_SCREEN_H
/*
 * What stands on the terminal: one stack of screens for each pane of panes.h, over one console.  A screen loads its state through app, draws that
 * state without asking anybody, and takes keys that the table of actions does not name.  Read transactions never outlive one load.
 */
#include <stdbool.h>

#include <gonogo/app/session.h>
#include <gonogo/tui/key.h>
#include <gonogo/tui/paint.h>

/* Where to draw, and where the hardware cursor goes: on the row or field in focus, since readers of the screen follow it. */
struct frame { WINDOW *window; int y, x, height, width; int cursor_y, cursor_x; };

enum pane { PANE_RELEASES = 1, PANE_RELEASE = 2, PANE_WALK = 4, PANE_TEXT = 8, PANE_ENTRY = 16, PANE_HELP = 32, PANE_AUDIT = 64, PANE_TENANTS = 128,
	    PANE_MEMOS = 256, PANE_SHEETS = 512, PANE_INCIDENTS = 1024,
	    PANE_ROLLBACK = 2048, PANE_MEMO = 4096, PANE_CHECKS = 8192, PANE_SWITCHES = 0x4000, PANE_SERVED = 0x8000 };
enum { PANE_ANY = 0xffff };

struct action_bars;
struct lookout;
struct console;
struct screen;
struct window;
struct filter;
struct entry;
struct screen_kind {
	const char *title;
	enum pane pane;
	/* Brings the state up to date with the ledger and the selection; called before a paint when `is_stale`. */
	enum err_kind (*load)(struct screen *screen, struct err *err);
	void (*draw)(const struct screen *screen, struct frame *frame);
	/* A key before the table of actions sees it; false: not used here. NULL: none. */
	bool (*key)(struct screen *screen, struct key key);
	/* One slice of work while no key waits; true: there is more to do. NULL: none. */
	bool (*idle)(struct screen *screen);
	/* The release that actions of this screen are about, or NULL. */
	const char *(*release)(const struct screen *screen);
	/* The row that is selected where it is no release: what actions of this screen are about then, or NULL. */
	const char *(*chosen)(const struct screen *screen);
	/* The memo that is selected, open, or about to be signed, or NULL.  NULL: none ever is. */
	const char *(*memo)(const struct screen *screen);
	/* The rule that is selected where the rows are questions of a release; NULL: they are none. */
	const char *(*rule)(const struct screen *screen);
	/* Does a figure on the screen move with the clock? */
	bool (*has_clock)(const struct screen *screen);
	/* Are characters text here now?  Then the key bar names only keys that are none.  NULL: never. */
	bool (*is_typing)(const struct screen *screen);
	/* Acts that would be refused now, as far as the screen knows; NULL: it knows of none. */
	const struct action_bars *(*bars)(const struct screen *screen);
	/* How far it is scrolled, and how many rows there are in all; NULL: it does not scroll. */
	int *(*scroll)(const struct screen *screen, int *rows);
	/* Of a screen that is a list: its rows and what they are filtered by.  NULL: it is none. */
	struct window *(*window)(const struct screen *screen);
	struct filter *(*filter)(const struct screen *screen);
	/* What is being filled in here, or NULL.  NULL: nothing ever is. */
	struct entry *(*entry)(const struct screen *screen);
	/* The whole text that it shows, for the clipboard.  NULL: none. */
	enum err_kind (*copy)(const struct screen *screen, struct buf *out, struct err *err);
	void (*free)(void *state);
};
struct screen { const struct screen_kind *kind; struct console *console; void *state; bool is_stale; };

/* Title above, status and key bar below: what a screen has for itself. */
enum { CONSOLE_MARGIN = 3 };
enum { SCREENS_MAX = 8, PANES_MAX = 9, STATUS_MAX = 4096 };
/* The screens of a pane, the one that lists at the bottom; they stay as they are while another pane is looked at. */
struct screens { struct screen items[SCREENS_MAX]; size_t depth; };
struct console {
	struct session *session;
	struct lookout *lookout;       /* what stands where kill switches are bound */
	struct screens panes[PANES_MAX];
	size_t at;                     /* the pane that is looked at: its place in the table of panes.h */
	size_t waiting[PANES_MAX];     /* what waits there for who sits here, as far as it is `counted` */
	size_t counted;
	/* Who sits here, for the title bar; copied with each load of a screen. */
	char me[64], roles[96];
	role_set my_roles;
	instant now;
	int rows, columns;             /* of the terminal */
	bool is_enrolled, has_ended;
	char walked[72];               /* the release that was walked last: the list stands on it when one comes back to it */
	char status[STATUS_MAX];
	enum tone status_tone;
	struct buf pasted;             /* as far as it has come */
	/* Paints, and looks whether whoever waits gives up (false); NULL: nobody watches. */
	bool (*watch)(struct console *console);
};

/* Takes the size of the terminal: what is loaded depends on how much can be shown. */
void console_resize(struct console *console, int rows, int columns);
/* Opens `console` on the list of releases; draws nothing yet. */
enum err_kind console_open(struct console *console, struct session *session, struct err *err) MUST_CHECK;
void console_close(struct console *console);
struct screen *console_top(struct console *console);
/* Puts a screen on top; takes `state`, also on failure. */
enum err_kind console_push(struct console *console, const struct screen_kind *kind, void *state, struct err *err) MUST_CHECK;
/* Leaves the screen on top.  The last one of a pane stays, and the first pane is looked at again; the last one of that ends the console. */
void console_pop(struct console *console);
/* Looks at another pane as it was left, or as it opens; the pane that one is in goes back to its list. */
enum err_kind console_go(struct console *console, size_t pane, struct err *err) MUST_CHECK;
/* The line above the key bar: what just happened. */
void console_say(struct console *console, enum tone tone, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* How far a long piece of work is, painted at once; false: whoever waits gave it up. */
bool console_busy(struct console *console, const char *text);
/* Everything is read again before the next paint. */
void console_refresh(struct console *console);
/* One key: the screen's own, else the action of the table; one that does nothing here says so. */
void console_key(struct console *console, struct key key);
/* Does an action of the table on the screen on top, or says why not. */
struct action;
void console_act(struct console *console, const struct action *action);
/* A character of a paste, and its end: text where text is being typed, all of it at once; dropped anywhere else, since it would run whatever its letters
 * name. */
void console_paste(struct console *console, struct key key);
void console_paste_end(struct console *console);
/* Loads what is stale.  A failure stands in the status line; the state before it stays. */
void console_prepare(struct console *console);
/* Draws everything into the window, which has the size of the screen, and leaves its cursor at the focus. */
void console_draw(const struct console *console, WINDOW *window);
/* One slice of idle work; true: there is more, and something may have changed. */
bool console_idle(struct console *console);
bool console_has_clock(const struct console *console);

#endif
