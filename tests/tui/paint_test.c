#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <utf8proc.h>

#include <gonogo/base/grapheme.h>
#include <gonogo/base/text.h>
#include <gonogo/tui/paint.h>

#include "board.h"

TestSuite(paint, .timeout = 60);

#define ELLIPSIS "\xe2\x80\xa6"
#define E_ACUTE  "\xc3\xa9"
#define KANJI    "\xe6\x97\xa5"
#define ROCKET   "\xf0\x9f\x9a\x80"
#define DOTTED   "q\xcc\xa3" /* no composed form: stays two characters */
#define FLAG     "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa"
#define OVERRIDE "\xe2\x80\xae"

static void expect_row(struct board *board, int y, const char *expected)
{
	cr_assert_str_eq(board_row(board, y), expected, "row %d is \"%s\", not \"%s\"", y, board->row, expected);
}

Test(paint, text_is_cut_blanked_and_told)
{
	static const struct {
		const char *text;
		int width, used;
		const char *utf8, *ascii;
	} rows[] = {
		{ "", 3, 0, "..   .....", "..   ....." },
		{ "abc", 3, 3, "..abc.....", "..abc....." },
		{ "abc", 5, 3, "..abc  ...", "..abc  ..." },
		{ "abcd", 3, 3, "..ab" ELLIPSIS ".....", "..ab~....." },
		{ "abcd", 1, 1, ".." ELLIPSIS ".......", "..~......." },
		{ "abcd", 0, 0, "..........", ".........." },
		{ "abcd", -5, 0, "..........", ".........." },
		{ E_ACUTE "t" E_ACUTE, 4, 3, ".." E_ACUTE "t" E_ACUTE " ....", "..?t? ...." },
		{ KANJI KANJI, 4, 4, ".." KANJI KANJI "....", "..????...." },
		{ KANJI KANJI, 3, 3, ".." KANJI ELLIPSIS ".....", "..??~....." },
		{ KANJI KANJI, 2, 1, ".." ELLIPSIS " ......", "..~ ......" },
		{ KANJI, 1, 1, ".." ELLIPSIS ".......", "..~......." },
		{ DOTTED "x", 2, 2, ".." DOTTED "x......", "..?x......" },
		{ DOTTED DOTTED DOTTED, 2, 2, ".." DOTTED ELLIPSIS "......", "..?~......" },
		{ ROCKET "x", 3, 3, ".." ROCKET "x.....", "..??x....." },
		{ FLAG FLAG, 3, 3, ".." FLAG ELLIPSIS ".....", "..??~....." },
	};
	for (int locale = 0; locale < 2; locale++) {
		struct board board;
		board_open(&board, locale == 0 ? UTF8_LOCALE : ASCII_LOCALE, BOARD_TERM, 1, 10);
		for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
			board_strew(&board);
			const int used = paint_text(board.window, 0, 2, rows[i].width, A_NORMAL, rows[i].text);
			cr_assert(used == rows[i].used, "row %zu takes %d columns", i, used);
			expect_row(&board, 0, locale == 0 ? rows[i].utf8 : rows[i].ascii);
		}
		board_close(&board);
	}
}

Test(paint, text_stays_on_the_window)
{
	struct board board;
	board_open(&board, UTF8_LOCALE, BOARD_TERM, 2, 6);
	cr_assert(paint_text(board.window, 1, 3, 80, A_NORMAL, KANJI KANJI) == 3, "three columns are there");
	expect_row(&board, 0, "......");
	expect_row(&board, 1, "..." KANJI ELLIPSIS);
	board_strew(&board);
	cr_assert(paint_text(board.window, 2, 0, 6, A_NORMAL, "x") == 0 && paint_text(board.window, -1, 0, 6, A_NORMAL, "x") == 0, "no such row");
	cr_assert(paint_text(board.window, 0, 6, 6, A_NORMAL, "x") == 0 && paint_text(board.window, 0, -1, 6, A_NORMAL, "x") == 0, "no such column");
	paint_rule(board.window, 9, 0, 6, "title", "note");
	paint_bar(board.window, -1, 0, 6, 1, 2);
	paint_clear(board.window, -3, -3, 2, 2);
	expect_row(&board, 0, "......");
	expect_row(&board, 1, "......");
	paint_clear(board.window, 1, 4, 80, 80);
	expect_row(&board, 0, "......");
	expect_row(&board, 1, "....  ");
	board_close(&board);
}

