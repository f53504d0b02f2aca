#ifndef GONOGO_APP_CHAIN_H
#define GONOGO_APP_CHAIN_H
/*
 * What every record is held against besides the hashes and signatures of its own facts: that the ledger still contains what this session saw of it,
 * that no fact is missing, that the facts read are chained to their neighbours, and that the newest signature was given over this history.  It is
 * short work at any size of ledger.  What somebody hid by writing it over as a fact of another release, only a walk over all facts can find: whoever
 * asks for the first time walks it whole and keeps the tally (store/tally.h), and later walks what is new.  use_verify walks everything, and so does
 * every promotion before it is signed.
 */
#include <gonogo/app/session.h>
#include <gonogo/store/ledger.h>

/* Within the transaction in which the facts were read.  `registry`: of all facts; NULL when it is of a former moment.  ERR_INTEGRITY, and *odd_seq
 * the fact whose signature does not hold. */
enum err_kind chain_check(struct session *session, const char *release, const struct registry *registry, const struct ledger_end *end, int64_t *odd_seq,
			  struct err *err) MUST_CHECK;
/* ERR_INTEGRITY, and what is wrong, unless `fact` is the next one after `before` and matches its hash. */
enum err_kind chain_follows(const struct ledger_end *before, const struct fact *fact, struct err *err) MUST_CHECK;
/* Every fact against the one before it; what this session walked before is not walked again. */
enum err_kind chain_walk(struct session *session, struct err *err) MUST_CHECK;
/* Walks what was appended since this user walked last, outside a read transaction. */
enum err_kind chain_follow(struct session *session, struct err *err) MUST_CHECK;
/* Holds a ledger that is being read against the tally as it was opened before, and walks what came in between. */
enum err_kind chain_rest(struct session *session, const struct ledger_end *walked, const struct ledger_end *end, struct err *err) MUST_CHECK;
/* From here on the ledger has at least this end. */
void chain_know(struct session *session, const struct ledger_end *end);

#endif
