#ifndef GONOGO_SIGN_LINE_H
#define GONOGO_SIGN_LINE_H
/*
 * Values in the layer's short texts, for its own use.  Each has one spelling, so that text compared is value compared.
 * Owns nothing: what is taken points into the text.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <gonogo/base/digest.h>
#include <gonogo/base/when.h>
#include <gonogo/sign/wire.h>

enum { LINE_WORD_MAX = 64, LINE_ID_DIGITS = 32 };

/* Takes what stands before the next `border`, which is dropped; false, with `from` unchanged, when there is none. */
bool line_until(struct octets *from, char border, struct octets *out);
/* Takes `text` from the front. */
bool line_skip(struct octets *from, const char *text);

/* 0 to INT64_MAX in decimal without leading zeros. */
bool line_number(struct octets text, int64_t *out);
/* Exactly `digits` lower-case hexadecimal digits. */
bool line_is_hex(struct octets text, size_t digits);
bool line_digest(struct octets text, struct digest *out);
bool line_instant(struct octets text, instant *out);
/* One to LINE_WORD_MAX of A-Z a-z 0-9 . _ - *: any id, kind or "*" or "-" of a fact. */
bool line_is_word(struct octets text);

#endif
