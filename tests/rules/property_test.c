#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/history.h"

/*
 * Random ledgers: acts of anybody, permitted or refused.  What must have been there when a release reached stable is found again here from the facts
 * alone, without fold, judge or dossier.
 */
TestSuite(property, .timeout = 300);

struct dice { uint64_t state; };

static uint32_t roll(struct dice *dice, uint32_t sides)
{
	dice->state = dice->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(dice->state >> 33) % sides;
}

#define PICK(dice, array) ((array)[roll((dice), sizeof(array) / sizeof *(array))])

/* --- what the facts say ---------------------------------------------------------------------------------------- */

struct read { const struct fact *fact; struct json_object body; };

static struct read read_fact(struct history *h, size_t i)
{
	struct read read = { .fact = &h->facts[i] };

	cr_assert_eq(json_read_flat(read.fact->body, strlen(read.fact->body), &h->judging, &read.body, &h->err), ERR_NONE, "%s", h->err.text);
	return read;
}

static bool is_kind(const struct read *read, const char *kind)
{
	return strcmp(read->fact->kind, kind) == 0 && (strcmp(read->fact->release, "R-1") == 0 || strcmp(read->fact->release, "-") == 0);
}

static bool says(const struct read *read, const char *key, const char *value)
{
	const char *text = body_text(&read->body, key);

	return text && strcmp(text, value) == 0;
}

static bool is_withdrawn_by(struct history *h, size_t approval, size_t before)
{
	for (size_t i = approval; i < before; i++) {
		const struct read read = read_fact(h, i);

		if (is_kind(&read, "approval.withdrawn") && body_int(&read.body, "approval", 0) == h->facts[approval].seq)
			return true;
	}
	return false;
}

/* Who approved in this role, to this channel (NULL: to any), before the fact `before`. */
static size_t approvers(struct history *h, const char *role, const char *to, size_t before, const char **out, size_t most)
{
	size_t count = 0;

	for (size_t i = 0; i < before && count < most; i++) {
		const struct read read = read_fact(h, i);

		if (is_kind(&read, "approval.given") && says(&read, "role", role) && (!to || says(&read, "to", to)) && !is_withdrawn_by(h, i, before))
			out[count++] = read.fact->actor;
	}
	return count;
}

static bool are_two(const char **some, size_t count, const char **others, size_t other_count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < other_count; k++)
			if (strcmp(some[i], others[k]) != 0)
				return true;
	return false;
}

enum { MOST = 64 };

static void check_approvals(struct history *h, enum release_class class, const size_t at[CHANNEL_COUNT], const char *memo)
{
	const char *leads[MOST], *testers[MOST], *owners[MOST];
	size_t lead_count = approvers(h, "dev-lead", "experimental", at[CHANNEL_EXPERIMENTAL], leads, MOST), tester_count, owner_count;
	bool has_owner = false, has_lead = false;

	cr_assert(lead_count, "T1 without a Dev lead (APR-1)");
	lead_count = approvers(h, "dev-lead", "candidate", at[CHANNEL_CANDIDATE], leads, MOST);
	tester_count = approvers(h, "qa", "candidate", at[CHANNEL_CANDIDATE], testers, MOST);
	cr_assert(are_two(leads, lead_count, testers, tester_count), "T2 without a Dev lead and another person as QA (APR-1, I-5)");
	owner_count = approvers(h, "system-owner", NULL, at[CHANNEL_CANDIDATE], owners, MOST);
	if (class == CLASS_CAPABILITY)
		cr_assert(are_two(leads, lead_count, owners, owner_count), "a capability without Dev lead and System Owner (CLS-3)");
	if (class == CLASS_MECHANISM)
		cr_assert(owner_count, "a mechanism change without System Owner (CLS-3)");
	for (size_t i = 0; i < at[CHANNEL_STABLE]; i++) {
		const struct read read = read_fact(h, i);

		if (!is_kind(&read, "memo.signed") || !says(&read, "memo", memo))
			continue;
		has_owner |= says(&read, "role", "system-owner") && strcmp(read.fact->actor, "bob") == 0;
		has_lead |= says(&read, "role", "dev-lead") && strcmp(read.fact->actor, "jane") == 0;
	}
	cr_assert(has_owner && has_lead, "T3 without both signatures on the memo (MEM-1)");
}

