#include <config.h>

#include <string.h>

#include <gonogo/app/sentence.h>
#include <gonogo/app/uses.h>
#include <gonogo/base/io.h>
#include <gonogo/core/checklist.h>
#include <gonogo/core/soak.h>
#include <gonogo/doc/lines.h>
#include <gonogo/doc/memo.h>

enum { CONTRADICTIONS_MOST = 64 };

struct comparison { struct arena *arena; const char **lines; size_t count; bool failed; };

static void contradict(struct comparison *c, const char *fmt, ...) PRINTF_LIKE(2, 3);

static void contradict(struct comparison *c, const char *fmt, ...)
{
	va_list args;

	if (c->count == CONTRADICTIONS_MOST)
		return;
	va_start(args, fmt);
	c->lines[c->count] = arena_vprintf(c->arena, fmt, args);
	va_end(args);
	if (c->lines[c->count])
		c->count++;
	else
		c->failed = true;
}

/* "2 weeks in experimental, 1 week in candidate": more than the records have is a contradiction, whatever the tick says. */
static void compare_durations(struct comparison *c, const struct dossier *d, const struct policy *policy, const char *figure, instant now)
{
	static const enum channel channels[] = { CHANNEL_EXPERIMENTAL, CHANNEL_CANDIDATE };

	for (size_t i = 0; i < sizeof channels / sizeof *channels; i++) {
		const char *channel = words_word(words_channel, (int)channels[i]);
		const char *in = arena_printf(c->arena, " in %s", channel);
		const char *at = in ? strstr(figure, in) : NULL;
		const char *start = at;
		char span[WHEN_SPAN_MAX];
		struct soak soak;
		int64_t claimed_s;

		while (start && start > figure && start[-1] != ',')
			start--;
		while (start && *start == ' ' && start < at)
			start++;
		if (!start || (size_t)(at - start) >= sizeof span)
			continue;
		memcpy(span, start, (size_t)(at - start));
		span[at - start] = '\0';
		soak_of(d, policy, channels[i], now, &soak);
		if (when_span_parse("the duration", span, &claimed_s, NULL) || claimed_s <= soak.served_s)
			continue;
		contradict(c, "The memo claims %s in %s; the records have %lld days (CHN-2).", span, channel,
			   (long long)(soak.is_entered ? soak.served_s / WHEN_DAY_S : 0));
	}
}

/* Items of a stable memo that the specification names (MEM-2). */
enum { SPECIFIED = 7 };

static enum err_kind compare_items(struct comparison *c, const struct record *record, const struct policy *policy, const struct memo *memo,
				   struct err *err)
{
	struct checklist checklist;
	enum err_kind failed = checklist_of(&record->dossier, policy, memo->kind, record->now, c->arena, &checklist, err);

	if (failed)
		return failed;
	for (size_t i = 0; i < memo->item_count && i < checklist.count; i++) {
		const struct memo_item *says = &memo->items[i], *is = &checklist.items[i];

		if (says->ticked && !is->ticked)
			contradict(c, "The memo ticks \"%s\"; the records say: %s", is->text, is->figure ? is->figure : "it is not met.");
		else if (!says->ticked && is->ticked)
			contradict(c, "The memo leaves \"%s\" open; the records say it is met.", is->text);
		if (strcmp(says->text, is->text) != 0 && i >= SPECIFIED)
			contradict(c, "The memo has the item \"%s\" where the policy in force has \"%s\" (I-6).", says->text, is->text);
		if (i == 0 && memo->kind == MEMO_STABLE && says->figure)
			compare_durations(c, &record->dossier, policy, says->figure, record->now);
	}
	/* The specification's are a memo's own form; those of the policy it may lack. */
	for (size_t i = memo->item_count; memo->kind == MEMO_STABLE && i < checklist.count; i++)
		contradict(c, "The memo lacks the item \"%s\", which the policy in force asks for (I-6).", checklist.items[i].text);
	for (size_t i = checklist.count; memo->kind == MEMO_STABLE && i < memo->item_count; i++)
		contradict(c, "The memo has the item \"%s\", which nothing asks for.", memo->items[i].text);
	return ERR_NONE;
}

static void compare_people(struct comparison *c, const struct dossier *d, const struct memo *memo)
{
	for (size_t i = 0; i < memo->approver_count; i++) {
		const struct memo_signer *says = &memo->approvers[i];
		const struct person *person = registry_named(&d->registry, says->name);

		if (!person)
			contradict(c, "The memo names %s as approver; nobody of that name is enrolled.", says->name);
		else if (!(person->roles & says->role))
			contradict(c, "The memo names %s as %s; the records do not give %s that role.", says->name,
				   words_title(words_role, (int)says->role), person->id);
	}
}

