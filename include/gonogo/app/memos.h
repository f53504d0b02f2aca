#ifndef GONOGO_APP_MEMOS_H
#define GONOGO_APP_MEMOS_H
/* What the use cases of memos share: choosing one, and its whole text. */
#include <gonogo/app/uses.h>
#include <gonogo/app/record.h>

/* The newest of a kind (NULL: any) and version (0: any); ERR_MISSING when there is none. */
enum err_kind memos_select(const struct dossier *d, const enum memo_kind *kind, int64_t version, const struct memo_entry **out, struct err *err) MUST_CHECK;
/*
 * THE answer to which draft is to be signed: that of the id, else the open one of the kind, else the only open one that `me` (NULL: anybody) has to
 * sign.  ERR_REFUSED: there is none; ERR_USAGE: there are two, and the caller has to ask which.
 */
enum err_kind memos_to_sign(const struct dossier *d, const struct person *me, const char *id, const enum memo_kind *kind, const struct memo_entry **out,
			    struct err *err) MUST_CHECK;
/* May this person sign it as it stands, and in which role?  The sentence says why not, what changed, and who drafts anew. */
enum err_kind memos_signable(const struct dossier *d, const struct memo_entry *memo, const struct person *me, enum role *role, struct err *err) MUST_CHECK;
/* What changed since a memo was drafted, in sentences; none where it stands over the same records. */
enum err_kind memos_changed_since(const struct dossier *d, const struct memo_entry *memo, struct arena *arena, struct texts *out, struct err *err) MUST_CHECK;
/* The signed bytes as stored, and the signatures section as the records have it now. */
void memos_print(const struct dossier *d, const struct memo_entry *entry, struct buf *out);
/* The seq of the newest draft of this release and kind that whoever asks has read to its end; 0: none. */
enum err_kind memos_read_seq(const struct session *s, const struct record *record, const struct memo_entry *memo, int64_t *seq, struct err *err) MUST_CHECK;
/* What the newest memo of this kind says, as a draft to begin the next one with; all NULL when there is none.  Of an issued
 * NO-GO the signers alone.  In `arena`. */
enum err_kind memos_previous(const struct record *record, enum memo_kind kind, struct arena *arena, struct memo_draft *out, struct err *err) MUST_CHECK;

/* Who obviously signs in a role beside `other` (NULL: nobody yet): the drafter who holds it, else its only holder, else the owner of the plan.  NULL:
 * more than one could, or nobody. */
const struct person *memos_signer(const struct record *record, enum role role, const struct person *other);

#endif
