#ifndef GONOGO_CONFIG_INCLUDE_H
#define GONOGO_CONFIG_INCLUDE_H
/* libconfig honours @include from a string too, and would open any path, a FIFO included: such a text is never given to it. */
#include <gonogo/base/err.h>

enum err_kind include_refuse(const char *file, const char *text, struct err *err) MUST_CHECK;

#endif
