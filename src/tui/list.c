#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/tui/list.h>
#include <gonogo/tui/textview.h>

enum { TALL = 18 };

static size_t height_of(int rows)
{
	const int body = rows - CONSOLE_MARGIN - 2;
	const int height = rows < TALL ? body - 3 : body / 2;

	return (size_t)(height > 1 ? height : 1);
}

const char *list_value(const struct list *list, const char *field)
{
	for (size_t i = 0; i < list->term_count; i++)
		if (strcmp(list->terms[i].name, field) == 0)
			return *list->terms[i].value ? list->terms[i].value : NULL;
	return NULL;
}

static enum err_kind fetch(struct screen *screen, const struct page *page, struct arena *arena, struct window_rows *out, struct err *err)
{
	struct list *list = screen->state;
	enum err_kind failed;

	*out = (struct window_rows){ 0 };
	if (*list->problem)
		return ERR_NONE;
	failed = list->kind->fetch(screen->console->session, list, page, arena, out, err);
	if (failed != ERR_MISSING)
		return failed;
	*out = (struct window_rows){ 0 };
	snprintf(list->problem, sizeof list->problem, "%.1000s", err->text);
	return ERR_NONE;
}

static void read_filter(struct list *list)
{
	struct err err = { 0 };

	list->problem[0] = '\0';
	if (filter_read(filter_text(&list->filter), list->terms, list->term_count, list->words, sizeof list->words, &err) != ERR_NONE ||
	    (list->kind->check && list->kind->check(list, &err) != ERR_NONE))
		snprintf(list->problem, sizeof list->problem, "%.1000s", err.text);
}

enum err_kind list_open(struct console *console, const struct list_kind *kind, const char *about, struct err *err)
{
	struct list *list = calloc(1, sizeof *list);

	if (list) {
		list->kind = kind;
		snprintf(list->about, sizeof list->about, "%s", about ? about : "");
		window_init(&list->window, fetch);
		filter_init(&list->filter);
		for (; kind->fields[list->term_count]; list->term_count++)
			list->terms[list->term_count].name = kind->fields[list->term_count];
	}
	return console_push(console, kind->screen, list, err);
}

static enum err_kind tell_selected(struct screen *screen, struct err *err)
{
	struct list *list = screen->state;

	snprintf(list->told_key, sizeof list->told_key, "%s", list->window.selected);
	buf_clear(&list->told);
	return list->kind->tell(screen->console->session, list, list->told_key, &list->told, err);
}

enum err_kind list_load(struct screen *screen, struct err *err)
{
	struct list *list = screen->state;

	list->told_key[0] = '\0';
	read_filter(list);
	return window_load(&list->window, screen, height_of(screen->console->rows), err);
}

bool list_idle(struct screen *screen)
{
	struct list *list = screen->state;
	struct err err;

	if (!list->window.rows.count || strcmp(list->told_key, list->window.selected) == 0)
		return false;
	if (tell_selected(screen, &err) != ERR_NONE)
		console_say(screen->console, TONE_BAD, "%s", err.text);
	return true;
}

bool list_key(struct screen *screen, struct key key)
{
	struct list *list = screen->state;
	const enum filter_result result = filter_key(&list->filter, key);
	struct err err;

	if (result == FILTER_CHANGED) {
		read_filter(list);
		if (window_restart(&list->window, screen, &err) != ERR_NONE)
			console_say(screen->console, TONE_BAD, "%s", err.text);
	}
	return result != FILTER_UNUSED;
}

bool list_is_typing(const struct screen *screen)
{
	return ((const struct list *)screen->state)->filter.is_open;
}

struct window *list_window(const struct screen *screen)
{
	return &((struct list *)screen->state)->window;
}

struct filter *list_filter(const struct screen *screen)
{
	return &((struct list *)screen->state)->filter;
}

const char *list_selected(const struct screen *screen)
{
	const struct window *window = list_window(screen);

	return window->rows.count ? window->selected : NULL;
}

const char *list_release(const struct screen *screen)
{
	const struct list *list = screen->state;
	const struct window *window = &list->window;
	const struct list_row *rows = window->rows.items;

	if (*list->about)
		return list->about;
	return window->rows.count ? rows[window->at].release : NULL;
}

void list_free(void *state)
{
	struct list *list = state;

	window_release(&list->window);
	filter_release(&list->filter);
	buf_release(&list->told);
	free(list);
}

enum err_kind list_go_account(struct screen *screen, struct err *err)
{
	struct list *list = screen->state;
	struct buf text = BUF_EMPTY;
	enum err_kind failed = list->window.rows.count ? tell_selected(screen, err) : err_set(err, ERR_REFUSED, "No row is selected.");

	if (failed)
		return failed;
	buf_str(&text, buf_text(&list->told));
	return textview_open(screen->console, list->told_key, &text, err);
}

/* --- drawing --- */

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

static void draw_row(const struct list_kind *kind, const struct frame *frame, int y, const struct list_row *row, bool is_selected)
{
	int x = frame->x + 2;

	paint_text(frame->window, y, frame->x, 2, A_NORMAL, is_selected ? ">" : " ");
	for (int i = 0; kind->columns[i].head; i++)
		if (is_shown(&kind->columns[i], frame)) {
			const int width = width_of(&kind->columns[i], frame, x);
			const attr_t attr = i == row->toned ? paint_attr(row->tone) : A_NORMAL;

			paint_text(frame->window, y, x, width - (kind->columns[i].width ? 1 : 0), attr, row->cells[i] ? row->cells[i] : "");
			x += width;
		}
	if (is_selected)
		mvwchgat(frame->window, y, frame->x, frame->width, A_REVERSE, 0, NULL);
}

/* What is left out is always said. */
static void draw_rule(const struct list *list, const struct frame *frame)
{
	const char *text = filter_text(&list->filter);
	char note[TEXT_LINE_MAX + 64], name[128];

	snprintf(note, sizeof note, "%s%s%s%s", *text ? "filter / " : "", text, *list->window.before ? " more above" : "",
		 list->window.rows.has_more ? " more below" : "");
	snprintf(name, sizeof name, "%s%s%s", list->kind->name, *list->about ? "  " : "", list->about);
	paint_rule(frame->window, frame->y, frame->x, frame->width, name, note + strspn(note, " "));
}

static void draw_empty(const struct list *list, struct frame *frame)
{
	struct buf text = BUF_EMPTY;

	if (*list->problem)
		buf_str(&text, list->problem);
	else if (!*filter_text(&list->filter))
		buf_str(&text, list->kind->empty);
	else {
		buf_str(&text, "Nothing is left by the filter. It takes words");
		for (size_t i = 0; i < list->term_count; i++)
			buf_printf(&text, "%s%s:", i ? " " : ", and ", list->terms[i].name);
		buf_str(&text, list->term_count ? " with a value. / changes it." : ". / changes it.");
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
		draw_row(list->kind, frame, frame->y + 2 + (int)i, &rows[i], i == window->at);
	if (!list->filter.is_open) {
		frame->cursor_y = frame->y + 2 + (int)window->at;
		frame->cursor_x = frame->x;
	}
	snprintf(title, sizeof title, "%s%s", list->kind->row, window->selected);
	paint_rule(frame->window, below, frame->x, frame->width, title, list->kind->hint);
	if (strcmp(list->told_key, window->selected) == 0)
		paint_wrapped(frame->window, below + 1, frame->x, frame->width, frame->y + frame->height - below - 1, 0, A_NORMAL, buf_text(&list->told));
}
