#include <config.h>

#include "forge.h"

#include <string.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>

#include <gonogo/sign/base64.h>

enum { RAW_MAX = 4096 };

struct octets forge_join(struct arena *arena, const struct octets *parts, size_t count)
{
	size_t size = 0, at = 0;
	unsigned char *out;

	for (size_t i = 0; i < count; i++)
		size += parts[i].size;
	out = arena_alloc(arena, size + 1);
	if (out == NULL)
		return (struct octets){ 0 };
	for (size_t i = 0; i < count; i++) {
		if (parts[i].size > 0)
			memcpy(out + at, parts[i].bytes, parts[i].size);
		at += parts[i].size;
	}
	return (struct octets){ out, size };
}

static struct octets be32(struct arena *arena, uint32_t value)
{
	const unsigned char bytes[] = { (unsigned char)(value >> 24), (unsigned char)(value >> 16 & 255),
		(unsigned char)(value >> 8 & 255), (unsigned char)(value & 255) };
	const struct octets part = { bytes, sizeof bytes };

	return forge_join(arena, &part, 1);
}

struct octets forge_string(struct arena *arena, struct octets bytes)
{
	const struct octets parts[] = { be32(arena, (uint32_t)bytes.size), bytes };

	return forge_join(arena, parts, 2);
}

struct octets forge_mpint(struct arena *arena, struct octets magnitude, size_t zeros)
{
	static const unsigned char zero[8];
	const struct octets parts[] = { { zero, zeros }, magnitude };

	return forge_string(arena, forge_join(arena, parts, 2));
}

static const char *or_standard(const char *given, const char *standard)
{
	return given == NULL ? standard : given;
}

struct octets forge_sshsig(struct arena *arena, const struct forge *forge)
{
	const struct octets signature[] = { forge_string(arena, octets_of(forge->algorithm)), forge->value };
	const struct octets parts[] = {
		octets_of("SSHSIG"),
		be32(arena, 1),
		forge_string(arena, forge->key),
		forge_string(arena, octets_of(forge->name_space)),
		forge_string(arena, octets_of(or_standard(forge->reserved, ""))),
		forge_string(arena, octets_of(or_standard(forge->hash, "sha512"))),
		forge_string(arena, forge_join(arena, signature, 2)),
	};

	return forge_join(arena, parts, sizeof parts / sizeof *parts);
}

static struct octets digest_of(struct arena *arena, const EVP_MD *md, struct octets bytes)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned size = 0;
	struct octets part = { digest, 0 };

	if (EVP_Digest(bytes.bytes, bytes.size, digest, &size, md, NULL) == 1)
		part.size = size;
	return forge_join(arena, &part, 1);
}

struct octets forge_signed_data(struct arena *arena, const struct forge *forge, struct octets message)
{
	const char *hash = or_standard(forge->hash, "sha512");
	const struct octets parts[] = {
		octets_of("SSHSIG"),
		forge_string(arena, octets_of(forge->name_space)),
		forge_string(arena, octets_of("")), /* whatever the blob says: as ssh-keygen does */
		forge_string(arena, octets_of(hash)),
		forge_string(
			arena, digest_of(arena, strcmp(hash, "sha256") == 0 ? EVP_sha256() : EVP_sha512(), message)),
	};

	return forge_join(arena, parts, sizeof parts / sizeof *parts);
}

struct octets forge_sk_data(
	struct arena *arena, const char *application, uint8_t flags, uint32_t counter, struct octets signed_data)
{
	const struct octets parts[] = {
		digest_of(arena, EVP_sha256(), octets_of(application)),
		{ &flags, 1 },
		be32(arena, counter),
		digest_of(arena, EVP_sha256(), signed_data),
	};

	return forge_join(arena, parts, sizeof parts / sizeof *parts);
}

struct octets forge_sk_value(struct arena *arena, struct octets raw, uint8_t flags, uint32_t counter)
{
	const struct octets parts[] = { forge_string(arena, raw), { &flags, 1 }, be32(arena, counter) };

	return forge_join(arena, parts, sizeof parts / sizeof *parts);
}

struct octets forge_sign(struct arena *arena, EVP_PKEY *pkey, const EVP_MD *md, struct octets data)
{
	unsigned char raw[RAW_MAX];
	size_t size = sizeof raw;
	struct octets part = { raw, 0 };
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	if (ctx != NULL && EVP_DigestSignInit(ctx, NULL, md, NULL, pkey) == 1 &&
		EVP_DigestSign(ctx, raw, &size, data.bytes, data.size) == 1)
		part.size = size;
	EVP_MD_CTX_free(ctx);
	return forge_join(arena, &part, 1);
}

static struct octets raw_point(struct arena *arena, EVP_PKEY *pkey)
{
	unsigned char raw[32];
	size_t size = sizeof raw;
	struct octets part = { raw, 0 };

	if (EVP_PKEY_get_raw_public_key(pkey, raw, &size) == 1)
		part.size = size;
	return forge_join(arena, &part, 1);
}

struct octets forge_ed25519_key(struct arena *arena, EVP_PKEY *pkey)
{
	const struct octets parts[] = { forge_string(arena, octets_of("ssh-ed25519")),
		forge_string(arena, raw_point(arena, pkey)) };

	return forge_join(arena, parts, 2);
}

struct octets forge_sk_key(struct arena *arena, EVP_PKEY *pkey, const char *application)
{
	const struct octets parts[] = { forge_string(arena, octets_of("sk-ssh-ed25519@openssh.com")),
		forge_string(arena, raw_point(arena, pkey)), forge_string(arena, octets_of(application)) };

	return forge_join(arena, parts, 3);
}

static struct octets rsa_number(struct arena *arena, EVP_PKEY *pkey, const char *name)
{
	unsigned char raw[RAW_MAX];
	BIGNUM *number = NULL;
	struct octets part = { raw, 0 };

	if (EVP_PKEY_get_bn_param(pkey, name, &number) == 1 && BN_num_bytes(number) <= RAW_MAX)
		part.size = (size_t)BN_bn2bin(number, raw);
	BN_free(number);
	return forge_mpint(arena, part, part.size > 0 && (raw[0] & 0x80) != 0 ? 1 : 0);
}

struct octets forge_rsa_key(struct arena *arena, EVP_PKEY *pkey)
{
	const struct octets parts[] = { forge_string(arena, octets_of("ssh-rsa")),
		rsa_number(arena, pkey, OSSL_PKEY_PARAM_RSA_E), rsa_number(arena, pkey, OSSL_PKEY_PARAM_RSA_N) };

	return forge_join(arena, parts, 3);
}

const char *forge_line(struct arena *arena, const char *type, struct octets blob)
{
	char *encoded = arena_alloc(arena, BASE64_SIZE(blob.size) + 1);

	if (encoded == NULL)
		return NULL;
	base64_encode(blob.bytes, blob.size, encoded);
	return arena_printf(arena, "%s %s", type, encoded);
}
