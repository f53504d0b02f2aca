#include <config.h>

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <gonogo/base/digest.h>

static enum err_kind no_digest(struct err *err)
{
	return err_set(err, ERR_SYSTEM,
		"SHA-256 could not be computed by libcrypto; see that this lists it: "
		"openssl list -digest-algorithms");
}

enum err_kind digest_bytes(const void *bytes, size_t size, struct digest *out, struct err *err)
{
	unsigned int made = 0;
	if (EVP_Digest(bytes ? bytes : "", size, out->bytes, &made, EVP_sha256(), NULL) != 1 || made != DIGEST_SIZE)
		return no_digest(err);
	return ERR_NONE;
}

enum err_kind digest_tagged(const char *tag, const void *bytes, size_t size, struct digest *out, struct err *err)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	if (!context)
		return err_memory(err);
	unsigned int made = 0;
	const bool is_made = EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1 &&
			     EVP_DigestUpdate(context, tag, strlen(tag) + 1) == 1 &&
			     EVP_DigestUpdate(context, bytes ? bytes : "", size) == 1 &&
			     EVP_DigestFinal_ex(context, out->bytes, &made) == 1 && made == DIGEST_SIZE;
	EVP_MD_CTX_free(context);
	return is_made ? ERR_NONE : no_digest(err);
}

bool digest_equal(const struct digest *a, const struct digest *b)
{
	return CRYPTO_memcmp(a->bytes, b->bytes, DIGEST_SIZE) == 0;
}

bool digest_is_zero(const struct digest *a)
{
	static const struct digest zero;
	return digest_equal(a, &zero);
}

const char *digest_hex(const struct digest *digest, char *out)
{
	hex_write(digest->bytes, DIGEST_SIZE, out);
	return out;
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

bool digest_read(const char *hex, struct digest *out)
{
	if (!hex || strnlen(hex, DIGEST_HEX_MAX) != 2 * (size_t)DIGEST_SIZE)
		return false;
	struct digest read;
	for (size_t i = 0; i < DIGEST_SIZE; i++) {
		const int high = hex_value(hex[2 * i]), low = hex_value(hex[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		read.bytes[i] = (unsigned char)(high * 16 + low);
	}
	*out = read;
	return true;
}

void hex_write(const void *bytes, size_t size, char *out)
{
	static const char digits[] = "0123456789abcdef";
	const unsigned char *from = bytes;
	for (size_t i = 0; i < size; i++) {
		*out++ = digits[from[i] >> 4];
		*out++ = digits[from[i] & 0xfu];
	}
	*out = '\0';
}
