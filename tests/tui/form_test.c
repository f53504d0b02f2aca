#include <config.h>

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/tui/form.h>

#include "board.h"

TestSuite(form, .timeout = 60);

enum { YES = 7, NO = 3, NA = 5 };
static const struct word answers[] = { { YES, "yes", "Yes" }, { NO, "no", "No" }, { NA, "n/a", "N/A" }, { 0, NULL, NULL } };
static const struct word classes[] = { { 1, "ui-only", "UI-only (non-functional)" }, { 2, "workflow", "Workflow change (non-destructive)" },
	{ 3, "capability", "Capability exposure (guarded)" }, { 0, NULL, NULL } };
static const struct word nothing[] = { { 0, NULL, NULL } };

static const struct form_field three[] = {
	{ .name = "note", .label = "Note", .hint = "One line.", .most = 20 },
	{ .name = "answer", .label = "Answer", .hint = "What the panel shows today.", .shape = FIELD_CHOICE, .choices = answers },
	{ .name = "link", .label = "Evidence", .most = 20 },
};
static const struct form_field long_ones[] = {
	{ .name = "id", .label = "Release", .hint = "Its id.", .most = 20 },
	{ .name = "class", .label = "Class", .hint = "What may happen to tenants, at worst, when the release misbehaves.", .shape = FIELD_CHOICE, .choices = classes },
	{ .name = "answer", .label = "Answer", .shape = FIELD_CHOICE, .choices = answers },
	{ .name = "end", .label = "End", .hint = "The last one.", .most = 20 },
};

static struct key typed(wint_t code)
{
	return (struct key){ .code = code, .is_function = false };
}

static struct key pressed(wint_t code)
{
	return (struct key){ .code = code, .is_function = true };
}

static void type(struct form *form, const char *text)
{
	for (; *text; text++)
		cr_assert(form_key(form, typed((wint_t)*text)) == FORM_CHANGED, "\"%c\" is taken", *text);
}

Test(form, keys_move_the_focus_and_never_trap_it)
{
	static const struct {
		wint_t code;
		bool is_function;
		size_t from, to;
	} rows[] = {
		{ '\t', false, 0, 1 }, { '\t', false, 1, 2 }, { '\t', false, 2, 0 }, { KEY_BTAB, true, 0, 2 }, { KEY_BTAB, true, 2, 1 },
		{ KEY_DOWN, true, 0, 1 }, { KEY_DOWN, true, 1, 2 }, { KEY_DOWN, true, 2, 2 }, { KEY_UP, true, 2, 1 }, { KEY_UP, true, 0, 0 },
		{ '\r', false, 0, 1 }, { '\r', false, 1, 2 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct form form;
		form_init(&form, three, 3);
		form.focus = rows[i].from;
		const struct key key = { rows[i].code, rows[i].is_function };
		cr_assert(form_key(&form, key) == FORM_MOVED && form.focus == rows[i].to, "row %zu: focus %zu", i, form.focus);
		cr_assert(form_is_typing(&form) == (form.focus != 1), "row %zu", i);
		form_release(&form);
	}
}

Test(form, enter_on_the_last_field_submits_and_control_s_everywhere)
{
	struct form form;
	form_init(&form, three, 3);
	for (form.focus = 0; form.focus < 3; form.focus++)
		cr_assert(form_key(&form, typed(KEY_CONTROL('S'))) == FORM_SUBMIT, "from field %zu", form.focus);
	form.focus = 2;
	type(&form, "run 7");
	cr_assert(form_key(&form, typed('\r')) == FORM_SUBMIT && form.focus == 2, "Enter on the last");
	cr_assert_str_eq(form_text(&form, "link"), "run 7", "submitting keeps what was typed");
	form_release(&form);
	form_init(&form, three + 1, 1);
	cr_assert(form_key(&form, pressed(KEY_ENTER)) == FORM_SUBMIT, "a choice may be the last");
	form_release(&form);
}

Test(form, choices_are_chosen_by_keys)
{
	static const struct {
		int from;
		wint_t code;
		bool is_function;
		int to;
		enum form_result result;
	} rows[] = {
		{ -1, ' ', false, 0, FORM_CHANGED }, { 0, ' ', false, 0, FORM_MOVED }, { 2, ' ', false, 2, FORM_MOVED },
		{ -1, KEY_RIGHT, true, 0, FORM_CHANGED }, { 1, KEY_RIGHT, true, 2, FORM_CHANGED }, { 2, KEY_RIGHT, true, 2, FORM_MOVED },
		{ -1, KEY_LEFT, true, 0, FORM_CHANGED }, { 2, KEY_LEFT, true, 1, FORM_CHANGED }, { 0, KEY_LEFT, true, 0, FORM_MOVED },
		{ 1, 'y', false, 1, FORM_UNUSED }, { -1, KEY_F(1), true, -1, FORM_UNUSED }, { 1, 27, false, 1, FORM_UNUSED },
	};
	struct form form;
	form_init(&form, three, 3);
	form.focus = 1;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct key key = { rows[i].code, rows[i].is_function };
		form.chosen[1] = rows[i].from;
		cr_assert(form_key(&form, key) == rows[i].result && form.chosen[1] == rows[i].to, "row %zu: %d", i, form.chosen[1]);
	}
	form_release(&form);
}

