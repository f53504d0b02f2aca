#include <config.h>

#include "connection.h"
#include "page.h"
#include "find_words.h"

/* --- incidents ---------------------------------------------------------------------------------------------- */

#define INCIDENT_LIST(BEYOND, ORDER)                                                                                  \
	"select i.n, i.id, i.summary, i.severity, i.cross_tenant, i.opened_at, i.resolved_at,"                        \
	" (select group_concat(r.release, ', ') from incident_release r where r.incident = i.id)"                     \
	" from incident i where i.n " BEYOND " coalesce((select k.n from incident k where k.id = $1), $3)"            \
	" and ($4 is null or exists (select 1 from incident_release r where r.release = $4 and r.incident = i.id))"   \
	" and ($5 = 0 or i.resolved_at is null)"                                                                      \
	" and ($6 is null or instr(lower(i.id), lower($6)) > 0 or instr(lower(i.summary), lower($6)) > 0) order by i.n " ORDER " limit $2"

static void read_incident(struct sql_row *row, void *item)
{
	struct incident_row *incident = item;

	*incident = (struct incident_row){
		.number = sql_column_int(row, 0),
		.id = sql_column(row, 1),
		.summary = sql_column(row, 2),
		.severity = (int)sql_column_int(row, 3),
		.is_cross_tenant = sql_column_int(row, 4),
		.opened = sql_column_instant(row, 5),
		.resolved = sql_column_instant(row, 6),
		.releases = sql_column(row, 7),
	};
}

enum err_kind pages_incidents(struct store *store, const struct incident_filter *filter, const struct page *page, struct arena *arena,
			      struct incident_page *out, struct err *err)
{
	static const char *const texts[2] = { INCIDENT_LIST("<", "desc"), INCIDENT_LIST(">", "asc") };
	struct page_rows rows;
	struct sql_query query;

	*out = (struct incident_page){ 0 };
	enum err_kind kind = sql_begin(&store->sql, texts[page->backward], &query, err);
	if (kind != ERR_NONE)
		return kind;
	page_bind_newest(&query, page);
	sql_text(&query, 4, filter->release);
	sql_int(&query, 5, filter->open_only);
	sql_text(&query, 6, filter->text);
	kind = page_collect(&query, page, arena, sizeof *out->items, read_incident, &rows, err);
	*out = (struct incident_page){ rows.items, rows.count, rows.has_more };
	return kind;
}

/* --- memos -------------------------------------------------------------------------------------------------- */

const struct word words_memo_row[] = {
	{ MEMO_ROW_DRAFT, "draft", "Draft" },
	{ MEMO_ROW_ISSUED, "issued", "Issued" },
	{ MEMO_ROW_REPLACED, "replaced", "Replaced" },
	{ MEMO_ROW_ENDED, "ended", "Ended" },
	{ 0, NULL, NULL },
};

#define WAITS_FOR(PERSON) "(m.state = 'draft' and ((m.system_owner = " PERSON " and m.owner_at is null) or (m.dev_lead = " PERSON " and m.lead_at is null)))"
#define MEMO_LIST(BEYOND, ORDER)                                                                                            \
	"select m.id, m.release, m.kind, m.version, m.decision, m.state, m.drafted_at, m.drafter, m.system_owner, m.dev_lead," \
	" m.owner_at, m.lead_at from memo m"                                                                                \
	" where m.n " BEYOND " coalesce((select k.n from memo k where k.id = $1), $3) and ($4 is null or m.release = $4)"  \
	" and ($5 is null or " WAITS_FOR("$5") ") and ($7 is null or m.decision = $7)"                                     \
	" and ($6 is null or m.release in (select r.id from release_find($6) d join release r on r.n = d.rowid))"          \
	" order by m.n " ORDER " limit $2"

static void read_memo(struct sql_row *row, void *item)
{
	struct memo_row *memo = item;

	*memo = (struct memo_row){
		.id = sql_column(row, 0),
		.release = sql_column(row, 1),
		.kind = (enum memo_kind)sql_column_word(row, 2, words_memo_kind),
		.version = sql_column_int(row, 3),
		.decision = (enum decision)sql_column_word(row, 4, words_decision),
		.state = (enum memo_row_state)sql_column_word(row, 5, words_memo_row),
		.drafted = sql_column_instant(row, 6),
		.drafter = sql_column(row, 7),
		.system_owner = sql_column(row, 8),
		.dev_lead = sql_column(row, 9),
		.owner_signed = sql_column_instant(row, 10),
		.lead_signed = sql_column_instant(row, 11),
	};
}

static enum err_kind read_memos(struct store *store, const struct memo_filter *filter, const char *words, const struct page *page,
				struct arena *arena, struct memo_page *out, struct err *err)
{
	static const char *const texts[2] = { MEMO_LIST("<", "desc"), MEMO_LIST(">", "asc") };
	struct page_rows rows;
	struct sql_query query;

	enum err_kind kind = sql_begin(&store->sql, texts[page->backward], &query, err);
	if (kind != ERR_NONE)
		return kind;
	page_bind_newest(&query, page);
	sql_text(&query, 4, filter->release);
	sql_text(&query, 5, filter->signer);
	sql_text(&query, 6, words);
	if (filter->decision)
		sql_word(&query, 7, words_decision, (int)*filter->decision);
	kind = page_collect(&query, page, arena, sizeof *out->items, read_memo, &rows, err);
	*out = (struct memo_page){ rows.items, rows.count, rows.has_more };
	return kind;
}

