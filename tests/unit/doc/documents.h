#ifndef GONOGO_TESTS_DOCUMENTS_H
#define GONOGO_TESTS_DOCUMENTS_H
/* The six documents, so that a test can walk them: file name, and the way through parse and print. */
#include <gonogo/base/arena.h>
#include <gonogo/base/buf.h>
#include <gonogo/doc/detect.h>

struct document {
	enum doc_kind kind;
	const char *file;
	/* Parses and prints again into `out`. */
	enum err_kind (*reprint)(
		const char *file, const char *text, size_t size, struct arena *arena, struct buf *out, struct err *err);
};
enum { DOCUMENTS = 6 };
extern const struct document documents[DOCUMENTS];

/* A file below the source folder, NUL-terminated, to be freed; NULL when it is not there. */
char *documents_read(const char *folder, const char *file, size_t *size);
/* Is it text that may be shown: LF and visible characters alone? */
bool documents_is_clean(const char *text);

#endif
