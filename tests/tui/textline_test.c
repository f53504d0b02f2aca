#include <config.h>

#include <stdint.h>
#include <string.h>

#include <criterion/criterion.h>
#include <utf8proc.h>

#include <gonogo/base/grapheme.h>
#include <gonogo/base/text.h>
#include <gonogo/tui/textline.h>

#include "board.h"

TestSuite(textline, .timeout = 120);

#define E_ACUTE  "\xc3\xa9"
#define KANJI    "\xe6\x97\xa5"
#define ROCKET   "\xf0\x9f\x9a\x80"
#define ACCENT   "\xcc\x81"
#define JOINER   "\xe2\x80\x8d"
#define FLAG     "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa"
#define WOMAN    "\xf0\x9f\x91\xa9"
#define OVERRIDE "\xe2\x80\xae"
#define ELLIPSIS "\xe2\x80\xa6"

enum { ROOM = 200 };

static struct key typed(wint_t code)
{
	return (struct key){ .code = code, .is_function = false };
}

static struct key pressed(wint_t code)
{
	return (struct key){ .code = code, .is_function = true };
}

static void type(struct textline *line, const char *text)
{
	for (size_t at = 0; text[at];) {
		int32_t c;
		at += grapheme_decode(text, strlen(text), at, &c);
		cr_assert(textline_key(line, typed((wint_t)c)) == TEXTLINE_CHANGED, "U+%04X is taken", (unsigned)c);
	}
}

static void expect(const struct textline *line, const char *before, const char *after)
{
	struct buf all = BUF_EMPTY;
	buf_str(&all, before);
	buf_str(&all, after);
	cr_assert_str_eq(textline_text(line), buf_text(&all), "\"%s\", not \"%s\"", textline_text(line), buf_text(&all));
	cr_assert(line->cursor == strlen(before), "the cursor stands at byte %zu of \"%s\"", line->cursor, textline_text(line));
	buf_release(&all);
}

static void start(struct textline *line, const char *locale, struct board *board, int width)
{
	board_open(board, locale, BOARD_TERM, 1, width);
	textline_init(line, ROOM);
}

static void stop(struct textline *line, struct board *board)
{
	textline_release(line);
	board_close(board);
}

Test(textline, text_typed_in_is_text_out)
{
	static const char *const texts[] = { "plain text", KANJI KANJI KANJI, "e" ACCENT "a" ACCENT, E_ACUTE "t" E_ACUTE, ROCKET " to " ROCKET,
		WOMAN JOINER ROCKET, "\xe2\x9a\xa0\xef\xb8\x8f", FLAG FLAG, "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab",
		"\xe0\xa4\x95\xe0\xa5\x8d\xe0\xa4\xb7\xe0\xa4\xbf",
		ACCENT, "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", "de" OVERRIDE "nied", "q\xcc\xa3\xcc\x87\xcc\x81\xcc\x82\xcc\x83\xcc\x84" };
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct textline line;
		struct board board;
		start(&line, UTF8_LOCALE, &board, 40);
		type(&line, texts[i]);
		expect(&line, texts[i], "");
		cr_assert(textline_set(&line, "") && textline_set(&line, texts[i]), "row %zu is taken whole too", i);
		expect(&line, texts[i], "");
		stop(&line, &board);
	}
}

