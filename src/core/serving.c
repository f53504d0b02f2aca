#include <config.h>

#include <gonogo/core/serving.h>

#include <stdarg.h>
#include <stdio.h>

#include <gonogo/base/text.h>

static bool say(char *reason, bool is_allowed, const char *fmt, ...) PRINTF_LIKE(3, 4);

static bool say(char *reason, bool is_allowed, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(reason, SERVING_REASON_MAX, fmt, args);
	va_end(args);
	return is_allowed;
}

bool serving_eligible(const struct tenant *tenant, const char *release, char *reason)
{
	/* These two bind dev/test tenants as well, outside dev (I-16). */
	if (tenant->track == TRACK_STABLE_ONLY)
		return say(reason, false, "CHN-7: %s is on the track stable-only and takes no release before stable.",
			tenant->id);
	if (tenant->is_opted_out)
		return say(reason, false, "CHN-8: %s has opted out of experimental.", tenant->id);
	if (tenant->kind == TENANT_DEV_TEST)
		return say(reason, true, "CHN-7: %s is a dev/test tenant of the organisation's own.", tenant->id);
	for (size_t i = 0; i < tenant->consent_count; i++) {
		const char *named = tenant->consents[i].release;

		if (named == NULL || text_same_id(named, release))
			return say(reason, true, "CHN-7: the consent of %s is on record.", tenant->id);
	}
	return say(reason, false, "CHN-7: no consent of %s is on record for %s.", tenant->id, release);
}

static bool is_listed(const struct plan *plan, const char *tenant)
{
	for (size_t i = 0; i < plan->tenants.count; i++) {
		if (text_same_id(plan->tenants.items[i], tenant))
			return true;
	}
	return false;
}

static bool allowed_experimental(const struct dossier *dossier, const struct tenant *tenant, char *reason)
{
	if (dossier->approved_plan_source.seq == 0)
		return say(reason, false,
			"CHN-7: %s has no approved exposure plan, so nobody is served it in experimental.",
			dossier->release);
	if (!is_listed(&dossier->approved_plan, tenant->id))
		return say(reason, false, "CHN-7: %s is not in the approved exposure plan of %s.", tenant->id,
			dossier->release);
	if (!serving_eligible(tenant, dossier->release, reason))
		return false;
	return say(reason, true, "CHN-7: %s is in the approved exposure plan of %s and eligible.", tenant->id,
		dossier->release);
}

static bool allowed_dev(const struct dossier *dossier, const struct tenant *tenant, char *reason)
{
	if (tenant->kind == TENANT_DEV_TEST)
		return say(
			reason, true, "CHN-7: %s is a dev/test tenant and %s is in dev.", tenant->id, dossier->release);
	return say(reason, false, "CHN-7: %s is in dev, which is for dev/test tenants, and %s is a production tenant.",
		dossier->release, tenant->id);
}

static bool allowed_candidate(const struct dossier *dossier, const struct tenant *tenant, char *reason)
{
	if (tenant->track == TRACK_STABLE_ONLY)
		return say(reason, false, "CHN-7: %s is in candidate and %s is on the track stable-only.",
			dossier->release, tenant->id);
	return say(reason, true, "CHN-7: %s is in candidate and %s is not on the track stable-only.", dossier->release,
		tenant->id);
}

/* What stands above the channel: a kill, or a rollback under way. */
static bool is_stopped(const struct dossier *dossier, const struct tenant *tenant, char *reason)
{
	const struct kill *kill = dossier_killed(dossier, tenant->id);
	char at[WHEN_TEXT_MAX];

	if (dossier_is_rolling_back(dossier)) {
		(void)say(reason, false, "RBK-1: a rollback of %s began at %s; nobody may be served it.",
			dossier->release, when_format(dossier->run.started.at, at));
		return true;
	}
	if (kill != NULL) {
		(void)say(reason, false, "KSW-6: %s was killed for %s at %s by %s.", dossier->release, tenant->id,
			when_format(kill->source.at, at), kill->source.actor);
		return true;
	}
	return false;
}

bool serving_allowed(const struct dossier *dossier, const struct tenant *tenant, char *reason)
{
	enum release_state state = dossier->state;

	if (!dossier_exists(dossier))
		return say(reason, false, "CHN-7: there is no such release.");
	if (state == STATE_SUPERSEDED)
		return say(reason, false, "CHN-7: %s is superseded by %s; nobody may be served it.", dossier->release,
			dossier->successor ? dossier->successor : "");
	if (state == STATE_REGISTERED || words_state_is_final(state))
		return say(reason, false, "CHN-7: %s is %s; nobody may be served it.", dossier->release,
			words_word(words_state, (int)state));
	if (is_stopped(dossier, tenant, reason))
		return false;
	switch (dossier_channel(dossier)) {
	case CHANNEL_DEV: return allowed_dev(dossier, tenant, reason);
	case CHANNEL_EXPERIMENTAL: return allowed_experimental(dossier, tenant, reason);
	case CHANNEL_CANDIDATE: return allowed_candidate(dossier, tenant, reason);
	case CHANNEL_STABLE:
		return say(reason, true, "CHN-7: %s is stable, which is for every tenant.", dossier->release);
	case CHANNEL_NONE: break;
	}
	return say(reason, false, "CHN-7: %s stands in no channel; nobody may be served it.", dossier->release);
}
