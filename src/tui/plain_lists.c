#include <config.h>

#include <stdlib.h>
#include <string.h>

#include <gonogo/base/text.h>

#include "plain_state.h"

static const char *text_of(const struct entry *entry, size_t at)
{
	return form_text(&entry->form, entry->form.fields[at].name);
}

static bool is_list(const struct entry *entry, size_t at)
{
	return entry->form.fields[at].shape == FIELD_LIST;
}

void plain_say_lines(struct plain *plain, const struct entry *entry, size_t at)
{
	const char *text = text_of(entry, at);

	plain_say(plain, is_list(entry, at) ? "One item a line; an empty line ends it." : "Several lines; a line with a single . ends it.");
	if (!*text)
		return;
	plain_say(plain, "It stands so; add, change 2 and drop 2 keep the rest, anew begins it anew:");
	for (size_t number = 1; *text; number++) {
		const size_t size = strcspn(text, "\n");

		plain_say(plain, "  %zu. %.*s", number, (int)size, text);
		text += size + (text[size] == '\n');
	}
}

bool plain_is_kept_or_emptied(struct plain *plain, struct entry *entry, size_t at, const char *reply, enum plain_taken *taken)
{
	const struct form_field *field = &entry->form.fields[at];

	*taken = TAKEN;
	if (strcmp(reply, "-") == 0)
		*taken = plain_set(plain, entry, at, "") ? TAKEN : TAKEN_NOT;
	else if (*reply)
		return false;
	else if (!*text_of(entry, at) && !field->is_optional) {
		plain_say(plain, "%s is required. Type it, or skip.", field->label);
		*taken = TAKEN_NOT;
	}
	return true;
}

/* Kept as a draft with every line; a line that the field does not take is left out, and said. */
static void add_line(struct plain *plain, struct entry *entry, size_t at, struct buf *text, const char *line)
{
	const size_t before = text->size;

	if (before)
		buf_char(text, '\n');
	buf_str(text, line);
	if (!text->failed && plain_set(plain, entry, at, buf_text(text)))
		return;
	if (text->bytes)
		text->bytes[before] = '\0';
	text->size = before;
}

/* A line of dots loses one, so that every line can be typed. */
static const char *undotted(const char *line)
{
	return line + (*line == '.' && line[strspn(line, ".")] == '\0');
}

/* The lines behind those in `text`, to the one that ends them.  What stands there at the end of the input is kept, a line that broke off included. */
static enum plain_taken read_lines(struct plain *plain, struct entry *entry, size_t at, struct buf *text, struct err *err)
{
	const bool is_items = is_list(entry, at);
	struct buf prompt = BUF_EMPTY;
	size_t number = 1;
	bool is_asked;

	for (size_t i = 0; i < text->size; i++)
		number += text->bytes[i] == '\n';
	number += text->size != 0;
	for (;;) {
		const char *line;

		buf_clear(&prompt);
		buf_printf(&prompt, is_items ? "Item %zu: " : "Line %zu: ", number++);
		is_asked = plain_ask(plain, buf_text(&prompt), err);
		line = is_items ? plain_trimmed(plain) : buf_text(&plain->line);
		if (is_asked && strcmp(line, is_items ? "" : ".") == 0)
			break;
		if (is_asked || plain->has_broken_off)
			add_line(plain, entry, at, text, is_items ? line : undotted(line));
		if (!is_asked)
			break;
	}
	plain->has_broken_off = false;
	buf_release(&prompt);
	return is_asked ? TAKEN : TAKEN_LEFT;
}

/* Is it "change 2" or "drop 2"?  Then the number. */
static bool is_about_line(const char *reply, const char *verb, size_t *number)
{
	const size_t size = strlen(verb);
	char *end;

	if (strncmp(reply, verb, size) != 0 || reply[size] != ' ')
		return false;
	*number = strtoul(reply + size + 1, &end, 10);
	return end != reply + size + 1 && !*end;
}

