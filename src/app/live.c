#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/app/live.h>
#include <gonogo/base/text.h>
#include <gonogo/core/serving.h>
#include <gonogo/sign/base64.h>

static enum err_kind list_tenants(const struct registry *registry, struct arena *arena, struct texts *out, struct err *err)
{
	const char **ids = arena_array(arena, registry->tenant_count + 1, sizeof *ids);

	if (!ids)
		return err_memory(err);
	for (size_t i = 0; i < registry->tenant_count; i++)
		ids[i] = registry->tenants[i].id;
	*out = (struct texts){ ids, registry->tenant_count };
	return ERR_NONE;
}

enum err_kind live_read(const struct dossier *d, struct arena *arena, struct live *out, struct err *err)
{
	enum err_kind failed;

	*out = (struct live){ .binding = { .provider = d->provider, .place = d->place, .args = d->place_args, .release = d->release, .flag = d->definition.flag,
					   .off = d->definition.default_value } };
	failed = list_tenants(&d->registry, arena, &out->tenants, err);
	if (failed || !d->binding.seq)
		return failed;
	out->provider = flag_provider_find(d->provider);
	return out->provider ? out->provider->read(&out->binding, out->tenants, arena, &out->reading, err) : ERR_NONE;
}

enum err_kind live_aim(const struct dossier *d, const struct live *live, struct arena *arena, struct flag_aim *out, struct err *err)
{
	const char **killed = arena_array(arena, live->tenants.count + 1, sizeof *killed), **spared = arena_array(arena, live->tenants.count + 1, sizeof *spared);

	*out = (struct flag_aim){ .tenants = live->tenants };
	if (!killed || !spared)
		return err_memory(err);
	for (size_t i = 0; i < d->kill_count; i++)
		out->everyone |= strcmp(d->kills[i].tenant, "*") == 0;
	for (size_t i = 0; i < live->tenants.count; i++)
		if (dossier_killed(d, live->tenants.items[i]))
			killed[out->killed.count++] = live->tenants.items[i];
		else if (out->everyone)
			spared[out->except.count++] = live->tenants.items[i];
	out->killed.items = killed;
	out->except.items = spared;
	return ERR_NONE;
}

static enum err_kind add(struct drifts *out, struct arena *arena, const char *finding, const char *tenant, const char *rule, const char *reason, struct err *err)
{
	struct drift *items = arena_room(arena, out->items, out->count, &out->room, sizeof *items);

	if (!items || !reason)
		return err_memory(err);
	out->items = items;
	items[out->count++] = (struct drift){ finding, tenant, rule, reason };
	return ERR_NONE;
}

/* A tenant that is served what it may not be: the kill that did not take before all else. */
static enum err_kind tenant_drift(const struct dossier *d, const struct live *live, const struct flag_tenant *seen, struct arena *arena, struct drifts *out,
				  struct err *err)
{
	const struct tenant *tenant = registry_tenant(&d->registry, seen->id);
	const struct kill *kill = dossier_killed(d, seen->id);
	char reason[SERVING_REASON_MAX], at[WHEN_TEXT_MAX];

	if (!tenant)
		return ERR_NONE;
	if (kill && seen->served != FLAG_OFF && live->provider->is_live)
		return add(out, arena, seen->served == FLAG_ON ? "kill-not-taken" : "kill-not-seen", seen->id, "KSW-6",
			   arena_printf(arena, "%s was killed for %s at %s, and %s.", d->release, seen->id, when_format(kill->source.at, at),
					seen->served == FLAG_ON ? "is served all the same" : "nothing says that it is off"), err);
	if (seen->served != FLAG_ON || serving_allowed(d, tenant, reason))
		return ERR_NONE;
	return add(out, arena, "served-not-allowed", seen->id, "CHN-7", arena_printf(arena, "%s is served %s and may not be. %s", seen->id, d->release, reason), err);
}

static const struct switch_test *last_pass(const struct dossier *d)
{
	for (size_t i = d->test_count; i > 0; i--)
		if (d->tests[i - 1].result == RESULT_PASS && !digest_is_zero(&d->tests[i - 1].proven))
			return &d->tests[i - 1];
	return NULL;
}

static enum err_kind record_drift(const struct dossier *d, const struct live *live, struct arena *arena, struct drifts *out, struct err *err)
{
	const struct switch_test *test = last_pass(d);
	char at[WHEN_TEXT_MAX];
	enum err_kind failed = ERR_NONE;

	if (d->write.source.seq && d->write.state == WRITE_FAILED)
		failed = add(out, arena, d->write.op == SWITCH_OP_KILL ? "kill-not-written" : "restore-not-written", NULL, "KSW-6",
			     arena_printf(arena, "The %s of %s could not be written: %s", words_word(words_switch_op, (int)d->write.op), when_format(d->write.source.at, at),
					  d->write.reason ? d->write.reason : "no reason was recorded."), err);
	else if (d->write.source.seq && d->write.state == WRITE_BEGUN)
		failed = add(out, arena, "write-cut-short", NULL, "KSW-6", arena_printf(arena, "The %s begun at %s has no end on record.",
									      words_word(words_switch_op, (int)d->write.op), when_format(d->write.source.at, at)), err);
	if (!failed && d->drill.source.seq && d->drill.state == WRITE_BEGUN)
		failed = add(out, arena, "drill-cut-short", NULL, "KSW-3", arena_printf(arena, "A drill begun at %s by %s is under way or was cut short.",
									      when_format(d->drill.source.at, at), d->drill.source.actor), err);
	if (!failed && test && !digest_is_zero(&live->reading.definition) && !digest_equal(&live->reading.definition, &test->proven))
		failed = add(out, arena, "definition-changed", NULL, "KSW-3", arena_printf(arena, "The definition of the flag has changed since it was tested at %s.",
										 when_format(test->source.at, at)), err);
	return failed;
}

enum err_kind live_drift(const struct dossier *d, const struct live *live, struct arena *arena, struct drifts *out, struct err *err)
{
	enum err_kind failed = ERR_NONE;

	*out = (struct drifts){ 0 };
	if (!live->provider)
		return ERR_NONE;
	if (live->provider->is_live && live->reading.state != SWITCH_READY)
		failed = add(out, arena, words_word(words_switch_state, (int)live->reading.state), NULL, "KSW-1", live->reading.reason, err);
	if (!failed)
		failed = record_drift(d, live, arena, out, err);
	for (size_t i = 0; !failed && i < live->reading.count; i++)
		failed = tenant_drift(d, live, &live->reading.tenants[i], arena, out, err);
	return failed;
}

const char *live_keep(const char *kept, size_t size, struct arena *arena)
{
	char *text = arena_alloc(arena, BASE64_SIZE(size) + 1);

	if (text)
		base64_encode(kept, size, text);
	return text;
}

const char *live_kept(const char *base64, size_t *size, struct arena *arena)
{
	const size_t length = base64 ? strlen(base64) : 0;
	char *bytes = length ? arena_alloc(arena, length + 1) : NULL;

	if (!bytes || !base64_decode(base64, length, (unsigned char *)bytes, size))
		return NULL;
	bytes[*size] = '\0';
	return bytes;
}