static bool is_signed_by(const struct dossier *d, const struct memo_signer *says, enum memo_kind kind)
{
	for (size_t i = 0; i < d->memo_count; i++) {
		const struct memo_entry *memo = &d->memos[i];
		const struct memo_signature *signature = says->role == ROLE_SYSTEM_OWNER ? &memo->owner : &memo->lead;
		const struct person *person = signature->source.seq ? registry_person(&d->registry, signature->person) : NULL;

		if (memo->kind == kind && person && strcmp(person->name, says->name) == 0)
			return true;
	}
	return false;
}

static void compare_signatures(struct comparison *c, const struct dossier *d, const struct memo *memo)
{
	const struct memo_signer *signatures[] = { &memo->owner_signature, &memo->lead_signature };
	static const enum role roles[] = { ROLE_SYSTEM_OWNER, ROLE_DEV_LEAD };

	for (size_t i = 0; memo->has_signatures && i < 2; i++) {
		struct memo_signer says = *signatures[i];

		says.role = roles[i];
		if (says.name && !is_signed_by(d, &says, memo->kind))
			contradict(c, "The memo shows the signature of %s as %s; the records have none.", says.name,
				   words_title(words_role, (int)says.role));
	}
}

static void compare_risks(struct comparison *c, const struct dossier *d, const struct memo *memo)
{
	if (!memo->risk_count && dossier_open_risks(d))
		contradict(c, "The memo accepts no risk; the records have %zu accepted (MEM-4).", dossier_open_risks(d));
	for (size_t i = 0; i < memo->risk_count; i++) {
		bool found = false;

		for (size_t k = 0; k < d->risk_count; k++)
			found |= !d->risks[k].is_withdrawn && strcmp(d->risks[k].risk, memo->risks[i].risk) == 0 &&
				 strcmp(d->risks[k].rationale, memo->risks[i].rationale) == 0;
		if (!found)
			contradict(c, "The memo accepts the risk \"%s\"; the records do not have it so (MEM-4).", memo->risks[i].risk);
	}
}

static void compare_head(struct comparison *c, const struct dossier *d, const struct memo *memo)
{
	const struct memo_entry *newest = dossier_issued(d, memo->kind);

	if (strcmp(memo->release, d->release) != 0)
		contradict(c, "The memo is of %s; you asked about %s.", memo->release, d->release);
	if (memo->class != d->class)
		contradict(c, "The memo says %s; the records say %s (CLS-1).", words_title(words_class, (int)memo->class),
			   words_title(words_class, (int)d->class));
	if (memo->decision == DECISION_GO && newest && newest->decision == DECISION_NO_GO)
		contradict(c, "The memo says GO; the newest issued memo, %s, says NO-GO (MEM-3).", newest->id);
}

/* An issued memo is compared with what was issued, byte for byte: the records move on, it does not (MEM-5). */
static const struct memo_entry *issued_as(const struct dossier *d, const struct memo *memo, struct err *err, enum err_kind *failed)
{
	struct buf signed_part = BUF_EMPTY;
	const struct memo_entry *found = NULL;

	memo_print_signed_part(memo, &signed_part);
	*failed = buf_check(&signed_part, err);
	for (size_t i = 0; i < d->memo_count && !*failed; i++)
		if (d->memos[i].issued_seq && strcmp(d->memos[i].text, buf_text(&signed_part)) == 0)
			found = &d->memos[i];
	buf_release(&signed_part);
	return found;
}

enum err_kind use_memo_compare(struct session *s, const char *release, const char *file, struct arena *arena, struct texts *lines,
			       struct err *err)
{
	struct comparison c = { .arena = arena, .lines = arena_array(arena, CONTRADICTIONS_MOST, sizeof *c.lines) };
	struct record record;
	struct memo memo;
	char *text;
	size_t size;
	const struct memo_entry *issued = NULL;
	enum err_kind failed = c.lines ? record_load(s, release, WHEN_NONE, true, &record, err) : err_memory(err);

	if (!c.lines)
		return failed;
	if (!failed)
		failed = io_read(file, DOC_SIZE_MAX, arena, &text, &size, err);
	if (!failed)
		failed = memo_parse(file, text, size, arena, &memo, err);
	if (!failed)
		issued = issued_as(&record.dossier, &memo, err, &failed);
	if (!failed && !issued) {
		compare_head(&c, &record.dossier, &memo);
		failed = compare_items(&c, &record, &record.dossier.registry.policy, &memo, err);
		compare_people(&c, &record.dossier, &memo);
		compare_risks(&c, &record.dossier, &memo);
	}
	if (!failed)
		compare_signatures(&c, &record.dossier, &memo);
	if (!failed && c.failed)
		failed = err_memory(err);
	*lines = (struct texts){ c.lines, c.count };
	record_release(&record);
	return failed;
}
