#ifndef GONOGO_DOC_LINES_H
#define GONOGO_DOC_LINES_H
/*
 * A document as checked lines, and the one voice in which every document complains: "FILE:LINE: what was found, what is expected."  Bytes enter
 * the documents here and nowhere else: size cap, UTF-8, no control, bidi or zero-width characters, LF alone.  What I-8 lets differ is dropped here
 * too: empty lines, spaces at the end of a line, a missing last newline.  Owns nothing: everything lives in the caller's arena.  Knows no document.
 */
#include <stdbool.h>
#include <stddef.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/buf.h>
#include <gonogo/base/err.h>
#include <gonogo/base/text.h>

enum { DOC_SIZE_MAX = 64 * 1024 };

struct line {
	const char *text; /* NUL-terminated, without spaces at the end; "" for an empty line */
	int number;       /* from 1 */
};
struct lines {
	const char *file; /* as it is named in complaints */
	struct arena *arena;
	const struct line *items;
	size_t count, at; /* `at`: the next line to be read */
};

/* ERR_INPUT when a byte of it may not stand in a document. */
enum err_kind lines_open(const char *file, const char *text, size_t size, struct arena *arena, struct lines *out,
	struct err *err) MUST_CHECK;
/* The next line that is not empty, without passing it; NULL at the end. */
const struct line *lines_peek(struct lines *lines);
/* The next line, empty or not; NULL at the end. */
const struct line *lines_peek_any(const struct lines *lines);
/* Goes on behind the line that was peeked at. */
void lines_pass(struct lines *lines);
/* The next line is `text` exactly (a title, a heading), and is passed; else ERR_INPUT. */
enum err_kind lines_heading(struct lines *lines, const char *text, struct err *err) MUST_CHECK;
/* Nothing but empty lines is left; `name`: "the manifest". */
enum err_kind lines_end(struct lines *lines, const char *name, struct err *err) MUST_CHECK;

/* Sets ERR_INPUT "FILE:LINE: ...", and returns it; `line` NULL: the end of the document. */
enum err_kind lines_refuse(const struct lines *lines, const struct line *line, struct err *err, const char *fmt, ...)
	PRINTF_LIKE(4, 5);
/* text_check() of a value that stands in `line`, and that it is not a placeholder of the specification's templates ("[release-id]"). */
enum err_kind lines_check(const struct lines *lines, const struct line *line, enum text_kind kind, const char *what,
	const char *value, struct err *err) MUST_CHECK;
/* "FILE:LINE: found "...", expected EXPECTED."; at the end "FILE:LINE: the document ends here, expected EXPECTED." */
enum err_kind lines_expected(const struct lines *lines, const struct line *line, const char *expected, struct err *err);
/* The start of a line for quoting it in a sentence, in the arena; never NULL. */
const char *lines_quote(const struct lines *lines, const char *text);

/* What stands behind "KEY:" in a line, without spaces around it; NULL when the line does not begin so. */
const char *lines_value(const char *line, const char *key);
/* The first line that begins with "KEY:"; NULL: none does. */
const struct line *lines_find(const struct lines *lines, const char *key);
/* What stands behind the bullet "  - "; NULL when the line does not begin so. */
const char *lines_bullet(const char *line);
/* Appends a text field as one line, whatever it holds: no spaces around it, line ends inside it become spaces.  A field can never start a line of its own. */
void lines_print(struct buf *out, const char *text);

#endif
