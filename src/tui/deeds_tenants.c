#include <config.h>

#include <gonogo/core/serving.h>
#include <gonogo/tui/deeds.h>

enum { EFFECTS_MOST = 500 };

DEED(deed_consent)
{
	const char *tenant = deeds_given(form, "tenant");

	if (!tenant)
		return err_set(err, ERR_USAGE, "Name the tenant whose consent is recorded.");
	return use_tenant_consent(in->session, tenant, deeds_given(form, "release"), deeds_given(form, "method"), deeds_given(form, "evidence"), out, err);
}

DEED(deed_consent_withdraw)
{
	return use_tenant_withdraw(in->session, in->chosen, deeds_given(form, "release"), out, err);
}

DEED(deed_opt_out)
{
	(void)form;
	return use_tenant_opt_out(in->session, in->chosen, CHANNEL_EXPERIMENTAL, out, err);
}

static const struct tenant *tenant_of(const struct act_in *in)
{
	return in->record && in->chosen ? registry_tenant(&in->record->dossier.registry, in->chosen) : NULL;
}

/* There are two tracks: whoever changes it moves to the other. */
static enum tenant_track other_track(const struct act_in *in)
{
	const struct tenant *tenant = tenant_of(in);

	return tenant && tenant->track == TRACK_STABLE_ONLY ? TRACK_STANDARD : TRACK_STABLE_ONLY;
}

DEED(deed_track)
{
	(void)form;
	return use_tenant_track(in->session, in->chosen, other_track(in), out, err);
}

DEED(deed_tenant_add)
{
	return use_tenant_add(in->session, deeds_given(form, "id"), deeds_given(form, "name"), (enum tenant_kind)form_choice(form, "kind", TENANT_PRODUCTION),
			      (enum tenant_track)form_choice(form, "track", TRACK_STANDARD), out, err);
}

/* --- the effect on every release that names the tenant --- */

static void describe_effect(const struct act_in *in, const char *tenant, const struct tenant_change *change, struct buf *out)
{
	const struct page page = { .limit = EFFECTS_MOST };
	struct tenant_servings servings;
	struct arena arena;
	struct err err;
	size_t same = 0;

	if (!tenant)
		return;
	arena_init(&arena, 0);
	if (use_tenant_servings(in->session, tenant, change, &page, &arena, &servings, &err) != ERR_NONE) {
		buf_printf(out, "%s\n", err.text);
		arena_release(&arena);
		return;
	}
	for (size_t i = 0; i < servings.count; i++) {
		const struct tenant_serving *serving = &servings.items[i];

		same += serving->is_served == serving->will_be;
		if (serving->is_served != serving->will_be)
			buf_printf(out, "%s: %s. %s\n", serving->release, serving->will_be ? "will be served, is not now" : "SERVED NOW, WILL NOT BE", serving->reason_then);
	}
	if (same)
		buf_printf(out, "%zu other release%s that name%s it: no difference.\n", same, same == 1 ? "" : "s", same == 1 ? "s" : "");
	else if (!servings.count)
		buf_str(out, "No release that is not over names it.\n");
	if (servings.has_more)
		buf_str(out, "There are more releases that name it.\n");
	arena_release(&arena);
}

/* The tenant and the release are what stands in the fields, not what was selected. */
DESCRIBE(describe_consent)
{
	const char *tenant = deeds_given(in->form, "tenant"), *release = deeds_given(in->form, "release");
	const struct tenant_change change = { .deed = TENANT_CONSENTS, .method = "-", .release = release };

	if (tenant)
		buf_printf(out, "%s, consent recorded for %s%s:\n", tenant, release ? release : "every release", release ? " alone" : "");
	describe_effect(in, tenant, &change, out);
}

DESCRIBE(describe_consent_withdraw)
{
	const char *release = deeds_given(in->form, "release");
	const struct tenant_change change = { .deed = TENANT_WITHDRAWS, .release = release };

	if (release)
		buf_printf(out, "%s, the consent for %s alone withdrawn, with effect at once (CHN-8):\n", in->chosen ? in->chosen : "", release);
	else
		buf_printf(out, "%s, every consent withdrawn, with effect at once (CHN-8):\n", in->chosen ? in->chosen : "");
	describe_effect(in, in->chosen, &change, out);
}

DESCRIBE(describe_opt_out)
{
	const struct tenant_change change = { .deed = TENANT_OPTS_OUT, .channel = CHANNEL_EXPERIMENTAL };

	buf_printf(out, "%s opts out of experimental, with effect at once (CHN-8):\n", in->chosen ? in->chosen : "");
	describe_effect(in, in->chosen, &change, out);
}

DESCRIBE(describe_track)
{
	const struct tenant_change change = { .deed = TENANT_MOVES, .track = other_track(in) };

	buf_printf(out, "%s moves to the track %s:\n", in->chosen ? in->chosen : "", words_title(words_tenant_track, (int)change.track));
	describe_effect(in, in->chosen, &change, out);
}

/* The selected tenant, or the first one of the plan that is not eligible. */
PREFILL(prefill_consent)
{
	const struct dossier *d = &in->record->dossier;
	char why[SERVING_REASON_MAX];

	if (in->chosen)
		form_set(form, "tenant", in->chosen);
	for (size_t i = 0; !in->chosen && i < d->plan.tenants.count; i++) {
		const struct tenant *tenant = registry_tenant(&d->registry, d->plan.tenants.items[i]);

		if (tenant && !serving_eligible(tenant, d->release, why)) {
			form_set(form, "tenant", tenant->id);
			return;
		}
	}
}

READY(ready_tenant)
{
	return in->chosen ? ERR_NONE : err_set(err, ERR_REFUSED, "No tenant is selected.");
}
