#include <config.h>

#include <string.h>

#include <gonogo/tui/deeds.h>
#include <gonogo/tui/sheet.h>

/* --- what is about to be recorded --- */

/* Field by field what the form would change of what is on record. */
static void say_changes(const struct act_in *in, enum doc_kind kind, struct buf *out)
{
	struct form_problems problems = { 0 };
	struct paper before, after;
	struct arena arena;

	arena_init(&arena, 0);
	sheet_recorded(&in->record->dossier, kind, &arena, &before);
	if (in->form && sheet_read(in, in->form, kind, &arena, &after, &problems, NULL) == ERR_NONE)
		sheet_changes(&before, &after, out);
	arena_release(&arena);
}

static void say_saved(const struct source *saved, struct buf *out)
{
	char date[WHEN_TEXT_MAX];

	buf_printf(out, "Saved %s by %s.\n", when_date(saved->at, date), saved->actor);
}

/* What falls with a change stands first: on a small screen it is what must not be missed. */
DESCRIBE(describe_plan_edit)
{
	const struct dossier *d = &in->record->dossier;
	char date[WHEN_TEXT_MAX];

	if (!d->plan_source.seq)
		return;
	if (d->plan_approved.seq)
		buf_printf(out, "Saving a change withdraws the approval by %s of %s (PLN-2).\n", d->plan_approved.actor, when_date(d->plan_approved.at, date));
	else
		say_saved(&d->plan_source, out);
	say_changes(in, DOC_PLAN, out);
}

DESCRIBE(describe_switch_edit)
{
	const struct dossier *d = &in->record->dossier;

	if (!d->definition_source.seq)
		return;
	if (d->test_count)
		buf_printf(out, "Saving a change voids the %zu test%s of it (KSW-3).\n", d->test_count, d->test_count == 1 ? "" : "s");
	else
		say_saved(&d->definition_source, out);
	say_changes(in, DOC_SWITCH, out);
}

DESCRIBE(describe_rollback_edit)
{
	const struct dossier *d = &in->record->dossier;

	if (!d->rollback_source.seq)
		return;
	if (d->rehearsal_count)
		buf_printf(out, "Saving a change voids the %zu rehearsal%s of it (RBP-2).\n", d->rehearsal_count, d->rehearsal_count == 1 ? "" : "s");
	else
		say_saved(&d->rollback_source, out);
	say_changes(in, DOC_ROLLBACK, out);
}

DESCRIBE(describe_manifest_edit)
{
	const struct dossier *d = &in->record->dossier;

	if (d->answer_count || d->test_count)
		buf_printf(out, "Saving a change voids %zu answer%s and %zu test%s given for this text (CLS-6).\n", d->answer_count, d->answer_count == 1 ? "" : "s",
			   d->test_count, d->test_count == 1 ? "" : "s");
	else
		say_saved(&d->manifest_source, out);
	say_changes(in, DOC_MANIFEST, out);
}

DESCRIBE(describe_copy)
{
	buf_printf(out, "Manifest, plan, kill switch and rollback plan of %s go over to a new release that supersedes it and starts in dev; no answer, test, risk "
		   "or approval does (CLS-6).\n", in->release);
}

DESCRIBE(describe_withdraw)
{
	buf_printf(out, "%s, %s. A withdrawn release stays on the record and is final: a further attempt is a new release (I-11).\n", in->release,
		   words_title(words_state, (int)in->record->dossier.state));
}

/* --- what stands in the fields at first --- */

static void fill(const struct act_in *in, struct form *form, enum doc_kind kind)
{
	struct paper paper;
	struct arena arena;

	arena_init(&arena, 0);
	sheet_recorded(&in->record->dossier, kind, &arena, &paper);
	for (size_t i = 0; i < form->count; i++) {
		const char *text = sheet_text(&paper, form->fields[i].name, &arena);

		if (text && *text && !form_set(form, form->fields[i].name, text))
			form->overfull = form->fields[i].label;
	}
	arena_release(&arena);
}

/* Whoever fills a plan in owns it, unless he says otherwise. */
static void own(const struct act_in *in, struct form *form)
{
	if (!*form_text(form, "owner") && in->record->me)
		form_set(form, "owner", in->record->me->name);
}

PREFILL(prefill_plan)
{
	fill(in, form, DOC_PLAN);
	own(in, form);
}

PREFILL(prefill_switch)
{
	fill(in, form, DOC_SWITCH);
}

PREFILL(prefill_rollback_plan)
{
	fill(in, form, DOC_ROLLBACK);
	own(in, form);
}

PREFILL(prefill_manifest)
{
	fill(in, form, DOC_MANIFEST);
}

/* --- not now, and why --- */

READY(ready_manifest)
{
	if (in->record && in->release && in->record->dossier.class_locked)
		return err_set(err, ERR_REFUSED, "The manifest of %s is frozen since its first promotion (CLS-6). A fix is a new release: copy it with C.", in->release);
	return ERR_NONE;
}

READY(ready_copy)
{
	if (!in->release)
		return err_set(err, ERR_REFUSED, "No release is selected.");
	return ERR_NONE;
}

READY(ready_withdraw)
{
	if (!in->release)
		return err_set(err, ERR_REFUSED, "No release is selected.");
	if (in->record->dossier.state == STATE_REGISTERED || in->record->dossier.state == STATE_DEV)
		return ERR_NONE;
	return err_set(err, ERR_REFUSED, "%s is %s, and from experimental on leaving is a rollback (I-11).", in->release,
		       words_title(words_state, (int)in->record->dossier.state));
}
