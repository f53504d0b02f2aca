#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/base/text.h>

#include "plain_state.h"

static const char *text_of(const struct entry *entry, size_t at)
{
	return form_text(&entry->form, entry->form.fields[at].name);
}

void plain_say_lines(struct plain *plain, const struct entry *entry, size_t at)
{
	const bool is_list = entry->form.fields[at].shape == FIELD_LIST;
	const char *text = text_of(entry, at);

	plain_say(plain, is_list ? "One item a line; an empty line ends it." : "Several lines; a line with a single . ends it.");
	if (!*text)
		return;
	plain_say(plain, is_list ? "It stands so; add, change 2 and drop 2 keep the rest, and a line of text begins it anew:" : "It stands so:");
	if (!is_list)
		plain_quote(plain, text);
	for (size_t number = 1; is_list && *text; number++) {
		const size_t size = strcspn(text, "\n");

		plain_say(plain, "  %zu. %.*s", number, (int)size, text);
		text += size + (text[size] == '\n');
	}
}

/* Nothing was typed, or one dash: true, and whether that is enough. */
static bool is_kept_or_emptied(struct plain *plain, struct entry *entry, size_t at, const char *reply, enum plain_taken *taken)
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
	const bool is_list = entry->form.fields[at].shape == FIELD_LIST;
	struct buf prompt = BUF_EMPTY;
	size_t number = 1;
	bool is_asked;

	for (size_t i = 0; i < text->size; i++)
		number += text->bytes[i] == '\n';
	number += text->size != 0;
	for (;;) {
		const char *line;

		buf_clear(&prompt);
		buf_printf(&prompt, is_list ? "Item %zu: " : "Line %zu: ", number++);
		is_asked = plain_ask(plain, buf_text(&prompt), err);
		line = is_list ? plain_trimmed(plain) : buf_text(&plain->line);
		if (is_asked && strcmp(line, is_list ? "" : ".") == 0)
			break;
		if (is_asked || plain->has_broken_off)
			add_line(plain, entry, at, text, is_list ? line : undotted(line));
		if (!is_asked)
			break;
	}
	plain->has_broken_off = false;
	buf_release(&prompt);
	return is_asked ? TAKEN : TAKEN_LEFT;
}

enum plain_taken plain_take_area(struct plain *plain, struct entry *entry, size_t at, struct err *err)
{
	const char *first = buf_text(&plain->line);
	struct buf text = BUF_EMPTY;
	enum plain_taken taken;

	if (is_kept_or_emptied(plain, entry, at, strcmp(first, ".") == 0 ? "" : first, &taken))
		return taken;
	add_line(plain, entry, at, &text, undotted(first));
	taken = read_lines(plain, entry, at, &text, err);
	buf_release(&text);
	return taken;
}

/* Is it "change 2" or "drop 2"?  Then the number. */
static bool is_about_item(const char *reply, const char *verb, size_t *number)
{
	const size_t size = strlen(verb);
	char *end;

	if (strncmp(reply, verb, size) != 0 || reply[size] != ' ')
		return false;
	*number = strtoul(reply + size + 1, &end, 10);
	return end != reply + size + 1 && !*end;
}

/* The list with `line` in the place of that item; NULL: without it. */
static enum plain_taken replace_item(struct plain *plain, struct entry *entry, size_t at, const struct texts *items, size_t number, const char *line)
{
	struct buf text = BUF_EMPTY;
	bool is_set;

	for (size_t i = 0; i < items->count; i++) {
		const char *item = i + 1 == number ? line : items->items[i];

		if (item)
			buf_printf(&text, "%s%s", text.size ? "\n" : "", item);
	}
	is_set = !text.failed && plain_set(plain, entry, at, buf_text(&text));
	buf_release(&text);
	if (is_set)
		plain_say_lines(plain, entry, at);
	/* There may be more to change; an empty line keeps it as it is now. */
	return TAKEN_NOT;
}

/* One item, or more of them, while the rest stays. */
static enum plain_taken change_items(struct plain *plain, struct entry *entry, size_t at, const struct texts *items, struct err *err)
{
	size_t number = 0;
	const bool is_drop = is_about_item(plain_trimmed(plain), "drop", &number);

	if ((!is_drop && !is_about_item(plain_trimmed(plain), "change", &number)) || number < 1 || number > items->count) {
		plain_say(plain, "There is no item %zu.", number);
		return TAKEN_NOT;
	}
	if (is_drop)
		return replace_item(plain, entry, at, items, number, NULL);
	if (!plain_ask(plain, "The item, anew: ", err))
		return TAKEN_LEFT;
	return *plain_trimmed(plain) ? replace_item(plain, entry, at, items, number, plain_trimmed(plain)) : TAKEN_NOT;
}

static enum plain_taken take_items(struct plain *plain, struct entry *entry, size_t at, const struct texts *items, struct err *err)
{
	const char *reply = plain_trimmed(plain);
	struct buf text = BUF_EMPTY;
	enum plain_taken taken;
	size_t number;

	if (items->count && (is_about_item(reply, "change", &number) || is_about_item(reply, "drop", &number)))
		return change_items(plain, entry, at, items, err);
	if (items->count && strcmp(reply, "add") == 0)
		buf_str(&text, text_of(entry, at));
	else
		add_line(plain, entry, at, &text, reply);
	taken = read_lines(plain, entry, at, &text, err);
	buf_release(&text);
	return taken;
}

enum plain_taken plain_take_list(struct plain *plain, struct entry *entry, size_t at, struct err *err)
{
	struct texts items;
	struct arena arena;
	enum plain_taken taken;

