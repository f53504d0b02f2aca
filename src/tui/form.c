#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/tui/form.h>
#include <gonogo/tui/paint.h>

#include "form_state.h"

enum { NONE = -1, WIDTH_STANDARD = 78 };

static const struct word words_none[] = { { 0, NULL, NULL } };

bool form_is_shape(const struct form *form, size_t i, enum field_shape shape)
{
	return i < form->count && form->fields[i].shape == shape;
}

int form_choices(const struct form_field *field)
{
	int count = 0;
	while (field->choices[count].word)
		count++;
	return count;
}

struct textlist_limits form_limits(const struct form_field *field)
{
	return (struct textlist_limits){ field->items ? field->items : FORM_ITEMS_MAX, field->most };
}

bool form_fits(const struct form_field *field, const char *text)
{
	const struct textlist_limits limits = form_limits(field);
	size_t count = 1;

	if (field->shape != FIELD_LIST)
		return true;
	for (; strcspn(text, "\n") <= limits.bytes && text[strcspn(text, "\n")]; text += strcspn(text, "\n") + 1)
		count++;
	return count <= limits.items && strcspn(text, "\n") <= limits.bytes;
}

static void init_field(struct form *form, size_t i)
{
	const struct form_field *field = &form->fields[i];
	const struct textlist_limits limits = form_limits(field);

	form->chosen[i] = NONE;
	if (field->shape == FIELD_PICK)
		picker_init(&form->picks[i], field->most ? field->most : (size_t)FORM_ITEMS_MAX * (TEXT_NAME_MAX + 1));
	else
		textline_init(&form->texts[i], field->shape == FIELD_LIST ? limits.items * (limits.bytes + 1) : field->most);
	form->texts[i].has_lines = field->shape == FIELD_AREA || field->shape == FIELD_LIST;
}

