#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/base/text.h>

#include "entry_state.h"

static const struct word words_pass_or_fail[] = { { ANSWER_PASS, "pass", "pass" }, { ANSWER_FAIL, "fail", "fail" }, { 0, NULL, NULL } };
static const struct word words_consent[] = { { 0, "no", "No, leave it" }, { 1, "yes", "Yes, record it" }, { 0, NULL, NULL } };

const char *entry_expects(const struct entry *entry)
{
	return entry->action->consent == CONSENT_WORD ? entry->action->name : entry->in.release ? entry->in.release : "yes";
}

static struct form_field consent_field(const struct entry *entry)
{
	switch (entry->action->consent) {
	case CONSENT_YES:
		return (struct form_field){ .name = CONSENT_FIELD, .is_fleeting = true, .label = "Record it?", .shape = FIELD_CHOICE, .choices = words_consent };
	case CONSENT_ID:
		return (struct form_field){ .name = CONSENT_FIELD, .is_fleeting = true, .label = "Release id", .hint = "Type the id of the release, then Enter", .most = TEXT_NAME_MAX };
	case CONSENT_WORD:
		return (struct form_field){ .name = CONSENT_FIELD, .is_fleeting = true, .label = "Confirm", .hint = "Type kill, then Enter", .most = TEXT_NAME_MAX };
	case CONSENT_NONE:
		break;
	}
	return (struct form_field){ 0 };
}

/* Nobody chooses among roles that are not theirs; who holds none sees them all, and why none will do. */
static const struct word *roles_held(struct entry *entry)
{
	const struct person *me = entry->in.record ? entry->in.record->me : NULL;
	size_t count = 0;

	for (const struct word *word = words_role; me && word->word; word++)
		if (me->roles & word->value)
			entry->roles[count++] = *word;
	return count ? entry->roles : words_role;
}

/* Not applicable is offered where the rule's own words are conditional. */
static bool takes_na(const struct act_in *in)
{
	const struct rule *rule = in->rule ? rule_find(in->rule) : NULL;

	return rule && in->record && rule_takes_na(rule, &in->record->dossier);
}

static bool is_empty(const struct form *form, size_t i)
{
	return !*form_text(form, form->fields[i].name);
}

/* The first field that somebody has to fill in, or else may: what stands already is only to be looked at, and consent comes last.  A document that
 * has all it must is there to be changed, from its beginning. */
static void focus_first(struct form *form, bool is_document)
{
	for (size_t i = 0; i < form->count; i++)
		if (is_empty(form, i) && !form->fields[i].is_optional && strcmp(form->fields[i].name, CONSENT_FIELD) != 0) {
			form->focus = i;
			return;
		}
	for (size_t i = 0; !is_document && i < form->count; i++)
		if (is_empty(form, i)) {
			form->focus = i;
			return;
		}
}

void entry_offer(struct entry *entry)
{
	struct err err;

	if (form_offer(&entry->form, &entry->in, &err) != ERR_NONE)
		snprintf(entry->problem, sizeof entry->problem, "%.1000s", err.text);
}

static void open_form(struct entry *entry)
{
	const struct action *action = entry->action;
	struct form_field fields[FORM_FIELDS_MAX];
	size_t count = 0;

	for (; action->fields[count].name; count++) {
		fields[count] = action->fields[count];
		if (fields[count].choices == words_role)
			fields[count].choices = roles_held(entry);
		if (fields[count].choices == words_answer && !takes_na(&entry->in))
			fields[count].choices = words_pass_or_fail;
	}
	if (action->consent != CONSENT_NONE)
		fields[count++] = consent_field(entry);
	form_init(&entry->form, fields, count);
	entry_offer(entry);
	if (action->prefill)
		action->prefill(&entry->in, &entry->form);
	if (action->consent == CONSENT_YES)
		form_set(&entry->form, CONSENT_FIELD, "no");
	entry_note_given(entry);
	entry_take_draft(entry);
	form_settle(&entry->form);
	focus_first(&entry->form, action->is_document);
}

/* What the record says of the act. */
static void describe(struct entry *entry)
{
	entry->in.form = &entry->form;
	buf_clear(&entry->about);
	if (entry->action->describe)
		entry->action->describe(&entry->in, &entry->about);
}

