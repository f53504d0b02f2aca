#ifndef GONOGO_APP_ACT_H
#define GONOGO_APP_ACT_H
/*
 * THE write path: judge, sign, commit.  Every act of every person goes through act_commit: authority is asked on the record as read, the payload is
 * signed outside any transaction, and inside BEGIN IMMEDIATE the facts are read again, authority is asked again, the fact is appended, read back,
 * hashed, projected, and only then committed.  All acts of one call are recorded, or none.
 */
#include <gonogo/app/record.h>
#include <gonogo/base/buf.h>

struct act {
	const char *kind;
	const char *tenant;            /* id, or NULL: "*" */
	const char *release;           /* id, or NULL: "-" */
	struct buf body;               /* JSON as json_writer wrote it; owned by the caller */
};
enum { OUTCOME_TEXT_MAX = 3072, OUTCOME_LINE_MAX = 128, OUTCOME_UNTOLD_MAX = 400 };
struct outcome {
	bool is_already;               /* nothing was recorded: it was so before */
	int64_t seq;                   /* the last fact recorded, or the one that recorded it before */
	size_t recorded;
	bool seen_failed;              /* recorded, but the user's state folder could not note it */
	char untold[OUTCOME_UNTOLD_MAX]; /* a program that the policy would have told, and why it was not; "" */
	char text[OUTCOME_TEXT_MAX];   /* one finished sentence for the person */
	char checkpoint[OUTCOME_LINE_MAX]; /* "gonogo:5f0c12ab 1205 9b1d-... 2026-11-23T18:50Z"; empty when nothing was recorded */
};
/*
 * `acts` all name the same release (or none).  `action`: id for a retry; NULL takes the session's, which is
 * good for one call, or else a fresh one.  ERR_REFUSED, ERR_USAGE, ERR_MISSING as authority says; ERR_BUSY when something changed meanwhile, with what.
 */
enum err_kind act_commit(struct session *session, const char *action, const struct act *acts, size_t count, struct outcome *out, struct err *err) MUST_CHECK;

/* The keys of somebody that sign now, into `keygen`; in `arena`. */
struct keygen;
enum err_kind act_keys(const struct person *me, struct arena *arena, struct keygen *keygen, struct err *err) MUST_CHECK;

/* The key that would sign for this person now, in words: type and the beginning of its fingerprint, as far as it is known beforehand. */
enum err_kind act_key_name(const struct session *session, const struct person *me, struct arena *arena, const char **out, struct err *err) MUST_CHECK;

/* Body writing for use cases: begins {"v":1 ...; act_end closes it.  Keys with NULL or blank text are left out. */
struct act_body { struct json_writer writer; };
void act_begin(struct act *act, struct json_writer *w, const char *kind, const char *release, const char *tenant);
void act_text(struct json_writer *w, const char *key, const char *text);
void act_int(struct json_writer *w, const char *key, int64_t value);
void act_texts(struct json_writer *w, const char *key, struct texts texts);
void act_end(struct json_writer *w);

#endif
