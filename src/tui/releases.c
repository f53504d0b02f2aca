#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/app/uses.h>
#include <gonogo/tui/releases.h>
#include <gonogo/tui/report.h>
#include <gonogo/tui/subject.h>

enum { ID_BYTES = 72, WIDE = 76, MIDDLE = 56, TALL = 18, LIST_MOST = 200 };

/* Rows after `before` in order of id; `at` is the selected one.  Everything shown lives in `rows_arena`, the report of the selected one in its own. */
struct releases {
	char before[ID_BYTES], selected[ID_BYTES];
	struct arena rows_arena;
	struct release_list rows;
	bool has_more;
	size_t at, judged;
	struct arena report_arena;
	struct report report;
	char reported[ID_BYTES];
	bool has_begun, has_report, has_clock;
};

static int list_height(int rows)
{
	const int body = rows - CONSOLE_MARGIN - 2;

	if (rows < TALL)
		return body - 3 > 1 ? body - 3 : 1;
	return body * 2 / 5;
}

static enum err_kind fetch(struct screen *screen, const char *key, bool backward, size_t limit, struct arena *arena, struct release_list *out,
			   bool *has_more, struct err *err)
{
	const struct page page = { .key = key && *key ? key : NULL, .backward = backward, .limit = limit };

	return use_release_page(screen->console->session, NULL, 0, &page, arena, out, has_more, err);
}

static size_t height_of(const struct screen *screen)
{
	const int height = list_height(screen->console->rows);

	return (size_t)(height < 1 ? 1 : height > LIST_MOST ? LIST_MOST : height);
}

static void select_row(struct releases *list, size_t at)
{
	list->at = at < list->rows.count ? at : list->rows.count ? list->rows.count - 1 : 0;
	snprintf(list->selected, sizeof list->selected, "%s", list->rows.count ? list->rows.items[list->at].id : "");
}

/* The selection is an id: wherever its row has gone, it stays selected; gone altogether, the row in its place is. */
static void keep_selection(struct releases *list)
{
	for (size_t i = 0; i < list->rows.count; i++)
		if (strcmp(list->rows.items[i].id, list->selected) == 0) {
			select_row(list, i);
			return;
		}
	select_row(list, list->at);
}

static enum err_kind read_window(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	struct release_list rows;
	struct arena arena;
	bool has_more = false;
	enum err_kind failed;

	arena_init(&arena, 0);
	failed = fetch(screen, list->before, false, height_of(screen), &arena, &rows, &has_more, err);
	if (failed) {
		arena_release(&arena);
		return failed;
	}
	arena_release(&list->rows_arena);
	list->rows_arena = arena;
	list->rows = rows;
	list->has_more = has_more;
	list->judged = 0;
	return ERR_NONE;
}

/* At first the cursor stands on what waits for somebody like the person at the keyboard, as the cache has it. */
static enum err_kind begin_with_mine(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	const role_set roles = screen->console->my_roles;
	const struct page page = { .limit = 1 };
	struct release_list rows = { 0 };
	struct arena arena;
	bool has_more;
	enum err_kind failed = ERR_NONE;

	arena_init(&arena, 0);
	if (roles)
		failed = use_release_page(screen->console->session, NULL, roles, &page, &arena, &rows, &has_more, err);
	if (!failed && rows.count)
		snprintf(list->selected, sizeof list->selected, "%s", rows.items[0].id);
	arena_release(&arena);
	list->has_begun = true;
	return failed;
}

static enum err_kind load(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	enum err_kind failed = list->has_begun ? ERR_NONE : begin_with_mine(screen, err);

	if (!failed)
		failed = read_window(screen, err);

	if (!failed) {
		keep_selection(list);
		list->has_report = false;
	}
	return failed;
}

/* --- moving: a window of rows, read anew by key whenever it moves --- */

static enum err_kind window_after(struct screen *screen, const char *before, struct err *err)
{
	struct releases *list = screen->state;

	snprintf(list->before, sizeof list->before, "%s", before ? before : "");
	return read_window(screen, err);
}

/* Moves the window back by `by` rows from the row that is first now, or to the end of the list when there is none. */
static enum err_kind window_back(struct screen *screen, bool from_end, size_t by, struct err *err)
{
	struct releases *list = screen->state;
	struct release_list rows;
	struct arena arena;
	bool has_more = false;
	char before[ID_BYTES] = "";
	enum err_kind failed;

	arena_init(&arena, 0);
	failed = fetch(screen, from_end || !list->rows.count ? NULL : list->rows.items[0].id, true, by + 1, &arena, &rows, &has_more, err);
	if (!failed && rows.count == by + 1)
		snprintf(before, sizeof before, "%s", rows.items[0].id);
	arena_release(&arena);
	return failed ? failed : window_after(screen, before, err);
}

enum err_kind releases_go_down(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	enum err_kind failed = ERR_NONE;

	if (list->at + 1 < list->rows.count) {
		select_row(list, list->at + 1);
	} else if (list->has_more && list->rows.count) {
		char before[ID_BYTES];

		snprintf(before, sizeof before, "%s", list->rows.items[0].id);
		failed = window_after(screen, before, err);
		if (!failed)
			select_row(list, list->rows.count - 1);
	}
	return failed;
}

