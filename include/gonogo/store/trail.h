#ifndef GONOGO_STORE_TRAIL_H
#define GONOGO_STORE_TRAIL_H
/*
 * The facts as this user walked them, kept in the user's own state: how far every fact was held against the one before it, and a tally of the facts of
 * each release on the way.  Whoever reads the facts of one release later learns from the tally, without reading all the others, that none of them
 * was hidden, changed or put in between since.
 */
#include <gonogo/store/ledger.h>
#include <gonogo/store/state.h>

/* A walk under way: the state is locked until it is finished or abandoned. */
struct trail;
/* How far this user walked the ledger that is open under this path; size 0: not yet. */
enum err_kind trail_end(struct store_state *state, const struct store *store, const char *ledger, struct ledger_end *out, struct err *err) MUST_CHECK;
/* *from: where to go on.  `trail` lives in `arena`, and ends with trail_finish or trail_abandon. */
enum err_kind trail_begin(struct store_state *state, const struct store *store, const char *ledger, struct arena *arena, struct trail **trail,
			  struct ledger_end *from, struct err *err) MUST_CHECK;
enum err_kind trail_add(struct trail *trail, const struct fact *fact, struct err *err) MUST_CHECK;
enum err_kind trail_finish(struct trail *trail, const struct ledger_end *end, struct err *err) MUST_CHECK;
void trail_abandon(struct trail *trail);

/*
 * One view of the trail for several questions.  It is opened before the ledger is read: the facts that it tells of are then all there.  trail_close
 * ends it, also after an error.
 */
enum err_kind trail_open(struct store_state *state, const struct store *store, const char *ledger, struct ledger_end *out, struct err *err) MUST_CHECK;
void trail_close(struct store_state *state);
/* Are the facts of `release` ("-": those of none), up to where the trail ends, those that were walked?  ERR_INTEGRITY when not. */
enum err_kind trail_holds(struct store_state *state, struct store *store, const char *release, struct err *err) MUST_CHECK;
/* The same for the promotions of all releases: one of them may have superseded the release that is asked for. */
enum err_kind trail_holds_promotions(struct store_state *state, struct store *store, struct err *err) MUST_CHECK;

#endif
