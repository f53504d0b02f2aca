#ifndef GONOGO_BASE_IO_H
#define GONOGO_BASE_IO_H
/* Files read whole under a cap, and written whole or not at all. */
#include <stdbool.h>
#include <stddef.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/err.h>

/* Reads a regular file (no link in the last part, no device, no FIFO: never hangs) of at most `cap` bytes; "-" reads standard input to
 * its end under the same cap.  NUL-terminated copy in `arena`.  ERR_SYSTEM when it cannot be read, ERR_INPUT when over the cap or with a NUL byte. */
enum err_kind io_read(const char *path, size_t cap, struct arena *arena, char **bytes, size_t *size, struct err *err) MUST_CHECK;
/*
 * As io_read, for a file whose words have power over others: ERR_SYSTEM, too, when it belongs to neither this user nor root, or when others may write it
 * or a folder that leads to it (a folder such as /tmp, where nobody removes what is another's, will do).  "-" is no such file.
 */
enum err_kind io_find_own(const char *path, struct arena *arena, const char **real, struct err *err) MUST_CHECK; /* the same of any regular file, without reading it */
enum err_kind io_read_own(const char *path, size_t cap, struct arena *arena, char **bytes, size_t *size, struct err *err) MUST_CHECK;
/* Writes beside, fsyncs, renames, fsyncs the folder.  `mode` as for open.  `name` is one path component beneath `dir`; links are not followed. */
enum err_kind io_write(const char *dir, const char *name, const void *bytes, size_t size, unsigned mode, struct err *err) MUST_CHECK;
/* The same of a file that is not there yet, in a folder that is; ERR_REFUSED where the name is taken, by a link too. */
enum err_kind io_write_new(const char *path, const void *bytes, size_t size, unsigned mode, struct arena *arena, struct err *err) MUST_CHECK;
/* Into an open descriptor: all of it, or false. */
bool io_put(int fd, const void *bytes, size_t size);
/* Makes a folder and its parents (mode 0700 for those made). */
enum err_kind io_make_dirs(const char *path, struct err *err) MUST_CHECK;
/* A fresh folder of mode 0700 under the system's temporary folder, path in `arena`; io_remove_dir deletes it with the files in it. */
enum err_kind io_temp_dir(struct arena *arena, char **path, struct err *err) MUST_CHECK;
void io_remove_dir(const char *path);

/*
 * A folder that is held open, so that what was looked at is what is written into, whatever its path names by then.  Opening makes it and its
 * parents, and refuses a link in the last part (ERR_REFUSED).  Names are one path component each; reading and writing are as of io_read and io_write.
 */
struct io_folder { int fd; const char *path; };
enum err_kind io_folder_open(const char *path, struct arena *arena, struct io_folder *out, struct err *err) MUST_CHECK;
void io_folder_close(struct io_folder *folder);
/* Every name in it but "." and "..", in order of their bytes, in `arena`. */
enum err_kind io_folder_names(const struct io_folder *folder, struct arena *arena, const char ***names, size_t *count, struct err *err) MUST_CHECK;
enum err_kind io_folder_read(const struct io_folder *folder, const char *name, size_t cap, struct arena *arena, char **bytes, size_t *size,
			     struct err *err) MUST_CHECK;
enum err_kind io_folder_write(const struct io_folder *folder, const char *name, const void *bytes, size_t size, unsigned mode,
			      struct err *err) MUST_CHECK;
/* Removes a file; one that is not there is no error. */
enum err_kind io_folder_remove(const struct io_folder *folder, const char *name, struct err *err) MUST_CHECK;

#endif
