#include <config.h>

#include <stdio.h>
#include <stdlib.h>

#include <criterion/criterion.h>

#include "desk.h"

void desk_sit(struct desk *desk, const char *person, const char *moment, int rows, int cols, const char *term)
{
	char identity[400], faketime[400], state[320], editor[400], folder[320], locale[64];
	const char *const argv[] = { getenv("GONOGO_BIN"), "--ledger", desk->shell->ledger, "--as", person, "--identity", identity, NULL };
	const char *const extra[] = { faketime, state, locale, folder, moment ? "FAKETIME_NO_CACHE=0" : "FAKETIME_NO_CACHE=1", desk->editor ? editor : NULL, NULL };

	snprintf(identity, sizeof identity, "%s/%s", desk->shell->dir, person);
	if (moment)
		snprintf(faketime, sizeof faketime, "FAKETIME=%s", moment);
	else
		snprintf(faketime, sizeof faketime, "FAKETIME_TIMESTAMP_FILE=%s/" SHELL_CLOCK, desk->shell->dir);
	snprintf(state, sizeof state, "XDG_STATE_HOME=%s", desk->shell->dir);
	snprintf(locale, sizeof locale, "LC_ALL=%s", desk->locale ? desk->locale : "C.UTF-8");
	snprintf(editor, sizeof editor, "EDITOR=%s", desk->editor ? desk->editor : "");
	snprintf(folder, sizeof folder, "TMPDIR=%s", desk->shell->dir);
	terminal_start(&desk->terminal, rows, cols, term, extra, argv);
	/* The key bar is painted last. */
	terminal_wait_text(&desk->terminal, "? help");
}

void desk_leave(struct desk *desk)
{
	terminal_keys(&desk->terminal, "<Esc><Esc>");
	terminal_wait_text(&desk->terminal, "q quit");
	terminal_keys(&desk->terminal, "q");
	cr_assert(terminal_end(&desk->terminal) == 0, "%s", terminal_told(&desk->terminal));
	terminal_free(&desk->terminal);
}
