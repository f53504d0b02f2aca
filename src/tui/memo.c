#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/app/uses.h>
#include <gonogo/tui/memo.h>
#include <gonogo/tui/subject.h>
#include <gonogo/tui/window.h>

enum { ID_MAX = 96, WIDE = 78, MARGIN_LEAST = 24, MARGIN_MOST = 34 };

struct memo_view {
	char release[ID_MAX], id[ID_MAX];   /* id "": the newest */
	struct arena arena;
	struct memo_reading reading;
	int64_t read_seq, read_version;     /* as it was when this memo came onto the screen: reading it changes what is shown only next time */
	int skip;
	bool is_loaded, shows_differences;
	struct action_bars bars;
};

/* --- drawing: a row of the memo, and beside it, or below it where it is narrow, what the records say --- */

static int margin_of(int width)
{
	const int margin = width / 3;

	return width < WIDE ? 0 : margin < MARGIN_LEAST ? MARGIN_LEAST : margin > MARGIN_MOST ? MARGIN_MOST : margin;
}

static enum tone tone_of(const char *note)
{
	if (strncmp(note, "PASS", 4) == 0)
		return TONE_GOOD;
	return strncmp(note, "OPEN", 4) == 0 || strncmp(note, "now ", 4) == 0 ? TONE_OPEN : TONE_QUIET;
}

/* Draws a text from row *row on, of which those above 0 are scrolled away. */
static int put(const struct frame *frame, int row, int x, int width, enum tone tone, const char *text)
{
	const int above = row < 0 ? -row : 0, room = frame->height - row - above;

	return paint_wrapped(frame->window, frame->y + row + above, x, width, room > 0 ? room : 0, above, paint_attr(tone), text);
}

static int put_line(const struct frame *frame, int row, const struct memo_note *line)
{
	const int margin = margin_of(frame->width), left = margin ? frame->width - margin - 3 : frame->width;
	int rows = *line->line ? put(frame, row, frame->x, left, TONE_PLAIN, line->line) : 1, beside = 0;

	if (margin) {
		beside = *line->note ? put(frame, row, frame->x + left + 3, margin, tone_of(line->note), line->note) : 0;
		rows = beside > rows ? beside : rows;
		for (int i = 0; i < rows; i++)
			if (row + i >= 0 && row + i < frame->height)
				paint_text(frame->window, frame->y + row + i, frame->x + left + 1, 1, paint_attr(TONE_QUIET), "|");
	} else if (*line->note) {
		/* The bar tells it from the memo's own bytes. */
		if (row + rows >= 0 && row + rows < frame->height)
			paint_text(frame->window, frame->y + row + rows, frame->x + 4, 1, paint_attr(TONE_QUIET), "|");
		rows += put(frame, row + rows, frame->x + 6, frame->width - 6, tone_of(line->note), line->note);
	}
	return rows;
}

static void say_differences(const struct memo_view *view, struct buf *out)
{
	const struct memo_reading *r = &view->reading;

	if (!view->read_seq)
		buf_str(out, "You have not read it yet, nor an earlier version: everything is new.\n");
	else if (view->read_seq == r->seq)
		buf_str(out, "You have read this version; nothing of it has changed since.\n");
	else if (!r->differences)
		buf_str(out, "The version that you read last is not on record any more.\n");
	else
		buf_printf(out, "Since v%lld, which you read last: [-gone-], {+new+}.\n\n%s", (long long)view->read_version, r->differences);
}

static int draw_rows(const struct memo_view *view, const struct frame *frame, int skip)
{
	const struct memo_reading *r = &view->reading;
	int row = -skip;

	if (view->shows_differences) {
		struct buf text = BUF_EMPTY;

		say_differences(view, &text);
		row += put(frame, row, frame->x, frame->width, TONE_PLAIN, buf_text(&text));
		buf_release(&text);
		return row + skip;
	}
	if (r->changed.count) {
		row += put(frame, row, frame->x, frame->width, TONE_BAD,
			   r->state == MEMO_STALE ? "STALE: it counts no more, since after it was drafted"
						  : "STALE: it can no longer be signed, since after it was drafted (a Dev Lead or System Owner drafts it anew: d)");
		for (size_t i = 0; i < r->changed.count; i++)
			row += put(frame, row, frame->x + 2, frame->width - 2, TONE_BAD, r->changed.items[i]);
	}
	for (size_t i = 0; i < r->count; i++)
		row += put_line(frame, row, &r->lines[i]);
	return row + skip;
}

