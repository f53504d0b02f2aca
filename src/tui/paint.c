#include <config.h>

#include <stdlib.h>
#include <string.h>

#include <gonogo/base/grapheme.h>
#include <gonogo/base/text.h>
#include <gonogo/tui/paint.h>

enum { COLOUR_NONE = -1 /* the terminal's own */ };

/* Blue against yellow and never red against green alone: the pair most often mistaken for each other. */
static const struct {
	attr_t attr;
	short colour;
} tones[TONE_COUNT] = {
	[TONE_PLAIN] = { WA_NORMAL, COLOUR_NONE },
	[TONE_GOOD] = { WA_NORMAL, COLOR_CYAN },
	[TONE_WAIT] = { WA_NORMAL, COLOUR_NONE },
	[TONE_OPEN] = { WA_BOLD, COLOR_YELLOW },
	[TONE_BAD] = { WA_BOLD | WA_UNDERLINE, COLOR_RED },
	[TONE_QUIET] = { WA_DIM, COLOUR_NONE },
	[TONE_TITLE] = { WA_BOLD, COLOUR_NONE },
};

void paint_start(bool colours)
{
	const char *refused = getenv("NO_COLOR");
	if (!colours || (refused && refused[0]) || !has_colors() || start_color() == ERR || use_default_colors() == ERR)
		return;
	for (short tone = 0; tone < TONE_COUNT; tone++) {
		if (tones[tone].colour != COLOUR_NONE)
			(void)init_pair(tone, tones[tone].colour, COLOUR_NONE);
	}
}

/* The terminal itself remembers which pairs it was given. */
attr_t paint_attr(enum tone tone)
{
	short colour, ground;
	const attr_t attr = tones[tone].attr;
	if (tones[tone].colour == COLOUR_NONE || pair_content((short)tone, &colour, &ground) == ERR)
		return attr;
	return colour == tones[tone].colour ? attr | (attr_t)COLOR_PAIR((int)tone) : attr;
}

/* How many of `width` columns from (y, x) on the window has. */
static int room_at(WINDOW *window, int y, int x, int width)
{
	if (y < 0 || x < 0 || y >= getmaxy(window) || x >= getmaxx(window) || width < 0)
		return 0;
	return width < getmaxx(window) - x ? width : getmaxx(window) - x;
}

static void put_cell(WINDOW *window, int y, int x, attr_t attr, const wchar_t *chars)
{
	cchar_t cell;
	if (setcchar(&cell, chars, attr, (short)PAIR_NUMBER((int)attr), NULL) == OK)
		(void)mvwadd_wch(window, y, x, &cell);
}

static void put_times(WINDOW *window, int y, int x, int times, attr_t attr, wchar_t c)
{
	const wchar_t chars[] = { c, L'\0' };
	for (int i = 0; i < times; i++)
		put_cell(window, y, x + i, attr, chars);
}

/* A grapheme as curses wants it: a character with columns, and those without that sit on it, cell by cell. */
struct cells {
	struct cell { int column; wchar_t chars[CCHARW_MAX + 1]; } cell[4];
	int count, width;
};

/* False when the locale, or a cell, cannot hold it whole. */
static bool split_cells(const char *text, size_t size, struct cells *cells)
{
	size_t n = 0;
	*cells = (struct cells){ .count = 0 };
	for (size_t at = 0; at < size;) {
		int32_t c;
		at += grapheme_decode(text, size, at, &c);
		const int columns = wcwidth((wchar_t)c);
		if (columns < 0 || (columns == 0 && (cells->count == 0 || n == CCHARW_MAX)))
			return false;
		if (columns > 0) {
			if (cells->count == sizeof cells->cell / sizeof cells->cell[0])
				return false;
			cells->cell[cells->count++].column = cells->width;
			cells->width += columns;
			n = 0;
		}
		cells->cell[cells->count - 1].chars[n++] = (wchar_t)c;
	}
	return true;
}

static void put_grapheme(WINDOW *window, int y, int x, int width, attr_t attr, const char *text, size_t size)
{
	struct cells cells;
	if (!split_cells(text, size, &cells) || cells.width > width) {
		put_times(window, y, x, width, attr, L'?');
		return;
	}
	for (int i = 0; i < cells.count; i++)
		put_cell(window, y, x + cells.cell[i].column, attr, cells.cell[i].chars);
}

/* Encoded text that fits; returns its columns. */
static int put_fitting(WINDOW *window, int y, int x, attr_t attr, const char *text, size_t size)
{
	int used = 0;
	for (size_t at = 0; at < size;) {
		const size_t next = text_next(text, size, at);
		const int width = (int)text_width(text + at, next - at);
		put_grapheme(window, y, x + used, width, attr, text + at, next - at);
		used += width;
		at = next;
	}
	return used;
}

/* Encoded text in `width` columns of which the window has `room`. */
static int put_cut(WINDOW *window, int y, int x, int width, attr_t attr, const char *text, size_t size)
{
	const int room = room_at(window, y, x, width);
	if (room == 0)
		return 0;
	put_times(window, y, x, room, attr, L' ');
	if (text_fit(text, size, (size_t)room) == size)
		return put_fitting(window, y, x, attr, text, size);
	const int used = put_fitting(window, y, x, attr, text, text_fit(text, size, (size_t)room - 1));
	put_times(window, y, x + used, 1, attr, wcwidth(L'\u2026') == 1 ? L'\u2026' : L'~');
	return used + 1;
}

/* Encodes; without the memory for it there is nothing to show but that something is missing. */
static void encode(struct buf *out, const char *text, bool lines)
{
	text_show(out, text, strlen(text), lines);
	if (out->failed)
		buf_clear(out);
}

