#include <config.h>

#include <stdlib.h>

#include <gonogo/app/standing.h>
#include <gonogo/tui/dialog.h>
#include <gonogo/tui/walk.h>

#include "walk_state.h"

static enum err_kind load(struct screen *screen, struct err *err)
{
	return walk_read(screen->state, err);
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

	return walk->questions.count && walk->subject.verdict.verdict == VERDICT_WAIT;
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

static void free_walk(void *state)
{
	struct walk *walk = state;

	walk_end(walk);
	free(walk);
}

static const struct screen_kind kind = { .title = "Gate walk", .pane = PANE_WALK, .load = load, .draw = walk_draw, .key = key, .release = release, .is_typing = is_typing, .entry = entry,
					 .has_clock = has_clock, .free = free_walk };

enum err_kind walk_open(struct console *console, const char *release, struct err *err)
{
	struct walk *walk = calloc(1, sizeof *walk);
	enum err_kind failed;

	if (!walk)
		return err_memory(err);
	failed = walk_begin(walk, console->session, release, err);
	if (!failed)
		return console_push(console, &kind, walk, err);
	free_walk(walk);
	return failed;
}

enum err_kind walk_go_open(struct screen *screen, struct err *err)
{
	const char *id = screen->kind->release ? screen->kind->release(screen) : NULL;

	if (!id)
		return err_set(err, ERR_REFUSED, "No release is selected.");
	return walk_open(screen->console, id, err);
}

static enum err_kind step_to(struct screen *screen, size_t at)
{
	struct walk *walk = screen->state;

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

enum err_kind walk_go_mine(struct screen *screen, struct err *err)
{
	const struct walk *walk = screen->state;

	(void)err;
	return walk->questions.count ? step_to(screen, walk_next_of_mine(walk, walk->at + 1)) : ERR_NONE;
}
