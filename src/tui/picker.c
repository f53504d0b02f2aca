#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/tui/picker.h>

#include "picker_state.h"

void picker_init(struct picker *picker, size_t most)
{
	*picker = (struct picker){ .at = 0 };
	textline_init(&picker->chosen, most);
	picker->chosen.has_lines = true;
	filter_init(&picker->filter);
}

void picker_release(struct picker *picker)
{
	textline_release(&picker->chosen);
	filter_release(&picker->filter);
}

const char *picker_text(const struct picker *picker)
{
	return textline_text(&picker->chosen);
}

/* Where the line with the id begins; NULL when it is not chosen. */
static const char *line_of(const struct picker *picker, const char *id, size_t size)
{
	for (const char *line = picker_text(picker); size && *line; line += strcspn(line, "\n"), line += *line == '\n')
		if (strcspn(line, "\n") == size && memcmp(line, id, size) == 0)
			return line;
	return NULL;
}

bool picker_has(const struct picker *picker, const char *id)
{
	return line_of(picker, id, strlen(id)) != NULL;
}

static bool is_option(const struct picker *picker, const char *id, size_t size)
{
	for (size_t i = 0; i < picker->options.count; i++)
		if (strlen(picker->options.items[i].id) == size && memcmp(picker->options.items[i].id, id, size) == 0)
			return true;
	return false;
}

/* The nth chosen id that is no option. */
static bool stranger(const struct picker *picker, size_t n, const char **id, size_t *size)
{
	for (const char *line = picker_text(picker); *line; line += *size, line += *line == '\n') {
		*size = strcspn(line, "\n");
		if (*size && !is_option(picker, line, *size) && n-- == 0) {
			*id = line;
			return true;
		}
	}
	return false;
}

bool picker_line(const struct picker *picker, size_t i, struct picker_line *line)
{
	const char *id;
	size_t size;

	if (i < picker->options.count) {
		const struct form_option *option = &picker->options.items[i];

		snprintf(line->id, sizeof line->id, "%s", option->id);
		line->state = option->state ? option->state : "";
		line->reason = option->reason ? option->reason : "";
		line->is_barred = option->is_barred;
		line->is_chosen = picker_has(picker, option->id);
		return true;
	}
	if (!stranger(picker, i - picker->options.count, &id, &size))
		return false;
	*line = (struct picker_line){ .state = "unknown", .reason = "not among those that can be chosen; Space takes it out", .is_barred = true,
				      .is_chosen = true };
	snprintf(line->id, sizeof line->id, "%.*s", (int)(size < sizeof line->id ? size : sizeof line->id - 1), id);
	return true;
}

static bool is_shown(const struct picker *picker, const struct picker_line *line)
{
	const char *const texts[] = { line->id, line->state, line->reason };

	return text_has_words(filter_text(&picker->filter), texts, sizeof texts / sizeof *texts);
}

struct picker_sum picker_count(const struct picker *picker)
{
	struct picker_sum sum = { .all = 0 };
	struct picker_line line;

	for (size_t i = 0; picker_line(picker, i, &line); i++) {
		const bool shown = is_shown(picker, &line);

		sum.all++;
		sum.shown += shown;
		sum.chosen += line.is_chosen;
		sum.hidden += line.is_chosen && !shown;
	}
	return sum;
}

bool picker_shown(const struct picker *picker, size_t *i, struct picker_line *line)
{
	while (picker_line(picker, (*i)++, line))
		if (is_shown(picker, line))
			return true;
	return false;
}

bool picker_line_here(const struct picker *picker, struct picker_line *line)
{
	size_t i = 0, n = 0;

	while (picker_shown(picker, &i, line))
		if (n++ == picker->at)
			return true;
	return false;
}

const char *picker_here(const struct picker *picker, char *out, size_t size)
{
	struct picker_line line;

	snprintf(out, size, "%s", picker_line_here(picker, &line) ? line.id : "");
	return out;
}

static void stay_in_sight(struct picker *picker)
{
	const size_t shown = picker_count(picker).shown;

	if (picker->at >= shown)
		picker->at = shown ? shown - 1 : 0;
}

static void refuse(struct picker *picker, const struct picker_line *line)
{
	const char *why = *line->reason ? line->reason : line->state;

	snprintf(picker->refusal, sizeof picker->refusal, "%s cannot be chosen: %s%s", line->id, why, *why && strchr(".!?", why[strlen(why) - 1]) ? "" : ".");
}

void picker_offer(struct picker *picker, struct form_options options)
{
	const bool was_refused = picker->refusal[0] != '\0';
	struct picker_line line;

	picker->options = options;
	picker->refusal[0] = '\0';
	stay_in_sight(picker);
	/* What was said stays said as long as it is so. */
	if (was_refused && picker_line_here(picker, &line) && !line.is_chosen && line.is_barred)
		refuse(picker, &line);
}

bool picker_set(struct picker *picker, const char *text)
{
	const bool is_set = textline_set(&picker->chosen, text);

	stay_in_sight(picker);
	return is_set;
}

/* Those chosen, in the order of the options, and the one turned round; then those that are no option. */
static enum textline_result turn(struct picker *picker, const struct picker_line *turned)
{
	struct buf made = BUF_EMPTY;
	struct picker_line line;
	enum textline_result result = TEXTLINE_FULL;

	for (size_t i = 0; picker_line(picker, i, &line); i++)
		if (line.is_chosen != (strcmp(line.id, turned->id) == 0))
			buf_printf(&made, "%s%s", made.size ? "\n" : "", line.id);
	if (!made.failed)
		result = textline_replace(&picker->chosen, 0, picker->chosen.text.size, buf_text(&made), made.size);
	buf_release(&made);
	stay_in_sight(picker);
	return result;
}

static enum textline_result choose(struct picker *picker)
{
	struct picker_line line;

	if (!picker_line_here(picker, &line))
		return TEXTLINE_MOVED;
	if (!line.is_chosen && line.is_barred) {
		refuse(picker, &line);
		return TEXTLINE_MOVED;
	}
	return turn(picker, &line);
}

static enum textline_result move_about(struct picker *picker, struct key key)
{
	enum { PAGE = PICKER_ROWS_MOST - 1 };
	const size_t shown = picker_count(picker).shown, last = shown ? shown - 1 : 0, at = picker->at;

	if (key_is(key, "Up") && at > 0)
		picker->at--;
	else if (key_is(key, "Down") && at < last)
		picker->at++;
	else if (key_is(key, "PgUp"))
		picker->at = at > PAGE ? at - PAGE : 0;
	else if (key_is(key, "PgDn"))
		picker->at = at + PAGE < last ? at + PAGE : last;
	else if (key_is(key, "Home"))
		picker->at = 0;
	else if (key_is(key, "End"))
		picker->at = last;
	else
		return TEXTLINE_UNUSED;
	return TEXTLINE_MOVED;
}

bool picker_is_typing(const struct picker *picker)
{
	return picker->filter.is_open;
}

enum textline_result picker_key(struct picker *picker, struct key key)
{
	picker->refusal[0] = '\0';
	switch (filter_key(&picker->filter, key)) {
	case FILTER_CHANGED:
		picker->at = 0;
		return TEXTLINE_MOVED;
	case FILTER_KEPT:
		return TEXTLINE_MOVED;
	case FILTER_UNUSED:
		picker->filter.is_open = false;
		break;
	}
	if (key_is(key, "Space"))
		return choose(picker);
	if (key_is(key, "/")) {
		filter_open(&picker->filter);
		return TEXTLINE_MOVED;
	}
	return move_about(picker, key);
}
