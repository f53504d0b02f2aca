#ifndef GONOGO_TUI_TIMELINE_H
#define GONOGO_TUI_TIMELINE_H
/*
 * The channels of a release as one row of ASCII, each with its name and its time in words, and a row of dates below it:
 *
 *   dev 7d ===|experimental 14d ======|candidate 5d of 7d ---->. . stable
 *   01-08      01-15                   01-29     now 02-03  opens 02-05 09:12Z
 *
 * "=" is time in a channel that was left, "-" in the present one, "." what is still to come.  Pure.
 */
#include <gonogo/app/uses.h>

enum { TIMELINE_STAYS = 4, TIMELINE_WIDTH_MAX = 200 };
struct timeline {
	struct timeline_stay { enum channel channel; instant entered, left; /* left WHEN_NONE: still there */ } stays[TIMELINE_STAYS];
	size_t count;                   /* 0: it was in no channel yet, and there is nothing to draw */
	instant now, opens;             /* opens WHEN_NONE: nobody knows, or nothing is to come */
	enum channel next;              /* CHANNEL_NONE: there is none */
	int64_t served_s, required_s;   /* of the present soak; required 0: none is asked for */
	bool is_still;
};
/* The rows end with a NUL and have no blanks at their ends. */
struct timeline_rows { char picture[TIMELINE_WIDTH_MAX + 1], dates[TIMELINE_WIDTH_MAX + 1]; };

void timeline_of(const struct record *record, const struct verdict *verdict, const struct release_line *line, struct timeline *out);
/* Both rows for so many columns: names are shortened, then the oldest channels left out ("..") where there is no room. */
void timeline_rows(const struct timeline *timeline, int width, struct timeline_rows *out);

#endif
