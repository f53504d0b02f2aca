#ifndef GONOGO_SIGN_VERIFY_H
#define GONOGO_SIGN_VERIFY_H
/*
 * Does this SSHSIG blob hold, by this enrolled key, for this purpose, over these bytes?  In process through libcrypto, without a child
 * or a file; about as fast as libcrypto itself, so that a gate asks every time.  Stricter than ssh-keygen where decisions.md
 * "Signatures in process" says so.  Knows nothing of people, times or revocation: the register decides whether a key counted.
 */
#include <stddef.h>

#include <gonogo/base/err.h>
#include <gonogo/sign/sshkey.h>
#include <gonogo/sign/wire.h>

/* ERR_NONE: good.  ERR_INTEGRITY: not good, with the reason.  ERR_SYSTEM: it could not be found out (memory). */
enum err_kind sshsig_verify(struct octets blob, const char *name_space, const void *message, size_t message_size,
			    const struct sshkey *expected, struct err *err) MUST_CHECK;

#endif
