#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/app/standing.h>
#include <gonogo/tui/timeline.h>

enum { LABEL_MAX = 176, DATE_MAX = 40, NEXT_MAX = 16 };

void timeline_of(const struct record *record, const struct verdict *verdict, const struct release_line *line, struct timeline *out)
{
	const struct dossier *d = &record->dossier;
	const bool is_past = standing_is_past(line);

	*out = (struct timeline){ .now = record->now, .opens = is_past ? WHEN_NONE : verdict->earliest, .next = is_past ? CHANNEL_NONE : verdict->to,
				  .served_s = line->soak_served_s, .required_s = line->soak_required_s, .is_still = line->is_soak_still };
	for (size_t i = 0; i < d->stay_count && out->count < TIMELINE_STAYS; i++)
		out->stays[out->count++] = (struct timeline_stay){ d->stays[i].channel, d->stays[i].entered.at,
								   d->stays[i].left.seq ? d->stays[i].left.at : WHEN_NONE };
}

/* --- what is to be drawn, before it is known how long each part gets --- */

struct part { char label[LABEL_MAX]; int64_t seconds; char fill; int cells; int at; };
struct layout {
	struct part parts[TIMELINE_STAYS + 1]; /* the stays from `from` on, and the time to come */
	size_t count, from;
	char next[NEXT_MAX];
	bool is_here;                          /* the last stay goes on */
	bool has_future;
};

static const char *name_of(enum channel channel, bool is_short, char *out)
{
	static const char *const shorts[] = { [CHANNEL_EXPERIMENTAL] = "exp", [CHANNEL_CANDIDATE] = "cand" };
	const size_t at = (size_t)channel;
	const char *name = is_short && at < sizeof shorts / sizeof *shorts ? shorts[at] : NULL;

	snprintf(out, NEXT_MAX, "%s", name ? name : words_word(words_channel, (int)channel));
	return out;
}

static void label_stay(const struct timeline *t, const struct timeline_stay *stay, bool is_short, char *out)
{
	char name[NEXT_MAX], span[WHEN_SPAN_MAX], soak[WHEN_SPAN_MAX], required[WHEN_SPAN_MAX];
	const instant until = stay->left == WHEN_NONE ? t->now : stay->left;

	name_of(stay->channel, is_short, name);
	when_span_short(until - stay->entered, span);
	if (stay->left != WHEN_NONE || (!t->required_s && !t->is_still))
		snprintf(out, LABEL_MAX, "%s %s", name, span);
	else if (t->is_still)
		snprintf(out, LABEL_MAX, is_short ? "%s %s, still" : "%s %s, soak stands still", name, span);
	else if (t->served_s == until - stay->entered)
		snprintf(out, LABEL_MAX, "%s %s of %s", name, span, when_span_short(t->required_s, required));
	else
		snprintf(out, LABEL_MAX, is_short ? "%s %s, %s of %s" : "%s %s, soak %s of %s", name, span, when_span_short(t->served_s, soak),
			 when_span_short(t->required_s, required));
}

static void lay_out(const struct timeline *t, size_t from, bool is_short, struct layout *layout)
{
	*layout = (struct layout){ .from = from };
	for (size_t i = from; i < t->count; i++) {
		const struct timeline_stay *stay = &t->stays[i];
		struct part *part = &layout->parts[layout->count++];

		layout->is_here = stay->left == WHEN_NONE;
		part->fill = layout->is_here ? '-' : '=';
		part->seconds = (layout->is_here ? t->now : stay->left) - stay->entered;
		label_stay(t, stay, is_short, part->label);
	}
	if (!layout->is_here || t->next == CHANNEL_NONE || t->is_still || t->opens == WHEN_NONE)
		return;
	name_of(t->next, is_short, layout->next);
	layout->has_future = t->opens > t->now;
	if (layout->has_future)
		layout->parts[layout->count++] = (struct part){ .fill = '.', .seconds = t->opens - t->now };
}

/* Columns without any fill: "label ", a "|" after each stay that was left, ">" at now, " stable". */
static int bare_width(const struct layout *layout)
{
	int width = layout->from ? 3 : 0;

	for (size_t i = 0; i < layout->count; i++)
		width += *layout->parts[i].label ? (int)strlen(layout->parts[i].label) + 2 : 0;
	return width + (*layout->next ? (int)strlen(layout->next) + 1 : 0);
}

