#include <config.h>

#include <string.h>

#include <libconfig.h>

#include <gonogo/base/io.h>
#include <gonogo/base/text.h>
#include <gonogo/config/include.h>
#include <gonogo/config/policy_file.h>

/* What is being read, and into what. */
struct reading { const char *file; struct policy *policy; struct policy_text *text; struct err *err; };

static enum err_kind refuse(const struct reading *r, const config_setting_t *at, const char *fmt, ...) PRINTF_LIKE(3, 4);

static enum err_kind refuse(const struct reading *r, const config_setting_t *at, const char *fmt, ...)
{
	char why[1024];
	va_list args;

	va_start(args, fmt);
	vsnprintf(why, sizeof why, fmt, args);
	va_end(args);
	return err_set(r->err, ERR_INPUT, "%s:%u: %s", r->file, config_setting_source_line(at), why);
}

static enum err_kind unknown(const struct reading *r, const config_setting_t *at, const char *what, const char *const *names, size_t count)
{
	const char *name = config_setting_name(at), *near = text_nearest(name, names, count);

	return refuse(r, at, "there is no %s \"%.80s\".%s%s%s See gonogo-policy(5).", what, name, near ? " Did you mean " : "", near ? near : "", near ? "?" : "");
}

/* A value as text: a string, or true. */
static enum err_kind value_of(const struct reading *r, const config_setting_t *at, const char **out)
{
	if (config_setting_type(at) == CONFIG_TYPE_BOOL)
		*out = arena_str(r->text->arena, config_setting_get_bool(at) ? "true" : "false");
	else if (config_setting_type(at) == CONFIG_TYPE_STRING)
		*out = arena_str(r->text->arena, config_setting_get_string(at));
	else
		return refuse(r, at, "%s is neither a text in quotes nor true, and nothing else is used here.",
			      config_setting_name(at) ? config_setting_name(at) : "an element");
	return *out ? ERR_NONE : err_memory(r->err);
}

static enum err_kind take(const struct reading *r, const config_setting_t *at, const struct policy_entry *entry)
{
	enum err_kind failed = policy_take(entry, r->text, r->policy, r->err);

	if (failed == ERR_INPUT)
		err_prefix(r->err, "%s:%u", r->file, config_setting_source_line(at));
	return failed;
}

static enum err_kind take_group(const struct reading *r, const struct policy_setting *row, const config_setting_t *group)
{
	struct policy_entry entry = { .setting = row };
	const char *names[POLICY_FIELDS_MAX];
	size_t count = 0;
	enum err_kind failed = ERR_NONE;

	for (; row->fields[count].key; count++)
		names[count] = row->fields[count].key;
	if (config_setting_type(group) != CONFIG_TYPE_GROUP)
		return refuse(r, group, "an element of %s is no group, expected %s", row->name, row->example);
	for (int i = 0; !failed && i < config_setting_length(group); i++) {
		const config_setting_t *at = config_setting_get_elem(group, (unsigned)i);
		size_t field = 0;

		while (field < count && strcmp(names[field], config_setting_name(at)) != 0)
			field++;
		failed = field == count ? unknown(r, at, arena_printf(r->text->arena, "field of %s", row->name), names, count)
					: value_of(r, at, &entry.values[field]);
	}
	return failed ? failed : take(r, group, &entry);
}

static enum err_kind take_setting(const struct reading *r, const config_setting_t *at)
{
	const char *names[32];
	const struct policy_setting *row = policy_setting_find(config_setting_name(at));
	struct policy_entry entry = { .setting = row };
	size_t count = 0;
	enum err_kind failed = ERR_NONE;

	for (; count < policy_setting_count && count < sizeof names / sizeof *names; count++)
		names[count] = policy_settings[count].name;
	if (!row)
		return unknown(r, at, "setting", names, count);
	if (row->is_list && config_setting_type(at) != CONFIG_TYPE_LIST)
		return refuse(r, at, "%s is no list, expected %s", row->name, row->example);
	for (int i = 0; row->is_list && !failed && i < config_setting_length(at); i++)
		failed = take_group(r, row, config_setting_get_elem(at, (unsigned)i));
	if (row->is_list)
		return failed;
	failed = value_of(r, at, &entry.values[0]);
	/* What is not asked for is left out. */
	if (!failed && row->fields[0].type == POLICY_FLAG && strcmp(entry.values[0], "false") == 0)
		return ERR_NONE;
	return failed ? failed : take(r, at, &entry);
}

