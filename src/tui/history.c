#include <config.h>

#include <stdlib.h>
#include <string.h>

#include <gonogo/tui/history.h>

static void release_step(struct history *history, struct history_step *step)
{
	history->bytes -= step->removed_size + step->added_size;
	free(step->removed);
	free(step->added);
}

void history_release(struct history *history)
{
	while (history->count)
		release_step(history, &history->steps[--history->count]);
	free(history->steps);
	*history = (struct history){ 0 };
}

void history_pause(struct history *history)
{
	history->is_running = false;
}

const struct history_step *history_last(const struct history *history)
{
	return history->at ? &history->steps[history->at - 1] : NULL;
}

const struct history_step *history_next(const struct history *history)
{
	return history->at < history->count ? &history->steps[history->at] : NULL;
}

static char *copy(const char *bytes, size_t size)
{
	char *made = malloc(size + 1);

	if (made) {
		memcpy(made, bytes, size);
		made[size] = '\0';
	}
	return made;
}

/* What differs between two texts, beginning and end being the same. */
static bool fill(struct history *history, struct history_step *step, const char *before, const char *after)
{
	size_t old = strlen(before), new = strlen(after);

	step->at = 0;
	while (step->at < old && step->at < new && before[step->at] == after[step->at])
		step->at++;
	while (old > step->at && new > step->at && before[old - 1] == after[new - 1])
		old--, new--;
	step->removed_size = old - step->at;
	step->added_size = new - step->at;
	step->removed = copy(before + step->at, step->removed_size);
	step->added = copy(after + step->at, step->added_size);
	history->bytes += step->removed_size + step->added_size;
	return step->removed && step->added;
}

/* `text` with `size` bytes at `at` replaced; false when they are not `old`. */
static bool replace(const char *text, size_t at, const char *old, size_t old_size, const char *new, size_t new_size, struct buf *out)
{
	const size_t size = strlen(text);

	if (at + old_size > size || memcmp(text + at, old, old_size) != 0)
		return false;
	buf_clear(out);
	buf_add(out, text, at);
	buf_add(out, new, new_size);
	buf_add(out, text + at + old_size, size - at - old_size);
	return !out->failed;
}

static bool undo_step(const struct history_step *step, const char *now, struct buf *out)
{
	return replace(now, step->at, step->added, step->added_size, step->removed, step->removed_size, out);
}

static bool redo_step(const struct history_step *step, const char *now, struct buf *out)
{
	return replace(now, step->at, step->removed, step->removed_size, step->added, step->added_size, out);
}

static void drop_oldest(struct history *history)
{
	release_step(history, &history->steps[0]);
	memmove(history->steps, history->steps + 1, --history->count * sizeof *history->steps);
	history->at = history->count;
}

static bool has_room(struct history *history)
{
	enum { FIRST_ROOM = 16 };
	const size_t room = history->room ? history->room * 2 : FIRST_ROOM;
	struct history_step *steps;

	if (history->count < history->room)
		return true;
	steps = realloc(history->steps, room * sizeof *steps);
	if (steps) {
		history->steps = steps;
		history->room = room;
	}
	return steps != NULL;
}

static bool add_step(struct history *history, size_t field, const char *before, const char *after, enum history_kind kind)
{
	struct history_step *step;

	while (history->count >= HISTORY_STEPS_MAX || (history->count && history->bytes > HISTORY_BYTES_MAX))
		drop_oldest(history);
	if (!has_room(history))
		return false;
	step = &history->steps[history->count++];
	*step = (struct history_step){ .field = field, .kind = kind };
	history->at = history->count;
	return fill(history, step, before, after);
}

static bool continues(const struct history *history, size_t field, enum history_kind kind)
{
	const struct history_step *last = history_last(history);

	return history->is_running && last && last->field == field && last->kind == kind && kind != HISTORY_OTHER &&
	       last->added_size + last->removed_size < HISTORY_RUN_MAX;
}

void history_note(struct history *history, size_t field, const char *before, const char *after, enum history_kind kind)
{
	struct buf base = BUF_EMPTY;
	bool is_kept;

	if (strcmp(before, after) == 0)
		return;
	while (history->count > history->at)
		release_step(history, &history->steps[--history->count]);
	if (continues(history, field, kind) && undo_step(&history->steps[history->at - 1], before, &base)) {
		release_step(history, &history->steps[--history->count]);
		is_kept = add_step(history, field, buf_text(&base), after, kind);
	} else
		is_kept = add_step(history, field, before, after, kind);
	history->is_running = true;
	buf_release(&base);
	if (!is_kept)
		history_release(history);
}

bool history_undo(struct history *history, const char *now, struct buf *out, size_t *place)
{
	const struct history_step *step = history_last(history);

	history_pause(history);
	if (!step)
		return false;
	if (!undo_step(step, now, out)) {
		history_release(history);
		return false;
	}
	*place = step->at + step->removed_size;
	history->at--;
	return true;
}

bool history_redo(struct history *history, const char *now, struct buf *out, size_t *place)
{
	const struct history_step *step = history_next(history);

	history_pause(history);
	if (!step)
		return false;
	if (!redo_step(step, now, out)) {
		history_release(history);
		return false;
	}
	*place = step->at + step->added_size;
	history->at++;
	return true;
}
