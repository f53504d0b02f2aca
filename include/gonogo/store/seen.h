#ifndef GONOGO_STORE_SEEN_H
#define GONOGO_STORE_SEEN_H
/*
 * The ledger as this user saw it last: its id, its founder's key (pinned at first use), size and head.  A ledger that has become smaller, tells
 * another story, or was founded by somebody else is refused with both shown.
 */
#include <gonogo/store/ledger.h>
#include <gonogo/store/state.h>

/*
 * Holds the open ledger (its id and founder's key as in its first fact) against what was seen under its path.  ERR_INTEGRITY when it is smaller,
 * forked or re-founded, unless a ledger.restored fact names what was seen as lost.  Seen for the first time: ERR_NONE.
 */
enum err_kind seen_check(struct store_state *state, struct store *store, const char *ledger, const char *founder, struct err *err) MUST_CHECK;
/* How many facts of this ledger the user saw under the path of `store`; 0: none yet, or those of another ledger. */
enum err_kind seen_size(struct store_state *state, const struct store *store, const char *ledger, int64_t *size, struct err *err) MUST_CHECK;
/* Remembers what was seen; a smaller size than the one remembered changes nothing. */
enum err_kind seen_note(struct store_state *state, const struct store *store, const char *ledger, const char *founder, const struct ledger_end *end,
			struct err *err) MUST_CHECK;

#endif
