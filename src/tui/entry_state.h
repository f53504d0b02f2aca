#ifndef GONOGO_TUI_ENTRY_STATE_H
#define GONOGO_TUI_ENTRY_STATE_H
/*
 * What the files of an entry share: its drafts (entry_draft.c), kept at every keystroke in the state of whoever fills it in, and what it stays bound to
 * while others record (entry_bound.c).
 */
#include <gonogo/tui/entry.h>

/* The field by which a person says that it is meant; its name is no field of any act. */
#define CONSENT_FIELD "consent"
/* Beside the fields of a document's draft: which version it was begun on. */
#define BASE_FIELD "@base"

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

/* What there is to choose from, and what the record says of the act, as they are now. */
void entry_offer(struct entry *entry);
void entry_ask(struct entry *entry);
void entry_look(struct entry *entry);

/* Takes the words that an act in `in` points to over into the entry, whatever becomes of the record they were read from. */
void entry_bind(struct entry *entry, const struct act_in *in);
/* Notes what stands in the fields by the record alone, before a draft is laid over it; and which version that draft was begun on ("" unknown). */
void entry_note_given(struct entry *entry);
void entry_note_base(struct entry *entry, const char *base);
/* What it rests on as the record stands; where that is something else than before, it is told. */
void entry_see(struct entry *entry);
/* Consent is for what stood there when it was given; true when there was any. */
bool entry_empty_consent(struct entry *entry);

#endif
