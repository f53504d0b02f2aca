#include <config.h>

#include <string.h>

#include <gonogo/app/record.h>
#include <gonogo/app/uses.h>
#include <gonogo/core/evidence.h>

/* Who asks; "" when nobody is enrolled for this login. */
static enum err_kind find_me(struct session *s, struct arena *arena, const char **me, struct err *err)
{
	struct record record;
	enum err_kind failed = record_load(s, NULL, WHEN_NONE, false, &record, err);

	if (!failed) {
		*me = arena_str(arena, record.me ? record.me->id : "");
		failed = *me ? ERR_NONE : err_memory(err);
	}
	record_release(&record);
	return failed;
}

struct signing { const char *person; instant at; }; /* person NULL: not required; at WHEN_NONE: not signed */

/* The drafted memo as its two signings say: who did, and for whom it waits. */
static enum err_kind fill_signings(struct memo_line *line, const struct signing signings[2], const char *me, struct arena *arena, struct err *err)
{
	struct buf done = BUF_EMPTY, missing = BUF_EMPTY;
	enum err_kind failed;

	line->signed_at = WHEN_NONE;
	for (size_t i = 0; i < 2; i++) {
		const struct signing *signing = &signings[i];
		const bool is_mine = signing->person && strcmp(signing->person, me) == 0;

		if (!signing->person)
			continue;
		if (signing->at != WHEN_NONE) {
			buf_printf(&done, "%s%s", done.size ? ", " : "", signing->person);
			line->signed_at = line->signed_at == WHEN_NONE || signing->at > line->signed_at ? signing->at : line->signed_at;
			continue;
		}
		buf_printf(&missing, "%s%s", missing.size ? ", " : "", is_mine ? "you" : signing->person);
		line->waits_for_me |= is_mine;
	}
	failed = buf_check(&done, err);
	if (!failed)
		failed = buf_check(&missing, err);
	line->signers = arena_str(arena, buf_text(&done));
	line->waits = line->state == MEMO_DRAFT && missing.size ? arena_printf(arena, "%s: sign", buf_text(&missing)) : "";
	line->waits_for_me &= line->state == MEMO_DRAFT;
	buf_release(&done);
	buf_release(&missing);
	return failed ? failed : line->signers && line->waits ? ERR_NONE : err_memory(err);
}

static enum memo_state state_of_row(enum memo_row_state state)
{
	switch (state) {
	case MEMO_ROW_DRAFT:
		return MEMO_DRAFT;
	case MEMO_ROW_ISSUED:
		return MEMO_ISSUED;
	case MEMO_ROW_REPLACED:
	case MEMO_ROW_ENDED:
		break;
	}
	return MEMO_ENDED;
}

static enum err_kind line_of_row(const struct memo_row *row, const char *me, struct arena *arena, struct memo_line *line, struct err *err)
{
	const struct signing signings[2] = { { row->dev_lead, row->lead_signed }, { row->system_owner, row->owner_signed } };

	*line = (struct memo_line){ .id = row->id, .release = row->release, .drafter = row->drafter, .kind = row->kind, .version = row->version,
				    .decision = row->decision, .state = state_of_row(row->state), .drafted = row->drafted };
	return fill_signings(line, signings, me, arena, err);
}

enum err_kind use_memo_page(struct session *s, const struct memo_filter *filter, bool mine, const struct page *page, struct arena *arena,
			    struct memo_list *out, bool *has_more, struct err *err)
{
	struct memo_filter wanted = *filter;
	struct memo_page rows = { 0 };
	const char *me = NULL;
	enum err_kind failed = find_me(s, arena, &me, err);

	*out = (struct memo_list){ 0 };
	wanted.signer = mine ? me : NULL;
	if (!failed)
		failed = pages_memos(s->store, &wanted, page, arena, &rows, err);
	if (!failed) {
		out->items = arena_array(arena, rows.count ? rows.count : 1, sizeof *out->items);
		failed = out->items ? ERR_NONE : err_memory(err);
	}
	for (; !failed && out->count < rows.count; out->count++)
		failed = line_of_row(&rows.items[out->count], me, arena, &out->items[out->count], err);
	*has_more = rows.has_more;
	return failed;
}

