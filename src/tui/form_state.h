#ifndef GONOGO_TUI_FORM_STATE_H
#define GONOGO_TUI_FORM_STATE_H
/* What values, keys and drawing of a form have in common. */
#include <gonogo/tui/form.h>

bool form_is_shape(const struct form *form, size_t i, enum field_shape shape);
int form_choices(const struct form_field *field);
struct textlist_limits form_limits(const struct form_field *field);
/* Not more and not longer items than the field takes? */
bool form_fits(const struct form_field *field, const char *text);
/* The value of a field was `before`; takes it.  NULL: there was no memory to know. */
void form_note(struct form *form, size_t i, char *before, enum history_kind kind);
/* Columns of a value where the form is form->width wide. */
int form_value_width(const struct form *form);

#endif