Test(textline, keys_edit_whole_graphemes)
{
	static const struct {
		const char *text;
		struct key keys[6];
		const char *before, *after;
	} rows[] = {
		{ "abc", { { KEY_LEFT, true }, { 'X', false } }, "abX", "c" },
		{ "abc", { { KEY_HOME, true }, { KEY_RIGHT, true } }, "a", "bc" },
		{ "abc", { { KEY_CONTROL('A'), false }, { KEY_CONTROL('E'), false } }, "abc", "" },
		{ "abc", { { KEY_HOME, true }, { KEY_LEFT, true } }, "", "abc" },
		{ "abc", { { KEY_END, true }, { KEY_RIGHT, true } }, "abc", "" },
		{ "xe" ACCENT, { { KEY_LEFT, true } }, "x", "e" ACCENT },
		{ "xe" ACCENT, { { KEY_BACKSPACE, true } }, "x", "" },
		{ "xe" ACCENT, { { 0x7f, false } }, "x", "" },
		{ "x" WOMAN JOINER ROCKET, { { KEY_CONTROL('H'), false } }, "x", "" },
		{ FLAG FLAG, { { KEY_LEFT, true }, { KEY_BACKSPACE, true } }, "", FLAG },
		{ KANJI "e" ACCENT, { { KEY_HOME, true }, { KEY_DC, true } }, "", "e" ACCENT },
		{ KANJI, { { KEY_DC, true } }, KANJI, "" },
		{ KANJI, { { KEY_HOME, true }, { KEY_BACKSPACE, true } }, "", KANJI },
		{ "one two", { { KEY_LEFT, true }, { KEY_CONTROL('U'), false } }, "", "o" },
		{ "one two", { { KEY_HOME, true }, { KEY_RIGHT, true }, { KEY_CONTROL('K'), false } }, "o", "" },
		{ "one two", { { KEY_CONTROL('W'), false } }, "one ", "" },
		{ "one two  ", { { KEY_CONTROL('W'), false } }, "one ", "" },
		{ "one two", { { KEY_LEFT, true }, { KEY_CONTROL('W'), false }, { KEY_CONTROL('W'), false }, { KEY_CONTROL('W'), false } }, "", "o" },
		{ "one\xe3\x80\x80" KANJI, { { KEY_CONTROL('W'), false } }, "one\xe3\x80\x80", "" },
		{ ACCENT "b", { { KEY_HOME, true }, { 'e', false } }, "e" ACCENT, "b" },
		{ "ab" ACCENT, { { KEY_LEFT, true }, { 'x', false }, { KEY_DC, true } }, "ax", "" },
		{ "e-" ACCENT "z", { { KEY_HOME, true }, { KEY_RIGHT, true }, { KEY_DC, true } }, "e", "z" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct textline line;
		struct board board;
		start(&line, UTF8_LOCALE, &board, 40);
		cr_assert(textline_set(&line, rows[i].text), "row %zu is taken", i);
		for (size_t k = 0; rows[i].keys[k].code; k++)
			cr_assert(textline_key(&line, rows[i].keys[k]) != TEXTLINE_UNUSED, "row %zu, key %zu", i, k);
		expect(&line, rows[i].before, rows[i].after);
		stop(&line, &board);
	}
}

Test(textline, other_keys_are_left_to_the_caller)
{
	const struct key keys[] = { typed('\t'), typed('\r'), typed(27), typed(KEY_CONTROL('S')), typed(0), typed(0x9b), typed(0x2028), typed(0xd800),
		typed(0x110000), pressed(KEY_UP), pressed(KEY_DOWN), pressed(KEY_RESIZE), pressed(KEY_F(1)), pressed('a') };
	struct textline line;
	struct board board;
	start(&line, UTF8_LOCALE, &board, 40);
	type(&line, "ab");
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		cr_assert(textline_key(&line, keys[i]) == TEXTLINE_UNUSED, "key %zu", i);
	expect(&line, "ab", "");
	stop(&line, &board);
}

Test(textline, holds_no_more_than_it_may)
{
	struct textline line;
	struct board board;
	board_open(&board, UTF8_LOCALE, BOARD_TERM, 1, 40);
	textline_init(&line, 5);
	cr_assert(textline_set(&line, "abc"), "three of five");
	cr_assert(textline_key(&line, typed(0x65e5)) == TEXTLINE_FULL, "three bytes more do not fit");
	expect(&line, "abc", "");
	type(&line, E_ACUTE);
	cr_assert(textline_key(&line, typed('x')) == TEXTLINE_FULL, "full");
	cr_assert(!textline_set(&line, "abcdef"), "six do not fit");
	expect(&line, "abc" E_ACUTE, "");
	cr_assert(textline_key(&line, typed(0x7f)) == TEXTLINE_CHANGED && textline_key(&line, typed('x')) == TEXTLINE_CHANGED, "room again");
	expect(&line, "abcx", "");
	stop(&line, &board);
}

Test(textline, takes_no_text_that_could_not_be_typed)
{
	static const char *const texts[] = { "a\nb", "a\tb", "\x1b[2J", "\xff", "\xe2\x82", "\xed\xa0\x80", "\xc2\x85", "\xe2\x80\xa8" };
	struct textline line;
	struct board board;
	start(&line, UTF8_LOCALE, &board, 40);
	type(&line, "kept");
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		cr_assert(!textline_set(&line, texts[i]), "row %zu is refused", i);
		expect(&line, "kept", "");
	}
	stop(&line, &board);
}

