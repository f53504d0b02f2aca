#include <config.h>

#include <string.h>

#include "../support/history.h"

TestSuite(approval, .timeout = 60);

static void open_in(struct history *h, enum release_class class, enum channel channel)
{
	history_open(h);
	history_bring(h, "R-1", class, channel);
	if (channel == CHANNEL_EXPERIMENTAL)
		history_fill_experimental(h, "R-1");
	if (channel == CHANNEL_CANDIDATE)
		history_fill_candidate(h, "R-1");
	history_soak(h, "R-1");
}

static void give(struct history *h, const char *person, const char *role)
{
	HISTORY_MUST(h, history_act(h, "bob", "person.role", NULL, NULL, "'person':'%s','op':'grant','role':'%s'", person, role));
}

/* APR-1, T1: a Dev lead, and nobody else can stand in for him. */
Test(approval, APR_1_to_experimental_asks_a_dev_lead)
{
	struct history h;

	open_in(&h, CLASS_WORKFLOW, CHANNEL_DEV);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "APR-1", FINDING_UNMET);
	HISTORY_VERDICT(&h, VERDICT_OPEN);
	cr_assert_eq(history_finding(&h, "APR-1")->roles, ROLE_DEV_LEAD);
	HISTORY_REFUSED(&h, ERR_REFUSED, history_approve(&h, "R-1", "bob", ROLE_SYSTEM_OWNER, CHANNEL_EXPERIMENTAL), "APR-1");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_approve(&h, "R-1", "otto", ROLE_OPERATOR, CHANNEL_EXPERIMENTAL), "APR-1");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_approve(&h, "R-1", "quinn", ROLE_DEV_LEAD, CHANNEL_EXPERIMENTAL), "APR-3");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_approve(&h, "R-1", "otto", ROLE_DEV_LEAD, CHANNEL_EXPERIMENTAL), "APR-3");
	HISTORY_MUST(&h, history_approve(&h, "R-1", "jane", ROLE_DEV_LEAD, CHANNEL_EXPERIMENTAL));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "APR-1", FINDING_MET);
	HISTORY_VERDICT(&h, VERDICT_GO);
	history_close(&h);
}

/* APR-1, T2: Dev lead and QA; the finding names who is still missing. */
Test(approval, APR_1_to_candidate_asks_dev_lead_and_qa)
{
	struct history h;

	open_in(&h, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	history_judge(&h, "R-1", CHANNEL_NONE);
	cr_assert_eq(history_finding(&h, "APR-1")->roles, ROLE_DEV_LEAD | ROLE_QA);
	HISTORY_MUST(&h, history_approve(&h, "R-1", "quinn", ROLE_QA, CHANNEL_CANDIDATE));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "APR-1", FINDING_UNMET);
	cr_assert_eq(history_finding(&h, "APR-1")->roles, ROLE_DEV_LEAD);
	HISTORY_MUST(&h, history_approve(&h, "R-1", "dirk", ROLE_DEV_LEAD, CHANNEL_CANDIDATE));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "APR-1", FINDING_MET);
	HISTORY_VERDICT(&h, VERDICT_GO);
	history_close(&h);
}

/* APR-1, T3: the signature on the GO memo is the approval; there is no other way to give it. */
Test(approval, APR_1_to_stable_is_the_signature_on_the_memo)
{
	struct history h;
	const char *memo;

	open_in(&h, CLASS_WORKFLOW, CHANNEL_CANDIDATE);
	HISTORY_REFUSED(&h, ERR_REFUSED, history_approve(&h, "R-1", "bob", ROLE_SYSTEM_OWNER, CHANNEL_STABLE), "memo sign");
	memo = history_memo_draft(&h, "R-1", MEMO_STABLE, DECISION_GO);
	HISTORY_MUST(&h, history_memo_sign(&h, "bob", "R-1", memo, ROLE_SYSTEM_OWNER));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "APR-1", FINDING_UNMET);
	HISTORY_MUST(&h, history_memo_sign(&h, "jane", "R-1", memo, ROLE_DEV_LEAD));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "APR-1", FINDING_MET);
	HISTORY_SAYS(&h, "APR-1", "bob");
	HISTORY_VERDICT(&h, VERDICT_GO);
	history_close(&h);
}

