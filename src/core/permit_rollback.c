#include <config.h>

#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/core/authority.h>
#include <gonogo/core/permit.h>

enum err_kind permit_rollback_planned(const struct permit_in *in, bool *already, struct err *err)
{
	struct rollback_plan plan;
	enum err_kind failed = paper_read_rollback(in->body, &plan, err);

	*already = !failed && in->dossier->rollback_source.seq && paper_same_rollback(&plan, &in->dossier->rollback);
	return failed;
}

enum err_kind permit_rollback_rehearsed(const struct permit_in *in, bool *already, struct err *err)
{
	const struct dossier *d = in->dossier;

	enum err_kind failed = body_word(in->body, "result", words_result, RESULT_FAIL) == RESULT_FAIL ? permit_need(in, "note", "What failed", err) : ERR_NONE;

	(void)already;
	if (failed)
		return failed;
	if (!d->rollback_source.seq)
		return err_set(err, ERR_REFUSED, "%s has no rollback plan to rehearse (RBP-1). Import it with gonogo import --release %s FILE.", d->release, d->release);
	if (body_int(in->body, "plan", 0) != d->rollback_source.seq)
		return err_set(err, ERR_BUSY, "The rollback plan of %s changed meanwhile; nothing was recorded. Rehearse the present one.", d->release);
	return ERR_NONE;
}

/* Only what tenants were served can be rolled back; before that a release is withdrawn (I-11). */
static enum err_kind check_served(const struct dossier *d, struct err *err)
{
	if (d->state == STATE_EXPERIMENTAL || d->state == STATE_CANDIDATE || d->state == STATE_STABLE)
		return ERR_NONE;
	if (d->state == STATE_SUPERSEDED)
		return err_set(err, ERR_REFUSED, "%s is superseded and served to nobody. The rollback of its successor makes it stable again (I-10): gonogo rollback start %s "
			       "--reason TEXT.", d->release, d->successor ? d->successor : "RELEASE");
	return err_set(err, ERR_REFUSED, "%s is %s, so there is nothing to roll back. It is left with gonogo release withdraw %s --reason TEXT (I-11).", d->release,
		       words_title(words_state, (int)d->state), d->release);
}

static enum err_kind check_incident(const struct permit_in *in, struct err *err)
{
	const char *id = body_text(in->body, "incident");
	const struct incident *incident = id ? dossier_incident(in->dossier, id) : NULL;

	if (id && (!incident || !incident->concern_seq))
		return err_set(err, ERR_MISSING, "%s is no incident of %s. See gonogo incident list.", id, in->dossier->release);
	if (in->dossier->class == CLASS_MECHANISM && !id)
		return err_missing_option(err, "--incident INC", "Rolling back a mechanism change names the incident that calls for it (RBK-2).");
	return ERR_NONE;
}

enum err_kind permit_rollback_approved(const struct permit_in *in, bool *already, struct err *err)
{
	const struct dossier *d = in->dossier;
	enum err_kind failed = check_incident(in, err);

	if (!failed)
		failed = check_served(d, err);
	for (size_t i = 0; !failed && i < d->rollback_approval_count; i++) {
		const struct rollback_approval *given = &d->rollback_approvals[i];

		*already |= !given->is_used && !given->is_evaluation && strcmp(given->person, in->actor->id) == 0 && given->source.at == in->now;
	}
	return failed;
}

enum err_kind permit_rollback_started(const struct permit_in *in, bool *already, struct err *err)
{
	enum err_kind failed = permit_need(in, "reason", "The reason", err);

	(void)already;
	if (!failed)
		failed = check_incident(in, err);
	if (!failed)
		failed = check_served(in->dossier, err);
	return failed ? failed : authority_rollback(in, err);
}

static enum err_kind check_under_way(const struct dossier *d, struct err *err)
{
	if (dossier_is_rolling_back(d))
		return ERR_NONE;
	return err_set(err, ERR_REFUSED, "No rollback of %s is under way (RBK-1). Start one with gonogo rollback start %s --reason TEXT.", d->release, d->release);
}

enum err_kind permit_rollback_step(const struct permit_in *in, bool *already, struct err *err)
{
	const struct dossier *d = in->dossier;
	const int64_t n = body_int(in->body, "n", 0);
	const bool is_skipped = strcmp(body_text(in->body, "state"), "skipped") == 0;
	const char *note = body_text(in->body, "note");
	enum err_kind failed;

	if (is_skipped && text_is_blank(note))
		return err_missing_option(err, "--note TEXT", "A skipped step needs a note that says why (RBK-1).");
	failed = check_under_way(d, err);
	if (failed)
		return failed;
	if (n < 1 || n > (int64_t)d->run.step_count)
		return err_set(err, ERR_MISSING, "The rollback plan of %s has %zu steps, and no step %lld.", d->release, d->run.step_count, (long long)n);
	*already = d->run.steps[n - 1] == (is_skipped ? STEP_SKIPPED : STEP_DONE) &&
		   (text_is_blank(note) ? !d->run.step_notes[n - 1] : d->run.step_notes[n - 1] && strcmp(note, d->run.step_notes[n - 1]) == 0);
	return ERR_NONE;
}

static bool is_notified(const struct dossier *d, const char *person)
{
	for (size_t i = 0; i < d->run.notified_count; i++)
		if (strcmp(d->run.notified[i], person) == 0)
			return true;
	return false;
}

enum err_kind permit_rollback_notified(const struct permit_in *in, bool *already, struct err *err)
{
	const struct dossier *d = in->dossier;
	const struct texts people = body_texts(in->body, "people");

	if (!people.count)
		return err_set(err, ERR_USAGE, "Nobody is named. Say who was notified: gonogo rollback notify %s PERSON...", d->release);
	*already = true;
	for (size_t i = 0; i < people.count; i++) {
		if (!registry_person(&d->registry, people.items[i]))
			return err_set(err, ERR_MISSING, "Nobody is enrolled as %.32s. See gonogo person list.", people.items[i]);
		*already &= is_notified(d, people.items[i]);
	}
	return check_under_way(d, err);
}

static bool owner_is_notified(const struct dossier *d)
{
	for (size_t i = 0; i < d->run.notified_count; i++) {
		const struct person *person = registry_person(&d->registry, d->run.notified[i]);

		if (person && (person->roles & ROLE_SYSTEM_OWNER))
			return true;
	}
	return false;
}

/* A failed verification is always recorded: what went wrong must not wait for a step. */
enum err_kind permit_rollback_finished(const struct permit_in *in, bool *already, struct err *err)
{
	const struct dossier *d = in->dossier;
	const struct person *owner;
	enum err_kind failed = permit_need(in, "note", "What the verification saw, cross-tenant data included,", err);

	(void)already;
	if (!failed)
		failed = check_under_way(d, err);
	if (failed || body_word(in->body, "verification", words_result, RESULT_FAIL) == RESULT_FAIL)
		return failed;
	for (size_t i = 0; i < d->run.step_count; i++)
		if (d->run.steps[i] == STEP_OPEN)
			return err_set(err, ERR_REFUSED, "Step %zu of the rollback of %s is neither done nor skipped (RBK-1): gonogo rollback step %s %zu done.", i + 1,
				       d->release, d->release, i + 1);
	if (d->class == CLASS_WORKFLOW && !owner_is_notified(d))
		return err_set(err, ERR_REFUSED, "No System Owner is recorded as notified, which a workflow change asks for (RBK-2): gonogo rollback notify %s %s.",
			       d->release, registry_holders(&d->registry, ROLE_SYSTEM_OWNER, &owner, 1) ? owner->id : "PERSON");
	return ERR_NONE;
}
