#ifndef GONOGO_DOC_DIFFERENCE_H
#define GONOGO_DOC_DIFFERENCE_H
/* What an import changes in the look of a document, said before it is taken (I-8).  Never decides whether it is taken. */
#include <stdbool.h>
#include <stddef.h>

#include <gonogo/base/buf.h>

enum { DIFFERENCE_LINES_MAX = 20 };

/*
 * Appends what print(parse(text)) changed, one sentence a line (`FILE:6: read "Minimum Duration: 7 days", printed "Minimum Duration: 1 week".`), at
 * most DIFFERENCE_LINES_MAX of them and how many more there are.  False, and nothing appended, when the two are the same.  `text` is one that
 * parsed, `printed` what was printed from it: line stands by line in both, apart from empty ones.
 */
bool doc_difference(const char *file, const char *text, size_t size, const char *printed, struct buf *out);

#endif