static instant signed_at(const struct memo_signature *signature)
{
	return signature->source.seq ? signature->source.at : WHEN_NONE;
}

/* Of a memo that no signature is missing of, or that none would help: what comes next. */
static enum err_kind say_next(struct record *record, const struct memo_entry *memo, struct memo_line *line, struct err *err)
{
	const struct memo_entry *signable = NULL;
	enum err_kind failed = ERR_NONE;

	switch (line->state) {
	case MEMO_DRAFT:
		failed = evidence_signable_draft(&record->dossier, memo->kind, &record->arena, &signable, err);
		if (!failed && signable != memo) {
			line->waits = memo->has_open_items ? "a new draft: items open" : "a new draft: records changed";
			line->waits_for_me = false;
		}
		break;
	case MEMO_ISSUED:
		if (memo->decision == DECISION_NO_GO)
			line->waits = "a GO memo";
		else if (!memo->is_consumed && record->dossier.state < (memo->kind == MEMO_STABLE ? STATE_STABLE : STATE_CANDIDATE))
			line->waits = "the promotion";
		break;
	case MEMO_STALE:
		line->waits = "a new draft";
		break;
	case MEMO_SUPERSEDED:
	case MEMO_ENDED:
		break;
	}
	return failed;
}

static enum err_kind judge_line(struct session *s, struct record *record, struct arena *arena, struct memo_line *line, struct err *err)
{
	const struct memo_entry *memo = dossier_memo(&record->dossier, line->id);
	struct texts changed;
	enum err_kind failed;

	if (!memo)
		return err_set(err, ERR_INTEGRITY, "The list has a memo %s that no fact tells of. Run gonogo verify.", line->id);
	const struct signing signings[2] = { { memo->dev_lead, signed_at(&memo->lead) }, { memo->system_owner, signed_at(&memo->owner) } };

	failed = use_memo_state(s, record, memo, &line->state, &changed, err);
	line->kind = memo->kind;
	line->version = memo->version;
	line->decision = memo->decision;
	line->drafted = memo->drafted.at;
	if (!failed)
		failed = fill_signings(line, signings, record->me ? record->me->id : "", arena, err);
	if (!failed)
		failed = say_next(record, memo, line, err);
	line->is_judged = !failed;
	return failed;
}

enum err_kind use_memo_judge(struct session *s, const char *release, struct arena *arena, struct memo_list *list, struct err *err)
{
	struct record record;
	enum err_kind failed = record_load(s, release, WHEN_NONE, true, &record, err);

	for (size_t i = 0; !failed && i < list->count; i++)
		if (strcmp(list->items[i].release, record.dossier.release) == 0)
			failed = judge_line(s, &record, arena, &list->items[i], err);
	record_release(&record);
	return failed;
}

/* Judges what the cache says waits, release by release: a draft over other records waits for nobody's signature. */
static enum err_kind count_waiting(struct session *s, struct arena *arena, size_t *count, struct err *err)
{
	enum { JUDGED_MOST = 20 };
	const struct memo_filter filter = { 0 };
	const struct page page = { .limit = JUDGED_MOST };
	struct memo_list rows;
	bool has_more;
	enum err_kind failed = use_memo_page(s, &filter, true, &page, arena, &rows, &has_more, err);

	for (size_t i = 0; !failed && i < rows.count; i++) {
		if (!rows.items[i].is_judged)
			failed = use_memo_judge(s, rows.items[i].release, arena, &rows, err);
		*count -= !failed && !rows.items[i].waits_for_me;
	}
	return failed;
}

enum err_kind use_memo_waiting(struct session *s, size_t *count, struct err *err)
{
	struct arena arena;
	const char *me = NULL;
	int64_t number = 0;
	enum err_kind failed;

	arena_init(&arena, 0);
	failed = find_me(s, &arena, &me, err);
	if (!failed)
		failed = pages_memos_waiting(s->store, me, &number, err);
	*count = (size_t)number;
	if (!failed && number)
		failed = count_waiting(s, &arena, count, err);
	arena_release(&arena);
	return failed;
}
