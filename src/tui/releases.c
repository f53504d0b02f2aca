#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/app/uses.h>
#include <gonogo/tui/releases.h>
#include <gonogo/tui/subject.h>
#include <gonogo/tui/view.h>

#include "releases_state.h"

static enum err_kind fetch(struct screen *screen, const struct page *page, struct arena *arena, struct window_rows *out, struct err *err)
{
	struct releases *list = screen->state;
	const struct release_filter filter = releases_filter(list, screen->console->my_roles);
	struct release_list rows;
	bool has_more = false;
	enum err_kind failed = use_release_page(screen->console->session, &filter, page, arena, &rows, &has_more, err);

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
	const struct release_filter filter = { .needs = roles };
	const struct page page = { .limit = MINE_MOST };
	struct release_list rows = { 0 };
	const struct release_line *best = NULL;
	struct arena arena;
	bool has_more;
	enum err_kind failed = ERR_NONE;

	arena_init(&arena, 0);
	if (roles)
		failed = use_release_page(screen->console->session, &filter, &page, &arena, &rows, &has_more, err);
	for (size_t i = 0; i < rows.count; i++)
		if (!best || rows.items[i].unmet < best->unmet)
			best = &rows.items[i];
	list->mine = rows.count;
	if (best && !list->has_begun && !*list->window.selected)
		snprintf(list->window.selected, sizeof list->window.selected, "%s", best->id);
	arena_release(&arena);
	list->has_begun = true;
	return failed;
}

/* Whatever it opens is a release's; of an act its command says whose it is. */
static bool is_about_release(const struct action *action)
{
	return action->group == GROUP_OPEN || (action->record && action->command && strstr(action->command, " RELEASE"));
}

/* Where there is nothing to list, what is to be done first. */
static enum err_kind look_for_start(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	struct record record;
	enum err_kind failed;

	if (list->window.rows.count || releases_is_filtered(list))
		return ERR_NONE;
	arena_release(&list->report_arena);
	list->report = (struct report){ 0 };
	failed = record_load(screen->console->session, NULL, WHEN_NONE, false, &record, err);
	if (!failed) {
		const struct act_in in = { .session = screen->console->session, .record = &record };

		failed = start_of(&record, &list->report_arena, &list->start, err);
		action_bars_of(&in, &list->bars);
	}
	for (size_t i = 0; i < action_count; i++)
		list->bars.is_barred[i] |= is_about_release(&actions[i]) || actions[i].group == GROUP_FIND;
	record_release(&record);
	return failed;
}

static enum err_kind load(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	struct console *console = screen->console;
	enum err_kind failed;

	if (strcmp(list->who, console->me) != 0)
		releases_recall(list, console->me);
	if (*console->walked)
		snprintf(list->window.selected, sizeof list->window.selected, "%s", console->walked);
	*console->walked = '\0';
	failed = look_for_mine(screen, err);
	list->has_report = false;
	if (!failed)
		failed = window_load(&list->window, screen, (size_t)releases_height(screen->console->rows), err);
	return failed ? failed : look_for_start(screen, err);
}

/* --- filters: the list is read anew with every letter --- */

static void apply_filter(struct screen *screen)
{
	struct releases *list = screen->state;
	struct err err;

	if (window_restart(&list->window, screen, &err) != ERR_NONE)
		console_say(screen->console, TONE_BAD, "%s", err.text);
}

static void apply_view(struct screen *screen)
{
	apply_filter(screen);
	releases_keep_view(screen->state);
}

/* The same key again: all of them. */
static enum err_kind toggle(struct screen *screen, enum saved_filter saved)
{
	struct releases *list = screen->state;

	list->view.saved = list->view.saved == saved ? SAVED_NONE : saved;
	apply_view(screen);
	console_say(screen->console, TONE_QUIET, "Filter: %s.", words_title(words_saved, (int)list->view.saved));
	return ERR_NONE;
}

