#ifndef GONOGO_BASE_SPAWN_H
#define GONOGO_BASE_SPAWN_H
/*
 * Child processes without a shell: an argument vector, an environment of SSH_AUTH_SOCK, SSH_ASKPASS, SSH_ASKPASS_REQUIRE, DISPLAY, HOME,
 * TERM, LANG, TZ=UTC, LC_ALL=C.UTF-8 and a fixed PATH, no inherited descriptor, a deadline, an output cap, a process group that is killed whole.
 */
#include <stdbool.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/err.h>

struct spawn {
	const char *const *argv; /* NULL-terminated; argv[0] is looked up in the fixed PATH unless it holds a slash */
	/* Lends the child the terminal, if this process has it in front: stdin, and stderr for its prompts (diagnostics are
	 * then empty).  Else stdin is /dev/null and there is no controlling terminal. */
	bool terminal;
	bool asks_nothing; /* no window asks in the terminal's stead: the child gets no SSH_ASKPASS */
	const char *input; size_t input_size; /* what stdin holds instead, whole before the child starts; NULL: nothing */
	int deadline_s;    /* killed after this many seconds */
	size_t output_cap; /* bytes kept of stdout and stderr each */
};
struct spawn_result {
	int status; /* exit status, or 128 + signal */
	bool timed_out;
	bool cut;                      /* more came than output_cap, and was dropped */
	const char *out, *diagnostics; /* stdout and stderr, NUL-terminated, in the arena; not yet encoded for show */
};

/* ERR_SYSTEM when the program cannot be started at all; a program that ran and failed is a result. */
enum err_kind spawn_run(
	const struct spawn *spawn, struct arena *arena, struct spawn_result *out, struct err *err) MUST_CHECK;

/*
 * Starts the program and leaves it to itself: nobody waits for it, what it says is thrown away, and after its deadline it gets SIGALRM.  ERR_SYSTEM when
 * it cannot be started at all.  `terminal` and `output_cap` say nothing here.
 */
enum err_kind spawn_leave(const struct spawn *spawn, struct arena *arena, struct err *err) MUST_CHECK;

#endif
