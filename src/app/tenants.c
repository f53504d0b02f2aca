#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/app/sentence.h>
#include <gonogo/app/uses.h>
#include <gonogo/base/text.h>
#include <gonogo/core/kinds.h>

enum err_kind use_tenant_add(struct session *s, const char *id, const char *name, enum tenant_kind kind, enum tenant_track track,
			     struct outcome *out, struct err *err)
{
	struct act act;
	struct json_writer w;
	enum err_kind failed = sentence_check(TEXT_ID, "the tenant id", id, "tenant add ID", err);

	if (!failed)
		failed = sentence_check(TEXT_NAME, "the name", name, "--name NAME", err);
	if (failed)
		return failed;
	act_begin(&act, &w, "tenant.added", NULL, id);
	act_text(&w, "name", name);
	act_text(&w, "kind", words_word(words_tenant_kind, (int)kind));
	act_text(&w, "track", words_word(words_tenant_track, (int)track));
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		sentence_done(out, "Tenant %s is registered as %s.", id, words_title(words_tenant_kind, (int)kind));
	return failed;
}

/* The act that records a change; the body is the caller's to release. */
static void change_act(const struct tenant_change *change, const char *id, struct act *act)
{
	struct json_writer w;

	switch (change->deed) {
	case TENANT_CONSENTS:
	case TENANT_WITHDRAWS:
		act_begin(act, &w, "tenant.consent", NULL, id);
		act_text(&w, "op", change->deed == TENANT_CONSENTS ? "given" : "withdrawn");
		act_text(&w, "for", change->release);
		act_text(&w, "method", change->method);
		act_text(&w, "evidence", change->evidence);
		act_end(&w);
		break;
	case TENANT_OPTS_OUT:
		act_begin(act, &w, "tenant.opted_out", NULL, id);
		act_text(&w, "channel", words_word(words_channel, (int)change->channel));
		act_end(&w);
		break;
	case TENANT_MOVES:
		act_begin(act, &w, "tenant.tracked", NULL, id);
		act_text(&w, "track", words_word(words_tenant_track, (int)change->track));
		act_end(&w);
		break;
	case TENANT_NOTHING:
		break;
	}
}

static enum err_kind record_change(struct session *s, const struct tenant_change *change, const char *id, struct outcome *out, struct err *err)
{
	struct act act;

	change_act(change, id, &act);
	return sentence_commit(s, &act, out, err);
}

enum { RELEASE_ROOM = 80 };

/* The record of a tenant is folded without its releases, so whether the one named is there is asked before; from here on it is named as registered. */
static enum err_kind check_release(struct session *s, const char **release, char registered[RELEASE_ROOM], struct err *err)
{
	struct record record;
	enum err_kind failed;

	if (!*release)
		return ERR_NONE;
	failed = record_load(s, *release, WHEN_NONE, true, &record, err);
	if (!failed) {
		snprintf(registered, RELEASE_ROOM, "%s", record.dossier.release);
		*release = registered;
	}
	record_release(&record);
	return failed;
}

enum err_kind use_tenant_consent(struct session *s, const char *id, const char *release, const char *method, const char *evidence,
				 struct outcome *out, struct err *err)
{
	struct tenant_change change = { .deed = TENANT_CONSENTS, .release = release, .method = method, .evidence = evidence };
	char registered[RELEASE_ROOM];
	enum err_kind failed = sentence_check(TEXT_LINE, "the way consent was given", method, "--method TEXT", err);

	if (!failed)
		failed = sentence_check(TEXT_LINE, "the evidence", evidence, NULL, err);
	if (!failed)
		failed = check_release(s, &change.release, registered, err);
	if (!failed)
		failed = record_change(s, &change, id, out, err);
	if (!failed)
		sentence_done(out, "Consent of %s is on record for %s.", id, release ? change.release : "every release");
	return failed;
}

/* Consent to every release outlives the withdrawal for one (I-16), and whoever withdraws has to know. */
static bool has_wide_consent(struct session *s, const char *id)
{
	struct record record;
	bool is_wide = false;

	if (!record_load(s, NULL, WHEN_NONE, false, &record, NULL)) {
		const struct tenant *tenant = registry_tenant(&record.dossier.registry, id);

		for (size_t i = 0; tenant && i < tenant->consent_count; i++)
			is_wide |= !tenant->consents[i].release;
	}
	record_release(&record);
	return is_wide;
}

