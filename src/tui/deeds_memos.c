#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/app/act.h>
#include <gonogo/app/memos.h>
#include <gonogo/base/text.h>
#include <gonogo/doc/memo.h>
#include <gonogo/tui/deeds.h>

/* --- which memo --- */

enum memo_kind deeds_memo_kind(const char *rule)
{
	return strcmp(rule, "CLS-4") == 0 || strcmp(rule, "MEM-6") == 0 ? MEMO_MECHANISM : MEMO_STABLE;
}

/* The one that is selected or open; else that of the question; else the only one that waits for this person. */
static enum err_kind find_meant(const struct act_in *in, const struct memo_entry **out, struct err *err)
{
	const struct dossier *d = &in->record->dossier;
	const enum memo_kind kind = in->rule ? deeds_memo_kind(in->rule) : MEMO_STABLE;
	const struct memo_entry *stable = dossier_draft(d, MEMO_STABLE), *mechanism = dossier_draft(d, MEMO_MECHANISM);
	enum err_kind failed;

	if (!in->memo && !in->rule && !stable && !mechanism)
		return err_set(err, ERR_REFUSED, "No memo of this release waits for your signature (MEM-1).");
	failed = memos_to_sign(d, in->record->me, in->memo, in->rule ? &kind : NULL, out, err);
	if (failed == ERR_USAGE)
		failed = err_set(err, ERR_REFUSED, "Which one? %s (mechanism, %s) and %s (stable, %s) wait to be signed. Select one under Memos (4), then s.", mechanism->id,
				 words_title(words_decision, (int)mechanism->decision), stable->id, words_title(words_decision, (int)stable->decision));
	return failed;
}

static const struct memo_entry *meant(const struct act_in *in)
{
	const struct memo_entry *memo = NULL;

	return in->record && find_meant(in, &memo, NULL) == ERR_NONE ? memo : NULL;
}

const char *about_memo(const struct act_in *in)
{
	const struct memo_entry *memo = meant(in);

	return memo ? memo->id : NULL;
}

READY(ready_memo_sign)
{
	const struct memo_entry *memo = NULL;
	enum role role;
	enum err_kind failed;

	if (!in->record || !in->release)
		return err_set(err, ERR_REFUSED, "No release is selected.");
	failed = find_meant(in, &memo, err);
	return failed ? failed : memos_signable(&in->record->dossier, memo, in->record->me, &role, err);
}

PREFILL(prefill_memo_sign)
{
	const struct memo_entry *memo = meant(in);
	enum role role;

	if (memo && memos_signable(&in->record->dossier, memo, in->record->me, &role, NULL) == ERR_NONE)
		form_set(form, "role", words_word(words_role, (int)role));
}

DEED(deed_memo_sign)
{
	int role;
	enum err_kind failed = deeds_chosen(form, "role", "the role you sign in", &role, err);

	return failed ? failed : use_memo_sign_one(in->session, in->release, in->memo, (enum role)role, out, err);
}

/* --- what is about to be signed --- */

/* The other signature that the memo takes, as far as it takes one; it stands under the very same bytes, or it does not stand. */
static void say_other(struct buf *out, const struct memo_entry *draft, enum role role)
{
	const bool is_owner = role == ROLE_SYSTEM_OWNER;
	const struct memo_signature *signature = is_owner ? &draft->lead : &draft->owner;
	const char *person = is_owner ? draft->dev_lead : draft->system_owner;
	char at[WHEN_TEXT_MAX];

	if (!person)
		buf_str(out, "Also needed  nobody\n");
	else if (signature->source.seq)
		buf_printf(out, "Also needed  %s %s: signed %s, this same memo\n", words_title(words_role, (int)(is_owner ? ROLE_DEV_LEAD : ROLE_SYSTEM_OWNER)), person,
			   when_format(signature->source.at, at));
	else
		buf_printf(out, "Also needed  %s %s: not signed yet\n", words_title(words_role, (int)(is_owner ? ROLE_DEV_LEAD : ROLE_SYSTEM_OWNER)), person);
}

