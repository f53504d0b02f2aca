#include <config.h>

#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/core/dossier.h>

bool dossier_exists(const struct dossier *dossier)
{
	return dossier->registered.seq != 0;
}

enum channel dossier_channel(const struct dossier *dossier)
{
	return words_state_channel(dossier->state);
}

enum channel dossier_next(const struct dossier *dossier)
{
	switch (dossier->state) {
	case STATE_REGISTERED:
	case STATE_DEV:
		return CHANNEL_EXPERIMENTAL;
	case STATE_EXPERIMENTAL:
		return CHANNEL_CANDIDATE;
	case STATE_CANDIDATE:
		return CHANNEL_STABLE;
	case STATE_STABLE:
	case STATE_SUPERSEDED:
	case STATE_ROLLED_BACK:
	case STATE_WITHDRAWN:
		break;
	}
	return CHANNEL_NONE;
}

const struct stay *dossier_stay(const struct dossier *dossier, enum channel channel)
{
	for (size_t i = dossier->stay_count; i-- > 0;)
		if (dossier->stays[i].channel == channel)
			return &dossier->stays[i];
	return NULL;
}

const char *dossier_jump_told(const struct clock_jump *jump, struct arena *arena)
{
	char at[WHEN_TEXT_MAX], by[WHEN_SPAN_MAX];

	return arena_printf(arena, "The clock of %s had jumped forward by %s when %s acted at %s (boot %s, fact %lld).", jump->origin,
			    when_span_short(jump->by_s, by), jump->source.actor, when_format(jump->source.at, at), jump->boot, (long long)jump->source.seq);
}

bool dossier_stop_index(const char *stop, size_t *index)
{
	if (strlen(stop) != 4 || strncmp(stop, "HS-", 3) != 0 || stop[3] < '1' || stop[3] > '0' + STOP_COUNT)
		return false;
	*index = (size_t)(stop[3] - '1');
	return true;
}

const struct answer_entry *dossier_answer(const struct dossier *dossier, const char *rule)
{
	for (size_t i = 0; i < dossier->answer_count; i++)
		if (strcmp(dossier->answers[i].rule, rule) == 0)
			return &dossier->answers[i];
	return NULL;
}

const struct incident *dossier_incident(const struct dossier *dossier, const char *id)
{
	for (size_t i = 0; i < dossier->incident_count; i++)
		if (strcmp(dossier->incidents[i].id, id) == 0)
			return &dossier->incidents[i];
	return NULL;
}

bool dossier_is_halted(const struct dossier *dossier)
{
	const struct evaluation_entry *evaluation = &dossier->evaluation;

	if (!dossier->last_sev1_seq || (dossier->run.is_finished && dossier->state == STATE_ROLLED_BACK))
		return false;
	return evaluation->source.seq < dossier->last_sev1_seq || evaluation->decision == EVALUATION_ROLLBACK;
}

bool dossier_is_killed(const struct dossier *dossier)
{
	return dossier->kill_count != 0;
}

static bool is_spared(const struct kill *kill, const char *tenant)
{
	for (size_t i = 0; i < kill->except_count; i++)
		if (text_same_id(kill->except[i], tenant))
			return true;
	return false;
}

const struct kill *dossier_killed(const struct dossier *dossier, const char *tenant)
{
	for (size_t i = 0; i < dossier->kill_count; i++) {
		const struct kill *kill = &dossier->kills[i];

		if (strcmp(kill->tenant, "*") == 0 ? !is_spared(kill, tenant) : text_same_id(kill->tenant, tenant))
			return kill;
	}
	return NULL;
}

bool dossier_is_to_roll_back(const struct dossier *dossier)
{
	return dossier_is_halted(dossier) && dossier->evaluation.source.seq > dossier->last_sev1_seq && dossier->evaluation.decision == EVALUATION_ROLLBACK;
}

bool dossier_is_rolling_back(const struct dossier *dossier)
{
	return dossier->run.is_started && !dossier->run.is_finished;
}

const struct memo_entry *dossier_issued(const struct dossier *dossier, enum memo_kind kind)
{
	const struct memo_entry *newest = NULL;

	for (size_t i = 0; i < dossier->memo_count; i++) {
		const struct memo_entry *memo = &dossier->memos[i];

		if (memo->kind == kind && memo->issued_seq && (!newest || memo->issued_seq > newest->issued_seq))
			newest = memo;
	}
	return newest;
}

const struct memo_entry *dossier_draft(const struct dossier *dossier, enum memo_kind kind)
{
	for (size_t i = dossier->memo_count; i-- > 0;) {
		const struct memo_entry *memo = &dossier->memos[i];

		if (memo->kind == kind && !memo->issued_seq && !memo->is_replaced)
			return memo;
	}
	return NULL;
}

const struct memo_entry *dossier_memo(const struct dossier *dossier, const char *id)
{
	for (size_t i = 0; i < dossier->memo_count; i++)
		if (strcmp(dossier->memos[i].id, id) == 0)
			return &dossier->memos[i];
	return NULL;
}

size_t dossier_open_risks(const struct dossier *dossier)
{
	size_t count = 0;

	for (size_t i = 0; i < dossier->risk_count; i++)
		count += !dossier->risks[i].is_withdrawn;
	return count;
}

enum err_kind dossier_question(const char *criterion, struct digest *out, struct err *err)
{
	return digest_tagged("gonogo-question-v1", criterion, strlen(criterion), out, err);
}
