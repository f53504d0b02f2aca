#ifndef GONOGO_CLI_FAMILIES_H
#define GONOGO_CLI_FAMILIES_H
/* The functions behind the rows of the command table, a file per family; and how an answer is written. */
#include <gonogo/app/uses.h>
#include <gonogo/cli/cli.h>

#define RUN(name) enum err_kind name(struct session *s, struct invocation *in, int *answer, struct err *err)
RUN(run_init); RUN(run_demo); RUN(run_export); RUN(run_log); RUN(run_verify); RUN(run_checkpoint); RUN(run_status); RUN(run_calendar); RUN(run_rules); RUN(run_help); RUN(run_version);
RUN(run_person_add); RUN(run_person_list); RUN(run_person_role); RUN(run_person_key); RUN(run_component_add);
RUN(run_tenant_add); RUN(run_tenant_list); RUN(run_tenant_consent); RUN(run_tenant_opt_out); RUN(run_tenant_track);
RUN(run_import); RUN(run_release_list); RUN(run_release_show); RUN(run_release_new); RUN(run_release_classify); RUN(run_release_copy);
RUN(run_release_withdraw);
RUN(run_answer); RUN(run_stop); RUN(run_plan_approve); RUN(run_accept_risk); RUN(run_check); RUN(run_approve); RUN(run_promote); RUN(run_allowed); RUN(run_walk);
RUN(run_memo_draft); RUN(run_memo_sign); RUN(run_memo_show); RUN(run_memo_export); RUN(run_memo_list); RUN(run_memo_compare);
RUN(run_switch_list); RUN(run_switch_show); RUN(run_switch_test); RUN(run_switch_kill); RUN(run_switch_approve); RUN(run_switch_restore);
RUN(run_switch_confirm); RUN(run_switch_bind); RUN(run_switch_observe); RUN(run_switch_watch);
RUN(run_incident_open); RUN(run_incident_regrade); RUN(run_incident_resolve); RUN(run_incident_evaluate); RUN(run_incident_list);
RUN(run_rollback_approve); RUN(run_rollback_start); RUN(run_rollback_step); RUN(run_rollback_notify); RUN(run_rollback_finish);
RUN(run_rollback_rehearse); RUN(run_policy_show); RUN(run_policy_check); RUN(run_policy_adopt);

/* What is served otherwise than the record allows, a line each, for every switch that is bound. */
enum err_kind out_drift(struct session *s, struct invocation *in, struct err *err) MUST_CHECK;

/* The sentence of an act, and its checkpoint line. */
void out_outcome(struct invocation *in, const struct outcome *outcome);
/* The end of every act: writes the outcome unless it failed, and passes the failure on. */
enum err_kind out_done(struct invocation *in, enum err_kind failed, const struct outcome *outcome);
/* Writes what there is so far to standard output, encoded, and empties it. */
void out_flush(struct invocation *in);
/* The writer of this run's one JSON object, opened with "schema"; out_json_end closes it. */
struct json_writer out_json(struct invocation *in);
void out_json_end(struct invocation *in, struct json_writer *w);
void out_json_time(struct json_writer *w, const char *key, instant at); /* WHEN_NONE: null */
void out_json_texts(struct json_writer *w, const char *key, struct texts texts);
void out_json_roles(struct json_writer *w, const char *key, role_set roles);

#endif
