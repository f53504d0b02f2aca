#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/app/standing.h>

#include "releases_state.h"

enum { WIDE = 76, MIDDLE = 56, TALL = 18 };

int releases_height(int rows)
{
	const int body = rows - CONSOLE_MARGIN - 2;

	if (rows < TALL)
		return body - 3 > 1 ? body - 3 : 1;
	return body * 2 / 5;
}

static enum tone tone_of(const struct release_line *line)
{
	if (line->is_halted || line->is_killed || line->is_rolling_back)
		return TONE_BAD;
	if (standing_is_past(line))
		return TONE_QUIET;
	switch (line->verdict) {
	case VERDICT_GO:
		return TONE_GOOD;
	case VERDICT_WAIT:
		return TONE_WAIT;
	case VERDICT_OPEN:
		return TONE_OPEN;
	case VERDICT_BLOCKED:
		break;
	}
	return TONE_BAD;
}

/* Columns by what they tell: on a narrow screen id, verdict and who; then the state; then class and soak. */
struct columns { int id, class, state, soak, verdict, who; };

static struct columns columns_of(int width)
{
	struct columns c = { .verdict = 11 };

	if (width >= WIDE) {
		c.class = 11;
		c.state = 13;
		c.soak = 9;
		c.id = width >= 96 ? 26 : 18;
	} else {
		c.state = width >= MIDDLE ? 13 : 0;
		c.id = width >= MIDDLE ? 18 : 16;
	}
	c.who = width - 2 - c.id - c.class - c.state - c.soak - c.verdict - 1;
	return c;
}

static void draw_soak(const struct frame *frame, int y, int x, int width, const struct release_line *line)
{
	char served[WHEN_SPAN_MAX], text[64];

	if (!line->soak_required_s)
		return;
	snprintf(text, sizeof text, "%lldd/%lldd", (long long)(line->soak_served_s / WHEN_DAY_S), (long long)(line->soak_required_s / WHEN_DAY_S));
	if (line->soak_served_s < WHEN_DAY_S)
		snprintf(text, sizeof text, "%.8s/%lldd", when_span_short(line->soak_served_s, served), (long long)(line->soak_required_s / WHEN_DAY_S));
	paint_text(frame->window, y, x, width - 1, A_NORMAL, text);
}

static void draw_row(const struct frame *frame, int y, const struct columns *c, const struct release_line *line, bool is_selected)
{
	WINDOW *w = frame->window;
	char verdict[STANDING_WORD_MAX];
	int x = frame->x + 2;

	paint_text(w, y, frame->x, 2, A_NORMAL, is_selected ? ">" : " ");
	paint_text(w, y, x, c->id - 1, A_NORMAL, line->id);
	x += c->id;
	if (c->class)
		paint_text(w, y, x, c->class - 1, A_NORMAL, words_word(words_class, (int)line->class));
	x += c->class;
	if (c->state)
		paint_text(w, y, x, c->state - 1, A_NORMAL, words_word(words_state, (int)line->state));
	x += c->state;
	if (c->soak)
		draw_soak(frame, y, x, c->soak, line);
	x += c->soak;
	paint_text(w, y, x, c->verdict - 1, paint_attr(tone_of(line)), standing_word(line, verdict));
	x += c->verdict;
	paint_text(w, y, x, c->who, line->needs_me ? A_BOLD : A_NORMAL, line->who);
	if (is_selected)
		mvwchgat(w, y, frame->x, frame->width, A_REVERSE, 0, NULL);
}

static void draw_heads(const struct frame *frame, int y, const struct columns *c)
{
	WINDOW *w = frame->window;
	const attr_t attr = paint_attr(TONE_QUIET);
	int x = frame->x + 2;

	paint_text(w, y, x, c->id - 1, attr, "RELEASE");
	x += c->id;
	paint_text(w, y, x, c->class, attr, c->class ? "CLASS" : "");
	x += c->class;
	paint_text(w, y, x, c->state, attr, c->state ? "STATE" : "");
	x += c->state;
	paint_text(w, y, x, c->soak, attr, c->soak ? "SOAK" : "");
	x += c->soak;
	paint_text(w, y, x, c->verdict, attr, "GATE");
	x += c->verdict;
	paint_text(w, y, x, c->who, attr, "WHO IS NEXT");
}

static void draw_list(const struct releases *list, struct frame *frame, int height)
{
	const struct columns c = columns_of(frame->width);
	size_t mine = 0;
	char note[64];

	for (size_t i = 0; i < list->rows.count; i++)
		mine += list->rows.items[i].needs_me;
	snprintf(note, sizeof note, "%s%zu here wait for you%s", *list->before ? "< " : "", mine, list->has_more ? " >" : "");
	paint_rule(frame->window, frame->y, frame->x, frame->width, "Releases", note);
	draw_heads(frame, frame->y + 1, &c);
	for (size_t i = 0; i < list->rows.count && (int)i < height; i++)
		draw_row(frame, frame->y + 2 + (int)i, &c, &list->rows.items[i], i == list->at);
	frame->cursor_y = frame->y + 2 + (int)list->at;
	frame->cursor_x = frame->x;
}

static void draw_empty(struct frame *frame)
{
	paint_wrapped(frame->window, frame->y, frame->x, frame->width, frame->height, 0, A_NORMAL,
		      "No releases yet. i imports documents in the specification's text forms; from a shell: gonogo release new RELEASE.");
}

void releases_draw(const struct screen *screen, struct frame *frame)
{
	const struct releases *list = screen->state;
	const int height = releases_height(frame->height + CONSOLE_MARGIN);
	const struct frame below = { .window = frame->window, .y = frame->y + 3 + height, .x = frame->x, .height = frame->height - 3 - height,
				     .width = frame->width };

	if (!list->rows.count) {
		draw_empty(frame);
		return;
	}
	draw_list(list, frame, height);
	paint_rule(frame->window, below.y - 1, frame->x, frame->width, list->selected, below.height > 3 ? "Enter: all of it" : NULL);
	if (strcmp(list->reported, list->selected) == 0)
		report_draw(&list->report, &below, 0);
}
