#ifndef GONOGO_TUI_TENANTS_H
#define GONOGO_TUI_TENANTS_H
/* The tenants (CHN-7, CHN-8): what is on record of each, and what it is served of every release that names it. */
#include <gonogo/tui/screen.h>

enum err_kind tenants_open(struct console *console, struct err *err);

#endif
