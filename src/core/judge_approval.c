#include <config.h>

#include <string.h>

#include "judging.h"

/* Roles and persons that hold for the gate now; more than these many are never needed. */
enum { HOLDERS_MOST = 32 };
struct holders { struct holder items[HOLDERS_MOST]; size_t count; };

static void holders_add(struct holders *holders, enum role role, const char *person)
{
	for (size_t i = 0; i < holders->count; i++)
		if (holders->items[i].role == role && strcmp(holders->items[i].person, person) == 0)
			return;
	if (holders->count < HOLDERS_MOST)
		holders->items[holders->count++] = (struct holder){ role, person };
}

static role_set holders_missing(const struct holders *holders, role_set asked)
{
	for (size_t i = 0; i < holders->count; i++)
		asked = (role_set)(asked & ~(role_set)holders->items[i].role);
	return asked;
}

static role_set asked_here(const struct gate_in *in)
{
	return authority_asked_roles(in->dossier, in->policy, in->to);
}

static bool is_for_transition(const struct approval *approval, const struct gate_in *in)
{
	return !approval->is_withdrawn && !approval->is_class_only && !approval->is_consumed && approval->to == in->to;
}

/* APR-1: the approvals of this transition over the present evidence. */
static void transition_holders(const struct gate_in *in, struct holders *out)
{
	const struct dossier *d = in->dossier;
	struct memo_stand stand;

	*out = (struct holders){ 0 };
	for (size_t i = 0; i < d->approval_count; i++)
		if (is_for_transition(&d->approvals[i], in) && digest_equal(&d->approvals[i].evidence, &in->evidence))
			holders_add(out, d->approvals[i].role, d->approvals[i].person);
	if (in->to != CHANNEL_STABLE)
		return;
	memo_stand_of(in, &stand);
	if (stand.is_current)
		holders_add(out, ROLE_SYSTEM_OWNER, stand.issued->owner.person);
}

/* CLS-3: every approval over the present class content, whichever transition it was given at; the signature on the GO memo is one too (I-1). */
static void class_holders(const struct gate_in *in, struct holders *out)
{
	const struct dossier *d = in->dossier;
	struct memo_stand stand;

	*out = (struct holders){ 0 };
	for (size_t i = 0; i < d->approval_count; i++)
		if (!d->approvals[i].is_withdrawn && digest_equal(&d->approvals[i].class_evidence, &in->class_evidence))
			holders_add(out, d->approvals[i].role, d->approvals[i].person);
	memo_stand_of(in, &stand);
	if (in->to == CHANNEL_STABLE && stand.is_current)
		holders_add(out, ROLE_SYSTEM_OWNER, stand.issued->owner.person);
}

/* I-5: who fills a role of APR-1 at this transition fills none of CLS-3 besides.  Roles of APR-1 that are still open are judged once they are filled. */
static bool has_distinct_hands(const struct gate_in *in, const struct holders *class)
{
	const role_set asked = authority_class_roles(in->dossier->class), at_transition = asked_here(in);
	struct holders transition, joint = { 0 };
	role_set filled;

	transition_holders(in, &transition);
	filled = (role_set)(at_transition & ~holders_missing(&transition, at_transition));
	for (size_t i = 0; i < transition.count; i++)
		if (filled & transition.items[i].role)
			holders_add(&joint, transition.items[i].role, transition.items[i].person);
	for (size_t i = 0; i < class->count; i++)
		if ((asked & ~filled) & class->items[i].role)
			holders_add(&joint, class->items[i].role, class->items[i].person);
	return authority_distinct(asked | filled, joint.items, joint.count);
}

static enum err_kind name_holders(const struct gate_in *in, const struct holders *holders, role_set asked, const char **out)
{
	struct gaps gaps = { 0 };

	for (size_t i = 0; i < holders->count; i++)
		if (asked & holders->items[i].role)
			gaps_add(&gaps, "%s as %s", holders->items[i].person, words_title(words_role, (int)holders->items[i].role));
	return gaps_take(&gaps, in->arena, out);
}

static const char *role_word(role_set roles)
{
	for (int role = 1; role <= ROLE_OPERATOR; role *= 2)
		if (roles & role)
			return words_word(words_role, role);
	return "ROLE";
}