/* I-5: one person, one role; and I-16: a role filled is filled. */
Test(approval, I_5_one_person_fills_one_role)
{
	struct history h;

	open_in(&h, CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL);
	give(&h, "jane", "qa");
	give(&h, "otto", "qa");
	HISTORY_MUST(&h, history_approve(&h, "R-1", "jane", ROLE_DEV_LEAD, CHANNEL_CANDIDATE));
	HISTORY_REFUSED(&h, ERR_REFUSED, history_approve(&h, "R-1", "jane", ROLE_QA, CHANNEL_CANDIDATE), "I-5");
	HISTORY_ALREADY(&h, history_approve(&h, "R-1", "jane", ROLE_DEV_LEAD, CHANNEL_CANDIDATE));
	HISTORY_REFUSED(&h, ERR_REFUSED, history_approve(&h, "R-1", "dirk", ROLE_DEV_LEAD, CHANNEL_CANDIDATE), "I-16");
	HISTORY_MUST(&h, history_approve(&h, "R-1", "otto", ROLE_QA, CHANNEL_CANDIDATE));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_VERDICT(&h, VERDICT_GO);
	history_close(&h);
}

/* I-5: APR-1 and CLS-3 together: a class approval of T1 does not let its giver fill another role at T2. */
Test(approval, I_5_holds_for_both_kinds_of_approval_together)
{
	struct history h;

	history_open(&h);
	give(&h, "bob", "dev-lead");
	history_bring(&h, "R-1", CLASS_CAPABILITY, CHANNEL_DEV);
	HISTORY_MUST(&h, history_approve(&h, "R-1", "bob", ROLE_SYSTEM_OWNER, CHANNEL_EXPERIMENTAL));
	HISTORY_REFUSED(&h, ERR_REFUSED, history_approve(&h, "R-1", "bob", ROLE_DEV_LEAD, CHANNEL_EXPERIMENTAL), "I-5");
	HISTORY_MUST(&h, history_approve(&h, "R-1", "jane", ROLE_DEV_LEAD, CHANNEL_EXPERIMENTAL));
	HISTORY_MUST(&h, history_promote(&h, "otto", "R-1", CHANNEL_EXPERIMENTAL));
	history_fill_experimental(&h, "R-1");
	history_soak(&h, "R-1");
	HISTORY_MUST(&h, history_approve(&h, "R-1", "quinn", ROLE_QA, CHANNEL_CANDIDATE));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CLS-3", FINDING_MET);
	HISTORY_ALREADY(&h, history_approve(&h, "R-1", "bob", ROLE_SYSTEM_OWNER, CHANNEL_CANDIDATE));
	HISTORY_REFUSED(&h, ERR_REFUSED, history_approve(&h, "R-1", "olga", ROLE_SYSTEM_OWNER, CHANNEL_CANDIDATE), "I-16");
	HISTORY_MUST(&h, history_approve(&h, "R-1", "bob", ROLE_DEV_LEAD, CHANNEL_CANDIDATE));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "APR-1", FINDING_MET);
	HISTORY_IS(&h, "CLS-3", FINDING_UNMET);
	cr_assert_eq(history_finding(&h, "CLS-3")->roles, ROLE_SYSTEM_OWNER);
	HISTORY_VERDICT(&h, VERDICT_OPEN);
	HISTORY_REFUSED(&h, ERR_REFUSED, history_approve(&h, "R-1", "bob", ROLE_SYSTEM_OWNER, CHANNEL_CANDIDATE), "I-5");
	HISTORY_MUST(&h, history_approve(&h, "R-1", "olga", ROLE_SYSTEM_OWNER, CHANNEL_CANDIDATE));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_VERDICT(&h, VERDICT_GO);
	history_close(&h);
}

/* I-5 at T3: who alone stands for a role of the class does not sign for the System Owner. */
Test(approval, I_5_binds_the_signature_on_the_memo)
{
	struct history h;
	const char *memo;

	history_open(&h);
	give(&h, "bob", "qa");
	history_bring(&h, "R-1", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL);
	history_fill_experimental(&h, "R-1");
	history_soak(&h, "R-1");
	HISTORY_MUST(&h, history_approve(&h, "R-1", "bob", ROLE_QA, CHANNEL_CANDIDATE));
	HISTORY_MUST(&h, history_approve(&h, "R-1", "jane", ROLE_DEV_LEAD, CHANNEL_CANDIDATE));
	HISTORY_MUST(&h, history_promote(&h, "otto", "R-1", CHANNEL_CANDIDATE));
	history_fill_candidate(&h, "R-1");
	history_soak(&h, "R-1");
	memo = history_memo_draft(&h, "R-1", MEMO_STABLE, DECISION_GO);
	HISTORY_MUST(&h, history_memo_sign(&h, "jane", "R-1", memo, ROLE_DEV_LEAD));
	HISTORY_REFUSED(&h, ERR_REFUSED, history_memo_sign(&h, "bob", "R-1", memo, ROLE_SYSTEM_OWNER), "I-5");
	/* The gate would not take it either. */
	history_put(&h, "bob", "memo.signed", "R-1", NULL, "'memo':'%s','role':'system-owner'", memo);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "APR-1", FINDING_MET);
	HISTORY_IS(&h, "CLS-3", FINDING_UNMET);
	HISTORY_REFUSED(&h, ERR_REFUSED, history_promote(&h, "otto", "R-1", CHANNEL_STABLE), "CLS-3");
	HISTORY_MUST(&h, history_approve(&h, "R-1", "quinn", ROLE_QA, CHANNEL_STABLE));
	HISTORY_MUST(&h, history_promote(&h, "otto", "R-1", CHANNEL_STABLE));
	history_close(&h);
}

