#include <config.h>

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <gonogo/app/standing.h>
#include <gonogo/tui/plain.h>

#include "plain_state.h"

/* --- one field --- */

/* What broke off in the middle of a line is kept where nothing stands, and nothing is recorded by it. */
static void keep_broken(struct plain *plain, struct entry *entry, size_t at)
{
	const struct form_field *field = &entry->form.fields[at];
	struct err err;

	if (!plain->has_broken_off || plain_is_command(plain) || *form_text(&entry->form, field->name))
		return;
	if (plain_has_lines(entry, at))
		(void)plain_set(plain, entry, at, plain_trimmed(plain));
	else if (field->shape != FIELD_PICK)
		(void)plain_take(plain, entry, at, &err);
}

/* False: the question, or the walk, is left. */
static bool ask_field(struct plain *plain, struct entry *entry, size_t at, struct err *err)
{
	struct buf prompt = BUF_EMPTY;
	enum plain_taken taken = TAKEN_NOT;

	plain_say_field(plain, entry, at);
	while (taken == TAKEN_NOT) {
		buf_clear(&prompt);
		plain_prompt(entry, at, &prompt);
		if (!plain_ask(plain, buf_text(&prompt), err)) {
			keep_broken(plain, entry, at);
			plain->has_broken_off = false;
			taken = TAKEN_LEFT;
			break;
		}
		switch (plain_is_anew(plain, entry, at) ? WORD_NONE : plain_command(plain, err)) {
		case WORD_NONE:
			taken = plain_take(plain, entry, at, err);
			break;
		case WORD_DONE:
			break;
		case WORD_AGAIN:
			plain_say_question(plain);
			plain_say_field(plain, entry, at);
			break;
		case WORD_LEFT:
			taken = TAKEN_LEFT;
			break;
		}
	}
	buf_release(&prompt);
	return taken == TAKEN;
}

/* --- one act --- */

static const char *label_of(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->count; i++)
		if (strcmp(form->fields[i].name, name) == 0)
			return form->fields[i].label;
	return name;
}

/* All that is wrong is said at once, and asked again, until nothing is or nothing more is changed. */
static bool mend_problems(struct plain *plain, struct entry *entry, struct err *err)
{
	while (entry->problems.count) {
		const size_t before = plain->changes;

		plain_say(plain, "%zu %s wrong or missing:", entry->problems.count, entry->problems.count == 1 ? "thing is" : "things are");
		for (size_t i = 0; i < entry->problems.count; i++)
			plain_say(plain, "  %s: %s", label_of(&entry->form, entry->problems.items[i].field), entry->problems.items[i].text);
		for (size_t i = 0; i < entry->form.count; i++)
			if (!entry_is_consent(entry, i) && plain_problem(entry, i) && !ask_field(plain, entry, i, err))
				return false;
		if (plain->changes != before)
			continue;
		plain_say(plain, "Nothing was recorded; what was typed is kept.");
		plain_go_on(plain);
		return false;
	}
	return true;
}

/* Asks the field that the refusal is about; false when it is about none, or left as it is. */
static bool mend_refusal(struct plain *plain, struct entry *entry, struct err *err)
{
	const size_t at = entry->form.focus, before = plain->changes;

	return at < entry->form.count && !entry_is_consent(entry, at) && ask_field(plain, entry, at, err) && plain->changes != before;
}

/* Until what was read out is meant, or left. */
static bool is_meant(struct plain *plain, struct entry *entry, struct err *err)
{
	for (;;) {
		enum plain_taken taken;
		size_t field;

		if (!mend_problems(plain, entry, err))
			return false;
		taken = plain_ask_meant(plain, entry, &field, err);
		if (taken != TAKEN_NOT)
			return taken == TAKEN;
		if (!ask_field(plain, entry, field, err))
			return false;
	}
}

/* What was recorded is said; *is_recorded is false when it was left, or refused for good. */
static enum err_kind fill_in(struct plain *plain, struct entry *entry, bool *is_recorded, struct err *err)
{
	struct outcome outcome;

	*is_recorded = false;
	plain_say(plain, "To do: %s.", entry->action->sentence);
	if (!entry->action->is_document)
		buf_str(&plain->out, buf_text(&entry->about));
	if (strcmp(entry->action->name, "memo-sign") == 0)
		plain_say(plain, "Type memo to have it read to you.");
	if (!entry->is_barred && *entry->problem)
		plain_say(plain, "%s", entry->problem);
	for (size_t i = 0; i < entry->form.count; i++)
		if (!entry_is_consent(entry, i) && !ask_field(plain, entry, i, err))
			return plain->failed;
	if (!is_meant(plain, entry, err))
		return plain->failed;
	while (entry_submit(entry, &outcome) != ENTRY_RECORDED) {
		plain_say(plain, "Not recorded: %s", entry->problem);
		/* The question is asked anew, on the record as it is now. */
		if (entry->is_outdated)
			return plain->failed;
		if (!mend_refusal(plain, entry, err) || !is_meant(plain, entry, err))
			return plain->failed;
	}
	plain_say(plain, "Recorded: %s", outcome.text);
	if (*outcome.checkpoint)
		plain_say(plain, "%s", outcome.checkpoint);
	*is_recorded = true;
	return ERR_NONE;
}

