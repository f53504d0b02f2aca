#ifndef GONOGO_SIGN_KEYBLOB_H
#define GONOGO_SIGN_KEYBLOB_H
/*
 * The inside of a public key blob, for the layer's own use: its parts by type, and libcrypto's object of it.  Judges
 * neither strength (sshkey) nor signatures (verify).
 */
#include <stdbool.h>

#include <gonogo/base/err.h>
#include <gonogo/sign/sshkey.h>
#include <gonogo/sign/wire.h>

struct evp_pkey_st;

/* Only the parts of the type at hand are set; they point into the blob. */
struct keyblob {
	enum sshkey_type type;
	struct octets point;       /* ed25519: 32 bytes; ecdsa: 04, x, y */
	struct octets application; /* sk-ed25519 */
	struct octets e, n;        /* rsa: magnitudes */
};

/* False when the blob is not exactly one key of that type. */
bool keyblob_read(enum sshkey_type type, struct octets blob, struct keyblob *out);
/* The caller frees `*out` with EVP_PKEY_free.  ERR_INTEGRITY, without a sentence, when libcrypto does not take it: a
 * point off the curve. */
enum err_kind keyblob_pkey(const struct keyblob *key, struct evp_pkey_st **out, struct err *err) MUST_CHECK;
/* Empties libcrypto's error queue and tells whether memory was what it lacked. */
bool keyblob_lacked_memory(void);

#endif
