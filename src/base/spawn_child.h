#ifndef GONOGO_BASE_SPAWN_CHILD_H
#define GONOGO_BASE_SPAWN_CHILD_H
/* The child's side of spawn.c: what it runs, what it sees, and the terminal it may be lent.  Private to base. */
#include <stdbool.h>
#include <sys/types.h>
#include <termios.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/err.h>
#include <gonogo/base/spawn.h>

/* Made before the fork, so that the child allocates nothing. */
struct spawn_program {
	const char *path; /* NULL when no such program is in the fixed PATH */
	char **argv, **environment;
};

struct spawn_ends {
	int input, out, diagnostics; /* become 0, 1 and 2; with the terminal, 0 and 2 are the terminal */
	int failed;                  /* close-on-exec: takes errno when the program cannot be run */
	bool has_terminal;
};

/* The controlling terminal while a child has it; fd -1 when there is none to lend. */
struct spawn_terminal {
	int fd;
	pid_t owner; /* the process group that gets it back */
	bool has_modes;
	struct termios modes;
};

enum err_kind spawn_prepare(
	const struct spawn *spawn, struct arena *arena, struct spawn_program *out, struct err *err) MUST_CHECK;
_Noreturn void spawn_child(const struct spawn_program *program, const struct spawn_ends *ends);

/* Opens the terminal if this process is in its foreground; a background job must not take it from the one in front. */
void spawn_terminal_take(struct spawn_terminal *terminal);
/* Foreground and modes back as they were: a child killed while it read a passphrase leaves the echo off. */
void spawn_terminal_return(struct spawn_terminal *terminal);

#endif
