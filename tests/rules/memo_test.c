#include <config.h>

#include <string.h>

#include "../support/history.h"

TestSuite(memo, .timeout = 60);

static void open_in(struct history *h, enum release_class class, enum channel channel)
{
	history_open(h);
	history_bring(h, "R-1", class, channel);
	if (channel == CHANNEL_EXPERIMENTAL)
		history_fill_experimental(h, "R-1");
	if (channel != CHANNEL_CANDIDATE)
		return;
	history_fill_candidate(h, "R-1");
	history_soak(h, "R-1");
}

static const char *draft(struct history *h, enum memo_kind kind, enum decision decision)
{
	const char *memo = history_memo_draft(h, "R-1", kind, decision);

	cr_assert(memo, "%s", h->err.text);
	return memo;
}

static enum err_kind sign(struct history *h, const char *person, const char *memo, enum role role)
{
	return history_memo_sign(h, person, "R-1", memo, role);
}

static const struct verdict *judge(struct history *h)
{
	return history_judge(h, "R-1", CHANNEL_NONE);
}

static enum err_kind draft_for(struct history *h, const char *kind, const char *decision, const char *owner, const char *lead)
{
	char evidence[DIGEST_HEX_MAX];
	const char *named = *lead ? arena_printf(&h->arena, ",'dev_lead':'%s'", lead) : "";

	judge(h);
	return history_act(h, "jane", "memo.drafted", "R-1", NULL,
		"'memo':'R-1/"
		"m9','version':9,'kind':'%s','decision':'%s','text':'Memo','evidence':'%s','system_owner':'%s'%s,'open_"
		"items':0",
		kind, decision, digest_hex(&h->verdict.evidence, evidence), owner, named);
}

/* MEM-1, MEM-5: without a memo nothing reaches stable. */
Test(memo, MEM_1_MEM_5_no_memo_no_promotion)
{
	struct history h;
	const char *memo;

	open_in(&h, CLASS_WORKFLOW, CHANNEL_CANDIDATE);
	judge(&h);
	HISTORY_IS(&h, "MEM-1", FINDING_UNMET);
	HISTORY_IS(&h, "MEM-2", FINDING_MET);
	HISTORY_IS(&h, "MEM-3", FINDING_MET);
	HISTORY_IS(&h, "MEM-4", FINDING_UNMET);
	HISTORY_IS(&h, "MEM-5", FINDING_UNMET);
	HISTORY_VERDICT(&h, VERDICT_OPEN);
	HISTORY_REFUSED(&h, ERR_REFUSED, history_promote(&h, "otto", "R-1", CHANNEL_STABLE), "MEM-5");
	memo = draft(&h, MEMO_STABLE, DECISION_GO);
	judge(&h);
	HISTORY_SAYS(&h, "MEM-1", "waits for its signatures");
	/* What is missing is one signature: the other two rules say their part, and point to where it is missing. */
	HISTORY_SAYS(&h, "MEM-4", "says None under its risks, which counts once it is issued (MEM-1)");
	HISTORY_SAYS(&h, "MEM-5", "is over the present records, and a promotion rests on it once it is issued (MEM-1)");
	cr_assert_eq(history_finding(&h, "MEM-1")->people.count, 2);
	HISTORY_MUST(&h, sign(&h, "jane", memo, ROLE_DEV_LEAD));
	judge(&h);
	cr_assert_eq(history_finding(&h, "MEM-1")->people.count, 1);
	cr_assert_str_eq(history_finding(&h, "MEM-1")->people.items[0], "bob");
	HISTORY_ALREADY(&h, sign(&h, "jane", memo, ROLE_DEV_LEAD));
	HISTORY_REFUSED(&h, ERR_REFUSED, history_promote(&h, "otto", "R-1", CHANNEL_STABLE), "MEM-1");
	HISTORY_MUST(&h, sign(&h, "bob", memo, ROLE_SYSTEM_OWNER));
	judge(&h);
	HISTORY_IS(&h, "MEM-1", FINDING_MET);
	HISTORY_IS(&h, "MEM-4", FINDING_MET);
	HISTORY_IS(&h, "MEM-5", FINDING_MET);
	HISTORY_VERDICT(&h, VERDICT_GO);
	history_close(&h);
}

