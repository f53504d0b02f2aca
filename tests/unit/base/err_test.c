#include <config.h>

#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/base/err.h>

TestSuite(err, .timeout = 10);

Test(err, keeps_kind_and_sentence)
{
	struct err err;
	const enum err_kind kind = err_set(&err, ERR_MISSING, "%s is not registered; list: gonogo release list", "R-1");
	cr_assert(kind == ERR_MISSING && err.kind == ERR_MISSING, "the kind comes back and stays");
	cr_assert_str_eq(err.text, "R-1 is not registered; list: gonogo release list", "the sentence is formatted");
}

Test(err, lets_the_kind_travel_alone)
{
	cr_assert(err_set(NULL, ERR_BUSY, "nobody reads this") == ERR_BUSY, "a NULL err is allowed");
	cr_assert(err_memory(NULL) == ERR_SYSTEM, "also for memory");
	err_prefix(NULL, "nowhere");
}

Test(err, may_quote_itself)
{
	struct err err;
	(void)err_set(&err, ERR_INPUT, "the plan does not hold");
	(void)err_set(&err, ERR_REFUSED, "%s; and more", err.text);
	cr_assert_str_eq(err.text, "the plan does not hold; and more", "arguments may lie in the text replaced");
}

Test(err, prefixes_the_sentence)
{
	struct err err;
	(void)err_set(&err, ERR_INPUT, "the day does not exist");
	err_prefix(&err, "plan.txt:%d", 7);
	cr_assert(err.kind == ERR_INPUT, "the kind stays");
	cr_assert_str_eq(err.text, "plan.txt:7: the day does not exist", "context, colon, sentence");
}

Test(err, cuts_on_a_character_border)
{
	/* One to four bytes of padding move the cap through each position inside the sequences. */
	static const char *const sequences[] = { "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x9a\x80" };
	for (size_t s = 0; s < 3; s++)
		for (int padding = 0; padding < 4; padding++) {
			struct err err;
			char text[ERR_TEXT_MAX + 64] = "....";
			size_t size = (size_t)padding;
			const size_t unit = strlen(sequences[s]);
			while (size + unit < sizeof text) {
				memcpy(text + size, sequences[s], unit);
				size += unit;
			}
			text[size] = '\0';
			(void)err_set(&err, ERR_INPUT, "%s", text);
			const size_t kept = strlen(err.text);
			cr_assert(kept < ERR_TEXT_MAX && kept + 4 >= ERR_TEXT_MAX, "%zu bytes kept", kept);
			cr_assert((kept - (size_t)padding) % unit == 0, "sequence %zu, padding %d: %zu bytes", s,
				padding, kept);
		}
}

Test(err, names_every_kind)
{
	static const struct {
		enum err_kind kind;
		const char *name;
	} rows[] = { { ERR_USAGE, "usage" }, { ERR_REFUSED, "refused" }, { ERR_INPUT, "input" },
		{ ERR_MISSING, "missing" }, { ERR_BUSY, "busy" }, { ERR_SYSTEM, "system" },
		{ ERR_INTEGRITY, "integrity" } };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		cr_assert_str_eq(err_kind_name(rows[i].kind), rows[i].name, "kind %d", (int)rows[i].kind);
}
