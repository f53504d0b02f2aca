#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gonogo/base/io.h>
#include <gonogo/base/random.h>

enum { BESIDE_MAX = 64, NAME_BYTES_MAX = 255 };

bool io_put(int fd, const void *bytes, size_t size)
{
	const char *rest = bytes;
	while (size > 0) {
		const ssize_t n = write(fd, rest, size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		rest += n;
		size -= (size_t)n;
	}
	return true;
}

static bool is_component(const char *name)
{
	return *name != '\0' && strlen(name) <= NAME_BYTES_MAX && !strchr(name, '/') && strcmp(name, ".") != 0 &&
	       strcmp(name, "..") != 0;
}

/* Some file systems cannot sync a folder and say EINVAL; there the rename is as lasting as it gets. */
static bool sync_folder(int folder)
{
	return fsync(folder) == 0 || errno == EINVAL;
}

/* A file under the name `beside`, complete and on disk; false with errno set, and no file, otherwise. */
static bool write_beside(int folder, const char *beside, const void *bytes, size_t size, mode_t mode)
{
	const int fd = openat(folder, beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
	if (fd < 0)
		return false;
	int why = io_put(fd, bytes, size) && fsync(fd) == 0 ? 0 : errno;
	if (close(fd) != 0 && why == 0)
		why = errno;
	if (why != 0)
		(void)unlinkat(folder, beside, 0);
	errno = why;
	return why == 0;
}

static enum err_kind not_written(const char *dir, const char *name, int why, struct err *err)
{
	return err_set(err, ERR_SYSTEM,
		"%s/%s could not be written: %s; make room or name a folder you may write to, "
		"then run the command again",
		dir, name, strerror(why));
}

/* Gives what stands there as `beside` its name; a link, unlike a renaming, takes no name that is taken. */
static bool put_in_place(int folder, const char *beside, const char *name, bool is_new)
{
	const bool is_placed = (is_new ? linkat(folder, beside, folder, name, 0) : renameat(folder, beside, folder, name)) == 0;
	const int why = errno;

	if (is_new || !is_placed)
		(void)unlinkat(folder, beside, 0);
	errno = why;
	return is_placed;
}

static enum err_kind write_into(const struct io_folder *folder, const char *name, const void *bytes, size_t size, unsigned mode, bool is_new, struct err *err)
{
	char id[RANDOM_ID_MAX], beside[BESIDE_MAX];
	if (!is_component(name))
		return err_set(err, ERR_USAGE, "\"%.80s\" is no file name; write a name without \"/\"", name);
	const enum err_kind kind = random_id(id, err);
	if (kind != ERR_NONE)
		return kind;
	(void)snprintf(beside, sizeof beside, ".gonogo-%s", id);
	if (write_beside(folder->fd, beside, bytes, size, (mode_t)mode) && put_in_place(folder->fd, beside, name, is_new) && sync_folder(folder->fd))
		return ERR_NONE;
	if (is_new && errno == EEXIST)
		return err_set(err, ERR_REFUSED, "%s/%s is there already, and stays as it is: name another file.", folder->path, name);
	return not_written(folder->path, name, errno, err);
}

enum err_kind io_folder_write(const struct io_folder *folder, const char *name, const void *bytes, size_t size, unsigned mode, struct err *err)
{
	return write_into(folder, name, bytes, size, mode, false, err);
}

enum err_kind io_write(
	const char *dir, const char *name, const void *bytes, size_t size, unsigned mode, struct err *err)
{
	const struct io_folder folder = { .fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), .path = dir };
	if (folder.fd < 0)
		return not_written(dir, name, errno, err);
	const enum err_kind kind = io_folder_write(&folder, name, bytes, size, mode, err);
	(void)close(folder.fd);
	return kind;
}

enum err_kind io_write_new(const char *path, const void *bytes, size_t size, unsigned mode, struct arena *arena, struct err *err)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	const char *dir = !slash ? "." : slash == path ? "/" : arena_bytes(arena, path, (size_t)(slash - path));

	if (!dir)
		return err_memory(err);
	const struct io_folder folder = { .fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), .path = dir };
	if (folder.fd < 0)
		return not_written(dir, name, errno, err);
	const enum err_kind kind = write_into(&folder, name, bytes, size, mode, true, err);
	(void)close(folder.fd);
	return kind;
}
