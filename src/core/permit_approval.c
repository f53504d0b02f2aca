#include <config.h>

#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/core/authority.h>
#include <gonogo/core/checklist.h>
#include <gonogo/core/evidence.h>
#include <gonogo/core/permit.h>

static enum err_kind refuse_missing(const struct permit_in *in, const struct texts *lines, const char *what, struct err *err)
{
	struct buf text = BUF_EMPTY;
	enum err_kind failed;

	for (size_t i = 0; i < lines->count; i++)
		buf_printf(&text, "\n  %s", lines->items[i]);
	failed = buf_check(&text, err);
	if (!failed)
		failed = err_set(err, ERR_REFUSED, "%s of %s is not given yet: nobody approves what is not there (APR-3). Missing:%s\nSee gonogo check %s.", what,
				 in->dossier->release, buf_text(&text), in->dossier->release);
	buf_release(&text);
	return failed;
}

static enum err_kind changed_meanwhile(const struct permit_in *in, struct err *err)
{
	return err_set(err, ERR_BUSY, "What %s is judged on changed meanwhile; nothing was recorded. Look again with gonogo check %s.", in->dossier->release,
		       in->dossier->release);
}

/* The roles that an approval of this transition can be given in: APR-1 and the policy, and from T1 on those of the class (I-1). */
static role_set approvable(const struct permit_in *in, enum channel to)
{
	const role_set asked = (role_set)(authority_asked_roles(in->dossier, in->policy, to) | authority_class_roles(in->dossier->class));

	return to == CHANNEL_STABLE ? (role_set)(asked & ~ROLE_SYSTEM_OWNER) : asked;
}

static enum err_kind check_role(const struct permit_in *in, enum channel to, int role, struct err *err)
{
	const struct dossier *d = in->dossier;
	const role_set asked = approvable(in, to);
	char roles[128];

	if (to == CHANNEL_STABLE && role == ROLE_SYSTEM_OWNER)
		return err_set(err, ERR_REFUSED, "To stable the System Owner's approval is the signature on the GO memo (APR-1): gonogo memo sign %s --role system-owner.",
			       d->release);
	if (!(asked & role))
		return err_set(err, ERR_REFUSED, "Nothing asks for an approval of %s to %s as %s; asked for: %s (APR-1, CLS-3).", d->release,
			       words_word(words_channel, (int)to), words_title(words_role, role), asked ? words_any_role(asked, roles, sizeof roles) : "none");
	if (!(in->actor->roles & role))
		return err_set(err, ERR_REFUSED, "%s does not hold the role %s, and a person approves only in a role held (APR-3).", in->actor->id,
			       words_title(words_role, role));
	return ERR_NONE;
}

static bool counts(const struct approval *approval, enum channel to, const struct verdict *verdict)
{
	if (approval->is_withdrawn || approval->is_consumed || approval->to != to)
		return false;
	return approval->is_class_only ? digest_equal(&approval->class_evidence, &verdict->class_evidence)
				       : digest_equal(&approval->evidence, &verdict->evidence);
}

/* I-5 and I-16: a role filled by the same person is so already, by another it is taken; one person fills one role. */
static enum err_kind check_hands(const struct permit_in *in, enum channel to, int role, const struct verdict *verdict, bool *already, struct err *err)
{
	const struct dossier *d = in->dossier;
	const struct memo_entry *issued = to == CHANNEL_STABLE ? dossier_issued(d, MEMO_STABLE) : NULL;

	if (issued && issued->decision == DECISION_GO && digest_equal(&issued->evidence, &verdict->evidence) &&
	    strcmp(issued->owner.person, in->actor->id) == 0)
		return err_set(err, ERR_REFUSED, "%s approved this transition of %s by signing memo %s already; another person must approve as %s (I-5).",
			       in->actor->id, d->release, issued->id, words_title(words_role, role));
	for (size_t i = 0; i < d->approval_count; i++) {
		const struct approval *given = &d->approvals[i];
		const bool is_mine = strcmp(given->person, in->actor->id) == 0;

		if (!counts(given, to, verdict))
			continue;
		if ((int)given->role == role && is_mine)
			*already = true;
		else if (is_mine)
			return err_set(err, ERR_REFUSED, "%s approved this transition of %s as %s already; another person must approve as %s (I-5).",
				       in->actor->id, d->release, words_title(words_role, (int)given->role), words_title(words_role, role));
		else if ((int)given->role == role)
			return err_set(err, ERR_REFUSED, "%s approved this transition of %s as %s already (I-16).", given->person, d->release,
				       words_title(words_role, role));
	}
	return ERR_NONE;
}

