#ifndef GONOGO_SRC_TUI_WALK_STATE_H
#define GONOGO_SRC_TUI_WALK_STATE_H
/*
 * A walk through the questions of a gate: where one is, what is asked there, and the act that settles it.  The screen (walk.c, walk_draw.c) and the
 * conversation (plain.c) are two ways to show the same walk, and go on where the other was left.
 */
#include <gonogo/tui/entry.h>
#include <gonogo/tui/steps.h>
#include <gonogo/tui/subject.h>

enum { ID_BYTES = 72, RULE_BYTES = 24 };

struct walk {
	struct session *session;
	char release[ID_BYTES];
	char place[2 * ID_BYTES];       /* the name under which `rule` is kept */
	char rule[RULE_BYTES];          /* where one is: a rule id, or the promotion */
	struct subject subject;
	struct questions questions;
	size_t at;
	bool is_begun;
	bool is_held;                   /* something was typed for what is not asked here any more: it stays until one goes on */
	struct action_bars bars;
	char offered[ID_BYTES];         /* the release that the same key would go on to; "": none was named */
	struct entry entry;             /* action NULL: there is nothing to do here */
};

/* Takes up the walk of a release where its user left it.  ERR_MISSING: no such release; ERR_REFUSED: it has no further gate. */
enum err_kind walk_begin(struct walk *walk, struct session *session, const char *release, struct err *err) MUST_CHECK;
void walk_end(struct walk *walk);
/* Reads the record anew and stays where one is, as long as that is still asked; the first time, goes to what waits for the person. */
enum err_kind walk_read(struct walk *walk, struct err *err) MUST_CHECK;
/* The same after an act was recorded, and on to the next question that waits. */
enum err_kind walk_read_on(struct walk *walk, struct err *err) MUST_CHECK;
/* Is there a gate to walk?  ERR_REFUSED with the sentence when there is not. */
enum err_kind walk_has_gate(const struct walk *walk, struct err *err) MUST_CHECK;

/* Goes there, and takes up what is asked there. */
void walk_go_to(struct walk *walk, size_t at);
/* What blocks and waits for this person; else the first question from `from` on that does, round about; else the first that is not settled; else the promotion. */
size_t walk_next_of_mine(const struct walk *walk, size_t from);
/* Does the question at `at` wait for the person at the keyboard now? */
bool walk_waits_for_me(const struct walk *walk, size_t at);
/* "KSW-3", or PROMOTION. */
const char *walk_rule_at(const struct walk *walk, size_t at);
#define PROMOTION "promotion"

/* Of the question one is at: what is asked; what the record says; who can settle it, when it settles by itself, what to do ("" when nothing is). */
void walk_say_question(const struct walk *walk, struct buf *out);
void walk_say_state(const struct walk *walk, struct buf *out);
void walk_say_who(const struct walk *walk, struct buf *out);

/* The verdict in a sentence, wherever one is. */
void walk_say_gate(const struct walk *walk, struct buf *out);

void walk_draw(const struct screen *screen, struct frame *frame);

#endif
