#include <config.h>

#include <criterion/criterion.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ground.h"

TestSuite(flagd, .init = ground_begin, .fini = ground_end, .timeout = 20);

/* Three flags, keys of all sorts, tabs and an odd order: whatever is not the flag's own must come through. */
static const char three[] = "{\n"
			    "\t\"$schema\": \"https://flagd.dev/schema/v0/flags.json\",\n"
			    "\t\"x-team\" : [1, 2.50, \"\\u00e9\"],\n"
			    "\t\"flags\": {\n"
			    "\t\t\"OTHER\": { \"state\": \"ENABLED\", \"variants\": { \"on\": true, \"off\": false }, \"defaultVariant\": \"on\" },\n"
			    "\t\t\"FILTER\": {\n"
			    "\t\t\t\"targeting\": {\"if\": [ {\"in\":[{\"var\":\"tenantId\"},[ \"acme\" , \"beta\" ]]}, \"on\" ]},\n"
			    "\t\t\t\"variants\": { \"on\": true, \"off\": false },\n"
			    "\t\t\t\"note\": null,\n"
			    "\t\t\t\"state\": \"ENABLED\",\n"
			    "\t\t\t\"defaultVariant\": \"off\"\n"
			    "\t\t},\n"
			    "\t\t\"LAST\": {\"state\":\"DISABLED\",\"variants\":{\"a\":1,\"b\":2},\"defaultVariant\":\"a\"}\n"
			    "\t}\n"
			    "}\n\n";

static struct flag_binding bind(const char *name)
{
	return ground_binding("flagd", ground_path(name), NULL, 0);
}

static struct flag_reading write_aim(const struct flag_binding *b, const struct flag_aim *aim, enum err_kind wanted, struct err *err)
{
	struct flag_reading reading = { 0 };
	const struct flag_provider *provider = flag_provider_find("flagd");
	const bool is_restore = !aim->everyone && !aim->killed.count;
	const enum err_kind failed = (is_restore ? provider->restore : provider->kill)(b, aim, &ground, &reading, err);

	cr_assert(failed == wanted, "%d instead of %d: %s", (int)failed, (int)wanted, failed ? err->text : "done");
	return reading;
}

/* The text of the file without the bytes from `from` up to the first `to` behind it. */
static const char *without(const char *text, const char *from, const char *to)
{
	const char *begin = strstr(text, from), *end = begin ? strstr(begin, to) : NULL;

	cr_assert(begin && end, "no %s ... %s in %s", from, to, text);
	return arena_printf(&ground, "%.*s%s", (int)(begin - text), text, end);
}

Test(flagd, says_what_each_tenant_is_served)
{
	const struct flag_binding b = bind("flags.json");
	struct flag_reading reading;

	ground_write("flags.json", three);
	reading = ground_read(&b);
	cr_assert(reading.state == SWITCH_READY, "%s", reading.reason);
	cr_assert_str_eq(ground_served(&reading), "on on off");
	cr_assert(reading.otherwise == FLAG_OFF && !reading.is_killed_form, "the default is off, and the targeting is not empty");
}

Test(flagd, kills_for_everyone_and_restores_the_same_bytes)
{
	const struct flag_binding b = bind("flags.json");
	struct flag_aim aim = ground_kill(NULL, 0);
	struct flag_reading before, killed;
	struct err err;

	ground_write("flags.json", three);
	before = ground_read(&b);
	killed = write_aim(&b, &aim, ERR_NONE, &err);
	cr_assert_str_eq(ground_served(&killed), "off off off");
	cr_assert(killed.is_killed_form, "ENABLED, default off, targeting empty");
	cr_assert_str_eq(without(ground_text("flags.json"), "\t\t\"FILTER\": {", "\t\t\"LAST\""), without(three, "\t\t\"FILTER\": {", "\t\t\"LAST\""));
	cr_assert(strstr(ground_text("flags.json"), "\"targeting\": {},\n") != NULL, "%s", ground_text("flags.json"));
	aim = (struct flag_aim){ .tenants = tenants, .kept = before.kept, .kept_size = before.kept_size, .left = &killed.left };
	(void)write_aim(&b, &aim, ERR_NONE, &err);
	cr_assert_str_eq(ground_text("flags.json"), three);
}