Test(paint, text_that_would_steer_the_terminal_is_encoded)
{
	static const struct {
		const char *text, *shown;
	} rows[] = {
		{ "a\x1b[2Jb", "a\\x1b[2Jb" },
		{ "de" OVERRIDE "nied", "de\\u202enied" },
		{ "one\ntwo\tthree", "one\\x0atwo\\x09three" },
		{ "\xc2\x9b" "31m", "\\u009b31m" },
		{ "\xff\xfe", "\\xff\\xfe" },
		{ "e\xcc\x81", "e\\u0301" },
		{ "\xcc\x81", "\\u0301" },
		{ "\xe2\x80\x8b", "\\u200b" },
	};
	for (int locale = 0; locale < 2; locale++) {
		struct board board;
		board_open(&board, locale == 0 ? UTF8_LOCALE : ASCII_LOCALE, BOARD_TERM, 1, 40);
		for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
			char expected[64];
			board_strew(&board);
			const int used = paint_format(board.window, 0, 0, 38, A_NORMAL, "%s", rows[i].text);
			snprintf(expected, sizeof expected, "%-38s..", rows[i].shown);
			expect_row(&board, 0, expected);
			cr_assert(used == (int)strlen(rows[i].shown) && paint_width(rows[i].text) == used, "row %zu takes %d", i, used);
			for (int width = 1; width < 38; width++) {
				(void)paint_text(board.window, 0, 0, width, A_NORMAL, rows[i].text);
				cr_assert(board_is_harmless(&board), "row %zu cut to %d: \"%s\"", i, width, board_row(&board, 0));
			}
		}
		board_close(&board);
	}
}

Test(paint, marks_that_a_cell_cannot_hold_are_not_left_out_in_silence)
{
	struct board board;
	board_open(&board, UTF8_LOCALE, BOARD_TERM, 1, 4);
	cr_assert(paint_text(board.window, 0, 0, 3, A_NORMAL, DOTTED "\xcc\xa4\xcc\xa5\xcc\xad") == 1, "one column");
	expect_row(&board, 0, DOTTED "\xcc\xa4\xcc\xa5\xcc\xad  .");
	cr_assert(paint_text(board.window, 0, 0, 3, A_NORMAL, DOTTED "\xcc\xa4\xcc\xa5\xcc\xad\xcc\xae") == 1, "one column");
	expect_row(&board, 0, "?  .");
	board_close(&board);
}

/* Every character there is, between its neighbours: none of them moves, and the character takes the columns it said. */
static void expect_neighbours_hold(const char *locale)
{
	struct board board;
	size_t shown = 0;
	board_open(&board, locale, BOARD_TERM, 1, 8);
	for (int32_t c = 0x20; c <= 0x10ffff; c++) {
		char text[5] = { 0 };
		if (grapheme_char_fault(c) != GRAPHEME_GOOD || grapheme_is_mark(c))
			continue;
		(void)utf8proc_encode_char(c, (utf8proc_uint8_t *)text);
		const int width = paint_width(text);
		if (width > 4)
			continue; /* encoded: not in NFC by itself */
		cr_assert(paint_text(board.window, 0, 2, width, A_NORMAL, text) == width, "U+%04X takes %d", (unsigned)c, width);
		cr_assert(width > 0, "U+%04X is seen", (unsigned)c);
		for (int x = 0; x < board.width; x++)
			cr_assert((x >= 2 && x < 2 + width) || board_char(&board, 0, x) == L'.', "U+%04X reaches column %d", (unsigned)c, x);
		shown += board_char(&board, 0, 2) == (wchar_t)c;
		for (int x = 2; x < 2 + width; x++)
			(void)mvwaddch(board.window, 0, x, '.');
	}
	board_close(&board);
	cr_assert(shown >= (strcmp(locale, UTF8_LOCALE) == 0 ? 130000 : 95), "%zu characters are shown as they are", shown);
}

