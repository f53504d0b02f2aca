#include <config.h>

#include <stdint.h>
#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/base/when.h>

TestSuite(when, .timeout = 20);

Test(when, knows_fixed_points)
{
	static const struct {
		instant at;
		const char *text;
	} rows[] = {
		{ 946684800, "2000-01-01T00:00:00Z" },
		{ 951782400, "2000-02-29T00:00:00Z" },
		{ 951868800, "2000-03-01T00:00:00Z" },
		{ 1000000000, "2001-09-09T01:46:40Z" },
		{ 1234567890, "2009-02-13T23:31:30Z" },
		{ 1709164800, "2024-02-29T00:00:00Z" },
		{ 1738746720, "2025-02-05T09:12:00Z" },
		{ 2147483647, "2038-01-19T03:14:07Z" },
		{ 4107542400, "2100-03-01T00:00:00Z" },
		{ 4107542399, "2100-02-28T23:59:59Z" },
		{ 7258118399, "2199-12-31T23:59:59Z" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char text[WHEN_TEXT_MAX];
		instant at = WHEN_NONE;
		cr_assert_str_eq(when_format(rows[i].at, text), rows[i].text, "row %zu", i);
		cr_assert(when_read(rows[i].text, &at) && at == rows[i].at, "row %zu: %lld", i, (long long)at);
	}
}

Test(when, round_trips_every_day)
{
	int64_t days = 0;
	struct err err;
	for (instant at = 946684800; at < 7258118400; at += WHEN_DAY_S, days++) {
		char text[WHEN_TEXT_MAX];
		instant back = WHEN_NONE;
		(void)when_date(at, text);
		cr_assert(strlen(text) == 10 && when_parse("the day", text, &back, &err) == ERR_NONE && back == at,
			"%s is %lld, read as %lld", text, (long long)at, (long long)back);
		(void)when_format(at + 86399, text);
		cr_assert(when_read(text, &back) && back == at + 86399, "%s", text);
	}
	cr_assert(days == 73049, "200 years of which 49 are leap years have %lld days", (long long)days);
}

Test(when, refuses_what_is_no_moment)
{
	static const char *const rows[] = {
		"",
		"2025",
		"2025-02",
		"2025-2-5",
		"2025-02-30",
		"2025-02-29",
		"2100-02-29",
		"2025-00-10",
		"2025-13-01",
		"2025-01-00",
		"2025-04-31",
		"1999-12-31",
		"2200-01-01",
		"2025-02-05 ",
		" 2025-02-05",
		"2025-02-05T09:12:00",
		"2025-02-05T24:00:00Z",
		"2025-02-05T09:60:00Z",
		"2025-02-05T23:59:60Z",
		"2025-02-05T09:12Z",
		"2025-02-05T09:12:00+00:00",
		"2025-02-05t09:12:00z",
		"2025-02-05T09:12:00.0Z",
		"2025-02-05T09:12:00ZZ",
		"2025-02-05 09:12:00Z",
		"+025-02-05",
		"20250205",
		"05.02.2025",
		"2025-02-0a",
		"yesterday",
		"\xef\xbc\x92\xef\xbc\x90\xef\xbc\x92\xef\xbc\x95-02-05",
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		instant at = 5;
		struct err err;
		cr_assert(when_parse("the start date", rows[i], &at, &err) == ERR_USAGE, "%s", rows[i]);
		cr_assert(strncmp(err.text, "the start date is ", 18) == 0, "opens with what: %s", err.text);
		cr_assert(at == 5, "%s changes nothing", rows[i]);
		cr_assert(!when_read(rows[i], &at), "%s is not stored either", rows[i]);
	}
	instant at;
	struct err err;
	cr_assert(when_parse("the start date", NULL, &at, &err) == ERR_USAGE, "nothing");
	cr_assert(!when_read(NULL, &at) && !when_read("2025-02-05", &at), "the ledger holds whole instants");
}

Test(when, writes_a_dash_outside_its_years)
{
	static const instant rows[] = { WHEN_NONE, -1, 0, 946684799, 7258118400, INT64_MAX };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char text[WHEN_TEXT_MAX];
		cr_assert_str_eq(when_format(rows[i], text), "-", "row %zu", i);
		cr_assert_str_eq(when_date(rows[i], text), "-", "row %zu", i);
	}
}

