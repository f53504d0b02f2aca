#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/core/authority.h>
#include <gonogo/core/serving.h>

#include "history.h"

#define LEDGER "0123456789abcdef0123456789abcdef"

static enum stamp stamp_good(void *context, const struct fact *fact, const struct registry *registry, const char *memo_text)
{
	(void)context;
	(void)fact;
	(void)registry;
	(void)memo_text;
	return STAMP_GOOD;
}

static const struct witness witness = { .stamp = stamp_good };

void history_at(struct history *h, const char *moment)
{
	cr_assert_eq(when_parse("the moment", moment, &h->now, &h->err), ERR_NONE, "%s", h->err.text);
}

void history_pass(struct history *h, int64_t seconds)
{
	h->now += seconds;
}

void history_close(struct history *h)
{
	arena_release(&h->folding);
	arena_release(&h->judging);
	arena_release(&h->arena);
}

static const char *write_body(struct history *h, const char *fmt, va_list args) PRINTF_LIKE(2, 0);

static const char *write_body(struct history *h, const char *fmt, va_list args)
{
	const char *fields = arena_vprintf(&h->arena, fmt, args);
	char *body = fields ? arena_printf(&h->arena, "{\"v\":1%s%s}", *fields ? "," : "", fields) : NULL;

	cr_assert(body, "There is no memory for a body.");
	for (char *c = body; *c; c++)
		if (*c == '\'')
			*c = '"';
	return body;
}

static bool is_about(const struct fact *fact, const char *release)
{
	return strcmp(fact->release, "-") == 0 || (release && text_same_id(fact->release, release));
}

static void fold_all(struct history *h, struct dossier *out, const char *release, size_t from)
{
	for (size_t i = from; i < h->count; i++) {
		if (!is_about(&h->facts[i], release))
			continue;
		cr_assert_eq(dossier_fold(out, &h->facts[i], &witness, &h->err), ERR_NONE, "%s %s: %s", h->facts[i].kind, h->facts[i].body, h->err.text);
	}
}

static struct relation relation_of(struct history *h, const char *release, bool *known)
{
	struct dossier dossier;

	dossier_begin(&dossier, &h->judging, release);
	fold_all(h, &dossier, release, 0);
	*known = dossier_exists(&dossier);
	return (struct relation){ .release = release, .state = dossier.state, .tip = dossier.state_source.hash };
}

/* Those that came to stable in place of this one (I-10). */
static size_t successors_of(struct history *h, const char *release, struct relation *out, size_t most)
{
	size_t count = 0;
	bool known;

	for (size_t i = 0; i < h->count && count < most; i++) {
		struct json_object body;
		const char *named;

		if (strcmp(h->facts[i].kind, "release.promoted") != 0)
			continue;
		cr_assert_eq(json_read_flat(h->facts[i].body, strlen(h->facts[i].body), &h->judging, &body, &h->err), ERR_NONE, "%s", h->err.text);
		named = body_text(&body, "supersedes");
		if (named && text_same_id(named, release) && strcmp(body_text(&body, "to"), "stable") == 0)
			out[count++] = relation_of(h, h->facts[i].release, &known);
	}
	return count;
}

static void relate(struct history *h)
{
	struct dossier *d = &h->dossier;
	struct relation predecessor = { 0 }, successors[8];
	bool known = false;
	size_t count;

	if (d->manifest.supersedes)
		predecessor = relation_of(h, d->manifest.supersedes, &known);
	count = d->state == STATE_STABLE ? successors_of(h, d->release, successors, 8) : 0;
	cr_assert_eq(dossier_relate(d, known ? &predecessor : NULL, successors, count, &h->err), ERR_NONE, "%s", h->err.text);
}

const struct dossier *history_dossier(struct history *h, const char *release)
{
	const char *wanted = release ? release : "-", *cached = h->base.release ? h->base.release : "-";

	arena_release(&h->judging);
	if (!h->folded || strcmp(cached, wanted) != 0) {
		arena_release(&h->folding);
		dossier_begin(&h->base, &h->folding, arena_str(&h->folding, wanted));
		h->folded = 0;
	}
	fold_all(h, &h->base, release, h->folded);
	h->folded = h->count;
	h->dossier = h->base;
	h->policy = h->dossier.registry.policy;
	relate(h);
	return &h->dossier;
}

