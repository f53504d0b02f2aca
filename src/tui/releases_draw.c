#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/app/standing.h>

#include "releases_state.h"

enum { BROAD = 96, BRIEF = 3, WIDE = 76, MIDDLE = 56, TALL = 18, SOAK_BAR = 7 };

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
		c.soak = width >= BROAD ? 9 + SOAK_BAR + 1 : 9;
		c.id = width >= BROAD ? 22 : 18;
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
	if (line->is_soak_still) {
		paint_text(frame->window, y, x, width - 1, paint_attr(TONE_BAD), "still");
		return;
	}
	snprintf(text, sizeof text, "%lldd/%lldd", (long long)(line->soak_served_s / WHEN_DAY_S), (long long)(line->soak_required_s / WHEN_DAY_S));
	if (line->soak_served_s < WHEN_DAY_S)
		snprintf(text, sizeof text, "%.8s/%lldd", when_span_short(line->soak_served_s, served), (long long)(line->soak_required_s / WHEN_DAY_S));
	if (width > SOAK_BAR + 9) {
		paint_bar(frame->window, y, x, SOAK_BAR, line->soak_served_s, line->soak_required_s);
		x += SOAK_BAR + 1;
		width -= SOAK_BAR + 1;
	}
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
	paint_text(w, y, x, c->state, attr, c->state ? "CHANNEL" : "");
	x += c->state;
	paint_text(w, y, x, c->soak, attr, c->soak ? "SOAK" : "");
	x += c->soak;
	paint_text(w, y, x, c->verdict, attr, "GATE");
	x += c->verdict;
	paint_text(w, y, x, c->who, attr, "WHO IS NEXT");
}

/* "Releases  filter: halted / mem  sort: id  3 for your role": what is left out comes first, so that it is said on every terminal. */
static void draw_rule(const struct releases *list, const struct frame *frame)
{
	const char *words = filter_text(&list->filter);
	char note[TEXT_LINE_MAX + 160], chosen[TEXT_LINE_MAX + 48] = "";

	if (!list->window.rows.count && !releases_is_filtered(list)) {
		paint_rule(frame->window, frame->y, frame->x, frame->width, "No releases yet", "six steps to the first");
		return;
	}
	if (releases_is_filtered(list))
		snprintf(chosen, sizeof chosen, "filter:%s%s%s%s  ", list->view.saved != SAVED_NONE ? " " : "",
			 list->view.saved != SAVED_NONE ? words_word(words_saved, (int)list->view.saved) : "", *words ? " /" : "", words);
	snprintf(note, sizeof note, "%ssort: %s  %zu%s for your role%s%s", chosen, words_word(words_order, (int)list->view.order), list->mine,
		 list->mine == MINE_MOST ? "+" : "", *list->window.before ? "  more above" : "", list->window.rows.has_more ? "  more below" : "");
	paint_rule(frame->window, frame->y, frame->x, frame->width, "Releases", note);
}

static void draw_list(const struct releases *list, struct frame *frame, int height)
{
	const struct release_line *rows = list->window.rows.items;
	const struct columns c = columns_of(frame->width);

	draw_heads(frame, frame->y + 1, &c);
	for (size_t i = 0; i < list->window.rows.count && (int)i < height; i++)
		draw_row(frame, frame->y + 2 + (int)i, &c, &rows[i], i == list->window.at);
	frame->cursor_y = frame->y + 2 + (int)list->window.at;
	frame->cursor_x = frame->x;
}

static void draw_empty(const struct releases *list, struct frame *frame)
{
	struct frame inner = { .window = frame->window, .y = frame->y + 1, .x = frame->x, .height = frame->height - 1, .width = frame->width };

	if (releases_is_filtered(list)) {
		paint_wrapped(frame->window, frame->y + 3, frame->x, frame->width, frame->height - 3, 0, A_NORMAL,
			      "No release is left by the filter. / changes its words, Esc takes them away; the key of the filter again (f b t h) shows all.");
		return;
	}
	start_draw(&list->start, &inner);
	frame->cursor_y = inner.cursor_y;
	frame->cursor_x = inner.cursor_x;
}

void releases_draw(const struct screen *screen, struct frame *frame)
{
	const struct releases *list = screen->state;
	const int height = releases_height(frame->height + CONSOLE_MARGIN);
	const struct frame below = { .window = frame->window, .y = frame->y + 3 + height, .x = frame->x, .height = frame->height - 3 - height,
				     .width = frame->width };

	draw_rule(list, frame);
	if (list->window.rows.count)
		draw_list(list, frame, height);
	else
		draw_empty(list, frame);
	if (list->filter.is_open)
		filter_draw(&list->filter, frame, frame->y + 1);
	if (!list->window.rows.count)
		return;
	paint_rule(frame->window, below.y - 1, frame->x, frame->width, list->window.selected, "Enter: all of it");
	if (strcmp(list->reported, list->window.selected) != 0)
		return;
	if (below.height > BRIEF)
		report_draw(&list->report, &below, 0);
	else
		report_draw_brief(&list->report, &below);
}