/* The whole text, a line at a time: also what stands in comments is read by people. */
static enum err_kind check_lines(const char *file, const char *bytes, struct arena *arena, struct err *err)
{
	int number = 1;

	for (const char *line = bytes; *line; number++) {
		const size_t size = strcspn(line, "\n");
		char *copy = arena_bytes(arena, line, size);
		struct err why;

		if (!copy)
			return err_memory(err);
		for (char *tab = copy; (tab = strchr(tab, '\t')) != NULL;)
			*tab = ' ';
		if (!text_is_blank(copy) && text_check(TEXT_MEMO, "the line", copy, size, &why))
			return err_set(err, ERR_INPUT, "%s:%d: %s", file, number, why.text);
		line += size + (line[size] == '\n');
	}
	return ERR_NONE;
}

enum err_kind policy_file_parse(const char *file, const char *bytes, struct arena *arena, struct policy *policy, struct policy_text *text, struct err *err)
{
	const struct reading r = { file, policy, text, err };
	config_t config;
	enum err_kind failed = include_refuse(file, bytes, err);

	policy_standard(policy);
	*text = (struct policy_text){ .arena = arena };
	if (!failed)
		failed = check_lines(file, bytes, arena, err);
	if (failed)
		return failed;
	config_init(&config);
	if (!config_read_string(&config, bytes))
		failed = err_set(err, ERR_INPUT, "%s:%d: %s, expected SETTING = VALUE; as gonogo-policy(5) shows.", file, config_error_line(&config),
				 config_error_text(&config));
	for (int i = 0; !failed && i < config_setting_length(config_root_setting(&config)); i++)
		failed = take_setting(&r, config_setting_get_elem(config_root_setting(&config), (unsigned)i));
	config_destroy(&config);
	if (!failed && strcmp(policy->name, "standard") == 0)
		failed = err_set(err, ERR_INPUT, "%s:1: the policy has no name, expected for example %s", file, policy_setting_find("name")->example);
	return failed;
}

enum err_kind policy_file_read(const char *path, struct arena *arena, struct policy *policy, struct policy_text *text, struct err *err)
{
	char *bytes;
	size_t size;
	enum err_kind failed = io_read_own(path, POLICY_FILE_MAX, arena, &bytes, &size, err);

	return failed ? failed : policy_file_parse(path, bytes, arena, policy, text, err);
}

static void print_value(struct buf *out, const struct policy_field *field, const char *value)
{
	if (field->type == POLICY_FLAG) {
		buf_str(out, value);
		return;
	}
	buf_char(out, '"');
	for (; *value; value++) {
		if (*value == '"' || *value == '\\')
			buf_char(out, '\\');
		buf_char(out, *value);
	}
	buf_char(out, '"');
}

static void print_group(struct buf *out, const struct policy_entry *entry)
{
	buf_str(out, "{");
	for (size_t i = 0; entry->setting->fields[i].key; i++) {
		if (!entry->values[i])
			continue;
		buf_printf(out, " %s = ", entry->setting->fields[i].key);
		print_value(out, &entry->setting->fields[i], entry->values[i]);
		buf_char(out, ';');
	}
	buf_str(out, " }");
}

static void print_setting(const struct policy_setting *row, const struct policy_text *text, struct buf *out)
{
	size_t count = 0;

	for (size_t i = 0; i < text->count; i++) {
		if (text->entries[i].setting != row)
			continue;
		if (!count++)
			buf_printf(out, "# %s\n%s = %s", row->sentence, row->name, row->is_list ? "(\n    " : "");
		else
			buf_str(out, ",\n    ");
		if (row->is_list)
			print_group(out, &text->entries[i]);
		else
			print_value(out, &row->fields[0], text->entries[i].values[0]);
	}
	if (count)
		buf_str(out, row->is_list ? "\n);\n" : ";\n");
}

void policy_file_print(const struct policy_text *text, struct buf *out)
{
	for (size_t row = 0; row < policy_setting_count; row++)
		print_setting(&policy_settings[row], text, out);
}
