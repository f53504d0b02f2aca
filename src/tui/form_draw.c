#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/tui/form.h>
#include <gonogo/tui/paint.h>

#include "form_state.h"

enum {
	LABEL_GAP = 2,
	VALUE_MIN = 24, /* narrower, and the label stands above the value */
	MARK = 4,       /* "(*) " */
	CHOICE_GAP = 2,
	INDENT = 2,
	INDENT_WIDTH_MIN = 12,
	BRACKETS = 2,
	MARKED_HEIGHT_MIN = 5, /* lower, and what is out of sight is said where it hides least */
};

/* Where things stand at a width, in rows of the whole form, of which the window shows a part. */
struct layout {
	int label, value; /* columns: of the label, and where the value begins */
	int width;        /* of the value */
	bool is_stacked;
	int top[FORM_FIELDS_MAX], rows[FORM_FIELDS_MAX]; /* a field without its hint */
	int hint;         /* rows of the hint in focus */
	int used, height; /* rows with this hint, and with the longest: the form keeps its height when the focus moves */
};

static bool is_one_row(const struct form_field *field, int width)
{
	int used = 0;
	for (const struct word *choice = field->choices; choice->word; choice++)
		used += MARK + paint_width(choice->title) + (used > 0 ? CHOICE_GAP : 0);
	return used <= width;
}

static int value_rows(const struct form *form, size_t i, int width)
{
	const struct form_field *field = &form->fields[i];
	int rows = 0;
	switch (field->shape) {
	case FIELD_TEXT:
		return 1;
	case FIELD_AREA:
		return field->is_brief && textarea_is_one_row(&form->texts[i], width) ? 1 : textarea_rows(&form->texts[i], width);
	case FIELD_LIST:
		return textlist_rows(&form->texts[i]);
	case FIELD_PICK:
		return picker_rows(&form->picks[i], width, i == form->focus);
	case FIELD_CHOICE:
		break;
	}
	if (is_one_row(field, width))
		return 1;
	while (field->choices[rows].word)
		rows++;
	return rows;
}

/* Beside a short text where there is room, else in a row of its own. */
static int echo_rows(const struct form *form, size_t i)
{
	return form->echoes[i][0] || (i == form->focus && form->offers[i][0]) ? 1 : 0;
}

/* The field's own, and the keys that no other field has. */
static void hint_of(const struct form_field *field, struct buf *out)
{
	static const char *const keys[] = {
		[FIELD_TEXT] = "",
		[FIELD_CHOICE] = "",
		[FIELD_AREA] = "Enter: new line. Tab: next field. F5: editor.",
		[FIELD_LIST] = "Enter: one more below. Backspace in an empty one takes it away. ^T moves it up. F5: editor.",
		[FIELD_PICK] = "Space: choose. /: filter. Tab: next field.",
	};
	const char *own = field->hint ? field->hint : "", *theirs = field->is_brief ? "F5: editor." : keys[field->shape];

	buf_str(out, own);
	if (*own && *theirs)
		buf_str(out, strchr(".!?", own[strlen(own) - 1]) ? " " : ". ");
	buf_str(out, theirs);
}

static int hint_rows(const struct form_field *field, int width)
{
	struct buf hint = BUF_EMPTY;
	int rows;

	hint_of(field, &hint);
	rows = paint_wrapped(NULL, 0, 0, width, 0, 0, WA_NORMAL, buf_text(&hint));
	buf_release(&hint);
	return rows;
}

static struct layout lay_out(const struct form *form, int width)
{
	struct layout got = { .label = 0 };
	int most_hint = 0;
	for (size_t i = 0; i < form->count; i++) {
		const int label = paint_width(form->fields[i].label);
		got.label = label > got.label ? label : got.label;
	}
	got.is_stacked = width - got.label - LABEL_GAP < VALUE_MIN;
	got.value = got.label + LABEL_GAP;
	if (got.is_stacked) {
		got.value = width < INDENT_WIDTH_MIN ? 0 : INDENT;
		got.label = width;
	}
	got.width = width > got.value ? width - got.value : 0;
	for (size_t i = 0; i < form->count; i++) {
		const int hint = hint_rows(&form->fields[i], got.width);
		got.top[i] = got.used;
		got.rows[i] = value_rows(form, i, got.width) + echo_rows(form, i) + (got.is_stacked ? 1 : 0);
		got.used += got.rows[i];
		if (i == form->focus) {
			got.hint = hint;
			got.used += hint;
		}
		most_hint = hint > most_hint ? hint : most_hint;
	}
	got.height = got.used - got.hint + most_hint;
	return got;
}

int form_value_width(const struct form *form)
{
	return lay_out(form, form->width).width;
}

int form_height(const struct form *form, int width)
{
	return lay_out(form, width).height;
}

/* The part of the window that shows rows of the form from `first` on. */
struct sight {
	WINDOW *window;
	int y, x, height, first;
};

static int row_y(const struct sight *sight, int row)
{
	return row < sight->first || row >= sight->first + sight->height ? -1 : sight->y + row - sight->first;
}

