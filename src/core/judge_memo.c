#include <config.h>

#include <string.h>

#include <gonogo/core/checklist.h>

#include "judging.h"

static const struct memo_entry *waiting_draft(const struct gate_in *in)
{
	const struct memo_entry *draft = dossier_draft(in->dossier, MEMO_STABLE);

	return draft && draft->decision == DECISION_GO && !draft->has_open_items && digest_equal(&draft->evidence, &in->evidence) ? draft : NULL;
}

/* MEM-1: both signatures, by distinct persons; one key is one person's, so their keys differ too. */
static bool is_fully_signed(const struct memo_entry *memo)
{
	return memo->owner.source.seq && memo->lead.source.seq && strcmp(memo->owner.person, memo->lead.person) != 0;
}

void memo_stand_of(const struct gate_in *in, struct memo_stand *out)
{
	*out = (struct memo_stand){ .issued = dossier_issued(in->dossier, MEMO_STABLE), .draft = waiting_draft(in) };
	out->is_go = out->issued && out->issued->decision == DECISION_GO && is_fully_signed(out->issued);
	/* A memo that a promotion consumed stays issued: nothing that came later makes it stale (MEM-5). */
	out->is_current = out->is_go && (out->issued->is_consumed || digest_equal(&out->issued->evidence, &in->evidence));
}

enum err_kind changed_since(const struct gate_in *in, enum bound_to bound_to, int64_t seq, const struct source *distrusted, const char **out)
{
	struct evidence now;
	struct texts lines;
	struct gaps gaps = { 0 };
	enum err_kind failed = bound_to == BOUND_TO_CLASS      ? evidence_of_class(in->dossier, in->arena, &now, NULL)
			       : bound_to == BOUND_TO_MECHANISM ? evidence_of_mechanism(in->dossier, in->arena, &now, NULL)
								: evidence_of(in->dossier, in->to, in->arena, &now, NULL);

	if (!failed)
		failed = evidence_since(&now, seq, in->arena, &lines, NULL);
	if (failed)
		return failed;
	if (distrusted->seq) {
		gaps_add(&gaps, "the key that signed it is no longer trusted (%s, fact %lld)", distrusted->actor, (long long)distrusted->seq);
		return gaps_take(&gaps, in->arena, out);
	}
	for (size_t i = 0; i < lines.count; i++)
		gaps_add(&gaps, "%s", lines.items[i]);
	/* Nothing newer stands in it: then something that stood in it has gone. */
	if (!lines.count)
		gaps_add(&gaps, "something that it was given for is no longer there");
	return gaps_take(&gaps, in->arena, out);
}

/* Who has still to sign the draft, as persons. */
static enum err_kind name_signers(struct finding *finding, const struct gate_in *in, const struct memo_entry *draft)
{
	const char **people = arena_array(in->arena, 2, sizeof *people);
	size_t count = 0;

	if (!finding || !people)
		return ERR_SYSTEM;
	if (draft->dev_lead && !draft->lead.source.seq)
		people[count++] = draft->dev_lead;
	if (!draft->owner.source.seq)
		people[count++] = draft->system_owner;
	finding->people = (struct texts){ people, count };
	finding->roles = 0;
	return finding_next(finding, in, "gonogo memo sign %s --role %s%s", in->dossier->release,
			    draft->dev_lead && !draft->lead.source.seq ? "dev-lead" : "system-owner",
			    draft->kind == MEMO_MECHANISM ? " --kind mechanism" : "");
}

enum err_kind finding_next_draft(struct finding *finding, const struct gate_in *in, enum memo_kind kind)
{
	const struct dossier *d = in->dossier;
	const struct memo_entry *issued = dossier_issued(d, kind);

	return finding_next(finding, in, "gonogo memo draft %s%s --decision go%s%s", d->release, kind == MEMO_MECHANISM ? " --kind mechanism" : "",
			    dossier_open_risks(d) ? "" : " --no-risks", issued && issued->decision == DECISION_NO_GO ? " --note TEXT" : "");
}

static enum err_kind next_draft(struct finding *finding, const struct gate_in *in)
{
	return finding_next_draft(finding, in, MEMO_STABLE);
}

