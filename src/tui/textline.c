#include <config.h>

#include <stdint.h>
#include <string.h>

#include <gonogo/base/grapheme.h>
#include <gonogo/base/text.h>
#include <gonogo/tui/paint.h>
#include <gonogo/tui/textline.h>

enum { SCROLLED_WIDTH_MIN = 3 /* narrower, the mark would take the place of the text */ };

void textline_init(struct textline *line, size_t most)
{
	*line = (struct textline){ .text = BUF_EMPTY, .most = most };
}

void textline_release(struct textline *line)
{
	buf_release(&line->text);
	*line = (struct textline){ .text = BUF_EMPTY };
}

const char *textline_text(const struct textline *line)
{
	return buf_text(&line->text);
}

/* The first border at or after `at`: what stood apart before an edit may be one grapheme after it. */
static size_t border_from(const struct buf *text, size_t at)
{
	size_t border = 0;
	while (border < at)
		border = text_next(text->bytes, text->size, border);
	return border;
}

void textline_place(struct textline *line, size_t at)
{
	line->cursor = border_from(&line->text, at < line->text.size ? at : line->text.size);
}

size_t textline_start(const struct textline *line, size_t at)
{
	while (at > 0 && textline_text(line)[at - 1] != '\n')
		at--;
	return at;
}

size_t textline_end(const struct textline *line, size_t at)
{
	while (at < line->text.size && textline_text(line)[at] != '\n')
		at++;
	return at;
}

enum textline_result textline_replace(struct textline *line, size_t from, size_t to, const char *bytes, size_t size)
{
	struct buf made = BUF_EMPTY;
	const char *old = textline_text(line);
	if (size == 0 && from == to)
		return TEXTLINE_MOVED;
	if (line->text.size - (to - from) + size > line->most)
		return TEXTLINE_FULL;
	buf_add(&made, old, from);
	buf_add(&made, bytes, size);
	buf_add(&made, old + to, line->text.size - to);
	if (made.failed) {
		buf_release(&made);
		return TEXTLINE_FULL;
	}
	buf_release(&line->text);
	line->text = made;
	line->cursor = border_from(&line->text, from + size);
	return TEXTLINE_CHANGED;
}

bool textline_takes(const struct textline *line, const char *text, size_t size)
{
	for (size_t at = 0; at < size;) {
		int32_t c;
		at += grapheme_decode(text, size, at, &c);
		if (c == '\n' && line->has_lines)
			continue;
		if (c < 0 || grapheme_char_fault(c) == GRAPHEME_CONTROL)
			return false;
	}
	return true;
}

void textline_fold(struct buf *out, const char *text, bool has_lines)
{
	for (; *text; text++) {
		const bool is_end = *text == '\n' || *text == '\r';

		if (text[0] == '\r' && text[1] == '\n')
			continue;
		buf_char(out, is_end && has_lines ? '\n' : is_end || *text == '\t' ? ' ' : *text);
	}
}

bool textline_set(struct textline *line, const char *text)
{
	const size_t size = strlen(text);
	return textline_takes(line, text, size) && textline_replace(line, 0, line->text.size, text, size) != TEXTLINE_FULL;
}

static enum textline_result move_to(struct textline *line, size_t at)
{
	line->cursor = at;
	return TEXTLINE_MOVED;
}

static size_t before(const struct textline *line)
{
	return text_prev(textline_text(line), line->text.size, line->cursor);
}

static size_t after(const struct textline *line)
{
	return text_next(textline_text(line), line->text.size, line->cursor);
}

static bool is_space_at(const struct textline *line, size_t at)
{
	int32_t c;
	(void)grapheme_decode(textline_text(line), line->text.size, at, &c);
	return grapheme_is_space(c);
}

static size_t word_before(const struct textline *line)
{
	size_t at = line->cursor;
	bool in_word = false;
	while (at > 0) {
		const size_t previous = text_prev(textline_text(line), line->text.size, at);
		const bool is_space = is_space_at(line, previous);
		if (textline_text(line)[previous] == '\n')
			return at == line->cursor ? previous : at;
		if (is_space && in_word)
			break;
		in_word = !is_space;
		at = previous;
	}
	return at;
}

static enum textline_result go_left(struct textline *line)
{
	return move_to(line, before(line));
}

