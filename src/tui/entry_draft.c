#include <config.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <gonogo/app/record.h>
#include <gonogo/store/state.h>

#include "entry_state.h"

/* One draft whatever led to the act; one for each question or row that an act is about. */
void entry_place_draft(struct entry *entry)
{
	const struct act_in *in = &entry->in;
	const struct person *me = in->record ? in->record->me : NULL;
	const char *about = entry->action->subject == ACT_OF_QUESTION ? in->rule : entry->action->subject == ACT_OF_ROW ? in->chosen : NULL;

	snprintf(entry->place.release, sizeof entry->place.release, "%s", in->release ? in->release : "-");
	snprintf(entry->place.form, sizeof entry->place.form, "%s%s%s", entry->action->name, about ? ":" : "", about ? about : "");
	snprintf(entry->place.person, sizeof entry->place.person, "%s", me ? me->id : "-");
}

/* Drafts are the user's own, by ledger, person, release and form; without a state folder they live as long as the entry. */
static bool draft_key(const struct entry *entry, struct draft_key *key)
{
	const struct session *session = entry->in.session;

	*key = (struct draft_key){ .ledger = session->ledger, .person = entry->place.person, .release = entry->place.release,
				   .form = entry->place.form };
	return session->state != NULL;
}

/* What the draft held of each field when this entry read or wrote it last: another console of the same person may write meanwhile. */
static void know(struct entry *entry, const char *field, const char *text)
{
	for (size_t i = 0; i < entry->form.count; i++) {
		if (strcmp(entry->form.fields[i].name, field) != 0)
			continue;
		buf_clear(&entry->known[i]);
		buf_str(&entry->known[i], text);
	}
}

/* The text that another console left in the draft of this field; NULL: none did. */
static const char *others_text(const struct entry *entry, const struct draft *draft, size_t field)
{
	const char *kept = "";

	for (size_t i = 0; i < draft->count; i++)
		if (strcmp(draft->items[i].field, entry->form.fields[field].name) == 0)
			kept = draft->items[i].text;
	return strcmp(kept, buf_text(&entry->known[field])) != 0 ? kept : NULL;
}

/* Beside the text of a field the folder in which an editor works on it: what it left is found again, whatever became of this console. */
#define SHEET_MARK ":editor"

static bool is_sheet(const char *field)
{
	const size_t size = strlen(field), mark = strlen(SHEET_MARK);

	return size > mark && strcmp(field + size - mark, SHEET_MARK) == 0;
}

static void take_sheet(struct entry *entry, const char *field, const char *dir)
{
	if (access(dir, R_OK | X_OK) != 0)
		return;
	snprintf(entry->kept.field, sizeof entry->kept.field, "%.*s", (int)(strlen(field) - strlen(SHEET_MARK)), field);
	snprintf(entry->kept.dir, sizeof entry->kept.dir, "%s", dir);
	snprintf(entry->problem, sizeof entry->problem, "What an editor left is in %s; F5 in its field takes it up again.", dir);
}

enum err_kind entry_keep_sheet(struct entry *entry, const char *field, const char *dir, struct err *err)
{
	char name[sizeof entry->kept.field + sizeof SHEET_MARK];
	struct draft_key key;

	snprintf(name, sizeof name, "%s" SHEET_MARK, field);
	return draft_key(entry, &key) ? state_draft_put(entry->in.session->state, &key, name, dir, err) : ERR_NONE;
}

void entry_take_draft(struct entry *entry)
{
	struct draft draft;
	struct draft_key key;
	struct arena arena;

	if (!draft_key(entry, &key))
		return;
	arena_init(&arena, 0);
	if (state_draft_get(entry->in.session->state, &key, &arena, &draft, NULL) == ERR_NONE)
		for (size_t i = 0; i < draft.count; i++) {
			if (is_sheet(draft.items[i].field)) {
				take_sheet(entry, draft.items[i].field, draft.items[i].text);
				continue;
			}
			if (strcmp(draft.items[i].field, BASE_FIELD) == 0) {
				entry_note_base(entry, draft.items[i].text);
				continue;
			}
			form_set(&entry->form, draft.items[i].field, draft.items[i].text);
			know(entry, draft.items[i].field, draft.items[i].text);
		}
	arena_release(&arena);
}

void entry_keep_draft(struct entry *entry)
{
	const struct form_field *field = &entry->form.fields[entry->form.focus];
	const char *text = form_text(&entry->form, field->name), *other;
	struct store_state *state = entry->in.session->state;
	struct draft draft;
	struct draft_key key;
	struct arena arena;
	struct err err;

	/* Consent is given anew each time. */
	if (strcmp(field->name, CONSENT_FIELD) == 0 || !draft_key(entry, &key))
		return;
	arena_init(&arena, 0);
	if (state_draft_get(state, &key, &arena, &draft, &err) != ERR_NONE || state_draft_put(state, &key, field->name, text, &err) != ERR_NONE ||
	    (entry->action->is_document && state_draft_put(state, &key, BASE_FIELD, entry->shown.ground, &err) != ERR_NONE)) {
		snprintf(entry->problem, sizeof entry->problem, "Not kept as a draft: %.900s", err.text);
	} else {
		other = others_text(entry, &draft, entry->form.focus);
		if (other && strcmp(other, text) != 0)
			snprintf(entry->problem, sizeof entry->problem, "Another console of yours had \"%.800s\" in this field; what stands here is kept instead.", other);
		know(entry, field->name, text);
		entry->saved_at = entry->in.session->clock.now(entry->in.session->clock.context);
	}
	arena_release(&arena);
}

/* What is recorded is forgotten field by field: what another console is writing meanwhile stays. */
void entry_forget_draft(struct entry *entry)
{
	struct store_state *state = entry->in.session->state;
	struct draft draft;
	struct draft_key key;
	struct arena arena;
	enum err_kind failed;

	if (!draft_key(entry, &key))
		return;
	arena_init(&arena, 0);
	failed = state_draft_get(state, &key, &arena, &draft, NULL);
	for (size_t i = 0; !failed && i < entry->form.count; i++)
		if (!others_text(entry, &draft, i))
			failed = state_draft_put(state, &key, entry->form.fields[i].name, NULL, NULL);
	for (size_t i = 0; !failed && i < entry->form.count; i++)
		failed = entry_keep_sheet(entry, entry->form.fields[i].name, NULL, NULL);
	if (!failed)
		failed = state_draft_put(state, &key, BASE_FIELD, NULL, NULL);
	/* What is recorded is recorded, whatever becomes of the note of it. */
	if (failed)
		snprintf(entry->problem, sizeof entry->problem, "Recorded; the draft of it could not be cleared.");
	arena_release(&arena);
}
