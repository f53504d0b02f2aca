#include <config.h>

#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/core/fold.h>
#include <gonogo/core/serving.h>

/* HS-4 is the fourth. */
enum { STOP_CROSS_TENANT = 3 };

static bool is_named(const struct texts *releases, const char *release)
{
	for (size_t i = 0; release && i < releases->count; i++)
		if (text_same_id(releases->items[i], release))
			return true;
	return false;
}

/* From here on it counts for this release: as SEV-1 it halts (CHN-6), marked cross-tenant it raises HS-4. */
static void concern(struct dossier *d, struct incident *incident, const struct fact *fact)
{
	const char *named = arena_printf(d->arena, "%s: %s", incident->id, incident->summary);

	incident->concern_seq = fact->seq;
	if (incident->severity == 1)
		d->last_sev1_seq = incident->sev1_seq = fact->seq;
	if (incident->is_cross_tenant)
		fold_raise(d, STOP_CROSS_TENANT, named ? named : incident->summary, fact);
}

static bool is_served_to_one(const struct dossier *d, const struct texts *tenants)
{
	char reason[SERVING_REASON_MAX];

	for (size_t i = 0; i < tenants->count; i++) {
		const struct tenant *tenant = registry_tenant(&d->registry, tenants->items[i]);

		if (tenant && serving_allowed(d, tenant, reason))
			return true;
	}
	return false;
}

void fold_concern(struct dossier *d, const struct fact *fact)
{
	if (!dossier_exists(d))
		return;
	for (size_t i = 0; i < d->incident_count; i++) {
		struct incident *incident = &d->incidents[i];

		if (!incident->concern_seq && !incident->resolved.seq && !incident->releases.count && is_served_to_one(d, &incident->tenants))
			concern(d, incident, fact);
	}
}

static struct incident *incident_of(struct dossier *d, const char *id)
{
	for (size_t i = 0; i < d->incident_count; i++)
		if (strcmp(d->incidents[i].id, id) == 0)
			return &d->incidents[i];
	return NULL;
}

enum err_kind fold_incident_opened(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	const char *id = body_text(body, "incident");
	struct incident *incident;

	if (incident_of(d, id))
		return fold_refuse(fact, err, "opens incident %s a second time", id);
	incident = FOLD_ROOM(d, incidents, incident_count, incident_room);
	if (!incident)
		return err_memory(err);
	*incident = (struct incident){ .id = id, .summary = body_text(body, "summary"), .severity = (int)body_int(body, "severity", 1),
				       .is_cross_tenant = body_int(body, "cross_tenant", 0) != 0, .tenants = body_texts(body, "tenants"),
				       .releases = body_texts(body, "releases"), .opened = fold_source(fact), .last = fold_source(fact) };
	if (incident->severity < 1 || incident->severity > 4)
		return fold_refuse(fact, err, "opens an incident of a severity that there is not");
	d->incident_total++;
	if (dossier_exists(d) && is_named(&incident->releases, d->release))
		concern(d, incident, fact);
	return ERR_NONE;
}

enum err_kind fold_incident_regraded(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	struct incident *incident = incident_of(d, body_text(body, "incident"));
	const int severity = (int)body_int(body, "severity", 0);

	if (!incident || severity < 1 || severity > 4)
		return fold_refuse(fact, err, "regrades an incident that is not there");
	if (severity == 1 && incident->severity != 1 && incident->concern_seq)
		d->last_sev1_seq = incident->sev1_seq = fact->seq;
	incident->severity = severity;
	incident->last = fold_source(fact);
	return ERR_NONE;
}

enum err_kind fold_incident_resolved(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	struct incident *incident = incident_of(d, body_text(body, "incident"));

	if (!incident || incident->resolved.seq)
		return fold_refuse(fact, err, "resolves an incident that is not open");
	incident->resolved = incident->last = fold_source(fact);
	incident->resolution = body_text(body, "resolution");
	return ERR_NONE;
}

enum err_kind fold_incident_evaluated(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	const struct person *actor = registry_person(&d->registry, fact->actor);
	const enum evaluation decision = (enum evaluation)body_word(body, "decision", words_evaluation, EVALUATION_ROLLBACK);
	size_t kept = 0;

	d->evaluation = (struct evaluation_entry){ .decision = decision, .rationale = body_text(body, "rationale"), .source = fold_source(fact),
						   .roles = actor ? actor->roles : 0 };
	/* The evaluation in force is the latest: an earlier one's approval of a rollback goes with it (CHN-6, RBK-2). */
	for (size_t i = 0; i < d->rollback_approval_count; i++)
		if (!d->rollback_approvals[i].is_evaluation || d->rollback_approvals[i].is_used)
			d->rollback_approvals[kept++] = d->rollback_approvals[i];
	d->rollback_approval_count = kept;
	if (decision == EVALUATION_ROLLBACK && (d->evaluation.roles & ROLE_SYSTEM_OWNER)) {
		struct rollback_approval *approval = FOLD_ROOM(d, rollback_approvals, rollback_approval_count, rollback_approval_room);

		if (!approval)
			return err_memory(err);
		*approval = (struct rollback_approval){ .person = fact->actor, .source = fold_source(fact), .is_evaluation = true };
	}
	return ERR_NONE;
}