/* No GO memo stands, or one that was signed over something else.  MEM-1, MEM-4 and MEM-5 lack the same then, and each says its own part of it. */
static enum finding_state lacking(const struct memo_stand *stand)
{
	return !stand->draft && stand->is_go ? FINDING_STALE : FINDING_UNMET;
}

static enum err_kind next_memo(struct finding *finding, const struct gate_in *in, const struct memo_stand *stand)
{
	return stand->draft ? name_signers(finding, in, stand->draft) : next_draft(finding, in);
}

enum err_kind judge_memo_issued(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	static const char needs[] = "Stable needs a GO memo signed by a System Owner and a Dev Lead";
	struct memo_stand stand;
	struct finding *finding;

	memo_stand_of(in, &stand);
	if (stand.is_current)
		return finding_done(finding_add(out, rule, FINDING_MET, "Memo %s is issued, signed by %s as System Owner and %s as Dev Lead.", stand.issued->id,
						stand.issued->owner.person, stand.issued->lead.person));
	if (stand.draft)
		finding = finding_add(out, rule, lacking(&stand), "%s, and the draft %s waits for its signatures.", needs, stand.draft->id);
	else if (stand.is_go)
		finding = finding_add(out, rule, lacking(&stand), "%s over the present records, and memo %s is stale (MEM-5).", needs, stand.issued->id);
	else
		finding = finding_add(out, rule, lacking(&stand), "%s, and no GO memo has been issued.", needs);
	return next_memo(finding, in, &stand);
}

static enum err_kind list_open_items(const struct gate_in *in, const struct checklist *checklist, const char **out)
{
	struct gaps gaps = { 0 };

	for (size_t i = 0; i < checklist->count; i++)
		if (!checklist->items[i].ticked)
			gaps_add(&gaps, "%s", checklist->items[i].text);
	return gaps_take(&gaps, in->arena, out);
}

enum err_kind judge_memo_checklist(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	struct checklist checklist;
	const char *open;
	struct finding *finding;
	enum err_kind failed = checklist_from(in, MEMO_STABLE, out, &checklist);

	if (!failed)
		failed = list_open_items(in, &checklist, &open);
	if (failed)
		return failed;
	if (checklist.is_complete)
		return finding_done(finding_add(out, rule, FINDING_MET, "Each of the %zu items of the memo's checklist holds.", checklist.count));
	finding = finding_add(out, rule, FINDING_UNMET, "The memo's checklist has open items: %s.", open);
	return finding_next(finding, in, "gonogo check %s --to stable", in->dossier->release);
}

enum err_kind judge_memo_no_go(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const struct memo_entry *issued = dossier_issued(in->dossier, MEMO_STABLE);
	struct finding *finding;
	char at[WHEN_TEXT_MAX];

	if (!issued || issued->decision == DECISION_GO)
		return finding_done(finding_add(out, rule, FINDING_MET, "No NO-GO stands."));
	finding = finding_add(out, rule, FINDING_FAILED, "%s decided NO-GO at %s (memo %s); a later GO memo, which says what became of the remediation, is "
			      "required.", issued->owner.person, when_format(issued->owner.source.at, at), issued->id);
	if (finding)
		finding->blocks = true;
	return finding_next_draft(finding, in, MEMO_STABLE);
}

/* What a memo says, or has to say, of the risks on record. */
static const char *of_risks(const struct gate_in *in)
{
	const size_t risks = dossier_open_risks(in->dossier);
	const char *text = risks ? arena_printf(in->arena, "names the accepted risks (%zu) with their rationales", risks) : "says None under its risks";

	return text ? text : "names the accepted risks";
}

enum err_kind judge_memo_risks(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	struct memo_stand stand;
	struct finding *finding;

	memo_stand_of(in, &stand);
	if (stand.is_current)
		return finding_done(finding_add(out, rule, FINDING_MET, "Memo %s %s.", stand.issued->id, of_risks(in)));
	if (stand.draft)
		finding = finding_add(out, rule, lacking(&stand), "The draft %s %s, which counts once it is issued (MEM-1).", stand.draft->id, of_risks(in));
	else
		finding = finding_add(out, rule, lacking(&stand), "No GO memo that counts %s (MEM-1).", of_risks(in));
	return next_memo(finding, in, &stand);
}

