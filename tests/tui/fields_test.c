#include <config.h>

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/tui/form.h>

#include "board.h"

TestSuite(fields, .timeout = 60, .description = "texts of several lines, lists and picks, by keys alone");

enum { WIDTH = 60, HEIGHT = 24 };

static enum err_kind offer(const struct act_in *in, struct arena *arena, struct form_options *out, struct err *err)
{
	static const struct form_option options[] = {
		{ .id = "acme-staging", .state = "staging", .reason = "eligible" },
		{ .id = "borealis", .state = "production", .reason = "opted out of experimental", .is_barred = true },
		{ .id = "citrus", .state = "production", .reason = "consent 2025-01-30" },
	};
	struct form_option *items = arena_array(arena, 3, sizeof *items);

	(void)in;
	if (!items)
		return err_memory(err);
	memcpy(items, options, sizeof options);
	*out = (struct form_options){ items, 3 };
	return ERR_NONE;
}

static const struct form_field fields[] = {
	{ .name = "area", .label = "Area", .shape = FIELD_AREA, .most = 400 },
	{ .name = "list", .label = "List", .shape = FIELD_LIST, .most = 20, .items = 3 },
	{ .name = "pick", .label = "Pick", .shape = FIELD_PICK, .options = offer },
	{ .name = "line", .label = "Line", .most = 20 },
};
enum { AREA, LIST, PICK, LINE, FIELDS };

struct desk { struct form form; struct board board; int y, x; };

static void open_desk(struct desk *desk, size_t focus)
{
	struct err err;

	board_open(&desk->board, UTF8_LOCALE, BOARD_TERM, HEIGHT, WIDTH);
	form_init(&desk->form, fields, FIELDS);
	desk->form.width = WIDTH;
	desk->form.focus = focus;
	cr_assert(form_offer(&desk->form, NULL, &err) == ERR_NONE, "%s", err.text);
}

static void close_desk(struct desk *desk)
{
	form_release(&desk->form);
	board_close(&desk->board);
}

static enum form_result press(struct desk *desk, wint_t code, bool is_function)
{
	return form_key(&desk->form, (struct key){ .code = code, .is_function = is_function });
}

static void type(struct desk *desk, const char *text)
{
	for (; *text; text++)
		(void)press(desk, *text == '\n' ? '\r' : (wint_t)(unsigned char)*text, false);
}

static const char *value(const struct desk *desk)
{
	return form_text(&desk->form, fields[desk->form.focus].name);
}

/* The row under the cursor. */
static const char *row(struct desk *desk)
{
	form_draw(&desk->form, desk->board.window, 0, 0, WIDTH, HEIGHT, &desk->y, &desk->x);
	return board_row(&desk->board, desk->y);
}

Test(fields, an_area_breaks_lines_and_keeps_the_column)
{
	struct desk desk;

	open_desk(&desk, AREA);
	type(&desk, "one two\n\nthree");
	cr_assert_str_eq(value(&desk), "one two\n\nthree", "Enter is a new line");
	(void)press(&desk, KEY_UP, true);
	(void)press(&desk, KEY_UP, true);
	type(&desk, "!");
	cr_assert_str_eq(value(&desk), "one t!wo\n\nthree", "over the short line the column is kept");
	cr_assert(press(&desk, KEY_UP, true) == FORM_MOVED && desk.form.focus == AREA, "the first field stays in focus");
	for (int i = 0; i < 3; i++)
		(void)press(&desk, KEY_DOWN, true);
	cr_assert(desk.form.focus == LIST, "Down on the last row leaves it");
	cr_assert(press(&desk, KEY_CONTROL('S'), false) == FORM_SUBMIT, "^S records");
	close_desk(&desk);
}

Test(fields, an_area_wraps_at_spaces_and_scrolls)
{
	struct desk desk;
	char word[16];

	open_desk(&desk, AREA);
	for (int i = 10; i < 30; i++) {
		snprintf(word, sizeof word, "%s%dabcdefgh", i > 10 ? " " : "", i);
		type(&desk, word);
	}
	cr_assert(strstr(row(&desk), "26abcdefgh") && strstr(desk.board.row, "29abcdefgh"), "\"%s\"", desk.board.row);
	(void)press(&desk, KEY_HOME, true);
	cr_assert(strstr(row(&desk), "[26abcdefgh") && desk.x == 7, "Home goes to the beginning of the row: %d \"%s\"", desk.x, desk.board.row);
	(void)press(&desk, KEY_END, true);
	(void)press(&desk, 1, false);
	cr_assert(strstr(row(&desk), "[10abcdefgh"), "^A goes to the beginning of the line: \"%s\"", desk.board.row);
	close_desk(&desk);
	open_desk(&desk, AREA);
	for (int i = 10; i < 40; i++) {
		snprintf(word, sizeof word, "%s%d", i > 10 ? "\n" : "", i);
		type(&desk, word);
	}
	cr_assert(strstr(row(&desk), "[39") && desk.y < TEXTAREA_ROWS_MOST, "the last is in sight: %d \"%s\"", desk.y, desk.board.row);
	cr_assert(board_row(&desk.board, 0)[strlen("Area  [")] == '3' && strchr(desk.board.row, '^'), "what stands above is marked: \"%s\"", desk.board.row);
	(void)press(&desk, KEY_PPAGE, true);
	cr_assert(strstr(row(&desk), "[32"), "a page back: \"%s\"", desk.board.row);
	close_desk(&desk);
}

