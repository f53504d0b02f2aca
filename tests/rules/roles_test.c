#include <config.h>

#include <string.h>

#include <gonogo/core/authority.h>

#include "../support/history.h"

#define R "R-1"
#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
#define LEAD ROLE_DEV_LEAD
#define QA ROLE_QA
#define OWNER ROLE_SYSTEM_OWNER
#define OPERATOR ROLE_OPERATOR

static struct history h;

static void open_history(void)
{
	history_open(&h);
	HISTORY_MUST(&h, history_act(&h, "bob", "component.added", NULL, NULL, "'component':'probe','key':'ssh-ed25519 probe'"));
	HISTORY_MUST(&h, history_act(&h, "bob", "person.added", NULL, NULL, "'person':'nell','name':'Nell Hoe','roles':['qa'],'key':'ssh-ed25519 nell'"));
	HISTORY_MUST(&h, history_act(&h, "bob", "person.role", NULL, NULL, "'person':'nell','role':'qa','op':'revoke'"));
}

static void close_history(void)
{
	history_close(&h);
}

TestSuite(roles, .init = open_history, .fini = close_history, .timeout = 60);

/* ---- what an act needs to have happened before; each returns the number that stands for @ in the act's body ---- */

static int64_t in_dev(void)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_DEV);
	return history_dossier(&h, R)->definition_source.seq;
}

static int64_t workflow_in_dev(void)
{
	history_bring(&h, R, CLASS_WORKFLOW, CHANNEL_DEV);
	return 0;
}

static int64_t bound(void)
{
	history_bring(&h, R, CLASS_WORKFLOW, CHANNEL_DEV);
	HISTORY_MUST(&h, history_act(&h, "otto", "switch.bound", R, NULL, "'provider':'env','place':'/etc/app.env'"));
	return 0;
}

static int64_t soaking(void)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	return history_dossier(&h, R)->rollback_source.seq;
}

static int64_t capability_soaking(void)
{
	history_bring(&h, R, CLASS_CAPABILITY, CHANNEL_EXPERIMENTAL);
	return 0;
}

static int64_t at_gate_to_candidate(void)
{
	history_bring(&h, R, CLASS_CAPABILITY, CHANNEL_EXPERIMENTAL);
	history_fill_experimental(&h, R);
	history_soak(&h, R);
	return 0;
}

static int64_t in_candidate(void)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_CANDIDATE);
	return 0;
}

static int64_t drafted(void)
{
	in_candidate();
	history_fill_candidate(&h, R);
	history_soak(&h, R);
	cr_assert(history_memo_draft(&h, R, MEMO_STABLE, DECISION_GO), "%s", h.err.text);
	return 0;
}

/* The System Owner signs last: his signature wants the time to have passed, the Dev Lead's wants nothing of his. */
static int64_t drafted_and_led(void)
{
	drafted();
	HISTORY_MUST(&h, history_memo_sign(&h, "jane", R, R "/m1", ROLE_DEV_LEAD));
	return 0;
}

static int64_t approved_by_jane(void)
{
	in_dev();
	HISTORY_MUST(&h, history_approve(&h, R, "jane", ROLE_DEV_LEAD, CHANNEL_EXPERIMENTAL));
	return (int64_t)h.count;
}

static int64_t plan_changed(void)
{
	in_dev();
	HISTORY_MUST(&h, history_plan(&h, R, "'acme'", WHEN_WEEK_S, 0, "'No errors'"));
	return history_dossier(&h, R)->plan_source.seq;
}

static int64_t risky(void)
{
	in_dev();
	HISTORY_MUST(&h, history_act(&h, "bob", "risk.accepted", R, NULL, "'risk':'slow','rationale':'seen once'"));
	return 1;
}

static int64_t killed(void)
{
	history_bring(&h, R, CLASS_WORKFLOW, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_kill(&h, "otto", R, "acme"));
	return 0;
}

static int64_t killed_and_approved(void)
{
	killed();
	HISTORY_MUST(&h, history_act(&h, "jane", "switch.approved", R, NULL, "'role':'dev-lead','reason':'mended'"));
	HISTORY_MUST(&h, history_act(&h, "quinn", "switch.approved", R, NULL, "'role':'qa','reason':'mended'"));
	return 0;
}

static int64_t rollback_approved(void)
{
	soaking();
	HISTORY_MUST(&h, history_act(&h, "olga", "rollback.approved", R, NULL, "%s", ""));
	return 0;
}