Test(paint, no_character_moves_its_neighbours)
{
	expect_neighbours_hold(UTF8_LOCALE);
}

Test(paint, no_character_moves_its_neighbours_in_ascii)
{
	expect_neighbours_hold(ASCII_LOCALE);
}

Test(paint, text_is_wrapped_at_spaces)
{
	static const struct {
		const char *text;
		int width, rows;
		const char *row[4];
	} rows[] = {
		{ "", 5, 0, { "....." } },
		{ "one", 5, 1, { "one  " } },
		{ "one two", 5, 2, { "one  ", "two  " } },
		{ "one  two", 4, 2, { "one ", "two " } },
		{ "one two", 3, 2, { "one", "two" } },
		{ "one two\n", 9, 1, { "one two  " } },
		{ "one\n\ntwo", 4, 3, { "one ", "    ", "two " } },
		{ "\n", 3, 1, { "   " } },
		{ "one \ntwo", 3, 2, { "one", "two" } },
		{ "abcdef", 4, 2, { "abcd", "ef  " } },
		{ "ab cdefgh", 4, 3, { "ab  ", "cdef", "gh  " } },
		{ "  - one two", 7, 2, { "  - one", "two    " } },
		{ "      x", 4, 2, { "    ", "x   " } },
		{ "abc \xcc\xa3" "def", 3, 3, { "abc", " \xcc\xa3" "de", "f  " } },
		{ KANJI KANJI KANJI, 5, 2, { KANJI KANJI " ", KANJI "   " } },
		{ KANJI "x", 1, 2, { ELLIPSIS, "x" } },
		{ "a\x1b" "b", 4, 2, { "a\\x1", "bb  " } },
	};
	struct board board;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		board_open(&board, UTF8_LOCALE, BOARD_TERM, 4, rows[i].width);
		const int used = paint_wrapped(board.window, 0, 0, rows[i].width, 4, 0, A_NORMAL, rows[i].text);
		cr_assert(used == rows[i].rows, "row %zu takes %d rows", i, used);
		cr_assert(paint_wrapped(NULL, 0, 0, rows[i].width, 0, 0, A_NORMAL, rows[i].text) == used, "row %zu is measured alike", i);
		for (int y = 0; y < 4 && rows[i].row[y]; y++)
			expect_row(&board, y, rows[i].row[y]);
		board_close(&board);
	}
	cr_assert(paint_wrapped(NULL, 0, 0, 0, 0, 0, A_NORMAL, "text") == 0, "no columns, no rows");
}

static const char long_text[] = "Audit panel: date range, " KANJI KANJI KANJI " and " ROCKET " filters " DOTTED "uite " E_ACUTE "t" E_ACUTE ".\n"
				"\n  - all channel durations met; a-word-that-is-longer-than-a-narrow-window\nde" OVERRIDE "nied\x1b[2J " FLAG " end";

/* What is left when the spaces and line ends, at which a text is wrapped, are taken away. */
static void strip(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (*text != ' ' && *text != '\n')
			buf_char(out, *text);
	}
}