/* Whether this person may do it now. */
void entry_ask(struct entry *entry)
{
	struct err err;

	describe(entry);
	entry->is_barred = action_ready(entry->action, &entry->in, &err) != ERR_NONE;
	if (entry->is_barred)
		snprintf(entry->problem, sizeof entry->problem, "%.1000s", err.text);
	/* To save what could not be shown would be to lose it. */
	if (!entry->is_barred && entry->form.overfull) {
		entry->is_barred = true;
		snprintf(entry->problem, sizeof entry->problem, "\"%s\" has more on record than this form takes, and saving it would lose that. Change the document in a "
			 "file, and import it (i).", entry->form.overfull);
	}
	entry_see(entry);
}

/* Of some rules a pass is nothing without its evidence (CHN-3). */
static void want_evidence(struct entry *entry)
{
	const struct rule *rule = entry->in.rule ? rule_find(entry->in.rule) : NULL;

	for (size_t i = 0; rule && rule->needs_evidence && i < entry->form.count; i++)
		if (strcmp(entry->form.fields[i].name, "evidence") == 0)
			entry->form.fields[i].is_optional = form_choice(&entry->form, "answer", -1) != ANSWER_PASS;
}

/* What the fields mean, change and lack as they stand now. */
void entry_look(struct entry *entry)
{
	if (entry->action->is_document || entry->action->tells_fields)
		describe(entry);
	entry->problems.count = 0;
	want_evidence(entry);
	form_echo(&entry->form, &entry->in);
	if (entry->action->problems && !entry->is_barred)
		entry->action->problems(&entry->in, &entry->form, &entry->problems);
}

/* What is filled in and wrong needs a hand before what may be filled in. */
static void focus_problem(struct entry *entry)
{
	for (size_t i = 0; i < entry->form.count; i++)
		for (size_t k = 0; k < entry->problems.count; k++)
			if (entry->problems.items[k].field && strcmp(entry->problems.items[k].field, entry->form.fields[i].name) == 0) {
				entry->form.focus = i;
				return;
			}
}

void entry_open(struct entry *entry, const struct action *action, const struct act_in *in)
{
	*entry = (struct entry){ .action = action };
	entry_bind(entry, in);
	entry_place_draft(entry);
	open_form(entry);
	entry_ask(entry);
	entry_look(entry);
	focus_problem(entry);
}

void entry_close(struct entry *entry)
{
	if (entry->action)
		form_release(&entry->form);
	for (size_t i = 0; i < FORM_FIELDS_MAX; i++)
		buf_release(&entry->known[i]);
	for (size_t i = 0; i < FORM_FIELDS_MAX; i++)
		buf_release(&entry->given[i]);
	buf_release(&entry->about);
	*entry = (struct entry){ 0 };
}

/* Blanks around it came with a paste, and nobody sees them. */
static bool is_word(const char *typed, const char *word)
{
	const size_t size = strlen(word);

	typed += strspn(typed, " ");
	return strncmp(typed, word, size) == 0 && typed[size + strspn(typed + size, " ")] == '\0';
}

enum entry_consent entry_consent(const struct entry *entry)
{
	const char *typed = form_text(&entry->form, CONSENT_FIELD);

	if (text_is_blank(typed))
		return CONSENT_EMPTY;
	return is_word(typed, entry->action->consent == CONSENT_YES ? "yes" : entry_expects(entry)) ? CONSENT_GIVEN : CONSENT_OTHER;
}

static bool has_consent(struct entry *entry)
{
	switch (entry->action->consent) {
	case CONSENT_NONE:
		return true;
	case CONSENT_YES:
		if (form_choice(&entry->form, CONSENT_FIELD, 0) == 1)
			return true;
		form_focus(&entry->form, CONSENT_FIELD);
		snprintf(entry->problem, sizeof entry->problem, "Nothing was recorded. Choose yes in the last field, then Enter.");
		return false;
	case CONSENT_ID:
	case CONSENT_WORD:
		break;
	}
	if (entry_consent(entry) == CONSENT_GIVEN)
		return true;
	form_focus(&entry->form, CONSENT_FIELD);
	snprintf(entry->problem, sizeof entry->problem, "Nothing was recorded. Type %s in the last field, then Enter.", entry_expects(entry));
	return false;
}