static int64_t capability_rollback_approved(void)
{
	capability_soaking();
	HISTORY_MUST(&h, history_act(&h, "olga", "rollback.approved", R, NULL, "%s", ""));
	return 0;
}

static int64_t rolling_back(void)
{
	soaking();
	HISTORY_MUST(&h, history_act(&h, "jane", "rollback.started", R, NULL, "'reason':'wrong totals'"));
	return 0;
}

static int64_t steps_done(void)
{
	rolling_back();
	HISTORY_MUST(&h, history_act(&h, "jane", "rollback.step", R, NULL, "'n':1,'state':'done'"));
	HISTORY_MUST(&h, history_act(&h, "jane", "rollback.step", R, NULL, "'n':2,'state':'done'"));
	return 0;
}

static int64_t sev1(void)
{
	soaking();
	(void)history_incident(&h, "otto", R, 1);
	return 0;
}

static int64_t sev3(void)
{
	soaking();
	(void)history_incident(&h, "otto", R, 3);
	return 0;
}

static int64_t capability_sev1(void)
{
	capability_soaking();
	(void)history_incident(&h, "otto", R, 1);
	return 0;
}

/* ---- section 11 of the rules, row by row; in a body @ is that number, % and # are the digests of the next transition ---- */

struct row { const char *kind; role_set who; bool component; const char *tenant; int64_t (*before)(void); const char *body; };

