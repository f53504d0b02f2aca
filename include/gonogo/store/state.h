#ifndef GONOGO_STORE_STATE_H
#define GONOGO_STORE_STATE_H
/*
 * What a user keeps for himself, in state.db of his state folder: drafts of forms, how he left the screens, how far he has read.  Nothing in it is
 * a fact and nothing of it is asked by the gate.  What he saw of each ledger is seen.h's.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/err.h>

struct store_state;
/* Makes the folder (0700) and the file when they are missing.  `dir` NULL: a private one, forgotten when it is closed. */
enum err_kind store_state_open(const char *dir, struct store_state **out, struct err *err) MUST_CHECK;
void store_state_close(struct store_state *state); /* NULL is fine */
const char *store_state_path(const struct store_state *state);

/* A form being filled in: whose, about what.  `ledger` is the ledger's id, `release` "-" where there is none. */
struct draft_key { const char *ledger, *person, *release, *form; };
struct draft_field { const char *field, *text; };
struct draft { struct draft_field *items; size_t count; };
/* `text` NULL: forgets the field. */
enum err_kind state_draft_put(struct store_state *state, const struct draft_key *key, const char *field, const char *text, struct err *err) MUST_CHECK;
enum err_kind state_draft_get(struct store_state *state, const struct draft_key *key, struct arena *arena, struct draft *out, struct err *err) MUST_CHECK;
enum err_kind state_draft_forget(struct store_state *state, const struct draft_key *key, struct err *err) MUST_CHECK;

/* View state ("pane", "releases.filter" ...).  *value NULL: none is kept. */
enum err_kind state_view_put(struct store_state *state, const char *ledger, const char *name, const char *value, struct err *err) MUST_CHECK;
enum err_kind state_view_get(struct store_state *state, const char *ledger, const char *name, struct arena *arena, const char **value, struct err *err) MUST_CHECK;

/* How far somebody has read: the highest seq seen under a name ("audit", "release:ID"); never goes back.  0: nothing yet. */
enum err_kind state_read_put(struct store_state *state, const char *ledger, const char *name, int64_t seq, struct err *err) MUST_CHECK;
enum err_kind state_read_get(struct store_state *state, const char *ledger, const char *name, int64_t *seq, struct err *err) MUST_CHECK;

#endif
