#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/tui/entry.h>

enum { HEAD_PART = 3, BUTTON_GAP = 3, ABOUT_HEIGHT_MIN = 8 };

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
	int rows = entry->is_barred ? 0 : paint_wrapped(frame->window, y, frame->x, frame->width, height, 0, paint_attr(TONE_BAD), entry->problem);
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

/* Whoever may only read knows it before anything is read or typed. */
static int draw_barred(const struct entry *entry, const struct frame *frame)
{
	const int most = frame->height / HEAD_PART > 1 ? frame->height / HEAD_PART : 1;
	struct buf text = BUF_EMPTY;
	int rows;

	if (!entry->is_barred)
		return 0;
	buf_printf(&text, "Only to be read: %s", entry->problem);
	rows = paint_clipped(frame->window, frame->y, frame->x, frame->width, most, paint_attr(TONE_BAD), buf_text(&text), ENTRY_MORE);
	buf_release(&text);
	return rows < most ? rows : most;
}

static bool has_buttons(const struct entry *entry)
{
	return !entry->is_barred && (entry->action->consent == CONSENT_ID || entry->action->consent == CONSENT_WORD);
}

/* Which of the two Enter takes; neither, while something else than what is asked for stands in the field. */
static void draw_buttons(const struct entry *entry, const struct frame *frame, int y)
{
	const enum entry_consent given = entry_consent(entry);
	struct buf name = BUF_EMPTY, record = BUF_EMPTY;
	const char *says = given == CONSENT_EMPTY ? "Enter: cancel" : given == CONSENT_GIVEN ? "Enter: record it" : "Enter: nothing yet";
	int x = frame->x, end = frame->x + frame->width;

	entry_button(entry, &name);
	buf_printf(&record, given == CONSENT_GIVEN ? "[ %s ]" : "  %s  ", buf_text(&name));
	x += paint_text(frame->window, y, x, end - x, paint_attr(given == CONSENT_EMPTY ? TONE_TITLE : TONE_PLAIN),
			given == CONSENT_EMPTY ? "[ Cancel ]" : "  Cancel  ") + 1;
	x += paint_text(frame->window, y, x, end - x, paint_attr(given == CONSENT_GIVEN ? TONE_TITLE : TONE_PLAIN), buf_text(&record)) + BUTTON_GAP - 1;
	if (x < end)
		paint_text(frame->window, y, x, end - x, paint_attr(TONE_QUIET), says);
	buf_release(&name);
	buf_release(&record);
}

/* How many rows the words about it may take. */
static int room_about(const struct entry *entry, const struct frame *frame, int fields, int *wrong)
{
	const int sentence = entry->is_barred ? 0 : paint_wrapped(NULL, 0, 0, frame->width, 0, 0, A_NORMAL, entry->problem);
	const bool is_consent = entry_is_consent(entry, entry->form.focus);
	int room;

	/* Fields come before what is wrong with them, and both before the words about them, where not all can stand. */
	*wrong = draw_wrong(entry, frame, frame->y, 0);
	if (*wrong > frame->height / 2 && *wrong + fields > frame->height)
		*wrong = sentence > frame->height / 2 ? sentence : frame->height / 2;
	room = frame->height - fields - *wrong;
	/* But whoever is about to say that it is meant sees first what it is. */
	if (is_consent && frame->height >= ABOUT_HEIGHT_MIN && room < frame->height / 2)
		room = frame->height / 2;
	return room > 0 ? room : 0;
}

static int draw_about(const struct entry *entry, const struct frame *frame, int room)
{
	int rows = 0;

	if (room)
		rows = paint_clipped(frame->window, frame->y, frame->x, frame->width, room, A_NORMAL, buf_text(&entry->about), ENTRY_MORE);
	return rows < room ? rows : room;
}

/* The fields with their buttons, what is wrong with them, when they were kept. */
static void draw_fields(struct entry *entry, struct frame *frame, int y, int wrong)
{
	const int buttons = has_buttons(entry), fields = form_height(&entry->form, frame->width);
	const int bottom = frame->y + frame->height, room = bottom - y - wrong - buttons;

	entry->form.width = frame->width;
	form_draw(&entry->form, frame->window, y, frame->x, frame->width, room > 1 ? room : 1, &frame->cursor_y, &frame->cursor_x);
	y += fields < room ? fields : room > 1 ? room : 1;
	if (buttons && y < bottom)
		draw_buttons(entry, frame, y++);
	y += draw_wrong(entry, frame, y, bottom - y);
	if (entry->saved_at && y < bottom)
		draw_saved(entry, frame);
}

void entry_draw(struct entry *entry, struct frame *frame)
{
	const int fields = form_height(&entry->form, frame->width) + has_buttons(entry), barred = draw_barred(entry, frame);
	struct frame rest = { .window = frame->window, .y = frame->y + barred, .x = frame->x, .height = frame->height - barred, .width = frame->width };
	int wrong, room = room_about(entry, &rest, fields, &wrong), y;

	y = rest.y + draw_about(entry, &rest, room);
	/* A form that is cut off above begins behind a line of its own. */
	if (y > rest.y && fields > rest.y + rest.height - y - wrong)
		paint_rule(rest.window, y++, rest.x, rest.width, NULL, NULL);
	rest.cursor_y = y;
	rest.cursor_x = rest.x;
	draw_fields(entry, &rest, y, wrong);
	frame->cursor_y = rest.cursor_y;
	frame->cursor_x = rest.cursor_x;
}