Test(flagd, takes_some_tenants_out_and_leaves_the_others_as_they_were)
{
	const struct flag_binding b = bind("flags.json");
	struct flag_aim aim = ground_kill((const char *const[]){ "acme" }, 1);
	struct flag_reading before, killed;
	struct err err;

	ground_write("flags.json", three);
	before = ground_read(&b);
	killed = write_aim(&b, &aim, ERR_NONE, &err);
	cr_assert_str_eq(ground_served(&killed), "off on off");
	/* The next kill goes from what was kept before the first. */
	aim = ground_kill((const char *const[]){ "acme", "beta" }, 2);
	aim.kept = before.kept;
	killed = write_aim(&b, &aim, ERR_NONE, &err);
	cr_assert_str_eq(ground_served(&killed), "off off off");
	aim = (struct flag_aim){ .everyone = true, .except = { .items = (const char *const[]){ "beta" }, .count = 1 }, .tenants = tenants, .kept = before.kept };
	killed = write_aim(&b, &aim, ERR_NONE, &err);
	cr_assert_str_eq(ground_served(&killed), "off on off");
	aim = (struct flag_aim){ .tenants = tenants, .kept = before.kept };
	(void)write_aim(&b, &aim, ERR_NONE, &err);
	cr_assert_str_eq(ground_text("flags.json"), three);
}

Test(flagd, adds_what_is_missing_and_takes_it_away_again)
{
	static const char bare[] = "{\"flags\": {\"FILTER\": {\"variants\": {\"on\": true, \"off\": false}, \"state\": \"ENABLED\"}}}";
	const struct flag_binding b = bind("flags.json");
	struct flag_aim aim = ground_kill(NULL, 0);
	struct flag_reading before, killed;
	struct err err;

	ground_write("flags.json", bare);
	before = ground_read(&b);
	cr_assert_str_eq(ground_served(&before), "unknown unknown unknown", "without a default each application has its own");
	killed = write_aim(&b, &aim, ERR_NONE, &err);
	cr_assert_str_eq(ground_served(&killed), "off off off");
	aim = ground_kill((const char *const[]){ "beta" }, 1);
	aim.kept = before.kept;
	killed = write_aim(&b, &aim, ERR_NONE, &err);
	cr_assert_str_eq(ground_served(&killed), "unknown off unknown");
	aim = (struct flag_aim){ .tenants = tenants, .kept = before.kept };
	(void)write_aim(&b, &aim, ERR_NONE, &err);
	cr_assert_str_eq(ground_text("flags.json"), bare);
}

Test(flagd, never_takes_disabled_for_off)
{
	static const char disabled[] = "{\"flags\":{\"FILTER\":{\"state\":\"DISABLED\",\"variants\":{\"on\":true,\"off\":false},\"defaultVariant\":\"on\"}}}";
	const struct flag_binding b = bind("flags.json");
	struct flag_aim aim = ground_kill((const char *const[]){ "acme" }, 1);
	struct flag_reading reading;
	struct err err;

	ground_write("flags.json", disabled);
	reading = ground_read(&b);
	cr_assert(reading.state == SWITCH_DISABLED, "%s", words_word(words_switch_state, (int)reading.state));
	cr_assert_str_eq(ground_served(&reading), "unknown unknown unknown");
	/* For some alone it would have to be enabled for the others. */
	(void)write_aim(&b, &aim, ERR_REFUSED, &err);
	cr_assert_str_eq(ground_text("flags.json"), disabled);
	aim = ground_kill(NULL, 0);
	reading = write_aim(&b, &aim, ERR_NONE, &err);
	cr_assert_str_eq(ground_served(&reading), "off off off");
	cr_assert(strstr(ground_text("flags.json"), "\"state\":\"ENABLED\"") != NULL, "%s", ground_text("flags.json"));
}

struct broken { const char *text; enum switch_state state; const char *says; };

