#ifndef GONOGO_STORE_REBUILD_H
#define GONOGO_STORE_REBUILD_H
/*
 * The projection held against the facts: all facts are replayed into an empty schema beside the ledger, and every projected table is compared row
 * by row.  Serves `gonogo verify`.
 */
#include <stdbool.h>

#include <gonogo/base/buf.h>
#include <gonogo/store/store.h>

/* *same false: `difference` gets one sentence about the first one.  ERR_INTEGRITY when the facts cannot be replayed at all. */
enum err_kind rebuild_compare(struct store *store, bool *same, struct buf *difference, struct err *err) MUST_CHECK;
/* Empties the projected tables and replays every fact into them, in one write transaction of its own; the standing of every release is forgotten. */
enum err_kind rebuild_projection(struct store *store, struct err *err) MUST_CHECK;

#endif
