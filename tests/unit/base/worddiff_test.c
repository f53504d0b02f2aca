#include <config.h>

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/base/worddiff.h>

TestSuite(worddiff, .timeout = 60, .description = "two versions of a text as one, the changes marked by word");

Test(worddiff, marks_what_changed_by_word)
{
	static const struct { const char *before, *after, *marked; } rows[] = {
		{ "", "", "" },
		{ NULL, NULL, "" },
		{ "at least 7 days", "at least 7 days", "at least 7 days" },
		{ "at least 7 days", "at least 14 days", "at least [-7-]{+14+} days" },
		{ "a b c", "a c", "a [-b-] c" },
		{ "a c", "a b c", "a {+b+} c" },
		{ "a b", "b", "[-a-] b" },
		{ "b", "a b", "{+a+} b" },
		{ "a", "a b", "a {+b+}" },
		{ "a b", "a", "a [-b-]" },
		{ NULL, "all of it", "{+all of it+}" },
		{ "all of it", NULL, "[-all of it-]" },
		{ "one two three four", "one 2 3 four", "one [-two three-]{+2 3+} four" },
		{ "a b c d e", "x b c y e", "[-a-]{+x+} b c [-d-]{+y+} e" },
		{ "first\nsecond\nthird\n", "first\nthird\n", "first\n[-second-]\nthird\n" },
		{ "first\nthird\n", "first\n  - second\nthird\n", "first\n  {+- second+}\nthird\n" },
		{ "x\n  - [Large exports slow]: [yes]\n", "x\n  - [Large exports slow]: [capped at 50k]\n",
		  "x\n  - [Large exports slow]: [-[yes]-]{+[capped at 50k]+}\n" },
		{ "a\nb", "c\nd", "[-a-]{+c+}\n[-b-]{+d+}" },
		{ "größer als 5 %", "größer als 3 %", "größer als [-5-]{+3+} %" },
		{ "a  b", "a b", "a b" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf out = BUF_EMPTY;

		worddiff(rows[i].before, rows[i].after, &out);
		cr_assert_eq(buf_check(&out, NULL), ERR_NONE, "row %zu", i);
		cr_assert_str_eq(buf_text(&out), rows[i].marked, "row %zu", i);
		buf_release(&out);
	}
}

/* The words outside one kind of marks, single spaces between. */
static void words_without(const char *marked, const char *open, const char *close, const char *other_open, const char *other_close, struct buf *out)
{
	bool is_gone = false, is_between = true;

	while (*marked) {
		if (strncmp(marked, open, 2) == 0 || strncmp(marked, close, 2) == 0) {
			is_gone = *marked == *open;
			is_between = true;
			marked += 2;
		} else if (strncmp(marked, other_open, 2) == 0 || strncmp(marked, other_close, 2) == 0) {
			is_between = true;
			marked += 2;
		} else if (*marked == ' ' || *marked == '\n') {
			is_between = true;
			marked++;
		} else if (is_gone) {
			marked++;
		} else {
			if (is_between && out->size)
				buf_char(out, ' ');
			is_between = false;
			buf_char(out, *marked++);
		}
	}
}

static void words_of(const char *text, struct buf *out)
{
	words_without(text, "\x01\x01", "\x01\x01", "\x01\x01", "\x01\x01", out);
}

static unsigned next(unsigned *seed)
{
	*seed = *seed * 1103515245U + 12345U;
	return *seed >> 16;
}

static void random_text(unsigned *seed, struct buf *out)
{
	static const char *const words[] = { "a", "b", "c", "dd", "ee" };
	static const char *const between[] = { " ", " ", "  ", "\n", "\n  " };

	for (unsigned count = next(seed) % 14; count; count--) {
		buf_str(out, words[next(seed) % 5]);
		buf_str(out, between[next(seed) % 5]);
	}
}

Test(worddiff, either_version_can_be_had_back)
{
	unsigned seed = 4811;

	for (int round = 0; round < 4000; round++) {
		struct buf before = BUF_EMPTY, after = BUF_EMPTY, marked = BUF_EMPTY, had = BUF_EMPTY, expected = BUF_EMPTY;

		random_text(&seed, &before);
		random_text(&seed, &after);
		worddiff(buf_text(&before), buf_text(&after), &marked);
		words_without(buf_text(&marked), "[-", "-]", "{+", "+}", &had);
		words_of(buf_text(&after), &expected);
		cr_assert_str_eq(buf_text(&had), buf_text(&expected), "new words of \"%s\"", buf_text(&marked));
		buf_clear(&had);
		buf_clear(&expected);
		words_without(buf_text(&marked), "{+", "+}", "[-", "-]", &had);
		words_of(buf_text(&before), &expected);
		cr_assert_str_eq(buf_text(&had), buf_text(&expected), "old words of \"%s\"", buf_text(&marked));
		buf_release(&before);
		buf_release(&after);
		buf_release(&marked);
		buf_release(&had);
		buf_release(&expected);
	}
}

Test(worddiff, large_texts_that_share_nothing_are_marked_whole)
{
	enum { LINES = 3000 };
	struct buf before = BUF_EMPTY, after = BUF_EMPTY, marked = BUF_EMPTY;

	for (int i = 0; i < LINES; i++) {
		buf_printf(&before, "old %d\n", i);
		buf_printf(&after, "new %d\n", i + LINES);
	}
	worddiff(buf_text(&before), buf_text(&after), &marked);
	cr_assert_eq(buf_check(&marked, NULL), ERR_NONE, "in memory that there is");
	cr_assert(strncmp(buf_text(&marked), "[-old 0-]\n", 10) == 0 && strstr(buf_text(&marked), "{+new 5999+}\n"), "every line is there");
	buf_release(&before);
	buf_release(&after);
	buf_release(&marked);
}
