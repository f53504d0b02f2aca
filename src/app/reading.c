#include <config.h>

#include <stdlib.h>
#include <string.h>

#include <gonogo/app/standing.h>
#include <gonogo/app/uses.h>
#include <gonogo/core/kinds.h>
#include <gonogo/store/ledger.h>
#include <gonogo/store/pages.h>

enum err_kind use_release_line(struct session *s, const char *release, struct record *record, struct verdict *verdict,
			       struct release_line *line, struct err *err)
{
	enum err_kind failed = record_load(s, release, WHEN_NONE, true, record, err);

	if (!failed)
		failed = record_judge(record, CHANNEL_NONE, WHEN_NONE, verdict, err);
	return failed ? failed : standing_line(record, &record->dossier.registry.policy, verdict, &record->arena, line, err);
}

static enum err_kind release_ids(struct session *s, enum channel channel, struct arena *arena, struct texts *out, struct err *err)
{
	const struct release_filter filter = { .channel = channel };
	struct page page = { 0 };
	const char **items = NULL;
	size_t room = 0;
	struct release_page rows;

	*out = (struct texts){ 0 };
	do {
		enum err_kind failed = pages_releases(s->store, &filter, &page, arena, &rows, err);

		for (size_t i = 0; !failed && i < rows.count; i++) {
			items = arena_room(arena, items, out->count, &room, sizeof *items);
			if (!items)
				return err_memory(err);
			items[out->count++] = rows.items[i].id;
		}
		if (failed)
			return failed;
		out->items = items;
		page.key = rows.count ? rows.items[rows.count - 1].id : NULL;
	} while (rows.has_more && rows.count);
	return ERR_NONE;
}

enum err_kind use_release_ids(struct session *s, struct arena *arena, struct texts *out, struct err *err)
{
	return release_ids(s, CHANNEL_NONE, arena, out, err);
}

/* What needs the caller first; what is over last. */
static int by_need(const void *a, const void *b)
{
	const struct release_line *left = a, *right = b;
	const bool left_over = words_state_channel(left->state) == CHANNEL_NONE && left->state != STATE_REGISTERED;
	const bool right_over = words_state_channel(right->state) == CHANNEL_NONE && right->state != STATE_REGISTERED;

	if (left->needs_me != right->needs_me)
		return left->needs_me ? -1 : 1;
	if (left_over != right_over)
		return left_over ? 1 : -1;
	return strcmp(left->id, right->id);
}

enum err_kind use_release_judged(struct session *s, const char *id, struct arena *arena, struct release_line *line, struct err *err)
{
	struct record record;
	struct verdict verdict;
	enum err_kind failed = record_load(s, id, WHEN_NONE, true, &record, err);

	if (!failed)
		failed = record_judge(&record, CHANNEL_NONE, WHEN_NONE, &verdict, err);
	if (!failed)
		failed = standing_line(&record, &record.dossier.registry.policy, &verdict, arena, line, err);
	record_release(&record);
	return failed;
}

enum err_kind use_releases(struct session *s, enum channel channel, bool needs_me, struct arena *arena, struct release_list *out, struct err *err)
{
	struct texts ids;
	enum err_kind failed = release_ids(s, channel, arena, &ids, err);

	*out = (struct release_list){ 0 };
	if (!failed) {
		out->items = arena_array(arena, ids.count ? ids.count : 1, sizeof *out->items);
		failed = out->items ? ERR_NONE : err_memory(err);
	}
	for (size_t i = 0; !failed && i < ids.count; i++) {
		struct release_line *line = &out->items[out->count];

		failed = use_release_judged(s, ids.items[i], arena, line, err);
		if (!failed && (!needs_me || line->needs_me) && (channel == CHANNEL_NONE || line->channel == channel))
			out->count++;
	}
	if (!failed)
		qsort(out->items, out->count, sizeof *out->items, by_need);
	return failed;
}

static struct release_line line_of_row(const struct release_row *row)
{
	const struct standing *standing = &row->standing;
	struct release_line line = { .id = row->id, .description = row->description, .class = row->class, .state = row->state,
				     .channel = words_state_channel(row->state), .entered = row->state_at, .is_killed = row->is_killed,
				     .is_rolling_back = row->is_rolling_back, .verdict = VERDICT_OPEN, .earliest = WHEN_NONE,
				     .stable_earliest = WHEN_NONE, .who = "" };

	if (!row->has_standing)
		return line;
	line.is_halted = standing->is_halted;
	line.verdict = standing->verdict;
	line.unmet = standing->unmet;
	line.earliest = standing->earliest;
	line.stable_earliest = standing->stable_earliest;
	line.soak_served_s = standing->soak_served_s;
	line.soak_required_s = standing->soak_required_s;
	line.needs = standing->needs;
	line.who = standing->who ? standing->who : "";
	return line;
}

