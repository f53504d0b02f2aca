#include <config.h>

#include <stdlib.h>
#include <string.h>

#include <gonogo/core/judge.h>

#define LEADS (ROLE_DEV_LEAD | ROLE_SYSTEM_OWNER)
#define TESTERS (ROLE_DEV_LEAD | ROLE_QA)
#define OPERATORS (ROLE_DEV_LEAD | ROLE_QA | ROLE_OPERATOR)
/* What decides when the soak of a channel began. */
#define READS_SOAK (READS_CHANNEL | READS_INCIDENTS | READS_KILLS)
/* An answer settles it; .roles is who may give it. */
#define ATTESTED .how = RULE_ATTESTED, .action = "answer"
#define ANSWERED ATTESTED, .roles = TESTERS, .judge = judge_attested
#define STOP .section = "6", .due = FROM_T1, .how = RULE_DERIVED, .roles = LEADS, .action = "stop", .judge = judge_stop

const struct rule rules[] = {
	{ .id = "CLS-1", .section = "3", .text = "Every release MUST be classified before entering any channel", .due = FROM_T1, .how = RULE_DERIVED,
	  .roles = LEADS, .reads = READS_CLASS | READS_PLAN, .action = "classify", .judge = judge_class_recorded },
	{ .id = "CLS-2", .section = "3", .text = "Classification cannot be changed after promotion begins", .due = DUE_ALWAYS, .how = RULE_DERIVED },
	{ .id = "CLS-3", .section = "3", .text = "The approvals that the class requires are given", .due = FROM_T2, .how = RULE_APPROVAL,
	  .all_roles = true, .reads = READS_CLASS | READS_MANIFEST | READS_SWITCH | READS_ROLLBACK | READS_RISKS | READS_APPROVALS | READS_MEMOS | READS_EVIDENCE,
	  .action = "approve", .judge = judge_class_approved },
	{ .id = "CLS-4", .section = "3", .text = "Mechanism changes require a separate decision memo before entering candidate channel", .due = FROM_T2,
	  .how = RULE_DOCUMENT, .roles = ROLE_SYSTEM_OWNER, .reads = READS_CLASS | READS_MANIFEST | READS_SWITCH | READS_ROLLBACK | READS_RISKS | READS_MEMOS,
	  .action = "memo", .judge = judge_class_memo },
	{ .id = "CLS-5", .section = "3", .text = "The rollback requirement of the class is met", .due = FROM_T1, .how = RULE_DOCUMENT, .roles = LEADS,
	  .reads = READS_CLASS | READS_MANIFEST | READS_ROLLBACK | READS_PEOPLE, .action = "manifest", .judge = judge_class_rollback },
	{ .id = "CLS-6", .section = "3", .text = "The manifest is frozen once promotion has begun; a fix is a new release", .due = DUE_ALWAYS,
	  .how = RULE_DERIVED },

	{ .id = "CHN-1", .section = "4", .text = "Releases progress through channels in order. Skipping channels is forbidden", .due = FROM_T1,
	  .how = RULE_DERIVED, .reads = READS_CHANNEL | READS_RELATION | READS_RUN, .action = "", .judge = judge_channel_order },
	{ .id = "CHN-2", .section = "4", .text = "A release MUST spend minimum duration in each channel before promotion", .due = FROM_T1,
	  .how = RULE_DERIVED, .reads = READS_SOAK | READS_CLASS | READS_PLAN, .action = "", .judge = judge_channel_time },
	{ .id = "CHN-3", .section = "4", .text = "All tests pass, no regressions", .due = ONCE_T1, .due_failed = FROM_T2, .once = true, ATTESTED,
	  .needs_evidence = true, .roles = ROLE_DEV_LEAD, .reads = READS_ANSWERS, .judge = judge_attested },
	{ .id = "CHN-4", .section = "4", .text = "No SEV-1/SEV-2 incidents, positive feedback", .question = "Positive feedback", .due = ONCE_T2,
	  .due_failed = DUE_T3, .once = true, .since = CHANNEL_EXPERIMENTAL, ATTESTED, .roles = TESTERS, .reads = READS_ANSWERS | READS_SOAK,
	  .judge = judge_channel_exit },
	{ .id = "CHN-5", .section = "4", .text = "No incidents, metrics within bounds", .question = "Metrics within bounds", .due = DUE_T3,
	  .since = CHANNEL_CANDIDATE, ATTESTED, .roles = TESTERS, .reads = READS_ANSWERS | READS_SOAK, .judge = judge_channel_exit },
	{ .id = "CHN-6", .section = "4", .text = "Any SEV-1 incident immediately halts promotion and triggers rollback evaluation", .due = FROM_T1,
	  .how = RULE_DERIVED, .reads = READS_INCIDENTS | READS_CLASS | READS_RUN, .action = "evaluate", .judge = judge_channel_halt },
	{ .id = "CHN-7", .section = "4", .text = "A channel serves the tenants that are eligible for it, and no other", .due = DUE_ALWAYS,
	  .how = RULE_DERIVED },
	{ .id = "CHN-8", .section = "4", .text = "Tenants may opt out of experimental but cannot opt out of stable", .due = DUE_ALWAYS, .how = RULE_DERIVED },

	{ .id = "PLN-1", .section = "5", .text = "The Tenant Exposure Plan has every required element", .due = FROM_T1, .how = RULE_DOCUMENT,
	  .roles = LEADS, .reads = READS_PLAN | READS_PEOPLE, .action = "plan", .judge = judge_plan_complete },
	{ .id = "PLN-2", .section = "5", .text = "The Tenant Exposure Plan is approved", .due = FROM_T1, .how = RULE_APPROVAL, .roles = LEADS,
	  .reads = READS_PLAN | READS_PLAN_APPROVAL, .action = "plan-approve", .judge = judge_plan_approved },
	{ .id = "PLN-3", .section = "5", .text = "Every tenant listed in the plan exists and is eligible for experimental", .due = ONCE_T1, .once = true,
	  .how = RULE_DERIVED, .roles = LEADS | ROLE_OPERATOR, .reads = READS_PLAN | READS_TENANTS, .action = "consent", .judge = judge_plan_tenants },
	{ .id = "PLN-4", .section = "5", .text = "Exit criteria: what must be true to promote to candidate", .due = FROM_T2,
	  .since = CHANNEL_EXPERIMENTAL, ATTESTED, .needs_note = true, .roles = TESTERS, .reads = READS_PLAN | READS_ANSWERS | READS_SOAK,
	  .judge = judge_plan_criteria },
	{ .id = "PLN-5", .section = "5", .text = "The experimental period is not past the plan's maximum duration", .due = ONCE_T2, .once = true,
	  .how = RULE_DERIVED, .roles = LEADS, .reads = READS_PLAN | READS_PLAN_APPROVAL | READS_CHANNEL, .action = "plan", .judge = judge_plan_overdue },

	{ .id = "DAT-1", .section = "6", .text = "No cross-tenant data access possible (query isolation verified)", .due = FROM_T2, ANSWERED,
	  .reads = READS_ANSWERS },
	{ .id = "DAT-2", .section = "6", .text = "Tenant ID present in all new database queries", .due = FROM_T2, .may_na = true, ANSWERED,
	  .reads = READS_ANSWERS },
	{ .id = "DAT-3", .section = "6", .text = "No shared mutable state between tenant contexts", .due = FROM_T2, ANSWERED, .reads = READS_ANSWERS },
	{ .id = "DAT-4", .section = "6", .text = "Audit log entries include tenant ID", .due = FROM_T2, ANSWERED, .reads = READS_ANSWERS },
	{ .id = "DAT-5", .section = "6", .text = "Backup and restore procedures unchanged or explicitly updated", .due = FROM_T2, ANSWERED,
	  .reads = READS_ANSWERS },
	{ .id = "DAT-6", .section = "6", .text = "Data migration (if any) is idempotent and reversible", .due = FROM_T2, .may_na = true, ANSWERED,
	  .reads = READS_ANSWERS | READS_MANIFEST },
	{ .id = "DAT-7", .section = "6", .text = "Test tenant data used in dev/experimental is not production data", .due = FROM_T2, ANSWERED,
	  .reads = READS_ANSWERS },

	{ .id = "HS-1", .text = "Unclear release classification", STOP, .reads = READS_STOPS | READS_CLASS | READS_PLAN },
	{ .id = "HS-2", .text = "No rollback path defined", STOP,
	  .reads = READS_STOPS | READS_CLASS | READS_MANIFEST | READS_ROLLBACK | READS_PEOPLE },
	{ .id = "HS-3", .text = "Unknown restore path for affected data", STOP, .reads = READS_STOPS | READS_MANIFEST | READS_ROLLBACK },
	{ .id = "HS-4", .text = "Cross-tenant data access risk identified", STOP, .reads = READS_STOPS },
	{ .id = "HS-5", .text = "Audit logging regression (fewer events logged)", STOP, .reads = READS_STOPS },
	{ .id = "HS-6", .text = "Kill switch not configured", STOP, .reads = READS_STOPS | READS_MANIFEST | READS_SWITCH | READS_FOUND },
	{ .id = "HS-7", .text = "Data migration not reversible", STOP, .reads = READS_STOPS | READS_MANIFEST },

	{ .id = "KSW-1", .section = "7", .text = "Kill switch MUST be documented in release manifest", .due = FROM_T1, .how = RULE_DOCUMENT, .roles = LEADS,
	  .reads = READS_MANIFEST | READS_SWITCH | READS_FOUND, .action = "switch", .judge = judge_switch_documented },
	{ .id = "KSW-2", .section = "7", .text = "Kill switch MUST be configurable without code deployment", .due = FROM_T1, ATTESTED,
	  .roles = ROLE_DEV_LEAD, .reads = READS_ANSWERS, .judge = judge_attested },
	{ .id = "KSW-3", .section = "7", .text = "Kill switch MUST be testable in dev before experimental", .due = FROM_T1, .how = RULE_DERIVED,
	  .roles = OPERATORS, .reads = READS_TESTS | READS_FOUND, .action = "switch-test", .judge = judge_switch_tested },
	{ .id = "KSW-4", .section = "7", .text = "Kill switch activation MUST be logged in audit trail", .due = DUE_ALWAYS, .how = RULE_DERIVED },
	{ .id = "KSW-5", .section = "7", .text = "Kill switch MUST NOT cause data loss or corruption", .due = FROM_T1, ATTESTED, .roles = ROLE_DEV_LEAD,
	  .reads = READS_ANSWERS, .judge = judge_attested },
	{ .id = "KSW-6", .section = "7", .text = "The release is not killed for any tenant", .due = FROM_T1 | DUE_ALWAYS, .how = RULE_DERIVED,
	  .all_roles = true, .reads = READS_KILLS | READS_CLASS, .action = "switch-restore", .judge = judge_switch_killed },

	{ .id = "RBP-1", .section = "7", .text = "The rollback plan has every required element", .due = FROM_T1, .how = RULE_DOCUMENT, .roles = LEADS,
	  .reads = READS_ROLLBACK | READS_MANIFEST | READS_PEOPLE, .action = "rollback-plan", .judge = judge_rollback_complete },
	{ .id = "RBP-2", .section = "7", .text = "Rollback plan documented and tested", .due = DUE_T3, .how = RULE_DERIVED, .roles = OPERATORS,
	  .reads = READS_REHEARSALS, .action = "rehearse", .judge = judge_rollback_tested },
	{ .id = "RBK-1", .section = "7", .text = "A rollback is recorded step by step and finished by a verification that passed", .due = DUE_ON_ROLLBACK,
	  .how = RULE_DERIVED },
	{ .id = "RBK-2", .section = "7", .text = "A rollback is started by whoever the class gives the authority", .due = DUE_ON_ROLLBACK,
	  .how = RULE_APPROVAL },

	{ .id = "OBS-0", .section = "8", .text = "No observability regression: logging, metrics and alerts are kept or improved", .due = FROM_T2,
	  .due_failed = DUE_T1, ANSWERED, .reads = READS_ANSWERS },
	{ .id = "OBS-1", .section = "8", .text = "All new user actions logged with actor ID and tenant ID", .due = FROM_T2, .may_na = true, ANSWERED,
	  .reads = READS_ANSWERS },
	{ .id = "OBS-2", .section = "8", .text = "All new errors logged with stack trace and context", .due = FROM_T2, .may_na = true, ANSWERED,
	  .reads = READS_ANSWERS },
	{ .id = "OBS-3", .section = "8", .text = "Release version identifiable in all log entries", .due = FROM_T2, ANSWERED, .reads = READS_ANSWERS },
	{ .id = "OBS-4", .section = "8", .text = "Metrics baseline established before experimental", .due = ONCE_T1, .due_failed = FROM_T2, .once = true,
	  ANSWERED, .reads = READS_ANSWERS },
	{ .id = "OBS-5", .section = "8", .text = "Alert thresholds defined for new error conditions", .due = FROM_T2, .may_na = true, ANSWERED,
	  .reads = READS_ANSWERS },
	{ .id = "OBV-1", .section = "8", .text = "Logs are flowing from experimental tenants", .due = ONCE_T2, .due_failed = DUE_T3, .once = true,
	  .since = CHANNEL_EXPERIMENTAL, ANSWERED, .reads = READS_ANSWERS | READS_SOAK },
	{ .id = "OBV-2", .section = "8", .text = "Metrics are within expected bounds", .due = ONCE_T2, .due_failed = DUE_T3, .once = true,
	  .since = CHANNEL_EXPERIMENTAL, ANSWERED, .reads = READS_ANSWERS | READS_SOAK },
	{ .id = "OBV-3", .section = "8", .text = "No new unattributed actions in audit log", .due = ONCE_T2, .due_failed = DUE_T3, .once = true,
	  .since = CHANNEL_EXPERIMENTAL, ANSWERED, .reads = READS_ANSWERS | READS_SOAK },
	{ .id = "OBV-4", .section = "8", .text = "Error rate has not increased beyond threshold", .due = ONCE_T2, .due_failed = DUE_T3, .once = true,
	  .since = CHANNEL_EXPERIMENTAL, ANSWERED, .reads = READS_ANSWERS | READS_SOAK },
	{ .id = "ATT-1", .section = "8", .text = "Every action recorded here is attributed to a named person or component", .due = DUE_ALWAYS,
	  .how = RULE_DERIVED },
	{ .id = "ATT-2", .section = "8", .text = "Every audit entry recorded here carries tenant ID and release ID", .due = DUE_ALWAYS, .how = RULE_DERIVED },
	{ .id = "ATT-3", .section = "8", .text = "Every admin action MUST be attributable to a named user", .due = FROM_T2, ANSWERED,
	  .reads = READS_ANSWERS },
	{ .id = "ATT-4", .section = "8", .text = "Every automated action MUST be attributable to the system component", .due = FROM_T2, ANSWERED,
	  .reads = READS_ANSWERS },
	{ .id = "ATT-5", .section = "8", .text = "Tenant ID MUST be present in all log entries", .due = FROM_T2, ANSWERED, .reads = READS_ANSWERS },
	{ .id = "ATT-6", .section = "8", .text = "Release ID MUST be present in deployment logs", .due = FROM_T1, ANSWERED, .reads = READS_ANSWERS },

	{ .id = "APR-1", .section = "9", .text = "Promotion between channels requires documented approval", .due = FROM_T1, .how = RULE_APPROVAL,
	  .all_roles = true, .reads = READS_APPROVALS | READS_MEMOS | READS_EVIDENCE, .action = "approve", .judge = judge_approval_given },
	{ .id = "APR-2", .section = "9", .text = "An approval holds for what was judged; what has changed is approved again", .due = FROM_T1,
	  .how = RULE_DERIVED, .reads = READS_APPROVALS | READS_MEMOS | READS_EVIDENCE, .action = "approve", .judge = judge_approval_bound },
	{ .id = "APR-3", .section = "9", .text = "Nobody approves what is not there yet", .due = FROM_T1, .how = RULE_DERIVED,
	  .reads = READS_APPROVALS | READS_MEMOS | READS_PLAN_APPROVAL | READS_EVIDENCE, .action = "approve", .judge = judge_approval_turn },
	{ .id = "MEM-1", .section = "9", .text = "Every promotion to stable MUST have a written GO/NO-GO memo", .due = DUE_T3, .how = RULE_DOCUMENT,
	  .roles = LEADS, .reads = READS_MEMOS | READS_EVIDENCE, .action = "memo", .judge = judge_memo_issued },
	{ .id = "MEM-2", .section = "9", .text = "The memo's checklist holds, item by item", .due = DUE_T3, .how = RULE_DERIVED, .roles = LEADS,
	  .reads = READS_MEMOS | READS_EVIDENCE, .action = "memo", .judge = judge_memo_checklist },
	{ .id = "MEM-3", .section = "9", .text = "NO-GO requires written rationale and remediation plan", .due = DUE_T3, .how = RULE_DOCUMENT,
	  .roles = LEADS, .reads = READS_MEMOS, .action = "memo", .judge = judge_memo_no_go },
	{ .id = "MEM-4", .section = "9", .text = "GO with accepted risks requires explicit risk documentation", .due = DUE_T3, .how = RULE_DOCUMENT,
	  .roles = LEADS, .reads = READS_MEMOS | READS_RISKS | READS_EVIDENCE, .action = "memo", .judge = judge_memo_risks },
	{ .id = "MEM-5", .section = "9", .text = "Promotion without memo is forbidden", .due = DUE_T3, .how = RULE_DERIVED, .roles = LEADS,
	  .reads = READS_MEMOS | READS_EVIDENCE, .action = "memo", .judge = judge_memo_bound },
	{ .id = "MEM-6", .section = "9", .text = "The mechanism memo accepts a risk and its checklist holds", .due = FROM_T2, .how = RULE_DOCUMENT,
	  .roles = ROLE_SYSTEM_OWNER, .reads = READS_CLASS | READS_MANIFEST | READS_SWITCH | READS_ROLLBACK | READS_RISKS | READS_MEMOS | READS_EVIDENCE,
	  .action = "memo", .judge = judge_memo_mechanism },
};
const size_t rule_count = sizeof rules / sizeof *rules;

