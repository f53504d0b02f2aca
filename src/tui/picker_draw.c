#include <config.h>

#include <stdio.h>

#include <gonogo/tui/paint.h>

#include "picker_state.h"

enum { MARK = 6 /* "> [x] " */, BOX = 3 /* where the cursor stands in it */, GAP = 2, REASON_MIN = 10, FILTER_LABEL = 9 /* "filter: [" */ };

struct columns { int id, state; };

/* Rows: how many are chosen and the filter; the list; what else is to be said, the last of it wrapped. */
struct layout { struct picker_sum sum; struct columns columns; int rows, first, notes; };

/* Columns of the widest id and state of what is shown. */
static struct columns measure(const struct picker *picker, int width)
{
	struct columns got = { 0, 0 };
	struct picker_line line;

	for (size_t i = 0; picker_shown(picker, &i, &line);) {
		const int ids = paint_width(line.id), states = paint_width(line.state);

		got.id = ids > got.id ? ids : got.id;
		got.state = states > got.state ? states : got.state;
	}
	if (got.id + GAP + got.state > width)
		got.id = got.id > width / 2 ? width / 2 : got.id;
	return got;
}

/* Why the row in focus was not chosen; else the whole of it where its columns do not show it. */
static void say_row(const struct picker *picker, const struct columns *columns, int width, struct buf *out)
{
	const int room = width - columns->id - GAP;
	struct picker_line line;

	if (picker->refusal[0]) {
		buf_str(out, picker->refusal);
		return;
	}
	if (picker->filter.is_open || !picker_line_here(picker, &line))
		return;
	if (paint_width(line.id) <= columns->id && columns->state <= room && (!*line.reason || columns->state + GAP + paint_width(line.reason) <= room))
		return;
	buf_printf(out, "%s: %s%s%s", line.id, line.state, *line.state && *line.reason ? ". " : "", line.reason);
}

static struct layout lay_out(const struct picker *picker, int width)
{
	struct layout got = { .sum = picker_count(picker), .columns = measure(picker, width - MARK) };
	const int shown = (int)got.sum.shown, at = (int)picker->at, half = PICKER_ROWS_MOST / 2;

	got.rows = shown < 1 ? 1 : shown > PICKER_ROWS_MOST ? PICKER_ROWS_MOST : shown;
	if (shown > PICKER_ROWS_MOST && at >= PICKER_ROWS_MOST)
		got.first = ((at - PICKER_ROWS_MOST) / half + 1) * half;
	if (got.first > shown - got.rows)
		got.first = shown > got.rows ? shown - got.rows : 0;
	got.notes = got.sum.hidden > 0;
	return got;
}

int picker_said_rows(const struct picker *picker, int width)
{
	const struct columns columns = measure(picker, width - MARK);
	struct buf said = BUF_EMPTY;
	int rows = 0;

	say_row(picker, &columns, width - MARK, &said);
	if (said.size)
		rows = paint_wrapped(NULL, 0, 0, width - MARK, 0, 0, WA_NORMAL, buf_text(&said));
	buf_release(&said);
	return rows;
}

int picker_rows(const struct picker *picker, int width, bool is_focused)
{
	const struct layout layout = lay_out(picker, width);

	return 1 + layout.rows + layout.notes + (is_focused ? picker_said_rows(picker, width) : 0);
}

int picker_row(const struct picker *picker, int width)
{
	const struct layout layout = lay_out(picker, width);

	return picker->filter.is_open ? 0 : 1 + (int)picker->at - layout.first;
}

static int draw_head(const struct picker *picker, const struct strip *strip, const struct picker_sum *sum, int y)
{
	const bool has_filter = picker->filter.is_open || *filter_text(&picker->filter);
	const int used = paint_format(strip->window, y, strip->x, strip->width, WA_NORMAL, "%zu of %zu chosen", sum->chosen, sum->all);
	const int x = strip->x + used + GAP, left = strip->width - used - GAP;
	int cursor;

	if (left <= FILTER_LABEL + 1)
		return strip->x;
	if (!has_filter) {
		(void)paint_text(strip->window, y, x, left, paint_attr(TONE_QUIET), "/ filters");
		return strip->x;
	}
	(void)paint_text(strip->window, y, x, left, WA_NORMAL, "filter: [");
	cursor = textline_draw(&picker->filter.line, strip->window, y, x + FILTER_LABEL, left - FILTER_LABEL - 1, picker->filter.is_open);
	(void)paint_text(strip->window, y, x + left - 1, 1, WA_NORMAL, "]");
	return cursor;
}