/* To stable only what CLS-3 asks of others is approved; the System Owner signs the memo (MEM-1). */
static enum err_kind next_approval(struct finding *finding, const struct gate_in *in, role_set missing)
{
	const char *release = in->dossier->release;
	struct memo_stand stand;

	if (in->to != CHANNEL_STABLE)
		return finding_next(finding, in, "gonogo approve %s --role %s", release, role_word(missing));
	if (missing & ~ROLE_SYSTEM_OWNER)
		return finding_next(finding, in, "gonogo approve %s --to stable --role %s", release, role_word((role_set)(missing & ~ROLE_SYSTEM_OWNER)));
	memo_stand_of(in, &stand);
	if (!stand.draft)
		return finding_next_draft(finding, in, MEMO_STABLE);
	return finding_next(finding, in, "gonogo memo sign %s --role system-owner", release);
}

/* Those of the specification, and behind them those that the policy asks besides; NULL: memory. */
static const char *name_approvers(const struct gate_in *in, role_set asked)
{
	const role_set besides = in->policy->approvers[in->dossier->class][in->to];
	const char *how = in->to == CHANNEL_STABLE ? ", by signing the GO memo" : "";
	char roles[128], more[128], cite[POLICY_CITE_MAX];

	words_roles(authority_transition_roles(in->to), roles, sizeof roles);
	if (besides)
		return arena_printf(in->arena, "%s%s, and by %s, each a distinct person, as asked by %s", roles, how, words_roles(besides, more, sizeof more),
				    policy_cite(in->policy, "approvers", cite));
	return arena_printf(in->arena, "%s%s%s", roles, how, !*how && (asked & (asked - 1)) ? ", each a distinct person" : "");
}

enum err_kind judge_approval_given(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const role_set asked = asked_here(in);
	struct holders holders;
	const char *given, *approvers;
	char lacking[128];
	role_set missing;
	struct finding *finding;
	enum err_kind failed;

	transition_holders(in, &holders);
	missing = holders_missing(&holders, asked);
	failed = name_holders(in, &holders, asked, &given);
	if (failed)
		return failed;
	if (asked && !missing && authority_distinct(asked, holders.items, holders.count))
		return finding_done(finding_add(out, rule, FINDING_MET, "Approved by %s.", given));
	if (!asked)
		return finding_done(finding_add(out, rule, FINDING_NOT_APPLICABLE, "Nobody approves a transition to %s.", words_word(words_channel, (int)in->to)));
	if (!missing)
		missing = asked;
	approvers = name_approvers(in, asked);
	if (!approvers)
		return ERR_SYSTEM;
	finding = finding_add(out, rule, FINDING_UNMET, "The transition to %s is approved by %s; missing: %s.", words_word(words_channel, (int)in->to), approvers,
			      words_roles(missing, lacking, sizeof lacking));
	if (finding)
		finding->roles = missing;
	return next_approval(finding, in, missing);
}

enum err_kind judge_class_approved(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const struct dossier *d = in->dossier;
	const role_set asked = authority_class_roles(d->class);
	const bool lacks_risk = d->class == CLASS_MECHANISM && !dossier_open_risks(d);
	struct holders holders;
	const char *given;
	char lacking[128];
	role_set missing;
	struct finding *finding;
	enum err_kind failed;

	class_holders(in, &holders);
	missing = holders_missing(&holders, asked);
	if (!missing && !has_distinct_hands(in, &holders)) {
		missing = (role_set)(asked & ~asked_here(in));
		missing = missing ? missing : asked;
	}
	failed = name_holders(in, &holders, asked, &given);
	if (failed)
		return failed;
	if (!missing && !lacks_risk)
		return finding_done(finding_add(out, rule, FINDING_MET, "%s: approved by %s.", words_title(words_class, (int)d->class), given));
	if (!missing) {
		finding = finding_add(out, rule, FINDING_UNMET, "A %s needs an explicitly accepted risk with its rationale, and none is accepted.",
				      words_title(words_class, (int)d->class));
		if (finding)
			finding->roles = ROLE_SYSTEM_OWNER;
		return finding_next(finding, in, "gonogo accept-risk %s --risk TEXT --rationale TEXT", d->release);
	}
	finding = finding_add(out, rule, FINDING_UNMET, "A %s needs the approval of distinct persons; missing: %s%s.", words_title(words_class, (int)d->class),
			      words_roles(missing, lacking, sizeof lacking), lacks_risk ? ", and an explicitly accepted risk" : "");
	if (finding)
		finding->roles = missing;
	return next_approval(finding, in, missing);
}