Test(paint, wrapping_keeps_every_character_at_every_width)
{
	struct buf shown = BUF_EMPTY, expected = BUF_EMPTY;
	text_show(&shown, long_text, sizeof long_text - 1, true);
	strip(&expected, buf_text(&shown));
	for (int width = 2; width <= 80; width++) {
		struct buf got = BUF_EMPTY;
		struct board board;
		const int rows = paint_wrapped(NULL, 0, 0, width, 0, 0, A_NORMAL, long_text);
		board_open(&board, UTF8_LOCALE, BOARD_TERM, rows, width + 1);
		cr_assert(paint_wrapped(board.window, 0, 0, width, rows, 0, A_NORMAL, long_text) == rows, "width %d", width);
		for (int y = 0; y < rows; y++) {
			char *row = board.row;
			cr_assert(strrchr(board_row(&board, y), '.') == row + strlen(row) - 1, "width %d: row %d keeps to its columns", width, y);
			row[strlen(row) - 1] = '\0';
			strip(&got, row);
		}
		cr_assert_str_eq(buf_text(&got), buf_text(&expected), "width %d: \"%s\"", width, buf_text(&got));
		board_close(&board);
		buf_release(&got);
	}
	buf_release(&shown);
	buf_release(&expected);
}

Test(paint, wrapped_text_is_shown_in_parts)
{
	struct board whole, part;
	const int rows = paint_wrapped(NULL, 0, 0, 20, 0, 0, A_NORMAL, long_text);
	board_open(&whole, UTF8_LOCALE, BOARD_TERM, rows, 20);
	board_open(&part, UTF8_LOCALE, BOARD_TERM, 5, 20);
	(void)paint_wrapped(whole.window, 0, 0, 20, rows, 0, A_NORMAL, long_text);
	for (int skip = 0; skip <= rows; skip++) {
		board_strew(&part);
		cr_assert(paint_wrapped(part.window, 1, 0, 20, 3, skip, A_NORMAL, long_text) == rows, "skip %d", skip);
		for (int y = 0; y < 5; y++) {
			const bool is_text = y >= 1 && y <= 3 && skip + y - 1 < rows;
			expect_row(&part, y, is_text ? board_row(&whole, skip + y - 1) : "....................");
		}
	}
	board_close(&part);
	board_close(&whole);
}

