#ifndef GONOGO_TUI_FILTER_H
#define GONOGO_TUI_FILTER_H
/*
 * The line above a list that says what is left of it.  It works while it is typed: Enter keeps it, Esc puts back what was.  Its text is words, and
 * terms "field:value" of the fields that the list has.
 */
#include <gonogo/base/text.h>
#include <gonogo/tui/screen.h>
#include <gonogo/tui/textline.h>

struct filter {
	struct textline line;
	char before[TEXT_LINE_MAX + 1]; /* what Esc puts back */
	bool is_open;                   /* being typed in */
};
enum filter_result { FILTER_UNUSED, FILTER_KEPT, FILTER_CHANGED };

void filter_init(struct filter *filter);
void filter_release(struct filter *filter);
const char *filter_text(const struct filter *filter);
/* From now on it is typed in. */
void filter_open(struct filter *filter);
/* What the table of actions runs on every list: its filter takes the keys. */
enum err_kind filter_go_open(struct screen *screen, struct err *err);
/* FILTER_CHANGED: the list is to be read anew. */
enum filter_result filter_key(struct filter *filter, struct key key);
/* In one row; puts the cursor into it. */
void filter_draw(const struct filter *filter, struct frame *frame, int y);

/* A field of the list; `value` "" when the text does not name it. */
struct filter_term { const char *name; char value[TEXT_NAME_MAX + 1]; };
/* Takes the text apart: terms of these names into their values, the rest into `words`, one blank between.  ERR_USAGE for a field that the list does not
 * have, naming those that it has. */
enum err_kind filter_read(const char *text, struct filter_term *terms, size_t count, char *words, size_t size, struct err *err) MUST_CHECK;

#endif