enum err_kind use_tenant_withdraw(struct session *s, const char *id, const char *release, struct outcome *out, struct err *err)
{
	struct tenant_change change = { .deed = TENANT_WITHDRAWS, .release = release };
	char registered[RELEASE_ROOM];
	enum err_kind failed = check_release(s, &change.release, registered, err);

	if (!failed)
		failed = record_change(s, &change, id, out, err);
	if (!failed && release && has_wide_consent(s, id))
		snprintf(out->text, sizeof out->text, "%s %.64s still consents to every release, %.64s among them. Withdraw that too with gonogo tenant consent %.64s "
			 "--withdraw.", out->is_already ? "Nothing was recorded:" : "Recorded, but", id, change.release, id);
	else if (!failed)
		sentence_done(out, "Consent of %s for %s is withdrawn, with effect now (CHN-8).", id, release ? change.release : "every release");
	return failed;
}

enum err_kind use_tenant_opt_out(struct session *s, const char *id, enum channel channel, struct outcome *out, struct err *err)
{
	const struct tenant_change change = { .deed = TENANT_OPTS_OUT, .channel = channel };
	enum err_kind failed = record_change(s, &change, id, out, err);

	if (!failed)
		sentence_done(out, "%s has opted out of %s, with effect now (CHN-8).", id, words_word(words_channel, (int)channel));
	return failed;
}

enum err_kind use_tenant_track(struct session *s, const char *id, enum tenant_track track, struct outcome *out, struct err *err)
{
	const struct tenant_change change = { .deed = TENANT_MOVES, .track = track };
	enum err_kind failed = record_change(s, &change, id, out, err);

	if (!failed)
		sentence_done(out, "%s is on the track %s.", id, words_word(words_tenant_track, (int)track));
	return failed;
}

enum err_kind use_tenant_page(struct session *s, const char *text, const struct page *page, struct arena *arena, struct tenant_page *out, struct err *err)
{
	return pages_tenants(s->store, text, page, arena, out, err);
}

/* The change as a fact that nobody has recorded: what it would do is what folding it does. */
static enum err_kind suppose(struct record *record, const struct tenant_change *change, const char *id, struct err *err)
{
	struct act act = { 0 };
	const struct fact_kind *kind;
	struct json_object body;
	const char *text;
	struct fact fact = { .seq = record->size + 1, .at = record->now, .actor = record->me ? record->me->id : "", .tenant = id, .release = "-" };
	enum err_kind failed;

	change_act(change, id, &act);
	kind = kind_find(act.kind);
	fact.kind = act.kind;
	text = act.body.failed ? NULL : arena_str(&record->arena, buf_text(&act.body));
	failed = text ? kind_body(kind, text, strlen(text), &record->arena, &body, err) : err_memory(err);
	if (!failed)
		failed = kind->fold(&record->dossier, &fact, &body, err);
	buf_release(&act.body);
	return failed;
}

static enum err_kind serving_of(struct session *s, const char *release, const char *id, const struct tenant_change *change, struct arena *arena,
				struct tenant_serving *out, struct err *err)
{
	struct record record;
	const struct tenant *tenant;
	char reason[SERVING_REASON_MAX];
	enum err_kind failed = record_load(s, release, WHEN_NONE, true, &record, err);

	tenant = failed ? NULL : registry_tenant(&record.dossier.registry, id);
	if (!failed && !tenant)
		failed = err_set(err, ERR_MISSING, "There is no tenant %.64s. See gonogo tenant list.", id);
	if (!failed) {
		*out = (struct tenant_serving){ .release = release, .channel = dossier_channel(&record.dossier) };
		out->is_served = serving_allowed(&record.dossier, tenant, reason);
		out->reason = arena_str(arena, reason);
		out->will_be = out->is_served;
		out->reason_then = out->reason;
	}
	if (!failed && change && change->deed != TENANT_NOTHING)
		failed = suppose(&record, change, tenant->id, err);
	if (!failed && change && change->deed != TENANT_NOTHING) {
		out->will_be = serving_allowed(&record.dossier, registry_tenant(&record.dossier.registry, id), reason);
		out->reason_then = arena_str(arena, reason);
	}
	record_release(&record);
	return failed ? failed : out->reason && out->reason_then ? ERR_NONE : err_memory(err);
}

