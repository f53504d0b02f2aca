#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/app/uses.h>
#include <gonogo/tui/releases.h>
#include <gonogo/tui/subject.h>

#include "releases_state.h"

static enum err_kind fetch(struct screen *screen, const struct page *page, struct arena *arena, struct window_rows *out, struct err *err)
{
	struct releases *list = screen->state;
	const char *words = filter_text(&list->filter);
	struct release_list rows;
	bool has_more = false;
	enum err_kind failed = use_release_page(screen->console->session, *words ? words : NULL, list->only_mine ? screen->console->my_roles : 0, page, arena,
						&rows, &has_more, err);

	list->judged = 0;
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

/* Counts what waits for a role of this person, and at first puts the cursor where the least is missing: what is ready to be signed. */
static enum err_kind look_for_mine(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	const role_set roles = screen->console->my_roles;
	const struct page page = { .limit = MINE_MOST };
	struct release_list rows = { 0 };
	const struct release_line *best = NULL;
	struct arena arena;
	bool has_more;
	enum err_kind failed = ERR_NONE;

	arena_init(&arena, 0);
	if (roles)
		failed = use_release_page(screen->console->session, NULL, roles, &page, &arena, &rows, &has_more, err);
	for (size_t i = 0; i < rows.count; i++)
		if (!best || rows.items[i].unmet < best->unmet)
			best = &rows.items[i];
	list->mine = rows.count;
	if (best && !list->has_begun)
		snprintf(list->window.selected, sizeof list->window.selected, "%s", best->id);
	arena_release(&arena);
	list->has_begun = true;
	return failed;
}

static enum err_kind load(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	enum err_kind failed = look_for_mine(screen, err);

	list->has_report = false;
	return failed ? failed : window_load(&list->window, screen, (size_t)releases_height(screen->console->rows), err);
}

/* --- filters: the list is read anew with every letter --- */

static void apply_filter(struct screen *screen)
{
	struct releases *list = screen->state;
	struct err err;

	if (window_restart(&list->window, screen, &err) != ERR_NONE)
		console_say(screen->console, TONE_BAD, "%s", err.text);
}

enum err_kind releases_go_mine(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;

	if (!screen->console->my_roles)
		return err_set(err, ERR_REFUSED, "Nothing waits for you: you hold no role in this ledger.");
	list->only_mine = !list->only_mine;
	apply_filter(screen);
	return ERR_NONE;
}

static bool key(struct screen *screen, struct key pressed)
{
	struct releases *list = screen->state;
	const enum filter_result result = filter_key(&list->filter, pressed);

	if (result == FILTER_CHANGED)
		apply_filter(screen);
	return result != FILTER_UNUSED;
}

static bool is_typing(const struct screen *screen)
{
	return ((const struct releases *)screen->state)->filter.is_open;
}

static struct window *window_of(const struct screen *screen)
{
	return &((struct releases *)screen->state)->window;
}

static struct filter *filter_here(const struct screen *screen)
{
	return &((struct releases *)screen->state)->filter;
}

/* --- the gate, asked while no key waits --- */

static enum err_kind report_selected(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	struct subject subject;
	enum err_kind failed = subject_load_release(&subject, screen->console->session, list->window.selected, err);

	snprintf(list->reported, sizeof list->reported, "%s", list->window.selected);
	list->has_report = true;
	arena_release(&list->report_arena);
	list->report = (struct report){ 0 };
	if (!failed)
		failed = report_of(&subject.record, &subject.verdict, &subject.line, &list->report_arena, &list->report, err);
	subject_release(&subject);
	return failed;
}

static enum err_kind judge_row(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	struct release_line *row = (struct release_line *)list->window.rows.items + list->judged++;
	struct release_line line;
	enum err_kind failed = use_release_judged(screen->console->session, row->id, &list->window.arena, &line, err);

	if (failed)
		return failed;
	*row = line;
	list->has_clock |= line.verdict != VERDICT_GO && line.soak_required_s > 0;
	return ERR_NONE;
}

static bool idle(struct screen *screen)
{
	struct releases *list = screen->state;
	struct err err;
	enum err_kind failed = ERR_NONE;

	if (list->window.rows.count && (!list->has_report || strcmp(list->reported, list->window.selected) != 0))
		failed = report_selected(screen, &err);
	else if (list->judged < list->window.rows.count)
		failed = judge_row(screen, &err);
	else
		return false;
	if (failed)
		console_say(screen->console, TONE_BAD, "%s", err.text);
	return true;
}

static const char *release(const struct screen *screen)
{
	const struct releases *list = screen->state;

	return *list->window.selected ? list->window.selected : NULL;
}

static bool has_clock(const struct screen *screen)
{
	return ((const struct releases *)screen->state)->has_clock;
}

static void free_releases(void *state)
{
	struct releases *list = state;

	window_release(&list->window);
	arena_release(&list->report_arena);
	filter_release(&list->filter);
	free(list);
}

static const struct screen_kind kind = { .title = "Releases", .pane = PANE_RELEASES, .load = load, .draw = releases_draw, .key = key, .idle = idle, .release = release, .is_typing = is_typing, .window = window_of, .filter = filter_here,
					 .has_clock = has_clock, .free = free_releases };

enum err_kind releases_open(struct console *console, struct err *err)
{
	struct releases *list = calloc(1, sizeof *list);

	if (list) {
		window_init(&list->window, fetch);
		filter_init(&list->filter);
	}
	return console_push(console, &kind, list, err);
}

void releases_select(struct console *console, const char *release)
{
	for (size_t pane = 0; pane < PANES_MAX; pane++) {
		struct screen *screen = &console->panes[pane].items[0];
		struct releases *list = screen->state;

		if (!console->panes[pane].depth || screen->kind != &kind)
			continue;
		list->has_begun = true;
		list->only_mine = false;
		filter_release(&list->filter);
		filter_init(&list->filter);
		snprintf(list->window.selected, sizeof list->window.selected, "%s", release);
		screen->is_stale = true;
	}
}
