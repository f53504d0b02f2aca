#ifndef GONOGO_STORE_LEDGER_H
#define GONOGO_STORE_LEDGER_H
/*
 * The facts: appended to, read, walked.  Everything read comes from the fact table, never from the projection.  What is read is what is stored:
 * the caller hashes, verifies and folds it.  Instants that are stored in another form, and digests that are none, are ERR_INTEGRITY.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <gonogo/base/arena.h>
#include <gonogo/core/fact.h>
#include <gonogo/core/paper.h>
#include <gonogo/store/store.h>

struct ledger_end { int64_t size; struct digest head; instant at; }; /* of an empty ledger: 0, zeros, WHEN_NONE */
struct fact_list { struct fact *items; size_t count; };

/*
 * Appends within a write transaction: assigns seq, prev and hash in `fact`, inserts, reads back, hashes again and compares; ERR_INTEGRITY on any
 * difference, ERR_REFUSED when the class is locked (CLS-2).  The first fact must be ledger.opened, whose body names the ledger.  After an error the
 * caller rolls back.  Projecting is project_fact's.
 */
enum err_kind ledger_append(struct store *store, struct fact *fact, struct err *err) MUST_CHECK;

enum err_kind ledger_last(struct store *store, struct ledger_end *out, struct err *err) MUST_CHECK;
/* The id in the first fact, in `arena`; ERR_MISSING for a ledger without facts, ERR_INTEGRITY for one without its first. */
enum err_kind ledger_id(struct store *store, struct arena *arena, const char **out, struct err *err) MUST_CHECK;
/* ERR_MISSING when the ledger has no such fact. */
enum err_kind ledger_hash_at(struct store *store, int64_t seq, struct digest *out, struct err *err) MUST_CHECK;
enum err_kind ledger_fact(struct store *store, int64_t seq, struct arena *arena, struct fact *out, struct err *err) MUST_CHECK;
/* The fact that carries an action id, for a retry after an unknown outcome; *found false when there is none. */
enum err_kind ledger_by_action(struct store *store, const char *action, struct arena *arena, struct fact *out, bool *found, struct err *err) MUST_CHECK;

/*
 * What a dossier folds: the facts of `release` (any case; NULL or "-": none) and those of no release, in order.  `after`: only those of a
 * higher seq (0: all).  `at` WHEN_NONE: no bound, else those up to that moment.  `up_to` 0: no bound, else up to that seq.
 */
struct ledger_range { int64_t after, up_to; instant at; };
#define LEDGER_ALL ((struct ledger_range){ .at = WHEN_NONE })
enum err_kind ledger_release(struct store *store, const char *release, const struct ledger_range *range, struct arena *arena, struct fact_list *out,
			     struct err *err) MUST_CHECK;
/* Does any fact up to `range` name this release (any case)?  *id is its spelling in the first one, in `arena`, NULL when none does. */
enum err_kind ledger_release_id(struct store *store, const char *release, const struct ledger_range *range, struct arena *arena, const char **id,
				struct err *err) MUST_CHECK;
/* The same of a tenant: its spelling in the fact that registered it. */
enum err_kind ledger_tenant_id(struct store *store, const char *tenant, struct arena *arena, const char **id, struct err *err) MUST_CHECK;
/* Ids of the releases whose promotion to stable superseded `release` (I-10), in order, up to `range`. */
enum err_kind ledger_successors(struct store *store, const char *release, const struct ledger_range *range, struct arena *arena, struct texts *out,
				struct err *err) MUST_CHECK;
/*
 * What reading some facts cannot tell: that one was taken away between them, or that one of them is no longer the one its neighbours were chained to.
 * ledger_links: the facts of `release` (NULL: none) and those of no release, each against its neighbours.  ledger_gaps: the numbers of all facts.
 * ERR_INTEGRITY, naming the place.
 */
enum err_kind ledger_links(struct store *store, const char *release, struct err *err) MUST_CHECK;
enum err_kind ledger_gaps(struct store *store, struct err *err) MUST_CHECK;
/* The newest signature over the history before it, among the last LEDGER_TAIL facts: all but those of memos, which are over the memo's text. */
enum { LEDGER_TAIL = 64 };
enum err_kind ledger_newest_signed(struct store *store, struct arena *arena, struct fact *out, bool *found, struct err *err) MUST_CHECK;
/* Of the next incident: 1 + how many were opened. */
enum err_kind ledger_next_incident(struct store *store, int64_t *out, struct err *err) MUST_CHECK;

/* Facts in order from `first` on.  The fact's strings last until `visit` returns; anything but ERR_NONE from it ends the walk and is returned. */
typedef enum err_kind (*ledger_visit)(void *context, const struct fact *fact, struct err *err);
enum err_kind ledger_walk(struct store *store, int64_t first, ledger_visit visit, void *context, struct err *err) MUST_CHECK;

/* The audit trail, newest first.  NULL, WHEN_NONE and 0 do not filter; a release or tenant finds every fact that concerns it, among others or alone. */
struct log_filter {
	const char *release, *tenant, *actor, *kind;
	instant since, until;
	int64_t before;  /* only facts of a lower seq: the last one of the page before */
	int64_t after;   /* not 0: those that follow this seq next, newest first all the same */
	size_t limit;    /* at most LEDGER_PAGE_MAX; 0: that many */
};
enum { LEDGER_PAGE_MAX = 10000 };
enum err_kind ledger_log(struct store *store, const struct log_filter *filter, struct arena *arena, struct fact_list *out, struct err *err) MUST_CHECK;

#endif