/* A digit that went to the caller would go to another pane, and leave the form behind. */
Test(form, digit_chooses_by_number_and_never_leaves_a_choice)
{
	struct form form;

	form_init(&form, three, 3);
	form.focus = 1;
	cr_assert(form_key(&form, typed('2')) == FORM_CHANGED && form.chosen[1] == 1, "the second of them: %d", form.chosen[1]);
	cr_assert(form_key(&form, typed('1')) == FORM_CHANGED && form.chosen[1] == 0, "the first of them: %d", form.chosen[1]);
	cr_assert(form_key(&form, typed('9')) == FORM_MOVED && form.chosen[1] == 0, "there is no ninth: %d", form.chosen[1]);
	form_release(&form);
}

Test(form, nothing_to_choose_from_leaves_the_keys_to_the_caller)
{
	static const struct form_field fields[] = { { .name = "who", .label = "Who", .shape = FIELD_CHOICE, .choices = nothing }, { .name = "note", .label = "Note", .most = 9 } };
	struct form form;
	form_init(&form, fields, 2);
	cr_assert(form_key(&form, typed(' ')) == FORM_UNUSED && form_key(&form, pressed(KEY_LEFT)) == FORM_UNUSED, "nothing to choose");
	cr_assert(form_choice(&form, "who", 42) == 42, "nothing is chosen");
	cr_assert(form_key(&form, typed('\t')) == FORM_MOVED && form.focus == 1, "and nothing traps the focus");
	form_release(&form);
	form_init(&form, fields, 0);
	cr_assert(form_key(&form, typed('\t')) == FORM_UNUSED && !form_is_typing(&form) && form_height(&form, 40) == 0, "no fields, no keys");
	form_release(&form);
}

Test(form, gives_and_takes_values_by_name)
{
	struct form form;
	form_init(&form, three, 3);
	cr_assert_str_eq(form_text(&form, "note"), "", "empty at first");
	cr_assert_str_eq(form_text(&form, "answer"), "", "nothing chosen at first");
	cr_assert(form_choice(&form, "answer", -9) == -9, "nothing chosen at first");
	cr_assert(form_set(&form, "note", "kept"), "a text");
	cr_assert(form_set(&form, "answer", "no"), "a word");
	cr_assert_str_eq(form_text(&form, "note"), "kept", "the text");
	cr_assert_str_eq(form_text(&form, "answer"), "no", "the word");
	cr_assert(form_choice(&form, "answer", -9) == NO, "the value");
	cr_assert(!form_set(&form, "note", "a text of more than twenty bytes") && strcmp(form_text(&form, "note"), "kept") == 0, "too long");
	cr_assert(!form_set(&form, "note", "a\nb") && strcmp(form_text(&form, "note"), "kept") == 0, "two lines");
	cr_assert(!form_set(&form, "answer", "No") && form_choice(&form, "answer", -9) == -9, "a title is no word");
	cr_assert(!form_set(&form, "what", "x") && strcmp(form_text(&form, "what"), "") == 0, "no such field");
	cr_assert(form_choice(&form, "what", 4) == 4 && form_choice(&form, "note", 4) == 4, "no such choice");
	form_release(&form);
}

