#include <config.h>

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/base/io.h>

#include "ground.h"

TestSuite(reader, .init = ground_begin, .fini = ground_end, .timeout = 120, .description = "what others read in the files that a provider wrote");

static const char before[] = "{\n  \"flags\": {\n    \"FILTER\": {\n      \"state\": \"ENABLED\",\n      \"variants\": { \"on\": true, \"off\": false },\n"
			     "      \"defaultVariant\": \"off\",\n      \"targeting\": { \"if\": [ { \"in\": [ { \"var\": \"tenantId\" }, [\"acme\", \"beta\"] ] }, \"on\" ] }\n"
			     "    },\n    \"OTHER\": { \"state\": \"ENABLED\", \"variants\": { \"on\": true, \"off\": false }, \"defaultVariant\": \"on\" }\n  }\n}\n";

/* OpenFeature's evaluator, as `make check` installed it; NULL where it could not, which fails wherever CI is set. */
static const char *modules(void)
{
	const char *bin = getenv("GONOGO_BIN"), *slash = bin ? strrchr(bin, '/') : NULL;
	const char *folder = slash ? arena_printf(&ground, "%.*s/tests/flagd-reader", (int)(slash - bin), bin) : NULL;
	char *said = NULL;
	size_t size;
	struct err err;

	cr_assert(folder, "GONOGO_BIN does not say where the tests are built");
	if (io_read(arena_printf(&ground, "%s/installed", folder), 1000, &ground, &said, &size, &err))
		said = err.text;
	if (strcmp(said, "ready\n") == 0)
		return folder;
	cr_assert(!getenv("CI"), "the evaluator of flagd must be there: %s", said);
	cr_skip_test("not held against flagd's own evaluator: %s", said);
	return NULL;
}

static const char *evaluate(const char *folder, const char *key)
{
	const char *script = arena_printf(&ground, "%s/tests/flagd/evaluate.js", getenv("GONOGO_SRC"));
	const char *const argv[] = { "node", script, folder, ground_path("flags.json"), key, "acme", "beta", "gamma", NULL };
	int status;
	const char *said = ground_run(argv, &status);

	cr_assert_eq(status, 0, "flagd's evaluator refuses the file: %s", ground_text("flags.json"));
	return said;
}

static void switch_it(const struct flag_aim *aim, struct flag_reading *out)
{
	const struct flag_binding b = ground_binding("flagd", ground_path("flags.json"), NULL, 0);
	const struct flag_provider *provider = flag_provider_find("flagd");
	struct err err;

	cr_assert(!(aim->everyone || aim->killed.count ? provider->kill : provider->restore)(&b, aim, &ground, out, &err), "%s", err.text);
}

/* KSW-6: what gonogo says that a tenant is served is what the application's own evaluator serves it: before, killed for some, for all, and restored. */
Test(reader, flagd_itself_serves_what_was_written)
{
	const char *folder = modules();
	struct flag_binding b;
	struct flag_reading reading, kept;
	struct flag_aim aim = ground_kill((const char *const[]){ "acme" }, 1);

	if (!folder)
		return;
	ground_write("flags.json", before);
	b = ground_binding("flagd", ground_path("flags.json"), NULL, 0);
	kept = ground_read(&b);
	cr_assert_str_eq(ground_served(&kept), "on on off");
	cr_assert_str_eq(evaluate(folder, "FILTER"), "acme true TARGETING_MATCH\nbeta true TARGETING_MATCH\ngamma false DEFAULT\n");
	switch_it(&aim, &reading);
	cr_assert_str_eq(ground_served(&reading), "off on off");
	cr_assert_str_eq(evaluate(folder, "FILTER"), "acme false TARGETING_MATCH\nbeta true TARGETING_MATCH\ngamma false DEFAULT\n");
	aim = (struct flag_aim){ .everyone = true, .except = { .items = (const char *const[]){ "beta" }, .count = 1 }, .tenants = tenants, .kept = kept.kept };
	switch_it(&aim, &reading);
	cr_assert_str_eq(ground_served(&reading), "off on off");
	cr_assert_str_eq(evaluate(folder, "FILTER"), "acme false TARGETING_MATCH\nbeta true TARGETING_MATCH\ngamma false TARGETING_MATCH\n");
	aim = ground_kill(NULL, 0);
	switch_it(&aim, &reading);
	cr_assert_str_eq(ground_served(&reading), "off off off");
	cr_assert_str_eq(evaluate(folder, "FILTER"), "acme false STATIC\nbeta false STATIC\ngamma false STATIC\n");
	cr_assert_str_eq(evaluate(folder, "OTHER"), "acme true STATIC\nbeta true STATIC\ngamma true STATIC\n");
	aim = (struct flag_aim){ .tenants = tenants, .kept = kept.kept };
	switch_it(&aim, &reading);
	cr_assert_str_eq(ground_text("flags.json"), before);
	cr_assert_str_eq(evaluate(folder, "FILTER"), "acme true TARGETING_MATCH\nbeta true TARGETING_MATCH\ngamma false DEFAULT\n");
}

