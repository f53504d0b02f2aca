#include <config.h>

#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/core/authority.h>
#include <gonogo/core/fold.h>
#include <gonogo/core/soak.h>

static enum err_kind enter(struct dossier *d, enum channel channel, enum release_state state, const struct fact *fact, struct err *err)
{
	struct stay *stay = FOLD_ROOM(d, stays, stay_count, stay_room);

	if (!stay)
		return err_memory(err);
	stay->channel = channel;
	stay->entered = fold_source(fact);
	d->state = state;
	d->state_source = fold_source(fact);
	return ERR_NONE;
}

/* A class that is clear brings a registered release into dev, which it does not leave again when it becomes unclear.  The manifest says the same. */
static enum err_kind classify(struct dossier *d, enum release_class class, const struct fact *fact, struct err *err)
{
	d->manifest.class = class;
	if (d->class_source.seq && d->class == class)
		return ERR_NONE;
	d->class = class;
	d->class_source = fold_source(fact);
	if (class != CLASS_UNCLEAR && d->state == STATE_REGISTERED)
		return enter(d, CHANNEL_DEV, STATE_DEV, fact, err);
	return ERR_NONE;
}

/* CLS-6: before T1 an edit of the manifest voids answers, tests and assessments given for the earlier text. */
static void void_for_edit(struct dossier *d)
{
	d->answer_count = 0;
	d->test_count = 0;
	fold_void_assessments(d);
}

enum err_kind fold_release_registered(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	struct manifest manifest;
	enum err_kind failed = paper_read_manifest(body, fact->release, &manifest, err);

	if (failed)
		return failed;
	if (d->class_locked)
		return fold_refuse(fact, err, "changes the manifest of %s after its promotion began (CLS-6)", fact->release);
	if (d->registered.seq && !paper_same_manifest(&manifest, &d->manifest))
		void_for_edit(d);
	if (!d->registered.seq) {
		d->registered = fold_source(fact);
		d->release = fact->release;
		d->state = STATE_REGISTERED;
		d->state_source = fold_source(fact);
	}
	d->manifest = manifest;
	d->manifest_source = fold_source(fact);
	return classify(d, manifest.class, fact, err);
}

enum err_kind fold_release_classified(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	const enum release_class class = (enum release_class)body_word(body, "class", words_class, CLASS_UNCLEAR);

	if (d->class_locked)
		return fold_refuse(fact, err, "changes the class of %s after its promotion began (CLS-2)", fact->release);
	if (d->class != class)
		void_for_edit(d);
	return classify(d, class, fact, err);
}

static enum err_kind consume(struct dossier *d, const struct json_value *seqs, enum channel to, const struct digest *evidence, const struct fact *fact,
			     struct err *err)
{
	for (size_t i = 0; seqs && i < seqs->count && seqs->type == JSON_INTS; i++) {
		struct approval *found = NULL;

		for (size_t k = 0; k < d->approval_count; k++)
			if (d->approvals[k].source.seq == seqs->ints[i])
				found = &d->approvals[k];
		if (!found || found->is_withdrawn || found->to != to || !digest_equal(&found->evidence, evidence))
			return fold_refuse(fact, err, "rests on an approval that does not hold");
		found->is_consumed = true;
	}
	return ERR_NONE;
}

/* APR-1 as far as the record itself shows it: the approvals named fill the roles, by distinct persons. */
static bool suffices(const struct dossier *d, const struct json_value *seqs, role_set asked)
{
	enum { MOST = 16 };
	struct holder holders[MOST];
	size_t count = 0;

	for (size_t i = 0; seqs && seqs->type == JSON_INTS && i < seqs->count; i++)
		for (size_t k = 0; k < d->approval_count && count < MOST; k++)
			if (d->approvals[k].source.seq == seqs->ints[i])
				holders[count++] = (struct holder){ d->approvals[k].role, d->approvals[k].person };
	return authority_distinct(asked, holders, count);
}

static enum err_kind consume_memo(struct dossier *d, const char *id, const struct digest *evidence, const struct fact *fact, struct err *err)
{
	const struct memo_entry *issued = dossier_issued(d, MEMO_STABLE);