enum err_kind pages_memos(struct store *store, const struct memo_filter *filter, const struct page *page, struct arena *arena, struct memo_page *out,
			  struct err *err)
{
	struct buf words = BUF_EMPTY;

	*out = (struct memo_page){ 0 };
	if (filter->text)
		find_words(&words, filter->text);
	enum err_kind kind = buf_check(&words, err);
	if (kind == ERR_NONE)
		kind = read_memos(store, filter, words.size ? buf_text(&words) : NULL, page, arena, out, err);
	buf_release(&words);
	return kind;
}

enum err_kind pages_memos_waiting(struct store *store, const char *signer, int64_t *count, struct err *err)
{
	struct sql_query query;

	const enum err_kind kind = sql_begin(&store->sql, "select count(*) from memo m where m.state = 'draft' and " WAITS_FOR("$1"), &query, err);
	if (kind != ERR_NONE)
		return kind;
	sql_text(&query, 1, signer);
	return sql_number(&query, 0, count, err);
}

/* --- switches ----------------------------------------------------------------------------------------------- */

#define SWITCH_LIST(BEYOND, ORDER)                                                                                          \
	"select w.release, w.flag, w.default_value, w.provider, w.place, r.state, w.result, w.environment, w.tested_at,"    \
	" exists (select 1 from release_tenant k where k.release = w.release and k.killed = 1),"                            \
	" (select count(*) from release_tenant k where k.release = w.release and k.wanted = 1),"                            \
	" (select count(*) from release_tenant k where k.release = w.release and k.confirmed = 'on'),"                      \
	" (select count(*) from release_tenant k where k.release = w.release and k.confirmed = 'off')"                      \
	" from switch w join release r on r.id = w.release"                                                                 \
	" where w.release " BEYOND " $1 and r.state not in ('rolled-back', 'withdrawn')"                                    \
	" and ($3 = 0 or exists (select 1 from release_tenant k where k.release = w.release and k.killed = 1))"            \
	" order by w.release " ORDER " limit $2"

static void read_switch(struct sql_row *row, void *item)
{
	struct switch_row *sw = item;

	*sw = (struct switch_row){
		.release = sql_column(row, 0),
		.flag = sql_column(row, 1),
		.default_value = sql_column(row, 2),
		.provider = sql_column(row, 3),
		.place = sql_column(row, 4),
		.state = (enum release_state)sql_column_word(row, 5, words_state),
		.has_test = !sql_column_is_null(row, 6),
		.environment = sql_column(row, 7),
		.tested_at = sql_column_instant(row, 8),
		.is_killed = sql_column_int(row, 9),
		.planned = (size_t)sql_column_int(row, 10),
		.confirmed_on = (size_t)sql_column_int(row, 11),
		.confirmed_off = (size_t)sql_column_int(row, 12),
	};
	if (sw->has_test)
		sw->tested = (enum result)sql_column_word(row, 6, words_result);
}

enum err_kind pages_switches(struct store *store, bool killed_only, const struct page *page, struct arena *arena, struct switch_page *out,
			     struct err *err)
{
	static const char *const texts[2] = { SWITCH_LIST(">", "asc"), SWITCH_LIST("<", "desc") };
	struct page_rows rows;
	struct sql_query query;

	*out = (struct switch_page){ 0 };
	enum err_kind kind = sql_begin(&store->sql, texts[page->backward], &query, err);
	if (kind != ERR_NONE)
		return kind;
	page_bind(&query, page);
	sql_int(&query, 3, killed_only);
	kind = page_collect(&query, page, arena, sizeof *out->items, read_switch, &rows, err);
	*out = (struct switch_page){ rows.items, rows.count, rows.has_more };
	return kind;
}

#define WATCHED_LIST(BEYOND, ORDER)                                                                                        \
	"select w.id from (select release as id from switch where place is not null and provider <> 'manual'"               \
	" union select release from standing where is_halted + is_killed + is_rolling_back > 0 and is_killed = 1"           \
	" union select r.id from release r where r.state in ('dev', 'experimental', 'candidate')"                           \
	" and not exists (select 1 from switch d where d.release = r.id and d.flag is not null)) w"                         \
	" where w.id " BEYOND " $1 collate nocase order by w.id collate nocase " ORDER " limit $2"

static void read_watched(struct sql_row *row, void *item)
{
	*(const char **)item = sql_column(row, 0);
}

enum err_kind pages_switches_watched(struct store *store, const struct page *page, struct arena *arena, struct release_id_page *out, struct err *err)
{
	static const char *const texts[2] = { WATCHED_LIST(">", "asc"), WATCHED_LIST("<", "desc") };
	struct page_rows rows;
	struct sql_query query;

	*out = (struct release_id_page){ 0 };
	enum err_kind kind = sql_begin(&store->sql, texts[page->backward], &query, err);
	if (kind != ERR_NONE)
		return kind;
	page_bind(&query, page);
	kind = page_collect(&query, page, arena, sizeof *out->items, read_watched, &rows, err);
	*out = (struct release_id_page){ rows.items, rows.count, rows.has_more };
	return kind;
}
