#ifndef GONOGO_CORE_PERMIT_H
#define GONOGO_CORE_PERMIT_H
/*
 * When an act is permitted, beyond the roles in its kind's row: the functions behind the `permit` column.  Called by authority_permits alone, which has
 * settled that release and tenant exist and that the actor is enrolled, and has the last word on roles, final states and rollbacks under way: only
 * ERR_USAGE and ERR_MISSING come before these (I-16).  ERR_NONE permits; *already says that the act would change nothing.
 */
#include <gonogo/core/kinds.h>

#define PERMIT(name) enum err_kind name(const struct permit_in *in, bool *already, struct err *err)
PERMIT(permit_ledger_opened); PERMIT(permit_ledger_restored); PERMIT(permit_person_added); PERMIT(permit_person_role);
PERMIT(permit_person_key); PERMIT(permit_component_added); PERMIT(permit_tenant_added); PERMIT(permit_tenant_consent);
PERMIT(permit_tenant_opted_out); PERMIT(permit_tenant_tracked); PERMIT(permit_policy_adopted); PERMIT(permit_release_registered);
PERMIT(permit_release_classified); PERMIT(permit_release_promoted); PERMIT(permit_release_withdrawn); PERMIT(permit_plan_saved);
PERMIT(permit_plan_approved); PERMIT(permit_answer_given); PERMIT(permit_stop_raised); PERMIT(permit_stop_cleared);
PERMIT(permit_risk_accepted); PERMIT(permit_risk_withdrawn); PERMIT(permit_switch_defined); PERMIT(permit_switch_bound);
PERMIT(permit_switch_tested); PERMIT(permit_switch_killed); PERMIT(permit_switch_approved); PERMIT(permit_switch_restored);
PERMIT(permit_switch_confirmed); PERMIT(permit_switch_observed); PERMIT(permit_switch_written); PERMIT(permit_switch_found); PERMIT(permit_rollback_planned);
PERMIT(permit_rollback_rehearsed); PERMIT(permit_rollback_approved); PERMIT(permit_rollback_started);
PERMIT(permit_rollback_step); PERMIT(permit_rollback_notified); PERMIT(permit_rollback_finished); PERMIT(permit_incident_opened);
PERMIT(permit_incident_regraded); PERMIT(permit_incident_resolved); PERMIT(permit_incident_evaluated);
PERMIT(permit_approval_given); PERMIT(permit_approval_withdrawn); PERMIT(permit_memo_drafted); PERMIT(permit_memo_signed);

/* What the functions share.  `what` opens the sentence ("the reason"). */
enum err_kind permit_need(const struct permit_in *in, const char *key, const char *what, struct err *err) MUST_CHECK; /* ERR_USAGE when it is missing */
/* The index of "HS-n" from 0; ERR_MISSING. */
enum err_kind permit_stop_index(const struct permit_in *in, size_t *index, struct err *err) MUST_CHECK;

#endif
