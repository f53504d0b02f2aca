#ifndef GONOGO_TESTS_SIGN_LAB_H
#define GONOGO_TESTS_SIGN_LAB_H
/*
 * A folder of its own with the real ssh-keygen in it: keys made at run time, signatures by them, and ssh-keygen's own
 * opinion of a signature.  Nothing here asserts; false is for the test to refuse.
 */
#include <stdbool.h>
#include <stddef.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/spawn.h>
#include <gonogo/sign/sshkey.h>
#include <gonogo/sign/wire.h>

struct lab {
	struct arena arena;
	char *dir;
};

/* Kinds of keys that ssh-keygen makes and gonogo takes; rsa is last, since making one takes long. */
struct lab_kind {
	const char *name, *type, *bits;
	enum sshkey_type key_type;
};
extern const struct lab_kind lab_kinds[];
enum { LAB_KINDS = 5 };

bool lab_open(struct lab *lab);
void lab_close(struct lab *lab);
const char *lab_path(struct lab *lab, const char *name);
bool lab_write(struct lab *lab, const char *name, const void *bytes, size_t size);
/* NULL when there is no such file. */
char *lab_read(struct lab *lab, const char *name, size_t *size);
/* True when the program ran and ended with 0; `out` may be NULL. */
bool lab_run(struct lab *lab, const char *const *argv, struct spawn_result *out);

/* Makes NAME and NAME.pub without a passphrase; the public half is read by sshkey_load. */
bool lab_key(struct lab *lab, const char *name, const char *type, const char *bits, struct sshkey *key);
/* ssh-keygen -Y sign; the armour as it was written is left in "signed.sig".  `hash` is "sha512" or "sha256". */
bool lab_sign(struct lab *lab, const char *key, const char *name_space, const char *hash, struct octets message,
	struct octets *blob);
/* What ssh-keygen -Y check-novalidate says of an armoured text. */
bool lab_stock_takes(struct lab *lab, const char *name_space, struct octets armour, struct octets message);
bool lab_stock_takes_blob(struct lab *lab, const char *name_space, struct octets blob, struct octets message);

#endif
