#ifndef GONOGO_SIGN_SSHSIG_H
#define GONOGO_SIGN_SSHSIG_H
/*
 * SSHSIG, the signature that `ssh-keygen -Y sign` writes (PROTOCOL.sshsig of OpenSSH): its armour, its blob, and their
 * one spelling.  What is stored is the blob alone.  Verifies nothing: see verify.h.
 *
 * The armour is read as ssh-keygen reads it: blank space between the digits, all digits in one line, a missing last
 * newline and text after END are taken; text before BEGIN and CRLF are refused, the latter inside the digits too.  A
 * blob with reserved bytes is refused, which ssh-keygen takes: no signature covers them.
 */
#include <stddef.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/err.h>
#include <gonogo/sign/wire.h>

enum {
	SSHSIG_ARMOUR_MAX = 16 * 1024, /* bytes of a signature file */
	SSHSIG_BLOB_MAX = 12 * 1024,
};

enum sshsig_hash { SSHSIG_SHA256, SSHSIG_SHA512 };

/* The parts of a blob; they point into it. */
struct sshsig {
	struct octets key; /* the signer's whole public key */
	struct octets name_space;
	enum sshsig_hash hash;   /* of the message */
	struct octets algorithm; /* inside the signature: "ssh-ed25519", "rsa-sha2-512", ... */
	struct octets value;     /* what follows the algorithm, uninterpreted */
};

/* Armour to blob, in `arena`.  ERR_INPUT with a sentence that opens with `what` ("F.system-owner.sig"). */
enum err_kind sshsig_read(const char *what, const char *text, size_t size, struct arena *arena, struct octets *blob,
	struct err *err) MUST_CHECK;
/* Blob to armour, byte for byte as ssh-keygen writes it. */
enum err_kind sshsig_armour(struct octets blob, struct arena *arena, const char **text, struct err *err) MUST_CHECK;

/* The blob as one line of base64, as it stands in the ledger, and back (ERR_INTEGRITY: the ledger wrote it). */
enum err_kind sshsig_base64(struct octets blob, struct arena *arena, const char **text, struct err *err) MUST_CHECK;
enum err_kind sshsig_from_base64(
	const char *text, size_t size, struct arena *arena, struct octets *blob, struct err *err) MUST_CHECK;

/* Takes a blob apart.  ERR_INTEGRITY with the reason: another magic or version, reserved bytes, an unknown hash, bytes
 * too few or too many. */
enum err_kind sshsig_parse(struct octets blob, struct sshsig *out, struct err *err) MUST_CHECK;

#endif