static const struct row table[] = {
	/* import, release new/copy/classify/withdraw, plan edit, memo draft: dev-lead, system-owner (data safety: dev-lead, qa) */
	{ "release.registered", LEAD | OWNER, false, NULL, in_dev, "'class':'ui-only','description':'Another','data_changes':'None'" },
	{ "release.classified", LEAD | OWNER, false, NULL, in_dev, "'class':'workflow'" },
	{ "release.withdrawn", LEAD | OWNER, false, NULL, in_dev, "'reason':'not wanted'" },
	{ "plan.saved", LEAD | OWNER, false, NULL, in_dev, "'class':'ui-only','tenants':['acme']" },
	{ "switch.defined", LEAD | OWNER, false, NULL, in_dev, "'flag':'another','default':'off'" },
	{ "rollback.planned", LEAD | OWNER, false, NULL, in_dev, "'steps':['another']" },
	{ "memo.drafted", LEAD | OWNER, false, NULL, in_candidate,
	  "'memo':'" R "/m1','version':1,'kind':'stable','decision':'no-go','text':'Memo','evidence':'%','system_owner':'bob','open_items':1" },
	/* answer an attested item: dev-lead, qa (CHN-3, KSW-2, KSW-5: dev-lead only) */
	{ "answer.given", LEAD | QA, false, NULL, in_dev, "'rule':'DAT-1','value':'pass'" },
	{ "answer.given", LEAD | QA, false, NULL, in_dev, "'rule':'OBS-0','value':'fail','note':'fewer lines'" },
	{ "answer.given", LEAD, false, NULL, in_dev, "'rule':'CHN-3','value':'pass','evidence':'run 2'" },
	{ "answer.given", LEAD, false, NULL, in_dev, "'rule':'KSW-2','value':'pass'" },
	{ "answer.given", LEAD, false, NULL, in_dev, "'rule':'KSW-5','value':'pass'" },
	/* switch test, rollback rehearse: dev-lead, qa, operator */
	{ "switch.tested", LEAD | QA | OPERATOR, false, NULL, in_dev, "'environment':'dev','result':'pass','definition':@,'note':'audit entry 5'" },
	{ "rollback.rehearsed", LEAD | QA | OPERATOR, false, NULL, soaking, "'result':'pass','plan':@" },
	/* plan approve, clear a hard stop: dev-lead, system-owner */
	{ "plan.approved", LEAD | OWNER, false, NULL, plan_changed, "'plan':@" },
	{ "stop.cleared", LEAD | OWNER, false, NULL, in_dev, "'stop':'HS-4','reason':'looked at again'" },
	/* promote: dev-lead, system-owner, operator */
	{ "release.promoted", LEAD | OWNER | OPERATOR, false, NULL, approved_by_jane, "'from':'dev','to':'experimental','evidence':'%','approvals':[@]" },
	/* incident open, severity up, raise a hard stop, kill, confirm a switch: any role; open and confirm: also components */
	{ "incident.opened", ROLE_ANY, true, NULL, soaking, "'incident':'INC-1','severity':2,'summary':'wrong','cross_tenant':0,'releases':['" R "']" },
	{ "incident.regraded", ROLE_ANY, false, NULL, sev3, "'incident':'INC-1','severity':1,'reason':'worse'" },
	{ "stop.raised", ROLE_ANY, false, NULL, in_dev, "'stop':'HS-2','reason':'seen'" },
	{ "switch.killed", ROLE_ANY, false, NULL, soaking, "'tenants':['*'],'reason':'wrong'" },
	{ "switch.confirmed", ROLE_ANY, true, "acme", soaking, "'state':'on'" },
	{ "switch.observed", 0, true, "acme", soaking, "'state':'on','source':'flagd'" },
	/* what became of a kill or a test where the switch is bound: who killed or tested, and whoever looks */
	{ "switch.written", ROLE_ANY, true, NULL, bound, "'op':'kill','state':'begun','place':'/etc/app.env'" },
	{ "switch.found", ROLE_ANY, true, NULL, bound, "'state':'gone','place':'/etc/app.env'" },
	/* incident resolve: dev-lead, system-owner; SEV-1: system-owner */
	{ "incident.resolved", LEAD | OWNER, false, NULL, sev3, "'incident':'INC-1','resolution':'mended'" },
	{ "incident.resolved", OWNER, false, NULL, sev1, "'incident':'INC-1','resolution':'mended'" },
	/* rollback start: RBK-2 (with a System Owner's approval also dev-lead, operator); step, notify, finish: the rest also operator */
	{ "rollback.started", LEAD | OWNER, false, NULL, soaking, "'reason':'wrong'" },
	{ "rollback.started", LEAD | OWNER | OPERATOR, false, NULL, rollback_approved, "'reason':'wrong'" },
	{ "rollback.started", OWNER, false, NULL, capability_soaking, "'reason':'wrong'" },
	{ "rollback.started", LEAD | OWNER | OPERATOR, false, NULL, capability_rollback_approved, "'reason':'wrong'" },
	{ "rollback.step", LEAD | OWNER | OPERATOR, false, NULL, rolling_back, "'n':1,'state':'done'" },
	{ "rollback.notified", LEAD | OWNER | OPERATOR, false, NULL, rolling_back, "'people':['bob']" },
	{ "rollback.finished", LEAD | OWNER | OPERATOR, false, NULL, steps_done, "'verification':'pass','note':'seen'" },
	/* approve, switch approve, memo sign: the role asked for, held by the signer (memo: named in it) */
	{ "approval.given", LEAD, false, NULL, in_dev,
	  "'to':'experimental','role':'dev-lead','evidence':'%','class_evidence':'#','policy':'standard','class_only':0" },
	{ "approval.given", QA, false, NULL, at_gate_to_candidate,
	  "'to':'candidate','role':'qa','evidence':'%','class_evidence':'#','policy':'standard','class_only':0" },
	{ "approval.given", OWNER, false, NULL, at_gate_to_candidate,
	  "'to':'candidate','role':'system-owner','evidence':'%','class_evidence':'#','policy':'standard','class_only':0" },
	{ "switch.approved", LEAD, false, NULL, killed, "'role':'dev-lead','reason':'mended'" },
	{ "switch.approved", QA, false, NULL, killed, "'role':'qa','reason':'mended'" },
	{ "memo.signed", LEAD, false, NULL, drafted, "'memo':'" R "/m1','role':'dev-lead'" },
	{ "memo.signed", OWNER, false, NULL, drafted_and_led, "'memo':'" R "/m1','role':'system-owner'" },
	/* switch restore (approvals complete): dev-lead, system-owner, operator */
	{ "switch.restored", LEAD | OWNER | OPERATOR, false, NULL, killed_and_approved, "'tenants':['acme'],'reason':'mended','approvals':[]" },
	/* switch bind: dev-lead, operator */
	{ "switch.bound", LEAD | OPERATOR, false, NULL, workflow_in_dev, "'provider':'manual','place':'console'" },
	/* incident evaluate: who has rollback authority (RBK-2) */
	{ "incident.evaluated", LEAD | OWNER, false, NULL, sev1, "'decision':'resume','rationale':'weighed'" },
	{ "incident.evaluated", OWNER, false, NULL, capability_sev1, "'decision':'resume','rationale':'weighed'" },
	/* incident severity down, rollback approve: system-owner */
	{ "incident.regraded", OWNER, false, NULL, sev1, "'incident':'INC-1','severity':2,'reason':'not so bad'" },
	{ "rollback.approved", OWNER, false, NULL, soaking, "" },
	/* withdraw an approval: its giver, who is jane */
	{ "approval.withdrawn", LEAD, false, NULL, approved_by_jane, "'approval':@,'reason':'second thoughts'" },
	/* tenants, consent, track: system-owner, dev-lead, operator */
	{ "tenant.added", OWNER | LEAD | OPERATOR, false, "cedar", NULL, "'name':'Cedar','kind':'production','track':'standard'" },
	{ "tenant.consent", OWNER | LEAD | OPERATOR, false, "birch", NULL, "'op':'given','method':'mail'" },
	{ "tenant.opted_out", OWNER | LEAD | OPERATOR, false, "birch", NULL, "'channel':'experimental'" },
	{ "tenant.tracked", OWNER | LEAD | OPERATOR, false, "birch", NULL, "'track':'stable-only'" },
	/* accept a risk or withdraw the acceptance; people, components, roles, keys, policy: system-owner */
	{ "risk.accepted", OWNER, false, NULL, in_dev, "'risk':'slow','rationale':'seen once'" },
	{ "risk.withdrawn", OWNER, false, NULL, risky, "'risk':@,'reason':'mended'" },
	{ "person.added", OWNER, false, NULL, NULL, "'person':'nina','name':'Nina Low','roles':['qa'],'key':'ssh-ed25519 nina'" },
	{ "component.added", OWNER, false, NULL, NULL, "'component':'deployer','key':'ssh-ed25519 deployer'" },
	{ "person.role", OWNER, false, NULL, NULL, "'person':'otto','role':'qa','op':'grant'" },
	{ "person.key", OWNER, false, NULL, NULL, "'person':'otto','key':'ssh-ed25519 fresh','op':'add'" },
	{ "policy.adopted", OWNER, false, NULL, NULL, "'text':'name \\\"strict\\\"\\n','name':'strict'" },
	/* Whoever acts says what the clock did. */
	{ "clock.jumped", ROLE_ANY, true, NULL, NULL, "'by_s':900,'boot':'4df7f3ca'" },
	{ "ledger.restored", OWNER, false, NULL, NULL, "'size':1,'head':'" ZEROS "','reason':'disk lost'" },
	/* A ledger is opened once, by nobody after that. */
	{ "ledger.opened", 0, false, NULL, NULL, "'ledger':'a','person':'otto','name':'Otto Loe','key':'ssh-ed25519 otto','demo':0" },
};
enum { ROWS = sizeof table / sizeof *table };

