#include <config.h>

/*
 * Two derivations of the same facts, held together: the fold decides, the projection serves lists.  Random histories, of which those facts are kept
 * that the fold accepts; the projection must then accept them too, and say the same.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/base/buf.h>
#include <gonogo/base/text.h>
#include <gonogo/core/kinds.h>
#include <gonogo/store/ledger.h>
#include <gonogo/store/project.h>
#include <gonogo/store/rebuild.h>

#include "ground.h"

TestSuite(agree, .timeout = 300);

enum { RELEASES = 4, TENANTS = 3, PEOPLE = 3, STEPS = 260, SEEDS = 6 };
#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

struct history {
	struct ground ground;
	uint32_t random;
	const char *supersedes[RELEASES];
	int memos, incidents, kept;
};

static int pick(struct history *history, int below)
{
	history->random = history->random * 1664525U + 1013904223U;
	return (int)((history->random >> 16) % (uint32_t)below);
}

static const char *any(struct history *history, const char *const *words)
{
	int count = 0;

	while (words[count])
		count++;
	return words[pick(history, count)];
}

static const char *const ops[] = { "revoke", "grant", NULL }, *const roles[] = { "dev-lead", "qa", "system-owner", "operator", NULL };
static const char *const classes[] = { "unclear", "ui-only", "workflow", "capability", NULL }, *const key_ops[] = { "add", "retire", "revoke", NULL };
static const char *const states[] = { "on", "off", NULL }, *const results[] = { "pass", "fail", NULL }, *const memo_kinds[] = { "stable", "mechanism", NULL };
static const char *const channels[] = { "dev", "experimental", "candidate", "stable", NULL }, *const consents[] = { "given", "withdrawn", NULL };
static const char *const tracks[] = { "standard", "stable-only", NULL };
static const char *const tenant_lists[] = { "[\"t0\"]", "[\"t1\",\"t2\"]", "[\"*\"]", "[\"t0\",\"t1\",\"t2\"]", "[\"T1\"]", NULL };

struct draft_fact { const char *kind, *release, *tenant, *body; };

/* Whether the projection has the release where a promotion to stable may find its predecessor (CHN-1). */
static bool may_be_superseded(struct history *history, const char *id)
{
	const char *state = ground_rows(&history->ground, arena_printf(&history->ground.arena, "select state from release where id = '%s'", id));

	return strcmp(state, "stable") == 0 || strcmp(state, "superseded") == 0 || strcmp(state, "rolled-back") == 0 || strcmp(state, "withdrawn") == 0;
}

static struct draft_fact of_register(struct history *history)
{
	struct arena *arena = &history->ground.arena;
	const char *person = arena_printf(arena, "p%d", pick(history, PEOPLE)), *tenant = arena_printf(arena, "t%d", pick(history, TENANTS));
	const char *release = arena_printf(arena, "R%d", pick(history, RELEASES));

	switch (pick(history, 8)) {
	case 0:
		return (struct draft_fact){ "person.added", NULL, NULL, arena_printf(arena, "{\"v\":1,\"person\":\"%s\",\"name\":\"N\",\"roles\":[\"%s\"],"
					    "\"key\":\"k %s\"}", person, any(history, roles), person) };
	case 1:
	case 2:
		return (struct draft_fact){ "person.role", NULL, NULL, arena_printf(arena, "{\"v\":1,\"person\":\"%s\",\"role\":\"%s\",\"op\":\"%s\"}", person,
					    any(history, roles), any(history, ops)) };
	case 3:
		return (struct draft_fact){ "person.key", NULL, NULL, arena_printf(arena, "{\"v\":1,\"person\":\"%s\",\"key\":\"k %s\",\"op\":\"%s\"}", person,
					    person, any(history, key_ops)) };
	case 4:
		return (struct draft_fact){ "tenant.added", NULL, tenant, "{\"v\":1,\"name\":\"N\",\"kind\":\"production\",\"track\":\"standard\"}" };
	case 5:
		return (struct draft_fact){ "tenant.opted_out", NULL, tenant, "{\"v\":1,\"channel\":\"experimental\"}" };
	case 6:
		return (struct draft_fact){ "tenant.tracked", NULL, tenant, arena_printf(arena, "{\"v\":1,\"track\":\"%s\"}", any(history, tracks)) };
	default:
		return (struct draft_fact){ "tenant.consent", NULL, tenant, pick(history, 2)
					    ? arena_printf(arena, "{\"v\":1,\"op\":\"%s\"}", any(history, consents))
					    : arena_printf(arena, "{\"v\":1,\"op\":\"%s\",\"for\":\"%s\"}", any(history, consents), release) };
	}
}

