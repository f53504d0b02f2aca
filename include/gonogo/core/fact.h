#ifndef GONOGO_CORE_FACT_H
#define GONOGO_CORE_FACT_H
/*
 * A fact: one act, appended to one ledger, never changed (gonogo-ledger(5)).  This module knows its fields, its canonical
 * bytes and its place in the hash chain; gonogo-ledger(5) is written from it.  It does not judge.
 */
#include <stddef.h>
#include <stdint.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/buf.h>
#include <gonogo/base/digest.h>
#include <gonogo/base/err.h>
#include <gonogo/base/when.h>

/* What `app` found when it verified the signature of a fact; nothing in `core` can make it good. */
enum stamp { STAMP_ABSENT, STAMP_GOOD, STAMP_BAD, STAMP_KEY_NOT_VALID, STAMP_UNKNOWN /* the machine failed: it says nothing of the fact */ };

struct fact {
	int64_t seq;              /* 1, 2, 3 ... without gaps */
	instant at;               /* never before its predecessor's */
	const char *actor;        /* person or component id */
	const char *origin;       /* "host:uid" */
	const char *tenant;       /* id, or "*" */
	const char *release;      /* id, or "-" */
	const char *kind;
	const char *action;       /* 32 hex digits, unique */
	const char *body;         /* JSON text, stored bytes */
	const char *sig;          /* the sig column's text (sign/payload), "" when unsigned */
	struct digest prev, hash;
	enum stamp stamp;
	const char *key;          /* that signed it, as enrolled; the fold fills it in, for it is not stored */
};

/* The head before the first fact: SHA-256("gonogo-log-v1", NUL, ledger id). */
enum err_kind fact_genesis(const char *ledger, struct digest *out, struct err *err) MUST_CHECK;
/*
 * hash = SHA-256("gonogo-fact-v1", NUL, be64(seq), prev, then at (as text), actor, origin, tenant, release, kind, action, body, sig, each be32(length)
 * and bytes).  Uses fact->prev, ignores fact->hash and fact->stamp.
 */
enum err_kind fact_hash(const struct fact *fact, struct digest *out, struct err *err) MUST_CHECK;
/* ERR_INTEGRITY with the seq when fact->hash is not its own hash. */
enum err_kind fact_check(const struct fact *fact, struct err *err) MUST_CHECK;
/* A copy whose texts are in `arena`. */
enum err_kind fact_copy(const struct fact *fact, struct arena *arena, struct fact *out, struct err *err) MUST_CHECK;
/* The stored fields exactly, one JSON object on one line: for programs and people that check the chain themselves. */
void fact_json(const struct fact *fact, struct buf *out);

#endif
