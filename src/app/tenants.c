#include <config.h>

#include <stdio.h>

#include <gonogo/app/sentence.h>
#include <gonogo/app/uses.h>

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

static enum err_kind consent(struct session *s, const char *id, const char *op, const char *release, const char *method,
			     const char *evidence, struct outcome *out, struct err *err)
{
	struct record record;
	struct act act;
	struct json_writer w;
	/* A mistyped release would be consented to, or withdrawn from, by nobody. */
	enum err_kind failed = record_load(s, release, WHEN_NONE, release != NULL, &record, err);

	record_release(&record);
	if (failed)
		return failed;
	act_begin(&act, &w, "tenant.consent", NULL, id);
	act_text(&w, "op", op);
	act_text(&w, "for", release);
	act_text(&w, "method", method);
	act_text(&w, "evidence", evidence);
	act_end(&w);
	return sentence_commit(s, &act, out, err);
}

/* The record of a tenant is folded without its releases, so whether the one named is there is asked before. */
static enum err_kind check_release(struct session *s, const char *release, struct err *err)
{
	struct record record;
	enum err_kind failed;

	if (!release)
		return ERR_NONE;
	failed = record_load(s, release, WHEN_NONE, true, &record, err);
	record_release(&record);
	return failed;
}

enum err_kind use_tenant_consent(struct session *s, const char *id, const char *release, const char *method, const char *evidence,
				 struct outcome *out, struct err *err)
{
	enum err_kind failed = sentence_check(TEXT_LINE, "the way consent was given", method, "--method TEXT", err);

	if (!failed)
		failed = sentence_check(TEXT_LINE, "the evidence", evidence, NULL, err);
	if (!failed)
		failed = check_release(s, release, err);
	if (!failed)
		failed = consent(s, id, "given", release, method, evidence, out, err);
	if (!failed)
		sentence_done(out, "Consent of %s is on record for %s.", id, release ? release : "every release");
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
	enum err_kind failed = check_release(s, release, err);

	if (!failed)
		failed = consent(s, id, "withdrawn", release, NULL, NULL, out, err);
	if (!failed && release && has_wide_consent(s, id))
		snprintf(out->text, sizeof out->text, "%s %.64s still consents to every release, %.64s among them. Withdraw that too with gonogo tenant consent %.64s "
			 "--withdraw.", out->is_already ? "Nothing was recorded:" : "Recorded, but", id, release, id);
	else if (!failed)
		sentence_done(out, "Consent of %s for %s is withdrawn, with effect now (CHN-8).", id, release ? release : "every release");
	return failed;
}

enum err_kind use_tenant_opt_out(struct session *s, const char *id, enum channel channel, struct outcome *out, struct err *err)
{
	struct act act;
	struct json_writer w;
	enum err_kind failed;

	act_begin(&act, &w, "tenant.opted_out", NULL, id);
	act_text(&w, "channel", words_word(words_channel, (int)channel));
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		sentence_done(out, "%s has opted out of %s, with effect now (CHN-8).", id, words_word(words_channel, (int)channel));
	return failed;
}

enum err_kind use_tenant_track(struct session *s, const char *id, enum tenant_track track, struct outcome *out, struct err *err)
{
	struct act act;
	struct json_writer w;
	enum err_kind failed;

	act_begin(&act, &w, "tenant.tracked", NULL, id);
	act_text(&w, "track", words_word(words_tenant_track, (int)track));
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		sentence_done(out, "%s is on the track %s.", id, words_word(words_tenant_track, (int)track));
	return failed;
}