static enum textline_result go_right(struct textline *line)
{
	return move_to(line, after(line));
}

static enum textline_result go_home(struct textline *line)
{
	return move_to(line, textline_start(line, line->cursor));
}

static enum textline_result go_end(struct textline *line)
{
	return move_to(line, textline_end(line, line->cursor));
}

static enum textline_result erase_before(struct textline *line)
{
	return textline_replace(line, before(line), line->cursor, "", 0);
}

static enum textline_result erase_after(struct textline *line)
{
	return textline_replace(line, line->cursor, after(line), "", 0);
}

static enum textline_result erase_to_start(struct textline *line)
{
	return textline_replace(line, textline_start(line, line->cursor), line->cursor, "", 0);
}

static enum textline_result erase_to_end(struct textline *line)
{
	return textline_replace(line, line->cursor, textline_end(line, line->cursor), "", 0);
}

static enum textline_result erase_word(struct textline *line)
{
	return textline_replace(line, word_before(line), line->cursor, "", 0);
}

static const struct {
	const char *name;
	enum textline_result (*run)(struct textline *line);
} edits[] = {
	{ "Left", go_left },
	{ "Right", go_right },
	{ "Home", go_home },
	{ "^A", go_home },
	{ "End", go_end },
	{ "^E", go_end },
	{ "Backspace", erase_before },
	{ "Del", erase_after },
	{ "^U", erase_to_start },
	{ "^K", erase_to_end },
	{ "^W", erase_word },
};

enum textline_result textline_key(struct textline *line, struct key key)
{
	char bytes[4];
	if (key_is_text(key)) {
		return textline_replace(line, line->cursor, line->cursor, bytes, key_bytes(key, bytes));
	}
	for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++) {
		if (key_is(key, edits[i].name))
			return edits[i].run(line);
	}
	return TEXTLINE_UNUSED;
}

/* The part of the encoded text that is seen. */
struct view {
	size_t from;      /* its first byte */
	size_t cursor;    /* columns from there to the cursor */
	bool is_scrolled; /* the first cell says that text stands before it */
};

/* Jumps by half the width, so that the text stands still for most keys and both sides of the cursor are seen. */
static struct view view_at(const char *text, size_t size, size_t cursor, size_t width)
{
	const size_t column = text_width(text, cursor);
	const size_t next = text_next(text, size, cursor);
	const size_t under = text_width(text + cursor, next - cursor);
	const size_t needed = column + (under > 0 ? under : 1) + (next < size ? 1 : 0);
	struct view view = { .from = 0, .cursor = column, .is_scrolled = false };
	if (needed <= width)
		return view;
	view.is_scrolled = width >= SCROLLED_WIDTH_MIN;
	const size_t inner = width - (view.is_scrolled ? 1 : 0);
	const size_t step = inner / 2 > 0 ? inner / 2 : 1;
	size_t wanted = (needed - inner + step - 1) / step * step;
	if (wanted > column)
		wanted = column;
	view.from = text_fit(text, size, wanted);
	if (text_width(text, view.from) < wanted)
		view.from = text_next(text, size, view.from);
	view.cursor = column - text_width(text, view.from) + (view.is_scrolled ? 1 : 0);
	return view;
}

int textline_draw(const struct textline *line, WINDOW *window, int y, int x, int width, bool focused)
{
	struct buf shown = BUF_EMPTY;
	const attr_t attr = paint_attr(focused ? TONE_TITLE : TONE_PLAIN);
	if (width <= 0)
		return x;
	text_show(&shown, textline_text(line), line->cursor, false);
	size_t cursor = shown.size;
	text_show(&shown, textline_text(line) + line->cursor, line->text.size - line->cursor, false);
	if (shown.failed) {
		buf_clear(&shown);
		cursor = 0;
	}
	const struct view view = view_at(buf_text(&shown), shown.size, cursor, (size_t)width);
	const int lead = view.is_scrolled ? paint_text(window, y, x, 1, attr, "<") : 0;
	const int used = lead + paint_text(window, y, x + lead, width - lead, attr, buf_text(&shown) + view.from);
	for (int column = used; column < width; column++)
		(void)paint_text(window, y, x + column, 1, paint_attr(TONE_QUIET), "_");
	buf_release(&shown);
	return x + (int)view.cursor;
}
