#ifndef GONOGO_DOC_KILLSWITCH_H
#define GONOGO_DOC_KILLSWITCH_H
/* The kill-switch form as text (sections 7 and 10 of the specification). `Tested:` is read as a claim, never as a test (I-13).  It names no release. */
#include <gonogo/core/paper.h>

enum err_kind killswitch_parse(const char *file, const char *text, size_t size, struct arena *arena,
	struct switch_definition *out, struct err *err) MUST_CHECK;
void killswitch_print(const struct switch_definition *definition, struct buf *out);

#endif
