#include <config.h>

#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/core/authority.h>
#include <gonogo/core/permit.h>

static enum err_kind check_severity(int64_t severity, struct err *err)
{
	if (severity >= 1 && severity <= 4)
		return ERR_NONE;
	return err_set(err, ERR_USAGE, "There is no SEV-%lld; expected 1, the worst, to 4.", (long long)severity);
}

enum err_kind permit_incident_opened(const struct permit_in *in, bool *already, struct err *err)
{
	const struct dossier *d = in->dossier;
	const struct texts tenants = body_texts(in->body, "tenants"), releases = body_texts(in->body, "releases");
	enum err_kind failed = check_severity(body_int(in->body, "severity", 0), err);

	(void)already;
	if (!failed)
		failed = permit_need(in, "summary", "The summary", err);
	if (failed)
		return failed;
	if (!tenants.count && !releases.count)
		return err_set(err, ERR_USAGE, "An incident names a release or a tenant (I-16). Say which: gonogo incident open RELEASE, or --tenant TENANT.");
	for (size_t i = 0; i < tenants.count; i++)
		if (!registry_tenant(&d->registry, tenants.items[i]))
			return err_set(err, ERR_MISSING, "There is no tenant %.64s. See gonogo tenant list.", tenants.items[i]);
	if (releases.count == 1 && !dossier_exists(d))
		return err_set(err, ERR_MISSING, "There is no release %.64s. See gonogo release list.", releases.items[0]);
	if (dossier_incident(d, body_text(in->body, "incident")))
		return err_set(err, ERR_BUSY, "Another incident was opened meanwhile; nothing was recorded. Try again.");
	return ERR_NONE;
}

static enum err_kind incident_of(const struct permit_in *in, const struct incident **out, struct err *err)
{
	*out = dossier_incident(in->dossier, body_text(in->body, "incident"));
	if (*out)
		return ERR_NONE;
	return err_set(err, ERR_MISSING, "There is no incident %.40s. See gonogo incident list.", body_text(in->body, "incident"));
}

enum err_kind permit_incident_regraded(const struct permit_in *in, bool *already, struct err *err)
{
	const int64_t severity = body_int(in->body, "severity", 0);
	const struct incident *incident;
	enum err_kind failed = check_severity(severity, err);

	if (!failed)
		failed = permit_need(in, "reason", "The reason", err);
	if (!failed)
		failed = incident_of(in, &incident, err);
	if (failed)
		return failed;
	*already = incident->severity == (int)severity;
	if (!*already && severity > incident->severity && !(in->actor->roles & ROLE_SYSTEM_OWNER))
		return err_set(err, ERR_REFUSED, "The severity of an incident is lowered by a System Owner alone (I-14); anybody may raise it.");
	return ERR_NONE;
}

enum err_kind permit_incident_resolved(const struct permit_in *in, bool *already, struct err *err)
{
	const struct incident *incident;
	enum err_kind failed = permit_need(in, "resolution", "The resolution", err);

	if (!failed)
		failed = incident_of(in, &incident, err);
	if (failed)
		return failed;
	*already = incident->resolved.seq != 0;
	if (!*already && incident->severity == 1 && !(in->actor->roles & ROLE_SYSTEM_OWNER))
		return err_set(err, ERR_REFUSED, "%s is a SEV-1, which a System Owner resolves (rules, section 11).", incident->id);
	return ERR_NONE;
}

/* Whoever has rollback authority for the class evaluates; a passing approval of a rollback is no authority to evaluate (CHN-6, RBK-2). */
static enum err_kind check_authority(const struct permit_in *in, struct err *err)
{
	const struct dossier *d = in->dossier;
	const bool is_low = d->class == CLASS_UI_ONLY || d->class == CLASS_WORKFLOW;

	if ((in->actor->roles & ROLE_SYSTEM_OWNER) || (is_low && (in->actor->roles & ROLE_DEV_LEAD)))
		return ERR_NONE;
	return err_set(err, ERR_REFUSED, "Whether a %s is rolled back or goes on is for %s to decide (CHN-6, RBK-2).", words_title(words_class, (int)d->class),
		       is_low ? "a Dev Lead or System Owner" : "a System Owner");
}

enum err_kind permit_incident_evaluated(const struct permit_in *in, bool *already, struct err *err)
{
	const struct dossier *d = in->dossier;
	const int decision = body_word(in->body, "decision", words_evaluation, EVALUATION_ROLLBACK);
	enum err_kind failed = permit_need(in, "rationale", "The rationale", err);

	if (failed)
		return failed;
	if (!d->last_sev1_seq)
		return err_set(err, ERR_REFUSED, "%s has no SEV-1 incident, so there is no rollback to evaluate (CHN-6). See gonogo incident list.", d->release);
	*already = d->evaluation.source.seq > d->last_sev1_seq && (int)d->evaluation.decision == decision &&
		   strcmp(d->evaluation.source.actor, in->actor->id) == 0 && strcmp(d->evaluation.rationale, body_text(in->body, "rationale")) == 0;
	return *already ? ERR_NONE : check_authority(in, err);
}
