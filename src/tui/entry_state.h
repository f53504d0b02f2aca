#ifndef GONOGO_TUI_ENTRY_STATE_H
#define GONOGO_TUI_ENTRY_STATE_H
/* What the files of an entry share: its drafts (entry_draft.c), kept at every keystroke in the state of whoever fills it in. */
#include <gonogo/tui/entry.h>

/* The field by which a person says that it is meant; its name is no field of any act. */
#define CONSENT_FIELD "consent"

/* Says whose draft it is, and of what. */
void entry_place_draft(struct entry *entry);
/* Into the fields, as they were left. */
void entry_take_draft(struct entry *entry);
/* The field in focus. */
void entry_keep_draft(struct entry *entry);
/* It is recorded. */
void entry_forget_draft(struct entry *entry);
/* The folder in which an editor works on a field; NULL: it is done. */
enum err_kind entry_keep_sheet(struct entry *entry, const char *field, const char *dir, struct err *err) MUST_CHECK;

#endif
