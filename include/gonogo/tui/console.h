#ifndef GONOGO_TUI_CONSOLE_H
#define GONOGO_TUI_CONSOLE_H
#include <gonogo/app/session.h>
enum err_kind console_run(struct session *session, struct err *err) MUST_CHECK;
#endif