Test(flagd, gives_each_trouble_a_state_and_never_calls_it_off)
{
	static const struct broken broken[] = {
		{ "{\"flags\": {\n\"FILTER\": }", SWITCH_MALFORMED, ":2 does not hold" },
		{ "", SWITCH_MALFORMED, "does not hold" },
		{ "[]", SWITCH_MALFORMED, "no object \"flags\"" },
		{ "{}", SWITCH_MALFORMED, "no object \"flags\"" },
		{ "{\"flags\":[]}", SWITCH_MALFORMED, "no object \"flags\"" },
		{ "{\"flags\":{}}", SWITCH_GONE, "There is no flag FILTER" },
		{ "{\"flags\":{\"FILTER\":1}}", SWITCH_MALFORMED, "no object" },
		{ "{\"flags\":{\"FILTER\":{\"state\":\"ENABLED\",\"variants\":{}}}}", SWITCH_MALFORMED, "no variants" },
		{ "{\"flags\":{\"FILTER\":{\"state\":\"enabled\",\"variants\":{\"off\":false}}}}", SWITCH_MALFORMED, "state" },
		{ "{\"flags\":{\"FILTER\":{\"state\":\"ENABLED\",\"variants\":{\"off\":false},\"defaultVariant\":\"none\"}}}", SWITCH_MALFORMED, "default variant" },
		{ "{\"flags\":{\"FILTER\":{\"state\":\"ENABLED\",\"variants\":{\"off\":false},\"targeting\":true}}}", SWITCH_MALFORMED, "targeting" },
		{ "{\"flags\":{\"FILTER\":{\"state\":\"ENABLED\",\"variants\":{\"a\":1,\"b\":2},\"defaultVariant\":\"a\"}}}", SWITCH_UNCLEAR, "--off VARIANT" },
		{ "{\"flags\":{\"FILTER\":{},\"FILTER\":{\"state\":\"ENABLED\",\"variants\":{\"off\":false}}}}", SWITCH_SHADOWED, "stands twice" },
		{ "{\"flags\":{\"FI\\u004cTER\":{},\"FILTER\":{}}}", SWITCH_SHADOWED, "stands twice" },
		{ "{\"flags\":{\"FILTER\":{\"state\":\"ENABLED\",\"state\":\"ENABLED\",\"variants\":{\"off\":false}}}}", SWITCH_SHADOWED, "twice" },
		{ "{\"flags\":{\"FILTER\":{\"state\":\"ENABLED\",\"variants\":{\"on\":true,\"off\":false},\"defaultVariant\":\"on\"}}}", SWITCH_FLIPPED, "on by default" },
	};
	const struct flag_binding b = bind("flags.json");

	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		struct flag_reading reading;

		ground_write("flags.json", broken[i].text);
		reading = ground_read(&b);
		cr_assert(reading.state == broken[i].state, "%s: %s", broken[i].text, words_word(words_switch_state, (int)reading.state));
		cr_assert(reading.reason && strstr(reading.reason, broken[i].says), "%s: %s", broken[i].text, reading.reason);
		cr_assert(reading.tenants[0].served != FLAG_OFF, "%s: taken for off", broken[i].text);
	}
}

Test(flagd, says_when_the_file_is_not_there_or_is_no_file)
{
	struct flag_binding b = bind("none.json");
	struct flag_reading reading = ground_read(&b);

	cr_assert(reading.state == SWITCH_MISSING && strstr(reading.reason, "is not there"), "%s", reading.reason);
	b.place = "/";
	reading = ground_read(&b);
	cr_assert(reading.state == SWITCH_UNREADABLE, "%s", reading.reason);
	cr_assert_str_eq(ground_served(&reading), "unknown unknown unknown");
}

Test(flagd, says_when_a_later_source_wins)
{
	const char *args[] = { arena_printf(&ground, "later=%s", ground_path("later.json")) };
	const struct flag_binding b = ground_binding("flagd", ground_path("flags.json"), args, 1);
	struct flag_aim aim = ground_kill(NULL, 0);
	struct flag_reading reading;
	struct err err;

	ground_write("flags.json", three);
	ground_write("later.json", "{\"flags\":{\"LAST\":{}}}");
	reading = ground_read(&b);
	cr_assert(reading.state == SWITCH_READY, "%s", reading.reason);
	ground_write("later.json", three);
	reading = ground_read(&b);
	cr_assert(reading.state == SWITCH_SHADOWED && strstr(reading.reason, "later.json"), "%s", reading.reason);
	(void)write_aim(&b, &aim, ERR_SYSTEM, &err);
	cr_assert_str_eq(ground_text("flags.json"), three);
}

