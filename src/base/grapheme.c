#include <config.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <utf8proc.h>

#include <gonogo/base/grapheme.h>

enum {
	CHARS_MAX = 32, /* code points of one grapheme: the Stream-Safe form allows 30 marks */
	NFC_ROOM = 8 * CHARS_MAX,
};

size_t grapheme_decode(const char *text, size_t size, size_t at, int32_t *c)
{
	utf8proc_int32_t got = -1;
	const utf8proc_ssize_t most = size - at < 4 ? (utf8proc_ssize_t)(size - at) : 4;
	const utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text + at, most, &got);
	if (used <= 0) {
		*c = -1;
		return 1;
	}
	*c = got;
	return (size_t)used;
}

enum grapheme_fault grapheme_char_fault(int32_t c)
{
	if (c < 0)
		return GRAPHEME_BYTES;
	if (c >= 0x20 && c < 0x7f)
		return GRAPHEME_GOOD;
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP: return GRAPHEME_CONTROL;
	case UTF8PROC_CATEGORY_CF: return GRAPHEME_INVISIBLE;
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_CS: return GRAPHEME_UNKNOWN;
	default: return utf8proc_get_property(c)->ignorable ? GRAPHEME_INVISIBLE : GRAPHEME_GOOD;
	}
}

bool grapheme_is_mark(int32_t c)
{
	const utf8proc_category_t category = utf8proc_category(c);
	return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME || category == UTF8PROC_CATEGORY_MC;
}

bool grapheme_is_space(int32_t c)
{
	return c >= 0 && utf8proc_category(c) == UTF8PROC_CATEGORY_ZS;
}

static bool is_printable_ascii(char c)
{
	return c >= 0x20 && c < 0x7f;
}

static size_t grapheme_size(const char *text, size_t size, size_t at)
{
	int32_t before, c;
	utf8proc_int32_t state = 0;
	if (is_printable_ascii(text[at]) && (at + 1 == size || is_printable_ascii(text[at + 1])))
		return 1; /* by far the most common case, and worth a short way */
	if (text[at] == '\r')
		return 1; /* else CR LF would be one, and its line end not seen */
	size_t end = at + grapheme_decode(text, size, at, &before);
	while (before >= 0 && end < size) {
		const size_t used = grapheme_decode(text, size, end, &c);
		if (c < 0 || utf8proc_grapheme_break_stateful(before, c, &state))
			break;
		before = c;
		end += used;
	}
	return end - at;
}

/* Canonical composition never reaches over the border of a grapheme, so that each can be judged alone. */
static bool is_nfc(const char *text, size_t size)
{
	utf8proc_int32_t made[NFC_ROOM];
	utf8proc_ssize_t n = utf8proc_decompose((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)size, made, NFC_ROOM,
		UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (n < 0 || n > NFC_ROOM)
		return false;
	n = utf8proc_normalize_utf32(made, n, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	size_t at = 0;
	for (utf8proc_ssize_t i = 0; i < n; i++) {
		int32_t c;
		if (at >= size)
			return false;
		at += grapheme_decode(text, size, at, &c);
		if (c != made[i])
			return false;
	}
	return n >= 0 && at == size;
}

struct grapheme grapheme_next(const char *text, size_t size, size_t at)
{
	struct grapheme got = { .size = grapheme_size(text, size, at) };
	size_t chars = 0;
	for (size_t i = 0; i < got.size;) {
		int32_t c;
		const size_t used = grapheme_decode(text, size, at + i, &c);
		got.fault = grapheme_char_fault(c);
		if (got.fault == GRAPHEME_GOOD && ((i == 0 && grapheme_is_mark(c)) || ++chars > CHARS_MAX))
			got.fault = GRAPHEME_MARK;
		got.fault_at = i;
		if (got.fault != GRAPHEME_GOOD)
			return got;
		i += used;
	}
	got.fault_at = 0;
	const bool is_ascii = got.size == 1;
	if (!is_ascii && !is_nfc(text + at, got.size))
		got.fault = GRAPHEME_NFC;
	return got;
}
