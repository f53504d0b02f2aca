#ifndef GONOGO_DOC_MEMO_H
#define GONOGO_DOC_MEMO_H
/*
 * The GO/NO-GO decision memo as text (section 9 of the specification; MEM-1 to MEM-6).  People's words in it are indented or stand behind a key, so
 * that no note, risk or rationale can pass for a section: the first line that begins with "Signatures:" is the memo's own, and
 * `sed '/^Signatures:/,$d'` yields exactly what was signed.
 */
#include <gonogo/core/paper.h>

/*
 * Takes a whole memo, or its signed part alone (then has_signatures is false).  `kind` goes by the checklist: the specification's seven items, or
 * another list (MEM-6).  Ticks, figures, dates and names are taken as written: holding them against the records is the caller's.
 */
enum err_kind memo_parse(const char *file, const char *text, size_t size, struct arena *arena, struct memo *out,
	struct err *err) MUST_CHECK;
/* The whole memo; without has_signatures the signed part alone. */
void memo_print(const struct memo *memo, struct buf *out);
/* What is signed: from the first byte to the newline before "Signatures:". */
void memo_print_signed_part(const struct memo *memo, struct buf *out);
/* From "Signatures:" to the end. */
void memo_print_signatures(const struct memo *memo, struct buf *out);

#endif
