#include <config.h>

#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/core/authority.h>
#include <gonogo/core/permit.h>

enum err_kind permit_switch_defined(const struct permit_in *in, bool *already, struct err *err)
{
	struct switch_definition definition;
	enum err_kind failed = paper_read_switch(in->body, &definition, err);

	*already = !failed && in->dossier->definition_source.seq && paper_same_switch(&definition, &in->dossier->definition);
	return failed;
}

enum err_kind permit_switch_bound(const struct permit_in *in, bool *already, struct err *err)
{
	const struct dossier *d = in->dossier;

	(void)err;
	*already = d->binding.seq && strcmp(d->provider, body_text(in->body, "provider")) == 0 && strcmp(d->place, body_text(in->body, "place")) == 0 &&
		   paper_same_texts(d->place_args, body_texts(in->body, "args"));
	return ERR_NONE;
}

enum err_kind permit_switch_tested(const struct permit_in *in, bool *already, struct err *err)
{
	const struct dossier *d = in->dossier;
	const int64_t present = d->definition_source.seq > d->binding.seq ? d->definition_source.seq : d->binding.seq;

	enum err_kind failed = permit_need(in, "note", "The note", err);

	(void)already;
	if (failed)
		return failed;
	if (!d->definition_source.seq)
		return err_set(err, ERR_REFUSED, "%s has no kill switch to test (KSW-1). Import its kill-switch form with gonogo import --release %s FILE.",
			       d->release, d->release);
	if (body_int(in->body, "definition", 0) != present)
		return err_set(err, ERR_BUSY, "The kill switch of %s was defined anew meanwhile; nothing was recorded. Test the present one.", d->release);
	return ERR_NONE;
}

/* A release must be there: the kind names tenants too, so its scope does not say so. */
static enum err_kind check_release(const struct permit_in *in, struct err *err)
{
	if (dossier_exists(in->dossier))
		return ERR_NONE;
	return err_set(err, ERR_MISSING, "There is no release %.64s. See gonogo release list.", in->release);
}

/* A kill or restore says why and for whom; "*" is every tenant. */
static enum err_kind check_tenants(const struct permit_in *in, struct texts tenants, struct err *err)
{
	enum err_kind failed = permit_need(in, "reason", "The reason", err);

	if (!failed && !tenants.count)
		failed = err_set(err, ERR_USAGE, "No tenant is named. Name one with --tenant TENANT.");
	if (!failed)
		failed = check_release(in, err);
	for (size_t i = 0; !failed && i < tenants.count; i++)
		if (strcmp(tenants.items[i], "*") != 0 && !registry_tenant(&in->dossier->registry, tenants.items[i]))
			failed = err_set(err, ERR_MISSING, "There is no tenant %.64s. See gonogo tenant list.", tenants.items[i]);
	return failed;
}

static bool is_killed_whole(const struct dossier *d)
{
	for (size_t i = 0; i < d->kill_count; i++)
		if (strcmp(d->kills[i].tenant, "*") == 0 && !d->kills[i].except_count)
			return true;
	return false;
}

enum err_kind permit_switch_killed(const struct permit_in *in, bool *already, struct err *err)
{
	const struct texts tenants = body_texts(in->body, "tenants");
	enum err_kind failed = check_tenants(in, tenants, err);

	if (failed)
		return failed;
	*already = true;
	for (size_t i = 0; i < tenants.count; i++)
		*already &= strcmp(tenants.items[i], "*") == 0 ? is_killed_whole(in->dossier) : dossier_killed(in->dossier, tenants.items[i]) != NULL;
	return ERR_NONE;
}

enum err_kind permit_switch_approved(const struct permit_in *in, bool *already, struct err *err)
{
	const struct dossier *d = in->dossier;
	const int role = body_word(in->body, "role", words_role, 0);
	const role_set asked = authority_class_roles(d->class);
	char roles[128];
	enum err_kind failed = permit_need(in, "reason", "The reason", err);

	if (failed)
		return failed;
	if (!dossier_is_killed(d))
		return err_set(err, ERR_REFUSED, "%s is not killed, so there is nothing to restore (KSW-6).", d->release);
	if (!(asked & role))
		return err_set(err, ERR_REFUSED, "Restoring a %s asks for %s, and not for %s (KSW-6, CLS-3).", words_title(words_class, (int)d->class),
			       words_roles(asked, roles, sizeof roles), words_title(words_role, role));
	if (!(in->actor->roles & role))
		return err_set(err, ERR_REFUSED, "%s does not hold the role %s (APR-3).", in->actor->id, words_title(words_role, role));
	for (size_t i = 0; i < d->restore_approval_count; i++) {
		const struct role_approval *given = &d->restore_approvals[i];
		const bool is_mine = strcmp(given->person, in->actor->id) == 0;

		if ((int)given->role == role && is_mine)
			*already = true;
		else if (is_mine)
			return err_set(err, ERR_REFUSED, "%s approved this restore as %s already; another person must approve as %s (I-5).", in->actor->id,
				       words_title(words_role, (int)given->role), words_title(words_role, role));
		else if ((int)given->role == role)
			return err_set(err, ERR_REFUSED, "%s approved this restore as %s already (I-16).", given->person, words_title(words_role, role));
	}
	return ERR_NONE;
}