void form_init(struct form *form, const struct form_field *fields, size_t count)
{
	*form = (struct form){ .count = count < FORM_FIELDS_MAX ? count : FORM_FIELDS_MAX, .width = WIDTH_STANDARD, .goal = NONE };
	arena_init(&form->arena, 0);
	for (size_t i = 0; i < form->count; i++) {
		form->fields[i] = fields[i];
		if (fields[i].shape == FIELD_CHOICE && !fields[i].choices)
			form->fields[i].choices = words_none;
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
	history_release(&form->history);
	*form = (struct form){ .count = 0 };
}

static bool is_offered(const struct form *form, size_t i)
{
	return form->fields[i].options && (form_is_shape(form, i, FIELD_PICK) || form_is_shape(form, i, FIELD_CHOICE));
}

static bool put(struct form *form, size_t i, const char *text);

/* The options as words of a choice, none where memory is out; what was chosen stays by its word.  The words are the form's own: what they were read
 * from goes before they are offered anew. */
static void offer_choices(struct form *form, size_t i, const struct form_options *options, struct arena *arena)
{
	const char *chosen = form_text(form, form->fields[i].name);
	struct word *words = arena_array(arena, options->count + 1, sizeof *words);

	for (size_t n = 0; words && n < options->count; n++) {
		words[n] = (struct word){ (int)n, arena_str(arena, options->items[n].id), arena_str(arena, options->items[n].state) };
		if (!words[n].word || !words[n].title)
			words = NULL;
	}
	if (words)
		words[options->count] = (struct word){ 0, NULL, NULL };
	form->fields[i].choices = words ? words : words_none;
	put(form, i, chosen);
}

enum err_kind form_offer(struct form *form, const struct act_in *in, struct err *err)
{
	struct form_options options[FORM_FIELDS_MAX] = { { 0 } };
	enum err_kind failed = ERR_NONE;
	struct arena arena;

	arena_init(&arena, 0);
	for (size_t i = 0; i < form->count && !failed; i++)
		if (is_offered(form, i))
			failed = form->fields[i].options(in, &arena, &options[i], err);
	/* At once from the old to the new: a list that is empty in between forgets which row one is on, or what was chosen. */
	for (size_t i = 0; i < form->count; i++) {
		const struct form_options offered = failed ? (struct form_options){ 0 } : options[i];

		if (form_is_shape(form, i, FIELD_PICK))
			picker_offer(&form->picks[i], offered);
		else if (is_offered(form, i))
			offer_choices(form, i, &offered, &arena);
	}
	arena_release(&form->arena);
	form->arena = arena;
	return failed;
}

void form_echo(struct form *form, const struct act_in *in)
{
	struct buf said = BUF_EMPTY;

	for (size_t i = 0; i < form->count; i++) {
		const struct form_field *field = &form->fields[i];

		buf_clear(&said);
		if (field->complete)
			field->complete(in, form_text(form, field->name), &said);
		snprintf(form->offers[i], sizeof form->offers[i], "%s", said.failed ? "" : buf_text(&said));
		buf_clear(&said);
		if (field->echo)
			field->echo(in, form, &said);
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

const char *form_text(const struct form *form, const char *name)
{
	const size_t i = find(form, name);
	if (i == form->count)
		return "";
	if (form_is_shape(form, i, FIELD_PICK))
		return picker_text(&form->picks[i]);
	if (!form_is_shape(form, i, FIELD_CHOICE))
		return textline_text(&form->texts[i]);
	return form->chosen[i] == NONE ? "" : form->fields[i].choices[form->chosen[i]].word;
}

int form_choice(const struct form *form, const char *name, int otherwise)
{
	const size_t i = find(form, name);
	return form_is_shape(form, i, FIELD_CHOICE) && form->chosen[i] != NONE ? form->fields[i].choices[form->chosen[i]].value : otherwise;
}

static bool put(struct form *form, size_t i, const char *text)
{
	if (form_is_shape(form, i, FIELD_PICK))
		return picker_set(&form->picks[i], text);
	if (!form_is_shape(form, i, FIELD_CHOICE))
		return form_fits(&form->fields[i], text) && textline_set(&form->texts[i], text);
	form->chosen[i] = form_choices(&form->fields[i]) - 1;
	while (form->chosen[i] != NONE && strcmp(form->fields[i].choices[form->chosen[i]].word, text) != 0)
		form->chosen[i]--;
	return form->chosen[i] != NONE;
}

bool form_set(struct form *form, const char *name, const char *text)
{
	const size_t i = find(form, name);
	char *before;
	bool is_set;

	if (i == form->count)
		return false;
	before = strdup(form_text(form, name));
	is_set = put(form, i, text);
	history_pause(&form->history);
	form_note(form, i, before, HISTORY_OTHER);
	return is_set;
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
	if (form_is_shape(form, form->focus, FIELD_PICK))
		return picker_is_typing(&form->picks[form->focus]);
	return form->focus < form->count && !form_is_shape(form, form->focus, FIELD_CHOICE);
}

bool form_has_lines(const struct form *form)
{
	return form->focus < form->count && form->texts[form->focus].has_lines;
}

void form_note(struct form *form, size_t i, char *before, enum history_kind kind)
{
	if (form->fields[i].is_fleeting)
		history_pause(&form->history);
	else if (before)
		history_note(&form->history, i, before, form_text(form, form->fields[i].name), kind);
	else
		history_release(&form->history);
	free(before);
}

void form_settle(struct form *form)
{
	history_release(&form->history);
}

static bool step(struct form *form, const struct history_step *step,
		 bool (*take)(struct history *history, const char *now, struct buf *out, size_t *place))
{
	struct buf made = BUF_EMPTY;
	const size_t i = step ? step->field : 0;
	size_t place;
	bool is_done = step && take(&form->history, form_text(form, form->fields[i].name), &made, &place);

	if (is_done) {
		form->focus = i;
		form->goal = NONE;
		is_done = put(form, i, buf_text(&made)) || !made.size;
		textline_place(&form->texts[i], place);
	}
	buf_release(&made);
	return is_done;
}

bool form_undo(struct form *form)
{
	return step(form, history_last(&form->history), history_undo);
}

bool form_redo(struct form *form)
{
	return step(form, history_next(&form->history), history_redo);
}

bool form_focus(struct form *form, const char *name)
{
	const size_t i = find(form, name);

	if (i < form->count) {
		form->focus = i;
		form->goal = NONE;
	}
	return i < form->count;
}
