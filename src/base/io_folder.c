#include <config.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gonogo/base/io.h>

enum err_kind io_folder_open(const char *path, struct arena *arena, struct io_folder *out, struct err *err)
{
	size_t size = strlen(path);
	*out = (struct io_folder){ .fd = -1 };
	/* With a slash behind it, a link would be followed. */
	while (size > 1 && path[size - 1] == '/')
		size--;
	const char *bare = arena_bytes(arena, path, size);
	if (!bare)
		return err_memory(err);
	const enum err_kind kind = io_make_dirs(bare, err);
	if (kind != ERR_NONE)
		return kind;
	struct stat found;
	if (lstat(bare, &found) == 0 && S_ISLNK(found.st_mode))
		return err_set(err, ERR_REFUSED, "%.1024s is a symbolic link. Name the folder itself.", bare);
	const int fd = open(bare, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return err_set(err, ERR_SYSTEM, "The folder %.1024s could not be opened: %s. Name a folder you may write to.", bare, strerror(errno));
	*out = (struct io_folder){ .fd = fd, .path = bare };
	return ERR_NONE;
}

void io_folder_close(struct io_folder *folder)
{
	if (folder->fd >= 0)
		(void)close(folder->fd);
	folder->fd = -1;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum err_kind not_listed(const struct io_folder *folder, int why, struct err *err)
{
	return err_set(err, ERR_SYSTEM, "The folder %.1024s could not be read: %s. Name a folder you may read.", folder->path, strerror(why));
}

static enum err_kind list(DIR *listing, const struct io_folder *folder, struct arena *arena, const char ***names, size_t *count, struct err *err)
{
	size_t room = 0;
	for (;;) {
		errno = 0;
		const struct dirent *entry = readdir(listing);
		if (!entry)
			return errno ? not_listed(folder, errno, err) : ERR_NONE;
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		const char **grown = arena_room(arena, *names, *count, &room, sizeof *grown);
		if (!grown)
			return err_memory(err);
		*names = grown;
		grown[*count] = arena_str(arena, entry->d_name);
		if (!grown[(*count)++])
			return err_memory(err);
	}
}

enum err_kind io_folder_names(const struct io_folder *folder, struct arena *arena, const char ***names, size_t *count, struct err *err)
{
	*names = NULL;
	*count = 0;
	const int fd = openat(folder->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *listing = fd >= 0 ? fdopendir(fd) : NULL;
	if (!listing) {
		const int why = errno;
		if (fd >= 0)
			(void)close(fd);
		return not_listed(folder, why, err);
	}
	const enum err_kind kind = list(listing, folder, arena, names, count, err);
	(void)closedir(listing);
	if (kind == ERR_NONE && *count > 1)
		qsort(*names, *count, sizeof **names, by_bytes);
	return kind;
}

enum err_kind io_folder_remove(const struct io_folder *folder, const char *name, struct err *err)
{
	if (unlinkat(folder->fd, name, 0) == 0 || errno == ENOENT)
		return ERR_NONE;
	return err_set(err, ERR_SYSTEM, "%.1024s/%.255s could not be removed: %s. Name a folder you may write to.", folder->path, name, strerror(errno));
}
