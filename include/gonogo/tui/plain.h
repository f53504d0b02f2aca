#ifndef GONOGO_TUI_PLAIN_H
#define GONOGO_TUI_PLAIN_H
/*
 * The gate walk as a conversation: the same questions, fields and acts as on the screen, one line at a time on standard input and output, without
 * redraw, colour or box, for readers of the screen, bad terminals and pipes.  Curses is never called.
 */
#include <stdbool.h>

#include <gonogo/app/session.h>
#include <gonogo/core/words.h>

/* `ask_questions` false: the gate and the list of its questions, nothing else.  *verdict: what the gate said last.  ERR_MISSING: no such release; ERR_REFUSED:
 * it has no further gate.  What a rule refuses in the course of the walk is part of it, and no failure. */
enum err_kind plain_walk(struct session *session, const char *release, bool ask_questions, enum verdict_word *verdict, struct err *err) MUST_CHECK;

#endif
