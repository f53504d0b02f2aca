#include <config.h>

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gonogo/base/io.h>

static enum err_kind unsafe(const char *path, const char *which, const char *why, struct err *err)
{
	return err_set(err, ERR_SYSTEM, "%.1024s is not read: %.1024s %s, so others could have written it. Take that away with chmod go-w or chown.", path, which, why);
}

static enum err_kind check_one(const char *path, const char *which, struct err *err)
{
	struct stat found;

	if (lstat(which, &found) != 0)
		return err_set(err, ERR_SYSTEM, "%.1024s could not be read: %s. Name a file that you can read.", path, strerror(errno));
	if (found.st_uid != 0 && found.st_uid != geteuid())
		return unsafe(path, which, "belongs to another user", err);
	if (!(found.st_mode & (S_IWGRP | S_IWOTH)))
		return ERR_NONE;
	if (S_ISDIR(found.st_mode) && (found.st_mode & S_ISVTX))
		return ERR_NONE;
	return S_ISREG(found.st_mode) || S_ISDIR(found.st_mode) ? unsafe(path, which, "may be written by its group or by everyone", err) : ERR_NONE;
}

/* Every folder from the root down. */
static enum err_kind check_folders(const char *path, char *folder, struct err *err)
{
	enum err_kind failed = check_one(path, "/", err);

	for (char *at = folder + 1; !failed && *at; at++) {
		if (*at != '/')
			continue;
		*at = '\0';
		failed = check_one(path, folder, err);
		*at = '/';
	}
	return failed || !folder[1] ? failed : check_one(path, folder, err);
}

enum err_kind io_find_own(const char *path, struct arena *arena, const char **found, struct err *err)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? arena_bytes(arena, path, (size_t)(slash - path) + (slash == path)) : arena_str(arena, ".");
	char real[PATH_MAX], *file;
	enum err_kind failed;

	if (!folder)
		return err_memory(err);
	if (!realpath(folder, real))
		return err_set(err, ERR_SYSTEM, "%.1024s could not be read: %s. Name a file that you can read.", path, strerror(errno));
	file = arena_printf(arena, "%s%s%s", real, real[1] ? "/" : "", slash ? slash + 1 : path);
	if (!file)
		return err_memory(err);
	failed = check_folders(path, real, err);
	if (!failed)
		failed = check_one(path, file, err);
	*found = file;
	return failed;
}

enum err_kind io_read_own(const char *path, size_t cap, struct arena *arena, char **bytes, size_t *size, struct err *err)
{
	const char *real;
	enum err_kind failed = io_find_own(path, arena, &real, err);

	return failed ? failed : io_read(real, cap, arena, bytes, size, err);
}