/* The place of the last fact of a kind before `before`, with this word in this field (NULL: any); 0: there is none. */
static size_t last_of(struct history *h, const char *kind, const char *key, const char *value, size_t before)
{
	for (size_t i = before; i-- > 0;) {
		const struct read read = read_fact(h, i);

		if (is_kind(&read, kind) && (!key || says(&read, key, value)))
			return i;
	}
	return 0;
}

static void check_papers(struct history *h, const size_t at[CHANNEL_COUNT])
{
	const size_t stable = at[CHANNEL_STABLE];
	const size_t rehearsed = last_of(h, "rollback.rehearsed", NULL, NULL, stable), tested = last_of(h, "switch.tested", NULL, NULL, stable);

	for (enum channel to = CHANNEL_EXPERIMENTAL; to <= CHANNEL_STABLE; to = (enum channel)(to + 1)) {
		const size_t saved = last_of(h, "plan.saved", NULL, NULL, at[to]), approved = last_of(h, "plan.approved", NULL, NULL, at[to]);

		cr_assert(saved && approved > saved, "promoted to %s without an approved plan (PLN-2)", words_word(words_channel, (int)to));
		cr_assert(last_of(h, "switch.tested", "environment", "dev", at[to]) > last_of(h, "switch.defined", NULL, NULL, at[to]),
			  "promoted without a test of the present kill switch in dev (KSW-3)");
	}
	cr_assert(tested == last_of(h, "switch.tested", "result", "pass", stable), "the last switch test failed (KSW-3)");
	cr_assert(rehearsed > last_of(h, "rollback.planned", NULL, NULL, stable), "the present rollback plan was not rehearsed (RBP-2)");
	cr_assert(rehearsed == last_of(h, "rollback.rehearsed", "result", "pass", stable), "the last rehearsal failed (RBP-2)");
}

static int64_t duration(enum release_class class, enum channel left)
{
	return left == CHANNEL_EXPERIMENTAL && (class == CLASS_CAPABILITY || class == CLASS_MECHANISM) ? 2 * (int64_t)WHEN_WEEK_S : WHEN_WEEK_S;
}

static void check_time(struct history *h, enum release_class class, const size_t at[CHANNEL_COUNT])
{
	for (enum channel left = CHANNEL_EXPERIMENTAL; left < CHANNEL_STABLE; left = (enum channel)(left + 1)) {
		const size_t entered = at[left], promoted = at[left + 1];
		const size_t restored = last_of(h, "switch.restored", NULL, NULL, promoted), resolved = last_of(h, "incident.resolved", NULL, NULL, promoted);
		instant begun = h->facts[entered].at;

		if (restored > entered)
			begun = h->facts[restored].at;
		if (left == CHANNEL_CANDIDATE && resolved > entered && h->facts[resolved].at > begun)
			begun = h->facts[resolved].at;
		cr_assert(h->facts[promoted].at >= begun + duration(class, left), "%s was left too early (CHN-2)", words_word(words_channel, (int)left));
	}
}

/* No hard stop is raised by hand, nobody is killed, no incident is open that matters, and every SEV-1 is evaluated: at each transition. */
static void check_quiet(struct history *h, size_t promoted, enum channel to)
{
	const size_t killed = last_of(h, "switch.killed", NULL, NULL, promoted);

	for (int n = 1; n <= STOP_COUNT; n++) {
		char stop[8];
		size_t raised;

		snprintf(stop, sizeof stop, "HS-%d", n);
		raised = last_of(h, "stop.raised", "stop", stop, promoted);
		cr_assert(!raised || last_of(h, "stop.cleared", "stop", stop, promoted) > raised, "%s was raised (section 6)", stop);
	}
	cr_assert(!killed || last_of(h, "switch.restored", NULL, NULL, promoted) > killed, "the release was killed (KSW-6)");
	for (size_t i = 0; i < promoted; i++) {
		const struct read read = read_fact(h, i);
		const int64_t severity = body_int(&read.body, "severity", 4);
		const char *id = body_text(&read.body, "incident");
		const char *kind = read.fact->kind;

		if (strcmp(kind, "incident.opened") != 0 && strcmp(kind, "incident.regraded") != 0)
			continue;
		if (severity == 1)
			cr_assert(last_of(h, "incident.evaluated", "decision", "resume", promoted) > i, "a SEV-1 was never evaluated (CHN-6)");
		if (to > CHANNEL_EXPERIMENTAL)
			cr_assert(last_of(h, "incident.resolved", "incident", id, promoted) > i, "%s is open (CHN-4, CHN-5)", id);
	}
}

