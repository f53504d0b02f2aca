#ifndef GONOGO_SRC_STORE_FIND_WORDS_H
#define GONOGO_SRC_STORE_FIND_WORDS_H
/* Words that a person typed, as the full-text index takes them. */
#include <gonogo/base/buf.h>

/* "word"* for each, so that nothing typed is an operator.  Left empty when there is no word in them. */
void find_words(struct buf *out, const char *text);

#endif
