#include <config.h>

#include <string.h>

#include <gonogo/base/text.h>

#include "providers.h"

const struct word words_flag_served[] = { { FLAG_UNKNOWN, "unknown", "unknown" }, { FLAG_OFF, "off", "off" }, { FLAG_ON, "on", "on" }, { 0, NULL, NULL } };

#define ROW(word, prefix) .name = word, .read = prefix##_read, .kill = prefix##_kill, .restore = prefix##_restore, .describe = prefix##_describe

const struct flag_provider flag_providers[] = {
	{ ROW("flagd", flagd), .sentence = "a flag of an OpenFeature flagd definition file in JSON", .is_live = true },
	{ ROW("env", env), .sentence = "a line KEY=VALUE of an environment file, one for all or one for each tenant", .is_live = true },
	{ ROW("command", command), .sentence = "a program of the organisation's own, without a shell, JSON in and out", .is_live = true },
	{ ROW("manual", manual), .sentence = "a person, who switches by hand and confirms it", .is_live = false },
};
const size_t flag_provider_count = sizeof flag_providers / sizeof *flag_providers;

const struct flag_provider *flag_provider_find(const char *name)
{
	for (size_t i = 0; name && i < flag_provider_count; i++)
		if (strcmp(flag_providers[i].name, name) == 0)
			return &flag_providers[i];
	return NULL;
}

const char *flag_setting(const struct flag_binding *binding, const char *name, const char *otherwise)
{
	const size_t size = strlen(name);

	for (size_t i = 0; i < binding->args.count; i++)
		if (strncmp(binding->args.items[i], name, size) == 0 && binding->args.items[i][size] == '=')
			return binding->args.items[i] + size + 1;
	return otherwise;
}

static bool has_id(struct texts ids, const char *id)
{
	for (size_t i = 0; i < ids.count; i++)
		if (text_same_id(ids.items[i], id))
			return true;
	return false;
}

bool flag_aims_at(const struct flag_aim *aim, const char *tenant)
{
	return aim->everyone ? !has_id(aim->except, tenant) : has_id(aim->killed, tenant);
}

enum err_kind reading_begin(struct flag_reading *out, struct texts tenants, struct arena *arena, struct err *err)
{
	*out = (struct flag_reading){ .count = tenants.count, .tenants = arena_array(arena, tenants.count + 1, sizeof *out->tenants) };
	if (!out->tenants)
		return err_memory(err);
	for (size_t i = 0; i < tenants.count; i++)
		out->tenants[i].id = tenants.items[i];
	return ERR_NONE;
}

enum err_kind reading_is(struct flag_reading *out, enum switch_state state, const char *reason, struct err *err)
{
	out->state = state;
	out->reason = reason;
	return reason ? ERR_NONE : err_memory(err);
}

bool flag_off_word(const char *word)
{
	return word && (text_same_id(word, "false") || text_same_id(word, "off"));
}