static int clamp(int value, int least, int most)
{
	return value < least ? least : value > most ? most : value;
}

static int chosen_or_first(const struct form *form, size_t i)
{
	return form->chosen[i] < 0 ? 0 : form->chosen[i];
}

static int cursor_row(const struct form *form, const struct layout *layout)
{
	const size_t i = form->focus;
	const int row = layout->top[i] + (layout->is_stacked ? 1 : 0);
	switch (form->fields[i].shape) {
	case FIELD_TEXT:
		break;
	case FIELD_AREA:
		return row + textarea_row(&form->texts[i], layout->width);
	case FIELD_LIST:
		return row + textlist_row(&form->texts[i]);
	case FIELD_PICK:
		return row + picker_row(&form->picks[i], layout->width);
	case FIELD_CHOICE:
		return is_one_row(&form->fields[i], layout->width) ? row : row + chosen_or_first(form, i);
	}
	return row;
}

/* The focused field stands in the middle; where it is higher than the sight, at least its cursor is seen. */
static int first_row(const struct form *form, const struct layout *layout, int height)
{
	const size_t i = form->focus;
	const int rows = layout->rows[i] + layout->hint, cursor = cursor_row(form, layout);
	const int most = layout->used > height ? layout->used - height : 0;
	const int middle = clamp(layout->top[i] - (height - rows) / 2, 0, most);
	const int said = form_is_shape(form, i, FIELD_PICK) ? picker_said_rows(&form->picks[i], layout->width) : 0;
	return clamp(clamp(middle, cursor + said - height + 1, cursor), cursor - height + 1, cursor);
}

static void draw_choices(const struct form *form, size_t i, const struct sight *sight, const struct layout *layout, int *cursor_x)
{
	const struct form_field *field = &form->fields[i];
	const bool is_row = is_one_row(field, layout->width);
	int row = layout->top[i] + (layout->is_stacked ? 1 : 0), at = 0;
	for (int n = 0; field->choices[n].word; n++) {
		const bool is_chosen = form->chosen[i] == n;
		const int y = row_y(sight, row), x = sight->x + layout->value + at;
		const attr_t attr = paint_attr(is_chosen ? TONE_TITLE : TONE_PLAIN);
		const int used = paint_format(sight->window, y, x, layout->width - at, attr, "(%c) %s", is_chosen ? '*' : ' ',
			field->choices[n].title);
		if (i == form->focus && n == chosen_or_first(form, i))
			*cursor_x = x + 1;
		if (is_row)
			at += used + CHOICE_GAP;
		else
			row++;
	}
}

static void draw_text(const struct form *form, size_t i, const struct sight *sight, const struct layout *layout, int *cursor_x)
{
	const int y = row_y(sight, layout->top[i] + (layout->is_stacked ? 1 : 0)), x = sight->x + layout->value;
	const bool is_focused = i == form->focus;
	const bool has_brackets = layout->width > BRACKETS;
	const int from = has_brackets ? x + 1 : x, width = has_brackets ? layout->width - BRACKETS : layout->width;
	const int cursor = textline_draw(&form->texts[i], sight->window, y, from, width, is_focused);
	if (has_brackets) {
		(void)paint_text(sight->window, y, x, 1, WA_NORMAL, "[");
		(void)paint_text(sight->window, y, x + layout->width - 1, 1, WA_NORMAL, "]");
	}
	if (is_focused)
		*cursor_x = cursor;
}

/* The rows of a field that are in sight. */
static void draw_rows(const struct form *form, size_t i, const struct sight *sight, const struct layout *layout, int *cursor_x)
{
	const int top = layout->top[i] + (layout->is_stacked ? 1 : 0), rows = value_rows(form, i, layout->width);
	const int first = top < sight->first ? sight->first - top : 0, end = sight->first + sight->height - top;
	const struct strip strip = { .window = sight->window, .y = sight->y + top + first - sight->first, .x = sight->x + layout->value,
		.width = layout->width, .first = first, .rows = (end < rows ? end : rows) - first, .is_focused = i == form->focus };
	int cursor = sight->x;
	if (strip.rows <= 0)
		return;
	if (form->fields[i].shape == FIELD_AREA)
		cursor = textarea_draw(&form->texts[i], &strip);
	else if (form->fields[i].shape == FIELD_LIST)
		cursor = textlist_draw(&form->texts[i], &strip);
	else
		cursor = picker_draw(&form->picks[i], &strip);
	if (strip.is_focused)
		*cursor_x = cursor;
}

static void draw_field(const struct form *form, size_t i, const struct sight *sight, const struct layout *layout, int *cursor_x)
{
	switch (form->fields[i].shape) {
	case FIELD_TEXT:
		draw_text(form, i, sight, layout, cursor_x);
		break;
	case FIELD_CHOICE:
		draw_choices(form, i, sight, layout, cursor_x);
		break;
	case FIELD_AREA:
	case FIELD_LIST:
	case FIELD_PICK:
		draw_rows(form, i, sight, layout, cursor_x);
		break;
	}
	if (echo_rows(form, i))
		(void)paint_format(sight->window, row_y(sight, layout->top[i] + layout->rows[i] - 1), sight->x + layout->value, layout->width,
			paint_attr(TONE_QUIET), "%s%s", form->echoes[i][0] ? "" : "Right takes ", form->echoes[i][0] ? form->echoes[i] : form->offers[i]);
}

