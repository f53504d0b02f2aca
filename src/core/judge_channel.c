#include <config.h>

#include <stdio.h>

#include <gonogo/base/text.h>
#include <gonogo/core/authority.h>

#include "judging.h"

/* The channel that a transition leaves. */
static enum channel left_by(enum channel to)
{
	switch (to) {
	case CHANNEL_STABLE:
		return CHANNEL_CANDIDATE;
	case CHANNEL_CANDIDATE:
		return CHANNEL_EXPERIMENTAL;
	case CHANNEL_NONE:
	case CHANNEL_DEV:
	case CHANNEL_EXPERIMENTAL:
		break;
	}
	return CHANNEL_DEV;
}

static const char *channel_word(enum channel channel)
{
	return words_word(words_channel, (int)channel);
}

static bool is_predecessor_done(const struct dossier *d)
{
	switch (d->predecessor.state) {
	case STATE_STABLE:
	case STATE_SUPERSEDED:
	case STATE_ROLLED_BACK:
	case STATE_WITHDRAWN:
		return d->predecessor_known;
	case STATE_REGISTERED:
	case STATE_DEV:
	case STATE_EXPERIMENTAL:
	case STATE_CANDIDATE:
		break;
	}
	return false;
}

/* Why the transition is out of order, with the command that helps; NULL: it is in order. */
static const char *out_of_order(const struct gate_in *in, const char **next)
{
	const struct dossier *d = in->dossier;
	const enum channel open = dossier_next(d);
	char at[WHEN_TEXT_MAX];

	if (dossier_is_rolling_back(d)) {
		*next = arena_printf(in->arena, "gonogo release show %s", d->release);
		return arena_printf(in->arena, "A rollback began at %s, and until it is finished nothing is promoted (RBK-1).",
				    when_format(d->run.started.at, at));
	}
	if (words_state_is_final(d->state)) {
		*next = arena_printf(in->arena, "gonogo release copy %s NEW", d->release);
		return arena_printf(in->arena, "The release is %s, which is final; a further attempt is a new release.",
				    words_title(words_state, (int)d->state));
	}
	if (open == CHANNEL_NONE)
		return arena_printf(in->arena, "The release is %s; there is no channel after stable.", words_title(words_state, (int)d->state));
	if (in->to != open) {
		*next = arena_printf(in->arena, "gonogo check %s --to %s", d->release, channel_word(open));
		return arena_printf(in->arena, "The release is %s, so its next channel is %s and not %s; none is skipped and none is gone back to.",
				    words_title(words_state, (int)d->state), channel_word(open), channel_word(in->to));
	}
	if (in->to == CHANNEL_STABLE && d->manifest.supersedes && !is_predecessor_done(d)) {
		*next = d->predecessor_known ? arena_printf(in->arena, "gonogo release show %s", d->manifest.supersedes) : NULL;
		return d->predecessor_known
			       ? arena_printf(in->arena, "%s, which this one supersedes, is %s; it must be stable, rolled back or withdrawn first (I-10).",
					      d->manifest.supersedes, words_title(words_state, (int)d->predecessor.state))
			       : arena_printf(in->arena, "%s, which this one supersedes, is not in this ledger (I-10).", d->manifest.supersedes);
	}
	*next = "";
	return "";
}

enum err_kind judge_channel_order(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const char *next = NULL;
	const char *reason = out_of_order(in, &next);
	struct finding *finding;

	if (!reason)
		return ERR_SYSTEM;
	if (!*reason)
		return finding_done(finding_add(out, rule, FINDING_MET, "%s is the next channel.", channel_word(in->to)));
	finding = finding_add(out, rule, FINDING_UNMET, "%s", reason);
	if (finding) {
		finding->blocks = true;
		finding->next = next;
	}
	return finding_done(finding);
}

/* T1 waits for the plan's start; dev itself is left at any time, and no kill restarts it (I-16). */
static instant opens_experimental(const struct gate_in *in)
{
	const struct dossier *d = in->dossier;
	const struct stay *dev = dossier_stay(d, CHANNEL_DEV);
	const instant entered = dev ? dev->entered.at : d->registered.at;
	const instant opens = entered + in->policy->soak_s[d->class][CHANNEL_DEV];

	return d->plan_source.seq && d->plan.start > opens ? d->plan.start : opens;
}