Test(paint, rules_say_what_fits)
{
	static const struct {
		int width;
		const char *title, *note, *row;
	} rows[] = {
		{ 30, "Releases", "1-5 of 6", "-- Releases  1-5 of 6 --------" },
		{ 30, "Releases", NULL, "-- Releases ------------------" },
		{ 30, NULL, "1-5 of 6", "-- 1-5 of 6 ------------------" },
		{ 12, NULL, NULL, "------------" },
		{ 23, "Releases", "1-5 of 6", "-- Releases  1-5 of 6 -" },
		{ 22, "Releases", "1-5 of 6", "-- Releases  1-5 of" ELLIPSIS " -" },
		{ 18, "Releases", "1-5 of 6", "-- Releases ------" },
		{ 18, "Releases", "6", "-- Releases  6 ---" },
		{ 13, "Releases", "1-5 of 6", "-- Releases -" },
		{ 12, "Releases", "1-5 of 6", "-- Releas" ELLIPSIS " -" },
		{ 9, "Releases", "1-5 of 6", "-- Rel" ELLIPSIS " -" },
		{ 8, "Releases", "1-5 of 6", "--------" },
		{ 1, "Releases", "1-5 of 6", "-" },
		{ 0, "Releases", "1-5 of 6", "" },
		{ 20, "re\x1b" "c", OVERRIDE, "-- re\\x1bc  \\u202e -" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char expected[80];
		struct board board;
		board_open(&board, UTF8_LOCALE, BOARD_TERM, 1, rows[i].width + 2);
		paint_rule(board.window, 0, 1, rows[i].width, rows[i].title, rows[i].note);
		snprintf(expected, sizeof expected, ".%s.", rows[i].row);
		expect_row(&board, 0, expected);
		board_close(&board);
	}
}

Test(paint, bars_are_full_only_when_all_is_there)
{
	static const struct {
		int width;
		int64_t part, whole;
		const char *row;
	} rows[] = {
		{ 9, 5, 7, "[#####--]" }, { 9, 0, 7, "[-------]" }, { 9, 7, 7, "[#######]" }, { 9, 9, 7, "[#######]" }, { 9, -1, 7, "[-------]" },
		{ 9, 0, 0, "[#######]" }, { 9, 699, 700, "[######-]" }, { 9, INT64_MAX - 1, INT64_MAX, "[######-]" },
		{ 9, INT64_MIN, INT64_MAX, "[-------]" }, { 3, 1, 2, "[-]" }, { 3, 2, 2, "[#]" }, { 2, 1, 2, "#-" }, { 1, 1, 2, "-" },
		{ 1, 2, 2, "#" }, { 0, 1, 2, "" }, { -1, 1, 2, "" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char expected[80];
		struct board board;
		board_open(&board, UTF8_LOCALE, BOARD_TERM, 1, 12);
		paint_bar(board.window, 0, 1, rows[i].width, rows[i].part, rows[i].whole);
		snprintf(expected, sizeof expected, ".%s", rows[i].row);
		memset(expected + strlen(expected), '.', sizeof expected - strlen(expected));
		expected[12] = '\0';
		expect_row(&board, 0, expected);
		board_close(&board);
	}
}

Test(paint, blanks_of_a_marked_row_are_marked_too)
{
	struct board board;
	board_open(&board, UTF8_LOCALE, BOARD_TERM, 1, 8);
	(void)paint_text(board.window, 0, 0, 7, A_REVERSE, "row");
	for (int x = 0; x < 7; x++)
		cr_assert(board_attr(&board, 0, x) == A_REVERSE, "column %d", x);
	cr_assert(board_attr(&board, 0, 7) == A_NORMAL, "and nothing beside it");
	board_close(&board);
}

static bool has_colour(void)
{
	bool has = false;
	for (int tone = 0; tone < TONE_COUNT; tone++)
		has = has || (paint_attr((enum tone)tone) & A_COLOR) != 0;
	return has;
}

Test(paint, colours_only_repeat_what_is_said)
{
	struct board board;
	cr_assert(!has_colour(), "no terminal, no colours");
	board_open(&board, UTF8_LOCALE, BOARD_TERM, 1, 8);
	cr_assert(!has_colour(), "none before they were asked for");
	paint_start(false);
	cr_assert(!has_colour(), "none when they are not wanted");
	paint_start(true);
	cr_assert(has_colour(), "a terminal with colours shows them");
	cr_assert((paint_attr(TONE_BAD) & ~(attr_t)A_COLOR) != A_NORMAL, "what is bad stands out without them too");
	(void)paint_text(board.window, 0, 0, 8, paint_attr(TONE_BAD), "BLOCKED");
	expect_row(&board, 0, "BLOCKED ");
	cr_assert((mvwinch(board.window, 0, 0) & A_COLOR) == (chtype)COLOR_PAIR(TONE_BAD), "and the cell has the colour");
	board_close(&board);
}

Test(paint, no_color_is_heard)
{
	struct board board;
	cr_assert(setenv("NO_COLOR", "1", 1) == 0, "set");
	board_open(&board, UTF8_LOCALE, BOARD_TERM, 1, 8);
	paint_start(true);
	cr_assert(!has_colour(), "NO_COLOR wins");
	cr_assert(setenv("NO_COLOR", "", 1) == 0, "set");
	paint_start(true);
	cr_assert(has_colour(), "an empty one says nothing");
	board_close(&board);
}

Test(paint, a_terminal_without_colours_has_none)
{
	struct board board;
	board_open(&board, UTF8_LOCALE, "vt100", 1, 8);
	paint_start(true);
	cr_assert(!has_colour(), "a vt100 has no colours");
	(void)paint_text(board.window, 0, 0, 8, paint_attr(TONE_BAD), "BLOCKED");
	expect_row(&board, 0, "BLOCKED ");
	board_close(&board);
}
