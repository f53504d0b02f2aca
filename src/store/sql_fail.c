#include <config.h>

#include <string.h>

#include "sql.h"

/* A constraint is either a rule that the database keeps too, or a sign that the program is about to write what it must not. */
static enum err_kind fail_constraint(const struct sql *sql, const char *message, struct err *err)
{
	if (strncmp(message, "CLS-2", 5) == 0)
		return err_set(err, ERR_REFUSED, "The class of this release cannot change, and its manifest is frozen, since its first promotion (CLS-2, CLS-6); "
			       "nothing was recorded. Make a new release: gonogo release copy OLD NEW.");
	return err_set(err, ERR_INTEGRITY, "The %s %s refused what was to be written: %s; nothing was recorded. Run gonogo verify.", sql->what, sql->path,
		       message);
}

static enum err_kind fail_readonly(const struct sql *sql, int rc, struct err *err)
{
	if (rc == SQLITE_READONLY_DIRECTORY)
		return err_set(err, ERR_SYSTEM, "The folder of the %s %s may not be written by this user, and the -wal and -shm files beside it must be; "
			       "give the folder to the group of its users (ls -l shows the modes of the file, of -wal and -shm beside it, and of the folder).", sql->what, sql->path);
	if (rc == SQLITE_READONLY_DBMOVED)
		return err_set(err, ERR_SYSTEM, "The %s %s was moved or removed while it was open; nothing was recorded. Start gonogo again.", sql->what, sql->path);
	return err_set(err, ERR_SYSTEM, "The %s %s, or a -wal or -shm file beside it, may only be read by this user; nothing was recorded. Ask for the "
		       "right to write it (ls -l shows the modes).", sql->what, sql->path);
}

enum err_kind sql_fail(const struct sql *sql, int rc, struct err *err)
{
	const char *message = sql->db ? sqlite3_errmsg(sql->db) : sqlite3_errstr(rc);
	const char *what = sql->what, *path = sql->path && *sql->path ? sql->path : "in memory";

	switch (rc & 0xff) {
	case SQLITE_NOMEM:
		return err_memory(err);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_set(err, ERR_BUSY, "The %s %s is being written by somebody else; nothing was recorded. Run the command again.", what, path);
	case SQLITE_FULL:
		return err_set(err, ERR_SYSTEM, "The disk of the %s %s is full; nothing was recorded. Make room, then run the command again.", what, path);
	case SQLITE_IOERR:
		return err_set(err, ERR_SYSTEM, "The disk of the %s %s failed (%s, SQLite code %d). Look after the disk, then see with gonogo log --limit 1 "
			       "what was recorded.", what, path, message, rc);
	case SQLITE_READONLY:
		return fail_readonly(sql, rc, err);
	case SQLITE_CANTOPEN:
		return err_set(err, ERR_SYSTEM, "The %s %s cannot be opened (%s); see with ls -l who may read and write it and its folder.", what, path, message);
	case SQLITE_PERM:
	case SQLITE_AUTH:
		return err_set(err, ERR_SYSTEM, "SQLite refused a statement on the %s %s (%s); this is a fault of gonogo, please report it.", what, path, message);
	case SQLITE_CORRUPT:
		return err_set(err, ERR_INTEGRITY, "The %s %s is damaged (%s). Keep the file as it is, and restore a backup beside it.", what, path, message);
	case SQLITE_NOTADB:
		return err_set(err, ERR_INTEGRITY, "The file %s is not a %s of gonogo. %s", path, what, sql->advice);
	case SQLITE_CONSTRAINT:
		return fail_constraint(sql, message, err);
	case SQLITE_TOOBIG:
		return err_set(err, ERR_USAGE, "What was to be written to the %s %s is too large; nothing was recorded. Shorten it.", what, path);
	case SQLITE_INTERRUPT:
		return err_set(err, ERR_SYSTEM, "Reading the %s %s took longer than any list should; ask for less.", what, path);
	default:
		return err_set(err, ERR_SYSTEM, "SQLite failed on the %s %s (%s, code %d); nothing was recorded. Look at the disk and the file's modes, then try again.", what, path, message, rc);
	}
}
