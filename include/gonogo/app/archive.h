#ifndef GONOGO_APP_ARCHIVE_H
#define GONOGO_APP_ARCHIVE_H
/*
 * Files for people without gonogo, made ready in memory before the first of them is written.  Their bytes follow from the ledger alone: not from who
 * asks, nor when.
 */
#include <gonogo/app/record.h>
#include <gonogo/base/buf.h>
#include <gonogo/doc/detect.h>

struct archive_file { const char *name, *bytes; size_t size; };
struct archive {
	struct arena *arena;
	const char *dir;                    /* as the commands in `lines` name it */
	struct archive_file *files; size_t count, room;
	const char **lines; size_t line_count, line_room; /* for each signature of a memo the command that verifies it */
};

/* Copies name and text, and releases `text`, also after an error. */
enum err_kind archive_add(struct archive *archive, const char *name, struct buf *text, struct err *err) MUST_CHECK;
/* A memo as RELEASE-KIND-vN.txt and its signatures as RELEASE-KIND-vN.ROLE.sig. */
enum err_kind archive_memo(struct archive *archive, const struct record *record, const struct memo_entry *memo, struct err *err) MUST_CHECK;
/*
 * `allowed_signers`: every key that anybody ever had, one line each.  A key that was taken back for cause vouches for no memo.  `with_facts`: also
 * for the signatures of facts, which were given while the key was held.
 */
enum err_kind archive_signers(struct archive *archive, const struct registry *registry, bool with_facts, struct err *err) MUST_CHECK;
/* A text for people without gonogo, behind its first line: the embedded one, with the commands of `lines` in the place of "@MEMOS@". */
enum err_kind archive_guide(struct archive *archive, const char *name, const char *title, const char *embedded, struct err *err) MUST_CHECK;
/* The text of a document as the records say; ERR_MISSING when the release has none. */
enum err_kind document_print(const struct dossier *d, enum doc_kind kind, struct arena *arena, struct buf *out, struct err *err) MUST_CHECK;

#endif
