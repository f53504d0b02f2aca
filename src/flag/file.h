#ifndef GONOGO_FLAG_FILE_H
#define GONOGO_FLAG_FILE_H
/* A flag file that other programs watch: read whole, and replaced whole or not at all, never over what somebody else wrote meanwhile.  Private to flag. */
#include <gonogo/flag/provider.h>

enum { FLAG_FILE_MAX = 8 * 1024 * 1024 };

struct flag_file {
	const char *path;              /* as it was named */
	const char *real;              /* where the links lead: what is read and replaced is that, and the links stay */
	char *bytes;
	size_t size;
	enum switch_state state;       /* SWITCH_READY, SWITCH_UNWRITABLE (it is read all the same), SWITCH_MISSING, SWITCH_UNREADABLE */
	const char *reason;
};
/* ERR_SYSTEM for memory alone. */
enum err_kind flag_file_read(const char *path, struct arena *arena, struct flag_file *out, struct err *err) MUST_CHECK;
/*
 * Beside it, fsync, rename, fsync of the folder; mode and owner as they were, the time of change later than before, since pollers look at nothing
 * else.  ERR_BUSY when the file no longer holds what was read.
 */
enum err_kind flag_file_replace(const struct flag_file *file, const char *bytes, size_t size, struct arena *arena, struct err *err) MUST_CHECK;

#endif