Test(textline, says_what_a_key_did)
{
	struct textline line;
	struct board board;
	start(&line, UTF8_LOCALE, &board, 40);
	cr_assert(textline_key(&line, pressed(KEY_LEFT)) == TEXTLINE_MOVED, "a move, if to nowhere");
	cr_assert(textline_key(&line, typed(0x7f)) == TEXTLINE_MOVED, "nothing to delete is no change");
	cr_assert(textline_key(&line, typed(KEY_CONTROL('U'))) == TEXTLINE_MOVED, "nor here");
	cr_assert(textline_key(&line, typed('a')) == TEXTLINE_CHANGED, "a change");
	cr_assert(textline_key(&line, typed(KEY_CONTROL('K'))) == TEXTLINE_MOVED, "nothing follows");
	cr_assert(textline_key(&line, typed(KEY_CONTROL('W'))) == TEXTLINE_CHANGED, "a change");
	stop(&line, &board);
}

static const struct key pool[] = {
	{ 'a', false }, { 'b', false }, { ' ', false }, { ' ', false }, { 0xe9, false }, { 0x301, false }, { 0x323, false }, { 0x65e5, false },
	{ 0x672c, false }, { 0x1f680, false }, { 0x1f469, false }, { 0x1f3fd, false }, { 0x200d, false }, { 0xfe0f, false }, { 0x1f1e9, false },
	{ 0x1f1ea, false }, { 0x202e, false }, { 0x915, false }, { 0x94d, false }, { 0x937, false }, { 0x93f, false }, { 0x1112, false },
	{ 0x1161, false }, { 0x11ab, false }, { 0xe000, false }, { 0x378, false }, { 0x10ffff, false }, { 27, false }, { '\t', false },
	{ 0x9b, false }, { 0xd800, false }, { 0x2028, false }, { 0x110000, false }, { KEY_LEFT, true }, { KEY_LEFT, true }, { KEY_RIGHT, true },
	{ KEY_HOME, true }, { KEY_END, true }, { KEY_DC, true }, { KEY_BACKSPACE, true }, { KEY_BACKSPACE, true }, { 0x17, false }, { KEY_UP, true },
	{ KEY_RESIZE, true }, { 0x15, false }, { 0x0b, false },
};

