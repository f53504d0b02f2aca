#ifndef GONOGO_TUI_DOCUMENTS_H
#define GONOGO_TUI_DOCUMENTS_H
/* The documents of a release as a short list: what is missing, begun, saved, approved, and what each still lacks.  Enter fills one in. */
#include <gonogo/tui/screen.h>

enum err_kind documents_go_open(struct screen *screen, struct err *err);
/* Of the document selected there. */
enum err_kind documents_go_edit(struct screen *screen, struct err *err);

#endif
