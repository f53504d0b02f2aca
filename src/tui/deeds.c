#include <config.h>

#include <limits.h>
#include <string.h>
#include <unistd.h>

#include <gonogo/base/text.h>
#include <gonogo/tui/audit.h>
#include <gonogo/tui/deeds.h>

const struct word words_stop_op[] = { { 0, "clear", "clear" }, { 1, "raise", "raise" }, { 0, NULL, NULL } };
const struct word words_yes[] = { { 0, "no", "no" }, { 1, "yes", "yes" }, { 0, NULL, NULL } };
/* None is an explicit answer (MEM-4). */
const struct word words_risks[] = { { 0, "accepted", "as accepted" }, { 1, "none", "None" }, { 0, NULL, NULL } };
const struct word words_step_end[] = { { STEP_DONE, "done", "done" }, { STEP_SKIPPED, "skipped", "skipped" }, { 0, NULL, NULL } };
const struct word words_severity[] = { { 1, "1", "SEV-1" }, { 2, "2", "SEV-2" }, { 3, "3", "SEV-3" }, { 4, "4", "SEV-4" }, { 0, NULL, NULL } };

/* What was left empty was not given. */
const char *deeds_given(const struct form *form, const char *name)
{
	const char *text = form_text(form, name);

	return text_is_blank(text) ? NULL : text;
}

/* A choice that nobody made is asked for, never guessed. */
enum err_kind deeds_chosen(const struct form *form, const char *name, const char *what, int *value, struct err *err)
{
	*value = form_choice(form, name, -1);
	return *value >= 0 ? ERR_NONE : err_set(err, ERR_USAGE, "Choose %s first: Left and Right, or Space.", what);
}

DEED(deed_answer)
{
	int value;
	enum err_kind failed = deeds_chosen(form, "answer", "an answer", &value, err);

	return failed ? failed : use_answer(in->session, in->release, in->rule, (enum answer)value, deeds_given(form, "note"), deeds_given(form, "evidence"), out, err);
}

DEED(deed_stop)
{
	int op;
	enum err_kind failed = deeds_chosen(form, "op", "clear or raise", &op, err);

	return failed ? failed : use_stop(in->session, in->release, in->rule, op, deeds_given(form, "reason"), out, err);
}

DEED(deed_stop_raise)
{
	return use_stop(in->session, in->release, in->rule, true, deeds_given(form, "reason"), out, err);
}

DEED(deed_stop_clear)
{
	return use_stop(in->session, in->release, in->rule, false, deeds_given(form, "reason"), out, err);
}

DEED(deed_classify)
{
	int class;
	enum err_kind failed = deeds_chosen(form, "class", "a class", &class, err);

	return failed ? failed : use_release_classify(in->session, in->release, (enum release_class)class, out, err);
}

DEED(deed_plan_approve)
{
	(void)form;
	return use_plan_approve(in->session, in->release, out, err);
}

DEED(deed_rehearse)
{
	int result;
	enum err_kind failed = deeds_chosen(form, "result", "a result", &result, err);

	return failed ? failed : use_rollback_rehearse(in->session, in->release, (enum result)result, deeds_given(form, "note"), deeds_given(form, "evidence"), out, err);
}

DEED(deed_approve)
{
	int role;
	enum err_kind failed = deeds_chosen(form, "role", "the role you approve in", &role, err);

	return failed ? failed : use_approve(in->session, in->release, (enum role)role, CHANNEL_NONE, deeds_given(form, "note"), out, err);
}

DEED(deed_promote)
{
	(void)form;
	return use_promote(in->session, in->release, in->verdict->to, out, err);
}

DEED(deed_memo_draft)
{
	struct memo_draft draft = { .note = deeds_given(form, "note"), .rationale = deeds_given(form, "rationale"), .remediation = deeds_given(form, "remediation"),
				    .system_owner = deeds_given(form, "system-owner"), .dev_lead = deeds_given(form, "dev-lead") };
	int kind, decision;
	enum err_kind failed = deeds_chosen(form, "kind", "which memo", &kind, err);

	if (!failed)
		failed = deeds_chosen(form, "decision", "GO or NO-GO", &decision, err);
	if (failed)
		return failed;
	draft.kind = (enum memo_kind)kind;
	draft.decision = (enum decision)decision;
	draft.no_risks = form_choice(form, "no-risks", 0) == 1;
	return use_memo_draft(in->session, in->release, &draft, out, err);
}

