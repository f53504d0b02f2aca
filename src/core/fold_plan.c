#include <config.h>

#include <string.h>

#include <gonogo/core/fold.h>

enum err_kind fold_plan_saved(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	d->plan_source = fold_source(fact);
	d->plan_approved = (struct source){ 0 };
	return paper_read_plan(body, fact->release, &d->plan, err);
}

enum err_kind fold_plan_approved(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	if (body_int(body, "plan", 0) != d->plan_source.seq)
		return fold_refuse(fact, err, "approves an exposure plan that is not the present one (PLN-2)");
	d->plan_approved = fold_source(fact);
	d->approved_plan = d->plan;
	d->approved_plan_source = d->plan_source;
	return ERR_NONE;
}

void fold_raise(struct dossier *d, size_t stop, const char *reason, const struct fact *fact)
{
	struct stop *entry = &d->stops[stop];

	entry->is_raised = true;
	entry->reason = reason;
	entry->raised = fold_source(fact);
}

void fold_void_assessments(struct dossier *d)
{
	for (size_t i = 0; i < STOP_COUNT; i++)
		d->stops[i].is_assessed = false;
}

/* Section 5: these answers, when they are a fail, raise a hard stop at once. */
static const struct { const char *rule; size_t stop; } raising[] = {
	{ "DAT-1", 3 }, { "DAT-5", 2 }, { "DAT-6", 6 }, { "OBS-0", 4 }, { "OBS-1", 4 },
};

bool fold_raises(const char *rule, size_t *stop)
{
	for (size_t i = 0; i < sizeof raising / sizeof *raising; i++)
		if (strcmp(raising[i].rule, rule) == 0) {
			*stop = raising[i].stop;
			return true;
		}
	return false;
}

static void raise_by_answer(struct dossier *d, const struct fact *fact, const struct answer_entry *answer)
{
	size_t stop;

	if (fold_raises(answer->rule, &stop))
		fold_raise(d, stop, answer->note ? answer->note : answer->rule, fact);
}

enum err_kind fold_answer_given(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	const char *rule = body_text(body, "rule"), *question = body_text(body, "question");
	struct answer_entry answer = { .rule = rule, .value = (enum answer)body_word(body, "value", words_answer, ANSWER_FAIL),
				       .note = body_text(body, "note"), .evidence = body_text(body, "evidence"), .source = fold_source(fact) };
	struct answer_entry *entry = (struct answer_entry *)(size_t)dossier_answer(d, rule);

	if (question && !digest_read(question, &answer.question))
		return fold_refuse(fact, err, "answers a question that is none");
	if (entry)
		answer.had_fail = entry->value == ANSWER_FAIL;
	else
		entry = FOLD_ROOM(d, answers, answer_count, answer_room);
	if (!entry)
		return err_memory(err);
	*entry = answer;
	if (answer.value == ANSWER_FAIL)
		raise_by_answer(d, fact, entry);
	return ERR_NONE;
}

enum err_kind fold_stop_raised(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	size_t stop;

	if (!dossier_stop_index(body_text(body, "stop"), &stop))
		return fold_refuse(fact, err, "raises a hard stop that there is not");
	fold_raise(d, stop, body_text(body, "reason"), fact);
	return ERR_NONE;
}

enum err_kind fold_stop_cleared(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	size_t stop;

	if (!dossier_stop_index(body_text(body, "stop"), &stop))
		return fold_refuse(fact, err, "clears a hard stop that there is not");
	d->stops[stop].is_raised = false;
	d->stops[stop].is_assessed = true;
	d->stops[stop].resolution = body_text(body, "reason");
	d->stops[stop].cleared = fold_source(fact);
	return ERR_NONE;
}

enum err_kind fold_risk_accepted(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	struct risk *risk = FOLD_ROOM(d, risks, risk_count, risk_room);

	if (!risk)
		return err_memory(err);
	*risk = (struct risk){ .number = (int64_t)d->risk_count, .risk = body_text(body, "risk"), .rationale = body_text(body, "rationale"),
			       .source = fold_source(fact) };
	return ERR_NONE;
}

enum err_kind fold_risk_withdrawn(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	const int64_t number = body_int(body, "risk", 0);

	if (number < 1 || number > (int64_t)d->risk_count)
		return fold_refuse(fact, err, "withdraws a risk that was not accepted");
	d->risks[number - 1].is_withdrawn = true;
	d->risks[number - 1].withdrawn = fold_source(fact);
	return ERR_NONE;
}
