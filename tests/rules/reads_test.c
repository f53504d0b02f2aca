#include <config.h>

#include <string.h>

#include "../support/history.h"

/*
 * What a row of the table says it reads is all that its judge reads: with any other section of the dossier emptied, the finding stays word for word.
 * And the digest of what approvals are bound to changes with every section that a rule due declares, and with no other.
 */
TestSuite(reads, .timeout = 120);

static void empty_channel(struct dossier *d)
{
	d->stay_count = 0;
	d->state = STATE_REGISTERED;
}

static void empty_class(struct dossier *d)
{
	d->class = d->class == CLASS_UI_ONLY ? CLASS_MECHANISM : CLASS_UI_ONLY;
	d->class_source = (struct source){ 0 };
}

static void empty_manifest(struct dossier *d)
{
	d->manifest = (struct manifest){ .class = d->manifest.class, .data_changes = "A new column" };
	d->manifest_source = (struct source){ 0 };
}

static void empty_plan(struct dossier *d)
{
	d->plan = (struct plan){ 0 };
	d->plan_source = (struct source){ 0 };
}

static void empty_tenants(struct dossier *d)
{
	d->registry.tenant_count = 0;
}

static void empty_answers(struct dossier *d)
{
	d->answer_count = 0;
}

static void empty_stops(struct dossier *d)
{
	memset(d->stops, 0, sizeof d->stops);
}

static void empty_switch(struct dossier *d)
{
	d->definition = (struct switch_definition){ 0 };
	d->definition_source = d->binding = (struct source){ 0 };
}

static void empty_found(struct dossier *d)
{
	d->found = (struct switch_found){ 0 };
}

static void empty_tests(struct dossier *d)
{
	d->test_count = 0;
}

static void empty_kills(struct dossier *d)
{
	d->kill_count = 0;
	d->last_kill = d->last_restore = (struct source){ 0 };
}

static void empty_rollback(struct dossier *d)
{
	d->rollback = (struct rollback_plan){ 0 };
	d->rollback_source = (struct source){ 0 };
}

static void empty_rehearsals(struct dossier *d)
{
	d->rehearsal_count = 0;
}

static void empty_incidents(struct dossier *d)
{
	d->incident_count = 0;
	d->last_sev1_seq = 0;
	d->evaluation = (struct evaluation_entry){ 0 };
}

static void empty_risks(struct dossier *d)
{
	d->risk_count = 0;
}

static void empty_relation(struct dossier *d)
{
	d->predecessor = (struct relation){ 0 };
	d->predecessor_known = false;
}

static void empty_run(struct dossier *d)
{
	d->run = (struct rollback_run){ 0 };
}

static void empty_plan_approval(struct dossier *d)
{
	d->plan_approved = d->approved_plan_source = (struct source){ 0 };
	d->approved_plan = (struct plan){ 0 };
}

static void empty_approvals(struct dossier *d)
{
	d->approval_count = 0;
}

static void empty_memos(struct dossier *d)
{
	d->memo_count = 0;
}

static void empty_people(struct dossier *d)
{
	d->registry.person_count = 0;
}

static const struct section_row {
	const char *name;
	uint32_t bit;
	void (*empty)(struct dossier *d);
} rows[] = {
	{ "channel", READS_CHANNEL, empty_channel },
	{ "class", READS_CLASS, empty_class },
	{ "manifest", READS_MANIFEST, empty_manifest },
	{ "plan", READS_PLAN, empty_plan },
	{ "tenants", READS_TENANTS, empty_tenants },
	{ "answers", READS_ANSWERS, empty_answers },
	{ "stops", READS_STOPS, empty_stops },
	{ "switch", READS_SWITCH, empty_switch },
	{ "found", READS_FOUND, empty_found },
	{ "tests", READS_TESTS, empty_tests },
	{ "kills", READS_KILLS, empty_kills },
	{ "rollback", READS_ROLLBACK, empty_rollback },
	{ "rehearsals", READS_REHEARSALS, empty_rehearsals },
	{ "incidents", READS_INCIDENTS, empty_incidents },
	{ "risks", READS_RISKS, empty_risks },
	{ "relation", READS_RELATION, empty_relation },
	{ "run", READS_RUN, empty_run },
	{ "plan approval", READS_PLAN_APPROVAL, empty_plan_approval },
	{ "approvals", READS_APPROVALS, empty_approvals },
	{ "memos", READS_MEMOS, empty_memos },
	{ "people", READS_PEOPLE, empty_people },
};

