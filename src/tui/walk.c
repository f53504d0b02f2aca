#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/app/standing.h>
#include <gonogo/base/text.h>
#include <gonogo/store/state.h>
#include <gonogo/tui/dialog.h>
#include <gonogo/tui/entry.h>
#include <gonogo/tui/steps.h>
#include <gonogo/tui/subject.h>
#include <gonogo/tui/walk.h>

enum { ID_BYTES = 72, RULE_BYTES = 24, TALL = 20, MAP_CELL = 25 };
#define PROMOTION "promotion"

struct walk {
	char release[ID_BYTES];
	char rule[RULE_BYTES];          /* where one is: a rule id, or PROMOTION */
	struct subject subject;
	struct questions questions;
	size_t at;
	bool is_begun;
	struct entry entry;             /* action NULL: there is nothing to do here */
};

static const char *rule_at(const struct walk *walk, size_t at)
{
	const struct finding *finding = at < walk->questions.count ? walk->questions.items[at].finding : NULL;

	return finding ? finding->id : PROMOTION;
}

/* Where one is outlives the console: the next walk of this release begins here. */
static void keep_place(const struct walk *walk)
{
	const struct session *session = walk->subject.in.session;
	char name[ID_BYTES + 8];

	snprintf(name, sizeof name, "walk:%s", walk->release);
	if (session && session->state && state_view_put(session->state, session->ledger, name, walk->rule, NULL) != ERR_NONE)
		return;
}

static bool find_place(struct session *session, struct walk *walk)
{
	const char *rule = NULL;
	char name[ID_BYTES + 8];
	struct arena arena;

	if (!session->state)
		return false;
	snprintf(name, sizeof name, "walk:%s", walk->release);
	arena_init(&arena, 0);
	if (state_view_get(session->state, session->ledger, name, &arena, &rule, NULL) == ERR_NONE && rule)
		snprintf(walk->rule, sizeof walk->rule, "%s", rule);
	arena_release(&arena);
	return *walk->rule != '\0';
}

static bool waits_for_me(const struct walk *walk, size_t at)
{
	const struct record *record = &walk->subject.record;
	const struct finding *finding = walk->questions.items[at].finding;

	if (!finding)
		return walk->subject.verdict.verdict == VERDICT_GO;
	return standing_waits_for(record, &walk->subject.verdict, finding, record->me);
}

static void open_entry(struct walk *walk)
{
	struct act_in *in = &walk->subject.in;
	const struct question *question = &walk->questions.items[walk->at];
	const struct action *action;

	in->rule = question->finding ? question->finding->id : NULL;
	action = question->finding ? action_for(in, question->finding) : action_named("promote");
	if (action)
		entry_renew(&walk->entry, action, in);
	else
		entry_close(&walk->entry);
}

static void go_to(struct walk *walk, size_t at)
{
	walk->at = at;
	snprintf(walk->rule, sizeof walk->rule, "%s", rule_at(walk, at));
	keep_place(walk);
	open_entry(walk);
}

/* The first question after `from` that waits for this person, round about; else the first that is not settled; else the promotion. */
static size_t next_of_mine(const struct walk *walk, size_t from)
{
	const size_t count = walk->questions.count;

	for (size_t i = 0; i < count; i++)
		if (waits_for_me(walk, (from + i) % count))
			return (from + i) % count;
	for (size_t i = 0; i < count; i++) {
		const struct finding *finding = walk->questions.items[i].finding;

		if (finding && !finding_is_settled(finding))
			return i;
	}
	return count - 1;
}

/* The subject is replaced whole; `go_to` gives the entry, which is all that points into it, the new one. */
static enum err_kind read_subject(struct screen *screen, struct err *err)
{
	struct walk *walk = screen->state;
	enum err_kind failed;

	subject_release(&walk->subject);
	walk->questions.count = 0;
	failed = subject_load_release(&walk->subject, screen->console->session, walk->release, err);
	if (!failed)
		questions_of(&walk->subject.verdict, &walk->questions);
	else
		entry_close(&walk->entry);
	return failed;
}

static size_t place_of(const struct walk *walk)
{
	for (size_t i = 0; i < walk->questions.count; i++)
		if (strcmp(rule_at(walk, i), walk->rule) == 0)
			return i;
	return next_of_mine(walk, 0);
}

static enum err_kind load(struct screen *screen, struct err *err)
{
	struct walk *walk = screen->state;
	enum err_kind failed = read_subject(screen, err);

	if (failed)
		return failed;
	/* Coming back one goes on where one was, as long as something waits there. */
	if (walk->is_begun)
		go_to(walk, place_of(walk));
	else
		go_to(walk, next_of_mine(walk, *walk->rule ? place_of(walk) : 0));
	walk->is_begun = true;
	return ERR_NONE;
}

