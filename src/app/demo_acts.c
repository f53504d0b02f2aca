#include <config.h>

#include <string.h>

#include <gonogo/app/demo.h>
#include <gonogo/core/authority.h>

/* What one phase asks of attested rules: who answers, with which words. */
struct demo_answer { const char *rule; enum demo_person by; const char *note, *evidence; };

static const struct demo_answer dev_answers[] = {
	{ "CHN-3", DEMO_LEAD, "All suites green, no regression against the release before", "ci run 4812" },
	{ "KSW-2", DEMO_LEAD, "The flag is read at each request", NULL },
	{ "KSW-5", DEMO_LEAD, "The flag hides the feature and touches no row", NULL },
	{ "OBS-4", DEMO_QA, "Baseline of four weeks taken from the dashboards", NULL },
	{ "ATT-6", DEMO_LEAD, "The release id stands in each deployment record", NULL },
};
static const struct demo_answer experimental_answers[] = {
	{ "CHN-4", DEMO_QA, "Both groups keep using it and asked for no change", NULL },
	{ "PLN-4.1", DEMO_QA, "No error of it in the logs of the period", NULL },
	{ "PLN-4.2", DEMO_QA, "Page load time rose by 40 ms", NULL },
	{ "DAT-1", DEMO_QA, "Query isolation suite passed", NULL },
	{ "DAT-2", DEMO_QA, NULL, NULL },
	{ "DAT-3", DEMO_QA, NULL, NULL },
	{ "DAT-4", DEMO_QA, NULL, NULL },
	{ "DAT-5", DEMO_QA, NULL, NULL },
	{ "DAT-6", DEMO_QA, NULL, NULL },
	{ "DAT-7", DEMO_QA, NULL, NULL },
	{ "OBS-0", DEMO_QA, NULL, NULL },
	{ "OBS-1", DEMO_QA, NULL, NULL },
	{ "OBS-2", DEMO_QA, NULL, NULL },
	{ "OBS-3", DEMO_QA, NULL, NULL },
	{ "OBS-5", DEMO_QA, "Alert at twice the baseline", NULL },
	{ "OBV-1", DEMO_QA, NULL, NULL },
	{ "OBV-2", DEMO_QA, NULL, NULL },
	{ "OBV-3", DEMO_QA, NULL, NULL },
	{ "OBV-4", DEMO_QA, NULL, NULL },
	{ "ATT-3", DEMO_QA, NULL, NULL },
	{ "ATT-4", DEMO_QA, NULL, NULL },
	{ "ATT-5", DEMO_QA, NULL, NULL },
};

static enum err_kind answer_all(struct demo *demo, const struct demo_release *r, const struct demo_answer *answers, size_t count, struct err *err)
{
	enum err_kind failed = ERR_NONE;

	for (size_t i = 0; !failed && i < count; i++) {
		struct outcome out;

		failed = use_answer(&demo->sessions[answers[i].by], r->id, answers[i].rule, ANSWER_PASS, answers[i].note, answers[i].evidence, &out, err);
	}
	return failed;
}

static enum err_kind save_manifest(struct demo *demo, const struct demo_release *r, struct err *err)
{
	const char *files[] = { r->files };
	struct manifest manifest = { .release = r->id, .class = r->class, .description = r->description, .files = { files, 1 },
				     .data_changes = r->data_changes };
	struct outcome out;

	manifest.kill_switch = arena_printf(&demo->arena, "%s%s (default: false)", r->class == CLASS_WORKFLOW ? "Feature flag " : "", r->flag);
	if (r->class == CLASS_CAPABILITY)
		manifest.flag = arena_printf(&demo->arena, "%s_VISIBLE (default: false)", r->flag);
	if (r->class == CLASS_UI_ONLY)
		manifest.revert = "3f2c91d";
	if (!manifest.kill_switch || (r->class == CLASS_CAPABILITY && !manifest.flag))
		return err_memory(err);
	return use_manifest_save(&demo->sessions[DEMO_LEAD], &manifest, &out, err);
}

static enum err_kind save_rollback(struct demo *demo, const struct demo_release *r, struct err *err)
{
	static const char *const triggers[] = { "Errors above twice the baseline", "Any sign of another tenant's data" };
	const char *steps[] = { arena_printf(&demo->arena, "Set %s=false", r->flag), "See that the feature is gone for every tenant",
				"Watch the error log for 15 minutes" };
	static const char *const checks[] = { "The feature is not visible", "No request of it in the log" };
	static const char *const communication[] = { "Tell the Dev Lead at once", "Tell the System Owner within the hour" };
	struct rollback_plan plan = { .triggers = { triggers, 2 }, .steps = { steps, 3 }, .checks = { checks, 2 },
				      .communication = { communication, 2 }, .owner = "Dana Cruz, Dev Lead" };
	struct outcome out;

