#include <config.h>

#include <string.h>

#include <gonogo/core/authority.h>
#include <gonogo/core/checklist.h>
#include <gonogo/core/evidence.h>
#include <gonogo/core/soak.h>

#include "history.h"

enum err_kind history_answer(struct history *h, const char *person, const char *release, const char *rule, const char *value)
{
	const char *text = rule_question(history_dossier(h, release), rule);
	char hex[DIGEST_HEX_MAX];
	struct digest question;

	if (strncmp(rule, "PLN-4.", 6) != 0 || !text)
		return history_act(h, person, "answer.given", release, NULL, "'rule':'%s','value':'%s','note':'seen in run 4812','evidence':'run 4812'", rule,
				   value);
	cr_assert_eq(dossier_question(text, &question, &h->err), ERR_NONE, "%s", h->err.text);
	return history_act(h, person, "answer.given", release, NULL, "'rule':'%s','value':'%s','note':'seen in the dashboards','question':'%s'", rule, value,
			   digest_hex(&question, hex));
}

enum err_kind history_clear(struct history *h, const char *person, const char *release, const char *stop)
{
	return history_act(h, person, "stop.cleared", release, NULL, "'stop':'%s','reason':'looked at and found in order'", stop);
}

enum err_kind history_raise(struct history *h, const char *person, const char *release, const char *stop)
{
	return history_act(h, person, "stop.raised", release, NULL, "'stop':'%s','reason':'seen in a trace'", stop);
}

enum err_kind history_kill(struct history *h, const char *person, const char *release, const char *tenant)
{
	return history_act(h, person, "switch.killed", release, tenant, "'tenants':['%s'],'reason':'wrong totals'", tenant);
}

const char *history_incident(struct history *h, const char *person, const char *release, int severity)
{
	const char *id = arena_printf(&h->arena, "INC-%lld", (long long)++h->incidents);

	HISTORY_MUST(h, history_act(h, person, "incident.opened", release, NULL,
				    "'incident':'%s','severity':%d,'summary':'wrong totals','cross_tenant':0,'releases':['%s']", id, severity, release));
	return id;
}

enum err_kind history_resolve(struct history *h, const char *person, const char *release, const char *incident)
{
	return history_act(h, person, "incident.resolved", release, NULL, "'incident':'%s','resolution':'mended'", incident);
}

enum err_kind history_regrade(struct history *h, const char *person, const char *release, const char *incident, int severity)
{
	return history_act(h, person, "incident.regraded", release, NULL, "'incident':'%s','severity':%d,'reason':'seen again'", incident, severity);
}

enum err_kind history_evaluate(struct history *h, const char *person, const char *release, const char *decision)
{
	return history_act(h, person, "incident.evaluated", release, NULL, "'decision':'%s','rationale':'looked into it'", decision);
}

enum err_kind history_restore(struct history *h, const char *release, const char *tenant)
{
	const struct dossier *d;
	enum err_kind failed = history_act(h, "jane", "switch.approved", release, NULL, "'role':'dev-lead','reason':'mended'");

	if (failed)
		return failed;
	d = history_dossier(h, release);
	return history_act(h, "jane", "switch.restored", release, tenant, "'tenants':['%s'],'reason':'mended','approvals':[%lld]", tenant,
			   (long long)d->restore_approvals[d->restore_approval_count - 1].source.seq);
}

enum err_kind history_approve(struct history *h, const char *release, const char *person, enum role role, enum channel to)
{
	const struct verdict *verdict = history_judge(h, release, to);
	char evidence[DIGEST_HEX_MAX], class_evidence[DIGEST_HEX_MAX];

	digest_hex(&verdict->evidence, evidence);
	digest_hex(&verdict->class_evidence, class_evidence);
	return history_act(h, person, "approval.given", release, NULL,
			   "'to':'%s','role':'%s','evidence':'%s','class_evidence':'%s','policy':'standard','class_only':%d",
			   words_word(words_channel, (int)verdict->to), words_word(words_role, (int)role), evidence, class_evidence,
			   authority_is_class_only(&h->dossier, &h->policy, verdict->to, (role_set)role));
}

enum err_kind history_withdraw_approval(struct history *h, const char *release, const char *person)
{
	const struct dossier *d = history_dossier(h, release);
	int64_t newest = 0;

	for (size_t i = 0; i < d->approval_count; i++)
		if (!d->approvals[i].is_withdrawn && !d->approvals[i].is_consumed && strcmp(d->approvals[i].person, person) == 0)
			newest = d->approvals[i].source.seq;
	return history_act(h, person, "approval.withdrawn", release, NULL, "'approval':%lld,'reason':'second thoughts'", (long long)newest);
}

static bool rests_on(const struct approval *approval, const struct verdict *verdict)
{
	return !approval->is_withdrawn && !approval->is_consumed && approval->to == verdict->to && !approval->is_class_only &&
	       digest_equal(&approval->evidence, &verdict->evidence);
}

