#ifndef GONOGO_SIGN_KEYGEN_H
#define GONOGO_SIGN_KEYGEN_H
/*
 * Signing with the key a person already has: `ssh-keygen -Y sign`, from a key file or from the agent, hardware keys
 * included.  gonogo never reads a private key.  ssh-keygen can end well without having signed what was meant (an old
 * signature file it could not replace, a closed input, an answer taken from the data), so a signature leaves here only
 * after it has been verified in process, by an enrolled key, over the very bytes.
 */
#include <stdbool.h>
#include <stddef.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/err.h>
#include <gonogo/sign/sshkey.h>
#include <gonogo/sign/wire.h>

enum { KEYGEN_DEADLINE_S = 60 };

struct keygen {
	const char *person;        /* whose keys these are, for the sentences */
	const struct sshkey *keys; /* the keys enrolled for that person that may sign now */
	size_t key_count;
	/* --identity FILE: a private key, or a public one with its private half beside it or in the agent.  NULL asks
	 * the agent for each of `keys` in turn. */
	const char *identity;
	/* ssh-keygen may ask for a passphrase or a touch on the terminal; the screen has been left. */
	bool terminal;
	bool asks_nothing; /* --no-input: a locked key is ERR_USAGE, and no window asks for its passphrase either */
};

/*
 * Signs `message` for the purpose `name_space` (payload.h).  The blob is in `arena`; `*key` (may be NULL) is the one of
 * `keys` that signed.  ERR_REFUSED when no enrolled key signed, with what to do; ERR_USAGE when that would have taken
 * a question and `asks_nothing`; ERR_SYSTEM without ssh-keygen, memory or a temporary folder.
 */
enum err_kind keygen_sign(const struct keygen *keygen, const char *name_space, const void *message, size_t message_size,
	struct arena *arena, struct octets *blob, const struct sshkey **key, struct err *err) MUST_CHECK;

#endif