static struct draft_fact of_promotion(struct history *history, const char *release, const char *supersedes)
{
	struct arena *arena = &history->ground.arena;
	const int from = pick(history, 3);

	if (from == 2 && supersedes && !may_be_superseded(history, supersedes))
		return (struct draft_fact){ 0 };
	const char *memo = from == 2 ? arena_printf(arena, ",\"memo\":\"%s\"",
						    ground_rows(&history->ground, arena_printf(arena, "select id from memo where release = '%s' and kind = 'stable' "
											       "and state = 'issued' order by n desc limit 1", release))) : "";
	const char *over = from == 2 && supersedes ? arena_printf(arena, ",\"supersedes\":\"%s\"", supersedes) : "";
	return (struct draft_fact){ "release.promoted", release, NULL, arena_printf(arena, "{\"v\":1,\"from\":\"%s\",\"to\":\"%s\",\"evidence\":\"" DIGEST "\","
				    "\"approvals\":[]%s%s}", channels[from], channels[from + 1], memo, over) };
}

static struct draft_fact of_memo(struct history *history, const char *release)
{
	struct arena *arena = &history->ground.arena;

	if (pick(history, 3) == 0)
		return (struct draft_fact){ "memo.drafted", release, NULL, arena_printf(arena, "{\"v\":1,\"memo\":\"%s/m%d\",\"version\":1,\"kind\":\"%s\","
					    "\"decision\":\"go\",\"text\":\"t\",\"evidence\":\"" DIGEST "\",\"system_owner\":\"alice\"%s,\"open_items\":0}", release,
					    ++history->memos, any(history, memo_kinds), pick(history, 2) ? ",\"dev_lead\":\"alice\"" : "") };
	return (struct draft_fact){ "memo.signed", release, NULL, arena_printf(arena, "{\"v\":1,\"memo\":\"%s/m%d\",\"role\":\"%s\"}", release,
				    history->memos - pick(history, 3), pick(history, 2) ? "dev-lead" : "system-owner") };
}

static struct draft_fact of_switch(struct history *history, const char *release)
{
	struct arena *arena = &history->ground.arena;
	const char *tenant = arena_printf(arena, "t%d", pick(history, TENANTS)), *definition;

	switch (pick(history, 7)) {
	case 0:
		return (struct draft_fact){ "switch.defined", release, NULL, "{\"v\":1,\"flag\":\"f\",\"default\":\"off\"}" };
	case 1:
		return (struct draft_fact){ "switch.bound", release, NULL, "{\"v\":1,\"provider\":\"env\",\"place\":\"P\"}" };
	case 2:
		definition = ground_rows(&history->ground, arena_printf(arena, "select definition from switch where release = '%s'", release));
		if (!*definition)
			return (struct draft_fact){ 0 };
		return (struct draft_fact){ "switch.tested", release, NULL, arena_printf(arena, "{\"v\":1,\"environment\":\"dev\",\"result\":\"%s\",\"definition\":%s,"
					    "\"note\":\"n\"}", any(history, results), definition) };
	case 3:
		return (struct draft_fact){ "switch.confirmed", release, tenant, arena_printf(arena, "{\"v\":1,\"state\":\"%s\"}", any(history, states)) };
	case 4:
		return (struct draft_fact){ "switch.killed", release, NULL, arena_printf(arena, "{\"v\":1,\"tenants\":%s,\"reason\":\"r\"}",
					    any(history, tenant_lists)) };
	default:
		return (struct draft_fact){ "switch.restored", release, NULL, arena_printf(arena, "{\"v\":1,\"tenants\":%s,\"reason\":\"r\",\"approvals\":[]}",
					    any(history, tenant_lists)) };
	}
}