/* Folds into the base of the release that was asked for last: whoever appends has just asked. */
static int64_t append(struct history *h, const struct fact_kind *kind, const char *actor, const char *release, const char *tenant, const char *body,
		      const struct json_object *fields)
{
	struct fact *fact;

	h->facts = arena_room(&h->arena, h->facts, h->count, &h->room, sizeof *h->facts);
	cr_assert(h->facts, "There is no memory for a fact.");
	fact = &h->facts[h->count];
	*fact = (struct fact){ .seq = (int64_t)h->count + 1, .at = h->now, .actor = arena_str(&h->arena, actor), .origin = "test:1000",
			       .tenant = arena_str(&h->arena, tenant), .release = arena_str(&h->arena, release), .kind = kind->name,
			       .action = arena_printf(&h->arena, "%032zx", h->count + 1), .body = body,
			       .sig = kind_must_sign(kind, fields) ? "signed" : "" };
	if (h->count)
		fact->prev = h->facts[h->count - 1].hash;
	else
		cr_assert_eq(fact_genesis(LEDGER, &fact->prev, &h->err), ERR_NONE, "%s", h->err.text);
	cr_assert_eq(fact_hash(fact, &fact->hash, &h->err), ERR_NONE, "%s", h->err.text);
	h->count++;
	return fact->seq;
}

static enum err_kind permit(struct history *h, const char *actor, const struct fact_kind *kind, const char *release, const char *tenant,
			    const struct json_object *fields)
{
	const struct dossier *dossier = history_dossier(h, strcmp(release, "-") == 0 ? NULL : release);
	const struct permit_in in = { .dossier = dossier, .policy = &h->policy, .actor = registry_person(&dossier->registry, actor), .now = h->now,
				      .tenant = tenant, .release = release, .body = fields, .kind = kind, .arena = &h->judging };

	if (!in.actor)
		return err_set(&h->err, ERR_REFUSED, "%s is not enrolled (ATT-1).", actor);
	return authority_permits(&in, &h->already, &h->err);
}

static enum err_kind commit(struct history *h, bool asks, const char *actor, const char *kind_name, const char *release, const char *tenant,
			    const char *body, int64_t *seq)
{
	const struct fact_kind *kind = kind_find(kind_name);
	struct json_object fields;
	enum err_kind failed;

	release = release ? release : "-";
	tenant = tenant ? tenant : "*";
	h->already = false;
	h->err = (struct err){ 0 };
	cr_assert(kind, "There is no kind %s.", kind_name);
	failed = kind_body(kind, body, strlen(body), &h->arena, &fields, &h->err);
	/* What came from a person and does not fit the fact's fields is the person's to mend. */
	if (failed)
		return failed == ERR_INPUT ? ERR_USAGE : failed;
	if (asks)
		failed = permit(h, actor, kind, release, tenant, &fields);
	if (!failed && !h->already)
		*seq = append(h, kind, actor, release, tenant, body, &fields);
	if (!failed && !h->already)
		(void)history_dossier(h, strcmp(release, "-") == 0 ? NULL : release);
	return failed;
}

enum err_kind history_act(struct history *h, const char *actor, const char *kind, const char *release, const char *tenant, const char *fmt, ...)
{
	const char *body;
	int64_t seq;
	va_list args;

	va_start(args, fmt);
	body = write_body(h, fmt, args);
	va_end(args);
	return commit(h, true, actor, kind, release, tenant, body, &seq);
}

int64_t history_put(struct history *h, const char *actor, const char *kind, const char *release, const char *tenant, const char *fmt, ...)
{
	const char *body;
	int64_t seq = 0;
	va_list args;

	va_start(args, fmt);
	body = write_body(h, fmt, args);
	va_end(args);
	cr_assert_eq(commit(h, false, actor, kind, release, tenant, body, &seq), ERR_NONE, "%s: %s", body, h->err.text);
	return seq;
}

enum err_kind history_forge(struct history *h, const char *actor, const char *kind, const char *release, const char *tenant, const char *fmt, ...)
{
	const char *body;
	struct fact fact;
	enum err_kind failed;
	va_list args;