static void draw_hint(const struct form *form, const struct sight *sight, const struct layout *layout)
{
	const int top = layout->top[form->focus] + layout->rows[form->focus];
	struct buf hint = BUF_EMPTY;

	hint_of(&form->fields[form->focus], &hint);
	for (int row = 0; row < layout->hint; row++) {
		if (row_y(sight, top + row) >= 0)
			(void)paint_wrapped(sight->window, row_y(sight, top + row), sight->x + layout->value, layout->width, 1, row,
				paint_attr(TONE_QUIET), buf_text(&hint));
	}
	buf_release(&hint);
}

/* --- what is out of sight --- */

struct hidden { size_t above, below; };

static struct hidden count_hidden(const struct form *form, const struct layout *layout, const struct sight *sight)
{
	struct hidden got = { 0, 0 };

	for (size_t i = 0; i < form->count; i++) {
		got.above += i != form->focus && layout->top[i] < sight->first;
		got.below += i != form->focus && layout->top[i] + layout->rows[i] > sight->first + sight->height;
	}
	return got;
}

/* Where there is room for it, a row above and one below say that there is more; each of them may hide one more. */
static struct sight look_at(const struct form *form, const struct layout *layout, WINDOW *window, int y, int x, int height)
{
	struct sight sight = { window, y, x, height, first_row(form, layout, height) };
	bool has_above = false, has_below = false;

	for (int round = 0; round < 2 && layout->used > height && height >= MARKED_HEIGHT_MIN; round++) {
		const struct hidden hidden = count_hidden(form, layout, &sight);

		has_above |= hidden.above > 0;
		has_below |= hidden.below > 0;
		sight.height = height - has_above - has_below;
		sight.first = first_row(form, layout, sight.height);
	}
	sight.y += has_above;
	return sight;
}

static void draw_mark(const struct sight *sight, int y, int x, int width, size_t count, const char *where)
{
	if (count)
		(void)paint_format(sight->window, y, x, width, paint_attr(TONE_QUIET), "%zu more %s", count, where);
}

/* At the end of a row that the cursor does not stand in. */
static void draw_short_mark(const struct sight *sight, int x, int width, struct hidden hidden, int cursor_y)
{
	const int last = sight->y + sight->height - 1, y = cursor_y == last ? sight->y : last;
	char mark[64];
	int size;

	if (cursor_y == y)
		return;
	if (hidden.above && hidden.below)
		snprintf(mark, sizeof mark, "(%zu more above, %zu below)", hidden.above, hidden.below);
	else
		snprintf(mark, sizeof mark, "(%zu more %s)", hidden.above + hidden.below, hidden.above ? "above" : "below");
	if (2 * paint_width(mark) > width)
		snprintf(mark, sizeof mark, "(%zu more)", hidden.above + hidden.below);
	size = paint_width(mark);
	if (size + 1 >= width)
		return;
	(void)paint_text(sight->window, y, x + width - size - 1, size + 1, WA_NORMAL, "");
	(void)paint_text(sight->window, y, x + width - size, size, paint_attr(TONE_QUIET), mark);
}

static void draw_marks(const struct form *form, const struct layout *layout, const struct sight *sight, int top, int width, int height, int cursor_y)
{
	const struct hidden hidden = count_hidden(form, layout, sight);
	const int end = top + height;

	if (layout->used <= height || (!hidden.above && !hidden.below))
		return;
	if (sight->height == height) {
		draw_short_mark(sight, sight->x, width, hidden, cursor_y);
		return;
	}
	if (sight->y > top)
		draw_mark(sight, top, sight->x, width, hidden.above, "above");
	if (sight->y + sight->height < end)
		draw_mark(sight, end - 1, sight->x, width, hidden.below, "below");
}

void form_draw(const struct form *form, WINDOW *window, int y, int x, int width, int height, int *cursor_y, int *cursor_x)
{
	*cursor_y = y;
	*cursor_x = x;
	if (form->count == 0 || height <= 0 || width <= 0)
		return;
	const struct layout layout = lay_out(form, width);
	const struct sight sight = look_at(form, &layout, window, y, x, height);
	paint_clear(window, y, x, height < layout.height ? height : layout.height, width);
	for (size_t i = 0; i < form->count; i++) {
		const attr_t attr = paint_attr(i == form->focus ? TONE_TITLE : TONE_PLAIN);
		(void)paint_text(window, row_y(&sight, layout.top[i]), x, layout.label, attr, form->fields[i].label);
		draw_field(form, i, &sight, &layout, cursor_x);
	}
	draw_hint(form, &sight, &layout);
	*cursor_y = sight.y + cursor_row(form, &layout) - sight.first;
	*cursor_x = clamp(*cursor_x, x, x + width - 1);
	draw_marks(form, &layout, &sight, y, width, height, *cursor_y);
}
