#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/doc/form.h>
#include <gonogo/doc/plan.h>

/* The specification's table writes both durations in one phrase; the form gives each a line of its own (I-12). */
static enum err_kind check_minimum(
	const struct lines *lines, const struct line *line, const char *value, struct err *err)
{
	if (!strstr(value, "maximum"))
		return ERR_NONE;
	return lines_refuse(lines, line, err,
		"the minimum duration is \"%s\", expected the minimum alone, as in \"2 weeks\", and the maximum in a "
		"line "
		"\"Maximum Duration: 4 weeks\" below it",
		lines_quote(lines, value));
}

static enum err_kind check_maximum(
	const struct lines *lines, const struct line *line, const char *value, struct err *err)
{
	if (!strstr(value, "minimum"))
		return ERR_NONE;
	return lines_refuse(lines, line, err, "the maximum duration is \"%s\", expected a maximum, as in \"4 weeks\"",
		lines_quote(lines, value));
}

#define AT(member) offsetof(struct plan, member)
static const struct form_field fields[] = {
	{ .key = "Release", .what = "the release id", .text = TEXT_ID, .offset = AT(release) },
	{ .key = "Classification", .what = "the class", .shape = FORM_WORD, .words = words_class, .offset = AT(class) },
	{ .key = "Experimental Tenants",
		.what = "a tenant's id",
		.shape = FORM_LIST,
		.text = TEXT_ID,
		.offset = AT(tenants) },
	{ .key = "Opt-in Method", .what = "the opt-in method", .text = TEXT_LINE, .offset = AT(opt_in) },
	{ .key = "Start Date", .what = "the start date", .shape = FORM_DATE, .offset = AT(start) },
	{ .key = "Minimum Duration",
		.what = "the minimum duration",
		.shape = FORM_SPAN,
		.offset = AT(min_s),
		.check = check_minimum },
	{ .key = "Maximum Duration",
		.what = "the maximum duration",
		.shape = FORM_SPAN,
		.optional = true,
		.offset = AT(max_s),
		.check = check_maximum },
	{ .key = "Exit Criteria",
		.what = "an exit criterion",
		.shape = FORM_BULLETS,
		.text = TEXT_LINE,
		.offset = AT(criteria) },
	{ .key = "Owner", .what = "the owner", .text = TEXT_LINE, .offset = AT(owner) },
	{ .key = "Approved By",
		.what = "who approved the plan, and when",
		.text = TEXT_LINE,
		.optional = true,
		.offset = AT(claim) },
};
#undef AT
static const struct form form = { "the exposure plan", fields, sizeof fields / sizeof fields[0] };

enum err_kind plan_parse(
	const char *file, const char *text, size_t size, struct arena *arena, struct plan *out, struct err *err)
{
	struct lines lines;
	*out = (struct plan){ .start = WHEN_NONE };
	enum err_kind kind = lines_open(file, text, size, arena, &lines, err);
	if (kind == ERR_NONE)
		kind = form_parse(&form, &lines, out, err);
	if (kind == ERR_NONE && out->max_s > 0 && out->max_s < out->min_s) {
		char words[WHEN_SPAN_MAX];
		return lines_refuse(&lines, lines_find(&lines, "Maximum Duration"), err,
			"the maximum duration is shorter than the minimum, expected at least %s",
			when_span_words(out->min_s, words));
	}
	return kind;
}

void plan_print(const struct plan *plan, struct buf *out)
{
	form_print(&form, plan, out);
}
