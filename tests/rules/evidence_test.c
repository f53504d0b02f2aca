#include <config.h>

#include <stdio.h>
#include <string.h>

#include "../support/history.h"

/* APR-2: what makes an approval stale and what does not, one row each, at each transition that can tell the difference. */
TestSuite(evidence, .timeout = 120);

#define DO(...) HISTORY_MUST(h, history_act(h, __VA_ARGS__))

static void change_manifest(struct history *h)
{
	DO("jane", "release.registered", "R-1", NULL,
		"'class':'workflow','description':'Another filter','data_changes':'None','kill_switch':'Feature flag "
		"filter_kill (default: off)'");
}

static void change_class(struct history *h)
{
	DO("jane", "release.classified", "R-1", NULL, "'class':'ui-only'");
}

static void change_plan(struct history *h)
{
	HISTORY_MUST(h, history_plan(h, "R-1", "'SBNC-dev','SBNC-staging','acme'", 2 * (int64_t)WHEN_WEEK_S, 0,
				"'Error rate below 1 percent','No ticket of acme'"));
}

static void change_criteria(struct history *h)
{
	HISTORY_MUST(h, history_plan(h, "R-1", "'SBNC-dev','SBNC-staging','acme'", WHEN_WEEK_S, 0, "'Error rate below 2 percent'"));
}

static void approve_plan_again(struct history *h)
{
	const struct dossier *d = history_dossier(h, "R-1");

	history_put(h, "bob", "plan.approved", "R-1", NULL, "'plan':%lld", (long long)d->plan_source.seq);
}

static void define_switch(struct history *h)
{
	DO("jane", "switch.defined", "R-1", NULL, "'flag':'filter_kill','default':'off','enabled_for':'acme','activation':'flag console'");
}

static void bind_switch(struct history *h)
{
	DO("jane", "switch.bound", "R-1", NULL, "'provider':'manual','place':'the console'");
}

static void test_switch(struct history *h)
{
	DO("otto", "switch.tested", "R-1", NULL, "'environment':'dev','result':'pass','definition':%lld,'note':'entry 9'",
		(long long)history_dossier(h, "R-1")->definition_source.seq);
}

static void kill_one(struct history *h)
{
	HISTORY_MUST(h, history_kill(h, "otto", "R-1", "acme"));
}

static void rewrite_rollback(struct history *h)
{
	DO("jane", "rollback.planned", "R-1", NULL,
		"'triggers':['any SEV-1'],'steps':['switch it off'],'checks':['totals agree'],"
		"'communication':['mail to acme'],'recovery':'backup 17','restore':'restore run 8, 2025-01-05, "
		"pass','owner':'Jane Doe'");
}

static void rehearse(struct history *h)
{
	DO("otto", "rollback.rehearsed", "R-1", NULL, "'result':'pass','plan':%lld,'note':'again'",
		(long long)history_dossier(h, "R-1")->rollback_source.seq);
}

static void answer_with_another_note(struct history *h)
{
	DO("jane", "answer.given", "R-1", NULL, "'rule':'KSW-2','value':'pass','note':'seen again','evidence':'run 4812'");
}

static void answer_with_other_evidence(struct history *h)
{
	DO("jane", "answer.given", "R-1", NULL, "'rule':'KSW-2','value':'pass','note':'seen in run 4812','evidence':'run 4813'");
}

static void answer_with_another_value(struct history *h)
{
	HISTORY_MUST(h, history_answer(h, "jane", "R-1", "KSW-2", "fail"));
}

static void answer_by_another_person(struct history *h)
{
	HISTORY_MUST(h, history_answer(h, "dirk", "R-1", "KSW-2", "pass"));
}

static void answer_KSW_2_again(struct history *h)
{
	HISTORY_ALREADY(h, history_answer(h, "jane", "R-1", "KSW-2", "pass"));
}

static void answer_DAT_3_again(struct history *h)
{
	HISTORY_ALREADY(h, history_answer(h, "quinn", "R-1", "DAT-3", "pass"));
}

static void answer_CHN_5_again(struct history *h)
{
	HISTORY_ALREADY(h, history_answer(h, "quinn", "R-1", "CHN-5", "pass"));
}

static void answer_what_is_due_at_T2(struct history *h)
{
	HISTORY_MUST(h, history_answer(h, "dirk", "R-1", "DAT-3", "pass"));
}

static void answer_what_was_due_at_T1(struct history *h)
{
	HISTORY_MUST(h, history_answer(h, "dirk", "R-1", "CHN-3", "pass"));
}