/* MEM-1, I-5: only they sign who are named, in the role named, while they hold it; and they are two. */
Test(memo, MEM_1_only_the_named_sign)
{
	struct history h;
	const char *memo;

	open_in(&h, CLASS_WORKFLOW, CHANNEL_CANDIDATE);
	HISTORY_REFUSED(&h, ERR_REFUSED, draft_for(&h, "stable", "go", "bob", ""), "MEM-1");
	HISTORY_REFUSED(&h, ERR_REFUSED, draft_for(&h, "stable", "go", "jane", "jane"), "System Owner");
	HISTORY_REFUSED(&h, ERR_REFUSED, draft_for(&h, "stable", "go", "jane", "dirk"), "System Owner");
	HISTORY_REFUSED(&h, ERR_REFUSED, draft_for(&h, "stable", "go", "bob", "quinn"), "Dev Lead");
	HISTORY_REFUSED(&h, ERR_MISSING, draft_for(&h, "stable", "go", "nemo", "jane"), "nemo");
	HISTORY_REFUSED(&h, ERR_REFUSED, draft_for(&h, "stable", "no-go", "bob", "jane"), "MEM-3");
	memo = draft(&h, MEMO_STABLE, DECISION_GO);
	HISTORY_REFUSED(&h, ERR_REFUSED, sign(&h, "olga", memo, ROLE_SYSTEM_OWNER), "only they");
	HISTORY_REFUSED(&h, ERR_REFUSED, sign(&h, "dirk", memo, ROLE_DEV_LEAD), "only they");
	HISTORY_REFUSED(&h, ERR_REFUSED, sign(&h, "jane", memo, ROLE_SYSTEM_OWNER), "bob");
	HISTORY_REFUSED(&h, ERR_REFUSED, sign(&h, "bob", memo, ROLE_QA), "MEM-1");
	HISTORY_REFUSED(&h, ERR_MISSING, sign(&h, "bob", "R-1/m77", ROLE_SYSTEM_OWNER), "R-1/m77");
	HISTORY_MUST(&h, history_act(&h, "bob", "person.role", NULL, NULL, "'person':'jane','op':'revoke','role':'dev-lead'"));
	cr_assert_eq(sign(&h, "jane", memo, ROLE_DEV_LEAD), ERR_REFUSED);
	history_close(&h);
}

Test(memo, I_5_one_person_in_both_roles_cannot_be_drafted)
{
	struct history h;

	open_in(&h, CLASS_WORKFLOW, CHANNEL_CANDIDATE);
	HISTORY_MUST(&h, history_act(&h, "bob", "person.role", NULL, NULL, "'person':'bob','op':'grant','role':'dev-lead'"));
	HISTORY_REFUSED(&h, ERR_REFUSED, draft_for(&h, "stable", "go", "bob", "bob"), "I-5");
	history_close(&h);
}

/* MEM-2: a draft with a [ ] is never signed, not even once the item holds. */
Test(memo, MEM_2_a_draft_with_an_open_item_is_drafted_anew)
{
	struct history h;
	const char *memo;

	history_open(&h);
	history_bring(&h, "R-1", CLASS_WORKFLOW, CHANNEL_CANDIDATE);
	history_fill_candidate(&h, "R-1");
	memo = draft(&h, MEMO_STABLE, DECISION_GO);
	HISTORY_REFUSED(&h, ERR_REFUSED, sign(&h, "jane", memo, ROLE_DEV_LEAD), "CHN-2");
	history_soak(&h, "R-1");
	HISTORY_REFUSED(&h, ERR_REFUSED, sign(&h, "jane", memo, ROLE_DEV_LEAD), "open items");
	history_sign_go(&h, "R-1");
	judge(&h);
	HISTORY_VERDICT(&h, VERDICT_GO);
	history_close(&h);
}