Test(flagd, guesses_nothing_of_a_rule_that_asks_for_more_than_the_tenant)
{
	static const char form[] = "{\"$evaluators\":{\"ours\":{\"in\":[{\"var\":\"tenantId\"},[\"beta\"]]}},\"flags\":{\"FILTER\":{\"state\":\"ENABLED\",\"variants\":{\"on\":true,"
				   "\"off\":false,\"true\":true},\"defaultVariant\":\"off\",\"targeting\":%s}}}";
	static const struct { const char *rule, *served; } rules[] = {
		{ "{\"if\":[{\"==\":[{\"var\":\"region\"},\"eu\"]},\"on\",\"off\"]}", "unknown unknown unknown" },
		{ "{\"fractional\":[[\"on\",50],[\"off\",50]]}", "unknown unknown unknown" },
		{ "{\"if\":[{\"$ref\":\"ours\"},\"on\"]}", "off on off" },
		{ "{\"if\":[{\"starts_with\":[{\"var\":\"tenantId\"},\"a\"]},\"on\",{\"==\":[{\"var\":[\"targetingKey\"]},\"gamma\"]},\"nowhere\",null]}", "on off unknown" },
		{ "{\"!==\":[{\"var\":\"tenantId\"},\"acme\"]}", "unknown on on" },
		{ "{\"if\":[{\"and\":[{\"ends_with\":[{\"var\":\"tenantId\"},\"a\"]},{\"!\":{\"var\":\"$flagd.nothing\"}}]},\"on\",\"off\"]}", "off unknown unknown" },
		{ "{\"if\":[{\"or\":[{\"in\":[\"et\",{\"var\":\"tenantId\"}]},{\"var\":\"plan\"}]},\"on\",\"off\"]}", "unknown on unknown" },
		{ "{\"if\":[{\"in\":[{\"var\":\"tenantId\"},[\"acme\"]]},\"on\",\"off\"],\"extra\":1}", "unknown unknown unknown" },
		{ "{\"if\":[{\"===\":[{\"var\":\"$flagd.flagKey\"},\"FILTER\"]},\"on\",\"off\"]}", "on on on" },
	};
	const struct flag_binding b = bind("flags.json");

	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		struct flag_reading reading;

		ground_write("flags.json", arena_printf(&ground, form, rules[i].rule));
		reading = ground_read(&b);
		cr_assert(strcmp(ground_served(&reading), rules[i].served) == 0, "%s: %s", rules[i].rule, ground_served(&reading));
	}
}

Test(flagd, follows_links_and_keeps_mode_owner_and_a_rising_time)
{
	const struct flag_binding b = bind("link.json");
	const struct flag_aim aim = ground_kill(NULL, 0);
	struct stat before, after;
	const struct timespec ahead[2] = { { .tv_sec = 4000000000 }, { .tv_sec = 4000000000 } };
	struct err err;

	ground_write("flags.json", three);
	cr_assert(chmod(ground_path("flags.json"), 0640) == 0 && symlink("flags.json", ground_path("link.json")) == 0, "could not be laid out");
	cr_assert(utimensat(-1, ground_path("flags.json"), ahead, 0) == 0 && stat(ground_path("flags.json"), &before) == 0, "could not be dated");
	(void)write_aim(&b, &aim, ERR_NONE, &err);
	cr_assert(lstat(ground_path("link.json"), &after) == 0 && S_ISLNK(after.st_mode), "the link is replaced");
	cr_assert(stat(ground_path("flags.json"), &after) == 0 && after.st_ino != before.st_ino, "written in place");
	cr_assert((after.st_mode & 07777) == 0640 && after.st_uid == before.st_uid && after.st_gid == before.st_gid, "mode or owner lost");
	cr_assert(after.st_mtim.tv_sec > before.st_mtim.tv_sec, "a poller would not see it");
}

Test(flagd, does_not_write_what_is_read_only_or_has_two_names)
{
	const struct flag_binding b = bind("flags.json");
	const struct flag_aim aim = ground_kill(NULL, 0);
	struct flag_reading reading;
	struct err err;

	ground_write("flags.json", three);
	cr_assert(chmod(ground_path("flags.json"), 0444) == 0, "chmod");
	reading = ground_read(&b);
	cr_assert(reading.state == SWITCH_UNWRITABLE, "%s", words_word(words_switch_state, (int)reading.state));
	cr_assert_str_eq(ground_served(&reading), "on on off", "it is read all the same");
	(void)write_aim(&b, &aim, ERR_SYSTEM, &err);
	cr_assert(strstr(err.text, "may not write") && strstr(err.text, "set it by hand") && strstr(err.text, "\"ENABLED\""), "%s", err.text);
	cr_assert(chmod(ground_path("flags.json"), 0644) == 0 && link(ground_path("flags.json"), ground_path("other.json")) == 0, "link");
	(void)write_aim(&b, &aim, ERR_SYSTEM, &err);
	cr_assert(strstr(err.text, "hard links"), "%s", err.text);
	cr_assert_str_eq(ground_text("flags.json"), three);
}

Test(flagd, does_not_write_over_what_somebody_else_wrote_since)
{
	const struct flag_binding b = bind("flags.json");
	struct flag_aim aim = ground_kill(NULL, 0);
	struct flag_reading before, killed;
	struct err err;

	ground_write("flags.json", three);
	before = ground_read(&b);
	killed = write_aim(&b, &aim, ERR_NONE, &err);
	ground_write("flags.json", three);
	aim = (struct flag_aim){ .tenants = tenants, .kept = before.kept, .left = &killed.left };
	(void)write_aim(&b, &aim, ERR_BUSY, &err);
	cr_assert(strstr(err.text, "Somebody else changed"), "%s", err.text);
	cr_assert_str_eq(ground_text("flags.json"), three);
}
