#include <config.h>

#include <stddef.h>
#include <string.h>

#include <libconfig.h>

#include <gonogo/base/text.h>
#include <gonogo/config/include.h>
#include <gonogo/config/settings.h>

const struct setting settings_table[] = {
	{ "ledger", "the ledger to use, an absolute path", offsetof(struct settings, ledger) },
	{ "state", "the folder for what gonogo remembers of you: drafts, and the head you saw last", offsetof(struct settings, state) },
};
const size_t settings_count = sizeof settings_table / sizeof *settings_table;

static enum err_kind unknown_setting(const char *file, const config_setting_t *setting, struct err *err)
{
	const char *names[sizeof settings_table / sizeof *settings_table];
	const char *name = config_setting_name(setting), *near;

	for (size_t i = 0; i < settings_count; i++)
		names[i] = settings_table[i].path;
	near = text_nearest(name, names, settings_count);
	return err_set(err, ERR_INPUT, "%s:%u: there is no setting \"%s\".%s%s%s See gonogo(1).", file, config_setting_source_line(setting), name,
		       near ? " Did you mean " : "", near ? near : "", near ? "?" : "");
}

static enum err_kind take(const char *file, const config_setting_t *setting, struct arena *arena, struct settings *out, struct err *err)
{
	const char *name = config_setting_name(setting);

	for (size_t i = 0; i < settings_count; i++) {
		const char *value = config_setting_get_string(setting), **target;

		if (strcmp(name, settings_table[i].path) != 0)
			continue;
		if (!value || value[0] != '/')
			return err_set(err, ERR_INPUT, "%s:%u: %s is no absolute path, expected %s.", file, config_setting_source_line(setting), name,
				       settings_table[i].sentence);
		target = (const char **)(void *)((char *)out + settings_table[i].offset);
		*target = arena_str(arena, value);
		return *target ? ERR_NONE : err_memory(err);
	}
	return unknown_setting(file, setting, err);
}

enum err_kind settings_read(const char *file, const char *text, struct arena *arena, struct settings *out, struct err *err)
{
	config_t config;
	enum err_kind failed = include_refuse(file, text, err);

	*out = (struct settings){ 0 };
	if (failed)
		return failed;
	config_init(&config);
	if (!config_read_string(&config, text))
		failed = err_set(err, ERR_INPUT, "%s:%d: %s, expected NAME = \"VALUE\";", file, config_error_line(&config), config_error_text(&config));
	for (int i = 0; !failed && i < config_setting_length(config_root_setting(&config)); i++)
		failed = take(file, config_setting_get_elem(config_root_setting(&config), (unsigned)i), arena, out, err);
	config_destroy(&config);
	return failed;
}
