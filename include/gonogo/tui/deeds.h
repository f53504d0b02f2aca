#ifndef GONOGO_TUI_DEEDS_H
#define GONOGO_TUI_DEEDS_H
/* What the rows of the table of actions do when an act is recorded: from the fields to the use case.  Each decides nothing: app and core do. */
#include <gonogo/tui/actions.h>

#define DEED(name) enum err_kind name(const struct act_in *in, const struct form *form, struct outcome *out, struct err *err)
DEED(deed_answer); DEED(deed_stop); DEED(deed_classify); DEED(deed_plan_approve); DEED(deed_consent); DEED(deed_rehearse);
DEED(deed_approve); DEED(deed_promote); DEED(deed_memo_draft); DEED(deed_memo_sign); DEED(deed_risk); DEED(deed_evaluate);
DEED(deed_plan); DEED(deed_switch); DEED(deed_rollback_plan); DEED(deed_manifest); DEED(deed_copy); DEED(deed_withdraw);
DEED(deed_stop_raise); DEED(deed_stop_clear); DEED(deed_incident); DEED(deed_resolve); DEED(deed_import); DEED(deed_export); DEED(deed_log_export);

/* Of tenants (deeds_tenants.c). */
DEED(deed_tenant_add); DEED(deed_consent_withdraw); DEED(deed_opt_out); DEED(deed_track);

/* Of kill switches (deeds_switches.c). */
DEED(deed_kill); DEED(deed_switch_restore); DEED(deed_switch_approve); DEED(deed_switch_test); DEED(deed_switch_drill); DEED(deed_switch_confirm);
DEED(deed_switch_bind); DEED(deed_switch_observe);

/* Of incidents and rollbacks (deeds_incidents.c). */
DEED(deed_incident_open); DEED(deed_regrade); DEED(deed_rollback_approve); DEED(deed_rollback_start); DEED(deed_rollback_step);
DEED(deed_rollback_notify); DEED(deed_rollback_finish);

#define DESCRIBE(name) void name(const struct act_in *in, struct buf *out)
DESCRIBE(describe_plan); DESCRIBE(describe_gate); DESCRIBE(describe_memo); DESCRIBE(describe_draft); DESCRIBE(describe_stop); DESCRIBE(describe_halt);
DESCRIBE(describe_risk); DESCRIBE(describe_incident); DESCRIBE(describe_plan_edit); DESCRIBE(describe_switch_edit); DESCRIBE(describe_rollback_edit);
DESCRIBE(describe_manifest_edit); DESCRIBE(describe_copy); DESCRIBE(describe_withdraw);

DESCRIBE(describe_consent); DESCRIBE(describe_consent_withdraw); DESCRIBE(describe_opt_out); DESCRIBE(describe_track);

DESCRIBE(describe_kill); DESCRIBE(describe_drill); DESCRIBE(describe_bind); DESCRIBE(describe_observe);

DESCRIBE(describe_rollback); DESCRIBE(describe_step); DESCRIBE(describe_communication); DESCRIBE(describe_checks); DESCRIBE(describe_log_export);

#define PREFILL(name) void name(const struct act_in *in, struct form *form)
PREFILL(prefill_consent); PREFILL(prefill_switch_test); PREFILL(prefill_approve); PREFILL(prefill_memo_sign); PREFILL(prefill_memo_draft);
PREFILL(prefill_switch_approve); PREFILL(prefill_resolve); PREFILL(prefill_export); PREFILL(prefill_log_export); PREFILL(prefill_incident); PREFILL(prefill_plan); PREFILL(prefill_switch);
PREFILL(prefill_rollback_plan); PREFILL(prefill_manifest);

/* All that is wrong or missing as the fields stand. */
#define PROBLEMS(name) void name(const struct act_in *in, const struct form *form, struct form_problems *out)
PROBLEMS(problems_plan); PROBLEMS(problems_switch); PROBLEMS(problems_rollback_plan); PROBLEMS(problems_manifest); PROBLEMS(problems_copy); PROBLEMS(problems_memo_draft);

