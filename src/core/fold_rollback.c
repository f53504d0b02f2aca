#include <config.h>

#include <string.h>

#include <gonogo/core/fold.h>

enum err_kind fold_rollback_planned(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	struct rollback_plan plan;
	enum err_kind failed = paper_read_rollback(body, &plan, err);

	if (failed)
		return failed;
	d->rollback = plan;
	d->rollback_source = fold_source(fact);
	d->rehearsal_count = 0;
	fold_void_assessments(d);
	return ERR_NONE;
}

enum err_kind fold_rollback_rehearsed(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	struct rehearsal *rehearsal;

	if (body_int(body, "plan", 0) != d->rollback_source.seq)
		return ERR_NONE;
	rehearsal = FOLD_ROOM(d, rehearsals, rehearsal_count, rehearsal_room);
	if (!rehearsal)
		return err_memory(err);
	*rehearsal = (struct rehearsal){ .result = (enum result)body_word(body, "result", words_result, RESULT_FAIL), .note = body_text(body, "note"),
					 .evidence = body_text(body, "evidence"), .source = fold_source(fact) };
	return ERR_NONE;
}

enum err_kind fold_rollback_approved(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	struct rollback_approval *approval = FOLD_ROOM(d, rollback_approvals, rollback_approval_count, rollback_approval_room);

	if (!approval)
		return err_memory(err);
	*approval = (struct rollback_approval){ .person = fact->actor, .incident = body_text(body, "incident"), .source = fold_source(fact) };
	return ERR_NONE;
}

/* One approval, one rollback (RBK-2): those there are serve this one and no other. */
enum err_kind fold_rollback_started(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	struct rollback_run *run = &d->run;

	if (run->is_started)
		return fold_refuse(fact, err, "starts a rollback that has started (RBK-1)");
	*run = (struct rollback_run){ .is_started = true, .reason = body_text(body, "reason"), .incident = body_text(body, "incident"),
				      .started = fold_source(fact), .step_count = d->rollback.steps.count };
	run->steps = arena_array(d->arena, run->step_count + 1, sizeof *run->steps);
	run->step_notes = arena_array(d->arena, run->step_count + 1, sizeof *run->step_notes);
	if (!run->steps || !run->step_notes)
		return err_memory(err);
	for (size_t i = 0; i < d->rollback_approval_count; i++)
		d->rollback_approvals[i].is_used = true;
	return ERR_NONE;
}

enum err_kind fold_rollback_step(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	const int64_t n = body_int(body, "n", 0);

	if (!dossier_is_rolling_back(d) || n < 1 || n > (int64_t)d->run.step_count)
		return fold_refuse(fact, err, "records a step of a rollback that there is not (RBK-1)");
	d->run.steps[n - 1] = strcmp(body_text(body, "state"), "done") == 0 ? STEP_DONE : STEP_SKIPPED;
	d->run.step_notes[n - 1] = body_text(body, "note");
	return ERR_NONE;
}

enum err_kind fold_rollback_notified(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	const struct texts people = body_texts(body, "people");

	if (!dossier_is_rolling_back(d))
		return fold_refuse(fact, err, "notifies people of a rollback that there is not (RBK-1)");
	for (size_t i = 0; i < people.count; i++) {
		struct rollback_run *run = &d->run;

		run->notified = arena_room(d->arena, run->notified, run->notified_count, &run->notified_room, sizeof *run->notified);
		if (!run->notified)
			return err_memory(err);
		run->notified[run->notified_count++] = people.items[i];
	}
	return ERR_NONE;
}

enum err_kind fold_rollback_finished(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	if (!dossier_is_rolling_back(d))
		return fold_refuse(fact, err, "finishes a rollback that there is not (RBK-1)");
	d->run.verification = (enum result)body_word(body, "verification", words_result, RESULT_FAIL);
	d->run.verification_note = body_text(body, "note");
	d->run.verified = fold_source(fact);
	if (d->run.verification != RESULT_PASS)
		return ERR_NONE;
	d->run.is_finished = true;
	d->run.finished = fold_source(fact);
	if (d->stay_count)
		d->stays[d->stay_count - 1].left = fold_source(fact);
	d->state = STATE_ROLLED_BACK;
	d->state_source = fold_source(fact);
	fold_end_open(d);
	return ERR_NONE;
}
