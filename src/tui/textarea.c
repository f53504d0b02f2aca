#include <config.h>

#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/tui/paint.h>
#include <gonogo/tui/textarea.h>

enum { BORDERS = 2, BORDERED_WIDTH_MIN = 5 };

/* A row of the screen: the text from `from` to `to`; the next one begins at `next`, which is behind the text for the last. */
struct row { size_t from, to, next; };

static int inner_width(int width)
{
	return width < BORDERED_WIDTH_MIN ? width : width - BORDERS;
}

static size_t columns_of(const char *text, size_t size)
{
	struct buf shown = BUF_EMPTY;
	size_t columns;

	if (size == 1 && *text >= 0x20 && *text < 0x7f)
		return 1;
	text_show(&shown, text, size, false);
	columns = text_width(buf_text(&shown), shown.size);
	buf_release(&shown);
	return columns;
}

static size_t next_of(const struct textline *area, size_t at)
{
	return text_next(textline_text(area), area->text.size, at);
}

static bool is_blank(const struct textline *area, size_t at)
{
	return textline_text(area)[at] == ' ' && next_of(area, at) == at + 1;
}

/* One column stays free for the cursor behind the last character, or for the blank at which the line is broken. */
static struct row row_at(const struct textline *area, size_t from, int width)
{
	const size_t room = inner_width(width) > 1 ? (size_t)inner_width(width) - 1 : 1, end = textline_end(area, from);
	size_t at = from, columns = 0, gap = from;

	while (at < end) {
		const size_t next = next_of(area, at), wide = columns_of(textline_text(area) + at, next - at);
		const bool blank = is_blank(area, at);

		if (columns + wide > room) {
			if ((blank && columns == room) || at == from)
				at = next;
			else if (gap > from && !blank)
				at = gap;
			break;
		}
		columns += wide;
		at = next;
		if (blank)
			gap = at;
	}
	return (struct row){ from, at, at < end ? at : end + 1 };
}

/* The row in which `at` stands; *number counts from 0. */
static struct row row_of(const struct textline *area, size_t at, int width, int *number)
{
	struct row row = row_at(area, 0, width);

	for (*number = 0; row.next <= at && row.next <= area->text.size; ++*number)
		row = row_at(area, row.next, width);
	return row;
}

static struct row row_numbered(const struct textline *area, int number, int width)
{
	struct row row = row_at(area, 0, width);

	for (int i = 0; i < number && row.next <= area->text.size; i++)
		row = row_at(area, row.next, width);
	return row;
}

static int count_rows(const struct textline *area, int width)
{
	int count;

	(void)row_of(area, area->text.size, width, &count);
	return count + 1;
}

static int column_at(const struct textline *area, const struct row *row, size_t to)
{
	int columns = 0;

	for (size_t at = row->from; at < to;) {
		const size_t next = next_of(area, at);

		columns += (int)columns_of(textline_text(area) + at, next - at);
		at = next;
	}
	return columns;
}

/* The last place of a row: behind its text, but for a row that was broken, where that place opens the next. */
static size_t row_end(const struct textline *area, const struct row *row)
{
	return row->next == row->to ? text_prev(textline_text(area), area->text.size, row->to) : row->to;
}

static enum textline_result go_to(struct textline *area, size_t at)
{
	area->cursor = at;
	return TEXTLINE_MOVED;
}

static enum textline_result move_rows(struct textline *area, int width, int *goal, int by)
{
	const int last = count_rows(area, width) - 1;
	int number, wanted;
	struct row row = row_of(area, area->cursor, width, &number);
	size_t at;
	int columns = 0;

	wanted = number + by < 0 ? 0 : number + by > last ? last : number + by;
	if (*goal < 0)
		*goal = column_at(area, &row, area->cursor);
	row = row_numbered(area, wanted, width);
	for (at = row.from; at < row_end(area, &row);) {
		const size_t next = next_of(area, at);

		columns += (int)columns_of(textline_text(area) + at, next - at);
		if (columns > *goal)
			break;
		at = next;
	}
	return go_to(area, at);
}

enum textline_result textarea_key(struct textline *area, int width, int *goal, struct key key)
{
	const int rows = count_rows(area, width);
	int number;
	const struct row row = row_of(area, area->cursor, width, &number);

