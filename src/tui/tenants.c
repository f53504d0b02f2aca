#include <config.h>

#include <gonogo/app/uses.h>
#include <gonogo/tui/list.h>
#include <gonogo/tui/tenants.h>

static const char *consent_of(const struct tenant_row *row, struct arena *arena)
{
	char date[WHEN_TEXT_MAX];

	if (row->is_opted_out)
		return "OPTED OUT";
	if (row->kind == TENANT_DEV_TEST)
		return "not needed";
	if (row->has_consent)
		return arena_printf(arena, "since %s", when_date(row->consent_at, date));
	return row->release_consents ? arena_printf(arena, "for %zu release%s", row->release_consents, row->release_consents == 1 ? "" : "s") : "none";
}

static enum err_kind fetch(struct session *session, const struct list *list, const struct page *page, struct arena *arena, struct window_rows *out,
			   struct err *err)
{
	struct tenant_page found;
	struct list_row *rows = NULL;
	enum err_kind failed = use_tenant_page(session, *list->words ? list->words : NULL, page, arena, &found, err);

	if (!failed)
		failed = window_rows_room(out, found.count, arena, err);
	if (!failed && !(rows = arena_array(arena, found.count ? found.count : 1, sizeof *rows)))
		failed = err_memory(err);
	for (; !failed && out->count < found.count; out->count++) {
		const struct tenant_row *tenant = &found.items[out->count];

		out->keys[out->count] = tenant->id;
		rows[out->count] = (struct list_row){ .cells = { tenant->id, words_title(words_tenant_kind, (int)tenant->kind),
								 words_title(words_tenant_track, (int)tenant->track), consent_of(tenant, arena), tenant->name },
						      .tone = tenant->is_opted_out ? TONE_WAIT : TONE_PLAIN, .toned = 3 };
		if (!rows[out->count].cells[3])
			failed = err_memory(err);
	}
	out->items = rows;
	out->has_more = !failed && found.has_more;
	return failed;
}

static enum err_kind tell(struct session *session, const struct list *list, const char *key, struct buf *out, struct err *err)
{
	(void)list;
	return use_tenant_account(session, key, out, err);
}

static const struct screen_kind screen_kind = { .title = "Tenants", .pane = PANE_TENANTS, LIST_SCREEN };
static const struct list_column columns[] = {
	{ "TENANT", 21, 0, 0, false }, { "KIND", 11, 56, 0, false }, { "TRACK", 12, 76, 0, false }, { "CONSENT", 17, 0, 0, false }, { "NAME", 0, 76, 0, false }, { NULL, 0, 0, 0, false },
};
static const char *const fields[] = { NULL };
static const struct list_kind kind = { .screen = &screen_kind, .name = "Tenants", .row = "", .hint = "Enter: all of it", .columns = columns, .fields = fields, .view = "tenants", .fetch = fetch, .tell = tell,
				       .empty = "No tenants yet. a adds one; from a shell: gonogo tenant add TENANT --name NAME --kind production." };

enum err_kind tenants_open(struct console *console, struct err *err)
{
	return list_open(console, &kind, NULL, err);
}