static void check_stable(struct history *h, enum release_class class)
{
	size_t at[CHANNEL_COUNT] = { 0 };
	struct read promoted;

	for (size_t i = 0; i < h->count; i++) {
		const struct read read = read_fact(h, i);

		if (is_kind(&read, "release.promoted"))
			at[body_word(&read.body, "to", words_channel, 0)] = i;
	}
	cr_assert(at[CHANNEL_EXPERIMENTAL] && at[CHANNEL_EXPERIMENTAL] < at[CHANNEL_CANDIDATE] && at[CHANNEL_CANDIDATE] < at[CHANNEL_STABLE],
		  "a channel was skipped (CHN-1)");
	promoted = read_fact(h, at[CHANNEL_STABLE]);
	check_approvals(h, class, at, body_text(&promoted.body, "memo"));
	check_papers(h, at);
	check_time(h, class, at);
	for (enum channel to = CHANNEL_EXPERIMENTAL; to <= CHANNEL_STABLE; to = (enum channel)(to + 1))
		check_quiet(h, at[to], to);
	if (class == CLASS_MECHANISM)
		cr_assert(last_of(h, "risk.accepted", NULL, NULL, at[CHANNEL_CANDIDATE]), "a mechanism change without an accepted risk (CLS-3)");
}

/* --- acts of anybody ------------------------------------------------------------------------------------------- */

static const char *const people[] = { "bob", "jane", "quinn", "otto", "olga", "dirk" };
static const char *const stops[] = { "HS-1", "HS-2", "HS-3", "HS-4", "HS-5", "HS-6", "HS-7" };

static enum err_kind plan_approve(struct history *h, const char *person)
{
	return history_act(h, person, "plan.approved", "R-1", NULL, "'plan':%lld", (long long)history_dossier(h, "R-1")->plan_source.seq);
}

static enum err_kind switch_define(struct history *h, const char *person, const char *how)
{
	return history_act(h, person, "switch.defined", "R-1", NULL, "'flag':'filter_kill','default':'off','enabled_for':'SBNC-dev','activation':'%s'", how);
}

static enum err_kind switch_test(struct history *h, const char *person, const char *result)
{
	return history_act(h, person, "switch.tested", "R-1", NULL, "'environment':'dev','result':'%s','definition':%lld,'note':'entry 9'", result,
			   (long long)history_dossier(h, "R-1")->definition_source.seq);
}

static enum err_kind rollback_plan(struct history *h, const char *person, const char *step)
{
	return history_act(h, person, "rollback.planned", "R-1", NULL,
			   "'triggers':['any SEV-1'],'steps':['%s'],'checks':['totals agree'],'communication':['mail to acme'],'recovery':'backup 17',"
			   "'restore':'restore run 8, 2025-01-05, pass','owner':'Jane Doe'", step);
}

static enum err_kind rehearse(struct history *h, const char *person, const char *result)
{
	return history_act(h, person, "rollback.rehearsed", "R-1", NULL, "'result':'%s','plan':%lld,'note':'by hand'", result,
			   (long long)history_dossier(h, "R-1")->rollback_source.seq);
}

static const char *open_incident(struct history *h)
{
	const struct dossier *d = history_dossier(h, "R-1");

	for (size_t i = 0; i < d->incident_count; i++)
		if (!d->incidents[i].resolved.seq)
			return arena_str(&h->arena, d->incidents[i].id);
	return NULL;
}

static enum err_kind restore(struct history *h, const char *person)
{
	const struct dossier *d = history_dossier(h, "R-1");
	const char *seqs = "";
	const char *tenants = "'*'";