	if (!id || !issued || strcmp(issued->id, id) != 0 || issued->decision != DECISION_GO || !digest_equal(&issued->evidence, evidence))
		return fold_refuse(fact, err, "promotes to stable without an issued GO memo that holds (MEM-5)");
	for (size_t i = 0; i < d->memo_count; i++)
		if (&d->memos[i] == issued)
			d->memos[i].is_consumed = true;
	return ERR_NONE;
}

/* What began the soak is settled when the channel is left: nothing later restarts it. */
static void leave(struct dossier *d, const struct fact *fact)
{
	struct stay *stay = &d->stays[d->stay_count - 1];
	struct soak soak;

	soak_of(d, &d->registry.policy, stay->channel, fact->at, &soak);
	stay->begun = (struct source){ .seq = soak.begin_seq, .at = soak.begin, .actor = soak.begin_actor };
	stay->left = fold_source(fact);
}

static const enum release_state states[CHANNEL_COUNT] = {
	[CHANNEL_NONE] = STATE_REGISTERED, [CHANNEL_DEV] = STATE_DEV, [CHANNEL_EXPERIMENTAL] = STATE_EXPERIMENTAL,
	[CHANNEL_CANDIDATE] = STATE_CANDIDATE, [CHANNEL_STABLE] = STATE_STABLE,
};

enum err_kind fold_release_promoted(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	const enum channel from = (enum channel)body_word(body, "from", words_channel, CHANNEL_NONE);
	const enum channel to = (enum channel)body_word(body, "to", words_channel, CHANNEL_NONE);
	struct promotion *promotion;
	struct digest evidence;
	const struct json_value *seqs = json_find(body, "approvals");
	/* To stable the System Owner approves by the memo, which is asked for below. */
	const role_set asked = (role_set)(authority_asked_roles(d, &d->registry.policy, to) & (to == CHANNEL_STABLE ? ~ROLE_SYSTEM_OWNER : ROLE_ANY));
	enum err_kind failed;

	if (from != dossier_channel(d) || to != dossier_next(d) || !d->stay_count || !digest_read(body_text(body, "evidence"), &evidence))
		return fold_refuse(fact, err, "promotes %s to a channel that is not its next (CHN-1)", fact->release);
	if (soak_is_of_one(d, &d->registry.policy, fact->actor, fact->at))
		return fold_refuse(fact, err, "promotes %s by the hand that began its soak, which the policy in force forbids (CHN-2)", fact->release);
	failed = consume(d, seqs, to, &evidence, fact, err);
	if (!failed && !suffices(d, seqs, asked))
		failed = fold_refuse(fact, err, "rests on approvals that do not fill the roles of this transition (APR-1, I-6)");
	if (!failed && to == CHANNEL_STABLE)
		failed = consume_memo(d, body_text(body, "memo"), &evidence, fact, err);
	if (failed)
		return failed;
	promotion = FOLD_ROOM(d, promotions, promotion_count, promotion_room);
	if (!promotion)
		return err_memory(err);
	*promotion = (struct promotion){ .from = from, .to = to, .source = fold_source(fact), .memo = body_text(body, "memo"),
					 .approvals = seqs ? seqs->ints : NULL, .approval_count = seqs && seqs->type == JSON_INTS ? seqs->count : 0 };
	leave(d, fact);
	d->class_locked = true;
	return enter(d, to, states[to], fact, err);
}

void fold_end_open(struct dossier *d)
{
	for (size_t i = 0; i < d->approval_count; i++)
		if (!d->approvals[i].is_consumed)
			d->approvals[i].is_withdrawn = true;
	for (size_t i = 0; i < d->memo_count; i++)
		if (!d->memos[i].issued_seq)
			d->memos[i].is_replaced = true;
}

enum err_kind fold_release_withdrawn(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	(void)body;
	if (d->state != STATE_REGISTERED && d->state != STATE_DEV)
		return fold_refuse(fact, err, "withdraws %s, which is past dev (I-11)", fact->release);
	if (d->stay_count)
		d->stays[d->stay_count - 1].left = fold_source(fact);
	d->state = STATE_WITHDRAWN;
	d->state_source = fold_source(fact);
	fold_end_open(d);
	return ERR_NONE;
}
