#include <config.h>

#include <string.h>

#include <gonogo/app/memos.h>
#include <gonogo/app/sentence.h>
#include <gonogo/app/uses.h>
#include <gonogo/core/checklist.h>
#include <gonogo/core/evidence.h>
#include <gonogo/doc/memo.h>

/* Who is to sign, fixed at the draft because the names stand inside the signed bytes. */
struct signers { const struct person *owner, *lead; };

static enum err_kind named_signer(const struct registry *registry, const char *id, enum role role, const char *option,
				  const struct person **out, struct err *err)
{
	*out = registry_person(registry, id);
	if (!*out || (*out)->is_component)
		return err_set(err, ERR_MISSING, "Nobody is enrolled as %s (%s). See gonogo person list.", id, option);
	if (!((*out)->roles & role))
		return err_set(err, ERR_REFUSED, "%s does not hold the role %s, and only a holder can sign for it (APR-3). Name another with %s.", id,
			       words_title(words_role, (int)role), option);
	return ERR_NONE;
}

/* The drafter in a role held, else the only holder, else the owner of the plan: more than one choice is the drafter's to make. */
const struct person *memos_signer(const struct record *record, enum role role, const struct person *other)
{
	const struct registry *registry = &record->dossier.registry;
	const struct person *holders[3], *left[3];
	struct arena arena;
	const struct person *owner = NULL;
	const char *name;
	size_t count = registry_holders(registry, (role_set)role, holders, 3), n = 0;

	if (record->me && (record->me->roles & role) && record->me != other)
		return record->me;
	for (size_t i = 0; i < count && i < 3; i++)
		if (holders[i] != other)
			left[n++] = holders[i];
	if (n == 1 && count <= 3)
		return left[0];
	arena_init(&arena, 0);
	name = paper_owner_name(record->dossier.plan.owner, &arena);
	if (name)
		owner = registry_named(registry, name);
	arena_release(&arena);
	return owner && owner != other && (owner->roles & role) ? owner : NULL;
}

static enum err_kind choose_signers(const struct record *record, const struct memo_draft *draft, struct signers *out, struct err *err)
{
	const struct registry *registry = &record->dossier.registry;
	const bool needs_lead = draft->kind == MEMO_STABLE && draft->decision == DECISION_GO;
	enum err_kind failed;

	*out = (struct signers){ 0 };
	if (draft->dev_lead && needs_lead) {
		failed = named_signer(registry, draft->dev_lead, ROLE_DEV_LEAD, "--dev-lead", &out->lead, err);
		if (failed)
			return failed;
	}
	if (draft->system_owner) {
		failed = named_signer(registry, draft->system_owner, ROLE_SYSTEM_OWNER, "--system-owner", &out->owner, err);
		if (failed)
			return failed;
	} else {
		out->owner = memos_signer(record, ROLE_SYSTEM_OWNER, out->lead);
	}
	if (!out->owner)
		return err_missing_option(err, "--system-owner PERSON", "More than one person could sign as System Owner, or none: say who is to.");
	if (needs_lead && !out->lead)
		out->lead = memos_signer(record, ROLE_DEV_LEAD, out->owner);
	if (needs_lead && !out->lead)
		return err_missing_option(err, "--dev-lead PERSON", "More than one person could sign as Dev Lead, or none: say who is to.");
	if (out->owner == out->lead)
		return err_set(err, ERR_REFUSED, "%s cannot sign in both roles: a memo is signed by distinct persons (I-5). Name two.", out->owner->id);
	return ERR_NONE;
}

static enum err_kind refuse_none(const struct dossier *d, struct err *err)
{
	struct buf risks = BUF_EMPTY;
	enum err_kind failed;

	for (size_t i = 0; i < d->risk_count; i++)
		if (!d->risks[i].is_withdrawn)
			buf_printf(&risks, "\n  %lld: %s", (long long)d->risks[i].number, d->risks[i].risk);
	failed = buf_check(&risks, err);
	if (!failed)
		failed = err_set(err, ERR_REFUSED, "Accepted risks are on record, so \"None\" would be untrue (MEM-4):%s\nDo not say None (--no-risks), or withdraw "
				 "them first: gonogo accept-risk %s --withdraw N --reason TEXT.", buf_text(&risks), d->release);
	buf_release(&risks);
	return failed;
}

/* What a NO-GO can never do without, and a GO has no section for, is usage, and asked for before the records are opened (I-16). */
static enum err_kind check_no_go(const struct memo_draft *draft, struct err *err)
{
	enum err_kind failed;

	if (draft->decision == DECISION_GO && text_is_blank(draft->rationale) && text_is_blank(draft->remediation))
		return ERR_NONE;
	if (draft->decision == DECISION_GO)
		return err_missing_option(err, "--note TEXT", "A rationale and a remediation plan are a NO-GO's (MEM-3); what a GO has to say stands in its notes.");
	failed = sentence_check(TEXT_LONG, "the rationale (MEM-3)", draft->rationale, "--rationale TEXT", err);
	return failed ? failed : sentence_check(TEXT_LONG, "the remediation plan (MEM-3)", draft->remediation, "--remediation TEXT", err);
}

