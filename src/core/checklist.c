#include <config.h>

#include <string.h>

#include <gonogo/core/checklist.h>

#include "judging.h"

/* What a figure is made from. */
struct figures { const struct gate_in *in; const struct findings *findings; };

/* An item holds while every finding of its rules does.  "DAT-" names all that begin so; an id alone names itself and its members. */
struct item_row {
	const char *text;
	const char *const *rules; /* ends with NULL */
	const char *(*figure)(const struct figures *figures); /* in the arena; NULL: memory */
};
#define RULES(...) (const char *const[]){ __VA_ARGS__, NULL }

static bool is_named(const char *pattern, const char *id)
{
	const size_t size = strlen(pattern);

	if (strncmp(pattern, id, size) != 0)
		return false;
	return pattern[size - 1] == '-' || id[size] == '\0' || id[size] == '.';
}

static bool is_of_item(const char *const *patterns, const char *id)
{
	for (; *patterns; patterns++)
		if (is_named(*patterns, id))
			return true;
	return false;
}

static const char *figure_durations(const struct figures *f)
{
	static const enum channel channels[] = { CHANNEL_EXPERIMENTAL, CHANNEL_CANDIDATE };
	struct gaps gaps = { 0 };
	const char *text;

	for (size_t i = 0; i < sizeof channels / sizeof *channels; i++) {
		struct soak soak;
		long long days;

		soak_of(f->in->dossier, f->in->policy, channels[i], f->in->now, &soak);
		days = soak.is_entered ? (long long)(soak.served_s / WHEN_DAY_S) : 0;
		gaps_add(&gaps, "%lld day%s in %s", days, days == 1 ? "" : "s", words_word(words_channel, (int)channels[i]));
	}
	return gaps_take(&gaps, f->in->arena, &text) ? NULL : text;
}

static const char *figure_incidents(const struct figures *f)
{
	const struct dossier *d = f->in->dossier;
	struct gaps gaps = { 0 };
	const char *text;

	for (size_t i = 0; i < d->incident_count; i++) {
		const struct incident *incident = &d->incidents[i];
		bool is_in_stay = false;

		for (size_t k = 0; k < d->stay_count; k++)
			is_in_stay |= d->stays[k].channel > CHANNEL_DEV && soak_incident_in_stay(incident, &d->stays[k]);
		if (is_in_stay)
			gaps_add(&gaps, "%s SEV-%d %s", incident->id, incident->severity, incident->resolved.seq ? "resolved" : "open");
	}
	if (!gaps.count)
		gaps_add(&gaps, "no incident of any severity");
	return gaps_take(&gaps, f->in->arena, &text) ? NULL : text;
}

static const char *count_settled(const struct figures *f, const char *const *patterns, const char *one, const char *many)
{
	size_t met = 0, not_applicable = 0;
	const char *what;

	for (size_t i = 0; i < f->findings->count; i++) {
		const struct finding *finding = &f->findings->items[i];

		if (!is_of_item(patterns, finding->id))
			continue;
		met += finding->state == FINDING_MET;
		not_applicable += finding->state == FINDING_NOT_APPLICABLE;
	}
	/* What was due once stands in the memo as it stood at that promotion, though the gate lists it no more. */
	for (size_t i = 0; i < rule_count; i++) {
		const struct answer_entry *answer = rules[i].once ? dossier_answer(f->in->dossier, rules[i].id) : NULL;

		if (!answer || !is_of_item(patterns, rules[i].id) || finding_of(f->findings, rules[i].id))
			continue;
		met += answer->value == ANSWER_PASS;
		not_applicable += answer->value == ANSWER_NA;
	}
	what = met == 1 ? one : many;
	if (!not_applicable)
		return arena_printf(f->in->arena, "%zu %s passed", met, what);
	return arena_printf(f->in->arena, "%zu %s passed, %zu not applicable", met, what, not_applicable);
}

static const char *figure_safety(const struct figures *f)
{
	return count_settled(f, RULES("DAT-"), "check", "checks");
}

static const char *figure_observability(const struct figures *f)
{
	return count_settled(f, RULES("OBS-", "OBV-", "ATT-"), "check", "checks");
}

static const char *figure_criteria(const struct figures *f)
{
	return count_settled(f, RULES("PLN-4"), "criterion", "criteria");
}

static const char *figure_switch(const struct figures *f)
{
	const struct dossier *d = f->in->dossier;
	const struct switch_test *test = d->test_count ? &d->tests[d->test_count - 1] : NULL;
	char date[WHEN_TEXT_MAX];

	if (!test)
		return arena_str(f->in->arena, "not tested");
	return arena_printf(f->in->arena, "%s, last tested %s in %s", d->definition.flag, when_date(test->source.at, date), test->environment);
}

static const char *figure_rollback(const struct figures *f)
{
	const struct dossier *d = f->in->dossier;
	const struct rehearsal *rehearsal = d->rehearsal_count ? &d->rehearsals[d->rehearsal_count - 1] : NULL;
	char date[WHEN_TEXT_MAX];

	if (!rehearsal)
		return arena_str(f->in->arena, "not rehearsed");
	return arena_printf(f->in->arena, "%zu step%s, rehearsed %s", d->rollback.steps.count, d->rollback.steps.count == 1 ? "" : "s",
			    when_date(rehearsal->source.at, date));
}

static const char *figure_class(const struct figures *f)
{
	return arena_str(f->in->arena, words_word(words_class, (int)f->in->dossier->class));
}