/* MEM-3: NO-GO needs the System Owner alone, at any time in candidate, blocks T3, and a later GO settles it. */
Test(memo, MEM_3_no_go_blocks_until_a_later_go)
{
	struct history h;
	const char *memo;

	history_open(&h);
	history_bring(&h, "R-1", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL);
	cr_assert_null(history_memo_draft(&h, "R-1", MEMO_STABLE, DECISION_NO_GO));
	cr_assert(strstr(h.err.text, "candidate"), "%s", h.err.text);
	history_close(&h);

	history_open(&h);
	history_bring(&h, "R-1", CLASS_WORKFLOW, CHANNEL_CANDIDATE);
	memo = draft(&h, MEMO_STABLE, DECISION_NO_GO);
	HISTORY_REFUSED(&h, ERR_REFUSED, sign(&h, "jane", memo, ROLE_DEV_LEAD), "MEM-1");
	judge(&h);
	HISTORY_IS(&h, "MEM-3", FINDING_MET);
	HISTORY_MUST(&h, sign(&h, "bob", memo, ROLE_SYSTEM_OWNER));
	history_fill_candidate(&h, "R-1");
	history_soak(&h, "R-1");
	judge(&h);
	HISTORY_IS(&h, "MEM-3", FINDING_FAILED);
	HISTORY_IS(&h, "MEM-1", FINDING_UNMET);
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	cr_assert(history_finding(&h, "MEM-3")->blocks);
	memo = draft(&h, MEMO_STABLE, DECISION_GO);
	judge(&h);
	HISTORY_IS(&h, "MEM-3", FINDING_FAILED);
	HISTORY_MUST(&h, sign(&h, "jane", memo, ROLE_DEV_LEAD));
	HISTORY_MUST(&h, sign(&h, "bob", memo, ROLE_SYSTEM_OWNER));
	judge(&h);
	HISTORY_IS(&h, "MEM-3", FINDING_MET);
	HISTORY_VERDICT(&h, VERDICT_GO);
	/* And a NO-GO after the GO blocks again. */
	memo = draft(&h, MEMO_STABLE, DECISION_NO_GO);
	HISTORY_MUST(&h, sign(&h, "bob", memo, ROLE_SYSTEM_OWNER));
	judge(&h);
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	history_close(&h);
}

/* MEM-4: the risks that are accepted are those the memo was signed over; a further one makes it stale. */
Test(memo, MEM_4_the_memo_names_the_accepted_risks)
{
	struct history h;

	open_in(&h, CLASS_WORKFLOW, CHANNEL_CANDIDATE);
	history_sign_go(&h, "R-1");
	judge(&h);
	HISTORY_IS(&h, "MEM-4", FINDING_MET);
	HISTORY_SAYS(&h, "MEM-4", "None");
	HISTORY_MUST(&h, history_act(&h, "bob", "risk.accepted", "R-1", NULL, "'risk':'slow','rationale':'rare'"));
	judge(&h);
	HISTORY_IS(&h, "MEM-4", FINDING_STALE);
	history_sign_go(&h, "R-1");
	judge(&h);
	HISTORY_IS(&h, "MEM-4", FINDING_MET);
	HISTORY_SAYS(&h, "MEM-4", "(1)");
	history_close(&h);
}

