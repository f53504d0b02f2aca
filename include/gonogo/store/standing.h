#ifndef GONOGO_STORE_STANDING_H
#define GONOGO_STORE_STANDING_H
/*
 * Where each release stood when the gate last judged it: a cache for lists, written by app in the transaction of an act, or after it judged a
 * visible row.  Never a ground for any decision; not part of the projection that rebuild compares.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/when.h>
#include <gonogo/core/words.h>
#include <gonogo/store/store.h>

struct standing {
	enum channel to;               /* judged for the transition to; CHANNEL_NONE: there is none */
	enum verdict_word verdict;
	size_t unmet;
	instant earliest, stable_earliest;   /* WHEN_NONE: not known */
	int64_t soak_served_s, soak_required_s;
	bool is_halted, is_killed, is_rolling_back;
	role_set needs;                /* roles of which somebody has something to do now */
	const char *who;               /* who is next, in words; NULL: nobody */
	int64_t as_of;                 /* size of the ledger then */
	bool is_dirty;                 /* something it rests on has changed since */
};
/* In a write transaction or on its own; replaces, and clears the dirty mark. */
enum err_kind standing_put(struct store *store, const char *release, const struct standing *standing, struct err *err) MUST_CHECK;
/* *found false: never judged.  `who` in `arena`. */
enum err_kind standing_get(struct store *store, const char *release, struct arena *arena, struct standing *out, bool *found, struct err *err) MUST_CHECK;
/* One release, or NULL: every release that is not final (facts of people, tenants and policy touch all of them). */
enum err_kind standing_mark(struct store *store, const char *release, struct err *err) MUST_CHECK;

#endif