/* What the evidence is made of, in words a person can count. */
static void say_covered(struct buf *out, const struct dossier *d, const struct memo_entry *draft)
{
	char hex[DIGEST_HEX_MAX], date[WHEN_TEXT_MAX];
	struct digest bytes;

	if (digest_bytes(draft->text, strlen(draft->text), &bytes, NULL) == ERR_NONE)
		buf_printf(out, "Covers       memo %s, version %lld, sha256 %.12s..,\n", draft->id, (long long)draft->version, digest_hex(&bytes, hex));
	if (draft->kind == MEMO_MECHANISM)
		buf_str(out, "             class, manifest,\n");
	else if (d->plan_source.seq)
		buf_printf(out, "             %zu answer%s, exposure plan of %s,\n", d->answer_count, d->answer_count == 1 ? "" : "s", when_date(d->plan_source.at, date));
	else
		buf_printf(out, "             %zu answer%s,\n", d->answer_count, d->answer_count == 1 ? "" : "s");
	if (d->rollback_source.seq)
		buf_printf(out, "             rollback plan of %s, kill switch%s,\n", when_date(d->rollback_source.at, date), dossier_is_killed(d) ? " (KILLED)" : "");
	else
		buf_printf(out, "             kill switch%s,\n", dossier_is_killed(d) ? " (KILLED)" : "");
	buf_printf(out, "             all of it as evidence %.12s..\n", digest_hex(&draft->evidence, hex));
}

static void say_key(const struct act_in *in, struct buf *out)
{
	const char *key;
	struct arena arena;

	arena_init(&arena, 0);
	if (act_key_name(in->session, in->record->me, &arena, &key, NULL) == ERR_NONE)
		buf_printf(out, "Key          %s\n", key);
	arena_release(&arena);
}

/* As its own text says: what is on record by now may be more. */
static size_t risks_in(const struct memo_entry *memo, struct arena *arena)
{
	struct memo parsed;

	return memo_parse(memo->id, memo->text, strlen(memo->text), arena, &parsed, NULL) == ERR_NONE ? parsed.risk_count : 0;
}

static void say_signer(struct buf *out, const struct act_in *in, enum role role)
{
	char at[WHEN_TEXT_MAX];

	buf_printf(out, "You sign as  %s, %s, %s\n", in->record->me->name, words_title(words_role, (int)role), when_format(in->record->now, at));
}

DESCRIBE(describe_memo)
{
	const struct dossier *d = &in->record->dossier;
	const struct memo_entry *memo = meant(in);
	enum role role;
	size_t risks;
	bool is_mine;
	int64_t read = 0;

	if (!memo)
		return;
	is_mine = memos_signable(d, memo, in->record->me, &role, NULL) == ERR_NONE;
	risks = risks_in(memo, d->arena);
	/* What must not be missed stands first: a small screen shows the beginning, and F7 the rest. */
	buf_printf(out, "Decision     %s in %s, with %zu accepted risk%s\n", words_title(words_decision, (int)memo->decision), memo->id, risks, risks == 1 ? "" : "s");
	if (is_mine)
		say_signer(out, in, role);
	if (is_mine)
		say_other(out, memo, role);
	if (memos_read_seq(in->session, in->record, memo, &read, NULL) == ERR_NONE)
		buf_printf(out, "Read to end  %s\n", read >= memo->drafted.seq ? "yes" : "NO: read the memo first, what is signed is all of it");
	if (is_mine)
		say_key(in, out);
	say_covered(out, d, memo);
	buf_str(out, "If any of these changes later, your signature shows as STALE and does not count.\n");
}

/* What the button says that signs. */
BUTTON(button_memo)
{
	const struct memo_entry *memo = meant(in);

	buf_printf(out, "Sign %s", memo ? words_title(words_decision, (int)memo->decision) : "");
}

/* --- what is about to be drafted --- */

DESCRIBE(describe_draft)
{
	const struct dossier *d = &in->record->dossier;

	buf_str(out, dossier_open_risks(d) ? "Accepted risks, which the memo will name:\n" : "No risk is accepted: say None, or accept one first (MEM-4).\n");
	for (size_t i = 0; i < d->risk_count; i++)
		if (!d->risks[i].is_withdrawn)
			buf_printf(out, "  %lld. %s: %s\n", (long long)d->risks[i].number, d->risks[i].risk, d->risks[i].rationale);
	buf_str(out, "A NO-GO needs a rationale and a remediation plan (MEM-3). The checklist is computed.\n");
}

/* --- who signs --- */

static enum err_kind holders(const struct act_in *in, enum role role, struct arena *arena, struct form_options *out, struct err *err)
{
	const struct registry *registry = &in->record->dossier.registry;
	const size_t count = registry_holders(registry, (role_set)role, NULL, 0);
	const struct person **people = arena_array(arena, count + 1, sizeof *people);

