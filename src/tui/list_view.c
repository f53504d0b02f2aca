#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/app/uses.h>
#include <gonogo/tui/view.h>

#include "list_state.h"

static const char named_field[] = "release:";

/* The filter without the release that it names: that one is chosen for now, and neither kept nor stronger than what is chosen later. */
static void without_release(const struct list *list, char *out)
{
	const char *text = filter_text(&list->filter);
	const size_t size = sizeof named_field - 1;
	size_t at = 0;

	*out = '\0';
	for (size_t length; text += strspn(text, " "), *text; text += length) {
		length = strcspn(text, " ");
		if (!list->kind->is_of_release || strncmp(text, named_field, size) != 0)
			at += (size_t)snprintf(out + at, TEXT_LINE_MAX + 1 - at, "%s%.*s", at ? " " : "", (int)length, text);
	}
}

void list_turn_to(struct list *list, const char *release)
{
	char words[TEXT_LINE_MAX + 1];

	without_release(list, words);
	textline_set(&list->filter.line, words);
	snprintf(list->about, sizeof list->about, "%s", release);
}

enum err_kind list_name_release(struct list *list, struct session *session, struct err *err)
{
	const char *text = list_value(list, "release");
	const struct release_filter filter = { .text = text };
	const struct page page = { .limit = 1 };
	struct release_list rows = { 0 };
	struct arena arena;
	bool has_more;
	enum err_kind failed;

	arena_init(&arena, 0);
	failed = use_release_page(session, &filter, &page, &arena, &rows, &has_more, err);
	if (!failed && !rows.count)
		failed = err_set(err, ERR_MISSING, "No release begins with %.60s. 1 lists them all.", text);
	if (!failed)
		snprintf(list->named, sizeof list->named, "%s", rows.items[0].id);
	arena_release(&arena);
	return failed;
}

void list_apply(struct screen *screen)
{
	struct list *list = screen->state;
	struct err err;

	list->told_key[0] = '\0';
	list_read_filter(list, screen->console->session);
	if (window_restart(&list->window, screen, &err) != ERR_NONE)
		console_say(screen->console, TONE_BAD, "%s", err.text);
}

void list_recall_view(struct list *list, const struct console *console)
{
	const struct list_kind *kind = list->kind;
	const struct view_place place = { console->session, kind->view, list->who };
	const char *words;
	struct arena arena;

	if (!kind->view || strcmp(list->who, console->me) == 0)
		return;
	arena_init(&arena, 0);
	snprintf(list->who, sizeof list->who, "%s", console->me);
	list->order = kind->orders ? view_recall_word(&place, "sort", kind->orders, &arena) : 0;
	list->saved = kind->saved ? view_recall_word(&place, "filter", kind->saved, &arena) : LIST_ALL;
	words = view_recall(&place, "words", &arena);
	textline_set(&list->filter.line, words ? words : "");
	arena_release(&arena);
}

void list_keep_view(const struct list *list, struct session *session)
{
	const struct list_kind *kind = list->kind;
	const struct view_place place = { session, kind->view, list->who };
	char words[TEXT_LINE_MAX + 1];

	if (!kind->view)
		return;
	without_release(list, words);
	(void)(view_keep(&place, "words", words) && (!kind->orders || view_keep(&place, "sort", words_word(kind->orders, list->order))) &&
	       (!kind->saved || view_keep(&place, "filter", words_word(kind->saved, list->saved))));
}

static void apply_view(struct screen *screen)
{
	list_apply(screen);
	list_keep_view(screen->state, screen->console->session);
}

enum err_kind list_go_sort(struct screen *screen, struct err *err)
{
	struct list *list = screen->state;
	char selected[WINDOW_KEY_MAX];

	if (!list->kind->orders)
		return err_set(err, ERR_REFUSED, "%s has one order alone.", list->kind->screen->title);
	snprintf(selected, sizeof selected, "%s", list->window.selected);
	list->order = view_next(list->kind->orders, list->order);
	apply_view(screen);
	console_say(screen->console, TONE_QUIET, "Sorted %s.", words_title(list->kind->orders, list->order));
	return *selected && !*list->problem ? window_select(&list->window, screen, selected, err) : ERR_NONE;
}

/* The same key again: all of them. */
static enum err_kind toggle(struct screen *screen, enum list_saved saved)
{
	struct list *list = screen->state;

	list->saved = list->saved == (int)saved ? LIST_ALL : (int)saved;
	apply_view(screen);
	console_say(screen->console, TONE_QUIET, "Filter: %s.", words_title(list->kind->saved, list->saved));
	return ERR_NONE;
}

enum err_kind list_go_one_order(struct screen *screen, struct err *err)
{
	(void)screen;
	return err_set(err, ERR_REFUSED, "This list has one order alone, so that what is new stands where one looks for it; / narrows it.");
}

enum err_kind list_go_open(struct screen *screen, struct err *err)
{
	(void)err;
	return toggle(screen, LIST_MINE);
}

enum err_kind list_go_mine(struct screen *screen, struct err *err)
{
	if (!screen->console->my_roles)
		return err_set(err, ERR_REFUSED, "Nothing waits for you: you hold no role in this ledger.");
	return toggle(screen, LIST_MINE);
}

enum err_kind list_go_blocked(struct screen *screen, struct err *err)
{
	(void)err;
	return toggle(screen, LIST_BLOCKED);
}

enum err_kind list_go_stale(struct screen *screen, struct err *err)
{
	(void)err;
	return toggle(screen, LIST_STALE);
}

enum err_kind list_go_halted(struct screen *screen, struct err *err)
{
	(void)err;
	return toggle(screen, LIST_HALTED);
}
