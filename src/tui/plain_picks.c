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
	const char *const texts[] = { option->id, option->state, option->reason };

	return text_has_words(filter, texts, sizeof texts / sizeof *texts);
}

void plain_say_options(struct plain *plain, const struct entry *entry, size_t at, const char *filter)
{
	const struct form_options *options = options_of(entry, at);
	const char *chosen = text_of(entry, at);

	plain_say(plain, "Numbers or ids, with spaces between; + 3 adds, - 3 takes away, - none, /words shows only the rows that hold them.");
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

	if (plain_is_kept_or_emptied(plain, entry, at, reply, &taken))
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

void plain_say_chosen(struct plain *plain, const struct entry *entry, size_t at)
{
	const char *chosen = text_of(entry, at), *between = "";

	buf_str(&plain->out, *chosen ? "Chosen: " : "Nothing is chosen");
	for (; *chosen; chosen += strcspn(chosen, "\n"), chosen += *chosen == '\n') {
		buf_printf(&plain->out, "%s%.*s", between, (int)strcspn(chosen, "\n"), chosen);
		between = ", ";
	}
	plain_say(plain, ".");
}
