#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <gonogo/base/text.h>
#include <gonogo/tui/plain.h>

#include "plain_state.h"

/* A reply to the prompt that stands in `prompt`; false: the question is left, or the walk. */
static bool reply(struct plain *plain, const struct buf *prompt, struct err *err)
{
	for (;;) {
		buf_add(&plain->out, buf_text(prompt), prompt->size);
		plain->out.failed |= prompt->failed;
		if (!plain_flush(plain, err))
			return false;
		switch (plain_read(plain, err)) {
		case LINE_REFUSED:
			continue;
		case LINE_END:
			plain_quit(plain);
			return false;
		case LINE_FAILED:
			return false;
		case LINE_TAKEN:
			break;
		}
		switch (plain_command(plain, err)) {
		case WORD_NONE:
			return true;
		case WORD_DONE:
			break;
		case WORD_LEFT:
			return false;
		}
	}
}

/* The reply without the spaces around it. */
static const char *trimmed(struct plain *plain)
{
	struct buf *line = &plain->line;
	char *text = line->bytes;

	if (!line->size)
		return "";
	while (line->size && text[line->size - 1] == ' ')
		text[--line->size] = '\0';
	return text + strspn(text, " ");
}

/* --- one field --- */

static void prompt_choice(const struct form *form, size_t at, struct buf *out)
{
	const struct form_field *field = &form->fields[at];

	buf_printf(out, "%s (", field->label);
	for (int i = 0; field->choices[i].word; i++)
		buf_printf(out, "%s%d %s", i ? ", " : "", i + 1, field->choices[i].title);
	buf_char(out, ')');
	if (form->chosen[at] >= 0)
		buf_printf(out, " [%s]", field->choices[form->chosen[at]].title);
	buf_str(out, ": ");
}

static void prompt_text(const struct form *form, size_t at, struct buf *out)
{
	const struct form_field *field = &form->fields[at];
	const char *stands = form_text(form, field->name);

	buf_printf(out, "%s%s%s", field->label, field->hint ? ". " : "", field->hint ? field->hint : "");
	if (*stands)
		buf_printf(out, " [%s]", stands);
	buf_str(out, ": ");
}

static void prompt_consent(const struct entry *entry, struct buf *out)
{
	if (entry->action->consent == CONSENT_YES)
		buf_str(out, "Record it? yes/no [no]: ");
	else
		buf_printf(out, "Type %s to %s, or an empty line to leave it: ", entry_expects(entry), entry->action->label);
}

