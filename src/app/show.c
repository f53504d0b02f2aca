#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/app/archive.h>
#include <gonogo/app/uses.h>
#include <gonogo/doc/detect.h>
#include <gonogo/doc/killswitch.h>
#include <gonogo/doc/manifest.h>
#include <gonogo/doc/plan.h>
#include <gonogo/doc/rollback.h>
#include <gonogo/doc/safety.h>

static enum err_kind missing(const struct dossier *d, const char *document, struct err *err)
{
	return err_set(err, ERR_MISSING, "%s has no document \"%s\" yet. Import one with gonogo import FILE.", d->release, document);
}

/* The checklist as the records have it: an item is ticked by an answer that holds, and says the note that was given with it. */
static enum err_kind print_safety(const struct dossier *d, struct arena *arena, struct buf *out, struct err *err)
{
	struct safety safety = { 0 };

	for (size_t i = 0; i < SAFETY_ITEMS; i++) {
		char rule[8];
		const struct answer_entry *answer;
		enum err_kind failed;

		snprintf(rule, sizeof rule, "DAT-%zu", i + 1);
		answer = dossier_answer(d, rule);
		safety.items[i].ticked = answer && answer->value != ANSWER_FAIL;
		failed = safety_text(rule_find(rule)->text, answer ? answer->note : NULL, arena, &safety.items[i].text, err);
		if (failed)
			return failed;
	}
	safety_print(&safety, out);
	return ERR_NONE;
}

enum err_kind document_print(const struct dossier *d, enum doc_kind kind, struct arena *arena, struct buf *out, struct err *err)
{
	const char *document = words_word(words_document, (int)kind);

	switch (kind) {
	case DOC_MANIFEST:
		manifest_print(&d->manifest, out);
		return ERR_NONE;
	case DOC_PLAN:
		if (!d->plan_source.seq)
			return missing(d, document, err);
		plan_print(&d->plan, out);
		return ERR_NONE;
	case DOC_SAFETY:
		return print_safety(d, arena, out, err);
	case DOC_SWITCH:
		if (!d->definition_source.seq)
			return missing(d, document, err);
		killswitch_print(&d->definition, out);
		return ERR_NONE;
	case DOC_ROLLBACK:
		if (!d->rollback_source.seq)
			return missing(d, document, err);
		rollback_print(&d->rollback, out);
		return ERR_NONE;
	case DOC_MEMO:
		break;
	}
	return err_set(err, ERR_USAGE, "A memo is shown with gonogo memo show %s.", d->release);
}

enum err_kind use_show(struct session *s, const char *release, const char *document, struct buf *out, struct err *err)
{
	struct record record;
	int kind;
	enum err_kind failed;

	if (!words_read(words_document, document, &kind))
		return err_set(err, ERR_USAGE, "There is no document %.40s; expected manifest, plan, data-safety, switch or rollback.", document);
	failed = record_load(s, release, WHEN_NONE, true, &record, err);
	if (!failed)
		failed = document_print(&record.dossier, (enum doc_kind)kind, &record.arena, out, err);
	record_release(&record);
	return failed ? failed : buf_check(out, err);
}
