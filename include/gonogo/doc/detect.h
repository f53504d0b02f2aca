#ifndef GONOGO_DOC_DETECT_H
#define GONOGO_DOC_DETECT_H
/* Which of the specification's documents a text is, by its first line. */
#include <stddef.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/err.h>
#include <gonogo/core/words.h>

enum doc_kind { DOC_MANIFEST, DOC_PLAN, DOC_SAFETY, DOC_SWITCH, DOC_ROLLBACK, DOC_MEMO };
/* word: as `release show RELEASE DOCUMENT` takes it; title: as sentences name it ("the exposure plan"). */
extern const struct word words_document[];

/* ERR_INPUT when it is none of them, or its bytes may not stand in a document. */
enum err_kind detect_kind(const char *file, const char *text, size_t size, struct arena *arena, enum doc_kind *out,
	struct err *err) MUST_CHECK;

#endif
