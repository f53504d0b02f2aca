#include <config.h>

#include <string.h>

#include <gonogo/core/checklist.h>

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
			   "'memo':'R-1/m9','version':9,'kind':'%s','decision':'%s','text':'Memo','evidence':'%s','system_owner':'%s'%s,'open_items':0", kind,
			   decision, digest_hex(&h->verdict.evidence, evidence), owner, named);
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

/* MEM-2: each item is turned to [ ] by a rule of it, says which, and then no GO is signed. */
struct item_case { const char *rule; size_t item; void (*act)(struct history *h); };

static void fail_rule(struct history *h, const char *rule)
{
	const bool is_lead = strncmp(rule, "KSW", 3) == 0 || strcmp(rule, "CHN-3") == 0;

	HISTORY_MUST(h, history_answer(h, is_lead ? "jane" : "quinn", "R-1", rule, "fail"));
}

static void restart_soak(struct history *h)
{
	const char *incident = history_incident(h, "otto", "R-1", 4);

	HISTORY_MUST(h, history_resolve(h, "jane", "R-1", incident));
	HISTORY_MUST(h, history_answer(h, "quinn", "R-1", "CHN-5", "pass"));
}

static void open_small_incident(struct history *h)
{
	history_incident(h, "otto", "R-1", 4);
}

static void halt(struct history *h)
{
	const char *incident = history_incident(h, "otto", "R-1", 1);

	HISTORY_MUST(h, history_resolve(h, "bob", "R-1", incident));
	HISTORY_MUST(h, history_answer(h, "quinn", "R-1", "CHN-5", "pass"));
	history_soak(h, "R-1");
}

static void raise_HS_3(struct history *h)
{
	HISTORY_MUST(h, history_raise(h, "otto", "R-1", "HS-3"));
}

static void raise_HS_6(struct history *h)
{
	HISTORY_MUST(h, history_raise(h, "otto", "R-1", "HS-6"));
}

static void raise_HS_2(struct history *h)
{
	HISTORY_MUST(h, history_raise(h, "otto", "R-1", "HS-2"));
}

static void fail_switch_test(struct history *h)
{
	HISTORY_MUST(h, history_act(h, "otto", "switch.tested", "R-1", NULL, "'environment':'staging','result':'fail','definition':%lld,'note':'stays on'",
				    (long long)history_dossier(h, "R-1")->definition_source.seq));
}

static void kill_it(struct history *h)
{
	HISTORY_MUST(h, history_kill(h, "otto", "R-1", "acme"));
}

static void fail_rehearsal(struct history *h)
{
	HISTORY_MUST(h, history_act(h, "otto", "rollback.rehearsed", "R-1", NULL, "'result':'fail','plan':%lld,'note':'step 2 hung'",
				    (long long)history_dossier(h, "R-1")->rollback_source.seq));
}

static void fail_CHN_4(struct history *h) { fail_rule(h, "CHN-4"); }
static void fail_CHN_5(struct history *h) { fail_rule(h, "CHN-5"); }
static void fail_DAT_7(struct history *h) { fail_rule(h, "DAT-7"); }
static void fail_KSW_2(struct history *h) { fail_rule(h, "KSW-2"); }
static void fail_KSW_5(struct history *h) { fail_rule(h, "KSW-5"); }
static void fail_OBS_4(struct history *h) { fail_rule(h, "OBS-4"); }
static void fail_OBV_2(struct history *h) { fail_rule(h, "OBV-2"); }
static void fail_ATT_6(struct history *h) { fail_rule(h, "ATT-6"); }
static void fail_criterion(struct history *h) { fail_rule(h, "PLN-4.2"); }

static const struct item_case item_cases[] = {
	{ "CHN-2", 0, restart_soak },	{ "CHN-4", 1, fail_CHN_4 },   { "CHN-5", 1, open_small_incident }, { "CHN-6", 1, halt },
	{ "DAT-7", 2, fail_DAT_7 },	{ "HS-3", 2, raise_HS_3 },    { "KSW-2", 3, fail_KSW_2 },	   { "KSW-3", 3, fail_switch_test },
	{ "KSW-5", 3, fail_KSW_5 },	{ "KSW-6", 3, kill_it },      { "HS-6", 3, raise_HS_6 },	   { "RBP-2", 4, fail_rehearsal },
	{ "HS-2", 4, raise_HS_2 },	{ "OBS-4", 5, fail_OBS_4 },   { "OBV-2", 5, fail_OBV_2 },	   { "ATT-6", 5, fail_ATT_6 },
	{ "PLN-4.2", 6, fail_criterion }, { "CHN-5", 6, fail_CHN_5 },
};

static void checklist(struct history *h, enum memo_kind kind, struct checklist *out)
{
	const struct dossier *d = history_dossier(h, "R-1");

	cr_assert_eq(checklist_of(d, &h->policy, kind, h->now, &h->judging, out, &h->err), ERR_NONE, "%s", h->err.text);
}