enum err_kind use_release_page(struct session *s, const struct release_filter *filter, const struct page *page, struct arena *arena,
			       struct release_list *out, bool *has_more, struct err *err)
{
	struct release_filter now = *filter;
	struct release_page rows;
	enum err_kind failed;

	now.now = s->clock.now(s->clock.context);
	failed = pages_releases(s->store, &now, page, arena, &rows, err);

	*out = (struct release_list){ 0 };
	if (failed)
		return failed;
	*has_more = rows.has_more;
	out->items = arena_array(arena, rows.count ? rows.count : 1, sizeof *out->items);
	if (!out->items)
		return err_memory(err);
	for (; out->count < rows.count; out->count++)
		out->items[out->count] = line_of_row(&rows.items[out->count]);
	return ERR_NONE;
}

/* From `key` on to the end of the list, or until `after` is met again. */
static enum err_kind look_on(struct session *s, const struct release_filter *filter, const char *key, const char *after, struct arena *arena,
			     const char **id, struct err *err)
{
	struct page page = { .key = key, .limit = 50 };
	struct release_list rows;
	struct release_line line;
	bool has_more = true;

	while (has_more) {
		enum err_kind failed = use_release_page(s, filter, &page, arena, &rows, &has_more, err);

		for (size_t i = 0; !failed && i < rows.count; i++) {
			if (strcmp(rows.items[i].id, after) == 0)
				return ERR_NONE;
			failed = use_release_judged(s, rows.items[i].id, arena, &line, err);
			if (!failed && line.needs_me) {
				*id = line.id;
				return ERR_NONE;
			}
		}
		if (failed)
			return failed;
		page.key = rows.count ? rows.items[rows.count - 1].id : key;
		has_more = has_more && rows.count;
	}
	return ERR_NONE;
}

enum err_kind use_release_needed(struct session *s, const struct release_filter *filter, const char *after, struct arena *arena, const char **id,
				 struct err *err)
{
	enum err_kind failed = ERR_NONE;

	*id = NULL;
	if (*after)
		failed = look_on(s, filter, after, after, arena, id, err);
	if (!failed && !*id)
		failed = look_on(s, filter, NULL, after, arena, id, err);
	return failed;
}

enum err_kind use_allowed(struct session *s, const char *release, const char *tenant, bool *allowed, enum channel *channel, char *reason,
			  struct err *err)
{
	struct record record;
	const struct tenant *found;
	enum err_kind failed = record_load(s, release, WHEN_NONE, true, &record, err);

	if (!failed) {
		found = registry_tenant(&record.dossier.registry, tenant);
		if (!found)
			failed = err_set(err, ERR_MISSING, "There is no tenant %.64s. See gonogo tenant list.", tenant);
	}
	if (!failed) {
		*allowed = serving_allowed(&record.dossier, found, reason);
		*channel = dossier_channel(&record.dossier);
	}
	record_release(&record);
	return failed;
}

/* One incident, folded from the facts of the release it belongs to (or of none). */
static enum err_kind incident_of(struct session *s, const struct fact *opened, struct arena *arena, struct incident *out, struct err *err)
{
	struct record record;
	struct json_object body;
	const char *id;
	const struct incident *found;
	enum err_kind failed = kind_body(kind_find(opened->kind), opened->body, strlen(opened->body), arena, &body, err);

	if (failed)
		return failed;
	id = body_text(&body, "incident");
	failed = record_load(s, strcmp(opened->release, "-") == 0 ? NULL : opened->release, WHEN_NONE, false, &record, err);
	found = failed ? NULL : dossier_incident(&record.dossier, id);
	if (!failed && !found)
		failed = err_set(err, ERR_INTEGRITY, "Incident %s is not where its first fact says. Run gonogo verify.", id);
	if (!failed) {
		*out = *found;
		out->id = id;
		out->summary = body_text(&body, "summary");
		out->tenants = body_texts(&body, "tenants");
		out->releases = body_texts(&body, "releases");
		out->resolution = arena_str(arena, found->resolution);
	}
	record_release(&record);
	return failed;
}

enum err_kind use_incidents(struct session *s, struct arena *arena, struct incident_list *out, struct err *err)
{
	struct log_filter filter = { .kind = "incident.opened", .since = WHEN_NONE };
	struct fact_list facts;
	size_t room = 0;

	*out = (struct incident_list){ 0 };
	do {
		enum err_kind failed = ledger_log(s->store, &filter, arena, &facts, err);

		for (size_t i = 0; !failed && i < facts.count; i++) {
			out->items = arena_room(arena, out->items, out->count, &room, sizeof *out->items);
			if (!out->items)
				return err_memory(err);
			failed = incident_of(s, &facts.items[i], arena, &out->items[out->count], err);
			out->count += !failed;
			filter.before = facts.items[i].seq;
		}
		if (failed)
			return failed;
	} while (facts.count == LEDGER_PAGE_MAX);
	return ERR_NONE;
}
