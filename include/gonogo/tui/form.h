#ifndef GONOGO_TUI_FORM_H
#define GONOGO_TUI_FORM_H
/*
 * A few fields one below the other: lines of text, and choices out of a table of words.  Nothing traps the focus, and no field is lost when another
 * is wrong: problems are the caller's to show when the form is submitted.
 */
#include <stddef.h>

#include <gonogo/core/words.h>
#include <gonogo/tui/textline.h>

enum field_shape { FIELD_TEXT, FIELD_CHOICE };
struct form_field {
	const char *name;             /* "note": for form_text, drafts */
	const char *label;            /* "Note" */
	const char *hint;             /* one short sentence below the label's column when focused; NULL: none */
	enum field_shape shape;
	const struct word *choices;   /* FIELD_CHOICE: the titles are shown */
	size_t most;                  /* FIELD_TEXT: bytes */
};
enum { FORM_FIELDS_MAX = 8 };
struct form {
	struct form_field fields[FORM_FIELDS_MAX];
	size_t count, focus;
	struct textline texts[FORM_FIELDS_MAX];
	int chosen[FORM_FIELDS_MAX];  /* index into choices; -1: nothing chosen yet */
};
enum form_result {
	FORM_UNUSED,                  /* the key means nothing here: it is the caller's */
	FORM_MOVED,
	FORM_CHANGED,                 /* of the field in focus */
	FORM_FULL,                    /* the text is as long as it may be */
	FORM_SUBMIT,                  /* Enter on the last field, or ^S anywhere */
};

void form_init(struct form *form, const struct form_field *fields, size_t count);
void form_release(struct form *form);
/* The text, or the word of the choice; "" when there is none.  Unknown names are "". */
const char *form_text(const struct form *form, const char *name);
/* The value of the choice, or `otherwise` when nothing is chosen. */
int form_choice(const struct form *form, const char *name, int otherwise);
/* Sets a text, or a choice by its word; a word that is none chooses nothing.  False when the field does not take it, or there is none. */
bool form_set(struct form *form, const char *name, const char *text);
/* Does the focus stand in a text, so that characters are text and not keys? */
bool form_is_typing(const struct form *form);
/* Puts the focus on a field; false when there is none of that name. */
bool form_focus(struct form *form, const char *name);
/* Tab, S-Tab, Up and Down move; Left and Right choose, Space takes the first where nothing is chosen; Enter goes to the next field, or submits on the last; the rest is the text's. */
enum form_result form_key(struct form *form, struct key key);
/* Rows it takes at this width. */
int form_height(const struct form *form, int width);
/* Draws from row y, at most `height` rows, scrolled so that the focus is in sight; the cursor of the focused field goes to *cursor_y, *cursor_x. */
void form_draw(const struct form *form, WINDOW *window, int y, int x, int width, int height, int *cursor_y, int *cursor_x);

#endif
