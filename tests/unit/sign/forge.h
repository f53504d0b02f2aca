#ifndef GONOGO_TESTS_SIGN_FORGE_H
#define GONOGO_TESTS_SIGN_FORGE_H
/*
 * Keys and signatures written by hand with libcrypto: hardware keys, whose owner cannot be asked here, and everything
 * that ssh-keygen would not write.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <openssl/evp.h>

#include <gonogo/base/arena.h>
#include <gonogo/sign/sshkey.h>
#include <gonogo/sign/wire.h>

/* The parts of an SSHSIG; what is not set by the test is as it should be. */
struct forge {
	const char *name_space, *reserved, *hash, *algorithm;
	struct octets key, value; /* `value` is what follows the algorithm */
};

struct octets forge_join(struct arena *arena, const struct octets *parts, size_t count);
struct octets forge_string(struct arena *arena, struct octets bytes);
/* The number written with `zeros` zero bytes in front. */
struct octets forge_mpint(struct arena *arena, struct octets magnitude, size_t zeros);

struct octets forge_sshsig(struct arena *arena, const struct forge *forge);
/* The bytes such an SSHSIG is made over. */
struct octets forge_signed_data(struct arena *arena, const struct forge *forge, struct octets message);
/* The bytes a hardware key signs in their place. */
struct octets forge_sk_data(
	struct arena *arena, const char *application, uint8_t flags, uint32_t counter, struct octets signed_data);
/* What follows the algorithm in a hardware key's signature. */
struct octets forge_sk_value(struct arena *arena, struct octets raw, uint8_t flags, uint32_t counter);
/* libcrypto's raw signature; empty when it failed. */
struct octets forge_sign(struct arena *arena, EVP_PKEY *pkey, const EVP_MD *md, struct octets data);

/* Public key blobs. */
struct octets forge_ed25519_key(struct arena *arena, EVP_PKEY *pkey);
struct octets forge_sk_key(struct arena *arena, EVP_PKEY *pkey, const char *application);
struct octets forge_rsa_key(struct arena *arena, EVP_PKEY *pkey);
/* "type base64" of such a blob. */
const char *forge_line(struct arena *arena, const char *type, struct octets blob);

#endif
