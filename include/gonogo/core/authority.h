#ifndef GONOGO_CORE_AUTHORITY_H
#define GONOGO_CORE_AUTHORITY_H
/*
 * Who may record what (rules, section 11; APR-3, I-5, I-16): one function, asked by the write path inside its transaction, by the screens for
 * greyed entries, and by help.  Order of refusal: what a rule requires and the act lacks (a note, a reason, evidence: ERR_USAGE), and what it names and
 * is not there (ERR_MISSING), before roles and rules (ERR_REFUSED).
 */
#include <gonogo/core/kinds.h>

/* ERR_NONE and *already false: record it.  ERR_NONE and *already true: it would change nothing, record nothing. */
enum err_kind authority_permits(const struct permit_in *in, bool *already, struct err *err) MUST_CHECK;
/* May this person record this kind now as far as can be told without a body (roles, final state, rollback under way)?  For menus. */
enum err_kind authority_may(const struct dossier *dossier, const struct person *actor, const struct fact_kind *kind, struct err *err) MUST_CHECK;
/* RBK-2: the roles in which a rollback of the dossier's release may be started now. */
role_set authority_rollback_roles(const struct dossier *dossier, const struct policy *policy, instant now);
/* Does the actor hold one of them?  ERR_REFUSED says who does. */
enum err_kind authority_rollback(const struct permit_in *in, struct err *err) MUST_CHECK;
/* The roles that CLS-3 asks of a class. */
role_set authority_class_roles(enum release_class class);
/* The roles that APR-1 asks of a transition (to stable: ROLE_SYSTEM_OWNER, given by the memo). */
role_set authority_transition_roles(enum channel to);
/* The roles asked at a transition of the dossier's release: APR-1, and what the policy asks besides. */
role_set authority_asked_roles(const struct dossier *dossier, const struct policy *policy, enum channel to);
/* Is an approval in this role for the class alone?  To stable it is, unless the policy asks the role to approve that transition (I-1, I-6). */
bool authority_is_class_only(const struct dossier *dossier, const struct policy *policy, enum channel to, role_set role);
/* Did this person save the plan or do they own it, and does the policy leave its approval to another (I-6)? */
bool authority_plan_is_of_one(const struct dossier *dossier, const struct policy *policy, const char *person);
/* Can the roles be given to distinct persons out of the approvals (role, person)?  I-5. */
struct holder { enum role role; const char *person; };
bool authority_distinct(role_set roles, const struct holder *holders, size_t count);

#endif
