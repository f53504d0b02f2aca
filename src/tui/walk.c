#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/app/standing.h>
#include <gonogo/store/state.h>
#include <gonogo/tui/dialog.h>
#include <gonogo/tui/walk.h>

#include "walk_state.h"

/* The place of the question that is no rule's: the last. */
#define PROMOTION "promotion"

static const char *rule_at(const struct walk *walk, size_t at)
{
	const struct finding *finding = at < walk->questions.count ? walk->questions.items[at].finding : NULL;

	return finding ? finding->id : PROMOTION;
}

/* Where one is outlives the console: the next walk of this release by this person begins there. */
static void keep_place(const struct walk *walk)
{
	const struct session *session = walk->subject.in.session;

	if (session && session->state && state_view_put(session->state, session->ledger, walk->place, walk->rule, NULL) != ERR_NONE)
		return;
}

static void find_place(const struct console *console, struct walk *walk)
{
	const struct session *session = console->session;
	const char *rule = NULL;
	struct arena arena;

	snprintf(walk->place, sizeof walk->place, "walk:%s:%s", console->me, walk->release);
	if (!session->state)
		return;
	arena_init(&arena, 0);
	if (state_view_get(session->state, session->ledger, walk->place, &arena, &rule, NULL) == ERR_NONE && rule)
		snprintf(walk->rule, sizeof walk->rule, "%s", rule);
	arena_release(&arena);
}

bool walk_waits_for_me(const struct walk *walk, size_t at)
{
	const struct record *record = &walk->subject.record;
	const struct finding *finding = walk->questions.items[at].finding;

	if (!finding)
		return walk->subject.verdict.verdict == VERDICT_GO;
	return standing_waits_for(record, &walk->subject.verdict, finding, record->me);
}

static void open_entry(struct walk *walk)
{
	struct act_in *in = &walk->subject.in;
	const struct question *question = &walk->questions.items[walk->at];
	const struct action *action;

	in->rule = question->finding ? question->finding->id : NULL;
	action = question->finding ? action_for(in, question->finding) : action_named("promote");
	if (action)
		entry_renew(&walk->entry, action, in);
	else
		entry_close(&walk->entry);
}

static void go_to(struct walk *walk, size_t at)
{
	walk->at = at;
	snprintf(walk->rule, sizeof walk->rule, "%s", rule_at(walk, at));
	keep_place(walk);
	open_entry(walk);
}

/* What blocks and waits for this person; else the first question from `from` on that does, round about; else the first that is not settled; else the promotion. */
static size_t next_of_mine(const struct walk *walk, size_t from)
{
	const size_t count = walk->questions.count;

	for (size_t i = 0; i < count; i++) {
		const size_t at = (from + i) % count;
		const struct finding *finding = walk->questions.items[at].finding;

		if (finding && finding->blocks && walk_waits_for_me(walk, at))
			return at;
	}
	for (size_t i = 0; i < count; i++)
		if (walk_waits_for_me(walk, (from + i) % count))
			return (from + i) % count;
	for (size_t i = 0; i < count; i++) {
		const struct finding *finding = walk->questions.items[i].finding;

		if (finding && !finding_is_settled(finding))
			return i;
	}
	return count - 1;
}

/* The subject is replaced whole; `go_to` gives the entry, which is all that points into it, the new one. */
static enum err_kind read_subject(struct screen *screen, struct err *err)
{
	struct walk *walk = screen->state;
	enum err_kind failed;

	subject_release(&walk->subject);
	walk->questions.count = 0;
	failed = subject_load_release(&walk->subject, screen->console->session, walk->release, err);
	if (!failed)
		questions_of(&walk->subject.verdict, &walk->questions);
	else
		entry_close(&walk->entry);
	return failed;
}

static size_t place_of(const struct walk *walk)
{
	for (size_t i = 0; i < walk->questions.count; i++)
		if (strcmp(rule_at(walk, i), walk->rule) == 0)
			return i;
	return next_of_mine(walk, 0);
}

static enum err_kind load(struct screen *screen, struct err *err)
{
	struct walk *walk = screen->state;
	enum err_kind failed = read_subject(screen, err);

