#ifndef GONOGO_CONFIG_SETTINGS_H
#define GONOGO_CONFIG_SETTINGS_H
/* THE table of settings: what gonogo.conf may say.  A key that is no row is an error with file and line. */
#include <stddef.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/err.h>

struct settings {
	const char *ledger; /* NULL: not set */
	const char *state;
};
struct setting { const char *path, *sentence; size_t offset; /* of a const char * in struct settings */ };
extern const struct setting settings_table[];
extern const size_t settings_count;

/* Reads a configuration text; `file` is how complaints name it.  ERR_INPUT "FILE:LINE: what, and what was expected". */
enum err_kind settings_read(const char *file, const char *text, struct arena *arena, struct settings *out, struct err *err) MUST_CHECK;

#endif