	if (strcmp(r->data_changes, "None") != 0) {
		plan.recovery = "Runbook RB-7, restore from the nightly backup";
		plan.restore = "Restore drill 12, 2026-01-15, pass";
	}
	return steps[0] ? use_rollback_save(&demo->sessions[DEMO_LEAD], r->id, &plan, &out, err) : err_memory(err);
}

static enum err_kind save_plan(struct demo *demo, const struct demo_release *r, struct err *err)
{
	static const char *const tenants[] = { "harbour-staging", "elm-street" };
	static const char *const criteria[] = { "No error caused by the feature", "Page load time increase below 200 ms" };
	struct plan plan = { .release = r->id, .class = r->class, .tenants = { tenants, 2 }, .opt_in = "Written confirmation from the tenant's admin",
			     .start = demo->now - demo->now % WHEN_DAY_S, .min_s = WHEN_WEEK_S, .criteria = { criteria, 2 },
			     .owner = "Dana Cruz, Dev Lead" };
	struct outcome out;

	if (r->class == CLASS_CAPABILITY || r->class == CLASS_MECHANISM)
		plan.min_s = 2 * WHEN_WEEK_S;
	plan.max_s = 8 * WHEN_WEEK_S;
	return use_plan_save(&demo->sessions[DEMO_LEAD], r->id, &plan, &out, err);
}

static enum err_kind register_release(struct demo *demo, const struct demo_release *r, struct err *err)
{
	const struct switch_definition definition = { .flag = r->flag, .default_value = "false", .enabled_for = "harbour-staging, elm-street",
						      .activation = "Configuration service, no redeploy required" };
	struct outcome out;
	enum err_kind failed = save_manifest(demo, r, err);

	if (!failed)
		failed = use_switch_save(&demo->sessions[DEMO_LEAD], r->id, &definition, &out, err);
	if (!failed)
		failed = save_rollback(demo, r, err);
	return failed ? failed : save_plan(demo, r, err);
}

static enum err_kind assess_stops(struct demo *demo, const struct demo_release *r, struct err *err)
{
	static const struct { const char *stop, *reason; bool data; } stops[] = {
		{ "HS-3", "The restore path is runbook RB-7 and was rehearsed", true },
		{ "HS-4", "Every query of the change carries the tenant id", false },
		{ "HS-5", "No audit event is removed or merged", false },
		{ "HS-7", "The migration has a reverse step, run in the test database", true },
	};
	enum err_kind failed = ERR_NONE;

	for (size_t i = 0; !failed && i < sizeof stops / sizeof *stops; i++) {
		struct outcome out;

		if (!stops[i].data || strcmp(r->data_changes, "None") != 0)
			failed = use_stop(&demo->sessions[DEMO_LEAD], r->id, stops[i].stop, false, stops[i].reason, &out, err);
	}
	return failed;
}

static enum err_kind promote(struct demo *demo, const struct demo_release *r, enum channel to, struct err *err)
{
	struct outcome out;
	enum err_kind failed = use_promote(&demo->sessions[DEMO_OPERATOR], r->id, to, &out, err);

	if (!failed)
		demo_say(demo, "%s  %s", r->id, out.text);
	return failed;
}

static enum err_kind to_experimental(struct demo *demo, const struct demo_release *r, struct err *err)
{
	struct outcome out;
	enum err_kind failed = use_plan_approve(&demo->sessions[DEMO_LEAD], r->id, &out, err);

	if (!failed)
		failed = use_switch_test(&demo->sessions[DEMO_OPERATOR], r->id, "dev", RESULT_PASS,
					 "Off within a minute; the activation stands in the audit trail of the dev system", NULL, &out, err);
	if (!failed)
		failed = assess_stops(demo, r, err);
	if (!failed)
		failed = answer_all(demo, r, dev_answers, sizeof dev_answers / sizeof *dev_answers, err);
	if (!failed)
		failed = use_approve(&demo->sessions[DEMO_LEAD], r->id, ROLE_DEV_LEAD, CHANNEL_EXPERIMENTAL, NULL, &out, err);
	return failed ? failed : promote(demo, r, CHANNEL_EXPERIMENTAL, err);
}

