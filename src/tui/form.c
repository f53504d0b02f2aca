#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/tui/form.h>
#include <gonogo/tui/paint.h>

#include "form_state.h"

enum { NONE = -1, WIDTH_STANDARD = 78 };

static bool is_pick(const struct form *form, size_t i)
{
	return i < form->count && form->fields[i].shape == FIELD_PICK;
}

static void init_field(struct form *form, size_t i)
{
	const struct form_field *field = &form->fields[i];
	const size_t items = field->items ? field->items : FORM_ITEMS_MAX;

	form->chosen[i] = NONE;
	if (field->shape == FIELD_PICK)
		picker_init(&form->picks[i], field->most ? field->most : TEXT_LONG_MAX);
	else
		textline_init(&form->texts[i], field->shape == FIELD_LIST ? items * (field->most + 1) : field->most);
	form->texts[i].has_lines = field->shape == FIELD_AREA || field->shape == FIELD_LIST;
}

void form_init(struct form *form, const struct form_field *fields, size_t count)
{
	*form = (struct form){ .count = count < FORM_FIELDS_MAX ? count : FORM_FIELDS_MAX, .width = WIDTH_STANDARD, .goal = NONE };
	arena_init(&form->arena, 0);
	for (size_t i = 0; i < form->count; i++) {
		form->fields[i] = fields[i];
		init_field(form, i);
	}
}

void form_release(struct form *form)
{
	for (size_t i = 0; i < form->count; i++) {
		textline_release(&form->texts[i]);
		picker_release(&form->picks[i]);
	}
	arena_release(&form->arena);
	*form = (struct form){ .count = 0 };
}

enum err_kind form_offer(struct form *form, const struct act_in *in, struct err *err)
{
	enum err_kind failed = ERR_NONE;

	for (size_t i = 0; i < form->count; i++)
		if (is_pick(form, i))
			picker_offer(&form->picks[i], (struct form_options){ 0 });
	arena_release(&form->arena);
	for (size_t i = 0; i < form->count && !failed; i++) {
		struct form_options options = { 0 };

		if (!is_pick(form, i) || !form->fields[i].options)
			continue;
		failed = form->fields[i].options(in, &form->arena, &options, err);
		if (!failed)
			picker_offer(&form->picks[i], options);
	}
	return failed;
}

void form_echo(struct form *form, const struct act_in *in)
{
	struct buf said = BUF_EMPTY;

	for (size_t i = 0; i < form->count; i++) {
		if (!form->fields[i].echo)
			continue;
		buf_clear(&said);
		form->fields[i].echo(in, form, &said);
		snprintf(form->echoes[i], sizeof form->echoes[i], "%s", said.failed ? "" : buf_text(&said));
	}
	buf_release(&said);
}

void form_problem(struct form_problems *problems, const char *field, const char *fmt, ...)
{
	struct form_problem *problem;
	va_list args;

	if (problems->count == FORM_PROBLEMS_MAX)
		return;
	problem = &problems->items[problems->count++];
	problem->field = field;
	va_start(args, fmt);
	vsnprintf(problem->text, sizeof problem->text, fmt, args);
	va_end(args);
}

/* form->count when no field has the name. */
static size_t find(const struct form *form, const char *name)
{
	size_t i = 0;
	while (i < form->count && strcmp(form->fields[i].name, name) != 0)
		i++;
	return i;
}

static bool is_choice(const struct form *form, size_t i)
{
	return i < form->count && form->fields[i].shape == FIELD_CHOICE;
}

static int choices(const struct form_field *field)
{
	int count = 0;
	while (field->choices[count].word)
		count++;
	return count;
}

const char *form_text(const struct form *form, const char *name)
{
	const size_t i = find(form, name);
	if (i == form->count)
		return "";
	if (is_pick(form, i))
		return picker_text(&form->picks[i]);
	if (!is_choice(form, i))
		return textline_text(&form->texts[i]);
	return form->chosen[i] == NONE ? "" : form->fields[i].choices[form->chosen[i]].word;
}

int form_choice(const struct form *form, const char *name, int otherwise)
{
	const size_t i = find(form, name);
	return is_choice(form, i) && form->chosen[i] != NONE ? form->fields[i].choices[form->chosen[i]].value : otherwise;
}

bool form_set(struct form *form, const char *name, const char *text)
{
	const size_t i = find(form, name);
	if (i == form->count)
		return false;
	if (is_pick(form, i))
		return picker_set(&form->picks[i], text);
	if (!is_choice(form, i))
		return textline_set(&form->texts[i], text);
	form->chosen[i] = choices(&form->fields[i]) - 1;
	while (form->chosen[i] != NONE && strcmp(form->fields[i].choices[form->chosen[i]].word, text) != 0)
		form->chosen[i]--;
	return form->chosen[i] != NONE;
}

static size_t count_lines(const char *text)
{
	size_t count = 1;

	for (; *text; text++)
		count += *text == '\n';
	return count;
}

bool form_lines(const struct form *form, const char *name, struct arena *arena, struct texts *out)
{
	const char *text = form_text(form, name);
	const size_t i = find(form, name);
	const bool keeps_blank = i < form->count && form->fields[i].shape == FIELD_AREA;
	const char **items = arena_array(arena, count_lines(text), sizeof *items);

	*out = (struct texts){ items, 0 };
	for (; items && *text; text += strcspn(text, "\n"), text += *text == '\n') {
		size_t size = strcspn(text, "\n");
		const char *from = text;

		while (!keeps_blank && size && *from == ' ')
			from++, size--;
		while (!keeps_blank && size && from[size - 1] == ' ')
			size--;
		if (!size && !keeps_blank)
			continue;
		items[out->count] = arena_bytes(arena, from, size);
		if (!items[out->count++])
			return false;
	}
	return items != NULL;
}

bool form_is_typing(const struct form *form)
{
	if (is_pick(form, form->focus))
		return picker_is_typing(&form->picks[form->focus]);
	return form->focus < form->count && !is_choice(form, form->focus);
}

bool form_has_lines(const struct form *form)
{
	return form->focus < form->count && form->texts[form->focus].has_lines;
}

static enum form_result choose(struct form *form, int wanted)
{
	int *chosen = &form->chosen[form->focus];
	const bool is_new = *chosen != wanted;
	*chosen = wanted;
	return is_new ? FORM_CHANGED : FORM_MOVED;
}

static enum form_result choice_key(struct form *form, struct key key)
{
	const int now = form->chosen[form->focus], count = choices(&form->fields[form->focus]);
	if (count == 0)
		return FORM_UNUSED;
	/* Chosen stays chosen: an answer is recorded for ever, and a second Space must not turn it into its opposite. */
	if (key_is(key, "Space"))
		return now == NONE ? choose(form, 0) : FORM_MOVED;
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
	const struct textlist_limits limits = { field->items ? field->items : FORM_ITEMS_MAX, field->most };

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

static enum form_result field_key(struct form *form, struct key key)
{
	static const enum form_result means[] = {
		[TEXTLINE_UNUSED] = FORM_UNUSED,
		[TEXTLINE_MOVED] = FORM_MOVED,
		[TEXTLINE_CHANGED] = FORM_CHANGED,
		[TEXTLINE_FULL] = FORM_FULL,
	};

	return is_choice(form, form->focus) ? choice_key(form, key) : means[ask_field(form, key)];
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
	return form_has_lines(form) || is_pick(form, form->focus);
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
	if (has_rows(form)) {
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

bool form_focus(struct form *form, const char *name)
{
	const size_t i = find(form, name);

	if (i < form->count)
		(void)focus_on(form, i);
	return i < form->count;
}
