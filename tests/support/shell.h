#ifndef TESTS_SUPPORT_SHELL_H
#define TESTS_SUPPORT_SHELL_H
/*
 * The real binary, run as people run it: a folder of its own, people with keys, a clock that stands where the test puts it (faketime), and one line at a
 * time.  Words are split at spaces; '...' keeps them together.  With GONOGO_TRANSCRIPT=FILE in the environment every command is appended to FILE with its answer.
 */
#include <stdbool.h>
#include <stddef.h>

#define SHELL_CLOCK "clock"  /* in dir: the moment of shell_at */

struct shell {
	char dir[256];        /* a fresh folder; keys of PERSON in dir/PERSON and dir/PERSON.pub */
	char ledger[300];
	char now[32];         /* "2025-01-15 09:00:00", UTC; empty: the machine's clock */
	const char *input;    /* what the next run reads through a pipe; NULL: nothing */
	int status;           /* exit status of the last run, 128 + signal */
	char *out, *err;      /* its output */
};

/* ERR: the test fails.  Makes the folder. */
void shell_open(struct shell *shell);
void shell_close(struct shell *shell);
/* For commands, and for every console that reads the file of the clock (desk.h). */
void shell_at(struct shell *shell, const char *utc);
/* A key of its own for a person. */
void shell_key(struct shell *shell, const char *person);
/* `gonogo --ledger LEDGER LINE`; returns the exit status. */
int shell_run(struct shell *shell, const char *line, ...) __attribute__((format(printf, 2, 3)));
/* The same as a person, with that person's key. */
int shell_as(struct shell *shell, const char *person, const char *line, ...) __attribute__((format(printf, 3, 4)));
/* Any command of the machine, in the folder, through sh: for the stock tools an auditor uses. */
int shell_stock(struct shell *shell, const char *line, ...) __attribute__((format(printf, 2, 3)));
/* init by bob (System Owner), then jane (Dev Lead), quinn (QA), otto (Operator), and the tenants of the specification's example. */
void shell_people(struct shell *shell);
/* A file in the folder, which is also where commands run: so `import NAME` reads it. */
void shell_write(struct shell *shell, const char *name, const char *text, ...) __attribute__((format(printf, 3, 4)));
bool shell_says(const struct shell *shell, const char *text); /* in out or err */
/* Everything of the last run, for the message of a failed assertion. */
const char *shell_told(const struct shell *shell);
/* A file below the source tree. */
const char *shell_source(const char *path);

#endif
