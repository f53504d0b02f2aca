#include <config.h>

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include <gonogo/app/switchboard.h>
#include <gonogo/app/uses.h>
#include <gonogo/base/text.h>
#include <gonogo/core/serving.h>

#include "switchboard_served.h"

/* No rule says how old a test may be; an operator wants to know that nobody tried it lately. */
enum { STALE_S = 30 * WHEN_DAY_S, NEEDED_PAGE = 500 };

const struct word words_served[] = {
	{ SERVED_NOBODY, "-", "may not be served" }, { SERVED_OUT, "out", "opted out" }, { SERVED_MAY, "may", "may be served" }, { SERVED_UNKNOWN, "?", "not known" },
	{ SERVED_OFF, "off", "off" }, { SERVED_ON, "on", "on" }, { SERVED_KILLED, "kill", "killed" }, { 0, NULL, NULL },
};

const char *switchboard_cell_word(const struct switchboard_cell *cell, char *out)
{
	const bool is_loud = cell->needs && cell->served == SERVED_ON;

	(void)snprintf(out, SWITCHBOARD_CELL_MAX, "%s%s", is_loud ? "ON" : words_word(words_served, (int)cell->served),
		       !cell->needs ? "" : cell->served == SERVED_UNKNOWN ? "!" : "?!");
	return out;
}

static size_t distinct_kills(const struct dossier *d)
{
	size_t count = 0;

	for (size_t i = 0; i < d->registry.tenant_count; i++)
		count += dossier_killed(d, d->registry.tenants[i].id) != NULL;
	return count;
}

/* "NO FILE" for the file that is not there, since MISSING is the switch that nobody defined. */
static const char *trouble_word(enum switch_state state, struct arena *arena)
{
	char *word = arena_str(arena, state == SWITCH_MISSING ? "no file" : words_word(words_switch_state, (int)state));

	for (char *c = word; c && *c; c++)
		*c = (char)toupper((unsigned char)*c);
	return word;
}

static const char *state_word(const struct dossier *d, const struct look *look, bool needs, struct arena *arena)
{
	const struct flag_reading *reading = &look->live.reading;

	if (words_state_is_final(d->state) || d->state == STATE_SUPERSEDED)
		return words_word(words_state, (int)d->state);
	if (dossier_killed(d, "*"))
		return needs ? "KILLED?!" : "KILLED";
	if (dossier_is_killed(d))
		return arena_printf(arena, "KILLED %zu%s", distinct_kills(d), needs ? "?!" : "");
	if (switchboard_is_missing(d))
		return "MISSING";
	if (look->live.provider && look->at == WHEN_NONE)
		return "ASKING";
	if (look->live.provider && look->live.provider->is_live && reading->state != SWITCH_READY)
		return trouble_word(reading->state, arena);
	return needs ? "ARMED?!" : "ARMED";
}

static const char *age(int64_t seconds, struct arena *arena)
{
	char span[WHEN_SPAN_MAX];

	if (seconds >= WHEN_DAY_S)
		return arena_printf(arena, "%lldd", (long long)(seconds / WHEN_DAY_S));
	return arena_str(arena, when_span_short(seconds, span));
}

static bool has_finding(const struct drifts *drifts, const char *name)
{
	for (size_t i = 0; i < drifts->count; i++)
		if (strcmp(drifts->items[i].finding, name) == 0)
			return true;
	return false;
}

bool switchboard_test_is_stale(const struct dossier *d, const struct drifts *drifts, instant now)
{
	const struct switch_test *test = d->test_count ? &d->tests[d->test_count - 1] : NULL;

	return test && (now - test->source.at > STALE_S || has_finding(drifts, "definition-changed"));
}

static const char *tested_word(const struct record *record, bool is_stale, struct arena *arena)
{
	const struct dossier *d = &record->dossier;
	const struct switch_test *test = d->test_count ? &d->tests[d->test_count - 1] : NULL;
	const char *old = test ? age(record->now - test->source.at, arena) : NULL;

	if (!test)
		return "never";
	return old ? arena_printf(arena, "%s%s", test->result == RESULT_FAIL ? "FAILED " : is_stale ? "STALE " : "", old) : NULL;
}

const char *switchboard_summary(const struct switchboard_cell *cells, size_t count, struct arena *arena)
{
	static const enum switchboard_served order[] = { SERVED_ON, SERVED_KILLED, SERVED_UNKNOWN, SERVED_OFF, SERVED_MAY, SERVED_OUT };
	const char *text = "";

	for (int needs = 1; needs >= 0 && text; needs--)
		for (size_t k = 0; k < sizeof order / sizeof *order && text; k++) {
			const struct switchboard_cell like = { order[k], needs };
			char word[SWITCHBOARD_CELL_MAX];
			size_t found = 0;

			for (size_t i = 0; i < count; i++)
				found += cells[i].served == order[k] && cells[i].needs == like.needs;
			if (found)
				text = arena_printf(arena, "%s%s%zu %s", text, *text ? ", " : "", found, switchboard_cell_word(&like, word));
		}
	return text && !*text ? "nobody" : text;
}