Test(form, texts_say_when_they_are_full_and_leave_other_keys)
{
	struct form form;
	form_init(&form, three, 3);
	type(&form, "twenty bytes, no mor");
	cr_assert(form_key(&form, typed('e')) == FORM_FULL, "full");
	cr_assert(form_key(&form, pressed(KEY_LEFT)) == FORM_MOVED, "a key of the text");
	cr_assert(form_key(&form, typed(127)) == FORM_CHANGED, "a key of the text");
	cr_assert(form_key(&form, typed(27)) == FORM_UNUSED && form_key(&form, pressed(KEY_F(1))) == FORM_UNUSED, "not ours");
	cr_assert_str_eq(form_text(&form, "note"), "twenty bytes, no mr", "what was typed");
	form_release(&form);
}

struct picture {
	size_t focus;
	int width, height;
	const char *rows[12];
	int cursor_y, cursor_x;
};

static void expect_picture(const struct form *form, const struct picture *picture, const char *what)
{
	struct board board;
	int y = -1, x = -1;
	board_open(&board, UTF8_LOCALE, BOARD_TERM, picture->height + 2, picture->width + 2);
	form_draw(form, board.window, 1, 1, picture->width, picture->height, &y, &x);
	for (int row = 0; row < picture->height && picture->rows[row]; row++) {
		char expected[160];
		snprintf(expected, sizeof expected, ".%-*s.", picture->width, picture->rows[row]);
		cr_assert_str_eq(board_row(&board, row + 1), expected, "%s, row %d is \"%s\"", what, row, board.row);
	}
	cr_assert(y == picture->cursor_y + 1 && x == picture->cursor_x + 1, "%s: the cursor stands at (%d, %d)", what, y - 1, x - 1);
	board_close(&board);
}

Test(form, is_drawn_with_its_labels_beside_or_above)
{
	static const struct picture pictures[] = {
		{ 0, 50, 4, { "Note      [run 7_________________________________]", "          One line.", "Answer    ( ) Yes  (*) No  ( ) N/A",
				    "Evidence  [______________________________________]" }, 0, 16 },
		{ 1, 50, 4, { "Note      [run 7_________________________________]", "Answer    ( ) Yes  (*) No  ( ) N/A",
				    "          What the panel shows today.", "Evidence  [______________________________________]" }, 1, 20 },
		{ 2, 50, 4, { "Note      [run 7_________________________________]", "Answer    ( ) Yes  (*) No  ( ) N/A",
				    "Evidence  [______________________________________]", "" }, 2, 11 },
		{ 1, 20, 10, { "Note", "  [run 7___________]", "Answer", "  ( ) Yes", "  (*) No", "  ( ) N/A", "  What the panel", "  shows today.",
				     "Evidence", "  [________________]" }, 4, 3 },
	};
	struct form form;
	form_init(&form, three, 3);
	cr_assert(form_set(&form, "note", "run 7") && form_set(&form, "answer", "no"), "filled in");
	for (size_t i = 0; i < sizeof pictures / sizeof pictures[0]; i++) {
		char what[32];
		snprintf(what, sizeof what, "picture %zu", i);
		form.focus = pictures[i].focus;
		expect_picture(&form, &pictures[i], what);
	}
	cr_assert(form_height(&form, 50) == 4 && form_height(&form, 20) == 10, "%d and %d rows", form_height(&form, 50), form_height(&form, 20));
	form_release(&form);
}

Test(form, keeps_its_height_when_the_focus_moves)
{
	struct form form;
	form_init(&form, long_ones, 4);
	for (int width = 1; width <= 80; width++) {
		form.focus = 0;
		const int height = form_height(&form, width);
		for (form.focus = 1; form.focus < 4; form.focus++)
			cr_assert(form_height(&form, width) == height, "width %d, focus %zu", width, form.focus);
	}
	form_release(&form);
}

/* At every size the focus is in sight with the cursor on it, and nothing is drawn beside the form. */
static void expect_in_sight(struct form *form, int width, int height)
{
	struct board board;
	int y, x;
	board_open(&board, UTF8_LOCALE, BOARD_TERM, height + 2, width + 2);
	form_draw(form, board.window, 1, 1, width, height, &y, &x);
	cr_assert(y >= 1 && y <= height && x >= 1 && x <= width, "%d by %d, focus %zu: (%d, %d)", width, height, form->focus, y, x);
	for (int row = 0; row < board.height; row++) {
		for (int column = 0; column < board.width; column++)
			cr_assert((row >= 1 && row <= height && column >= 1 && column <= width) || board_char(&board, row, column) == L'.',
				"%d by %d, focus %zu: (%d, %d)", width, height, form->focus, row, column);
	}
	if (width >= 3) {
		const wchar_t under = board_char(&board, y, x);
		cr_assert(under == (form->fields[form->focus].shape == FIELD_TEXT ? L'_' : form->chosen[form->focus] < 0 ? L' ' : L'*'),
			"%d by %d, focus %zu: the cursor stands on \"%lc\"", width, height, form->focus, (wint_t)under);
	}
	board_close(&board);
}

