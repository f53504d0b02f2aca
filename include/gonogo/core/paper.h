#ifndef GONOGO_CORE_PAPER_H
#define GONOGO_CORE_PAPER_H
/*
 * The specification's documents as values.  `doc` parses and prints their text; the ledger stores their fields as fact bodies, written and
 * read here, so that a document has one shape everywhere.  Text fields are as typed (already checked); NULL is "not given".
 * Everything lives in the caller's arena.  Serves sections 3, 5, 6, 7, 9 of the specification and I-8, I-12, I-13.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/buf.h>
#include <gonogo/base/err.h>
#include <gonogo/base/json.h>
#include <gonogo/base/when.h>
#include <gonogo/core/words.h>

struct texts { const char *const *items; size_t count; };

struct manifest {
	const char *release;
	enum release_class class;
	const char *description;
	struct texts files;
	const char *data_changes;  /* "None" (any case): no data changes */
	const char *kill_switch;   /* "[Feature flag ]NAME (default: VALUE)" */
	const char *flag;          /* "NAME (default: VALUE)", optional line */
	const char *revert;        /* commit to revert, optional line */
	const char *supersedes;    /* release id, optional line */
};
struct plan {
	const char *release;
	enum release_class class;
	struct texts tenants;      /* ids */
	const char *opt_in;
	instant start;             /* 00:00:00Z of the day; WHEN_NONE: not given */
	int64_t min_s, max_s;      /* 0: not given */
	struct texts criteria;
	const char *owner;         /* as written: "Jane Doe, Dev Lead"; the name is the part before the first comma */
	const char *claim;         /* `Approved By:` as written: kept and shown, never counted (I-13) */
};
struct switch_definition {
	const char *flag, *default_value, *enabled_for, *activation;
	const char *claim;         /* `Tested:` as written */
};
struct rollback_plan {
	struct texts triggers, steps, checks, communication;
	const char *recovery;      /* data recovery reference, optional block */
	const char *restore;       /* "REFERENCE, DATE, pass|fail", optional block */
	const char *owner;         /* as written; name before the first comma */
};
enum { SAFETY_ITEMS = 7 };
struct safety { struct { bool ticked; const char *text; } items[SAFETY_ITEMS]; };

/* "Feature flag NAME (default: VALUE)" taken apart. */
struct flag_reference { bool says_feature_flag; const char *name, *default_value; };
/* False when the text has not that form. */
bool paper_flag_read(const char *text, struct arena *arena, struct flag_reference *out);
bool paper_flag_is_off(const char *default_value); /* "false" or "off" */
bool paper_has_data_changes(const struct manifest *manifest); /* anything but "None"; not given counts as declared (I-4) */
/* "REFERENCE, DATE, pass|fail" taken apart; false when the text has not that form. */
bool paper_restore_read(const char *text, struct arena *arena, const char **reference, instant *date, enum result *result);
/* The name before the first comma, trimmed, in the arena; NULL for NULL or for want of memory. */
const char *paper_owner_name(const char *owner, struct arena *arena);

/* No maximum, or one no shorter than the minimum (PLN-1, I-3). */
bool paper_plan_has_room(const struct plan *plan);

bool paper_same_texts(struct texts a, struct texts b);
bool paper_same_manifest(const struct manifest *a, const struct manifest *b);
bool paper_same_plan(const struct plan *a, const struct plan *b);
bool paper_same_switch(const struct switch_definition *a, const struct switch_definition *b);
bool paper_same_rollback(const struct rollback_plan *a, const struct rollback_plan *b);

/* Fact bodies (kinds release.registered, plan.saved, switch.defined, rollback.planned), `v` first; fields not given are left out. */
void paper_write_manifest(struct buf *out, const struct manifest *manifest);
void paper_write_plan(struct buf *out, const struct plan *plan);
void paper_write_switch(struct buf *out, const struct switch_definition *definition);
void paper_write_rollback(struct buf *out, const struct rollback_plan *plan);
/* From a body that its kind's fields have passed; pointers into the body.  ERR_INTEGRITY when a word or date is none. */
enum err_kind paper_read_manifest(const struct json_object *body, const char *release, struct manifest *out, struct err *err) MUST_CHECK;
enum err_kind paper_read_plan(const struct json_object *body, const char *release, struct plan *out, struct err *err) MUST_CHECK;
enum err_kind paper_read_switch(const struct json_object *body, struct switch_definition *out, struct err *err) MUST_CHECK;
enum err_kind paper_read_rollback(const struct json_object *body, struct rollback_plan *out, struct err *err) MUST_CHECK;

/* A GO/NO-GO memo (section 9; MEM-1 to MEM-6).  `doc` prints and parses it. */
struct memo_item { bool ticked; const char *text; const char *figure; /* in the parenthesis, or NULL; for [ ] the reason */ };
struct memo_risk { const char *risk, *rationale; };
struct memo_signer { const char *name; enum role role; instant date; };
struct memo {
	enum memo_kind kind;
	const char *release;
	enum release_class class;
	instant date;
	enum decision decision;
	const struct memo_signer *approvers; size_t approver_count;
	const struct memo_item *items; size_t item_count;
	const struct memo_risk *risks; size_t risk_count; /* 0 prints "None" */
	const char *rationale, *remediation;              /* NO-GO only */
	struct texts notes;                               /* lines */
	/* The lines under `Signatures:`: signed name and date, or open; `dev_lead_required` false reads "not required". */
	bool has_signatures;
	struct memo_signer owner_signature, lead_signature; /* name NULL: open */
	bool dev_lead_required;
};

#endif
