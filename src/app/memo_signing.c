#include <config.h>

#include <string.h>

#include <gonogo/app/memos.h>
#include <gonogo/base/buf.h>
#include <gonogo/core/evidence.h>

/* --- which draft is to be signed --- */

static bool waits_for(const struct memo_entry *memo, const struct person *me)
{
	if (strcmp(memo->system_owner, me->id) == 0 && !memo->owner.source.seq)
		return true;
	return memo->dev_lead && strcmp(memo->dev_lead, me->id) == 0 && !memo->lead.source.seq;
}

/* What came of the last one says what comes next. */
static enum err_kind refuse_all(const struct dossier *d, struct err *err)
{
	const struct memo_entry *last = d->memo_count ? &d->memos[d->memo_count - 1] : NULL;

	if (last && last->issued_seq)
		return err_set(err, ERR_REFUSED, "%s has no memo that waits to be signed: %s is issued (MEM-5). See gonogo check %s.", d->release, last->id, d->release);
	return err_set(err, ERR_REFUSED, "%s has no memo that waits to be signed (MEM-1). Draft one with gonogo memo draft %s --decision go.", d->release, d->release);
}

static enum err_kind find_one(const struct dossier *d, const struct memo_entry *stable, const struct memo_entry *mechanism, const struct memo_entry **out,
			      struct err *err)
{
	if (stable && mechanism)
		return err_set(err, ERR_USAGE, "Two drafts of %s wait to be signed. Say which one with --kind stable or --kind mechanism.", d->release);
	*out = stable ? stable : mechanism;
	return *out ? ERR_NONE : refuse_all(d, err);
}

enum err_kind memos_to_sign(const struct dossier *d, const struct person *me, const char *id, const enum memo_kind *kind, const struct memo_entry **out,
			    struct err *err)
{
	const struct memo_entry *stable = dossier_draft(d, MEMO_STABLE), *mechanism = dossier_draft(d, MEMO_MECHANISM);

	*out = NULL;
	if (id) {
		*out = dossier_memo(d, id);
		return *out ? ERR_NONE : err_set(err, ERR_MISSING, "%s has no memo %.80s. See gonogo memo list %s.", d->release, id, d->release);
	}
	if (kind)
		return find_one(d, *kind == MEMO_STABLE ? stable : NULL, *kind == MEMO_MECHANISM ? mechanism : NULL, out, err);
	if (me && stable && mechanism && waits_for(stable, me) != waits_for(mechanism, me))
		return find_one(d, waits_for(stable, me) ? stable : NULL, waits_for(mechanism, me) ? mechanism : NULL, out, err);
	return find_one(d, stable, mechanism, out, err);
}

/* --- may it be signed --- */

static enum err_kind refuse_done(const struct dossier *d, const struct memo_entry *memo, struct err *err)
{
	const struct memo_entry *newer = dossier_draft(d, memo->kind);

	if (memo->issued_seq)
		return err_set(err, ERR_REFUSED, "Memo %s is issued, and nobody signs it any more (MEM-5).", memo->id);
	if (memo->is_replaced && newer)
		return err_set(err, ERR_REFUSED, "Memo %s was replaced by a newer draft, %s by %s, and waits for no signature.", memo->id, newer->id, newer->drafted.actor);
	if (memo->is_replaced)
		return err_set(err, ERR_REFUSED, "Memo %s was replaced by a newer draft, and waits for no signature.", memo->id);
	return ERR_NONE;
}

static enum err_kind refuse_person(const struct memo_entry *memo, const struct person *me, struct err *err)
{
	const bool is_named = me && (strcmp(memo->system_owner, me->id) == 0 || (memo->dev_lead && strcmp(memo->dev_lead, me->id) == 0));

	if (is_named)
		return err_set(err, ERR_REFUSED, "You signed memo %s already; it waits for the signature of %s (MEM-1).", memo->id,
			       memo->owner.source.seq ? memo->dev_lead : memo->system_owner);
	return err_set(err, ERR_REFUSED, "Memo %s waits for the signature of %s%s%s, and not for yours (MEM-1).", memo->id, memo->system_owner,
		       memo->dev_lead ? " and " : "", memo->dev_lead ? memo->dev_lead : "");
}

enum err_kind memos_changed_since(const struct dossier *d, const struct memo_entry *memo, struct arena *arena, struct texts *out, struct err *err)
{
	static const char *const taken[] = { "something that it rests on was taken away" };
	struct evidence now;
	enum err_kind failed = memo->kind == MEMO_MECHANISM ? evidence_of_mechanism(d, arena, &now, err) : evidence_of(d, CHANNEL_STABLE, arena, &now, err);

	*out = (struct texts){ 0 };
	if (failed || digest_equal(&now.digest, &memo->evidence))
		return failed;
	failed = evidence_since(&now, memo->drafted.seq, arena, out, err);
	if (!failed && !out->count)
		*out = (struct texts){ taken, 1 };
	return failed;
}

/* What it was drafted over is not what stands now: what changed, and who may draft it anew. */
static enum err_kind refuse_stale(const struct dossier *d, const struct memo_entry *memo, struct err *err)
{
	struct texts changed = { 0 };
	struct buf lines = BUF_EMPTY;
	enum err_kind failed = memos_changed_since(d, memo, d->arena, &changed, err);

	for (size_t i = 0; !failed && i < changed.count; i++)
		buf_printf(&lines, "%s%s", i ? "; " : "", changed.items[i]);
	if (!failed)
		failed = buf_check(&lines, err);
	if (!failed)
		failed = err_set(err, ERR_REFUSED, "Memo %s is STALE and can no longer be signed (MEM-5): since it was drafted %s. A Dev Lead or System Owner drafts "
				 "it anew: d.", memo->id, buf_text(&lines));
	buf_release(&lines);
	return failed;
}

enum err_kind memos_signable(const struct dossier *d, const struct memo_entry *memo, const struct person *me, enum role *role, struct err *err)
{
	const struct memo_entry *signable;
	enum err_kind failed = refuse_done(d, memo, err);

	if (failed)
		return failed;
	if (!me || !waits_for(memo, me))
		return refuse_person(memo, me, err);
	*role = strcmp(memo->system_owner, me->id) == 0 && !memo->owner.source.seq ? ROLE_SYSTEM_OWNER : ROLE_DEV_LEAD;
	failed = evidence_signable_draft(d, memo->kind, d->arena, &signable, err);
	if (failed || signable == memo)
		return failed;
	if (memo->has_open_items)
		return err_set(err, ERR_REFUSED, "Memo %s was drafted with open items, and such a one is never signed (MEM-2). A Dev Lead or System Owner drafts it anew: d.",
			       memo->id);
	return refuse_stale(d, memo, err);
}
