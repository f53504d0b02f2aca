#ifndef TESTS_SUPPORT_DESK_H
#define TESTS_SUPPORT_DESK_H
/* A person at the console of the ledger of a shell, on a terminal of any size and kind, at a moment. */
#include "shell.h"
#include "terminal.h"

/* `editor`: $EDITOR, with the folder of the shell for temporary files; NULL: none is set.  `locale` NULL: C.UTF-8. */
struct desk { struct shell *shell; struct terminal terminal; const char *editor, *locale; };

/* `moment` "2025-01-14 10:00:00"; NULL: whatever shell_at says, from then on too.  Returns once the console stands there. */
void desk_sit(struct desk *desk, const char *person, const char *moment, int rows, int cols, const char *term);
/* From anywhere: back to the list, and out; the console must end well. */
void desk_leave(struct desk *desk);

#endif
