#include <config.h>

#include <string.h>

#include <gonogo/app/sentence.h>
#include <gonogo/app/uses.h>

/* PLN-4.n and I-6.NAME are bound to the sentence as it stands now, so that a changed sentence is unanswered. */
static enum err_kind question_of(struct session *s, const char *release, const char *rule, char *hex, struct err *err)
{
	struct record record;
	struct digest question;
	const char *text;
	enum err_kind failed = record_load(s, release, WHEN_NONE, true, &record, err);

	if (failed)
		goto out;
	text = rule_question(&record.dossier, rule);
	if (!text) {
		failed = rule_refuse_unasked(&record.dossier, rule, err);
		goto out;
	}
	failed = dossier_question(text, &question, err);
	if (!failed)
		digest_hex(&question, hex);
out:
	record_release(&record);
	return failed;
}

/* Usage comes before existence (I-16): what no such answer can do without is asked for before the records are opened. */
static enum err_kind check_words(const struct rule *row, enum answer value, const char *note, const char *evidence, struct err *err)
{
	const bool is_asked = row && row->how == RULE_ATTESTED;
	const bool wants_note = is_asked && (value == ANSWER_FAIL || (value == ANSWER_NA && row->may_na) || (value == ANSWER_PASS && row->needs_note));
	const bool wants_evidence = is_asked && value == ANSWER_PASS && row->needs_evidence;
	const char *what = value == ANSWER_FAIL ? "the note that says what was seen" : value == ANSWER_NA ? "the note that says why it does not apply" : "the note";
	enum err_kind failed = sentence_check(TEXT_LONG, what, note, wants_note ? "--note TEXT" : NULL, err);

	if (failed)
		return failed;
	return sentence_check(TEXT_LINE, "the evidence, a link, a run or a document,", evidence, wants_evidence ? "--evidence TEXT" : NULL, err);
}

enum err_kind use_answer(struct session *s, const char *release, const char *rule, enum answer value, const char *note,
			 const char *evidence, struct outcome *out, struct err *err)
{
	const struct rule *row = rule_find(rule);
	char question[DIGEST_HEX_MAX] = "";
	struct act act;
	struct json_writer w;
	enum err_kind failed = check_words(row, value, note, evidence, err);

	if (!failed && !row)
		failed = err_set(err, ERR_MISSING, "There is no rule %s. See gonogo rules.", rule);
	if (!failed && rule_is_worded(row))
		failed = question_of(s, release, rule, question, err);
	if (failed)
		return failed;
	act_begin(&act, &w, "answer.given", release, NULL);
	act_text(&w, "rule", rule);
	act_text(&w, "value", words_word(words_answer, (int)value));
	act_text(&w, "note", note);
	act_text(&w, "evidence", evidence);
	act_text(&w, "question", question);
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		sentence_done(out, "%s of %s is answered: %s.", rule, release, words_word(words_answer, (int)value));
	return failed;
}

enum err_kind use_stop(struct session *s, const char *release, const char *stop, bool raise, const char *reason, struct outcome *out,
		       struct err *err)
{
	struct act act;
	struct json_writer w;
	enum err_kind failed = sentence_check(TEXT_LONG, "the reason", reason, "--reason TEXT", err);

	if (failed)
		return failed;
	act_begin(&act, &w, raise ? "stop.raised" : "stop.cleared", release, NULL);
	act_text(&w, "stop", stop);
	act_text(&w, "reason", reason);
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		sentence_done(out, raise ? "Hard stop %s of %s is raised: nothing is promoted until it is cleared." : "Hard stop %s of %s is clear.",
			      stop, release);
	return failed;
}

enum err_kind use_risk_accept(struct session *s, const char *release, const char *risk, const char *rationale, struct outcome *out,
			      struct err *err)
{
	struct act act;
	struct json_writer w;
	enum err_kind failed = sentence_check(TEXT_LINE, "the risk", risk, "--risk TEXT", err);

	if (!failed)
		failed = sentence_check(TEXT_LINE, "the rationale", rationale, "--rationale TEXT", err);
	if (failed)
		return failed;
	act_begin(&act, &w, "risk.accepted", release, NULL);
	act_text(&w, "risk", risk);
	act_text(&w, "rationale", rationale);
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		sentence_done(out, "The risk is accepted for %s.", release);
	return failed;
}

enum err_kind use_risk_withdraw(struct session *s, const char *release, int64_t number, const char *reason, struct outcome *out,
				struct err *err)
{
	struct act act;
	struct json_writer w;
	enum err_kind failed = sentence_check(TEXT_LONG, "the reason", reason, "--reason TEXT", err);

	if (failed)
		return failed;
	act_begin(&act, &w, "risk.withdrawn", release, NULL);
	act_int(&w, "risk", number);
	act_text(&w, "reason", reason);
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		sentence_done(out, "The acceptance of risk %lld of %s is withdrawn.", (long long)number, release);
	return failed;
}
