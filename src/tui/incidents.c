#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/app/uses.h>
#include <gonogo/tui/incidents.h>
#include <gonogo/tui/list.h>

static const struct word words_openness[] = { { 1, "open", "open" }, { 0, "any", "any" }, { 0, NULL, NULL } };

static const struct word words_left[] = { { LIST_ALL, "all", "all" }, { LIST_MINE, "open", "what is open" }, { 0, NULL, NULL } };

static enum err_kind check(const struct list *list, struct err *err)
{
	const char *state = list_value(list, "state");
	int value;

	return !state || words_read(words_openness, state, &value) ? ERR_NONE : err_set(err, ERR_USAGE, "state: is open or any, not %.40s.", state);
}

/* The first of "A, B": what a key pressed on the row is about. */
static const char *first_of(const char *releases, struct arena *arena)
{
	return releases ? arena_printf(arena, "%.*s", (int)strcspn(releases, ","), releases) : NULL;
}

static struct list_row row_of(const struct incident_row *incident, struct arena *arena)
{
	const bool is_open = incident->resolved == WHEN_NONE;
	char date[WHEN_TEXT_MAX];
	struct list_row row = { .release = first_of(incident->releases, arena), .toned = 1,
				.tone = !is_open ? TONE_QUIET : incident->severity == 1 ? TONE_BAD : TONE_OPEN };

	row.cells[0] = incident->id;
	row.cells[1] = arena_printf(arena, "SEV-%d %s", incident->severity, is_open ? "open" : "resolved");
	row.cells[2] = arena_str(arena, when_date(incident->opened, date));
	row.cells[3] = incident->releases ? incident->releases : "-";
	row.cells[4] = incident->summary;
	return row;
}

static enum err_kind fetch(struct session *session, const struct list *list, const struct page *page, struct arena *arena, struct window_rows *out,
			   struct err *err)
{
	const char *state = list_value(list, "state");
	const struct incident_filter filter = { .release = list_value(list, "release"), .text = *list->words ? list->words : NULL,
						.open_only = list->saved == LIST_MINE || (state && strcmp(state, "open") == 0) };
	struct incident_page found;
	struct list_row *rows = NULL;
	enum err_kind failed = use_incident_page(session, &filter, page, arena, &found, err);

	if (!failed)
		failed = window_rows_room(out, found.count, arena, err);
	if (!failed && !(rows = arena_array(arena, found.count ? found.count : 1, sizeof *rows)))
		failed = err_memory(err);
	for (; !failed && out->count < found.count; out->count++) {
		out->keys[out->count] = found.items[out->count].id;
		rows[out->count] = row_of(&found.items[out->count], arena);
		if (!rows[out->count].cells[1] || !rows[out->count].cells[2])
			failed = err_memory(err);
	}
	out->items = rows;
	out->has_more = !failed && found.has_more;
	return failed;
}

static enum err_kind tell(struct session *session, const struct list *list, const char *key, struct buf *out, struct err *err)
{
	(void)list;
	return use_incident_account(session, key, out, err);
}

static const struct screen_kind screen_kind = { .title = "Incidents", .pane = PANE_INCIDENTS, LIST_SCREEN };
static const struct list_column columns[] = {
	{ "INCIDENT", 10, 0, 0, false }, { "SEVERITY", 15, 0, 0, false }, { "OPENED", 11, 56, 0, false }, { "RELEASES", 20, 76, 0, false }, { "SUMMARY", 0, 0, 0, false }, { NULL, 0, 0, 0, false },
};
static const char *const fields[] = { "state", "release", NULL };
static const struct list_kind kind = { .screen = &screen_kind, .name = "Incidents", .row = "", .hint = "Enter: all of it", .columns = columns, .fields = fields, .view = "incidents", .saved = words_left, .check = check, .fetch = fetch,
				       .tell = tell, .empty = "No incident is on record. I on a release records one." };

enum err_kind incidents_open(struct console *console, struct err *err)
{
	return list_open(console, &kind, NULL, err);
}

enum err_kind incidents_count(struct console *console, size_t *count, struct err *err)
{
	const struct incident_filter filter = { .open_only = true };
	const struct page page = { 0 };
	struct incident_page found = { 0 };
	struct arena arena;
	enum err_kind failed = ERR_NONE;

	arena_init(&arena, 0);
	if (console->my_roles)
		failed = use_incident_page(console->session, &filter, &page, &arena, &found, err);
	*count = failed ? 0 : found.count;
	arena_release(&arena);
	return failed;
}