static int body_height(const struct console *console)
{
	return console->rows - CONSOLE_MARGIN - 1;
}

static int *scroll_of(const struct screen *screen, int *rows)
{
	struct memo_view *view = screen->state;
	const struct frame frame = { .width = screen->console->columns };

	*rows = draw_rows(view, &frame, 0);
	return &view->skip;
}

/* Another size, or another state of the memo, has other rows. */
static void stay_inside(struct screen *screen)
{
	struct memo_view *view = screen->state;
	int rows;

	(void)scroll_of(screen, &rows);
	if (view->skip > rows - body_height(screen->console))
		view->skip = rows > body_height(screen->console) ? rows - body_height(screen->console) : 0;
}

static const char *memo(const struct screen *screen)
{
	return ((const struct memo_view *)screen->state)->id;
}

/* What is refused now of all that the key bar could offer, and whose the memo after this one is. */
static enum err_kind look_around(struct screen *screen, bool *is_newer_mine, struct err *err)
{
	struct memo_view *view = screen->state;
	const struct memo_entry *newer = NULL;
	struct subject subject;
	enum err_kind failed = subject_load(&subject, screen, err);

	if (!failed)
		action_bars_of(&subject.in, &view->bars);
	if (!failed && view->reading.newer)
		newer = dossier_memo(&subject.record.dossier, view->reading.newer);
	*is_newer_mine = newer && newer->drafted.actor && strcmp(newer->drafted.actor, screen->console->me) == 0;
	subject_release(&subject);
	return failed;
}

static enum err_kind show(struct screen *screen, const char *id, struct err *err);

static enum err_kind load(struct screen *screen, struct err *err)
{
	struct memo_view *view = screen->state;
	const bool was_newest = view->is_loaded && !view->reading.newer && strcmp(view->reading.id, view->id) == 0;
	struct memo_reading reading;
	struct arena arena;
	bool is_newer_mine;
	enum err_kind failed;

	arena_init(&arena, 0);
	failed = use_memo_read(screen->console->session, view->release, *view->id ? view->id : NULL, view->is_loaded ? &view->read_seq : NULL, &arena, &reading, err);
	if (failed) {
		arena_release(&arena);
		return failed;
	}
	arena_release(&view->arena);
	view->arena = arena;
	view->reading = reading;
	snprintf(view->id, sizeof view->id, "%s", reading.id);
	view->is_loaded = true;
	stay_inside(screen);
	failed = look_around(screen, &is_newer_mine, err);
	/* What one drafts while reading is read next; what others draft waits until it is asked for. */
	return !failed && was_newest && is_newer_mine ? show(screen, reading.newer, err) : failed;
}

static void draw(const struct screen *screen, struct frame *frame)
{
	const struct memo_view *view = screen->state;
	const struct memo_reading *r = &view->reading;
	const struct frame body = { .window = frame->window, .y = frame->y + 1, .x = frame->x, .height = frame->height - 1, .width = frame->width };
	char note[160];
	const int rows = draw_rows(view, &body, view->skip), last = view->skip + body.height < rows ? view->skip + body.height : rows;

	if (view->shows_differences)
		snprintf(note, sizeof note, "differences, lines %d-%d of %d  D memo", rows ? view->skip + 1 : 0, last, rows);
	else
		snprintf(note, sizeof note, "lines %d-%d of %d  %s%s  %s", rows ? view->skip + 1 : 0, last, rows, words_word(words_memo_state, (int)r->state),
			 r->newer ? "  ] newer" : "", view->read_seq >= r->seq ? "read" : view->read_seq ? "D: changes since you read" : "new to you");
	paint_rule(frame->window, frame->y, frame->x, frame->width, view->id, note);
	frame->cursor_y = frame->y + 1;
	frame->cursor_x = frame->x;
}

