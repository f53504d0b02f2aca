#ifndef GONOGO_TUI_TEXTLINE_H
#define GONOGO_TUI_TEXTLINE_H
/*
 * Text being typed: one line, or several where the text may have them (textarea.h, textlist.h draw those).  The model is UTF-8 bytes and a cursor that
 * always stands on a grapheme border; what is typed may pass through forms that text_check would refuse (a letter before its accent is typed), so the
 * caller checks when it is submitted.  Control characters never get in, but for the line ends of a text that has lines.
 */
#include <gonogo/base/buf.h>
#include <gonogo/tui/key.h>

struct textline {
	struct buf text;
	size_t cursor;   /* byte offset */
	size_t most;     /* bytes */
	bool has_lines;  /* LF may stand in it */
};
enum textline_result { TEXTLINE_UNUSED, TEXTLINE_MOVED, TEXTLINE_CHANGED, TEXTLINE_FULL };

void textline_init(struct textline *line, size_t most);
void textline_release(struct textline *line);
/* Replaces the text, cursor at its end; false when it does not fit, could not have been typed, or memory is out: then nothing is changed. */
bool textline_set(struct textline *line, const char *text);
const char *textline_text(const struct textline *line);
/* Text from elsewhere as it can stand here: line ends of any kind as LF, or as blanks where there are no lines; tabulators as blanks. */
void textline_fold(struct buf *out, const char *text, bool has_lines);
/* Could it have been typed here? */
bool textline_takes(const struct textline *line, const char *text, size_t size);
/* Puts bytes in the place of those from `from` to `to`, and the cursor behind them; the one way in which the text changes. */
enum textline_result textline_replace(struct textline *line, size_t from, size_t to, const char *bytes, size_t size);
/* Puts the cursor on the border of a grapheme at or after `at`. */
void textline_place(struct textline *line, size_t at);
/* Where the line that holds the byte `at` begins and ends; of one line, the whole text. */
size_t textline_start(const struct textline *line, size_t at);
size_t textline_end(const struct textline *line, size_t at);
/* Characters, Left Right Home End ^A ^E, Backspace Del, ^U (to the start of the line) ^K (to its end) ^W (a word). */
enum textline_result textline_key(struct textline *line, struct key key);
/* Draws into `width` columns so that the cursor is in sight, blank cells as "_", and returns the column of the window at which it stands. */
int textline_draw(const struct textline *line, WINDOW *window, int y, int x, int width, bool focused);

#endif
