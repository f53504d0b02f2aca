#ifndef GONOGO_BASE_GRAPHEME_H
#define GONOGO_BASE_GRAPHEME_H
/*
 * Text cut into graphemes (what a reader takes for one character), and what keeps a grapheme from being read as it was
 * written.  The one home of that judgement: text.h refuses and encodes by it, json.h escapes by it.  Takes any bytes;
 * an invalid byte is a grapheme of its own.  Owns nothing.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum grapheme_fault {
	GRAPHEME_GOOD,
	GRAPHEME_BYTES,   /* not UTF-8: overlong, cut off, a surrogate, a stray byte */
	GRAPHEME_CONTROL, /* C0 (LF and TAB too), DEL, C1, line and paragraph separators */
	GRAPHEME_INVISIBLE, /* bidi and other format characters, and what is drawn as nothing: zero-width, fillers, selectors */
	GRAPHEME_UNKNOWN, /* unassigned, or for private use: nobody knows what a reader sees */
	GRAPHEME_MARK,    /* a combining mark without a base, or more of them than any script needs */
	GRAPHEME_NFC,     /* the same characters have other bytes in NFC */
};

struct grapheme {
	size_t size;     /* bytes, at least 1 */
	size_t fault_at; /* bytes from its start to the character at fault */
	enum grapheme_fault fault;
};

/* The grapheme that starts at byte `at` (less than `size`); `at` must be the start of a grapheme. */
struct grapheme grapheme_next(const char *text, size_t size, size_t at);

/* Decodes the code point at byte `at` (less than `size`) into *c and returns its bytes; an invalid byte is -1 and 1. */
size_t grapheme_decode(const char *text, size_t size, size_t at, int32_t *c);
/* The fault a code point has by itself, wherever it stands. */
enum grapheme_fault grapheme_char_fault(int32_t c);
bool grapheme_is_mark(int32_t c);  /* combines with what stands before it */
bool grapheme_is_space(int32_t c); /* a space of any width */

#endif
