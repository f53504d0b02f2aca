#include <config.h>

#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/base/when.h>

TestSuite(when_day, .timeout = 20, .description = "days as people type them, seen from one moment");

static instant moment(const char *text)
{
	instant at = WHEN_NONE;

	cr_assert(when_read(text, &at), "%s", text);
	return at;
}

Test(when_day, is_understood_from_the_moment_it_is_typed_at)
{
	/* 2026-02-03 is a Tuesday. */
	static const struct { const char *now, *typed, *day; } rows[] = {
		{ "2026-02-03T10:00:00Z", "2026-02-05", "2026-02-05" },
		{ "2026-02-03T10:00:00Z", "  2026-02-05 ", "2026-02-05" },
		{ "2026-02-03T10:00:00Z", "2025-01-01", "2025-01-01" },
		{ "2026-02-03T10:00:00Z", "today", "2026-02-03" },
		{ "2026-02-03T00:00:00Z", "Today", "2026-02-03" },
		{ "2026-02-03T23:59:59Z", "today", "2026-02-03" },
		{ "2026-02-03T23:59:59Z", "tomorrow", "2026-02-04" },
		{ "2026-02-28T12:00:00Z", "tomorrow", "2026-03-01" },
		{ "2028-02-28T12:00:00Z", "tomorrow", "2028-02-29" },
		{ "2026-12-31T12:00:00Z", "+1d", "2027-01-01" },
		{ "2026-02-03T10:00:00Z", "+10d", "2026-02-13" },
		{ "2026-02-03T10:00:00Z", "+2w", "2026-02-17" },
		{ "2026-02-03T10:00:00Z", "+3650d", "2036-02-01" },
		{ "2026-02-03T10:00:00Z", "wed", "2026-02-04" },
		{ "2026-02-03T10:00:00Z", "mon", "2026-02-09" },
		{ "2026-02-03T10:00:00Z", "MON", "2026-02-09" },
		{ "2026-02-03T10:00:00Z", "Monday", "2026-02-09" },
		{ "2026-02-03T10:00:00Z", "tue", "2026-02-10" },
		{ "2026-02-03T10:00:00Z", "sunday", "2026-02-08" },
		{ "2000-01-01T00:00:00Z", "fri", "2000-01-07" },
		{ "2199-12-30T00:00:00Z", "tomorrow", "2199-12-31" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		instant day = WHEN_NONE;
		struct err err = { 0 };

		cr_assert_eq(when_day_parse("The start date", rows[i].typed, moment(rows[i].now), &day, &err), ERR_NONE, "%s: %s", rows[i].typed, err.text);
		char date[WHEN_TEXT_MAX], whole[WHEN_TEXT_MAX];
		cr_assert_str_eq(when_date(day, date), rows[i].day, "%s at %s", rows[i].typed, rows[i].now);
		cr_assert(strstr(when_format(day, whole), "T00:00:00Z"), "%s is %s", rows[i].typed, whole);
	}
}

Test(when_day, the_next_such_day_is_one_to_seven_days_ahead)
{
	static const char *const names[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

	for (int shift = 0; shift < 14; shift++) {
		const instant now = moment("2026-02-01T13:00:00Z") + (instant)shift * WHEN_DAY_S;
		unsigned seen = 0;

		for (int i = 0; i < 7; i++) {
			instant day = WHEN_NONE;
			char echo[WHEN_ECHO_MAX];

			cr_assert_eq(when_day_parse("It", names[i], now, &day, NULL), ERR_NONE, "%s", names[i]);
			const int64_t ahead = day / WHEN_DAY_S - now / WHEN_DAY_S;
			cr_assert(ahead >= 1 && ahead <= 7, "%s is %lld days ahead", names[i], (long long)ahead);
			seen |= 1U << ahead;
			when_day_echo(day, now, echo);
			cr_assert(strncmp(echo + 1, names[i] + 1, 2) == 0, "%s echoes as %s", names[i], echo);
		}
		cr_assert_eq(seen, 0xfeU, "the seven days are seven days");
	}
}

Test(when_day, refuses_what_is_no_day)
{
	static const char *const rows[] = { "", "   ", "2026-02-30", "2026-2-5", "2026-02-05T09:12:00Z", "1999-12-31", "2200-01-01", "+", "+2", "+0d", "+1m", "+2 months",
					    "-1d", "2w", "mo", "mond", "yesterday", "next week", "+3651d", "2026-02-05 or so, as far as anybody can tell now" };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		instant day = WHEN_NONE;
		struct err err = { 0 };

		cr_assert_eq(when_day_parse("The start date", rows[i], moment("2026-02-03T10:00:00Z"), &day, &err), ERR_USAGE, "%s", rows[i]);
		cr_assert(strstr(err.text, "The start date is") && strstr(err.text, "+2w"), "%s", err.text);
	}
	instant day = WHEN_NONE;
	cr_assert_eq(when_day_parse("It", NULL, 0, &day, NULL), ERR_USAGE, "nothing is no day");
	cr_assert_eq(when_day_parse("It", "tomorrow", moment("2199-12-31T00:00:00Z"), &day, NULL), ERR_USAGE, "nothing is after the last day");
}

Test(when_day, echoes_how_it_is_understood)
{
	static const struct { const char *day, *echo; } rows[] = {
		{ "2026-02-09T00:00:00Z", "Mon, in 6 days" },
		{ "2026-02-10T00:00:00Z", "Tue, in 7 days" },
		{ "2026-02-05T00:00:00Z", "Thu, in 2 days" },
		{ "2026-02-04T00:00:00Z", "Wed, tomorrow" },
		{ "2026-02-03T00:00:00Z", "Tue, today" },
		{ "2026-02-02T00:00:00Z", "Mon, 1 day ago" },
		{ "2026-02-01T00:00:00Z", "Sun, 2 days ago" },
		{ "2000-01-01T00:00:00Z", "Sat, 9530 days ago" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char echo[WHEN_ECHO_MAX];

		cr_assert_str_eq(when_day_echo(moment(rows[i].day), moment("2026-02-03T23:59:59Z"), echo), rows[i].echo, "%s", rows[i].day);
	}
}