/* The text with `line` in the place of that one; NULL: without it. */
static enum plain_taken replace_line(struct plain *plain, struct entry *entry, size_t at, size_t number, const char *line)
{
	const char *stands = text_of(entry, at);
	struct buf text = BUF_EMPTY;
	const char *between = "";
	bool is_set;

	for (size_t i = 1; *stands; i++) {
		const size_t size = strcspn(stands, "\n");

		if (i != number || line) {
			buf_printf(&text, "%s%.*s", between, i == number ? (int)strlen(line) : (int)size, i == number ? line : stands);
			between = "\n";
		}
		stands += size + (stands[size] == '\n');
	}
	is_set = !text.failed && plain_set(plain, entry, at, buf_text(&text));
	buf_release(&text);
	if (is_set)
		plain_say_lines(plain, entry, at);
	/* There may be more to change; an empty line keeps it as it is now. */
	return TAKEN_NOT;
}

static enum plain_taken change_line(struct plain *plain, struct entry *entry, size_t at, size_t number, struct err *err)
{
	const char *text = text_of(entry, at);
	size_t count = *text != '\0';
	size_t asked = 0;
	const bool is_drop = is_about_line(plain_trimmed(plain), "drop", &asked);

	for (; *text; text++)
		count += *text == '\n';
	if (number < 1 || number > count) {
		plain_say(plain, "There is no %s %zu.", is_list(entry, at) ? "item" : "line", number);
		return TAKEN_NOT;
	}
	if (is_drop)
		return replace_line(plain, entry, at, number, NULL);
	if (!plain_ask(plain, is_list(entry, at) ? "The item, anew: " : "The line, anew: ", err)) {
		plain->has_broken_off = false;
		return TAKEN_LEFT;
	}
	return *plain_trimmed(plain) ? replace_line(plain, entry, at, number, plain_trimmed(plain)) : TAKEN_NOT;
}

bool plain_is_anew(struct plain *plain, const struct entry *entry, size_t at)
{
	return at < entry->form.count && plain_has_lines(entry, at) && *text_of(entry, at) && strcmp(plain_trimmed(plain), "anew") == 0;
}

/* What stands is never overwritten by a line that was only typed: it is added to, changed by line, or begun anew in so many words. */
static enum plain_taken take_standing(struct plain *plain, struct entry *entry, size_t at, struct err *err)
{
	const char *reply = plain_trimmed(plain);
	struct buf text = BUF_EMPTY;
	enum plain_taken taken = TAKEN_NOT;
	size_t number;

	if (is_about_line(reply, "change", &number) || is_about_line(reply, "drop", &number))
		return change_line(plain, entry, at, number, err);
	if (strcmp(reply, "add") == 0)
		buf_str(&text, text_of(entry, at));
	if (text.size || plain_is_anew(plain, entry, at))
		taken = read_lines(plain, entry, at, &text, err);
	else
		plain_say(plain, "%s stands already, and stays. Type add to go on behind it, change 2 or drop 2 for one line, anew to begin it anew; an empty line keeps it.",
			  entry->form.fields[at].label);
	buf_release(&text);
	return taken;
}

enum plain_taken plain_take_lines(struct plain *plain, struct entry *entry, size_t at, struct err *err)
{
	const bool is_items = is_list(entry, at);
	const char *first = is_items ? plain_trimmed(plain) : buf_text(&plain->line);
	struct buf text = BUF_EMPTY;
	enum plain_taken taken;

	if (plain_is_kept_or_emptied(plain, entry, at, !is_items && strcmp(first, ".") == 0 ? "" : first, &taken))
		return taken;
	if (*text_of(entry, at))
		return take_standing(plain, entry, at, err);
	add_line(plain, entry, at, &text, is_items ? first : undotted(first));
	taken = read_lines(plain, entry, at, &text, err);
	buf_release(&text);
	return taken;
}