static enum err_kind check_restore_approvals(const struct permit_in *in, struct err *err)
{
	const struct dossier *d = in->dossier;
	struct holder holders[ROLE_COUNT * 4];
	role_set missing = authority_class_roles(d->class);
	const role_set asked = missing;
	size_t count = 0;
	char roles[128];

	for (size_t i = 0; i < d->restore_approval_count && count < sizeof holders / sizeof *holders; i++) {
		const struct role_approval *given = &d->restore_approvals[i];

		holders[count++] = (struct holder){ given->role, given->person };
		missing = (role_set)(missing & ~given->role);
	}
	if (authority_distinct(asked, holders, count))
		return ERR_NONE;
	return err_set(err, ERR_REFUSED, "Restoring %s needs approvals given after the last kill, by distinct persons (KSW-6). Missing: %s. "
		       "Each approves with gonogo switch approve %s --role ROLE --reason TEXT.", d->release,
		       missing ? words_roles(missing, roles, sizeof roles) : "another person", d->release);
}

enum err_kind permit_switch_restored(const struct permit_in *in, bool *already, struct err *err)
{
	const struct dossier *d = in->dossier;
	const struct texts tenants = body_texts(in->body, "tenants");
	bool any = false;
	enum err_kind failed = check_tenants(in, tenants, err);

	if (failed)
		return failed;
	for (size_t i = 0; i < tenants.count; i++)
		any |= strcmp(tenants.items[i], "*") == 0 ? dossier_is_killed(d) : dossier_killed(d, tenants.items[i]) != NULL;
	*already = !any;
	return *already ? ERR_NONE : check_restore_approvals(in, err);
}

static enum err_kind check_one_tenant(const struct permit_in *in, struct err *err)
{
	if (strcmp(in->tenant, "*") == 0)
		return err_set(err, ERR_USAGE, "Say whose state it is, with --tenant TENANT.");
	return check_release(in, err);
}

/* What is seen again is no news; a confirmation from before the last kill or restore is. */
static bool is_known_state(const struct permit_in *in, bool is_observed)
{
	const struct dossier *d = in->dossier;
	const bool is_on = strcmp(body_text(in->body, "state"), "on") == 0;

	for (size_t i = 0; i < d->confirmation_count; i++) {
		const struct confirmation *seen = &d->confirmations[i];

		if (text_same_id(seen->tenant, in->tenant) && seen->is_observed == is_observed && seen->is_on == is_on && seen->source.seq > d->last_kill.seq &&
		    seen->source.seq > d->last_restore.seq)
			return true;
	}
	return false;
}

enum err_kind permit_switch_confirmed(const struct permit_in *in, bool *already, struct err *err)
{
	enum err_kind failed = check_one_tenant(in, err);

	*already = !failed && is_known_state(in, false);
	return failed;
}

enum err_kind permit_switch_observed(const struct permit_in *in, bool *already, struct err *err)
{
	enum err_kind failed = check_one_tenant(in, err);

	if (!failed && !in->actor->is_component)
		failed = err_set(err, ERR_REFUSED, "What a switch is seen to do is recorded by a component (ATT-1); a person confirms it: gonogo switch confirm.");
	*already = !failed && is_known_state(in, true);
	return failed;
}

/* What is written or found is so of the place that the switch is bound to now. */
static enum err_kind check_place(const struct permit_in *in, struct err *err)
{
	const struct dossier *d = in->dossier;
	enum err_kind failed = check_release(in, err);

	if (failed || (d->binding.seq && strcmp(d->place, body_text(in->body, "place")) == 0))
		return failed;
	return err_set(err, ERR_BUSY, "The kill switch of %.64s is not bound to that place, or not any more; nothing was recorded. See gonogo switch show %.64s.",
		       in->release, in->release);
}

enum err_kind permit_switch_written(const struct permit_in *in, bool *already, struct err *err)
{
	(void)already;
	return check_place(in, err);
}

enum err_kind permit_switch_found(const struct permit_in *in, bool *already, struct err *err)
{
	const struct switch_found *last = &in->dossier->found;
	const char *hex = body_text(in->body, "definition");
	struct digest definition = { 0 };
	enum err_kind failed = check_place(in, err);

	if (failed)
		return failed;
	if (hex)
		(void)digest_read(hex, &definition);
	*already = last->source.seq && (int)last->state == body_word(in->body, "state", words_switch_state, -1) && digest_equal(&last->definition, &definition);
	return ERR_NONE;
}
