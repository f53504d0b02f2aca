#ifndef GONOGO_APP_USES_H
#define GONOGO_APP_USES_H
/*
 * What people do, one function per act of gonogo(1): console and commands call the same ones.  Each builds a body, calls act_commit and fills
 * `out` with the sentence to show.  Texts are refused here when text_check refuses them (ERR_USAGE).  The action id of a
 * retry is the session's.  NULL means "not given" for every text.
 */
#include <gonogo/app/act.h>
#include <gonogo/core/serving.h>
#include <gonogo/store/ledger.h>
#include <gonogo/store/pages.h>

#define USE enum err_kind MUST_CHECK

/* --- ledger and people (who may: rules, section 11) --- */
struct init_options { const char *path, *key_file, *name, *id, *login, *identity; bool demo; struct clock clock; bool terminal, asks_nothing; };
USE use_init(const struct init_options *options, struct outcome *out, struct err *err);
USE use_person_add(struct session *s, const char *id, const char *name, const char *login, role_set roles, const char *key_file, struct outcome *out, struct err *err);
USE use_person_role(struct session *s, const char *id, bool grant, enum role role, struct outcome *out, struct err *err);
/* Retired: what it signed counts.  Revoked: what it signed towards exposure since `from` (WHEN_NONE: now) must be signed anew.  Compromised: all of it. */
enum key_act { KEY_ADD, KEY_RETIRE, KEY_REVOKE, KEY_COMPROMISE };
extern const struct word words_key_act[];
USE use_person_key(struct session *s, const char *id, enum key_act act, const char *key_file, instant from, struct outcome *out, struct err *err);
USE use_component_add(struct session *s, const char *id, const char *key_file, struct outcome *out, struct err *err);

/* --- tenants (CHN-7, CHN-8) --- */
USE use_tenant_add(struct session *s, const char *id, const char *name, enum tenant_kind kind, enum tenant_track track, struct outcome *out, struct err *err);
USE use_tenant_consent(struct session *s, const char *id, const char *release, const char *method, const char *evidence, struct outcome *out, struct err *err);
USE use_tenant_withdraw(struct session *s, const char *id, const char *release, struct outcome *out, struct err *err);
USE use_tenant_opt_out(struct session *s, const char *id, enum channel channel, struct outcome *out, struct err *err);
USE use_tenant_track(struct session *s, const char *id, enum tenant_track track, struct outcome *out, struct err *err);
/* Something that may be recorded of a tenant, to be asked about before. */
enum tenant_deed { TENANT_NOTHING, TENANT_CONSENTS, TENANT_WITHDRAWS, TENANT_OPTS_OUT, TENANT_MOVES };
struct tenant_change {
	enum tenant_deed deed;
	const char *release, *method, *evidence; /* of consent; release NULL: every one */
	enum channel channel;                    /* opted out of */
	enum tenant_track track;                 /* moved to */
};
/* What the tenant may be served of each release that is not over and names it, now and after the change; judged, never from the cache. */
struct tenant_serving { const char *release; enum channel channel; bool is_served, will_be; const char *reason, *reason_then; };
struct tenant_servings { struct tenant_serving *items; size_t count; bool has_more; };
USE use_tenant_servings(struct session *s, const char *id, const struct tenant_change *change, const struct page *page, struct arena *arena,
			struct tenant_servings *out, struct err *err);
/* Tenants by id, as the cache has them; `text` stands anywhere in id or name, NULL: any. */
USE use_tenant_page(struct session *s, const char *text, const struct page *page, struct arena *arena, struct tenant_page *out, struct err *err);
/* One tenant as lines: kind, track, consents with method, date and release, and what it is served. */
USE use_tenant_account(struct session *s, const char *id, struct buf *out, struct err *err);

