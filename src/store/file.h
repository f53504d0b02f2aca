#ifndef GONOGO_STORE_FILE_H
#define GONOGO_STORE_FILE_H
/* The file before SQLite opens it: where it really is, whether it may be there, and making a new one. */
#include <stdbool.h>

#include <gonogo/base/err.h>

/* The absolute path without links in its folder, malloc'ed.  ERR_MISSING when the folder is not there; the file need not be. */
enum err_kind file_resolve(const char *path, char **out, struct err *err) MUST_CHECK;
/* "NFS", "FUSE" ...: a file system (statfs' f_type) on which SQLite's locks and shared memory cannot be relied on; NULL: fine. */
const char *file_network_name(unsigned long type);
/* ERR_SYSTEM when the folder of `path` lies on one. */
enum err_kind file_check_place(const char *what, const char *path, struct err *err) MUST_CHECK;
/* A regular file at `path`: *exists.  ERR_SYSTEM for a link, a folder or a device. */
enum err_kind file_look(const char *what, const char *path, bool *exists, bool *empty, struct err *err) MUST_CHECK;
/* Makes an empty file for this user alone, and for the group too in a folder that gives files to its group (setgid). */
enum err_kind file_make(const char *what, const char *path, struct err *err) MUST_CHECK;

#endif
