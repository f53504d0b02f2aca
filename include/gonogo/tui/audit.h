#ifndef GONOGO_TUI_AUDIT_H
#define GONOGO_TUI_AUDIT_H
/*
 * The audit trail, newest first, a window at a time: what was recorded, by whom, what the same thing was before, and what signature stands behind it.
 * What others record appears at the top and moves nothing.
 */
#include <gonogo/store/ledger.h>
#include <gonogo/tui/list.h>

enum err_kind audit_open(struct console *console, struct err *err) MUST_CHECK;
/* Checks the whole ledger, telling how far it is, and shows the verdict. */
enum err_kind audit_go_verify(struct screen *screen, struct err *err);

/* What the filter of the trail asks for; the texts of `log` are those of `terms`, so it is not to be copied. */
struct audit_question { struct filter_term terms[LIST_FIELDS_MAX]; char words[TEXT_LINE_MAX + 1]; struct log_filter log; };
/* ERR_USAGE: a field that the trail does not have, a kind or a moment that is none. */
enum err_kind audit_ask(const char *text, struct audit_question *out, struct err *err) MUST_CHECK;

#endif
