#include <config.h>

#include <stdio.h>

#include <gonogo/tui/paint.h>

#include "picker_state.h"

enum { MARK = 6 /* "> [x] " */, BOX = 3 /* where the cursor stands in it */, GAP = 2, REASON_MIN = 10, FILTER_LABEL = 9 /* "filter: [" */ };

/* Rows: how many are chosen and the filter; the list; what else is to be said. */
struct layout { struct picker_sum sum; int rows, first, notes; };

static struct layout lay_out(const struct picker *picker)
{
	struct layout got = { .sum = picker_count(picker) };
	const int shown = (int)got.sum.shown, at = (int)picker->at, half = PICKER_ROWS_MOST / 2;

	got.rows = shown < 1 ? 1 : shown > PICKER_ROWS_MOST ? PICKER_ROWS_MOST : shown;
	if (shown > PICKER_ROWS_MOST && at >= PICKER_ROWS_MOST)
		got.first = ((at - PICKER_ROWS_MOST) / half + 1) * half;
	if (got.first > shown - got.rows)
		got.first = shown > got.rows ? shown - got.rows : 0;
	got.notes = (got.sum.hidden > 0) + (picker->refusal[0] != '\0');
	return got;
}

int picker_rows(const struct picker *picker, int width)
{
	const struct layout layout = lay_out(picker);

	(void)width;
	return 1 + layout.rows + layout.notes;
}

int picker_row(const struct picker *picker, int width)
{
	const struct layout layout = lay_out(picker);

	(void)width;
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

/* Columns of the widest id and state of what is shown. */
static void measure(const struct picker *picker, int width, int *id, int *state)
{
	struct picker_line line;

	*id = *state = 0;
	for (size_t i = 0; picker_shown(picker, &i, &line);) {
		const int ids = paint_width(line.id), states = paint_width(line.state);

		*id = ids > *id ? ids : *id;
		*state = states > *state ? states : *state;
	}
	if (*id + GAP + *state > width)
		*id = *id > width / 2 ? width / 2 : *id;
}

struct columns { int id, state; };

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

static void draw_lines(const struct picker *picker, const struct strip *strip, const struct layout *layout)
{
	struct columns columns;
	struct picker_line line;
	size_t i = 0;

	measure(picker, strip->width - MARK, &columns.id, &columns.state);
	for (int n = 0; n < layout->first + layout->rows && picker_shown(picker, &i, &line); n++) {
		const int row = 1 + n - layout->first - strip->first;

		if (n >= layout->first && row >= 0 && row < strip->rows)
			draw_line(&line, strip, strip->y + row, &columns, strip->is_focused && (size_t)n == picker->at && !picker->filter.is_open);
	}
}

static void draw_note(const struct picker *picker, const struct strip *strip, int y, const struct picker_sum *sum, bool is_refusal)
{
	if (is_refusal)
		(void)paint_text(strip->window, y, strip->x, strip->width, paint_attr(TONE_BAD), picker->refusal);
	else
		(void)paint_format(strip->window, y, strip->x, strip->width, paint_attr(TONE_QUIET), "(%zu chosen hidden by the filter)", sum->hidden);
}

int picker_draw(const struct picker *picker, const struct strip *strip)
{
	const struct layout layout = lay_out(picker);
	int cursor = strip->x + BOX;

	for (int i = 0; i < strip->rows; i++) {
		const int row = strip->first + i, y = strip->y + i;

		if (row == 0) {
			const int found = draw_head(picker, strip, &layout.sum, y);

			cursor = picker->filter.is_open ? found : cursor;
		} else if (row <= layout.rows && !layout.sum.shown)
			(void)paint_text(strip->window, y, strip->x, strip->width, paint_attr(TONE_QUIET),
				layout.sum.all ? "No row has these words." : "There is nothing to choose from.");
		else if (row > layout.rows)
			draw_note(picker, strip, y, &layout.sum, row - layout.rows > (layout.sum.hidden > 0));
	}
	draw_lines(picker, strip, &layout);
	return cursor;
}