enum err_kind judge_memo_bound(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	struct memo_stand stand;
	struct finding *finding;

	memo_stand_of(in, &stand);
	if (stand.is_current)
		return finding_done(finding_add(out, rule, FINDING_MET, stand.issued->is_consumed ? "The promotion to stable rests on memo %s."
												 : "Memo %s was signed over the present records.",
						stand.issued->id));
	if (stand.draft)
		finding = finding_add(out, rule, lacking(&stand), "The draft %s is over the present records, and a promotion rests on it once it is issued (MEM-1).",
				      stand.draft->id);
	else if (stand.is_go)
		finding = finding_add(out, rule, lacking(&stand), "Memo %s is stale, since what it was signed over has changed; a new version is needed.", stand.issued->id);
	else
		finding = finding_add(out, rule, lacking(&stand), "A promotion to stable rests on an issued memo over the present records, and there is none (MEM-1).");
	return next_memo(finding, in, &stand);
}

enum err_kind judge_class_memo(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const struct dossier *d = in->dossier;
	const struct memo_entry *issued = dossier_issued(d, MEMO_MECHANISM), *draft = dossier_draft(d, MEMO_MECHANISM);
	struct evidence now;
	struct finding *finding;
	const char *changed;
	bool is_waiting;
	enum err_kind failed;

	if (d->class != CLASS_MECHANISM)
		return finding_done(finding_add(out, rule, FINDING_NOT_APPLICABLE, "Only a mechanism change needs a decision memo of its own."));
	failed = evidence_of_mechanism(d, in->arena, &now, NULL);
	if (failed)
		return failed;
	if (issued && issued->decision == DECISION_GO && digest_equal(&issued->evidence, &now.digest))
		return finding_done(finding_add(out, rule, FINDING_MET, "The mechanism memo %s is issued, signed by %s.", issued->id, issued->owner.person));
	is_waiting = draft && digest_equal(&draft->evidence, &now.digest) && draft->decision == DECISION_GO && !draft->has_open_items;
	if (issued && issued->decision == DECISION_NO_GO) {
		finding = finding_add(out, rule, FINDING_FAILED, "%s decided NO-GO in the mechanism memo %s; a later GO memo is required.",
				      issued->owner.person, issued->id);
		if (finding)
			finding->blocks = true;
		if (is_waiting)
			return name_signers(finding, in, draft);
	} else if (is_waiting) {
		return name_signers(finding_add(out, rule, FINDING_UNMET, "The mechanism memo %s waits for its signature.", draft->id), in, draft);
	} else if (issued) {
		failed = changed_since(in, BOUND_TO_MECHANISM, issued->drafted.seq, &issued->distrusted, &changed);
		if (failed)
			return failed;
		finding = finding_add(out, rule, FINDING_STALE, "The mechanism memo %s is stale, since %s; a new one is needed.", issued->id, changed);
	} else {
		finding = finding_add(out, rule, FINDING_UNMET, "A mechanism change needs a decision memo of its own before candidate, and none is issued.");
	}
	return finding_next_draft(finding, in, MEMO_MECHANISM);
}

enum err_kind judge_memo_mechanism(const struct rule *rule, const struct gate_in *in, struct findings *out)
{
	const struct dossier *d = in->dossier;
	struct checklist checklist;
	const char *open;
	enum err_kind failed;

	if (d->class != CLASS_MECHANISM)
		return finding_done(finding_add(out, rule, FINDING_NOT_APPLICABLE, "Only a mechanism change has such a memo."));
	if (!dossier_open_risks(d))
		return finding_next(finding_add(out, rule, FINDING_UNMET, "The mechanism memo names at least one accepted risk, and none is accepted."), in,
				    "gonogo accept-risk %s --risk TEXT --rationale TEXT", d->release);
	failed = checklist_from(in, MEMO_MECHANISM, out, &checklist);
	if (!failed)
		failed = list_open_items(in, &checklist, &open);
	if (failed)
		return failed;
	if (checklist.is_complete)
		return finding_done(finding_add(out, rule, FINDING_MET, "A risk is accepted, and each item of the mechanism memo's checklist holds."));
	return finding_next(finding_add(out, rule, FINDING_UNMET, "The mechanism memo's checklist has open items: %s.", open), in, "gonogo check %s", d->release);
}