enum err_kind releases_go_up(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	enum err_kind failed = ERR_NONE;

	if (list->at > 0) {
		select_row(list, list->at - 1);
	} else if (*list->before) {
		failed = window_back(screen, false, 1, err);
		if (!failed)
			select_row(list, 0);
	}
	return failed;
}

enum err_kind releases_go_page_down(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	char before[ID_BYTES];
	enum err_kind failed;

	if (!list->has_more || !list->rows.count) {
		select_row(list, list->rows.count);
		return ERR_NONE;
	}
	snprintf(before, sizeof before, "%s", list->rows.items[list->rows.count - 1].id);
	failed = window_after(screen, before, err);
	if (!failed)
		select_row(list, 0);
	return failed;
}

enum err_kind releases_go_page_up(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	enum err_kind failed = *list->before ? window_back(screen, false, height_of(screen), err) : ERR_NONE;

	if (!failed)
		select_row(list, 0);
	return failed;
}

enum err_kind releases_go_first(struct screen *screen, struct err *err)
{
	enum err_kind failed = window_after(screen, NULL, err);

	if (!failed)
		select_row(screen->state, 0);
	return failed;
}

enum err_kind releases_go_last(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	enum err_kind failed = window_back(screen, true, height_of(screen), err);

	if (!failed)
		select_row(list, list->rows.count);
	return failed;
}

/* --- the gate, asked while no key waits --- */

static enum err_kind report_selected(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	struct subject subject;
	enum err_kind failed = subject_load_release(&subject, screen->console->session, list->selected, err);

	snprintf(list->reported, sizeof list->reported, "%s", list->selected);
	list->has_report = true;
	arena_release(&list->report_arena);
	list->report = (struct report){ 0 };
	if (!failed)
		failed = report_of(&subject.record, &subject.verdict, &subject.line, &list->report_arena, &list->report, err);
	subject_release(&subject);
	return failed;
}

static enum err_kind judge_row(struct screen *screen, struct err *err)
{
	struct releases *list = screen->state;
	struct release_line *row = &list->rows.items[list->judged++];
	struct release_line line;
	enum err_kind failed = use_release_judged(screen->console->session, row->id, &list->rows_arena, &line, err);

	if (failed)
		return failed;
	*row = line;
	list->has_clock |= line.verdict != VERDICT_GO && line.soak_required_s > 0;
	return ERR_NONE;
}

static bool idle(struct screen *screen)
{
	struct releases *list = screen->state;
	struct err err;
	enum err_kind failed = ERR_NONE;

	if (list->rows.count && (!list->has_report || strcmp(list->reported, list->selected) != 0))
		failed = report_selected(screen, &err);
	else if (list->judged < list->rows.count)
		failed = judge_row(screen, &err);
	else
		return false;
	if (failed)
		console_say(screen->console, TONE_BAD, "%s", err.text);
	return true;
}

/* --- drawing --- */

static enum tone tone_of(const struct release_line *line)
{
	if (line->is_halted || line->is_killed || line->is_rolling_back)
		return TONE_BAD;
	if (line->channel == CHANNEL_STABLE || words_state_is_final(line->state) || line->state == STATE_SUPERSEDED)
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

static void verdict_text(const struct release_line *line, char *out, size_t size)
{
	if (line->is_rolling_back)
		snprintf(out, size, "ROLLING BACK");
	else if (line->is_halted)
		snprintf(out, size, "HALTED");
	else if (line->is_killed)
		snprintf(out, size, "KILLED");
	else if (line->channel == CHANNEL_STABLE || words_state_is_final(line->state) || line->state == STATE_SUPERSEDED)
		snprintf(out, size, "-");
	else if (line->verdict == VERDICT_OPEN || line->verdict == VERDICT_BLOCKED)
		snprintf(out, size, "%s %zu", words_title(words_verdict, (int)line->verdict), line->unmet);
	else
		snprintf(out, size, "%s", words_title(words_verdict, (int)line->verdict));
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
	char verdict[40];
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
	verdict_text(line, verdict, sizeof verdict);
	paint_text(w, y, x, c->verdict - 1, paint_attr(tone_of(line)), verdict);
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

static void draw(const struct screen *screen, struct frame *frame)
{
	const struct releases *list = screen->state;
	const int height = list_height(frame->height + CONSOLE_MARGIN);
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

static const char *release(const struct screen *screen)
{
	const struct releases *list = screen->state;

	return *list->selected ? list->selected : NULL;
}

static bool has_clock(const struct screen *screen)
{
	return ((const struct releases *)screen->state)->has_clock;
}

static void free_releases(void *state)
{
	struct releases *list = state;

	arena_release(&list->rows_arena);
	arena_release(&list->report_arena);
	free(list);
}

static const struct screen_kind kind = { .title = "Releases", .pane = PANE_RELEASES, .load = load, .draw = draw, .idle = idle, .release = release,
					 .has_clock = has_clock, .free = free_releases };

enum err_kind releases_open(struct console *console, struct err *err)
{
	return console_push(console, &kind, calloc(1, sizeof(struct releases)), err);
}
