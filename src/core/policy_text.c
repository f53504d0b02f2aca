#include <config.h>

#include <stdlib.h>
#include <string.h>

#include <gonogo/base/buf.h>
#include <gonogo/base/text.h>
#include <gonogo/core/kinds.h>
#include <gonogo/core/policy.h>

static enum err_kind check_word(const char *key, const char *value, const struct word *table, int least, struct err *err)
{
	struct word rows[CHANNEL_COUNT + 1] = { { 0 } };
	char list[160];
	int found;
	size_t count = 0;

	for (size_t i = 0; table[i].word && count < CHANNEL_COUNT; i++)
		if (table[i].value >= least)
			rows[count++] = table[i];
	if (words_read(rows, value, &found))
		return ERR_NONE;
	return err_set(err, ERR_INPUT, "%s%sis \"%.80s\"; expected %s.", key, *key ? " " : "", value, words_list(rows, list, sizeof list));
}

/* In a channel to stay in nobody stays for ever: stable is left by a successor. */
static enum err_kind check_soaked(const char *key, const char *value, struct err *err)
{
	static const struct word soaked[] = { { CHANNEL_DEV, "dev", "dev" }, { CHANNEL_EXPERIMENTAL, "experimental", "experimental" },
					      { CHANNEL_CANDIDATE, "candidate", "candidate" }, { 0, NULL, NULL } };

	return check_word(key, value, soaked, 0, err);
}

static enum err_kind check_item(const char *key, const char *value, struct err *err)
{
	static const char *const taken[] = { "freeze", "barred" };
	enum err_kind failed = text_check(TEXT_PERSON, key, value, strlen(value), err);

	for (size_t i = 0; !failed && i < sizeof taken / sizeof *taken; i++)
		if (strcmp(value, taken[i]) == 0)
			failed = err_set(err, ERR_INPUT, "%s is \"%s\", which the program uses itself; expected another.", key, value);
	return failed;
}

enum err_kind policy_span_read(const char *text, int64_t *seconds, struct err *err)
{
	static const struct { const char *unit; int64_t seconds; } units[] = { { " minute", 60 }, { " minutes", 60 }, { " hour", 3600 }, { " hours", 3600 } };
	char *end = NULL;
	const long long count = *text >= '1' && *text <= '9' ? strtoll(text, &end, 10) : 0;

	for (size_t i = 0; count > 0 && count <= WHEN_DAY_S && i < sizeof units / sizeof *units; i++) {
		*seconds = count * units[i].seconds;
		if (strcmp(end, units[i].unit) == 0 && *seconds <= WHEN_DAY_S)
			return ERR_NONE;
	}
	return err_set(err, ERR_INPUT, "it is \"%.80s\"; expected minutes or hours, at most a day, for example 10 minutes.", text);
}

static enum err_kind check_value(const struct policy_field *field, const char *value, struct err *err)
{
	enum err_kind failed;
	int64_t seconds;
	instant at;

	switch (field->type) {
	case POLICY_NAME:
		return text_check(TEXT_NAME, "it", value, strlen(value), err);
	case POLICY_LINE:
		return text_check(TEXT_LINE, field->key, value, strlen(value), err);
	case POLICY_ITEM:
		return check_item(field->key, value, err);
	case POLICY_RELEASE:
		return text_check(TEXT_ID, field->key, value, strlen(value), err);
	case POLICY_PATH:
		failed = text_check(TEXT_LINE, field->key, value, strlen(value), err);
		if (!failed && *value != '/')
			failed = err_set(err, ERR_INPUT, "%s is \"%.80s\"; expected an absolute path.", field->key, value);
		return failed;
	case POLICY_KIND:
		return kind_find(value) ? ERR_NONE : err_set(err, ERR_INPUT, "%s is \"%.80s\", which is no kind of fact; expected for example release.promoted.",
							     field->key, value);
	case POLICY_CLASS:
		return check_word(field->key, value, words_class, 0, err);
	case POLICY_TARGET:
		return check_word(field->key, value, words_channel, CHANNEL_EXPERIMENTAL, err);
	case POLICY_SOAKED:
		return check_soaked(field->key, value, err);
	case POLICY_ROLE:
		return check_word(field->key, value, words_role, 0, err);
	case POLICY_SPAN:
		return when_span_parse(*field->key ? field->key : "it", value, &seconds, err);
	case POLICY_SHORT:
		return policy_span_read(value, &seconds, err);
	case POLICY_INSTANT:
		return when_parse(field->key, value, &at, err);
	case POLICY_FLAG:
		break;
	}
	return strcmp(value, "true") == 0 ? ERR_NONE : err_set(err, ERR_INPUT, "it is \"%.80s\"; expected true.", value);
}

static enum err_kind check_entry(const struct policy_entry *entry, struct err *err)
{
	for (size_t i = 0; entry->setting->fields[i].key; i++) {
		const struct policy_field *field = &entry->setting->fields[i];
		enum err_kind failed = ERR_NONE;

		if (entry->values[i])
			failed = check_value(field, entry->values[i], err);
		else if (field->required)
			failed = err_set(err, ERR_INPUT, "%s is missing; expected for example %s", field->key, entry->setting->example);
		if (failed)
			return failed;
	}
	return ERR_NONE;
}

enum err_kind policy_take(const struct policy_entry *entry, struct policy_text *text, struct policy *policy, struct err *err)
{
	enum err_kind failed = check_entry(entry, err);

