#include <config.h>

#include <stdlib.h>
#include <string.h>

#include <gonogo/app/memos.h>
#include <gonogo/base/text.h>

#include "plain_state.h"

/* --- where the walk goes --- */

static enum plain_word go_to(struct plain *plain, size_t at)
{
	plain->before.entry = NULL;
	walk_go_to(&plain->walk, at);
	return WORD_LEFT;
}

void plain_go_on(struct plain *plain)
{
	const struct walk *walk = &plain->walk;

	if (plain->side.action)
		return;
	if (walk->at + 1 == walk->questions.count)
		plain_say(plain, "That was the last question; the first one follows. Type quit to leave.");
	go_to(plain, (walk->at + 1) % walk->questions.count);
}

static enum plain_word go_back(struct plain *plain, struct err *err)
{
	const struct walk *walk = &plain->walk;

	(void)err;
	return go_to(plain, walk->at ? walk->at - 1 : walk->questions.count - 1);
}

static enum plain_word skip(struct plain *plain, struct err *err)
{
	(void)err;
	plain_go_on(plain);
	return WORD_LEFT;
}

static enum plain_word go_to_mine(struct plain *plain, struct err *err)
{
	(void)err;
	return go_to(plain, walk_next_of_mine(&plain->walk, plain->walk.at + 1));
}

static enum plain_word say_again(struct plain *plain, struct err *err)
{
	(void)plain;
	(void)err;
	return WORD_AGAIN;
}

static enum plain_word undo(struct plain *plain, struct err *err)
{
	struct entry *entry = plain->before.entry;
	const size_t at = plain->before.field;

	(void)err;
	plain->before.entry = NULL;
	if (!entry) {
		plain_say(plain, "There is nothing to take back in what is filled in here.");
		return WORD_DONE;
	}
	if (!plain_set(plain, entry, at, buf_text(&plain->before.text)))
		return WORD_DONE;
	plain_say(plain, "%s is again what it was before.", entry->form.fields[at].label);
	return WORD_AGAIN;
}

static enum plain_word answer_anew(struct plain *plain, struct err *err)
{
	(void)err;
	memcpy(plain->anew, plain->walk.rule, sizeof plain->anew);
	return WORD_LEFT;
}

/* Letters, a dash, a figure: a rule is named so, and nobody begins a sentence so. */
static bool is_like_a_rule(const char *name)
{
	const size_t letters = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

	return letters && name[letters] == '-' && name[letters + 1] >= '0' && name[letters + 1] <= '9' && !strchr(name, ' ');
}

/* "to 12", "to KSW-3": anything else behind it is a text that happens to begin so. */
static enum plain_word go_to_named(struct plain *plain, const char *name)
{
	const struct walk *walk = &plain->walk;
	char *end;
	const unsigned long number = strtoul(name, &end, 10);

	if (end != name && !*end && number >= 1 && number <= walk->questions.count)
		return go_to(plain, number - 1);
	for (size_t i = 0; i < walk->questions.count; i++)
		if (text_same_id(walk_rule_at(walk, i), name))
			return go_to(plain, i);
	if ((end == name || *end) && !is_like_a_rule(name))
		return WORD_NONE;
	plain_say(plain, "There is no question %s. Type list for all of them.", name);
	return WORD_DONE;
}

/* --- what is said, and the same asked again --- */

void plain_say_gate(struct plain *plain)
{
	const struct walk *walk = &plain->walk;
	const struct verdict *verdict = &walk->subject.verdict;
	size_t mine = 0;

	for (size_t i = 0; i < walk->questions.count; i++)
		mine += walk_waits_for_me(walk, i);
	plain->to = verdict->to;
	buf_printf(&plain->out, "%s, %s to %s. ", walk->release, words_word(words_channel, (int)verdict->from),
		   words_word(words_channel, (int)verdict->to));
	walk_say_gate(walk, &plain->out);
	plain_say(plain, " %zu question%s for you.", mine, mine == 1 ? " waits" : "s wait");
}

static void list_question(struct plain *plain, size_t at)
{
	const struct walk *walk = &plain->walk;
	const struct finding *finding = walk->questions.items[at].finding;
	const char *question = finding ? rule_question(&walk->subject.record.dossier, finding->id) : NULL;

	if (finding)
		plain_say(plain, "%zu. %s %s%s: %s", at + 1, finding->id, words_title(words_finding, (int)finding->state),
			  walk_waits_for_me(walk, at) ? ", waits for you" : "", question ? question : finding->rule->text);
	else
		plain_say(plain, "%zu. Promote to %s%s.", at + 1, words_word(words_channel, (int)walk->subject.verdict.to),
			  walk_waits_for_me(walk, at) ? ", waits for you" : "");
}

void plain_list(struct plain *plain)
{
	const struct walk *walk = &plain->walk;
	size_t step = step_count;

	for (size_t i = 0; i < walk->questions.count; i++) {
		const struct step_standing standing = step_standing(&walk->questions, &walk->subject.verdict, walk->questions.items[i].step);

		if (walk->questions.items[i].step != step)
			plain_say(plain, "Step %s: %s.", steps[walk->questions.items[i].step].title, standing.word);
		step = walk->questions.items[i].step;
		list_question(plain, i);
	}
}

static enum plain_word list(struct plain *plain, struct err *err)
{
	(void)err;
	plain_list(plain);
	return WORD_DONE;
}