	for (size_t i = 0; i < d->restore_approval_count; i++)
		if (!d->restore_approvals[i].is_used)
			seqs = arena_printf(&h->arena, "%s%s%lld", seqs, *seqs ? "," : "", (long long)d->restore_approvals[i].source.seq);
	for (size_t i = 0; i < d->kill_count; i++)
		tenants = arena_printf(&h->arena, "%s%s'%s'", i ? tenants : "", i ? "," : "", d->kills[i].tenant);
	return history_act(h, person, "switch.restored", "R-1", NULL, "'tenants':[%s],'reason':'mended','approvals':[%s]", tenants, seqs);
}

static enum err_kind restore_approve(struct history *h, const char *person, const char *role)
{
	return history_act(h, person, "switch.approved", "R-1", NULL, "'role':'%s','reason':'mended'", role);
}

static enum err_kind memo_act(struct history *h, struct dice *dice, enum memo_kind kind)
{
	const struct memo_entry *draft = dossier_draft(history_dossier(h, "R-1"), kind);
	const bool is_lead = roll(dice, 2);

	if (!draft || !roll(dice, 4))
		return history_memo_draft(h, "R-1", kind, roll(dice, 12) ? DECISION_GO : DECISION_NO_GO) ? ERR_NONE : ERR_REFUSED;
	return history_memo_sign(h, is_lead ? "jane" : "bob", "R-1", arena_str(&h->arena, draft->id), is_lead ? ROLE_DEV_LEAD : ROLE_SYSTEM_OWNER);
}

/* The one that moves towards stable: settles an open finding, or lets time pass, or promotes. */
static void help(struct history *h, struct dice *dice)
{
	const struct verdict *verdict = history_judge(h, "R-1", CHANNEL_NONE);
	const struct finding *open = NULL;
	char id[32];
	size_t count = 0;

	for (size_t i = 0; i < verdict->findings.count; i++)
		if (!finding_is_settled(&verdict->findings.items[i]) && !roll(dice, (uint32_t)++count))
			open = &verdict->findings.items[i];
	if (!open) {
		(void)history_promote(h, PICK(dice, people), "R-1", CHANNEL_NONE);
		return;
	}
	snprintf(id, sizeof id, "%s", open->id);
	if (open->rule->how == RULE_ATTESTED && history_answer(h, roll(dice, 2) ? "quinn" : "jane", "R-1", id, "pass") == ERR_NONE && !h->already)
		return;
	if (strncmp(id, "HS-", 3) == 0)
		(void)history_clear(h, "jane", "R-1", id);
	else if (strncmp(id, "PLN-1", 5) == 0 || strncmp(id, "CLS-1", 5) == 0)
		(void)history_plan(h, "R-1", "'SBNC-dev','SBNC-staging'", WHEN_WEEK_S, 0, "'Error rate below 1 percent'");
	else if (strcmp(id, "PLN-2") == 0)
		(void)plan_approve(h, "jane");
	else if (strcmp(id, "PLN-3") == 0)
		(void)history_act(h, "bob", "tenant.consent", NULL, "acme", "'op':'given','method':'mail'");
	else if (strcmp(id, "KSW-1") == 0)
		(void)switch_define(h, "jane", "flag console");
	else if (strcmp(id, "KSW-3") == 0)
		(void)switch_test(h, "otto", "pass");
	else if (strcmp(id, "KSW-6") == 0 && restore(h, "otto") != ERR_NONE) {
		(void)restore_approve(h, "dirk", "dev-lead");
		(void)restore_approve(h, "quinn", "qa");
		(void)restore_approve(h, "bob", "system-owner");
	} else if (strncmp(id, "RBP-1", 5) == 0 || strcmp(id, "CLS-5") == 0)
		(void)rollback_plan(h, "jane", "switch it off");
	else if (strcmp(id, "RBP-2") == 0)
		(void)rehearse(h, "otto", "pass");
	else if (strcmp(id, "CHN-6") == 0)
		(void)history_act(h, "bob", "incident.evaluated", "R-1", NULL, "'decision':'resume','rationale':'understood'");
	else if (strncmp(id, "APR", 3) == 0 || strcmp(id, "CLS-3") == 0) {
		(void)history_approve(h, "R-1", "jane", ROLE_DEV_LEAD, CHANNEL_NONE);
		(void)history_approve(h, "R-1", "quinn", ROLE_QA, CHANNEL_NONE);
		(void)history_approve(h, "R-1", "bob", ROLE_SYSTEM_OWNER, CHANNEL_NONE);
	} else if (strcmp(id, "CLS-4") == 0 || strcmp(id, "MEM-6") == 0) {
		if (!dossier_open_risks(history_dossier(h, "R-1")))
			(void)history_act(h, "bob", "risk.accepted", "R-1", NULL, "'risk':'slow','rationale':'rare'");
		(void)memo_act(h, dice, MEMO_MECHANISM);
	} else if (strncmp(id, "MEM", 3) == 0) {
		(void)memo_act(h, dice, MEMO_STABLE);
	} else if (open_incident(h)) {
		(void)history_resolve(h, "bob", "R-1", open_incident(h));
	} else {
		history_pass(h, WHEN_DAY_S * (int64_t)(1 + roll(dice, 5)));
	}
}

