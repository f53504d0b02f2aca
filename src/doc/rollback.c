#include <config.h>

#include <gonogo/doc/form.h>
#include <gonogo/doc/rollback.h>

static enum err_kind check_restore(
	const struct lines *lines, const struct line *line, const char *value, struct err *err)
{
	const char *reference;
	instant date;
	enum result result;
	if (paper_restore_read(value, lines->arena, &reference, &date, &result))
		return ERR_NONE;
	return lines_refuse(lines, line, err,
		"the restore verification is \"%s\", expected \"REFERENCE, DATE, pass\" or \"REFERENCE, DATE, fail\" "
		"with a "
		"day such as 2025-01-15",
		lines_quote(lines, value));
}

#define AT(member) offsetof(struct rollback_plan, member)
static const struct form_field fields[] = {
	{ .key = "Rollback Trigger",
		.what = "a condition that requires rollback",
		.shape = FORM_BULLETS,
		.text = TEXT_LINE,
		.offset = AT(triggers) },
	{ .key = "Rollback Procedure",
		.what = "a step",
		.shape = FORM_STEPS,
		.text = TEXT_LINE,
		.spaced = true,
		.offset = AT(steps) },
	{ .key = "Rollback Verification",
		.what = "what confirms the rollback",
		.shape = FORM_BULLETS,
		.text = TEXT_LINE,
		.spaced = true,
		.offset = AT(checks) },
	{ .key = "Data Recovery",
		.what = "the restore procedure's reference",
		.text = TEXT_LINE,
		.optional = true,
		.spaced = true,
		.offset = AT(recovery) },
	{ .key = "Restore Verification",
		.what = "the restore verification",
		.text = TEXT_LINE,
		.optional = true,
		.spaced = true,
		.offset = AT(restore),
		.check = check_restore },
	{ .key = "Communication Plan",
		.what = "whom to notify and how",
		.shape = FORM_BULLETS,
		.text = TEXT_LINE,
		.spaced = true,
		.offset = AT(communication) },
	{ .key = "Rollback Owner", .what = "the owner", .text = TEXT_LINE, .spaced = true, .offset = AT(owner) },
};
#undef AT
static const struct form form = { "the rollback plan", fields, sizeof fields / sizeof fields[0] };

enum err_kind rollback_parse(const char *file, const char *text, size_t size, struct arena *arena,
	struct rollback_plan *out, struct err *err)
{
	struct lines lines;
	*out = (struct rollback_plan){ 0 };
	enum err_kind kind = lines_open(file, text, size, arena, &lines, err);
	return kind == ERR_NONE ? form_parse(&form, &lines, out, err) : kind;
}

void rollback_print(const struct rollback_plan *plan, struct buf *out)
{
	form_print(&form, plan, out);
}
