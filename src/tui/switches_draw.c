#include <config.h>

#include <stdio.h>
#include <string.h>

#include "switches_state.h"

enum { MIDDLE = 56, WIDE = 76, TALL = 18, CELL_LEAST = 7, CELL_MOST = 13, LEGEND = 1 };

/* Columns by what they tell: on a narrow screen which release, its switch, and what its tenants are served; then the last test. */
struct columns { int release, state, tested, rest; };

static struct columns columns_of(int width)
{
	struct columns c = { .release = 16, .state = 12 };

	if (width >= SWITCHES_BROAD)
		c = (struct columns){ .release = 20, .state = 12, .tested = 10 };
	else if (width >= WIDE)
		c = (struct columns){ .release = 24, .state = 13, .tested = 11 };
	else if (width >= MIDDLE)
		c = (struct columns){ .release = 18, .state = 12, .tested = 10 };
	c.rest = width - 2 - c.release - c.state - c.tested;
	return c;
}

size_t switches_columns(int width)
{
	const int room = columns_of(width).rest / CELL_LEAST;

	return room > 1 ? (size_t)room : 1;
}

/* Few tenants have room for longer names. */
static int cell_of(const struct switches *board, int width)
{
	const int wide = board->column_count ? columns_of(width).rest / (int)board->column_count : CELL_MOST;

	return wide < CELL_LEAST ? CELL_LEAST : wide > CELL_MOST ? CELL_MOST : wide;
}

static int heads_of(int columns)
{
	return columns >= SWITCHES_BROAD ? 2 : 1;
}

int switches_height(int rows, int columns)
{
	const int legend = columns >= SWITCHES_BROAD ? LEGEND : 0, body = rows - CONSOLE_MARGIN - 2 - heads_of(columns) - legend;
	const int height = rows < TALL ? body - 2 : body * 2 / 5;

	return height > 1 ? height : 1;
}

/* A text in a column of `width`, one of them a gap; returns where the next column is. */
static int put(WINDOW *w, int y, int x, int width, attr_t attr, const char *text)
{
	if (width > 1)
		paint_text(w, y, x, width - 1, attr, text);
	return x + width;
}

static enum tone tone_of(const struct switchboard_cell *cell)
{
	if (cell->needs)
		return TONE_BAD;
	switch (cell->served) {
	case SERVED_ON:
		return TONE_GOOD;
	case SERVED_KILLED:
		return TONE_OPEN;
	case SERVED_OUT:
	case SERVED_UNKNOWN:
		return TONE_WAIT;
	case SERVED_NOBODY:
		return TONE_QUIET;
	case SERVED_OFF:
	case SERVED_MAY:
		break;
	}
	return TONE_PLAIN;
}

/* --- heads --------------------------------------------------------------------------------------------------------- */

/* An id over two rows of a cell: before and after its first dash, where it has one. */
static void draw_tenant(WINDOW *w, int y, int x, int width, const char *id)
{
	const size_t dash = strcspn(id, "-"), size = dash && id[dash] ? dash : strlen(id);
	const char *rest = id[size] ? id + size + 1 : size > (size_t)width ? id + width : "";
	char upper[CELL_MOST + 1], lower[CELL_MOST + 1];

	(void)snprintf(upper, sizeof upper, "%.*s", (int)size < width ? (int)size : width, id);
	(void)snprintf(lower, sizeof lower, "%.*s", width, rest);
	paint_text(w, y, x, width, paint_attr(TONE_QUIET), upper);
	paint_text(w, y + 1, x, width, paint_attr(TONE_QUIET), lower);
}

static void draw_heads(const struct switches *board, const struct frame *frame, int y, const struct columns *c)
{
	WINDOW *w = frame->window;
	const bool is_broad = frame->width >= SWITCHES_BROAD;
	const attr_t attr = paint_attr(TONE_QUIET);
	const int cell = cell_of(board, frame->width);
	int x = frame->x + 2;

	x = put(w, y + is_broad, x, c->release, attr, "RELEASE");
	x = put(w, y + is_broad, x, c->state, attr, "SWITCH");
	if (!is_broad) {
		x = put(w, y, x, c->tested, attr, "TESTED");
		put(w, y, x, c->rest + 1, attr, "TENANTS");
		return;
	}
	for (size_t i = 0; i < switches_columns(frame->width) && board->first + i < board->column_count; i++)
		draw_tenant(w, y, x + (int)i * cell, cell - 1, board->tenants.items[board->columns[board->first + i]]);
	put(w, y, frame->x + frame->width - c->tested, c->tested + 1, attr, "LAST");
	put(w, y + 1, frame->x + frame->width - c->tested, c->tested + 1, attr, "TEST");
}

/* --- rows ---------------------------------------------------------------------------------------------------------- */

static void draw_cells(const struct switches *board, const struct frame *frame, int y, int x, const struct switchboard_row *row, bool is_selected)
{
	const int cell = cell_of(board, frame->width);
	size_t at = 0;
	const bool has_cell = is_selected && switches_column(board, &at);

	for (size_t i = 0; i < switches_columns(frame->width) && board->first + i < board->column_count; i++) {
		const size_t column = board->first + i, tenant = board->columns[column];
		char word[SWITCHBOARD_CELL_MAX];

		if (tenant < row->count)
			paint_text(frame->window, y, x + (int)i * cell, cell - 1, paint_attr(tone_of(&row->cells[tenant])), switchboard_cell_word(&row->cells[tenant], word));
		if (is_selected && !(has_cell && column == at))
			mvwchgat(frame->window, y, x + (int)i * cell, cell, A_REVERSE, 0, NULL);
		else if (is_selected)
			mvwchgat(frame->window, y, x + (int)i * cell, cell - 1, A_BOLD, 0, NULL);
	}
}