/* The one that goes anywhere; whether it made things worse. */
static bool disturb(struct history *h, struct dice *dice)
{
	static const char *const values[] = { "pass", "pass", "fail", "na" };
	static const char *const results[] = { "pass", "fail" };
	static const enum role roles[] = { ROLE_DEV_LEAD, ROLE_QA, ROLE_SYSTEM_OWNER, ROLE_OPERATOR };
	static const enum channel channels[] = { CHANNEL_NONE, CHANNEL_EXPERIMENTAL, CHANNEL_CANDIDATE, CHANNEL_STABLE };
	const char *person = PICK(dice, people);
	const struct rule *rule = &rules[roll(dice, (uint32_t)rule_count)];

	switch (roll(dice, 22)) {
	case 0: case 1:
		(void)history_answer(h, person, "R-1", strcmp(rule->id, "PLN-4") == 0 ? "PLN-4.1" : rule->id, PICK(dice, values));
		return false;
	case 2:
		return history_raise(h, person, "R-1", PICK(dice, stops)) == ERR_NONE;
	case 3:
		(void)history_clear(h, person, "R-1", PICK(dice, stops));
		return false;
	case 4:
		return history_kill(h, person, "R-1", roll(dice, 2) ? "acme" : "*") == ERR_NONE && !h->already;
	case 5:
		(void)restore(h, person);
		return false;
	case 6:
		(void)history_incident(h, person, "R-1", 1 + (int)roll(dice, 4));
		return true;
	case 7:
		if (open_incident(h))
			(void)history_resolve(h, person, "R-1", open_incident(h));
		return false;
	case 8:
		if (open_incident(h))
			(void)history_act(h, person, "incident.regraded", "R-1", NULL, "'incident':'%s','severity':%u,'reason':'seen anew'", open_incident(h),
					  1 + roll(dice, 4));
		return false;
	case 9:
		(void)history_act(h, person, "incident.evaluated", "R-1", NULL, "'decision':'resume','rationale':'understood'");
		return false;
	case 10:
		(void)history_plan(h, "R-1", roll(dice, 2) ? "'SBNC-dev'" : "'SBNC-dev','acme'", WHEN_WEEK_S, 0, "'Error rate below 2 percent'");
		return false;
	case 11:
		(void)plan_approve(h, person);
		return false;
	case 12:
		(void)switch_define(h, person, roll(dice, 2) ? "environment" : "flag console");
		return false;
	case 13:
		(void)switch_test(h, person, PICK(dice, results));
		return false;
	case 14:
		(void)rollback_plan(h, person, roll(dice, 2) ? "revert" : "switch it off");
		return false;
	case 15:
		(void)rehearse(h, person, PICK(dice, results));
		return false;
	case 16: case 17:
		(void)history_approve(h, "R-1", person, PICK(dice, roles), PICK(dice, channels));
		return false;
	case 18:
		(void)history_withdraw_approval(h, "R-1", person);
		return false;
	case 19:
		(void)memo_act(h, dice, roll(dice, 2) ? MEMO_STABLE : MEMO_MECHANISM);
		return false;
	case 20:
		history_pass(h, 3600 * (int64_t)roll(dice, 100));
		return false;
	default:
		(void)history_promote(h, person, "R-1", PICK(dice, channels));
		return false;
	}
}

