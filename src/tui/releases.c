#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/app/uses.h>
#include <gonogo/tui/releases.h>
#include <gonogo/tui/subject.h>

#include "releases_state.h"

enum { LIST_MOST = 200 };

static enum err_kind fetch(struct screen *screen, const char *key, bool backward, size_t limit, struct arena *arena, struct release_list *out,
			   bool *has_more, struct err *err)
{
	const struct page page = { .key = key && *key ? key : NULL, .backward = backward, .limit = limit };
	struct releases *list = screen->state;
	const char *words = textline_text(&list->filter);

	return use_release_page(screen->console->session, *words ? words : NULL, list->only_mine ? screen->console->my_roles : 0, &page, arena, out, has_more, err);
}

static size_t height_of(const struct screen *screen)
{
	const int height = releases_height(screen->console->rows);

	return (size_t)(height < 1 ? 1 : height > LIST_MOST ? LIST_MOST : height);
}

static void select_row(struct releases *list, size_t at)
{
	list->at = at < list->rows.count ? at : list->rows.count ? list->rows.count - 1 : 0;
	snprintf(list->selected, sizeof list->selected, "%s", list->rows.count ? list->rows.items[list->at].id : "");
}

static enum err_kind read_window(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	struct release_list rows;
	struct arena arena;
	bool has_more = false;
	enum err_kind failed;

	arena_init(&arena, 0);
	failed = fetch(screen, list->before, false, height_of(screen), &arena, &rows, &has_more, err);
	if (failed) {
		arena_release(&arena);
		return failed;
	}
	arena_release(&list->rows_arena);
	list->rows_arena = arena;
	list->rows = rows;
	list->has_more = has_more;
	list->judged = 0;
	return ERR_NONE;
}

static bool find_selection(struct releases *list)
{
	for (size_t i = 0; i < list->rows.count; i++)
		if (strcmp(list->rows.items[i].id, list->selected) == 0) {
			select_row(list, i);
			return true;
		}
	return false;
}

/* The selection is an id: where the window no longer reaches it, the window goes there and the row is its last. */
static enum err_kind keep_selection(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	const size_t height = height_of(screen);
	struct release_list rows;
	struct arena arena;
	bool has_more;
	enum err_kind failed;

	if (!*list->selected || find_selection(list)) {
		if (!*list->selected)
			select_row(list, list->at);
		return ERR_NONE;
	}
	arena_init(&arena, 0);
	failed = fetch(screen, list->selected, true, height, &arena, &rows, &has_more, err);
	if (!failed)
		snprintf(list->before, sizeof list->before, "%s", rows.count == height ? rows.items[0].id : "");
	arena_release(&arena);
	if (!failed)
		failed = read_window(screen, err);
	if (!failed && !find_selection(list))
		select_row(list, list->at);
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
		snprintf(list->selected, sizeof list->selected, "%s", best->id);
	arena_release(&arena);
	list->has_begun = true;
	return failed;
}

/* --- moving: a window of rows, read anew by key whenever it moves --- */

static enum err_kind window_after(struct screen *screen, const char *before, struct err *err)
{
	struct releases *list = screen->state;

	snprintf(list->before, sizeof list->before, "%s", before ? before : "");
	return read_window(screen, err);
}

/* Moves the window back by `by` rows from the row that is first now, or to the end of the list when there is none. */
static enum err_kind window_back(struct screen *screen, bool from_end, size_t by, struct err *err)
{
	struct releases *list = screen->state;
	struct release_list rows;
	struct arena arena;
	bool has_more = false;
	char before[ID_BYTES] = "";
	enum err_kind failed;

	arena_init(&arena, 0);
	failed = fetch(screen, from_end || !list->rows.count ? NULL : list->rows.items[0].id, true, by + 1, &arena, &rows, &has_more, err);
	if (!failed && rows.count == by + 1)
		snprintf(before, sizeof before, "%s", rows.items[0].id);
	arena_release(&arena);
	return failed ? failed : window_after(screen, before, err);
}

static enum err_kind load(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	enum err_kind failed = look_for_mine(screen, err);

	if (!failed)
		failed = read_window(screen, err);

	if (!failed)
		failed = keep_selection(screen, err);
	/* A terminal that has grown shows more of what comes before, when nothing comes after. */
	if (!failed && *list->before && list->rows.count < height_of(screen)) {
		failed = window_back(screen, false, height_of(screen) - list->rows.count, err);
		if (!failed && !find_selection(list))
			select_row(list, list->at);
	}
	list->has_report = false;
	return failed;
}

