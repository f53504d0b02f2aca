#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/tui/subject.h>
#include <gonogo/tui/switches.h>

#include "switches_state.h"

static bool has_columns(const struct screen *screen)
{
	return screen->console->columns >= SWITCHES_BROAD;
}

static enum err_kind read_filter(const struct switches *board, struct filter_term *tenant, char *words, size_t size, struct err *err)
{
	*tenant = (struct filter_term){ .name = "tenant" };
	return filter_read(filter_text(&board->filter), tenant, 1, words, size, err);
}

/* --- rows ---------------------------------------------------------------------------------------------------------- */

/* A page of ids that stand in order, as a page of the cache is. */
static void page_of(struct texts ids, const struct page *page, const char *words, struct window_rows *out)
{
	size_t from = 0;

	for (size_t i = 0; i < ids.count; i++) {
		const bool is_beyond = !page->key || (page->backward ? strcasecmp(ids.items[i], page->key) < 0 : strcasecmp(ids.items[i], page->key) > 0);

		if (is_beyond && (!words || strcasestr(ids.items[i], words)))
			out->keys[out->count++] = ids.items[i];
	}
	out->has_more = out->count > page->limit;
	if (out->has_more && page->backward)
		from = out->count - page->limit;
	out->count = out->has_more ? page->limit : out->count;
	memmove(out->keys, out->keys + from, out->count * sizeof *out->keys);
}

static enum err_kind fetch_ids(struct screen *screen, const char *words, const struct page *page, struct arena *arena, struct window_rows *out, struct err *err)
{
	const struct switches *board = screen->state;
	struct console *console = screen->console;
	struct release_page found;
	struct texts needed;
	enum err_kind failed;

	if (board->only_needed) {
		failed = switchboard_needed(console->session, console->lookout, arena, &needed, err);
		if (!failed)
			failed = window_rows_room(out, needed.count, arena, err);
		if (!failed)
			page_of(needed, page, words, out);
		return failed;
	}
	failed = switchboard_page(console->session, words, page, arena, &found, err);
	if (!failed)
		failed = window_rows_room(out, found.count, arena, err);
	for (; !failed && out->count < found.count; out->count++)
		out->keys[out->count] = found.items[out->count].id;
	out->has_more = !failed && found.has_more;
	return failed;
}

static enum err_kind fetch(struct screen *screen, const struct page *page, struct arena *arena, struct window_rows *out, struct err *err)
{
	const struct switches *board = screen->state;
	struct console *console = screen->console;
	char words[TEXT_LINE_MAX + 1];
	struct filter_term tenant;
	struct switchboard_row *rows;
	enum err_kind failed = read_filter(board, &tenant, words, sizeof words, err);

	if (!failed)
		failed = fetch_ids(screen, *words ? words : NULL, page, arena, out, err);
	if (failed)
		return failed;
	rows = arena_array(arena, out->count + 1, sizeof *rows);
	if (!rows)
		return err_memory(err);
	for (size_t i = 0; !failed && i < out->count; i++)
		failed = switchboard_row(console->session, console->lookout, out->keys[i], arena, &rows[i], err);
	out->items = rows;
	return failed;
}

/* --- columns ------------------------------------------------------------------------------------------------------- */

bool switches_column(const struct switches *board, size_t *column)
{
	for (*column = 0; *column < board->column_count; ++*column)
		if (strcmp(board->tenants.items[board->columns[*column]], board->tenant) == 0)
			return true;
	return false;
}

static void keep_in_sight(struct switches *board, int width)
{
	const size_t most = switches_columns(width);
	size_t column;

	if (switches_column(board, &column)) {
		if (column < board->first)
			board->first = column;
		if (column >= board->first + most)
			board->first = column + 1 - most;
	} else {
		board->tenant[0] = '\0';
	}
	if (board->first + most > board->column_count)
		board->first = board->column_count > most ? board->column_count - most : 0;
}

static enum err_kind load_tenants(struct screen *screen, struct err *err)
{
	struct switches *board = screen->state;
	char words[TEXT_LINE_MAX + 1];
	struct filter_term tenant;
	enum err_kind failed = read_filter(board, &tenant, words, sizeof words, err);

