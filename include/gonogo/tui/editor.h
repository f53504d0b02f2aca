#ifndef GONOGO_TUI_EDITOR_H
#define GONOGO_TUI_EDITOR_H
/* A person's own editor on a file: $VISUAL, else $EDITOR, else what the system has.  No shell: the value is split at blanks. */
#include <gonogo/base/err.h>

/*
 * Gives the terminal to the editor until it ends.  ERR_NONE when it ended well; else `err` begins a sentence with its name and how it ended
 * (ERR_REFUSED), or why it could not be started (ERR_SYSTEM).  Keys that stop or interrupt are the editor's own.
 */
enum err_kind editor_run(const char *path, struct err *err) MUST_CHECK;

#endif
