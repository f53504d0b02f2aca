#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/app/switchboard.h>
#include <gonogo/base/text.h>
#include <gonogo/core/serving.h>
#include <gonogo/tui/deeds.h>

static const char everybody[] = "*";

const struct word words_provider[] = { { 1, "flagd", "flagd file" }, { 2, "env", "env file" }, { 3, "command", "command" }, { 4, "manual", "by hand" }, { 0, NULL, NULL } };
const struct word words_on_off[] = { { 0, "off", "off" }, { 1, "on", "on" }, { 0, NULL, NULL } };

static const struct tenant *tenant_of(const struct act_in *in, const char *id)
{
	return in->record && id ? registry_tenant(&in->record->dossier.registry, id) : NULL;
}

/* --- what is recorded --- */

DEED(deed_switch_test)
{
	int result;
	enum err_kind failed = deeds_chosen(form, "result", "a result", &result, err);

	return failed ? failed : use_switch_test(in->session, in->release, deeds_given(form, "environment"), (enum result)result, deeds_given(form, "note"),
						 deeds_given(form, "evidence"), out, err);
}

DEED(deed_switch_drill)
{
	return use_switch_drill(in->session, in->release, deeds_given(form, "environment"), deeds_given(form, "note"), out, err);
}

DEED(deed_switch_approve)
{
	int role;
	enum err_kind failed = deeds_chosen(form, "role", "the role you approve in", &role, err);

	return failed ? failed : use_switch_approve(in->session, in->release, (enum role)role, deeds_given(form, "reason"), out, err);
}

/* The tenants picked; nobody is meant by nothing. */
static enum err_kind picked(const struct form *form, struct arena *arena, struct texts *out, struct err *err)
{
	if (!form_lines(form, "tenants", arena, out))
		return err_memory(err);
	return out->count ? ERR_NONE : err_missing_option(err, "--tenants", "Choose whom: Space on %s is every tenant.", everybody);
}

DEED(deed_kill)
{
	struct texts tenants = { 0 };
	struct arena arena;
	enum err_kind failed;

	arena_init(&arena, 0);
	failed = picked(form, &arena, &tenants, err);
	if (!failed)
		failed = use_switch_kill(in->session, in->release, tenants, deeds_given(form, "reason"), out, err);
	arena_release(&arena);
	return failed;
}

DEED(deed_switch_restore)
{
	struct texts tenants = { 0 };
	struct arena arena;
	enum err_kind failed;

	arena_init(&arena, 0);
	failed = picked(form, &arena, &tenants, err);
	/* To kill one too many is safe; to restore one is not. */
	for (size_t i = 0; !failed && tenants.count > 1 && i < tenants.count; i++)
		if (strcmp(tenants.items[i], everybody) == 0)
			failed = err_missing_option(err, "--tenants", "%s is every tenant: take it back, or the others.", everybody);
	if (!failed)
		failed = use_switch_restore(in->session, in->release, tenants, deeds_given(form, "reason"), out, err);
	arena_release(&arena);
	return failed;
}

/* One fact for each tenant, as from a shell; a failure says how many are on record. */
DEED(deed_switch_confirm)
{
	struct texts tenants = { 0 };
	struct arena arena;
	int on;
	size_t done = 0;
	enum err_kind failed = deeds_chosen(form, "state", "on or off", &on, err);

	if (failed)
		return failed;
	arena_init(&arena, 0);
	failed = picked(form, &arena, &tenants, err);
	for (; !failed && done < tenants.count; done += !failed)
		failed = use_switch_confirm(in->session, in->release, tenants.items[done], on, out, err);
	if (failed && done)
		err_prefix(err, "%zu confirmed, then", done);
	else if (!failed && done > 1)
		(void)snprintf(out->text, sizeof out->text, "%s is confirmed %s for %zu tenants.", in->release, on ? "on" : "off", done);
	arena_release(&arena);
	return failed;
}