/* Every section filled, in order; what is in trouble differs, so that each judge says something that depends on what it reads. */
static void fill(struct history *h, enum release_class class, enum channel channel)
{
	history_open(h);
	HISTORY_MUST(h, history_act(h, "bob", "person.role", NULL, NULL, "'person':'dirk','op':'grant','role':'qa'"));
	history_bring(h, "R-1", class, channel);
	if (channel == CHANNEL_DEV)
		HISTORY_MUST(h, history_act(h, "bob", "risk.accepted", "R-1", NULL, "'risk':'slow','rationale':'rare'"));
	HISTORY_MUST(h, history_act(h, "jane", "switch.bound", "R-1", NULL, "'provider':'manual','place':'the console'"));
	HISTORY_MUST(h, history_act(h, "otto", "switch.found", "R-1", NULL, "'state':'ready','place':'the console'"));
	HISTORY_MUST(h, history_act(h, "otto", "switch.tested", "R-1", NULL, "'environment':'dev','result':'pass','definition':%lld,'note':'entry 9'",
				(long long)history_dossier(h, "R-1")->binding.seq));
	HISTORY_MUST(h, history_act(h, "otto", "rollback.rehearsed", "R-1", NULL, "'result':'pass','plan':%lld",
				(long long)history_dossier(h, "R-1")->rollback_source.seq));
	if (channel == CHANNEL_EXPERIMENTAL)
		history_fill_experimental(h, "R-1");
	if (channel == CHANNEL_CANDIDATE)
		HISTORY_MUST(h, history_answer(h, "quinn", "R-1", "CHN-5", "pass"));
	if (channel == CHANNEL_CANDIDATE && class == CLASS_MECHANISM) {
		const char *memo = history_memo_draft(h, "R-1", MEMO_MECHANISM, DECISION_GO);

		HISTORY_MUST(h, history_memo_sign(h, "bob", "R-1", memo, ROLE_SYSTEM_OWNER));
	}
	history_soak(h, "R-1");
}

static void approve(struct history *h, enum channel channel)
{
	if (channel == CHANNEL_CANDIDATE && history_dossier(h, "R-1")->class == CLASS_WORKFLOW) {
		HISTORY_MUST(h, history_approve(h, "R-1", "quinn", ROLE_QA, CHANNEL_STABLE));
		HISTORY_MUST(h, history_approve(h, "R-1", "jane", ROLE_DEV_LEAD, CHANNEL_STABLE));
	}
	if (channel == CHANNEL_CANDIDATE)
		history_sign_go(h, "R-1");
	else
		history_approve_all(h, "R-1", channel + 1);
}

static void trouble(struct history *h)
{
	HISTORY_MUST(h, history_raise(h, "otto", "R-1", "HS-4"));
	HISTORY_MUST(h, history_kill(h, "otto", "R-1", "acme"));
	HISTORY_MUST(h, history_act(h, "otto", "switch.found", "R-1", NULL, "'state':'gone','place':'the console'"));
	history_incident(h, "otto", "R-1", 1);
	HISTORY_MUST(h, history_act(h, "bob", "incident.evaluated", "R-1", NULL, "'decision':'resume','rationale':'understood'"));
	history_incident(h, "otto", "R-1", 3);
	HISTORY_MUST(h, history_answer(h, "jane", "R-1", "KSW-2", "fail"));
	HISTORY_MUST(h, history_answer(h, "jane", "R-1", "CHN-3", "fail"));
	HISTORY_MUST(h, history_act(h, "bob", "tenant.opted_out", NULL, "acme", "'channel':'experimental'"));
	HISTORY_MUST(
		h, history_act(h, "otto", "switch.tested", "R-1", NULL, "'environment':'dev','result':'fail','definition':%lld,'note':'entry 10'",
			   (long long)history_dossier(h, "R-1")->binding.seq));
}

static bool may_read(const struct rule *rule, uint32_t bit)
{
	if (rule->reads & bit)
		return true;
	/* The digest is made of the sections below; the checklists of the memos are made of other findings. */
	return (rule->reads & READS_EVIDENCE) && ((bit & READS_DIGESTED) || strcmp(rule->id, "MEM-2") == 0 || strcmp(rule->id, "MEM-6") == 0);
}

/* Three sections are empty while nothing has gone wrong. */
static bool is_filled(const struct dossier *d, uint32_t bit)
{
	return bit == READS_RISKS       ? d->risk_count != 0
	       : bit == READS_KILLS     ? d->last_kill.seq != 0
	       : bit == READS_INCIDENTS ? d->incident_count != 0
					: true;
}

