#ifndef GONOGO_CORE_LACK_H
#define GONOGO_CORE_LACK_H
/*
 * What a document lacks, all of it at once and each with the field that it concerns.  The judges of CLS-1, CLS-5, PLN-1, PLN-3, KSW-1 and RBP-1 say it
 * in one sentence each; a form says it beside the field.  Asked of a dossier: to ask about a document that nobody has saved yet, put it into a copy.
 */
#include <gonogo/core/dossier.h>

struct lack {
	const char *rule;   /* "PLN-1" */
	const char *kind;   /* of the fact that would settle it: "plan.saved" */
	const char *field;  /* of its body: "opt_in" */
	const char *phrase; /* "an opt-in method", or a whole clause where the rule is PLN-3 or CLS-1 */
};
struct lacks { struct arena *arena; struct lack *items; size_t count, room; };

/* Each adds to `out`; ERR_SYSTEM for want of memory alone. */
enum err_kind lacks_class(const struct dossier *dossier, struct lacks *out) MUST_CHECK;          /* CLS-1 */
enum err_kind lacks_class_rollback(const struct dossier *dossier, struct lacks *out) MUST_CHECK; /* CLS-5 */
enum err_kind lacks_plan(const struct dossier *dossier, struct lacks *out) MUST_CHECK;           /* PLN-1 */
enum err_kind lacks_plan_tenants(const struct dossier *dossier, struct lacks *out) MUST_CHECK;   /* PLN-3 */
enum err_kind lacks_switch(const struct dossier *dossier, struct lacks *out) MUST_CHECK;         /* KSW-1 */
enum err_kind lacks_rollback(const struct dossier *dossier, struct lacks *out) MUST_CHECK;       /* RBP-1 */
/* What that rule misses; nothing for a rule that is not one of these. */
enum err_kind lacks_rule(const struct dossier *dossier, const char *rule, struct lacks *out) MUST_CHECK;
/* All that concerns the document whose fact is of this kind ("release.registered" is the manifest), whichever rule says it. */
enum err_kind lacks_document(const struct dossier *dossier, const char *kind, struct lacks *out) MUST_CHECK;

/* "An opt-in method is required (PLN-1)." into out[size]. */
const char *lack_sentence(const struct lack *lack, char *out, size_t size);

#endif
