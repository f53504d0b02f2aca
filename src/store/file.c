#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "file.h"

/* Length of the part before the last slash: 0 when there is none, 1 for the root. */
static size_t folder_size(const char *path)
{
	const char *slash = strrchr(path, '/');

	return !slash ? 0 : slash == path ? 1 : (size_t)(slash - path);
}

static char *folder_of(const char *path)
{
	const size_t size = folder_size(path);

	return size ? strndup(path, size) : strdup(".");
}

enum err_kind file_resolve(const char *path, char **out, struct err *err)
{
	enum err_kind kind = ERR_NONE;
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	char *folder = NULL, *real = NULL;

	*out = NULL;
	if (!*name || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return err_set(err, ERR_USAGE, "\"%s\" names no file; give the path of one.", path);
	folder = folder_of(path);
	if (!folder) {
		kind = err_memory(err);
		goto out;
	}
	real = realpath(folder, NULL);
	if (!real) {
		kind = errno == ENOENT || errno == ENOTDIR ? ERR_MISSING : ERR_SYSTEM;
		(void)err_set(err, kind, "The folder of %s cannot be reached (%s).", path, strerror(errno));
		goto out;
	}
	const size_t size = strlen(real) + 1 + strlen(name) + 1;
	*out = malloc(size);
	if (!*out)
		kind = err_memory(err);
	else
		(void)snprintf(*out, size, "%s/%s", strcmp(real, "/") == 0 ? "" : real, name);
out:
	free(real);
	free(folder);
	return kind;
}

const char *file_network_name(unsigned long type)
{
	static const struct { unsigned long type; const char *name; } table[] = {
		{ 0x6969, "NFS" }, { 0x517b, "SMB" }, { 0xff534d42, "CIFS" }, { 0xfe534d42, "SMB" }, { 0x01021997, "9p" }, { 0x65735546, "FUSE" },
		{ 0x5346414f, "AFS" }, { 0x6b414653, "AFS" }, { 0x73757245, "Coda" }, { 0x00c36400, "Ceph" }, { 0x0bd00bd0, "Lustre" },
		{ 0x01161970, "GFS2" }, { 0x7461636f, "OCFS2" }, { 0x47504653, "GPFS" },
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (table[i].type == type)
			return table[i].name;
	return NULL;
}

enum err_kind file_check_place(const char *what, const char *path, struct err *err)
{
	struct statfs place;
	char *folder = folder_of(path);

	if (!folder)
		return err_memory(err);
	const int failed = statfs(folder, &place);
	free(folder);
	if (failed)
		return err_set(err, ERR_SYSTEM, "The folder of the %s %s cannot be examined (%s).", what, path, strerror(errno));
	const char *name = file_network_name((unsigned long)place.f_type & 0xffffffffUL);
	if (!name)
		return ERR_NONE;
	return err_set(err, ERR_SYSTEM, "The %s %s lies on %s, where locks between processes cannot be relied on and facts could be lost. Keep it on a local "
		       "disk, and name that with --ledger.", what, path, name);
}

enum err_kind file_look(const char *what, const char *path, bool *exists, bool *empty, struct err *err)
{
	struct stat status;

	*exists = *empty = false;
	if (lstat(path, &status) != 0) {
		if (errno == ENOENT || errno == ENOTDIR)
			return ERR_NONE;
		return err_set(err, ERR_SYSTEM, "The %s %s cannot be reached (%s).", what, path, strerror(errno));
	}
	if (S_ISLNK(status.st_mode))
		return err_set(err, ERR_SYSTEM, "%s is a symbolic link, which could be turned elsewhere. Name the %s itself.", path, what);
	if (!S_ISREG(status.st_mode))
		return err_set(err, ERR_SYSTEM, "%s is no regular file, so it cannot be a %s. Name another path.", path, what);
	*exists = true;
	*empty = status.st_size == 0;
	return ERR_NONE;
}

enum err_kind file_make(const char *what, const char *path, struct err *err)
{
	struct stat folder_status = { 0 };
	char *folder = folder_of(path);

	if (!folder)
		return err_memory(err);
	const bool is_shared = stat(folder, &folder_status) == 0 && folder_status.st_mode & S_ISGID;
	free(folder);
	const mode_t mode = is_shared ? 0660 : 0600;
	const int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
	if (fd < 0)
		return err_set(err, ERR_SYSTEM, "The %s %s cannot be made (%s).", what, path, strerror(errno));
	/* The -wal and -shm files take this mode over, whatever the umask says. */
	const int failed = fchmod(fd, mode);
	(void)close(fd);
	if (!failed)
		return ERR_NONE;
	const int code = errno;
	(void)unlink(path);
	return err_set(err, ERR_SYSTEM, "The mode of the %s %s cannot be set (%s).", what, path, strerror(code));
}