Test(when, reads_durations)
{
	static const struct {
		const char *text;
		int days;
	} rows[] = {
		{ "1d", 1 },
		{ "10d", 10 },
		{ "1w", 7 },
		{ "2w", 14 },
		{ "1 day", 1 },
		{ "10 days", 10 },
		{ "1 week", 7 },
		{ "2 weeks", 14 },
		{ "2 weeks minimum", 14 },
		{ "4 weeks maximum", 28 },
		{ "10 days minimum", 10 },
		{ "10d minimum", 10 },
		{ "3650d", 3650 },
		{ "3650 days", 3650 },
		{ "521w", 3647 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int64_t seconds = 0;
		struct err err;
		cr_assert(when_span_parse("the minimum", rows[i].text, &seconds, &err) == ERR_NONE, "%s", rows[i].text);
		cr_assert(seconds == (int64_t)rows[i].days * 86400, "%s is %lld seconds", rows[i].text,
			(long long)seconds);
	}
}

Test(when, refuses_other_durations)
{
	static const char *const rows[] = {
		"",
		"0d",
		"0 weeks",
		"01w",
		"-1d",
		"+1d",
		"1",
		"d",
		"w",
		" 1d",
		"1d ",
		"1  day",
		"1 D",
		"1W",
		"1 Week",
		"1.5d",
		"3651d",
		"522w",
		"99999999999999999999d",
		"4294967297d",
		"1h",
		"1 minimum",
		"minimum",
		" minimum",
		"1d minimum maximum",
		"1dminimum",
		"1 week 2 days",
		"2 week s",
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int64_t seconds = 5;
		struct err err;
		cr_assert(when_span_parse("the minimum", rows[i], &seconds, &err) == ERR_USAGE, "%s", rows[i]);
		cr_assert(strncmp(err.text, "the minimum is ", 15) == 0 && seconds == 5, "%s", err.text);
	}
	int64_t seconds;
	struct err err;
	cr_assert(when_span_parse("the minimum", NULL, &seconds, &err) == ERR_USAGE, "nothing");
}

Test(when, says_why_months_are_refused)
{
	static const char *const rows[] = { "1 month", "2 months", "3months minimum", "1 year" };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int64_t seconds;
		struct err err;
		cr_assert(when_span_parse("the minimum", rows[i], &seconds, &err) == ERR_USAGE, "%s", rows[i]);
		cr_assert(strstr(err.text, "differ in length") != NULL, "%s", err.text);
	}
}

Test(when, writes_the_words_of_a_document)
{
	static const struct {
		int64_t seconds;
		const char *words;
	} rows[] = {
		{ 86400, "1 day" },
		{ 10 * 86400, "10 days" },
		{ 7 * 86400, "1 week" },
		{ 14 * 86400, "2 weeks" },
		{ 3650 * (int64_t)86400, "3650 days" },
		{ 0, "0 days" },
		{ 90000, "1d 1h" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char words[WHEN_SPAN_MAX];
		cr_assert_str_eq(when_span_words(rows[i].seconds, words), rows[i].words, "row %zu", i);
	}
	for (int64_t days = 1; days <= 3650; days++) {
		char words[WHEN_SPAN_MAX];
		int64_t seconds = 0;
		struct err err;
		cr_assert(when_span_parse("it", when_span_words(days * 86400, words), &seconds, &err) == ERR_NONE &&
				  seconds == days * 86400,
			"%s", words);
	}
}

Test(when, writes_the_words_of_a_finding)
{
	static const struct {
		int64_t seconds;
		const char *words;
	} rows[] = {
		{ 0, "0s" },
		{ 38, "38s" },
		{ 60, "1m" },
		{ 61, "1m 1s" },
		{ 3599, "59m 59s" },
		{ 3600, "1h" },
		{ 15120, "4h 12m" },
		{ 3601, "1h" },
		{ 86399, "23h 59m" },
		{ 86400, "1d" },
		{ 446400, "5d 4h" },
		{ 604800, "7d" },
		{ 86400 + 59, "1d" },
		{ -15120, "-4h 12m" },
		{ INT64_MAX, "106751991167300d 15h" },
		{ INT64_MIN, "-106751991167300d 15h" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char words[WHEN_SPAN_MAX];
		cr_assert_str_eq(when_span_short(rows[i].seconds, words), rows[i].words, "row %zu", i);
	}
}

Test(when, ends_a_stretch_with_the_last_second_of_its_day)
{
	instant day, end;
	struct err err = { 0 };

	cr_assert(when_parse("x", "2025-02-05", &day, &err) == ERR_NONE && when_parse_end("x", "2025-02-05", &end, &err) == ERR_NONE, "%s", err.text);
	cr_assert_eq(end, day + WHEN_DAY_S - 1);
	cr_assert(when_parse_end("x", "2025-02-05T09:12:00Z", &end, &err) == ERR_NONE, "%s", err.text);
	cr_assert_eq(end, day + 9 * 3600 + 12 * 60, "a moment is that moment");
	cr_assert(when_parse_end("x", "soon", &end, &err) == ERR_USAGE, "%s", err.text);
}