static enum plain_word say_why(struct plain *plain, struct err *err)
{
	const struct walk *walk = &plain->walk;
	const struct finding *finding = walk->questions.items[walk->at].finding;
	const struct action *action = walk->entry.action;

	(void)err;
	if (finding)
		plain_say(plain, "Rule %s: %s", finding->id, finding->rule->text);
	walk_say_state(walk, &plain->out);
	plain_say(plain, "%s", "");
	walk_say_who(walk, &plain->out);
	plain_say(plain, "%s", "");
	if (finding && finding->blocks)
		plain_say(plain, "It blocks the gate.");
	if (finding && finding->next)
		plain_say(plain, "From a shell: %s", finding->next);
	else if (action && action->command)
		plain_say(plain, "From a shell: %s", action->command);
	return WORD_DONE;
}

static enum plain_word say_memo(struct plain *plain, struct err *err)
{
	const struct walk *walk = &plain->walk;
	const struct dossier *d = &walk->subject.record.dossier;
	const char *asked = walk->entry.action ? walk->entry.in.memo : NULL;
	const struct memo_entry *memo = asked ? dossier_memo(d, asked) : NULL;

	if (!memo && memos_select(d, NULL, 0, &memo, err) != ERR_NONE) {
		plain_say(plain, "%s", err->text);
		return WORD_DONE;
	}
	memos_print(d, memo, &plain->out);
	plain_say(plain, "That was memo %s. Long lines were wrapped; gonogo memo show %s --kind %s --version %lld prints the exact bytes.", memo->id, walk->release,
		  words_word(words_memo_kind, (int)memo->kind), (long long)memo->version);
	/* All of it was said. */
	if (plain_flush(plain, err) && use_memo_was_read(walk->session, walk->release, memo->id, err) != ERR_NONE)
		plain_say(plain, "%s", err->text);
	return WORD_DONE;
}

static enum plain_word say_documents(struct plain *plain, struct err *err)
{
	(void)err;
	subject_documents(plain->walk.session, plain->walk.release, &plain->out);
	return WORD_DONE;
}

/* --- acts that belong to no question, by the names that the table of actions gives them --- */

static bool is_aside(const struct action *action)
{
	return action->record && (action->panes & PANE_WALK) && !action->is_practice;
}

static enum plain_word list_acts(struct plain *plain, struct err *err)
{
	for (size_t i = 0; i < action_count; i++)
		if (is_aside(&actions[i]))
			plain_say(plain, "do %s: %s.", actions[i].name, actions[i].sentence);
	(void)err;
	return WORD_DONE;
}

static enum plain_word do_named(struct plain *plain, const char *name, struct err *err)
{
	const struct action *action = action_named(name);
	struct act_in in = plain->walk.subject.in;

	if (!action || !is_aside(action))
		return WORD_NONE;
	in.rule = NULL;
	if (action_ready(action, &in, err) != ERR_NONE) {
		plain_say(plain, "%s", err->text);
		return WORD_DONE;
	}
	if (plain->side.action)
		plain_say(plain, "%s is left; what was typed is kept.", plain->side.action->label);
	plain->aside = action;
	return WORD_LEFT;
}

static enum plain_word help(struct plain *plain, struct err *err);

static enum plain_word quit(struct plain *plain, struct err *err)
{
	(void)err;
	plain_quit(plain);
	return WORD_LEFT;
}

void plain_quit(struct plain *plain)
{
	const struct walk *walk = &plain->walk;

	plain->has_ended = true;
	plain_say(plain, "Left at question %zu of %zu, %s. What was recorded stays, and what was typed is kept for the next walk.", walk->at + 1,
		  walk->questions.count, walk_rule_at(walk, walk->at));
}

static const struct { const char *name, *sentence; enum plain_word (*run)(struct plain *plain, struct err *err); } words[] = {
	{ "back", "the question before", go_back },
	{ "skip", "the next question; what was typed is kept", skip },
	{ "mine", "the next question that waits for you", go_to_mine },
	{ "again", "says this question and its field again", say_again },
	{ "undo", "takes back the last change of what is filled in here", undo },
	{ "anew", "answers anew what is settled", answer_anew },
	{ "list", "all questions with their state", list },
	{ "why", "everything that is known about this question", say_why },
	{ "memo", "the memo that is to be signed here, else the newest", say_memo },
	{ "documents", "the documents of the release", say_documents },
	{ "do", "what else can be done here, each by do and its name", list_acts },
	{ "quit", "leaves; nothing is lost (so does the end of the input)", quit },
	{ "help", "this", help },
};

static enum plain_word help(struct plain *plain, struct err *err)
{
	(void)err;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		plain_say(plain, "%s: %s.", words[i].name, words[i].sentence);
	plain_say(plain, "to 12, to KSW-3: that question.");
	plain_say(plain, "An empty line keeps what stands, and - empties it. A line that begins with a space is never a command.");
	return WORD_DONE;
}

bool plain_is_command(const struct plain *plain)
{
	const char *line = buf_text(&plain->line);

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (text_same_id(words[i].name, line))
			return true;
	return strncmp(line, "do ", 3) == 0 || strncmp(line, "to ", 3) == 0;
}

enum plain_word plain_command(struct plain *plain, struct err *err)
{
	const char *line = buf_text(&plain->line);

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (text_same_id(words[i].name, line))
			return words[i].run(plain, err);
	if (strncmp(line, "do ", 3) == 0)
		return do_named(plain, line + 3, err);
	return strncmp(line, "to ", 3) == 0 ? go_to_named(plain, line + 3) : WORD_NONE;
}
