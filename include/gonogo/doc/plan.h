#ifndef GONOGO_DOC_PLAN_H
#define GONOGO_DOC_PLAN_H
/* The tenant exposure plan as text (section 5 of the specification; I-8, I-12). `Approved By:` is read as a claim, never as an approval (I-13). */
#include <gonogo/core/paper.h>

enum err_kind plan_parse(const char *file, const char *text, size_t size, struct arena *arena, struct plan *out,
	struct err *err) MUST_CHECK;
void plan_print(const struct plan *plan, struct buf *out);

#endif
