#include <config.h>

#include <criterion/criterion.h>
#include <string.h>
#include <sys/stat.h>

#include "ground.h"

TestSuite(env, .init = ground_begin, .fini = ground_end, .timeout = 20);

struct broken { const char *text; enum switch_state state; };

Test(env, gives_each_trouble_a_state_and_never_calls_it_off)
{
	static const struct broken broken[] = {
		{ "", SWITCH_GONE }, { "OTHER=1\n#FILTER=false\n", SWITCH_GONE }, { "FILTER_TOO=false\n", SWITCH_GONE }, { "FILTER=false\nFILTER=true\n", SWITCH_SHADOWED },
		{ "FILTER=$OTHER\n", SWITCH_MALFORMED }, { "FILTER=\"fal\\se\"\n", SWITCH_MALFORMED }, { "FILTER='false\n", SWITCH_MALFORMED },
		{ "FILTER=fal\"se\"\n", SWITCH_MALFORMED }, { "FILTER=false true\n", SWITCH_MALFORMED }, { "FILTER=`x`\n", SWITCH_MALFORMED },
	};
	const struct flag_binding b = ground_binding("env", ground_path("app.env"), NULL, 0);
	struct flag_reading reading = ground_read(&b);

	cr_assert(reading.state == SWITCH_MISSING, "%s", words_word(words_switch_state, (int)reading.state));
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		ground_write("app.env", broken[i].text);
		reading = ground_read(&b);
		cr_assert(reading.state == broken[i].state && reading.reason, "%s: %s", broken[i].text, words_word(words_switch_state, (int)reading.state));
		cr_assert_str_eq(ground_served(&reading), "unknown unknown unknown", "%s", broken[i].text);
	}
	ground_write("app.env", "FILTER=\n");
	reading = ground_read(&b);
	cr_assert_str_eq(ground_served(&reading), "unknown unknown unknown", "nothing is not off");
	ground_write("app.env", "FILTER=FALSE\r\n");
	reading = ground_read(&b);
	cr_assert_str_eq(ground_served(&reading), "off off off");
}

Test(env, one_file_for_all_is_not_off_for_some)
{
	const struct flag_binding b = ground_binding("env", ground_path("app.env"), NULL, 0);
	const struct flag_aim aim = ground_kill((const char *const[]){ "acme" }, 1);
	struct flag_reading reading;
	struct err err;

	ground_write("app.env", "FILTER=true\n");
	cr_assert_eq(flag_provider_find("env")->kill(&b, &aim, &ground, &reading, &err), ERR_REFUSED);
	cr_assert(strstr(err.text, "{tenant}") && strstr(err.text, "by hand"), "%s", err.text);
	cr_assert_str_eq(ground_text("app.env"), "FILTER=true\n");
}

static void write_each(const char *acme, const char *beta, const char *gamma)
{
	ground_write("acme.env", acme);
	ground_write("beta.env", beta);
	ground_write("gamma.env", gamma);
}

Test(env, a_file_for_each_tenant_is_off_for_some_alone)
{
	const struct flag_binding b = ground_binding("env", ground_path("{tenant}.env"), NULL, 0);
	struct flag_aim aim = ground_kill((const char *const[]){ "acme", "gamma" }, 2);
	struct flag_reading kept, reading;
	struct err err;

	write_each("X=1\nFILTER=true\n", "FILTER=true\n", "FILTER=yes # since May\n");
	kept = ground_read(&b);
	cr_assert(!flag_provider_find("env")->kill(&b, &aim, &ground, &reading, &err), "%s", err.text);
	cr_assert_str_eq(ground_served(&reading), "off on off");
	cr_assert_str_eq(ground_text("acme.env"), "X=1\nFILTER=false\n");
	cr_assert_str_eq(ground_text("gamma.env"), "FILTER=false # since May\n");
	aim = ground_kill((const char *const[]){ "gamma" }, 1);
	aim.kept = kept.kept;
	cr_assert(!flag_provider_find("env")->restore(&b, &aim, &ground, &reading, &err), "%s", err.text);
	cr_assert_str_eq(ground_served(&reading), "on on off");
	cr_assert_str_eq(ground_text("acme.env"), "X=1\nFILTER=true\n");
}

/* One tenant's file that cannot be written keeps no other tenant exposed. */
Test(env, kills_whom_it_can_and_says_whom_it_could_not)
{
	const struct flag_binding b = ground_binding("env", ground_path("{tenant}.env"), NULL, 0);
	const struct flag_aim aim = ground_kill(NULL, 0);
	struct flag_reading reading;
	struct err err;

	write_each("FILTER=true\n", "FILTER=true\n", "FILTER=true\n");
	cr_assert(chmod(ground_path("acme.env"), 0444) == 0, "chmod");
	cr_assert_eq(flag_provider_find("env")->kill(&b, &aim, &ground, &reading, &err), ERR_SYSTEM);
	cr_assert(strstr(err.text, "acme.env"), "%s", err.text);
	reading = ground_read(&b);
	cr_assert_str_eq(ground_served(&reading), "on off off");
}
