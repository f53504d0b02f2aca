#ifndef GONOGO_CORE_KINDS_H
#define GONOGO_CORE_KINDS_H
/*
 * THE table of fact kinds: name, sentence for the audit trail, fields of the body, who may record it, whether it must be signed, what it
 * changes (fold) and when it is permitted.  Ledger, authority, verify, gonogo-ledger(5) and the audit pane walk the same rows.
 */
#include <stdbool.h>
#include <stddef.h>

#include <gonogo/base/err.h>
#include <gonogo/base/json.h>
#include <gonogo/core/dossier.h>
#include <gonogo/core/policy.h>

enum signing { PAYLOAD_UNSIGNED, PAYLOAD_FACT, PAYLOAD_MEMO }; /* what is *required*; `--as` signs every kind */
enum scope { SCOPE_LEDGER, SCOPE_TENANT, SCOPE_RELEASE, SCOPE_ANY }; /* which of release ("-") and tenant ("*") it names */

enum field_type { FIELD_ID, FIELD_PERSON, FIELD_NAME, FIELD_LINE, FIELD_LONG, FIELD_MEMO, FIELD_INT, FIELD_DIGEST, FIELD_INSTANT, FIELD_WORD, FIELD_LINES, FIELD_IDS, FIELD_INTS };
struct field { const char *key; enum field_type type; bool required; const struct word *words; /* FIELD_WORD */ };

/* Someone about to act. */
struct actor { const struct person *person; };

struct permit_in {
	const struct dossier *dossier;  /* of the release the fact names, or the registry alone */
	const struct policy *policy;
	const struct person *actor;     /* never NULL: who is not enrolled is refused before */
	instant now;
	const char *tenant;             /* "*" or id */
	const char *release;            /* "-" or id, as the act names it */
	const struct json_object *body;
	const struct fact_kind *kind;
	struct arena *arena;
};

struct fact_kind {
	const char *name;
	const char *sentence;           /* "%s approved ..." with the actor first; see kinds_sentence */
	const struct field *fields;     /* ends with a NULL key; `v` is implied */
	enum scope scope;
	role_set who;                   /* roles that may record it, any of them; 0: see permit */
	bool component;                 /* components may record it too */
	bool while_final, while_rolling_back; /* permitted on a final release / during a rollback */
	enum signing payload;
	/* Is a signature required for this body (tenant.consent given, tenant.tracked standard)?  NULL: `payload` says it all. */
	bool (*signs)(const struct json_object *body);
	/* Beyond roles: state, class, order, notes.  Sets *already when the act would change nothing.  NULL: nothing beyond. */
	enum err_kind (*permit)(const struct permit_in *in, bool *already, struct err *err);
	/* Takes the fact into the dossier; the body has passed `fields`. */
	enum err_kind (*fold)(struct dossier *dossier, const struct fact *fact, const struct json_object *body, struct err *err);
};
extern const struct fact_kind kinds[];
extern const size_t kind_count;
const struct fact_kind *kind_find(const char *name); /* NULL: unknown */
bool kind_must_sign(const struct fact_kind *kind, const struct json_object *body);
/* Parses a body and holds it against the kind's fields: ERR_INPUT with a sentence on any difference (unknown keys included). */
enum err_kind kind_body(const struct fact_kind *kind, const char *body, size_t size, struct arena *arena, struct json_object *out, struct err *err) MUST_CHECK;
/* The audit trail's sentence for a fact: "jane approved the promotion to experimental as Dev Lead". In the arena; NULL for want of memory. */
const char *kinds_sentence(const struct fact *fact, struct arena *arena);

/* Would this text be taken in this field, or as an item of it where it is a list?  ERR_INPUT, as kind_body says it. */
enum err_kind kind_text(const struct fact_kind *kind, const char *key, const char *text, struct err *err) MUST_CHECK;
/* The most items of a list in a body. */
enum { KIND_LIST_MAX = 1000 };
/* Accessors of a body that has passed kind_body. */
const char *body_text(const struct json_object *body, const char *key);                 /* NULL: absent */
int64_t body_int(const struct json_object *body, const char *key, int64_t otherwise);
struct texts body_texts(const struct json_object *body, const char *key);               /* count 0: absent */
int body_word(const struct json_object *body, const char *key, const struct word *table, int otherwise);

#endif
