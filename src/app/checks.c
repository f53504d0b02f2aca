#include <config.h>

#include <string.h>

#include <gonogo/app/checks.h>
#include <gonogo/app/standing.h>
#include <gonogo/base/text.h>
#include <gonogo/core/fold.h>
#include <gonogo/core/judge.h>

static const enum channel targets[] = { CHANNEL_EXPERIMENTAL, CHANNEL_CANDIDATE, CHANNEL_STABLE };
enum { TARGETS = sizeof targets / sizeof *targets };

static bool is_stop(const struct rule *rule)
{
	return rule->judge == judge_stop;
}

static bool is_asked(const struct rule *rule)
{
	return rule->how == RULE_ATTESTED || is_stop(rule);
}

/* --- which transition speaks for a question --- */

static size_t next_of(const struct dossier *dossier)
{
	const enum channel next = dossier_next(dossier);
	size_t i = 0;

	while (i < TARGETS && targets[i] != next)
		i++;
	return i;
}

/* The next transition, the later ones, those passed from the last one back. */
static size_t target_at(size_t next, size_t turn)
{
	return next + turn < TARGETS ? next + turn : TARGETS - 1 - turn;
}

static bool has_rule(const struct verdict *verdict, const struct rule *rule)
{
	for (size_t i = 0; i < verdict->findings.count; i++)
		if (verdict->findings.items[i].rule == rule)
			return true;
	return false;
}

/* --- what stands on record, in words --- */

static const char *worth_of(enum finding_state state)
{
	switch (state) {
	case FINDING_STALE:
		return ", stale";
	case FINDING_UNANSWERED:
		return ", void";
	case FINDING_UNMET:
	case FINDING_WAITING:
		return ", unmet";
	case FINDING_MET:
	case FINDING_FAILED:
	case FINDING_NOT_APPLICABLE:
		break;
	}
	return "";
}

static void describe_answer(const struct dossier *d, struct check *check, struct arena *arena)
{
	const struct answer_entry *answer = dossier_answer(d, check->finding->id);
	const enum finding_state state = check->finding->state;

	if (!answer) {
		check->word = state == FINDING_UNANSWERED ? (check->is_past ? "-" : "open") : words_word(words_finding, (int)state);
		return;
	}
	check->is_answered = true;
	check->who = answer->source.actor;
	check->at = answer->source.at;
	check->word = arena_printf(arena, "%s%s", answer->value == ANSWER_NA ? "n/a" : words_word(words_answer, (int)answer->value), worth_of(state));
}

/* A stop that documents raise or clear has nobody's name on it. */
static void describe_stop(const struct dossier *d, struct check *check)
{
	const enum finding_state state = check->finding->state;
	const struct stop *stop;
	size_t index;

	check->word = state == FINDING_MET ? "clear" : state == FINDING_UNANSWERED ? "open" : "RAISED";
	if (!dossier_stop_index(check->finding->id, &index))
		return;
	stop = &d->stops[index];
	check->is_answered = stop->is_raised || stop->is_assessed;
	if (check->is_answered) {
		check->who = stop->is_raised ? stop->raised.actor : stop->cleared.actor;
		check->at = stop->is_raised ? stop->raised.at : stop->cleared.at;
	}
}

static enum err_kind describe(struct checks *checks, const struct verdict *verdict, struct check *check, struct err *err)
{
	const struct record *record = &checks->record;
	const struct finding *finding = check->finding;

	check->question = rule_question(&record->dossier, finding->id);
	if (!check->question)
		check->question = finding->rule->text;
	check->waits_for_me = check->is_due && standing_waits_for(record, verdict, finding, record->me);
	if (is_stop(finding->rule))
		describe_stop(&record->dossier, check);
	else
		describe_answer(&record->dossier, check, &checks->record.arena);
	return check->word ? ERR_NONE : err_memory(err);
}

/* Every finding of the rule in the first verdict that lists it. */
static enum err_kind add_rule(struct checks *checks, const struct rule *rule, size_t next, size_t *room, struct err *err)
{
	const struct verdict *verdict = NULL;
	size_t target = TARGETS;
	enum err_kind failed = ERR_NONE;

