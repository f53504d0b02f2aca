#include <config.h>

#include <stdio.h>
#include <string.h>

#include "memos_state.h"

enum { BROAD = 96, WIDE = 76, MIDDLE = 56 };

/* Columns by what they tell: on a narrow screen which memo, its decision, its state, and for whom it waits; then who signed, and when. */
struct columns { int release, memo, decision, state, signers, date, waits; };

static struct columns columns_of(int width)
{
	struct columns c = { .release = 16, .decision = 7, .state = 11 };

	if (width >= BROAD) {
		c = (struct columns){ .release = 22, .memo = 14, .decision = 10, .state = 12, .signers = 14, .date = 6 };
	} else if (width >= WIDE) {
		c.memo = 13;
		c.signers = 13;
	} else if (width >= MIDDLE) {
		c.memo = 13;
	} else {
		c.release = 15;
		c.state = 7;
	}
	c.waits = width - 2 - c.release - c.memo - c.decision - c.state - c.signers - c.date;
	return c;
}

static enum tone tone_of(const struct memo_line *line)
{
	switch (line->state) {
	case MEMO_DRAFT:
		return TONE_OPEN;
	case MEMO_ISSUED:
		return line->decision == DECISION_GO ? TONE_GOOD : TONE_BAD;
	case MEMO_STALE:
		return TONE_BAD;
	case MEMO_SUPERSEDED:
	case MEMO_ENDED:
		break;
	}
	return TONE_QUIET;
}

/* A text in a column of `width`, one of them a gap; returns where the next column is. */
static int put(WINDOW *w, int y, int x, int width, attr_t attr, const char *text)
{
	if (width > 1)
		paint_text(w, y, x, width - 1, attr, text);
	return x + width;
}

static void draw_heads(const struct frame *frame, int y, const struct columns *c)
{
	WINDOW *w = frame->window;
	const attr_t attr = paint_attr(TONE_QUIET);
	int x = frame->x + 2;

	x = put(w, y, x, c->release, attr, "RELEASE");
	x = put(w, y, x, c->memo, attr, "MEMO");
	x = put(w, y, x, c->decision, attr, "SAYS");
	x = put(w, y, x, c->state, attr, "STATE");
	x = put(w, y, x, c->signers + c->date, attr, "SIGNED");
	put(w, y, x, c->waits + 1, attr, "WAITS FOR");
}

static void draw_row(const struct frame *frame, int y, const struct columns *c, const struct memo_line *line, bool is_selected)
{
	WINDOW *w = frame->window;
	char memo[48], date[WHEN_TEXT_MAX];
	int x = frame->x + 2;

	snprintf(memo, sizeof memo, "%s v%lld", words_word(words_memo_kind, (int)line->kind), (long long)line->version);
	paint_text(w, y, frame->x, 2, A_NORMAL, is_selected ? ">" : " ");
	/* Where there is no room for kind and version, the memo's own id tells it from the others of its release. */
	x = put(w, y, x, c->release, A_NORMAL, c->memo ? line->release : line->id);
	x = put(w, y, x, c->memo, A_NORMAL, memo);
	x = put(w, y, x, c->decision, A_NORMAL, words_title(words_decision, (int)line->decision));
	x = put(w, y, x, c->state, paint_attr(tone_of(line)), words_word(words_memo_state, (int)line->state));
	x = put(w, y, x, c->signers, A_NORMAL, *line->signers ? line->signers : "nobody");
	/* The month and the day: the year stands in the memo. */
	x = put(w, y, x, c->date, A_NORMAL, line->signed_at == WHEN_NONE ? "" : when_date(line->signed_at, date) + 5);
	put(w, y, x, c->waits + 1, line->waits_for_me ? A_BOLD : A_NORMAL, line->waits);
	if (is_selected)
		mvwchgat(w, y, frame->x, frame->width, A_REVERSE, 0, NULL);
}

static void draw_rule(const struct memos *list, const struct frame *frame)
{
	const char *words = filter_text(&list->filter);
	const bool is_filtered = *words || list->filter.is_open;
	char note[TEXT_LINE_MAX + 96];

	snprintf(note, sizeof note, "newest first%s%s%s%s%s", is_filtered ? "  filter: /" : "", words, list->only_mine ? "  only those that wait for you" : "",
		 *list->window.before ? "  more above" : "", list->window.rows.has_more ? "  more below" : "");
	paint_rule(frame->window, frame->y, frame->x, frame->width, "Memos", note);
}

void memos_draw(const struct screen *screen, struct frame *frame)
{
	const struct memos *list = screen->state;
	const struct memo_line *rows = list->window.rows.items;
	const struct columns c = columns_of(frame->width);
	const bool is_filtered = *filter_text(&list->filter) || list->only_mine;

	draw_rule(list, frame);
	draw_heads(frame, frame->y + 1, &c);
	for (size_t i = 0; i < list->window.rows.count && (int)i < frame->height - 2; i++)
		draw_row(frame, frame->y + 2 + (int)i, &c, &rows[i], i == list->window.at);
	frame->cursor_y = frame->y + 2 + (int)list->window.at;
	frame->cursor_x = frame->x;
	if (!list->window.rows.count)
		paint_wrapped(frame->window, frame->y + 3, frame->x, frame->width, frame->height - 3, 0, A_NORMAL,
			      is_filtered ? "No memo is left by the filter. / changes its words, Esc takes them away, f takes only those that wait for you, or all." :
					    "No memos yet. A memo is drafted in candidate: select the release in 1 Releases, and press d.");
	if (list->filter.is_open)
		filter_draw(&list->filter, frame, frame->y + 1);
}
