#ifndef GONOGO_SIGN_VERIFY_H
#define GONOGO_SIGN_VERIFY_H
/*
 * Does this SSHSIG blob hold, by this enrolled key, for this purpose, over these bytes?  In process through libcrypto,
 * without a child or a file; about as fast as libcrypto itself, so that a gate asks every time.  Knows nothing of
 * people, times or revocation: the register decides whether a key counted.
 *
 * Stricter than ssh-keygen on purpose: an ed25519 signature has one form (S below the group order), a hardware key must
 * have been touched and be one for "ssh:".  Otherwise as ssh-keygen: rsa-sha2-256 and rsa-sha2-512 alone, short RSA
 * values padded, the ECDSA hash chosen by the curve, numbers positive and in their shortest form.
 */
#include <stddef.h>

#include <gonogo/base/err.h>
#include <gonogo/sign/sshkey.h>
#include <gonogo/sign/wire.h>

/* ERR_NONE: good.  ERR_INTEGRITY: not good, with the reason.  ERR_SYSTEM: it could not be found out (memory). */
enum err_kind sshsig_verify(struct octets blob, const char *name_space, const void *message, size_t message_size,
	const struct sshkey *expected, struct err *err) MUST_CHECK;

#endif
