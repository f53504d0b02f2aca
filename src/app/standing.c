#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/app/standing.h>
#include <gonogo/core/soak.h>

static bool is_open(const struct finding *finding)
{
	return !finding_is_settled(finding) && !finding->is_time_only;
}

/* Approvals and the memo for stable come last: nobody approves what is not there yet (APR-3).  The plan's approval and the mechanism memo have their
 * own conditions and wait for nothing else. */
static bool is_approval(const struct finding *finding)
{
	const char *action = finding->rule->action;

	return strcmp(action, "approve") == 0 || (strcmp(action, "memo") == 0 && finding->rule->due == DUE_T3);
}

static bool has_work_before_approvals(const struct verdict *verdict)
{
	for (size_t i = 0; i < verdict->findings.count; i++)
		if (is_open(&verdict->findings.items[i]) && !is_approval(&verdict->findings.items[i]))
			return true;
	return false;
}

static bool has_approved(const struct dossier *d, const struct verdict *verdict, const struct person *person)
{
	for (size_t i = 0; i < d->approval_count; i++) {
		const struct approval *approval = &d->approvals[i];

		if (approval->to == verdict->to && !approval->is_withdrawn && strcmp(approval->person, person->id) == 0 &&
		    digest_equal(&approval->evidence, &verdict->evidence))
			return true;
	}
	return false;
}

static bool is_named(const struct finding *finding, const struct person *person)
{
	for (size_t i = 0; i < finding->people.count; i++)
		if (strcmp(finding->people.items[i], person->id) == 0)
			return true;
	return false;
}

bool standing_waits_for(const struct record *record, const struct verdict *verdict, const struct finding *finding, const struct person *person)
{
	if (!person || person->is_component || !is_open(finding))
		return false;
	if (is_approval(finding) && (has_work_before_approvals(verdict) || has_approved(&record->dossier, verdict, person)))
		return false;
	return finding->people.count ? is_named(finding, person) : (finding->roles & person->roles) != 0;
}

/* A kill or a halt waits for somebody whatever channel the release is in. */
static bool is_condition(const struct finding *finding)
{
	return strcmp(finding->id, "KSW-6") == 0 || strcmp(finding->id, "CHN-6") == 0;
}

bool standing_is_derived(const struct dossier *dossier, const struct finding *finding)
{
	static const char *const stops[] = { "HS-1", "HS-2", "HS-6" };

	for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
		if (strcmp(finding->id, stops[i]) == 0)
			return !dossier->stops[stops[i][3] - '1'].is_raised;
	return false;
}

/* What else is asked follows from the documents. */
static bool is_document(const struct finding *finding)
{
	static const char *const actions[] = { "manifest", "classify", "import", "plan", "switch", "rollback-plan" };

	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
		if (strcmp(finding->rule->action, actions[i]) == 0)
			return true;
	return false;
}

/* The finding to name: one that blocks before one that is open, one that waits for the caller before one that does not. */
static const struct finding *foremost(const struct record *record, const struct verdict *verdict, bool is_past, bool *mine, size_t *more,
				      role_set *needs)
{
	const bool early = has_work_before_approvals(verdict);
	const struct finding *best = NULL;
	int best_weight = -1;

	*more = 0;
	for (size_t i = 0; i < verdict->findings.count; i++) {
		const struct finding *finding = &verdict->findings.items[i];
		bool is_mine;
		int weight;

		if (!is_open(finding) || (is_past ? !is_condition(finding) : early && is_approval(finding)))
			continue;
		is_mine = standing_waits_for(record, verdict, finding, record->me);
		weight = (is_mine ? 4 : 0) + (finding->blocks && !standing_is_derived(&record->dossier, finding) ? 2 : 0) + is_document(finding);
		++*more;
		*needs = (role_set)(*needs | finding->roles);
		if (weight > best_weight) {
			best = finding;
			best_weight = weight;
			*mine = is_mine;
		}
	}
	if (*more)
		--*more;
	return best;
}

const struct finding *standing_foremost(const struct record *record, const struct verdict *verdict, bool is_past)
{
	role_set needs = 0;
	bool mine;
	size_t more;

	return foremost(record, verdict, is_past, &mine, &more, &needs);
}

bool standing_is_past(const struct release_line *line)
{
	return line->channel == CHANNEL_STABLE || line->state == STATE_SUPERSEDED || words_state_is_final(line->state);
}

const char *standing_word(const struct release_line *line, char *out)
{
	const char *condition = NULL;

	if (line->is_rolling_back)
		condition = "ROLLING BACK";
	else if (line->is_halted)
		condition = "HALTED";
	else if (line->is_killed)
		condition = "KILLED";
	else if (standing_is_past(line))
		condition = "-";
	if (condition)
		snprintf(out, STANDING_WORD_MAX, "%s", condition);
	else if (line->verdict == VERDICT_OPEN)
		snprintf(out, STANDING_WORD_MAX, "%zu %s", line->unmet, words_title(words_verdict, (int)line->verdict));
	else
		snprintf(out, STANDING_WORD_MAX, "%s", words_title(words_verdict, (int)line->verdict));
	return out;
}

