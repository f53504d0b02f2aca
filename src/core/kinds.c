#include <config.h>

#include <string.h>

#include <gonogo/core/fold.h>
#include <gonogo/core/kinds.h>
#include <gonogo/core/permit.h>

static const struct word words_key_op[] = { { 0, "add", "added" }, { 1, "retire", "retired" }, { 2, "revoke", "revoked" },
					    { 3, "compromise", "declared compromised" }, { 0, NULL, NULL } };
static const struct word words_role_op[] = { { 1, "grant", "granted" }, { 0, "revoke", "revoked" }, { 0, NULL, NULL } };
static const struct word words_consent_op[] = { { 1, "given", "gave" }, { 0, "withdrawn", "withdrew" }, { 0, NULL, NULL } };
static const struct word words_on_off[] = { { 1, "on", "on" }, { 0, "off", "off" }, { 0, NULL, NULL } };
/* A promotion of a release that stands in no channel is for the gate to refuse. */
static const struct word words_left[] = { { CHANNEL_NONE, "none", "none" }, { CHANNEL_DEV, "dev", "dev" }, { CHANNEL_EXPERIMENTAL, "experimental", "experimental" },
					  { CHANNEL_CANDIDATE, "candidate", "candidate" }, { CHANNEL_STABLE, "stable", "stable" }, { 0, NULL, NULL } };
static const struct word words_step[] = { { STEP_DONE, "done", "done" }, { STEP_SKIPPED, "skipped", "skipped" }, { 0, NULL, NULL } };

#define FIELDS(...) (const struct field[]){ __VA_ARGS__, { NULL, FIELD_LINE, false, NULL } }
#define MUST(key, type) { key, type, true, NULL }
#define MAY(key, type) { key, type, false, NULL }
#define WORD(key, table) { key, FIELD_WORD, true, table }

#define LEAD ROLE_DEV_LEAD
#define QA ROLE_QA
#define OWNER ROLE_SYSTEM_OWNER
#define OPERATOR ROLE_OPERATOR

static bool gives_consent(const struct json_object *body)
{
	return strcmp(body_text(body, "op"), "given") == 0;
}

/* Back to the standard track is the direction of exposure. */
static bool joins_standard(const struct json_object *body)
{
	return strcmp(body_text(body, "track"), "standard") == 0;
}

