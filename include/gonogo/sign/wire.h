#ifndef GONOGO_SIGN_WIRE_H
#define GONOGO_SIGN_WIRE_H
/*
 * The SSH wire format (RFC 4251, section 5), read: big-endian lengths and strings in a cut of bytes.  Owns nothing:
 * what is read points into what was given.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes that somebody else holds. */
struct octets {
	const unsigned char *bytes;
	size_t size;
};

struct octets octets_of(const char *text); /* without the NUL */
bool octets_equal(struct octets a, struct octets b);
bool octets_are(struct octets a, const char *text);

/* Each takes its part from the front of `from`; false, with `from` unchanged, when there is not enough of it. */
bool wire_u8(struct octets *from, uint8_t *out);
bool wire_u32(struct octets *from, uint32_t *out);
bool wire_string(struct octets *from, struct octets *out);
/* A positive number in its one spelling: not zero, not negative, no needless leading zero.  `out` is the magnitude
 * alone. */
bool wire_positive(struct octets *from, struct octets *out);

#endif