/* --- one question --- */

/* There is nothing to fill in: the question is heard, and left. */
static enum err_kind hear(struct plain *plain, bool can_answer, struct err *err)
{
	while (plain_ask(plain, can_answer ? "Enter goes on, anew answers it anew: " : "Enter goes on: ", err)) {
		const enum plain_word word = plain_command(plain, err);

		if (word == WORD_LEFT)
			break;
		if (word == WORD_AGAIN)
			plain_say_question(plain);
		if (word != WORD_NONE)
			continue;
		if (!*plain_trimmed(plain)) {
			plain_go_on(plain);
			break;
		}
		plain_say(plain, "There is nothing to fill in here. Type help for the commands.");
	}
	plain->has_broken_off = false;
	return plain->failed;
}

void plain_say_question(struct plain *plain)
{
	const struct walk *walk = &plain->walk;

	if (plain->side.action) {
		plain_say(plain, "\n%s.", plain->side.action->sentence);
		return;
	}
	plain_say(plain, "\nQuestion %zu of %zu. Step %s.", walk->at + 1, walk->questions.count, steps[walk->questions.items[walk->at].step].title);
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

/* An act by its name, before the question is asked again. */
static enum err_kind do_aside(struct plain *plain, struct err *err)
{
	bool is_recorded;
	struct act_in in = plain->walk.subject.in;
	enum err_kind failed;

	in.rule = NULL;
	entry_open(&plain->side, plain->aside, &in);
	plain->aside = NULL;
	failed = fill_in(plain, &plain->side, &is_recorded, err);
	plain->before.entry = NULL;
	entry_close(&plain->side);
	return failed;
}

static enum err_kind answer(struct plain *plain, struct err *err)
{
	struct walk *walk = &plain->walk;
	bool is_recorded, is_mine = false;
	enum err_kind failed = fill_in(plain, &walk->entry, &is_recorded, err);

	if (failed || !is_recorded)
		return failed;
	plain->anew[0] = '\0';
	failed = walk_read_on(walk, err);
	for (size_t i = 0; !failed && i < walk->questions.count; i++)
		is_mine |= walk_waits_for_me(walk, i);
	if (!failed && !is_mine && !standing_is_past(&walk->subject.line))
		plain_say(plain, "No question of this gate waits for you any more. Type quit to leave.");
	return failed;
}

static enum err_kind ask(struct plain *plain, struct err *err)
{
	struct walk *walk = &plain->walk;
	const struct finding *finding;
	enum err_kind failed = walk_read(walk, err);
	bool is_settled, can_answer;

	plain->before.entry = NULL;
	if (failed)
		return failed;
	if (walk_has_gate(walk, err) != ERR_NONE) {
		plain_say(plain, "%s", err->text);
		plain->has_ended = true;
		return ERR_NONE;
	}
	if (walk->subject.verdict.to != plain->to)
		plain_say_gate(plain);
	plain_say_question(plain);
	finding = walk->questions.items[walk->at].finding;
	is_settled = finding && finding_is_settled(finding);
	can_answer = walk->entry.action && !walk->entry.is_barred && walk->entry.form.count;
	if (can_answer && (!is_settled || strcmp(plain->anew, walk->rule) == 0))
		return answer(plain, err);
	return hear(plain, can_answer && is_settled, err);
}

/* --- the walk --- */

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

static void say_all(struct plain *plain)
{
	struct walk *walk = &plain->walk;

	for (walk->at = 0; walk->at < walk->questions.count; walk->at++)
		plain_say_question(plain);
}

enum err_kind plain_walk(struct session *session, const char *release, bool ask_questions, enum verdict_word *verdict, struct err *err)
{
	struct plain *plain = calloc(1, sizeof *plain);
	enum err_kind failed = plain ? walk_begin(&plain->walk, session, release, err) : err_memory(err);

	if (failed)
		goto out;
	plain->is_typed = isatty(STDIN_FILENO);
	plain->is_ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
	plain_say_gate(plain);
	if (ask_questions)
		say_me(plain);
	else
		say_all(plain);
	while (ask_questions && !failed && !plain->has_ended)
		failed = plain->aside ? do_aside(plain, err) : ask(plain, err);
	*verdict = plain->walk.subject.verdict.verdict;
	if (!failed && !plain->failed && !plain_flush(plain, err))
		failed = plain->failed;
out:
	if (plain) {
		entry_close(&plain->side);
		walk_end(&plain->walk);
		buf_release(&plain->out);
		buf_release(&plain->line);
		buf_release(&plain->before.text);
	}
	free(plain);
	return failed;
}
