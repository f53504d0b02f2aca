#ifndef GONOGO_APP_STANDING_H
#define GONOGO_APP_STANDING_H
/* Where a release stands, in one line: what lists, badges and `status` show of a record and its verdict.  Pure but for the arena. */
#include <gonogo/app/record.h>
#include <gonogo/app/uses.h>

/* `line` and its strings live in `arena`.  `record->me` decides who "you" is. */
enum err_kind standing_line(const struct record *record, const struct policy *policy, const struct verdict *verdict, struct arena *arena,
			    struct release_line *line, struct err *err) MUST_CHECK;
/* What a list says of the gate, into out[STANDING_WORD_MAX]: a condition of the release before its verdict ("HALTED"), the verdict with how much is
 * not met ("3 OPEN"), "-" where there is no further gate. */
enum { STANDING_WORD_MAX = 32 };
const char *standing_word(const struct release_line *line, char *out);
/* Is there no further gate: stable, superseded, or over for good? */
bool standing_is_past(const struct release_line *line);
/* Does this finding wait for that person now?  An approval waits for nobody while something else is missing (APR-3). */
bool standing_waits_for(const struct record *record, const struct verdict *verdict, const struct finding *finding, const struct person *person);

/* The open finding that a list names: what waits for the person at the keyboard first.  NULL: there is none. */
const struct finding *standing_foremost(const struct record *record, const struct verdict *verdict, bool is_past);
/* Is it a hard stop that a document raises by what it lacks?  The document settles it, and comes first. */
bool standing_is_derived(const struct dossier *dossier, const struct finding *finding);

#endif