static enum err_kind check_words(const struct dossier *d, const struct memo_draft *draft, struct err *err)
{
	const struct memo_entry *newest = dossier_issued(d, draft->kind);
	const char *note = draft->decision == DECISION_GO && newest && newest->decision == DECISION_NO_GO ? "--note TEXT: what became of the remediation (MEM-3)"
													      : NULL;
	enum err_kind failed = sentence_check(TEXT_LONG, "the note", draft->note, note, err);

	if (failed)
		return failed;
	if (draft->no_risks && dossier_open_risks(d))
		return refuse_none(d, err);
	if (!draft->no_risks && !dossier_open_risks(d))
		return err_missing_option(err, "--no-risks", "No risk is accepted, and \"None\" is an explicit answer (MEM-4): say None, or accept a risk first.");
	return ERR_NONE;
}

static enum err_kind collect_risks(const struct dossier *d, struct arena *arena, struct memo *memo, struct err *err)
{
	struct memo_risk *risks = arena_array(arena, d->risk_count + 1, sizeof *risks);

	if (!risks)
		return err_memory(err);
	for (size_t i = 0; i < d->risk_count; i++)
		if (!d->risks[i].is_withdrawn)
			risks[memo->risk_count++] = (struct memo_risk){ d->risks[i].risk, d->risks[i].rationale };
	memo->risks = risks;
	return ERR_NONE;
}

/* The lines of the note, and last the record: so the memo's own signature witnesses the ledger up to here. */
static enum err_kind collect_notes(const struct session *s, const struct record *record, const char *note, const struct digest *evidence,
				   struct arena *arena, struct memo *memo, struct err *err)
{
	const struct registry *registry = &record->dossier.registry;
	char head[DIGEST_HEX_MAX], digest[DIGEST_HEX_MAX];
	size_t count = 1, n = 0;
	const char **lines;
	char *copy = arena_str(arena, note ? note : "");

	for (const char *c = copy; c && *c; c++)
		count += *c == '\n';
	lines = arena_array(arena, count + registry->jump_count + 2, sizeof *lines);
	if (!copy || !lines)
		return err_memory(err);
	for (char *line = copy; line && *line; ) {
		char *end = strchr(line, '\n');

		if (end)
			*end = '\0';
		if (!text_is_blank(line))
			lines[n++] = line;
		line = end ? end + 1 : NULL;
	}
	/* A memo that leaves a practice ledger says so wherever it is read. */
	if (s->is_demo)
		lines[n++] = "Practice: made in a practice ledger, for nobody's release.";
	for (size_t i = 0; i < registry->jump_count; i++) {
		if (registry->jumps[i].source.seq < record->dossier.registered.seq)
			continue;
		lines[n] = dossier_jump_told(&registry->jumps[i], arena);
		if (!lines[n++])
			return err_memory(err);
	}
	lines[n] = arena_printf(arena, "Record: %s %lld %s evidence %s", s->ledger, (long long)record->size, digest_hex(&record->head, head),
				digest_hex(evidence, digest));
	if (!lines[n++])
		return err_memory(err);
	memo->notes = (struct texts){ lines, n };
	return ERR_NONE;
}

static enum err_kind collect_approvers(const struct signers *signers, struct arena *arena, struct memo *memo, struct err *err)
{
	struct memo_signer *approvers = arena_array(arena, 2, sizeof *approvers);

	if (!approvers)
		return err_memory(err);
	if (signers->lead)
		approvers[memo->approver_count++] = (struct memo_signer){ signers->lead->name, ROLE_DEV_LEAD, memo->date };
	approvers[memo->approver_count++] = (struct memo_signer){ signers->owner->name, ROLE_SYSTEM_OWNER, memo->date };
	memo->approvers = approvers;
	return ERR_NONE;
}

static int64_t next_version(const struct dossier *d, enum memo_kind kind)
{
	int64_t version = 1;

	for (size_t i = 0; i < d->memo_count; i++)
		version += d->memos[i].kind == kind;
	return version;
}

