#include <config.h>

#include <stdio.h>

#include "walk_state.h"

enum { TALL = 20, ENTRY_LEAST = 3, MAP_CELL = 25, MAP_TITLE = 17 };

static enum tone tone_of_word(const char *word)
{
	switch (*word) {
	case 'P':
	case 'G':
		return TONE_GOOD;
	case 'W':
		return TONE_WAIT;
	case 'O':
		return TONE_OPEN;
	case '-':
		return TONE_QUIET;
	default:
		return TONE_BAD;
	}
}

/* The map in as many columns as fit; on a low or narrow screen the step one is in stands alone. */
static int draw_map(const struct walk *walk, const struct frame *frame, int y)
{
	const size_t now = walk->questions.items[walk->at].step;
	const int across = frame->width / MAP_CELL, rows = across ? ((int)step_count + across - 1) / across : 1;
	const bool is_whole = across >= 2 && frame->height >= TALL - CONSOLE_MARGIN;

	for (size_t i = 0; i < step_count; i++) {
		const struct step_standing standing = step_standing(&walk->questions, &walk->subject.verdict, i);
		const int row = is_whole ? (int)i % rows : 0, column = is_whole ? (int)i / rows : 0;
		char count[32] = "";

		if (!is_whole && i != now)
			continue;
		if (standing.unsettled)
			snprintf(count, sizeof count, " %zu", standing.unsettled);
		paint_format(frame->window, y + row, frame->x + column * MAP_CELL, MAP_TITLE, i == now ? A_REVERSE : A_NORMAL, "%c%2zu %s", i == now ? '>' : ' ', i + 1,
			     steps[i].title);
		paint_format(frame->window, y + row, frame->x + column * MAP_CELL + MAP_TITLE, MAP_CELL - MAP_TITLE, paint_attr(tone_of_word(standing.word)), " %s%s",
			     standing.word, count);
	}
	return is_whole ? rows : 1;
}

static enum tone tone_of_state(const struct finding *finding)
{
	if (!finding)
		return TONE_PLAIN;
	return finding_is_settled(finding) ? TONE_GOOD : finding->blocks ? TONE_BAD : finding->is_time_only ? TONE_WAIT : TONE_OPEN;
}

/* What is asked, what the record says, who can settle it, when it settles by itself. */
static int draw_question(const struct walk *walk, const struct frame *frame, int y)
{
	const struct { void (*say)(const struct walk *, struct buf *); attr_t attr; } parts[] = {
		{ walk_say_question, A_BOLD },
		{ walk_say_state, paint_attr(tone_of_state(walk->questions.items[walk->at].finding)) },
		{ walk_say_who, A_NORMAL },
	};
	struct buf text = BUF_EMPTY;

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		const int room = frame->y + frame->height - y;

		buf_clear(&text);
		parts[i].say(walk, &text);
		y += paint_wrapped(frame->window, y, frame->x, frame->width, room > 0 ? room : 0, 0, parts[i].attr, buf_text(&text));
	}
	buf_release(&text);
	return y;
}

static void draw_title(const struct walk *walk, const struct frame *frame)
{
	const struct verdict *verdict = &walk->subject.verdict;
	char note[96], title[160];

	snprintf(title, sizeof title, "%s  %s -> %s", walk->release, words_word(words_channel, (int)verdict->from),
		 words_word(words_channel, (int)verdict->to));
	snprintf(note, sizeof note, "question %zu of %zu", walk->at + 1, walk->questions.count);
	paint_rule(frame->window, frame->y, frame->x, frame->width, title, note);
}

/* What is cut says so, and with which key it is read whole. */
static void draw_cut(const struct screen *screen, const struct frame *frame, int y)
{
	const char *key = action_key(action_named("whole"), screen);
	char mark[32];
	int size;

	snprintf(mark, sizeof mark, "(more: %s)", key ? key : "");
	size = paint_width(mark);
	paint_text(frame->window, y, frame->x + frame->width - size - 1, size + 1, A_NORMAL, "");
	paint_text(frame->window, y, frame->x + frame->width - size, size, A_NORMAL, mark);
}

void walk_draw(const struct screen *screen, struct frame *frame)
{
	struct walk *walk = screen->state;
	const bool is_tall = frame->height >= TALL - CONSOLE_MARGIN;
	const int bottom = frame->y + frame->height;
	struct frame inner = *frame;
	int y = frame->y + 1;

	if (!walk->questions.count)
		return;
	draw_title(walk, frame);
	y += draw_map(walk, frame, y) + is_tall;
	frame->cursor_y = inner.cursor_y = y;
	frame->cursor_x = frame->x;
	y = draw_question(walk, frame, y);
	/* However long the reason is, the fields stay on the screen. */
	inner.y = !walk->entry.action ? bottom : y + is_tall < bottom - ENTRY_LEAST ? y + is_tall : bottom - ENTRY_LEAST;
	inner.height = bottom - inner.y;
	if (inner.height)
		paint_clear(inner.window, inner.y, inner.x, inner.height, inner.width);
	if (y > inner.y)
		draw_cut(screen, frame, inner.y - 1);
	if (!walk->entry.action)
		return;
	entry_draw(&walk->entry, &inner);
	frame->cursor_y = inner.cursor_y;
	frame->cursor_x = inner.cursor_x;
}