static bool key(struct screen *screen, struct key pressed)
{
	struct walk *walk = screen->state;
	struct outcome outcome;
	struct err err;

	if (!walk->questions.count)
		return false;
	switch (entry_key(&walk->entry, pressed, &outcome)) {
	case ENTRY_UNUSED:
		return false;
	case ENTRY_KEPT:
		return true;
	case ENTRY_RECORDED:
		break;
	}
	dialog_report(screen->console, &outcome);
	entry_close(&walk->entry);
	if (read_subject(screen, &err) != ERR_NONE)
		console_say(screen->console, TONE_BAD, "%s", err.text);
	else
		go_to(walk, next_of_mine(walk, place_of(walk)));
	return true;
}

/* --- drawing --- */

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
		char count[16] = "";

		if (!is_whole && i != now)
			continue;
		if (standing.unsettled)
			snprintf(count, sizeof count, " %zu", standing.unsettled);
		paint_format(frame->window, y + row, frame->x + column * MAP_CELL, 17, i == now ? A_REVERSE : A_NORMAL, "%c%2zu %s", i == now ? '>' : ' ', i + 1,
			     steps[i].title);
		paint_format(frame->window, y + row, frame->x + column * MAP_CELL + 17, MAP_CELL - 17, paint_attr(tone_of_word(standing.word)), " %s%s",
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
	snprintf(text, sizeof text, "Who can settle it: %s%s.", finding_who(finding, who, sizeof who), waits_for_me(walk, walk->at) ? "; you can" : "");
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
	snprintf(text, sizeof text, "The gate says %s; %zu of %zu rules are met.", words_title(words_verdict, (int)verdict->verdict),
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
	snprintf(note, sizeof note, "%zu of %zu", walk->at + 1, walk->questions.count);
	paint_rule(frame->window, frame->y, frame->x, frame->width, title, note);
}

static void draw(const struct screen *screen, struct frame *frame)
{
	const struct walk *walk = screen->state;
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

static const char *release(const struct screen *screen)
{
	return ((const struct walk *)screen->state)->release;
}

static bool has_clock(const struct screen *screen)
{
	const struct walk *walk = screen->state;

	return walk->questions.count && walk->subject.verdict.verdict == VERDICT_WAIT;
}

static bool is_typing(const struct screen *screen)
{
	const struct walk *walk = screen->state;

	return walk->entry.action && form_is_typing(&walk->entry.form);
}

static void free_walk(void *state)
{
	struct walk *walk = state;

	entry_close(&walk->entry);
	subject_release(&walk->subject);
	free(walk);
}

static const struct screen_kind kind = { .title = "Gate walk", .pane = PANE_WALK, .load = load, .draw = draw, .key = key, .release = release, .is_typing = is_typing,
					 .has_clock = has_clock, .free = free_walk };

static enum err_kind refuse_walk(const struct subject *subject, struct err *err)
{
	const struct dossier *d = &subject->record.dossier;

	if (words_state_is_final(d->state) || d->state == STATE_STABLE || d->state == STATE_SUPERSEDED)
		return err_set(err, ERR_REFUSED, "%s is %s: there is no further gate (CHN-1).", d->release, words_title(words_state, (int)d->state));
	return ERR_NONE;
}

enum err_kind walk_go_open(struct screen *screen, struct err *err)
{
	const char *id = screen->kind->release ? screen->kind->release(screen) : NULL;
	struct subject subject;
	struct walk *walk;
	enum err_kind failed;

	if (!id)
		return err_set(err, ERR_REFUSED, "No release is selected.");
	failed = subject_load(&subject, screen, err);
	if (!failed)
		failed = refuse_walk(&subject, err);
	subject_release(&subject);
	if (failed)
		return failed;
	walk = calloc(1, sizeof *walk);
	if (!walk)
		return err_memory(err);
	snprintf(walk->release, sizeof walk->release, "%s", id);
	find_place(screen->console->session, walk);
	return console_push(screen->console, &kind, walk, err);
}

static enum err_kind step_to(struct screen *screen, size_t at)
{
	struct walk *walk = screen->state;

	if (walk->questions.count)
		go_to(walk, at % walk->questions.count);
	return ERR_NONE;
}

enum err_kind walk_go_previous(struct screen *screen, struct err *err)
{
	const struct walk *walk = screen->state;

	(void)err;
	return step_to(screen, walk->at ? walk->at - 1 : walk->questions.count ? walk->questions.count - 1 : 0);
}

enum err_kind walk_go_next(struct screen *screen, struct err *err)
{
	const struct walk *walk = screen->state;

	(void)err;
	return step_to(screen, walk->at + 1);
}

enum err_kind walk_go_mine(struct screen *screen, struct err *err)
{
	const struct walk *walk = screen->state;

	(void)err;
	return walk->questions.count ? step_to(screen, next_of_mine(walk, walk->at + 1)) : ERR_NONE;
}