	*out = (struct form_options){ .items = arena_array(arena, count + 1, sizeof *out->items) };
	if (!people || !out->items)
		return err_memory(err);
	registry_holders(registry, (role_set)role, people, count);
	for (size_t i = 0; i < count; i++) {
		const char *name = arena_printf(arena, "%s (%s)", people[i]->name, people[i]->id);

		if (!name)
			return err_memory(err);
		out->items[out->count++] = (struct form_option){ .id = people[i]->id, .state = name };
	}
	return ERR_NONE;
}

enum err_kind options_system_owners(const struct act_in *in, struct arena *arena, struct form_options *out, struct err *err)
{
	return holders(in, ROLE_SYSTEM_OWNER, arena, out, err);
}

enum err_kind options_dev_leads(const struct act_in *in, struct arena *arena, struct form_options *out, struct err *err)
{
	return holders(in, ROLE_DEV_LEAD, arena, out, err);
}

static void want_signer(const struct act_in *in, const struct form *form, const char *field, enum role role, struct form_problems *out)
{
	const char *title = words_title(words_role, (int)role);

	if (*form_text(form, field))
		return;
	if (registry_holders(&in->record->dossier.registry, (role_set)role, NULL, 0))
		form_problem(out, field, "Choose who signs as %s, with Left and Right (APR-3).", title);
	else
		form_problem(out, field, "Nobody holds the role %s, and the memo takes such a signature (APR-3).", title);
}

PROBLEMS(problems_memo_draft)
{
	const bool is_no_go = form_choice(form, "decision", -1) == DECISION_NO_GO;
	const bool takes_lead = form_choice(form, "decision", -1) == DECISION_GO && form_choice(form, "kind", -1) == MEMO_STABLE;
	const char *owner = form_text(form, "system-owner");

	if (is_no_go && text_is_blank(form_text(form, "rationale")))
		form_problem(out, "rationale", "A NO-GO says why not (MEM-3).");
	if (is_no_go && text_is_blank(form_text(form, "remediation")))
		form_problem(out, "remediation", "A NO-GO says what will be done (MEM-3).");
	want_signer(in, form, "system-owner", ROLE_SYSTEM_OWNER, out);
	if (takes_lead)
		want_signer(in, form, "dev-lead", ROLE_DEV_LEAD, out);
	if (takes_lead && *owner && strcmp(owner, form_text(form, "dev-lead")) == 0)
		form_problem(out, "dev-lead", "A memo is signed by two persons, and %s is one (I-5).", owner);
}

/* --- what stands in the fields at first --- */

static void prefill_text(struct form *form, const char *name, const char *text)
{
	if (text)
		form_set(form, name, text);
}

/* Whom the memo before it named, as far as the role is still held; else who obviously signs. */
static void prefill_signers(const struct act_in *in, struct form *form, const struct memo_draft *before)
{
	const struct registry *registry = &in->record->dossier.registry;
	const struct person *owner, *lead;

	prefill_text(form, "system-owner", before->system_owner);
	prefill_text(form, "dev-lead", before->dev_lead);
	owner = registry_person(registry, form_text(form, "system-owner"));
	lead = registry_person(registry, form_text(form, "dev-lead"));
	if (!owner)
		owner = memos_signer(in->record, ROLE_SYSTEM_OWNER, lead);
	if (!lead)
		lead = memos_signer(in->record, ROLE_DEV_LEAD, owner);
	prefill_text(form, "system-owner", owner ? owner->id : NULL);
	prefill_text(form, "dev-lead", lead ? lead->id : NULL);
}

/* A new draft begins with what the one before it says. */
PREFILL(prefill_memo_draft)
{
	const struct dossier *d = &in->record->dossier;
	const enum memo_kind kind = d->class == CLASS_MECHANISM && dossier_channel(d) < CHANNEL_CANDIDATE ? MEMO_MECHANISM : MEMO_STABLE;
	struct memo_draft before = { .note = NULL };

	form_set(form, "kind", words_word(words_memo_kind, (int)kind));
	if (dossier_open_risks(d))
		form_set(form, "no-risks", "accepted");
	if (memos_previous(in->record, kind, d->arena, &before, NULL) != ERR_NONE)
		before = (struct memo_draft){ .note = NULL };
	prefill_text(form, "note", before.note);
	prefill_text(form, "rationale", before.rationale);
	prefill_text(form, "remediation", before.remediation);
	prefill_signers(in, form, &before);
}
