#include <config.h>

#include <string.h>

#include "connection.h"
#include "page.h"

#define BOTH_WAYS(LIST) { LIST(">", "asc"), LIST("<", "desc") }

/* --- tenants ------------------------------------------------------------------------------------------------ */

#define TENANT_LIST(BEYOND, ORDER)                                                                                          \
	"select t.id, t.name, t.kind, t.track, t.opted_out, t.added_at,"                                                    \
	" (select c.at from tenant_consent c where c.tenant = t.id and c.release = '-'),"                                   \
	" (select count(*) from tenant_consent c where c.tenant = t.id and c.release <> '-')"                               \
	" from tenant t where t.id " BEYOND " $1"                                                                           \
	" and ($3 is null or instr(lower(t.id), lower($3)) > 0 or instr(lower(t.name), lower($3)) > 0)"                    \
	" order by t.id " ORDER " limit $2"

static void read_tenant(struct sql_row *row, void *item)
{
	struct tenant_row *tenant = item;

	*tenant = (struct tenant_row){
		.id = sql_column(row, 0),
		.name = sql_column(row, 1),
		.kind = (enum tenant_kind)sql_column_word(row, 2, words_tenant_kind),
		.track = (enum tenant_track)sql_column_word(row, 3, words_tenant_track),
		.is_opted_out = sql_column_int(row, 4),
		.added = sql_column_instant(row, 5),
		.consent_at = sql_column_instant(row, 6),
		.release_consents = (size_t)sql_column_int(row, 7),
	};
	tenant->has_consent = tenant->consent_at != WHEN_NONE;
}

enum err_kind pages_tenants(struct store *store, const char *text, const struct page *page, struct arena *arena, struct tenant_page *out,
			    struct err *err)
{
	static const char *const texts[2] = BOTH_WAYS(TENANT_LIST);
	struct page_rows rows;
	struct sql_query query;

	*out = (struct tenant_page){ 0 };
	enum err_kind kind = sql_begin(&store->sql, texts[page->backward], &query, err);
	if (kind != ERR_NONE)
		return kind;
	page_bind(&query, page);
	sql_text(&query, 3, text && *text ? text : NULL);
	kind = page_collect(&query, page, arena, sizeof *out->items, read_tenant, &rows, err);
	*out = (struct tenant_page){ rows.items, rows.count, rows.has_more };
	return kind;
}

/* --- the tenants of a release ------------------------------------------------------------------------------- */

#define RELEASE_TENANT_LIST(BEYOND, ORDER)                                                                                \
	"select t.tenant, t.wanted, t.killed, t.spared, t.confirmed = 'on', t.confirmed_at from release_tenant t"         \
	" where t.release = $3 and t.tenant " BEYOND " $1 and (t.wanted = 1 or t.killed = 1 or t.spared = 1 or t.confirmed is not null)" \
	" order by t.tenant " ORDER " limit $2"

static void read_release_tenant(struct sql_row *row, void *item)
{
	struct release_tenant_row *tenant = item;

	*tenant = (struct release_tenant_row){
		.tenant = sql_column(row, 0),
		.is_planned = sql_column_int(row, 1),
		.is_killed = sql_column_int(row, 2),
		.is_spared = sql_column_int(row, 3),
		.has_confirmation = !sql_column_is_null(row, 4),
		.is_on = sql_column_int(row, 4),
		.confirmed_at = sql_column_instant(row, 5),
	};
}

enum err_kind pages_release_tenants(struct store *store, const char *release, const struct page *page, struct arena *arena,
				    struct release_tenant_page *out, struct err *err)
{
	static const char *const texts[2] = BOTH_WAYS(RELEASE_TENANT_LIST);
	struct page_rows rows;
	struct sql_query query;

	*out = (struct release_tenant_page){ 0 };
	enum err_kind kind = sql_begin(&store->sql, texts[page->backward], &query, err);
	if (kind != ERR_NONE)
		return kind;
	page_bind(&query, page);
	sql_text(&query, 3, release);
	kind = page_collect(&query, page, arena, sizeof *out->items, read_release_tenant, &rows, err);
	*out = (struct release_tenant_page){ rows.items, rows.count, rows.has_more };
	return kind;
}

#define TENANT_RELEASE_LIST(BEYOND, ORDER)                                                                                   \
	"select r.id from release r where r.id " BEYOND " $1 and r.state not in ('rolled-back', 'withdrawn')"                 \
	" and exists (select 1 from release_tenant t where t.release = r.id and t.tenant = $3"                                \
	" and (t.wanted = 1 or t.killed = 1 or t.confirmed is not null))"                                                     \
	" order by r.id " ORDER " limit $2"

static void read_release_id(struct sql_row *row, void *item)
{
	*(const char **)item = sql_column(row, 0);
}

enum err_kind pages_tenant_releases(struct store *store, const char *tenant, const struct page *page, struct arena *arena, struct release_id_page *out,
				    struct err *err)
{
	static const char *const texts[2] = BOTH_WAYS(TENANT_RELEASE_LIST);
	struct page_rows rows;
	struct sql_query query;

	*out = (struct release_id_page){ 0 };
	enum err_kind kind = sql_begin(&store->sql, texts[page->backward], &query, err);
	if (kind != ERR_NONE)
		return kind;
	page_bind(&query, page);
	sql_text(&query, 3, tenant);
	kind = page_collect(&query, page, arena, sizeof *out->items, read_release_id, &rows, err);
	*out = (struct release_id_page){ rows.items, rows.count, rows.has_more };
	return kind;
}

/* --- people ------------------------------------------------------------------------------------------------- */

#define PERSON_LIST(BEYOND, ORDER)                                                                       \
	"select p.id, p.name, p.login, p.is_component,"                                                  \
	" (select group_concat(r.role, ' ') from person_role r where r.person = p.id),"                  \
	" (select count(*) from person_key k where k.person = p.id and k.state = 'valid'), p.added_at"   \
	" from person p where p.id " BEYOND " $1 order by p.id " ORDER " limit $2"

/* "dev-lead qa" as a set. */
static role_set read_roles(struct sql_row *row, int n)
{
	const char *text = sql_column(row, n);
	role_set roles = 0;

	for (size_t size; text && *text; text += size, text += *text == ' ') {
		char word[32] = "";
		int role = 0;
		size = strcspn(text, " ");
		if (size < sizeof word)
			memcpy(word, text, size);
		if (!words_read(words_role, word, &role))
			row->no_sense = true;
		roles = (role_set)(roles | role);
	}
	return roles;
}

static void read_person(struct sql_row *row, void *item)
{
	struct person_row *person = item;

	*person = (struct person_row){
		.id = sql_column(row, 0),
		.name = sql_column(row, 1),
		.login = sql_column(row, 2),
		.is_component = sql_column_int(row, 3),
		.roles = read_roles(row, 4),
		.keys = (size_t)sql_column_int(row, 5),
		.added = sql_column_instant(row, 6),
	};
}

enum err_kind pages_people(struct store *store, const struct page *page, struct arena *arena, struct person_page *out, struct err *err)
{
	static const char *const texts[2] = BOTH_WAYS(PERSON_LIST);
	struct page_rows rows;
	struct sql_query query;

	*out = (struct person_page){ 0 };
	enum err_kind kind = sql_begin(&store->sql, texts[page->backward], &query, err);
	if (kind != ERR_NONE)
		return kind;
	page_bind(&query, page);
	kind = page_collect(&query, page, arena, sizeof *out->items, read_person, &rows, err);
	*out = (struct person_page){ rows.items, rows.count, rows.has_more };
	return kind;
}
