#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/core/words.h>

const struct word words_role[] = {
	{ ROLE_DEV_LEAD, "dev-lead", "Dev Lead" },
	{ ROLE_QA, "qa", "QA" },
	{ ROLE_SYSTEM_OWNER, "system-owner", "System Owner" },
	{ ROLE_OPERATOR, "operator", "Operator" },
	{ 0, NULL, NULL },
};
const struct word words_class[] = {
	{ CLASS_UI_ONLY, "ui-only", "UI-only" },
	{ CLASS_WORKFLOW, "workflow", "Workflow change (non-destructive)" },
	{ CLASS_CAPABILITY, "capability", "Capability exposure (guarded)" },
	{ CLASS_MECHANISM, "mechanism", "Mechanism change (high risk)" },
	{ CLASS_UNCLEAR, "unclear", "Unclear" },
	{ 0, NULL, NULL },
};
/* `none` is written of a release that stands in no channel, and never read where a channel is asked for. */
const struct word words_channel[] = {
	{ CHANNEL_DEV, "dev", "dev" },
	{ CHANNEL_EXPERIMENTAL, "experimental", "experimental" },
	{ CHANNEL_CANDIDATE, "candidate", "candidate" },
	{ CHANNEL_STABLE, "stable", "stable" },
	{ 0, NULL, NULL },
};
const struct word words_state[] = {
	{ STATE_REGISTERED, "registered", "registered" },
	{ STATE_DEV, "dev", "dev" },
	{ STATE_EXPERIMENTAL, "experimental", "experimental" },
	{ STATE_CANDIDATE, "candidate", "candidate" },
	{ STATE_STABLE, "stable", "stable" },
	{ STATE_SUPERSEDED, "superseded", "superseded" },
	{ STATE_ROLLED_BACK, "rolled-back", "rolled back" },
	{ STATE_WITHDRAWN, "withdrawn", "withdrawn" },
	{ 0, NULL, NULL },
};
const struct word words_answer[] = {
	{ ANSWER_PASS, "pass", "pass" },
	{ ANSWER_FAIL, "fail", "fail" },
	{ ANSWER_NA, "na", "not applicable" },
	{ 0, NULL, NULL },
};
const struct word words_result[] = {
	{ RESULT_PASS, "pass", "passed" },
	{ RESULT_FAIL, "fail", "failed" },
	{ 0, NULL, NULL },
};
const struct word words_tenant_kind[] = {
	{ TENANT_DEV_TEST, "dev-test", "dev/test" },
	{ TENANT_PRODUCTION, "production", "production" },
	{ 0, NULL, NULL },
};
const struct word words_tenant_track[] = {
	{ TRACK_STANDARD, "standard", "standard" },
	{ TRACK_STABLE_ONLY, "stable-only", "stable-only" },
	{ 0, NULL, NULL },
};
const struct word words_decision[] = {
	{ DECISION_GO, "go", "GO" },
	{ DECISION_NO_GO, "no-go", "NO-GO" },
	{ 0, NULL, NULL },
};
const struct word words_memo_kind[] = {
	{ MEMO_STABLE, "stable", "stable" },
	{ MEMO_MECHANISM, "mechanism", "mechanism" },
	{ 0, NULL, NULL },
};
const struct word words_evaluation[] = {
	{ EVALUATION_RESUME, "resume", "resume" },
	{ EVALUATION_ROLLBACK, "rollback", "rollback" },
	{ 0, NULL, NULL },
};
const struct word words_verdict[] = {
	{ VERDICT_GO, "go", "GO" },
	{ VERDICT_WAIT, "wait", "WAIT" },
	{ VERDICT_OPEN, "open", "OPEN" },
	{ VERDICT_BLOCKED, "blocked", "BLOCKED" },
	{ 0, NULL, NULL },
};
const struct word words_switch_state[] = {
	{ SWITCH_READY, "ready", "ready" }, { SWITCH_FLIPPED, "flipped", "on by default" }, { SWITCH_DISABLED, "disabled", "disabled" },
	{ SWITCH_UNWRITABLE, "unwritable", "not writable" }, { SWITCH_MISSING, "missing", "without its file" }, { SWITCH_GONE, "gone", "gone from its file" },
	{ SWITCH_MALFORMED, "malformed", "malformed" }, { SWITCH_SHADOWED, "shadowed", "shadowed" }, { SWITCH_UNREADABLE, "unreadable", "not readable" },
	{ SWITCH_UNCLEAR, "unclear", "unclear" }, { SWITCH_SILENT, "silent", "without an answer" }, { SWITCH_MANUAL, "manual", "switched by hand" },
	{ 0, NULL, NULL },
};

