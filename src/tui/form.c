#include <config.h>

#include <string.h>

#include <gonogo/tui/form.h>
#include <gonogo/tui/paint.h>

enum { NONE = -1 };

void form_init(struct form *form, const struct form_field *fields, size_t count)
{
	*form = (struct form){ .count = count < FORM_FIELDS_MAX ? count : FORM_FIELDS_MAX };
	for (size_t i = 0; i < form->count; i++) {
		form->fields[i] = fields[i];
		form->chosen[i] = NONE;
		textline_init(&form->texts[i], fields[i].most);
	}
}

void form_release(struct form *form)
{
	for (size_t i = 0; i < form->count; i++)
		textline_release(&form->texts[i]);
	*form = (struct form){ .count = 0 };
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
	if (!is_choice(form, i))
		return textline_set(&form->texts[i], text);
	form->chosen[i] = choices(&form->fields[i]) - 1;
	while (form->chosen[i] != NONE && strcmp(form->fields[i].choices[form->chosen[i]].word, text) != 0)
		form->chosen[i]--;
	return form->chosen[i] != NONE;
}

bool form_is_typing(const struct form *form)
{
	return form->focus < form->count && !is_choice(form, form->focus);
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

static enum form_result text_key(struct form *form, struct key key)
{
	static const enum form_result means[] = {
		[TEXTLINE_UNUSED] = FORM_UNUSED,
		[TEXTLINE_MOVED] = FORM_MOVED,
		[TEXTLINE_CHANGED] = FORM_CHANGED,
		[TEXTLINE_FULL] = FORM_FULL,
	};
	return means[textline_key(&form->texts[form->focus], key)];
}

static enum form_result focus_on(struct form *form, size_t i)
{
	form->focus = i;
	return FORM_MOVED;
}

enum form_result form_key(struct form *form, struct key key)
{
	const size_t last = form->count - 1;
	if (form->count == 0)
		return FORM_UNUSED;
	if (key_is(key, "^S") || (key_is(key, "Enter") && form->focus == last))
		return FORM_SUBMIT;
	if (key_is(key, "Tab"))
		return focus_on(form, form->focus < last ? form->focus + 1 : 0);
	if (key_is(key, "S-Tab"))
		return focus_on(form, form->focus > 0 ? form->focus - 1 : last);
	if (key_is(key, "Down") || key_is(key, "Enter"))
		return focus_on(form, form->focus < last ? form->focus + 1 : last);
	if (key_is(key, "Up"))
		return focus_on(form, form->focus > 0 ? form->focus - 1 : 0);
	return is_choice(form, form->focus) ? choice_key(form, key) : text_key(form, key);
}

bool form_focus(struct form *form, const char *name)
{
	for (size_t i = 0; i < form->count; i++)
		if (strcmp(form->fields[i].name, name) == 0) {
			form->focus = i;
			return true;
		}
	return false;
}
