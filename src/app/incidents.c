#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/app/names.h>
#include <gonogo/app/sentence.h>
#include <gonogo/app/uses.h>
#include <gonogo/core/kinds.h>
#include <gonogo/store/ledger.h>

#define HALTS "Promotion halts until a rollback evaluation is recorded (CHN-6): gonogo incident evaluate RELEASE resume|rollback --rationale TEXT."

enum { NUMBER_TRIES = 8 };

/* A fact names one release; that the others are there too is settled here, since releases never go away. */
static enum err_kind check_releases(struct session *s, struct texts releases, struct err *err)
{
	enum err_kind failed = ERR_NONE;

	for (size_t i = 0; !failed && releases.count > 1 && i < releases.count; i++) {
		struct record record;

		failed = record_load(s, releases.items[i], WHEN_NONE, true, &record, err);
		record_release(&record);
	}
	return failed;
}

/* The number of the incident: the next one, or that of the act which is repeated by its id, since the same act has the same content. */
static enum err_kind number_incident(struct session *s, const char *action, struct arena *arena, char *id, size_t size, struct err *err)
{
	struct fact fact;
	struct json_object body;
	bool found = false;
	int64_t number;
	enum err_kind failed = action ? ledger_by_action(s->store, action, arena, &fact, &found, err) : ERR_NONE;

	if (!failed && found && strcmp(fact.kind, "incident.opened") == 0) {
		failed = kind_body(kind_find(fact.kind), fact.body, strlen(fact.body), arena, &body, err);
		if (!failed)
			snprintf(id, size, "%s", body_text(&body, "incident"));
		return failed;
	}
	if (!failed)
		failed = ledger_next_incident(s->store, &number, err);
	if (!failed)
		snprintf(id, size, "INC-%lld", (long long)number);
	return failed;
}

enum err_kind use_incident_open(struct session *s, struct texts releases, struct texts tenants, int severity, bool cross_tenant,
				const char *summary, struct outcome *out, struct err *err)
{
	const char *action = s->action;
	struct arena arena;
	char id[32] = "";
	enum err_kind failed = sentence_check(TEXT_LINE, "the summary", summary, "--summary TEXT", err);

	if (!failed && !releases.count && !tenants.count)
		failed = err_set(err, ERR_USAGE, "An incident names a release or a tenant (I-16). Say which: gonogo incident open RELEASE, or --tenant TENANT.");
	arena_init(&arena, 0);
	if (!failed)
		failed = check_releases(s, releases, err);
	if (!failed)
		failed = names_releases(s, &arena, &releases, err);
	if (!failed)
		failed = names_tenants(s, &arena, &tenants, err);
	/* Another incident may take the number between here and the transaction: then the next one is tried. */
	for (int i = 0; !failed && i < NUMBER_TRIES; i++) {
		struct act act;
		struct json_writer w;

		failed = number_incident(s, action, &arena, id, sizeof id, err);
		if (failed)
			break;
		s->action = action;
		act_begin(&act, &w, "incident.opened", releases.count == 1 ? releases.items[0] : NULL, tenants.count == 1 ? tenants.items[0] : NULL);
		act_text(&w, "incident", id);
		act_int(&w, "severity", severity);
		act_text(&w, "summary", summary);
		act_int(&w, "cross_tenant", cross_tenant);
		act_texts(&w, "tenants", tenants);
		act_texts(&w, "releases", releases);
		act_end(&w);
		failed = sentence_commit(s, &act, out, err);
		if (failed != ERR_BUSY)
			break;
		failed = i + 1 < NUMBER_TRIES ? ERR_NONE : ERR_BUSY;
	}
	if (!failed)
		sentence_done(out, severity == 1 ? "%s is open: SEV-%d. " HALTS
						 : "%s is open: SEV-%d. When it is settled: gonogo incident resolve %s --resolution TEXT.",
			      id, severity, id);
	arena_release(&arena);
	return failed;
}

/* What an incident's later facts carry: the release and the tenant of the one that opened it. */
struct place { char release[80], tenant[80]; };

static enum err_kind find_opened(struct session *s, const char *id, struct arena *arena, struct fact *out, bool *found, struct err *err)
{
	struct log_filter filter = { .kind = "incident.opened", .since = WHEN_NONE };
	struct fact_list facts;