static struct draft_fact of_incident(struct history *history, const char *release)
{
	struct arena *arena = &history->ground.arena;
	const char *known = arena_printf(arena, "INC-%d", history->incidents ? 1 + pick(history, history->incidents) : 1);

	switch (pick(history, 3)) {
	case 0:
		return (struct draft_fact){ "incident.opened", release, NULL, arena_printf(arena, "{\"v\":1,\"incident\":\"INC-%d\",\"severity\":%d,\"summary\":\"s\","
					    "\"cross_tenant\":%d,\"releases\":[\"%s\"]}", history->incidents + 1, 1 + pick(history, 4), pick(history, 2), release) };
	case 1:
		return (struct draft_fact){ "incident.regraded", NULL, NULL, arena_printf(arena, "{\"v\":1,\"incident\":\"%s\",\"severity\":%d,\"reason\":\"r\"}",
					    known, 1 + pick(history, 4)) };
	default:
		return (struct draft_fact){ "incident.resolved", NULL, NULL, arena_printf(arena, "{\"v\":1,\"incident\":\"%s\",\"resolution\":\"r\"}", known) };
	}
}

static struct draft_fact of_release(struct history *history, const char *release, const char **supersedes)
{
	struct arena *arena = &history->ground.arena;
	const int which = pick(history, 20);

	if (which == 0) {
		const int index = release[1] - '0';
		*supersedes = index && pick(history, 2) ? arena_printf(arena, "R%d", pick(history, index)) : NULL;
		const char *line = *supersedes ? arena_printf(arena, ",\"supersedes\":\"%s\"", *supersedes) : "";
		return (struct draft_fact){ "release.registered", release, NULL, arena_printf(arena, "{\"v\":1,\"class\":\"%s\",\"description\":\"D%d\"%s}",
					    any(history, classes), pick(history, 2), line) };
	}
	if (which == 1)
		return (struct draft_fact){ "release.classified", release, NULL, arena_printf(arena, "{\"v\":1,\"class\":\"%s\"}", any(history, classes)) };
	if (which == 2)
		return (struct draft_fact){ "plan.saved", release, NULL, arena_printf(arena, "{\"v\":1,\"class\":\"workflow\",\"tenants\":%s}",
					    any(history, tenant_lists)) };
	if (which == 3)
		return pick(history, 6) ? (struct draft_fact){ 0 } : (struct draft_fact){ "release.withdrawn", release, NULL, "{\"v\":1,\"reason\":\"r\"}" };
	if (which == 4)
		return pick(history, 3) ? (struct draft_fact){ 0 } : (struct draft_fact){ "rollback.started", release, NULL, "{\"v\":1,\"reason\":\"r\"}" };
	if (which == 5)
		return (struct draft_fact){ "rollback.finished", release, NULL, arena_printf(arena, "{\"v\":1,\"verification\":\"%s\",\"note\":\"n\"}",
					    any(history, results)) };
	return which < 9 ? of_promotion(history, release, *supersedes) : which < 14 ? of_memo(history, release) : which < 18 ? of_switch(history, release)
	       : of_incident(history, release);
}

static enum stamp all_good(void *context, const struct fact *fact, const struct registry *registry, const char *memo_text)
{
	(void)context;
	(void)fact;
	(void)registry;
	(void)memo_text;
	return STAMP_GOOD;
}

static enum err_kind fold(struct ground *ground, const char *release, struct arena *arena, struct dossier *dossier)
{
	const struct witness witness = { .stamp = all_good };
	const struct ledger_range all = LEDGER_ALL;
	struct fact_list list;

	dossier_begin(dossier, arena, release);
	enum err_kind kind = ledger_release(ground->store, release, &all, arena, &list, &ground->err);
	for (size_t i = 0; i < list.count && kind == ERR_NONE; i++)
		kind = dossier_fold(dossier, &list.items[i], &witness, &ground->err);
	return kind;
}

