#ifndef GONOGO_CORE_CHECKLIST_H
#define GONOGO_CORE_CHECKLIST_H
/* The checklist of a memo, computed (MEM-2, MEM-6): each item with its figure; nobody can tick it. */
#include <gonogo/core/gate.h>

struct checklist { struct memo_item *items; size_t count; bool is_complete; };

/* Items of a stable memo, from a dossier in candidate (rules of MEM-2; behind them one for each check of the policy), or of a mechanism memo (MEM-6).  Strings in the arena. */
enum err_kind checklist_of(const struct dossier *dossier, const struct policy *policy, enum memo_kind kind, instant now, struct arena *arena,
	struct checklist *out, struct err *err) MUST_CHECK;
/* The same for a judge that stands in the middle of gate_judge: from the findings so far, which hold every rule that an item names. */
enum err_kind checklist_from(const struct gate_in *in, enum memo_kind kind, const struct findings *findings, struct checklist *out) MUST_CHECK;

#endif
