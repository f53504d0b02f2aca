#include <config.h>

#include <stdio.h>

#include "walk_state.h"

enum { TALL = 20, MAP_CELL = 25, MAP_TITLE = 17 };

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

static int wrapped(const struct frame *frame, int y, attr_t attr, const char *text)
{
	const int room = frame->y + frame->height - y;
	const int rows = paint_wrapped(frame->window, y, frame->x, frame->width, room > 0 ? room : 0, 0, attr, text);

	return y + rows;
}

/* What is asked, what the record says, who can settle it, when it settles by itself. */
static int draw_finding(const struct walk *walk, const struct frame *frame, int y, const struct finding *finding)
{
	const char *question = rule_question(&walk->subject.record.dossier, finding->id);
	char text[STATUS_MAX * 2], who[256], when[WHEN_TEXT_MAX];

	snprintf(text, sizeof text, "%s  %s  (section %s)", finding->id, question ? question : finding->rule->text, finding->rule->section);
	y = wrapped(frame, y, A_BOLD, text);
	snprintf(text, sizeof text, "%s: %.1900s", words_title(words_finding, (int)finding->state), finding->reason);
	y = wrapped(frame, y, paint_attr(finding_is_settled(finding) ? TONE_GOOD : finding->blocks ? TONE_BAD : finding->is_time_only ? TONE_WAIT : TONE_OPEN),
		    text);
	if (finding->opens != WHEN_NONE && !finding_is_settled(finding)) {
		snprintf(text, sizeof text, "It opens by itself %s; there is nothing to do until then.", when_format(finding->opens, when));
		return wrapped(frame, y, A_NORMAL, text);
	}
	if (finding_is_settled(finding) || (!finding->roles && !finding->people.count))
		return y;
	snprintf(text, sizeof text, "Who can settle it: %s%s.", finding_who(finding, who, sizeof who), walk_waits_for_me(walk, walk->at) ? "; you can" : "");
	y = wrapped(frame, y, A_NORMAL, text);
	if (!walk->entry.action && finding->next) {
		snprintf(text, sizeof text, "What to do: %s", finding->next);
		y = wrapped(frame, y, A_NORMAL, text);
	}
	return y;
}

static int draw_promotion(const struct walk *walk, const struct frame *frame, int y)
{
	const struct verdict *verdict = &walk->subject.verdict;
	char text[256], when[WHEN_TEXT_MAX];

	snprintf(text, sizeof text, "Promote %s to %s", walk->release, words_word(words_channel, (int)verdict->to));
	y = wrapped(frame, y, A_BOLD, text);
	snprintf(text, sizeof text, "The gate says %s: %zu of %zu rules are met.", words_title(words_verdict, (int)verdict->verdict),
		 verdict->findings.count - verdict->unmet, verdict->findings.count);
	y = wrapped(frame, y, A_NORMAL, text);
	if (verdict->verdict != VERDICT_GO && verdict->earliest != WHEN_NONE) {
		snprintf(text, sizeof text, "As far as time goes it opens %s.", when_format(verdict->earliest, when));
		y = wrapped(frame, y, A_NORMAL, text);
	}
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

void walk_draw(const struct screen *screen, struct frame *frame)
{
	struct walk *walk = screen->state;
	const struct finding *finding;
	const bool is_tall = frame->height >= TALL - CONSOLE_MARGIN;
	struct frame inner = *frame;
	int y = frame->y + 1;

	if (!walk->questions.count)
		return;
	draw_title(walk, frame);
	y += draw_map(walk, frame, y) + is_tall;
	finding = walk->questions.items[walk->at].finding;
	frame->cursor_y = inner.cursor_y = y;
	frame->cursor_x = frame->x;
	y = (finding ? draw_finding(walk, frame, y, finding) : draw_promotion(walk, frame, y)) + is_tall;
	if (!walk->entry.action)
		return;
	/* However long the reason is, the fields stay on the screen. */
	inner.y = y < frame->y + frame->height - 3 ? y : frame->y + frame->height - 3;
	inner.height = frame->y + frame->height - inner.y;
	paint_clear(inner.window, inner.y, inner.x, inner.height, inner.width);
	entry_draw(&walk->entry, &inner);
	frame->cursor_y = inner.cursor_y;
	frame->cursor_x = inner.cursor_x;
}
