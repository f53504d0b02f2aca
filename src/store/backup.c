#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "connection.h"
#include "file.h"

/* The copy, and the name of it, are on the disk before anybody relies on them. */
static enum err_kind settle_copy(const char *path, struct err *err)
{
	char *folder = strndup(path, (size_t)(strrchr(path, '/') - path) + 1);
	if (!folder)
		return err_memory(err);
	const int file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	const int place = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const bool settled = file >= 0 && place >= 0 && fsync(file) == 0 && fsync(place) == 0;
	const int code = errno;

	if (file >= 0)
		(void)close(file);
	if (place >= 0)
		(void)close(place);
	free(folder);
	return settled ? ERR_NONE : err_set(err, ERR_SYSTEM, "The copy %s cannot be brought to the disk (%s).", path, strerror(code));
}

static enum err_kind copy_pages(struct store *store, struct sql *copy, struct err *err)
{
	sqlite3_backup *backup = sqlite3_backup_init(copy->db, "main", store->sql.db, "main");
	if (!backup)
		return sql_fail(copy, sqlite3_extended_errcode(copy->db), err);
	const int rc = sqlite3_backup_step(backup, -1);
	(void)sqlite3_backup_finish(backup); /* repeats what the step said */
	return rc == SQLITE_DONE ? ERR_NONE : sql_fail(copy, rc, err);
}

enum err_kind store_backup(struct store *store, const char *path, struct err *err)
{
	struct sql copy = { 0 };
	bool exists, empty, made = false;
	char *real = NULL;

	enum err_kind kind = file_resolve(path, &real, err);
	if (kind == ERR_NONE)
		kind = file_look("copy", real, &exists, &empty, err);
	if (kind == ERR_NONE && exists)
		kind = err_set(err, ERR_REFUSED, "There is already a file at %s; name another one for the copy.", real);
	if (kind == ERR_NONE) {
		kind = file_make("copy", real, err);
		made = kind == ERR_NONE;
	}
	if (kind == ERR_NONE)
		kind = sql_open(&copy, "copy", real, false, 0, err);
	if (kind == ERR_NONE)
		kind = copy_pages(store, &copy, err);
	sql_close(&copy);
	if (kind == ERR_NONE)
		kind = settle_copy(real, err);
	if (kind != ERR_NONE && made)
		(void)unlink(real);
	free(real);
	return kind;
}