static const struct { const char *person; role_set role; bool component; } actors[] = {
	{ "jane", LEAD, false }, { "quinn", QA, false }, { "bob", OWNER, false }, { "otto", OPERATOR, false }, { "nell", 0, false }, { "probe", 0, true },
};

/* The body as JSON, with what only the record knows in place of its signs. */
static const char *body_of(const struct row *row, int64_t number)
{
	struct buf text = BUF_EMPTY;
	char hex[DIGEST_HEX_MAX];
	const char *body;

	buf_printf(&text, "{\"v\":1%s", *row->body ? "," : "");
	for (const char *c = row->body; *c; c++) {
		if (*c == '@')
			buf_printf(&text, "%lld", (long long)number);
		else if (*c == '%')
			buf_str(&text, digest_hex(&history_judge(&h, R, CHANNEL_NONE)->evidence, hex));
		else if (*c == '#')
			buf_str(&text, digest_hex(&history_judge(&h, R, CHANNEL_NONE)->class_evidence, hex));
		else
			buf_char(&text, *c == '\'' ? '"' : *c);
	}
	buf_char(&text, '}');
	body = arena_str(&h.arena, buf_text(&text));
	buf_release(&text);
	return body;
}

/* Asks without recording, so that the next one is asked in the same place. */
static enum err_kind ask(const struct row *row, const char *person, const char *body)
{
	const struct fact_kind *kind = kind_find(row->kind);
	const bool is_of_release = kind->scope == SCOPE_RELEASE || kind->scope == SCOPE_ANY;
	const struct dossier *d = history_dossier(&h, is_of_release ? R : NULL);
	struct json_object fields;
	const struct permit_in in = { .dossier = d, .policy = &h.policy, .actor = registry_person(&d->registry, person), .now = h.now,
				      .tenant = row->tenant ? row->tenant : "*", .release = is_of_release ? R : "-", .body = &fields, .kind = kind,
				      .arena = &h.judging };