/* The number behind the dot of "PLN-4.2"; 0: there is none. */
static size_t member_of(const struct rule *rule, const char *id)
{
	const size_t size = strlen(rule->id);
	char *end;
	unsigned long n;

	if (strcmp(rule->id, "PLN-4") != 0 || id[size] != '.' || id[size + 1] < '1' || id[size + 1] > '9')
		return 0;
	n = strtoul(id + size + 1, &end, 10);
	return *end || n > 10000 ? 0 : n;
}

const struct rule *rule_find(const char *id)
{
	for (size_t i = 0; i < rule_count; i++) {
		const size_t size = strlen(rules[i].id);

		if (strncmp(rules[i].id, id, size) == 0 && (id[size] == '\0' || member_of(&rules[i], id)))
			return &rules[i];
	}
	for (size_t i = 0; i < policy_rule_count; i++)
		if (strcmp(policy_rules[i].id, id) == 0 || (policy_rules[i].how == RULE_ATTESTED && strncmp(id, "I-6.", 4) == 0))
			return &policy_rules[i];
	return NULL;
}

const char *rule_question(const struct dossier *dossier, const char *id)
{
	const struct rule *rule = rule_find(id);
	size_t member;

	if (!rule || rule->how != RULE_ATTESTED)
		return NULL;
	if (strcmp(rule->id, "I-6") == 0) {
		const struct policy_item *item = policy_item_find(&dossier->registry.policy, dossier->class, id);

		return item ? item->text : NULL;
	}
	if (strcmp(rule->id, "PLN-4") == 0) {
		member = member_of(rule, id);
		return member && member <= dossier->plan.criteria.count ? dossier->plan.criteria.items[member - 1] : NULL;
	}
	return rule->question ? rule->question : rule->text;
}

