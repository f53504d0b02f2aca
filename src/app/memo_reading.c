#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/app/memos.h>
#include <gonogo/app/record.h>
#include <gonogo/app/uses.h>
#include <gonogo/base/worddiff.h>
#include <gonogo/core/checklist.h>
#include <gonogo/store/state.h>

/* --- how far a person has read: the newest memo of a release and kind that was read to its end --- */

enum { MARK_MAX = 200 };

static bool mark_name(const struct record *record, const struct memo_entry *memo, char out[MARK_MAX])
{
	if (record->me)
		snprintf(out, MARK_MAX, "memo:%s:%s:%s", record->me->id, record->dossier.release, words_word(words_memo_kind, (int)memo->kind));
	return record->me != NULL;
}

enum err_kind memos_read_seq(const struct session *s, const struct record *record, const struct memo_entry *memo, int64_t *seq, struct err *err)
{
	char name[MARK_MAX];

	*seq = 0;
	if (!s->state || !mark_name(record, memo, name))
		return ERR_NONE;
	return state_read_get(s->state, s->ledger, name, seq, err);
}

enum err_kind use_memo_was_read(struct session *s, const char *release, const char *memo, struct err *err)
{
	struct record record;
	char name[MARK_MAX];
	const struct memo_entry *entry = NULL;
	enum err_kind failed = record_load(s, release, WHEN_NONE, true, &record, err);

	if (!failed)
		entry = dossier_memo(&record.dossier, memo);
	if (entry && s->state && mark_name(&record, entry, name))
		failed = state_read_put(s->state, s->ledger, name, entry->drafted.seq, err);
	record_release(&record);
	return failed;
}

/* --- what the records say beside each line --- */

struct reading {
	const struct record *record;
	const struct memo_entry *memo;
	const struct checklist *checklist; /* NULL: the records have moved on, and it stands as it was issued */
	enum memo_state state;
	struct arena *arena;
	const char *section;
	size_t n;                          /* lines of the section that begin with "  - " so far */
};

static const char *note_signing(struct reading *r, const struct memo_signature *signature)
{
	char at[WHEN_TEXT_MAX];

	if (!signature->source.seq)
		return "not signed yet";
	return arena_printf(r->arena, "PASS signed %s, the signature holds", when_format(signature->source.at, at));
}

/* Approvers stand in the order Dev Lead, System Owner; signatures the other way round. */
static const char *note_signer(struct reading *r, bool is_lead)
{
	if (is_lead && !r->memo->dev_lead)
		return "";
	return note_signing(r, is_lead ? &r->memo->lead : &r->memo->owner);
}

static const char *note_item(struct reading *r)
{
	const struct memo_item *item;

	if (!r->checklist)
		return "as it stood then";
	if (r->n > r->checklist->count)
		return "";
	item = &r->checklist->items[r->n - 1];
	return item->ticked ? "PASS" : arena_printf(r->arena, "OPEN now: %s", item->figure ? item->figure : "not met");
}

static const char *note_risk(struct reading *r, const char *line)
{
	const struct dossier *d = &r->record->dossier;
	const size_t open = dossier_open_risks(d);
	char at[WHEN_TEXT_MAX];

	if (strcmp(line, "  - None") == 0)
		return open ? arena_printf(r->arena, "%zu on record now", open) : "PASS none on record";
	for (size_t i = d->risk_count; i-- > 0;) {
		const struct risk *risk = &d->risks[i];
		const size_t size = strlen(risk->risk);

		if (strncmp(line + 4, risk->risk, size) == 0 && line[4 + size] == ':')
			return risk->is_withdrawn ? arena_printf(r->arena, "withdrawn by %s", risk->withdrawn.actor)
						  : arena_printf(r->arena, "accepted by %s, %s", risk->source.actor, when_date(risk->source.at, at));
	}
	return "not on record";
}

static const char *note_class(struct reading *r, const char *line)
{
	const struct dossier *d = &r->record->dossier;

	if (strcmp(line, words_title(words_class, (int)d->class)) != 0)
		return arena_printf(r->arena, "now %s", words_title(words_class, (int)d->class));
	return d->class_locked ? "PASS locked" : "PASS not locked";
}

static const char *note_decision(struct reading *r)
{
	const char *state = words_word(words_memo_state, (int)r->state);

	return r->memo->drafted.actor ? arena_printf(r->arena, "%s, drafted by %s", state, r->memo->drafted.actor) : state;
}

/* "" where the records have nothing to say; NULL: memory. */
static const char *note_of(struct reading *r, const char *line)
{
	static const char *const sections[] = { "Approvers:", "Checklist:", "Known Risks Accepted:", "Rationale:", "Remediation Plan:", "Notes:", "Signatures:" };

	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
		if (strcmp(line, sections[i]) == 0) {
			r->section = sections[i];
			r->n = 0;
			return "";
		}
	if (!*r->section) {
		if (strncmp(line, "Classification: ", 16) == 0)
			return note_class(r, line + 16);
		return strncmp(line, "DECISION: ", 10) == 0 ? note_decision(r) : "";
	}
	if (strncmp(line, "  - ", 4) != 0)
		return "";
	r->n++;
	switch (*r->section) {
	case 'A':
		return note_signer(r, r->n == 1 && r->memo->dev_lead);
	case 'C':
		return note_item(r);
	case 'K':
		return note_risk(r, line);
	case 'S':
		return note_signer(r, r->n == 2);
	default:
		return "";
	}
}

