#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/tui/filter.h>

void filter_init(struct filter *filter)
{
	*filter = (struct filter){ .is_open = false };
	textline_init(&filter->line, TEXT_LINE_MAX);
}

void filter_release(struct filter *filter)
{
	textline_release(&filter->line);
}

const char *filter_text(const struct filter *filter)
{
	return textline_text(&filter->line);
}

void filter_open(struct filter *filter)
{
	snprintf(filter->before, sizeof filter->before, "%s", filter_text(filter));
	filter->is_open = true;
}

enum err_kind filter_go_open(struct screen *screen, struct err *err)
{
	struct filter *filter = screen->kind->filter ? screen->kind->filter(screen) : NULL;

	if (!filter)
		return err_set(err, ERR_REFUSED, "There is nothing to filter here.");
	filter_open(filter);
	console_say(screen->console, TONE_QUIET, "Enter keeps the filter, Esc puts back what was.");
	return ERR_NONE;
}

enum filter_result filter_key(struct filter *filter, struct key key)
{
	if (!filter->is_open && (!key_is(key, "Esc") || !*filter_text(filter)))
		return FILTER_UNUSED;
	if (!filter->is_open)
		return textline_set(&filter->line, "") ? FILTER_CHANGED : FILTER_KEPT;
	if (key_is(key, "Enter")) {
		filter->is_open = false;
		return FILTER_KEPT;
	}
	if (key_is(key, "Esc") || key_is(key, "^G") || key_is(key, "^C")) {
		filter->is_open = false;
		return textline_set(&filter->line, filter->before) ? FILTER_CHANGED : FILTER_KEPT;
	}
	switch (textline_key(&filter->line, key)) {
	case TEXTLINE_CHANGED:
		return FILTER_CHANGED;
	case TEXTLINE_UNUSED:
		return FILTER_UNUSED;
	case TEXTLINE_MOVED:
	case TEXTLINE_FULL:
		break;
	}
	return FILTER_KEPT;
}

void filter_draw(const struct filter *filter, struct frame *frame, int y)
{
	static const char label[] = "Filter [";
	const int size = (int)sizeof label - 1;

	paint_text(frame->window, y, frame->x, frame->width, A_NORMAL, label);
	frame->cursor_x = textline_draw(&filter->line, frame->window, y, frame->x + size, frame->width - size - 2, true);
	frame->cursor_y = y;
	paint_text(frame->window, y, frame->x + frame->width - 2, 1, A_NORMAL, "]");
}

static struct filter_term *term_of(struct filter_term *terms, size_t count, const char *name, size_t size)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(terms[i].name) == size && strncmp(terms[i].name, name, size) == 0)
			return &terms[i];
	return NULL;
}

static enum err_kind refuse_field(const char *name, size_t size, const struct filter_term *terms, size_t count, struct err *err)
{
	char names[160] = "";
	size_t at = 0;

	for (size_t i = 0; i < count && at < sizeof names; i++)
		at += (size_t)snprintf(names + at, sizeof names - at, "%s%s:", i ? ", " : "", terms[i].name);
	return err_set(err, ERR_USAGE, "This list has no field %.*s:. It has %s.", (int)(size < 40 ? size : 40), name, names);
}

enum err_kind filter_read(const char *text, struct filter_term *terms, size_t count, char *words, size_t size, struct err *err)
{
	size_t at = 0;

	*words = '\0';
	for (size_t i = 0; i < count; i++)
		terms[i].value[0] = '\0';
	for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
		const size_t length = strcspn(text, " ");
		const char *colon = memchr(text, ':', length);
		struct filter_term *term = colon ? term_of(terms, count, text, (size_t)(colon - text)) : NULL;

		if (colon && !term)
			return refuse_field(text, (size_t)(colon - text), terms, count, err);
		if (term)
			snprintf(term->value, sizeof term->value, "%.*s", (int)(length - (size_t)(colon - text) - 1), colon + 1);
		else if (at < size)
			at += (size_t)snprintf(words + at, size - at, "%s%.*s", at ? " " : "", (int)length, text);
		text += length;
	}
	return ERR_NONE;
}