static void check_section(struct history *h, const struct section_row *row, enum channel to, size_t *differing)
{
	const struct verdict full = h->verdict;
	struct dossier emptied = h->dossier;
	struct verdict verdict;
	uint32_t declared = 0;

	row->empty(&emptied);
	cr_assert_eq(gate_judge(&emptied, &h->policy, to, h->now, &h->judging, &verdict, &h->err), ERR_NONE);
	for (size_t i = 0; i < full.findings.count; i++) {
		const struct finding *before = &full.findings.items[i], *after = finding_of(&verdict.findings, before->id);
		const bool is_same =
			after && after->state == before->state && strcmp(after->reason, before->reason) == 0 && after->roles == before->roles;

		declared |= before->rule->reads;
		*differing += !is_same;
		cr_assert(is_same || may_read(before->rule, row->bit), "%s reads the %s and does not say so:\n  %s\n  %s", before->id, row->name,
			before->reason, after ? after->reason : "(not listed)");
	}
	if (row->bit & READS_DIGESTED)
		cr_assert(!(declared & row->bit) || !is_filled(&h->dossier, row->bit) || !digest_equal(&full.evidence, &verdict.evidence),
			"the digest does not change with the %s", row->name);
	if (!(row->bit & READS_DIGESTED) || !(declared & row->bit))
		cr_assert(digest_equal(&full.evidence, &verdict.evidence), "the digest changes with the %s", row->name);
}

static void check_state(enum release_class class, enum channel channel, bool in_trouble, size_t *differing)
{
	const enum channel to = channel + 1;
	struct history h;

	fill(&h, class, channel);
	approve(&h, channel);
	if (in_trouble)
		trouble(&h);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		history_judge(&h, "R-1", to);
		check_section(&h, &rows[i], to, &differing[i]);
	}
	history_close(&h);
}

Test(reads, APR_2_no_judge_reads_what_its_row_does_not_declare)
{
	static const enum release_class classes[] = { CLASS_UI_ONLY, CLASS_WORKFLOW, CLASS_CAPABILITY, CLASS_MECHANISM };
	size_t differing[sizeof rows / sizeof *rows] = { 0 };

	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		for (enum channel channel = CHANNEL_DEV; channel <= CHANNEL_CANDIDATE; channel = (enum channel)(channel + 1)) {
			check_state(classes[i], channel, false, differing);
			check_state(classes[i], channel, true, differing);
		}
	/* A section whose emptying no finding sees would prove nothing. */
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_assert(differing[i] || rows[i].bit == READS_RELATION || rows[i].bit == READS_RUN, "nothing depends on the %s", rows[i].name);
}

/* The two sections that those states have not: a release that supersedes another, and one that is rolled back. */
Test(reads, APR_2_relatives_and_a_rollback_are_outside_the_digest)
{
	size_t differing[2] = { 0 };
	struct history h;

	history_open(&h);
	history_register(&h, "R-0", CLASS_WORKFLOW);
	HISTORY_MUST(&h, history_act(&h, "jane", "release.registered", "R-1", NULL,
				 "'class':'workflow','description':'A filter','files':['src/filter.c'],'data_changes':'None',"
				 "'kill_switch':'Feature flag filter_kill (default: off)','supersedes':'R-0'"));
	history_fill_dev(&h, "R-1");
	history_approve_all(&h, "R-1", CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-1", CHANNEL_EXPERIMENTAL));
	history_fill_experimental(&h, "R-1");
	history_soak(&h, "R-1");
	history_approve_all(&h, "R-1", CHANNEL_CANDIDATE);
	HISTORY_MUST(&h, history_promote(&h, "jane", "R-1", CHANNEL_CANDIDATE));
	history_judge(&h, "R-1", CHANNEL_STABLE);
	HISTORY_IS(&h, "CHN-1", FINDING_UNMET);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].bit == READS_RELATION) {
			history_judge(&h, "R-1", CHANNEL_STABLE);
			check_section(&h, &rows[i], CHANNEL_STABLE, &differing[0]);
		}
	HISTORY_MUST(&h, history_act(&h, "jane", "rollback.started", "R-1", NULL, "'reason':'wrong totals'"));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].bit == READS_RUN) {
			history_judge(&h, "R-1", CHANNEL_STABLE);
			check_section(&h, &rows[i], CHANNEL_STABLE, &differing[1]);
		}
	cr_assert(differing[0] && differing[1]);
	history_close(&h);
}