instant time_earliest(const struct gate_in *in)
{
	const struct dossier *d = in->dossier;
	struct soak soak;

	if (in->to != dossier_next(d) || dossier_is_rolling_back(d))
		return WHEN_NONE;
	if (in->to == CHANNEL_EXPERIMENTAL)
		return opens_experimental(in);
	soak_of(d, in->policy, left_by(in->to), in->now, &soak);
	return soak.opens;
}

static instant later(instant a, instant b)
{
	return a > b ? a : b;
}

instant time_stable(const struct gate_in *in)
{
	const struct dossier *d = in->dossier;
	struct gate_in step = *in;
	struct soak soak;
	instant at;

	step.to = dossier_next(d);
	if (step.to == CHANNEL_NONE)
		return WHEN_NONE;
	at = time_earliest(&step);
	if (at == WHEN_NONE)
		return WHEN_NONE;
	at = policy_thaw(in->policy, later(at, in->now), NULL);
	for (enum channel channel = step.to; channel < CHANNEL_STABLE; channel = (enum channel)(channel + 1)) {
		soak_of(d, in->policy, channel, in->now, &soak);
		at = policy_thaw(in->policy, at + soak.required_s, NULL);
	}
	return at;
}

static enum err_kind wait_until(const struct rule *rule, const struct gate_in *in, struct findings *out, instant opens, const char *what)
{
	char at[WHEN_TEXT_MAX], left[WHEN_SPAN_MAX];
	struct finding *finding = finding_add(out, rule, FINDING_WAITING, "%s; it opens by itself at %s, in %s.", what, when_format(opens, at),
					      when_span_short(opens - in->now, left));

	if (finding) {
		finding->opens = opens;
		finding->is_time_only = true;
		finding->roles = 0;
	}
	return finding_done(finding);
}

/* " by the policy ..." where it asks for longer than the specification and the plan do; else "". */
static const char *asked_by(const struct gate_in *in, enum channel channel, int64_t required_s, char *cite)
{
	const enum release_class class = in->dossier->class;
	char policy[POLICY_CITE_MAX];

	*cite = '\0';
	if (in->policy->is_soak_longer[class][channel] && in->policy->soak_s[class][channel] == required_s)
		snprintf(cite, POLICY_CITE_MAX + 8, " by %s", policy_cite(in->policy, "soak", policy));
	return cite;
}

static enum err_kind time_of_start(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const struct dossier *d = in->dossier;
	const int64_t asked = in->policy->soak_s[d->class][CHANNEL_DEV];
	const instant opens = opens_experimental(in);
	const bool is_plans = d->plan_source.seq && d->plan.start == opens;
	char date[WHEN_TEXT_MAX], required[WHEN_SPAN_MAX], cite[POLICY_CITE_MAX + 8];
	const char *what;

	when_span_short(asked, required);
	asked_by(in, CHANNEL_DEV, asked, cite);
	if (in->now >= opens && asked)
		return finding_done(finding_add(out, rule, FINDING_MET, "The time of dev, %s%s, is served%s.", required, cite,
						d->plan_source.seq ? ", and the plan's start date has come" : ""));
	if (in->now >= opens)
		return finding_done(finding_add(out, rule, FINDING_MET, "dev has no minimum time%s.",
						d->plan_source.seq ? ", and the plan's start date has come" : ""));
	what = is_plans ? arena_printf(in->arena, "The exposure plan starts on %s", when_date(opens, date))
			: arena_printf(in->arena, "%s are required in dev%s", required, cite);
	return what ? wait_until(rule, in, out, opens, what) : ERR_SYSTEM;
}

static enum err_kind time_interrupted(const struct rule *rule, const struct gate_in *in, struct findings *out, const struct soak *soak,
				      enum channel channel)
{
	const struct incident *incident = dossier_incident(in->dossier, soak->interruption);
	struct finding *finding;