static void fail_what_was_due_at_T1(struct history *h)
{
	HISTORY_MUST(h, history_answer(h, "jane", "R-1", "CHN-3", "fail"));
}

static void fail_what_is_due_at_T2(struct history *h)
{
	HISTORY_MUST(h, history_answer(h, "jane", "R-1", "DAT-3", "fail"));
}

static void answer_a_criterion(struct history *h)
{
	HISTORY_MUST(h, history_answer(h, "dirk", "R-1", "PLN-4.1", "pass"));
}

static void raise_stop(struct history *h)
{
	HISTORY_MUST(h, history_raise(h, "otto", "R-1", "HS-4"));
}

static void clear_stop(struct history *h)
{
	HISTORY_MUST(h, history_clear(h, "bob", "R-1", "HS-4"));
}

static void open_incident(struct history *h)
{
	history_incident(h, "otto", "R-1", 4);
}

static void open_worst_incident(struct history *h)
{
	history_incident(h, "otto", "R-1", 1);
}

static void regrade_incident(struct history *h)
{
	DO("otto", "incident.regraded", "R-1", NULL, "'incident':'INC-1','severity':3,'reason':'worse'");
}

static void resolve_incident(struct history *h)
{
	HISTORY_MUST(h, history_resolve(h, "jane", "R-1", "INC-1"));
}

static void evaluate(struct history *h)
{
	DO("bob", "incident.evaluated", "R-1", NULL, "'decision':'resume','rationale':'understood'");
}

static void accept_risk(struct history *h)
{
	DO("bob", "risk.accepted", "R-1", NULL, "'risk':'slow start','rationale':'once a day'");
}

static void withdraw_risk(struct history *h)
{
	DO("bob", "risk.withdrawn", "R-1", NULL, "'risk':1,'reason':'mended'");
}

static void track_listed(struct history *h)
{
	DO("bob", "tenant.tracked", NULL, "acme", "'track':'stable-only'");
}

static void opt_out_listed(struct history *h)
{
	DO("bob", "tenant.opted_out", NULL, "acme", "'channel':'experimental'");
}

static void withdraw_consent_of_listed(struct history *h)
{
	DO("bob", "tenant.consent", NULL, "acme", "'op':'withdrawn'");
}

static void change_another_tenant(struct history *h)
{
	DO("bob", "tenant.consent", NULL, "birch", "'op':'given','method':'mail'");
	DO("bob", "tenant.tracked", NULL, "quiet", "'track':'standard'");
}

static void change_people(struct history *h)
{
	DO("bob", "person.added", NULL, NULL, "'person':'petra','name':'Petra Zoe','login':'petra','roles':['qa'],'key':'ssh-ed25519 petra'");
	DO("bob", "person.role", NULL, NULL, "'person':'petra','op':'grant','role':'operator'");
}

static void adopt_policy(struct history *h)
{
	history_put(h, "bob", "policy.adopted", NULL, NULL, "'text':'name \\\"stricter\\\"\\n','name':'stricter'");
}

static void act_on_another_release(struct history *h)
{
	history_register(h, "R-2", CLASS_WORKFLOW);
	history_fill_dev(h, "R-2");
	history_incident(h, "otto", "R-2", 2);
	HISTORY_MUST(h, history_raise(h, "otto", "R-2", "HS-4"));
}

static void approve_otherwise(struct history *h)
{
	const char *sha = "0000000000000000000000000000000000000000000000000000000000000000";

	history_put(h, "bob", "approval.given", "R-1", NULL,
		"'to':'stable','role':'operator','evidence':'%s','class_evidence':'%s','policy':'standard','class_only'"
		":0",
		sha, sha);
	if (h->dossier.state != STATE_DEV)
		DO("bob", "rollback.approved", "R-1", NULL, "%s", "");
}

static void let_time_pass(struct history *h)
{
	history_pass(h, 400 * (int64_t)WHEN_DAY_S);
}

static void draft_and_sign(struct history *h)
{
	const char *memo = history_memo_draft(h, "R-1", MEMO_STABLE, DECISION_NO_GO);

	HISTORY_MUST(h, history_memo_sign(h, "bob", "R-1", memo, ROLE_SYSTEM_OWNER));
}

