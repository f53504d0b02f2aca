#include <config.h>

#include "judging.h"

enum err_kind judge_rollback_complete(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const struct dossier *d = in->dossier;
	const char *gap;
	enum err_kind failed;

	if (!d->rollback_source.seq)
		return finding_next(finding_add(out, rule, FINDING_UNMET, "There is no rollback plan, and one is required."), in,
				    "gonogo import --release %s FILE", d->release);
	failed = gap_of(in, lacks_rollback, &gap);
	if (failed)
		return failed;
	if (gap)
		return finding_next(finding_add(out, rule, FINDING_UNMET, "The rollback plan lacks %s.", gap), in, "gonogo import --release %s FILE",
				    d->release);
	return finding_done(finding_add(out, rule, FINDING_MET, "The rollback plan has every element; its owner is %s.", d->rollback.owner));
}

enum err_kind judge_rollback_tested(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const struct dossier *d = in->dossier;
	const struct rehearsal *latest = d->rehearsal_count ? &d->rehearsals[d->rehearsal_count - 1] : NULL;
	const bool is_old = latest && in->policy->rehearsal_age_s && in->now - latest->source.at > in->policy->rehearsal_age_s;
	char at[WHEN_TEXT_MAX], most[WHEN_SPAN_MAX], cite[POLICY_CITE_MAX];
	struct finding *finding;

	if (latest && latest->result == RESULT_PASS && !is_old)
		return finding_done(finding_add(out, rule, FINDING_MET, "%s rehearsed the present plan at %s: passed.", latest->source.actor,
						when_format(latest->source.at, at)));
	if (latest && latest->result == RESULT_PASS) {
		finding = finding_add(out, rule, FINDING_UNMET, "%s rehearsed the present plan at %s, and a rehearsal of the last %s is required by %s.",
				      latest->source.actor, when_format(latest->source.at, at), when_span_words(in->policy->rehearsal_age_s, most),
				      policy_cite(in->policy, "rehearsal_age", cite));
	} else if (latest) {
		finding = finding_add(out, rule, FINDING_FAILED, "The latest rehearsal of the present plan, by %s at %s, failed: \"%s\".",
				      latest->source.actor, when_format(latest->source.at, at), latest->note ? latest->note : "");
		if (finding)
			finding->blocks = true;
	} else {
		finding = finding_add(out, rule, FINDING_UNMET, "The present rollback plan has not been rehearsed.");
	}
	return finding_next(finding, in, "gonogo rollback rehearse %s --result pass --note TEXT", d->release);
}