/* Whether the fold of every release it concerns accepts the fact that was just appended. */
static bool is_accepted(struct history *history, const char *release)
{
	bool accepted = true;

	for (int i = 0; i < RELEASES && accepted; i++) {
		const char id[] = { 'R', (char)('0' + i), '\0' };
		struct dossier dossier;
		struct arena arena;
		if (release && strcmp(release, id) != 0)
			continue;
		arena_init(&arena, 0);
		accepted = fold(&history->ground, id, &arena, &dossier) == ERR_NONE;
		arena_release(&arena);
	}
	return accepted;
}

/* One more fact, if the fold takes it; false when the projection then does not. */
static bool step(struct history *history)
{
	struct ground *ground = &history->ground;
	const char *release = arena_printf(&ground->arena, "R%d", pick(history, RELEASES));
	const char **kept = &history->supersedes[release[1] - '0'], *supersedes = *kept;
	const bool is_known = *ground_rows(ground, arena_printf(&ground->arena, "select id from release where id = '%s'", release)) != '\0';
	struct draft_fact draft = pick(history, 4) ? of_release(history, release, &supersedes) : of_register(history);

	if (!draft.kind || (draft.release && !is_known && strcmp(draft.kind, "release.registered") != 0))
		return true;
	struct fact fact = ground_fact(ground, draft.kind, draft.release, draft.tenant, draft.body);
	if (store_begin_immediate(ground->store, &ground->err) != ERR_NONE)
		return false;
	const enum err_kind kind = ledger_append(ground->store, &fact, &ground->err);
	if (kind != ERR_NONE || !is_accepted(history, draft.release)) {
		store_rollback(ground->store);
		return kind == ERR_NONE || kind == ERR_REFUSED;
	}
	if (project_fact(ground->store, fact.kind, fact.seq, &ground->err) != ERR_NONE || store_commit(ground->store, &ground->err) != ERR_NONE) {
		err_prefix(&ground->err, "%s %s", fact.kind, fact.body);
		return false;
	}
	*kept = supersedes;
	history->kept++;
	history->incidents += strcmp(fact.kind, "incident.opened") == 0;
	return true;
}

/* --- what both say, in the same words ----------------------------------------------------------------------- */

static const char registry_sql[] =
	"select 'person ' || p.id || ' ' || (select count(*) from person_role r where r.person = p.id) || ' '"
	" || (select count(*) from person_key k where k.person = p.id and k.state = 'valid') from person p"
	" union all select 'tenant ' || t.id || ' ' || t.track || ' ' || t.opted_out || ' '"
	" || coalesce((select group_concat(c.release, ',') from tenant_consent c where c.tenant = t.id), '') from tenant t order by 1";

static int compare_texts(const void *a, const void *b)
{
	const char *const *left = a, *const *right = b;

	return strcmp(*left, *right);
}

static const char *join(struct arena *arena, const char **items, size_t count, const char *between)
{
	struct buf out = BUF_EMPTY;

	qsort(items, count, sizeof *items, compare_texts);
	for (size_t i = 0; i < count; i++)
		buf_printf(&out, "%s%s", i ? between : "", items[i]);
	const char *text = arena_str(arena, buf_text(&out));
	buf_release(&out);
	return text ? text : "out of memory";
}

static int count_roles(role_set set)
{
	int count = 0;

	for (; set; set = (role_set)(set & (set - 1)))
		count++;
	return count;
}

static const char *registry_text(const struct registry *registry, struct arena *arena)
{
	const char *lines[PEOPLE + TENANTS + 1];
	size_t count = 0;

	for (size_t i = 0; i < registry->person_count; i++) {
		const struct person *person = &registry->people[i];
		int keys = 0;
		for (size_t k = 0; k < person->key_count; k++)
			keys += person->keys[k].state == KEY_VALID;
		lines[count++] = arena_printf(arena, "person %s %d %d", person->id, count_roles(person->roles), keys);
	}
	for (size_t i = 0; i < registry->tenant_count; i++) {
		const struct tenant *tenant = &registry->tenants[i];
		const char *of[RELEASES + 1];
		for (size_t k = 0; k < tenant->consent_count; k++)
			of[k] = tenant->consents[k].release ? tenant->consents[k].release : "-";
		lines[count++] = arena_printf(arena, "tenant %s %s %d %s", tenant->id, words_word(words_tenant_track, (int)tenant->track), tenant->is_opted_out,
					      join(arena, of, tenant->consent_count, ","));
	}
	return join(arena, lines, count, "\n");
}

