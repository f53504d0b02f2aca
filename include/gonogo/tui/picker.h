#ifndef GONOGO_TUI_PICKER_H
#define GONOGO_TUI_PICKER_H
/*
 * Several out of many: rows of id, state and reason, some of which are barred.  What is chosen is a text, the ids with LF between: an id that is no
 * option (any more) is kept and shown as such, since it may come from a draft or a document, and is taken out by hand alone.
 */
#include <gonogo/tui/filter.h>
#include <gonogo/tui/strip.h>
#include <gonogo/tui/textline.h>

struct form_option { const char *id, *state, *reason; bool is_barred; };
struct form_options { struct form_option *items; size_t count; };

struct picker {
	struct form_options options;
	struct textline chosen;
	struct filter filter;
	size_t at;               /* the row in focus, of those the filter shows */
	char refusal[240];       /* why the last Space did not choose; "" when it did */
};

void picker_init(struct picker *picker, size_t most);
void picker_release(struct picker *picker);
/* The options live as long as the picker, or until others are given. */
void picker_offer(struct picker *picker, struct form_options options);
bool picker_set(struct picker *picker, const char *text);
const char *picker_text(const struct picker *picker);
/* Is the filter typed in, so that characters are text? */
bool picker_is_typing(const struct picker *picker);
/* Space chooses and takes back, Up and Down move, "/" filters while it is typed, Enter keeps the filter and Esc puts back the one before. */
enum textline_result picker_key(struct picker *picker, struct key key);
/* The id in focus; "" when no row is shown. */
const char *picker_here(const struct picker *picker, char *out, size_t size);
/* In focus it also says below the row in focus, whole, what the width cuts off it, or why it cannot be chosen: so many rows. */
int picker_said_rows(const struct picker *picker, int width);
int picker_rows(const struct picker *picker, int width, bool is_focused);
int picker_row(const struct picker *picker, int width);
/* Returns the column of the window at which the cursor stands. */
int picker_draw(const struct picker *picker, const struct strip *strip);

#endif