	if (key_is(key, "Up"))
		return number > 0 ? move_rows(area, width, goal, -1) : TEXTLINE_UNUSED;
	if (key_is(key, "Down"))
		return number < rows - 1 ? move_rows(area, width, goal, 1) : TEXTLINE_UNUSED;
	if (key_is(key, "PgUp"))
		return rows > TEXTAREA_ROWS_MOST ? move_rows(area, width, goal, 1 - TEXTAREA_ROWS_MOST) : TEXTLINE_UNUSED;
	if (key_is(key, "PgDn"))
		return rows > TEXTAREA_ROWS_MOST ? move_rows(area, width, goal, TEXTAREA_ROWS_MOST - 1) : TEXTLINE_UNUSED;
	*goal = -1;
	if (key_is(key, "Home"))
		return go_to(area, row.from);
	if (key_is(key, "End"))
		return go_to(area, row_end(area, &row));
	if (key_is(key, "Enter"))
		return textline_replace(area, area->cursor, area->cursor, "\n", 1);
	return textline_key(area, key);
}

bool textarea_is_one_row(const struct textline *area, int width)
{
	return count_rows(area, width) == 1;
}

int textarea_rows(const struct textline *area, int width)
{
	const int rows = count_rows(area, width);

	return rows < TEXTAREA_ROWS_LEAST ? TEXTAREA_ROWS_LEAST : rows > TEXTAREA_ROWS_MOST ? TEXTAREA_ROWS_MOST : rows;
}

/* The first row that is seen; it jumps by half of those that are, so that the text stands still for most keys. */
static int first_seen(const struct textline *area, int width)
{
	const int rows = count_rows(area, width), half = TEXTAREA_ROWS_MOST / 2;
	int number, first;

	(void)row_of(area, area->cursor, width, &number);
	if (rows <= TEXTAREA_ROWS_MOST)
		return 0;
	first = number < TEXTAREA_ROWS_MOST ? 0 : ((number - TEXTAREA_ROWS_MOST) / half + 1) * half;
	return first < rows - TEXTAREA_ROWS_MOST ? first : rows - TEXTAREA_ROWS_MOST;
}

int textarea_row(const struct textline *area, int width)
{
	int number;

	(void)row_of(area, area->cursor, width, &number);
	return number - first_seen(area, width);
}

static void draw_borders(const struct strip *strip, int y, const char *right)
{
	if (strip->width < BORDERED_WIDTH_MIN)
		return;
	(void)paint_text(strip->window, y, strip->x, 1, WA_NORMAL, "[");
	(void)paint_text(strip->window, y, strip->x + strip->width - 1, 1, WA_NORMAL, right);
}

static void draw_row(const struct textline *area, const struct strip *strip, int y, const struct row *row)
{
	const int width = inner_width(strip->width), x = strip->x + (width < strip->width ? 1 : 0);
	struct buf text = BUF_EMPTY;
	int used = 0;

	if (row)
		buf_add(&text, textline_text(area) + row->from, row->to - row->from);
	if (!text.failed && text.size)
		used = paint_text(strip->window, y, x, width, paint_attr(strip->is_focused ? TONE_TITLE : TONE_PLAIN), buf_text(&text));
	for (; used < width; used++)
		(void)paint_text(strip->window, y, x + used, 1, paint_attr(TONE_QUIET), "_");
	buf_release(&text);
}

int textarea_draw(const struct textline *area, const struct strip *strip)
{
	const int rows = count_rows(area, strip->width), seen = textarea_rows(area, strip->width), first = first_seen(area, strip->width);
	const int width = inner_width(strip->width);
	int number, column;
	const struct row cursor = row_of(area, area->cursor, strip->width, &number);

	for (int i = 0; i < strip->rows; i++) {
		const int at = strip->first + i;
		const struct row row = row_numbered(area, first + at, strip->width);
		const bool has_above = at == 0 && first > 0, has_below = at == seen - 1 && first + seen < rows;

		draw_row(area, strip, strip->y + i, first + at < rows ? &row : NULL);
		draw_borders(strip, strip->y + i, has_above ? "^" : has_below ? "v" : "]");
	}
	column = column_at(area, &cursor, area->cursor);
	return strip->x + (width < strip->width ? 1 : 0) + (column < width ? column : width - 1);
}