	*found = false;
	do {
		enum err_kind failed = ledger_log(s->store, &filter, arena, &facts, err);

		for (size_t i = 0; !failed && !*found && i < facts.count; i++) {
			struct json_object body;

			failed = kind_body(kind_find(facts.items[i].kind), facts.items[i].body, strlen(facts.items[i].body), arena, &body, err);
			*found = !failed && strcmp(body_text(&body, "incident"), id) == 0;
			*out = facts.items[i];
			filter.before = facts.items[i].seq;
		}
		if (failed)
			return failed;
	} while (!*found && facts.count == LEDGER_PAGE_MAX);
	return ERR_NONE;
}

static enum err_kind place_of(struct session *s, const char *id, struct place *out, struct err *err)
{
	struct arena arena;
	struct fact fact = { .release = "-", .tenant = "*" };
	bool found;
	enum err_kind failed;

	arena_init(&arena, 0);
	failed = find_opened(s, id, &arena, &fact, &found, err);
	if (!failed && !found)
		failed = err_set(err, ERR_MISSING, "There is no incident %.40s. See gonogo incident list.", id);
	if (!failed) {
		snprintf(out->release, sizeof out->release, "%s", fact.release);
		snprintf(out->tenant, sizeof out->tenant, "%s", fact.tenant);
	}
	arena_release(&arena);
	return failed;
}

enum err_kind use_incident_regrade(struct session *s, const char *id, int severity, const char *reason, struct outcome *out, struct err *err)
{
	struct act act;
	struct json_writer w;
	struct place place;
	enum err_kind failed = sentence_check(TEXT_LONG, "the reason", reason, "--reason TEXT", err);

	if (!failed)
		failed = place_of(s, id, &place, err);
	if (failed)
		return failed;
	act_begin(&act, &w, "incident.regraded", place.release, place.tenant);
	act_text(&w, "incident", id);
	act_int(&w, "severity", severity);
	act_text(&w, "reason", reason);
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		sentence_done(out, severity == 1 ? "%s is now SEV-%d. " HALTS : "%s is now SEV-%d.", id, severity);
	return failed;
}

enum err_kind use_incident_resolve(struct session *s, const char *id, const char *resolution, struct outcome *out, struct err *err)
{
	struct act act;
	struct json_writer w;
	struct place place;
	enum err_kind failed = sentence_check(TEXT_LONG, "the resolution", resolution, "--resolution TEXT", err);

	if (!failed)
		failed = place_of(s, id, &place, err);
	if (failed)
		return failed;
	act_begin(&act, &w, "incident.resolved", place.release, place.tenant);
	act_text(&w, "incident", id);
	act_text(&w, "resolution", resolution);
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		sentence_done(out, "%s is resolved.", id);
	return failed;
}

/* An evaluation covers every SEV-1 recorded so far (CHN-6), and names them. */
enum err_kind use_incident_evaluate(struct session *s, const char *release, enum evaluation decision, const char *rationale,
				    struct outcome *out, struct err *err)
{
	struct record record;
	struct act act = { 0 };
	struct json_writer w;
	enum err_kind failed = sentence_check(TEXT_LONG, "the rationale", rationale, "--rationale TEXT", err);

	if (failed)
		return failed;
	failed = record_load(s, release, WHEN_NONE, true, &record, err);
	if (failed)
		goto out;
	act_begin(&act, &w, "incident.evaluated", release, NULL);
	json_open(&w, "incidents", '[');
	for (size_t i = 0; i < record.dossier.incident_count; i++)
		if (record.dossier.incidents[i].sev1_seq)
			json_text(&w, NULL, record.dossier.incidents[i].id);
	json_close(&w, ']');
	act_text(&w, "decision", words_word(words_evaluation, (int)decision));
	act_text(&w, "rationale", rationale);
	act_end(&w);
	failed = act_commit(s, NULL, &act, 1, out, err);
	if (!failed && decision == EVALUATION_RESUME)
		sentence_done(out, "The halt of %s is lifted (CHN-6).", release);
	else if (!failed)
		sentence_done(out, "%s is to be rolled back. Start it with gonogo rollback start %s --reason TEXT%s.", release, release,
			      record.dossier.class == CLASS_MECHANISM ? " --incident INC" : "");
out:
	buf_release(&act.body);
	record_release(&record);
	return failed;
}