DEED(deed_switch_bind)
{
	struct switch_place where = { .place = deeds_given(form, "place"), .flag = deeds_given(form, "flag"), .attribute = deeds_given(form, "attribute"),
				      .off = deeds_given(form, "off"), .timeout = deeds_given(form, "timeout") };
	struct arena arena;
	int provider;
	enum err_kind failed = deeds_chosen(form, "provider", "a provider", &provider, err);

	if (failed)
		return failed;
	where.provider = words_word(words_provider, provider);
	arena_init(&arena, 0);
	if (!form_lines(form, "later", &arena, &where.later) || !form_lines(form, "args", &arena, &where.args))
		failed = err_memory(err);
	if (!failed)
		failed = use_switch_bind(in->session, in->release, &where, out, err);
	arena_release(&arena);
	return failed;
}

DEED(deed_switch_observe)
{
	(void)form;
	return use_switch_observe(in->session, in->release, out, err);
}

/* --- whom --- */

static struct form_option option_of(const struct act_in *in, const struct tenant *tenant, struct arena *arena)
{
	const bool is_killed = dossier_killed(&in->record->dossier, tenant->id) != NULL;
	char reason[SERVING_REASON_MAX];
	const bool is_allowed = serving_allowed(&in->record->dossier, tenant, reason);

	return (struct form_option){ .id = tenant->id, .state = is_killed ? "killed" : is_allowed ? "may be served" : "may not be served", .reason = arena_str(arena, reason) };
}

static enum err_kind offer(const struct act_in *in, bool killed_only, bool has_everybody, struct arena *arena, struct form_options *out, struct err *err)
{
	const struct registry *registry = &in->record->dossier.registry;

	*out = (struct form_options){ .items = arena_array(arena, registry->tenant_count + 1, sizeof *out->items) };
	if (!out->items)
		return err_memory(err);
	if (has_everybody)
		out->items[out->count++] = (struct form_option){ .id = everybody, .state = "every tenant", .reason = killed_only ? "all that are killed" : "also those that come later" };
	for (size_t i = 0; i < registry->tenant_count; i++)
		if (!killed_only || dossier_killed(&in->record->dossier, registry->tenants[i].id))
			out->items[out->count++] = option_of(in, &registry->tenants[i], arena);
	return ERR_NONE;
}

enum err_kind options_to_kill(const struct act_in *in, struct arena *arena, struct form_options *out, struct err *err)
{
	return offer(in, false, true, arena, out, err);
}

enum err_kind options_to_restore(const struct act_in *in, struct arena *arena, struct form_options *out, struct err *err)
{
	return offer(in, true, true, arena, out, err);
}

enum err_kind options_to_confirm(const struct act_in *in, struct arena *arena, struct form_options *out, struct err *err)
{
	return offer(in, false, false, arena, out, err);
}

PREFILL(prefill_kill)
{
	form_set(form, "tenants", tenant_of(in, in->chosen) ? in->chosen : everybody);
}

PREFILL(prefill_restore)
{
	form_set(form, "tenants", tenant_of(in, in->chosen) && dossier_killed(&in->record->dossier, in->chosen) ? in->chosen : everybody);
}

/* The one that is selected, else those for whom it was killed and nobody has confirmed it. */
PREFILL(prefill_confirm)
{
	const struct dossier *d = &in->record->dossier;
	struct buf ids = BUF_EMPTY;

	if (tenant_of(in, in->chosen)) {
		form_set(form, "tenants", in->chosen);
		return;
	}
	for (size_t i = 0; i < d->registry.tenant_count; i++) {
		const struct kill *kill = dossier_killed(d, d->registry.tenants[i].id);
		bool is_known = !kill || !switchboard_could_serve(d, &d->registry.tenants[i]);

		for (size_t k = 0; kill && k < d->confirmation_count; k++)
			is_known |= text_same_id(d->confirmations[k].tenant, d->registry.tenants[i].id) && d->confirmations[k].source.seq > kill->source.seq;
		if (!is_known)
			buf_printf(&ids, "%s%s", ids.size ? "\n" : "", d->registry.tenants[i].id);
	}
	form_set(form, "tenants", buf_text(&ids));
	buf_release(&ids);
}

PREFILL(prefill_switch_test)
{
	(void)in;
	form_set(form, "environment", "dev");
}