	for (size_t turn = 0; turn < TARGETS && target == TARGETS; turn++)
		if (has_rule(&checks->verdicts[target_at(next, turn)], rule))
			target = target_at(next, turn);
	if (target == TARGETS)
		return ERR_NONE;
	verdict = &checks->verdicts[target];
	for (size_t i = 0; !failed && i < verdict->findings.count; i++) {
		if (verdict->findings.items[i].rule != rule)
			continue;
		checks->items = arena_room(&checks->record.arena, checks->items, checks->count, room, sizeof *checks->items);
		if (!checks->items)
			return err_memory(err);
		checks->items[checks->count] = (struct check){ .finding = &verdict->findings.items[i], .to = targets[target], .is_due = target == next,
							       .is_past = target < next, .at = WHEN_NONE };
		failed = describe(checks, verdict, &checks->items[checks->count++], err);
	}
	return failed;
}

static enum err_kind add_rules(struct checks *checks, const struct rule *table, size_t count, size_t *room, struct err *err)
{
	const size_t next = next_of(&checks->record.dossier);
	enum err_kind failed = ERR_NONE;

	for (size_t i = 0; !failed && i < count; i++)
		if (is_asked(&table[i]))
			failed = add_rule(checks, &table[i], next, room, err);
	return failed;
}

enum err_kind checks_load(struct session *session, const char *release, struct checks *out, struct err *err)
{
	size_t room = 0;
	enum err_kind failed;

	*out = (struct checks){ 0 };
	failed = record_load(session, release, WHEN_NONE, true, &out->record, err);
	for (size_t i = 0; !failed && i < TARGETS; i++)
		failed = record_judge(&out->record, targets[i], WHEN_NONE, &out->verdicts[i], err);
	if (!failed)
		failed = add_rules(out, rules, rule_count, &room, err);
	return failed ? failed : add_rules(out, policy_rules, policy_rule_count, &room, err);
}

void checks_release(struct checks *checks)
{
	record_release(&checks->record);
}

const struct check *checks_of(const struct checks *checks, const char *id)
{
	for (size_t i = 0; i < checks->count; i++)
		if (strcmp(checks->items[i].finding->id, id) == 0)
			return &checks->items[i];
	return NULL;
}

/* --- in words --- */

static void tell_text(struct buf *out, const char *text)
{
	text_show(out, text, strlen(text), false);
}

/* Of several lines each stands in its own, below the first. */
static void tell_named(struct buf *out, const char *name, const char *text)
{
	if (!text)
		return;
	buf_printf(out, "\n  %s: ", name);
	for (size_t size; *text; text += size + (text[size] == '\n')) {
		size = strcspn(text, "\n");
		text_show(out, text, size, false);
		if (text[size])
			buf_str(out, "\n    ");
	}
}

static void tell_standing(const struct check *check, struct buf *out)
{
	const struct finding *finding = check->finding;
	const char *channel = words_word(words_channel, (int)check->to);
	char who[256];

	buf_printf(out, "%s  ", finding->id);
	tell_text(out, check->question);
	buf_printf(out, "  (section %s)\n%s", finding->rule->section, words_title(words_finding, (int)finding->state));
	buf_printf(out, check->is_due ? " for %s, the next channel: " : check->is_past ? " for %s, which is passed: " : " for %s, later: ", channel);
	tell_text(out, finding->reason);
	buf_char(out, '\n');
	if (finding_is_settled(finding) || (!finding->roles && !finding->people.count))
		return;
	buf_printf(out, "Who can settle it: %s%s.\n", finding_who(finding, who, sizeof who), check->waits_for_me ? "; you can" : "");
}

/* These are measured: the plan says against what. */
static void tell_thresholds(const struct dossier *d, const struct check *check, struct buf *out)
{
	static const char *const measured[] = { "OBV-2", "OBV-4", "CHN-5" };

	for (size_t i = 0; i < sizeof measured / sizeof *measured; i++)
		for (size_t k = 0; strcmp(check->finding->id, measured[i]) == 0 && k < d->plan.criteria.count; k++) {
			buf_printf(out, k ? "\n  PLN-4.%zu  " : "The exposure plan measures it by:\n  PLN-4.%zu  ", k + 1);
			tell_text(out, d->plan.criteria.items[k]);
			if (k + 1 == d->plan.criteria.count)
				buf_char(out, '\n');
		}
}

