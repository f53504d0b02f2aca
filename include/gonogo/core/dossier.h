#ifndef GONOGO_CORE_DOSSIER_H
#define GONOGO_CORE_DOSSIER_H
/*
 * The dossier: all that the ledger says about one release, and the registry (people, components, tenants, policy) at the same moment, folded
 * from facts in order of seq.  Pure; everything lives in one arena.  Nothing here decides: rules.h and authority.h do.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/digest.h>
#include <gonogo/base/when.h>
#include <gonogo/core/fact.h>
#include <gonogo/core/paper.h>
#include <gonogo/core/policy.h>
#include <gonogo/core/words.h>

/* The fact an entry rests on; seq 0: there is none. */
struct source { int64_t seq; instant at; const char *actor; struct digest hash; const char *key; /* that signed it, as enrolled; NULL: unsigned */ };

/* --- the registry -------------------------------------------------------------------------------------------- */
enum key_state { KEY_VALID, KEY_RETIRED, KEY_REVOKED, KEY_COMPROMISED };
/*
 * It signs for the facts from from_seq up to, without, until_seq (0: open), and those stay signed.  What it signed towards exposure at or after
 * distrusted_from (WHEN_NONE: nothing) is to be signed anew.
 */
struct person_key { const char *key; /* "type base64" */ int64_t from_seq, until_seq; enum key_state state; instant since, distrusted_from; };
struct person {
	const char *id, *name, *login;  /* login NULL: none */
	role_set roles;                 /* held now, that is at the fold's last fact; 0 for a component */
	bool is_component;
	struct person_key *keys; size_t key_count, key_room;
	struct source source;
};
struct consent { const char *release; /* NULL: for every release */ const char *method, *evidence; struct source source; };
struct tenant {
	const char *id, *name;
	enum tenant_kind kind;
	enum tenant_track track;
	bool is_opted_out;              /* of experimental */
	struct consent *consents; size_t consent_count, consent_room; /* on record now */
	struct source source;           /* the last fact that changed the tenant in any way: what the evidence digest takes */
};
/* The clock of somebody's machine, seen to have moved forward between two of their acts. */
struct clock_jump { const char *origin, *boot; int64_t by_s; struct source source; };
struct registry {
	const char *ledger; bool is_demo; struct source opened;
	struct person *people; size_t person_count, person_room;
	struct tenant *tenants; size_t tenant_count, tenant_room;
	struct clock_jump *jumps; size_t jump_count, jump_room;
	struct policy policy;           /* in force */
	const char *policy_text; struct source policy_source; /* as adopted; NULL: the standard one */
};
const struct person *registry_person(const struct registry *registry, const char *id);   /* exact id */
const struct person *registry_login(const struct registry *registry, const char *login);
/* The one enrolled person (no component) of this exact name; NULL when nobody or more than one has it (I-13). */
const struct person *registry_named(const struct registry *registry, const char *name);
const struct tenant *registry_tenant(const struct registry *registry, const char *id);   /* ignoring ASCII case */
/* People who hold any of the roles now, in order of enrolment; how many there are is returned, at most `most` written. */
size_t registry_holders(const struct registry *registry, role_set roles, const struct person **out, size_t most);

/* --- the release --------------------------------------------------------------------------------------------- */
/* In order.  left.seq 0: still there.  begun: the fact that began the soak as it stood when the channel was left, which nothing later restarts. */
struct stay { enum channel channel; struct source entered, left, begun; };