/* Setting by setting, as it is bound now. */
PREFILL(prefill_bind)
{
	static const char *const names[] = { "flag", "attribute", "off", "timeout" };
	const struct dossier *d = &in->record->dossier;
	const struct flag_binding binding = { .args = d->place_args };

	if (!d->binding.seq)
		return;
	form_set(form, "provider", d->provider);
	form_set(form, "place", d->place);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		form_set(form, names[i], flag_setting(&binding, names[i], ""));
}

/* --- what is about to be recorded --- */

static void describe_place(const struct dossier *d, struct buf *out)
{
	const struct flag_provider *provider = d->binding.seq ? flag_provider_find(d->provider) : NULL;

	if (provider && provider->is_live)
		buf_printf(out, "It is also written to %s %s, and read back.\n", d->provider, d->place);
	else
		buf_printf(out, "It is bound to nothing that can be written: switch it by hand%s%s, then confirm it.\n", d->definition.activation ? ", " : "",
			   d->definition.activation ? d->definition.activation : "");
}

DESCRIBE(describe_kill)
{
	const struct dossier *d = &in->record->dossier;
	char at[WHEN_TEXT_MAX];

	buf_printf(out, "%s, %s.\n", in->release, words_word(words_state, (int)d->state));
	for (size_t i = 0; i < d->kill_count; i++)
		buf_printf(out, "Killed for %s since %s by %s: %s\n", strcmp(d->kills[i].tenant, everybody) == 0 ? "every tenant" : d->kills[i].tenant,
			   when_format(d->kills[i].source.at, at), d->kills[i].source.actor, d->kills[i].reason);
	if (!d->kill_count)
		buf_str(out, "From then on those chosen may not be served it. Restoring takes the approvals of the class (KSW-6).\n");
	describe_place(d, out);
}

DESCRIBE(describe_drill)
{
	const struct dossier *d = &in->record->dossier;

	buf_printf(out, "%s %s: it is read on for somebody, switched off for EVERYONE, read off, put back, and read again. That is the test (KSW-3).\n",
		   d->provider ? d->provider : "", d->place ? d->place : "");
}

DESCRIBE(describe_bind)
{
	const struct dossier *d = &in->record->dossier;

	buf_printf(out, "Flag %s, off is %s. ", d->definition.flag ? d->definition.flag : "-", d->definition.default_value ? d->definition.default_value : "-");
	if (d->binding.seq)
		buf_printf(out, "Bound now to %s %s. ", d->provider, d->place);
	buf_str(out, "A new binding voids the tests of the one before (KSW-3). man gonogo-switch says what each provider can promise.\n");
}

DESCRIBE(describe_observe)
{
	const struct dossier *d = &in->record->dossier;

	buf_printf(out, "Reads %s %s now, and records what is news of it; the gate judges by that (KSW-1, HS-6).\n", d->provider ? d->provider : "",
		   d->place ? d->place : "");
}

/* --- not now, and why --- */

READY(ready_kill)
{
	if (!in->record || words_state_is_final(in->record->dossier.state))
		return err_set(err, ERR_REFUSED, "There is nothing to switch off: nobody is served this release.");
	return ERR_NONE;
}

READY(ready_restore)
{
	if (!in->record || !dossier_is_killed(&in->record->dossier))
		return err_set(err, ERR_REFUSED, "There is nothing to restore: it is not killed for any tenant (KSW-6).");
	return ERR_NONE;
}

READY(ready_switch)
{
	if (!in->record || !in->release)
		return err_set(err, ERR_REFUSED, "No release is selected.");
	return ERR_NONE;
}

READY(ready_live)
{
	const struct dossier *d = in->record && in->release ? &in->record->dossier : NULL;
	const struct flag_provider *provider = d && d->binding.seq ? flag_provider_find(d->provider) : NULL;

	if (!d)
		return err_set(err, ERR_REFUSED, "No release is selected.");
	if (!provider || !provider->is_live)
		return err_set(err, ERR_REFUSED, "It is bound to nothing that can be read and written. b binds it; t records a test that somebody made by hand.");
	return ERR_NONE;
}

READY(ready_drill)
{
	const enum err_kind failed = ready_live(in, err);

	if (!failed && dossier_is_killed(&in->record->dossier))
		return err_set(err, ERR_REFUSED, "It is killed (KSW-6): the drill would end with a restore.");
	return failed;
}