/* --- releases and their documents (sections 3, 5, 7; I-8, I-13) --- */
struct import_notes { struct texts lines; }; /* what was recorded, claims kept but not counted, printing differences; in `arena` */
/* `files` are paths or "-"; `release` NULL: the one the documents name. All or nothing. */
USE use_import(struct session *s, const char *release, const char *const *files, size_t count, struct arena *arena, struct import_notes *notes, struct outcome *out, struct err *err);
USE use_manifest_save(struct session *s, const struct manifest *manifest, struct outcome *out, struct err *err);
USE use_plan_save(struct session *s, const char *release, const struct plan *plan, struct outcome *out, struct err *err);
USE use_switch_save(struct session *s, const char *release, const struct switch_definition *definition, struct outcome *out, struct err *err);
USE use_rollback_save(struct session *s, const char *release, const struct rollback_plan *plan, struct outcome *out, struct err *err);
/* Registers a release that is not there yet. */
USE use_release_new(struct session *s, const struct manifest *manifest, struct outcome *out, struct err *err);
USE use_release_classify(struct session *s, const char *release, enum release_class class, struct outcome *out, struct err *err);
USE use_release_copy(struct session *s, const char *from, const char *to, struct outcome *out, struct err *err);
USE use_release_withdraw(struct session *s, const char *release, const char *reason, struct outcome *out, struct err *err);
/* The text of a document as the records say: "manifest", "plan", "data-safety", "switch", "rollback". */
USE use_show(struct session *s, const char *release, const char *document, struct buf *out, struct err *err);

/* --- gate --- */
USE use_answer(struct session *s, const char *release, const char *rule, enum answer value, const char *note, const char *evidence, struct outcome *out, struct err *err);
USE use_stop(struct session *s, const char *release, const char *stop, bool raise, const char *reason, struct outcome *out, struct err *err);
USE use_plan_approve(struct session *s, const char *release, struct outcome *out, struct err *err);
USE use_risk_accept(struct session *s, const char *release, const char *risk, const char *rationale, struct outcome *out, struct err *err);
USE use_risk_withdraw(struct session *s, const char *release, int64_t number, const char *reason, struct outcome *out, struct err *err);
/* `to` CHANNEL_NONE: the next one. */
USE use_approve(struct session *s, const char *release, enum role role, enum channel to, const char *note, struct outcome *out, struct err *err);
USE use_approve_withdraw(struct session *s, const char *release, const char *reason, struct outcome *out, struct err *err);
USE use_promote(struct session *s, const char *release, enum channel to, struct outcome *out, struct err *err);

/* --- memos (section 9) --- */
struct memo_draft {
	enum decision decision; enum memo_kind kind;
	const char *system_owner, *dev_lead;  /* person ids, NULL: the drafter in the role held, else the sole holder, else the owner of the plan */
	bool no_risks;                        /* "None" is an explicit answer (MEM-4) */
	const char *note, *rationale, *remediation;
};
USE use_memo_draft(struct session *s, const char *release, const struct memo_draft *draft, struct outcome *out, struct err *err);
USE use_memo_sign(struct session *s, const char *release, enum role role, const enum memo_kind *kind, struct outcome *out, struct err *err);
/* Signs this memo and no other, whatever was drafted since. */
USE use_memo_sign_one(struct session *s, const char *release, const char *memo, enum role role, struct outcome *out, struct err *err);
/* The memo as text with its signatures section as it stands.  `kind` NULL and version 0: the newest. */
USE use_memo_text(struct session *s, const char *release, const enum memo_kind *kind, int64_t version, struct buf *out, struct err *err);
/* Writes the files that gonogo(1) tells of at memo export into `dir`; `lines` gets for each signature the command that verifies it. */
USE use_memo_export(struct session *s, const char *release, const enum memo_kind *kind, int64_t version, const char *dir, struct arena *arena, struct texts *lines, struct err *err);
/* Holds a memo's text against the records; one line per contradiction. */
USE use_memo_compare(struct session *s, const char *release, const char *file, struct arena *arena, struct texts *lines, struct err *err);
enum memo_state { MEMO_DRAFT, MEMO_ISSUED, MEMO_STALE, MEMO_SUPERSEDED, MEMO_ENDED };
extern const struct word words_memo_state[];
/* Issued, stale, superseded by a newer one of its kind: derived.  `changed`: of a stale one, and of a draft that can no longer be signed, what changed. */
USE use_memo_state(struct session *s, struct record *record, const struct memo_entry *memo, enum memo_state *state, struct texts *changed, struct err *err);
/* A memo as a list shows it. */
struct memo_line {
	const char *id, *release, *drafter; enum memo_kind kind; int64_t version; enum decision decision; enum memo_state state; instant drafted;
	const char *signers;   /* who signed: "dana, ann"; "" nobody */
	instant signed_at;     /* by the latest of them; WHEN_NONE: nobody */
	const char *waits;     /* for whom or what, in words: "you: sign"; "" for nothing */
	bool waits_for_me;
	bool is_judged;        /* from the facts, with signatures, just now; false: as the cache for lists has it */
};
struct memo_list { struct memo_line *items; size_t count; };
/* One page of memos, newest first, as the cache has them; `mine`: drafts that wait for the signature of whoever asks. */
USE use_memo_page(struct session *s, const struct memo_filter *filter, bool mine, const struct page *page, struct arena *arena, struct memo_list *out, bool *has_more, struct err *err);
/* Judges those of the list that are of this release; strings in `arena`. */
USE use_memo_judge(struct session *s, const char *release, struct arena *arena, struct memo_list *list, struct err *err);
/* One memo as a person reads it. */
struct memo_note { const char *line, *note; }; /* a line of the memo as exported, and what the records say of it; "" for nothing */
struct memo_reading {
	const char *id, *older, *newer;       /* ids of the release's memos around it; NULL: none */
	enum memo_kind kind; int64_t version, seq; enum memo_state state;
	struct memo_note *lines; size_t count;
	struct texts changed;                 /* stale, or a draft that can no longer be signed: what, in sentences */
	int64_t read_seq;                     /* the newest of its kind that whoever asks read to the end; 0: none */
	int64_t since_seq, since_version;     /* the one that the differences are from; 0: none */
	const char *differences;              /* marked by word; NULL: there is none to compare it with */
};
/* `memo` NULL: the newest of the release.  `since` NULL: differences are from what whoever asks read last, else from the memo drafted as that fact (0: none).
 * Everything in `arena`. */