#define RELEASE_SQL \
	"select state || ' ' || class || ' ' || class_locked || ' ' || rolling_back || ' killed'" \
	" || coalesce((select group_concat(' ' || lower(tenant), '') from (select tenant from release_tenant where release = r.id and killed = 1 order by lower(tenant))), '')" \
	" || ' spared' || coalesce((select group_concat(' ' || lower(tenant), '') from (select tenant from release_tenant where release = r.id and spared = 1 order by lower(tenant))), '')" \
	" || ' wanted' || coalesce((select group_concat(' ' || lower(tenant), '') from (select tenant from release_tenant where release = r.id and wanted = 1 order by lower(tenant))), '')" \
	" || ' confirmed' || coalesce((select group_concat(' ' || lower(tenant) || ' ' || confirmed, '') from" \
	" (select tenant, confirmed from release_tenant where release = r.id and confirmed is not null order by lower(tenant))), '')" \
	" || ' test ' || coalesce((select result from switch where release = r.id), '-')" \
	" || ' incidents' || coalesce((select group_concat(' ' || id || ' ' || severity, '') from" \
	" (select i.id, i.severity from incident i join incident_release x on x.incident = i.id where x.release = r.id and i.resolved_at is null order by i.id)), '')" \
	" || ' memos' || coalesce((select group_concat(' ' || id || ' ' || case state when 'ended' then 'replaced' else state end, '') from" \
	" (select id, state from memo where release = r.id order by id)), '')" \
	" || ' ' || strftime('%%s', state_at) from release r where id = '%s'"

static const char *lower(struct arena *arena, const char *text)
{
	char *copy = arena_str(arena, text);

	for (char *c = copy; c && *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c + 'a' - 'A');
	return copy ? copy : "out of memory";
}

static void add_list(struct buf *out, struct arena *arena, const char *title, const char **items, size_t count)
{
	buf_printf(out, " %s%s%s", title, count ? " " : "", join(arena, items, count, " "));
}

static void add_kills(struct buf *out, struct arena *arena, const struct dossier *d)
{
	const char *killed[8], *spared[8];
	size_t kills = 0, spares = 0;

	for (size_t i = 0; i < d->kill_count; i++) {
		killed[kills++] = lower(arena, d->kills[i].tenant);
		for (size_t k = 0; k < d->kills[i].except_count; k++) {
			const char *name = lower(arena, d->kills[i].except[k]);
			bool is_there = false;
			for (size_t n = 0; n < spares; n++)
				is_there |= strcmp(spared[n], name) == 0;
			if (!is_there)
				spared[spares++] = name;
		}
	}
	add_list(out, arena, "killed", killed, kills);
	add_list(out, arena, "spared", spared, spares);
}

static const char *release_text(struct arena *arena, const struct dossier *d)
{
	const char *wanted[8], *confirmed[8], *incidents[STEPS], *memos[STEPS];
	size_t incident_count = 0;
	struct buf out = BUF_EMPTY;

	buf_printf(&out, "%s %s %d %d", words_word(words_state, (int)d->state), words_word(words_class, (int)d->class), d->class_locked, dossier_is_rolling_back(d));
	add_kills(&out, arena, d);
	for (size_t i = 0; i < d->plan.tenants.count; i++)
		wanted[i] = lower(arena, d->plan.tenants.items[i]);
	add_list(&out, arena, "wanted", wanted, d->plan.tenants.count);
	for (size_t i = 0; i < d->confirmation_count; i++)
		confirmed[i] = arena_printf(arena, "%s %s", lower(arena, d->confirmations[i].tenant), d->confirmations[i].is_on ? "on" : "off");
	add_list(&out, arena, "confirmed", confirmed, d->confirmation_count);
	buf_printf(&out, " test %s", d->test_count ? words_word(words_result, (int)d->tests[d->test_count - 1].result) : "-");
	for (size_t i = 0; i < d->incident_count; i++)
		if (!d->incidents[i].resolved.seq && text_same_id(d->incidents[i].releases.items[0], d->release))
			incidents[incident_count++] = arena_printf(arena, "%s %d", d->incidents[i].id, d->incidents[i].severity);
	add_list(&out, arena, "incidents", incidents, incident_count);
	for (size_t i = 0; i < d->memo_count; i++)
		memos[i] = arena_printf(arena, "%s %s", d->memos[i].id, d->memos[i].issued_seq ? "issued" : d->memos[i].is_replaced ? "replaced" : "draft");
	add_list(&out, arena, "memos", memos, d->memo_count);
	const char *text = arena_str(arena, buf_text(&out));
	buf_release(&out);
	return text ? text : "out of memory";
}