static uint32_t next_random(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static bool is_border(const struct textline *line)
{
	size_t border = 0;
	while (border < line->cursor)
		border = text_next(textline_text(line), line->text.size, border);
	return border == line->cursor;
}

static void expect_sound(const struct textline *line, uint32_t seed)
{
	const char *text = textline_text(line);
	cr_assert(line->text.size <= line->most && strlen(text) == line->text.size, "seed %u: %zu bytes", seed, line->text.size);
	for (size_t at = 0; at < line->text.size;) {
		int32_t c;
		at += grapheme_decode(text, line->text.size, at, &c);
		cr_assert(c >= 0 && grapheme_char_fault(c) != GRAPHEME_CONTROL, "seed %u: \"%s\" at byte %zu", seed, text, at);
	}
	cr_assert(line->cursor <= line->text.size && is_border(line), "seed %u: the cursor at byte %zu of \"%s\"", seed, line->cursor, text);
}

/* The dots at both ends stay, and the cursor stands between them. */
static void expect_drawn(const struct textline *line, struct board *board, int width, uint32_t seed)
{
	board_strew(board);
	const int column = textline_draw(line, board->window, 0, 1, width, true);
	cr_assert(column >= 1 && column <= width, "seed %u, width %d: the cursor stands at %d", seed, width, column);
	cr_assert(board_is_harmless(board), "seed %u, width %d: \"%s\"", seed, width, board_row(board, 0));
	for (int x = 0; x < board->width; x++)
		cr_assert((board_char(board, 0, x) == L'.') == (x < 1 || x > width), "seed %u, width %d, column %d: \"%s\"", seed, width, x,
			board_row(board, 0));
}

static void type_at_random(const char *locale, uint32_t seed, size_t most)
{
	uint32_t state = seed;
	struct textline line;
	struct board board;
	board_open(&board, locale, BOARD_TERM, 1, 82);
	textline_init(&line, most);
	for (int n = 0; n < 300; n++) {
		struct buf old = BUF_EMPTY;
		buf_str(&old, textline_text(&line));
		const struct key key = pool[next_random(&state) % (sizeof pool / sizeof pool[0])];
		const enum textline_result result = textline_key(&line, key);
		const bool is_same = strcmp(buf_text(&old), textline_text(&line)) == 0;
		cr_assert((result == TEXTLINE_CHANGED) == !is_same, "seed %u, key %d: what was said is what was done", seed, n);
		cr_assert(result != TEXTLINE_UNUSED || !key_is_text(key), "seed %u, key %d: text is never left over", seed, n);
		expect_sound(&line, seed);
		expect_drawn(&line, &board, 1 + (int)(next_random(&state) % 80), seed);
		buf_release(&old);
	}
	for (int width = 1; width <= 80; width++)
		expect_drawn(&line, &board, width, seed);
	stop(&line, &board);
}

Test(textline, any_keys_leave_sound_text_and_a_cursor_in_sight)
{
	for (uint32_t seed = 1; seed <= 60; seed++)
		type_at_random(UTF8_LOCALE, seed, seed % 3 == 0 ? 20 : ROOM);
}

Test(textline, any_keys_leave_sound_text_and_a_cursor_in_sight_in_ascii)
{
	for (uint32_t seed = 1; seed <= 20; seed++)
		type_at_random(ASCII_LOCALE, seed, seed % 3 == 0 ? 20 : ROOM);
}

Test(textline, the_cursor_stands_on_what_it_is_at)
{
	static const char text[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	struct textline line;
	struct board board;
	start(&line, UTF8_LOCALE, &board, 82);
	cr_assert(textline_set(&line, text), "taken");
	for (size_t at = sizeof text - 1;; at--) {
		for (int width = 2; width <= 80; width++) {
			const int column = textline_draw(&line, board.window, 0, 1, width, true);
			const wchar_t expected = text[at] ? (wchar_t)text[at] : L'_';
			cr_assert(board_char(&board, 0, column) == expected, "byte %zu, width %d: \"%s\", column %d", at, width,
				board_row(&board, 0), column);
		}
		if (at == 0)
			break;
		(void)textline_key(&line, pressed(KEY_LEFT));
	}
	stop(&line, &board);
}

Test(textline, shows_that_text_goes_on_beside_it)
{
	static const struct {
		const char *text;
		int lefts, width, column;
		const char *row;
	} rows[] = {
		{ "", 0, 6, 1, ".______." },
		{ "abc", 0, 6, 4, ".abc___." },
		{ "abc", 3, 6, 1, ".abc___." },
		{ "abcdef", 0, 6, 6, ".<cdef_." },
		{ "abcdef", 6, 6, 1, ".abcdef." },
		{ "abcdefghij", 10, 6, 1, ".abcde" ELLIPSIS "." },
		{ "abcdefghij", 5, 6, 5, ".<cdef" ELLIPSIS "." },
		{ KANJI KANJI KANJI KANJI, 1, 6, 4, ".<" KANJI KANJI "_." },
		{ "a\x41" OVERRIDE, 0, 12, 9, ".aA\\u202e____." },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct textline line;
		struct board board;
		start(&line, UTF8_LOCALE, &board, rows[i].width + 2);
		cr_assert(textline_set(&line, rows[i].text), "row %zu is taken", i);
		for (int n = 0; n < rows[i].lefts; n++)
			(void)textline_key(&line, pressed(KEY_LEFT));
		const int column = textline_draw(&line, board.window, 0, 1, rows[i].width, true);
		cr_assert_str_eq(board_row(&board, 0), rows[i].row, "row %zu is \"%s\"", i, board.row);
		cr_assert(column == rows[i].column, "row %zu: column %d", i, column);
		stop(&line, &board);
	}
}