/* A rule that this program claims to understand comes to what flagd makes of it; "unknown" claims nothing. */
Test(reader, flagd_itself_agrees_on_every_rule_that_is_understood)
{
	static const char form[] = "{\"$evaluators\":{\"ours\":{\"in\":[{\"var\":\"tenantId\"},[\"beta\"]]}},\"flags\":{\"FILTER\":{\"state\":\"ENABLED\",\"variants\":{\"on\":true,"
				   "\"off\":false,\"true\":true,\"false\":false},\"defaultVariant\":\"off\",\"targeting\":%s}}}";
	static const char *const rules[] = {
		"{\"if\":[{\"$ref\":\"ours\"},\"on\"]}",
		"{\"if\":[{\"starts_with\":[{\"var\":\"tenantId\"},\"a\"]},\"on\",{\"==\":[{\"var\":[\"targetingKey\"]},\"gamma\"]},\"on\",null]}",
		"{\"!==\":[{\"var\":\"tenantId\"},\"acme\"]}",
		"{\"in\":[\"et\",{\"var\":\"tenantId\"}]}",
		"{\"if\":[{\"or\":[{\"===\":[{\"var\":\"tenantId\"},\"beta\"]},{\"ends_with\":[{\"var\":\"tenantId\"},\"me\"]}]},\"on\",\"off\"]}",
		"{\"if\":[{\"and\":[{\"!\":{\"==\":[{\"var\":\"tenantId\"},\"acme\"]}},{\"!!\":[\"x\"]}]},\"on\",\"off\"]}",
		"{\"if\":[{\"===\":[{\"var\":\"$flagd.flagKey\"},\"FILTER\"]},\"on\",\"off\"]}",
		"{\"if\":[false,\"off\"]}",
		"{\"?:\":[{\"!=\":[{\"var\":\"tenantId\"},\"beta\"]},\"on\",\"off\"]}",
	};
	static const char *const names[] = { "acme", "beta", "gamma" };
	const char *folder = modules();
	const struct flag_binding b = ground_binding("flagd", ground_path("flags.json"), NULL, 0);

	for (size_t i = 0; folder && i < sizeof rules / sizeof *rules; i++) {
		struct flag_reading reading;
		const char *said;

		ground_write("flags.json", arena_printf(&ground, form, rules[i]));
		reading = ground_read(&b);
		said = evaluate(folder, "FILTER");
		for (size_t k = 0; k < 3; k++) {
			const bool is_on = strstr(said, arena_printf(&ground, "%s true", names[k])) != NULL;

			cr_assert(reading.tenants[k].served == (is_on ? FLAG_ON : FLAG_OFF), "%s for %s: %s", rules[i], names[k], said);
		}
	}
}

static const char *sourced(const char *name, const char *key)
{
	const char *const argv[] = { "sh", "-c", arena_printf(&ground, "set -eu; . %s; printf %%s \"$%s\"", ground_path(name), key), NULL };
	int status;
	const char *said = ground_run(argv, &status);

	cr_assert_eq(status, 0, "a shell refuses %s", ground_text(name));
	return said;
}

/* A shell that sources the file sees the value that a kill wrote, and the one that a restore put back. */
Test(reader, a_shell_reads_what_was_written)
{
	static const char *const files[] = { "A=1\nFILTER=true\nB='x y'\n", "export FILTER=\"true\" # served\nB=2\n", "FILTER='true'", "A=1 # FILTER=no\n\n\tFILTER=true\t\n" };

	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		const struct flag_binding b = ground_binding("env", ground_path("app.env"), NULL, 0);
		struct flag_aim aim = ground_kill(NULL, 0);
		struct flag_reading kept, reading;
		struct err err;

		ground_write("app.env", files[i]);
		kept = ground_read(&b);
		cr_assert_str_eq(ground_served(&kept), "on on on", "%s", files[i]);
		cr_assert_str_eq(sourced("app.env", "FILTER"), "true");
		cr_assert(!flag_provider_find("env")->kill(&b, &aim, &ground, &reading, &err), "%s", err.text);
		cr_assert_str_eq(sourced("app.env", "FILTER"), "false");
		aim = (struct flag_aim){ .tenants = tenants, .kept = kept.kept };
		cr_assert(!flag_provider_find("env")->restore(&b, &aim, &ground, &reading, &err), "%s", err.text);
		cr_assert_str_eq(ground_text("app.env"), files[i]);
	}
}
