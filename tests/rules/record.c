#include <config.h>

#include <stdio.h>
#include <string.h>

#include "record.h"

struct read {
	const struct fact *fact;
	struct json_object body;
};

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
		const size_t restored = last_of(h, "switch.restored", NULL, NULL, promoted),
			     resolved = last_of(h, "incident.resolved", NULL, NULL, promoted);
		instant begun = h->facts[entered].at;

		if (restored > entered)
			begun = h->facts[restored].at;
		if (left == CHANNEL_CANDIDATE && resolved > entered && h->facts[resolved].at > begun)
			begun = h->facts[resolved].at;
		cr_assert(h->facts[promoted].at >= begun + duration(class, left), "%s was left too early (CHN-2)",
			words_word(words_channel, (int)left));
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

void record_check_stable(struct history *h, enum release_class class)
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
