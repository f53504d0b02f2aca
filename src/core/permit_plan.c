#include <config.h>

#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/core/authority.h>
#include <gonogo/core/gate.h>
#include <gonogo/core/permit.h>
#include <gonogo/core/soak.h>

enum err_kind permit_plan_saved(const struct permit_in *in, bool *already, struct err *err)
{
	struct plan plan;
	enum err_kind failed = paper_read_plan(in->body, in->dossier->release, &plan, err);

	if (!failed && !paper_plan_has_room(&plan))
		failed = err_set(err, ERR_USAGE, "The maximum duration is shorter than the minimum duration (PLN-1). Make it at least as long.");
	*already = !failed && in->dossier->plan_source.seq && paper_same_plan(&plan, &in->dossier->plan);
	return failed;
}

/* PLN-1 and PLN-3 alone, in whatever channel the release is: a plan naming an ineligible tenant is approved in none (I-16). */
enum err_kind permit_plan_approved(const struct permit_in *in, bool *already, struct err *err)
{
	static const char *const needed[] = { "PLN-1", "PLN-3" };
	const struct dossier *d = in->dossier;
	struct verdict verdict;
	char cite[POLICY_CITE_MAX];
	enum err_kind failed;

	if (!d->plan_source.seq)
		return err_set(err, ERR_REFUSED, "%s has no exposure plan to approve (PLN-1). Import one with gonogo import FILE.", d->release);
	if (body_int(in->body, "plan", 0) != d->plan_source.seq)
		return err_set(err, ERR_BUSY, "The exposure plan of %s changed meanwhile; nothing was recorded. Read it again with gonogo release show %s plan.",
			       d->release, d->release);
	*already = d->plan_approved.seq != 0;
	if (*already)
		return ERR_NONE;
	if (authority_plan_is_of_one(d, in->policy, in->actor->id))
		return err_set(err, ERR_REFUSED, "%s saved or owns the exposure plan of %s, and another person approves it (PLN-2, as %s asks).", in->actor->id,
			       d->release, policy_cite(in->policy, "plan_of_two", cite));
	failed = gate_judge(d, in->policy, CHANNEL_EXPERIMENTAL, in->now, in->arena, &verdict, err);
	for (size_t i = 0; !failed && i < sizeof needed / sizeof *needed; i++) {
		const struct finding *finding = finding_of(&verdict.findings, needed[i]);

		if (finding && !finding_is_settled(finding))
			failed = err_set(err, ERR_REFUSED, "The exposure plan of %s cannot be approved yet. %s: %s", d->release, finding->id, finding->reason);
	}
	return failed;
}

/* The same answer again is told apart by the soak in which it is given: an earlier one counts no more (I-16). */
static bool is_same_answer(const struct permit_in *in, const struct answer_entry *before, enum answer value)
{
	const struct dossier *d = in->dossier;
	const struct stay *stay = d->stay_count ? &d->stays[d->stay_count - 1] : NULL;
	const char *question = body_text(in->body, "question");
	struct digest asked = { { 0 } };
	struct soak soak;

	if (question && !digest_read(question, &asked))
		return false;
	if (before->value != value || strcmp(before->source.actor, in->actor->id) != 0 || !text_same(before->note, body_text(in->body, "note")) ||
	    !text_same(before->evidence, body_text(in->body, "evidence")) || !digest_equal(&asked, &before->question))
		return false;
	if (!stay)
		return true;
	soak_of(d, in->policy, stay->channel, in->now, &soak);
	return before->source.seq > soak.begin_seq;
}

static enum err_kind check_na(const struct permit_in *in, const struct rule *rule, const char *id, struct err *err)
{
	const bool conditional = rule_takes_na(rule, in->dossier);

	if (!conditional && rule->may_na)
		return err_set(err, ERR_REFUSED, "%s can be answered pass or fail, and not na, while the manifest declares data changes: \"%s\".", id,
			       in->dossier->manifest.data_changes ? in->dossier->manifest.data_changes : "not given");
	if (!conditional)
		return err_set(err, ERR_REFUSED, "%s can be answered pass or fail, and not na: its own words are not conditional.", id);
	if (text_is_blank(body_text(in->body, "note")))
		return err_missing_option(err, "--note TEXT", "na needs a note that says why %s does not apply.", id);
	return ERR_NONE;
}

static enum err_kind check_words(const struct permit_in *in, const struct rule *rule, const char *id, enum answer value,
				 const struct answer_entry *before, struct err *err)
{
	const bool has_note = !text_is_blank(body_text(in->body, "note"));

	if (value == ANSWER_NA)
		return check_na(in, rule, id, err);
	if (value == ANSWER_FAIL && !has_note)
		return err_missing_option(err, "--note TEXT", "fail needs a note that says what was seen (%s).", id);
	if (value == ANSWER_PASS && before && before->value == ANSWER_FAIL && !has_note)
		return err_missing_option(err, "--note TEXT", "%s failed before, and pass after fail needs a note; in a data-safety checklist, in parentheses after the item.", id);
	if (value == ANSWER_PASS && rule->needs_note && !has_note)
		return err_missing_option(err, "--note TEXT", "%s needs a note that says how it was seen to be met.", id);
	if (value == ANSWER_PASS && rule->needs_evidence && text_is_blank(body_text(in->body, "evidence")))
		return err_missing_option(err, "--evidence TEXT", "%s needs evidence: a link, a run, a document.", id);
	return ERR_NONE;
}