USE use_memo_read(struct session *s, const char *release, const char *memo, const int64_t *since, struct arena *arena, struct memo_reading *out, struct err *err);
/* Whoever asks has seen its last line: kept with the user's own state. */
USE use_memo_was_read(struct session *s, const char *release, const char *memo, struct err *err);
/* How many drafts wait for the signature of whoever asks, and can be signed; of very many the rest as the cache has it. */
USE use_memo_waiting(struct session *s, size_t *count, struct err *err);

/* --- archive --- */
/*
 * Writes everything of the release into `dir`, for auditors; `files` gets the names.  `dir` is made, is empty, or holds an earlier export of this
 * release from this ledger: else ERR_REFUSED, and nothing is written.  SHA256SUMS is written last: a folder without it is half an archive.  The same
 * ledger gives the same bytes.
 */
USE use_release_export(struct session *s, const char *release, const char *dir, struct arena *arena, struct texts *files, struct err *err);

/* --- kill switch (section 7) --- */
USE use_switch_test(struct session *s, const char *release, const char *environment, enum result result, const char *note, const char *evidence, struct outcome *out, struct err *err);
/* Puts the flag of a bound switch to the proof: reads it on, kills, reads it off, restores, reads it on, and records that.  A kill in force is ERR_REFUSED. */
USE use_switch_drill(struct session *s, const char *release, const char *environment, const char *note, struct outcome *out, struct err *err);
/* Ends the drills that were cut short, and puts back what they left; a line for each, in `arena`. */
USE use_switch_recover(struct session *s, struct arena *arena, struct texts *lines, struct err *err);
/* Where the flag really lives, as the settings of struct flag_binding; NULL, or none: not given. */
struct switch_place { const char *provider, *place, *flag, *attribute, *off, *timeout; struct texts later, args; };
USE use_switch_bind(struct session *s, const char *release, const struct switch_place *where, struct outcome *out, struct err *err);
/* Looks where the switch is bound, and records what is news. */
USE use_switch_observe(struct session *s, const char *release, struct outcome *out, struct err *err);
/* Does that for every switch that is bound whenever one of its files changes, and at least every `interval_s`, until the process is told to end; a
 * component alone.  `say` is told each piece of news. */
USE use_switch_watch(struct session *s, int interval_s, void (*say)(void *context, const char *line), void *context, struct err *err);
/* The releases whose switch was ever bound, in `arena`. */
USE use_switch_bound(struct session *s, struct arena *arena, struct texts *out, struct err *err);
/* Is it bound to something that can be written, so that a test can be performed? */
USE use_switch_is_live(struct session *s, const char *release, bool *is_live, struct err *err);
USE use_switch_kill(struct session *s, const char *release, struct texts tenants, const char *reason, struct outcome *out, struct err *err); /* none: all */
USE use_switch_approve(struct session *s, const char *release, enum role role, const char *reason, struct outcome *out, struct err *err);
USE use_switch_restore(struct session *s, const char *release, struct texts tenants, const char *reason, struct outcome *out, struct err *err);
USE use_switch_confirm(struct session *s, const char *release, const char *tenant, bool on, struct outcome *out, struct err *err);

