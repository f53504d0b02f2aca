#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/tui/memos.h>
#include <gonogo/tui/subject.h>

#include "memos_state.h"

static enum err_kind read_filter(const struct memos *list, struct memo_filter *filter, char *words, size_t size, enum decision *decision, struct err *err)
{
	struct filter_term terms[] = { { .name = "decision" } };
	int value;
	enum err_kind failed = filter_read(filter_text(&list->filter), terms, sizeof terms / sizeof *terms, words, size, err);

	*filter = (struct memo_filter){ .text = *words ? words : NULL };
	if (failed || !*terms[0].value)
		return failed;
	if (!words_read(words_decision, terms[0].value, &value))
		return err_set(err, ERR_USAGE, "decision: takes go or no-go.");
	*decision = (enum decision)value;
	filter->decision = decision;
	return ERR_NONE;
}

static enum err_kind fetch(struct screen *screen, const struct page *page, struct arena *arena, struct window_rows *out, struct err *err)
{
	struct memos *list = screen->state;
	char words[TEXT_LINE_MAX + 1];
	struct memo_filter filter;
	enum decision decision;
	struct memo_list rows;
	bool has_more = false;
	enum err_kind failed = read_filter(list, &filter, words, sizeof words, &decision, err);

	if (!failed)
		failed = use_memo_page(screen->console->session, &filter, list->only_mine, page, arena, &rows, &has_more, err);
	list->judged = 0;
	*list->barred = '\0';
	if (!failed)
		failed = window_rows_room(out, rows.count, arena, err);
	for (; !failed && out->count < rows.count; out->count++)
		out->keys[out->count] = rows.items[out->count].id;
	if (!failed) {
		out->items = rows.items;
		out->has_more = has_more;
	}
	return failed;
}

static enum err_kind load(struct screen *screen, struct err *err)
{
	struct memos *list = screen->state;

	return window_load(&list->window, screen, (size_t)(screen->console->rows - CONSOLE_MARGIN - 2), err);
}

static void apply_filter(struct screen *screen)
{
	struct memos *list = screen->state;
	struct err err;

	if (window_restart(&list->window, screen, &err) != ERR_NONE)
		console_say(screen->console, TONE_BAD, "%s", err.text);
}

enum err_kind memos_go_mine(struct screen *screen, struct err *err)
{
	struct memos *list = screen->state;

	(void)err;
	list->only_mine = !list->only_mine;
	apply_filter(screen);
	return ERR_NONE;
}

static bool key(struct screen *screen, struct key pressed)
{
	struct memos *list = screen->state;
	const enum filter_result result = filter_key(&list->filter, pressed);

	if (result == FILTER_CHANGED)
		apply_filter(screen);
	return result != FILTER_UNUSED;
}

static bool is_typing(const struct screen *screen)
{
	return ((const struct memos *)screen->state)->filter.is_open;
}

static struct window *window_of(const struct screen *screen)
{
	return &((struct memos *)screen->state)->window;
}

static struct filter *filter_here(const struct screen *screen)
{
	return &((struct memos *)screen->state)->filter;
}

static const char *release(const struct screen *screen)
{
	const struct memos *list = screen->state;
	const struct memo_line *rows = list->window.rows.items;

	return list->window.rows.count ? rows[list->window.at].release : NULL;
}

static bool knows_bars(const struct screen *screen)
{
	const char *selected = release(screen);

	return !selected || strcmp(((const struct memos *)screen->state)->barred, selected) == 0;
}

static void look_at_bars(struct screen *screen)
{
	struct memos *list = screen->state;
	struct subject subject;
	struct err err;

	snprintf(list->barred, sizeof list->barred, "%s", release(screen));
	if (subject_load(&subject, screen, &err) == ERR_NONE)
		action_bars_of(&subject.in, &list->bars);
	else
		console_say(screen->console, TONE_BAD, "%s", err.text);
	subject_release(&subject);
}

static const struct action_bars *bars(const struct screen *screen)
{
	return knows_bars(screen) ? &((const struct memos *)screen->state)->bars : NULL;
}

/* The memos of one release are judged together: it is read once. */
static bool idle(struct screen *screen)
{
	struct memos *list = screen->state;
	struct memo_list rows = { list->window.rows.items, list->window.rows.count };
	struct err err;

	while (list->judged < rows.count && rows.items[list->judged].is_judged)
		list->judged++;
	if (list->judged >= rows.count && knows_bars(screen))
		return false;
	if (list->judged >= rows.count) {
		look_at_bars(screen);
		return true;
	}
	if (use_memo_judge(screen->console->session, rows.items[list->judged++].release, &list->window.arena, &rows, &err) != ERR_NONE)
		console_say(screen->console, TONE_BAD, "%s", err.text);
	return true;
}

static const char *memo(const struct screen *screen)
{
	const struct memos *list = screen->state;
	const struct memo_line *rows = list->window.rows.items;

	return list->window.rows.count ? rows[list->window.at].id : NULL;
}

static enum err_kind copy(const struct screen *screen, struct buf *out, struct err *err)
{
	const struct memos *list = screen->state;
	const struct memo_line *row = (const struct memo_line *)list->window.rows.items + list->window.at;

	return list->window.rows.count ? use_memo_text(screen->console->session, row->release, &row->kind, row->version, out, err) : ERR_NONE;
}

static void free_memos(void *state)
{
	struct memos *list = state;

	window_release(&list->window);
	filter_release(&list->filter);
	free(list);
}

static const struct screen_kind kind = { .title = "Memos", .pane = PANE_MEMOS, .load = load, .draw = memos_draw, .key = key, .idle = idle,
					 .release = release, .memo = memo, .is_typing = is_typing, .window = window_of, .filter = filter_here, .bars = bars, .copy = copy, .free = free_memos };

enum err_kind memos_open(struct console *console, struct err *err)
{
	struct memos *list = calloc(1, sizeof *list);

	if (list) {
		window_init(&list->window, fetch);
		filter_init(&list->filter);
	}
	return console_push(console, &kind, list, err);
}

enum err_kind memos_count(struct console *console, size_t *count, struct err *err)
{
	return use_memo_waiting(console->session, count, err);
}
