#ifndef GONOGO_TUI_TEXTVIEW_H
#define GONOGO_TUI_TEXTVIEW_H
/* A text to read: help, the documents of a release.  Scrolls by rows; the cursor stands on the first row in sight. */
#include <gonogo/tui/screen.h>

/* Takes the text's bytes over, also on failure. */
enum err_kind textview_open(struct console *console, const char *title, struct buf *text, struct err *err) MUST_CHECK;

/* The same of a text that others change: told when it is opened, and again whenever something was recorded. */
typedef enum err_kind (*textview_tell)(struct session *session, struct buf *out, struct err *err);
enum err_kind textview_open_told(struct console *console, const char *title, textview_tell tell, struct err *err) MUST_CHECK;

/* What opens when, and who must sign for it. */
enum err_kind textview_go_calendar(struct screen *screen, struct err *err);
enum err_kind textview_go_documents(struct screen *screen, struct err *err);
/* Of every screen that scrolls. */
enum err_kind textview_go_down(struct screen *screen, struct err *err);
enum err_kind textview_go_up(struct screen *screen, struct err *err);
enum err_kind textview_go_page_down(struct screen *screen, struct err *err);
enum err_kind textview_go_page_up(struct screen *screen, struct err *err);
enum err_kind textview_go_first(struct screen *screen, struct err *err);
enum err_kind textview_go_last(struct screen *screen, struct err *err);

#endif