/* The cursor goes to what is missing: the field that the option of a command line stands for. */
static void go_to_fault(struct entry *entry, const struct err *err)
{
	char name[ERR_OPTION_MAX];

	if (strncmp(err->option, "--", 2) != 0)
		return;
	snprintf(name, sizeof name, "%s", err->option + 2);
	name[strcspn(name, " ")] = '\0';
	form_focus(&entry->form, name);
}

/* Nothing is chosen for anybody. */
static bool has_choices(struct entry *entry)
{
	for (size_t i = 0; i < entry->form.count; i++) {
		const struct form_field *field = &entry->form.fields[i];

		if (field->shape != FIELD_CHOICE || field->is_optional || form_choice(&entry->form, field->name, -1) >= 0)
			continue;
		entry->form.focus = i;
		snprintf(entry->problem, sizeof entry->problem, "%s: choose with Left and Right, or Space.", field->label);
		return false;
	}
	return true;
}

bool entry_is_consent(const struct entry *entry, size_t field)
{
	return field < entry->form.count && strcmp(entry->form.fields[field].name, CONSENT_FIELD) == 0;
}

void entry_changed(struct entry *entry)
{
	const bool is_consent = entry_is_consent(entry, entry->form.focus);

	if (!entry->is_barred)
		entry->problem[0] = '\0';
	entry->is_touched |= !is_consent;
	entry_keep_draft(entry);
	entry_look(entry);
	if (!is_consent && entry_empty_consent(entry))
		snprintf(entry->problem, sizeof entry->problem, "%s was changed after it was confirmed: say again that it is meant.",
			 entry->form.fields[entry->form.focus].label);
}

bool entry_set(struct entry *entry, size_t field, const char *text)
{
	if (field >= entry->form.count || !form_set(&entry->form, entry->form.fields[field].name, text))
		return false;
	entry->form.focus = field;
	entry_changed(entry);
	return true;
}

enum entry_result entry_submit(struct entry *entry, struct outcome *out)
{
	enum err_kind failed;
	struct err err;

	if (entry->is_barred)
		return ENTRY_KEPT;
	if (!has_choices(entry) || !has_consent(entry))
		return ENTRY_KEPT;
	*out = (struct outcome){ 0 };
	entry->in.session->shown = &entry->shown;
	failed = entry->action->record(&entry->in, &entry->form, out, &err);
	entry->in.session->shown = NULL;
	entry->is_outdated = failed == ERR_BUSY;
	if (failed) {
		snprintf(entry->problem, sizeof entry->problem, "%.1000s", err.text);
		go_to_fault(entry, &err);
		return ENTRY_KEPT;
	}
	entry_forget_draft(entry);
	return ENTRY_RECORDED;
}

bool entry_paste(struct entry *entry, const char *text)
{
	const enum form_result result = form_paste(&entry->form, text);

	if (result == FORM_CHANGED)
		entry_changed(entry);
	return result != FORM_FULL;
}

enum entry_result entry_key(struct entry *entry, struct key key, struct outcome *out)
{
	if (!entry->action || !entry->form.count)
		return ENTRY_UNUSED;
	switch (form_key(&entry->form, key)) {
	case FORM_UNUSED:
		return ENTRY_UNUSED;
	case FORM_MOVED:
		return ENTRY_KEPT;
	case FORM_CHANGED:
		entry_changed(entry);
		return ENTRY_KEPT;
	case FORM_FULL:
		snprintf(entry->problem, sizeof entry->problem, "This is as much as the field may hold.");
		return ENTRY_KEPT;
	case FORM_SUBMIT:
		/* What is only to be read is left behind. */
		if (key_is(key, "Enter") && entry->is_barred)
			return ENTRY_UNUSED;
		/* Enter takes what is the default until the word stands there. */
		if (key_is(key, "Enter") && entry_is_consent(entry, entry->form.focus) && entry_consent(entry) == CONSENT_EMPTY)
			return ENTRY_LEFT;
		return entry_submit(entry, out);
	}
	return ENTRY_UNUSED;
}
