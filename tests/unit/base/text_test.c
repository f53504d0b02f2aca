#include <config.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/grapheme.h>
#include <gonogo/base/text.h>

TestSuite(text, .timeout = 60);

struct sample {
	const char *name, *bytes;
	size_t size;
	const char *shown; /* as text_show writes it, between "a" and "b" */
};
#define SAMPLE(name, bytes, shown)                                                                                     \
	{                                                                                                              \
		name, bytes, sizeof bytes - 1, shown                                                                   \
	}

/* What must neither enter nor reach a terminal as it is. */
static const struct sample hostile[] = {
	SAMPLE("NUL", "\0", "\\x00"),
	SAMPLE("bell", "\a", "\\x07"),
	SAMPLE("backspace", "\b", "\\x08"),
	SAMPLE("tab", "\t", "\\x09"),
	SAMPLE("carriage return", "\r", "\\x0d"),
	SAMPLE("escape", "\x1b[2J", "\\x1b[2J"),
	SAMPLE("delete", "\x7f", "\\x7f"),
	SAMPLE("C1 next line", "\xc2\x85", "\\u0085"),
	SAMPLE("C1 sequence introducer",
		"\xc2\x9b"
		"31m",
		"\\u009b31m"),
	SAMPLE("C1 operating system command", "\xc2\x9d", "\\u009d"),
	SAMPLE("soft hyphen", "\xc2\xad", "\\u00ad"),
	SAMPLE("grapheme joiner", "\xcd\x8f", "\\u034f"),
	SAMPLE("arabic letter mark", "\xd8\x9c", "\\u061c"),
	SAMPLE("hangul filler", "\xe3\x85\xa4", "\\u3164"),
	SAMPLE("zero-width space", "\xe2\x80\x8b", "\\u200b"),
	SAMPLE("zero-width non-joiner", "\xe2\x80\x8c", "\\u200c"),
	SAMPLE("zero-width joiner", "\xe2\x80\x8d", "\\u200d"),
	SAMPLE("left-to-right mark", "\xe2\x80\x8e", "\\u200e"),
	SAMPLE("right-to-left mark", "\xe2\x80\x8f", "\\u200f"),
	SAMPLE("line separator", "\xe2\x80\xa8", "\\u2028"),
	SAMPLE("paragraph separator", "\xe2\x80\xa9", "\\u2029"),
	SAMPLE("left-to-right embedding", "\xe2\x80\xaa", "\\u202a"),
	SAMPLE("pop directional formatting", "\xe2\x80\xac", "\\u202c"),
	SAMPLE("right-to-left override", "\xe2\x80\xae", "\\u202e"),
	SAMPLE("word joiner", "\xe2\x81\xa0", "\\u2060"),
	SAMPLE("left-to-right isolate", "\xe2\x81\xa6", "\\u2066"),
	SAMPLE("pop directional isolate", "\xe2\x81\xa9", "\\u2069"),
	SAMPLE("variation selector", "\xef\xb8\x8f", "\\ufe0f"),
	SAMPLE("byte order mark", "\xef\xbb\xbf", "\\ufeff"),
	SAMPLE("annotation anchor", "\xef\xbf\xb9", "\\ufff9"),
	SAMPLE("tag character", "\xf3\xa0\x81\x81", "\\U000e0041"),
	SAMPLE("noncharacter", "\xef\xbf\xbf", "\\uffff"),
	SAMPLE("unassigned", "\xcd\xb8", "\\u0378"),
	SAMPLE("private, far", "\xf3\xb0\x80\x81", "\\U000f0001"),
	SAMPLE("private", "\xee\x80\x80", "\\ue000"),
	SAMPLE("not composed", "e\xcc\x81", "e\\u0301"),
	SAMPLE("angstrom sign", "\xe2\x84\xab", "\\u212b"),
	SAMPLE("marks in the wrong order", "q\xcc\x87\xcc\xa3", "q\\u0307\\u0323"),
	SAMPLE("hangul letters", "\xe1\x84\x80\xe1\x85\xa1", "\\u1100\\u1161"),
	SAMPLE("stray continuation", "\x80", "\\x80"),
	SAMPLE("overlong slash", "\xc0\xaf", "\\xc0\\xaf"),
	SAMPLE("overlong escape", "\xe0\x80\x9b", "\\xe0\\x80\\x9b"),
	SAMPLE("cut sequence", "\xe2\x82", "\\xe2\\x82"),
	SAMPLE("surrogate", "\xed\xa0\x80", "\\xed\\xa0\\x80"),
	SAMPLE("past the last", "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"),
	SAMPLE("byte of no sequence", "\xff", "\\xff"),
	SAMPLE("Latin-1", "\xe9", "\\xe9"),
};
enum { HOSTILE = sizeof hostile / sizeof hostile[0] };

