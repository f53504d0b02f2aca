#include <config.h>

#include <stdio.h>

#include <gonogo/store/state.h>
#include <gonogo/tui/view.h>

enum { NAME_BYTES = 160 };

static const char *name_of(const struct view_place *place, const char *what, char *out)
{
	snprintf(out, NAME_BYTES, "%s:%s:%s", place->pane, place->who, what);
	return out;
}

const char *view_recall(const struct view_place *place, const char *what, struct arena *arena)
{
	const struct session *session = place->session;
	const char *value = NULL;
	char name[NAME_BYTES];

	if (!session->state || state_view_get(session->state, session->ledger, name_of(place, what, name), arena, &value, NULL) != ERR_NONE)
		return NULL;
	return value;
}

int view_recall_word(const struct view_place *place, const char *what, const struct word *table, struct arena *arena)
{
	const char *text = view_recall(place, what, arena);
	int value = table[0].value;

	return text && words_read(table, text, &value) ? value : table[0].value;
}

bool view_keep(const struct view_place *place, const char *what, const char *value)
{
	const struct session *session = place->session;
	char name[NAME_BYTES];

	return session->state && *place->who &&
	       state_view_put(session->state, session->ledger, name_of(place, what, name), *value ? value : NULL, NULL) == ERR_NONE;
}

int view_next(const struct word *table, int value)
{
	size_t at = 0;

	while (table[at].word && table[at].value != value)
		at++;
	return table[at].word && table[at + 1].word ? table[at + 1].value : table[0].value;
}