struct answer_entry {
	const char *rule;               /* "DAT-1", "PLN-4.2" */
	enum answer value;
	const char *note, *evidence;    /* NULL: none */
	struct digest question;         /* of the criterion answered (PLN-4); zero else */
	bool had_fail;                  /* the answer before this one on the same rule was a fail */
	struct source source;
};
enum { STOP_COUNT = 7 };                /* index n - 1 is HS-n */
struct stop {
	bool is_raised; const char *reason; struct source raised;       /* by hand, by a failed answer or a cross-tenant incident */
	bool is_assessed; const char *resolution; struct source cleared; /* a clear that still counts: manifest and rollback plan unchanged since */
};
struct risk { int64_t number; /* 1, 2 ... as shown to people */ const char *risk, *rationale; bool is_withdrawn; struct source source, withdrawn; };
struct switch_test { const char *environment; enum result result; const char *note, *evidence; struct digest proven; /* zero: of no definition */ struct source source; };
/* What was written, or could not be, where the switch is bound; source.seq 0: nothing yet. */
struct switch_write { enum switch_op op; enum write_state state; const char *reason; struct digest left; struct source source; };
/* What was found there last; source.seq 0: nobody looked. */
struct switch_found { enum switch_state state; const char *reason; struct digest definition; struct source source; };
/* One per killed tenant; tenant "*": every tenant but those restored since, which `except` names. */
struct kill { const char *tenant; const char *reason; const char **except; size_t except_count, except_room; struct source source; };
struct confirmation { const char *tenant; bool is_on, is_observed; /* by a component */ struct source source; };
struct role_approval { enum role role; const char *person; const char *reason; struct source source; bool is_used; };
struct rehearsal { enum result result; const char *note, *evidence; struct source source; };
struct rollback_approval { const char *person; const char *incident; struct source source; bool is_used; bool is_evaluation; };
enum step_state { STEP_OPEN, STEP_DONE, STEP_SKIPPED };
struct rollback_run {
	bool is_started, is_finished;
	const char *reason, *incident;
	struct source started, finished;
	enum step_state *steps; const char **step_notes; size_t step_count;  /* of the plan as it was at the start */
	const char **notified; size_t notified_count, notified_room;         /* person ids */
	enum result verification; const char *verification_note; struct source verified; /* seq 0: not yet */
};
struct incident {
	const char *id, *summary;
	int severity;                   /* 1..4, at present */
	bool is_cross_tenant;
	struct texts tenants, releases;
	struct source opened, resolved; /* resolved.seq 0: open */
	const char *resolution;
	struct source last;             /* the last fact about it: what the evidence digest takes */
	int64_t concern_seq;            /* from which fact on it concerns this release; 0: it does not */
	int64_t sev1_seq;               /* the last fact by which it became SEV-1 for this release; 0: never */
};
struct evaluation_entry { enum evaluation decision; const char *rationale; struct source source; role_set roles; /* the actor's then */ };
struct approval {
	enum channel to;
	enum role role;
	const char *person, *note;
	struct digest evidence, class_evidence;
	bool is_class_only;             /* records the class approval alone (I-1, approve --to stable) */
	bool is_withdrawn, is_consumed;
	struct source source;
	struct source distrusted;       /* the fact by which its key is trusted no longer; seq 0: it is. Then no evidence is its evidence */
};
struct memo_signature { const char *person; enum role role; struct source source; };
struct memo_entry {
	const char *id; int64_t version; /* "RELEASE/m3"; version counts within the kind from 1 */
	enum memo_kind kind;
	enum decision decision;
	const char *text;               /* the signed bytes: up to the newline before `Signatures:` */
	struct digest evidence;
	const char *system_owner, *dev_lead; /* person ids of those who are to sign; dev_lead NULL: not required */
	bool has_open_items;            /* a [ ] stands in it */
	struct source drafted;
	struct memo_signature owner, lead; /* source.seq 0: not signed */
	bool is_replaced;               /* a newer draft of the kind came before it was issued */
	bool is_consumed;               /* a promotion rested on it */
	struct source distrusted;       /* as of an approval */
	int64_t issued_seq;             /* 0: a draft */
};
struct promotion { enum channel from, to; struct source source; const char *memo; const int64_t *approvals; size_t approval_count; };

/* What other releases' facts say; filled by the caller of the fold (see dossier_relate), because it needs their dossiers. */
struct relation { const char *release; enum release_state state; struct digest tip; };

struct dossier {
	struct arena *arena;
	struct registry registry;
	int64_t size; struct digest head; instant head_at; /* last fact folded (of those read) */

	const char *release;            /* id as registered; NULL: no such release (yet) */
	enum release_state state; struct source state_source;
	enum release_class class; struct source class_source;
	bool class_locked;              /* CLS-2: after the first T1 */
	struct source registered;       /* first registration */
	struct manifest manifest; struct source manifest_source;
	struct stay *stays; size_t stay_count, stay_room;
	struct promotion *promotions; size_t promotion_count, promotion_room;

	struct plan plan; struct source plan_source;                    /* as last saved */
	struct source plan_approved;                                    /* approval of exactly that text; seq 0: none */
	struct plan approved_plan; struct source approved_plan_source;  /* the last approved one: who is served (CHN-7), PLN-5 */

	struct answer_entry *answers; size_t answer_count, answer_room; /* the latest one per rule */
	struct stop stops[STOP_COUNT];
	struct risk *risks; size_t risk_count, risk_room;

	struct switch_definition definition; struct source definition_source;
	const char *provider, *place; struct texts place_args; struct source binding;
	struct switch_write write, drill;                               /* of the present binding; a drill that has begun is under way or was cut short */
	const char *kept, *drill_kept;                                  /* base64 of what stood there before the first kill in force, before the drill */
	struct switch_found found;                                      /* of the present binding */
	struct switch_test *tests; size_t test_count, test_room;        /* of the present definition and binding, in order */
	struct kill *kills; size_t kill_count, kill_room;               /* in force now */
	struct source last_kill, last_restore;                          /* drills are neither */
	struct role_approval *restore_approvals; size_t restore_approval_count, restore_approval_room; /* after the last kill, unused */
	struct confirmation *confirmations; size_t confirmation_count, confirmation_room;