/* I-1: a class approval that went stale in candidate is given again to stable, and then records the class approval alone. */
Test(approval, I_1_class_approvals_are_given_again_in_candidate)
{
	struct history h;
	const struct dossier *d;

	open_in(&h, CLASS_WORKFLOW, CHANNEL_CANDIDATE);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CLS-3", FINDING_MET);
	HISTORY_ALREADY(&h, history_approve(&h, "R-1", "quinn", ROLE_QA, CHANNEL_STABLE));
	HISTORY_REFUSED(&h, ERR_REFUSED, history_approve(&h, "R-1", "otto", ROLE_OPERATOR, CHANNEL_STABLE), "APR-1, CLS-3");
	HISTORY_MUST(&h, history_act(&h, "jane", "switch.bound", "R-1", NULL, "'provider':'manual','place':'the console'"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CLS-3", FINDING_UNMET);
	HISTORY_IS(&h, "APR-2", FINDING_STALE);
	HISTORY_SAYS(&h, "APR-2", "kill switch binding changed by jane");
	/* KSW-3 is unmet, since a new binding voids the tests: a class approval needs it (I-16). */
	HISTORY_REFUSED(&h, ERR_REFUSED, history_approve(&h, "R-1", "quinn", ROLE_QA, CHANNEL_STABLE), "KSW-3");
	HISTORY_MUST(
		&h, history_act(&h, "otto", "switch.tested", "R-1", NULL, "'environment':'dev','result':'pass','definition':%lld,'note':'entry 9'",
			    (long long)history_dossier(&h, "R-1")->binding.seq));
	HISTORY_MUST(&h, history_approve(&h, "R-1", "quinn", ROLE_QA, CHANNEL_STABLE));
	HISTORY_REFUSED(&h, ERR_REFUSED, history_approve(&h, "R-1", "quinn", ROLE_DEV_LEAD, CHANNEL_STABLE), "APR-3");
	HISTORY_MUST(&h, history_approve(&h, "R-1", "jane", ROLE_DEV_LEAD, CHANNEL_STABLE));
	d = history_dossier(&h, "R-1");
	cr_assert(d->approvals[d->approval_count - 1].is_class_only);
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CLS-3", FINDING_MET);
	HISTORY_IS(&h, "APR-2", FINDING_MET);
	HISTORY_IS(&h, "APR-1", FINDING_UNMET);
	history_sign_go(&h, "R-1");
	HISTORY_MUST(&h, history_promote(&h, "otto", "R-1", CHANNEL_STABLE));
	history_close(&h);
}

/* I-1: of a class that asks the System Owner, his signature on the memo is his class approval too. */
Test(approval, I_1_the_memo_signature_is_the_owners_class_approval)
{
	struct history h;

	open_in(&h, CLASS_CAPABILITY, CHANNEL_CANDIDATE);
	HISTORY_MUST(&h, history_act(&h, "jane", "switch.bound", "R-1", NULL, "'provider':'manual','place':'the console'"));
	HISTORY_MUST(
		&h, history_act(&h, "otto", "switch.tested", "R-1", NULL, "'environment':'dev','result':'pass','definition':%lld,'note':'entry 9'",
			    (long long)history_dossier(&h, "R-1")->binding.seq));
	HISTORY_MUST(&h, history_approve(&h, "R-1", "jane", ROLE_DEV_LEAD, CHANNEL_STABLE));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CLS-3", FINDING_UNMET);
	cr_assert_eq(history_finding(&h, "CLS-3")->roles, ROLE_SYSTEM_OWNER);
	history_sign_go(&h, "R-1");
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CLS-3", FINDING_MET);
	HISTORY_VERDICT(&h, VERDICT_GO);
	history_close(&h);
}

/* CLS-3 counts an approval of T1; a mechanism change asks for an accepted risk besides. */
Test(approval, CLS_3_of_a_mechanism_change_asks_for_a_risk)
{
	struct history h;

	history_open(&h);
	history_bring(&h, "R-1", CLASS_MECHANISM, CHANNEL_DEV);
	HISTORY_MUST(&h, history_approve(&h, "R-1", "bob", ROLE_SYSTEM_OWNER, CHANNEL_EXPERIMENTAL));
	HISTORY_MUST(&h, history_approve(&h, "R-1", "jane", ROLE_DEV_LEAD, CHANNEL_EXPERIMENTAL));
	HISTORY_MUST(&h, history_promote(&h, "otto", "R-1", CHANNEL_EXPERIMENTAL));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CLS-3", FINDING_UNMET);
	HISTORY_SAYS(&h, "CLS-3", "risk");
	history_fill_experimental(&h, "R-1");
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CLS-3", FINDING_MET);
	history_close(&h);
}

/* APR-3: nothing may be missing but time, the approvals of others, and a drafted memo that waits for this approver. */
Test(approval, APR_3_refuses_what_is_not_there_and_says_what)
{
	struct history h;

	history_open(&h);
	history_bring(&h, "R-1", CLASS_MECHANISM, CHANNEL_EXPERIMENTAL);
	HISTORY_REFUSED(&h, ERR_REFUSED, history_approve(&h, "R-1", "jane", ROLE_DEV_LEAD, CHANNEL_CANDIDATE), "DAT-1:");
	history_fill_experimental(&h, "R-1");
	/* Time is missing, and may be. */
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "CHN-2", FINDING_WAITING);
	HISTORY_MUST(&h, history_approve(&h, "R-1", "jane", ROLE_DEV_LEAD, CHANNEL_CANDIDATE));
	HISTORY_MUST(&h, history_answer(&h, "quinn", "R-1", "DAT-3", "fail"));
	HISTORY_REFUSED(&h, ERR_REFUSED, history_approve(&h, "R-1", "quinn", ROLE_QA, CHANNEL_CANDIDATE), "DAT-3:");
	cr_assert(!strstr(h.err.text, "CHN-2:"), "time may be missing: %s", h.err.text);
	cr_assert(!strstr(h.err.text, "APR-1:"), "the approvals of others may be missing: %s", h.err.text);
	history_close(&h);
}

Test(approval, APR_3_lets_a_draft_be_missing_that_waits_for_the_approver)
{
	struct history h;

	open_in(&h, CLASS_MECHANISM, CHANNEL_EXPERIMENTAL);
	/* A second risk: the signed memo is stale, and a new one is drafted for bob. */
	HISTORY_MUST(&h, history_act(&h, "bob", "risk.accepted", "R-1", NULL, "'risk':'longer backups','rationale':'measured'"));
	HISTORY_REFUSED(&h, ERR_REFUSED, history_approve(&h, "R-1", "bob", ROLE_SYSTEM_OWNER, CHANNEL_CANDIDATE), "CLS-4:");
	cr_assert(history_memo_draft(&h, "R-1", MEMO_MECHANISM, DECISION_GO), "%s", h.err.text);
	HISTORY_REFUSED(&h, ERR_REFUSED, history_approve(&h, "R-1", "jane", ROLE_DEV_LEAD, CHANNEL_CANDIDATE), "CLS-4:");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_approve(&h, "R-1", "olga", ROLE_SYSTEM_OWNER, CHANNEL_CANDIDATE), "CLS-4:");
	HISTORY_MUST(&h, history_approve(&h, "R-1", "bob", ROLE_SYSTEM_OWNER, CHANNEL_CANDIDATE));
	history_close(&h);
}

