#include <config.h>

#include <string.h>

#include "judging.h"

/* INT64_MAX: the channel has not been entered, so no answer can count yet. */
static int64_t since_of(const struct rule *rule, const struct gate_in *in, struct soak *soak)
{
	if (rule->since == CHANNEL_NONE)
		return 0;
	soak_of(in->dossier, in->policy, rule->since, in->now, soak);
	return soak->is_entered ? soak->begin_seq : INT64_MAX;
}

static enum err_kind say(const struct gate_in *in, struct opinion *out, enum finding_state state, const char *fmt, ...) PRINTF_LIKE(4, 5);

static enum err_kind say(const struct gate_in *in, struct opinion *out, enum finding_state state, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	out->reason = arena_vprintf(in->arena, fmt, args);
	va_end(args);
	out->state = state;
	return out->reason ? ERR_NONE : ERR_SYSTEM;
}

static const char *required(const struct rule *rule, bool needs_note)
{
	if (rule->needs_evidence)
		return needs_note ? "a pass with evidence and a note is required" : "a pass with evidence is required";
	return needs_note ? "a pass with a note is required" : "a pass is required";
}

/* What the write path would have refused does not count here either. */
static bool lacks_words(const struct rule *rule, const struct answer_entry *answer)
{
	const bool needs_note = rule->needs_note || answer->had_fail || answer->value == ANSWER_NA;

	return (needs_note && !answer->note) || (rule->needs_evidence && !answer->evidence);
}

static enum err_kind weigh_settled(const struct rule *rule, const struct gate_in *in, const char *question, const struct answer_entry *answer,
				   struct opinion *out)
{
	const bool is_na = answer->value == ANSWER_NA;
	const char *note = answer->note ? answer->note : "";
	char at[WHEN_TEXT_MAX];

	if (lacks_words(rule, answer) || (is_na && !rule_takes_na(rule, in->dossier)))
		return say(in, out, FINDING_UNANSWERED, "The answer of %s to \"%s\" does not count; %s.", answer->source.actor, question,
			   required(rule, out->needs_note));
	return say(in, out, is_na ? FINDING_NOT_APPLICABLE : FINDING_MET, "%s answered %s at %s%s%s%s.", answer->source.actor,
		   is_na ? "not applicable" : "pass", when_format(answer->source.at, at), *note ? ": \"" : "", note, *note ? "\"" : "");
}

static enum err_kind weigh_stale(const struct rule *rule, const struct gate_in *in, const struct answer_entry *answer, const struct soak *soak,
				 struct opinion *out)
{
	const char *channel = words_word(words_channel, (int)rule->since);
	char at[WHEN_TEXT_MAX], begin[WHEN_TEXT_MAX];

	if (!soak->is_entered)
		return say(in, out, FINDING_STALE, "%s answered at %s, before %s was entered; the answer must be given in its soak.",
			   answer->source.actor, when_format(answer->source.at, at), channel);
	return say(in, out, FINDING_STALE, "%s answered at %s, before the present soak of %s began at %s; the answer must be given again.",
		   answer->source.actor, when_format(answer->source.at, at), channel, when_format(soak->begin, begin));
}

/* An answer to a criterion belongs to its sentence (PLN-4). */
static enum err_kind is_of_question(const struct answer_entry *answer, const char *question, bool *out)
{
	struct digest digest;
	enum err_kind failed = dossier_question(question, &digest, NULL);

	*out = !failed && digest_equal(&digest, &answer->question);
	return failed;
}

enum err_kind opinion_of(const struct rule *rule, const struct gate_in *in, const char *id, const char *question, struct opinion *out)
{
	const struct answer_entry *answer = dossier_answer(in->dossier, id);
	struct soak soak = { 0 };
	char at[WHEN_TEXT_MAX];
	bool is_of_it = true;

	*out = (struct opinion){ .needs_note = rule->needs_note || (answer && (answer->value == ANSWER_FAIL || answer->had_fail)) };
	if (!answer)
		return say(in, out, FINDING_UNANSWERED, "\"%s\" has not been answered; %s.", question, required(rule, out->needs_note));
	if (strchr(id, '.')) {
		enum err_kind failed = is_of_question(answer, question, &is_of_it);

		if (failed)
			return failed;
	}
	if (!is_of_it)
		return say(in, out, FINDING_UNANSWERED, "The answer of %s was to another wording than \"%s\"; %s.", answer->source.actor, question,
			   required(rule, out->needs_note));
	/* A fail of an earlier soak blocks until it is answered again (I-16). */
	if (answer->value == ANSWER_FAIL)
		return say(in, out, FINDING_FAILED, "%s answered fail to \"%s\" at %s: \"%s\"; %s.", answer->source.actor, question,
			   when_format(answer->source.at, at), answer->note ? answer->note : "", required(rule, true));
	if (answer->source.seq <= since_of(rule, in, &soak))
		return weigh_stale(rule, in, answer, &soak, out);
	return weigh_settled(rule, in, question, answer, out);
}

enum err_kind opinion_next(struct finding *finding, const struct gate_in *in, const char *id, const struct opinion *opinion)
{
	if (!finding || opinion->state == FINDING_MET || opinion->state == FINDING_NOT_APPLICABLE)
		return finding_done(finding);
	return finding_next(finding, in, "gonogo answer %s %s pass%s%s", in->dossier->release, id, opinion->needs_note ? " --note TEXT" : "",
			    finding->rule->needs_evidence ? " --evidence TEXT" : "");
}

enum err_kind opinion_add(const struct rule *rule, const struct gate_in *in, const char *id, const struct opinion *opinion, struct findings *out)
{
	struct finding *finding = finding_add(out, rule, opinion->state, "%s", opinion->reason);

	if (!finding)
		return ERR_SYSTEM;
	finding->id = id;
	finding->blocks = opinion->state == FINDING_FAILED;
	return opinion_next(finding, in, id, opinion);
}

enum err_kind judge_attested(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	struct opinion opinion;
	enum err_kind failed = opinion_of(rule, in, rule->id, rule->text, &opinion);

	return failed ? failed : opinion_add(rule, in, rule->id, &opinion, out);
}
