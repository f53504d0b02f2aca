#include <config.h>

#include <gonogo/doc/form.h>
#include <gonogo/doc/killswitch.h>

#define AT(member) offsetof(struct switch_definition, member)
static const struct form_field fields[] = {
	{ .key = "Flag", .what = "the flag's name", .text = TEXT_LINE, .offset = AT(flag) },
	{ .key = "Default", .what = "the flag's default", .text = TEXT_LINE, .offset = AT(default_value) },
	{ .key = "Enabled for", .what = "the tenants it is enabled for", .text = TEXT_LINE, .offset = AT(enabled_for) },
	{ .key = "Activation", .what = "the activation method", .text = TEXT_LINE, .offset = AT(activation) },
	{ .key = "Tested",
		.what = "when and where it was tested",
		.text = TEXT_LINE,
		.optional = true,
		.offset = AT(claim) },
};
#undef AT
static const struct form form = { "the kill-switch form", fields, sizeof fields / sizeof fields[0] };

enum err_kind killswitch_parse(const char *file, const char *text, size_t size, struct arena *arena,
	struct switch_definition *out, struct err *err)
{
	struct lines lines;
	*out = (struct switch_definition){ 0 };
	enum err_kind kind = lines_open(file, text, size, arena, &lines, err);
	return kind == ERR_NONE ? form_parse(&form, &lines, out, err) : kind;
}

void killswitch_print(const struct switch_definition *definition, struct buf *out)
{
	form_print(&form, definition, out);
}