	struct rollback_plan rollback; struct source rollback_source;
	struct rehearsal *rehearsals; size_t rehearsal_count, rehearsal_room; /* of the present plan, in order */
	struct rollback_run run;
	struct rollback_approval *rollback_approvals; size_t rollback_approval_count, rollback_approval_room;

	struct incident *incidents; size_t incident_count, incident_room; /* every incident read; see concern_seq */
	int64_t incident_total;         /* incidents in the ledger as far as read: not the next number */
	struct evaluation_entry evaluation;                             /* in force; source.seq 0: none */
	int64_t last_sev1_seq;

	struct approval *approvals; size_t approval_count, approval_room;
	struct memo_entry *memos; size_t memo_count, memo_room;

	const char *successor;          /* whose T3 superseded this one; NULL: none */
	struct relation predecessor;    /* release NULL: manifest names none; state meaningless when it is not in the ledger: see predecessor_known */
	bool predecessor_known;
};

/*
 * How `app` verifies: called by the fold for every fact that carries a signature, before it is folded, with the registry as it stood then;
 * `memo_text` is the drafted text for memo.signed, NULL else.  Returning anything but STAMP_GOOD for a kind that must be signed is ERR_INTEGRITY; STAMP_UNKNOWN is
 * ERR_SYSTEM.
 */
struct witness {
	enum stamp (*stamp)(void *context, const struct fact *, const struct registry *, const char *memo_text);
	/* Which enrolled key of the actor a good signature was made with, in the registry's memory; NULL member or answer: not told. */
	const char *(*signer)(void *context, const struct fact *, const struct registry *);
	void *context;
};

/* Begins an empty dossier for `release` ("-" for the registry alone) in `arena`, which must outlive it. */
void dossier_begin(struct dossier *dossier, struct arena *arena, const char *release);
/*
 * Folds one more fact: facts come in rising seq and must be all that concern the release or no release at all; a fact of another release is
 * ignored.  ERR_INTEGRITY: unknown kind, body that its kind refuses, wrong hash, missing or bad signature, or a fact that contradicts the ones before.
 */
enum err_kind dossier_fold(struct dossier *dossier, const struct fact *fact, const struct witness *witness, struct err *err) MUST_CHECK;
/*
 * Tells the dossier about its relatives: the release its manifest supersedes (NULL: not in the ledger) and every release that supersedes it.
 * A stable release with a successor that is or was stable and is not rolled back becomes superseded (I-10).
 */
enum err_kind dossier_relate(struct dossier *dossier, const struct relation *predecessor, const struct relation *successors, size_t count, struct err *err) MUST_CHECK;

bool dossier_exists(const struct dossier *dossier);
enum channel dossier_channel(const struct dossier *dossier);            /* of its state */
enum channel dossier_next(const struct dossier *dossier);               /* the only channel it may be promoted to; CHANNEL_NONE: none */
const struct stay *dossier_stay(const struct dossier *dossier, enum channel channel); /* NULL: never there */
/* The index of "HS-n" from 0; false: there is no such hard stop. */
/* The jump in one sentence, in the arena; NULL: memory. */
const char *dossier_jump_told(const struct clock_jump *jump, struct arena *arena);
bool dossier_stop_index(const char *stop, size_t *index);
const struct answer_entry *dossier_answer(const struct dossier *dossier, const char *rule);
const struct incident *dossier_incident(const struct dossier *dossier, const char *id);
bool dossier_is_halted(const struct dossier *dossier);                  /* CHN-6 */
bool dossier_is_killed(const struct dossier *dossier);                  /* KSW-6, for any tenant */
const struct kill *dossier_killed(const struct dossier *dossier, const char *tenant); /* NULL: not killed for it */
bool dossier_is_to_roll_back(const struct dossier *dossier);            /* CHN-6: halted, and evaluated so since */
bool dossier_is_rolling_back(const struct dossier *dossier);            /* RBK-1: started, not finished */
/* The newest issued memo of a kind, the open draft of a kind; NULL: none. */
const struct memo_entry *dossier_issued(const struct dossier *dossier, enum memo_kind kind);
const struct memo_entry *dossier_draft(const struct dossier *dossier, enum memo_kind kind);
const struct memo_entry *dossier_memo(const struct dossier *dossier, const char *id);
size_t dossier_open_risks(const struct dossier *dossier);               /* accepted and not withdrawn */
/* Digest of a criterion's sentence: what an answer to PLN-4.n is bound to. */
enum err_kind dossier_question(const char *criterion, struct digest *out, struct err *err) MUST_CHECK;

#endif
