#include <config.h>

#include <criterion/criterion.h>
#include <string.h>
#include <sys/stat.h>

#include "ground.h"

TestSuite(command, .init = ground_begin, .fini = ground_end, .timeout = 30);

static struct flag_binding bind(const char *script)
{
	static const char *const args[] = { "timeout=1", "arg=--tell" };

	ground_write("switch", arena_printf(&ground, "#!/bin/sh\n%s", script));
	cr_assert(chmod(ground_path("switch"), 0755) == 0, "chmod");
	return ground_binding("command", ground_path("switch"), args, 2);
}

struct mode { const char *name, *script, *says; };

Test(command, each_way_of_failing_is_silence_and_never_off)
{
	static const struct mode modes[] = {
		{ "slow", "exec sleep 20", "did not answer within 1 s" },
		{ "silent", "exit 0", "answered nothing" },
		{ "garbage", "echo '<off/>'", "did not answer in JSON" },
		{ "another form", "echo '{\"schema\":2,\"off\":[\"acme\"]}'", "another form" },
		{ "no such state", "echo '{\"schema\":1,\"state\":\"fine\"}'", "another form" },
		{ "huge", "yes off | head -c 1000000", "more than" },
		{ "exit 1", "echo '{\"schema\":1,\"off\":[\"acme\"]}'; echo 'no route to it' >&2; exit 1", "status 1: no route to it" },
		{ "forks and hangs", "sleep 20 & exec sleep 20", "did not answer within 1 s" },
		{ "killed", "kill -9 $$", "ended with status 137" },
	};

	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
		const struct flag_binding b = bind(modes[i].script);
		const struct flag_aim aim = ground_kill(NULL, 0);
		struct flag_reading reading = ground_read(&b);
		struct err err;

		cr_assert(reading.state == SWITCH_SILENT && strstr(reading.reason, modes[i].says), "%s: %s", modes[i].name, reading.reason);
		cr_assert_str_eq(ground_served(&reading), "unknown unknown unknown", "%s", modes[i].name);
		if (i > 0 && i < 5)
			cr_assert_eq(flag_provider_find("command")->kill(&b, &aim, &ground, &reading, &err), ERR_SYSTEM, "%s", modes[i].name);
	}
}

Test(command, a_program_that_is_not_there_is_silence)
{
	const struct flag_binding b = ground_binding("command", ground_path("none"), NULL, 0);
	const struct flag_reading reading = ground_read(&b);

	cr_assert(reading.state == SWITCH_SILENT && strstr(reading.reason, "could not be started"), "%s", reading.reason);
}

/* A child that outlives it holds nobody up: the answer is there when the program ends. */
Test(command, a_child_left_behind_holds_nobody_up)
{
	const struct flag_binding b = bind("sleep 20 &\necho '{\"schema\":1,\"on\":[\"acme\"],\"off\":[\"beta\"],\"default\":\"off\"}'");
	const struct flag_reading reading = ground_read(&b);

	cr_assert(reading.state == SWITCH_READY, "%s", reading.reason);
	cr_assert_str_eq(ground_served(&reading), "on off unknown");
	cr_assert(reading.otherwise == FLAG_OFF, "its default was told");
}

Test(command, is_told_what_to_do_and_not_believed)
{
	const struct flag_binding b = bind(arena_printf(&ground, "cat >>%s; [ \"$1\" = --tell ] || exit 3\n"
								 "echo '{\"schema\":1,\"on\":[\"acme\"],\"off\":[\"beta\",\"gamma\"],\"kept\":\"v7\"}'", ground_path("asked")));
	struct flag_aim aim = ground_kill((const char *const[]){ "beta" }, 1);
	struct flag_reading reading;
	struct err err;

	cr_assert(!flag_provider_find("command")->kill(&b, &aim, &ground, &reading, &err), "%s", err.text);
	cr_assert_str_eq(reading.kept, "v7");
	cr_assert_str_eq(ground_text("asked"), "{\"schema\":1,\"verb\":\"kill\",\"release\":\"2025-01-15-r1\",\"flag\":\"FILTER\",\"tenants\":[\"acme\",\"beta\",\"gamma\"],"
					       "\"everyone\":false,\"except\":[],\"killed\":[\"beta\"],\"kept\":null}\n"
					       "{\"schema\":1,\"verb\":\"read\",\"release\":\"2025-01-15-r1\",\"flag\":\"FILTER\",\"tenants\":[\"acme\",\"beta\",\"gamma\"]}\n");
	aim = ground_kill(NULL, 0);
	cr_assert_eq(flag_provider_find("command")->kill(&b, &aim, &ground, &reading, &err), ERR_SYSTEM);
	cr_assert(strstr(err.text, "does not say that it is off for acme"), "%s", err.text);
}

/* What a program says of itself comes into the record: nothing in it may steer a terminal. */
Test(command, its_reason_is_safe_to_show)
{
	const struct flag_binding b = bind("printf '{\"schema\":1,\"state\":\"gone\",\"reason\":\"\\\\u001b[31mred\"}'");
	const struct flag_reading reading = ground_read(&b);

	cr_assert(reading.state == SWITCH_GONE && !strchr(reading.reason, '\033') && strstr(reading.reason, "[31mred"), "%s", reading.reason);
}
