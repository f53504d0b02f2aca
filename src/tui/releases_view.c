#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/store/state.h>

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

static const char *name_of(const struct releases *list, const char *what, char *out, size_t size)
{
	snprintf(out, size, "releases:%s:%s", list->who, what);
	return out;
}

static const char *recall(const struct releases *list, const char *what, struct arena *arena)
{
	const char *value = NULL;
	char name[ID_BYTES + 32];

	if (!list->session->state ||
	    state_view_get(list->session->state, list->session->ledger, name_of(list, what, name, sizeof name), arena, &value, NULL) != ERR_NONE)
		return NULL;
	return value;
}

/* What a person chose is worth a try to keep, and no error when it cannot be. */
static bool keep(const struct releases *list, const char *what, const char *value)
{
	char name[ID_BYTES + 32];

	return list->session->state && *list->who &&
	       state_view_put(list->session->state, list->session->ledger, name_of(list, what, name, sizeof name), *value ? value : NULL, NULL) == ERR_NONE;
}

static int recall_word(const struct releases *list, const char *what, const struct word *table, struct arena *arena)
{
	const char *text = recall(list, what, arena);
	int value = table[0].value;

	return text && words_read(table, text, &value) ? value : table[0].value;
}

void releases_recall(struct releases *list, const char *who)
{
	const char *words, *row;
	struct arena arena;

	arena_init(&arena, 0);
	snprintf(list->who, sizeof list->who, "%s", who);
	list->view.order = (enum release_order)recall_word(list, "sort", words_order, &arena);
	list->view.saved = (enum saved_filter)recall_word(list, "filter", words_saved, &arena);
	words = recall(list, "words", &arena);
	if (!textline_set(&list->filter.line, words ? words : ""))
		textline_set(&list->filter.line, "");
	row = recall(list, "row", &arena);
	snprintf(list->kept, sizeof list->kept, "%s", row ? row : "");
	if (!list->has_begun)
		snprintf(list->window.selected, sizeof list->window.selected, "%s", list->kept);
	arena_release(&arena);
}

void releases_keep_view(const struct releases *list)
{
	(void)(keep(list, "sort", words_word(words_order, (int)list->view.order)) &&
	       keep(list, "filter", words_word(words_saved, (int)list->view.saved)) && keep(list, "words", filter_text(&list->filter)));
}

void releases_keep_row(struct releases *list)
{
	if (strcmp(list->kept, list->window.selected) == 0 || !*list->window.selected)
		return;
	snprintf(list->kept, sizeof list->kept, "%s", list->window.selected);
	(void)keep(list, "row", list->kept);
}
