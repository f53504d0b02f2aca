#include <config.h>

#include <string.h>

#include <gonogo/core/fold.h>

enum err_kind fold_approval_given(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	struct approval *approval = FOLD_ROOM(d, approvals, approval_count, approval_room);

	if (!approval)
		return err_memory(err);
	*approval = (struct approval){ .to = (enum channel)body_word(body, "to", words_channel, CHANNEL_NONE),
				       .role = (enum role)body_word(body, "role", words_role, 0), .person = fact->actor, .note = body_text(body, "note"),
				       .is_class_only = body_int(body, "class_only", 0) != 0, .source = fold_source(fact) };
	if (!digest_read(body_text(body, "evidence"), &approval->evidence) || !digest_read(body_text(body, "class_evidence"), &approval->class_evidence))
		return fold_refuse(fact, err, "approves evidence that is none");
	return ERR_NONE;
}

enum err_kind fold_approval_withdrawn(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	const int64_t seq = body_int(body, "approval", 0);

	for (size_t i = 0; i < d->approval_count; i++) {
		if (d->approvals[i].source.seq != seq)
			continue;
		if (d->approvals[i].is_consumed)
			return fold_refuse(fact, err, "withdraws an approval that a promotion rested on");
		d->approvals[i].is_withdrawn = true;
		return ERR_NONE;
	}
	return fold_refuse(fact, err, "withdraws an approval that is not there");
}

enum err_kind fold_memo_drafted(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	struct memo_entry memo = { .id = body_text(body, "memo"), .version = body_int(body, "version", 0),
				   .kind = (enum memo_kind)body_word(body, "kind", words_memo_kind, MEMO_STABLE),
				   .decision = (enum decision)body_word(body, "decision", words_decision, DECISION_NO_GO), .text = body_text(body, "text"),
				   .system_owner = body_text(body, "system_owner"), .dev_lead = body_text(body, "dev_lead"),
				   .has_open_items = body_int(body, "open_items", 1) != 0, .drafted = fold_source(fact) };
	struct memo_entry *entry;

	if (dossier_memo(d, memo.id) || !digest_read(body_text(body, "evidence"), &memo.evidence))
		return fold_refuse(fact, err, "drafts memo %s a second time, or over evidence that is none", memo.id);
	for (size_t i = 0; i < d->memo_count; i++)
		if (d->memos[i].kind == memo.kind && !d->memos[i].issued_seq)
			d->memos[i].is_replaced = true;
	entry = FOLD_ROOM(d, memos, memo_count, memo_room);
	if (!entry)
		return err_memory(err);
	*entry = memo;
	return ERR_NONE;
}

enum err_kind fold_memo_signed(struct dossier *d, const struct fact *fact, const struct json_object *body, struct err *err)
{
	struct memo_entry *memo = (struct memo_entry *)(size_t)dossier_memo(d, body_text(body, "memo"));
	const enum role role = (enum role)body_word(body, "role", words_role, 0);
	const char *named = !memo ? NULL : role == ROLE_SYSTEM_OWNER ? memo->system_owner : role == ROLE_DEV_LEAD ? memo->dev_lead : NULL;
	struct memo_signature *signature;

	if (!memo || memo->is_replaced || memo->issued_seq || !named || strcmp(named, fact->actor) != 0)
		return fold_refuse(fact, err, "signs a memo that does not wait for %s (MEM-1)", fact->actor);
	signature = role == ROLE_SYSTEM_OWNER ? &memo->owner : &memo->lead;
	*signature = (struct memo_signature){ .person = fact->actor, .role = role, .source = fold_source(fact) };
	if (memo->owner.source.seq && (!memo->dev_lead || memo->lead.source.seq))
		memo->issued_seq = fact->seq;
	return ERR_NONE;
}
