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

bool plain_has_lines(const struct entry *entry, size_t at)
{
	const struct form_field *field = &entry->form.fields[at];

	if (field->shape == FIELD_AREA && field->is_brief)
		return strchr(form_text(&entry->form, field->name), '\n') != NULL;
	return field->shape == FIELD_AREA || field->shape == FIELD_LIST;
}

const char *plain_problem(const struct entry *entry, size_t at)
{
	for (size_t i = 0; i < entry->problems.count; i++)
		if (strcmp(entry->problems.items[i].field, entry->form.fields[at].name) == 0)
			return entry->problems.items[i].text;
	return NULL;
}

/* Whoever hears no screen hears at once how it was understood, or what is wrong with it. */
static enum plain_taken say_taken(struct plain *plain, const struct entry *entry, size_t at)
{
	const struct form_field *field = &entry->form.fields[at];

	if (plain_problem(entry, at)) {
		plain_say(plain, "Wrong: %s", plain_problem(entry, at));
		if (plain_has_lines(entry, at))
			plain_say_lines(plain, entry, at);
		plain_say(plain, "Type it anew; an empty line leaves it so for now.");
		return TAKEN_NOT;
	}
	if (field->shape == FIELD_PICK)
		plain_say_chosen(plain, entry, at);
	else if (*entry->form.echoes[at])
		plain_say(plain, "Understood as: %s", entry->form.echoes[at]);
	return TAKEN;
}

void plain_say_field(struct plain *plain, const struct entry *entry, size_t at)
{
	const struct form *form = &entry->form;
	const struct form_field *field = &form->fields[at];
	const char *stands = form_text(form, field->name);
	/* A pick says itself how one chooses here. */
	const char *hint = field->shape == FIELD_PICK ? NULL : field->hint;

	plain_say(plain, "Field %zu of %zu: %s, %s.%s%s%s", at + 1, form->count - (entry->action->consent != CONSENT_NONE), field->label, field->is_optional ? "optional" : "required",
		  hint ? " " : "", hint ? hint : "", hint && !strchr(".:?", hint[strlen(hint) - 1]) ? "." : "");
	if (field->shape == FIELD_CHOICE)
		say_choices(plain, form, at);
	else if (field->shape == FIELD_PICK)
		plain_say_options(plain, entry, at, "");
	else if (plain_has_lines(entry, at))
		plain_say_lines(plain, entry, at);
	else if (*stands)
		plain_say(plain, "It stands: %s", stands);
	if (*form->echoes[at])
		plain_say(plain, "Understood as: %s", form->echoes[at]);
	if (plain_problem(entry, at))
		plain_say(plain, "Wrong or missing: %s", plain_problem(entry, at));
}

void plain_prompt(const struct entry *entry, size_t at, struct buf *out)
{
	const struct form_field *field = &entry->form.fields[at];
	const bool stands = *form_text(&entry->form, field->name) != '\0';

	buf_str(out, field->label);
	if (field->shape == FIELD_CHOICE)
		buf_str(out, stands ? ", number or word (empty keeps it): " : field->is_optional ? ", number or word (empty: none): " : ", number or word: ");
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

	if (!*text && (entry->form.chosen[at] >= 0 || field->is_optional))
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

static enum plain_taken take(struct plain *plain, struct entry *entry, size_t at, struct err *err)
{
	if (plain_has_lines(entry, at))
		return plain_take_lines(plain, entry, at, err);
	switch (entry->form.fields[at].shape) {
	case FIELD_CHOICE:
		return take_choice(plain, entry, at, plain_trimmed(plain));
	case FIELD_PICK:
		return plain_take_pick(plain, entry, at);
	case FIELD_AREA:
	case FIELD_LIST:
	case FIELD_TEXT:
		break;
	}
	return take_text(plain, entry, at, plain_trimmed(plain));
}

enum plain_taken plain_take(struct plain *plain, struct entry *entry, size_t at, struct err *err)
{
	const size_t before = plain->changes;
	struct buf stood = BUF_EMPTY;
	enum plain_taken taken;

	buf_str(&stood, form_text(&entry->form, entry->form.fields[at].name));
	taken = take(plain, entry, at, err);
	if (plain->changes == before) {
		buf_release(&stood);
		return taken;
	}
	buf_release(&plain->before.text);
	plain->before.text = stood;
	plain->before.field = at;
	plain->before.entry = entry;
	return taken == TAKEN ? say_taken(plain, entry, at) : taken;
}