/* What is to be done, in the words of who does it. */
static const char *errand_of(const struct record *record, const struct verdict *verdict, const struct finding *finding)
{
	static const struct { const char *action, *errand; } errands[] = {
		{ "answer", "answer" },			 { "stop", "assess" },	      { "approve", "approve" },
		{ "classify", "classify" },		 { "manifest", "complete" },	      { "plan", "complete" },
		{ "switch", "complete" },		 { "rollback-plan", "complete" },
		{ "plan-approve", "approve the plan" }, { "consent", "see to consent" },   { "switch-test", "test the switch" },
		{ "rehearse", "rehearse" },		 { "evaluate", "evaluate the halt" }, { "switch-restore", "restore" },
	};
	const char *action = finding->rule->action;
	const bool is_memo = strcmp(action, "memo") == 0 || (strcmp(finding->id, "APR-1") == 0 && verdict->to == CHANNEL_STABLE);
	const enum memo_kind kind = verdict->to == CHANNEL_STABLE ? MEMO_STABLE : MEMO_MECHANISM;

	if (strcmp(finding->id, "CHN-6") == 0 && dossier_is_rolling_back(&record->dossier))
		return "finish the rollback";
	if (strcmp(finding->id, "CHN-6") == 0 && dossier_is_to_roll_back(&record->dossier))
		return "start the rollback";
	if (is_memo)
		return dossier_draft(&record->dossier, kind) ? "sign the memo" : "draft the memo";
	for (size_t i = 0; i < sizeof errands / sizeof *errands; i++)
		if (strcmp(errands[i].action, action) == 0)
			return errands[i].errand;
	return "settle";
}

static const char *whose(const struct finding *finding, bool mine, char *out, size_t size)
{
	if (mine)
		return "you";
	return *finding_who(finding, out, size) ? out : "nobody";
}

static const char *who_is_next(const struct record *record, const struct verdict *verdict, struct release_line *line, struct arena *arena)
{
	const struct finding *finding;
	bool mine = false;
	size_t more;
	char roles[128], when[WHEN_TEXT_MAX];

	finding = foremost(record, verdict, standing_is_past(line), &mine, &more, &line->needs);
	line->needs_me = mine;
	if (!finding && standing_is_past(line))
		return "nobody";
	if (!finding && verdict->verdict == VERDICT_GO)
		return "promote";
	if (!finding)
		return verdict->earliest == WHEN_NONE ? "the clock" : arena_printf(arena, "clock, %s", when_date(verdict->earliest, when));
	if (more)
		return arena_printf(arena, "%s: %s (%s), %zu more", whose(finding, mine, roles, sizeof roles), errand_of(record, verdict, finding),
				    finding->id, more);
	return arena_printf(arena, "%s: %s (%s)", whose(finding, mine, roles, sizeof roles), errand_of(record, verdict, finding), finding->id);
}

enum err_kind standing_line(const struct record *record, const struct policy *policy, const struct verdict *verdict, struct arena *arena,
			    struct release_line *line, struct err *err)
{
	const struct dossier *d = &record->dossier;
	const enum channel channel = dossier_channel(d);
	const struct stay *stay = dossier_stay(d, channel);
	struct soak soak;

	*line = (struct release_line){ .class = d->class, .state = d->state, .channel = channel };
	line->id = arena_str(arena, d->release);
	line->description = arena_str(arena, d->manifest.description);
	line->entered = stay ? stay->entered.at : d->state_source.at;
	line->is_halted = dossier_is_halted(d);
	line->is_killed = dossier_is_killed(d);
	line->is_rolling_back = dossier_is_rolling_back(d);
	line->verdict = verdict->verdict;
	line->unmet = verdict->unmet;
	line->earliest = verdict->earliest;
	line->stable_earliest = verdict->stable_earliest;
	soak_of(d, policy, channel, record->now, &soak);
	line->soak_served_s = soak.served_s;
	line->soak_required_s = channel == CHANNEL_STABLE ? 0 : soak.required_s;
	line->is_soak_still = soak.is_interrupted;
	line->who = who_is_next(record, verdict, line, arena);
	/* Whoever may promote is asked for it once the gate says GO. */
	if (verdict->verdict == VERDICT_GO && record->me && (record->me->roles & (ROLE_DEV_LEAD | ROLE_SYSTEM_OWNER | ROLE_OPERATOR))) {
		line->needs_me = true;
		line->who = "you: promote";
	}
	line->is_judged = true;
	return line->id && line->who ? ERR_NONE : err_memory(err);
}