	if (!incident) {
		finding = finding_add(out, rule, FINDING_UNMET, "The soak of %s stands still while the release is killed, and starts anew when it is restored (KSW-6).",
				      channel_word(channel));
		if (finding)
			finding->roles = authority_class_roles(in->dossier->class);
		return finding_next(finding, in, "gonogo switch show %s", in->dossier->release);
	}
	finding = finding_add(out, rule, FINDING_UNMET, "The soak of %s stands still while %s (SEV-%d) is open, and starts anew when it is resolved.",
			      channel_word(channel), incident->id, incident->severity);
	if (finding)
		finding->roles = incident->severity == 1 ? ROLE_SYSTEM_OWNER : ROLE_DEV_LEAD | ROLE_SYSTEM_OWNER;
	return finding_next(finding, in, "gonogo incident resolve %s --resolution TEXT", incident->id);
}

/* Who promotes is asked when it is done; here it is told. */
static const char *ended_by(const struct gate_in *in, const struct soak *soak)
{
	char cite[POLICY_CITE_MAX];
	const char *told;

	if (!in->policy->is_soak_of_two || soak->left != WHEN_NONE)
		return "";
	told = arena_printf(in->arena, " Another person than %s ends it, as %s asks.", soak->begin_actor, policy_cite(in->policy, "soak_of_two", cite));
	return told ? told : "";
}

enum err_kind judge_channel_time(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const enum channel channel = left_by(in->to);
	char begin[WHEN_TEXT_MAX], required[WHEN_SPAN_MAX], served[WHEN_SPAN_MAX], cite[POLICY_CITE_MAX + 8];
	instant until;
	struct soak soak;
	const char *what;

	if (in->to == CHANNEL_EXPERIMENTAL)
		return time_of_start(rule, in, out);
	soak_of(in->dossier, in->policy, channel, in->now, &soak);
	if (!soak.is_entered)
		return finding_done(finding_add(out, rule, FINDING_UNMET, "%s has not been entered, so its minimum time of %s has not begun.",
						channel_word(channel), when_span_short(soak.required_s, required)));
	if (soak.is_interrupted)
		return time_interrupted(rule, in, out, &soak, channel);
	when_format(soak.begin, begin);
	when_span_short(soak.required_s, required);
	when_span_short(soak.served_s, served);
	asked_by(in, channel, soak.required_s, cite);
	until = soak.left != WHEN_NONE && soak.left < in->now ? soak.left : in->now;
	if (until >= soak.opens)
		return finding_done(finding_add(out, rule, FINDING_MET, "%s in %s since %s; %s are required%s.%s", served, channel_word(channel), begin, required,
						cite, ended_by(in, &soak)));
	if (soak.left != WHEN_NONE)
		return finding_done(finding_add(out, rule, FINDING_UNMET, "%s was left after %s, and %s are required%s.", channel_word(channel), served, required,
						cite));
	what = arena_printf(in->arena, "%s in %s since %s, and %s are required%s", served, channel_word(channel), begin, required, cite);
	return what ? wait_until(rule, in, out, soak.opens, what) : ERR_SYSTEM;
}

/* The incidents of the stay: those that stand in the way, and those that were settled, by name. */
struct history { struct gaps open, settled; const struct incident *first; };

static void history_of(const struct gate_in *in, const struct stay *stay, struct history *out)
{
	*out = (struct history){ 0 };
	for (size_t i = 0; stay && i < in->dossier->incident_count; i++) {
		const struct incident *incident = &in->dossier->incidents[i];

		if (!soak_incident_in_stay(incident, stay))
			continue;
		gaps_add(incident->resolved.seq ? &out->settled : &out->open, "%s (SEV-%d)", incident->id, incident->severity);
		if (!incident->resolved.seq && !out->first)
			out->first = incident;
	}
}

static enum err_kind exit_incidents(const struct rule *rule, const struct gate_in *in, struct findings *out, const char *open,
				    const struct incident *first)
{
	struct finding *finding = finding_add(out, rule, FINDING_UNMET, "Every incident of the stay in %s must be resolved, and open is %s.",
					      channel_word(rule->since), open);

	if (finding)
		finding->roles = first->severity == 1 ? ROLE_SYSTEM_OWNER : ROLE_DEV_LEAD | ROLE_SYSTEM_OWNER;
	return finding_next(finding, in, "gonogo incident resolve %s --resolution TEXT", first->id);
}

