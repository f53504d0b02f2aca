#include <config.h>

#include <stdlib.h>
#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/core/evidence.h>

static enum err_kind add(struct evidence *out, struct arena *arena, const char *section, const char *key, const struct source *source)
{
	struct evidence_entry *entries;

	if (!source->seq)
		return ERR_NONE;
	entries = arena_room(arena, out->entries, out->count, &out->room, sizeof *entries);
	if (!entries || !key)
		return ERR_SYSTEM;
	out->entries = entries;
	entries[out->count++] = (struct evidence_entry){ .section = section, .key = key, .hash = source->hash, .source = *source };
	return ERR_NONE;
}

/* One function per section: adds every entry that a rule which reads the section may have looked at. */
struct collect { const struct dossier *dossier; enum channel to; struct arena *arena; struct evidence *out; };

static enum err_kind collect_channel(const struct collect *c)
{
	const struct dossier *d = c->dossier;
	const struct stay *stay = d->stay_count ? &d->stays[d->stay_count - 1] : NULL;

	return stay ? add(c->out, c->arena, "channel", words_word(words_channel, (int)stay->channel), &stay->entered) : ERR_NONE;
}

static enum err_kind collect_class(const struct collect *c)
{
	return add(c->out, c->arena, "class", words_word(words_class, (int)c->dossier->class), &c->dossier->class_source);
}

static enum err_kind collect_manifest(const struct collect *c)
{
	return add(c->out, c->arena, "manifest", "-", &c->dossier->manifest_source);
}

static enum err_kind collect_plan(const struct collect *c)
{
	return add(c->out, c->arena, "plan", "-", &c->dossier->plan_source);
}

static enum err_kind collect_tenants(const struct collect *c)
{
	const struct dossier *d = c->dossier;
	enum err_kind failed = ERR_NONE;

	for (size_t i = 0; !failed && i < d->plan.tenants.count; i++) {
		const struct tenant *tenant = registry_tenant(&d->registry, d->plan.tenants.items[i]);

		if (tenant)
			failed = add(c->out, c->arena, "tenant", tenant->id, &tenant->source);
	}
	return failed;
}

static bool is_asked(const struct dossier *d, const struct rule *rule, const char *id, enum channel to)
{
	if (strcmp(rule->id, "I-6") == 0)
		return rule_item_is_due(d, id, to);
	return rule_is_listed(rule, d, to) && rule_question(d, id);
}

/* Answers to rules that are listed here, and any fail (APR-2). */
static enum err_kind collect_answers(const struct collect *c)
{
	const struct dossier *d = c->dossier;
	enum err_kind failed = ERR_NONE;

	for (size_t i = 0; !failed && i < d->answer_count; i++) {
		const struct answer_entry *answer = &d->answers[i];
		const struct rule *rule = rule_find(answer->rule);

		if (answer->value == ANSWER_FAIL || (rule && is_asked(d, rule, answer->rule, c->to)))
			failed = add(c->out, c->arena, "answer", answer->rule, &answer->source);
	}
	return failed;
}

static enum err_kind collect_stops(const struct collect *c)
{
	static const char *const ids[STOP_COUNT] = { "HS-1", "HS-2", "HS-3", "HS-4", "HS-5", "HS-6", "HS-7" };
	enum err_kind failed = ERR_NONE;

	for (size_t i = 0; !failed && i < STOP_COUNT; i++) {
		failed = add(c->out, c->arena, "stop raised", ids[i], &c->dossier->stops[i].raised);
		if (!failed)
			failed = add(c->out, c->arena, "stop cleared", ids[i], &c->dossier->stops[i].cleared);
	}
	return failed;
}

static enum err_kind collect_switch(const struct collect *c)
{
	enum err_kind failed = add(c->out, c->arena, "kill switch", "definition", &c->dossier->definition_source);

	return failed ? failed : add(c->out, c->arena, "kill switch", "binding", &c->dossier->binding);
}

