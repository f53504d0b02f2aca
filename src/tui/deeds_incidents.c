#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/tui/deeds.h>

const struct incident *deeds_open_incident(const struct dossier *dossier)
{
	for (size_t i = 0; i < dossier->incident_count; i++)
		if (dossier->incidents[i].concern_seq && !dossier->incidents[i].resolved.seq)
			return &dossier->incidents[i];
	return NULL;
}

/* The one that is selected; on a release's own screens the first that is open. */
static const struct incident *incident_meant(const struct act_in *in)
{
	return in->chosen ? dossier_incident(&in->record->dossier, in->chosen) : deeds_open_incident(&in->record->dossier);
}

DEED(deed_evaluate)
{
	int decision;
	enum err_kind failed = deeds_chosen(form, "decision", "resume or rollback", &decision, err);

	if (!failed)
		failed = use_incident_evaluate(in->session, in->release, (enum evaluation)decision, deeds_given(form, "rationale"), out, err);
	if (!failed && decision == EVALUATION_ROLLBACK)
		snprintf(out->text, sizeof out->text, "%s is to be rolled back: %s goes to its rollback, and there %s starts it.", in->release, action_named("rollback")->keys[0],
			 action_named("rollback-start")->keys[0]);
	return failed;
}

DEED(deed_resolve)
{
	const char *incident = deeds_given(form, "incident");

	if (!incident)
		return err_set(err, ERR_USAGE, "Name the incident that is resolved.");
	return use_incident_resolve(in->session, incident, deeds_given(form, "resolution"), out, err);
}

DEED(deed_incident)
{
	const char *const releases[] = { in->release };
	int severity;
	enum err_kind failed = deeds_chosen(form, "severity", "a severity", &severity, err);

	return failed ? failed : use_incident_open(in->session, (struct texts){ releases, 1 }, (struct texts){ 0 }, severity,
						   form_choice(form, "cross-tenant", 0) == 1, deeds_given(form, "summary"), out, err);
}

DEED(deed_incident_open)
{
	struct texts releases, tenants;
	struct arena arena;
	int severity;
	enum err_kind failed = deeds_chosen(form, "severity", "a severity", &severity, err);

	if (failed)
		return failed;
	arena_init(&arena, 0);
	failed = deeds_words(form_text(form, "releases"), &arena, &releases, err);
	if (!failed)
		failed = deeds_words(form_text(form, "tenants"), &arena, &tenants, err);
	if (!failed)
		failed = use_incident_open(in->session, releases, tenants, severity, form_choice(form, "cross-tenant", 0) == 1, deeds_given(form, "summary"), out, err);
	arena_release(&arena);
	return failed;
}

DEED(deed_regrade)
{
	int severity;
	enum err_kind failed = deeds_chosen(form, "severity", "a severity", &severity, err);

	return failed ? failed : use_incident_regrade(in->session, in->chosen, severity, deeds_given(form, "reason"), out, err);
}

/* --- a rollback (RBK-1, RBK-2) --- */

DEED(deed_rollback_approve)
{
	return use_rollback_approve(in->session, in->release, deeds_given(form, "incident"), out, err);
}

DEED(deed_rollback_start)
{
	return use_rollback_start(in->session, in->release, deeds_given(form, "reason"), deeds_given(form, "incident"), out, err);
}

DEED(deed_rollback_step)
{
	int state;
	enum err_kind failed = deeds_chosen(form, "state", "done or skipped", &state, err);

	return failed ? failed : use_rollback_step(in->session, in->release, strtoll(in->chosen, NULL, 10), (enum step_state)state, deeds_given(form, "note"), out, err);
}

DEED(deed_rollback_notify)
{
	struct texts people = { 0 };
	struct arena arena;
	enum err_kind failed = ERR_NONE;

	arena_init(&arena, 0);
	if (!form_lines(form, "people", &arena, &people))
		failed = err_memory(err);
	if (!failed)
		failed = use_rollback_notify(in->session, in->release, people, out, err);
	arena_release(&arena);
	return failed;
}

DEED(deed_rollback_finish)
{
	int result;
	enum err_kind failed = deeds_chosen(form, "verification", "how the verification ended", &result, err);

	return failed ? failed : use_rollback_finish(in->session, in->release, (enum result)result, deeds_given(form, "note"), out, err);
}

/* Everybody enrolled, with the roles held: whoever the communication plan names is among them. */
enum err_kind deeds_people(const struct act_in *in, struct arena *arena, struct form_options *out, struct err *err)
{
	const struct registry *registry = &in->record->dossier.registry;
	char roles[128];

	*out = (struct form_options){ .items = arena_array(arena, registry->person_count + 1, sizeof *out->items) };
	if (!out->items)
		return err_memory(err);
	for (size_t i = 0; i < registry->person_count; i++) {
		const struct person *person = &registry->people[i];

		if (person->is_component)
			continue;
		out->items[out->count++] = (struct form_option){ .id = person->id, .state = person->name,
								 .reason = arena_str(arena, words_roles(person->roles, roles, sizeof roles)) };
	}
	return ERR_NONE;
}