/* A draft over something that has changed can never be signed, so it waits for nobody. */
Test(approval, APR_3_does_not_wait_for_a_draft_that_is_stale)
{
	struct history h;

	open_in(&h, CLASS_MECHANISM, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_act(&h, "bob", "risk.accepted", "R-1", NULL, "'risk':'longer backups','rationale':'measured'"));
	cr_assert(history_memo_draft(&h, "R-1", MEMO_MECHANISM, DECISION_GO), "%s", h.err.text);
	HISTORY_MUST(&h, history_act(&h, "bob", "risk.accepted", "R-1", NULL, "'risk':'a third','rationale':'measured'"));
	HISTORY_REFUSED(&h, ERR_REFUSED, history_approve(&h, "R-1", "bob", ROLE_SYSTEM_OWNER, CHANNEL_CANDIDATE), "CLS-4:");
	history_close(&h);
}

/* APR-3: what the record shows of an approval out of turn is judged again. */
Test(approval, APR_3_judges_an_approval_from_before_the_plans)
{
	struct history h;
	const struct dossier *d;
	char evidence[DIGEST_HEX_MAX], class_evidence[DIGEST_HEX_MAX];

	history_open(&h);
	history_register(&h, "R-1", CLASS_WORKFLOW);
	history_fill_dev(&h, "R-1");
	HISTORY_MUST(&h, history_plan(&h, "R-1", "'SBNC-dev'", WHEN_WEEK_S, 0, "'No error'"));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_REFUSED(&h, ERR_REFUSED, history_approve(&h, "R-1", "jane", ROLE_DEV_LEAD, CHANNEL_EXPERIMENTAL), "PLN-2:");
	history_judge(&h, "R-1", CHANNEL_NONE);
	digest_hex(&h.verdict.evidence, evidence);
	digest_hex(&h.verdict.class_evidence, class_evidence);
	history_put(&h, "jane", "approval.given", "R-1", NULL,
		"'to':'experimental','role':'dev-lead','evidence':'%s','class_evidence':'%s','policy':'standard','"
		"class_only':0",
		evidence, class_evidence);
	d = history_dossier(&h, "R-1");
	HISTORY_MUST(&h, history_act(&h, "jane", "plan.approved", "R-1", NULL, "'plan':%lld", (long long)d->plan_source.seq));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "APR-3", FINDING_UNMET);
	HISTORY_VERDICT(&h, VERDICT_OPEN);
	HISTORY_MUST(&h, history_withdraw_approval(&h, "R-1", "jane"));
	HISTORY_MUST(&h, history_approve(&h, "R-1", "jane", ROLE_DEV_LEAD, CHANNEL_EXPERIMENTAL));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "APR-3", FINDING_MET);
	HISTORY_VERDICT(&h, VERDICT_GO);
	history_close(&h);
}

