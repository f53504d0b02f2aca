#ifndef GONOGO_CONFIG_POLICY_FILE_H
#define GONOGO_CONFIG_POLICY_FILE_H
/*
 * A policy as people write it, read by the table of settings (gonogo/core/policy.h).  A file that others could have written, or be writing, is no
 * policy; a setting that is no row, a value of another kind and whatever would loosen a rule is an error with file and line.
 */
#include <gonogo/base/buf.h>
#include <gonogo/core/policy.h>

enum { POLICY_FILE_MAX = 1024 * 1024 };
/* Reads the file; ERR_SYSTEM when it cannot be read or is not safe from others, ERR_INPUT "FILE:LINE: what, and what was expected". */
enum err_kind policy_file_read(const char *path, struct arena *arena, struct policy *policy, struct policy_text *text, struct err *err) MUST_CHECK;
/* The same for a text; `file` is how complaints name it. */
enum err_kind policy_file_parse(const char *file, const char *bytes, struct arena *arena, struct policy *policy, struct policy_text *text,
				struct err *err) MUST_CHECK;
/* The policy as a file that reads back as the same, each setting under its sentence. */
void policy_file_print(const struct policy_text *text, struct buf *out);

#endif