enum err_kind use_tenant_servings(struct session *s, const char *id, const struct tenant_change *change, const struct page *page, struct arena *arena,
				  struct tenant_servings *out, struct err *err)
{
	struct release_id_page ids;
	enum err_kind failed = pages_tenant_releases(s->store, id, page, arena, &ids, err);

	*out = (struct tenant_servings){ 0 };
	if (failed)
		return failed;
	out->items = arena_array(arena, ids.count ? ids.count : 1, sizeof *out->items);
	out->has_more = ids.has_more;
	if (!out->items)
		return err_memory(err);
	for (size_t i = 0; !failed && i < ids.count; i++) {
		failed = serving_of(s, ids.items[i], id, change, arena, &out->items[i], err);
		out->count += !failed;
	}
	return failed;
}

enum { ACCOUNT_RELEASES = 40 };

static void tell_consents(const struct tenant *tenant, struct buf *out)
{
	char date[WHEN_TEXT_MAX];

	if (tenant->kind == TENANT_DEV_TEST)
		buf_str(out, "Consent is not needed: a dev/test tenant (CHN-7).\n");
	for (size_t i = 0; i < tenant->consent_count; i++) {
		const struct consent *consent = &tenant->consents[i];

		buf_printf(out, "Consent to %s since %s, recorded by %s: ", consent->release ? consent->release : "every release",
			   when_date(consent->source.at, date), consent->source.actor);
		text_show(out, consent->method, strlen(consent->method), false);
		if (consent->evidence) {
			buf_str(out, "; ");
			text_show(out, consent->evidence, strlen(consent->evidence), false);
		}
		buf_str(out, ".\n");
	}
	if (!tenant->consent_count && tenant->kind != TENANT_DEV_TEST)
		buf_str(out, "No consent is on record: it cannot be served in experimental (CHN-7).\n");
	if (tenant->is_opted_out)
		buf_str(out, "OPTED OUT of experimental (CHN-8).\n");
}

static void tell_servings(const struct tenant_servings *servings, struct buf *out)
{
	if (!servings->count)
		buf_str(out, "No release that is not over names it.\n");
	for (size_t i = 0; i < servings->count; i++)
		buf_printf(out, "%-10s  %s, %s: %s\n", servings->items[i].is_served ? "SERVED" : "not served", servings->items[i].release,
			   servings->items[i].channel == CHANNEL_NONE ? "in no channel" : words_word(words_channel, (int)servings->items[i].channel),
			   servings->items[i].reason);
	if (servings->has_more)
		buf_str(out, "There are more; gonogo allowed RELEASE TENANT answers for each.\n");
}

enum err_kind use_tenant_account(struct session *s, const char *id, struct buf *out, struct err *err)
{
	const struct page page = { .limit = ACCOUNT_RELEASES };
	struct tenant_servings servings;
	struct record record;
	const struct tenant *tenant;
	enum err_kind failed = record_load(s, NULL, WHEN_NONE, false, &record, err);

	tenant = failed ? NULL : registry_tenant(&record.dossier.registry, id);
	if (!failed && !tenant)
		failed = err_set(err, ERR_MISSING, "There is no tenant %.64s. See gonogo tenant list.", id);
	if (!failed)
		failed = use_tenant_servings(s, id, NULL, &page, &record.arena, &servings, err);
	if (!failed) {
		text_show(out, tenant->name, strlen(tenant->name), false);
		buf_printf(out, ": %s, track %s.\n", words_title(words_tenant_kind, (int)tenant->kind), words_title(words_tenant_track, (int)tenant->track));
		tell_consents(tenant, out);
		tell_servings(&servings, out);
	}
	record_release(&record);
	return failed;
}
