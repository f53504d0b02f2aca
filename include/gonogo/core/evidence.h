#ifndef GONOGO_CORE_EVIDENCE_H
#define GONOGO_CORE_EVIDENCE_H
/* The evidence digest (APR-2): what an approval is bound to, and what changed since. */
#include <gonogo/core/dossier.h>
#include <gonogo/core/rules.h>

struct evidence_entry { const char *section, *key; struct digest hash; struct source source; }; /* "answers", "DAT-1", fact hash */
struct evidence { struct evidence_entry *entries; size_t count, room; struct digest digest; };

/* Every entry that a rule due at the transition reads, sorted, and its digest. */
enum err_kind evidence_of(const struct dossier *dossier, enum channel to, struct arena *arena, struct evidence *out, struct err *err) MUST_CHECK;
/* Class, manifest, rollback plan, kill switch definition and binding alone (CLS-3). */
enum err_kind evidence_of_class(const struct dossier *dossier, struct arena *arena, struct evidence *out, struct err *err) MUST_CHECK;
/* What a mechanism memo is signed over: class, manifest, rollback plan, kill switch, accepted risks (MEM-6). */
enum err_kind evidence_of_mechanism(const struct dossier *dossier, struct arena *arena, struct evidence *out, struct err *err) MUST_CHECK;
/* The digest that a memo of this kind is bound to. */
enum err_kind evidence_of_memo(const struct dossier *dossier, enum memo_kind kind, struct arena *arena, struct digest *out, struct err *err) MUST_CHECK;
/* Which entries of `now` rest on facts after `seq`, as sentences "answer DAT-1 changed by jane (fact 41)": what changed since an approval made at that place. */
enum err_kind evidence_since(const struct evidence *now, int64_t seq, struct arena *arena, struct texts *out, struct err *err) MUST_CHECK;

/* The draft of a kind that may be signed now: a NO-GO, or a GO without open items over the present evidence (MEM-2, APR-3).  NULL: there is none. */
enum err_kind evidence_signable_draft(const struct dossier *dossier, enum memo_kind kind, struct arena *arena, const struct memo_entry **out,
				      struct err *err) MUST_CHECK;

#endif