static enum err_kind collect_found(const struct collect *c)
{
	return add(c->out, c->arena, "kill switch where it is bound", "-", &c->dossier->found.source);
}

static enum err_kind collect_tests(const struct collect *c)
{
	enum err_kind failed = ERR_NONE;

	for (size_t i = 0; !failed && i < c->dossier->test_count; i++)
		failed = add(c->out, c->arena, "kill-switch test", arena_printf(c->arena, "%zu", i + 1), &c->dossier->tests[i].source);
	return failed;
}

static enum err_kind collect_kills(const struct collect *c)
{
	const struct dossier *d = c->dossier;
	enum err_kind failed = add(c->out, c->arena, "kill", "-", &d->last_kill);

	return failed ? failed : add(c->out, c->arena, "restore", "-", &d->last_restore);
}

static enum err_kind collect_rollback(const struct collect *c)
{
	return add(c->out, c->arena, "rollback plan", "-", &c->dossier->rollback_source);
}

static enum err_kind collect_rehearsals(const struct collect *c)
{
	enum err_kind failed = ERR_NONE;

	for (size_t i = 0; !failed && i < c->dossier->rehearsal_count; i++)
		failed = add(c->out, c->arena, "rehearsal", arena_printf(c->arena, "%zu", i + 1), &c->dossier->rehearsals[i].source);
	return failed;
}

static enum err_kind collect_incidents(const struct collect *c)
{
	const struct dossier *d = c->dossier;
	enum err_kind failed = add(c->out, c->arena, "rollback evaluation", "-", &d->evaluation.source);

	for (size_t i = 0; !failed && i < d->incident_count; i++)
		if (d->incidents[i].concern_seq)
			failed = add(c->out, c->arena, "incident", d->incidents[i].id, &d->incidents[i].last);
	return failed;
}

static enum err_kind collect_risks(const struct collect *c)
{
	const struct dossier *d = c->dossier;
	enum err_kind failed = ERR_NONE;

	for (size_t i = 0; !failed && i < d->risk_count; i++) {
		const char *number = arena_printf(c->arena, "%lld", (long long)d->risks[i].number);

		failed = add(c->out, c->arena, "risk", number, &d->risks[i].source);
		if (!failed)
			failed = add(c->out, c->arena, "risk withdrawn", number, &d->risks[i].withdrawn);
	}
	return failed;
}

static const struct { uint32_t section; enum err_kind (*collect)(const struct collect *c); } sections[] = {
	{ READS_CHANNEL, collect_channel }, { READS_CLASS, collect_class }, { READS_MANIFEST, collect_manifest }, { READS_PLAN, collect_plan },
	{ READS_TENANTS, collect_tenants }, { READS_ANSWERS, collect_answers }, { READS_STOPS, collect_stops }, { READS_SWITCH, collect_switch },
	{ READS_FOUND, collect_found }, { READS_TESTS, collect_tests }, { READS_KILLS, collect_kills }, { READS_ROLLBACK, collect_rollback },
	{ READS_REHEARSALS, collect_rehearsals }, { READS_INCIDENTS, collect_incidents }, { READS_RISKS, collect_risks },
};

static int by_section_and_key(const void *a, const void *b)
{
	const struct evidence_entry *x = a, *y = b;
	const int order = strcmp(x->section, y->section);

	return order ? order : strcmp(x->key, y->key);
}

/* `title` keeps the digests of two transitions, and of the three uses, apart from one another. */
static enum err_kind seal(struct evidence *evidence, const char *title, struct err *err)
{
	struct buf text = BUF_EMPTY;
	char hex[DIGEST_HEX_MAX];
	enum err_kind failed;

	if (evidence->count)
		qsort(evidence->entries, evidence->count, sizeof *evidence->entries, by_section_and_key);
	buf_printf(&text, "%s\n", title);
	for (size_t i = 0; i < evidence->count; i++)
		buf_printf(&text, "%s\t%s\t%s\n", evidence->entries[i].section, evidence->entries[i].key, digest_hex(&evidence->entries[i].hash, hex));
	failed = buf_check(&text, err);
	if (!failed)
		failed = digest_tagged("gonogo-evidence-v1", buf_text(&text), text.size, &evidence->digest, err);
	buf_release(&text);
	return failed;
}