/* The state after what the successors have become (I-10). */
static enum err_kind relate(struct history *history, struct arena *arena, struct dossier *dossier)
{
	struct relation successors[STEPS];
	struct dossier other;
	struct texts ids;
	const struct ledger_range all = LEDGER_ALL;

	enum err_kind kind = ledger_successors(history->ground.store, dossier->release, &all, arena, &ids, &history->ground.err);
	for (size_t i = 0; kind == ERR_NONE && i < ids.count; i++) {
		kind = fold(&history->ground, ids.items[i], arena, &other);
		successors[i] = (struct relation){ .release = ids.items[i], .state = other.state };
	}
	return kind == ERR_NONE ? dossier_relate(dossier, NULL, successors, ids.count, &history->ground.err) : kind;
}

/* "" when both agree, else what each says. */
static const char *compare(struct history *history, struct arena *arena)
{
	struct ground *ground = &history->ground;
	struct dossier dossier;

	for (int i = 0; i < RELEASES; i++) {
		const char *id = arena_printf(arena, "R%d", i);
		if (fold(ground, id, arena, &dossier) != ERR_NONE)
			return ground->err.text;
		const char *folded = registry_text(&dossier.registry, arena), *projected = ground_rows(ground, registry_sql);
		if (strcmp(folded, projected) != 0)
			return arena_printf(arena, "fold:\n%s\nprojection:\n%s", folded, projected);
		if (!dossier_exists(&dossier))
			continue;
		const bool was_stable = dossier.state == STATE_STABLE;
		if (relate(history, arena, &dossier) != ERR_NONE)
			return ground->err.text;
		folded = release_text(arena, &dossier);
		projected = ground_rows(ground, arena_printf(arena, RELEASE_SQL, id));
		/* The moment since when a release is superseded, or stable again, is another release's fact: only the lists know it. */
		char moment[32];
		(void)snprintf(moment, sizeof moment, " %" PRId64, dossier.state_source.at);
		const size_t size = strlen(folded);
		if (strncmp(folded, projected, size) != 0 || projected[size] != ' ' || (!was_stable && strcmp(projected + size, moment) != 0))
			return arena_printf(arena, "%s\nfold:       %s%s\nprojection: %s", id, folded, moment, projected);
	}
	return "";
}

Test(agree, the_projection_says_what_the_fold_says)
{
	int kept = 0;

	for (uint32_t seed = 1; seed <= SEEDS; seed++) {
		struct history history = { .random = seed };
		struct buf difference = BUF_EMPTY;
		bool same = false;

		cr_assert(ground_open(&history.ground), "%s", history.ground.err.text);
		for (int i = 0; i < STEPS; i++) {
			cr_assert(step(&history), "seed %u, step %d: %s", seed, i, history.ground.err.text);
			if (i % 10 != 9)
				continue;
			struct arena arena;
			arena_init(&arena, 0);
			const char *said = compare(&history, &arena);
			cr_assert(strcmp(said, "") == 0, "seed %u, step %d: %s", seed, i, said);
			arena_release(&arena);
		}
		cr_assert(rebuild_compare(history.ground.store, &same, &difference, &history.ground.err) == ERR_NONE && same, "%s%s", history.ground.err.text,
			  buf_text(&difference));
		buf_release(&difference);
		kept += history.kept;
		ground_leave(&history.ground);
	}
	cr_assert(kept > SEEDS * STEPS / 3, "%d facts were worth a comparison", kept);
}