/* Nothing is asked of a role of CLS-3 alone whose class approval still stands (I-1), unless its giver has another role to fill here (I-5). */
static enum err_kind check_needed(const struct permit_in *in, int role, const struct verdict *verdict, bool *already, struct err *err)
{
	const struct dossier *d = in->dossier;
	const struct finding *class = finding_of(&verdict->findings, "CLS-3");

	if (class && !finding_is_settled(class) && (class->roles & role))
		return ERR_NONE;
	for (size_t i = 0; i < d->approval_count; i++) {
		const struct approval *given = &d->approvals[i];

		if (given->is_withdrawn || (int)given->role != role || !digest_equal(&given->class_evidence, &verdict->class_evidence))
			continue;
		if (strcmp(given->person, in->actor->id) == 0) {
			*already = true;
			return ERR_NONE;
		}
		return err_set(err, ERR_REFUSED, "The class approval of %s as %s stands, by %s; nothing asks for another (I-16).", d->release,
			       words_title(words_role, role), given->person);
	}
	return ERR_NONE;
}

enum err_kind permit_approval_given(const struct permit_in *in, bool *already, struct err *err)
{
	const struct dossier *d = in->dossier;
	const enum channel to = (enum channel)body_word(in->body, "to", words_channel, CHANNEL_NONE);
	const int role = body_word(in->body, "role", words_role, 0);
	const bool class_only = body_int(in->body, "class_only", 0) != 0;
	struct digest evidence, class_evidence;
	struct obstacles obstacles;
	struct verdict verdict;
	enum err_kind failed;

	if (to != dossier_next(d))
		return err_set(err, ERR_REFUSED, "%s is %s, so nothing is approved to %s (CHN-1). See gonogo check %s.", d->release,
			       words_title(words_state, (int)d->state), words_word(words_channel, (int)to), d->release);
	failed = check_role(in, to, role, err);
	if (!failed)
		failed = gate_judge(d, in->policy, to, in->now, in->arena, &verdict, err);
	if (!failed)
		failed = check_hands(in, to, role, &verdict, already, err);
	if (!failed && !*already && !(authority_asked_roles(d, in->policy, to) & role))
		failed = check_needed(in, role, &verdict, already, err);
	if (failed || *already)
		return failed;
	if (class_only != authority_is_class_only(d, in->policy, to, (role_set)role) || !digest_read(body_text(in->body, "evidence"), &evidence) ||
	    !digest_read(body_text(in->body, "class_evidence"), &class_evidence) || !digest_equal(&evidence, &verdict.evidence) ||
	    !digest_equal(&class_evidence, &verdict.class_evidence))
		return changed_meanwhile(in, err);
	failed = gate_obstacles(&verdict, d, in->actor->id, class_only, in->arena, &obstacles, err);
	if (!failed && obstacles.lines.count)
		failed = refuse_missing(in, &obstacles.lines, "The approval", err);
	return failed;
}

enum err_kind permit_approval_withdrawn(const struct permit_in *in, bool *already, struct err *err)
{
	const struct dossier *d = in->dossier;
	const int64_t seq = body_int(in->body, "approval", 0);

	for (size_t i = 0; i < d->approval_count; i++) {
		const struct approval *given = &d->approvals[i];

		if (given->source.seq != seq)
			continue;
		if (strcmp(given->person, in->actor->id) != 0)
			return err_set(err, ERR_REFUSED, "The approval is %s's, and only its giver withdraws it (rules, section 11).", given->person);
		if (given->is_consumed)
			return err_set(err, ERR_REFUSED, "A promotion of %s rested on this approval, so it can no longer be withdrawn (APR-2).", d->release);
		*already = given->is_withdrawn;
		return *already ? ERR_NONE : permit_need(in, "reason", "The reason", err);
	}
	return err_set(err, ERR_MISSING, "%s has no such approval. See gonogo check %s.", d->release, d->release);
}

static enum err_kind check_signer(const struct permit_in *in, const char *id, role_set role, struct err *err)
{
	const struct person *person = registry_person(&in->dossier->registry, id);

	if (!person || person->is_component)
		return err_set(err, ERR_MISSING, "Nobody is enrolled as %s. See gonogo person list.", id);
	if (!(person->roles & role))
		return err_set(err, ERR_REFUSED, "%s does not hold the role %s, so the memo cannot wait for that signature (APR-3).", id,
			       words_title(words_role, role));
	return ERR_NONE;
}

