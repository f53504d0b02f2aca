#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/app/demo.h>
#include <gonogo/tui/release.h>
#include <gonogo/tui/report.h>
#include <gonogo/tui/subject.h>

struct release_view { char id[72]; struct arena arena; struct report report; int skip; bool has_clock; struct action_bars bars; };

static enum err_kind load(struct screen *screen, struct err *err)
{
	struct release_view *view = screen->state;
	struct subject subject;
	struct report report;
	struct arena arena;
	enum err_kind failed = subject_load_release(&subject, screen->console->session, view->id, err);

	arena_init(&arena, 0);
	if (!failed)
		failed = report_of(&subject.in, &subject.line, &arena, &report, err);
	if (!failed) {
		action_bars_of(&subject.in, &view->bars);
		view->has_clock = subject.verdict.earliest != WHEN_NONE && subject.verdict.verdict != VERDICT_GO;
		arena_release(&view->arena);
		view->arena = arena;
		view->report = report;
	} else {
		arena_release(&arena);
	}
	subject_release(&subject);
	return failed;
}

static int *scroll_of(const struct screen *screen, int *rows)
{
	struct release_view *view = screen->state;
	const struct frame frame = { .width = screen->console->columns };

	*rows = report_draw(&view->report, &frame, 0);
	return &view->skip;
}

static void draw(const struct screen *screen, struct frame *frame)
{
	const struct release_view *view = screen->state;
	const struct frame body = { .window = frame->window, .y = frame->y + 1, .x = frame->x, .height = frame->height - 1, .width = frame->width };
	char note[48];
	int rows, last;

	rows = report_draw(&view->report, &body, view->skip);
	last = view->skip + body.height < rows ? view->skip + body.height : rows;
	snprintf(note, sizeof note, "lines %d-%d of %d", view->skip + 1, last, rows);
	paint_rule(frame->window, frame->y, frame->x, frame->width, view->id, note);
	frame->cursor_y = frame->y + 1;
	frame->cursor_x = frame->x;
}

static const char *release(const struct screen *screen)
{
	return ((const struct release_view *)screen->state)->id;
}

static bool has_clock(const struct screen *screen)
{
	return ((const struct release_view *)screen->state)->has_clock;
}

static const struct action_bars *bars(const struct screen *screen)
{
	return &((const struct release_view *)screen->state)->bars;
}

static enum err_kind copy(const struct screen *screen, struct buf *out, struct err *err)
{
	(void)err;
	report_tell(&((const struct release_view *)screen->state)->report, out);
	return ERR_NONE;
}

static void free_view(void *state)
{
	struct release_view *view = state;

	arena_release(&view->arena);
	free(view);
}

static const struct screen_kind kind = { .title = "Release", .pane = PANE_RELEASE, .load = load, .draw = draw, .release = release,
					 .has_clock = has_clock, .scroll = scroll_of, .bars = bars, .copy = copy, .free = free_view };

enum err_kind release_go_open(struct screen *screen, struct err *err)
{
	const char *id = screen->kind->release ? screen->kind->release(screen) : NULL;
	struct release_view *view;

	if (!id)
		return err_set(err, ERR_REFUSED, "No release is selected.");
	view = calloc(1, sizeof *view);
	if (view)
		snprintf(view->id, sizeof view->id, "%s", id);
	return console_push(screen->console, &kind, view, err);
}

enum err_kind release_go_person(struct screen *screen, struct err *err)
{
	enum err_kind failed = demo_turn(screen->console->session, err);

	if (!failed) {
		console_say(screen->console, TONE_GOOD, "You are %s now.", screen->console->session->as);
		console_refresh(screen->console);
	}
	return failed;
}