static const char *figure_stops(const struct figures *f)
{
	return arena_printf(f->in->arena, "%d of %d clear", STOP_COUNT, STOP_COUNT);
}

static const char *figure_restore(const struct figures *f)
{
	return arena_printf(f->in->arena, "restore verified: %s", f->in->dossier->rollback.restore ? f->in->dossier->rollback.restore : "no");
}

static const struct item_row stable_items[] = {
	{ "All channel durations met", RULES("CHN-2"), figure_durations },
	{ "No SEV-1 or SEV-2 incidents during soak", RULES("CHN-4", "CHN-5", "CHN-6"), figure_incidents },
	{ "Data safety verification passed", RULES("DAT-", "HS-3", "HS-4", "HS-5", "HS-7"), figure_safety },
	{ "Kill switch tested and functional", RULES("KSW-", "HS-6"), figure_switch },
	{ "Rollback plan documented and tested", RULES("RBP-", "CLS-5", "HS-2"), figure_rollback },
	{ "Observability verified", RULES("OBS-", "OBV-", "ATT-"), figure_observability },
	{ "Exit criteria from Tenant Exposure Plan met", RULES("PLN-4", "CHN-5"), figure_criteria },
};
static const struct item_row mechanism_items[] = {
	{ "Class recorded", RULES("CLS-1"), figure_class },
	{ "Hard stops clear", RULES("HS-"), figure_stops },
	{ "Kill switch configured and tested", RULES("KSW-1", "KSW-2", "KSW-3", "KSW-5"), figure_switch },
	{ "Rollback plan complete with restore verification", RULES("RBP-1", "CLS-5"), figure_restore },
};

/* A figure stands in one line, and an answer's note may have several. */
static void flatten(char *text)
{
	for (; *text; text++)
		if (*text == '\n')
			*text = ' ';
}

/* The reason of the first finding that is open, and how many more there are. */
static enum err_kind fill(const struct item_row *row, const struct figures *f, struct memo_item *item)
{
	const struct finding *first = NULL;
	size_t open = 0;
	char *reason;

	for (size_t i = 0; i < f->findings->count; i++) {
		const struct finding *finding = &f->findings->items[i];

		if (!is_of_item(row->rules, finding->id) || finding_is_settled(finding))
			continue;
		open++;
		if (!first)
			first = finding;
	}
	*item = (struct memo_item){ .ticked = !open, .text = row->text };
	if (!first) {
		item->figure = row->figure(f);
		return item->figure ? ERR_NONE : ERR_SYSTEM;
	}
	reason = open == 1 ? arena_printf(f->in->arena, "%s: %s", first->id, first->reason)
			   : arena_printf(f->in->arena, "%s: %s And %zu more.", first->id, first->reason, open - 1);
	if (!reason)
		return ERR_SYSTEM;
	flatten(reason);
	item->figure = reason;
	return ERR_NONE;
}

/* A check of the policy's own: who passed it, and under which policy it was asked. */
static enum err_kind fill_of_policy(const struct policy_item *asked, const struct figures *f, struct memo_item *item)
{
	const struct item_row row = { asked->text, RULES(asked->id), NULL };
	const struct answer_entry *answer = dossier_answer(f->in->dossier, asked->id);
	char date[WHEN_TEXT_MAX];

	if (!finding_is_settled(finding_of(f->findings, asked->id)))
		return fill(&row, f, item);
	*item = (struct memo_item){ .ticked = true, .text = asked->text };
	item->figure = arena_printf(f->in->arena, "%s, %s, %s", asked->id, answer->source.actor, when_date(answer->source.at, date));
	return item->figure ? ERR_NONE : ERR_SYSTEM;
}

enum err_kind checklist_from(const struct gate_in *in, enum memo_kind kind, const struct findings *findings, struct checklist *out)
{
	const struct figures f = { in, findings };
	const struct item_row *rows = kind == MEMO_STABLE ? stable_items : mechanism_items;
	const size_t count = kind == MEMO_STABLE ? sizeof stable_items / sizeof *stable_items : sizeof mechanism_items / sizeof *mechanism_items;

	const size_t most = count + in->policy->item_count;
	enum err_kind failed = ERR_NONE;

	*out = (struct checklist){ .items = arena_array(in->arena, most, sizeof *out->items), .is_complete = true };
	if (!out->items)
		return ERR_SYSTEM;
	for (; !failed && out->count < count; out->count++)
		failed = fill(&rows[out->count], &f, &out->items[out->count]);
	for (size_t i = 0; !failed && kind == MEMO_STABLE && i < in->policy->item_count; i++)
		if (finding_of(findings, in->policy->items[i].id))
			failed = fill_of_policy(&in->policy->items[i], &f, &out->items[out->count++]);
	for (size_t i = 0; i < out->count; i++)
		out->is_complete &= out->items[i].ticked;
	return failed;
}

enum err_kind checklist_of(const struct dossier *dossier, const struct policy *policy, enum memo_kind kind, instant now, struct arena *arena,
			   struct checklist *out, struct err *err)
{
	/* The rules of a mechanism memo are due at every transition alike. */
	const enum channel to = kind == MEMO_STABLE ? CHANNEL_STABLE : CHANNEL_CANDIDATE;
	const struct gate_in in = { .dossier = dossier, .policy = policy, .now = now, .to = to, .arena = arena };
	struct verdict verdict;
	enum err_kind failed = gate_judge(dossier, policy, to, now, arena, &verdict, err);

	if (failed)
		return failed;
	return checklist_from(&in, kind, &verdict.findings, out) ? err_memory(err) : ERR_NONE;
}
