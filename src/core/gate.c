#include <config.h>

#include <string.h>

#include <gonogo/core/serving.h>

#include "judging.h"

/* What waits for the memo alone: once only time is missing, nobody can do anything about these either (I-15). */
static bool is_memo_group(const struct finding *finding)
{
	static const char *const ids[] = { "APR-1", "APR-2", "MEM-1", "MEM-2", "MEM-4", "MEM-5" };

	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		if (strcmp(finding->id, ids[i]) == 0)
			return true;
	/* The signature on the memo is the System Owner's class approval too (I-1). */
	return strcmp(finding->id, "CLS-3") == 0 && finding->roles == ROLE_SYSTEM_OWNER;
}

static void wait_with_memo(struct verdict *verdict)
{
	instant opens = WHEN_NONE;

	for (size_t i = 0; i < verdict->findings.count; i++) {
		const struct finding *finding = &verdict->findings.items[i];

		if (finding_is_settled(finding) || is_memo_group(finding))
			continue;
		if (!finding->is_time_only)
			return;
		/* A freeze keeps nobody from signing. */
		if (strcmp(finding->id, "I-6.freeze") == 0)
			continue;
		if (finding->opens > opens)
			opens = finding->opens;
	}
	for (size_t i = 0; opens != WHEN_NONE && i < verdict->findings.count; i++) {
		struct finding *finding = &verdict->findings.items[i];

		if (finding_is_settled(finding) || !is_memo_group(finding))
			continue;
		finding->state = FINDING_WAITING;
		finding->is_time_only = true;
		finding->opens = opens;
	}
}

static enum verdict_word weigh(const struct verdict *verdict)
{
	enum verdict_word word = VERDICT_GO;

	for (size_t i = 0; i < verdict->findings.count; i++) {
		const struct finding *finding = &verdict->findings.items[i];

		if (finding_is_settled(finding))
			continue;
		if (finding->blocks)
			return VERDICT_BLOCKED;
		if (!finding->is_time_only)
			word = VERDICT_OPEN;
		else if (word == VERDICT_GO)
			word = VERDICT_WAIT;
	}
	return word;
}

/* PLN-3 after T1: who has become ineligible is not served, and is told of. */
static enum err_kind notice_tenants(const struct gate_in *in, struct texts *out)
{
	const struct dossier *d = in->dossier;
	const struct texts *listed = &d->approved_plan.tenants;
	const char **notices = arena_array(in->arena, listed->count + 1, sizeof *notices);
	size_t count = 0;

	if (!notices)
		return ERR_SYSTEM;
	for (size_t i = 0; in->to > CHANNEL_EXPERIMENTAL && i < listed->count; i++) {
		const struct tenant *tenant = registry_tenant(&d->registry, listed->items[i]);
		char why[SERVING_REASON_MAX];

		if (tenant && serving_eligible(tenant, d->release, why))
			continue;
		notices[count] = arena_printf(in->arena, "PLN-3: %s is in the approved exposure plan and no longer eligible, so it is not served in experimental.",
					      listed->items[i]);
		if (!notices[count++])
			return ERR_SYSTEM;
	}
	*out = (struct texts){ notices, count };
	return ERR_NONE;
}

/* What a soak was measured with: every jump of a clock since the release was registered. */
static enum err_kind notice_jumps(const struct gate_in *in, struct texts *out)
{
	const struct registry *registry = &in->dossier->registry;
	const char **notices = arena_array(in->arena, out->count + registry->jump_count + 1, sizeof *notices);
	size_t count = out->count;

	if (!notices)
		return ERR_SYSTEM;
	for (size_t i = 0; i < count; i++)
		notices[i] = out->items[i];
	for (size_t i = 0; i < registry->jump_count; i++) {
		if (registry->jumps[i].source.seq < in->dossier->registered.seq)
			continue;
		notices[count] = dossier_jump_told(&registry->jumps[i], in->arena);
		if (!notices[count++])
			return ERR_SYSTEM;
	}
	*out = (struct texts){ notices, count };
	return ERR_NONE;
}

static enum err_kind run_rules(const struct rule *table, size_t count, const struct gate_in *in, struct findings *out)
{
	for (size_t i = 0; i < count; i++) {
		enum err_kind failed = rule_is_listed(&table[i], in->dossier, in->to) ? table[i].judge(&table[i], in, out) : ERR_NONE;

		if (failed)
			return failed;
	}
	return ERR_NONE;
}

/* What is barred opens never, and what opens in a freeze opens at its end. */
static void tell_times(const struct gate_in *in, struct verdict *out)
{
	const struct policy_freeze *freeze;
	instant thawed;

	if (in->dossier->release && policy_bar_find(in->policy, in->dossier->release))
		return;
	out->earliest = time_earliest(in);
	out->stable_earliest = time_stable(in);
	if (out->earliest == WHEN_NONE)
		return;
	thawed = policy_thaw(in->policy, out->earliest > in->now ? out->earliest : in->now, &freeze);
	if (freeze)
		out->earliest = thawed;
}

