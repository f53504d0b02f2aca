#ifndef GONOGO_SRC_TUI_LIST_STATE_H
#define GONOGO_SRC_TUI_LIST_STATE_H
/* What the keys of a list (list.c) and the view a person has of it (list_view.c) share. */
#include <gonogo/tui/list.h>

/* Takes the filter's text apart; what cannot be asked for stands in `problem`. */
void list_read_filter(struct list *list, struct session *session);
/* The release that the field release: begins to name.  ERR_MISSING: there is none. */
enum err_kind list_name_release(struct list *list, struct session *session, struct err *err) MUST_CHECK;
/* What the list holds was chosen anew: it is read from its first row on. */
void list_apply(struct screen *screen);
/* Takes up what this person chose last; nothing when it was theirs already. */
void list_recall_view(struct list *list, const struct console *console);
void list_keep_view(const struct list *list, struct session *session);

#endif