const struct word words_switch_op[] = { { SWITCH_OP_KILL, "kill", "kill" }, { SWITCH_OP_RESTORE, "restore", "restore" }, { SWITCH_OP_DRILL, "drill", "drill" },
					{ 0, NULL, NULL } };
const struct word words_write_state[] = { { WRITE_BEGUN, "begun", "begun" }, { WRITE_DONE, "done", "done" }, { WRITE_FAILED, "failed", "failed" }, { 0, NULL, NULL } };

const struct word words_finding[] = {
	{ FINDING_MET, "met", "MET" },
	{ FINDING_UNMET, "unmet", "UNMET" },
	{ FINDING_FAILED, "failed", "FAILED" },
	{ FINDING_UNANSWERED, "unanswered", "OPEN" },
	{ FINDING_WAITING, "waiting", "WAITING" },
	{ FINDING_STALE, "stale", "STALE" },
	{ FINDING_NOT_APPLICABLE, "not-applicable", "NOT APPLICABLE" },
	{ 0, NULL, NULL },
};

static const struct word *word_of(const struct word *table, int value)
{
	for (; table->word; table++)
		if (table->value == value)
			return table;
	return NULL;
}

const char *words_word(const struct word *table, int value)
{
	const struct word *found = word_of(table, value);

	if (!found && table == words_channel && value == CHANNEL_NONE)
		return "none";
	return found ? found->word : "?";
}

const char *words_title(const struct word *table, int value)
{
	const struct word *found = word_of(table, value);

	return found ? found->title : "?";
}

bool words_read(const struct word *table, const char *word, int *value)
{
	for (; word && table->word; table++) {
		if (strcmp(table->word, word) == 0) {
			*value = table->value;
			return true;
		}
	}
	return false;
}

bool words_read_title(const struct word *table, const char *title, int *value)
{
	for (; title && table->word; table++) {
		if (strcmp(table->title, title) == 0) {
			*value = table->value;
			return true;
		}
	}
	return false;
}

static void append(char *out, size_t size, size_t *at, const char *text)
{
	int wrote = *at < size ? snprintf(out + *at, size - *at, "%s", text) : 0;

	if (wrote > 0)
		*at += (size_t)wrote;
}

const char *words_list(const struct word *table, char *out, size_t size)
{
	size_t at = 0;

	if (size)
		*out = '\0';
	for (const struct word *word = table; word->word; word++) {
		if (word != table)
			append(out, size, &at, word[1].word ? ", " : " or ");
		append(out, size, &at, word->word);
	}
	return out;
}

static const char *join_roles(role_set roles, const char *between, const char *last, char *out, size_t size)
{
	size_t at = 0;

	if (size)
		*out = '\0';
	for (const struct word *word = words_role; word->word; word++) {
		if (!(roles & word->value))
			continue;
		roles = (role_set)(roles & ~word->value);
		if (at)
			append(out, size, &at, roles ? between : last);
		append(out, size, &at, word->title);
	}
	return out;
}

const char *words_roles(role_set roles, char *out, size_t size)
{
	return join_roles(roles, " + ", " + ", out, size);
}

const char *words_any_role(role_set roles, char *out, size_t size)
{
	return join_roles(roles, ", ", " or ", out, size);
}

enum channel words_state_channel(enum release_state state)
{
	switch (state) {
	case STATE_DEV:
		return CHANNEL_DEV;
	case STATE_EXPERIMENTAL:
		return CHANNEL_EXPERIMENTAL;
	case STATE_CANDIDATE:
		return CHANNEL_CANDIDATE;
	case STATE_STABLE:
		return CHANNEL_STABLE;
	case STATE_REGISTERED:
	case STATE_SUPERSEDED:
	case STATE_ROLLED_BACK:
	case STATE_WITHDRAWN:
		break;
	}
	return CHANNEL_NONE;
}

bool words_state_is_final(enum release_state state)
{
	return state == STATE_ROLLED_BACK || state == STATE_WITHDRAWN;
}
