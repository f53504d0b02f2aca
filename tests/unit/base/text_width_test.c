#include <config.h>

#include <stddef.h>
#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/base/text.h>

TestSuite(width, .timeout = 10);
TestSuite(word, .timeout = 10);

#define E_ACUTE "\xc3\xa9"
#define KANJI   "\xe6\x97\xa5"
#define ROCKET  "\xf0\x9f\x9a\x80"
#define DOTTED  "q\xcc\xa3"
#define FLAG    "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa"

Test(width, counts_columns)
{
	static const struct {
		const char *text;
		size_t columns;
	} rows[] = { { "", 0 }, { "abc", 3 }, { E_ACUTE, 1 }, { KANJI, 2 }, { KANJI KANJI "x", 5 }, { ROCKET, 2 },
		{ DOTTED, 1 }, { "\xef\xbc\xa1", 2 } };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		cr_assert(text_width(rows[i].text, strlen(rows[i].text)) == rows[i].columns, "row %zu: %zu", i,
			text_width(rows[i].text, strlen(rows[i].text)));
}

Test(width, fits_whole_graphemes)
{
	static const struct {
		const char *text;
		size_t columns, bytes;
	} rows[] = {
		{ "abc", 0, 0 },
		{ "abc", 2, 2 },
		{ "abc", 3, 3 },
		{ "abc", 9, 3 },
		{ KANJI KANJI, 1, 0 },
		{ KANJI KANJI, 2, 3 },
		{ KANJI KANJI, 3, 3 },
		{ KANJI KANJI, 4, 6 },
		{ DOTTED "x", 1, 3 },
		{ DOTTED "x", 2, 4 },
		{ "a" ROCKET, 2, 1 },
		{ "a" ROCKET, 3, 5 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		cr_assert(text_fit(rows[i].text, strlen(rows[i].text), rows[i].columns) == rows[i].bytes,
			"row %zu: %zu", i, text_fit(rows[i].text, strlen(rows[i].text), rows[i].columns));
}

Test(width, walks_both_ways_over_the_same_borders)
{
	static const char text[] = "a" E_ACUTE "\n" DOTTED KANJI "\n\n" FLAG FLAG ROCKET "z";
	const size_t size = sizeof text - 1;
	size_t borders[32], n = 0;
	for (size_t at = 0; at < size; at = text_next(text, size, at))
		borders[n++] = at;
	cr_assert(n == 11, "%zu graphemes", n);
	size_t at = size;
	for (size_t i = n; i > 0; i--) {
		at = text_prev(text, size, at);
		cr_assert(at == borders[i - 1], "border %zu: %zu, not %zu", i, at, borders[i - 1]);
	}
	cr_assert(text_next(text, size, size) == size && text_prev(text, size, 0) == 0, "the ends hold");
	cr_assert(text_prev(text, size, size + 9) == size - 1, "past the end is the end");
	cr_assert(text_next("", 0, 0) == 0 && text_prev("", 0, 0) == 0, "nothing has no borders");
}

Test(width, walks_through_invalid_bytes)
{
	static const char text[] = "\xff\xe2\x82"
				   "a\xf0\x9f";
	const size_t size = sizeof text - 1;
	size_t steps = 0;
	for (size_t at = 0; at < size; at = text_next(text, size, at))
		steps++;
	cr_assert(steps == size, "each byte is a step: %zu", steps);
}

Test(word, compares_ids_without_case)
{
	cr_assert(text_same_id("REL-1", "rel-1"), "letters in either case");
	cr_assert(!text_same_id("REL-1", "rel-10") && !text_same_id("REL-10", "rel-1"), "one longer");
	cr_assert(!text_same_id("a_", "a\x7f") && !text_same_id("@", "`") && !text_same_id("[", "{"), "only letters");
	cr_assert(text_same_id("", "") && !text_same_id("", "a"), "nothing is only itself");
}

Test(word, words_of_a_filter_stand_in_any_text_in_either_case)
{
	const char *const texts[] = { "SBNC-dev", NULL, "Stable-only track" };

	cr_assert(text_has_words("", texts, 3) && text_has_words("  ", texts, 3), "no word leaves out nothing");
	cr_assert(text_has_words("sbnc", texts, 3) && text_has_words("TRACK dev", texts, 3), "each in a text of its own");
	cr_assert(!text_has_words("dev nowhere", texts, 3), "every word must stand somewhere");
	cr_assert(!text_has_words("stable only", texts, 1) && text_has_words("only stable", texts, 3), "words are no phrase");
	cr_assert(!text_has_words("dev", texts, 0) && !text_has_words("SBNC-dev-2", texts, 1), "a word longer than the text");
}

Test(word, finds_the_nearest)
{
	static const char *const words[] = { "release", "rollback", "approve", "promote", "plan", "list" };
	static const struct {
		const char *word, *nearest;
	} rows[] = { { "relase", "release" }, { "Release", "release" }, { "aprove", "approve" },
		{ "promot", "promote" }, { "lsit", "list" }, { "plam", "plan" }, { "rolback", "rollback" } };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *found = text_nearest(rows[i].word, words, 6);
		cr_assert(found && strcmp(found, rows[i].nearest) == 0, "%s: %s", rows[i].word,
			found ? found : "nothing");
	}
	char longest[80];
	memset(longest, 'x', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	static const char *const far[] = { "", "x", "zebra", "quarantine" };
	for (size_t i = 0; i < sizeof far / sizeof far[0]; i++)
		cr_assert(text_nearest(far[i], words, 6) == NULL, "%s is near nothing", far[i]);
	cr_assert(text_nearest(longest, words, 6) == NULL, "nor is what is too long to be a word");
	const char *const only[] = { longest };
	cr_assert(text_nearest("xxxx", only, 1) == NULL && text_nearest("plan", words, 0) == NULL, "nor to no word");
}
