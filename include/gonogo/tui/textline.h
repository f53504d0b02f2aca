#ifndef GONOGO_TUI_TEXTLINE_H
#define GONOGO_TUI_TEXTLINE_H
/*
 * One line of text being typed.  The model is UTF-8 bytes and a cursor that always stands on a grapheme border; what is typed may pass through forms
 * that text_check would refuse (a letter before its accent is typed), so the caller checks when it is submitted.  Control characters never get in.
 */
#include <gonogo/base/buf.h>
#include <gonogo/tui/key.h>

struct textline {
	struct buf text;
	size_t cursor;   /* byte offset */
	size_t most;     /* bytes */
};
enum textline_result { TEXTLINE_UNUSED, TEXTLINE_MOVED, TEXTLINE_CHANGED, TEXTLINE_FULL };

void textline_init(struct textline *line, size_t most);
void textline_release(struct textline *line);
/* Replaces the text, cursor at its end; false when it does not fit, could not have been typed, or memory is out: then nothing is changed. */
bool textline_set(struct textline *line, const char *text);
const char *textline_text(const struct textline *line);
/* Characters, Left Right Home End ^A ^E, Backspace Del, ^U (to the start) ^K (to the end) ^W (a word). */
enum textline_result textline_key(struct textline *line, struct key key);
/* Draws into `width` columns so that the cursor is in sight, blank cells as "_", and returns the column of the window at which it stands. */
int textline_draw(const struct textline *line, WINDOW *window, int y, int x, int width, bool focused);

#endif
