#include <config.h>

#include <stdio.h>

#include "help_state.h"

enum { KEYS_WIDE = 13, KEYS_NARROW = 9, NARROW = 60, TALL = 17, DETAIL_TALL = 3, DETAIL_LOW = 2 };

/* Rows that the lines take from `from` on up to the selected one, titles of groups included. */
static int rows_to(const struct help *help, int from)
{
	int rows = 0;

	for (int i = from; i <= help->at && i < (int)help->count; i++)
		rows += 1 + (i == from || help->items[i].group != help->items[i - 1].group);
	return rows;
}

static int draw_lines(const struct help *help, struct frame *frame, int y, int height)
{
	const int width = frame->width < NARROW ? KEYS_NARROW : KEYS_WIDE;
	int first = help->at, row = 0;

	while (first > 0 && rows_to(help, first - 1) <= height)
		first--;
	for (int i = first; i < (int)help->count && row < height; i++) {
		const struct help_line *line = &help->items[i];
		const attr_t attr = line->group == HELP_BARRED ? paint_attr(TONE_QUIET) : A_NORMAL;

		if ((i == first || line->group != help->items[i - 1].group) && row + 1 < height)
			paint_text(frame->window, y + row++, frame->x, frame->width, paint_attr(TONE_TITLE), help_title(line->group));
		else if (i == first || line->group != help->items[i - 1].group)
			break;
		paint_text(frame->window, y + row, frame->x, 2, A_NORMAL, i == help->at ? ">" : " ");
		paint_text(frame->window, y + row, frame->x + 2, width - 1, attr, line->keys);
		paint_text(frame->window, y + row, frame->x + 2 + width, frame->width - 2 - width, attr, line->text);
		if (i == help->at) {
			mvwchgat(frame->window, y + row, frame->x, frame->width, A_REVERSE, 0, NULL);
			frame->cursor_y = y + row;
		}
		row++;
	}
	return first;
}

void help_draw(const struct screen *screen, struct frame *frame)
{
	const struct help *help = screen->state;
	const int detail = frame->height < TALL ? DETAIL_LOW : DETAIL_TALL, field = help->filter.is_open, height = frame->height - 2 - detail - field;
	const char *words = filter_text(&help->filter);
	char title[96], note[TEXT_LINE_MAX + 64];

	snprintf(title, sizeof title, "%s: %s", help->is_palette ? "Commands" : "Help", help->about);
	snprintf(note, sizeof note, "%d of %zu%s%s", help->count ? help->at + 1 : 0, help->count, *words ? "  filter: /" : "", words);
	paint_rule(frame->window, frame->y, frame->x, frame->width, title, note);
	frame->cursor_y = frame->y + 1;
	frame->cursor_x = frame->x;
	if (help->count) {
		draw_lines(help, frame, frame->y + 1 + field, height);
		paint_rule(frame->window, frame->y + 1 + field + height, frame->x, frame->width, NULL, NULL);
		paint_clipped(frame->window, frame->y + 2 + field + height, frame->x, frame->width, detail, A_NORMAL, help->items[help->at].detail, "(more)");
	} else {
		paint_wrapped(frame->window, frame->y + 2 + field, frame->x, frame->width, height, 0, A_NORMAL,
			      help->is_palette ? "No line is left by these words. Other words find others, Esc leaves." :
						   "No line is left by these words. / changes them, Esc puts back what was.");
	}
	if (field)
		filter_draw(&help->filter, frame, frame->y + 1);
}