	cr_assert_eq(kind_body(kind, body, strlen(body), &h.judging, &fields, &h.err), ERR_NONE, "%s: %s", row->kind, h.err.text);
	return authority_permits(&in, &h.already, &h.err);
}

static void try_row(const struct row *row)
{
	const char *body = body_of(row, row->before ? row->before() : 0);

	for (size_t i = 0; i < sizeof actors / sizeof *actors; i++) {
		const bool may = actors[i].component ? row->component : (row->who & actors[i].role) != 0;
		enum err_kind said;

		h.err = (struct err){ 0 };
		said = ask(row, actors[i].person, body);
		if (may)
			cr_assert(said == ERR_NONE && !h.already, "%s %s by %s is to be permitted: %s", row->kind, body, actors[i].person, h.err.text);
		else
			cr_assert(said == ERR_REFUSED && *h.err.text && !h.already, "%s %s by %s is to be refused: %d %s", row->kind, body, actors[i].person,
				  (int)said, h.err.text);
	}
}

Test(roles, section_11_row_by_row)
{
	close_history();
	for (size_t i = 0; i < ROWS; i++) {
		open_history();
		try_row(&table[i]);
		close_history();
	}
	open_history();
}

/* Whatever is asked in whatever state gets an answer, and every refusal its sentence. */
static void try_everything(int64_t number)
{
	for (size_t i = 0; i < ROWS; i++) {
		const char *body = body_of(&table[i], number);

		for (size_t k = 0; k < sizeof actors / sizeof *actors; k++) {
			enum err_kind said;

			h.err = (struct err){ 0 };
			said = ask(&table[i], actors[k].person, body);
			cr_assert(said == ERR_NONE ? !*h.err.text : *h.err.text && (said == ERR_REFUSED || said == ERR_USAGE || said == ERR_MISSING || said == ERR_BUSY),
				  "%s %s by %s: %d %s", table[i].kind, body, actors[k].person, (int)said, h.err.text);
		}
	}
}

Test(roles, every_act_is_answered_in_every_state)
{
	close_history();
	for (size_t i = 0; i < ROWS; i++) {
		if (i && table[i].before == table[i - 1].before)
			continue;
		open_history();
		try_everything(table[i].before ? table[i].before() : 0);
		close_history();
	}
	open_history();
}

Test(roles, every_kind_of_fact_has_its_row)
{
	for (size_t i = 0; i < kind_count; i++) {
		bool is_there = false;

		for (size_t k = 0; k < ROWS; k++)
			is_there |= strcmp(table[k].kind, kinds[i].name) == 0;
		cr_assert(is_there, "%s has no row: say who may record it", kinds[i].name);
	}
	for (size_t k = 0; k < ROWS; k++)
		cr_assert(kind_find(table[k].kind), "%s is no kind", table[k].kind);
}

/* ATT-1: components record, and never decide. */
Test(roles, att1_components_record_incidents_switches_and_the_clock_alone)
{
	static const char *const records[] = { "incident.opened", "switch.confirmed", "switch.observed", "switch.written", "switch.found", "clock.jumped" };

	for (size_t i = 0; i < kind_count; i++) {
		bool is_named = false;

		for (size_t k = 0; k < sizeof records / sizeof *records; k++)
			is_named |= strcmp(records[k], kinds[i].name) == 0;
		cr_assert_eq(kinds[i].component, is_named, "%s", kinds[i].name);
	}
	HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "bob", "person.role", NULL, NULL, "'person':'probe','role':'qa','op':'grant'"), "ATT-1");
}

Test(roles, att1_who_is_not_enrolled_changes_nothing)
{
	const size_t before = h.count;

	for (size_t i = 0; i < ROWS; i++) {
		const struct fact_kind *kind = kind_find(table[i].kind);
		const struct dossier *d = history_dossier(&h, NULL);

		cr_assert_eq(authority_may(d, NULL, kind, &h.err), ERR_REFUSED, "%s", kind->name);
	}
	HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "stranger", "tenant.tracked", NULL, "birch", "'track':'stable-only'"), "not enrolled");
	cr_assert_eq(h.count, before, "nothing was recorded");
}

