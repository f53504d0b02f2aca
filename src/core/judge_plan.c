#include <config.h>

#include <gonogo/core/serving.h>

#include "judging.h"

enum err_kind judge_plan_complete(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const struct dossier *d = in->dossier;
	const char *gap;
	enum err_kind failed;

	if (!d->plan_source.seq)
		return finding_next(finding_add(out, rule, FINDING_UNMET, "There is no Tenant Exposure Plan, and one is required."), in,
				    "gonogo import FILE");
	failed = gap_of(in, lacks_plan, &gap);
	if (failed)
		return failed;
	if (gap)
		return finding_next(finding_add(out, rule, FINDING_UNMET, "The Tenant Exposure Plan lacks %s.", gap), in, "gonogo import FILE");
	return finding_done(finding_add(out, rule, FINDING_MET, "The Tenant Exposure Plan has every element; its owner is %s.", d->plan.owner));
}

enum err_kind judge_plan_approved(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const struct dossier *d = in->dossier;
	char at[WHEN_TEXT_MAX], cite[POLICY_CITE_MAX];

	if (!d->plan_source.seq)
		return finding_done(finding_add(out, rule, FINDING_UNMET, "There is no Tenant Exposure Plan to approve."));
	if (d->plan_approved.seq && authority_plan_is_of_one(d, in->policy, d->plan_approved.actor))
		return finding_done(finding_add(out, rule, FINDING_UNMET, "%s approved the plan, and saved or owns it; it must be saved anew and approved by "
						"another, as %s asks.", d->plan_approved.actor, policy_cite(in->policy, "plan_of_two", cite)));
	if (d->plan_approved.seq)
		return finding_done(finding_add(out, rule, FINDING_MET, "%s approved the plan at %s.", d->plan_approved.actor,
						when_format(d->plan_approved.at, at)));
	return finding_next(finding_add(out, rule, FINDING_UNMET,
					d->approved_plan_source.seq ? "The plan was edited by %s at %s, which withdrew its approval; it must be approved again." :
								      "The plan saved by %s at %s must be approved by a Dev Lead or System Owner.",
					d->plan_source.actor, when_format(d->plan_source.at, at)),
			    in, "gonogo plan approve %s", d->release);
}

static const char *first_ineligible(const struct dossier *d)
{
	const struct texts *listed = &d->plan.tenants;
	char why[SERVING_REASON_MAX];
	size_t i = 0;

	while (i < listed->count && registry_tenant(&d->registry, listed->items[i]) &&
	       serving_eligible(registry_tenant(&d->registry, listed->items[i]), d->release, why))
		i++;
	return i < listed->count ? listed->items[i] : "TENANT";
}

enum err_kind judge_plan_tenants(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const struct dossier *d = in->dossier;
	const struct texts *listed = &d->plan.tenants;
	const char *gap, *next;
	enum err_kind failed = gap_of(in, lacks_plan_tenants, &gap);

	if (failed)
		return failed;
	if (!listed->count)
		return finding_next(finding_add(out, rule, FINDING_UNMET, "The plan lists no tenant, and at least one is required."), in, "gonogo import FILE");
	if (!gap)
		return finding_done(finding_add(out, rule, FINDING_MET, "All %zu listed tenants are eligible.", listed->count));
	next = first_ineligible(d);
	return finding_next(finding_add(out, rule, FINDING_UNMET, "Every listed tenant must be eligible: %s.", gap), in,
			    registry_tenant(&d->registry, next) ? "gonogo tenant consent %s --method TEXT" : "gonogo tenant add %s --name NAME --kind KIND", next);
}

enum err_kind judge_plan_criteria(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const struct texts *criteria = &in->dossier->plan.criteria;

	if (!criteria->count)
		return finding_next(finding_add(out, rule, FINDING_UNMET, "The plan has no exit criterion, and at least one must be met."), in,
				    "gonogo import FILE");
	for (size_t i = 0; i < criteria->count; i++) {
		const char *id = arena_printf(in->arena, "%s.%zu", rule->id, i + 1);
		struct opinion opinion;
		enum err_kind failed;

		if (!id)
			return ERR_SYSTEM;
		failed = opinion_of(rule, in, id, criteria->items[i], &opinion);
		if (!failed)
			failed = opinion_add(rule, in, id, &opinion, out);
		if (failed)
			return failed;
	}
	return ERR_NONE;
}

enum err_kind judge_plan_overdue(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const struct dossier *d = in->dossier;
	const struct stay *stay = dossier_stay(d, CHANNEL_EXPERIMENTAL);
	const int64_t max_s = d->approved_plan_source.seq ? d->approved_plan.max_s : 0;
	char end[WHEN_TEXT_MAX], span[WHEN_SPAN_MAX];

	if (!stay || max_s <= 0)
		return finding_done(finding_add(out, rule, FINDING_MET, "The approved plan names no maximum duration that runs."));
	when_format(stay->entered.at + max_s, end);
	when_span_words(max_s, span);
	if (in->now <= stay->entered.at + max_s)
		return finding_done(finding_add(out, rule, FINDING_MET, "The maximum duration of %s ends %s.", span, end));
	return finding_next(finding_add(out, rule, FINDING_UNMET, "The maximum duration of %s ended %s; the plan must be extended and approved again.", span,
					end),
			    in, "gonogo import FILE");
}