/* --- what is about to be recorded, and what stands in the fields at first --- */

DESCRIBE(describe_halt)
{
	const struct dossier *d = &in->record->dossier;

	for (size_t i = 0; i < d->incident_count; i++)
		if (d->incidents[i].concern_seq && d->incidents[i].sev1_seq)
			buf_printf(out, "%s, SEV-%d now, %s: %s\n", d->incidents[i].id, d->incidents[i].severity,
				   d->incidents[i].resolved.seq ? "resolved" : "open", d->incidents[i].summary);
	buf_str(out, "resume lifts the halt and leaves the incident to CHN-4 and CHN-5; rollback keeps it until the rollback is finished.\n");
}

/* The one whose id stands in the field, where there is such a field. */
DESCRIBE(describe_incident)
{
	const char *typed = deeds_given(in->form, "incident");
	const struct incident *incident = typed ? dossier_incident(&in->record->dossier, typed) : incident_meant(in);
	char at[WHEN_TEXT_MAX];

	if (typed && !incident)
		buf_printf(out, "%s is no incident that is known here.\n", typed);

	if (incident)
		buf_printf(out, "%s, SEV-%d, open since %s, by %s: %s\n", incident->id, incident->severity, when_format(incident->opened.at, at),
			   incident->opened.actor, incident->summary);
}

/* What the rollback of the class asks for, in the words of its plan. */
DESCRIBE(describe_rollback)
{
	const struct dossier *d = &in->record->dossier;

	buf_printf(out, "%s, %s, %s. From the start on nobody may be served it; it ends when every step is done or skipped and the verification passed (RBK-1).\n",
		   d->release, words_title(words_class, (int)d->class), words_word(words_state, (int)d->state));
	for (size_t i = 0; i < d->rollback.triggers.count; i++)
		buf_printf(out, "Trigger: %s\n", d->rollback.triggers.items[i]);
}

DESCRIBE(describe_step)
{
	const struct rollback_plan *plan = &in->record->dossier.rollback;
	const long long step = in->chosen ? strtoll(in->chosen, NULL, 10) : 0;

	if (step > 0 && (size_t)step <= plan->steps.count)
		buf_printf(out, "Step %lld: %s\n", step, plan->steps.items[step - 1]);
}

DESCRIBE(describe_communication)
{
	const struct rollback_plan *plan = &in->record->dossier.rollback;

	for (size_t i = 0; i < plan->communication.count; i++)
		buf_printf(out, "Plan: %s\n", plan->communication.items[i]);
}

DESCRIBE(describe_checks)
{
	const struct rollback_plan *plan = &in->record->dossier.rollback;

	for (size_t i = 0; i < plan->checks.count; i++)
		buf_printf(out, "To verify: %s\n", plan->checks.items[i]);
}

PREFILL(prefill_resolve)
{
	const struct incident *incident = incident_meant(in);

	if (incident)
		form_set(form, "incident", incident->id);
}

PREFILL(prefill_incident)
{
	(void)in;
	form_set(form, "cross-tenant", "no");
}

PREFILL(prefill_incident_open)
{
	form_set(form, "cross-tenant", "no");
	if (in->release)
		form_set(form, "releases", in->release);
}

/* RBK-2: a mechanism change names the incident that calls for it. */
PREFILL(prefill_rollback)
{
	const struct incident *incident = deeds_open_incident(&in->record->dossier);

	if (incident)
		form_set(form, "incident", incident->id);
}

PREFILL(prefill_step)
{
	(void)in;
	form_set(form, "state", "done");
}

READY(ready_incident)
{
	return in->chosen ? ERR_NONE : err_set(err, ERR_REFUSED, "No incident is selected.");
}

READY(ready_halt)
{
	if (!in->record || !in->release || !dossier_is_halted(&in->record->dossier))
		return err_set(err, ERR_REFUSED, "Nothing is to be evaluated: the release is not halted (CHN-6).");
	return ERR_NONE;
}

READY(ready_rollback)
{
	if (in->record && dossier_is_rolling_back(&in->record->dossier))
		return err_set(err, ERR_REFUSED, "The rollback has started already (RBK-1).");
	return ERR_NONE;
}

READY(ready_run)
{
	if (!in->record || !dossier_is_rolling_back(&in->record->dossier))
		return err_set(err, ERR_REFUSED, "No rollback is under way (RBK-1). s starts one.");
	return ERR_NONE;
}

READY(ready_step)
{
	enum err_kind failed = ready_run(in, err);

	return failed || in->chosen ? failed : err_set(err, ERR_REFUSED, "No step is selected: the rollback plan has none (RBP-1).");
}
