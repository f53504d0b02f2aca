#include <config.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/base/grapheme.h>
#include <gonogo/base/text.h>
#include <gonogo/tui/form.h>

#include "board.h"

TestSuite(widgets, .timeout = 120, .description = "any keys whatever leave each text whole, and undoing leads back to the first");

enum { LINE_MOST = 120, AREA_MOST = 600, ITEM_MOST = 60, ITEMS_MOST = 6, ROUNDS = 60, KEYS_MOST = 200 };

static const struct form_field fields[] = {
	{ .name = "line", .label = "Line", .most = LINE_MOST },
	{ .name = "area", .label = "Area", .shape = FIELD_AREA, .most = AREA_MOST },
	{ .name = "list", .label = "List", .shape = FIELD_LIST, .most = ITEM_MOST, .items = ITEMS_MOST },
};
enum { LINE, AREA, LIST, FIELDS };

static const wint_t characters[] = {
	'a', 'B', 'z', '1', ' ', ' ', '[', 0xe9, 0x301, 0x327, 0x200d, 0xfe0f, 0x4e2d, 0x6587, 0x1f468, 0x1f469, 0x1f680, 0x1f1e9, 0x1f1ea, 0x5d0, 0x645, 0x202e,
	0x1100, 0x1161, 0x11a8, 0xad, 0x3000, 0x1f3fd,
};
static const struct key keys[] = {
	{ KEY_LEFT, true }, { KEY_RIGHT, true }, { KEY_UP, true }, { KEY_DOWN, true }, { KEY_HOME, true }, { KEY_END, true }, { KEY_PPAGE, true },
	{ KEY_NPAGE, true }, { KEY_BACKSPACE, true }, { 0x7f, false }, { KEY_DC, true }, { 1, false }, { 5, false }, { 0x15, false }, { 0x0b, false },
	{ 0x17, false }, { '\r', false }, { KEY_ENTER, true }, { KEY_MOVE_UP, true }, { KEY_MOVE_DOWN, true }, { 0x14, false },
};

static uint64_t seed;

/* The same numbers on every machine. */
static size_t below(size_t limit)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (size_t)(seed % limit);
}

static struct key any_key(void)
{
	if (below(4) > 0)
		return (struct key){ .code = characters[below(sizeof characters / sizeof *characters)] };
	return keys[below(sizeof keys / sizeof *keys)];
}

static void expect_whole(const struct form *form, size_t field, const char *what)
{
	const struct textline *line = &form->texts[field];
	const char *text = textline_text(line);
	size_t border = 0;

	cr_assert(strlen(text) == line->text.size && line->text.size <= line->most, "%s: %zu bytes", what, line->text.size);
	for (size_t at = 0; at < line->text.size;) {
		int32_t c;

		at += grapheme_decode(text, line->text.size, at, &c);
		cr_assert(c >= 0 && (grapheme_char_fault(c) != GRAPHEME_CONTROL || (c == '\n' && field != LINE)), "%s: U+%04X stands in it", what, (unsigned)c);
	}
	while (border < line->cursor)
		border = text_next(text, line->text.size, border);
	cr_assert(border == line->cursor, "%s: the cursor is at %zu, within a grapheme", what, line->cursor);
	if (field == LIST) {
		cr_assert(textlist_count(line) <= ITEMS_MOST, "%s: %zu items", what, textlist_count(line));
		for (const char *item = text; *item; item += strcspn(item, "\n"), item += *item == '\n')
			cr_assert(strcspn(item, "\n") <= ITEM_MOST, "%s: an item of %zu bytes", what, strcspn(item, "\n"));
	}
}

static void expect_drawn(struct form *form, struct board *board, const char *what)
{
	const int width = 12 + (int)below(60), height = 3 + (int)below(12);
	int y = -1, x = -1;

	form->width = width;
	form_draw(form, board->window, 0, 0, width, height, &y, &x);
	cr_assert(y >= 0 && y < height && x >= 0 && x < width, "%s: the cursor is drawn at (%d, %d) of %d by %d", what, y, x, height, width);
}

static void press_any(struct form *form, size_t field, struct board *board, size_t count, const char *what)
{
	for (size_t i = 0; i < count; i++) {
		form->focus = field;
		(void)form_key(form, any_key());
		expect_whole(form, field, what);
		if (i % 25 == 0) {
			form->focus = field;
			expect_drawn(form, board, what);
		}
	}
	form->focus = field;
}

static void undo_and_redo(struct form *form, size_t field, const char *first, const char *what)
{
	const char *name = fields[field].name;
	char *last = strdup(form_text(form, name));
	size_t steps = 0;

	for (; form_undo(form); steps++)
		expect_whole(form, field, what);
	cr_assert_str_eq(form_text(form, name), first, "%s: %zu steps back", what, steps);
	for (; form_redo(form); steps--)
		expect_whole(form, field, what);
	cr_assert(steps == 0, "%s: %zu steps are not done again", what, steps);
	cr_assert_str_eq(form_text(form, name), last, "%s: there and back", what);
	free(last);
}

static void set_and_get(const struct form *form, size_t field, const char *what)
{
	struct form other;

	form_init(&other, fields, FIELDS);
	cr_assert(form_set(&other, fields[field].name, form_text(form, fields[field].name)), "%s: what was typed is not taken", what);
	cr_assert_str_eq(form_text(&other, fields[field].name), form_text(form, fields[field].name), "%s: taken and given", what);
	form_release(&other);
}

Test(widgets, any_keys_leave_text_whole_and_can_be_taken_back)
{
	struct board board;

	board_open(&board, UTF8_LOCALE, BOARD_TERM, 20, 80);
	for (uint64_t round = 1; round <= ROUNDS; round++) {
		for (size_t field = 0; field < FIELDS; field++) {
			struct form form;
			char what[64], *first;

			seed = round * 0x9e3779b97f4a7c15u + field;
			snprintf(what, sizeof what, "round %d of %s", (int)round, fields[field].name);
			form_init(&form, fields, FIELDS);
			press_any(&form, field, &board, below(KEYS_MOST), what);
			form_settle(&form);
			first = strdup(form_text(&form, fields[field].name));
			press_any(&form, field, &board, KEYS_MOST + below(KEYS_MOST), what);
			set_and_get(&form, field, what);
			undo_and_redo(&form, field, first, what);
			undo_and_redo(&form, field, first, what);
			free(first);
			form_release(&form);
		}
	}
	board_close(&board);
}