static const char *const fine[] = {
	"plain",
	"It's \"quoted\" \\ and 100 %",
	"caf\xc3\xa9",
	"\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e",
	"\xea\xb0\x80",
	"\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85",
	"\xf0\x9f\x9a\x80",
	"\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa",
	"q\xcc\xa3\xcc\x87",
	"\xe0\xa4\xa8\xe0\xa4\xbf",
	"1\xc2\xa0.000",
	"\xe2\x80\x93 \xe2\x80\x9cso\xe2\x80\x9d \xe2\x80\xa6",
	"\xe2\x82\xac",
	"\xef\xbc\xa1",
};
enum { FINE = sizeof fine / sizeof fine[0] };

static size_t between(const struct sample *sample, char *out)
{
	out[0] = 'a';
	memcpy(out + 1, sample->bytes, sample->size);
	out[1 + sample->size] = 'b';
	return sample->size + 2;
}

static const char *shown(struct buf *out, const char *text, size_t size, bool lines)
{
	buf_clear(out);
	text_show(out, text, size, lines);
	return buf_text(out);
}

Test(text, refuses_what_cannot_be_seen)
{
	static const enum text_kind kinds[] = { TEXT_ID, TEXT_PERSON, TEXT_NAME, TEXT_LINE, TEXT_LONG, TEXT_MEMO };
	for (size_t i = 0; i < HOSTILE; i++)
		for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
			char text[64];
			struct err err;
			const size_t size = between(&hostile[i], text);
			cr_assert(text_check(kinds[k], "the note", text, size, &err) == ERR_USAGE, "%s as kind %d",
				hostile[i].name, (int)kinds[k]);
			cr_assert(strncmp(err.text, "the note holds ", 15) == 0, "%s: %s", hostile[i].name, err.text);
			for (const char *c = err.text; *c != '\0'; c++)
				cr_assert(*c >= 0x20 && *c < 0x7f, "%s: the sentence itself is plain: %s",
					hostile[i].name, err.text);
		}
}

Test(text, shows_what_it_refuses_as_code)
{
	struct buf out = BUF_EMPTY;
	for (size_t i = 0; i < HOSTILE; i++) {
		char text[64], expected[96];
		struct err err;
		const size_t size = between(&hostile[i], text);
		(void)snprintf(expected, sizeof expected, "a%sb", hostile[i].shown);
		cr_assert_str_eq(shown(&out, text, size, true), expected, "%s", hostile[i].name);
		cr_assert(text_check(TEXT_LINE, "it", out.bytes, out.size, &err) == ERR_NONE,
			"%s: what is shown could be entered", hostile[i].name);
	}
	buf_release(&out);
}

Test(text, takes_and_shows_the_worlds_scripts_as_they_are)
{
	struct buf out = BUF_EMPTY;
	for (size_t i = 0; i < FINE; i++) {
		struct err err = { 0 };
		cr_assert(text_check(TEXT_LINE, "it", fine[i], strlen(fine[i]), &err) == ERR_NONE, "%s: %s", fine[i],
			err.text);
		cr_assert_str_eq(shown(&out, fine[i], strlen(fine[i]), false), fine[i], "row %zu", i);
	}
	buf_release(&out);
}

