#ifndef GONOGO_TUI_FORM_STATE_H
#define GONOGO_TUI_FORM_STATE_H
/* What the keys of a form need to know of how it is laid out. */
#include <gonogo/tui/form.h>

/* Columns of a value where the form is form->width wide. */
int form_value_width(const struct form *form);

#endif
