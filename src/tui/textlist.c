#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/tui/paint.h>
#include <gonogo/tui/textlist.h>

enum { NUMBER_WIDTH_MIN = 3, /* "12 " */ NUMBERED_WIDTH_MIN = 12, BRACKETS = 2 };

size_t textlist_count(const struct textline *list)
{
	size_t count = 1;

	for (size_t at = 0; at < list->text.size; at++)
		count += textline_text(list)[at] == '\n';
	return count;
}

static enum textline_result move_to(struct textline *list, size_t at)
{
	textline_place(list, at);
	return TEXTLINE_MOVED;
}

/* An item in the place of its neighbour, the cursor with it. */
static enum textline_result swap(struct textline *list, size_t first, bool follows_second)
{
	const char *text = textline_text(list);
	const size_t middle = textline_end(list, first), last = textline_end(list, middle + 1), second = middle + 1;
	const size_t inside = list->cursor - (follows_second ? second : first);
	struct buf made = BUF_EMPTY;
	enum textline_result result = TEXTLINE_FULL;

	buf_add(&made, text + second, last - second);
	buf_char(&made, '\n');
	buf_add(&made, text + first, middle - first);
	if (!made.failed)
		result = textline_replace(list, first, last, buf_text(&made), made.size);
	buf_release(&made);
	if (result == TEXTLINE_CHANGED)
		textline_place(list, (follows_second ? first : first + (last - second) + 1) + inside);
	return result;
}

static enum textline_result move_up(struct textline *list)
{
	const size_t start = textline_start(list, list->cursor);

	return start ? swap(list, textline_start(list, start - 1), true) : TEXTLINE_MOVED;
}

static enum textline_result move_down(struct textline *list)
{
	return textline_end(list, list->cursor) < list->text.size ? swap(list, textline_start(list, list->cursor), false) : TEXTLINE_MOVED;
}

static enum textline_result add_below(struct textline *list, const struct textlist_limits *limits)
{
	const size_t end = textline_end(list, list->cursor);

	return textlist_count(list) < limits->items ? textline_replace(list, end, end, "\n", 1) : TEXTLINE_FULL;
}

/* The cursor goes to the end of the item before, or stays where the next one moves up. */
static enum textline_result take_away(struct textline *list)
{
	const size_t at = list->cursor;

	if (!list->text.size)
		return TEXTLINE_MOVED;
	return at ? textline_replace(list, at - 1, at, "", 0) : textline_replace(list, at, at + 1, "", 0);
}

/* What would reach over the border of the item does nothing, but for Left and Right, which walk on. */
static enum textline_result edit(struct textline *list, const struct textlist_limits *limits, struct key key)
{
	const size_t start = textline_start(list, list->cursor), end = textline_end(list, list->cursor);
	char bytes[4];

	if (key_is_text(key) && end - start + key_bytes(key, bytes) > limits->bytes)
		return TEXTLINE_FULL;
	if (key_is(key, "Backspace") && start == end)
		return take_away(list);
	if ((key_is(key, "Backspace") || key_is(key, "^W")) && list->cursor == start)
		return TEXTLINE_MOVED;
	if (key_is(key, "Del") && list->cursor == end)
		return TEXTLINE_MOVED;
	return textline_key(list, key);
}

enum textline_result textlist_key(struct textline *list, const struct textlist_limits *limits, struct key key)
{
	const size_t start = textline_start(list, list->cursor), end = textline_end(list, list->cursor), inside = list->cursor - start;

	if (key_is(key, "Enter"))
		return add_below(list, limits);
	if (key_is(key, "Alt-Up") || key_is(key, "^T"))
		return move_up(list);
	if (key_is(key, "Alt-Down"))
		return move_down(list);
	if (key_is(key, "Up") && start) {
		const size_t above = textline_start(list, start - 1);

		return move_to(list, above + inside < start - 1 ? above + inside : start - 1);
	}
	if (key_is(key, "Down") && end < list->text.size) {
		const size_t below = textline_end(list, end + 1);

		return move_to(list, end + 1 + inside < below ? end + 1 + inside : below);
	}
	if (key_is(key, "Up") || key_is(key, "Down"))
		return TEXTLINE_UNUSED;
	return edit(list, limits, key);
}

int textlist_rows(const struct textline *list)
{
	return (int)textlist_count(list);
}

int textlist_row(const struct textline *list)
{
	int row = 0;

	for (size_t at = 0; at < list->cursor; at++)
		row += textline_text(list)[at] == '\n';
	return row;
}

/* Columns of the numbers, with the blank behind them; where it is narrow there are none. */
static int lead_of(const struct textline *list, const struct strip *strip)
{
	int width = 2;

	for (size_t count = textlist_count(list); count > 9; count /= 10)
		width++;
	return strip->width < NUMBERED_WIDTH_MIN ? 0 : width > NUMBER_WIDTH_MIN ? width : NUMBER_WIDTH_MIN;
}

/* One item as the line of text that it is. */
static int draw_item(const struct textline *list, const struct strip *strip, int number, int y, size_t from)
{
	const int lead = lead_of(list, strip), x = strip->x + lead, width = strip->width - lead;
	const bool has_brackets = width > BRACKETS, is_here = textline_start(list, list->cursor) == from;
	const int inner = has_brackets ? width - BRACKETS : width;
	const size_t end = textline_end(list, from);
	struct textline item = { .text = BUF_EMPTY, .most = end - from, .cursor = is_here ? list->cursor - from : 0 };
	int cursor = x;

	if (lead)
		(void)paint_format(strip->window, y, strip->x, lead, WA_NORMAL, "%*d ", lead - 1, number);
	buf_add(&item.text, textline_text(list) + from, end - from);
	if (!item.text.failed)
		cursor = textline_draw(&item, strip->window, y, has_brackets ? x + 1 : x, inner, strip->is_focused && is_here);
	if (has_brackets) {
		(void)paint_text(strip->window, y, x, 1, WA_NORMAL, "[");
		(void)paint_text(strip->window, y, x + width - 1, 1, WA_NORMAL, "]");
	}
	textline_release(&item);
	return is_here ? cursor : -1;
}

int textlist_draw(const struct textline *list, const struct strip *strip)
{
	size_t from = 0;
	int cursor = strip->x;

	for (int row = 0; row < strip->first + strip->rows && from <= list->text.size; row++) {
		if (row >= strip->first) {
			const int found = draw_item(list, strip, row + 1, strip->y + row - strip->first, from);

			cursor = found >= 0 ? found : cursor;
		}
		from = textline_end(list, from) + 1;
	}
	return cursor;
}