Test(text, judges_every_code_point_alike_at_the_door_and_on_the_screen)
{
	struct buf out = BUF_EMPTY;
	for (int32_t c = 0; c < 0x110000; c++) {
		char text[8] = "a";
		size_t n = 1;
		if (c < 0x80) {
			text[n++] = (char)c;
		} else if (c < 0x800) {
			text[n++] = (char)(0xc0 | c >> 6);
			text[n++] = (char)(0x80 | (c & 0x3f));
		} else if (c < 0x10000) {
			text[n++] = (char)(0xe0 | c >> 12);
			text[n++] = (char)(0x80 | (c >> 6 & 0x3f));
			text[n++] = (char)(0x80 | (c & 0x3f));
		} else {
			text[n++] = (char)(0xf0 | c >> 18);
			text[n++] = (char)(0x80 | (c >> 12 & 0x3f));
			text[n++] = (char)(0x80 | (c >> 6 & 0x3f));
			text[n++] = (char)(0x80 | (c & 0x3f));
		}
		const bool is_taken = text_check(TEXT_LINE, "it", text, n, NULL) == ERR_NONE;
		buf_clear(&out);
		text_show(&out, text, n, false);
		const bool is_same = out.size == n && memcmp(out.bytes, text, n) == 0;
		if (is_taken != is_same ||
			!(is_same || text_check(TEXT_LINE, "it", out.bytes, out.size, NULL) == ERR_NONE))
			cr_assert_fail("U+%04X: taken %d, shown as it is %d", (unsigned)c, is_taken, is_same);
	}
	buf_release(&out);
}

Test(text, allows_lines_where_lines_belong)
{
	static const char lines[] = "one\n\ntwo\n";
	struct err err;
	struct buf out = BUF_EMPTY;
	const size_t size = sizeof lines - 1;
	cr_assert(text_check(TEXT_LONG, "it", lines, size, &err) == ERR_NONE, "long text");
	cr_assert(text_check(TEXT_MEMO, "it", lines, size, &err) == ERR_NONE, "a memo");
	cr_assert(text_check(TEXT_LINE, "it", lines, size, &err) == ERR_USAGE, "a line");
	cr_assert(strstr(err.text, "line break at byte 4") != NULL, "%s", err.text);
	cr_assert(text_check(TEXT_NAME, "it", lines, size, &err) == ERR_USAGE, "a name");
	cr_assert_str_eq(shown(&out, lines, size, true), lines, "shown as lines");
	cr_assert_str_eq(shown(&out, lines, size, false), "one\\x0a\\x0atwo\\x0a", "shown in one line");
	cr_assert_str_eq(shown(&out, "a\r\nb", 4, true), "a\\x0d\nb", "a carriage return is seen, its line stays");
	buf_release(&out);
}

Test(text, refuses_a_mark_that_joins_its_surroundings)
{
	struct err err;
	struct buf out = BUF_EMPTY;
	cr_assert(text_check(TEXT_LINE, "it",
			  "\xcc\x81"
			  "a",
			  3, &err) == ERR_USAGE,
		"in front of the text");
	cr_assert(strstr(err.text, "combining mark") != NULL, "%s", err.text);
	cr_assert(text_check(TEXT_LONG, "it", "a\n\xcc\x81", 4, &err) == ERR_USAGE, "in front of a line");
	cr_assert_str_eq(shown(&out,
				 "\xcc\x81"
				 "a",
				 3, false),
		"\\u0301a", "shown apart");
	cr_assert_str_eq(shown(&out, "x\x1b\xcc\x81", 4, false), "x\\x1b\\u0301", "not upon the code before it");
	cr_assert_str_eq(shown(&out, "x\xe2\x80\x8b\xcc\xa3", 6, false), "x\\u200b\\u0323", "nor within a grapheme");
	char tower[2 + 2 * 40];
	tower[0] = 'x';
	for (size_t i = 0; i < 40; i++)
		memcpy(tower + 1 + 2 * i, "\xcc\xa3", 2);
	cr_assert(text_check(TEXT_LINE, "it", tower, 81, &err) == ERR_USAGE, "forty on one letter");
	cr_assert(text_check(TEXT_LINE, "it", tower, 41, &err) == ERR_NONE, "twenty are allowed");
	buf_release(&out);
}

Test(text, names_the_byte)
{
	struct err err;
	cr_assert(text_check(TEXT_LINE, "the note", "caf\xc3\xa9\x1b", 6, &err) == ERR_USAGE, "escape");
	cr_assert(strstr(err.text, "a control character (U+001B) at byte 6;") != NULL, "%s", err.text);
	cr_assert(text_check(TEXT_LINE, "the note", "caf\xe9", 4, &err) == ERR_USAGE, "Latin-1");
	cr_assert(strstr(err.text, "a byte that is not UTF-8 (0xe9) at byte 4;") != NULL, "%s", err.text);
	cr_assert(text_check(TEXT_ID, "the release id", "R 1", 3, &err) == ERR_USAGE, "space in an id");
	cr_assert(strstr(err.text, "the release id holds \" \" at byte 2;") != NULL, "%s", err.text);
}