/* --- incidents and rollback --- */
USE use_incident_open(struct session *s, struct texts releases, struct texts tenants, int severity, bool cross_tenant, const char *summary, struct outcome *out, struct err *err);
USE use_incident_regrade(struct session *s, const char *id, int severity, const char *reason, struct outcome *out, struct err *err);
USE use_incident_resolve(struct session *s, const char *id, const char *resolution, struct outcome *out, struct err *err);
USE use_incident_evaluate(struct session *s, const char *release, enum evaluation decision, const char *rationale, struct outcome *out, struct err *err);
/* Incidents, newest first, as the cache has them; one of them as lines: what became of it, and where each of its releases stands. */
USE use_incident_page(struct session *s, const struct incident_filter *filter, const struct page *page, struct arena *arena, struct incident_page *out, struct err *err);
USE use_incident_account(struct session *s, const char *id, struct buf *out, struct err *err);
USE use_rollback_approve(struct session *s, const char *release, const char *incident, struct outcome *out, struct err *err);
USE use_rollback_start(struct session *s, const char *release, const char *reason, const char *incident, struct outcome *out, struct err *err);
USE use_rollback_step(struct session *s, const char *release, int64_t n, enum step_state state, const char *note, struct outcome *out, struct err *err);
USE use_rollback_notify(struct session *s, const char *release, struct texts people, struct outcome *out, struct err *err);
USE use_rollback_finish(struct session *s, const char *release, enum result verification, const char *note, struct outcome *out, struct err *err);
USE use_rollback_rehearse(struct session *s, const char *release, enum result result, const char *note, const char *evidence, struct outcome *out, struct err *err);

/* --- reading --- */
/* A release as a list shows it. */
struct release_line {
	const char *id, *description; enum release_class class; enum release_state state; enum channel channel; instant entered;
	bool is_halted, is_killed, is_rolling_back;
	enum verdict_word verdict; size_t unmet; instant earliest, stable_earliest;
	int64_t soak_served_s, soak_required_s;
	bool is_soak_still;    /* an incident or a kill stands in its way: it starts anew afterwards */
	const char *who;       /* who is next, in words: "you: answer DAT-1", "System Owner: sign the memo", "clock, 2025-02-05" */
	bool needs_me;
	role_set needs;        /* roles of which somebody has something to do now */
	bool is_judged;        /* by the gate, with signatures, just now; false: as the cache for lists has it, on which nothing is decided */
};
struct release_list { struct release_line *items; size_t count; };
/* One page of releases as the cache has them; the filter's moment is the session's. */
USE use_release_page(struct session *s, const struct release_filter *filter, const struct page *page, struct arena *arena, struct release_list *out, bool *has_more, struct err *err);
/* The release after `after` in which something waits for the caller, judged now: in the filter's order, round about, and never `after` itself.  NULL:
 * there is none.  The filter asks for the caller's roles. */
USE use_release_needed(struct session *s, const struct release_filter *filter, const char *after, struct arena *arena, const char **id, struct err *err);
/* Judges one release now, for a list that shows it; strings in `arena`. */
USE use_release_judged(struct session *s, const char *release, struct arena *arena, struct release_line *line, struct err *err);
/* Every release (or those of a channel; CHANNEL_NONE: all), judged now; ordered by what needs the caller first, then by id. */
USE use_releases(struct session *s, enum channel channel, bool needs_me, struct arena *arena, struct release_list *out, struct err *err);
/* One release, loaded and judged for its next transition: the caller releases `record`, also after an error. */
USE use_release_line(struct session *s, const char *release, struct record *record, struct verdict *verdict, struct release_line *line, struct err *err);
/*
 * What opens when, and who must sign for it: every release on its way, judged now; what time keeps closed first and by its day.  `signers`: whose
 * approval the next transition still lacks, or "".
 */
