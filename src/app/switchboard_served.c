#include <config.h>

#include <gonogo/base/text.h>
#include <gonogo/core/serving.h>

#include "switchboard_served.h"

bool switchboard_is_missing(const struct dossier *d)
{
	return !d->definition_source.seq && !d->manifest.kill_switch;
}

enum flag_served switchboard_seen(const struct look *look, const char *tenant)
{
	for (size_t i = 0; look->live.provider && i < look->live.reading.count; i++)
		if (text_same_id(look->live.reading.tenants[i].id, tenant))
			return look->live.reading.tenants[i].served;
	return FLAG_UNKNOWN;
}

bool switchboard_in_trouble(const struct look *look)
{
	return look->live.provider && look->live.provider->is_live && look->at != WHEN_NONE && look->live.reading.state != SWITCH_READY;
}

const struct confirmation *switchboard_last_word(const struct dossier *d, const char *tenant)
{
	const struct confirmation *last = NULL;

	for (size_t i = 0; i < d->confirmation_count; i++)
		if (text_same_id(d->confirmations[i].tenant, tenant) && (!last || d->confirmations[i].source.seq > last->source.seq))
			last = &d->confirmations[i];
	return last;
}

/* As far as anything tells: what is read there, or the last word of somebody, which is worth nothing for "off" once something was asked for since. */
static enum flag_served known(const struct dossier *d, const struct look *look, const char *tenant, const struct kill *kill)
{
	const struct confirmation *last = switchboard_last_word(d, tenant);
	const enum flag_served seen = switchboard_seen(look, tenant);
	const int64_t since = kill ? kill->source.seq : d->last_restore.seq;

	if (seen != FLAG_UNKNOWN || !last)
		return seen;
	if (last->is_on)
		return FLAG_ON;
	return last->source.seq > since ? FLAG_OFF : FLAG_UNKNOWN;
}

bool switchboard_could_serve(const struct dossier *d, const struct tenant *tenant)
{
	struct dossier without = *d;
	char reason[SERVING_REASON_MAX];

	without.kill_count = 0;
	return serving_allowed(&without, tenant, reason);
}

static struct switchboard_cell allowed_cell(const struct look *look, enum flag_served served)
{
	const bool is_live = look->live.provider && look->live.provider->is_live;

	if (is_live && look->live.reading.state != SWITCH_READY && served == FLAG_UNKNOWN)
		return (struct switchboard_cell){ SERVED_UNKNOWN, look->at != WHEN_NONE };
	if (served == FLAG_UNKNOWN)
		return (struct switchboard_cell){ is_live ? SERVED_UNKNOWN : SERVED_MAY, false };
	return (struct switchboard_cell){ served == FLAG_ON ? SERVED_ON : SERVED_OFF, false };
}

struct switchboard_cell switchboard_served(const struct dossier *d, const struct look *look, const struct tenant *tenant)
{
	const struct kill *kill = dossier_killed(d, tenant->id);
	const bool could_be = switchboard_could_serve(d, tenant);
	enum flag_served served = known(d, look, tenant->id, kill);

	/* Of a switch that cannot be read, what somebody saw once says nothing of now. */
	if (!kill && switchboard_in_trouble(look))
		served = switchboard_seen(look, tenant->id);
	if (kill && (could_be || served == FLAG_ON))
		return (struct switchboard_cell){ served == FLAG_ON ? SERVED_ON : SERVED_KILLED, served != FLAG_OFF };
	if (could_be)
		return allowed_cell(look, served);
	if (served == FLAG_ON)
		return (struct switchboard_cell){ SERVED_ON, true };
	return (struct switchboard_cell){ tenant->is_opted_out && dossier_channel(d) == CHANNEL_EXPERIMENTAL ? SERVED_OUT : SERVED_NOBODY, false };
}
