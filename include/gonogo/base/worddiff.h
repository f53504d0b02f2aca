#ifndef GONOGO_BASE_WORDDIFF_H
#define GONOGO_BASE_WORDDIFF_H
/*
 * Two versions of a text as one, the changes marked by word: "at least [-7-]{+14+} days".  Marks never reach over the end of a line.  Equal texts come
 * out as they are.  Who deletes what stands in [- -] has the new words, who deletes what stands in {+ +} the old ones: also where the texts are too
 * large, or memory too short, for the smallest difference.
 */
#include <stdbool.h>

#include <gonogo/base/buf.h>

/* Appends it; NULL is the empty text.  The new text's spaces stand between words that stayed. */
void worddiff(const char *before, const char *after, struct buf *out);

#endif
