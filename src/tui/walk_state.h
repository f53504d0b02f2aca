#ifndef GONOGO_SRC_TUI_WALK_STATE_H
#define GONOGO_SRC_TUI_WALK_STATE_H
/* What the walk holds between its keys (walk.c) and its drawing (walk_draw.c). */
#include <gonogo/tui/entry.h>
#include <gonogo/tui/steps.h>
#include <gonogo/tui/subject.h>

enum { ID_BYTES = 72, RULE_BYTES = 24 };

struct walk {
	char release[ID_BYTES];
	char place[2 * ID_BYTES];       /* the name under which `rule` is kept */
	char rule[RULE_BYTES];          /* where one is: a rule id, or the promotion */
	struct subject subject;
	struct questions questions;
	size_t at;
	bool is_begun;
	struct entry entry;             /* action NULL: there is nothing to do here */
};

/* Does the question at `at` wait for the person at the keyboard now? */
bool walk_waits_for_me(const struct walk *walk, size_t at);
void walk_draw(const struct screen *screen, struct frame *frame);

#endif
