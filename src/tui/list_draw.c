#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/tui/list.h>

static int width_of(const struct list_column *column, const struct frame *frame, int x)
{
	return column->width ? column->width : frame->x + frame->width - x;
}

static bool is_shown(const struct list_column *column, const struct frame *frame)
{
	return frame->width >= column->from && (!column->to || frame->width <= column->to);
}

static void draw_heads(const struct list_kind *kind, const struct frame *frame, int y)
{
	int x = frame->x + 2;

	for (const struct list_column *column = kind->columns; column->head; column++)
		if (is_shown(column, frame)) {
			const int width = width_of(column, frame, x);

			paint_text(frame->window, y, x, width - (column->width ? 1 : 0), paint_attr(TONE_QUIET), column->head);
			x += width;
		}
}

static const char *text_of(const struct list_column *column, const char *cell, const char *above)
{
	if (!cell || (column->groups && above && strcmp(cell, above) == 0))
		return "";
	return cell;
}

/* `above` NULL: it is the first in sight. */
static void draw_row(const struct list_kind *kind, const struct frame *frame, int y, const struct list_row *row, const struct list_row *above, bool is_selected)
{
	int x = frame->x + 2;

	paint_text(frame->window, y, frame->x, 2, A_NORMAL, is_selected ? ">" : " ");
	for (int i = 0; kind->columns[i].head; i++)
		if (is_shown(&kind->columns[i], frame)) {
			const int width = width_of(&kind->columns[i], frame, x);
			const attr_t attr = i == row->toned ? paint_attr(row->tone) : A_NORMAL;

			paint_text(frame->window, y, x, width - (kind->columns[i].width ? 1 : 0), attr, text_of(&kind->columns[i], row->cells[i], above ? above->cells[i] : NULL));
			x += width;
		}
	if (is_selected)
		mvwchgat(frame->window, y, frame->x, frame->width, A_REVERSE, 0, NULL);
}

/* What is left out is always said. */
static void draw_rule(const struct list *list, const struct frame *frame)
{
	const struct list_kind *kind = list->kind;
	const struct window *window = &list->window;
	const bool is_saved = kind->saved && list->saved != LIST_ALL;
	const char *text = filter_text(&list->filter), *about = list_about(list);
	char note[TEXT_LINE_MAX + 240], name[128];
	size_t at = 0;

	*note = '\0';
	if (is_saved || *text)
		at += (size_t)snprintf(note, sizeof note, "filter:%s%s%s%s", is_saved ? " " : "", is_saved ? words_word(kind->saved, list->saved) : "",
				       *text ? " /" : "", text);
	if (kind->orders)
		at += (size_t)snprintf(note + at, sizeof note - at, "  sort: %s", words_word(kind->orders, list->order));
	at += (size_t)snprintf(note + at, sizeof note - at, "%s%s", window->rows.note ? "  " : "", window->rows.note ? window->rows.note : "");
	snprintf(note + at, sizeof note - at, "%s%s", *window->before ? "  more above" : "", window->rows.has_more ? "  more below" : "");
	snprintf(name, sizeof name, "%s%s%s", kind->name, *about ? "  " : "", about);
	paint_rule(frame->window, frame->y, frame->x, frame->width, name, note + strspn(note, " "));
}

static void draw_empty(const struct list *list, struct frame *frame)
{
	struct buf text = BUF_EMPTY;

	if (*list->problem)
		buf_str(&text, list->problem);
	else if (!*filter_text(&list->filter) && (!list->kind->saved || list->saved == LIST_ALL))
		buf_str(&text, list->kind->empty);
	else {
		if (list->kind->saved && list->saved != LIST_ALL)
			buf_printf(&text, "Only %s stands here, by a key that says it; the same key again: all. ", words_title(list->kind->saved, list->saved));
		buf_str(&text, "Nothing is left by the filter. It takes words");
		for (size_t i = 0; i < list->term_count; i++)
			buf_printf(&text, "%s%s:", i ? " " : ", and ", list->terms[i].name);
		buf_str(&text, list->term_count ? " with a value. / changes it, Esc takes it away." : ". / changes it, Esc takes it away.");
	}
	paint_wrapped(frame->window, frame->y + 3, frame->x, frame->width, frame->height - 3, 0, A_NORMAL, buf_text(&text));
	buf_release(&text);
}

void list_draw(const struct screen *screen, struct frame *frame)
{
	const struct list *list = screen->state;
	const struct window *window = &list->window;
	const struct list_row *rows = window->rows.items;
	const int below = frame->y + 2 + (int)window->height;
	char title[WINDOW_KEY_MAX + 16];

	draw_rule(list, frame);
	if (list->filter.is_open)
		filter_draw(&list->filter, frame, frame->y + 1);
	else
		draw_heads(list->kind, frame, frame->y + 1);
	if (!window->rows.count) {
		draw_empty(list, frame);
		return;
	}
	for (size_t i = 0; i < window->rows.count; i++)
		draw_row(list->kind, frame, frame->y + 2 + (int)i, &rows[i], i ? &rows[i - 1] : NULL, i == window->at);
	if (!list->filter.is_open) {
		frame->cursor_y = frame->y + 2 + (int)window->at;
		frame->cursor_x = frame->x;
	}
	snprintf(title, sizeof title, "%s%s", list->kind->row, window->selected);
	paint_rule(frame->window, below, frame->x, frame->width, title, list->kind->hint);
	if (strcmp(list->told_key, window->selected) == 0)
		paint_wrapped(frame->window, below + 1, frame->x, frame->width, frame->y + frame->height - below - 1, 0, A_NORMAL, buf_text(&list->told));
}
