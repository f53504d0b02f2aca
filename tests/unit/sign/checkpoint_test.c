#include <config.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include <gonogo/sign/checkpoint.h>

TestSuite(checkpoint, .timeout = 30);

static const char ledger[] = "5f0c12ab00112233445566778899aabb";
static const char head_hex[] = "9b1d77c01e2fa901000000000000000000000000000000000000000000000000";
static const char line[] = "gonogo:5f0c12ab 1204 9b1d-77c0-1e2f-a901 2026-11-23T18:50Z";

Test(checkpoint, is_the_line_of_the_manual)
{
	struct digest head;
	instant at;
	char out[CHECKPOINT_TEXT_MAX];

	cr_assert(digest_read(head_hex, &head) && when_read("2026-11-23T18:50:59Z", &at));
	cr_assert(strcmp(checkpoint_format(ledger, 1204, &head, at, out), line) == 0, "%s", out);
	checkpoint_format(ledger, INT64_MAX, &head, at, out);
	cr_assert(out[strlen(out) - 1] == 'Z', "the longest line is cut: %s", out);
}

Test(checkpoint, is_read_back_with_space_around_it)
{
	static const char *const around[][2] = { { "", "" }, { "  ", "\n" }, { "\t", " \r\n" }, { "\n", "" } };
	struct digest head;
	instant at;

	cr_assert(digest_read(head_hex, &head) && when_read("2026-11-23T18:50:00Z", &at));
	for (size_t i = 0; i < sizeof around / sizeof *around; i++) {
		struct checkpoint got;
		struct err err = { 0 };
		char text[120];

		snprintf(text, sizeof text, "%s%s%s", around[i][0], line, around[i][1]);
		cr_assert(checkpoint_parse("--anchor", text, &got, &err) == ERR_NONE, "%s", err.text);
		cr_assert(got.size == 1204 && got.at == at && strcmp(got.head, "9b1d77c01e2fa901") == 0);
		cr_assert(
			checkpoint_is_of(&got, ledger) && !checkpoint_is_of(&got, "5f0c12ac00112233445566778899aabb"));
		cr_assert(checkpoint_has_head(&got, &head));
		head.bytes[7] ^= 1;
		cr_assert(!checkpoint_has_head(&got, &head));
		head.bytes[7] ^= 1;
	}
}

Test(checkpoint, refuses_other_lines_with_an_example)
{
	static const char *const wrong[] = {
		"",
		" ",
		"gonogo:",
		"5f0c12ab 1204 9b1d-77c0-1e2f-a901 2026-11-23T18:50Z",
		"gonogo:5f0c12a 1204 9b1d-77c0-1e2f-a901 2026-11-23T18:50Z",
		"gonogo:5f0c12abc 1204 9b1d-77c0-1e2f-a901 2026-11-23T18:50Z",
		"gonogo:5F0C12AB 1204 9b1d-77c0-1e2f-a901 2026-11-23T18:50Z",
		"gonogo:5f0c12ab 0 9b1d-77c0-1e2f-a901 2026-11-23T18:50Z",
		"gonogo:5f0c12ab -1 9b1d-77c0-1e2f-a901 2026-11-23T18:50Z",
		"gonogo:5f0c12ab 01204 9b1d-77c0-1e2f-a901 2026-11-23T18:50Z",
		"gonogo:5f0c12ab 9223372036854775808 9b1d-77c0-1e2f-a901 2026-11-23T18:50Z",
		"gonogo:5f0c12ab  1204 9b1d-77c0-1e2f-a901 2026-11-23T18:50Z",
		"gonogo:5f0c12ab 1204 9b1d77c01e2fa901 2026-11-23T18:50Z",
		"gonogo:5f0c12ab 1204 9b1d-77c0-1e2f-a9011 2026-11-23T18:50Z",
		"gonogo:5f0c12ab 1204 9b1d-77c0-1e2f 2026-11-23T18:50Z",
		"gonogo:5f0c12ab 1204 9b1d-77c0-1e2f-a901 2026-11-23T18:50:00Z",
		"gonogo:5f0c12ab 1204 9b1d-77c0-1e2f-a901 2026-02-30T18:50Z",
		"gonogo:5f0c12ab 1204 9b1d-77c0-1e2f-a901 2026-11-23T18:50",
		"gonogo:5f0c12ab 1204 9b1d-77c0-1e2f-a901",
		"gonogo:5f0c12ab 1204 9b1d-77c0-1e2f-a901 2026-11-23T18:50Z 9b1d",
	};

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct checkpoint got;
		struct err err = { 0 };

		cr_assert(checkpoint_parse("--anchor", wrong[i], &got, &err) == ERR_USAGE, "\"%s\" is taken", wrong[i]);
		cr_assert(strncmp(err.text, "--anchor is not", 15) == 0 && strstr(err.text, line) != NULL, "%s",
			err.text);
	}
}
