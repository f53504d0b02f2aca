#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/core/authority.h>
#include <gonogo/core/permit.h>

role_set authority_class_roles(enum release_class class)
{
	switch (class) {
	case CLASS_UI_ONLY:
		return ROLE_DEV_LEAD;
	case CLASS_WORKFLOW:
		return ROLE_DEV_LEAD | ROLE_QA;
	case CLASS_CAPABILITY:
		return ROLE_DEV_LEAD | ROLE_SYSTEM_OWNER;
	case CLASS_MECHANISM:
		return ROLE_SYSTEM_OWNER;
	case CLASS_UNCLEAR:
		break;
	}
	/* I-4: what nobody knows asks for the most. */
	return ROLE_DEV_LEAD | ROLE_QA | ROLE_SYSTEM_OWNER;
}

role_set authority_transition_roles(enum channel to)
{
	switch (to) {
	case CHANNEL_EXPERIMENTAL:
		return ROLE_DEV_LEAD;
	case CHANNEL_CANDIDATE:
		return ROLE_DEV_LEAD | ROLE_QA;
	case CHANNEL_STABLE:
		return ROLE_SYSTEM_OWNER;
	case CHANNEL_NONE:
	case CHANNEL_DEV:
		break;
	}
	return 0;
}

role_set authority_asked_roles(const struct dossier *dossier, const struct policy *policy, enum channel to)
{
	return (role_set)(authority_transition_roles(to) | policy->approvers[dossier->class][to]);
}

bool authority_is_class_only(const struct dossier *dossier, const struct policy *policy, enum channel to, role_set role)
{
	return to == CHANNEL_STABLE && !(policy->approvers[dossier->class][to] & role);
}

bool authority_plan_is_of_one(const struct dossier *dossier, const struct policy *policy, const char *person)
{
	const struct person *owner = dossier->plan.owner ? registry_named(&dossier->registry, dossier->plan.owner) : NULL;

	if (!policy->is_plan_of_two)
		return false;
	return strcmp(dossier->plan_source.actor, person) == 0 || (owner && strcmp(owner->id, person) == 0);
}

/* Tries every holder for the first role still open: there are at most four roles, so the search is small. */
static bool assign(role_set roles, const struct holder *holders, size_t count, const char **taken, size_t taken_count)
{
	role_set first = (role_set)(roles & (role_set)-roles);

	if (!roles)
		return true;
	for (size_t i = 0; i < count; i++) {
		bool is_taken = false;

		if (holders[i].role != (enum role)first)
			continue;
		for (size_t k = 0; k < taken_count; k++)
			is_taken |= strcmp(taken[k], holders[i].person) == 0;
		if (is_taken)
			continue;
		taken[taken_count] = holders[i].person;
		if (assign((role_set)(roles & ~first), holders, count, taken, taken_count + 1))
			return true;
	}
	return false;
}

bool authority_distinct(role_set roles, const struct holder *holders, size_t count)
{
	const char *taken[ROLE_COUNT + 1];

	return assign(roles, holders, count, taken, 0);
}

static enum err_kind check_existence(const struct permit_in *in, struct err *err)
{
	const struct dossier *d = in->dossier;

	if (in->kind->scope == SCOPE_RELEASE && strcmp(in->kind->name, "release.registered") != 0 && !dossier_exists(d))
		return err_set(err, ERR_MISSING, "There is no release %s. See gonogo release list.", d->release ? d->release : "of that name");
	if ((strcmp(in->tenant, "*") != 0 || in->kind->scope == SCOPE_TENANT) && strcmp(in->kind->name, "tenant.added") != 0 &&
	    !registry_tenant(&d->registry, in->tenant))
		return err_set(err, ERR_MISSING, "There is no tenant %.64s. See gonogo tenant list.", in->tenant);
	return ERR_NONE;
}

/* Who holds the roles, by name: the person refused knows whom to ask. */
static void name_holders(const struct registry *registry, role_set roles, char *out, size_t size)
{
	const struct person *holders[4];
	size_t count = registry_holders(registry, roles, holders, 4), at = 0;

	*out = '\0';
	for (size_t i = 0; i < count && i < 4; i++) {
		int wrote = snprintf(out + at, size - at, "%s%s", i ? ", " : "", holders[i]->id);

		if (wrote < 0 || (size_t)wrote >= size - at)
			return;
		at += (size_t)wrote;
	}
}

static enum err_kind check_roles(const struct dossier *d, const struct person *actor, const struct fact_kind *kind, struct err *err)
{
	char roles[128], holders[160];