	va_start(args, fmt);
	body = write_body(h, fmt, args);
	va_end(args);
	(void)history_dossier(h, release);
	fact = (struct fact){ .seq = (int64_t)h->count + 1, .at = h->now, .actor = actor, .origin = "test:1000", .tenant = tenant ? tenant : "*",
			      .release = release ? release : "-", .kind = kind, .action = "0", .body = body, .sig = "signed",
			      .prev = h->facts[h->count - 1].hash };
	cr_assert_eq(fact_hash(&fact, &fact.hash, &h->err), ERR_NONE, "%s", h->err.text);
	failed = dossier_fold(&h->base, &fact, &witness, &h->err);
	h->folded = 0;
	return failed;
}

const struct verdict *history_judge(struct history *h, const char *release, enum channel to)
{
	const struct dossier *dossier = history_dossier(h, release);

	cr_assert_eq(gate_judge(dossier, &h->policy, to, h->now, &h->judging, &h->verdict, &h->err), ERR_NONE, "%s", h->err.text);
	return &h->verdict;
}

const struct finding *history_finding(const struct history *h, const char *rule)
{
	return finding_of(&h->verdict.findings, rule);
}

bool history_allowed(struct history *h, const char *release, const char *tenant)
{
	const struct dossier *dossier = history_dossier(h, release);
	const struct tenant *found = registry_tenant(&dossier->registry, tenant);

	cr_assert(found, "There is no tenant %s.", tenant);
	return serving_allowed(dossier, found, h->err.text);
}

const char *history_told(struct history *h, const char *rule)
{
	struct buf text = BUF_EMPTY;
	const char *told;

	for (size_t i = 0; i < h->verdict.findings.count; i++) {
		const struct finding *finding = &h->verdict.findings.items[i];

		if (rule ? strcmp(finding->id, rule) == 0 : !finding_is_settled(finding))
			buf_printf(&text, "\n  %s %s: %s", finding->id, words_word(words_finding, (int)finding->state), finding->reason);
	}
	told = arena_str(&h->arena, text.size ? buf_text(&text) : rule ? "It is not listed." : "Everything is settled.");
	buf_release(&text);
	return told;
}

static void enrol(struct history *h, const char *id, const char *name, const char *role)
{
	HISTORY_MUST(h, history_act(h, "bob", "person.added", NULL, NULL,
				    "'person':'%s','name':'%s','login':'%s','roles':['%s'],'key':'ssh-ed25519 %s'", id, name, id, role, id));
}

static void add_tenant(struct history *h, const char *id, const char *kind, const char *track)
{
	HISTORY_MUST(h, history_act(h, "bob", "tenant.added", NULL, id, "'name':'Tenant %s','kind':'%s','track':'%s'", id, kind, track));
}

void history_open(struct history *h)
{
	*h = (struct history){ 0 };
	arena_init(&h->arena, 0);
	arena_init(&h->folding, 0);
	arena_init(&h->judging, 0);
	policy_standard(&h->policy);
	history_at(h, "2025-01-06T09:00:00Z");
	history_put(h, "bob", "ledger.opened", NULL, NULL,
		    "'ledger':'" LEDGER "','person':'bob','name':'Bob Roe','login':'bob','key':'ssh-ed25519 bob','demo':0");
	enrol(h, "jane", "Jane Doe", "dev-lead");
	enrol(h, "quinn", "Quinn Poe", "qa");
	enrol(h, "otto", "Otto Loe", "operator");
	enrol(h, "olga", "Olga Moe", "system-owner");
	enrol(h, "dirk", "Dirk Noe", "dev-lead");
	add_tenant(h, "SBNC-dev", "dev-test", "standard");
	add_tenant(h, "SBNC-staging", "dev-test", "standard");
	add_tenant(h, "acme", "production", "standard");
	add_tenant(h, "birch", "production", "standard");
	add_tenant(h, "quiet", "production", "stable-only");
	HISTORY_MUST(h, history_act(h, "bob", "tenant.consent", NULL, "acme", "'op':'given','method':'mail of 2025-01-03'"));
}