/* The giver withdraws until a promotion rests on it; consumed approvals do not go stale for their transition. */
Test(approval, APR_2_an_approval_is_withdrawn_by_its_giver_until_it_is_consumed)
{
	struct history h;
	int64_t seq;

	open_in(&h, CLASS_WORKFLOW, CHANNEL_DEV);
	HISTORY_MUST(&h, history_approve(&h, "R-1", "jane", ROLE_DEV_LEAD, CHANNEL_EXPERIMENTAL));
	seq = (int64_t)h.count;
	HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "dirk", "approval.withdrawn", "R-1", NULL, "'approval':%lld,'reason':'no'", (long long)seq),
		"giver");
	HISTORY_MUST(&h, history_withdraw_approval(&h, "R-1", "jane"));
	HISTORY_ALREADY(&h, history_act(&h, "jane", "approval.withdrawn", "R-1", NULL, "'approval':%lld,'reason':'no'", (long long)seq));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "APR-1", FINDING_UNMET);
	HISTORY_IS(&h, "APR-2", FINDING_MET);
	HISTORY_MUST(&h, history_approve(&h, "R-1", "jane", ROLE_DEV_LEAD, CHANNEL_EXPERIMENTAL));
	seq = (int64_t)h.count;
	HISTORY_MUST(&h, history_promote(&h, "otto", "R-1", CHANNEL_EXPERIMENTAL));
	HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "jane", "approval.withdrawn", "R-1", NULL, "'approval':%lld,'reason':'no'", (long long)seq),
		"promotion");
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "APR-2", FINDING_MET);
	history_close(&h);
}

/* A promotion that no approval fills is no promotion, whatever was written into the ledger. */
Test(approval, APR_1_the_fold_refuses_a_promotion_that_rests_on_too_little)
{
	struct history h;
	char evidence[DIGEST_HEX_MAX];

	open_in(&h, CLASS_WORKFLOW, CHANNEL_DEV);
	history_judge(&h, "R-1", CHANNEL_NONE);
	digest_hex(&h.verdict.evidence, evidence);
	HISTORY_REFUSED(&h, ERR_INTEGRITY,
		history_forge(
			&h, "jane", "release.promoted", "R-1", NULL, "'from':'dev','to':'experimental','evidence':'%s','approvals':[]", evidence),
		"APR-1");
	history_close(&h);
}
