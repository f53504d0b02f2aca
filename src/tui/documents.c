#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/store/state.h>
#include <gonogo/tui/dialog.h>
#include <gonogo/tui/documents.h>
#include <gonogo/tui/sheet.h>
#include <gonogo/tui/window.h>

enum { TITLE_WIDTH = 14, STATE_WIDTH = 36, INDENT = 2, NARROW = 60 };

/* One document as the list shows it; strings in the arena of the window's rows. */
struct document { const struct sheet *sheet; const char *state; struct texts lacks; };
struct documents {
	char release[72];
	struct window window;   /* items: struct document */
	struct action_bars bars;
};

static bool has_draft(const struct session *session, const struct record *record, const struct sheet *sheet, struct arena *arena)
{
	const struct draft_key key = { .ledger = session->ledger, .person = record->me ? record->me->id : "-", .release = record->dossier.release,
				       .form = sheet->action };
	struct draft draft = { 0 };

	return session->state && state_draft_get(session->state, &key, arena, &draft, NULL) == ERR_NONE && draft.count;
}

static const char *state_of(const struct session *session, const struct record *record, const struct sheet *sheet, struct arena *arena)
{
	const struct dossier *d = &record->dossier;
	struct paper paper;
	const struct source saved = sheet_recorded(d, sheet->kind, arena, &paper);
	const bool is_approved = sheet->kind == DOC_PLAN && d->plan_approved.seq, is_begun = has_draft(session, record, sheet, arena);
	const struct source *last = is_approved ? &d->plan_approved : &saved;
	char date[WHEN_TEXT_MAX];

	if (!saved.seq)
		return is_begun ? "draft, not recorded" : "missing";
	return arena_printf(arena, "%s%s %s by %s", is_begun ? "draft; " : "", is_approved ? "approved" : "saved", when_date(last->at, date), last->actor);
}

/* What a document lacks, a sentence each; that there is none yet is said once. */
static enum err_kind lacks_of_sheet(const struct dossier *d, const struct sheet *sheet, struct arena *arena, struct texts *out)
{
	struct lacks lacks = { .arena = arena };
	char sentence[512];
	const char **items;

	if (lacks_document(d, sheet->fact, &lacks) != ERR_NONE)
		return ERR_SYSTEM;
	items = arena_array(arena, lacks.count + 1, sizeof *items);
	for (size_t i = 0; items && i < lacks.count; i++) {
		items[i] = arena_str(arena, lack_sentence(&lacks.items[i], sentence, sizeof sentence));
		if (!items[i])
			return ERR_SYSTEM;
	}
	*out = (struct texts){ items, lacks.count };
	return items ? ERR_NONE : ERR_SYSTEM;
}

static enum err_kind fetch(struct screen *screen, const struct page *page, struct arena *arena, struct window_rows *out, struct err *err)
{
	struct documents *list = screen->state;
	struct session *session = screen->console->session;
	struct document *items = arena_array(arena, sheet_count, sizeof *items);
	struct record record;
	enum err_kind failed = window_rows_room(out, sheet_count, arena, err);

	(void)page;
	if (failed || !items)
		return failed ? failed : err_memory(err);
	failed = record_load(session, list->release, WHEN_NONE, true, &record, err);
	for (; !failed && out->count < sheet_count; out->count++) {
		const struct sheet *sheet = &sheets[out->count];
		struct document *item = &items[out->count];

		*item = (struct document){ .sheet = sheet, .state = state_of(session, &record, sheet, arena) };
		out->keys[out->count] = sheet->action;
		if (!item->state || lacks_of_sheet(&record.dossier, sheet, arena, &item->lacks) != ERR_NONE)
			failed = err_memory(err);
	}
	if (!failed)
		action_bars_of(&(struct act_in){ .session = session, .record = &record, .release = list->release }, &list->bars);
	record_release(&record);
	out->items = items;
	return failed;
}

static enum err_kind load(struct screen *screen, struct err *err)
{
	return window_load(&((struct documents *)screen->state)->window, screen, sheet_count, err);
}

static void draw_row(const struct document *item, const struct frame *frame, int y, bool is_selected)
{
	const attr_t attr = paint_attr(is_selected ? TONE_TITLE : TONE_PLAIN);
	const int x = frame->x + INDENT + TITLE_WIDTH + 1, left = frame->width - (x - frame->x);

	paint_text(frame->window, y, frame->x, frame->width, attr, is_selected ? ">" : "");
	paint_text(frame->window, y, frame->x + INDENT, TITLE_WIDTH, attr, item->sheet->title);
	paint_text(frame->window, y, x, left < STATE_WIDTH ? left : STATE_WIDTH, attr, item->state);
	if (left < STATE_WIDTH + INDENT)
		return;
	if (item->lacks.count)
		paint_format(frame->window, y, x + STATE_WIDTH + 1, left - STATE_WIDTH - 1, attr, "%zu to fix", item->lacks.count);
	else
		paint_text(frame->window, y, x + STATE_WIDTH + 1, left - STATE_WIDTH - 1, attr, "complete");
}

static void draw_lacks(const struct document *item, const struct frame *frame, int y)
{
	const int end = frame->y + frame->height;

	if (y >= end)
		return;
	paint_rule(frame->window, y++, frame->x, frame->width, item->sheet->title, item->lacks.count ? "what it lacks" : "has every element");
	for (size_t i = 0; i < item->lacks.count && y < end; i++)
		y += paint_wrapped(frame->window, y, frame->x + INDENT, frame->width - INDENT, end - y, 0, A_NORMAL, item->lacks.items[i]);
}

static void draw(const struct screen *screen, struct frame *frame)
{
	const struct documents *list = screen->state;
	const struct document *items = list->window.rows.items;
	int y = frame->y + 1;

	paint_rule(frame->window, frame->y, frame->x, frame->width, list->release, "documents");
	frame->cursor_y = y;
	frame->cursor_x = frame->x;
	for (size_t i = 0; i < list->window.rows.count; i++, y++) {
		draw_row(&items[i], frame, y, i == list->window.at);
		if (i == list->window.at)
			frame->cursor_y = y;
	}
	if (list->window.rows.count)
		draw_lacks(&items[list->window.at], frame, frame->width < NARROW ? y : y + 1);
}

static const char *release(const struct screen *screen)
{
	return ((const struct documents *)screen->state)->release;
}

static struct window *window_of(const struct screen *screen)
{
	return &((struct documents *)screen->state)->window;
}

static const struct action_bars *bars(const struct screen *screen)
{
	return &((const struct documents *)screen->state)->bars;
}

static void free_documents(void *state)
{
	struct documents *list = state;

	window_release(&list->window);
	free(list);
}

static const struct screen_kind kind = { .title = "Documents", .pane = PANE_SHEETS, .load = load, .draw = draw, .release = release, .window = window_of,
					 .bars = bars, .free = free_documents };

enum err_kind documents_go_open(struct screen *screen, struct err *err)
{
	const char *id = screen->kind->release ? screen->kind->release(screen) : NULL;
	struct documents *list;

	if (!id)
		return err_set(err, ERR_REFUSED, "No release is selected. N registers a new one.");
	list = calloc(1, sizeof *list);
	if (list) {
		snprintf(list->release, sizeof list->release, "%s", id);
		window_init(&list->window, fetch);
	}
	return console_push(screen->console, &kind, list, err);
}

enum err_kind documents_go_edit(struct screen *screen, struct err *err)
{
	const struct documents *list = screen->state;

	if (!list->window.rows.count)
		return ERR_NONE;
	return dialog_open(screen, action_named(list->window.rows.keys[list->window.at]), err);
}