static enum err_kind gather(const struct dossier *dossier, enum channel to, uint32_t reads, const char *title, struct arena *arena, struct evidence *out,
			    struct err *err)
{
	const struct collect c = { .dossier = dossier, .to = to, .arena = arena, .out = out };

	*out = (struct evidence){ 0 };
	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
		if ((reads & sections[i].section) && sections[i].collect(&c))
			return err_memory(err);
	return seal(out, title, err);
}

enum err_kind evidence_of(const struct dossier *dossier, enum channel to, struct arena *arena, struct evidence *out, struct err *err)
{
	const char *title = arena_printf(arena, "to %s", words_word(words_channel, (int)to));
	uint32_t reads = 0;

	if (!title)
		return err_memory(err);
	for (size_t i = 0; i < rule_count; i++)
		if (rule_is_listed(&rules[i], dossier, to))
			reads |= rules[i].reads;
	return gather(dossier, to, reads, title, arena, out, err);
}

enum { READS_CONTENT = READS_CLASS | READS_MANIFEST | READS_ROLLBACK | READS_SWITCH };

enum err_kind evidence_of_class(const struct dossier *dossier, struct arena *arena, struct evidence *out, struct err *err)
{
	return gather(dossier, CHANNEL_NONE, READS_CONTENT, "class", arena, out, err);
}

enum err_kind evidence_of_mechanism(const struct dossier *dossier, struct arena *arena, struct evidence *out, struct err *err)
{
	return gather(dossier, CHANNEL_NONE, READS_CONTENT | READS_RISKS, "mechanism", arena, out, err);
}

enum err_kind evidence_of_memo(const struct dossier *dossier, enum memo_kind kind, struct arena *arena, struct digest *out, struct err *err)
{
	struct evidence evidence;
	enum err_kind failed = kind == MEMO_MECHANISM ? evidence_of_mechanism(dossier, arena, &evidence, err)
						      : evidence_of(dossier, CHANNEL_STABLE, arena, &evidence, err);

	if (!failed)
		*out = evidence.digest;
	return failed;
}

enum err_kind evidence_since(const struct evidence *now, int64_t seq, struct arena *arena, struct texts *out, struct err *err)
{
	const char **lines = arena_array(arena, now->count + 1, sizeof *lines);
	size_t count = 0;

	if (!lines)
		return err_memory(err);
	for (size_t i = 0; i < now->count; i++) {
		const struct evidence_entry *entry = &now->entries[i];
		const bool has_key = strcmp(entry->key, "-") != 0;

		if (entry->source.seq <= seq)
			continue;
		lines[count] = arena_printf(arena, "%s%s%s changed by %s (fact %lld)", entry->section, has_key ? " " : "", has_key ? entry->key : "",
					    entry->source.actor, (long long)entry->source.seq);
		if (!lines[count++])
			return err_memory(err);
	}
	*out = (struct texts){ lines, count };
	return ERR_NONE;
}

enum err_kind evidence_signable_draft(const struct dossier *dossier, enum memo_kind kind, struct arena *arena, const struct memo_entry **out,
				      struct err *err)
{
	const struct memo_entry *draft = dossier_draft(dossier, kind);
	struct evidence now;
	enum err_kind failed;

	*out = NULL;
	if (!draft || draft->decision == DECISION_NO_GO) {
		*out = draft;
		return ERR_NONE;
	}
	failed = kind == MEMO_MECHANISM ? evidence_of_mechanism(dossier, arena, &now, err) : evidence_of(dossier, CHANNEL_STABLE, arena, &now, err);
	if (!failed && !draft->has_open_items && digest_equal(&draft->evidence, &now.digest))
		*out = draft;
	return failed;
}