const struct fact_kind kinds[] = {
	{ .name = "ledger.opened", .sentence = "opened the ledger", .scope = SCOPE_LEDGER, .payload = PAYLOAD_FACT,
	  .fields = FIELDS(MUST("ledger", FIELD_LINE), MUST("person", FIELD_PERSON), MUST("name", FIELD_NAME), MAY("login", FIELD_NAME),
			   MUST("key", FIELD_MEMO), MUST("demo", FIELD_INT)),
	  .permit = permit_ledger_opened, .fold = fold_ledger_opened },
	{ .name = "ledger.restored", .sentence = "restored the ledger from a copy: {reason}", .scope = SCOPE_LEDGER, .who = OWNER, .payload = PAYLOAD_FACT,
	  .fields = FIELDS(MUST("size", FIELD_INT), MUST("head", FIELD_DIGEST), MUST("reason", FIELD_LONG)), .permit = permit_ledger_restored,
	  .fold = fold_ledger_restored },
	{ .name = "person.added", .sentence = "enrolled {person}, {name}", .scope = SCOPE_LEDGER, .who = OWNER, .payload = PAYLOAD_FACT,
	  .fields = FIELDS(MUST("person", FIELD_PERSON), MUST("name", FIELD_NAME), MAY("login", FIELD_NAME), MUST("roles", FIELD_LINES),
			   MUST("key", FIELD_MEMO)),
	  .permit = permit_person_added, .fold = fold_person_added },
	{ .name = "person.role", .sentence = "changed a role of {person}: {op} {role}", .scope = SCOPE_LEDGER, .who = OWNER, .payload = PAYLOAD_FACT,
	  .fields = FIELDS(MUST("person", FIELD_PERSON), WORD("role", words_role), WORD("op", words_role_op)), .permit = permit_person_role,
	  .fold = fold_person_role },
	{ .name = "person.key", .sentence = "changed a key of {person}: {op}", .scope = SCOPE_LEDGER, .who = OWNER, .payload = PAYLOAD_FACT,
	  .fields = FIELDS(MUST("person", FIELD_PERSON), MUST("key", FIELD_MEMO), WORD("op", words_key_op), MAY("from", FIELD_INSTANT)),
	  .permit = permit_person_key, .fold = fold_person_key },
	{ .name = "component.added", .sentence = "enrolled component {component}", .scope = SCOPE_LEDGER, .who = OWNER, .payload = PAYLOAD_FACT,
	  .fields = FIELDS(MUST("component", FIELD_PERSON), MUST("key", FIELD_MEMO)), .permit = permit_component_added, .fold = fold_component_added },
	{ .name = "tenant.added", .sentence = "registered tenant {tenant}, {name}", .scope = SCOPE_TENANT, .who = OWNER | LEAD | OPERATOR,
	  .payload = PAYLOAD_FACT,
	  .fields = FIELDS(MUST("name", FIELD_NAME), WORD("kind", words_tenant_kind), WORD("track", words_tenant_track)),
	  .permit = permit_tenant_added, .fold = fold_tenant_added },
	{ .name = "tenant.consent", .sentence = "recorded consent of {tenant}: {op}", .scope = SCOPE_TENANT, .who = OWNER | LEAD | OPERATOR,
	  .signs = gives_consent,
	  .fields = FIELDS(WORD("op", words_consent_op), MAY("for", FIELD_ID), MAY("method", FIELD_LINE), MAY("evidence", FIELD_LINE)),
	  .permit = permit_tenant_consent, .fold = fold_tenant_consent },
	{ .name = "tenant.opted_out", .sentence = "opted {tenant} out of {channel}", .scope = SCOPE_TENANT, .who = OWNER | LEAD | OPERATOR,
	  .fields = FIELDS(WORD("channel", words_channel)), .permit = permit_tenant_opted_out, .fold = fold_tenant_opted_out },
	{ .name = "tenant.tracked", .sentence = "put {tenant} on the track {track}", .scope = SCOPE_TENANT, .who = OWNER | LEAD | OPERATOR,
	  .signs = joins_standard, .fields = FIELDS(WORD("track", words_tenant_track)), .permit = permit_tenant_tracked, .fold = fold_tenant_tracked },
	{ .name = "policy.adopted", .sentence = "adopted the policy {name}", .scope = SCOPE_LEDGER, .who = OWNER, .payload = PAYLOAD_FACT,
	  .fields = FIELDS(MUST("text", FIELD_MEMO), MUST("name", FIELD_NAME)), .permit = permit_policy_adopted, .fold = fold_policy_adopted },

	{ .name = "clock.jumped", .sentence = "saw the clock jump {by_s} seconds forward", .scope = SCOPE_LEDGER, .who = ROLE_ANY, .component = true,
	  .fields = FIELDS(MUST("by_s", FIELD_INT), MUST("boot", FIELD_NAME)), .fold = fold_clock_jumped },
	{ .name = "release.registered", .sentence = "recorded the manifest of {release}", .scope = SCOPE_RELEASE, .who = LEAD | OWNER,
	  .fields = FIELDS(WORD("class", words_class), MAY("description", FIELD_LINE), MAY("files", FIELD_LINES), MAY("data_changes", FIELD_LINE),
			   MAY("kill_switch", FIELD_LINE), MAY("flag", FIELD_LINE), MAY("revert", FIELD_LINE), MAY("supersedes", FIELD_ID)),
	  .permit = permit_release_registered, .fold = fold_release_registered },
	{ .name = "release.classified", .sentence = "classified {release}: {class}", .scope = SCOPE_RELEASE, .who = LEAD | OWNER,
	  .fields = FIELDS(WORD("class", words_class)), .permit = permit_release_classified, .fold = fold_release_classified },
	{ .name = "release.promoted", .sentence = "promoted {release} to {to}", .scope = SCOPE_RELEASE, .who = LEAD | OWNER | OPERATOR,
	  .payload = PAYLOAD_FACT,
	  .fields = FIELDS(WORD("from", words_left), WORD("to", words_channel), MUST("evidence", FIELD_DIGEST), MUST("approvals", FIELD_INTS),
			   MAY("memo", FIELD_LINE), MAY("supersedes", FIELD_ID)),
	  .permit = permit_release_promoted, .fold = fold_release_promoted },
	{ .name = "release.withdrawn", .sentence = "withdrew {release}: {reason}", .scope = SCOPE_RELEASE, .who = LEAD | OWNER,
	  .fields = FIELDS(MUST("reason", FIELD_LONG)), .permit = permit_release_withdrawn, .fold = fold_release_withdrawn },

	{ .name = "plan.saved", .sentence = "saved the exposure plan of {release}", .scope = SCOPE_RELEASE, .who = LEAD | OWNER,
	  .fields = FIELDS(WORD("class", words_class), MAY("tenants", FIELD_LINES), MAY("opt_in", FIELD_LINE), MAY("start", FIELD_INSTANT),
			   MAY("min_s", FIELD_INT), MAY("max_s", FIELD_INT), MAY("criteria", FIELD_LINES), MAY("owner", FIELD_LINE),
			   MAY("claim", FIELD_LINE)),
	  .permit = permit_plan_saved, .fold = fold_plan_saved },
	{ .name = "plan.approved", .sentence = "approved the exposure plan of {release}", .scope = SCOPE_RELEASE, .who = LEAD | OWNER,
	  .payload = PAYLOAD_FACT, .fields = FIELDS(MUST("plan", FIELD_INT)), .permit = permit_plan_approved, .fold = fold_plan_approved },
	{ .name = "answer.given", .sentence = "answered {rule} of {release}: {value}", .scope = SCOPE_RELEASE, .who = LEAD | QA,
	  .fields = FIELDS(MUST("rule", FIELD_NAME), WORD("value", words_answer), MAY("note", FIELD_LONG), MAY("evidence", FIELD_LINE),
			   MAY("question", FIELD_DIGEST)),
	  .permit = permit_answer_given, .fold = fold_answer_given },
	{ .name = "stop.raised", .sentence = "raised {stop} of {release}: {reason}", .scope = SCOPE_RELEASE, .who = ROLE_ANY, .while_rolling_back = true,
	  .fields = FIELDS(MUST("stop", FIELD_NAME), MUST("reason", FIELD_LONG)), .permit = permit_stop_raised, .fold = fold_stop_raised },
	{ .name = "stop.cleared", .sentence = "cleared {stop} of {release}: {reason}", .scope = SCOPE_RELEASE, .who = LEAD | OWNER,
	  .while_rolling_back = true, .payload = PAYLOAD_FACT, .fields = FIELDS(MUST("stop", FIELD_NAME), MUST("reason", FIELD_LONG)),
	  .permit = permit_stop_cleared, .fold = fold_stop_cleared },
	{ .name = "risk.accepted", .sentence = "accepted a risk of {release}: {risk}", .scope = SCOPE_RELEASE, .who = OWNER, .payload = PAYLOAD_FACT,
	  .fields = FIELDS(MUST("risk", FIELD_LINE), MUST("rationale", FIELD_LINE)), .permit = permit_risk_accepted, .fold = fold_risk_accepted },
	{ .name = "risk.withdrawn", .sentence = "withdrew the acceptance of a risk of {release}: {reason}", .scope = SCOPE_RELEASE, .who = OWNER,
	  .fields = FIELDS(MUST("risk", FIELD_INT), MUST("reason", FIELD_LONG)), .permit = permit_risk_withdrawn, .fold = fold_risk_withdrawn },

	{ .name = "switch.defined", .sentence = "defined the kill switch of {release}: {flag}", .scope = SCOPE_RELEASE, .who = LEAD | OWNER,
	  .fields = FIELDS(MUST("flag", FIELD_LINE), MUST("default", FIELD_LINE), MAY("enabled_for", FIELD_LINE), MAY("activation", FIELD_LINE),
			   MAY("claim", FIELD_LINE)),
	  .permit = permit_switch_defined, .fold = fold_switch_defined },
	{ .name = "switch.bound", .sentence = "bound the kill switch of {release} to {provider} {place}", .scope = SCOPE_RELEASE, .who = LEAD | OPERATOR,
	  .fields = FIELDS(MUST("provider", FIELD_NAME), MUST("place", FIELD_LINE), MAY("args", FIELD_LINES)), .permit = permit_switch_bound,
	  .fold = fold_switch_bound },
	{ .name = "switch.tested", .sentence = "tested the kill switch of {release} in {environment}: {result}", .scope = SCOPE_RELEASE,
	  .who = LEAD | QA | OPERATOR, .while_rolling_back = true,
	  .fields = FIELDS(MUST("environment", FIELD_NAME), WORD("result", words_result), MUST("definition", FIELD_INT), MUST("note", FIELD_LONG),
			   MAY("evidence", FIELD_LINE), MAY("took_ms", FIELD_INT), MAY("proven", FIELD_DIGEST)),
	  .permit = permit_switch_tested, .fold = fold_switch_tested },
	{ .name = "switch.killed", .sentence = "killed {release}: {reason}", .scope = SCOPE_ANY, .who = ROLE_ANY, .while_rolling_back = true,
	  .fields = FIELDS(MUST("tenants", FIELD_LINES), MUST("reason", FIELD_LONG)), .permit = permit_switch_killed, .fold = fold_switch_killed },
	{ .name = "switch.approved", .sentence = "approved restoring {release} as {role}", .scope = SCOPE_RELEASE, .who = ROLE_ANY,
	  .payload = PAYLOAD_FACT, .fields = FIELDS(WORD("role", words_role), MUST("reason", FIELD_LONG)),
	  .permit = permit_switch_approved, .fold = fold_switch_approved },
	{ .name = "switch.restored", .sentence = "restored {release}: {reason}", .scope = SCOPE_ANY, .who = LEAD | OWNER | OPERATOR,
	  .payload = PAYLOAD_FACT, .fields = FIELDS(MUST("tenants", FIELD_LINES), MUST("reason", FIELD_LONG), MUST("approvals", FIELD_INTS)),
	  .permit = permit_switch_restored, .fold = fold_switch_restored },
	{ .name = "switch.confirmed", .sentence = "confirmed {release} {state} for {tenant}", .scope = SCOPE_ANY, .who = ROLE_ANY, .component = true,
	  .while_rolling_back = true, .fields = FIELDS(WORD("state", words_on_off)), .permit = permit_switch_confirmed,
	  .fold = fold_switch_confirmed },
	{ .name = "switch.observed", .sentence = "observed {release} {state} for {tenant}", .scope = SCOPE_ANY, .component = true,
	  .while_rolling_back = true, .fields = FIELDS(WORD("state", words_on_off), MUST("source", FIELD_LINE)),
	  .permit = permit_switch_observed, .fold = fold_switch_observed },
	{ .name = "switch.written", .sentence = "wrote the switch of {release} in {place}, {op}: {state}", .scope = SCOPE_RELEASE, .who = ROLE_ANY, .component = true,
	  .while_final = true, .while_rolling_back = true,
	  .fields = FIELDS(WORD("op", words_switch_op), WORD("state", words_write_state), MUST("place", FIELD_LINE), MAY("kept", FIELD_MEMO), MAY("left", FIELD_DIGEST),
			   MAY("reason", FIELD_LONG)),
	  .permit = permit_switch_written, .fold = fold_switch_written },
	{ .name = "switch.found", .sentence = "found the switch of {release} {state} in {place}", .scope = SCOPE_RELEASE, .who = ROLE_ANY, .component = true,
	  .while_final = true, .while_rolling_back = true,
	  .fields = FIELDS(WORD("state", words_switch_state), MUST("place", FIELD_LINE), MAY("reason", FIELD_LONG), MAY("definition", FIELD_DIGEST)),
	  .permit = permit_switch_found, .fold = fold_switch_found },

	{ .name = "rollback.planned", .sentence = "saved the rollback plan of {release}", .scope = SCOPE_RELEASE, .who = LEAD | OWNER,
	  .fields = FIELDS(MAY("triggers", FIELD_LINES), MAY("steps", FIELD_LINES), MAY("checks", FIELD_LINES), MAY("communication", FIELD_LINES),
			   MAY("recovery", FIELD_LINE), MAY("restore", FIELD_LINE), MAY("owner", FIELD_LINE)),
	  .permit = permit_rollback_planned, .fold = fold_rollback_planned },
	{ .name = "rollback.rehearsed", .sentence = "rehearsed the rollback of {release}: {result}", .scope = SCOPE_RELEASE, .who = LEAD | QA | OPERATOR,
	  .fields = FIELDS(WORD("result", words_result), MUST("plan", FIELD_INT), MAY("note", FIELD_LONG), MAY("evidence", FIELD_LINE)),
	  .permit = permit_rollback_rehearsed, .fold = fold_rollback_rehearsed },
	{ .name = "rollback.approved", .sentence = "approved rolling back {release}", .scope = SCOPE_RELEASE, .who = OWNER, .payload = PAYLOAD_FACT,
	  .fields = FIELDS(MAY("incident", FIELD_NAME)), .permit = permit_rollback_approved, .fold = fold_rollback_approved },
	{ .name = "rollback.started", .sentence = "started rolling back {release}: {reason}", .scope = SCOPE_RELEASE, .who = LEAD | OWNER | OPERATOR,
	  .fields = FIELDS(MUST("reason", FIELD_LONG), MAY("incident", FIELD_NAME)), .permit = permit_rollback_started, .fold = fold_rollback_started },
	{ .name = "rollback.step", .sentence = "recorded step {n} of rolling back {release}: {state}", .scope = SCOPE_RELEASE,
	  .who = LEAD | OWNER | OPERATOR, .while_rolling_back = true,
	  .fields = FIELDS(MUST("n", FIELD_INT), WORD("state", words_step), MAY("note", FIELD_LONG)), .permit = permit_rollback_step,
	  .fold = fold_rollback_step },
	{ .name = "rollback.notified", .sentence = "recorded who was told of rolling back {release}", .scope = SCOPE_RELEASE,
	  .who = LEAD | OWNER | OPERATOR, .while_rolling_back = true, .fields = FIELDS(MUST("people", FIELD_LINES)),
	  .permit = permit_rollback_notified, .fold = fold_rollback_notified },
	{ .name = "rollback.finished", .sentence = "verified rolling back {release}: {verification}", .scope = SCOPE_RELEASE,
	  .who = LEAD | OWNER | OPERATOR, .while_rolling_back = true, .payload = PAYLOAD_FACT,
	  .fields = FIELDS(WORD("verification", words_result), MUST("note", FIELD_LONG)), .permit = permit_rollback_finished,
	  .fold = fold_rollback_finished },

	{ .name = "incident.opened", .sentence = "opened {incident}, SEV-{severity}: {summary}", .scope = SCOPE_ANY, .who = ROLE_ANY, .component = true,
	  .while_final = true, .while_rolling_back = true,
	  .fields = FIELDS(MUST("incident", FIELD_NAME), MUST("severity", FIELD_INT), MUST("summary", FIELD_LINE), MUST("cross_tenant", FIELD_INT),
			   MAY("tenants", FIELD_LINES), MAY("releases", FIELD_LINES)),
	  .permit = permit_incident_opened, .fold = fold_incident_opened },
	{ .name = "incident.regraded", .sentence = "regraded {incident} to SEV-{severity}: {reason}", .scope = SCOPE_ANY, .who = ROLE_ANY,
	  .while_final = true, .while_rolling_back = true,
	  .fields = FIELDS(MUST("incident", FIELD_NAME), MUST("severity", FIELD_INT), MUST("reason", FIELD_LONG)), .permit = permit_incident_regraded,
	  .fold = fold_incident_regraded },
	{ .name = "incident.resolved", .sentence = "resolved {incident}: {resolution}", .scope = SCOPE_ANY, .who = LEAD | OWNER, .while_final = true,
	  .while_rolling_back = true, .fields = FIELDS(MUST("incident", FIELD_NAME), MUST("resolution", FIELD_LONG)),
	  .permit = permit_incident_resolved, .fold = fold_incident_resolved },
	{ .name = "incident.evaluated", .sentence = "evaluated rolling back {release}: {decision}", .scope = SCOPE_RELEASE, .who = LEAD | OWNER,
	  .payload = PAYLOAD_FACT,
	  .fields = FIELDS(MAY("incidents", FIELD_LINES), WORD("decision", words_evaluation), MUST("rationale", FIELD_LONG)),
	  .permit = permit_incident_evaluated, .fold = fold_incident_evaluated },

	{ .name = "approval.given", .sentence = "approved promoting {release} to {to} as {role}", .scope = SCOPE_RELEASE, .who = ROLE_ANY,
	  .payload = PAYLOAD_FACT,
	  .fields = FIELDS(WORD("to", words_channel), WORD("role", words_role), MUST("evidence", FIELD_DIGEST), MUST("class_evidence", FIELD_DIGEST),
			   MUST("policy", FIELD_NAME), MUST("class_only", FIELD_INT), MAY("note", FIELD_LONG)),
	  .permit = permit_approval_given, .fold = fold_approval_given },
	{ .name = "approval.withdrawn", .sentence = "withdrew an approval of {release}: {reason}", .scope = SCOPE_RELEASE,
	  .while_rolling_back = true, .fields = FIELDS(MUST("approval", FIELD_INT), MUST("reason", FIELD_LONG)), .permit = permit_approval_withdrawn,
	  .fold = fold_approval_withdrawn },
	{ .name = "memo.drafted", .sentence = "drafted memo {memo}: {decision}", .scope = SCOPE_RELEASE, .who = LEAD | OWNER,
	  .fields = FIELDS(MUST("memo", FIELD_LINE), MUST("version", FIELD_INT), WORD("kind", words_memo_kind), WORD("decision", words_decision),
			   MUST("text", FIELD_MEMO), MUST("evidence", FIELD_DIGEST), MUST("system_owner", FIELD_PERSON), MAY("dev_lead", FIELD_PERSON),
			   MUST("open_items", FIELD_INT)),
	  .permit = permit_memo_drafted, .fold = fold_memo_drafted },
	{ .name = "memo.signed", .sentence = "signed memo {memo} as {role}", .scope = SCOPE_RELEASE, .who = LEAD | OWNER, .payload = PAYLOAD_MEMO,
	  .fields = FIELDS(MUST("memo", FIELD_LINE), WORD("role", words_role)), .permit = permit_memo_signed, .fold = fold_memo_signed },
};
const size_t kind_count = sizeof kinds / sizeof *kinds;

const struct fact_kind *kind_find(const char *name)
{
	for (size_t i = 0; i < kind_count; i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

bool kind_must_sign(const struct fact_kind *kind, const struct json_object *body)
{
	return kind->payload != PAYLOAD_UNSIGNED || (kind->signs && kind->signs(body));
}
