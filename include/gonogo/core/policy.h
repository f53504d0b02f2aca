#ifndef GONOGO_CORE_POLICY_H
#define GONOGO_CORE_POLICY_H
/*
 * What an organisation asks beyond the specification (I-6), and THE table of its settings: one row each, which the file's reader, gonogo-policy(5),
 * `policy check` and the tests walk.  A policy is a value made from the text of the fact that adopted it; nothing in it can loosen a rule.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/err.h>
#include <gonogo/base/when.h>
#include <gonogo/core/words.h>

/* A check of the organisation's own, asked from the transition to `to` on, of one class or of every one. */
struct policy_item { const char *id; /* "I-6.security-review" */ const char *text; enum channel to; bool of_class[CLASS_COUNT]; };
struct policy_freeze { instant from, until; const char *reason; };
struct policy_bar { const char *release, *reason; };
struct policy_notice { const char *command, *on; /* a kind of fact; NULL: every one */ };

struct policy {
	const char *name;                              /* "standard", or as adopted */
	instant adopted;                               /* WHEN_NONE: the standard one */
	int64_t soak_s[CLASS_COUNT][CHANNEL_COUNT];    /* minimum time by class and channel: I-2, section 4 */
	bool is_soak_longer[CLASS_COUNT][CHANNEL_COUNT]; /* than the specification's */
	role_set approvers[CLASS_COUNT][CHANNEL_COUNT]; /* asked at the transition to a channel besides APR-1 */
	bool is_plan_of_two;                           /* who saved the plan, or owns it, does not approve it */
	bool is_soak_of_two;                           /* who began a soak does not promote the release out of it */
	int64_t test_age_s, rehearsal_age_s;           /* 0: of any age */
	int64_t clock_jump_s;                          /* a longer jump of the clock is recorded; 0: none is */
	int64_t rollback_approval_s;                   /* how long a rollback approval serves: RBK-2, 24 hours */
	struct policy_item *items; size_t item_count, item_room;
	struct policy_freeze *freezes; size_t freeze_count, freeze_room;
	struct policy_bar *bars; size_t bar_count, bar_room;
	struct policy_notice *notices; size_t notice_count, notice_room;
};
void policy_standard(struct policy *out);
/* What the item of this id asks, where the policy has one for the class; NULL: none. */
const struct policy_item *policy_item_find(const struct policy *policy, enum release_class class, const char *id);
const struct policy_bar *policy_bar_find(const struct policy *policy, const char *release); /* ignoring ASCII case; NULL: not barred */
/* A bar of the policy before that the one after lacks; NULL: it keeps them all. */
const struct policy_bar *policy_dropped_bar(const struct policy *before, const struct policy *after);
/* The first moment from `at` on that lies in no freeze, and the freeze that `at` lies in (NULL: none). */
instant policy_thaw(const struct policy *policy, instant at, const struct policy_freeze **freeze);
/* `the policy "year end" (adopted 2026-11-25T10:00:00Z), freezes` into out[size]: how a finding names what it goes by. */
enum { POLICY_CITE_MAX = 256 };
const char *policy_cite(const struct policy *policy, const char *setting, char *out /* [POLICY_CITE_MAX] */);

/* --- settings ------------------------------------------------------------------------------------------------ */
enum policy_type {
	POLICY_NAME, POLICY_LINE, POLICY_ITEM,  /* text of people; an item's own short name */
	POLICY_RELEASE,
	POLICY_PATH, POLICY_KIND,               /* an absolute path; a kind of fact */
	POLICY_CLASS, POLICY_TARGET, POLICY_SOAKED, POLICY_ROLE, /* a channel to promote to; a channel to stay in */
	POLICY_SPAN,                            /* days and weeks */
	POLICY_SHORT,                           /* minutes and hours */
	POLICY_INSTANT,
	POLICY_FLAG,                            /* true */
};
struct policy_field { const char *key; enum policy_type type; bool required; };
enum { POLICY_FIELDS_MAX = 4, POLICY_ENTRIES_MAX = 256 };
struct policy_setting;
/* One thing that a policy says: the values of its fields as text; NULL: not given. */
struct policy_entry { const struct policy_setting *setting; const char *values[POLICY_FIELDS_MAX]; };
struct policy_setting {
	const char *name;
	const char *sentence;                /* what it does, for people */
	const char *says;                    /* what one entry of it asks, with {key} and, where it was left out, {key|otherwise} */
	const char *example;                 /* as it stands in a file */
	const char *rule;                    /* the rule that it tightens */
	bool is_list;                        /* of groups with these fields; else one value, the field "" */
	struct policy_field fields[POLICY_FIELDS_MAX + 1]; /* ends with a NULL key */
	/* Takes a checked entry into the policy: ERR_INPUT where it would loosen its rule, or contradicts what was taken before. */
	enum err_kind (*take)(const struct policy_entry *entry, struct policy *policy, struct arena *arena, struct err *err);
};
extern const struct policy_setting policy_settings[];
extern const size_t policy_setting_count;
const struct policy_setting *policy_setting_find(const char *name); /* NULL: there is none */

/* "10 minutes", "2 hours", "1 hour": at least a minute, at most a day. */
enum err_kind policy_span_read(const char *text, int64_t *seconds, struct err *err) MUST_CHECK;

struct policy_text { struct policy_entry *entries; size_t count, room; struct arena *arena; };
/* Holds the entry against its row, takes it into `policy` and keeps it in `text`.  ERR_INPUT with a sentence that begins with the setting's name. */
enum err_kind policy_take(const struct policy_entry *entry, struct policy_text *text, struct policy *policy, struct err *err) MUST_CHECK;
/* What an entry asks, in one sentence, in the arena; NULL: memory. */
const char *policy_says(const struct policy_entry *entry, struct arena *arena);
/* The text that the fact carries: one line for each entry, in the order of the table. */
enum err_kind policy_write(const struct policy_text *text, struct arena *arena, const char **out, struct err *err) MUST_CHECK;
/* The policy, and what it says, of such a text; whatever would loosen a rule is ERR_INPUT here too.  `text` may be NULL. */
enum err_kind policy_read(const char *canonical, struct arena *arena, struct policy *out, struct policy_text *text, struct err *err) MUST_CHECK;

#endif
