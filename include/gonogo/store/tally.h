#ifndef GONOGO_STORE_TALLY_H
#define GONOGO_STORE_TALLY_H
/*
 * The facts as this user walked them, kept in the user's own state: how far every fact was held against the one before it, and a tally of the facts of
 * each release on the way.  Whoever reads the facts of one release later learns from the tally, without reading all the others, that none of them
 * was hidden, changed or put in between since.
 */
#include <gonogo/store/ledger.h>
#include <gonogo/store/state.h>

/* A walk under way: the state is locked until it is finished or abandoned. */
struct tally;
/* How far this user walked the ledger that is open under this path; size 0: not yet. */
enum err_kind tally_end(struct store_state *state, const struct store *store, const char *ledger, struct ledger_end *out, struct err *err) MUST_CHECK;
/* *from: where to go on.  `tally` lives in `arena`, and ends with tally_finish or tally_abandon. */
enum err_kind tally_begin(struct store_state *state, const struct store *store, const char *ledger, struct arena *arena, struct tally **tally,
			  struct ledger_end *from, struct err *err) MUST_CHECK;
enum err_kind tally_add(struct tally *tally, const struct fact *fact, struct err *err) MUST_CHECK;
enum err_kind tally_finish(struct tally *tally, const struct ledger_end *end, struct err *err) MUST_CHECK;
void tally_abandon(struct tally *tally);

/*
 * One view of the tally for several questions.  It is opened before the ledger is read: the facts that it tells of are then all there.  tally_close
 * ends it, also after an error.
 */
enum err_kind tally_open(struct store_state *state, const struct store *store, const char *ledger, struct ledger_end *out, struct err *err) MUST_CHECK;
void tally_close(struct store_state *state);
/* Are the facts of `release` ("-": those of none), up to where the tally ends, those that were walked?  ERR_INTEGRITY when not. */
enum err_kind tally_holds(struct store_state *state, struct store *store, const char *release, struct err *err) MUST_CHECK;
/* The same for the promotions of all releases: one of them may have superseded the release that is asked for. */
enum err_kind tally_holds_promotions(struct store_state *state, struct store *store, struct err *err) MUST_CHECK;

#endif
