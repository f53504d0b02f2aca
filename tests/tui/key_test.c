#include <config.h>

#include <locale.h>
#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/tui/key.h>

#include "board.h"

TestSuite(key, .timeout = 10);

static struct key typed(wint_t code)
{
	return (struct key){ .code = code, .is_function = false };
}

static struct key pressed(wint_t code)
{
	return (struct key){ .code = code, .is_function = true };
}

Test(key, has_the_name_that_tables_and_help_use)
{
	const struct {
		struct key key;
		const char *name;
	} rows[] = {
		{ typed('w'), "w" }, { typed('K'), "K" }, { typed('?'), "?" }, { typed(' '), "Space" },
		{ typed('\r'), "Enter" }, { typed('\n'), "Enter" }, { pressed(KEY_ENTER), "Enter" },
		{ typed(27), "Esc" }, { typed('\t'), "Tab" }, { pressed(KEY_BTAB), "S-Tab" },
		{ typed(KEY_CONTROL('S')), "^S" }, { typed(KEY_CONTROL('L')), "^L" }, { typed(0), "^@" }, { typed(31), "^_" },
		{ typed(8), "Backspace" }, { typed(127), "Backspace" }, { pressed(KEY_BACKSPACE), "Backspace" },
		{ pressed(KEY_DC), "Del" }, { pressed(KEY_UP), "Up" }, { pressed(KEY_DOWN), "Down" }, { pressed(KEY_LEFT), "Left" },
		{ pressed(KEY_RIGHT), "Right" }, { pressed(KEY_PPAGE), "PgUp" }, { pressed(KEY_NPAGE), "PgDn" },
		{ pressed(KEY_HOME), "Home" }, { pressed(KEY_END), "End" }, { pressed(KEY_F(1)), "F1" }, { pressed(KEY_F(12)), "F12" },
		{ typed(0xe9), "\xc3\xa9" }, { typed(0x1f680), "\xf0\x9f\x9a\x80" },
	};
	cr_assert(setlocale(LC_ALL, UTF8_LOCALE) != NULL, "the locale is there");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char out[KEY_NAME_MAX];
		cr_assert_str_eq(key_label(rows[i].key, out), rows[i].name, "row %zu is %s", i, out);
		cr_assert(key_is(rows[i].key, rows[i].name), "%s is %s", out, rows[i].name);
		for (size_t j = 0; j < sizeof rows / sizeof rows[0]; j++)
			cr_assert(key_is(rows[i].key, rows[j].name) == (strcmp(rows[i].name, rows[j].name) == 0), "%s and %s", out,
				rows[j].name);
	}
}

Test(key, without_a_name_is_no_key_of_any_table)
{
	const struct key rows[] = { pressed(KEY_RESIZE), pressed(KEY_MOUSE), typed(0x85), typed(0xd800), typed(0x110000), typed(WEOF),
		pressed('w'), pressed(KEY_F(0)), typed(0x2028) };
	cr_assert(setlocale(LC_ALL, UTF8_LOCALE) != NULL, "the locale is there");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char out[KEY_NAME_MAX];
		cr_assert_str_eq(key_label(rows[i], out), "a key", "row %zu is %s", i, out);
		cr_assert(!key_is(rows[i], "a key") && !key_is(rows[i], "w") && !key_is(rows[i], "") && !key_is(rows[i], NULL), "row %zu", i);
	}
	cr_assert(!key_is(typed(KEY_UP), "Up"), "a character is no function key, whatever its number");
	cr_assert(!key_is(typed('w'), NULL), "no name, no key");
}

Test(key, is_text_when_it_may_stand_in_text)
{
	const wint_t text[] = { 'a', ' ', '~', 0xe9, 0x301, 0x65e5, 0x200d, 0xfe0f, 0x1f680, 0x10ffff };
	const wint_t other[] = { 0, '\t', '\n', 27, 0x7f, 0x80, 0x9b, 0x2028, 0x2029, 0xd800, 0xdfff, 0x110000, WEOF };
	cr_assert(setlocale(LC_ALL, UTF8_LOCALE) != NULL, "the locale is there");
	for (size_t i = 0; i < sizeof text / sizeof text[0]; i++) {
		cr_assert(key_is_text(typed(text[i])), "U+%04X is text", (unsigned)text[i]);
		cr_assert(!key_is_text(pressed(text[i])), "the function key %u is not", (unsigned)text[i]);
	}
	for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
		cr_assert(!key_is_text(typed(other[i])), "U+%04X is no text", (unsigned)other[i]);
}

Test(key, is_text_byte_by_byte_only_where_a_byte_is_a_character)
{
	cr_assert(setlocale(LC_ALL, ASCII_LOCALE) != NULL, "the locale is there");
	cr_assert(key_is_text(typed('a')) && key_is_text(typed('~')), "ASCII is text");
	for (wint_t code = 0x80; code <= 0xff; code++)
		cr_assert(!key_is_text(typed(code)), "0x%02x may be half a character", (unsigned)code);
}