/* Once its last line was on the screen it is read to the end. */
static bool idle(struct screen *screen)
{
	struct memo_view *view = screen->state;
	struct memo_reading *r = &view->reading;
	struct err err;
	int rows;

	if (!view->is_loaded || view->shows_differences || r->read_seq >= r->seq)
		return false;
	(void)scroll_of(screen, &rows);
	if (view->skip + body_height(screen->console) < rows)
		return false;
	r->read_seq = r->seq;
	if (use_memo_was_read(screen->console->session, view->release, view->id, &err) != ERR_NONE)
		console_say(screen->console, TONE_BAD, "%s", err.text);
	return false;
}

static const char *release(const struct screen *screen)
{
	return ((const struct memo_view *)screen->state)->release;
}

static const struct action_bars *bars(const struct screen *screen)
{
	return &((const struct memo_view *)screen->state)->bars;
}

/* As it is exported, whatever stands beside it here; or the differences, where those are looked at. */
static enum err_kind copy(const struct screen *screen, struct buf *out, struct err *err)
{
	const struct memo_view *view = screen->state;

	if (!view->shows_differences)
		return use_memo_text(screen->console->session, view->release, &view->reading.kind, view->reading.version, out, err);
	say_differences(view, out);
	return ERR_NONE;
}

static void free_view(void *state)
{
	struct memo_view *view = state;

	arena_release(&view->arena);
	free(view);
}

static const struct screen_kind kind = { .title = "Memo", .pane = PANE_MEMO, .load = load, .draw = draw, .idle = idle, .release = release,
					 .memo = memo, .scroll = scroll_of, .bars = bars, .copy = copy, .free = free_view };

/* Shows a memo of the release from its first line, and notes how far it was read before. */
static enum err_kind show(struct screen *screen, const char *id, struct err *err)
{
	struct memo_view *view = screen->state;
	enum err_kind failed;

	snprintf(view->id, sizeof view->id, "%s", id ? id : "");
	view->skip = 0;
	view->shows_differences = view->is_loaded = false;
	failed = load(screen, err);
	view->read_seq = view->reading.read_seq;
	view->read_version = view->reading.since_version;
	return failed;
}

enum err_kind memo_go_open(struct screen *screen, struct err *err)
{
	struct console *console = screen->console;
	const char *about = screen->kind->release ? screen->kind->release(screen) : NULL;
	const char *id = screen->kind->memo ? screen->kind->memo(screen) : NULL;
	struct memo_view *view;
	enum err_kind failed;

	if (!about)
		return err_set(err, ERR_REFUSED, "No release is selected.");
	view = calloc(1, sizeof *view);
	if (view)
		snprintf(view->release, sizeof view->release, "%s", about);
	failed = console_push(console, &kind, view, err);
	if (failed)
		return failed;
	failed = show(console_top(console), id, err);
	if (failed)
		console_pop(console);
	return failed;
}

enum err_kind memo_go_older(struct screen *screen, struct err *err)
{
	const struct memo_view *view = screen->state;

	if (!view->reading.older)
		return err_set(err, ERR_REFUSED, "There is no older memo of %s.", view->release);
	return show(screen, view->reading.older, err);
}

enum err_kind memo_go_newer(struct screen *screen, struct err *err)
{
	const struct memo_view *view = screen->state;

	if (!view->reading.newer)
		return err_set(err, ERR_REFUSED, "There is no newer memo of %s.", view->release);
	return show(screen, view->reading.newer, err);
}

enum err_kind memo_go_differences(struct screen *screen, struct err *err)
{
	struct memo_view *view = screen->state;

	(void)err;
	view->shows_differences = !view->shows_differences;
	view->skip = 0;
	return ERR_NONE;
}