	if (failed)
		return failed;
	arena_release(&board->arena);
	arena_init(&board->arena, 0);
	board->tenants = (struct texts){ 0 };
	board->column_count = 0;
	failed = switchboard_tenants(screen->console->session, &board->arena, &board->tenants, err);
	board->columns = failed ? NULL : arena_array(&board->arena, board->tenants.count + 1, sizeof *board->columns);
	if (!failed && !board->columns)
		failed = err_memory(err);
	for (size_t i = 0; !failed && i < board->tenants.count; i++)
		if (!*tenant.value || strcasestr(board->tenants.items[i], tenant.value))
			board->columns[board->column_count++] = i;
	return failed;
}

/* --- the account --------------------------------------------------------------------------------------------------- */

const char *switches_selected(const struct switches *board, bool with_tenant, char *out)
{
	const bool is_one = with_tenant && *board->tenant;

	(void)snprintf(out, SWITCHES_SELECTED_MAX, "%s%s%s", board->window.selected, is_one ? " x " : "", is_one ? board->tenant : "");
	return out;
}

static enum err_kind tell(struct screen *screen, struct err *err)
{
	struct switches *board = screen->state;
	struct console *console = screen->console;
	const bool is_one = has_columns(screen) && *board->tenant;
	struct subject subject;
	enum err_kind failed;

	buf_clear(&board->told);
	switches_selected(board, has_columns(screen), board->told_key);
	failed = subject_load(&subject, screen, err);
	if (!failed)
		action_bars_of(&subject.in, &board->bars);
	subject_release(&subject);
	if (failed || !board->window.rows.count)
		return failed;
	return switchboard_account(console->session, console->lookout, board->window.selected, is_one ? board->tenant : NULL, &board->told, err);
}

static enum err_kind load(struct screen *screen, struct err *err)
{
	struct switches *board = screen->state;
	enum err_kind failed = load_tenants(screen, err);

	if (!failed)
		failed = window_load(&board->window, screen, (size_t)switches_height(screen->console->rows, screen->console->columns), err);
	if (failed)
		return failed;
	keep_in_sight(board, screen->console->columns);
	board->read_at = screen->console->now;
	return tell(screen, err);
}

static bool idle(struct screen *screen)
{
	struct switches *board = screen->state;
	char selected[SWITCHES_SELECTED_MAX];
	struct err err;

	if (strcmp(board->told_key, switches_selected(board, has_columns(screen), selected)) == 0)
		return false;
	if (tell(screen, &err) != ERR_NONE)
		console_say(screen->console, TONE_BAD, "%s", err.text);
	return true;
}

/* --- keys ---------------------------------------------------------------------------------------------------------- */

static void start_anew(struct screen *screen)
{
	struct switches *board = screen->state;
	struct err err;

	if (load_tenants(screen, &err) != ERR_NONE || window_restart(&board->window, screen, &err) != ERR_NONE) {
		console_say(screen->console, TONE_BAD, "%s", err.text);
		return;
	}
	keep_in_sight(board, screen->console->columns);
}

static bool key(struct screen *screen, struct key pressed)
{
	struct switches *board = screen->state;
	const enum filter_result result = filter_key(&board->filter, pressed);

	if (result == FILTER_CHANGED)
		start_anew(screen);
	return result != FILTER_UNUSED;
}

static enum err_kind need_columns(const struct screen *screen, struct err *err)
{
	if (has_columns(screen))
		return ERR_NONE;
	return err_set(err, ERR_REFUSED, "Tenants stand side by side from %d columns on. Enter lists those of the release.", (int)SWITCHES_BROAD);
}

static void select_column(struct screen *screen, size_t column)
{
	struct switches *board = screen->state;

	(void)snprintf(board->tenant, sizeof board->tenant, "%s", column < board->column_count ? board->tenants.items[board->columns[column]] : "");
	keep_in_sight(board, screen->console->columns);
}

enum err_kind switches_go_right(struct screen *screen, struct err *err)
{
	const struct switches *board = screen->state;
	size_t column;
	const enum err_kind failed = need_columns(screen, err);

