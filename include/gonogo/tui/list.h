#ifndef GONOGO_TUI_LIST_H
#define GONOGO_TUI_LIST_H
/*
 * A pane that is a list above and an account of the selected row below, filtered as one types.  What the panes of this shape have apart is one struct
 * list_kind each: columns, fields of the filter, where rows and accounts come from.
 */
#include <gonogo/tui/actions.h>
#include <gonogo/tui/filter.h>
#include <gonogo/tui/window.h>

enum { LIST_COLUMNS_MAX = 8, LIST_FIELDS_MAX = 6 };

/* `width` 0: what is left; only the last may say so.  Shown on terminals of `from` to `to` columns; `to` 0: and more.  What the row above says too is
 * left blank in a column that groups. */
struct list_column { const char *head; int width, from, to; bool groups; };
/* Cells as they are shown; NULL is blank.  One of them may stand out in its tone. */
struct list_row { const char *cells[LIST_COLUMNS_MAX]; const char *release; enum tone tone; int toned; };
struct list;
/* Filters that have a key of their own in the table of actions: one of them at a time, beside the words. */
enum list_saved { LIST_ALL, LIST_MINE, LIST_BLOCKED, LIST_STALE, LIST_HALTED };
struct list_kind {
	const struct screen_kind *screen;
	const char *name;                          /* on the rule line: "Audit" */
	const struct list_column *columns;         /* ends with a NULL head */
	const char *const *fields;                 /* of the filter; ends with NULL */
	const char *row;                           /* before the key of the selected row, on the rule above its account; "": nothing */
	const char *hint;                          /* what Enter does with it */
	const char *empty;                         /* what stands in an empty list that nothing filters: how to begin */
	const char *view;                          /* under which order and filter are kept for each person; NULL: they are not */
	const struct word *orders;                 /* what S goes through, the first one at first; titles are said; NULL: there is one alone */
	const struct word *saved;                  /* enum list_saved, with what is left by each as its title; NULL: none */
	bool is_of_release;                        /* its rows are those of one release, which the field release: may name */
	/* May the filter be asked so?  Its sentence stands in the empty list.  NULL: yes. */
	enum err_kind (*check)(const struct list *list, struct err *err);
	/* One page; keys and rows in `arena`.  ERR_MISSING: nothing is left, and the sentence says why. */
	enum err_kind (*fetch)(struct session *session, const struct list *list, const struct page *page, struct arena *arena, struct window_rows *out,
			       struct err *err);
	/* The account of one row, as lines. */
	enum err_kind (*tell)(struct session *session, const struct list *list, const char *key, struct buf *out, struct err *err);
};
struct list {
	const struct list_kind *kind;
	char about[WINDOW_KEY_MAX];     /* the release whose rows these are; "": they are of no one release */
	char named[WINDOW_KEY_MAX];     /* the one that the filter names instead */
	char who[WINDOW_KEY_MAX];       /* whose view it is */
	int order, saved;               /* as kind->orders and kind->saved have them */
	struct window window;           /* items: struct list_row */
	struct filter filter;
	struct filter_term terms[LIST_FIELDS_MAX];
	size_t term_count;
	char words[TEXT_LINE_MAX + 1];
	char problem[STATUS_MAX];       /* why the filter finds nothing; "" when it is understood */
	char told_key[WINDOW_KEY_MAX];
	struct buf told;                /* the account of told_key */
	struct action_bars bars;        /* for that row, where the kind is of a release */
};

/* What the filter says of a field, or NULL. */
const char *list_value(const struct list *list, const char *field);
/* The release whose rows these are; "": none. */
const char *list_about(const struct list *list);
/* Its rows are those of this release from now on, and the filter names none. */
void list_turn_to(struct list *list, const char *release);
/* Puts the pane on the console; `about` is a release, or NULL. */
enum err_kind list_open(struct console *console, const struct list_kind *kind, const char *about, struct err *err) MUST_CHECK;
/* The key of the selected row; NULL: there is none. */
const char *list_selected(const struct screen *screen);
/* The whole account on a screen of its own. */
enum err_kind list_go_account(struct screen *screen, struct err *err);

/* The next order, and the filters that have keys, of every such pane. */
enum err_kind list_go_sort(struct screen *screen, struct err *err);
enum err_kind list_go_one_order(struct screen *screen, struct err *err);
enum err_kind list_go_open(struct screen *screen, struct err *err);
enum err_kind list_go_mine(struct screen *screen, struct err *err);
enum err_kind list_go_blocked(struct screen *screen, struct err *err);
enum err_kind list_go_stale(struct screen *screen, struct err *err);
enum err_kind list_go_halted(struct screen *screen, struct err *err);

/* Of a kind that is of a release: acts that would be refused for the selected row. */
const struct action_bars *list_bars(const struct screen *screen);

/* What struct screen_kind of such a pane is made of. */
enum err_kind list_load(struct screen *screen, struct err *err);
void list_draw(const struct screen *screen, struct frame *frame);
bool list_key(struct screen *screen, struct key key);
bool list_idle(struct screen *screen);
bool list_is_typing(const struct screen *screen);
const char *list_release(const struct screen *screen);
struct window *list_window(const struct screen *screen);
struct filter *list_filter(const struct screen *screen);
enum err_kind list_copy(const struct screen *screen, struct buf *out, struct err *err);
void list_free(void *state);
#define LIST_SCREEN LIST_ROWS, .load = list_load, .chosen = list_selected
#define LIST_ROWS .draw = list_draw, .key = list_key, .idle = list_idle, .is_typing = list_is_typing, .release = list_release, \
	.window = list_window, .filter = list_filter, .copy = list_copy, .free = list_free

#endif
