#include <config.h>

#include <string.h>

#include <criterion/criterion.h>
#include <gonogo/doc/difference.h>

#include "documents.h"

TestSuite(doc_difference, .timeout = 10);

static const struct {
	const char *read, *printed, *said;
} cases[] = {
	{ "a\nb\n", "a\nb\n", "" },
	{ "a: 7 days\n", "a: 1 week\n", "f:1: read \"a: 7 days\", printed \"a: 1 week\".\n" },
	{ "a\n\n\nb\n", "a\n\nb\n", "f:3: an empty line is left out.\n" },
	{ "a\nb\n", "a\n\nb\n", "f:2: an empty line is put before this one.\n" },
	{ "a  \nb\n", "a\nb\n", "f:1: the spaces at the end of the line are left out.\n" },
	{ "a\n  \n", "a\n", "f:2: an empty line is left out.\n" },
	{ "a\nb", "a\nb\n", "f:2: a line end is put at the end of the document.\n" },
	{ "\na\n\n", "a\n", "f:1: an empty line is left out.\nf:3: an empty line is left out.\n" },
	{ "", "", "" },
};

Test(doc_difference, says_each_change)
{
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct buf out = BUF_EMPTY;
		const bool differs = doc_difference("f", cases[i].read, strlen(cases[i].read), cases[i].printed, &out);
		cr_assert_str_eq(buf_text(&out), cases[i].said, "number %zu", i);
		cr_assert_eq(differs, cases[i].said[0] != '\0', "number %zu", i);
		buf_release(&out);
	}
}

Test(doc_difference, ends_after_twenty)
{
	struct buf text = BUF_EMPTY, out = BUF_EMPTY;
	for (int i = 0; i < 30; i++)
		buf_str(&text, "a \n");
	buf_str(&text, "b\n");
	char printed[] =
		"a\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\nb\n";
	cr_assert(doc_difference("f", text.bytes, text.size, printed, &out), "they differ");
	cr_assert_str_eq(strstr(buf_text(&out), "f:20:"),
		"f:20: the spaces at the end of the line are left out.\nAnd 10 more.\n", "%s", buf_text(&out));
	buf_release(&text);
	buf_release(&out);
}

/* What I-8 lets differ: each is taken, printed in the one form, and said. */
static const struct {
	size_t document;
	const char *read, *said;
} tolerated[] = {
	{ 3, "\nFlag: F\nDefault:   false\nEnabled for: a\n\nActivation: b",
		"f:1: an empty line is left out.\n"
		"f:3: read \"Default:   false\", printed \"Default: false\".\n"
		"f:5: an empty line is left out.\n"
		"f:6: a line end is put at the end of the document.\n" },
	{ 1,
		"Release: r\nClassification: UI-only\nExperimental Tenants: a,b\nOpt-in Method: m\nStart Date: "
		"2025-01-15\n"
		"Minimum Duration: 14 days minimum\nMaximum Duration: 4 weeks maximum\nExit Criteria:\n  - c  \nOwner: "
		"o\n",
		"f:3: read \"Experimental Tenants: a,b\", printed \"Experimental Tenants: a, b\".\n"
		"f:6: read \"Minimum Duration: 14 days minimum\", printed \"Minimum Duration: 2 weeks\".\n"
		"f:7: read \"Maximum Duration: 4 weeks maximum\", printed \"Maximum Duration: 4 weeks\".\n"
		"f:9: the spaces at the end of the line are left out.\n" },
};

Test(doc_difference, tolerated_spellings)
{
	for (size_t i = 0; i < sizeof tolerated / sizeof tolerated[0]; i++) {
		struct arena arena;
		struct err err;
		struct buf printed = BUF_EMPTY, out = BUF_EMPTY;
		const char *text = tolerated[i].read;
		arena_init(&arena, 0);
		cr_assert_eq(documents[tolerated[i].document].reprint("f", text, strlen(text), &arena, &printed, &err),
			ERR_NONE, "%s", err.text);
		cr_assert(doc_difference("f", text, strlen(text), buf_text(&printed), &out), "number %zu", i);
		cr_assert_str_eq(buf_text(&out), tolerated[i].said, "number %zu", i);
		buf_release(&printed);
		buf_release(&out);
		arena_release(&arena);
	}
}
