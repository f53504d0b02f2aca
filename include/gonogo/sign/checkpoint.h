#ifndef GONOGO_SIGN_CHECKPOINT_H
#define GONOGO_SIGN_CHECKPOINT_H
/*
 * The short line an act prints, to be pasted into a ticket and checked later (`gonogo verify --anchor LINE`):
 *     gonogo:5f0c12ab 1204 9b1d-77c0-1e2f-a901 2026-11-23T18:50Z
 * the log id's first 8 digits, how many facts there are, the head's first 16 digits in groups of four, the minute of
 * the last fact.  And its long form, which `gonogo checkpoint` signs in a namespace of its own: five lines, then the signature.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/buf.h>
#include <gonogo/base/digest.h>
#include <gonogo/base/err.h>
#include <gonogo/base/when.h>
#include <gonogo/sign/wire.h>

enum { CHECKPOINT_LOG_DIGITS = 8, CHECKPOINT_HEAD_DIGITS = 16, CHECKPOINT_TEXT_MAX = 80, CHECKPOINT_FILE_MAX = 32 * 1024 };

struct checkpoint {
	char log[33];              /* its first 8 digits, or all of them */
	int64_t size;              /* 1 or more */
	char head[DIGEST_HEX_MAX]; /* its first 16 digits without the hyphens, or all of them */
	instant at;                /* of a line: whole minutes */
};

/* Writes the line, without a newline, into out[CHECKPOINT_TEXT_MAX] and returns it.  `ledger` is the whole log id. */
const char *checkpoint_format(const char *ledger, int64_t size, const struct digest *head, instant at, char *out);
/* Spaces and newlines around the line are forgiven, nothing else is; ERR_USAGE with a sentence that opens with `what`
 * ("--anchor"). */
enum err_kind checkpoint_parse(const char *what, const char *text, struct checkpoint *out, struct err *err) MUST_CHECK;
/* The five lines that are signed, appended to `out`. */
void checkpoint_body(const char *ledger, int64_t size, const struct digest *head, instant at, struct buf *out);
/* The long form with its signature: `body` is what was signed, `blob` the signature, in `arena`.  Blank lines around it are forgiven.  ERR_INPUT with a
 * sentence that opens with `what`. */
enum err_kind checkpoint_read(const char *what, const char *text, size_t size, struct arena *arena, struct checkpoint *out, struct octets *body,
			      struct octets *blob, struct err *err) MUST_CHECK;
bool checkpoint_is_of(const struct checkpoint *checkpoint, const char *ledger);
bool checkpoint_has_head(const struct checkpoint *checkpoint, const struct digest *head);

#endif