enum err_kind rule_refuse_unasked(const struct dossier *dossier, const char *id, struct err *err)
{
	if (strncmp(id, "I-6", 3) == 0)
		return err_set(err, ERR_MISSING, "The policy in force asks nothing of %s under %.80s. See gonogo policy show.", dossier->release, id);
	return err_set(err, ERR_MISSING, "%s has no exit criterion %s. See gonogo release show %s plan.", dossier->release, id, dossier->release);
}

enum err_kind rule_refuse_changed(const struct dossier *dossier, const char *id, struct err *err)
{
	if (strncmp(id, "I-6", 3) == 0)
		return err_set(err, ERR_BUSY, "The check %.80s of the policy changed meanwhile; nothing was recorded. Read it again with gonogo policy show.", id);
	return err_set(err, ERR_BUSY, "The exit criterion %s changed meanwhile; nothing was recorded. Read it again with gonogo release show %s plan.", id,
		       dossier->release);
}

uint8_t rule_transition(enum channel to)
{
	switch (to) {
	case CHANNEL_CANDIDATE:
		return DUE_T2;
	case CHANNEL_STABLE:
		return DUE_T3;
	case CHANNEL_NONE:
	case CHANNEL_DEV:
	case CHANNEL_EXPERIMENTAL:
		break;
	}
	return DUE_T1;
}

bool rule_is_due(const struct rule *rule, enum channel to)
{
	return rule->judge && (rule->due & rule_transition(to));
}

bool rule_item_is_due(const struct dossier *dossier, const char *id, enum channel to)
{
	const struct policy_item *item = policy_item_find(&dossier->registry.policy, dossier->class, id);

	return item && rule_transition(item->to) <= rule_transition(to);
}

bool rule_is_worded(const struct rule *rule)
{
	return strcmp(rule->id, "PLN-4") == 0 || strcmp(rule->id, "I-6") == 0;
}

bool rule_is_listed(const struct rule *rule, const struct dossier *dossier, enum channel to)
{
	const struct answer_entry *answer;

	if (rule_is_due(rule, to))
		return true;
	if (!(rule->due_failed & rule_transition(to)))
		return false;
	answer = dossier_answer(dossier, rule->id);
	return answer && answer->value == ANSWER_FAIL;
}

bool rule_takes_na(const struct rule *rule, const struct dossier *dossier)
{
	if (strcmp(rule->id, "DAT-6") == 0 && paper_has_data_changes(&dossier->manifest))
		return false;
	return rule->may_na;
}
