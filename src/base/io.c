#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gonogo/base/buf.h>
#include <gonogo/base/io.h>

enum { CHUNK = 16 * 1024 };

static enum err_kind not_read(const char *path, const char *why, struct err *err)
{
	return err_set(err, ERR_SYSTEM, "%.1024s could not be read: %s. Name a file that you can read.", path, why);
}

static size_t line_of(const char *text, const char *at)
{
	size_t line = 1;

	for (; text < at; text++)
		line += *text == '\n';
	return line;
}

/* Reads to the end, or until more than `cap` bytes have come. */
static enum err_kind read_all(int fd, const char *path, size_t cap, struct buf *got, struct err *err)
{
	char chunk[CHUNK];
	while (got->size <= cap) {
		const size_t left = cap - got->size;
		const ssize_t n = read(fd, chunk, left < sizeof chunk ? left + 1 : sizeof chunk);
		if (n == 0)
			break;
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return not_read(path, strerror(errno), err);
		buf_add(got, chunk, (size_t)n);
		if (got->failed)
			return err_memory(err);
	}
	if (got->size > cap)
		return err_set(err, ERR_INPUT, "%.1024s:1: the file holds more than %zu bytes, expected at most these.", path, cap);
	const char *nul = got->size > 0 ? memchr(got->bytes, '\0', got->size) : NULL;
	if (nul)
		return err_set(err, ERR_INPUT, "%.1024s:%zu: the line holds a NUL byte, expected plain text.", path, line_of(got->bytes, nul));
	return ERR_NONE;
}

static const char *why_not_regular(mode_t mode)
{
	if (S_ISREG(mode))
		return NULL;
	if (S_ISLNK(mode))
		return "it is a symbolic link";
	if (S_ISDIR(mode))
		return "it is a folder";
	if (S_ISFIFO(mode))
		return "it is a FIFO";
	return "it is no regular file";
}

/* Looks before it opens, since opening some devices already does something, and again after it, since the name may by
 * then be another file's. */
static enum err_kind open_regular(int folder, const char *path, int *fd, struct err *err)
{
	struct stat found;
	if (fstatat(folder, path, &found, AT_SYMLINK_NOFOLLOW) != 0)
		return not_read(path, strerror(errno), err);
	const char *why = why_not_regular(found.st_mode);
	if (why)
		return not_read(path, why, err);
	const int opened = openat(folder, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (opened < 0)
		return not_read(path, strerror(errno), err);
	if (fstat(opened, &found) != 0 || !S_ISREG(found.st_mode)) {
		(void)close(opened);
		return not_read(path, "it is no regular file", err);
	}
	*fd = opened;
	return ERR_NONE;
}

/* What comes from `fd`, as a copy in `arena`. */
static enum err_kind read_copy(int fd, const char *path, size_t cap, struct arena *arena, char **bytes, size_t *size, struct err *err)
{
	struct buf got = BUF_EMPTY;
	enum err_kind kind = read_all(fd, path, cap, &got, err);
	if (kind == ERR_NONE) {
		*bytes = arena_bytes(arena, buf_text(&got), got.size);
		*size = got.size;
		kind = *bytes ? ERR_NONE : err_memory(err);
	}
	buf_release(&got);
	return kind;
}

static enum err_kind read_regular(int folder, const char *path, size_t cap, struct arena *arena, char **bytes, size_t *size, struct err *err)
{
	int fd;
	enum err_kind kind = open_regular(folder, path, &fd, err);
	if (kind != ERR_NONE)
		return kind;
	kind = read_copy(fd, path, cap, arena, bytes, size, err);
	(void)close(fd);
	return kind;
}

enum err_kind io_read(const char *path, size_t cap, struct arena *arena, char **bytes, size_t *size, struct err *err)
{
	if (strcmp(path, "-") == 0)
		return read_copy(STDIN_FILENO, "standard input", cap, arena, bytes, size, err);
	return read_regular(AT_FDCWD, path, cap, arena, bytes, size, err);
}

enum err_kind io_folder_read(const struct io_folder *folder, const char *name, size_t cap, struct arena *arena, char **bytes, size_t *size,
	struct err *err)
{
	return read_regular(folder->fd, name, cap, arena, bytes, size, err);
}
