#include <config.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <utf8proc.h>

#include <gonogo/base/grapheme.h>
#include <gonogo/base/text.h>

static void show_code(struct buf *out, const char *text, size_t used, int32_t c)
{
	if (c < 0 || c < 0x80)
		buf_printf(out, "\\x%02x", (unsigned)(unsigned char)text[0]);
	else if (used < 4)
		buf_printf(out, "\\u%04x", (unsigned)c);
	else
		buf_printf(out, "\\U%08x", (unsigned)c);
}

/* A grapheme with a fault: what is at fault is encoded, and so are its marks, which would sit on the encoding's last
 * letter.  What is not in its composed form is encoded but for its ASCII, so that it differs from its double. */
static void show_faulty(struct buf *out, const char *text, const struct grapheme *piece)
{
	for (size_t at = 0; at < piece->size;) {
		int32_t c;
		const size_t used = grapheme_decode(text, piece->size, at, &c);
		const bool is_kept = grapheme_char_fault(c) == GRAPHEME_GOOD && !grapheme_is_mark(c) &&
				     (piece->fault != GRAPHEME_NFC || c < 0x80);
		if (is_kept)
			buf_add(out, text + at, used);
		else
			show_code(out, text + at, used, c);
		at += used;
	}
}

void text_show(struct buf *out, const char *text, size_t size, bool lines)
{
	for (size_t at = 0; at < size;) {
		const struct grapheme piece = grapheme_next(text, size, at);
		const bool is_line_end = lines && piece.size == 1 && text[at] == '\n';
		if (piece.fault == GRAPHEME_GOOD || is_line_end)
			buf_add(out, text + at, piece.size);
		else
			show_faulty(out, text + at, &piece);
		at += piece.size;
	}
}

size_t text_width(const char *text, size_t size)
{
	size_t width = 0;
	for (size_t at = 0; at < size;) {
		int32_t c;
		at += grapheme_decode(text, size, at, &c);
		const int columns = c < 0 ? 1 : utf8proc_charwidth(c);
		width += columns > 0 ? (size_t)columns : 0;
	}
	return width;
}

size_t text_fit(const char *text, size_t size, size_t columns)
{
	size_t at = 0, width = 0;
	while (at < size) {
		const size_t next = text_next(text, size, at);
		width += text_width(text + at, next - at);
		if (width > columns)
			break;
		at = next;
	}
	return at;
}

size_t text_next(const char *text, size_t size, size_t at)
{
	return at < size ? at + grapheme_next(text, size, at).size : size;
}

size_t text_prev(const char *text, size_t size, size_t at)
{
	if (at > size)
		at = size;
	if (at == 0)
		return 0;
	/* A line's start is always a border, so the search need not begin at the text's. */
	size_t from = at - 1;
	while (from > 0 && text[from - 1] != '\n')
		from--;
	for (size_t next = text_next(text, size, from); next < at; next = text_next(text, size, from))
		from = next;
	return from;
}
