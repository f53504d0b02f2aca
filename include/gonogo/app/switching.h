#ifndef GONOGO_APP_SWITCHING_H
#define GONOGO_APP_SWITCHING_H
/*
 * Writing where a kill switch is bound.  What is asked for is a fact before anything is written; what is about to be overwritten is a fact before it is;
 * what became of the write is a fact after it.  So no crash between two of them loses what a restore needs.
 */
#include <gonogo/app/act.h>
#include <gonogo/app/live.h>

/* What a write came to; `text` is one finished sentence for the person. */
struct switching { bool is_bound; /* to something that can be written */ enum err_kind failed; char text[ERR_TEXT_MAX]; };

/* Makes what is served agree with the kills in force.  The return value is a failure of the record; one of the write is in `out`, and recorded. */
enum err_kind switching_apply(struct session *session, const char *release, enum switch_op op, struct switching *out, struct err *err) MUST_CHECK;
/* Records what was found where the switch is bound, when that is news; `out` NULL: nobody asks. */
enum err_kind switching_found(struct session *session, const char *release, const struct live *live, struct outcome *out, struct err *err) MUST_CHECK;
/* Records a step of a write; `kept`, `left` and `reason` as far as there are any. */
enum err_kind switching_written(struct session *session, const struct dossier *dossier, enum switch_op op, enum write_state state, const char *kept,
				const struct digest *left, const char *reason, struct err *err) MUST_CHECK;

/* One writer at a time beside one ledger: waits a while for another to end.  -1: it did not; close the descriptor to let go. */
int switching_lock(const struct session *session, bool waits);

#endif
