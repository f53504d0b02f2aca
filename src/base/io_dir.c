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

enum { PATH_BYTES_MAX = 4096 };

static bool make_dir(const char *path)
{
	struct stat found;
	if (mkdir(path, 0700) == 0)
		return true;
	if (errno != EEXIST)
		return false;
	if (stat(path, &found) != 0)
		return false;
	errno = ENOTDIR;
	return S_ISDIR(found.st_mode);
}

enum err_kind io_make_dirs(const char *path, struct err *err)
{
	char part[PATH_BYTES_MAX];
	const size_t size = strlen(path);
	bool is_made = size > 0;
	errno = ENOENT;
	if (size >= sizeof part) {
		errno = ENAMETOOLONG;
		is_made = false;
	}
	for (size_t i = 1; is_made && i <= size; i++) {
		if (i < size && path[i] != '/')
			continue;
		memcpy(part, path, i);
		part[i] = '\0';
		is_made = make_dir(part);
	}
	if (is_made)
		return ERR_NONE;
	return err_set(err, ERR_SYSTEM, "the folder %.1024s could not be made: %s; name a folder you may write to",
		path, strerror(errno));
}

enum err_kind io_temp_dir(struct arena *arena, char **path, struct err *err)
{
	const char *where = secure_getenv("TMPDIR");
	if (!where || where[0] != '/')
		where = "/tmp";
	char *made = arena_printf(arena, "%s/gonogo-XXXXXX", where);
	if (!made)
		return err_memory(err);
	if (!mkdtemp(made))
		return err_set(err, ERR_SYSTEM,
			"no temporary folder could be made in %.1024s: %s; set TMPDIR to a folder you may write to",
			where, strerror(errno));
	*path = made;
	return ERR_NONE;
}

void io_remove_dir(const char *path)
{
	const int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
	if (!folder) {
		if (fd >= 0)
			(void)close(fd);
		return;
	}
	for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			(void)unlinkat(fd, entry->d_name, 0);
	(void)closedir(folder);
	(void)rmdir(path);
}
