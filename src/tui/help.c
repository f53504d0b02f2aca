#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/tui/actions.h>
#include <gonogo/tui/filter.h>
#include <gonogo/tui/help.h>
#include <gonogo/tui/panes.h>
#include <gonogo/tui/screen.h>
#include <gonogo/tui/subject.h>

#include "help_state.h"

static const char *const titles[GROUP_COUNT + 3] = {
	[GROUP_ACT] = "Record", [GROUP_FIND] = "Find", [GROUP_OPEN] = "Open", [GROUP_MOVE] = "Move", [GROUP_EVERYWHERE] = "Everywhere",
	[HELP_BARRED] = "Not available now", [HELP_PANES] = "Panes", [HELP_WORDS] = "Words",
};

/* What stands in lists and is no key. */
static const char *const words[][2] = {
	{ "GO", "Every rule is met: it may be promoted." },
	{ "WAIT", "Only time is missing." },
	{ "3 OPEN", "People still have something to do: three rules are not met." },
	{ "BLOCKED", "Something forbids it: a raised hard stop, a failed answer, a halt, a kill." },
	{ "gonogo:", "The checkpoint of what was just recorded: kept in a ticket, it shows later whether anything was changed." },
	{ "man", "gonogo(1): everything can be done from a shell too." },
};

static const char *consent_words(enum consent_tier consent)
{
	switch (consent) {
	case CONSENT_YES:
		return "Asks yes or no first; no is what Enter says.";
	case CONSENT_ID:
		return "Asks for the id first, typed.";
	case CONSENT_WORD:
		return "Asks for one word first, typed.";
	case CONSENT_NONE:
		break;
	}
	return "";
}

/* Only keys that do it where help was asked for: in a field a letter is text. */
static const char *keys_of(const struct action *action, const struct screen *below, struct arena *arena)
{
	const bool is_typing = below->kind->is_typing && below->kind->is_typing(below);
	char keys[64] = "";

	for (size_t i = 0; i < sizeof action->keys / sizeof *action->keys && action->keys[i]; i++) {
		if (is_typing && !action->keys[i][1])
			continue;
		strncat(keys, *keys ? " " : "", sizeof keys - strlen(keys) - 1);
		strncat(keys, action->keys[i], sizeof keys - strlen(keys) - 1);
	}
	return arena_str(arena, keys);
}

static bool is_left(const struct help *help, const struct help_line *line)
{
	const char *const texts[] = { line->keys, line->text, line->detail, line->label };

	return text_has_words(filter_text(&help->filter), texts, sizeof texts / sizeof *texts);
}

static enum err_kind add(struct help *help, const struct help_line *line, struct err *err)
{
	struct help_line *items;

	if (!line->keys || !line->text || !line->detail)
		return err_memory(err);
	if (!is_left(help, line))
		return ERR_NONE;
	items = arena_room(&help->arena, help->items, help->count, &help->room, sizeof *items);
	if (!items)
		return err_memory(err);
	help->items = items;
	items[help->count++] = *line;
	return ERR_NONE;
}

static enum err_kind add_action(struct help *help, const struct action *action, const struct screen *below, const struct err *why, struct err *err)
{
	struct arena *arena = &help->arena;
	struct help_line line = { .group = why ? HELP_BARRED : (int)action->group, .action = action, .label = action->label,
				  .keys = keys_of(action, below, arena) };

	/* Whoever came to search can do it without its key. */
	if (!action->keys[0] || (line.keys && !*line.keys && !help->is_palette))
		return ERR_NONE;
	line.text = why ? arena_printf(arena, "%s: %s", action->label, why->text) : arena_printf(arena, "%s", action->sentence);
	if (why)
		line.detail = arena_printf(arena, "%s. Not now: %s", action->sentence, why->text);
	else
		line.detail = arena_printf(arena, "%s.%s%s%s%s", action->sentence, *consent_words(action->record ? action->consent : CONSENT_NONE) ? " " : "",
					   consent_words(action->record ? action->consent : CONSENT_NONE), action->command ? " From a shell: " : "",
					   action->command ? action->command : "");
	return add(help, &line, err);
}

/* Why something does not work now is asked of the same functions that would refuse it. */
static enum err_kind add_actions(struct help *help, const struct screen *below, const struct subject *subject, struct err *err)
{
	enum err_kind failed = ERR_NONE;

	for (int group = 0; group <= HELP_BARRED; group++)
		for (size_t i = 0; i < action_count && !failed; i++) {
			const struct action *action = &actions[i];
			struct err why;
			const bool is_barred = action_ready(action, &subject->in, &why) != ERR_NONE;

			if (action_is_here(action, below) && (is_barred ? HELP_BARRED : (int)action->group) == group)
				failed = add_action(help, action, below, is_barred ? &why : NULL, err);
		}
	for (size_t i = 0; i < pane_count && !failed; i++) {
		const char name[] = { panes[i].key, '\0' };
		const struct help_line line = { .group = HELP_PANES, .label = panes[i].name, .keys = arena_str(&help->arena, name),
						.text = panes[i].sentence, .detail = panes[i].sentence, .is_pane = true, .pane = i };

		failed = add(help, &line, err);
	}
	for (size_t i = 0; i < sizeof words / sizeof *words && !failed; i++) {
		const struct help_line line = { .group = HELP_WORDS, .label = "", .keys = words[i][0], .text = words[i][1], .detail = words[i][1] };

		failed = add(help, &line, err);
	}
	return failed;
}

