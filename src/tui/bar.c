#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/tui/actions.h>
#include <gonogo/tui/bar.h>

enum { HINT_MAX = 48, PINNED = 95 };

static int hint_of(const struct action *action, const struct screen *screen, char *out)
{
	snprintf(out, HINT_MAX, "%s %s", action_key(action, screen), action->now ? action->now(screen) : action->label);
	return (int)text_width(out, strlen(out));
}

/* What cannot be done now is not offered; help says why. */
static bool is_offered(const struct action *action, const struct screen *screen)
{
	return action_is_here(action, screen) && action->priority && action_key(action, screen) && !action_is_barred(action, screen);
}

/* The most important hint below this rank that has not been placed. */
static const struct action *next_hint(const struct screen *screen, int below, const struct action *after)
{
	const struct action *best = NULL;

	for (size_t i = 0; i < action_count; i++) {
		const struct action *action = &actions[i];

		if (!is_offered(action, screen) || action->priority > below || (action->priority == below && action <= after))
			continue;
		if (!best || action->priority > best->priority)
			best = action;
	}
	return best;
}

void bar_draw(const struct screen *screen, WINDOW *window, int y, int width)
{
	char hint[HINT_MAX];
	const struct action *action = NULL;
	int right = width, x = 0;

	paint_clear(window, y, 0, 1, width);
	while ((action = next_hint(screen, action ? action->priority : PINNED + 5, action)) != NULL) {
		const int size = hint_of(action, screen, hint);

		if (action->priority >= PINNED) {
			right -= size + (right < width ? 2 : 0);
			paint_text(window, y, right, size, A_NORMAL, hint);
		} else if (x + size + 2 <= right) {
			paint_text(window, y, x, size, A_NORMAL, hint);
			x += size + 2;
		}
	}
}
