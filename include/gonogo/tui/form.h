#ifndef GONOGO_TUI_FORM_H
#define GONOGO_TUI_FORM_H
/*
 * Fields one below the other: a line of text, several lines, a list, one of a table of words, several out of many.  The value of each is a text, so that
 * drafts, undo and comparison know one shape alone: the lines of an area, the items of a list and the ids of a pick have LF between.  Nothing traps the
 * focus, and no field is lost when another is wrong: problems are the caller's to show.
 */
#include <stddef.h>

#include <gonogo/core/kinds.h>
#include <gonogo/core/paper.h>
#include <gonogo/core/words.h>
#include <gonogo/tui/history.h>
#include <gonogo/tui/picker.h>
#include <gonogo/tui/textarea.h>
#include <gonogo/tui/textline.h>
#include <gonogo/tui/textlist.h>

enum field_shape { FIELD_TEXT, FIELD_CHOICE, FIELD_AREA, FIELD_LIST, FIELD_PICK };

struct act_in;
struct form;
struct form_field {
	const char *name;             /* "note": for form_text, drafts */
	const char *label;            /* "Note" */
	const char *hint;             /* one short sentence below the label's column when focused; NULL: none */
	enum field_shape shape;
	const struct word *choices;   /* FIELD_CHOICE: the titles are shown */
	size_t most;                  /* bytes: of the text; of FIELD_LIST, of each item; of FIELD_PICK, 0 is enough for as many as a list may have */
	size_t items;                 /* FIELD_LIST: the most items; 0: as many as a document may have */
	bool is_optional;             /* may be left empty */
	bool is_fleeting;             /* changes of it cannot be undone: what was said to be meant is not said by taking something back */
	bool is_brief;                /* FIELD_AREA that mostly holds one line: Enter goes on, and further lines come from a paste or the editor */
	/* FIELD_PICK, or FIELD_CHOICE without a table of its own: what there is to choose from, in `arena`; a choice shows the state of each. */
	enum err_kind (*options)(const struct act_in *in, struct arena *arena, struct form_options *out, struct err *err);
	/* How the text is understood ("Mon, in 7 days"), in one line; NULL: as it stands. */
	void (*echo)(const struct act_in *in, const struct form *form, struct buf *out);
	/* FIELD_TEXT: what was probably meant by what is typed, whole; Right at the end of the text takes it.  NULL: nothing is guessed. */
	void (*complete)(const struct act_in *in, const char *typed, struct buf *out);
};

/* All that is wrong or missing, each of it naming its field; a table of actions fills it (actions.h). */
struct form_problem { const char *field; char text[240]; };
enum { FORM_PROBLEMS_MAX = 24 };
struct form_problems { struct form_problem items[FORM_PROBLEMS_MAX]; size_t count; };
void form_problem(struct form_problems *problems, const char *field, const char *fmt, ...) PRINTF_LIKE(3, 4);

enum { FORM_FIELDS_MAX = 16, FORM_ITEMS_MAX = KIND_LIST_MAX, FORM_ECHO_MAX = 160 };
struct form {
	struct form_field fields[FORM_FIELDS_MAX];
	size_t count, focus;
	struct textline texts[FORM_FIELDS_MAX];   /* FIELD_TEXT, FIELD_AREA, FIELD_LIST */
	struct picker picks[FORM_FIELDS_MAX];     /* FIELD_PICK */
	int chosen[FORM_FIELDS_MAX];  /* index into choices; -1: nothing chosen yet */
	char echoes[FORM_FIELDS_MAX][FORM_ECHO_MAX], offers[FORM_FIELDS_MAX][FORM_ECHO_MAX];
	struct arena arena;           /* of the options */
	struct history history;
	int width;                    /* it is drawn with: rows of an area depend on it */
	const char *overfull;         /* the label of a field that could not take what is on record; NULL: each did */
	int goal;                     /* the column that Up and Down keep in an area; -1: none */
};
enum form_result {
	FORM_UNUSED,                  /* the key means nothing here: it is the caller's */
	FORM_MOVED,
	FORM_CHANGED,                 /* of the field in focus */
	FORM_FULL,                    /* the text is as long as it may be, or the list */
	FORM_SUBMIT,                  /* Enter on the last field where Enter is nothing else, or ^S anywhere */
};

void form_init(struct form *form, const struct form_field *fields, size_t count);
void form_release(struct form *form);
/* Asks the fields what there is to choose from on this record; what is chosen stays.  On failure nothing is offered, and the rest of the form works. */
enum err_kind form_offer(struct form *form, const struct act_in *in, struct err *err) MUST_CHECK;
/* Asks the fields how their texts are understood, for form_draw, and what they would be completed to. */
void form_echo(struct form *form, const struct act_in *in);
/* The text, the word of the choice, items or ids with LF between; "" when there is none.  Unknown names are "". */
const char *form_text(const struct form *form, const char *name);
/* The value of the choice, or `otherwise` when nothing is chosen. */
int form_choice(const struct form *form, const char *name, int otherwise);
/* The lines of an area, the items of a list, the ids of a pick; of the latter two without blank ones, and without blanks around.  False when memory is
 * out. */
bool form_lines(const struct form *form, const char *name, struct arena *arena, struct texts *out) MUST_CHECK;
/* Sets a text, or a choice by its word; a word that is none chooses nothing.  False when the field does not take it, or there is none. */
bool form_set(struct form *form, const char *name, const char *text);
/* From here on changes can be undone; what stands in the fields now is what undoing ends at. */
void form_settle(struct form *form);
/* Takes the last change back, or does it again, with the focus on its field; false when there is none. */
bool form_undo(struct form *form);
bool form_redo(struct form *form);
/* Text that was pasted goes where the cursor stands, as one change: its line ends too where the field has lines, else as blanks.  FORM_FULL, and nothing
 * changes, when it does not fit; FORM_UNUSED where no text is being typed. */
enum form_result form_paste(struct form *form, const char *text);
/* Does the focus stand in a text, so that characters are text and not keys? */
bool form_is_typing(const struct form *form);
/* May the text in focus hold line ends? */
bool form_has_lines(const struct form *form);
/* Puts the focus on a field; false when there is none of that name. */
bool form_focus(struct form *form, const char *name);
/* Tab and S-Tab move, and Up and Down where the field has no rows of its own that way; Left and Right choose, digits by number, Space takes the first where
 * nothing is chosen; Enter goes to the next field or submits on the last, but for the fields that need it; the rest is the field's. */
enum form_result form_key(struct form *form, struct key key);
/* Rows it takes at this width. */
int form_height(const struct form *form, int width);
/* Draws from row y, at most `height` rows, scrolled so that the focus is in sight; the cursor of the focused field goes to *cursor_y, *cursor_x. */
void form_draw(const struct form *form, WINDOW *window, int y, int x, int width, int height, int *cursor_y, int *cursor_x);

#endif