enum { AT_T1 = 1, AT_T2 = 2, AT_T3 = 4, EVERYWHERE = 7 };
static const struct change {
	const char *what;
	int at, changes;
	void (*act)(struct history *h);
	void (*before)(struct history *h);
} table[] = {
	{ "manifest", AT_T1, AT_T1, change_manifest, NULL },
	{ "class", AT_T1, AT_T1, change_class, NULL },
	{ "plan", EVERYWHERE, EVERYWHERE, change_plan, NULL },
	{ "criteria", EVERYWHERE, EVERYWHERE, change_criteria, NULL },
	{ "switch definition", EVERYWHERE, EVERYWHERE, define_switch, NULL },
	{ "switch binding", EVERYWHERE, EVERYWHERE, bind_switch, NULL },
	{ "switch test", EVERYWHERE, EVERYWHERE, test_switch, NULL },
	{ "kill", EVERYWHERE, EVERYWHERE, kill_one, NULL },
	{ "rollback plan", EVERYWHERE, EVERYWHERE, rewrite_rollback, NULL },
	{ "rehearsal", EVERYWHERE, AT_T3, rehearse, NULL },
	{ "answer with another note", EVERYWHERE, EVERYWHERE, answer_with_another_note, NULL },
	{ "answer with other evidence", EVERYWHERE, EVERYWHERE, answer_with_other_evidence, NULL },
	{ "answer with another value", EVERYWHERE, EVERYWHERE, answer_with_another_value, NULL },
	{ "answer by another person", EVERYWHERE, EVERYWHERE, answer_by_another_person, NULL },
	{ "answer to a rule of T2", EVERYWHERE, AT_T2 | AT_T3, answer_what_is_due_at_T2, NULL },
	{ "answer to a rule of T1 alone", EVERYWHERE, AT_T1, answer_what_was_due_at_T1, NULL },
	{ "fail of a rule of T1 alone", EVERYWHERE, EVERYWHERE, fail_what_was_due_at_T1, NULL },
	{ "fail of a rule of T2", EVERYWHERE, EVERYWHERE, fail_what_is_due_at_T2, NULL },
	{ "answer to a criterion", AT_T2 | AT_T3, AT_T2 | AT_T3, answer_a_criterion, NULL },
	{ "stop raised", EVERYWHERE, EVERYWHERE, raise_stop, NULL },
	{ "stop cleared", EVERYWHERE, EVERYWHERE, clear_stop, raise_stop },
	{ "incident opened", EVERYWHERE, EVERYWHERE, open_incident, NULL },
	{ "incident regraded", EVERYWHERE, EVERYWHERE, regrade_incident, open_incident },
	{ "incident resolved", EVERYWHERE, EVERYWHERE, resolve_incident, open_incident },
	{ "rollback evaluated", EVERYWHERE, EVERYWHERE, evaluate, open_worst_incident },
	{ "risk accepted", EVERYWHERE, AT_T2 | AT_T3, accept_risk, NULL },
	{ "risk withdrawn", EVERYWHERE, AT_T2 | AT_T3, withdraw_risk, accept_risk },
	{ "track of a listed tenant", EVERYWHERE, AT_T1, track_listed, NULL },
	{ "opt-out of a listed tenant", EVERYWHERE, AT_T1, opt_out_listed, NULL },
	{ "consent of a listed tenant", EVERYWHERE, AT_T1, withdraw_consent_of_listed, NULL },

	{ "time passing", EVERYWHERE, 0, let_time_pass, NULL },
	{ "the same answer again", AT_T1, 0, answer_KSW_2_again, NULL },
	{ "the same answer again", AT_T2, 0, answer_DAT_3_again, NULL },
	{ "the same answer again", AT_T3, 0, answer_CHN_5_again, NULL },
	{ "other approvals", EVERYWHERE, 0, approve_otherwise, NULL },
	{ "plan approval", EVERYWHERE, 0, approve_plan_again, NULL },
	{ "memo draft and signature", AT_T3, 0, draft_and_sign, NULL },
	{ "another tenant", EVERYWHERE, 0, change_another_tenant, NULL },
	{ "new person and role", EVERYWHERE, 0, change_people, NULL },
	{ "policy", EVERYWHERE, 0, adopt_policy, NULL },
	{ "another release", EVERYWHERE, 0, act_on_another_release, NULL },
};

static void open_at(struct history *h, int at)
{
	history_open(h);
	history_bring(h, "R-1", CLASS_WORKFLOW, at == AT_T1 ? CHANNEL_DEV : at == AT_T2 ? CHANNEL_EXPERIMENTAL : CHANNEL_CANDIDATE);
	if (at == AT_T2)
		history_fill_experimental(h, "R-1");
	if (at == AT_T3)
		history_fill_candidate(h, "R-1");
	history_soak(h, "R-1");
}

