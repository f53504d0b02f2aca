#ifndef GONOGO_CORE_FOLD_H
#define GONOGO_CORE_FOLD_H
/*
 * What each kind of fact does to a dossier: the functions behind the `fold` column of the table of kinds, and what they share.  A fact that contradicts
 * those before it is ERR_INTEGRITY: the write path never lets one in.
 */
#include <gonogo/core/kinds.h>

#define FOLD(name) enum err_kind name(struct dossier *dossier, const struct fact *fact, const struct json_object *body, struct err *err)
FOLD(fold_ledger_opened); FOLD(fold_ledger_restored); FOLD(fold_person_added); FOLD(fold_person_role); FOLD(fold_person_key); FOLD(fold_component_added);
FOLD(fold_tenant_added); FOLD(fold_tenant_consent); FOLD(fold_tenant_opted_out); FOLD(fold_tenant_tracked); FOLD(fold_policy_adopted);
FOLD(fold_clock_jumped);
FOLD(fold_release_registered); FOLD(fold_release_classified); FOLD(fold_release_promoted); FOLD(fold_release_withdrawn);
FOLD(fold_plan_saved); FOLD(fold_plan_approved); FOLD(fold_answer_given); FOLD(fold_stop_raised); FOLD(fold_stop_cleared);
FOLD(fold_risk_accepted); FOLD(fold_risk_withdrawn);
FOLD(fold_switch_defined); FOLD(fold_switch_bound); FOLD(fold_switch_tested); FOLD(fold_switch_killed); FOLD(fold_switch_approved);
FOLD(fold_switch_restored); FOLD(fold_switch_confirmed); FOLD(fold_switch_observed); FOLD(fold_switch_written); FOLD(fold_switch_found);
FOLD(fold_rollback_planned); FOLD(fold_rollback_rehearsed); FOLD(fold_rollback_approved); FOLD(fold_rollback_started); FOLD(fold_rollback_step);
FOLD(fold_rollback_notified); FOLD(fold_rollback_finished);
FOLD(fold_incident_opened); FOLD(fold_incident_regraded); FOLD(fold_incident_resolved); FOLD(fold_incident_evaluated);
FOLD(fold_approval_given); FOLD(fold_approval_withdrawn); FOLD(fold_memo_drafted); FOLD(fold_memo_signed);

struct source fold_source(const struct fact *fact);
/* ERR_INTEGRITY "Fact N ...": what the sentence says, and what to do. */
enum err_kind fold_refuse(const struct fact *fact, struct err *err, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* HS-n raised by a fact: by hand, by a failed answer, by a cross-tenant incident. */
void fold_raise(struct dossier *dossier, size_t stop, const char *reason, const struct fact *fact);
/* Does a fail of this rule raise a hard stop at once?  *stop is its index from 0. */
bool fold_raises(const char *rule, size_t *stop);
/* A changed manifest or rollback plan voids the assessments given for the earlier text. */
void fold_void_assessments(struct dossier *dossier);
/* A key was taken back: what it signed since it is no longer trusted counts no longer, and what a promotion rested on stands. */
void fold_distrust(struct dossier *dossier, const struct person_key *key, const struct fact *fact);
/* The release is over: every open approval and draft ends (section 0). */
void fold_end_open(struct dossier *dossier);
/* An incident that names tenants and no release concerns this release from the moment on at which it is served to one of them (I-14). */
void fold_concern(struct dossier *dossier, const struct fact *fact);

/* Room for one more in an array of the dossier; the new item is zeroed.  NULL: memory. */
#define FOLD_ROOM(d, items, count, room) \
	(((d)->items = arena_room((d)->arena, (d)->items, (d)->count, &(d)->room, sizeof *(d)->items)) \
		 ? (memset(&(d)->items[(d)->count], 0, sizeof *(d)->items), &(d)->items[(d)->count++]) : NULL)

#endif