enum err_kind history_promote(struct history *h, const char *person, const char *release, enum channel to)
{
	const struct verdict *verdict = history_judge(h, release, to);
	const struct dossier *d = &h->dossier;
	const struct memo_entry *memo = verdict->to == CHANNEL_STABLE ? dossier_issued(d, MEMO_STABLE) : NULL;
	const char *seqs = "", *last = "";
	char evidence[DIGEST_HEX_MAX];

	for (size_t i = 0; i < d->approval_count; i++)
		if (rests_on(&d->approvals[i], verdict))
			seqs = arena_printf(&h->arena, "%s%s%lld", seqs, *seqs ? "," : "", (long long)d->approvals[i].source.seq);
	if (memo)
		last = arena_printf(&h->arena, ",'memo':'%s'", memo->id);
	if (verdict->to == CHANNEL_STABLE && d->manifest.supersedes)
		last = arena_printf(&h->arena, "%s,'supersedes':'%s'", last, d->manifest.supersedes);
	return history_act(h, person, "release.promoted", release, NULL, "'from':'%s','to':'%s','evidence':'%s','approvals':[%s]%s",
			   words_word(words_channel, (int)verdict->from), words_word(words_channel, (int)verdict->to),
			   digest_hex(&verdict->evidence, evidence), seqs, last);
}

const char *history_memo_draft(struct history *h, const char *release, enum memo_kind kind, enum decision decision)
{
	const struct dossier *d = history_dossier(h, release);
	const char *id = arena_printf(&h->arena, "%s/m%zu", release, d->memo_count + 1);
	const bool needs_lead = kind == MEMO_STABLE && decision == DECISION_GO;
	struct evidence evidence;
	struct checklist checklist;
	char hex[DIGEST_HEX_MAX];
	int64_t version = 1;
	enum err_kind failed = kind == MEMO_MECHANISM ? evidence_of_mechanism(d, &h->judging, &evidence, &h->err)
						      : evidence_of(d, CHANNEL_STABLE, &h->judging, &evidence, &h->err);

	if (!failed)
		failed = checklist_of(d, &h->policy, kind, h->now, &h->judging, &checklist, &h->err);
	cr_assert_eq(failed, ERR_NONE, "%s", h->err.text);
	for (size_t i = 0; i < d->memo_count; i++)
		version += d->memos[i].kind == kind;
	failed = history_act(h, "jane", "memo.drafted", release, NULL,
			     "'memo':'%s','version':%lld,'kind':'%s','decision':'%s','text':'Memo of %s','evidence':'%s','system_owner':'bob'%s,'open_items':%d",
			     id, (long long)version, words_word(words_memo_kind, (int)kind), words_word(words_decision, (int)decision), release,
			     digest_hex(&evidence.digest, hex), needs_lead ? ",'dev_lead':'jane'" : "", !checklist.is_complete);
	return failed ? NULL : id;
}

enum err_kind history_memo_sign(struct history *h, const char *person, const char *release, const char *memo, enum role role)
{
	return history_act(h, person, "memo.signed", release, NULL, "'memo':'%s','role':'%s'", memo, words_word(words_role, (int)role));
}

enum err_kind history_plan(struct history *h, const char *release, const char *tenants, int64_t min_s, int64_t max_s, const char *criteria)
{
	const struct dossier *d = history_dossier(h, release);
	const char *longest = max_s ? arena_printf(&h->arena, ",'max_s':%lld", (long long)max_s) : "";
	char day[WHEN_TEXT_MAX];

	return history_act(h, "jane", "plan.saved", release, NULL,
			   "'class':'%s','tenants':[%s],'opt_in':'mail','start':'%sT00:00:00Z','min_s':%lld%s,'criteria':[%s],'owner':'Jane Doe, Dev Lead'",
			   words_word(words_class, (int)d->class), tenants, when_date(h->now, day), (long long)min_s, longest, criteria);
}

void history_register(struct history *h, const char *release, enum release_class class)
{
	HISTORY_MUST(h, history_act(h, "jane", "release.registered", release, NULL,
				    "'class':'%s','description':'A filter','files':['src/filter.c'],'data_changes':'None',"
				    "'kill_switch':'Feature flag filter_kill (default: off)','flag':'filter (default: false)','revert':'4f2a91c'",
				    words_word(words_class, (int)class)));
}

static void plan_approve(struct history *h, const char *release)
{
	const struct dossier *d = history_dossier(h, release);

	HISTORY_MUST(h, history_act(h, "jane", "plan.approved", release, NULL, "'plan':%lld", (long long)d->plan_source.seq));
}