/* A line whose label is, or begins as, what was typed comes before one that only speaks of it: "kill" is the act, not the form of that name. */
static int likeness(const struct help_line *line, const char *typed)
{
	if (strcasecmp(line->label, typed) == 0)
		return 3;
	if (strcmp(line->keys, typed) == 0 || strncasecmp(line->label, typed, strlen(typed)) == 0)
		return 2;
	return *line->label != '\0';
}

static void go_to_likeliest(struct help *help)
{
	const char *typed = filter_text(&help->filter);

	help->at = 0;
	for (size_t i = 1; *typed && i < help->count; i++)
		if (likeness(&help->items[i], typed) > likeness(&help->items[help->at], typed))
			help->at = (int)i;
	help->is_searched = false;
}

static enum err_kind load(struct screen *screen, struct err *err)
{
	struct help *help = screen->state;
	const struct screen *below = screen - 1;
	struct subject subject;
	enum err_kind failed = subject_load(&subject, below, err);

	arena_release(&help->arena);
	arena_init(&help->arena, 0);
	help->items = NULL;
	help->count = help->room = 0;
	if (!failed)
		failed = add_actions(help, below, &subject, err);
	subject_release(&subject);
	if (help->is_searched)
		go_to_likeliest(help);
	if (help->at >= (int)help->count)
		help->at = help->count ? (int)help->count - 1 : 0;
	return failed;
}

static bool key(struct screen *screen, struct key pressed)
{
	struct help *help = screen->state;
	struct console *console = screen->console;
	const bool is_search = help->filter.is_open && help->is_palette;
	const bool is_leaving = help->is_palette && !help->filter.is_open && key_is(pressed, "Esc");
	const enum filter_result result = is_leaving ? FILTER_UNUSED : filter_key(&help->filter, pressed);
	struct err err;

	if (is_search && !help->filter.is_open) {
		if (!key_is(pressed, "Enter"))
			console_pop(console);
		else if (help_go_run(screen, &err) != ERR_NONE)
			console_say(console, TONE_BAD, "%s", err.text);
		return true;
	}
	if (result == FILTER_CHANGED)
		help->is_searched = screen->is_stale = true;
	return result != FILTER_UNUSED;
}

static bool is_typing(const struct screen *screen)
{
	return ((const struct help *)screen->state)->filter.is_open;
}

static struct filter *filter_here(const struct screen *screen)
{
	return &((struct help *)screen->state)->filter;
}

/* The cursor goes over the lines as others scroll: as far as the last one. */
static int *scroll_of(const struct screen *screen, int *rows)
{
	struct help *help = screen->state;

	*rows = (int)help->count - 1 + screen->console->rows - CONSOLE_MARGIN - 1;
	return &help->at;
}

static const char *release(const struct screen *screen)
{
	const struct screen *below = screen - 1;

	return below->kind->release ? below->kind->release(below) : NULL;
}

static void free_help(void *state)
{
	struct help *help = state;

	arena_release(&help->arena);
	filter_release(&help->filter);
	free(help);
}

static const struct screen_kind kind = { .title = "Help", .pane = PANE_HELP, .load = load, .draw = help_draw, .key = key, .is_typing = is_typing,
					 .filter = filter_here, .scroll = scroll_of, .release = release, .free = free_help };

static enum err_kind open_help(struct screen *screen, bool is_palette, struct err *err)
{
	struct help *help = calloc(1, sizeof *help);

	if (help) {
		filter_init(&help->filter);
		arena_init(&help->arena, 0);
		snprintf(help->about, sizeof help->about, "%s", screen->kind->title);
		help->is_palette = is_palette;
		if (is_palette)
			filter_open(&help->filter);
	}
	return console_push(screen->console, &kind, help, err);
}

enum err_kind help_go_open(struct screen *screen, struct err *err)
{
	return screen->kind->pane == PANE_HELP ? ERR_NONE : open_help(screen, false, err);
}

enum err_kind help_go_commands(struct screen *screen, struct err *err)
{
	struct help *help = screen->state;

	if (screen->kind->pane != PANE_HELP)
		return open_help(screen, true, err);
	help->is_palette = screen->is_stale = true;
	filter_open(&help->filter);
	return ERR_NONE;
}

enum err_kind help_go_run(struct screen *screen, struct err *err)
{
	struct help *help = screen->state;
	struct console *console = screen->console;
	const struct help_line *line = help->at < (int)help->count ? &help->items[help->at] : NULL;
	const struct action *action = line ? line->action : NULL;
	const char *name = action ? action_key(action, screen - 1) : NULL;
	struct key pressed;

	if (!line || (!line->is_pane && !action))
		return err_set(err, ERR_REFUSED, "There is nothing to run in this line.");
	if (line->group == HELP_BARRED)
		return err_set(err, ERR_REFUSED, "%s", line->detail);
	if (line->is_pane) {
		const size_t pane = line->pane;

		console_pop(console);
		return console_go(console, pane, err);
	}
	console_pop(console);
	console_prepare(console);
	/* Its key goes the way of every key; where that is text now, the act is done without. */
	if (name && key_named(name, &pressed))
		console_key(console, pressed);
	else
		console_act(console, action);
	return ERR_NONE;
}

enum err_kind help_go_back(struct screen *screen, struct err *err)
{
	(void)err;
	console_pop(screen->console);
	return ERR_NONE;
}

enum err_kind help_go_refresh(struct screen *screen, struct err *err)
{
	(void)err;
	console_refresh(screen->console);
	clearok(curscr, true);
	return ERR_NONE;
}

enum err_kind help_go_nothing_open(struct screen *screen, struct err *err)
{
	(void)screen;
	return err_set(err, ERR_REFUSED, "Nothing is being filled in here.");
}

const char *help_title(int group)
{
	return titles[group];
}