	if (!failed && !entry->setting->is_list)
		for (size_t i = 0; !failed && i < text->count; i++)
			if (text->entries[i].setting == entry->setting)
				failed = err_set(err, ERR_INPUT, "it is said twice; expected it once.");
	if (!failed && text->count >= POLICY_ENTRIES_MAX)
		failed = err_set(err, ERR_INPUT, "the policy says more than %d things; expected at most these.", POLICY_ENTRIES_MAX);
	if (!failed)
		failed = entry->setting->take(entry, policy, text->arena, err);
	if (failed && failed != ERR_SYSTEM) {
		err_prefix(err, "%s", entry->setting->name);
		return err ? (err->kind = ERR_INPUT) : ERR_INPUT;
	}
	if (failed)
		return failed;
	text->entries = arena_room(text->arena, text->entries, text->count, &text->room, sizeof *text->entries);
	if (!text->entries)
		return err_memory(err);
	text->entries[text->count++] = *entry;
	return ERR_NONE;
}

static const char *value_of(const struct policy_entry *entry, const char *key, size_t size)
{
	for (size_t i = 0; entry->setting->fields[i].key; i++)
		if (strlen(entry->setting->fields[i].key) == size && strncmp(entry->setting->fields[i].key, key, size) == 0)
			return entry->values[i];
	return NULL;
}

const char *policy_says(const struct policy_entry *entry, struct arena *arena)
{
	struct buf out = BUF_EMPTY;
	const char *said;

	for (const char *at = entry->setting->says; *at; at++) {
		const char *end = *at == '{' ? strchr(at, '}') : NULL, *otherwise, *value;

		if (!end) {
			buf_char(&out, *at);
			continue;
		}
		otherwise = memchr(at, '|', (size_t)(end - at));
		value = value_of(entry, at + 1, (size_t)((otherwise ? otherwise : end) - at - 1));
		if (value)
			buf_str(&out, value);
		else if (otherwise)
			buf_add(&out, otherwise + 1, (size_t)(end - otherwise - 1));
		at = end;
	}
	said = buf_check(&out, NULL) ? NULL : arena_str(arena, buf_text(&out));
	buf_release(&out);
	return said;
}

static void write_value(struct buf *out, const char *value)
{
	buf_char(out, '"');
	for (; *value; value++) {
		if (*value == '"' || *value == '\\')
			buf_char(out, '\\');
		buf_char(out, *value);
	}
	buf_char(out, '"');
}

static void write_entry(struct buf *out, const struct policy_entry *entry)
{
	buf_str(out, entry->setting->name);
	for (size_t i = 0; entry->setting->fields[i].key; i++) {
		if (!entry->values[i])
			continue;
		buf_printf(out, " %s%s", entry->setting->fields[i].key, *entry->setting->fields[i].key ? "=" : "");
		write_value(out, entry->values[i]);
	}
	buf_char(out, '\n');
}

enum err_kind policy_write(const struct policy_text *text, struct arena *arena, const char **out, struct err *err)
{
	struct buf lines = BUF_EMPTY;
	enum err_kind failed;

	for (size_t row = 0; row < policy_setting_count; row++)
		for (size_t i = 0; i < text->count; i++)
			if (text->entries[i].setting == &policy_settings[row])
				write_entry(&lines, &text->entries[i]);
	failed = buf_check(&lines, err);
	if (!failed && !(*out = arena_str(arena, buf_text(&lines))))
		failed = err_memory(err);
	buf_release(&lines);
	return failed;
}

/* A value in quotes; NULL: it is none.  *at is left behind it. */
static const char *read_value(const char **at, struct arena *arena)
{
	char *copy = arena_bytes(arena, *at, strcspn(*at, "\n")), *to = copy;
	const char *from = *at;

	if (!copy || *from++ != '"')
		return NULL;
	for (; *from && *from != '\n' && *from != '"'; from++) {
		if (*from == '\\' && (from[1] == '"' || from[1] == '\\'))
			from++;
		*to++ = *from;
	}
	*to = '\0';
	if (*from != '"')
		return NULL;
	*at = from + 1;
	return copy;
}

static bool read_field(const char **at, struct policy_entry *entry, struct arena *arena)
{
	for (size_t i = 0; entry->setting->fields[i].key; i++) {
		const char *key = entry->setting->fields[i].key, *value = *at;
		const size_t size = strlen(key);

		if (entry->values[i] || strncmp(value, key, size) != 0 || (size && value[size] != '='))
			continue;
		value += size + (size ? 1 : 0);
		entry->values[i] = read_value(&value, arena);
		*at = value;
		return entry->values[i] != NULL;
	}
	return false;
}

static bool read_entry(const char **at, struct policy_entry *entry, struct arena *arena)
{
	const size_t size = strcspn(*at, " \n");
	const char *name = arena_bytes(arena, *at, size);

	*entry = (struct policy_entry){ .setting = name ? policy_setting_find(name) : NULL };
	if (!entry->setting)
		return false;
	for (*at += size; **at == ' ';) {
		(*at)++;
		if (!read_field(at, entry, arena))
			return false;
	}
	return *(*at)++ == '\n';
}

enum err_kind policy_read(const char *canonical, struct arena *arena, struct policy *out, struct policy_text *text, struct err *err)
{
	struct policy_text own = { .arena = arena };
	struct policy_entry entry;
	int line = 1;
	bool has_name = false;

	if (!text)
		text = &own;
	*text = (struct policy_text){ .arena = arena };
	policy_standard(out);
	for (const char *at = canonical; *at; line++) {
		enum err_kind failed;

		if (!read_entry(&at, &entry, arena))
			return err_set(err, ERR_INPUT, "Line %d of the policy says nothing that this program knows.", line);
		failed = policy_take(&entry, text, out, err);
		if (failed)
			return failed;
		has_name |= strcmp(entry.setting->name, "name") == 0;
	}
	return has_name ? ERR_NONE : err_set(err, ERR_INPUT, "name: the policy has none; expected for example name = \"year end\";");
}
