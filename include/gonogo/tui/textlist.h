#ifndef GONOGO_TUI_TEXTLIST_H
#define GONOGO_TUI_TEXTLIST_H
/* A numbered list of short texts, each in a row of its own.  Its text is the items with LF between, so that it is kept, undone and compared as any other. */
#include <gonogo/tui/strip.h>
#include <gonogo/tui/textline.h>

/* What a list may hold; the bytes of all of it are the text's own limit. */
struct textlist_limits { size_t items, bytes; };

/* As textline_key within the item, with Enter for a new one below it, Backspace in an empty one to take it away, and the named keys to move it.  Up on
 * the first item and Down on the last are TEXTLINE_UNUSED. */
enum textline_result textlist_key(struct textline *list, const struct textlist_limits *limits, struct key key);
size_t textlist_count(const struct textline *list);
int textlist_rows(const struct textline *list);
int textlist_row(const struct textline *list);
/* Returns the column of the window at which the cursor stands. */
int textlist_draw(const struct textline *list, const struct strip *strip);

#endif