Test(text, refuses_nothing_and_blank)
{
	static const char *const rows[] = { "", " ", "   ", "\n", " \n \n", "\xc2\xa0", "\xe3\x80\x80" };
	struct err err;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		cr_assert(text_is_blank(rows[i]), "row %zu", i);
		for (int kind = TEXT_ID; kind <= TEXT_MEMO; kind++)
			cr_assert(text_check((enum text_kind)kind, "the note", rows[i], strlen(rows[i]), &err) ==
					  ERR_USAGE,
				"row %zu as kind %d", i, kind);
		cr_assert(strncmp(err.text, "the note is empty", 17) == 0, "%s", err.text);
	}
	cr_assert(text_is_blank(NULL) && !text_is_blank(" x"), "NULL is blank, a letter is not");
	cr_assert(text_check(TEXT_LINE, "the note", NULL, 0, &err) == ERR_USAGE, "NULL");
}

Test(text, holds_its_caps_to_the_byte)
{
	static const struct {
		enum text_kind kind;
		size_t max;
	} rows[] = { { TEXT_ID, 64 }, { TEXT_PERSON, 32 }, { TEXT_NAME, 100 }, { TEXT_LINE, 500 },
		{ TEXT_LONG, 16 * 1024 }, { TEXT_MEMO, 64 * 1024 } };
	static char text[64 * 1024 + 1];
	memset(text, 'x', sizeof text);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct err err;
		cr_assert(text_check(rows[i].kind, "it", text, rows[i].max, &err) == ERR_NONE, "row %zu, the most", i);
		cr_assert(text_check(rows[i].kind, "it", text, rows[i].max + 1, &err) == ERR_USAGE, "row %zu, one more",
			i);
		cr_assert(text_check(rows[i].kind, "it", text, 1, &err) == ERR_NONE, "row %zu, the least", i);
	}
}

Test(text, knows_ids)
{
	static const char *const ids[] = { "a", "0", "REL-2025.02_1", "9a", "Z--" };
	static const char *const no_ids[] = { "-a", ".a", "_a", "a/b", "a b", "../x", "a\xc3\xa9", "a:", "*" };
	static const char *const people[] = { "a", "jane.doe", "j-d_2" };
	static const char *const no_people[] = { "Jane", "2a", ".a", "jane doe", "j\xc3\xa9" };
	struct err err;
	for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
		cr_assert(text_check(TEXT_ID, "it", ids[i], strlen(ids[i]), &err) == ERR_NONE, "%s", ids[i]);
	for (size_t i = 0; i < sizeof no_ids / sizeof no_ids[0]; i++)
		cr_assert(text_check(TEXT_ID, "it", no_ids[i], strlen(no_ids[i]), &err) == ERR_USAGE, "%s", no_ids[i]);
	for (size_t i = 0; i < sizeof people / sizeof people[0]; i++)
		cr_assert(
			text_check(TEXT_PERSON, "it", people[i], strlen(people[i]), &err) == ERR_NONE, "%s", people[i]);
	for (size_t i = 0; i < sizeof no_people / sizeof no_people[0]; i++)
		cr_assert(text_check(TEXT_PERSON, "it", no_people[i], strlen(no_people[i]), &err) == ERR_USAGE, "%s",
			no_people[i]);
}

Test(text, survives_random_bytes)
{
	struct buf out = BUF_EMPTY;
	uint32_t seed = 1;
	for (int round = 0; round < 20000; round++) {
		char text[24];
		for (size_t i = 0; i < sizeof text; i++) {
			seed = seed * 1664525u + 1013904223u;
			/* Half of them lead bytes and continuations, so that sequences come about. */
			text[i] = (char)(seed >> 24 & 1u ? 0x80u | (seed >> 16 & 0x7fu) : seed >> 16 & 0xffu);
		}
		buf_clear(&out);
		text_show(&out, text, sizeof text, false);
		cr_assert(!out.failed && text_check(TEXT_LINE, "it", buf_text(&out), out.size, NULL) != ERR_SYSTEM,
			"round %d", round);
		for (size_t at = 0; at < out.size;) {
			const struct grapheme piece = grapheme_next(out.bytes, out.size, at);
			cr_assert(piece.fault == GRAPHEME_GOOD, "round %d, byte %zu: %s", round, at, out.bytes);
			at += piece.size;
		}
	}
	buf_release(&out);
}