Test(fields, a_list_adds_takes_away_and_moves_items)
{
	struct desk desk;
	struct arena arena;
	struct texts items;

	open_desk(&desk, LIST);
	type(&desk, "first\nsecond");
	cr_assert_str_eq(value(&desk), "first\nsecond", "Enter adds one below");
	(void)press(&desk, KEY_MOVE_UP, true);
	cr_assert_str_eq(value(&desk), "second\nfirst", "moved up");
	cr_assert(strstr(row(&desk), " 1 [second"), "the cursor goes with it: \"%s\"", desk.board.row);
	(void)press(&desk, KEY_MOVE_DOWN, true);
	cr_assert_str_eq(value(&desk), "first\nsecond", "and down");
	type(&desk, "\n");
	cr_assert(press(&desk, '\r', false) == FORM_FULL, "a document has no room for more");
	cr_assert(press(&desk, KEY_BACKSPACE, true) == FORM_CHANGED, "an empty one is taken away");
	cr_assert_str_eq(value(&desk), "first\nsecond", "taken away");
	(void)press(&desk, KEY_HOME, true);
	cr_assert(press(&desk, KEY_BACKSPACE, true) == FORM_MOVED, "items are not joined");
	type(&desk, "a text too long for it");
	cr_assert_str_eq(value(&desk), "first\na text too lonsecond", "an item takes twenty bytes");
	arena_init(&arena, 0);
	cr_assert(form_set(&desk.form, "list", " a \n\nb") && form_lines(&desk.form, "list", &arena, &items), "set and split");
	cr_assert(items.count == 2 && strcmp(items.items[0], "a") == 0 && strcmp(items.items[1], "b") == 0, "%zu items", items.count);
	cr_assert(!form_set(&desk.form, "list", "1\n2\n3\n4"), "more than it takes");
	arena_release(&arena);
	close_desk(&desk);
}

Test(fields, a_pick_chooses_bars_and_filters)
{
	struct desk desk;

	open_desk(&desk, PICK);
	cr_assert(form_set(&desk.form, "pick", "gone"), "from a draft");
	cr_assert(press(&desk, ' ', false) == FORM_CHANGED, "chosen");
	cr_assert_str_eq(value(&desk), "acme-staging\ngone", "what is no option stays");
	cr_assert(strstr(row(&desk), "> [x] acme-staging  staging     eligible"), "\"%s\"", desk.board.row);
	(void)press(&desk, KEY_DOWN, true);
	cr_assert(press(&desk, ' ', false) == FORM_MOVED, "barred");
	cr_assert_str_eq(desk.form.picks[PICK].refusal, "borealis cannot be chosen: opted out of experimental.", "and why");
	type(&desk, "/cit");
	cr_assert(form_is_typing(&desk.form) && strstr(row(&desk), "filter: [cit"), "\"%s\"", desk.board.row);
	cr_assert(strstr(board_row(&desk.board, desk.y + 1), "citrus") && strstr(board_row(&desk.board, desk.y + 2), "(2 chosen hidden by the filter)"), "\"%s\"",
		desk.board.row);
	type(&desk, "\n ");
	cr_assert_str_eq(value(&desk), "acme-staging\ncitrus\ngone", "in the order of the options");
	type(&desk, "/x");
	(void)press(&desk, 27, false);
	cr_assert_str_eq(filter_text(&desk.form.picks[PICK].filter), "cit", "Esc puts back what was");
	cr_assert(form_undo(&desk.form) && strcmp(value(&desk), "acme-staging\ngone") == 0, "taken back: %s", value(&desk));
	close_desk(&desk);
}

Test(fields, a_paste_is_one_change_with_its_line_ends_where_there_are_lines)
{
	static const struct { size_t field; const char *pasted; enum form_result result; const char *stands; } rows[] = {
		{ AREA, "a\r\nb\rc\td", FORM_CHANGED, "a\nb\nc d" },
		{ LIST, "a\nb", FORM_CHANGED, "a\nb" },
		{ LIST, "1\n2\n3\n4", FORM_FULL, "" },
		{ LINE, "a\nb", FORM_CHANGED, "a b" },
		{ LINE, "more than twenty bytes", FORM_FULL, "" },
		{ PICK, " ", FORM_UNUSED, "" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct desk desk;

		open_desk(&desk, rows[i].field);
		cr_assert(form_paste(&desk.form, rows[i].pasted) == rows[i].result, "row %zu", i);
		cr_assert_str_eq(value(&desk), rows[i].stands, "row %zu", i);
		cr_assert(form_undo(&desk.form) == (rows[i].result == FORM_CHANGED), "row %zu is one step", i);
		cr_assert_str_eq(value(&desk), "", "row %zu, taken back", i);
		close_desk(&desk);
	}
}
