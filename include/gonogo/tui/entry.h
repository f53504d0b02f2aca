#ifndef GONOGO_TUI_ENTRY_H
#define GONOGO_TUI_ENTRY_H
/*
 * An act being filled in: the fields of its row, the consent it takes, what is wrong with it.  Every keystroke is kept as a draft of the user's own and
 * found again, also after a crash; the draft goes when the act is recorded.
 */
#include <gonogo/app/shown.h>
#include <gonogo/tui/actions.h>

enum { ENTRY_PATH_MAX = 4096 };
struct draft_place { char release[72], form[240], person[40]; };
struct entry {
	const struct action *action;    /* NULL: none is open */
	struct form form;
	struct act_in in;
	struct word roles[ROLE_COUNT + 1]; /* of a field that asks for a role: those the person holds */
	struct buf known[FORM_FIELDS_MAX]; /* the draft as this entry knows it */
	struct buf about;               /* what is about to be recorded */
	struct draft_place place;
	char rule[24], memo[SHOWN_ABOUT_BYTES]; /* which of several, for `in` */
	struct shown shown;             /* what the person sees it rest on: on anything else nothing is recorded */
	char base[24];                  /* of a document: the version that the draft was begun on; "": not known */
	struct buf given[FORM_FIELDS_MAX]; /* of a document: the fields as they were recorded when they were looked at last */
	char problem[STATUS_MAX];       /* why it was not recorded, or may not be; "" when there is none */
	struct { char dir[ENTRY_PATH_MAX], field[48]; } kept; /* what an editor wrote and the field could not take; "" none */
	struct form_problems problems;  /* of the fields, as they stand now */
	instant saved_at;               /* the draft, the last time; 0: not since it was opened */
	bool is_barred;                 /* the person may not do it: the problem says why and who may */
	bool is_held;                   /* another act would stand here, but for what was typed */
	bool is_touched;                /* something was typed since it was opened, beside consent */
	bool is_outdated;               /* it was refused because others had recorded: it has to be read anew */
};
/* ENTRY_LEFT: nothing was recorded, and nothing more is meant to be; what was typed is kept. */
enum entry_result { ENTRY_UNUSED, ENTRY_KEPT, ENTRY_RECORDED, ENTRY_LEFT };
/* What was typed to say that it is meant. */
enum entry_consent { CONSENT_EMPTY, CONSENT_OTHER, CONSENT_GIVEN };
/* Where words are cut; the key of the action "whole". */
#define ENTRY_MORE "(more: F7)"
#define ENTRY_NOTHING "Nothing was recorded; what was typed is kept."


/* Opens the action on `in` (kept: it must outlive the entry); takes up the draft of last time. */
void entry_open(struct entry *entry, const struct action *action, const struct act_in *in);
/*
 * The record was read anew.  What stands in the fields stays as long as it is the same act; where what it rests on changed, that is said, and consent is
 * emptied.  Of a document, fields that nobody touched here become what was recorded meanwhile, and where both were changed, both are told.  Another act
 * (NULL: none) takes its place, unless something was typed: then that stays, and false is returned.
 */
bool entry_renew(struct entry *entry, const struct action *action, const struct act_in *in);
void entry_close(struct entry *entry);
/* ENTRY_RECORDED: `out` says what was recorded. */
enum entry_result entry_key(struct entry *entry, struct key key, struct outcome *out);
/* The same without keys.  Sets one field, a choice by its word; false when the field does not take the text, and a choice has then none. */
bool entry_set(struct entry *entry, size_t field, const char *text);
/* Records what was filled in, unless something is wrong with it. */
enum entry_result entry_submit(struct entry *entry, struct outcome *out);
/* Is it the field by which a person says that it is meant, and the word that says so. */
bool entry_is_consent(const struct entry *entry, size_t field);
const char *entry_expects(const struct entry *entry);
enum entry_consent entry_consent(const struct entry *entry);
/* What the button is called that records it. */
void entry_button(const struct entry *entry, struct buf *out);
/* What Enter does now, where an entry may be open on the screen. */
const char *entry_enter_does(const struct screen *screen);
/* Does the action do anything to what is being filled in now (NULL: nothing is)?  Of any other action: yes. */
bool entry_takes(const struct entry *entry, const struct action *action);
/* Text that was pasted; false when it does not fit, and nothing of it was taken. */
bool entry_paste(struct entry *entry, const char *text);
/* The field in focus is not what it was: it is kept as a draft, and looked at. */
void entry_changed(struct entry *entry);
/* What the table of actions runs on what is being filled in. */
enum err_kind entry_go_undo(struct screen *screen, struct err *err);
enum err_kind entry_go_redo(struct screen *screen, struct err *err);
enum err_kind entry_go_editor(struct screen *screen, struct err *err);
enum err_kind entry_go_consent(struct screen *screen, struct err *err);
/* Notes the width: by it the cursor moves in a text that is wrapped. */
void entry_draw(struct entry *entry, struct frame *frame);

#endif
