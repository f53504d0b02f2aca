#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/tui/list.h>
#include <gonogo/tui/subject.h>
#include <gonogo/tui/textview.h>

#include "list_state.h"

enum { TALL = 18 };

static size_t height_of(int rows)
{
	const int body = rows - CONSOLE_MARGIN - 2;
	const int height = rows < TALL ? body - 3 : body / 2;

	return (size_t)(height > 1 ? height : 1);
}

const char *list_about(const struct list *list)
{
	return *list->named ? list->named : list->about;
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

void list_read_filter(struct list *list, struct session *session)
{
	struct err err = { 0 };
	enum err_kind failed;

	list->problem[0] = list->named[0] = '\0';
	failed = filter_read(filter_text(&list->filter), list->terms, list->term_count, list->words, sizeof list->words, &err);
	if (!failed && list->kind->is_of_release && list_value(list, "release"))
		failed = list_name_release(list, session, &err);
	if (!failed && list->kind->check)
		failed = list->kind->check(list, &err);
	if (failed)
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
	list_recall_view(list, screen->console);
	list_read_filter(list, screen->console->session);
	return window_load(&list->window, screen, height_of(screen->console->rows), err);
}

static enum err_kind bar_selected(struct screen *screen, struct err *err)
{
	struct list *list = screen->state;
	struct subject subject;
	enum err_kind failed = ERR_NONE;

	if (!list->kind->is_of_release)
		return ERR_NONE;
	failed = subject_load(&subject, screen, err);
	if (!failed)
		action_bars_of(&subject.in, &list->bars);
	subject_release(&subject);
	return failed;
}

const struct action_bars *list_bars(const struct screen *screen)
{
	return &((const struct list *)screen->state)->bars;
}

bool list_idle(struct screen *screen)
{
	struct list *list = screen->state;
	struct err err;

	if (!list->window.rows.count || strcmp(list->told_key, list->window.selected) == 0)
		return false;
	if (tell_selected(screen, &err) != ERR_NONE || bar_selected(screen, &err) != ERR_NONE)
		console_say(screen->console, TONE_BAD, "%s", err.text);
	return true;
}

bool list_key(struct screen *screen, struct key key)
{
	struct list *list = screen->state;
	const enum filter_result result = filter_key(&list->filter, key);

	if (result == FILTER_CHANGED)
		list_apply(screen);
	if (result != FILTER_UNUSED && !list->filter.is_open)
		list_keep_view(list, screen->console->session);
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

	if (*list_about(list))
		return list_about(list);
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

enum err_kind list_copy(const struct screen *screen, struct buf *out, struct err *err)
{
	const struct list *list = screen->state;

	return list->window.rows.count ? list->kind->tell(screen->console->session, list, list->window.selected, out, err) : ERR_NONE;
}
