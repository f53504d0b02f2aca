#include <config.h>

#include <stdio.h>
#include <stdlib.h>

#include <gonogo/tui/dialog.h>
#include <gonogo/tui/entry.h>
#include <gonogo/tui/filter.h>
#include <gonogo/tui/releases.h>
#include <gonogo/tui/subject.h>

struct dialog {
	struct subject *subject;
	char release[72], memo[96], chosen[72], rule[24]; /* what it is about, to read it anew; "" none */
	struct entry entry;
	bool is_read;                           /* just now, by opening it */
};

void dialog_report(struct console *console, const struct outcome *outcome)
{
	console_say(console, TONE_GOOD, "%s%s%s", outcome->text, *outcome->checkpoint ? "  " : "", outcome->checkpoint);
}

static const char *given(const char *text)
{
	return *text ? text : NULL;
}

/* What others record is seen here too: the entry says what of it matters. */
static enum err_kind load(struct screen *screen, struct err *err)
{
	struct dialog *dialog = screen->state;
	struct subject *now;
	enum err_kind failed;

	if (dialog->is_read) {
		dialog->is_read = false;
		return ERR_NONE;
	}
	now = calloc(1, sizeof *now);
	if (!now)
		return err_memory(err);
	failed = subject_load_release(now, screen->console->session, given(dialog->release), err);
	if (failed) {
		subject_release(now);
		free(now);
		return failed;
	}
	now->in.chosen = given(dialog->chosen);
	now->in.memo = given(dialog->memo);
	now->in.rule = given(dialog->rule);
	now->in.filter = dialog->entry.in.filter;
	(void)entry_renew(&dialog->entry, dialog->entry.action, &now->in);
	subject_release(dialog->subject);
	free(dialog->subject);
	dialog->subject = now;
	return ERR_NONE;
}

static bool key(struct screen *screen, struct key pressed)
{
	struct dialog *dialog = screen->state;
	struct console *console = screen->console;
	struct outcome outcome;

	switch (entry_key(&dialog->entry, pressed, &outcome)) {
	case ENTRY_UNUSED:
		return false;
	case ENTRY_KEPT:
		screen->is_stale |= dialog->entry.is_outdated;
		return true;
	case ENTRY_LEFT:
		console_pop(console);
		console_say(console, TONE_QUIET, ENTRY_NOTHING);
		return true;
	case ENTRY_RECORDED:
		break;
	}
	if (dialog->entry.action->is_release)
		releases_select(console, form_text(&dialog->entry.form, "release"));
	console_pop(console);
	console_refresh(console);
	dialog_report(console, &outcome);
	return true;
}

/* Of an act that settles a question, the question; returns the rows it took. */
static int draw_question(const struct entry *entry, const struct frame *frame)
{
	const struct act_in *in = &entry->in;
	const char *question = in->rule && in->record ? rule_question(&in->record->dossier, in->rule) : NULL;
	struct buf text = BUF_EMPTY;
	int rows;

	if (!in->rule || entry->action->subject != ACT_OF_QUESTION)
		return 0;
	buf_printf(&text, "%s  %s", in->rule, question ? question : rule_find(in->rule)->text);
	rows = paint_wrapped(frame->window, frame->y, frame->x, frame->width, frame->height / 3, 0, A_BOLD, buf_text(&text));
	buf_release(&text);
	return rows < frame->height / 3 ? rows : frame->height / 3;
}

static void draw(const struct screen *screen, struct frame *frame)
{
	enum { TALL = 17 };
	struct dialog *dialog = screen->state;
	const struct act_in *in = &dialog->entry.in;
	const int top = dialog->entry.action->subject == ACT_OF_QUESTION && frame->height < TALL ? 1 : 2;
	struct frame inner = { .window = frame->window, .y = frame->y + top, .x = frame->x + 1, .height = frame->height - top, .width = frame->width - 2 };
	int rows;

	paint_rule(frame->window, frame->y, frame->x, frame->width, dialog->entry.action->sentence, in->release ? in->release : in->chosen);
	rows = draw_question(&dialog->entry, &inner);
	rows += rows && frame->height >= TALL;
	inner.y += rows;
	inner.height -= rows;
	entry_draw(&dialog->entry, &inner);
	frame->cursor_y = inner.cursor_y;
	frame->cursor_x = inner.cursor_x;
}

static const char *release(const struct screen *screen)
{
	return ((const struct dialog *)screen->state)->entry.in.release;
}

static struct entry *entry(const struct screen *screen)
{
	return &((struct dialog *)screen->state)->entry;
}

static bool is_typing(const struct screen *screen)
{
	const struct dialog *dialog = screen->state;

	return dialog->entry.action && form_is_typing(&dialog->entry.form);
}

static const char *memo(const struct screen *screen)
{
	return ((const struct dialog *)screen->state)->entry.in.memo;
}

static void free_dialog(void *state)
{
	struct dialog *dialog = state;

	entry_close(&dialog->entry);
	subject_release(dialog->subject);
	free(dialog->subject);
	free(dialog);
}

static const struct screen_kind kind = { .title = "Act", .pane = PANE_ENTRY, .load = load, .key = key, .draw = draw, .release = release, .memo = memo,
					 .is_typing = is_typing, .entry = entry, .free = free_dialog };

/* What it is about outlives the row that it was selected by. */
static void keep_subject(struct dialog *dialog)
{
	struct act_in *in = &dialog->subject->in;

	snprintf(dialog->release, sizeof dialog->release, "%s", in->release ? in->release : "");
	snprintf(dialog->chosen, sizeof dialog->chosen, "%s", in->chosen ? in->chosen : "");
	in->chosen = given(dialog->chosen);
	snprintf(dialog->rule, sizeof dialog->rule, "%s", in->rule ? in->rule : "");
	in->rule = given(dialog->rule);
	dialog->is_read = true;
}

static enum err_kind read_subject(struct subject *subject, const struct screen *screen, const struct action *action, const char *chosen, struct err *err)
{
	enum err_kind failed;

	if (action->is_alone)
		return subject_load_release(subject, screen->console->session, NULL, err);
	failed = subject_load(subject, screen, err);
	if (!failed && chosen) {
		snprintf(subject->chosen, sizeof subject->chosen, "%s", chosen);
		subject->in.chosen = subject->chosen;
	}
	return failed;
}

enum err_kind dialog_open(struct screen *screen, const struct action *action, struct err *err)
{
	return dialog_open_on(screen, action, NULL, err);
}

enum err_kind dialog_open_on(struct screen *screen, const struct action *action, const char *chosen, struct err *err)
{
	struct dialog *dialog = calloc(1, sizeof *dialog);
	struct subject *subject = calloc(1, sizeof *subject);
	enum err_kind failed = dialog && subject ? ERR_NONE : err_memory(err);

	if (!failed)
		failed = read_subject(subject, screen, action, chosen, err);
	if (!failed)
		failed = action_ready(action, &subject->in, err);
	if (failed) {
		if (subject)
			subject_release(subject);
		free(subject);
		free(dialog);
		return failed;
	}
	if (screen->kind->filter)
		subject->in.filter = filter_text(screen->kind->filter(screen));
	dialog->subject = subject;
	keep_subject(dialog);
	entry_open(&dialog->entry, action, &subject->in);
	/* Also where nobody selected one: what stands here once is not another's afterwards. */
	snprintf(dialog->memo, sizeof dialog->memo, "%s", dialog->entry.in.memo ? dialog->entry.in.memo : "");
	return console_push(screen->console, &kind, dialog, err);
}
