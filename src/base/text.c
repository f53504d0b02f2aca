#include <config.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <gonogo/base/grapheme.h>
#include <gonogo/base/text.h>

struct kind_row {
	size_t max;
	bool lines;
	const char *letters, *first; /* NULL: any text */
	const char *expected;
};

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGIT "0123456789"

static const struct kind_row kinds[] = {
	[TEXT_ID] = { 64, false, LOWER UPPER DIGIT "._-", LOWER UPPER DIGIT,
		"write an id of at most 64 letters, digits, \".\", \"_\" and \"-\" that opens with a letter or digit" },
	[TEXT_PERSON] = { 32, false, LOWER DIGIT "._-", LOWER,
		"write an id of at most 32 small letters, digits, \".\", \"_\" and \"-\" that opens with a letter" },
	[TEXT_NAME] = { TEXT_NAME_MAX, false, NULL, NULL, "write one line of at most 100 bytes of plain text" },
	[TEXT_LINE] = { TEXT_LINE_MAX, false, NULL, NULL, "write one line of at most 500 bytes of plain text" },
	[TEXT_LONG] = { TEXT_LONG_MAX, true, NULL, NULL, "write at most 16384 bytes of plain text" },
	[TEXT_MEMO] = { TEXT_MEMO_MAX, true, NULL, NULL, "write at most 65536 bytes of plain text" },
};

static bool is_blank(const char *text, size_t size)
{
	for (size_t at = 0; at < size;) {
		int32_t c;
		at += grapheme_decode(text, size, at, &c);
		if (c != '\n' && !grapheme_is_space(c))
			return false;
	}
	return true;
}

static enum err_kind fault_error(const char *what, const char *text, size_t size, size_t at, enum grapheme_fault fault,
	const char *expected, struct err *err)
{
	static const char *const found[] = {
		[GRAPHEME_BYTES] = "a byte that is not UTF-8",
		[GRAPHEME_CONTROL] = "a control character",
		[GRAPHEME_INVISIBLE] = "an invisible character",
		[GRAPHEME_UNKNOWN] = "an unassigned or private character",
		[GRAPHEME_NFC] = "a character not in its composed form (NFC)",
		[GRAPHEME_MARK] = "a combining mark that belongs to no letter",
	};
	int32_t c;
	(void)grapheme_decode(text, size, at, &c);
	if (c < 0)
		return err_set(err, ERR_USAGE, "%s holds %s (0x%02x) at byte %zu; %s", what, found[fault],
			(unsigned)(unsigned char)text[at], at + 1, expected);
	if (c == '\t')
		return err_set(err, ERR_USAGE,
			"%s holds a tab at byte %zu, which shows differently everywhere; "
			"write spaces instead",
			what, at + 1);
	if (c == '\n')
		return err_set(err, ERR_USAGE, "%s holds a line break at byte %zu; %s", what, at + 1, expected);
	return err_set(err, ERR_USAGE, "%s holds %s (U+%04X) at byte %zu; %s", what, found[fault], (unsigned)c, at + 1,
		expected);
}

static enum err_kind check_letters(
	const struct kind_row *kind, const char *what, const char *text, size_t size, struct err *err)
{
	for (size_t at = 0; at < size; at++) {
		const char *allowed = at == 0 ? kind->first : kind->letters;
		if (text[at] != '\0' && strchr(allowed, text[at]))
			continue;
		const struct grapheme piece = grapheme_next(text, size, at);
		if (piece.fault != GRAPHEME_GOOD)
			return fault_error(what, text, size, at + piece.fault_at, piece.fault, kind->expected, err);
		return err_set(err, ERR_USAGE, "%s holds \"%.*s\" at byte %zu; %s", what, (int)piece.size, text + at,
			at + 1, kind->expected);
	}
	return ERR_NONE;
}

enum err_kind text_check(enum text_kind kind, const char *what, const char *text, size_t size, struct err *err)
{
	const struct kind_row *row = &kinds[kind];
	if (!text || is_blank(text, size))
		return err_set(err, ERR_USAGE, "%s is empty; %s", what, row->expected);
	if (size > row->max)
		return err_set(err, ERR_USAGE, "%s takes %zu bytes, too long from byte %zu on; %s", what, size,
			row->max + 1, row->expected);
	if (row->letters)
		return check_letters(row, what, text, size, err);
	for (size_t at = 0; at < size;) {
		const struct grapheme piece = grapheme_next(text, size, at);
		const bool is_line_end = row->lines && piece.size == 1 && text[at] == '\n';
		if (piece.fault != GRAPHEME_GOOD && !is_line_end)
			return fault_error(what, text, size, at + piece.fault_at, piece.fault, row->expected, err);
		at += piece.size;
	}
	return ERR_NONE;
}

bool text_is_blank(const char *text)
{
	return !text || is_blank(text, strlen(text));
}