static enum err_kind check_question(const struct permit_in *in, const char *id, struct err *err)
{
	const char *text = rule_question(in->dossier, id), *given = body_text(in->body, "question");
	struct digest expected, asked;
	enum err_kind failed;

	if (!text)
		return rule_refuse_unasked(in->dossier, id, err);
	failed = dossier_question(text, &expected, err);
	if (!failed && (!given || !digest_read(given, &asked) || !digest_equal(&asked, &expected)))
		failed = rule_refuse_changed(in->dossier, id, err);
	return failed;
}

enum err_kind permit_answer_given(const struct permit_in *in, bool *already, struct err *err)
{
	const char *id = body_text(in->body, "rule");
	const struct rule *rule = rule_find(id);
	const enum answer value = (enum answer)body_word(in->body, "value", words_answer, ANSWER_FAIL);
	const struct answer_entry *before = dossier_answer(in->dossier, id);
	char roles[128];
	enum err_kind failed;

	if (!rule)
		return err_set(err, ERR_MISSING, "There is no rule %.40s. See gonogo rules.", id);
	if (rule->how != RULE_ATTESTED)
		return err_set(err, ERR_REFUSED, "%s is computed from the records, and nobody can tick it. See gonogo check %s.", id, in->dossier->release);
	failed = rule_is_worded(rule) ? check_question(in, id, err) : ERR_NONE;
	if (failed)
		return failed;
	*already = before && is_same_answer(in, before, value);
	failed = *already ? ERR_NONE : check_words(in, rule, id, value, before, err);
	if (failed == ERR_USAGE)
		return failed;
	if (!(in->actor->roles & rule->roles))
		return err_set(err, ERR_REFUSED, "%s is answered by a %s, and %s holds no such role (rules, section 11).", id,
			       words_any_role(rule->roles, roles, sizeof roles), in->actor->id);
	return failed;
}

enum err_kind permit_stop_index(const struct permit_in *in, size_t *index, struct err *err)
{
	const char *stop = body_text(in->body, "stop");

	if (!dossier_stop_index(stop, index))
		return err_set(err, ERR_MISSING, "There is no hard stop %.40s; expected HS-1 to HS-%d. See gonogo rules.", stop, STOP_COUNT);
	return ERR_NONE;
}

enum err_kind permit_stop_raised(const struct permit_in *in, bool *already, struct err *err)
{
	size_t index;
	enum err_kind failed = permit_stop_index(in, &index, err);

	if (!failed)
		failed = permit_need(in, "reason", "The reason", err);
	*already = !failed && in->dossier->stops[index].is_raised && text_same(in->dossier->stops[index].reason, body_text(in->body, "reason"));
	return failed;
}

enum err_kind permit_stop_cleared(const struct permit_in *in, bool *already, struct err *err)
{
	size_t index;
	const struct stop *stop;
	enum err_kind failed = permit_stop_index(in, &index, err);

	if (!failed)
		failed = permit_need(in, "reason", "The resolution", err);
	if (failed)
		return failed;
	stop = &in->dossier->stops[index];
	if (!stop->is_raised && (index == 0 || index == 1 || index == 5))
		return err_set(err, ERR_REFUSED, "HS-%zu is derived from the documents and nobody raised it, so there is nothing to clear. "
			       "What it asks for is in gonogo check %s.", index + 1, in->dossier->release);
	*already = !stop->is_raised && stop->is_assessed && text_same(stop->resolution, body_text(in->body, "reason")) &&
		   strcmp(stop->cleared.actor, in->actor->id) == 0;
	return ERR_NONE;
}

enum err_kind permit_risk_accepted(const struct permit_in *in, bool *already, struct err *err)
{
	const struct dossier *d = in->dossier;

	(void)err;
	for (size_t i = 0; i < d->risk_count; i++)
		*already |= !d->risks[i].is_withdrawn && text_same(d->risks[i].risk, body_text(in->body, "risk")) &&
			    text_same(d->risks[i].rationale, body_text(in->body, "rationale"));
	return ERR_NONE;
}

enum err_kind permit_risk_withdrawn(const struct permit_in *in, bool *already, struct err *err)
{
	const struct dossier *d = in->dossier;
	const int64_t number = body_int(in->body, "risk", 0);

	if (number < 1 || number > (int64_t)d->risk_count)
		return err_set(err, ERR_MISSING, "%s has no accepted risk %lld. See gonogo check %s --to stable.", d->release, (long long)number, d->release);
	*already = d->risks[number - 1].is_withdrawn;
	return *already ? ERR_NONE : permit_need(in, "reason", "The reason", err);
}
