#ifndef GONOGO_SRC_TUI_AUDIT_STATE_H
#define GONOGO_SRC_TUI_AUDIT_STATE_H
/* What the audit trail holds between its keys (audit.c) and its drawing (audit_draw.c). */
#include <gonogo/app/uses.h>
#include <gonogo/tui/filter.h>
#include <gonogo/tui/window.h>

/* The filter's text, taken apart. */
enum audit_term { AUDIT_RELEASE, AUDIT_TENANT, AUDIT_ACTOR, AUDIT_KIND, AUDIT_SINCE, AUDIT_TERMS };
struct audit_row { struct fact fact; const char *sentence; };
struct audit {
	struct window window;           /* items: struct audit_row */
	struct filter filter;
	struct filter_term terms[AUDIT_TERMS];
	char words[TEXT_LINE_MAX + 1];
	char problem[STATUS_MAX];       /* why the filter finds nothing; "" when it is understood */
	char entry_key[WINDOW_KEY_MAX]; /* of `entry`, what is told below the list */
	struct buf entry;
};

/* Rows of the list on a terminal of so many rows. */
size_t audit_height(int rows);
void audit_draw(const struct screen *screen, struct frame *frame);

#endif