	if (failed)
		return failed;
	if (!switches_column(board, &column))
		select_column(screen, board->first);
	else if (column + 1 < board->column_count)
		select_column(screen, column + 1);
	return ERR_NONE;
}

enum err_kind switches_go_left(struct screen *screen, struct err *err)
{
	const struct switches *board = screen->state;
	size_t column;
	const enum err_kind failed = need_columns(screen, err);

	if (!failed && switches_column(board, &column))
		select_column(screen, column ? column - 1 : SIZE_MAX);
	return failed;
}

/* The selection goes along, so that it stays in sight. */
static enum err_kind turn_columns(struct screen *screen, bool is_on, struct err *err)
{
	struct switches *board = screen->state;
	const size_t most = switches_columns(screen->console->columns);
	const enum err_kind failed = need_columns(screen, err);
	size_t column;

	if (failed)
		return failed;
	board->first = is_on ? board->first + most : board->first > most ? board->first - most : 0;
	if (board->first + most > board->column_count)
		board->first = board->column_count > most ? board->column_count - most : 0;
	if (switches_column(board, &column) && (column < board->first || column >= board->first + most))
		select_column(screen, is_on ? board->first : board->first + most - 1);
	return ERR_NONE;
}

enum err_kind switches_go_columns_on(struct screen *screen, struct err *err)
{
	return turn_columns(screen, true, err);
}

enum err_kind switches_go_columns_back(struct screen *screen, struct err *err)
{
	return turn_columns(screen, false, err);
}

enum err_kind switches_go_needed(struct screen *screen, struct err *err)
{
	struct switches *board = screen->state;

	(void)err;
	board->only_needed = !board->only_needed;
	start_anew(screen);
	return ERR_NONE;
}

/* --- the screen ---------------------------------------------------------------------------------------------------- */

static bool is_typing(const struct screen *screen)
{
	return ((const struct switches *)screen->state)->filter.is_open;
}

static struct window *window_of(const struct screen *screen)
{
	return &((struct switches *)screen->state)->window;
}

static struct filter *filter_here(const struct screen *screen)
{
	return &((struct switches *)screen->state)->filter;
}

static const char *release(const struct screen *screen)
{
	const struct switches *board = screen->state;

	return board->window.rows.count ? board->window.selected : NULL;
}

static const char *chosen(const struct screen *screen)
{
	const struct switches *board = screen->state;

	return has_columns(screen) && *board->tenant ? board->tenant : NULL;
}

/* Ages, and minutes that nobody confirmed. */
static bool has_clock(const struct screen *screen)
{
	(void)screen;
	return true;
}

static const struct action_bars *bars_of(const struct screen *screen)
{
	return &((const struct switches *)screen->state)->bars;
}

static void free_switches(void *state)
{
	struct switches *board = state;

	window_release(&board->window);
	filter_release(&board->filter);
	arena_release(&board->arena);
	buf_release(&board->told);
	free(board);
}

static const struct screen_kind kind = { .title = "Switches", .pane = PANE_SWITCHES, .load = load, .draw = switches_draw, .key = key, .idle = idle, .release = release,
					 .chosen = chosen, .has_clock = has_clock, .is_typing = is_typing, .window = window_of, .filter = filter_here, .bars = bars_of,
					 .free = free_switches };

enum err_kind switches_open(struct console *console, struct err *err)
{
	struct switches *board = calloc(1, sizeof *board);

	if (board) {
		window_init(&board->window, fetch);
		filter_init(&board->filter);
		arena_init(&board->arena, 0);
	}
	return console_push(console, &kind, board, err);
}

enum err_kind switches_count(struct console *console, size_t *count, struct err *err)
{
	struct texts needed = { 0 };
	struct arena arena;
	enum err_kind failed = ERR_NONE;

	arena_init(&arena, 0);
	if (console->my_roles)
		failed = switchboard_needed(console->session, console->lookout, &arena, &needed, err);
	*count = failed ? 0 : needed.count;
	arena_release(&arena);
	return failed;
}
