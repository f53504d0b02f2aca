#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gonogo/base/io.h>
#include <gonogo/base/random.h>

#include "file.h"

enum { BESIDE_MAX = 64 };

/* Who is root may write anything: a file or folder without any write bit is somebody's wish all the same. */
static const char *why_not_writable(const char *real, struct arena *arena)
{
	char *copy = arena_str(arena, real);
	const char *folder = copy ? dirname(copy) : NULL;
	struct stat file, place;

	if (!folder || stat(real, &file) != 0 || stat(folder, &place) != 0)
		return "it cannot be looked at";
	if (file.st_nlink > 1)
		return "it has more than one name (hard links), and replacing it would leave the others as they are";
	if (!(file.st_mode & 0222) || faccessat(AT_FDCWD, real, W_OK, AT_EACCESS) != 0)
		return "you may not write to it";
	if (!(place.st_mode & 0222) || faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) != 0)
		return "you may not write to its folder";
	if (file.st_uid != geteuid() && geteuid() != 0)
		return "it belongs to somebody else, and a replacement would belong to you";
	return NULL;
}

static enum err_kind unread(struct flag_file *out, enum switch_state state, const char *why, struct arena *arena, struct err *err)
{
	out->state = state;
	out->reason = arena_printf(arena, state == SWITCH_MISSING ? "The flag file %.1024s is not there: %s." : "The flag file %.1024s could not be read: %s.",
				   out->path, why);
	return out->reason ? ERR_NONE : err_memory(err);
}

enum err_kind flag_file_read(const char *path, struct arena *arena, struct flag_file *out, struct err *err)
{
	char resolved[PATH_MAX];
	struct err found;
	const char *why;

	*out = (struct flag_file){ .path = path };
	if (!realpath(path, resolved)) {
		const int cause = errno;

		return unread(out, cause == ENOENT || cause == ENOTDIR || cause == ELOOP ? SWITCH_MISSING : SWITCH_UNREADABLE, strerror(cause), arena, err);
	}
	out->real = arena_str(arena, resolved);
	if (!out->real)
		return err_memory(err);
	if (io_read(out->real, FLAG_FILE_MAX, arena, &out->bytes, &out->size, &found)) {
		out->state = SWITCH_UNREADABLE;
		out->reason = arena_str(arena, found.text);
		return out->reason ? ERR_NONE : err_memory(err);
	}
	why = why_not_writable(out->real, arena);
	if (!why)
		return ERR_NONE;
	out->state = SWITCH_UNWRITABLE;
	out->reason = arena_printf(arena, "The flag file %.1024s cannot be replaced: %s.", path, why);
	return out->reason ? ERR_NONE : err_memory(err);
}

static enum err_kind not_written(const struct flag_file *file, int why, struct err *err)
{
	return err_set(err, ERR_SYSTEM, "The flag file %.1024s could not be written: %s.", file->path, strerror(why));
}

/* A poller sees a change only in a later time of change, whatever the clock said to whoever wrote it before. */
static bool set_time(int fd, const struct stat *before)
{
	struct stat now;
	struct timespec times[2];

	if (fstat(fd, &now) != 0)
		return false;
	if (now.st_mtim.tv_sec > before->st_mtim.tv_sec)
		return true;
	times[0] = now.st_atim;
	times[1] = (struct timespec){ .tv_sec = before->st_mtim.tv_sec + 1 };
	return futimens(fd, times) == 0;
}

static bool fill(int fd, const struct stat *before, const char *bytes, size_t size)
{
	if (!io_put(fd, bytes, size))
		return false;
	if ((before->st_uid != geteuid() || before->st_gid != getegid()) && fchown(fd, before->st_uid, before->st_gid) != 0)
		return false;
	return fchmod(fd, before->st_mode & 07777) == 0 && set_time(fd, before) && fsync(fd) == 0;
}

static enum err_kind check_unchanged(const struct flag_file *file, struct arena *arena, struct err *err)
{
	char *bytes;
	size_t size;
	struct err found;

	if (io_read(file->real, FLAG_FILE_MAX, arena, &bytes, &size, &found) || size != file->size || memcmp(bytes, file->bytes, size) != 0)
		return err_set(err, ERR_BUSY, "Somebody else changed the flag file %.1024s meanwhile; nothing was written over it.", file->path);
	return ERR_NONE;
}

enum err_kind flag_file_replace(const struct flag_file *file, const char *bytes, size_t size, struct arena *arena, struct err *err)
{
	char id[RANDOM_ID_MAX], beside[BESIDE_MAX];
	char *folder_name = arena_str(arena, file->real), *file_name = arena_str(arena, file->real);
	struct stat before;
	int folder, fd = -1;
	enum err_kind failed = random_id(id, err);

	if (failed)
		return failed;
	if (!folder_name || !file_name)
		return err_memory(err);
	folder_name = dirname(folder_name);
	file_name = basename(file_name);
	folder = open(folder_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0)
		return not_written(file, errno, err);
	(void)snprintf(beside, sizeof beside, ".gonogo-%s", id);
	if (fstatat(folder, file_name, &before, AT_SYMLINK_NOFOLLOW) != 0) {
		failed = not_written(file, errno, err);
		goto out;
	}
	fd = openat(folder, beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0 || !fill(fd, &before, bytes, size)) {
		failed = not_written(file, errno, err);
		goto out;
	}
	failed = check_unchanged(file, arena, err);
	if (!failed && renameat(folder, beside, folder, file_name) != 0)
		failed = not_written(file, errno, err);
	else if (!failed && fsync(folder) != 0 && errno != EINVAL)
		failed = not_written(file, errno, err);
out:
	if (fd >= 0)
		(void)close(fd);
	if (failed)
		(void)unlinkat(folder, beside, 0);
	(void)close(folder);
	return failed;
}
