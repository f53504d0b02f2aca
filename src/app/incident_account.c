#include <config.h>

#include <string.h>

#include <gonogo/app/uses.h>
#include <gonogo/base/text.h>
#include <gonogo/core/kinds.h>

/* What is recorded of an incident, in the order in which a trail is read. */
static const char *const kinds_of_it[] = { "incident.opened", "incident.regraded", "incident.resolved" };
enum { KINDS_OF_IT = sizeof kinds_of_it / sizeof *kinds_of_it, FACTS_PAGE = 500 };

enum err_kind use_incident_page(struct session *s, const struct incident_filter *filter, const struct page *page, struct arena *arena,
				struct incident_page *out, struct err *err)
{
	return pages_incidents(s->store, filter, page, arena, out, err);
}

/* Calls up each fact of a kind that is about the incident, newest first. */
static enum err_kind facts_about(struct session *s, const char *kind, const char *id, struct arena *arena, struct fact_list *out, struct err *err)
{
	struct log_filter filter = { .kind = kind, .since = WHEN_NONE, .limit = FACTS_PAGE };
	size_t room = 0;
	struct fact_list page;

	do {
		enum err_kind failed = ledger_log(s->store, &filter, arena, &page, err);

		for (size_t i = 0; !failed && i < page.count; i++) {
			struct json_object body;

			filter.before = page.items[i].seq;
			failed = fact_check(&page.items[i], err);
			if (!failed)
				failed = kind_body(kind_find(kind), page.items[i].body, strlen(page.items[i].body), arena, &body, err);
			if (failed || !text_same_id(body_text(&body, "incident"), id))
				continue;
			out->items = arena_room(arena, out->items, out->count, &room, sizeof *out->items);
			if (!out->items)
				return err_memory(err);
			out->items[out->count++] = page.items[i];
		}
		if (failed)
			return failed;
	} while (page.count == FACTS_PAGE);
	return ERR_NONE;
}

static enum err_kind tell_history(struct session *s, const char *id, struct arena *arena, struct texts *releases, struct buf *out, struct err *err)
{
	struct json_object body;
	char at[WHEN_TEXT_MAX];

	for (size_t k = 0; k < KINDS_OF_IT; k++) {
		struct fact_list facts = { 0 };
		enum err_kind failed = facts_about(s, kinds_of_it[k], id, arena, &facts, err);

		if (failed)
			return failed;
		if (k == 0 && !facts.count)
			return err_set(err, ERR_MISSING, "There is no incident %.64s. See gonogo incident list.", id);
		for (size_t i = facts.count; i-- > 0;) {
			const char *sentence = kinds_sentence(&facts.items[i], arena);

			if (!sentence)
				return err_memory(err);
			buf_printf(out, "%s  %s.\n", when_format(facts.items[i].at, at), sentence);
		}
		if (k > 0)
			continue;
		failed = kind_body(kind_find(kinds_of_it[0]), facts.items[0].body, strlen(facts.items[0].body), arena, &body, err);
		if (failed)
			return failed;
		*releases = body_texts(&body, "releases");
		for (size_t i = 0; i < body_texts(&body, "tenants").count; i++)
			buf_printf(out, "Tenant %s.\n", body_texts(&body, "tenants").items[i]);
		if (body_int(&body, "cross_tenant", 0))
			buf_str(out, "It crosses tenants.\n");
	}
	return ERR_NONE;
}

static void tell_release(const struct dossier *d, const struct verdict *verdict, const struct release_line *line, struct buf *out)
{
	const struct finding *halt = finding_of(&verdict->findings, "CHN-6");

	buf_printf(out, "%s is %s%s%s%s. ", d->release, words_word(words_state, (int)d->state), dossier_is_halted(d) ? ", HALTED" : "",
		   dossier_is_killed(d) ? ", KILLED" : "", dossier_is_rolling_back(d) ? ", ROLLING BACK" : "");
	if (halt && halt->blocks)
		buf_printf(out, "%s ", halt->reason);
	buf_printf(out, "Next: %s.\n", *line->who ? line->who : "nothing");
	if (d->evaluation.source.seq) {
		buf_printf(out, "Evaluated by %s: %s, ", d->evaluation.source.actor, words_word(words_evaluation, (int)d->evaluation.decision));
		text_show(out, d->evaluation.rationale, strlen(d->evaluation.rationale), false);
		buf_str(out, ".\n");
	}
}

enum err_kind use_incident_account(struct session *s, const char *id, struct buf *out, struct err *err)
{
	struct texts releases = { 0 };
	struct arena arena;
	enum err_kind failed;

	arena_init(&arena, 0);
	failed = tell_history(s, id, &arena, &releases, out, err);
	for (size_t i = 0; !failed && i < releases.count; i++) {
		struct record record;
		struct verdict verdict;
		struct release_line line;

		failed = use_release_line(s, releases.items[i], &record, &verdict, &line, err);
		if (!failed)
			tell_release(&record.dossier, &verdict, &line, out);
		record_release(&record);
	}
	arena_release(&arena);
	return failed;
}