enum err_kind releases_go_down(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	enum err_kind failed = ERR_NONE;

	if (list->at + 1 < list->rows.count) {
		select_row(list, list->at + 1);
	} else if (list->has_more && list->rows.count) {
		char before[ID_BYTES];

		snprintf(before, sizeof before, "%s", list->rows.items[0].id);
		failed = window_after(screen, before, err);
		if (!failed)
			select_row(list, list->rows.count - 1);
	}
	return failed;
}

enum err_kind releases_go_up(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	enum err_kind failed = ERR_NONE;

	if (list->at > 0) {
		select_row(list, list->at - 1);
	} else if (*list->before) {
		failed = window_back(screen, false, 1, err);
		if (!failed)
			select_row(list, 0);
	}
	return failed;
}

enum err_kind releases_go_page_down(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	char before[ID_BYTES];
	enum err_kind failed;

	if (!list->has_more || !list->rows.count) {
		select_row(list, list->rows.count);
		return ERR_NONE;
	}
	snprintf(before, sizeof before, "%s", list->rows.items[list->rows.count - 1].id);
	failed = window_after(screen, before, err);
	if (!failed)
		select_row(list, 0);
	return failed;
}

enum err_kind releases_go_page_up(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	enum err_kind failed = *list->before ? window_back(screen, false, height_of(screen), err) : ERR_NONE;

	if (!failed)
		select_row(list, 0);
	return failed;
}

enum err_kind releases_go_first(struct screen *screen, struct err *err)
{
	enum err_kind failed = window_after(screen, NULL, err);

	if (!failed)
		select_row(screen->state, 0);
	return failed;
}

enum err_kind releases_go_last(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	enum err_kind failed = window_back(screen, true, height_of(screen), err);

	if (!failed)
		select_row(list, list->rows.count);
	return failed;
}

/* --- filters: the list is read anew with every letter --- */

static void apply_filter(struct screen *screen)
{
	struct releases *list = screen->state;
	struct err err;

	if (window_after(screen, NULL, &err) != ERR_NONE)
		console_say(screen->console, TONE_BAD, "%s", err.text);
	else if (!find_selection(list))
		select_row(list, 0);
}

enum err_kind releases_go_filter(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;

	(void)err;
	snprintf(list->filter_before, sizeof list->filter_before, "%s", textline_text(&list->filter));
	list->is_filtering = true;
	console_say(screen->console, TONE_QUIET, "Enter keeps the filter, Esc puts back what was.");
	return ERR_NONE;
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

	if (!list->is_filtering)
		return false;
	if (key_is(pressed, "Enter") || key_is(pressed, "Esc") || key_is(pressed, "^G") || key_is(pressed, "^C")) {
		list->is_filtering = false;
		if (!key_is(pressed, "Enter") && textline_set(&list->filter, list->filter_before))
			apply_filter(screen);
		return true;
	}
	switch (textline_key(&list->filter, pressed)) {
	case TEXTLINE_CHANGED:
		apply_filter(screen);
		return true;
	case TEXTLINE_UNUSED:
		return false;
	case TEXTLINE_MOVED:
	case TEXTLINE_FULL:
		break;
	}
	return true;
}

static bool is_typing(const struct screen *screen)
{
	return ((const struct releases *)screen->state)->is_filtering;
}

/* --- the gate, asked while no key waits --- */

static enum err_kind report_selected(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	struct subject subject;
	enum err_kind failed = subject_load_release(&subject, screen->console->session, list->selected, err);

	snprintf(list->reported, sizeof list->reported, "%s", list->selected);
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
	struct release_line *row = &list->rows.items[list->judged++];
	struct release_line line;
	enum err_kind failed = use_release_judged(screen->console->session, row->id, &list->rows_arena, &line, err);

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

	if (list->rows.count && (!list->has_report || strcmp(list->reported, list->selected) != 0))
		failed = report_selected(screen, &err);
	else if (list->judged < list->rows.count)
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

	return *list->selected ? list->selected : NULL;
}

static bool has_clock(const struct screen *screen)
{
	return ((const struct releases *)screen->state)->has_clock;
}

static void free_releases(void *state)
{
	struct releases *list = state;

	arena_release(&list->rows_arena);
	arena_release(&list->report_arena);
	textline_release(&list->filter);
	free(list);
}

static const struct screen_kind kind = { .title = "Releases", .pane = PANE_RELEASES, .load = load, .draw = releases_draw, .key = key, .idle = idle, .release = release, .is_typing = is_typing,
					 .has_clock = has_clock, .free = free_releases };

enum err_kind releases_open(struct console *console, struct err *err)
{
	struct releases *list = calloc(1, sizeof *list);

	if (list)
		textline_init(&list->filter, TEXT_LINE_MAX);
	return console_push(console, &kind, list, err);
}
