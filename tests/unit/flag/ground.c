#include <config.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include <gonogo/base/io.h>
#include <gonogo/base/spawn.h>

#include "ground.h"

struct arena ground;
const struct texts tenants = { .items = (const char *const[]){ "acme", "beta", "gamma" }, .count = 3 };
static char *folder;

void ground_begin(void)
{
	struct err err;

	arena_init(&ground, 0);
	cr_assert(!io_temp_dir(&ground, &folder, &err), "%s", err.text);
}

void ground_end(void)
{
	io_remove_dir(folder);
	arena_release(&ground);
}

const char *ground_path(const char *name)
{
	return arena_printf(&ground, "%s/%s", folder, name);
}

void ground_write(const char *name, const char *text)
{
	FILE *file = fopen(ground_path(name), "w");

	cr_assert(file && fputs(text, file) >= 0 && fclose(file) == 0, "%s could not be written", name);
}

const char *ground_text(const char *name)
{
	struct err err;
	char *bytes = NULL;
	size_t size;

	cr_assert(!io_read(ground_path(name), 1 << 20, &ground, &bytes, &size, &err), "%s", err.text);
	return bytes;
}

struct flag_binding ground_binding(const char *provider, const char *place, const char *const *args, size_t count)
{
	return (struct flag_binding){ .provider = provider, .place = place, .args = { .items = args, .count = count }, .release = "2025-01-15-r1", .flag = "FILTER",
				      .off = "false" };
}

const char *ground_served(const struct flag_reading *reading)
{
	return arena_printf(&ground, "%s %s %s", words_word(words_flag_served, (int)reading->tenants[0].served), words_word(words_flag_served, (int)reading->tenants[1].served),
			    words_word(words_flag_served, (int)reading->tenants[2].served));
}

struct flag_reading ground_read(const struct flag_binding *binding)
{
	struct flag_reading reading;
	struct err err;

	cr_assert(!flag_provider_find(binding->provider)->read(binding, tenants, &ground, &reading, &err), "%s", err.text);
	return reading;
}

struct flag_aim ground_kill(const char *const *killed, size_t count)
{
	return (struct flag_aim){ .everyone = count == 0, .killed = { .items = killed, .count = count }, .tenants = tenants };
}

const char *ground_run(const char *const *argv, int *status)
{
	const struct spawn spawn = { .argv = argv, .deadline_s = 60, .output_cap = 1 << 20 };
	struct spawn_result result;
	struct err err;

	*status = -1;
	if (spawn_run(&spawn, &ground, &result, &err)) {
		cr_log_info("%s", err.text);
		return "";
	}
	*status = result.status;
	if (result.status)
		cr_log_info("%s", result.diagnostics);
	return result.out;
}
