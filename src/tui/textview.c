#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/app/uses.h>
#include <gonogo/tui/subject.h>
#include <gonogo/tui/textview.h>

enum { TITLE_MAX = 96 };
struct textview { char title[TITLE_MAX], release[72]; struct buf text; int skip; textview_tell tell; };

/* A text that is told anew whenever something was recorded. */
static enum err_kind load(struct screen *screen, struct err *err)
{
	struct textview *view = screen->state;
	struct buf text = BUF_EMPTY;
	enum err_kind failed = view->tell ? view->tell(screen->console->session, &text, err) : ERR_NONE;

	if (!failed && view->tell)
		failed = buf_check(&text, err);
	if (failed || !view->tell) {
		buf_release(&text);
		return failed;
	}
	buf_release(&view->text);
	view->text = text;
	return ERR_NONE;
}

static bool has_clock(const struct screen *screen)
{
	return ((const struct textview *)screen->state)->tell != NULL;
}

static int *scroll_of(const struct screen *screen, int *rows)
{
	struct textview *view = screen->state;

	*rows = paint_wrapped(NULL, 0, 0, screen->console->columns, 0, 0, A_NORMAL, buf_text(&view->text));
	return &view->skip;
}

static void draw(const struct screen *screen, struct frame *frame)
{
	const struct textview *view = screen->state;
	const int rows = paint_wrapped(NULL, 0, 0, frame->width, 0, 0, A_NORMAL, buf_text(&view->text));
	const int last = view->skip + frame->height - 1 < rows ? view->skip + frame->height - 1 : rows;
	char note[48];

	snprintf(note, sizeof note, "lines %d-%d of %d", rows ? view->skip + 1 : 0, last, rows);
	paint_rule(frame->window, frame->y, frame->x, frame->width, view->title, note);
	paint_wrapped(frame->window, frame->y + 1, frame->x, frame->width, frame->height - 1, view->skip, A_NORMAL, buf_text(&view->text));
	frame->cursor_y = frame->y + 1;
	frame->cursor_x = frame->x;
}

static const char *release(const struct screen *screen)
{
	const struct textview *view = screen->state;

	return *view->release ? view->release : NULL;
}

static enum err_kind copy(const struct screen *screen, struct buf *out, struct err *err)
{
	(void)err;
	buf_str(out, buf_text(&((const struct textview *)screen->state)->text));
	return ERR_NONE;
}

static void free_view(void *state)
{
	struct textview *view = state;

	buf_release(&view->text);
	free(view);
}

static const struct screen_kind text_kind = { .title = "Text", .pane = PANE_TEXT, .load = load, .draw = draw, .has_clock = has_clock, .release = release, .scroll = scroll_of,
					      .copy = copy, .free = free_view };
static enum err_kind open_view(struct console *console, const char *title, const char *about, struct buf *text, struct err *err)
{
	struct textview *view = calloc(1, sizeof *view);
	enum err_kind failed = buf_check(text, err);

	if (!view || failed) {
		buf_release(text);
		free(view);
		return failed ? failed : err_memory(err);
	}
	snprintf(view->title, sizeof view->title, "%s", title);
	snprintf(view->release, sizeof view->release, "%s", about ? about : "");
	view->text = *text;
	*text = BUF_EMPTY;
	return console_push(console, &text_kind, view, err);
}

enum err_kind textview_open(struct console *console, const char *title, struct buf *text, struct err *err)
{
	return open_view(console, title, NULL, text, err);
}

enum err_kind textview_open_told(struct console *console, const char *title, textview_tell tell, struct err *err)
{
	struct textview *view = calloc(1, sizeof *view);

	if (view) {
		snprintf(view->title, sizeof view->title, "%s", title);
		view->tell = tell;
	}
	return console_push(console, &text_kind, view, err);
}

static enum err_kind tell_calendar(struct session *session, struct buf *out, struct err *err)
{
	struct calendar calendar;
	struct arena arena;
	enum err_kind failed;

	arena_init(&arena, 0);
	failed = use_calendar(session, &arena, &calendar, err);
	if (!failed)
		calendar_tell(&calendar, out);
	arena_release(&arena);
	return failed;
}

enum err_kind textview_go_calendar(struct screen *screen, struct err *err)
{
	return textview_open_told(screen->console, "Calendar: what opens when, and who signs", tell_calendar, err);
}

static const char *subject_of(struct screen *screen)
{
	return screen->kind->release ? screen->kind->release(screen) : NULL;
}

enum err_kind textview_go_documents(struct screen *screen, struct err *err)
{
	const char *id = subject_of(screen);
	struct buf text = BUF_EMPTY;
	char title[TITLE_MAX];

	if (!id)
		return err_set(err, ERR_REFUSED, "No release is selected.");
	subject_documents(screen->console->session, id, &text);
	snprintf(title, sizeof title, "Documents of %s", id);
	return open_view(screen->console, title, id, &text, err);
}

static enum err_kind move_by(struct screen *screen, int by)
{
	int rows = 0, *skip = screen->kind->scroll ? screen->kind->scroll(screen, &rows) : NULL;
	const int height = screen->console->rows - CONSOLE_MARGIN - 1, most = rows > height ? rows - height : 0;

	if (!skip)
		return ERR_NONE;
	*skip = by < -*skip ? 0 : *skip + by;
	if (*skip > most)
		*skip = most;
	return ERR_NONE;
}

static int page(const struct screen *screen)
{
	return screen->console->rows - CONSOLE_MARGIN - 2;
}

enum { FAR = 1 << 20 };

enum err_kind textview_go_down(struct screen *screen, struct err *err) { (void)err; return move_by(screen, 1); }
enum err_kind textview_go_up(struct screen *screen, struct err *err) { (void)err; return move_by(screen, -1); }
enum err_kind textview_go_page_down(struct screen *screen, struct err *err) { (void)err; return move_by(screen, page(screen)); }
enum err_kind textview_go_page_up(struct screen *screen, struct err *err) { (void)err; return move_by(screen, -page(screen)); }
enum err_kind textview_go_first(struct screen *screen, struct err *err) { (void)err; return move_by(screen, -FAR); }
enum err_kind textview_go_last(struct screen *screen, struct err *err) { (void)err; return move_by(screen, FAR); }
