#include <config.h>

#include <stdio.h>
#include <string.h>

#include "audit_state.h"

enum { WIDE = 76, BROAD = 96, TALL = 18, NUMBER = 7 };

size_t audit_height(int rows)
{
	const int body = rows - CONSOLE_MARGIN - 2;
	const int height = rows < TALL ? body - 3 : body / 2;

	return (size_t)(height > 1 ? height : 1);
}

/* The year is left out where a row has no room for it. */
static void draw_row(const struct frame *frame, int y, const struct audit_row *row, bool is_selected)
{
	WINDOW *w = frame->window;
	char number[24], at[WHEN_TEXT_MAX], when[WHEN_TEXT_MAX];
	const int time_width = frame->width >= WIDE ? 18 : 13;
	const int release_width = frame->width >= BROAD ? 27 : frame->width >= WIDE ? 18 : 0;
	int x = frame->x + 2;

	when_format(row->fact.at, at);
	snprintf(when, sizeof when, "%.10s %.5sZ", at, at + 11);
	snprintf(number, sizeof number, "%lld", (long long)row->fact.seq);
	paint_text(w, y, frame->x, 2, A_NORMAL, is_selected ? ">" : " ");
	paint_text(w, y, x, NUMBER - 1, A_NORMAL, number);
	x += NUMBER;
	paint_text(w, y, x, time_width - 1, A_NORMAL, time_width < 18 ? when + 5 : when);
	x += time_width;
	paint_text(w, y, x, release_width ? release_width - 1 : 0, A_NORMAL, strcmp(row->fact.release, "-") == 0 ? "" : row->fact.release);
	x += release_width;
	paint_text(w, y, x, frame->x + frame->width - x, A_NORMAL, row->sentence);
	if (is_selected)
		mvwchgat(w, y, frame->x, frame->width, A_REVERSE, 0, NULL);
}

static void draw_rule(const struct audit *audit, const struct frame *frame)
{
	const char *text = filter_text(&audit->filter);
	char note[TEXT_LINE_MAX + 64];

	snprintf(note, sizeof note, "newest first%s%s%s%s", *text ? "  filter / " : "", text, *audit->window.before ? "  more above" : "",
		 audit->window.rows.has_more ? "  more below" : "");
	paint_rule(frame->window, frame->y, frame->x, frame->width, "Audit", note);
}

static void draw_empty(const struct audit *audit, struct frame *frame)
{
	paint_wrapped(frame->window, frame->y + 3, frame->x, frame->width, frame->height - 3, 0, A_NORMAL,
		      *audit->problem ? audit->problem :
		      "Nothing of the trail is left by the filter. It takes words, and release: tenant: actor: kind: since: with a value.");
}

void audit_draw(const struct screen *screen, struct frame *frame)
{
	const struct audit *audit = screen->state;
	const struct window *window = &audit->window;
	const struct audit_row *rows = window->rows.items;
	const int height = (int)window->height, below = frame->y + 2 + height;
	char title[96];

	draw_rule(audit, frame);
	if (audit->filter.is_open)
		filter_draw(&audit->filter, frame, frame->y + 1);
	else
		paint_text(frame->window, frame->y + 1, frame->x + 2, frame->width - 2, paint_attr(TONE_QUIET),
			   frame->width >= BROAD  ? "#      TIME (UTC)        RELEASE                    WHAT"
			   : frame->width >= WIDE ? "#      TIME (UTC)        RELEASE           WHAT"
						  : "#      TIME (UTC)   WHAT");
	if (!window->rows.count) {
		draw_empty(audit, frame);
		return;
	}
	for (size_t i = 0; i < window->rows.count; i++)
		draw_row(frame, frame->y + 2 + (int)i, &rows[i], i == window->at);
	if (!audit->filter.is_open) {
		frame->cursor_y = frame->y + 2 + (int)window->at;
		frame->cursor_x = frame->x;
	}
	snprintf(title, sizeof title, "Entry %s", window->selected);
	paint_rule(frame->window, below, frame->x, frame->width, title, "Enter: all of it");
	if (strcmp(audit->entry_key, window->selected) == 0)
		paint_wrapped(frame->window, below + 1, frame->x, frame->width, frame->y + frame->height - below - 1, 0, A_NORMAL, buf_text(&audit->entry));
}
