#ifndef GONOGO_APP_MEMOS_H
#define GONOGO_APP_MEMOS_H
/* What the use cases of memos share: choosing one, and its whole text. */
#include <gonogo/core/dossier.h>

/* The newest of a kind (NULL: any) and version (0: any); ERR_MISSING when there is none. */
enum err_kind memos_select(const struct dossier *d, const enum memo_kind *kind, int64_t version, const struct memo_entry **out, struct err *err) MUST_CHECK;
/* The signed bytes as stored, and the signatures section as the records have it now. */
void memos_print(const struct dossier *d, const struct memo_entry *entry, struct buf *out);

#endif
