#include <config.h>

#include <string.h>

#include <gonogo/core/soak.h>

bool soak_disqualifies(const struct incident *incident, enum channel channel)
{
	switch (channel) {
	case CHANNEL_EXPERIMENTAL: return incident->severity <= 2;
	case CHANNEL_CANDIDATE: return true;
	case CHANNEL_NONE:
	case CHANNEL_DEV:
	case CHANNEL_STABLE: break;
	}
	return false;
}

bool soak_incident_in_stay(const struct incident *incident, const struct stay *stay)
{
	int64_t from = incident->opened.seq > incident->concern_seq ? incident->opened.seq : incident->concern_seq;

	if (incident->concern_seq == 0 || stay->entered.seq == 0)
		return false;
	/* What concerns the release from the promotion on, because its tenant is served then, is of the next stay. */
	if (stay->left.seq != 0 && from >= stay->left.seq)
		return false;
	return incident->resolved.seq == 0 || incident->resolved.seq > stay->entered.seq;
}

static void restart(struct soak *soak, const struct stay *stay, const struct source *source)
{
	if (source->seq <= soak->begin_seq)
		return;
	/* A channel's soak ends when it is left: nothing later restarts it. */
	if (stay->left.seq != 0 && source->seq > stay->left.seq)
		return;
	soak->begin = source->at;
	soak->begin_seq = source->seq;
	soak->begin_actor = source->actor;
}

static void interrupt(struct soak *soak, const char *by)
{
	soak->is_interrupted = true;
	if (soak->interruption == NULL)
		soak->interruption = by;
}

static void begin_soak(const struct dossier *dossier, const struct stay *stay, struct soak *out)
{
	bool is_there = stay->left.seq == 0;

	out->begin = stay->entered.at;
	out->begin_seq = stay->entered.seq;
	out->begin_actor = stay->entered.actor;
	/* Only these two are soaked in: a kill in dev restarts nothing (I-16). */
	if (stay->channel != CHANNEL_EXPERIMENTAL && stay->channel != CHANNEL_CANDIDATE)
		return;
	/* As it stood at the moment of leaving: a severity changed later, or a later kill, is another channel's. */
	if (!is_there && stay->begun.seq != 0) {
		out->begin = stay->begun.at;
		out->begin_seq = stay->begun.seq;
		out->begin_actor = stay->begun.actor;
		return;
	}
	for (size_t i = 0; i < dossier->incident_count; i++) {
		const struct incident *incident = &dossier->incidents[i];

		if (!soak_disqualifies(incident, stay->channel) || !soak_incident_in_stay(incident, stay))
			continue;
		if (incident->resolved.seq != 0)
			restart(out, stay, &incident->resolved);
		else if (is_there)
			interrupt(out, incident->id);
	}
	restart(out, stay, &dossier->last_restore);
	if (is_there && dossier_is_killed(dossier))
		interrupt(out, "kill");
}

static int64_t required(const struct dossier *dossier, const struct policy *policy, enum channel channel)
{
	int64_t longest = policy->soak_s[dossier->class][channel];

	if (channel == CHANNEL_EXPERIMENTAL && dossier->plan_source.seq != 0 && dossier->plan.min_s > longest)
		longest = dossier->plan.min_s;
	return longest;
}

void soak_of(
	const struct dossier *dossier, const struct policy *policy, enum channel channel, instant now, struct soak *out)
{
	const struct stay *stay = dossier_stay(dossier, channel);
	instant until;

	*out = (struct soak){ .entered = WHEN_NONE, .left = WHEN_NONE, .begin = WHEN_NONE, .opens = WHEN_NONE };
	out->required_s = required(dossier, policy, channel);
	if (stay == NULL)
		return;
	out->is_entered = true;
	out->entered = stay->entered.at;
	if (stay->left.seq != 0)
		out->left = stay->left.at;
	begin_soak(dossier, stay, out);
	if (!out->is_interrupted)
		out->opens = out->begin + out->required_s;
	until = out->left != WHEN_NONE && out->left < now ? out->left : now;
	out->served_s = until > out->begin ? until - out->begin : 0;
}

bool soak_is_of_one(const struct dossier *dossier, const struct policy *policy, const char *person, instant now)
{
	const enum channel channel = dossier_channel(dossier);
	struct soak soak;

	if (!policy->is_soak_of_two || (channel != CHANNEL_EXPERIMENTAL && channel != CHANNEL_CANDIDATE))
		return false;
	soak_of(dossier, policy, channel, now, &soak);
	return soak.begin_actor && strcmp(soak.begin_actor, person) == 0;
}
