#ifndef GONOGO_TESTS_UNIT_APP_WORLD_H
#define GONOGO_TESTS_UNIT_APP_WORLD_H
/*
 * What the tests of the use cases stand on: a ledger in a folder of its own, four people with keys that the real ssh-keygen made and a session each,
 * one who signs nothing because the process is hers, a clock that stands where the test puts it, and a hand that writes into the file behind gonogo's back.
 */
#include <criterion/criterion.h>

#include <gonogo/app/demo.h>

/* Expects a call to end with an error kind; the message tells what it said. */
#define EXPECT(expected, call) cr_assert_eq((call), (expected), "%s\n%s", #call, w.err.text)
#define EXPECT_SAID(text_) cr_assert(strstr(w.err.text, (text_)) != NULL, "not said: %s\n%s", (text_), w.err.text)

struct world {
	struct demo demo;      /* folder, ledger, clock (demo.now), sessions of ann, dana, kim, ola */
	struct session uma;    /* QA by the login that owns this process: what she records is unsigned where it may be */
	const char *dir, *ledger;
	struct outcome out;
	struct err err;
};
/* ann, System Owner, founds the ledger on 2025-03-03 at 09:00; people and tenants are enrolled. */
void world_open(struct world *w);
void world_close(struct world *w);
/* Closes every session; the folder and the ledger stay. */
void world_go_home(struct world *w);
const char *world_path(struct world *w, const char *name);
/* A key of its own: DIR/NAME and DIR/NAME.pub; returns the path of the private half. */
const char *world_key(struct world *w, const char *name);
/* A session of `as` (NULL: of the login) with the key `identity` (a name in the folder). */
enum err_kind world_sit(struct world *w, struct session *session, const char *as, const char *identity);

/* A workflow release named `id` with all its documents; then everything up to GO for experimental, the approval included. */
void world_register(struct world *w, const char *id);
void world_make_ready(struct world *w, const char *id);
/* From registered to candidate, with the memo drafted and signed by dana: what is left is ann's signature. */
void world_to_memo(struct world *w, const char *id);
/* The verdict of a session just opened; ERR_INTEGRITY and the like in *failed. */
enum verdict_word world_verdict(struct world *w, const char *id, enum err_kind *failed);
int64_t world_size(struct world *w);

/* Runs SQL on the file behind the store's back, triggers gone; the test fails when SQLite does. */
void world_tamper(struct world *w, const char *sql, ...) __attribute__((format(printf, 2, 3)));
/* One statement with ?1, ?2, ?3 bound. */
void world_forge(struct world *w, const char *sql, int64_t one, int64_t two, int64_t three);
/* The first column of the first row. */
int64_t world_number(struct world *w, const char *sql, ...) __attribute__((format(printf, 2, 3)));
/* Chains and hashes every fact from `from` on anew, as somebody would who knows the format. */
void world_rehash(struct world *w, int64_t from);
/* What a fresh `gonogo verify` says, `anchor` NULL: without one. */
struct verification world_verify(struct world *w, const char *anchor);

#endif
