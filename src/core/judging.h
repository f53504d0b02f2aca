#ifndef GONOGO_SRC_CORE_JUDGING_H
#define GONOGO_SRC_CORE_JUDGING_H
/* What the judges share: answers weighed, gaps of documents named, findings completed.  Decides nothing beyond the sentence it serves. */
#include <gonogo/core/authority.h>
#include <gonogo/core/evidence.h>
#include <gonogo/core/judge.h>
#include <gonogo/core/lack.h>
#include <gonogo/core/soak.h>

/* A list of phrases, written one after the other; the text ends in the arena. */
struct gaps { struct buf text; size_t count; };
void gaps_add(struct gaps *gaps, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* The list, or NULL when nothing was added; empties it in any case. */
enum err_kind gaps_take(struct gaps *gaps, struct arena *arena, const char **out) MUST_CHECK;

/* Completes a finding with the command that settles it.  A NULL finding is one for which there was no memory. */
enum err_kind finding_next(struct finding *finding, const struct gate_in *in, const char *fmt, ...) PRINTF_LIKE(3, 4) MUST_CHECK;
enum err_kind finding_done(const struct finding *finding) MUST_CHECK;

/* What the latest answer to a rule, or to a member of its family, is worth now. */
struct opinion { enum finding_state state; const char *reason; bool needs_note; };
enum err_kind opinion_of(const struct rule *rule, const struct gate_in *in, const char *id, const char *question, struct opinion *out) MUST_CHECK;
/* Adds the finding of an opinion under `id`. */
enum err_kind opinion_add(const struct rule *rule, const struct gate_in *in, const char *id, const struct opinion *opinion, struct findings *out) MUST_CHECK;
/* The command that answers: with the note and the evidence that will be asked for. */
enum err_kind opinion_next(struct finding *finding, const struct gate_in *in, const char *id, const struct opinion *opinion) MUST_CHECK;

/* What documents lack, as one list of phrases; NULL: nothing.  HS-1, HS-2 and HS-6 are derived from the same lists as the rules. */
typedef enum err_kind lacks_of(const struct dossier *dossier, struct lacks *out);
enum err_kind gap_of(const struct gate_in *in, lacks_of *ask, const char **gap) MUST_CHECK;
/* The same for KSW-1 and HS-6, which also ask whether the flag can be relied on where it is bound. */
enum err_kind gap_switch(const struct gate_in *in, const char **gap) MUST_CHECK;

/* The GO memo for stable that the gate stands on. */
struct memo_stand {
	const struct memo_entry *issued; /* the newest issued one, of either decision; NULL: none */
	const struct memo_entry *draft;  /* an open GO draft over the present evidence without an open item, which waits for signatures; or NULL */
	bool is_go;                      /* issued, and its decision is GO */
	bool is_current;                 /* is_go, and signed over the present evidence */
};
void memo_stand_of(const struct gate_in *in, struct memo_stand *out);
/* The command that drafts the next GO memo, with the options it takes as things stand. */
enum err_kind finding_next_draft(struct finding *finding, const struct gate_in *in, enum memo_kind kind);
/* What an approval or a signature is bound to. */
enum bound_to { BOUND_TO_TRANSITION, BOUND_TO_CLASS, BOUND_TO_MECHANISM };
/* "answers DAT-1 changed by jane (fact 41); ..." for the memo's or approval's sentence; never NULL on success. */
enum err_kind changed_since(const struct gate_in *in, enum bound_to bound_to, int64_t seq, const struct source *distrusted, const char **out) MUST_CHECK;

/* CHN-2, as far as dates go: when the transition opens; WHEN_NONE: cannot be known. */
instant time_earliest(const struct gate_in *in);
/* The earliest moment of stable, as if every human act were instant. */
instant time_stable(const struct gate_in *in);

#endif
