#include <config.h>

#include <string.h>

#include <gonogo/tui/entry.h>

static const char *label_of(const struct entry *entry, const char *name)
{
	for (size_t i = 0; i < entry->form.count; i++)
		if (strcmp(entry->form.fields[i].name, name) == 0)
			return entry->form.fields[i].label;
	return name;
}

static bool is_in_focus(const struct entry *entry, const struct form_problem *problem)
{
	return problem->field && strcmp(entry->form.fields[entry->form.focus].name, problem->field) == 0;
}

/* One line each, that of the field in focus first. */
static void list_problems(const struct entry *entry, struct buf *out)
{
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < entry->problems.count; i++) {
			const struct form_problem *problem = &entry->problems.items[i];

			if (is_in_focus(entry, problem) == (round == 0))
				buf_printf(out, "%s%s: %s\n", round == 0 ? "> " : "  ", problem->field ? label_of(entry, problem->field) : "All", problem->text);
		}
}

/* Rows of it all; draws at most `height` of them. */
static int draw_wrong(const struct entry *entry, const struct frame *frame, int y, int height)
{
	const attr_t attr = paint_attr(entry->is_barred ? TONE_QUIET : TONE_BAD);
	int rows = paint_wrapped(frame->window, y, frame->x, frame->width, height, 0, attr, entry->problem);
	struct buf list = BUF_EMPTY;
	char title[48];

	if (!entry->problems.count)
		return rows;
	snprintf(title, sizeof title, "%zu thing%s to fix", entry->problems.count, entry->problems.count == 1 ? "" : "s");
	if (rows < height)
		paint_rule(frame->window, y + rows, frame->x, frame->width, title, NULL);
	rows++;
	list_problems(entry, &list);
	if (!list.failed)
		rows += paint_wrapped(frame->window, y + rows, frame->x, frame->width, rows < height ? height - rows : 0, 0, A_NORMAL, buf_text(&list));
	buf_release(&list);
	return rows;
}

/* In the last row, where nothing else needs it. */
static void draw_saved(const struct entry *entry, const struct frame *frame)
{
	char at[WHEN_TEXT_MAX];
	const char *time = strchr(when_format(entry->saved_at, at), 'T');

	paint_format(frame->window, frame->y + frame->height - 1, frame->x, frame->width, paint_attr(TONE_QUIET), "Draft saved %s", time ? time + 1 : at);
}

void entry_draw(struct entry *entry, struct frame *frame)
{
	WINDOW *w = frame->window;
	const int fields = form_height(&entry->form, frame->width);
	const int sentence = paint_wrapped(NULL, 0, 0, frame->width, 0, 0, A_NORMAL, entry->problem);
	int wrong = draw_wrong(entry, frame, frame->y, 0), y = frame->y, room;

	/* Fields come before what is wrong with them, and both before the words about them, where not all can stand. */
	if (wrong > frame->height / 2 && wrong + fields > frame->height)
		wrong = sentence > frame->height / 2 ? sentence : frame->height / 2;
	room = frame->height - fields - wrong;
	/* But whoever is about to say that a document is to be saved sees first what that changes. */
	if (entry->action->is_document && entry_is_consent(entry, entry->form.focus) && room < frame->height / 2)
		room = frame->height / 2;
	if (room > 0)
		y += paint_wrapped(w, y, frame->x, frame->width, room, 0, A_NORMAL, buf_text(&entry->about));
	if (y > frame->y + (room > 0 ? room : 0))
		y = frame->y + (room > 0 ? room : 0);
	/* A form that is cut off above begins behind a line of its own. */
	if (y > frame->y && fields > frame->y + frame->height - y - wrong)
		paint_rule(w, y++, frame->x, frame->width, NULL, NULL);
	room = frame->y + frame->height - y - wrong;
	frame->cursor_y = y;
	frame->cursor_x = frame->x;
	entry->form.width = frame->width;
	form_draw(&entry->form, w, y, frame->x, frame->width, room > 1 ? room : 1, &frame->cursor_y, &frame->cursor_x);
	y += fields < room ? fields : room;
	y += draw_wrong(entry, frame, y, frame->y + frame->height - y);
	if (entry->saved_at && y < frame->y + frame->height)
		draw_saved(entry, frame);
}