static void check_digest(const struct change *row, int at)
{
	const bool changes = row->changes & at;
	struct history h;
	struct digest before;
	bool has_changed;

	open_at(&h, at);
	if (row->before)
		row->before(&h);
	before = history_judge(&h, "R-1", CHANNEL_NONE)->evidence;
	row->act(&h);
	has_changed = !digest_equal(&before, &history_judge(&h, "R-1", CHANNEL_NONE)->evidence);
	cr_assert_eq(has_changed, changes, "%s at T%d: the digest has %schanged", row->what,
		at == AT_T1   ? 1
		: at == AT_T2 ? 2
			      : 3,
		has_changed ? "" : "not ");
	history_close(&h);
}

Test(evidence, APR_2_changes_with_what_the_rules_due_read_and_nothing_else)
{
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		for (int at = AT_T1; at <= AT_T3; at *= 2)
			if (table[i].at & at)
				check_digest(&table[i], at);
}

/* The finding, not the digest alone: what was approved is stale, says what changed and by whom, and is met where nothing did. */
static void check_stale(const struct change *row, int at)
{
	const bool changes = row->changes & at;
	struct history h;

	open_at(&h, at);
	if (at == AT_T3)
		history_sign_go(&h, "R-1");
	else
		HISTORY_MUST(&h, history_approve(&h, "R-1", "jane", ROLE_DEV_LEAD, CHANNEL_NONE));
	history_judge(&h, "R-1", CHANNEL_NONE);
	HISTORY_IS(&h, "APR-2", FINDING_MET);
	row->act(&h);
	history_judge(&h, "R-1", CHANNEL_NONE);
	cr_log_info("%s", row->what);
	/* While only time is missing, the memo waits for it too (I-15). */
	if (!changes)
		HISTORY_IS(&h, "APR-2", FINDING_MET);
	else if (history_finding(&h, "APR-2")->state != FINDING_WAITING)
		HISTORY_IS(&h, "APR-2", FINDING_STALE);
	if (changes && at == AT_T3)
		cr_assert(history_finding(&h, "MEM-5")->state == FINDING_STALE || history_finding(&h, "MEM-5")->state == FINDING_WAITING,
			"%s: MEM-5 %s", row->what, history_told(&h, "MEM-5"));
	if (changes)
		HISTORY_SAYS(&h, "APR-2", row->act == accept_risk ? "risk 1 changed by bob (fact" : " by ");
	history_close(&h);
}

Test(evidence, APR_2_an_approval_is_stale_when_the_digest_changes)
{
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		for (int at = AT_T1; at <= AT_T3; at *= 2)
			if ((table[i].at & at) && !table[i].before && table[i].act != draft_and_sign)
				check_stale(&table[i], at);
}

/* A digest of T1 is never one of T2: the channel's entry is part of it. */
Test(evidence, APR_2_digests_of_two_transitions_differ)
{
	struct history h;
	struct digest first;

	open_at(&h, AT_T1);
	first = history_judge(&h, "R-1", CHANNEL_EXPERIMENTAL)->evidence;
	cr_assert(!digest_equal(&first, &history_judge(&h, "R-1", CHANNEL_CANDIDATE)->evidence));
	cr_assert(!digest_equal(&first, &h.verdict.class_evidence));
	history_close(&h);
}

/* The class digest: class, manifest, rollback plan, definition and binding of the kill switch, alone. */
Test(evidence, APR_2_a_class_approval_is_bound_to_the_content_alone)
{
	static const struct {
		void (*act)(struct history *h);
		bool changes;
	} rows[] = {
		{ change_manifest, true },
		{ change_class, true },
		{ rewrite_rollback, true },
		{ define_switch, true },
		{ bind_switch, true },
		{ change_plan, false },
		{ test_switch, false },
		{ kill_one, false },
		{ accept_risk, false },
		{ open_incident, false },
		{ raise_stop, false },
		{ track_listed, false },
		{ let_time_pass, false },
		{ answer_with_another_value, false },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct history h;
		struct digest before;

		open_at(&h, AT_T1);
		before = history_judge(&h, "R-1", CHANNEL_NONE)->class_evidence;
		rows[i].act(&h);
		cr_assert_eq(!digest_equal(&before, &history_judge(&h, "R-1", CHANNEL_NONE)->class_evidence), rows[i].changes, "row %zu", i);
		history_close(&h);
	}
}
