#ifndef GONOGO_TUI_SWITCHES_H
#define GONOGO_TUI_SWITCHES_H
/*
 * The board of kill switches: releases by tenants where there is room, a list of releases elsewhere, and an account of what is selected below.  The
 * tenants of one release as a list are one key away on every terminal.
 */
#include <gonogo/tui/screen.h>

enum err_kind switches_open(struct console *console, struct err *err);
/* Releases whose switch needs somebody: an unconfirmed kill, a drift, a switch that is missing. */
enum err_kind switches_count(struct console *console, size_t *count, struct err *err);
/* What the table of actions runs: the tenant beside, columns that are out of sight, the tenants of the selected release, only what needs somebody. */
enum err_kind switches_go_left(struct screen *screen, struct err *err);
enum err_kind switches_go_right(struct screen *screen, struct err *err);
enum err_kind switches_go_columns_back(struct screen *screen, struct err *err);
enum err_kind switches_go_columns_on(struct screen *screen, struct err *err);
enum err_kind switches_go_needed(struct screen *screen, struct err *err);
enum err_kind served_go_open(struct screen *screen, struct err *err);

#endif
