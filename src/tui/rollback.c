#include <config.h>

#include <stdlib.h>
#include <string.h>

#include <gonogo/app/record.h>
#include <gonogo/base/text.h>
#include <gonogo/tui/list.h>
#include <gonogo/tui/rollback.h>

/* A step as the rollback under way has it; before it has begun none is done. */
static enum step_state state_of(const struct dossier *d, size_t i)
{
	return d->run.is_started && i < d->run.step_count ? d->run.steps[i] : STEP_OPEN;
}

static const char *word_of(enum step_state state)
{
	return state == STEP_DONE ? "done" : state == STEP_SKIPPED ? "skipped" : "open";
}

/* All steps are at hand: a page of them is counted off. */
static enum err_kind put_steps(const struct dossier *d, const struct page *page, struct arena *arena, struct window_rows *out, struct err *err)
{
	const size_t count = d->rollback.steps.count, key = page->key ? strtoul(page->key, NULL, 10) : 0;
	const size_t last = page->backward ? (key ? key - 1 : count) : count;
	size_t first = page->backward ? (last > page->limit ? last - page->limit : 0) : key;
	struct list_row *rows = arena_array(arena, count ? count : 1, sizeof *rows);
	enum err_kind failed = rows ? window_rows_room(out, count, arena, err) : err_memory(err);

	for (; !failed && first < last && out->count < page->limit; first++) {
		const enum step_state state = state_of(d, first);
		struct list_row *row = &rows[out->count];

		*row = (struct list_row){ .toned = 1, .tone = state == STEP_OPEN ? TONE_OPEN : TONE_GOOD };
		row->cells[0] = arena_printf(arena, "%zu", first + 1);
		row->cells[1] = word_of(state);
		row->cells[2] = arena_str(arena, d->rollback.steps.items[first]);
		out->keys[out->count] = row->cells[0];
		if (!row->cells[0] || !row->cells[2])
			failed = err_memory(err);
		out->count += !failed;
	}
	out->items = rows;
	out->has_more = page->backward ? last > page->limit : first < last;
	return failed;
}

static enum err_kind fetch(struct session *session, const struct list *list, const struct page *page, struct arena *arena, struct window_rows *out,
			   struct err *err)
{
	struct record record;
	enum err_kind failed = record_load(session, list->about, WHEN_NONE, true, &record, err);

	if (!failed)
		failed = put_steps(&record.dossier, page, arena, out, err);
	record_release(&record);
	return failed;
}

static void tell_text(struct buf *out, const char *before, const char *text)
{
	if (!text)
		return;
	buf_str(out, before);
	text_show(out, text, strlen(text), false);
}

static void tell_run(const struct dossier *d, struct buf *out)
{
	const struct rollback_run *run = &d->run;
	char at[WHEN_TEXT_MAX];

	if (!run->is_started) {
		buf_str(out, "Not started. s starts it: from then on nobody may be served the release (RBK-1).\n");
		for (size_t i = 0; i < d->rollback_approval_count; i++)
			buf_printf(out, "Approved by %s at %s, for 24 hours (RBK-2)%s.\n", d->rollback_approvals[i].person,
				   when_format(d->rollback_approvals[i].source.at, at), d->rollback_approvals[i].is_used ? ", used" : "");
		return;
	}
	buf_printf(out, "Started %s by %s", when_format(run->started.at, at), run->started.actor);
	tell_text(out, ": ", run->reason);
	tell_text(out, "; incident ", run->incident);
	buf_str(out, ".\nNotified:");
	for (size_t i = 0; i < run->notified_count; i++)
		buf_printf(out, "%s %s", i ? "," : "", run->notified[i]);
	buf_str(out, run->notified_count ? ".\n" : " nobody yet; n records whom.\n");
	if (run->verified.seq) {
		buf_printf(out, "Verification %s, %s by %s", words_word(words_result, (int)run->verification), when_format(run->verified.at, at), run->verified.actor);
		tell_text(out, ": ", run->verification_note);
		buf_str(out, ".\n");
	}
	buf_str(out, run->is_finished ? "Finished: the release is rolled back.\n" : "f finishes it when every step is done or skipped and the verification passed.\n");
}

static enum err_kind tell(struct session *session, const struct list *list, const char *key, struct buf *out, struct err *err)
{
	const size_t step = strtoul(key, NULL, 10);
	struct record record;
	const struct dossier *d = &record.dossier;
	enum err_kind failed = record_load(session, list->about, WHEN_NONE, true, &record, err);

	if (!failed && step && step <= d->rollback.steps.count) {
		buf_printf(out, "Step %zu, %s: ", step, word_of(state_of(d, step - 1)));
		tell_text(out, "", d->rollback.steps.items[step - 1]);
		if (d->run.is_started && step <= d->run.step_count)
			tell_text(out, "\nNote: ", d->run.step_notes[step - 1]);
		buf_char(out, '\n');
	}
	if (!failed)
		tell_run(d, out);
	record_release(&record);
	return failed;
}

static const struct screen_kind screen_kind = { .title = "Rollback", .pane = PANE_ROLLBACK, .bars = list_bars, LIST_SCREEN };
static const struct list_column columns[] = { { "STEP", 5, 0, 0, false }, { "STATE", 9, 0, 0, false }, { "WHAT IS DONE", 0, 0, 0, false }, { NULL, 0, 0, 0, false } };
static const char *const fields[] = { NULL };
static const struct list_kind kind = { .screen = &screen_kind, .is_of_release = true, .name = "Rollback", .row = "Step ", .hint = "Enter: tick it off", .columns = columns, .fields = fields, .fetch = fetch, .tell = tell,
				       .empty = "The release has no rollback plan with steps yet (RBP-1)." };

enum err_kind rollback_go_open(struct screen *screen, struct err *err)
{
	const char *release = screen->kind->release ? screen->kind->release(screen) : NULL;

	return release ? list_open(screen->console, &kind, release, err) : err_set(err, ERR_REFUSED, "No release is selected.");
}
