#ifndef GONOGO_BASE_DIGEST_H
#define GONOGO_BASE_DIGEST_H
/* SHA-256 (libcrypto) with domain tags, and hexadecimal. */
#include <stdbool.h>
#include <stddef.h>

#include <gonogo/base/err.h>

enum { DIGEST_SIZE = 32, DIGEST_HEX_MAX = 65 };

struct digest {
	unsigned char bytes[DIGEST_SIZE];
};

/* SHA-256 of bytes alone, without a tag. */
enum err_kind digest_bytes(const void *bytes, size_t size, struct digest *out, struct err *err) MUST_CHECK;
/* SHA-256 of tag, NUL, bytes. */
enum err_kind digest_tagged(const char *tag, const void *bytes, size_t size, struct digest *out, struct err *err) MUST_CHECK;
bool digest_equal(const struct digest *a, const struct digest *b);
bool digest_is_zero(const struct digest *a);
/* Lower-case hex into out[DIGEST_HEX_MAX]; returns out. */
const char *digest_hex(const struct digest *digest, char *out);
bool digest_read(const char *hex, struct digest *out); /* exactly 64 lower-case digits */
void hex_write(const void *bytes, size_t size, char *out /* [2 * size + 1] */);

#endif