static enum err_kind note_lines(struct reading *r, const char *text, struct memo_reading *out, struct err *err)
{
	char *copy = arena_str(r->arena, text);
	size_t count = 0;

	for (const char *c = copy; c && *c; c++)
		count += *c == '\n';
	out->lines = arena_array(r->arena, count + 1, sizeof *out->lines);
	if (!copy || !out->lines)
		return err_memory(err);
	for (char *line = copy; *line;) {
		char *end = strchr(line, '\n');
		struct memo_note *note = &out->lines[out->count++];

		if (end)
			*end = '\0';
		*note = (struct memo_note){ .line = line, .note = note_of(r, line) };
		if (!note->note)
			return err_memory(err);
		line = end ? end + 1 : line + strlen(line);
	}
	return ERR_NONE;
}

/* --- the versions around it, and what changed since this person read one --- */

static enum err_kind find_versions(const struct dossier *d, const struct memo_entry *memo, struct arena *arena, struct memo_reading *out, struct err *err)
{
	const struct memo_entry *older = NULL, *newer = NULL;

	for (size_t i = 0; i < d->memo_count; i++) {
		if (&d->memos[i] < memo)
			older = &d->memos[i];
		if (&d->memos[i] > memo && !newer)
			newer = &d->memos[i];
	}
	out->older = older ? arena_str(arena, older->id) : NULL;
	out->newer = newer ? arena_str(arena, newer->id) : NULL;
	out->id = arena_str(arena, memo->id);
	return out->id && (!older || out->older) && (!newer || out->newer) ? ERR_NONE : err_memory(err);
}

static enum err_kind find_differences(struct session *s, const struct record *record, const struct memo_entry *memo, const int64_t *since,
				      struct arena *arena, struct memo_reading *out, struct err *err)
{
	const struct dossier *d = &record->dossier;
	const struct memo_entry *read = NULL;
	struct buf text = BUF_EMPTY;
	enum err_kind failed = memos_read_seq(s, record, memo, &out->read_seq, err);

	out->since_seq = since ? *since : out->read_seq;
	for (size_t i = 0; !failed && i < d->memo_count; i++)
		if (d->memos[i].drafted.seq == out->since_seq)
			read = &d->memos[i];
	if (failed || !read)
		return failed;
	out->since_version = read->version;
	worddiff(read->text, memo->text, &text);
	failed = buf_check(&text, err);
	if (!failed) {
		out->differences = arena_str(arena, buf_text(&text));
		failed = out->differences ? ERR_NONE : err_memory(err);
	}
	buf_release(&text);
	return failed;
}

static enum err_kind copy_texts(struct texts from, struct arena *arena, struct texts *out, struct err *err)
{
	const char **items = arena_array(arena, from.count + 1, sizeof *items);

	if (!items)
		return err_memory(err);
	for (size_t i = 0; i < from.count; i++) {
		items[i] = arena_str(arena, from.items[i]);
		if (!items[i])
			return err_memory(err);
	}
	*out = (struct texts){ items, from.count };
	return ERR_NONE;
}

/* Held against the records only while they are those that it decides about. */
static bool is_current(const struct dossier *d, const struct memo_entry *memo, enum memo_state state)
{
	const bool is_open = state == MEMO_DRAFT || state == MEMO_ISSUED || state == MEMO_STALE;

	return is_open && !memo->is_consumed && (memo->kind == MEMO_STABLE ? d->state == STATE_CANDIDATE : d->state < STATE_CANDIDATE);
}

static enum err_kind read_memo(struct session *s, struct record *record, const struct memo_entry *memo, const int64_t *since, struct arena *arena,
			       struct memo_reading *out, struct err *err)
{
	const struct dossier *d = &record->dossier;
	struct checklist checklist;
	struct texts changed;
	struct buf text = BUF_EMPTY;
	struct reading r = { .record = record, .memo = memo, .arena = arena, .section = "" };
	enum err_kind failed = use_memo_state(s, record, memo, &out->state, &changed, err);

	r.state = out->state;
	if (!failed && is_current(d, memo, out->state)) {
		failed = checklist_of(d, &d->registry.policy, memo->kind, record->now, arena, &checklist, err);
		r.checklist = &checklist;
	}
	if (!failed)
		failed = copy_texts(changed, arena, &out->changed, err);
	if (!failed)
		memos_print(d, memo, &text);
	if (!failed)
		failed = buf_check(&text, err);
	if (!failed)
		failed = note_lines(&r, buf_text(&text), out, err);
	buf_release(&text);
	if (!failed)
		failed = find_versions(d, memo, arena, out, err);
	out->kind = memo->kind;
	out->version = memo->version;
	out->seq = memo->drafted.seq;
	return failed ? failed : find_differences(s, record, memo, since, arena, out, err);
}

enum err_kind use_memo_read(struct session *s, const char *release, const char *memo, const int64_t *since, struct arena *arena, struct memo_reading *out,
			    struct err *err)
{
	struct record record;
	const struct memo_entry *entry = NULL;
	enum err_kind failed = record_load(s, release, WHEN_NONE, true, &record, err);

	*out = (struct memo_reading){ 0 };
	if (!failed && memo)
		entry = dossier_memo(&record.dossier, memo);
	if (!failed && !entry)
		failed = memos_select(&record.dossier, NULL, 0, &entry, err);
	if (!failed)
		failed = read_memo(s, &record, entry, since, arena, out, err);
	record_release(&record);
	return failed;
}
