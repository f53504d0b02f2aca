#ifndef GONOGO_BASE_RANDOM_H
#define GONOGO_BASE_RANDOM_H
/* Random ids from the kernel. */
#include <stdbool.h>

#include <gonogo/base/err.h>

enum { RANDOM_ID_MAX = 33 };

/* 128 random bits as 32 lower-case hex digits. */
enum err_kind random_id(char *out /* [RANDOM_ID_MAX] */, struct err *err) MUST_CHECK;
/* Does `text` have the form of such an id? */
bool random_is_id(const char *text);

#endif