int paint_width(const char *text)
{
	struct buf shown = BUF_EMPTY;
	encode(&shown, text, false);
	const int width = (int)text_width(buf_text(&shown), shown.size);
	buf_release(&shown);
	return width;
}

int paint_text(WINDOW *window, int y, int x, int width, attr_t attr, const char *text)
{
	struct buf shown = BUF_EMPTY;
	encode(&shown, text, false);
	const int used = put_cut(window, y, x, width, attr, buf_text(&shown), shown.size);
	buf_release(&shown);
	return used;
}

int paint_format(WINDOW *window, int y, int x, int width, attr_t attr, const char *fmt, ...)
{
	struct buf text = BUF_EMPTY;
	va_list args;
	va_start(args, fmt);
	buf_vprintf(&text, fmt, args);
	va_end(args);
	const int used = paint_text(window, y, x, width, attr, buf_text(&text));
	buf_release(&text);
	return used;
}

/* A space with an accent on it is no place to break a line at. */
static bool is_gap(const char *text, size_t size, size_t at)
{
	return at < size && text[at] == ' ' && text_next(text, size, at) == at + 1;
}

static size_t skip_gaps(const char *text, size_t size, size_t at)
{
	while (is_gap(text, size, at))
		at++;
	return at;
}

/* Bytes of the row that opens the text, which is not empty; *next is where the row after it opens. */
static size_t row_of(const char *text, size_t size, size_t width, size_t *next)
{
	const char *end = memchr(text, '\n', size);
	const size_t line = end ? (size_t)(end - text) : size, after = end ? line + 1 : line;
	const size_t indent = skip_gaps(text, line, 0);
	size_t fit = text_fit(text, line, width);
	if (fit < line) {
		size_t gap = fit;
		while (gap > indent && !is_gap(text, line, gap))
			gap--;
		if (gap > indent)
			fit = gap;
		else if (fit == 0)
			fit = text_next(text, line, 0);
	}
	*next = skip_gaps(text, line, fit);
	if (*next == line)
		*next = after;
	while (fit > indent && fit < line && is_gap(text, line, fit - 1))
		fit--;
	return fit;
}

int paint_wrapped(WINDOW *window, int y, int x, int width, int height, int skip, attr_t attr, const char *text)
{
	struct buf shown = BUF_EMPTY;
	int row = 0;
	if (width <= 0)
		return 0;
	encode(&shown, text, true);
	for (size_t at = 0, next; at < shown.size; at += next, row++) {
		const char *from = buf_text(&shown) + at;
		const size_t size = row_of(from, shown.size - at, (size_t)width, &next);
		if (row >= skip && row - skip < height)
			(void)put_cut(window, y + row - skip, x, width, attr, from, size);
	}
	buf_release(&shown);
	return row;
}

int paint_clipped(WINDOW *window, int y, int x, int width, int height, attr_t attr, const char *text, const char *mark)
{
	const int rows = paint_wrapped(window, y, x, width, height, 0, attr, text), size = paint_width(mark);

	if (rows > height && height > 0 && size < width)
		(void)paint_text(window, y + height - 1, x + width - size - 1, size + 1, WA_NORMAL, "");
	if (rows > height && height > 0 && size < width)
		(void)paint_text(window, y + height - 1, x + width - size, size, WA_NORMAL, mark);
	return rows;
}

void paint_rule(WINDOW *window, int y, int x, int width, const char *title, const char *note)
{
	enum { LEAD = 3 /* "-- " */, TAIL = 2 /* " -" */, GAP = 2, LEAST = 4 /* columns worth reading */ };
	const struct { const char *text; attr_t attr; } parts[] = { { title, paint_attr(TONE_TITLE) }, { note, WA_NORMAL } };
	const int room = room_at(window, y, x, width);
	int at = LEAD;
	put_times(window, y, x, room, paint_attr(TONE_QUIET), L'-');
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		const int left = room - TAIL - at, wanted = parts[i].text ? paint_width(parts[i].text) : 0;
		if (wanted == 0 || (left < LEAST && left < wanted))
			continue;
		put_times(window, y, x + at - 1, 1, WA_NORMAL, L' ');
		at += paint_text(window, y, x + at, left < wanted ? left : wanted, parts[i].attr, parts[i].text);
		put_times(window, y, x + at, 1, WA_NORMAL, L' ');
		at += GAP;
	}
}

/* Never full before the whole is reached. */
static int filled(int cells, int64_t part, int64_t whole)
{
	if (part >= whole)
		return cells;
	if (part <= 0)
		return 0;
	const int most = cells - 1, got = (int)((double)part / (double)whole * cells);
	return got < most ? got : most;
}

void paint_bar(WINDOW *window, int y, int x, int width, int64_t part, int64_t whole)
{
	enum { BRACKETS = 2 };
	const int room = room_at(window, y, x, width);
	const bool has_brackets = room > BRACKETS;
	const int cells = has_brackets ? room - BRACKETS : room, from = has_brackets ? x + 1 : x;
	if (room == 0)
		return;
	const int done = filled(cells, part, whole);
	put_times(window, y, from, done, WA_NORMAL, L'#');
	put_times(window, y, from + done, cells - done, WA_NORMAL, L'-');
	if (has_brackets) {
		put_times(window, y, x, 1, WA_NORMAL, L'[');
		put_times(window, y, x + room - 1, 1, WA_NORMAL, L']');
	}
}

void paint_clear(WINDOW *window, int y, int x, int height, int width)
{
	for (int row = 0; row < height; row++)
		put_times(window, y + row, x, room_at(window, y + row, x, width), WA_NORMAL, L' ');
}