static enum err_kind write_draft(struct act *act, const struct record *record, const struct memo_draft *draft, const struct memo *memo,
				 const struct signers *signers, const struct digest *evidence, bool has_open_items, struct err *err)
{
	const struct dossier *d = &record->dossier;
	struct buf text = BUF_EMPTY, id = BUF_EMPTY;
	struct json_writer w;
	char hex[DIGEST_HEX_MAX];
	enum err_kind failed;

	memo_print_signed_part(memo, &text);
	buf_printf(&id, "%s/m%zu", d->release, d->memo_count + 1);
	act_begin(act, &w, "memo.drafted", d->release, NULL);
	act_text(&w, "memo", buf_text(&id));
	act_int(&w, "version", next_version(d, draft->kind));
	act_text(&w, "kind", words_word(words_memo_kind, (int)draft->kind));
	act_text(&w, "decision", words_word(words_decision, (int)draft->decision));
	act_text(&w, "text", buf_text(&text));
	act_text(&w, "evidence", digest_hex(evidence, hex));
	act_text(&w, "system_owner", signers->owner->id);
	act_text(&w, "dev_lead", signers->lead ? signers->lead->id : NULL);
	act_int(&w, "open_items", has_open_items);
	act_end(&w);
	failed = buf_check(&text, err);
	if (!failed)
		failed = buf_check(&id, err);
	buf_release(&text);
	buf_release(&id);
	return failed;
}

static enum err_kind draft_memo(struct session *s, struct record *record, const struct memo_draft *draft, struct act *act, struct signers *signers,
				bool *has_open_items, struct err *err)
{
	struct arena *arena = &record->arena;
	const struct dossier *d = &record->dossier;
	struct memo memo = { .kind = draft->kind, .release = d->release, .class = d->class, .decision = draft->decision,
			     .date = record->now - record->now % WHEN_DAY_S, .rationale = draft->rationale, .remediation = draft->remediation };
	struct checklist checklist;
	struct digest evidence;
	enum err_kind failed = check_words(d, draft, err);

	if (!failed)
		failed = choose_signers(record, draft, signers, err);
	if (!failed)
		failed = checklist_of(d, &d->registry.policy, draft->kind, record->now, arena, &checklist, err);
	if (!failed)
		failed = evidence_of_memo(d, draft->kind, arena, &evidence, err);
	if (!failed)
		failed = collect_risks(d, arena, &memo, err);
	if (!failed)
		failed = collect_notes(s, record, draft->note, &evidence, arena, &memo, err);
	if (!failed)
		failed = collect_approvers(signers, arena, &memo, err);
	if (failed)
		return failed;
	memo.items = checklist.items;
	memo.item_count = checklist.count;
	*has_open_items = !checklist.is_complete;
	return write_draft(act, record, draft, &memo, signers, &evidence, *has_open_items, err);
}

/* Existence before rules (I-16): who is named must be enrolled, whatever state the release is in. */
static enum err_kind check_named(const struct registry *registry, const struct memo_draft *draft, struct err *err)
{
	const char *const ids[] = { draft->system_owner, draft->dev_lead };
	enum err_kind failed = ERR_NONE;

	for (size_t i = 0; !failed && i < sizeof ids / sizeof *ids; i++)
		if (ids[i] && !registry_person(registry, ids[i]))
			failed = err_set(err, ERR_MISSING, "Nobody is enrolled as %.32s. See gonogo person list.", ids[i]);
	return failed;
}

/* What is to happen next, or why nothing can. */
static void say_drafted(const struct memo_draft *draft, const char *release, const struct signers *signers, bool has_open_items, struct outcome *out)
{
	const char *kind = words_word(words_memo_kind, (int)draft->kind), *decision = words_title(words_decision, (int)draft->decision);

	if (has_open_items && draft->decision == DECISION_GO)
		sentence_done(out, "The %s memo of %s is drafted: %s. Items of its checklist are open, so it can never be signed: settle them and draft it anew.",
			      kind, release, decision);
	else
		sentence_done(out, "The %s memo of %s is drafted: %s. It waits for the signature of %.32s%s%.32s.", kind, release, decision,
			      signers->lead ? signers->lead->id : signers->owner->id, signers->lead ? " and of " : "", signers->lead ? signers->owner->id : "");
}

enum err_kind use_memo_draft(struct session *s, const char *release, const struct memo_draft *draft, struct outcome *out, struct err *err)
{
	struct record record;
	struct act act = { 0 };
	struct signers signers;
	bool has_open_items = false;
	enum err_kind failed = check_no_go(draft, err);

	if (failed)
		return failed;
	failed = record_load(s, release, WHEN_NONE, true, &record, err);
	if (!failed)
		failed = check_named(&record.dossier.registry, draft, err);
	if (!failed && draft->kind == MEMO_STABLE && record.dossier.state != STATE_CANDIDATE)
		failed = err_set(err, ERR_REFUSED, "%s is %s, and a memo for stable is drafted in candidate (MEM-2). See gonogo check %s.", release,
				 words_word(words_state, (int)record.dossier.state), release);
	if (!failed)
		failed = draft_memo(s, &record, draft, &act, &signers, &has_open_items, err);
	if (!failed)
		failed = act_commit(s, NULL, &act, 1, out, err);
	if (!failed)
		say_drafted(draft, release, &signers, has_open_items, out);
	buf_release(&act.body);
	record_release(&record);
	return failed;
}
