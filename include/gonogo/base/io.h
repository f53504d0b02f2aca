#ifndef GONOGO_BASE_IO_H
#define GONOGO_BASE_IO_H
/* Files read whole under a cap, and written whole or not at all. */
#include <stddef.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/err.h>

/* Reads a regular file (no link in the last part, no device, no FIFO: never hangs) of at most `cap` bytes; "-" reads standard input to
 * its end under the same cap.  NUL-terminated copy in `arena`.  ERR_SYSTEM when it cannot be read, ERR_INPUT when over the cap or with a NUL byte. */
enum err_kind io_read(const char *path, size_t cap, struct arena *arena, char **bytes, size_t *size, struct err *err) MUST_CHECK;
/* Writes beside, fsyncs, renames, fsyncs the folder.  `mode` as for open.  `name` is one path component beneath `dir`; links are not followed. */
enum err_kind io_write(const char *dir, const char *name, const void *bytes, size_t size, unsigned mode, struct err *err) MUST_CHECK;
/* Makes a folder and its parents (mode 0700 for those made). */
enum err_kind io_make_dirs(const char *path, struct err *err) MUST_CHECK;
/* A fresh folder of mode 0700 under the system's temporary folder, path in `arena`; io_remove_dir deletes it with the files in it. */
enum err_kind io_temp_dir(struct arena *arena, char **path, struct err *err) MUST_CHECK;
void io_remove_dir(const char *path);

#endif
