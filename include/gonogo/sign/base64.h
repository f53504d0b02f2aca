#ifndef GONOGO_SIGN_BASE64_H
#define GONOGO_SIGN_BASE64_H
/*
 * Base64 with one spelling per value: length, alphabet, padding and the unused bits are all checked, so that a
 * signature or a key can be compared as text.  (libcrypto's decoder swallows padding and is not used.)
 */
#include <stdbool.h>
#include <stddef.h>

/* Text of `size` bytes in base64, without the final NUL. */
#define BASE64_SIZE(size) (((size) + 2) / 3 * 4)

/* Writes BASE64_SIZE(size) characters and a NUL. */
void base64_encode(const void *bytes, size_t size, char *out);
/* Decodes all of `text`; `out` has room for `size` / 4 * 3 bytes.  False for anything but the one spelling, the empty
 * text included. */
bool base64_decode(const char *text, size_t size, unsigned char *out, size_t *out_size);

#endif
