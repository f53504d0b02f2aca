#include <config.h>

#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/tui/timeline.h>

TestSuite(timeline, .timeout = 20, .description = "the channels of a release as a row of ASCII with its dates");

enum { DAY = WHEN_DAY_S };

static struct timeline_rows rows_of(const struct timeline *timeline, int width)
{
	struct timeline_rows rows;

	timeline_rows(timeline, width, &rows);
	cr_assert(strlen(rows.picture) <= (size_t)width, "%d columns: %s", width, rows.picture);
	cr_assert(strlen(rows.dates) <= (size_t)width, "%d columns: %s", width, rows.dates);
	return rows;
}

/* Seven days of dev, fourteen of experimental, five of candidate, two to come. */
static struct timeline example(void)
{
	struct timeline t = { .count = 3, .next = CHANNEL_STABLE, .served_s = 5 * DAY, .required_s = 7 * DAY };
	instant begin;

	cr_assert(when_read("2025-01-08T09:12:00Z", &begin), "a moment");
	t.stays[0] = (struct timeline_stay){ CHANNEL_DEV, begin, begin + 7 * DAY };
	t.stays[1] = (struct timeline_stay){ CHANNEL_EXPERIMENTAL, begin + 7 * DAY, begin + 21 * DAY };
	t.stays[2] = (struct timeline_stay){ CHANNEL_CANDIDATE, begin + 21 * DAY, WHEN_NONE };
	t.now = begin + 26 * DAY;
	t.opens = begin + 28 * DAY;
	return t;
}

Test(timeline, time_is_drawn_in_proportion_and_said_in_words)
{
	const struct timeline t = example();
	const struct timeline_rows rows = rows_of(&t, 90);

	cr_assert_str_eq(rows.picture, "dev 7d =========|experimental 14d =================|candidate 5d of 7d ------->.... stable", "%s", rows.picture);
	cr_assert_str_eq(rows.dates, "01-08            01-15                              01-29     now 02-03 opens 02-05 09:12Z", "%s", rows.dates);
}

Test(timeline, names_are_shortened_and_then_left_out_where_there_is_no_room)
{
	const struct timeline t = example();

	cr_assert_str_eq(rows_of(&t, 40).picture, ".. exp 14d ===|cand 5d of 7d ->.. stable", "%s", rows_of(&t, 40).picture);
	cr_assert_str_eq(rows_of(&t, 30).picture, ".. cand 5d of 7d --->.. stable", "%s", rows_of(&t, 30).picture);
	cr_assert_str_eq(rows_of(&t, 5).picture, "", "no room for anything");
}

Test(timeline, nothing_runs_over_at_any_width)
{
	struct timeline t = example();

	for (int round = 0; round < 4; round++) {
		for (int width = 1; width <= 300; width++)
			rows_of(&t, width < TIMELINE_WIDTH_MAX ? width : TIMELINE_WIDTH_MAX);
		t.is_still = round == 0;
		t.opens = round == 1 ? t.now - DAY : WHEN_NONE;
		if (round == 2)
			t.count = 1;
	}
}

Test(timeline, a_soak_that_stands_still_promises_nothing)
{
	struct timeline t = example();
	struct timeline_rows rows;

	t.is_still = true;
	rows = rows_of(&t, 90);
	cr_assert(strstr(rows.picture, "soak stands still") && !strstr(rows.picture, "stable"), "%s", rows.picture);
	cr_assert(!strstr(rows.dates, "opens"), "%s", rows.dates);
}

Test(timeline, what_has_opened_names_the_next_channel_and_no_date)
{
	struct timeline t = example();
	struct timeline_rows rows;

	t.opens = t.now - DAY;
	rows = rows_of(&t, 90);
	cr_assert(strstr(rows.picture, "-> stable") && !strchr(rows.picture, '.'), "%s", rows.picture);
	cr_assert(strstr(rows.dates, "now 02-03") && !strstr(rows.dates, "opens"), "%s", rows.dates);
}

Test(timeline, a_soak_begun_anew_is_told_apart_from_the_stay)
{
	struct timeline t = example();

	t.served_s = 1 * DAY;
	cr_assert(strstr(rows_of(&t, 120).picture, "candidate 5d, soak 1d of 7d"), "%s", rows_of(&t, 120).picture);
}

Test(timeline, another_year_is_named)
{
	struct timeline t = example();

	t.stays[0].entered -= 30 * DAY;
	cr_assert(strstr(rows_of(&t, 120).dates, "2024-12-09"), "%s", rows_of(&t, 120).dates);
}
