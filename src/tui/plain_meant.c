#include <config.h>

#include <stdlib.h>
#include <string.h>

#include <gonogo/base/text.h>

#include "plain_state.h"

/* Whoever hears no screen cannot look at it once more: what will be recorded is read out, and recorded only when that is meant. */

static bool is_yes_or_no(const struct entry *entry)
{
	return entry->action->consent == CONSENT_NONE || entry->action->consent == CONSENT_YES;
}

static void read_field(struct plain *plain, const struct entry *entry, size_t at)
{
	const struct form *form = &entry->form;
	const struct form_field *field = &form->fields[at];
	const char *text = form_text(form, field->name);

	if (!*text)
		plain_say(plain, "  %zu. %s: none", at + 1, field->label);
	else if (field->shape == FIELD_CHOICE && form->chosen[at] >= 0)
		plain_say(plain, "  %zu. %s: %s", at + 1, field->label, field->choices[form->chosen[at]].title);
	else if (!strchr(text, '\n'))
		plain_say(plain, "  %zu. %s: %s", at + 1, field->label, text);
	else {
		plain_say(plain, "  %zu. %s:", at + 1, field->label);
		plain_quote(plain, text);
	}
}

static void read_back(struct plain *plain, const struct entry *entry)
{
	const size_t count = entry->form.count - (entry->action->consent != CONSENT_NONE);

	if (count)
		plain_say(plain, "This would be recorded; the number of a line changes it:");
	for (size_t i = 0; i < count; i++)
		read_field(plain, entry, i);
	/* What a document would change is known once it is filled in. */
	if (entry->action->is_document)
		buf_str(&plain->out, buf_text(&entry->about));
	if (is_yes_or_no(entry))
		plain_say(plain, "Consent: yes records it; no, or an empty line, leaves it.");
	else
		plain_say(plain, "Consent: type %s to %s. An empty line leaves it.", entry_expects(entry), entry->action->label);
}

static bool give(struct entry *entry, const char *meant)
{
	for (size_t i = 0; i < entry->form.count; i++)
		if (entry_is_consent(entry, i))
			return entry_set(entry, i, meant);
	return true;
}

/* The field that the reply numbers; none: the count of them. */
static size_t field_meant(const struct entry *entry, const char *text)
{
	const size_t count = entry->form.count - (entry->action->consent != CONSENT_NONE);
	char *end;
	const unsigned long number = strtoul(text, &end, 10);

	return end != text && !*end && number >= 1 && number <= count ? number - 1 : entry->form.count;
}

static enum plain_taken take_consent(struct plain *plain, struct entry *entry, size_t *field)
{
	const char *text = plain_trimmed(plain), *meant = is_yes_or_no(entry) ? "yes" : entry_expects(entry);

	if (!*text || (is_yes_or_no(entry) && (text_same_id(text, "no") || text_same_id(text, "n")))) {
		plain_say(plain, "Nothing was recorded; what was typed is kept.");
		plain_go_on(plain);
		return TAKEN_LEFT;
	}
	if (strcmp(text, meant) == 0 || (is_yes_or_no(entry) && (text_same_id(text, "y") || text_same_id(text, "yes"))))
		return give(entry, meant) ? TAKEN : TAKEN_NOT;
	*field = field_meant(entry, text);
	if (*field == entry->form.count)
		plain_say(plain, "That is not %s. Nothing was recorded.", meant);
	return TAKEN_NOT;
}

enum plain_taken plain_ask_meant(struct plain *plain, struct entry *entry, size_t *field, struct err *err)
{
	struct buf prompt = BUF_EMPTY;
	enum plain_taken taken = TAKEN_NOT;

	*field = entry->form.count;
	read_back(plain, entry);
	if (is_yes_or_no(entry))
		buf_str(&prompt, "Record it, yes or no [no]: ");
	else
		buf_printf(&prompt, "Type %s: ", entry_expects(entry));
	while (taken == TAKEN_NOT && *field == entry->form.count) {
		if (!plain_ask(plain, buf_text(&prompt), err)) {
			plain->has_broken_off = false;
			taken = TAKEN_LEFT;
			break;
		}
		switch (plain_command(plain, err)) {
		case WORD_NONE:
			taken = take_consent(plain, entry, field);
			break;
		case WORD_DONE:
			break;
		case WORD_AGAIN:
			plain_say_question(plain);
			read_back(plain, entry);
			break;
		case WORD_LEFT:
			taken = TAKEN_LEFT;
			break;
		}
	}
	buf_release(&prompt);
	return taken;
}