static enum channel target(const struct dossier *dossier, enum channel to)
{
	if (to == CHANNEL_NONE)
		to = dossier_next(dossier);
	return to == CHANNEL_NONE ? CHANNEL_STABLE : to;
}

enum err_kind gate_judge_by(const struct rule *table, size_t count, const struct dossier *dossier, const struct policy *policy, enum channel to,
			    instant now, struct arena *arena, struct verdict *out, struct err *err)
{
	struct gate_in in = { .dossier = dossier, .policy = policy, .now = now, .to = target(dossier, to), .arena = arena };
	struct evidence evidence, class_evidence;
	enum err_kind failed = evidence_of(dossier, in.to, arena, &evidence, err);

	*out = (struct verdict){ .verdict = VERDICT_BLOCKED, .from = dossier_channel(dossier), .to = in.to, .findings = { .arena = arena },
				 .earliest = WHEN_NONE, .stable_earliest = WHEN_NONE };
	if (!failed)
		failed = evidence_of_class(dossier, arena, &class_evidence, err);
	if (failed)
		return failed;
	out->evidence = in.evidence = evidence.digest;
	out->class_evidence = in.class_evidence = class_evidence.digest;
	/* Before the others: the memo's checklist is made from them. */
	if (run_rules(policy_rules, policy_rule_count, &in, &out->findings) || run_rules(table, count, &in, &out->findings) || notice_tenants(&in, &out->notices) ||
	    notice_jumps(&in, &out->notices))
		return err_memory(err);
	if (in.to == CHANNEL_STABLE)
		wait_with_memo(out);
	out->verdict = weigh(out);
	tell_times(&in, out);
	for (size_t i = 0; i < out->findings.count; i++)
		out->unmet += !finding_is_settled(&out->findings.items[i]);
	return ERR_NONE;
}

enum err_kind gate_judge(const struct dossier *dossier, const struct policy *policy, enum channel to, instant now, struct arena *arena,
			 struct verdict *out, struct err *err)
{
	return gate_judge_by(rules, rule_count, dossier, policy, to, now, arena, out, err);
}

static bool begins(const char *id, const char *family)
{
	return strncmp(id, family, strlen(family)) == 0;
}

/* A class approval to stable asks for these alone (I-16). */
static bool is_of_class_approval(const char *id)
{
	return begins(id, "PLN-") || begins(id, "KSW-") || begins(id, "RBP-") || begins(id, "HS-");
}

/* A memo that waits for this person's own signature does not stand in the way of it. */
static bool has_draft_for(const struct verdict *verdict, const struct dossier *dossier, const char *person)
{
	const struct memo_entry *draft = dossier_draft(dossier, MEMO_STABLE);

	return draft && draft->decision == DECISION_GO && !draft->has_open_items && digest_equal(&draft->evidence, &verdict->evidence) &&
	       (strcmp(draft->system_owner, person) == 0 || (draft->dev_lead && strcmp(draft->dev_lead, person) == 0));
}

static bool waits_for(const struct finding *finding, const char *person)
{
	for (size_t i = 0; i < finding->people.count; i++)
		if (strcmp(finding->people.items[i], person) == 0)
			return true;
	return false;
}

/* APR-3: what may be missing while somebody approves. */
static bool may_be_missing(const struct verdict *verdict, const struct dossier *dossier, const struct finding *finding, const char *person)
{
	if (finding->is_time_only || strcmp(finding->id, "APR-1") == 0 || strcmp(finding->id, "APR-2") == 0 || strcmp(finding->id, "APR-3") == 0)
		return true;
	if (strcmp(finding->id, "CLS-3") == 0)
		return dossier->class != CLASS_MECHANISM || dossier_open_risks(dossier);
	/* MEM-2 says again what its own rules say. */
	if (strcmp(finding->id, "MEM-2") == 0)
		return true;
	if (strcmp(finding->id, "CLS-4") == 0)
		return !finding->blocks && waits_for(finding, person);
	if (begins(finding->id, "MEM-") && strcmp(finding->id, "MEM-6") != 0)
		return has_draft_for(verdict, dossier, person);
	return false;
}

enum err_kind gate_obstacles(const struct verdict *verdict, const struct dossier *dossier, const char *person, bool class_only, struct arena *arena,
			     struct obstacles *out, struct err *err)
{
	const char **lines = arena_array(arena, verdict->findings.count + 1, sizeof *lines);
	size_t count = 0;

	if (!lines)
		return err_memory(err);
	for (size_t i = 0; i < verdict->findings.count; i++) {
		const struct finding *finding = &verdict->findings.items[i];

		if (finding_is_settled(finding))
			continue;
		if (class_only ? !is_of_class_approval(finding->id) : may_be_missing(verdict, dossier, finding, person))
			continue;
		lines[count] = arena_printf(arena, "%s: %s", finding->id, finding->reason);
		if (!lines[count++])
			return err_memory(err);
	}
	out->lines = (struct texts){ lines, count };
	return ERR_NONE;
}
