#include <config.h>

#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/core/serving.h>

#include "judging.h"

enum err_kind gap_owner(const struct gate_in *in, const char *owner, struct gaps *gaps)
{
	const char *name = paper_owner_name(owner, in->arena);

	if (text_is_blank(owner)) {
		gaps_add(gaps, "an owner");
		return ERR_NONE;
	}
	if (!name)
		return ERR_SYSTEM;
	if (!registry_named(&in->dossier->registry, name))
		gaps_add(gaps, "an owner who is enrolled (%s is not the exact name of one person)", name);
	return ERR_NONE;
}

static enum err_kind gap_plan(const struct gate_in *in, const char **gap)
{
	const struct plan *plan = &in->dossier->plan;
	struct gaps gaps = { 0 };
	enum err_kind failed, taken;

	if (!plan->tenants.count)
		gaps_add(&gaps, "a tenant list");
	if (text_is_blank(plan->opt_in))
		gaps_add(&gaps, "an opt-in method");
	if (plan->start == WHEN_NONE)
		gaps_add(&gaps, "a start date");
	if (plan->min_s <= 0)
		gaps_add(&gaps, "a minimum duration");
	if (!plan->criteria.count)
		gaps_add(&gaps, "an exit criterion");
	failed = gap_owner(in, plan->owner, &gaps);
	taken = gaps_take(&gaps, in->arena, gap);
	return failed ? failed : taken;
}

enum err_kind judge_plan_complete(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const struct dossier *d = in->dossier;
	const char *gap;
	enum err_kind failed;

	if (!d->plan_source.seq)
		return finding_next(finding_add(out, rule, FINDING_UNMET, "There is no Tenant Exposure Plan, and one is required."), in,
				    "gonogo import FILE");
	failed = gap_plan(in, &gap);
	if (failed)
		return failed;
	if (gap)
		return finding_next(finding_add(out, rule, FINDING_UNMET, "The Tenant Exposure Plan lacks %s.", gap), in, "gonogo import FILE");
	return finding_done(finding_add(out, rule, FINDING_MET, "The Tenant Exposure Plan has every element; its owner is %s.", d->plan.owner));
}

enum err_kind judge_plan_approved(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const struct dossier *d = in->dossier;
	char at[WHEN_TEXT_MAX];

	if (!d->plan_source.seq)
		return finding_done(finding_add(out, rule, FINDING_UNMET, "There is no Tenant Exposure Plan to approve."));
	if (d->plan_approved.seq)
		return finding_done(finding_add(out, rule, FINDING_MET, "%s approved the plan at %s.", d->plan_approved.actor,
						when_format(d->plan_approved.at, at)));
	return finding_next(finding_add(out, rule, FINDING_UNMET,
					d->approved_plan_source.seq ? "The plan was edited by %s at %s, which withdrew its approval; it must be approved again." :
								      "The plan saved by %s at %s must be approved by a Dev Lead or System Owner.",
					d->plan_source.actor, when_format(d->plan_source.at, at)),
			    in, "gonogo plan approve %s", d->release);
}

enum err_kind judge_plan_tenants(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const struct dossier *d = in->dossier;
	const struct texts *listed = &d->plan.tenants;
	struct gaps gaps = { 0 };
	const char *gap, *first = NULL;
	char why[SERVING_REASON_MAX];
	bool is_first_known = false;
	enum err_kind failed;

	for (size_t i = 0; i < listed->count; i++) {
		const struct tenant *tenant = registry_tenant(&d->registry, listed->items[i]);

		if (tenant && serving_eligible(tenant, d->release, why))
			continue;
		if (!first)
			is_first_known = tenant != NULL;
		if (!first)
			first = listed->items[i];
		if (tenant)
			gaps_add(&gaps, "%.*s", (int)(strlen(why) - (why[strlen(why) - 1] == '.')), why);
		else
			gaps_add(&gaps, "there is no tenant %s", listed->items[i]);
	}
	failed = gaps_take(&gaps, in->arena, &gap);
	if (failed)
		return failed;
	if (!listed->count)
		return finding_next(finding_add(out, rule, FINDING_UNMET, "The plan lists no tenant, and at least one is required."), in, "gonogo import FILE");
	if (!gap)
		return finding_done(finding_add(out, rule, FINDING_MET, "All %zu listed tenants are eligible.", listed->count));
	return finding_next(finding_add(out, rule, FINDING_UNMET, "Every listed tenant must be eligible: %s.", gap), in,
			    is_first_known ? "gonogo tenant consent %s --method TEXT" : "gonogo tenant add %s --name NAME --kind KIND", first);
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
