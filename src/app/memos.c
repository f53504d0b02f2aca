#include <config.h>

#include <string.h>

#include <gonogo/app/memos.h>
#include <gonogo/app/sentence.h>
#include <gonogo/app/uses.h>
#include <gonogo/doc/memo.h>

const struct word words_memo_state[] = {
	{ MEMO_DRAFT, "draft", "Draft" },
	{ MEMO_ISSUED, "issued", "Issued" },
	{ MEMO_STALE, "stale", "Stale" },
	{ MEMO_SUPERSEDED, "superseded", "Superseded" },
	{ MEMO_ENDED, "ended", "Ended" },
	{ 0, NULL, NULL },
};

/* What the signature made of the memo, for whoever has to go on. */
static void say_signed(struct outcome *out, const struct memo_entry *memo, enum role role)
{
	const char *other = role == ROLE_SYSTEM_OWNER ? memo->dev_lead : memo->system_owner;
	const bool has_other = role == ROLE_SYSTEM_OWNER ? memo->lead.source.seq != 0 : memo->owner.source.seq != 0;
	const char *decision = words_title(words_decision, (int)memo->decision), *title = words_title(words_role, (int)role);

	if (other && !has_other)
		sentence_done(out, "Signed: memo %s, %s, as %s. It waits for the signature of %s.", memo->id, decision, title, other);
	else
		sentence_done(out, "Signed: memo %s, %s, as %s. It is issued, and nobody can change it any more (MEM-5).", memo->id, decision, title);
}

static enum err_kind sign(struct session *s, const char *release, const char *id, enum role role, const enum memo_kind *kind, struct outcome *out,
			  struct err *err)
{
	struct record record;
	struct act act = { 0 };
	struct json_writer w;
	const struct memo_entry *memo = NULL;
	enum err_kind failed = record_load(s, release, WHEN_NONE, true, &record, err);

	if (!failed)
		failed = memos_to_sign(&record.dossier, NULL, id, kind, &memo, err);
	if (failed || !memo)
		goto out;
	act_begin(&act, &w, "memo.signed", release, NULL);
	act_text(&w, "memo", memo->id);
	act_text(&w, "role", words_word(words_role, (int)role));
	act_end(&w);
	failed = act_commit(s, NULL, &act, 1, out, err);
	if (!failed)
		say_signed(out, memo, role);
out:
	buf_release(&act.body);
	record_release(&record);
	return failed;
}

enum err_kind use_memo_sign(struct session *s, const char *release, enum role role, const enum memo_kind *kind, struct outcome *out,
			    struct err *err)
{
	return sign(s, release, NULL, role, kind, out, err);
}

enum err_kind use_memo_sign_one(struct session *s, const char *release, const char *memo, enum role role, struct outcome *out, struct err *err)
{
	return sign(s, release, memo, role, NULL, out, err);
}

enum err_kind memos_select(const struct dossier *d, const enum memo_kind *kind, int64_t version, const struct memo_entry **out, struct err *err)
{
	*out = NULL;
	for (size_t i = 0; i < d->memo_count; i++)
		if ((!kind || d->memos[i].kind == *kind) && (!version || d->memos[i].version == version))
			*out = &d->memos[i];
	if (!*out)
		return err_set(err, ERR_MISSING, "%s has no such memo. See gonogo memo list %s.", d->release, d->release);
	return ERR_NONE;
}

static struct memo_signer signature_of(const struct registry *registry, const struct memo_signature *signature)
{
	const struct person *person = signature->source.seq ? registry_person(registry, signature->person) : NULL;

	return (struct memo_signer){ .name = person ? person->name : NULL, .role = signature->role,
				     .date = signature->source.at - signature->source.at % WHEN_DAY_S };
}

void memos_print(const struct dossier *d, const struct memo_entry *entry, struct buf *out)
{
	const struct memo memo = { .kind = entry->kind, .has_signatures = true, .dev_lead_required = entry->dev_lead != NULL,
				   .owner_signature = signature_of(&d->registry, &entry->owner),
				   .lead_signature = signature_of(&d->registry, &entry->lead) };

	buf_str(out, entry->text);
	memo_print_signatures(&memo, out);
}

enum err_kind use_memo_text(struct session *s, const char *release, const enum memo_kind *kind, int64_t version, struct buf *out,
			    struct err *err)
{
	struct record record;
	const struct memo_entry *memo;
	enum err_kind failed = record_load(s, release, WHEN_NONE, true, &record, err);

	if (!failed)
		failed = memos_select(&record.dossier, kind, version, &memo, err);
	if (!failed)
		memos_print(&record.dossier, memo, out);
	record_release(&record);
	return failed ? failed : buf_check(out, err);
}

enum err_kind use_memo_state(struct session *s, struct record *record, const struct memo_entry *memo, enum memo_state *state,
			     struct texts *changed, struct err *err)
{
	const struct dossier *d = &record->dossier;
	enum err_kind failed;

	(void)s;
	*changed = (struct texts){ 0 };
	if (!memo->issued_seq) {
		*state = memo->is_replaced || words_state_is_final(d->state) ? MEMO_ENDED : MEMO_DRAFT;
		/* A GO over other records than these is signed by nobody; a NO-GO says what it says. */
		return *state == MEMO_DRAFT && memo->decision == DECISION_GO ? memos_changed_since(d, memo, &record->arena, changed, err) : ERR_NONE;
	}
	*state = dossier_issued(d, memo->kind) == memo ? MEMO_ISSUED : MEMO_SUPERSEDED;
	if (*state == MEMO_SUPERSEDED || memo->is_consumed || memo->decision == DECISION_NO_GO)
		return ERR_NONE;
	failed = memos_changed_since(d, memo, &record->arena, changed, err);
	if (!failed && changed->count)
		*state = MEMO_STALE;
	return failed;
}

/* The notes without the lines that gonogo itself adds. */
static enum err_kind join_notes(struct texts notes, struct arena *arena, const char **out, struct err *err)
{
	struct buf text = BUF_EMPTY;
	enum err_kind failed;

	for (size_t i = 0; i < notes.count; i++)
		if (strncmp(notes.items[i], "Record: ", 8) != 0 && strncmp(notes.items[i], "Practice: ", 10) != 0)
			buf_printf(&text, "%s%s", text.size ? "\n" : "", notes.items[i]);
	failed = buf_check(&text, err);
	if (!failed && text.size) {
		*out = arena_str(arena, buf_text(&text));
		failed = *out ? ERR_NONE : err_memory(err);
	}
	buf_release(&text);
	return failed;
}

enum err_kind memos_previous(const struct record *record, enum memo_kind kind, struct arena *arena, struct memo_draft *out, struct err *err)
{
	const struct dossier *d = &record->dossier;
	const struct memo_entry *entry = NULL;
	struct memo memo;
	enum err_kind failed;

	*out = (struct memo_draft){ .kind = kind };
	for (size_t i = 0; i < d->memo_count; i++)
		if (d->memos[i].kind == kind)
			entry = &d->memos[i];
	if (!entry)
		return ERR_NONE;
	failed = memo_parse(entry->id, entry->text, strlen(entry->text), arena, &memo, err);
	if (failed)
		return failed;
	out->system_owner = entry->system_owner;
	out->dev_lead = entry->dev_lead;
	/* Whatever follows an issued NO-GO says in words of its own what became of the remediation (MEM-3). */
	if (entry->decision == DECISION_NO_GO && entry->issued_seq)
		return ERR_NONE;
	out->rationale = memo.rationale;
	out->remediation = memo.remediation;
	return join_notes(memo.notes, arena, &out->note, err);
}
