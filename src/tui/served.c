#include <config.h>

#include <string.h>

#include <gonogo/app/switchboard.h>
#include <gonogo/tui/list.h>
#include <gonogo/tui/switches.h>

/* The tenants of one release, in the order of the register: what the board shows side by side. */

static bool is_wanted(const struct list *list, const char *tenant)
{
	return !*list->words || strcasestr(tenant, list->words);
}

/* Where in the register the page begins, or, backward, ends. */
static size_t place_of(struct texts tenants, const struct page *page)
{
	for (size_t i = 0; page->key && i < tenants.count; i++)
		if (strcmp(tenants.items[i], page->key) == 0)
			return page->backward ? i : i + 1;
	return page->backward ? tenants.count : 0;
}

static void choose(const struct list *list, struct texts tenants, const struct page *page, size_t *places, struct window_rows *out)
{
	const size_t at = place_of(tenants, page);
	size_t i = page->backward ? 0 : at, skip = 0;

	for (size_t k = 0; page->backward && k < at; k++)
		skip += is_wanted(list, tenants.items[k]);
	out->has_more = skip > page->limit;
	skip = skip > page->limit ? skip - page->limit : 0;
	for (; i < (page->backward ? at : tenants.count); i++) {
		if (!is_wanted(list, tenants.items[i]))
			continue;
		if (page->backward && skip) {
			skip--;
			continue;
		}
		if (out->count == page->limit) {
			out->has_more = true;
			return;
		}
		places[out->count] = i;
		out->keys[out->count++] = tenants.items[i];
	}
}

static struct list_row row_of(const struct switchboard_cell *cell, const char *tenant, struct arena *arena)
{
	char word[SWITCHBOARD_CELL_MAX];
	struct list_row row = { .toned = 1, .tone = cell->needs ? TONE_BAD : cell->served == SERVED_ON ? TONE_GOOD : TONE_PLAIN };

	row.cells[0] = tenant;
	row.cells[1] = arena_str(arena, switchboard_cell_word(cell, word));
	row.cells[2] = !cell->needs	       ? words_title(words_served, (int)cell->served) :
		       cell->served == SERVED_ON ? "served, and may not be: look at it" :
		       cell->served == SERVED_KILLED ? "killed, and nothing says that it is off: look at it" :
						      "cannot be told: look at it";
	return row;
}

static enum err_kind fetch(struct session *session, const struct list *list, const struct page *page, struct arena *arena, struct window_rows *out, struct err *err)
{
	const struct console *console = session->screen;
	struct switchboard_row board;
	struct texts tenants;
	struct list_row *rows = NULL;
	size_t *places = NULL;
	enum err_kind failed = switchboard_tenants(session, arena, &tenants, err);

	if (!failed)
		failed = switchboard_row(session, console->lookout, list->about, arena, &board, err);
	if (!failed)
		failed = window_rows_room(out, tenants.count, arena, err);
	if (!failed && (!(rows = arena_array(arena, tenants.count + 1, sizeof *rows)) || !(places = arena_array(arena, tenants.count + 1, sizeof *places))))
		failed = err_memory(err);
	if (failed)
		return failed;
	choose(list, tenants, page, places, out);
	for (size_t i = 0; !failed && i < out->count; i++) {
		const struct switchboard_cell unknown = { SERVED_UNKNOWN, false };

		rows[i] = row_of(places[i] < board.count ? &board.cells[places[i]] : &unknown, out->keys[i], arena);
		if (!rows[i].cells[1])
			failed = err_memory(err);
	}
	out->items = rows;
	return failed;
}

static enum err_kind tell(struct session *session, const struct list *list, const char *key, struct buf *out, struct err *err)
{
	const struct console *console = session->screen;

	return switchboard_account(session, console->lookout, list->about, key, out, err);
}

static bool has_clock(const struct screen *screen)
{
	(void)screen;
	return true;
}

static const struct screen_kind screen_kind = { .title = "Tenants of a kill switch", .pane = PANE_SERVED, .has_clock = has_clock, LIST_SCREEN };
static const struct list_column columns[] = { { "TENANT", 21, 0, 0, false }, { "SERVED", 8, 0, 0, false }, { "WHAT THAT MEANS", 0, 56, 0, false }, { NULL, 0, 0, 0, false } };
static const char *const fields[] = { NULL };
static const struct list_kind kind = { .screen = &screen_kind, .name = "Tenants", .row = "", .hint = "Enter: all of it", .columns = columns, .fields = fields, .fetch = fetch, .tell = tell,
				       .empty = "No tenants yet. They are registered on the second pane." };

enum err_kind served_go_open(struct screen *screen, struct err *err)
{
	const char *release = screen->kind->release(screen);
	const char *tenant = screen->kind->chosen(screen);
	struct console *console = screen->console;
	struct screen *top;
	enum err_kind failed;

	if (!release)
		return err_set(err, ERR_REFUSED, "No release is selected.");
	failed = list_open(console, &kind, release, err);
	if (failed || !tenant)
		return failed;
	top = console_top(console);
	console_prepare(console);
	return window_select(list_window(top), top, tenant, err);
}
