#ifndef GONOGO_APP_LOOKOUT_H
#define GONOGO_APP_LOOKOUT_H
/*
 * Looks where kill switches are bound while somebody watches, and waits for nothing: files are read when they change, and at once; a program is asked
 * at an interval and answers in its own time, its last answer standing until then.
 */
#include <gonogo/app/live.h>

struct lookout;
/* What is known of one switch. */
struct look {
	struct live live;
	instant at;                    /* when it was read; WHEN_NONE: a program was asked and has not answered yet, so nothing is known */
	bool is_asked;                 /* a program has been asked and has not answered yet */
};

enum err_kind lookout_open(struct lookout **out, struct err *err) MUST_CHECK;
void lookout_close(struct lookout *lookout);
/* Readable whenever lookout_turn has something to do; -1: it has nothing to watch with. */
int lookout_fd(const struct lookout *lookout);
/* Does what there is to do without waiting; true: what was looked at may have changed. */
bool lookout_turn(struct lookout *lookout);
/* What is there now; `lookout` NULL: a program is waited for.  Everything in `arena`; ERR_SYSTEM for memory alone. */
enum err_kind lookout_read(struct lookout *lookout, const struct record *record, struct arena *arena, struct look *out, struct err *err) MUST_CHECK;

#endif
