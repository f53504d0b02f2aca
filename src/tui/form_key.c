#include <config.h>

#include <stdlib.h>
#include <string.h>

#include <gonogo/base/text.h>

#include "form_state.h"

enum { NONE = -1 };

static enum form_result choose(struct form *form, int wanted)
{
	int *chosen = &form->chosen[form->focus];
	const bool is_new = *chosen != wanted;
	*chosen = wanted;
	return is_new ? FORM_CHANGED : FORM_MOVED;
}

static enum form_result choice_key(struct form *form, struct key key)
{
	const int now = form->chosen[form->focus], count = form_choices(&form->fields[form->focus]);
	if (count == 0)
		return FORM_UNUSED;
	/* Chosen stays chosen: an answer is recorded for ever, and a second Space must not turn it into its opposite. */
	if (key_is(key, "Space"))
		return now == NONE ? choose(form, 0) : FORM_MOVED;
	/* By number, as in the numbered list of the plain walk; a number that there is none of stays the form's all the same. */
	if (!key.is_function && key.code >= '1' && key.code <= '9')
		return (int)(key.code - '1') < count ? choose(form, (int)(key.code - '1')) : FORM_MOVED;
	if (key_is(key, "Right"))
		return choose(form, now + 1 < count ? now + 1 : now);
	if (key_is(key, "Left"))
		return choose(form, now > 0 ? now - 1 : 0);
	return FORM_UNUSED;
}

static enum textline_result ask_field(struct form *form, struct key key)
{
	const size_t i = form->focus;
	const struct form_field *field = &form->fields[i];
	const struct textlist_limits limits = form_limits(field);

	switch (field->shape) {
	case FIELD_AREA:
		return textarea_key(&form->texts[i], form_value_width(form), &form->goal, key);
	case FIELD_LIST:
		return textlist_key(&form->texts[i], &limits, key);
	case FIELD_PICK:
		return picker_key(&form->picks[i], key);
	case FIELD_TEXT:
	case FIELD_CHOICE:
		break;
	}
	return textline_key(&form->texts[i], key);
}

static enum form_result ask(struct form *form, struct key key)
{
	static const enum form_result means[] = {
		[TEXTLINE_UNUSED] = FORM_UNUSED,
		[TEXTLINE_MOVED] = FORM_MOVED,
		[TEXTLINE_CHANGED] = FORM_CHANGED,
		[TEXTLINE_FULL] = FORM_FULL,
	};

	return form_is_shape(form, form->focus, FIELD_CHOICE) ? choice_key(form, key) : means[ask_field(form, key)];
}

static enum history_kind kind_of(const struct form *form, struct key key)
{
	if (form_is_shape(form, form->focus, FIELD_CHOICE) || form_is_shape(form, form->focus, FIELD_PICK))
		return HISTORY_OTHER;
	if (key_is_text(key))
		return HISTORY_TYPED;
	return key_is(key, "Backspace") || key_is(key, "Del") ? HISTORY_ERASED : HISTORY_OTHER;
}

/* At the end of what is typed, Right goes on to what was probably meant. */
static bool completes(const struct form *form, struct key key)
{
	const struct textline *line = &form->texts[form->focus];

	return form_is_shape(form, form->focus, FIELD_TEXT) && key_is(key, "Right") && form->offers[form->focus][0] && line->cursor == line->text.size;
}

static enum form_result field_key(struct form *form, struct key key)
{
	const enum history_kind kind = kind_of(form, key);
	char *before = strdup(form_text(form, form->fields[form->focus].name));
	const bool is_completed = completes(form, key) && textline_set(&form->texts[form->focus], form->offers[form->focus]);
	const enum form_result result = is_completed ? FORM_CHANGED : ask(form, key);

	if (result == FORM_MOVED)
		history_pause(&form->history);
	if (result == FORM_CHANGED)
		form_note(form, form->focus, before, kind);
	else
		free(before);
	return result;
}

static enum form_result focus_on(struct form *form, size_t i)
{
	form->focus = i;
	form->goal = NONE;
	return FORM_MOVED;
}

/* Enter, Up and Down belong to the fields that have rows, as long as they have more that way. */
static bool has_rows(const struct form *form)
{
	return form_has_lines(form) || form_is_shape(form, form->focus, FIELD_PICK);
}

enum form_result form_key(struct form *form, struct key key)
{
	const size_t last = form->count - 1;
	if (form->count == 0)
		return FORM_UNUSED;
	if (key_is(key, "^S"))
		return FORM_SUBMIT;
	if (key_is(key, "Tab"))
		return focus_on(form, form->focus < last ? form->focus + 1 : 0);
	if (key_is(key, "S-Tab"))
		return focus_on(form, form->focus > 0 ? form->focus - 1 : last);
	if (has_rows(form) && !(form->fields[form->focus].is_brief && key_is(key, "Enter"))) {
		const enum form_result result = field_key(form, key);
		if (result != FORM_UNUSED)
			return result;
	}
	if (key_is(key, "Enter") && form->focus == last)
		return FORM_SUBMIT;
	if (key_is(key, "Down") || key_is(key, "Enter"))
		return focus_on(form, form->focus < last ? form->focus + 1 : last);
	if (key_is(key, "Up"))
		return focus_on(form, form->focus > 0 ? form->focus - 1 : 0);
	return has_rows(form) ? FORM_UNUSED : field_key(form, key);
}


enum form_result form_paste(struct form *form, const char *text)
{
	const size_t i = form->focus;
	struct textline *line = form_is_shape(form, i, FIELD_PICK) ? &form->picks[i].filter.line : &form->texts[i];
	const size_t cursor = line->cursor;
	struct buf made = BUF_EMPTY;
	char *before;
	enum form_result result = FORM_FULL;

	if (!form_is_typing(form))
		return FORM_UNUSED;
	before = strdup(textline_text(line));
	textline_fold(&made, text, line->has_lines);
	if (!made.failed && before && textline_takes(line, buf_text(&made), made.size) &&
	    textline_replace(line, cursor, cursor, buf_text(&made), made.size) == TEXTLINE_CHANGED) {
		if (form_fits(&form->fields[i], textline_text(line)))
			result = line == &form->texts[i] ? FORM_CHANGED : FORM_MOVED;
		else if (textline_set(line, before))
			textline_place(line, cursor);
	}
	history_pause(&form->history);
	if (result == FORM_CHANGED)
		form_note(form, i, before, HISTORY_OTHER);
	else
		free(before);
	history_pause(&form->history);
	buf_release(&made);
	return result;
}