static void prompt_for(const struct entry *entry, size_t at, struct buf *out)
{
	if (entry_is_consent(entry, at))
		prompt_consent(entry, out);
	else if (entry->form.fields[at].shape == FIELD_CHOICE)
		prompt_choice(&entry->form, at, out);
	else
		prompt_text(&entry->form, at, out);
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

static bool take_choice(struct plain *plain, size_t at, const char *text)
{
	struct entry *entry = &plain->walk.entry;
	const char *word = choice_meant(&entry->form.fields[at], text);

	if (!*text && entry->form.chosen[at] >= 0)
		return true;
	if (word)
		return entry_set(entry, at, word);
	plain_say(plain, "%s. Type a number or a word, or skip.", *text ? "That is none of the choices" : "Nothing is chosen yet");
	return false;
}

static bool take_text(struct plain *plain, size_t at, const char *text)
{
	struct entry *entry = &plain->walk.entry;
	const struct form_field *field = &entry->form.fields[at];

	if (!*text || entry_set(entry, at, strcmp(text, "-") == 0 ? "" : text))
		return true;
	if (strlen(text) > field->most)
		plain_say(plain, "%s takes at most %zu bytes; nothing was taken.", field->label, field->most);
	else
		plain_say(plain, "%s takes text without control characters; nothing was taken.", field->label);
	return false;
}

/* What was not meant is left, and the walk goes on. */
static bool take_consent(struct plain *plain, size_t at, const char *text)
{
	struct entry *entry = &plain->walk.entry;
	const bool is_yes_or_no = entry->action->consent == CONSENT_YES;

	if (!*text || (is_yes_or_no && (text_same_id(text, "no") || text_same_id(text, "n")))) {
		plain_say(plain, "Nothing was recorded.");
		plain_go_on(plain);
		return true;
	}
	if (is_yes_or_no && text_same_id(text, "y"))
		text = entry_expects(entry);
	return is_yes_or_no ? take_choice(plain, at, text) : take_text(plain, at, text);
}

/* False: the question, or the walk, is left. */
static bool ask_field(struct plain *plain, size_t at, struct err *err)
{
	const struct walk *walk = &plain->walk;
	const size_t place = walk->at;
	struct buf prompt = BUF_EMPTY;
	bool is_taken = false, is_here = true;

	while (is_here && !is_taken) {
		const struct entry *entry = &walk->entry;

		buf_clear(&prompt);
		prompt_for(entry, at, &prompt);
		is_here = reply(plain, &prompt, err);
		if (!is_here)
			break;
		if (entry_is_consent(entry, at))
			is_taken = take_consent(plain, at, trimmed(plain));
		else if (entry->form.fields[at].shape == FIELD_CHOICE)
			is_taken = take_choice(plain, at, trimmed(plain));
		else
			is_taken = take_text(plain, at, trimmed(plain));
		is_here = walk->at == place;
	}
	buf_release(&prompt);
	return is_here;
}

/* --- one question --- */

static enum err_kind submit(struct plain *plain, struct err *err)
{
	struct outcome outcome;

	if (entry_submit(&plain->walk.entry, &outcome) != ENTRY_RECORDED) {
		plain_say(plain, "%s", plain->walk.entry.problem);
		return ERR_NONE;
	}
	plain_say(plain, "%s", outcome.text);
	if (*outcome.checkpoint)
		plain_say(plain, "%s", outcome.checkpoint);
	plain->anew[0] = '\0';
	return walk_read_on(&plain->walk, err);
}

static enum err_kind fill_in(struct plain *plain, struct err *err)
{
	const struct entry *entry = &plain->walk.entry;

	plain_say(plain, "%s.", entry->action->sentence);
	if (entry->about.size)
		buf_add(&plain->out, buf_text(&entry->about), entry->about.size);
	for (size_t i = 0; i < entry->form.count; i++)
		if (!ask_field(plain, i, err))
			return plain->failed;
	return submit(plain, err);
}

/* There is nothing to fill in: the question is heard, and left. */
static enum err_kind hear(struct plain *plain, bool can_answer, struct err *err)
{
	struct buf prompt = BUF_EMPTY;
	bool is_here = true;

	buf_str(&prompt, can_answer ? "Enter goes on, again answers it anew: " : "Enter goes on: ");
	while (is_here && (is_here = reply(plain, &prompt, err))) {
		if (!*trimmed(plain)) {
			plain_go_on(plain);
			break;
		}
		plain_say(plain, "There is nothing to fill in here. Type help for the commands.");
	}
	buf_release(&prompt);
	return plain->failed;
}

static void say_question(struct plain *plain)
{
	const struct walk *walk = &plain->walk;

	plain_say(plain, "%s", "");
	buf_printf(&plain->out, "Question %zu of %zu, step %s: ", walk->at + 1, walk->questions.count, steps[walk->questions.items[walk->at].step].title);
	walk_say_question(walk, &plain->out);
	plain_say(plain, "%s", "");
	walk_say_state(walk, &plain->out);
	plain_say(plain, "%s", "");
	walk_say_who(walk, &plain->out);
	if (plain->out.size && plain->out.bytes[plain->out.size - 1] != '\n')
		plain_say(plain, "%s", "");
	if (walk->entry.action && walk->entry.is_barred)
		plain_say(plain, "%s", walk->entry.problem);
}

static enum err_kind ask(struct plain *plain, struct err *err)
{
	struct walk *walk = &plain->walk;
	const struct finding *finding;
	enum err_kind failed = walk_read(walk, err);
	bool is_settled, can_answer;

	if (failed)
		return failed;
	if (walk_has_gate(walk, err) != ERR_NONE) {
		plain_say(plain, "%s", err->text);
		plain->has_ended = true;
		return ERR_NONE;
	}
	if (walk->subject.verdict.to != plain->to)
		plain_say_gate(plain);
	say_question(plain);
	finding = walk->questions.items[walk->at].finding;
	is_settled = finding && finding_is_settled(finding);
	can_answer = walk->entry.action && !walk->entry.is_barred && walk->entry.form.count;
	if (can_answer && (!is_settled || strcmp(plain->anew, walk->rule) == 0))
		return fill_in(plain, err);
	return hear(plain, can_answer && is_settled, err);
}

static void say_me(struct plain *plain)
{
	const struct person *me = plain->walk.subject.record.me;
	char roles[128];

	if (!me)
		plain_say(plain, "You are not enrolled here: you read, and record nothing.");
	else
		plain_say(plain, "You are %s, %s. Type help at any prompt for the commands.", me->id,
			  me->roles ? words_roles(me->roles, roles, sizeof roles) : "without a role");
}

enum err_kind plain_walk(struct session *session, const char *release, bool ask_questions, enum verdict_word *verdict, struct err *err)
{
	struct plain *plain = calloc(1, sizeof *plain);
	enum err_kind failed = plain ? walk_begin(&plain->walk, session, release, err) : err_memory(err);

	if (failed)
		goto out;
	plain->is_typed = isatty(STDIN_FILENO);
	plain_say_gate(plain);
	if (ask_questions)
		say_me(plain);
	else
		plain_list(plain);
	while (ask_questions && !failed && !plain->has_ended)
		failed = ask(plain, err);
	*verdict = plain->walk.subject.verdict.verdict;
	if (!failed && !plain->failed && !plain_flush(plain, err))
		failed = plain->failed;
out:
	if (plain) {
		walk_end(&plain->walk);
		buf_release(&plain->out);
		buf_release(&plain->line);
	}
	free(plain);
	return failed;
}
