#include <config.h>

#include <gonogo/doc/form.h>
#include <gonogo/doc/manifest.h>

static enum err_kind check_switch(
	const struct lines *lines, const struct line *line, const char *value, struct err *err)
{
	struct flag_reference reference;
	if (paper_flag_read(value, lines->arena, &reference))
		return ERR_NONE;
	return lines_refuse(lines, line, err,
		"the kill switch is \"%s\", expected \"NAME (default: VALUE)\" or \"Feature flag NAME (default: "
		"VALUE)\"",
		lines_quote(lines, value));
}

static enum err_kind check_flag(const struct lines *lines, const struct line *line, const char *value, struct err *err)
{
	struct flag_reference reference;
	if (paper_flag_read(value, lines->arena, &reference) && !reference.says_feature_flag)
		return ERR_NONE;
	return lines_refuse(lines, line, err, "the feature flag is \"%s\", expected \"NAME (default: VALUE)\"",
		lines_quote(lines, value));
}

#define AT(member) offsetof(struct manifest, member)
static const struct form_field fields[] = {
	{ .key = "Release ID", .what = "the release id", .text = TEXT_ID, .offset = AT(release) },
	{ .key = "Classification", .what = "the class", .shape = FORM_WORD, .words = words_class, .offset = AT(class) },
	{ .key = "Description", .what = "the description", .text = TEXT_LINE, .offset = AT(description) },
	{ .key = "Files Changed",
		.what = "a changed file",
		.shape = FORM_LIST,
		.text = TEXT_LINE,
		.offset = AT(files) },
	{ .key = "Data Changes",
		.what = "the data changes, or \"None\"",
		.text = TEXT_LINE,
		.offset = AT(data_changes) },
	{ .key = "Kill Switch",
		.what = "the kill switch",
		.text = TEXT_LINE,
		.offset = AT(kill_switch),
		.check = check_switch },
	{ .key = "Feature Flag",
		.what = "the feature flag",
		.text = TEXT_LINE,
		.optional = true,
		.offset = AT(flag),
		.check = check_flag },
	{ .key = "Revert Commit",
		.what = "the commit to revert",
		.text = TEXT_LINE,
		.optional = true,
		.offset = AT(revert) },
	{ .key = "Supersedes",
		.what = "the release it supersedes",
		.text = TEXT_ID,
		.optional = true,
		.offset = AT(supersedes) },
};
#undef AT
static const struct form form = { "the manifest", fields, sizeof fields / sizeof fields[0] };

enum err_kind manifest_parse(
	const char *file, const char *text, size_t size, struct arena *arena, struct manifest *out, struct err *err)
{
	struct lines lines;
	*out = (struct manifest){ 0 };
	enum err_kind kind = lines_open(file, text, size, arena, &lines, err);
	if (kind == ERR_NONE)
		kind = form_parse(&form, &lines, out, err);
	if (kind == ERR_NONE && out->supersedes && text_same_id(out->supersedes, out->release))
		return lines_refuse(&lines, lines_find(&lines, "Supersedes"), err,
			"the release supersedes itself, expected the id of an earlier release");
	return kind;
}

void manifest_print(const struct manifest *manifest, struct buf *out)
{
	form_print(&form, manifest, out);
}