	if (actor->is_component) {
		if (kind->component)
			return ERR_NONE;
		return err_set(err, ERR_REFUSED, "%s is a component, and components record but never decide (ATT-1). Act as a person.", actor->id);
	}
	if (!kind->who || (actor->roles & kind->who))
		return ERR_NONE;
	name_holders(&d->registry, kind->who, holders, sizeof holders);
	return err_set(err, ERR_REFUSED, "This needs the role %s, which %s does not hold (rules, section 11). %s%s.",
		       words_any_role(kind->who, roles, sizeof roles), actor->id, *holders ? "It can be done by " : "Nobody is enrolled for it", holders);
}

static enum err_kind check_state(const struct dossier *d, const struct fact_kind *kind, struct err *err)
{
	if (!dossier_exists(d) || kind->scope == SCOPE_LEDGER || kind->scope == SCOPE_TENANT)
		return ERR_NONE;
	if (words_state_is_final(d->state) && !kind->while_final)
		return err_set(err, ERR_REFUSED, "%s is %s, which is final. A further attempt is a new release: gonogo release copy %s NEW.", d->release,
			       words_title(words_state, (int)d->state), d->release);
	if (dossier_is_rolling_back(d) && !kind->while_rolling_back)
		return err_set(err, ERR_REFUSED, "%s is being rolled back (RBK-1), and until that is finished this is not done. "
			       "See gonogo release show %s.", d->release, d->release);
	return ERR_NONE;
}

enum err_kind authority_may(const struct dossier *dossier, const struct person *actor, const struct fact_kind *kind, struct err *err)
{
	enum err_kind failed;

	if (!actor)
		return err_set(err, ERR_REFUSED, "You are not enrolled in this ledger. A System Owner enrols with gonogo person add.");
	failed = check_roles(dossier, actor, kind, err);
	return failed ? failed : check_state(dossier, kind, err);
}

enum err_kind authority_permits(const struct permit_in *in, bool *already, struct err *err)
{
	enum err_kind failed = check_existence(in, err), said = ERR_NONE;
	struct err why = { 0 };

	*already = false;
	if (failed)
		return failed;
	if (in->actor && in->kind->permit)
		said = in->kind->permit(in, already, &why);
	/* What the act lacks, and what it names and is not there, is said before who may do it and when (I-16). */
	if (said != ERR_USAGE && said != ERR_MISSING)
		failed = authority_may(in->dossier, in->actor, in->kind, err);
	if (failed || said)
		*already = false;
	if (failed)
		return failed;
	if (said && err)
		*err = why;
	return said;
}

enum err_kind permit_need(const struct permit_in *in, const char *key, const char *what, struct err *err)
{
	if (!text_is_blank(body_text(in->body, key)))
		return ERR_NONE;
	char option[ERR_OPTION_MAX];

	snprintf(option, sizeof option, "--%s TEXT", key);
	return err_missing_option(err, option, "%s is missing.", what);
}

static bool is_approved(const struct dossier *d, const struct policy *policy, instant now)
{
	for (size_t i = 0; i < d->rollback_approval_count; i++) {
		const struct rollback_approval *approval = &d->rollback_approvals[i];

		if (!approval->is_used && (approval->is_evaluation || now - approval->source.at <= policy->rollback_approval_s))
			return true;
	}
	return false;
}

static bool is_low(const struct dossier *d)
{
	return d->class == CLASS_UI_ONLY || d->class == CLASS_WORKFLOW;
}

role_set authority_rollback_roles(const struct dossier *dossier, const struct policy *policy, instant now)
{
	if (is_approved(dossier, policy, now))
		return ROLE_SYSTEM_OWNER | ROLE_DEV_LEAD | ROLE_OPERATOR;
	return is_low(dossier) ? ROLE_SYSTEM_OWNER | ROLE_DEV_LEAD : ROLE_SYSTEM_OWNER;
}

enum err_kind authority_rollback(const struct permit_in *in, struct err *err)
{
	const struct dossier *d = in->dossier;

	if (in->actor->roles & authority_rollback_roles(d, in->policy, in->now))
		return ERR_NONE;
	if (is_approved(d, in->policy, in->now))
		return err_set(err, ERR_REFUSED, "A rollback is started by a Dev Lead, a System Owner or an operator (RBK-2).");
	if (!is_low(d))
		return err_set(err, ERR_REFUSED, "%s is a %s, so a System Owner must start the rollback or approve it first (RBK-2): "
			       "gonogo rollback approve %s.", d->release, words_title(words_class, (int)d->class), d->release);
	return err_set(err, ERR_REFUSED, "A Dev Lead or System Owner starts the rollback of %s, or a System Owner approves it first (RBK-2): "
		       "gonogo rollback approve %s.", d->release, d->release);
}