enum err_kind switchboard_read(struct session *s, struct lookout *lookout, const char *release, struct switchboard_view *out, struct err *err)
{
	const struct dossier *d = &out->record.dossier;
	enum err_kind failed;

	*out = (struct switchboard_view){ 0 };
	failed = record_load(s, release, WHEN_NONE, true, &out->record, err);
	if (!failed)
		failed = lookout_read(lookout, &out->record, &out->record.arena, &out->look, err);
	if (!failed && (!out->look.live.provider || out->look.at != WHEN_NONE))
		failed = live_drift(d, &out->look.live, &out->record.arena, &out->drifts, err);
	if (failed)
		return failed;
	out->cells = arena_array(&out->record.arena, d->registry.tenant_count + 1, sizeof *out->cells);
	if (!out->cells)
		return err_memory(err);
	out->needs = out->drifts.count > 0 || (switchboard_is_missing(d) && d->state != STATE_REGISTERED && !words_state_is_final(d->state));
	for (size_t i = 0; i < d->registry.tenant_count; i++) {
		out->cells[i] = switchboard_served(d, &out->look, &d->registry.tenants[i]);
		out->needs |= out->cells[i].needs;
	}
	return ERR_NONE;
}

enum err_kind switchboard_row(struct session *s, struct lookout *lookout, const char *release, struct arena *arena, struct switchboard_row *out, struct err *err)
{
	struct switchboard_view view;
	const struct dossier *d = &view.record.dossier;
	enum err_kind failed = switchboard_read(s, lookout, release, &view, err);

	*out = (struct switchboard_row){ 0 };
	if (!failed) {
		out->count = d->registry.tenant_count;
		out->cells = arena_array(arena, out->count + 1, sizeof *out->cells);
		out->id = arena_str(arena, d->release);
		out->is_killed = dossier_is_killed(d);
		out->needs = view.needs;
		out->is_stale = switchboard_test_is_stale(d, &view.drifts, view.record.now);
		out->state = state_word(d, &view.look, view.needs, arena);
		out->tested = tested_word(&view.record, out->is_stale, arena);
		out->served = switchboard_summary(view.cells, out->count, arena);
		if (!out->cells || !out->id || !out->state || !out->tested || !out->served)
			failed = err_memory(err);
		else
			memcpy(out->cells, view.cells, out->count * sizeof *out->cells);
	}
	record_release(&view.record);
	return failed;
}

enum err_kind switchboard_tenants(struct session *s, struct arena *arena, struct texts *out, struct err *err)
{
	struct record record;
	const char **ids = NULL;
	enum err_kind failed = record_load(s, NULL, WHEN_NONE, false, &record, err);
	const struct registry *registry = &record.dossier.registry;

	*out = (struct texts){ 0 };
	if (!failed && !(ids = arena_array(arena, registry->tenant_count + 1, sizeof *ids)))
		failed = err_memory(err);
	for (size_t i = 0; !failed && i < registry->tenant_count; i++)
		if (!(ids[out->count++] = arena_str(arena, registry->tenants[i].id)))
			failed = err_memory(err);
	out->items = ids;
	record_release(&record);
	return failed;
}

enum err_kind switchboard_page(struct session *s, const char *text, const struct page *page, struct arena *arena, struct release_page *out, struct err *err)
{
	const struct release_filter filter = { .text = text, .order = RELEASES_BY_CHANNEL };

	return pages_releases(s->store, &filter, page, arena, out, err);
}


struct needed { const char **ids; size_t count, room; };

static enum err_kind add_needed(struct session *s, struct lookout *lookout, const char *release, struct arena *arena, struct needed *to, struct err *err)
{
	struct switchboard_view view;
	enum err_kind failed = switchboard_read(s, lookout, release, &view, err);

	if (!failed && view.needs) {
		to->ids = arena_room(arena, to->ids, to->count, &to->room, sizeof *to->ids);
		if (to->ids)
			to->ids[to->count++] = release;
		else
			failed = err_memory(err);
	}
	record_release(&view.record);
	return failed;
}

/* Those that may need somebody are few: bound to something, killed, or in a channel without a switch. */
enum err_kind switchboard_needed(struct session *s, struct lookout *lookout, struct arena *arena, struct texts *out, struct err *err)
{
	struct needed to = { 0 };
	struct page page = { .limit = NEEDED_PAGE };
	struct release_id_page ids = { 0 };
	enum err_kind failed;

	do {
		failed = pages_switches_watched(s->store, &page, arena, &ids, err);
		for (size_t i = 0; !failed && i < ids.count; i++)
			failed = add_needed(s, lookout, ids.items[i], arena, &to, err);
		page.key = ids.count ? ids.items[ids.count - 1] : NULL;
	} while (!failed && ids.has_more);
	*out = (struct texts){ to.ids, to.count };
	return failed;
}