/* A fact of somebody unknown, however it came into the ledger, is not read as one. */
Test(roles, att1_a_fact_of_an_unknown_actor_does_not_hold)
{
	struct fact fact = { .seq = (int64_t)h.count + 1, .at = h.now, .actor = "stranger", .origin = "test:1000", .tenant = "birch", .release = "-",
			     .kind = "tenant.tracked", .action = "00000000000000000000000000009999", .body = "{\"v\":1,\"track\":\"stable-only\"}", .sig = "" };
	struct dossier d;

	dossier_begin(&d, &h.arena, "-");
	fact.prev = h.facts[h.count - 1].hash;
	cr_assert_eq(fact_hash(&fact, &fact.hash, &h.err), ERR_NONE);
	cr_assert_eq(dossier_fold(&d, &fact, NULL, &h.err), ERR_INTEGRITY);
	cr_assert(strstr(h.err.text, "not enrolled"), "%s", h.err.text);
}

Test(roles, att2_every_entry_carries_tenant_and_release)
{
	bool has_all = false, has_none = false, has_tenant = false;

	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(&h, history_kill(&h, "otto", R, "acme"));
	for (size_t i = 0; i < h.count; i++) {
		cr_assert(*h.facts[i].tenant && *h.facts[i].release, "fact %zu", i + 1);
		has_all |= strcmp(h.facts[i].tenant, "*") == 0;
		has_none |= strcmp(h.facts[i].release, "-") == 0;
		has_tenant |= strcmp(h.facts[i].kind, "switch.killed") == 0 && strcmp(h.facts[i].tenant, "acme") == 0;
	}
	cr_assert(has_all && has_none && has_tenant);
}

/* Section 11: an approval is taken back by its giver, whatever role he holds by then. */
Test(roles, an_approval_is_withdrawn_by_its_giver_without_a_role_too)
{
	int64_t given;

	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_DEV);
	HISTORY_MUST(&h, history_approve(&h, R, "jane", ROLE_DEV_LEAD, CHANNEL_EXPERIMENTAL));
	given = (int64_t)h.count;
	HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "dirk", "approval.withdrawn", R, NULL, "'approval':%lld,'reason':'no'", (long long)given), "giver");
	HISTORY_MUST(&h, history_act(&h, "bob", "person.role", NULL, NULL, "'person':'jane','role':'dev-lead','op':'revoke'"));
	HISTORY_MUST(&h, history_withdraw_approval(&h, R, "jane"));
	cr_assert(!h.already);
}

/* I-16: usage, then existence, then roles. */
Test(roles, order_of_refusal)
{
	history_bring(&h, R, CLASS_UI_ONLY, CHANNEL_EXPERIMENTAL);
	HISTORY_REFUSED(&h, ERR_USAGE, history_act(&h, "quinn", "switch.restored", "R-9", NULL, "'tenants':[],'reason':'r','approvals':[]"), "--tenant");
	HISTORY_REFUSED(&h, ERR_MISSING, history_act(&h, "quinn", "switch.restored", "R-9", NULL, "'tenants':['*'],'reason':'r','approvals':[]"), "R-9");
	HISTORY_REFUSED(&h, ERR_REFUSED, history_act(&h, "quinn", "switch.restored", R, NULL, "'tenants':['*'],'reason':'r','approvals':[]"), "section 11");
	HISTORY_REFUSED(&h, ERR_MISSING, history_act(&h, "quinn", "incident.resolved", NULL, NULL, "'incident':'INC-9','resolution':'r'"), "INC-9");
	HISTORY_REFUSED(&h, ERR_MISSING, history_act(&h, "quinn", "person.role", NULL, NULL, "'person':'nina','role':'qa','op':'grant'"), "nina");
	HISTORY_REFUSED(&h, ERR_MISSING, history_act(&h, "bob", "release.withdrawn", "R-9", NULL, "'reason':'r'"), "R-9");
	/* A tenant's act names one. */
	HISTORY_REFUSED(&h, ERR_MISSING, history_act(&h, "bob", "tenant.consent", NULL, "*", "'op':'given','method':'mail'"), "no tenant *");
	HISTORY_REFUSED(&h, ERR_MISSING, history_act(&h, "bob", "tenant.opted_out", NULL, "*", "'channel':'experimental'"), "no tenant *");
	HISTORY_REFUSED(&h, ERR_MISSING, history_act(&h, "bob", "tenant.tracked", NULL, "*", "'track':'standard'"), "no tenant *");
}
