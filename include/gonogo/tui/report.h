#ifndef GONOGO_TUI_REPORT_H
#define GONOGO_TUI_REPORT_H
/*
 * What the console says of one release: class, channel, soak, the gate, and every finding with its reason, who can settle it, with which key, and when
 * it settles by itself.  A list of lines in an arena, drawn at any width.  Pure.
 */
#include <gonogo/tui/actions.h>
#include <gonogo/tui/timeline.h>

struct report_line {
	enum tone tone;
	const char *label;   /* "WAITING", "who"; NULL: the text begins at the margin */
	const char *id;      /* the rule, or NULL */
	const char *text;
	bool is_timeline;    /* the report's timeline stands here instead of a text */
};
struct report { struct report_line *items; size_t count, room; struct timeline timeline; struct arena *arena; };

/* Everything, what stands in the way first; lines and strings live in `arena`. */
enum err_kind report_of(const struct act_in *in, const struct release_line *line, struct arena *arena, struct report *out, struct err *err) MUST_CHECK;
/* Where there is room for no more: the timeline, the gate and the foremost thing in its way. */
void report_draw_brief(const struct report *report, const struct frame *frame);
/* All of it as lines. */
void report_tell(const struct report *report, struct buf *out);
/* Draws what fits below the first `skip` rows; returns how many rows all of it takes. */
int report_draw(const struct report *report, const struct frame *frame, int skip);

#endif