/* MEM-5: signatures are void for the gate when the digest changes; a draft is no longer signed then. */
Test(memo, MEM_5_a_change_makes_signatures_void)
{
	struct history h;
	const char *memo;

	open_in(&h, CLASS_WORKFLOW, CHANNEL_CANDIDATE);
	memo = draft(&h, MEMO_STABLE, DECISION_GO);
	HISTORY_MUST(&h, sign(&h, "jane", memo, ROLE_DEV_LEAD));
	HISTORY_MUST(&h, history_answer(&h, "dirk", "R-1", "DAT-1", "pass"));
	HISTORY_REFUSED(&h, ERR_REFUSED, sign(&h, "bob", memo, ROLE_SYSTEM_OWNER), "MEM-5");
	history_sign_go(&h, "R-1");
	judge(&h);
	HISTORY_VERDICT(&h, VERDICT_GO);
	HISTORY_MUST(&h, history_answer(&h, "quinn", "R-1", "DAT-1", "pass"));
	judge(&h);
	HISTORY_IS(&h, "MEM-1", FINDING_STALE);
	HISTORY_IS(&h, "MEM-5", FINDING_STALE);
	HISTORY_IS(&h, "APR-1", FINDING_UNMET);
	HISTORY_IS(&h, "APR-2", FINDING_STALE);
	HISTORY_SAYS(&h, "APR-2", "answer DAT-1 changed by quinn");
	HISTORY_VERDICT(&h, VERDICT_OPEN);
	HISTORY_REFUSED(&h, ERR_REFUSED, history_promote(&h, "otto", "R-1", CHANNEL_STABLE), "MEM-5");
	history_close(&h);
}

/* MEM-5: issued is immutable, a replaced draft is signed by nobody, and what a promotion consumed stays issued. */
Test(memo, MEM_5_drafts_are_replaced_and_a_consumed_memo_stays)
{
	struct history h;
	const char *first, *second;

	open_in(&h, CLASS_WORKFLOW, CHANNEL_CANDIDATE);
	first = draft(&h, MEMO_STABLE, DECISION_GO);
	second = draft(&h, MEMO_STABLE, DECISION_GO);
	HISTORY_REFUSED(&h, ERR_REFUSED, sign(&h, "bob", first, ROLE_SYSTEM_OWNER), "replaced");
	HISTORY_MUST(&h, sign(&h, "bob", second, ROLE_SYSTEM_OWNER));
	HISTORY_MUST(&h, sign(&h, "jane", second, ROLE_DEV_LEAD));
	HISTORY_ALREADY(&h, sign(&h, "bob", second, ROLE_SYSTEM_OWNER));
	HISTORY_MUST(&h, history_promote(&h, "otto", "R-1", CHANNEL_STABLE));
	cr_assert(dossier_issued(history_dossier(&h, "R-1"), MEMO_STABLE)->is_consumed);
	judge(&h);
	HISTORY_IS(&h, "MEM-1", FINDING_MET);
	HISTORY_IS(&h, "MEM-5", FINDING_MET);
	HISTORY_IS(&h, "CHN-1", FINDING_UNMET);
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	history_close(&h);
}

/* I-15: where only time is missing, the memo's rules wait too, and so does the verdict. */
Test(memo, I_15_only_time_is_missing)
{
	static const char *const waiting[] = { "CHN-2", "APR-1", "MEM-1", "MEM-2", "MEM-4", "MEM-5" };
	struct history h;

	history_open(&h);
	history_bring(&h, "R-1", CLASS_WORKFLOW, CHANNEL_CANDIDATE);
	judge(&h);
	HISTORY_VERDICT(&h, VERDICT_OPEN);
	HISTORY_IS(&h, "MEM-1", FINDING_UNMET);
	history_fill_candidate(&h, "R-1");
	judge(&h);
	HISTORY_VERDICT(&h, VERDICT_WAIT);
	for (size_t i = 0; i < sizeof waiting / sizeof *waiting; i++) {
		HISTORY_IS(&h, waiting[i], FINDING_WAITING);
		cr_assert_eq(history_finding(&h, waiting[i])->opens, h.verdict.earliest, "%s", waiting[i]);
	}
	h.now = h.verdict.earliest - 1;
	judge(&h);
	HISTORY_VERDICT(&h, VERDICT_WAIT);
	h.now++;
	judge(&h);
	HISTORY_IS(&h, "CHN-2", FINDING_MET);
	HISTORY_VERDICT(&h, VERDICT_OPEN);
	history_close(&h);
}