static void draw_line(const struct picker_line *line, const struct strip *strip, int y, const struct columns *columns, bool is_here)
{
	const attr_t attr = paint_attr(is_here ? TONE_TITLE : TONE_PLAIN);
	int x = strip->x + MARK, left = strip->width - MARK;

	(void)paint_format(strip->window, y, strip->x, strip->width, attr, "%c [%c] ", is_here ? '>' : ' ', line->is_chosen ? 'x' : ' ');
	(void)paint_text(strip->window, y, x, left < columns->id ? left : columns->id, attr, line->id);
	x += columns->id + GAP;
	left -= columns->id + GAP;
	if (left <= 0)
		return;
	(void)paint_text(strip->window, y, x, left < columns->state ? left : columns->state, attr, line->state);
	x += columns->state ? columns->state + GAP : 0;
	left -= columns->state ? columns->state + GAP : 0;
	if (left >= REASON_MIN)
		(void)paint_text(strip->window, y, x, left, paint_attr(line->is_barred ? TONE_QUIET : TONE_PLAIN), line->reason);
}

/* The rows below the one in focus stand below what is said of it. */
static void draw_lines(const struct picker *picker, const struct strip *strip, const struct layout *layout, int said)
{
	struct picker_line line;
	size_t i = 0;

	for (int n = 0; n < layout->first + layout->rows && picker_shown(picker, &i, &line); n++) {
		const int row = 1 + n - layout->first - strip->first + ((size_t)n > picker->at ? said : 0);

		if (n >= layout->first && row >= 0 && row < strip->rows)
			draw_line(&line, strip, strip->y + row, &layout->columns, strip->is_focused && (size_t)n == picker->at && !picker->filter.is_open);
	}
}

/* So many rows of the picker from `from` on. */
static void draw_said(const struct picker *picker, const struct strip *strip, const struct layout *layout, int from, int said)
{
	struct buf text = BUF_EMPTY;

	say_row(picker, &layout->columns, strip->width - MARK, &text);
	for (int row = from; row < from + said; row++)
		if (row >= strip->first && row < strip->first + strip->rows)
			(void)paint_wrapped(strip->window, strip->y + row - strip->first, strip->x + MARK, strip->width - MARK, 1, row - from,
				paint_attr(picker->refusal[0] ? TONE_BAD : TONE_QUIET), buf_text(&text));
	buf_release(&text);
}

int picker_draw(const struct picker *picker, const struct strip *strip)
{
	const struct layout layout = lay_out(picker, strip->width);
	const int said = strip->is_focused ? picker_said_rows(picker, strip->width) : 0, last = layout.rows + said;
	int cursor = strip->x + BOX;

	for (int i = 0; i < strip->rows; i++) {
		const int row = strip->first + i, y = strip->y + i;

		if (row == 0) {
			const int found = draw_head(picker, strip, &layout.sum, y);

			cursor = picker->filter.is_open ? found : cursor;
		} else if (row == 1 && !layout.sum.shown)
			(void)paint_text(strip->window, y, strip->x, strip->width, paint_attr(TONE_QUIET),
				layout.sum.all ? "No row has these words." : "There is nothing to choose from.");
		else if (row == last + layout.notes && layout.notes)
			(void)paint_format(strip->window, y, strip->x, strip->width, paint_attr(TONE_QUIET), "(%zu chosen hidden by the filter)",
				layout.sum.hidden);
	}
	draw_lines(picker, strip, &layout, said);
	draw_said(picker, strip, &layout, 2 + (int)picker->at - layout.first, said);
	return cursor;
}