enum err_kind releases_go_mine(struct screen *screen, struct err *err)
{
	if (!screen->console->my_roles)
		return err_set(err, ERR_REFUSED, "Nothing waits for you: you hold no role in this ledger.");
	return toggle(screen, SAVED_MINE);
}

enum err_kind releases_go_blocked(struct screen *screen, struct err *err)
{
	(void)err;
	return toggle(screen, SAVED_BLOCKED);
}

enum err_kind releases_go_soaking(struct screen *screen, struct err *err)
{
	(void)err;
	return toggle(screen, SAVED_SOAKING);
}

enum err_kind releases_go_halted(struct screen *screen, struct err *err)
{
	(void)err;
	return toggle(screen, SAVED_HALTED);
}

enum err_kind releases_go_sort(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	char selected[WINDOW_KEY_MAX];

	snprintf(selected, sizeof selected, "%s", list->window.selected);
	list->view.order = (enum release_order)view_next(words_order, (int)list->view.order);
	apply_view(screen);
	console_say(screen->console, TONE_QUIET, "Sorted %s.", words_title(words_order, (int)list->view.order));
	return *selected ? window_select(&list->window, screen, selected, err) : ERR_NONE;
}

/* In the list as it is filtered and sorted now, so that the cursor goes down and comes round. */
enum err_kind releases_go_needed(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	struct console *console = screen->console;
	struct release_filter filter = releases_filter(list, console->my_roles);
	const char *found = NULL;
	struct arena arena;
	enum err_kind failed;

	if (!console->my_roles)
		return err_set(err, ERR_REFUSED, "Nothing waits for you: you hold no role in this ledger.");
	filter.needs = console->my_roles;
	arena_init(&arena, 0);
	failed = use_release_needed(console->session, &filter, list->window.selected, &arena, &found, err);
	if (!failed && found)
		failed = window_select(&list->window, screen, found, err);
	else if (!failed)
		console_say(console, TONE_QUIET, "No other release %swaits for you.", filter.text || list->view.saved != SAVED_NONE ? "that the filter leaves " : "");
	arena_release(&arena);
	return failed;
}

static bool key(struct screen *screen, struct key pressed)
{
	struct releases *list = screen->state;
	const enum filter_result result = filter_key(&list->filter, pressed);

	if (result == FILTER_CHANGED)
		apply_filter(screen);
	if (result != FILTER_UNUSED && !list->filter.is_open)
		releases_keep_view(list);
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
		failed = report_of(&subject.in, &subject.line, &list->report_arena, &list->report, err);
	if (!failed)
		action_bars_of(&subject.in, &list->bars);
	subject_release(&subject);
	return failed;
}

static const struct action_bars *bars(const struct screen *screen)
{
	return &((const struct releases *)screen->state)->bars;
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
	else {
		releases_keep_row(list);
		return false;
	}
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

static enum err_kind copy(const struct screen *screen, struct buf *out, struct err *err)
{
	const struct releases *list = screen->state;

	(void)err;
	if (list->window.rows.count && strcmp(list->reported, list->window.selected) == 0)
		report_tell(&list->report, out);
	return ERR_NONE;
}

static void free_releases(void *state)
{
	struct releases *list = state;

	releases_keep_row(list);
	window_release(&list->window);
	arena_release(&list->report_arena);
	filter_release(&list->filter);
	free(list);
}

static const struct screen_kind kind = { .title = "Releases", .pane = PANE_RELEASES, .load = load, .draw = releases_draw, .key = key, .idle = idle,
					 .release = release, .is_typing = is_typing, .window = window_of, .filter = filter_here, .has_clock = has_clock,
					 .bars = bars, .copy = copy, .free = free_releases };

enum err_kind releases_open(struct console *console, struct err *err)
{
	struct releases *list = calloc(1, sizeof *list);

	if (list) {
		list->session = console->session;
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
		list->view.saved = SAVED_NONE;
		filter_release(&list->filter);
		filter_init(&list->filter);
		snprintf(list->window.selected, sizeof list->window.selected, "%s", release);
		screen->is_stale = true;
	}
}