struct calendar_entry { const char *release; enum channel from, to; bool waits; instant opens, stable; const char *signers, *who; enum verdict_word verdict; bool needs_me; };
struct calendar { struct calendar_entry *entries; size_t count; bool has_more; instant now; };
USE use_calendar(struct session *s, struct arena *arena, struct calendar *out, struct err *err);
/* The same as lines for people. */
void calendar_tell(const struct calendar *calendar, struct buf *out);
USE use_allowed(struct session *s, const char *release, const char *tenant, bool *allowed, enum channel *channel, char *reason /* [SERVING_REASON_MAX] */, struct err *err);
enum integrity { INTEGRITY_INTACT, INTEGRITY_BROKEN, INTEGRITY_TRUNCATED, INTEGRITY_FORKED, INTEGRITY_FORGED, INTEGRITY_PROJECTION };
extern const struct word words_integrity[];
/* anchored, anchored_at: of the newest anchor that holds, how many facts it witnesses and the time of the last of them; 0: none was given. */
struct verification { enum integrity verdict; int64_t size, at_seq, anchored; instant anchored_at; struct digest head; char reason[1024]; };
/* Told now and then how far a long piece of work is, of `total` (0: nobody knows); false gives it up.  `tell` NULL: nobody watches. */
struct progress { bool (*tell)(void *context, const char *what, int64_t done, int64_t total); void *context; };
/* The whole ledger: chain, every signature, replay against the projection, anchors (checkpoint lines, or files of signed checkpoints).  ERR_REFUSED when it
 * was given up, which says nothing of the ledger. */
USE use_verify(struct session *s, const char *const *anchors, size_t count, const struct progress *progress, struct verification *out, struct err *err);
/*
 * A checkpoint of the whole ledger, signed with the caller's key after every fact was held against the one before it: five lines and the signature.
 * `repository` not NULL: also noted with git on the commit that it has checked out, in refs/notes/gonogo.
 */
USE use_checkpoint(struct session *s, const char *repository, struct buf *out, struct err *err);
/* Every incident of the ledger, folded from the facts, newest first; in `arena`. */
struct incident_list { struct incident *items; size_t count; };
USE use_incidents(struct session *s, struct arena *arena, struct incident_list *out, struct err *err);
/* The id of every release, in order; in `arena`. */
USE use_release_ids(struct session *s, struct arena *arena, struct texts *out, struct err *err);
/*
 * The audit trail, newest first, at most filter->limit entries however many facts are read for them.  `words`: each of them stands somewhere in the
 * sentence, the kind or the ids, in any case; NULL: none is asked for.  ERR_MISSING when nothing is found and the filter names what does not exist.
 */
struct log_page { const struct fact *facts; const char **sentences; size_t count; };
USE use_log(struct session *s, const struct log_filter *filter, const char *words, struct arena *arena, struct log_page *out, struct err *err);
/* Such a page as sentences for people, or as the facts themselves, one JSON object a line. */
enum log_form { LOG_SENTENCES, LOG_FACTS };
extern const struct word words_log_form[];
void log_page_write(const struct log_page *page, enum log_form form, struct buf *out);
/* The same into a new file (ERR_REFUSED where there is one): filter->limit 0 is all of it.  ERR_MISSING: nothing is left by the filter. */
USE use_log_export(struct session *s, const struct log_filter *filter, const char *words, enum log_form form, const char *path, size_t *count, struct err *err);
/* One entry of the trail: what it says, what the same thing was before, and what signature stands behind it, judged by the keys of its place. */
struct log_value { const char *key, *before, *after; }; /* "" where there is none; the items of a list with LF between */
struct log_entry {
	struct fact fact;
	const char *sentence;
	enum stamp stamp;
	const char *doubt;            /* why the ledger does not hold up to it, or NULL */
	const char *fingerprint;      /* of the key that signed, or NULL */
	instant signed_at;            /* as the signature says; WHEN_NONE: it does not */
	int64_t witnessed;            /* facts that the signer had seen */
	bool has_before;              /* an earlier fact of its kind is about the same thing */
	const struct log_value *values; size_t count;
};
USE use_log_entry(struct session *s, int64_t seq, struct arena *arena, struct log_entry *out, struct err *err);
/* The same as lines for people. */
void log_entry_tell(const struct log_entry *entry, struct buf *out);

/* --- practice --- */
struct demo_step { const char *text; };
/* Builds the practice ledger in `dir` (must be empty or missing) through the use cases above; `say` is told each step. */
USE use_demo_build(const char *dir, instant now, void (*say)(void *context, const char *line), void *context, struct err *err);
/* Does a practice ledger stand in `dir` already? */
bool use_demo_is_there(const char *dir);
/* Walks the ready release of a practice ledger to a signed, exported memo. */
USE use_demo_walk(const char *dir, instant now, void (*say)(void *context, const char *line), void *context, struct err *err);

#endif
