#ifndef GONOGO_CORE_WORDS_H
#define GONOGO_CORE_WORDS_H
/*
 * The closed vocabularies of the specification and of gonogo(1): each an enum, one table word <-> value, and the title a document
 * prints.  `word` is what is typed, stored and written to JSON; `title` is what documents and sentences say.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint8_t role_set; /* bits of enum role */
enum role { ROLE_DEV_LEAD = 1, ROLE_QA = 2, ROLE_SYSTEM_OWNER = 4, ROLE_OPERATOR = 8 };
enum { ROLE_COUNT = 4, ROLE_ANY = 15 };

enum release_class { CLASS_UNCLEAR, CLASS_UI_ONLY, CLASS_WORKFLOW, CLASS_CAPABILITY, CLASS_MECHANISM };
enum { CLASS_COUNT = 5 };

enum channel { CHANNEL_NONE, CHANNEL_DEV, CHANNEL_EXPERIMENTAL, CHANNEL_CANDIDATE, CHANNEL_STABLE };
enum { CHANNEL_COUNT = 5 };

enum release_state {
	STATE_REGISTERED, STATE_DEV, STATE_EXPERIMENTAL, STATE_CANDIDATE, STATE_STABLE,
	STATE_SUPERSEDED, STATE_ROLLED_BACK, STATE_WITHDRAWN,
};
enum answer { ANSWER_PASS, ANSWER_FAIL, ANSWER_NA };
enum result { RESULT_FAIL, RESULT_PASS };
enum tenant_kind { TENANT_DEV_TEST, TENANT_PRODUCTION };
enum tenant_track { TRACK_STANDARD, TRACK_STABLE_ONLY };
enum decision { DECISION_GO, DECISION_NO_GO };
enum memo_kind { MEMO_STABLE, MEMO_MECHANISM };
enum evaluation { EVALUATION_RESUME, EVALUATION_ROLLBACK };
enum verdict_word { VERDICT_GO, VERDICT_WAIT, VERDICT_OPEN, VERDICT_BLOCKED };
/* What was found where a kill switch is bound; all but the first say why the switch cannot be relied on. */
enum switch_state {
	SWITCH_READY, SWITCH_FLIPPED, SWITCH_DISABLED, SWITCH_UNWRITABLE, SWITCH_MISSING, SWITCH_GONE, SWITCH_MALFORMED, SWITCH_SHADOWED,
	SWITCH_UNREADABLE, SWITCH_UNCLEAR, SWITCH_SILENT, SWITCH_MANUAL,
};
enum switch_op { SWITCH_OP_KILL, SWITCH_OP_RESTORE, SWITCH_OP_DRILL };
/* A write that has begun and is neither done nor failed was cut short. */
enum write_state { WRITE_BEGUN, WRITE_DONE, WRITE_FAILED };
enum finding_state { FINDING_MET, FINDING_UNMET, FINDING_FAILED, FINDING_UNANSWERED, FINDING_WAITING, FINDING_STALE, FINDING_NOT_APPLICABLE };

struct word { int value; const char *word, *title; };
/* Each table ends with a row whose word is NULL. */
extern const struct word words_role[], words_class[], words_channel[], words_state[], words_answer[], words_result[], words_tenant_kind[],
	words_tenant_track[], words_decision[], words_memo_kind[], words_evaluation[], words_verdict[], words_switch_state[], words_switch_op[], words_write_state[], words_finding[];

/* The typed word / the title of a value; "?" for a value outside the table. */
const char *words_word(const struct word *table, int value);
const char *words_title(const struct word *table, int value);
/* Value of a typed word (exact) or of a title (exact); false when it is neither. */
bool words_read(const struct word *table, const char *word, int *value);
bool words_read_title(const struct word *table, const char *title, int *value);
/* "ui-only, workflow, capability, mechanism or unclear": for sentences that say what is expected.  Writes into out[size]. */
const char *words_list(const struct word *table, char *out, size_t size);
/* "Dev Lead + QA" for a set of roles, into out[size]. */
const char *words_roles(role_set roles, char *out, size_t size);
/* "Dev Lead, QA or Operator", where any of them will do. */
const char *words_any_role(role_set roles, char *out, size_t size);

/* The channel a release in this state stands in: superseded, rolled-back, withdrawn and registered are CHANNEL_NONE. */
enum channel words_state_channel(enum release_state state);
bool words_state_is_final(enum release_state state); /* rolled-back, withdrawn */

#endif
