#ifndef GONOGO_TUI_HISTORY_H
#define GONOGO_TUI_HISTORY_H
/*
 * What was changed in the texts of a form, step by step, there and back.  A run of typed characters is one step, and so is a run of erased ones.  Where
 * memory is out, or a text is not the one that was left, the steps are forgotten: no text is ever put together wrongly.
 */
#include <stdbool.h>
#include <stddef.h>

#include <gonogo/base/buf.h>

enum history_kind { HISTORY_TYPED, HISTORY_ERASED, HISTORY_OTHER };
struct history_step {
	size_t field, at;         /* of which text, and where it differs */
	char *removed, *added;
	size_t removed_size, added_size;
	enum history_kind kind;
};
enum { HISTORY_STEPS_MAX = 500, HISTORY_BYTES_MAX = 1024 * 1024, HISTORY_RUN_MAX = 80 };
struct history {
	struct history_step *steps;
	size_t count, at, room;   /* those before `at` are done, the others undone */
	size_t bytes;
	bool is_running;          /* the next change may belong to the last step */
};

void history_release(struct history *history); /* forgets everything, and can be used again */
/* The text of a field was changed; what was undone before cannot be redone any more. */
void history_note(struct history *history, size_t field, const char *before, const char *after, enum history_kind kind);
/* The next change is a step of its own. */
void history_pause(struct history *history);
/* The step that undo (redo) takes next, or NULL. */
const struct history_step *history_last(const struct history *history);
const struct history_step *history_next(const struct history *history);
/* Makes the text before (after) that step out of the one that its field has now, *place behind what differs.  False, and everything is forgotten, when it
 * is not the text that was left. */
bool history_undo(struct history *history, const char *now, struct buf *out, size_t *place);
bool history_redo(struct history *history, const char *now, struct buf *out, size_t *place);

#endif
