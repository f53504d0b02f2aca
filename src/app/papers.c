#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/app/papers.h>
#include <gonogo/app/sentence.h>
#include <gonogo/app/uses.h>

static enum err_kind save(struct session *s, struct act *act, const char *what, struct outcome *out, struct err *err)
{
	const char *release = act->release;
	enum err_kind failed = sentence_commit(s, act, out, err);

	if (!failed)
		sentence_done(out, "%s of %s is saved.", what, release);
	return failed;
}

enum err_kind use_manifest_save(struct session *s, const struct manifest *manifest, struct outcome *out, struct err *err)
{
	struct act act = { .kind = "release.registered", .release = manifest->release };
	enum err_kind failed = sentence_check(TEXT_ID, "the release id", manifest->release, "release new RELEASE", err);

	if (failed)
		return failed;
	paper_write_manifest(&act.body, manifest);
	return save(s, &act, "The manifest", out, err);
}

enum err_kind use_plan_save(struct session *s, const char *release, const struct plan *plan, struct outcome *out, struct err *err)
{
	struct act act = { .kind = "plan.saved", .release = release };

	paper_write_plan(&act.body, plan);
	return save(s, &act, "The exposure plan", out, err);
}

enum err_kind use_switch_save(struct session *s, const char *release, const struct switch_definition *definition, struct outcome *out,
			      struct err *err)
{
	struct act act = { .kind = "switch.defined", .release = release };

	paper_write_switch(&act.body, definition);
	return save(s, &act, "The kill switch", out, err);
}

enum err_kind use_rollback_save(struct session *s, const char *release, const struct rollback_plan *plan, struct outcome *out, struct err *err)
{
	struct act act = { .kind = "rollback.planned", .release = release };

	paper_write_rollback(&act.body, plan);
	return save(s, &act, "The rollback plan", out, err);
}

enum err_kind use_release_new(struct session *s, const struct manifest *manifest, struct outcome *out, struct err *err)
{
	const char *release = manifest->release;
	struct record record;
	enum err_kind failed = sentence_check(TEXT_ID, "the release id", release, "release new RELEASE", err);

	if (!failed)
		failed = sentence_check(TEXT_LINE, "the description", manifest->description, NULL, err);
	if (failed)
		return failed;
	failed = record_load(s, release, WHEN_NONE, false, &record, err);
	if (!failed && dossier_exists(&record.dossier) &&
	    (record.dossier.class != manifest->class || !paper_same_manifest(manifest, &record.dossier.manifest)))
		failed = err_set(err, ERR_REFUSED, "%s is registered already (CLS-6). See gonogo release show %s.", release, release);
	record_release(&record);
	if (!failed)
		failed = use_manifest_save(s, manifest, out, err);
	if (!failed)
		sentence_done(out, "%s is registered as %s.", release, words_title(words_class, (int)manifest->class));
	return failed;
}

enum err_kind use_release_classify(struct session *s, const char *release, enum release_class class, struct outcome *out, struct err *err)
{
	struct act act;
	struct json_writer w;
	enum err_kind failed;

	act_begin(&act, &w, "release.classified", release, NULL);
	act_text(&w, "class", words_word(words_class, (int)class));
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		sentence_done(out, "%s is classified: %s.", release, words_title(words_class, (int)class));
	return failed;
}

enum err_kind use_release_withdraw(struct session *s, const char *release, const char *reason, struct outcome *out, struct err *err)
{
	struct act act;
	struct json_writer w;
	enum err_kind failed = sentence_check(TEXT_LONG, "the reason", reason, "--reason TEXT", err);

	if (failed)
		return failed;
	act_begin(&act, &w, "release.withdrawn", release, NULL);
	act_text(&w, "reason", reason);
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		sentence_done(out, "%s is withdrawn. A further attempt is a new release (I-11).", release);
	return failed;
}

/* CLS-6: the documents go over, with the new id; no answer, test, assessment, risk or approval does, nor what somebody claimed of the old one. */
enum err_kind use_release_copy(struct session *s, const char *from, const char *to, struct outcome *out, struct err *err)
{
	enum { MOST = 4 };
	struct record record, target;
	struct act acts[MOST] = { { 0 } };
	size_t count = 0;
	const struct dossier *d = &record.dossier;
	enum err_kind failed = sentence_check(TEXT_ID, "the release id", to, "release copy OLD NEW", err);

	if (failed)
		return failed;
	failed = record_load(s, to, WHEN_NONE, false, &target, err);
	if (!failed && dossier_exists(&target.dossier))
		failed = err_set(err, ERR_REFUSED, "%s is registered already (CLS-6). Choose another id.", to);
	record_release(&target);
	if (failed)
		return failed;
	failed = record_load(s, from, WHEN_NONE, true, &record, err);
	if (!failed) {
		struct manifest manifest = d->manifest;
		struct plan plan = d->plan;
		struct switch_definition definition = d->definition;

		manifest.release = to;
		manifest.supersedes = from;
		plan.claim = definition.claim = NULL;
		acts[count].kind = "release.registered";
		paper_write_manifest(&acts[count++].body, &manifest);
		if (d->definition_source.seq) {
			acts[count].kind = "switch.defined";
			paper_write_switch(&acts[count++].body, &definition);
		}
		if (d->rollback_source.seq) {
			acts[count].kind = "rollback.planned";
			paper_write_rollback(&acts[count++].body, &d->rollback);
		}
		if (d->plan_source.seq) {
			acts[count].kind = "plan.saved";
			paper_write_plan(&acts[count++].body, &plan);
		}
		for (size_t i = 0; i < count; i++)
			acts[i].release = to;
		failed = act_commit(s, NULL, acts, count, out, err);
	}
	if (!failed)
		sentence_done(out, "%s is a copy of %s and supersedes it; it starts in dev, without answers, tests or approvals (CLS-6).", to, from);
	for (size_t i = 0; i < count; i++)
		buf_release(&acts[i].body);
	record_release(&record);
	return failed;
}
