#ifndef GONOGO_SIGN_SSHKEY_H
#define GONOGO_SIGN_SSHKEY_H
/*
 * Public keys of people and components, as ssh-keygen writes them: read, judged for strength, named by fingerprint.
 * What is not strong or cannot be verified here is refused at this door: certificates, sk-ecdsa, dsa, rsa below 3072
 * bits, hardware keys of another application than "ssh:", points that nobody can have drawn.  Never touches a private
 * key.
 */
#include <stdbool.h>
#include <stddef.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/err.h>
#include <gonogo/sign/wire.h>

enum sshkey_type {
	SSHKEY_ED25519,
	SSHKEY_SK_ED25519,
	SSHKEY_ECDSA_P256,
	SSHKEY_ECDSA_P384,
	SSHKEY_ECDSA_P521,
	SSHKEY_RSA,
};
enum { SSHKEY_TYPE_COUNT = SSHKEY_RSA + 1 };

enum {
	SSHKEY_FILE_MAX = 16 * 1024, /* bytes of a public key file */
	SSHKEY_RSA_BITS_MIN = 3072,
	SSHKEY_RSA_BITS_MAX = 16384, /* as ssh: beyond it a verification takes too long */
	SSHKEY_FINGERPRINT_MAX = 51, /* "SHA256:", 43 digits, NUL */
};

struct sshkey {
	enum sshkey_type type;
	const unsigned char *blob; /* the whole key in wire format: this is the key's identity */
	size_t blob_size;
	const char *comment; /* as written, "" when there is none: a stranger's text, encode it before showing */
};

/*
 * Reads one public key: "ssh-ed25519 AAAA... comment", the content of a .pub file or the text stored in a fact.  `what`
 * opens the sentence ("jane.pub").  ERR_INPUT when it is no such line, ERR_REFUSED for a key that gonogo does not take.
 */
enum err_kind sshkey_parse(const char *what, const char *text, size_t size, struct arena *arena, struct sshkey *out,
	struct err *err) MUST_CHECK;
/* The same from a file. */
enum err_kind sshkey_load(const char *path, struct arena *arena, struct sshkey *out, struct err *err) MUST_CHECK;

/* "type base64", without comment: the one spelling in facts (`key`) and in allowed_signers.  In `arena`. */
enum err_kind sshkey_text(const struct sshkey *key, struct arena *arena, const char **text, struct err *err) MUST_CHECK;
/* "SHA256:..." as `ssh-keygen -l` prints it, into out[SSHKEY_FINGERPRINT_MAX]. */
enum err_kind sshkey_fingerprint(const struct sshkey *key, char *out, struct err *err) MUST_CHECK;
bool sshkey_equal(const struct sshkey *a, const struct sshkey *b);
struct octets sshkey_blob(const struct sshkey *key);
/* "ssh-ed25519", "ecdsa-sha2-nistp256", ...: the type in the file and in the blob. */
const char *sshkey_type_name(enum sshkey_type type);

#endif