/* Every part gets one cell, the rest goes by time. */
static void share(struct layout *layout, int cells)
{
	int64_t all = 0, before = 0;
	const int rest = cells - (int)layout->count;
	int given = 0;

	for (size_t i = 0; i < layout->count; i++)
		all += layout->parts[i].seconds > 0 ? layout->parts[i].seconds : 0;
	for (size_t i = 0; i < layout->count; i++) {
		int until;

		before += layout->parts[i].seconds > 0 ? layout->parts[i].seconds : 0;
		until = all ? (int)((double)before / (double)all * rest) : 0;
		layout->parts[i].cells = 1 + until - given;
		given = until;
	}
}

static void draw_picture(struct layout *layout, char *out)
{
	size_t at = 0;

	if (layout->from) {
		memcpy(out, ".. ", 3);
		at = 3;
	}
	for (size_t i = 0; i < layout->count; i++) {
		struct part *part = &layout->parts[i];
		const bool is_last_stay = part->fill == '-';

		part->at = (int)at;
		if (*part->label)
			at += (size_t)snprintf(out + at, TIMELINE_WIDTH_MAX + 1 - at, "%s ", part->label);
		memset(out + at, part->fill, (size_t)part->cells);
		at += (size_t)part->cells;
		if (part->fill != '.')
			out[at++] = is_last_stay ? '>' : '|';
	}
	if (*layout->next)
		at += (size_t)snprintf(out + at, TIMELINE_WIDTH_MAX + 1 - at, " %s", layout->next);
	out[at] = '\0';
}

/* --- dates --- */

/* "01-15", with its year when that is not this one's. */
static const char *short_date(instant at, instant now, char *out)
{
	char date[WHEN_TEXT_MAX], today[WHEN_TEXT_MAX];

	when_date(at, date);
	when_date(now, today);
	snprintf(out, DATE_MAX, "%s", strncmp(date, today, 5) == 0 ? date + 5 : date);
	return out;
}

/* Writes a text where its columns are still free, a blank to both sides. */
static bool put_date(char *row, int width, int at, const char *text)
{
	const int size = (int)strlen(text);

	if (at + size > width)
		at = width - size;
	if (at < 0)
		return false;
	for (int i = at - 1; i <= at + size; i++)
		if (i >= 0 && i < width && row[i] != ' ')
			return false;
	memcpy(row + at, text, (size_t)size);
	return true;
}

/* When it opens and what day it is come first, then the beginnings, the newest before the older. */
static void draw_dates(const struct timeline *t, const struct layout *layout, int width, char *row)
{
	const struct part *future = layout->has_future ? &layout->parts[layout->count - 1] : NULL;
	const size_t stays = layout->count - (future ? 1 : 0);
	const struct part *last = &layout->parts[stays - 1];
	const int end = last->at + (int)strlen(last->label) + 1 + last->cells;
	char date[DATE_MAX], text[2 * DATE_MAX], whole[WHEN_TEXT_MAX];

	memset(row, ' ', (size_t)width);
	row[width] = '\0';
	if (future) {
		when_format(t->opens, whole);
		snprintf(text, sizeof text, "opens %s %.5sZ", short_date(t->opens, t->now, date), whole + 11);
		put_date(row, width, future->at + future->cells, text);
	}
	if (layout->is_here) {
		snprintf(text, sizeof text, "now %s", short_date(t->now, t->now, date));
		for (int at = end - (int)strlen(text) + 1; at > last->at && !put_date(row, width, at, text); at--)
			;
	}
	for (size_t i = stays; i-- > 0;)
		put_date(row, width, layout->parts[i].at, short_date(t->stays[layout->from + i].entered, t->now, date));
	for (int at = width; at > 0 && row[at - 1] == ' '; at--)
		row[at - 1] = '\0';
}

void timeline_rows(const struct timeline *t, int width, struct timeline_rows *out)
{
	struct layout layout;
	bool fits = false;

	*out = (struct timeline_rows){ 0 };
	if (width > TIMELINE_WIDTH_MAX)
		width = TIMELINE_WIDTH_MAX;
	for (size_t from = 0; from < t->count && !fits; from++)
		for (int is_short = 0; is_short < 2 && !fits; is_short++) {
			lay_out(t, from, is_short, &layout);
			fits = bare_width(&layout) + (int)layout.count <= width;
		}
	if (!fits)
		return;
	share(&layout, width - bare_width(&layout));
	draw_picture(&layout, out->picture);
	draw_dates(t, &layout, width, out->dates);
}