void history_fill_dev(struct history *h, const char *release)
{
	static const char *const leads[] = { "CHN-3", "KSW-2", "KSW-5", "OBS-4", "ATT-6" };

	HISTORY_MUST(h, history_plan(h, release, "'SBNC-dev','SBNC-staging','acme'", WHEN_WEEK_S, 0, "'Error rate below 1 percent','No ticket of acme'"));
	plan_approve(h, release);
	HISTORY_MUST(h, history_act(h, "jane", "switch.defined", release, NULL,
				    "'flag':'filter_kill','default':'off','enabled_for':'SBNC-dev','activation':'flag console'"));
	HISTORY_MUST(h, history_act(h, "otto", "switch.tested", release, NULL,
				    "'environment':'dev','result':'pass','definition':%lld,'note':'off in 40 s; audit entry 4411'",
				    (long long)history_dossier(h, release)->definition_source.seq));
	HISTORY_MUST(h, history_act(h, "jane", "rollback.planned", release, NULL,
				    "'triggers':['any SEV-1'],'steps':['switch it off','revert'],'checks':['totals agree'],'communication':['mail to acme'],"
				    "'recovery':'backup 17','restore':'restore run 8, 2025-01-05, pass','owner':'Jane Doe'"));
	for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
		HISTORY_MUST(h, history_answer(h, "jane", release, leads[i], "pass"));
	HISTORY_MUST(h, history_clear(h, "jane", release, "HS-4"));
	HISTORY_MUST(h, history_clear(h, "jane", release, "HS-5"));
}

void history_fill_experimental(struct history *h, const char *release)
{
	static const char *const asked[] = { "CHN-4", "PLN-4.1", "PLN-4.2", "DAT-1", "DAT-2", "DAT-3", "DAT-4", "DAT-5", "DAT-6", "DAT-7", "OBS-0",
					     "OBS-1", "OBS-2", "OBS-3", "OBS-5", "OBV-1", "OBV-2", "OBV-3", "OBV-4", "ATT-3", "ATT-4", "ATT-5" };
	const char *memo;

	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
		HISTORY_MUST(h, history_answer(h, "quinn", release, asked[i], "pass"));
	if (history_dossier(h, release)->class != CLASS_MECHANISM)
		return;
	HISTORY_MUST(h, history_act(h, "bob", "risk.accepted", release, NULL, "'risk':'slow first query','rationale':'seen only after a restart'"));
	memo = history_memo_draft(h, release, MEMO_MECHANISM, DECISION_GO);
	cr_assert(memo, "%s", h->err.text);
	HISTORY_MUST(h, history_memo_sign(h, "bob", release, memo, ROLE_SYSTEM_OWNER));
}

void history_fill_candidate(struct history *h, const char *release)
{
	HISTORY_MUST(h, history_answer(h, "quinn", release, "CHN-5", "pass"));
	HISTORY_MUST(h, history_act(h, "otto", "rollback.rehearsed", release, NULL, "'result':'pass','plan':%lld",
				    (long long)history_dossier(h, release)->rollback_source.seq));
}

void history_approve_all(struct history *h, const char *release, enum channel to)
{
	HISTORY_MUST(h, history_approve(h, release, "jane", ROLE_DEV_LEAD, to));
	if (to != CHANNEL_CANDIDATE)
		return;
	HISTORY_MUST(h, history_approve(h, release, "quinn", ROLE_QA, to));
	if (authority_class_roles(history_dossier(h, release)->class) & ROLE_SYSTEM_OWNER)
		HISTORY_MUST(h, history_approve(h, release, "bob", ROLE_SYSTEM_OWNER, to));
}

void history_sign_go(struct history *h, const char *release)
{
	const char *memo = history_memo_draft(h, release, MEMO_STABLE, DECISION_GO);

	cr_assert(memo, "%s", h->err.text);
	HISTORY_MUST(h, history_memo_sign(h, "jane", release, memo, ROLE_DEV_LEAD));
	HISTORY_MUST(h, history_memo_sign(h, "bob", release, memo, ROLE_SYSTEM_OWNER));
}

void history_soak(struct history *h, const char *release)
{
	const struct dossier *d = history_dossier(h, release);
	struct soak soak;

	soak_of(d, &h->policy, dossier_channel(d), h->now, &soak);
	if (soak.opens > h->now)
		h->now = soak.opens;
}

void history_bring(struct history *h, const char *release, enum release_class class, enum channel channel)
{
	history_register(h, release, class);
	history_fill_dev(h, release);
	if (channel < CHANNEL_EXPERIMENTAL)
		return;
	history_approve_all(h, release, CHANNEL_EXPERIMENTAL);
	HISTORY_MUST(h, history_promote(h, "jane", release, CHANNEL_EXPERIMENTAL));
	if (channel < CHANNEL_CANDIDATE)
		return;
	history_fill_experimental(h, release);
	history_soak(h, release);
	history_approve_all(h, release, CHANNEL_CANDIDATE);
	HISTORY_MUST(h, history_promote(h, "jane", release, CHANNEL_CANDIDATE));
	if (channel < CHANNEL_STABLE)
		return;
	history_fill_candidate(h, release);
	history_soak(h, release);
	history_sign_go(h, release);
	HISTORY_MUST(h, history_promote(h, "otto", release, CHANNEL_STABLE));
}