static void draw_row(const struct switches *board, const struct frame *frame, int y, const struct columns *c, const struct switchboard_row *row, bool is_selected)
{
	WINDOW *w = frame->window;
	const attr_t state = paint_attr(row->needs ? TONE_BAD : row->is_killed ? TONE_OPEN : TONE_PLAIN);
	const attr_t tested = paint_attr(row->is_stale || strcmp(row->tested, "never") == 0 ? TONE_WAIT : TONE_PLAIN);
	int x = frame->x + 2;

	paint_text(w, y, frame->x, 2, A_NORMAL, is_selected ? ">" : " ");
	x = put(w, y, x, c->release, A_NORMAL, row->id);
	x = put(w, y, x, c->state, state, row->state);
	if (frame->width < SWITCHES_BROAD) {
		x = put(w, y, x, c->tested, tested, row->tested);
		put(w, y, x, c->rest + 1, paint_attr(row->needs ? TONE_BAD : TONE_PLAIN), row->served);
	} else {
		put(w, y, frame->x + frame->width - c->tested, c->tested + 1, tested, row->tested);
	}
	if (is_selected)
		mvwchgat(w, y, frame->x, frame->width, A_REVERSE, 0, NULL);
	if (frame->width >= SWITCHES_BROAD)
		draw_cells(board, frame, y, x, row, is_selected);
}

/* --- the whole ----------------------------------------------------------------------------------------------------- */

static void draw_rule(const struct switches *board, const struct frame *frame)
{
	const size_t most = switches_columns(frame->width), last = board->first + most < board->column_count ? board->first + most : board->column_count;
	const char *words = filter_text(&board->filter);
	char note[TEXT_LINE_MAX + 160], tenants[64] = "", at[WHEN_TEXT_MAX];

	if (frame->width >= SWITCHES_BROAD && board->column_count)
		(void)snprintf(tenants, sizeof tenants, "tenants %zu-%zu of %zu%s%s  ", board->first + 1, last, board->column_count, board->first ? " <" : "",
			       last < board->column_count ? " >" : "");
	(void)snprintf(note, sizeof note, "%s%s%s%s%sread %.8sZ%s%s", *words ? "filter / " : "", words, *words ? "  " : "", board->only_needed ? "only what needs somebody  " : "",
		       tenants, when_format(board->read_at, at) + 11, *board->window.before ? "  more above" : "", board->window.rows.has_more ? "  more below" : "");
	paint_rule(frame->window, frame->y, frame->x, frame->width, "Kill switches", note);
}

static void draw_empty(const struct switches *board, const struct frame *frame)
{
	const bool is_filtered = *filter_text(&board->filter) || board->only_needed;

	paint_wrapped(frame->window, frame->y + 3, frame->x, frame->width, frame->height - 3, 0, A_NORMAL,
		      is_filtered ? "No release is left. / changes the words of the filter, tenant:WORD chooses columns; f shows all, or only what needs somebody." :
				    "No releases yet. N on the first pane registers one; its kill switch is part of its documents.");
}

void switches_draw(const struct screen *screen, struct frame *frame)
{
	static const char legend[] = "on served  may not seen  off not on  kill killed  - not allowed  out opted out  ? unknown  ! look";
	const struct switches *board = screen->state;
	const struct switchboard_row *rows = board->window.rows.items;
	const struct columns c = columns_of(frame->width);
	const bool is_broad = frame->width >= SWITCHES_BROAD;
	const int first = frame->y + 1 + heads_of(frame->width);
	const int below = first + switches_height(frame->height + CONSOLE_MARGIN, frame->width) + (is_broad ? LEGEND : 0);
	char title[SWITCHES_SELECTED_MAX];
	size_t column;

	draw_rule(board, frame);
	if (!board->window.rows.count)
		draw_empty(board, frame);
	else
		draw_heads(board, frame, frame->y + 1, &c);
	for (size_t i = 0; i < board->window.rows.count && (int)i < below - first; i++)
		draw_row(board, frame, first + (int)i, &c, &rows[i], i == board->window.at);
	frame->cursor_y = first + (int)board->window.at;
	frame->cursor_x = frame->x;
	if (is_broad && switches_column(board, &column))
		frame->cursor_x += 2 + c.release + c.state + (int)(column - board->first) * cell_of(board, frame->width);
	if (board->filter.is_open)
		filter_draw(&board->filter, frame, frame->y + 1);
	if (!board->window.rows.count)
		return;
	if (is_broad)
		paint_text(frame->window, below - LEGEND, frame->x + 2, frame->width - 2, paint_attr(TONE_QUIET), legend);
	switches_selected(board, is_broad, title);
	paint_rule(frame->window, below, frame->x, frame->width, title, "Enter: its tenants");
	if (strcmp(board->told_key, title) == 0)
		paint_wrapped(frame->window, below + 1, frame->x, frame->width, frame->y + frame->height - below - 1, 0, A_NORMAL, buf_text(&board->told));
}