/* An approval that the gate needs and that was given for something else. */
static const struct approval *stale_one(const struct gate_in *in, bool *class_only)
{
	const struct dossier *d = in->dossier;
	struct holders transition, class;
	role_set open, open_class;

	transition_holders(in, &transition);
	class_holders(in, &class);
	open = holders_missing(&transition, asked_here(in));
	open_class = rule_transition(in->to) == DUE_T1 ? 0 : holders_missing(&class, authority_class_roles(d->class));
	for (size_t i = d->approval_count; i-- > 0;) {
		const struct approval *approval = &d->approvals[i];

		if (approval->is_withdrawn)
			continue;
		*class_only = false;
		if ((open & approval->role) && is_for_transition(approval, in))
			return approval;
		*class_only = true;
		if ((open_class & approval->role) && !digest_equal(&approval->class_evidence, &in->class_evidence))
			return approval;
	}
	return NULL;
}

static enum err_kind memo_is_stale(const struct rule *rule, const struct gate_in *in, struct findings *out, const struct memo_entry *memo)
{
	const char *changed;
	struct finding *finding;
	enum err_kind failed = changed_since(in, BOUND_TO_TRANSITION, memo->drafted.seq, &memo->distrusted, &changed);

	if (failed)
		return failed;
	finding = finding_add(out, rule, FINDING_STALE, "The signatures on memo %s were given for something else: %s.", memo->id, changed);
	if (finding)
		finding->roles = ROLE_SYSTEM_OWNER;
	return finding_next_draft(finding, in, MEMO_STABLE);
}

enum err_kind judge_approval_bound(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	bool class_only = false;
	const struct approval *approval = stale_one(in, &class_only);
	struct memo_stand stand;
	const char *changed;
	char at[WHEN_TEXT_MAX];
	struct finding *finding;
	enum err_kind failed;

	memo_stand_of(in, &stand);
	if (in->to == CHANNEL_STABLE && stand.is_go && !stand.is_current)
		return memo_is_stale(rule, in, out, stand.issued);
	if (!approval)
		return finding_done(finding_add(out, rule, FINDING_MET, "No approval that counts here is stale."));
	failed = changed_since(in, class_only ? BOUND_TO_CLASS : BOUND_TO_TRANSITION, approval->source.seq, &approval->distrusted, &changed);
	if (failed)
		return failed;
	finding = finding_add(out, rule, FINDING_STALE, "%s approved as %s at %s, and since then %s; it must be approved again.", approval->person,
			      words_title(words_role, (int)approval->role), when_format(approval->source.at, at), changed);
	if (finding)
		finding->roles = (role_set)approval->role;
	return next_approval(finding, in, (role_set)approval->role);
}

/*
 * What APR-3 asks at the moment of approving is refused by authority; what the record can show of it afterwards is judged again here: an approval
 * from before the plan's, and a GO signed before its time.
 */
enum err_kind judge_approval_turn(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const struct dossier *d = in->dossier;
	struct memo_stand stand;
	struct finding *finding;
	const instant opens = time_earliest(in);

	for (size_t i = 0; i < d->approval_count; i++) {
		const struct approval *approval = &d->approvals[i];

		if (!is_for_transition(approval, in) || !digest_equal(&approval->evidence, &in->evidence) || !d->plan_approved.seq ||
		    approval->source.seq > d->plan_approved.seq)
			continue;
		finding = finding_add(out, rule, FINDING_UNMET, "%s approved before the exposure plan was approved, and must approve again.", approval->person);
		if (finding)
			finding->roles = (role_set)approval->role;
		return next_approval(finding, in, (role_set)approval->role);
	}
	memo_stand_of(in, &stand);
	if (in->to == CHANNEL_STABLE && stand.is_current && opens != WHEN_NONE && stand.issued->owner.source.at < opens) {
		finding = finding_add(out, rule, FINDING_UNMET, "%s signed memo %s before the time of candidate was served; a new memo is needed.",
				      stand.issued->owner.person, stand.issued->id);
		if (finding)
			finding->roles = ROLE_SYSTEM_OWNER;
		return finding_next_draft(finding, in, MEMO_STABLE);
	}
	return finding_done(finding_add(out, rule, FINDING_MET, "No approval was given before its turn."));
}
