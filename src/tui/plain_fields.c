#include <config.h>

#include <stdlib.h>
#include <string.h>

#include <gonogo/base/text.h>

#include "plain_state.h"

/* --- what is asked --- */

static void say_choices(struct plain *plain, const struct form *form, size_t at)
{
	const struct form_field *field = &form->fields[at];

	for (int i = 0; field->choices[i].word; i++)
		plain_say(plain, "  %d. %s%s", i + 1, field->choices[i].title, form->chosen[at] == i ? " (stands)" : "");
}

static void say_consent(struct plain *plain, const struct entry *entry)
{
	switch (entry->action->consent) {
	case CONSENT_YES:
		plain_say(plain, "Consent: yes records it; no, or an empty line, leaves it.");
		break;
	case CONSENT_ID:
	case CONSENT_WORD:
		plain_say(plain, "Consent: type %s to %s. An empty line leaves it.", entry_expects(entry), entry->action->label);
		break;
	case CONSENT_NONE:
		break;
	}
}

static void say_problem_of(struct plain *plain, const struct entry *entry, size_t at)
{
	for (size_t i = 0; i < entry->problems.count; i++)
		if (strcmp(entry->problems.items[i].field, entry->form.fields[at].name) == 0)
			plain_say(plain, "Wrong or missing: %s", entry->problems.items[i].text);
}

static bool has_several_lines(const struct form_field *field)
{
	return field->shape == FIELD_AREA || field->shape == FIELD_LIST || field->shape == FIELD_PICK;
}

void plain_say_field(struct plain *plain, const struct entry *entry, size_t at)
{
	const struct form *form = &entry->form;
	const struct form_field *field = &form->fields[at];
	const char *stands = form_text(form, field->name);
	/* A pick says itself how one chooses here. */
	const char *hint = field->shape == FIELD_PICK ? NULL : field->hint;

	if (entry_is_consent(entry, at)) {
		say_consent(plain, entry);
		return;
	}
	plain_say(plain, "Field %zu of %zu: %s, %s.%s%s%s", at + 1, form->count - (entry->action->consent != CONSENT_NONE), field->label, field->is_optional ? "optional" : "required",
		  hint ? " " : "", hint ? hint : "", hint && !strchr(".:?", hint[strlen(hint) - 1]) ? "." : "");
	if (field->shape == FIELD_CHOICE)
		say_choices(plain, form, at);
	else if (field->shape == FIELD_PICK)
		plain_say_options(plain, entry, at, "");
	else if (has_several_lines(field))
		plain_say_lines(plain, entry, at);
	else if (*stands)
		plain_say(plain, "It stands: %s", stands);
	if (*form->echoes[at])
		plain_say(plain, "Understood as: %s", form->echoes[at]);
	say_problem_of(plain, entry, at);
}

static void prompt_consent(const struct entry *entry, struct buf *out)
{
	if (entry->action->consent == CONSENT_YES)
		buf_str(out, "Record it, yes or no [no]: ");
	else
		buf_printf(out, "Type %s: ", entry_expects(entry));
}

void plain_prompt(const struct entry *entry, size_t at, struct buf *out)
{
	const struct form_field *field = &entry->form.fields[at];
	const bool stands = *form_text(&entry->form, field->name) != '\0';

	if (entry_is_consent(entry, at)) {
		prompt_consent(entry, out);
		return;
	}
	buf_str(out, field->label);
	if (field->shape == FIELD_CHOICE)
		buf_str(out, stands ? ", number or word (empty keeps it): " : ", number or word: ");
	else if (field->shape == FIELD_PICK)
		buf_str(out, stands ? ", numbers or ids (empty keeps them): " : ", numbers or ids: ");
	else if (stands)
		buf_str(out, " (empty keeps it, - empties it): ");
	else
		buf_str(out, field->is_optional ? " (empty: none): " : ": ");
}

/* --- what is replied --- */