	if (failed)
		return failed;
	/* Coming back one goes on where one was, as long as something waits there. */
	if (walk->is_begun)
		go_to(walk, place_of(walk));
	else
		go_to(walk, next_of_mine(walk, *walk->rule ? place_of(walk) : 0));
	walk->is_begun = true;
	return ERR_NONE;
}

static bool key(struct screen *screen, struct key pressed)
{
	struct walk *walk = screen->state;
	struct outcome outcome;
	struct err err;

	if (!walk->questions.count)
		return false;
	switch (entry_key(&walk->entry, pressed, &outcome)) {
	case ENTRY_UNUSED:
		return false;
	case ENTRY_KEPT:
		return true;
	case ENTRY_RECORDED:
		break;
	}
	dialog_report(screen->console, &outcome);
	entry_close(&walk->entry);
	if (read_subject(screen, &err) != ERR_NONE)
		console_say(screen->console, TONE_BAD, "%s", err.text);
	else if (standing_is_past(&walk->subject.line))
		console_pop(screen->console);
	else
		go_to(walk, next_of_mine(walk, place_of(walk)));
	return true;
}

static const char *release(const struct screen *screen)
{
	return ((const struct walk *)screen->state)->release;
}

static bool has_clock(const struct screen *screen)
{
	const struct walk *walk = screen->state;

	return walk->questions.count && walk->subject.verdict.verdict == VERDICT_WAIT;
}

static bool is_typing(const struct screen *screen)
{
	const struct walk *walk = screen->state;

	return walk->entry.action && form_is_typing(&walk->entry.form);
}

static void free_walk(void *state)
{
	struct walk *walk = state;

	entry_close(&walk->entry);
	subject_release(&walk->subject);
	free(walk);
}

static const struct screen_kind kind = { .title = "Gate walk", .pane = PANE_WALK, .load = load, .draw = walk_draw, .key = key, .release = release, .is_typing = is_typing,
					 .has_clock = has_clock, .free = free_walk };

static enum err_kind refuse_walk(const struct subject *subject, struct err *err)
{
	const struct dossier *d = &subject->record.dossier;

	if (words_state_is_final(d->state) || d->state == STATE_STABLE || d->state == STATE_SUPERSEDED)
		return err_set(err, ERR_REFUSED, "%s is %s: there is no further gate (CHN-1).", d->release, words_title(words_state, (int)d->state));
	return ERR_NONE;
}

enum err_kind walk_go_open(struct screen *screen, struct err *err)
{
	const char *id = screen->kind->release ? screen->kind->release(screen) : NULL;
	struct subject subject;
	struct walk *walk;
	enum err_kind failed;

	if (!id)
		return err_set(err, ERR_REFUSED, "No release is selected.");
	failed = subject_load(&subject, screen, err);
	if (!failed)
		failed = refuse_walk(&subject, err);
	subject_release(&subject);
	if (failed)
		return failed;
	walk = calloc(1, sizeof *walk);
	if (!walk)
		return err_memory(err);
	snprintf(walk->release, sizeof walk->release, "%s", id);
	find_place(screen->console, walk);
	return console_push(screen->console, &kind, walk, err);
}

static enum err_kind step_to(struct screen *screen, size_t at)
{
	struct walk *walk = screen->state;

	if (walk->questions.count)
		go_to(walk, at % walk->questions.count);
	return ERR_NONE;
}

enum err_kind walk_go_previous(struct screen *screen, struct err *err)
{
	const struct walk *walk = screen->state;

	(void)err;
	return step_to(screen, walk->at ? walk->at - 1 : walk->questions.count ? walk->questions.count - 1 : 0);
}

enum err_kind walk_go_next(struct screen *screen, struct err *err)
{
	const struct walk *walk = screen->state;

	(void)err;
	return step_to(screen, walk->at + 1);
}

enum err_kind walk_go_mine(struct screen *screen, struct err *err)
{
	const struct walk *walk = screen->state;

	(void)err;
	return walk->questions.count ? step_to(screen, next_of_mine(walk, walk->at + 1)) : ERR_NONE;
}