/* MEM-6, CLS-4. */
Test(memo, MEM_6_a_mechanism_change_has_a_memo_of_its_own)
{
	struct history h;
	const char *memo;

	history_open(&h);
	history_bring(&h, "R-1", CLASS_MECHANISM, CHANNEL_DEV);
	memo = draft(&h, MEMO_MECHANISM, DECISION_GO);
	HISTORY_REFUSED(&h, ERR_REFUSED, sign(&h, "bob", memo, ROLE_SYSTEM_OWNER), "MEM-6");
	HISTORY_MUST(&h, history_act(&h, "bob", "risk.accepted", "R-1", NULL, "'risk':'slow','rationale':'rare'"));
	HISTORY_REFUSED(&h, ERR_REFUSED, sign(&h, "bob", memo, ROLE_SYSTEM_OWNER), "MEM-5");
	memo = draft(&h, MEMO_MECHANISM, DECISION_GO);
	HISTORY_REFUSED(&h, ERR_REFUSED, sign(&h, "jane", memo, ROLE_DEV_LEAD), "MEM-1");
	history_judge(&h, "R-1", CHANNEL_CANDIDATE);
	HISTORY_IS(&h, "CLS-4", FINDING_UNMET);
	HISTORY_IS(&h, "MEM-6", FINDING_MET);
	HISTORY_MUST(&h, sign(&h, "bob", memo, ROLE_SYSTEM_OWNER));
	history_judge(&h, "R-1", CHANNEL_CANDIDATE);
	HISTORY_IS(&h, "CLS-4", FINDING_MET);
	/* The signature is no class approval. */
	HISTORY_IS(&h, "CLS-3", FINDING_UNMET);
	/* What it was not signed over does not matter; what it was does. */
	HISTORY_MUST(&h, history_answer(&h, "dirk", "R-1", "KSW-2", "pass"));
	history_judge(&h, "R-1", CHANNEL_CANDIDATE);
	HISTORY_IS(&h, "CLS-4", FINDING_MET);
	HISTORY_MUST(&h, history_act(&h, "bob", "risk.withdrawn", "R-1", NULL, "'risk':1,'reason':'mended'"));
	history_judge(&h, "R-1", CHANNEL_CANDIDATE);
	HISTORY_IS(&h, "CLS-4", FINDING_STALE);
	HISTORY_IS(&h, "MEM-6", FINDING_UNMET);
	history_close(&h);
}

Test(memo, MEM_6_is_for_mechanism_changes_alone)
{
	struct history h;

	open_in(&h, CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL);
	cr_assert_null(history_memo_draft(&h, "R-1", MEMO_MECHANISM, DECISION_GO));
	cr_assert(strstr(h.err.text, "MEM-6"), "%s", h.err.text);
	judge(&h);
	HISTORY_IS(&h, "CLS-4", FINDING_NOT_APPLICABLE);
	HISTORY_IS(&h, "MEM-6", FINDING_NOT_APPLICABLE);
	history_close(&h);
}

/* A mechanism NO-GO blocks until a later GO is issued; drafting one does not lift it. */
Test(memo, CLS_4_a_mechanism_no_go_blocks_until_a_go_is_issued)
{
	struct history h;
	const char *memo;

	open_in(&h, CLASS_MECHANISM, CHANNEL_EXPERIMENTAL);
	memo = draft(&h, MEMO_MECHANISM, DECISION_NO_GO);
	HISTORY_MUST(&h, sign(&h, "bob", memo, ROLE_SYSTEM_OWNER));
	judge(&h);
	HISTORY_IS(&h, "CLS-4", FINDING_FAILED);
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	memo = draft(&h, MEMO_MECHANISM, DECISION_GO);
	judge(&h);
	HISTORY_IS(&h, "CLS-4", FINDING_FAILED);
	HISTORY_VERDICT(&h, VERDICT_BLOCKED);
	HISTORY_MUST(&h, sign(&h, "bob", memo, ROLE_SYSTEM_OWNER));
	judge(&h);
	HISTORY_IS(&h, "CLS-4", FINDING_MET);
	history_close(&h);
}
