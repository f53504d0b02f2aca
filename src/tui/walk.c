#include <config.h>

#include <stdio.h>
#include <stdlib.h>

#include <gonogo/app/standing.h>
#include <gonogo/tui/dialog.h>
#include <gonogo/tui/textview.h>
#include <gonogo/tui/walk.h>

#include "walk_state.h"

/* Others may have led the release past its last gate: then there is nothing left to walk. */
static enum err_kind load(struct screen *screen, struct err *err)
{
	enum err_kind failed = walk_read(screen->state, err);

	if (failed)
		return failed;
	failed = walk_has_gate(screen->state, err);
	if (failed)
		console_pop(screen->console);
	return failed;
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
		screen->is_stale |= walk->entry.is_outdated;
		return true;
	case ENTRY_LEFT:
		console_say(screen->console, TONE_QUIET, ENTRY_NOTHING);
		return walk_go_next(screen, &err) == ERR_NONE;
	case ENTRY_RECORDED:
		break;
	}
	dialog_report(screen->console, &outcome);
	if (walk_read_on(walk, &err) != ERR_NONE)
		console_say(screen->console, TONE_BAD, "%s", err.text);
	else if (standing_is_past(&walk->subject.line))
		console_pop(screen->console);
	return true;
}

static const char *release(const struct screen *screen)
{
	return ((const struct walk *)screen->state)->release;
}

static bool has_clock(const struct screen *screen)
{
	const struct walk *walk = screen->state;

	return walk->questions.count && walk->subject.verdict.verdict != VERDICT_GO && walk->subject.verdict.earliest != WHEN_NONE;
}

static struct entry *entry(const struct screen *screen)
{
	return &((struct walk *)screen->state)->entry;
}

static bool is_typing(const struct screen *screen)
{
	const struct walk *walk = screen->state;

	return walk->entry.action && form_is_typing(&walk->entry.form);
}

static const struct action_bars *bars(const struct screen *screen)
{
	return &((const struct walk *)screen->state)->bars;
}

static const char *memo(const struct screen *screen)
{
	return ((const struct walk *)screen->state)->entry.in.memo;
}

static void free_walk(void *state)
{
	struct walk *walk = state;

	walk_end(walk);
	free(walk);
}

static const struct screen_kind kind = { .title = "Gate walk", .pane = PANE_WALK, .load = load, .draw = walk_draw, .key = key, .release = release, .memo = memo,
					 .is_typing = is_typing, .entry = entry, .has_clock = has_clock, .bars = bars, .free = free_walk };

static enum err_kind open_at(struct console *console, const char *release, const char *rule, struct err *err)
{
	struct walk *walk = calloc(1, sizeof *walk);
	enum err_kind failed;

	if (!walk)
		return err_memory(err);
	failed = walk_begin(walk, console->session, release, err);
	if (!failed) {
		snprintf(console->walked, sizeof console->walked, "%s", walk->release);
		if (rule)
			snprintf(walk->rule, sizeof walk->rule, "%s", rule);
		walk->is_begun = rule != NULL;
		return console_push(console, &kind, walk, err);
	}
	free_walk(walk);
	return failed;
}

enum err_kind walk_open(struct console *console, const char *release, struct err *err)
{
	return open_at(console, release, NULL, err);
}

enum err_kind walk_go_open(struct screen *screen, struct err *err)
{
	const char *id = screen->kind->release ? screen->kind->release(screen) : NULL, *rule = screen->kind->rule ? screen->kind->rule(screen) : NULL;

	if (!id)
		return err_set(err, ERR_REFUSED, "No release is selected.");
	return open_at(screen->console, id, rule, err);
}

static enum err_kind step_to(struct screen *screen, size_t at)
{
	struct walk *walk = screen->state;

	*walk->offered = '\0';
	if (walk->questions.count)
		walk_go_to(walk, at % walk->questions.count);
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

static bool has_another(const struct walk *walk)
{
	for (size_t i = 0; i < walk->questions.count; i++)
		if (i != walk->at && walk_waits_for_me(walk, i))
			return true;
	return false;
}

/* What waits in a release without a further gate is done from the list, which then stands on it. */
static enum err_kind begin_elsewhere(struct console *console, const char *release, struct err *err)
{
	snprintf(console->walked, sizeof console->walked, "%s", release);
	console_pop(console);
	return walk_open(console, console->walked, err);
}

/* The walk goes over into another release only when its name was read: the first time the key names it. */
static enum err_kind go_elsewhere(struct screen *screen, struct err *err)
{
	struct walk *walk = screen->state;
	struct console *console = screen->console;
	const struct release_filter filter = { .needs = console->my_roles };
	const bool is_first = walk_waits_for_me(walk, walk->at);
	const char *found = NULL;
	struct arena arena;
	enum err_kind failed = ERR_NONE;

	if (*walk->offered)
		return begin_elsewhere(console, walk->offered, err);
	arena_init(&arena, 0);
	if (console->my_roles)
		failed = use_release_needed(console->session, &filter, walk->release, &arena, &found, err);
	if (!failed && found) {
		snprintf(walk->offered, sizeof walk->offered, "%s", found);
		console_say(console, TONE_QUIET, "Nothing %s waits for you here; %s: next release that does, %s.", is_first ? "else" : "more",
			    is_typing(screen) ? "^N" : "n", found);
	} else if (!failed) {
		console_say(console, TONE_QUIET, "Nothing %s waits for you, here or in any other release.", is_first ? "else" : "more");
	}
	arena_release(&arena);
	return failed;
}

enum err_kind walk_go_mine(struct screen *screen, struct err *err)
{
	const struct walk *walk = screen->state;

	if (!walk->questions.count)
		return ERR_NONE;
	return has_another(walk) ? step_to(screen, walk_next_of_mine(walk, walk->at + 1)) : go_elsewhere(screen, err);
}

/* What is about to be recorded, and why it may not be. */
static void say_entry(const struct entry *entry, struct buf *out)
{
	buf_str(out, buf_text(&entry->about));
	if (entry->problem[0])
		buf_printf(out, "%s%s\n", entry->is_barred ? "Only to be read: " : "", entry->problem);
}

enum err_kind walk_go_whole(struct screen *screen, struct err *err)
{
	void (*const say[])(const struct walk *, struct buf *) = { walk_say_question, walk_say_state, walk_say_who };
	const struct walk *walk = screen->kind->pane == PANE_WALK ? screen->state : NULL;
	const struct entry *open = screen->kind->entry(screen);
	const char *title = screen->kind->release ? screen->kind->release(screen) : NULL;
	struct buf text = BUF_EMPTY;

	for (size_t i = 0; walk && walk->questions.count && i < sizeof say / sizeof *say; i++) {
		const size_t before = text.size;

		say[i](walk, &text);
		if (text.size > before && buf_text(&text)[text.size - 1] != '\n')
			buf_char(&text, '\n');
	}
	if (open->action && text.size)
		buf_char(&text, '\n');
	if (open->action)
		say_entry(open, &text);
	if (!text.size)
		return err_set(err, ERR_REFUSED, "There is nothing more to read about this.");
	return textview_open(screen->console, title ? title : open->action->label, &text, err);
}