Test(memo, MEM_2_each_item_is_opened_by_its_rules)
{
	for (size_t i = 0; i < sizeof item_cases / sizeof *item_cases; i++) {
		const struct item_case *row = &item_cases[i];
		struct checklist list;
		struct history h;
		const char *memo;

		open_in(&h, CLASS_WORKFLOW, CHANNEL_CANDIDATE);
		row->act(&h);
		checklist(&h, MEMO_STABLE, &list);
		cr_assert_eq(list.count, 7);
		cr_assert(!list.items[row->item].ticked, "%s leaves the item \"%s\" ticked", row->rule, list.items[row->item].text);
		cr_assert(strstr(list.items[row->item].figure, row->rule), "%s is not in: %s", row->rule, list.items[row->item].figure);
		judge(&h);
		if (strcmp(row->rule, "CHN-2") != 0)
			HISTORY_IS(&h, "MEM-2", FINDING_UNMET);
		memo = draft(&h, MEMO_STABLE, DECISION_GO);
		HISTORY_REFUSED(&h, ERR_REFUSED, sign(&h, "bob", memo, ROLE_SYSTEM_OWNER), "MEM-2");
		HISTORY_REFUSED(&h, ERR_REFUSED, sign(&h, "jane", memo, ROLE_DEV_LEAD), "MEM-2");
		history_close(&h);
	}
}

/* MEM-2: each item with its figure. */
Test(memo, MEM_2_the_items_have_their_figures)
{
	static const char *const figures[] = { "7 days in experimental, 7 days in candidate",
					       "no incident of any severity",
					       "7 checks passed",
					       "filter_kill, last tested 2025-01-06 in dev",
					       "2 steps, rehearsed 2025-01-13",
					       "9 checks passed",
					       "2 criteria passed" };
	struct checklist list;
	struct history h;

	open_in(&h, CLASS_WORKFLOW, CHANNEL_CANDIDATE);
	checklist(&h, MEMO_STABLE, &list);
	cr_assert(list.is_complete);
	for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
		cr_assert_str_eq(list.items[i].figure, figures[i]);
	history_close(&h);
}

/* MEM-2: the stay's other incidents are named. */
Test(memo, MEM_2_resolved_incidents_of_the_stays_are_named)
{
	struct checklist list;
	struct history h;
	const char *incident;

	history_open(&h);
	history_bring(&h, "R-1", CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL);
	incident = history_incident(&h, "otto", "R-1", 3);
	HISTORY_MUST(&h, history_resolve(&h, "jane", "R-1", incident));
	history_fill_experimental(&h, "R-1");
	history_soak(&h, "R-1");
	history_approve_all(&h, "R-1", CHANNEL_CANDIDATE);
	HISTORY_MUST(&h, history_promote(&h, "otto", "R-1", CHANNEL_CANDIDATE));
	history_fill_candidate(&h, "R-1");
	history_soak(&h, "R-1");
	checklist(&h, MEMO_STABLE, &list);
	cr_assert(list.items[1].ticked);
	cr_assert_str_eq(list.items[1].figure, "INC-1 SEV-3 resolved");
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
	struct checklist list;
	struct history h;
	const char *memo;

	history_open(&h);
	history_bring(&h, "R-1", CLASS_MECHANISM, CHANNEL_DEV);
	memo = draft(&h, MEMO_MECHANISM, DECISION_GO);
	HISTORY_REFUSED(&h, ERR_REFUSED, sign(&h, "bob", memo, ROLE_SYSTEM_OWNER), "MEM-6");
	HISTORY_MUST(&h, history_act(&h, "bob", "risk.accepted", "R-1", NULL, "'risk':'slow','rationale':'rare'"));
	HISTORY_REFUSED(&h, ERR_REFUSED, sign(&h, "bob", memo, ROLE_SYSTEM_OWNER), "MEM-5");
	checklist(&h, MEMO_MECHANISM, &list);
	cr_assert_eq(list.count, 4);
	cr_assert(list.is_complete);
	cr_assert_str_eq(list.items[0].figure, "mechanism");
	cr_assert_str_eq(list.items[1].figure, "7 of 7 clear");
	cr_assert_str_eq(list.items[2].figure, "filter_kill, last tested 2025-01-06 in dev");
	cr_assert_str_eq(list.items[3].figure, "restore verified: restore run 8, 2025-01-05, pass");
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

Test(memo, MEM_6_its_checklist_opens_with_its_rules)
{
	static const struct item_case rows[] = { { "HS-3", 1, raise_HS_3 }, { "KSW-2", 2, fail_KSW_2 }, { "KSW-3", 2, fail_switch_test },
						 { "KSW-5", 2, fail_KSW_5 } };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct checklist list;
		struct history h;
		const char *memo;

		history_open(&h);
		history_bring(&h, "R-1", CLASS_MECHANISM, CHANNEL_DEV);
		HISTORY_MUST(&h, history_act(&h, "bob", "risk.accepted", "R-1", NULL, "'risk':'slow','rationale':'rare'"));
		rows[i].act(&h);
		checklist(&h, MEMO_MECHANISM, &list);
		cr_assert(!list.items[rows[i].item].ticked && strstr(list.items[rows[i].item].figure, rows[i].rule), "%s: %s", rows[i].rule,
			  list.items[rows[i].item].figure);
		history_judge(&h, "R-1", CHANNEL_CANDIDATE);
		HISTORY_IS(&h, "MEM-6", FINDING_UNMET);
		memo = draft(&h, MEMO_MECHANISM, DECISION_GO);
		HISTORY_REFUSED(&h, ERR_REFUSED, sign(&h, "bob", memo, ROLE_SYSTEM_OWNER), "MEM-2");
		history_close(&h);
	}
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