/* MEM-1, MEM-3, MEM-6: who is to sign which memo. */
static enum err_kind check_signers(const struct permit_in *in, enum memo_kind kind, enum decision decision, struct err *err)
{
	const char *owner = body_text(in->body, "system_owner"), *lead = body_text(in->body, "dev_lead");
	const bool needs_lead = kind == MEMO_STABLE && decision == DECISION_GO;
	enum err_kind failed = check_signer(in, owner, ROLE_SYSTEM_OWNER, err);

	if (failed)
		return failed;
	if (needs_lead != (lead != NULL))
		return err_set(err, ERR_REFUSED, needs_lead ? "A GO memo for stable is signed by a Dev Lead too (MEM-1). Name one with --dev-lead PERSON."
							    : "This memo is signed by the System Owner alone (MEM-3, MEM-6). Leave --dev-lead out.");
	if (!needs_lead)
		return ERR_NONE;
	if (strcmp(owner, lead) == 0)
		return err_set(err, ERR_REFUSED, "%s cannot sign in both roles: a memo is signed by distinct persons (I-5). Name two.", owner);
	return check_signer(in, lead, ROLE_DEV_LEAD, err);
}

static bool is_known_memo(const struct permit_in *in)
{
	const struct dossier *d = in->dossier;
	const char *id = body_text(in->body, "memo");
	const struct memo_entry *draft = dossier_draft(d, (enum memo_kind)body_word(in->body, "kind", words_memo_kind, MEMO_STABLE));

	return dossier_memo(d, id) || (draft && draft->version >= body_int(in->body, "version", 0));
}

enum err_kind permit_memo_drafted(const struct permit_in *in, bool *already, struct err *err)
{
	const struct dossier *d = in->dossier;
	const enum memo_kind kind = (enum memo_kind)body_word(in->body, "kind", words_memo_kind, MEMO_STABLE);
	const enum decision decision = (enum decision)body_word(in->body, "decision", words_decision, DECISION_NO_GO);
	struct digest evidence, present;
	enum err_kind failed;

	(void)already;
	if (kind == MEMO_STABLE && d->state != STATE_CANDIDATE)
		return err_set(err, ERR_REFUSED, "%s is %s, and a memo for stable is drafted in candidate (MEM-2). See gonogo check %s.", d->release,
			       words_title(words_state, (int)d->state), d->release);
	if (kind == MEMO_MECHANISM && (d->class != CLASS_MECHANISM || d->state == STATE_REGISTERED))
		return err_set(err, ERR_REFUSED, "%s is no mechanism change in a channel, and only such a one has a mechanism memo (CLS-4, MEM-6).", d->release);
	failed = check_signers(in, kind, decision, err);
	if (!failed)
		failed = evidence_of_memo(in->dossier, kind, in->arena, &present, err);
	if (failed)
		return failed;
	if (is_known_memo(in) || !digest_read(body_text(in->body, "evidence"), &evidence) || !digest_equal(&evidence, &present))
		return changed_meanwhile(in, err);
	return ERR_NONE;
}

static enum err_kind refuse_checklist(const struct memo_entry *memo, const struct checklist *checklist, struct err *err)
{
	for (size_t i = 0; i < checklist->count; i++)
		if (!checklist->items[i].ticked)
			return err_set(err, ERR_REFUSED, "Memo %s cannot be signed while an item is open (MEM-2). \"%s\": %s", memo->id, checklist->items[i].text,
				       checklist->items[i].figure);
	return ERR_NONE;
}

/* I-5: who alone stands for another role of the class does not sign for the System Owner. */
static enum err_kind check_one_role(const struct permit_in *in, const struct verdict *verdict, int role, struct err *err)
{
	const struct dossier *d = in->dossier;
	role_set mine = 0, others = 0;
	char roles[128];

	for (size_t i = 0; role == ROLE_SYSTEM_OWNER && i < d->approval_count; i++) {
		const struct approval *given = &d->approvals[i];

		if (given->is_withdrawn || given->role == ROLE_SYSTEM_OWNER || !digest_equal(&given->class_evidence, &verdict->class_evidence))
			continue;
		if (strcmp(given->person, in->actor->id) == 0)
			mine = (role_set)(mine | given->role);
		else
			others = (role_set)(others | given->role);
	}
	mine = (role_set)(mine & authority_class_roles(d->class) & ~others);
	if (!mine)
		return ERR_NONE;
	return err_set(err, ERR_REFUSED, "The class approval of %s as %s is %s's alone, so another System Owner must sign (I-5). Draft a memo that names one.",
		       d->release, words_roles(mine, roles, sizeof roles), in->actor->id);
}

