#ifndef TESTS_SUPPORT_TERMINAL_H
#define TESTS_SUPPORT_TERMINAL_H
/*
 * A person's terminal: any program on a pty, what it draws read back through libvterm, keys typed as a terminal sends them.  Nothing sleeps: a wait
 * polls until the screen is as wanted, and a wait in vain fails the test with the whole screen.
 *
 * The program is a job of a small session leader, as under a shell: otherwise ^Z would not stop it, and the kernel would put the modes of the terminal
 * back itself when it ends, whatever it had left behind.
 */
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

#include <vterm.h>

#include <gonogo/base/buf.h>

enum { TERMINAL_LIMIT_MS = 20000 };

struct terminal {
	char home[256];             /* a fresh folder: HOME and working folder of the program */
	int master, leader_link;
	pid_t leader, program;
	bool is_stopped, has_ended;
	int status;                 /* of waitpid, once it has ended */
	struct termios before;      /* modes of the terminal before the program ran */
	VTerm *vt;
	VTermScreen *screen;
	bool is_alternate, is_cursor_visible;
	int mouse;                  /* VTERM_PROP_MOUSE_* */
	struct buf raw, typed, text, row, told;
};
/* Is the screen as wanted? */
typedef bool terminal_seen(struct terminal *terminal, const void *about);

/*
 * Starts argv (looked up in the caller's PATH) with an environment of its own: PATH, HOME, TERM, LC_ALL=C.UTF-8, TZ=UTC, the sanitizers' options, then
 * `extra`, "NAME=value" until NULL (or NULL), which wins.  A FAKETIME among them ("2025-01-15 09:00:00") brings faketime's library along, as
 * does any other of its variables.
 */
void terminal_start(struct terminal *terminal, int rows, int cols, const char *term, const char *const *extra, const char *const *argv);
/* Kills what still runs, and forgets everything. */
void terminal_free(struct terminal *terminal);

/* Types text; <Down> <Up> <Left> <Right> <Enter> <Esc> <Tab> <BackTab> <Backspace> <Del> <Home> <End> <PgUp> <PgDn> <F1>..<F12> <Space> <C-z> <lt>. */
void terminal_keys(struct terminal *terminal, const char *keys);
void terminal_resize(struct terminal *terminal, int rows, int cols);
void terminal_signal(struct terminal *terminal, int number);

/* False when it was not seen in time, or can no more be seen since the program has ended. */
bool terminal_comes_to(struct terminal *terminal, terminal_seen *seen, const void *about, int limit_ms);
/* The same, and the test fails with `what` and the screen. */
void terminal_wait(struct terminal *terminal, terminal_seen *seen, const void *about, const char *what, int limit_ms);
/* Until the text stands on the screen; until it stands there no more. */
void terminal_wait_text(struct terminal *terminal, const char *text);
void terminal_wait_gone(struct terminal *terminal, const char *text);
/* Until the program has ended by itself and all it wrote is on the screen; its wait status.  Screen, bytes and modes can be read afterwards. */
int terminal_end(struct terminal *terminal);

/* Predicates for terminal_comes_to and terminal_wait; `about` is the text, where there is one. */
bool terminal_shows(struct terminal *terminal, const void *text);
bool terminal_lacks(struct terminal *terminal, const void *text);
bool terminal_has_stopped(struct terminal *terminal, const void *nothing);
bool terminal_runs(struct terminal *terminal, const void *nothing); /* again, after it was stopped */
bool terminal_has_ended(struct terminal *terminal, const void *nothing);

/* What is on the screen now; texts are valid until the next call of the same function. */
const char *terminal_text(struct terminal *terminal);         /* rows joined by \n, trailing blanks cut */
const char *terminal_row(struct terminal *terminal, int row); /* from 0 */
bool terminal_is_reverse(const struct terminal *terminal, int row, int col);
int terminal_reverse_row(const struct terminal *terminal);    /* the first with a reverse cell; -1: none */
void terminal_cursor(const struct terminal *terminal, int *row, int *col, bool *is_visible);
bool terminal_is_alternate(const struct terminal *terminal);
const char *terminal_raw(const struct terminal *terminal);    /* every byte so far; its size is raw.size */
/* Are the modes of the terminal those of before the program? */
bool terminal_modes_restored(const struct terminal *terminal);
/* The screen in a frame, with cursor and state, for the message of a failed assertion. */
const char *terminal_told(struct terminal *terminal);

#endif
