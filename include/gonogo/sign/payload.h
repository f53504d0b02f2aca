#ifndef GONOGO_SIGN_PAYLOAD_H
#define GONOGO_SIGN_PAYLOAD_H
/*
 * What a person signs when a fact is recorded, and how that signature stands beside the fact in the ledger.  The signed
 * text names the ledger, an ancestor size and head, and everything the fact says but its `seq`, `prev` and `at`, since
 * another may commit while a passphrase is typed; so each signature also witnesses all history before it.  One
 * spelling: reading refuses whatever writing would not have written.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/digest.h>
#include <gonogo/base/err.h>
#include <gonogo/base/when.h>
#include <gonogo/sign/wire.h>

/* One SSHSIG namespace per purpose: a signature given for one counts for no other. */
#define PAYLOAD_FACT_NAMESPACE       "gonogo-fact@v1"
#define PAYLOAD_MEMO_NAMESPACE       "gonogo-memo@v1"
#define PAYLOAD_CHECKPOINT_NAMESPACE "gonogo-checkpoint@v1"

/* A signature is recorded within ten minutes of its time, or not at all: one that was given and not used cannot be kept for another day. */
enum { PAYLOAD_FRESH_S = 600 };
bool payload_is_fresh(instant signed_at, instant recorded_at);

#define PAYLOAD_FORMAT "gonogo-fact/v1"
enum { PAYLOAD_TEXT_MAX = 1024, PAYLOAD_SIGNATURE_MAX = 20 * 1024 };

struct payload {
	const char *ledger; /* the log id, 32 lower-case hex digits */
	int64_t size;       /* facts the signer had seen: 0 and the head of an empty ledger for the first */
	struct digest head; /* the chain's hash after `size` facts */
	const char *kind;   /* "approval.given" */
	const char *action; /* the random id that makes a retry safe */
	instant signed_at;
	const char *actor, *tenant, *release; /* as in the fact: "*" and "-" where it names none */
	struct digest body;                   /* SHA-256 of the body's bytes */
};

/* The ten lines, each ended by LF, in `arena`.  A word is 1 to 64 of A-Z a-z 0-9 . _ - *; ERR_INTEGRITY, naming the
 * line, when a value cannot stand in one. */
enum err_kind payload_write(const struct payload *payload, struct arena *arena, const char **text, size_t *size,
	struct err *err) MUST_CHECK;
/* Back again, values in `arena`.  ERR_INTEGRITY, naming the line, for any other spelling. */
enum err_kind payload_read(
	const char *text, size_t size, struct arena *arena, struct payload *out, struct err *err) MUST_CHECK;

/*
 * The `sig` column of a fact signed in the fact namespace, so that the ten lines can be built again from the fact:
 * three lines, LF between them and none at the end: "after SIZE HEAD", "signed-at TIME", the blob in base64.  (Of
 * `memo.signed` the column holds the line of base64 alone: sshsig_base64, sshsig_from_base64.)
 */
struct payload_signature {
	int64_t size;
	struct digest head;
	instant signed_at;
	struct octets blob;
};
enum err_kind payload_signature_write(
	const struct payload_signature *signature, struct arena *arena, const char **text, struct err *err) MUST_CHECK;
enum err_kind payload_signature_read(
	const char *text, size_t size, struct arena *arena, struct payload_signature *out, struct err *err) MUST_CHECK;

#endif