enum err_kind judge_channel_exit(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	struct opinion opinion;
	struct history history;
	const char *open, *settled, *reason;
	enum err_kind failed = opinion_of(rule, in, rule->id, rule->question, &opinion), taken;

	if (failed)
		return failed;
	history_of(in, dossier_stay(in->dossier, rule->since), &history);
	failed = gaps_take(&history.open, in->arena, &open);
	taken = gaps_take(&history.settled, in->arena, &settled);
	if (failed || taken)
		return ERR_SYSTEM;
	if (open && opinion.state != FINDING_FAILED)
		return exit_incidents(rule, in, out, open, history.first);
	reason = opinion.state == FINDING_MET ? arena_printf(in->arena, "%s; %s", settled ? "Incidents resolved" : "No incident", opinion.reason)
					      : opinion.reason;
	if (reason && settled && opinion.state == FINDING_MET)
		reason = arena_printf(in->arena, "Incidents of the stay, resolved: %s; %s", settled, opinion.reason);
	opinion.reason = reason;
	return reason ? opinion_add(rule, in, rule->id, &opinion, out) : ERR_SYSTEM;
}

static const struct incident *halting(const struct dossier *d)
{
	const struct incident *found = NULL;

	for (size_t i = 0; i < d->incident_count; i++)
		if (d->incidents[i].sev1_seq && (!found || d->incidents[i].sev1_seq > found->sev1_seq))
			found = &d->incidents[i];
	return found;
}

/* After an evaluation that ends in a rollback: who starts it, or who finishes it once it runs. */
static enum err_kind judge_evaluated(const struct rule *rule, const struct gate_in *in, const struct incident *incident, struct findings *out)
{
	const struct dossier *d = in->dossier;
	const bool is_mechanism = d->class == CLASS_MECHANISM;
	char at[WHEN_TEXT_MAX];
	struct finding *finding = finding_add(out, rule, FINDING_UNMET, "%s evaluated at %s that the release is rolled back, and nothing is promoted until that is done.",
					      d->evaluation.source.actor, when_format(d->evaluation.source.at, at));

	if (finding) {
		finding->blocks = true;
		finding->roles = dossier_is_rolling_back(d) ? ROLE_DEV_LEAD | ROLE_SYSTEM_OWNER | ROLE_OPERATOR : authority_rollback_roles(d, in->policy, in->now);
	}
	if (dossier_is_rolling_back(d))
		return finding_next(finding, in, "gonogo rollback finish %s --verification pass|fail --note TEXT", d->release);
	return finding_next(finding, in, "gonogo rollback start %s --reason TEXT%s%s", d->release, is_mechanism ? " --incident " : "",
			    is_mechanism ? incident->id : "");
}

enum err_kind judge_channel_halt(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const struct dossier *d = in->dossier;
	const struct evaluation_entry *evaluation = &d->evaluation;
	const struct incident *incident = halting(d);
	char at[WHEN_TEXT_MAX];
	struct finding *finding;

	if (!dossier_is_halted(d) || !incident) {
		if (!incident)
			return finding_done(finding_add(out, rule, FINDING_MET, "No SEV-1 incident is on record for this release."));
		return finding_done(finding_add(out, rule, FINDING_MET, "%s evaluated the rollback at %s: resume.", evaluation->source.actor,
						when_format(evaluation->source.at, at)));
	}
	if (dossier_is_to_roll_back(d))
		return judge_evaluated(rule, in, incident, out);
	finding = finding_add(out, rule, FINDING_UNMET, "%s (SEV-1, by %s at %s) halts promotion until a rollback evaluation is recorded.", incident->id,
			      incident->opened.actor, when_format(incident->opened.at, at));
	if (finding) {
		finding->blocks = true;
		finding->roles = d->class == CLASS_UI_ONLY || d->class == CLASS_WORKFLOW ? ROLE_DEV_LEAD | ROLE_SYSTEM_OWNER : ROLE_SYSTEM_OWNER;
	}
	return finding_next(finding, in, "gonogo incident evaluate %s resume|rollback --rationale TEXT", d->release);
}