	if (is_kept_or_emptied(plain, entry, at, plain_trimmed(plain), &taken))
		return taken;
	arena_init(&arena, 0);
	if (form_lines(&entry->form, entry->form.fields[at].name, &arena, &items))
		taken = take_items(plain, entry, at, &items, err);
	else
		plain->failed = err_memory(err);
	arena_release(&arena);
	return plain->failed ? TAKEN_LEFT : taken;
}

/* --- several out of many --- */

static bool is_among(const char *lines, const char *id)
{
	const size_t size = strlen(id);

	for (; *lines; lines += strcspn(lines, "\n"), lines += *lines == '\n')
		if (strcspn(lines, "\n") == size && strncmp(lines, id, size) == 0)
			return true;
	return false;
}

static const struct form_options *options_of(const struct entry *entry, size_t at)
{
	return &entry->form.picks[at].options;
}

static bool shows(const struct form_option *option, const char *filter)
{
	return !*filter || strstr(option->id, filter) || (option->state && strstr(option->state, filter)) || (option->reason && strstr(option->reason, filter));
}

void plain_say_options(struct plain *plain, const struct entry *entry, size_t at, const char *filter)
{
	const struct form_options *options = options_of(entry, at);
	const char *chosen = text_of(entry, at);

	plain_say(plain, "Numbers or ids, with spaces between; + 3 adds, - 3 takes away, - none, /text shows only some.");
	for (size_t i = 0; i < options->count; i++) {
		const struct form_option *option = &options->items[i];

		if (shows(option, filter))
			plain_say(plain, "  %zu. %s%s%s%s%s%s%s", i + 1, option->id, option->state && *option->state ? ", " : "", option->state ? option->state : "",
				  option->reason && *option->reason ? ": " : "", option->reason ? option->reason : "", option->is_barred ? " (cannot be chosen)" : "",
				  is_among(chosen, option->id) ? " (chosen)" : "");
	}
	for (; *chosen; chosen += strcspn(chosen, "\n"), chosen += *chosen == '\n') {
		char id[ID_BYTES];
		size_t i = 0;

		snprintf(id, sizeof id, "%.*s", (int)strcspn(chosen, "\n"), chosen);
		while (i < options->count && strcmp(options->items[i].id, id) != 0)
			i++;
		if (i == options->count)
			plain_say(plain, "  %s (chosen, and not to be had any more)", id);
	}
}

/* The id that a word means, by number or itself; NULL, and said why: none that can be chosen. */
static const char *option_meant(struct plain *plain, const struct entry *entry, size_t at, const char *word, bool is_taken_away)
{
	const struct form_options *options = options_of(entry, at);
	char *end;
	const unsigned long number = strtoul(word, &end, 10);

	for (size_t i = 0; i < options->count; i++) {
		const struct form_option *option = &options->items[i];

		if (!text_same_id(option->id, word) && (*end || number != i + 1))
			continue;
		if (!option->is_barred || is_taken_away)
			return option->id;
		plain_say(plain, "%s cannot be chosen: %s", option->id, option->reason && *option->reason ? option->reason : option->state);
		return NULL;
	}
	if (is_taken_away && is_among(text_of(entry, at), word))
		return word;
	plain_say(plain, "%s is none of them. Type numbers or ids.", word);
	return NULL;
}

/* The ids that stand, without those of `words`; or with them.  False, and said why, when one of the words means nothing. */
static bool gather(struct plain *plain, const struct entry *entry, size_t at, char *words, char sign, struct buf *out)
{
	struct buf meant = BUF_EMPTY;
	bool is_good = true;

	for (char *word = strtok(words, " ,"); word && is_good; word = strtok(NULL, " ,")) {
		const char *id = option_meant(plain, entry, at, word, sign == '-');

		is_good = id != NULL;
		if (id && !is_among(buf_text(&meant), id))
			buf_printf(&meant, "%s%s", meant.size ? "\n" : "", id);
	}
	for (const char *stands = sign ? text_of(entry, at) : ""; *stands; stands += strcspn(stands, "\n"), stands += *stands == '\n') {
		char id[ID_BYTES];

		snprintf(id, sizeof id, "%.*s", (int)strcspn(stands, "\n"), stands);
		if (!is_among(buf_text(&meant), id))
			buf_printf(out, "%s%s", out->size ? "\n" : "", id);
	}
	if (sign != '-' && meant.size)
		buf_printf(out, "%s%s", out->size ? "\n" : "", buf_text(&meant));
	is_good &= !meant.failed && !out->failed;
	buf_release(&meant);
	return is_good;
}

enum plain_taken plain_take_pick(struct plain *plain, struct entry *entry, size_t at)
{
	char words[TEXT_LONG_MAX];
	const char *reply = plain_trimmed(plain);
	const char sign = (*reply == '+' || *reply == '-') ? *reply : '\0';
	struct buf chosen = BUF_EMPTY;
	enum plain_taken taken;

	if (is_kept_or_emptied(plain, entry, at, reply, &taken))
		return taken;
	if (*reply == '/') {
		plain_say_options(plain, entry, at, reply + 1);
		return TAKEN_NOT;
	}
	snprintf(words, sizeof words, "%s", reply + (sign != '\0'));
	taken = gather(plain, entry, at, words, sign, &chosen) && plain_set(plain, entry, at, buf_text(&chosen)) ? TAKEN : TAKEN_NOT;
	buf_release(&chosen);
	return taken;
}
