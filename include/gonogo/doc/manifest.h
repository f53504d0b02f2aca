#ifndef GONOGO_DOC_MANIFEST_H
#define GONOGO_DOC_MANIFEST_H
/* The release manifest as text (section 10 of the specification; I-8, I-12). */
#include <gonogo/core/paper.h>

enum err_kind manifest_parse(const char *file, const char *text, size_t size, struct arena *arena, struct manifest *out,
	struct err *err) MUST_CHECK;
/* A value that is not given prints as "Key:"; such a text is refused when it is read: a draft is no document. */
void manifest_print(const struct manifest *manifest, struct buf *out);

#endif