/* What a GO signature needs besides: the record as it was drafted, every item, time included, and nothing missing that APR-3 names. */
static enum err_kind check_go(const struct permit_in *in, const struct memo_entry *memo, int role, struct err *err)
{
	const struct dossier *d = in->dossier;
	struct checklist checklist;
	struct digest present;
	struct verdict verdict;
	struct obstacles obstacles;
	enum err_kind failed = evidence_of_memo(in->dossier, memo->kind, in->arena, &present, err);

	if (failed)
		return failed;
	if (!digest_equal(&present, &memo->evidence))
		return err_set(err, ERR_REFUSED, "The records of %s changed since memo %s was drafted, so it can no longer be signed (MEM-5). Draft it anew with "
			       "gonogo memo draft %s --kind %s --decision go.", d->release, memo->id, d->release, words_word(words_memo_kind, (int)memo->kind));
	failed = checklist_of(d, in->policy, memo->kind, in->now, in->arena, &checklist, err);
	if (!failed && !checklist.is_complete)
		return refuse_checklist(memo, &checklist, err);
	if (!failed && memo->has_open_items)
		return err_set(err, ERR_REFUSED, "Memo %s was drafted with open items, and such a one is never signed (MEM-2). Draft it anew with gonogo memo draft %s "
			       "--kind %s --decision go.", memo->id, d->release, words_word(words_memo_kind, (int)memo->kind));
	if (!failed && memo->kind == MEMO_MECHANISM && !dossier_open_risks(d))
		return err_set(err, ERR_REFUSED, "A mechanism memo needs at least one accepted risk (MEM-6): gonogo accept-risk %s --risk TEXT --rationale TEXT.",
			       d->release);
	if (failed || memo->kind == MEMO_MECHANISM)
		return failed;
	failed = gate_judge(d, in->policy, CHANNEL_STABLE, in->now, in->arena, &verdict, err);
	if (!failed)
		failed = check_one_role(in, &verdict, role, err);
	if (!failed)
		failed = gate_obstacles(&verdict, d, in->actor->id, false, in->arena, &obstacles, err);
	if (!failed && obstacles.lines.count)
		failed = refuse_missing(in, &obstacles.lines, "The signature on the GO memo", err);
	return failed;
}

static enum err_kind check_named(const struct permit_in *in, const struct memo_entry *memo, int role, struct err *err)
{
	const char *named = role == ROLE_SYSTEM_OWNER ? memo->system_owner : role == ROLE_DEV_LEAD ? memo->dev_lead : NULL;

	if (!named)
		return err_set(err, ERR_REFUSED, "Memo %s asks for no signature as %s (MEM-1).", memo->id, words_title(words_role, role));
	if (strcmp(named, in->actor->id) != 0)
		return err_set(err, ERR_REFUSED, "Memo %s waits for the signature of %s as %s, and only they can give it (MEM-1).", memo->id, named,
			       words_title(words_role, role));
	if (!(in->actor->roles & role))
		return err_set(err, ERR_REFUSED, "%s no longer holds the role %s, and signs only in a role held (APR-3).", in->actor->id,
			       words_title(words_role, role));
	return ERR_NONE;
}

enum err_kind permit_memo_signed(const struct permit_in *in, bool *already, struct err *err)
{
	const struct dossier *d = in->dossier;
	const struct memo_entry *memo = dossier_memo(d, body_text(in->body, "memo"));
	const int role = body_word(in->body, "role", words_role, 0);
	enum err_kind failed;

	if (!memo)
		return err_set(err, ERR_MISSING, "%s has no memo %.80s. See gonogo memo list %s.", d->release, body_text(in->body, "memo"), d->release);
	failed = check_named(in, memo, role, err);
	if (failed)
		return failed;
	*already = (role == ROLE_SYSTEM_OWNER ? memo->owner.source.seq : memo->lead.source.seq) != 0;
	if (*already)
		return ERR_NONE;
	if (memo->is_replaced)
		return err_set(err, ERR_REFUSED, "Memo %s was replaced by a newer draft and waits for no signature. See gonogo memo list %s.", memo->id, d->release);
	if (memo->kind == MEMO_STABLE && d->state != STATE_CANDIDATE)
		return err_set(err, ERR_REFUSED, "%s is %s, and a memo for stable is signed in candidate (MEM-3).", d->release,
			       words_title(words_state, (int)d->state));
	return memo->decision == DECISION_GO ? check_go(in, memo, role, err) : ERR_NONE;
}
