#ifndef GONOGO_TUI_SUBJECT_H
#define GONOGO_TUI_SUBJECT_H
/* The release that a screen is about, loaded and judged now: what actions are ready for, and what they act on. */
#include <gonogo/tui/actions.h>

struct subject {
	struct record record;
	struct verdict verdict;
	struct release_line line;
	struct act_in in;
	char chosen[72], memo[96], rule[24];
	bool is_loaded;
};
/* The release of the screen, or none; release it with subject_release, also after an error. */
enum err_kind subject_load(struct subject *subject, const struct screen *screen, struct err *err) MUST_CHECK;
enum err_kind subject_load_release(struct subject *subject, struct session *session, const char *release, struct err *err) MUST_CHECK;
void subject_release(struct subject *subject);
/* All documents of a release one below the other; of one that is not there, that it is not. */
void subject_documents(struct session *session, const char *release, struct buf *out);

#endif
