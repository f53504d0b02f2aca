#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/tui/view.h>

#include "releases_state.h"

/* Titles are what the rule above the list says. */
const struct word words_order[] = {
	{ RELEASES_BY_ID, "id", "by id" },
	{ RELEASES_NEEDED, "needs-you", "what needs you first" },
	{ RELEASES_NEWEST, "newest", "newest registered first" },
	{ RELEASES_BY_CHANNEL, "channel", "nearest to stable first" },
	{ RELEASES_OPENING, "opens-next", "what opens by itself soonest first" },
	{ 0, NULL, NULL },
};
const struct word words_saved[] = {
	{ SAVED_NONE, "none", "all" },		       { SAVED_MINE, "mine", "what waits for a role of yours" },
	{ SAVED_BLOCKED, "blocked", "what something forbids" }, { SAVED_SOAKING, "soaking", "what waits for time" },
	{ SAVED_HALTED, "halted", "what is halted, killed or rolled back" }, { 0, NULL, NULL },
};

struct release_filter releases_filter(const struct releases *list, role_set my_roles)
{
	static const enum release_trouble troubles[] = { [SAVED_BLOCKED] = RELEASES_BLOCKED, [SAVED_SOAKING] = RELEASES_SOAKING,
							 [SAVED_HALTED] = RELEASES_HALTED };
	const char *words = filter_text(&list->filter);

	return (struct release_filter){ .text = *words ? words : NULL, .needs = list->view.saved == SAVED_MINE ? my_roles : 0,
					.trouble = troubles[list->view.saved], .order = list->view.order, .first = my_roles };
}

bool releases_is_filtered(const struct releases *list)
{
	return list->view.saved != SAVED_NONE || *filter_text(&list->filter);
}

/* --- kept for each person --- */

static struct view_place place_of(const struct releases *list)
{
	return (struct view_place){ list->session, "releases", list->who };
}

void releases_recall(struct releases *list, const char *who)
{
	struct view_place place;
	const char *words, *row;
	struct arena arena;

	arena_init(&arena, 0);
	snprintf(list->who, sizeof list->who, "%s", who);
	place = place_of(list);
	list->view.order = (enum release_order)view_recall_word(&place, "sort", words_order, &arena);
	list->view.saved = (enum saved_filter)view_recall_word(&place, "filter", words_saved, &arena);
	words = view_recall(&place, "words", &arena);
	if (!textline_set(&list->filter.line, words ? words : ""))
		textline_set(&list->filter.line, "");
	row = view_recall(&place, "row", &arena);
	snprintf(list->kept, sizeof list->kept, "%s", row ? row : "");
	if (!list->has_begun)
		snprintf(list->window.selected, sizeof list->window.selected, "%s", list->kept);
	arena_release(&arena);
}

void releases_keep_view(const struct releases *list)
{
	const struct view_place place = place_of(list);

	(void)(view_keep(&place, "sort", words_word(words_order, (int)list->view.order)) &&
	       view_keep(&place, "filter", words_word(words_saved, (int)list->view.saved)) && view_keep(&place, "words", filter_text(&list->filter)));
}

void releases_keep_row(struct releases *list)
{
	const struct view_place place = place_of(list);

	if (strcmp(list->kept, list->window.selected) == 0 || !*list->window.selected)
		return;
	snprintf(list->kept, sizeof list->kept, "%s", list->window.selected);
	(void)view_keep(&place, "row", list->kept);
}