/* How what was typed is understood. */
#define ECHO(name) void name(const struct act_in *in, const struct form *form, struct buf *out)
ECHO(echo_start); ECHO(echo_minimum); ECHO(echo_maximum); ECHO(echo_owner); ECHO(echo_restore);

/* Every tenant, why those who may not stand in a plan may not (PLN-3). */
enum err_kind options_tenants(const struct act_in *in, struct arena *arena, struct form_options *out, struct err *err);
/* Every tenant by itself, and with "*" all of them where that may be meant: to kill, to restore (those that are killed), to confirm. */
enum err_kind options_to_kill(const struct act_in *in, struct arena *arena, struct form_options *out, struct err *err) MUST_CHECK;
enum err_kind options_to_restore(const struct act_in *in, struct arena *arena, struct form_options *out, struct err *err) MUST_CHECK;
enum err_kind options_to_confirm(const struct act_in *in, struct arena *arena, struct form_options *out, struct err *err) MUST_CHECK;

PREFILL(prefill_kill); PREFILL(prefill_restore); PREFILL(prefill_confirm); PREFILL(prefill_bind);

/* The holders of a role, by id and shown by name, to choose from (APR-3). */
enum err_kind options_system_owners(const struct act_in *in, struct arena *arena, struct form_options *out, struct err *err);
enum err_kind options_dev_leads(const struct act_in *in, struct arena *arena, struct form_options *out, struct err *err);
/* The enrolled person whose id or name begins so. */
void complete_person(const struct act_in *in, const char *typed, struct buf *out);

PREFILL(prefill_incident_open); PREFILL(prefill_rollback); PREFILL(prefill_step);

/* May it be done now, beyond authority?  The sentence says why not. */
#define READY(name) enum err_kind name(const struct act_in *in, struct err *err)
READY(ready_walk);
READY(ready_promote); READY(ready_approve); READY(ready_memo); READY(ready_memo_sign); READY(ready_export); READY(ready_plan);
READY(ready_manifest); READY(ready_copy); READY(ready_withdraw);
READY(ready_kill); READY(ready_restore); READY(ready_switch); READY(ready_live); READY(ready_drill);
READY(ready_answer); READY(ready_stop);
READY(ready_tenant); READY(ready_incident); READY(ready_halt); READY(ready_rollback); READY(ready_run); READY(ready_step);

/* What was filled in, or NULL: what was left empty was not given. */
const char *deeds_given(const struct form *form, const char *name);
/* The value of a choice; ERR_USAGE asks for `what`. */
enum err_kind deeds_chosen(const struct form *form, const char *name, const char *what, int *value, struct err *err) MUST_CHECK;
/* The words of `text` in `arena`, however many there are. */
enum err_kind deeds_words(const char *text, struct arena *arena, struct texts *out, struct err *err) MUST_CHECK;
/* The people of the register, to pick from. */
enum err_kind deeds_people(const struct act_in *in, struct arena *arena, struct form_options *out, struct err *err) MUST_CHECK;

/* The first incident of the release that is not resolved, or NULL. */
const struct incident *deeds_open_incident(const struct dossier *dossier);

/* The kind of memo that settles a rule. */
enum memo_kind deeds_memo_kind(const char *rule);
/* The memo that is to be signed: the one selected or open, else that of the question, else the only one that waits; NULL: none, or it has to be asked. */
const char *about_memo(const struct act_in *in);

/* What the button is called that records it. */
#define BUTTON(name) void name(const struct act_in *in, struct buf *out)
BUTTON(button_memo);

/* Closed vocabularies of these fields alone. */
extern const struct word words_risks[], words_stop_op[], words_yes[], words_severity[], words_step_end[], words_provider[], words_on_off[];

#endif