DEED(deed_risk)
{
	return use_risk_accept(in->session, in->release, deeds_given(form, "risk"), deeds_given(form, "rationale"), out, err);
}

enum err_kind deeds_words(const char *text, struct arena *arena, struct texts *out, struct err *err)
{
	const char **words = NULL;
	size_t room = 0;

	*out = (struct texts){ 0 };
	for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
		const size_t size = strcspn(text, " ");

		words = arena_room(arena, words, out->count, &room, sizeof *words);
		if (!words)
			return err_memory(err);
		words[out->count] = arena_bytes(arena, text, size);
		if (!words[out->count++])
			return err_memory(err);
		text += size;
	}
	out->items = words;
	return ERR_NONE;
}

DEED(deed_import)
{
	struct import_notes notes = { { 0 } };
	struct texts files;
	struct arena arena;
	enum err_kind failed;

	if (!deeds_given(form, "files"))
		return err_set(err, ERR_USAGE, "Name the files to import, with spaces between.");
	arena_init(&arena, 0);
	failed = deeds_words(form_text(form, "files"), &arena, &files, err);
	if (!failed)
		failed = use_import(in->session, NULL, files.items, files.count, &arena, &notes, out, err);
	arena_release(&arena);
	return failed;
}

DEED(deed_log_export)
{
	struct audit_question question;
	const char *file = deeds_given(form, "file");
	size_t count;
	int shape = LOG_SENTENCES;
	enum err_kind failed = audit_ask(in->filter ? in->filter : "", &question, err);

	if (!failed && !file)
		failed = err_set(err, ERR_USAGE, "Name the file that the entries go to.");
	if (!failed)
		failed = deeds_chosen(form, "form", "how the entries are to be written", &shape, err);
	if (!failed)
		failed = use_log_export(in->session, &question.log, question.words, (enum log_form)shape, file, &count, err);
	if (!failed)
		snprintf(out->text, sizeof out->text, "%zu entr%s written to %s.", count, count == 1 ? "y" : "ies", file);
	return failed;
}

DEED(deed_export)
{
	const char *dir = deeds_given(form, "dir");
	struct texts lines = { 0 };
	struct arena arena;
	char here[PATH_MAX];
	enum err_kind failed;

	if (!dir)
		return err_set(err, ERR_USAGE, "Name the folder that the memo's files go to.");
	arena_init(&arena, 0);
	/* Where it is found wherever one is. */
	if (*dir != '/' && getcwd(here, sizeof here))
		dir = arena_printf(&arena, "%s/%s", here, dir);
	failed = dir ? use_memo_export(in->session, in->release, NULL, 0, dir, &arena, &lines, err) : err_memory(err);
	if (!failed)
		snprintf(out->text, sizeof out->text, "Exported with %zu signature%s to %s. VERIFY-%s.txt in it says how they are verified without gonogo.", lines.count,
			 lines.count == 1 ? "" : "s", dir, in->record ? in->record->dossier.release : in->release);
	arena_release(&arena);
	return failed;
}

READY(ready_answer)
{
	size_t stop;

	if (!in->rule)
		return err_set(err, ERR_REFUSED, "No question is selected.");
	if (dossier_stop_index(in->rule, &stop))
		return err_set(err, ERR_REFUSED, "%s is a hard stop: R raises it, C clears it.", in->rule);
	if (in->record && !rule_question(&in->record->dossier, in->rule))
		return err_set(err, ERR_REFUSED, "There is nothing to answer yet: the exposure plan has no exit criteria (PLN-1).");
	return ERR_NONE;
}

READY(ready_stop)
{
	size_t stop;

	if (!in->rule || !dossier_stop_index(in->rule, &stop))
		return err_set(err, ERR_REFUSED, "Only a hard stop is raised and cleared: HS-1 to HS-7. a answers any other question.");
	return ERR_NONE;
}