/* CLS-4: a mechanism change has a decision memo of its own before candidate, over at least one accepted risk. */
static enum err_kind decide_mechanism(struct demo *demo, const struct demo_release *r, struct err *err)
{
	const struct memo_draft draft = { .decision = DECISION_GO, .kind = MEMO_MECHANISM, .note = "The drill of the restore took eleven minutes." };
	const enum memo_kind kind = MEMO_MECHANISM;
	struct session *owner = &demo->sessions[DEMO_OWNER];
	struct outcome out;
	enum err_kind failed = use_risk_accept(owner, r->id, "Restore takes eleven minutes", "The service may pause that long at night", &out, err);

	if (!failed)
		failed = use_memo_draft(owner, r->id, &draft, &out, err);
	return failed ? failed : use_memo_sign(owner, r->id, ROLE_SYSTEM_OWNER, &kind, &out, err);
}

static enum err_kind to_candidate(struct demo *demo, const struct demo_release *r, struct err *err)
{
	struct outcome out;
	enum err_kind failed = answer_all(demo, r, experimental_answers, sizeof experimental_answers / sizeof *experimental_answers, err);

	if (!failed && r->class == CLASS_MECHANISM)
		failed = decide_mechanism(demo, r, err);
	if (!failed)
		failed = use_approve(&demo->sessions[DEMO_LEAD], r->id, ROLE_DEV_LEAD, CHANNEL_CANDIDATE, NULL, &out, err);
	if (!failed)
		failed = use_approve(&demo->sessions[DEMO_QA], r->id, ROLE_QA, CHANNEL_CANDIDATE, NULL, &out, err);
	if (!failed && (authority_class_roles(r->class) & ROLE_SYSTEM_OWNER))
		failed = use_approve(&demo->sessions[DEMO_OWNER], r->id, ROLE_SYSTEM_OWNER, CHANNEL_CANDIDATE, NULL, &out, err);
	return failed ? failed : promote(demo, r, CHANNEL_CANDIDATE, err);
}

enum err_kind demo_answer_candidate(struct demo *demo, const struct demo_release *r, struct err *err)
{
	static const struct demo_answer metrics = { "CHN-5", DEMO_QA, "Within the bounds of the plan all week", NULL };
	struct outcome out;
	enum err_kind failed = answer_all(demo, r, &metrics, 1, err);

	return failed ? failed : use_rollback_rehearse(&demo->sessions[DEMO_OPERATOR], r->id, RESULT_PASS, "Rehearsed in staging, nine minutes", NULL, &out, err);
}

enum err_kind demo_prepare_memo(struct demo *demo, const struct demo_release *r, struct err *err)
{
	const struct memo_draft draft = { .decision = DECISION_GO, .kind = MEMO_STABLE, .system_owner = demo_people[DEMO_OWNER].id,
					  .no_risks = r->class != CLASS_MECHANISM,
					  .note = "It ran without an incident in both channels.\nNobody asked for a change." };
	struct outcome out;
	enum err_kind failed = demo_answer_candidate(demo, r, err);

	if (!failed)
		failed = use_memo_draft(&demo->sessions[DEMO_LEAD], r->id, &draft, &out, err);
	return failed ? failed : use_memo_sign(&demo->sessions[DEMO_LEAD], r->id, ROLE_DEV_LEAD, NULL, &out, err);
}

static enum err_kind to_stable(struct demo *demo, const struct demo_release *r, struct err *err)
{
	struct outcome out;
	enum err_kind failed = demo_prepare_memo(demo, r, err);

	if (!failed)
		failed = use_memo_sign(&demo->sessions[DEMO_OWNER], r->id, ROLE_SYSTEM_OWNER, NULL, &out, err);
	return failed ? failed : promote(demo, r, CHANNEL_STABLE, err);
}

enum err_kind demo_phase(struct demo *demo, const struct demo_release *r, enum demo_phase phase, struct err *err)
{
	switch (phase) {
	case DEMO_REGISTER:
		return register_release(demo, r, err);
	case DEMO_TO_EXPERIMENTAL:
		return to_experimental(demo, r, err);
	case DEMO_TO_CANDIDATE:
		return to_candidate(demo, r, err);
	case DEMO_TO_STABLE:
		return to_stable(demo, r, err);
	}
	return ERR_NONE;
}
