#ifndef GONOGO_STORE_STORE_H
#define GONOGO_STORE_STORE_H
/*
 * One connection to one ledger file (SQLite): opened with every setting that keeps a ledger whole, brought up to the schema of this program,
 * written in short transactions.  Owns the connection and its prepared statements; decides nothing, prints nothing, asks for no time of day.
 * No transaction may stay open while a person is waited for, and no store may cross a fork.
 */
#include <stdbool.h>
#include <stdint.h>

#include <gonogo/base/err.h>

struct store;

enum {
	STORE_CREATE = 1,   /* make a new ledger; ERR_REFUSED when something is there already */
	STORE_READONLY = 2, /* never write, not even to bring an older schema up to date */
};
enum { STORE_BUSY_MS = 20000 }; /* how long store_open lets a writer wait for another one */

/*
 * ERR_MISSING: there is no ledger at `path`.  ERR_SYSTEM: it cannot be opened, lies on a network file system, or was written by a newer program.
 * ERR_INTEGRITY: it is no ledger, or damaged.  A symbolic link as the last part of `path` is refused.
 */
enum err_kind store_open(const char *path, unsigned flags, struct store **out, struct err *err) MUST_CHECK;
/* As above, waiting at most `busy_ms` for another writer. */
enum err_kind store_open_waiting(const char *path, unsigned flags, int busy_ms, struct store **out, struct err *err) MUST_CHECK;
void store_close(struct store *store); /* rolls back what is open; NULL is fine */

const char *store_path(const struct store *store);  /* absolute, without links */
bool store_is_readonly(const struct store *store);  /* opened so, or this user may not write the file */
bool store_is_writing(const struct store *store);   /* between begin_immediate and commit or rollback */

/* ERR_BUSY: another writer held on.  ERR_SYSTEM: not writable, or the file was moved or removed since it was opened. */
enum err_kind store_begin_immediate(struct store *store, struct err *err) MUST_CHECK;
/*
 * ERR_SYSTEM after a failed write to disk: whether the facts were recorded is then unknown; close, open again and ask ledger_by_action.  On every
 * error the transaction is over.
 */
enum err_kind store_commit(struct store *store, struct err *err) MUST_CHECK;
void store_rollback(struct store *store); /* nothing is open: nothing happens */
/* One view of the ledger for several reads; store_end ends it, and does nothing when none is open. */
enum err_kind store_begin_read(struct store *store, struct err *err) MUST_CHECK;
void store_end(struct store *store);

/* A number that changes whenever somebody else has committed; never because of this store's own commits. */
enum err_kind store_version(struct store *store, int64_t *out, struct err *err) MUST_CHECK;
/* SQLite's own check of the file (doctor): ERR_INTEGRITY with what it found. */
enum err_kind store_check(struct store *store, struct err *err) MUST_CHECK;
/* A copy of the whole ledger in a new file (ERR_REFUSED when one is there); consistent while others write. */
enum err_kind store_backup(struct store *store, const char *path, struct err *err) MUST_CHECK;

#endif
