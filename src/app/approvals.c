#include <config.h>

#include <string.h>

#include <gonogo/app/sentence.h>
#include <gonogo/app/uses.h>
#include <gonogo/core/authority.h>
#include <gonogo/core/evidence.h>

enum err_kind use_plan_approve(struct session *s, const char *release, struct outcome *out, struct err *err)
{
	struct record record;
	struct act act;
	struct json_writer w;
	int64_t plan;
	enum err_kind failed = record_load(s, release, WHEN_NONE, true, &record, err);

	plan = failed ? 0 : record.dossier.plan_source.seq;
	record_release(&record);
	if (failed)
		return failed;
	if (!plan)
		return err_set(err, ERR_REFUSED, "%s has no exposure plan to approve (PLN-1). Import one with gonogo import FILE.", release);
	act_begin(&act, &w, "plan.approved", release, NULL);
	act_int(&w, "plan", plan);
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		sentence_done(out, "The exposure plan of %s is approved.", release);
	return failed;
}

/* To stable an approval can only be one that CLS-3 asks for; the transition itself is approved by the memo's signature (I-1). */
static void write_approval(struct act *act, const struct dossier *d, enum role role, enum channel to, const struct verdict *verdict,
			   const char *note)
{
	const struct policy *policy = &d->registry.policy;
	struct json_writer w;
	char hex[DIGEST_HEX_MAX];

	act_begin(act, &w, "approval.given", d->release, NULL);
	act_text(&w, "to", words_word(words_channel, (int)to));
	act_text(&w, "role", words_word(words_role, (int)role));
	act_text(&w, "evidence", digest_hex(&verdict->evidence, hex));
	act_text(&w, "class_evidence", digest_hex(&verdict->class_evidence, hex));
	act_text(&w, "policy", policy->name);
	act_int(&w, "class_only", authority_is_class_only(d, policy, to, (role_set)role));
	act_text(&w, "note", note);
	act_end(&w);
}

enum err_kind use_approve(struct session *s, const char *release, enum role role, enum channel to, const char *note, struct outcome *out,
			  struct err *err)
{
	struct record record;
	struct verdict verdict;
	struct act act = { 0 };
	enum err_kind failed = record_load(s, release, WHEN_NONE, true, &record, err);

	if (!failed)
		failed = sentence_check(TEXT_LONG, "the note", note, NULL, err);
	if (!failed)
		failed = record_judge(&record, to, WHEN_NONE, &verdict, err);
	if (failed)
		goto out;
	to = verdict.to;
	write_approval(&act, &record.dossier, role, to, &verdict, note);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		sentence_done(out, "Approved: %s to %s, as %s.", release, words_word(words_channel, (int)to),
			      words_title(words_role, (int)role));
out:
	record_release(&record);
	return failed;
}

/* One fact per approval of this person that is still open. */
enum err_kind use_approve_withdraw(struct session *s, const char *release, const char *reason, struct outcome *out, struct err *err)
{
	enum { MOST = 8 };
	struct record record;
	struct act acts[MOST];
	size_t count = 0;
	enum err_kind failed = sentence_check(TEXT_LONG, "the reason", reason, "--reason TEXT", err);

	if (failed)
		return failed;
	failed = record_load(s, release, WHEN_NONE, true, &record, err);
	if (failed)
		goto out;
	for (size_t i = 0; i < record.dossier.approval_count && count < MOST; i++) {
		const struct approval *approval = &record.dossier.approvals[i];
		struct json_writer w;

		if (approval->is_withdrawn || approval->is_consumed || !record.me || strcmp(approval->person, record.me->id) != 0)
			continue;
		act_begin(&acts[count], &w, "approval.withdrawn", release, NULL);
		act_int(&w, "approval", approval->source.seq);
		act_text(&w, "reason", reason);
		act_end(&w);
		count++;
	}
	if (!count) {
		failed = err_set(err, ERR_REFUSED, "You have given no approval of %s that could still be withdrawn (APR-3). See gonogo check %s.",
				 release, release);
		goto out;
	}
	failed = act_commit(s, NULL, acts, count, out, err);
	if (!failed)
		sentence_done(out, "%zu of your approvals of %s %s withdrawn.", count, release, count == 1 ? "is" : "are");
out:
	for (size_t i = 0; i < count; i++)
		buf_release(&acts[i].body);
	record_release(&record);
	return failed;
}

static bool rests_on(const struct approval *approval, const struct verdict *verdict)
{
	return !approval->is_withdrawn && !approval->is_consumed && approval->to == verdict->to && !approval->is_class_only &&
	       digest_equal(&approval->evidence, &verdict->evidence);
}

/* A promotion names what it rests on, and consumes it: the approvals of this transition, and to stable the memo. */
static void write_promotion(struct act *act, const struct dossier *d, const struct verdict *verdict)
{
	const struct memo_entry *memo = verdict->to == CHANNEL_STABLE ? dossier_issued(d, MEMO_STABLE) : NULL;
	/* A release in no channel is refused by the gate, which is asked only about a body in good order. */
	const enum channel from = verdict->from == CHANNEL_NONE ? CHANNEL_DEV : verdict->from;
	struct json_writer w;
	char hex[DIGEST_HEX_MAX];

	act_begin(act, &w, "release.promoted", d->release, NULL);
	act_text(&w, "from", words_word(words_channel, (int)from));
	act_text(&w, "to", words_word(words_channel, (int)verdict->to));
	act_text(&w, "evidence", digest_hex(&verdict->evidence, hex));
	json_open(&w, "approvals", '[');
	for (size_t i = 0; i < d->approval_count; i++)
		if (rests_on(&d->approvals[i], verdict))
			json_int(&w, NULL, d->approvals[i].source.seq);
	json_close(&w, ']');
	act_text(&w, "memo", memo ? memo->id : NULL);
	act_text(&w, "supersedes", verdict->to == CHANNEL_STABLE ? d->manifest.supersedes : NULL);
	act_end(&w);
}

enum err_kind use_promote(struct session *s, const char *release, enum channel to, struct outcome *out, struct err *err)
{
	struct record record;
	struct verdict verdict;
	struct act act = { 0 };
	enum err_kind failed = record_load(s, release, WHEN_NONE, true, &record, err);

	if (!failed)
		failed = record_judge(&record, to, WHEN_NONE, &verdict, err);
	if (failed)
		goto out;
	write_promotion(&act, &record.dossier, &verdict);
	failed = sentence_commit(s, &act, out, err);
	if (!failed && verdict.to == CHANNEL_STABLE && record.dossier.predecessor_known && record.dossier.predecessor.state == STATE_STABLE)
		sentence_done(out, "%s is promoted to stable; %s is superseded (I-10).", release, record.dossier.predecessor.release);
	else if (!failed)
		sentence_done(out, "%s is promoted to %s.", release, words_word(words_channel, (int)verdict.to));
out:
	record_release(&record);
	return failed;
}
