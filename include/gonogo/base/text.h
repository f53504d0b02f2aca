#ifndef GONOGO_BASE_TEXT_H
#define GONOGO_BASE_TEXT_H
/*
 * Text from people and files: refused when it enters (text_check), encoded when it is shown (text_show).  One function each,
 * used by every door and every screen.  Valid UTF-8 in NFC only; no control, bidi, zero-width, line separator, unassigned
 * or private characters, no combining mark without a base; LF only where lines are allowed.  What is at fault, and why, is
 * grapheme.h's to say.
 */
#include <stdbool.h>
#include <stddef.h>

#include <gonogo/base/buf.h>
#include <gonogo/base/err.h>

enum text_kind {
	TEXT_ID,     /* [A-Za-z0-9][A-Za-z0-9._-]{0,63}: releases, tenants */
	TEXT_PERSON, /* [a-z][a-z0-9._-]{0,31} */
	TEXT_NAME,   /* one line, at most 100 bytes */
	TEXT_LINE,   /* one line, at most 500 bytes */
	TEXT_LONG,   /* lines, at most 16 KiB */
	TEXT_MEMO,   /* lines, at most 64 KiB: a whole document */
};

enum { TEXT_NAME_MAX = 100, TEXT_LINE_MAX = 500, TEXT_LONG_MAX = 16 * 1024, TEXT_MEMO_MAX = 64 * 1024 };

/* ERR_USAGE with a sentence that opens with `what` ("the note") and says what was found at which byte (the first is 1) and what is expected.
 * Empty or blank text is refused for every kind. */
enum err_kind text_check(enum text_kind kind, const char *what, const char *text, size_t size, struct err *err) MUST_CHECK;

/* Appends `text` so that no terminal, pager or log can be steered by it: control, bidi, zero-width, line-separator and invalid bytes
 * become \xHH, \uHHHH or \UHHHHHHHH, and so does everything else that text_check would refuse; LF too unless `lines`. */
void text_show(struct buf *out, const char *text, size_t size, bool lines);

/* Columns the (already encoded) text takes on a terminal, by utf8proc. */
size_t text_width(const char *text, size_t size);
/* Bytes of the longest prefix that takes at most `columns` columns, never splitting a grapheme. */
size_t text_fit(const char *text, size_t size, size_t columns);
/* Byte offset of the grapheme after / before `at`. */
size_t text_next(const char *text, size_t size, size_t at);
size_t text_prev(const char *text, size_t size, size_t at);

/* Equal ignoring ASCII case; ids are unique in this sense. */
bool text_same_id(const char *a, const char *b);
/* The same bytes, or both NULL. */
bool text_same(const char *a, const char *b);
/* Does every word of `words` stand somewhere in one of the texts, in either case?  What every filter that is typed asks; a NULL text holds nothing. */
bool text_has_words(const char *words, const char *const *texts, size_t count);
bool text_is_blank(const char *text); /* NULL, empty, or only spaces and newlines */
/* Levenshtein-nearest of `n` words, or NULL when none is near: for "did you mean". */
const char *text_nearest(const char *word, const char *const *words, size_t n);

#endif
