#include <config.h>

#include <string.h>

#include "judging.h"

/* Rules of the organisation's own (I-6); what tightens a rule of the specification is judged where that rule is. */
static enum err_kind judge_policy_bar(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const struct policy_bar *bar = in->dossier->release ? policy_bar_find(in->policy, in->dossier->release) : NULL;
	char cite[POLICY_CITE_MAX];
	struct finding *finding;

	if (!bar)
		return ERR_NONE;
	finding = finding_add(out, rule, FINDING_FAILED, "%s is barred and is never promoted again: %s (%s).", bar->release, bar->reason,
			      policy_cite(in->policy, "barred", cite));
	if (finding)
		finding->blocks = true;
	return finding_next(finding, in, "gonogo release copy %s NEW", in->dossier->release);
}

static enum err_kind judge_policy_freeze(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const struct policy_freeze *freeze;
	const instant opens = policy_thaw(in->policy, in->now, &freeze);
	char cite[POLICY_CITE_MAX], until[WHEN_TEXT_MAX], left[WHEN_SPAN_MAX];
	struct finding *finding;

	if (!freeze)
		return ERR_NONE;
	finding = finding_add(out, rule, FINDING_WAITING, "Nothing is promoted before %s: %s (%s); it opens by itself in %s.", when_format(opens, until),
			      freeze->reason, policy_cite(in->policy, "freezes", cite), when_span_short(opens - in->now, left));
	if (finding) {
		finding->opens = opens;
		finding->is_time_only = true;
	}
	return finding_done(finding);
}

static enum err_kind judge_policy_items(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	enum err_kind failed = ERR_NONE;

	for (size_t i = 0; !failed && i < in->policy->item_count; i++) {
		const struct policy_item *item = &in->policy->items[i];
		struct opinion opinion;

		if (!rule_item_is_due(in->dossier, item->id, in->to))
			continue;
		failed = opinion_of(rule, in, item->id, item->text, &opinion);
		if (!failed)
			failed = opinion_add(rule, in, item->id, &opinion, out);
	}
	return failed;
}

#define POLICY .section = "policy", .due = FROM_T1

const struct rule policy_rules[] = {
	{ .id = "I-6.barred", POLICY, .text = "A release that the policy bars is never promoted again", .how = RULE_DERIVED, .action = "",
	  .judge = judge_policy_bar },
	{ .id = "I-6.freeze", POLICY, .text = "Nothing is promoted while the policy freezes promotions", .how = RULE_DERIVED, .action = "",
	  .judge = judge_policy_freeze },
	{ .id = "I-6", POLICY, .text = "The further checks of the policy are passed", .how = RULE_ATTESTED, .action = "answer",
	  .roles = ROLE_DEV_LEAD | ROLE_QA, .reads = READS_ANSWERS | READS_CLASS, .judge = judge_policy_items },
};
const size_t policy_rule_count = sizeof policy_rules / sizeof *policy_rules;