Test(form, is_scrolled_to_its_focus_at_every_size)
{
	struct form form;
	form_init(&form, long_ones, 4);
	for (int round = 0; round < 2; round++) {
		for (int width = 1; width <= 60; width += width < 12 ? 1 : 7) {
			for (int height = 1; height <= 14; height++) {
				for (form.focus = 0; form.focus < 4; form.focus++)
					expect_in_sight(&form, width, height);
			}
		}
		cr_assert(form_set(&form, "class", "capability") && form_set(&form, "answer", "n/a"), "chosen");
		cr_assert(form_set(&form, "end", "twenty bytes, no mor"), "filled in");
	}
	form_release(&form);
}

Test(form, shows_the_focus_where_only_a_part_fits)
{
	static const struct picture picture = { 3, 50, 3,
		{ "Answer   ( ) Yes  ( ) No  ( ) N/A", "End      [_______________________________________]", "         The last one.              (2 more above)" }, 1, 10 };
	static const struct picture least = { 1, 50, 1, { "Class    ( ) UI-only (non-functional)" }, 0, 10 };
	struct form form;
	form_init(&form, long_ones, 4);
	form.focus = 1;
	expect_picture(&form, &least, "one row");
	form.focus = 3;
	expect_picture(&form, &picture, "three rows");
	form_release(&form);
}

Test(form, hostile_text_cannot_steer_the_terminal)
{
	static const struct word people[] = {
		{ 1, "eve", "Eve\x1b[2J \xe2\x80\xae" "eor" }, { 2, "bob", "\xe6\x97\xa5\xe6\x9c\xac" }, { 0, NULL, NULL } };
	static const struct form_field fields[] = { { .name = "note", .label = "No\x9bte", .hint = "de\xe2\x80\xaenied\nx", .most = 40 },
		{ .name = "who", .label = "Who", .shape = FIELD_CHOICE, .choices = people } };
	static const char *const locales[] = { UTF8_LOCALE, ASCII_LOCALE };
	for (size_t i = 0; i < 2; i++) {
		struct form form;
		struct board board;
		int y, x;
		board_open(&board, locales[i], BOARD_TERM, 6, 64);
		form_init(&form, fields, 2);
		cr_assert(form_set(&form, "note", "go\xe2\x80\xaeon \xe6\x97\xa5"), "a text that is refused when submitted");
		form_draw(&form, board.window, 0, 0, 60, 6, &y, &x);
		cr_assert(board_is_harmless(&board), "in %s", locales[i]);
		cr_assert(strstr(board_row(&board, 0), "No\\x9bte  [go\\u202eon ") != NULL, "\"%s\"", board.row);
		cr_assert(strstr(board_row(&board, 1), "de\\u202enied") != NULL, "\"%s\"", board.row);
		cr_assert(strstr(board_row(&board, 3), "Eve\\x1b[2J \\u202eeor") != NULL,
			"\"%s\"", board.row);
		form_release(&form);
		board_close(&board);
	}
}

/* A note mostly holds one line: Enter goes on, and a paste may still bring more. */
Test(form, a_brief_area_lets_enter_go_on_and_takes_lines_from_a_paste)
{
	static const struct form_field fields[] = { { .name = "note", .label = "Note", .shape = FIELD_AREA, .is_brief = true, .most = 200 },
		{ .name = "end", .label = "End", .most = 40 } };
	struct form form;

	form_init(&form, fields, 2);
	cr_assert_eq(form_key(&form, (struct key){ .code = 'a' }), FORM_CHANGED, "typed");
	cr_assert_eq(form_height(&form, 40), 3, "one row each, and the hint, while it is one line");
	cr_assert(form_key(&form, (struct key){ .code = '\r' }) == FORM_MOVED && form.focus == 1, "Enter goes to the next field");
	form.focus = 0;
	cr_assert_eq(form_paste(&form, "b\nc"), FORM_CHANGED, "pasted");
	cr_assert_str_eq(form_text(&form, "note"), "ab\nc", "with its line end");
	cr_assert_eq(form_height(&form, 40), 4, "and both rows are seen");
	form_release(&form);
}
