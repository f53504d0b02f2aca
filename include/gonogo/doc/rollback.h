#ifndef GONOGO_DOC_ROLLBACK_H
#define GONOGO_DOC_ROLLBACK_H
/* The rollback plan as text (section 7 of the specification; I-8, I-12).  It names no release. */
#include <gonogo/core/paper.h>

enum err_kind rollback_parse(const char *file, const char *text, size_t size, struct arena *arena,
	struct rollback_plan *out, struct err *err) MUST_CHECK;
void rollback_print(const struct rollback_plan *plan, struct buf *out);

#endif