/* --- the walk -------------------------------------------------------------------------------------------------- */

struct told { size_t count; instant now; enum verdict_word verdict; struct digest evidence; size_t unmet; instant earliest; };

static struct told tell(struct history *h)
{
	const struct verdict *verdict = history_judge(h, "R-1", CHANNEL_NONE);

	return (struct told){ .count = h->count, .now = h->now, .verdict = verdict->verdict, .evidence = verdict->evidence, .unmet = verdict->unmet,
			      .earliest = verdict->earliest };
}

static void check_same(const struct told *a, const struct told *b, const char *what)
{
	cr_assert(a->verdict == b->verdict && a->unmet == b->unmet && a->earliest == b->earliest && digest_equal(&a->evidence, &b->evidence),
		  "%s at fact %zu: %s with %zu open, then %s with %zu", what, a->count, words_word(words_verdict, (int)a->verdict), a->unmet,
		  words_word(words_verdict, (int)b->verdict), b->unmet);
}

/* Folds the ledger as far as it went then, from nothing. */
static void check_prefix(const struct history *h, const struct told *then)
{
	struct history prefix = *h;
	struct told now;

	arena_init(&prefix.folding, 0);
	arena_init(&prefix.judging, 0);
	prefix.folded = 0;
	prefix.base = (struct dossier){ 0 };
	prefix.count = then->count;
	prefix.now = then->now;
	now = tell(&prefix);
	check_same(then, &now, "folding the prefix judges otherwise");
	arena_release(&prefix.folding);
	arena_release(&prefix.judging);
}

enum { STEPS = 400, KEPT = 10 };

/* Whether the release reached stable. */
static bool walk(uint64_t seed, enum release_class class, uint32_t helpful)
{
	struct dice dice = { seed };
	struct told kept[STEPS / KEPT + 1];
	size_t kept_count = 0;
	struct history h;
	bool is_stable;

	history_open(&h);
	history_register(&h, "R-1", class);
	for (int step = 0; step < STEPS && history_dossier(&h, "R-1")->state != STATE_STABLE; step++) {
		const struct told before = tell(&h), again = tell(&h);
		bool is_worse = false;
		struct told after;

		check_same(&before, &again, "judging twice differs");
		if (roll(&dice, 100) < helpful)
			help(&h, &dice);
		else
			is_worse = disturb(&h, &dice);
		after = tell(&h);
		cr_assert(!is_worse || before.verdict == VERDICT_GO || after.verdict != VERDICT_GO,
			  "seed %llu: an incident, a kill or a raised stop made a GO of what was none", (unsigned long long)seed);
		if (step % KEPT == 0)
			kept[kept_count++] = after;
	}
	is_stable = history_dossier(&h, "R-1")->state == STATE_STABLE;
	if (is_stable)
		check_stable(&h, class);
	for (size_t i = 0; i < kept_count; i++)
		check_prefix(&h, &kept[i]);
	history_close(&h);
	return is_stable;
}

static void walk_class(enum release_class class)
{
	size_t stable = 0;

	for (uint64_t seed = 1; seed <= 24; seed++)
		stable += walk(seed * 7919 + (uint64_t)class, class, seed % 3 == 0 ? 97 : seed % 3 == 1 ? 90 : 60);
	cr_assert(stable >= 4, "Only %zu of the releases reached stable, which proves too little.", stable);
}

Test(property, a_ui_change_reaches_stable_only_with_everything)
{
	walk_class(CLASS_UI_ONLY);
}

Test(property, a_workflow_change_reaches_stable_only_with_everything)
{
	walk_class(CLASS_WORKFLOW);
}

Test(property, a_capability_reaches_stable_only_with_everything)
{
	walk_class(CLASS_CAPABILITY);
}

Test(property, a_mechanism_change_reaches_stable_only_with_everything)
{
	walk_class(CLASS_MECHANISM);
}