/* A criterion that was worded otherwise when it was answered: that answer is to another question. */
static bool is_other_wording(const struct check *check, const struct json_object *body)
{
	const char *asked = body_text(body, "question");
	char hex[DIGEST_HEX_MAX];
	struct digest question;

	return asked && dossier_question(check->question, &question, NULL) == ERR_NONE && strcmp(asked, digest_hex(&question, hex)) != 0;
}

static bool tell_answer(const struct dossier *d, const struct check *check, const struct fact *fact, const struct json_object *body, struct buf *out)
{
	const char *rule = body_text(body, "rule");
	const bool is_it = rule && strcmp(rule, check->finding->id) == 0;
	const int value = body_word(body, "value", words_answer, ANSWER_PASS);
	size_t raised, stop;

	(void)d;
	/* A fail of some raises a hard stop at once (section 5 of the rules): it is part of that one's history too. */
	if (!is_it && !(value == ANSWER_FAIL && rule && fold_raises(rule, &raised) && dossier_stop_index(check->finding->id, &stop) && raised == stop))
		return false;
	buf_printf(out, "%s answered %s", fact->actor, words_title(words_answer, value));
	if (!is_it)
		buf_printf(out, " to %s, which raised it", rule);
	else if (is_other_wording(check, body))
		buf_str(out, ", to another wording");
	tell_named(out, "Evidence", body_text(body, "evidence"));
	tell_named(out, "Note", body_text(body, "note"));
	return true;
}

static bool tell_stop(const struct dossier *d, const struct check *check, const struct fact *fact, const struct json_object *body, struct buf *out)
{
	const char *stop = body_text(body, "stop");

	(void)d;
	if (!stop || strcmp(stop, check->finding->id) != 0)
		return false;
	buf_printf(out, "%s %s it", fact->actor, strcmp(fact->kind, "stop.raised") == 0 ? "raised" : "cleared");
	tell_named(out, "Reason", body_text(body, "reason"));
	return true;
}

static bool tell_incident(const struct dossier *d, const struct check *check, const struct fact *fact, const struct json_object *body, struct buf *out)
{
	const struct incident *incident = dossier_incident(d, body_text(body, "incident"));

	if (strcmp(check->finding->id, "HS-4") != 0 || !body_int(body, "cross_tenant", 0) || !incident || !incident->concern_seq)
		return false;
	buf_printf(out, "%s recorded incident %s, which crosses tenants and raised it", fact->actor, body_text(body, "incident"));
	return true;
}

static enum err_kind tell_history(const struct checks *checks, const struct check *check, struct arena *arena, struct buf *out, struct err *err)
{
	static const struct {
		const char *kind;
		bool (*tell)(const struct dossier *, const struct check *, const struct fact *, const struct json_object *, struct buf *);
	} sayings[] = { { "answer.given", tell_answer }, { "stop.raised", tell_stop }, { "stop.cleared", tell_stop }, { "incident.opened", tell_incident } };
	const struct record *record = &checks->record;
	struct buf line = BUF_EMPTY;
	size_t count = 0;
	enum err_kind failed = ERR_NONE;

	for (size_t i = record->count; !failed && i-- > 0;)
		for (size_t k = 0; !failed && k < sizeof sayings / sizeof *sayings; k++) {
			const struct fact *fact = &record->facts[i];
			struct json_object body;
			char at[WHEN_TEXT_MAX];

			if (strcmp(fact->kind, sayings[k].kind) != 0)
				continue;
			buf_clear(&line);
			failed = kind_body(kind_find(fact->kind), fact->body, strlen(fact->body), arena, &body, err);
			if (!failed && sayings[k].tell(&record->dossier, check, fact, &body, &line))
				buf_printf(out, "%s%s  %s\n", count++ ? "" : "History, newest first:\n", when_format(fact->at, at), buf_text(&line));
		}
	if (!failed && !count)
		buf_str(out, "Nobody has said anything of it yet.\n");
	buf_release(&line);
	return failed;
}

enum err_kind checks_tell(const struct checks *checks, const struct check *check, struct buf *out, struct err *err)
{
	struct arena arena;
	enum err_kind failed;

	arena_init(&arena, 0);
	tell_standing(check, out);
	tell_thresholds(&checks->record.dossier, check, out);
	failed = tell_history(checks, check, &arena, out, err);
	arena_release(&arena);
	return failed ? failed : out->failed ? err_memory(err) : ERR_NONE;
}