bool plain_set(struct plain *plain, struct entry *entry, size_t at, const char *text)
{
	const struct form_field *field = &entry->form.fields[at];
	struct err err;

	if (entry_set(entry, at, text)) {
		plain->changes++;
		return true;
	}
	if (strlen(text) <= field->most && text_check(TEXT_LONG, field->label, text, strlen(text), &err) != ERR_NONE)
		plain_say(plain, "%s", err.text);
	else
		plain_say(plain, "%s takes at most %zu bytes.", field->label, field->most);
	plain_say(plain, "%s was not taken.", field->label);
	return false;
}

/* The word of the choice that the reply means, by number, word or title; NULL: none. */
static const char *choice_meant(const struct form_field *field, const char *text)
{
	char *end;
	const unsigned long number = strtoul(text, &end, 10);
	const bool is_number = end != text && !*end;

	for (unsigned long i = 0; field->choices[i].word; i++)
		if (is_number ? number == i + 1 : text_same_id(field->choices[i].word, text) || text_same_id(field->choices[i].title, text))
			return field->choices[i].word;
	return NULL;
}

static enum plain_taken take_choice(struct plain *plain, struct entry *entry, size_t at, const char *text)
{
	const struct form_field *field = &entry->form.fields[at];
	const char *word = choice_meant(field, text);

	if (!*text && entry->form.chosen[at] >= 0)
		return TAKEN;
	if (word)
		return plain_set(plain, entry, at, word) ? TAKEN : TAKEN_NOT;
	if (*text)
		plain_say(plain, "%s: %s is none of the choices. Type a number or a word, or skip.", field->label, text);
	else
		plain_say(plain, "%s: nothing is chosen yet. Type a number or a word, or skip.", field->label);
	return TAKEN_NOT;
}

static enum plain_taken take_text(struct plain *plain, struct entry *entry, size_t at, const char *text)
{
	const struct form_field *field = &entry->form.fields[at];
	const bool stands = *form_text(&entry->form, field->name) != '\0';

	if (!*text && !stands && !field->is_optional) {
		plain_say(plain, "%s is required. Type it, or skip.", field->label);
		return TAKEN_NOT;
	}
	if (!*text)
		return TAKEN;
	return plain_set(plain, entry, at, strcmp(text, "-") == 0 ? "" : text) ? TAKEN : TAKEN_NOT;
}

/* What was not meant is left, and the walk goes on. */
static enum plain_taken take_consent(struct plain *plain, struct entry *entry, size_t at, const char *text)
{
	const bool is_yes_or_no = entry->action->consent == CONSENT_YES;
	const char *meant = is_yes_or_no ? "yes" : entry_expects(entry);

	if (!*text || (is_yes_or_no && (text_same_id(text, "no") || text_same_id(text, "n")))) {
		plain_say(plain, "Nothing was recorded; what was typed is kept.");
		plain_go_on(plain);
		return TAKEN_LEFT;
	}
	if (strcmp(text, meant) == 0 || (is_yes_or_no && (text_same_id(text, "y") || text_same_id(text, "yes"))))
		return entry_set(entry, at, meant) ? TAKEN : TAKEN_NOT;
	plain_say(plain, "That is not %s. Nothing was recorded.", meant);
	return TAKEN_NOT;
}

enum plain_taken plain_take(struct plain *plain, struct entry *entry, size_t at, struct err *err)
{
	if (entry_is_consent(entry, at))
		return take_consent(plain, entry, at, plain_trimmed(plain));
	switch (entry->form.fields[at].shape) {
	case FIELD_CHOICE:
		return take_choice(plain, entry, at, plain_trimmed(plain));
	case FIELD_AREA:
		return plain_take_area(plain, entry, at, err);
	case FIELD_LIST:
		return plain_take_list(plain, entry, at, err);
	case FIELD_PICK:
		return plain_take_pick(plain, entry, at);
	case FIELD_TEXT:
		break;
	}
	return take_text(plain, entry, at, plain_trimmed(plain));
}
