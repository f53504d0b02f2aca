#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include <gonogo/base/io.h>
#include <gonogo/base/spawn.h>

TestSuite(spawn, .timeout = 60);

struct ran {
	struct arena arena;
	struct spawn_result result;
	struct err err;
	enum err_kind kind;
};

static void run(struct ran *ran, const char *const *argv, int deadline_s, size_t cap)
{
	const struct spawn spawn = { .argv = argv, .deadline_s = deadline_s, .output_cap = cap };
	arena_init(&ran->arena, 0);
	ran->result = (struct spawn_result){ 0 };
	ran->kind = spawn_run(&spawn, &ran->arena, &ran->result, &ran->err);
}

static void run_script(struct ran *ran, const char *script, int deadline_s)
{
	const char *const argv[] = { "sh", "-c", script, NULL };
	run(ran, argv, deadline_s, 65536);
}

Test(spawn, returns_status_and_both_outputs)
{
	struct ran ran;
	run_script(&ran, "echo answer; echo complaint >&2; exit 3", 30);
	cr_assert(ran.kind == ERR_NONE && ran.result.status == 3 && !ran.result.timed_out, "a failure is a result");
	cr_assert_str_eq(ran.result.out, "answer\n", "stdout");
	cr_assert_str_eq(ran.result.diagnostics, "complaint\n", "stderr");
	cr_assert(!ran.result.cut, "whole");
	arena_release(&ran.arena);
}

Test(spawn, hands_arguments_over_untouched)
{
	static const char *const argv[] = { "printf", "%s|", "two words", "$HOME;`id`", "*", "", NULL };
	struct ran ran;
	run(&ran, argv, 30, 1000);
	cr_assert_str_eq(ran.result.out, "two words|$HOME;`id`|*||", "no shell has seen them");
	arena_release(&ran.arena);
}

Test(spawn, tells_a_signal)
{
	struct ran ran;
	run_script(&ran, "kill -TERM $$", 30);
	cr_assert(ran.kind == ERR_NONE && ran.result.status == 128 + SIGTERM, "status %d", ran.result.status);
	arena_release(&ran.arena);
}

Test(spawn, refuses_what_cannot_be_started)
{
	static const char *const missing[] = { "gonogo-no-such-program", NULL };
	static const char *const nowhere[] = { "/nonexistent/program", NULL };
	static const char *const folder[] = { "/usr", NULL };
	static const char *const data[] = { "/etc/passwd", NULL };
	static const char *const *const rows[] = { missing, nowhere, folder, data };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ran ran;
		run(&ran, rows[i], 30, 1000);
		cr_assert(ran.kind == ERR_SYSTEM, "%s", rows[i][0]);
		cr_assert(strstr(ran.err.text, rows[i][0]) && strstr(ran.err.text, "could not be started"), "%s",
			ran.err.text);
		arena_release(&ran.arena);
	}
}

Test(spawn, looks_only_in_its_own_path)
{
	struct arena arena;
	struct err err;
	char *dir;
	static const char script[] = "#!/bin/sh\necho found\n";
	arena_init(&arena, 0);
	cr_assert(io_temp_dir(&arena, &dir, &err) == ERR_NONE, "a folder");
	cr_assert(io_write(dir, "gonogo-planted", script, strlen(script), 0700, &err) == ERR_NONE, "a program in it");
	cr_assert(setenv("PATH", dir, 1) == 0 && chdir(dir) == 0, "first in PATH, and here");
	static const char *const planted[] = { "gonogo-planted", NULL };
	struct ran ran;
	run(&ran, planted, 30, 100);
	cr_assert(ran.kind == ERR_SYSTEM, "it is not found by name");
	arena_release(&ran.arena);
	static const char *const here[] = { "./gonogo-planted", NULL };
	run(&ran, here, 30, 100);
	cr_assert(ran.kind == ERR_NONE && strcmp(ran.result.out, "found\n") == 0, "but by its path");
	arena_release(&ran.arena);
	io_remove_dir(dir);
	arena_release(&arena);
}

Test(spawn, clears_the_environment)
{
	static const char *const allowed[] = { "PATH=/usr/local/bin:/usr/bin:/bin\n", "TZ=UTC\n", "LC_ALL=C.UTF-8\n",
		"SSH_AUTH_SOCK=/s\n", "SSH_ASKPASS=/a\n", "SSH_ASKPASS_REQUIRE=force\n", "DISPLAY=:0\n", "HOME=/h\n",
		"TERM=vt100\n", "LANG=de_DE\n" };
	static const char *const argv[] = { "env", NULL };
	struct ran ran;
	size_t expected = 0;
	cr_assert(clearenv() == 0, "a known start");
	for (size_t i = 3; i < sizeof allowed / sizeof allowed[0]; i++) {
		char pair[64];
		(void)snprintf(pair, sizeof pair, "%s", allowed[i]);
		pair[strcspn(pair, "\n")] = '\0';
		char *value = strchr(pair, '=');
		*value++ = '\0';
		cr_assert(setenv(pair, value, 1) == 0, "%s", pair);
	}
	cr_assert(setenv("LD_PRELOAD_X", "/evil.so", 1) == 0 && setenv("IFS", "x", 1) == 0 &&
			  setenv("TZ", "CET", 1) == 0 && setenv("PATH", "/evil", 1) == 0,
		"and what must not come through");
	run(&ran, argv, 30, 10000);
	cr_assert(ran.kind == ERR_NONE, "%s", ran.err.text);
	for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++) {
		cr_assert(strstr(ran.result.out, allowed[i]) != NULL, "%s in\n%s", allowed[i], ran.result.out);
		expected += strlen(allowed[i]);
	}
	cr_assert(strlen(ran.result.out) == expected, "nothing else:\n%s", ran.result.out);
	arena_release(&ran.arena);
}

Test(spawn, lets_no_window_ask_where_nothing_may_be_asked)
{
	static const char *const argv[] = { "env", NULL };
	const struct spawn spawn = { .argv = argv, .asks_nothing = true, .deadline_s = 30, .output_cap = 10000 };
	struct arena arena;
	struct spawn_result result = { 0 };
	struct err err = { 0 };
	arena_init(&arena, 0);
	cr_assert(clearenv() == 0 && setenv("SSH_ASKPASS", "/a", 1) == 0 && setenv("SSH_ASKPASS_REQUIRE", "force", 1) == 0 &&
		  setenv("DISPLAY", ":0", 1) == 0);
	cr_assert(spawn_run(&spawn, &arena, &result, &err) == ERR_NONE, "%s", err.text);
	cr_assert(strstr(result.out, "SSH_ASKPASS_REQUIRE=never\n") != NULL, "%s", result.out);
	cr_assert(strstr(result.out, "SSH_ASKPASS=") == NULL && strstr(result.out, "force") == NULL, "%s", result.out);
	arena_release(&arena);
}

Test(spawn, closes_every_descriptor)
{
	struct ran ran;
	const int secret = open("/etc/passwd", O_RDONLY);
	cr_assert(secret >= 0 && dup2(secret, 77) == 77 && dup2(secret, 500) == 500, "open without close-on-exec");
	run_script(&ran, "for fd in /proc/$$/fd/*; do echo ${fd##*/}; done", 30);
	cr_assert(ran.kind == ERR_NONE, "%s", ran.err.text);
	for (const char *line = ran.result.out; *line != '\0'; line = strchr(line, '\n') + 1) {
		const long fd = strtol(line, NULL, 10);
		/* The shell moves a descriptor of its own up to 10 while it reads a folder. */
		cr_assert(fd <= 2 || fd == 3 || fd == 10, "descriptor %ld is open:\n%s", fd, ran.result.out);
	}
	arena_release(&ran.arena);
	(void)close(secret);
	(void)close(77);
	(void)close(500);
}

Test(spawn, gives_no_input_and_no_terminal)
{
	struct ran ran;
	run_script(&ran, "cat; if (: </dev/tty) 2>/dev/null; then echo terminal; fi", 30);
	cr_assert(ran.kind == ERR_NONE && !ran.result.timed_out, "it waits for nobody");
	cr_assert_str_eq(ran.result.out, "", "nothing came in");
	arena_release(&ran.arena);
}

/* A row of /proc/PID/status as a set of signals, without the two that the C library keeps to itself. */
static unsigned long long signals_in(const char *status, const char *name)
{
	const char *row = strstr(status, name);
	const unsigned long long own = 3ull << 31;
	return row ? strtoull(row + strlen(name), NULL, 16) & ~own : ~0ull;
}

Test(spawn, restores_signals)
{
	static const char *const argv[] = { "cat", "/proc/self/status", NULL };
	struct ran ran;
	sigset_t blocked;
	(void)sigemptyset(&blocked);
	(void)sigaddset(&blocked, SIGTERM);
	cr_assert(sigprocmask(SIG_BLOCK, &blocked, NULL) == 0 && signal(SIGPIPE, SIG_IGN) != SIG_ERR, "ours");
	run(&ran, argv, 30, 10000);
	cr_assert(signals_in(ran.result.out, "SigBlk:") == 0, "none is blocked in the child:\n%s", ran.result.out);
	cr_assert(signals_in(ran.result.out, "SigIgn:") == 0, "none is ignored in the child:\n%s", ran.result.out);
	arena_release(&ran.arena);
}

Test(spawn, cuts_the_output_and_lets_the_child_finish)
{
	static const char *const argv[] = { "sh", "-c",
		"head -c 300000 /dev/zero | tr '\\0' x; head -c 300000 /dev/zero >&2; echo end", NULL };
	struct ran ran;
	run(&ran, argv, 30, 1000);
	cr_assert(ran.kind == ERR_NONE && ran.result.status == 0 && !ran.result.timed_out, "status %d",
		ran.result.status);
	cr_assert(ran.result.cut && strlen(ran.result.out) == 1000, "%zu bytes kept", strlen(ran.result.out));
	arena_release(&ran.arena);
	run(&ran, argv, 30, 0);
	cr_assert(ran.kind == ERR_NONE && ran.result.cut && *ran.result.out == '\0', "a cap of 0 keeps nothing");
	arena_release(&ran.arena);
}

/* A FIFO tells when the last process that holds it open for writing is gone. */
struct witness {
	struct arena arena;
	char *dir;
	const char *path;
	int fd;
};

static bool make_witness(struct witness *witness)
{
	struct err err;
	arena_init(&witness->arena, 0);
	if (io_temp_dir(&witness->arena, &witness->dir, &err) != ERR_NONE)
		return false;
	witness->path = arena_printf(&witness->arena, "%s/fifo", witness->dir);
	if (!witness->path || mkfifo(witness->path, 0600) != 0)
		return false;
	witness->fd = open(witness->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	return witness->fd >= 0;
}

static bool is_abandoned(const struct witness *witness)
{
	struct pollfd watch = { .fd = witness->fd, .events = POLLIN };
	char byte;
	while (poll(&watch, 1, 10000) > 0)
		if (read(witness->fd, &byte, 1) == 0)
			return true;
	return false;
}

static void leave_witness(struct witness *witness)
{
	(void)close(witness->fd);
	io_remove_dir(witness->dir);
	arena_release(&witness->arena);
}

Test(spawn, kills_the_whole_group_at_the_deadline)
{
	struct witness witness;
	struct ran ran;
	cr_assert(make_witness(&witness), "a FIFO");
	const char *script = arena_printf(&witness.arena,
		"exec 9>%s; echo x >&9; trap '' TERM HUP; (trap '' TERM HUP; sleep 1000) & sleep 1000", witness.path);
	cr_assert(script != NULL, "a script");
	run_script(&ran, script, 1);
	cr_assert(ran.kind == ERR_NONE && ran.result.timed_out, "its time was over");
	cr_assert(ran.result.status == 128 + SIGKILL, "status %d", ran.result.status);
	cr_assert(is_abandoned(&witness), "its children are gone with it");
	arena_release(&ran.arena);
	leave_witness(&witness);
}

Test(spawn, waits_for_nobody_who_was_left_behind)
{
	struct witness witness;
	struct ran ran;
	cr_assert(make_witness(&witness), "a FIFO");
	const char *script =
		arena_printf(&witness.arena, "exec 9>%s; echo x >&9; sleep 1000 & echo done", witness.path);
	cr_assert(script != NULL, "a script");
	run_script(&ran, script, 50);
	cr_assert(
		ran.kind == ERR_NONE && !ran.result.timed_out && ran.result.status == 0, "the child itself has ended");
	cr_assert_str_eq(ran.result.out, "done\n", "with its output");
	cr_assert(is_abandoned(&witness), "and who held its output open is gone");
	arena_release(&ran.arena);
	leave_witness(&witness);
}

Test(spawn, leaves_no_descriptor_and_no_zombie)
{
	struct ran ran;
	const int before = dup(STDOUT_FILENO);
	for (int i = 0; i < 20; i++) {
		static const char *const nowhere[] = { "/nonexistent/program", NULL };
		run_script(&ran, "true", 30);
		arena_release(&ran.arena);
		run(&ran, nowhere, 30, 100);
		arena_release(&ran.arena);
	}
	const int after = dup(STDOUT_FILENO);
	cr_assert(after == before + 1, "descriptors %d and %d", before, after);
	(void)close(before);
	(void)close(after);
	cr_assert(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD, "no child is left");
}

Test(spawn, tells_when_the_arena_is_full)
{
	static const char *const argv[] = { "echo", "answer", NULL };
	const struct spawn spawn = { .argv = argv, .deadline_s = 30, .output_cap = 1000 };
	bool is_run = false;
	int failures = 0;
	cr_assert(clearenv() == 0, "an environment of known size");
	for (size_t cap = 1; !is_run; cap += 24) {
		struct arena arena;
		struct spawn_result result;
		struct err err;
		arena_init(&arena, cap);
		const enum err_kind kind = spawn_run(&spawn, &arena, &result, &err);
		cr_assert(kind == ERR_NONE || (kind == ERR_SYSTEM && strstr(err.text, "memory")), "cap %zu: %s", cap,
			err.text);
		is_run = kind == ERR_NONE;
		failures += !is_run;
		arena_release(&arena);
	}
	cr_assert(failures > 5, "every allocation had its turn: %d", failures);
}

/* ---- with a terminal ---- */

enum { SEEN_RUN = 1, SEEN_OUT = 2, SEEN_ECHO = 4, SEEN_FRONT = 8, SEEN_TIME = 16 };

/* In a process whose controlling terminal is a pty: what was as it should be, as bits. */
static int run_on_terminal(const char *script, int deadline_s, const char *expected)
{
	const char *const argv[] = { "sh", "-c", script, NULL };
	const struct spawn spawn = { .argv = argv, .terminal = true, .deadline_s = deadline_s, .output_cap = 1000 };
	struct arena arena;
	struct spawn_result result;
	struct err err;
	struct termios modes;
	int seen = 0;
	arena_init(&arena, 0);
	if (spawn_run(&spawn, &arena, &result, &err) == ERR_NONE) {
		seen |= SEEN_RUN;
		seen |= strcmp(result.out, expected) == 0 ? SEEN_OUT : 0;
		seen |= result.timed_out ? SEEN_TIME : 0;
	}
	seen |= tcgetattr(STDIN_FILENO, &modes) == 0 && (modes.c_lflag & ECHO) ? SEEN_ECHO : 0;
	seen |= tcgetpgrp(STDIN_FILENO) == getpgrp() ? SEEN_FRONT : 0;
	arena_release(&arena);
	return seen;
}

/* Types `typed` once `prompt` is on the screen; the bits, or -1. */
static int on_terminal(const char *script, int deadline_s, const char *expected, const char *prompt, const char *typed)
{
	int screen, status = -1;
	char seen[4096] = "";
	size_t size = 0;
	const pid_t pid = forkpty(&screen, NULL, NULL, NULL);
	if (pid < 0)
		return -1;
	if (pid == 0)
		_exit(run_on_terminal(script, deadline_s, expected));
	for (;;) {
		const ssize_t n = read(screen, seen + size, sizeof seen - 1 - size);
		if (n <= 0)
			break;
		size += (size_t)n;
		seen[size] = '\0';
		if (typed && strstr(seen, prompt)) {
			if (write(screen, typed, strlen(typed)) < 0)
				break;
			typed = NULL;
		}
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	(void)close(screen);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Test(spawn, lends_the_terminal)
{
	const int seen = on_terminal("test -t 0 && test -t 2 && test ! -t 1 && printf 'Passphrase: ' >/dev/tty && "
				     "read x </dev/tty && echo \"got $x\"",
		30, "got secret\n", "Passphrase: ", "secret\n");
	cr_assert(seen == (SEEN_RUN | SEEN_OUT | SEEN_ECHO | SEEN_FRONT), "bits %d", seen);
}

Test(spawn, takes_the_terminal_back_as_it_was)
{
	const int seen = on_terminal("stty -echo; sleep 1000", 1, "", "", NULL);
	cr_assert(seen == (SEEN_RUN | SEEN_OUT | SEEN_ECHO | SEEN_FRONT | SEEN_TIME), "bits %d", seen);
}

Test(spawn, lets_control_c_end_the_child_alone)
{
	/* exec, since a shell that is just starting another program may lose the signal. */
	const int seen = on_terminal("printf ready >/dev/tty; exec sleep 1000", 50, "", "ready", "\x03");
	cr_assert(seen == (SEEN_RUN | SEEN_OUT | SEEN_ECHO | SEEN_FRONT), "bits %d", seen);
}

Test(spawn, does_without_a_terminal_where_there_is_none)
{
	static const char *const argv[] = { "sh", "-c", "cat; echo problem >&2", NULL };
	const struct spawn spawn = { .argv = argv, .terminal = true, .deadline_s = 30, .output_cap = 1000 };
	struct arena arena;
	struct spawn_result result = { 0 };
	struct err err = { 0 };
	arena_init(&arena, 0);
	/* A session of its own has no controlling terminal; a worker that leads its group cannot make one, and has none. */
	(void)setsid();
	cr_assert(spawn_run(&spawn, &arena, &result, &err) == ERR_NONE, "%s", err.text);
	cr_assert_str_eq(result.diagnostics, "problem\n", "then its complaints are kept");
	arena_release(&arena);
}

/* What is left to itself is waited for by nobody: it goes on when the one who started it is done, and ends by itself. */
Test(spawn, leaves_a_program_to_itself)
{
	static const char *const missing[] = { "/no/such/program", NULL };
	const char *argv[] = { "sh", "-c", NULL, NULL };
	struct spawn spawn = { .argv = argv, .deadline_s = 30, .input = "told\n", .input_size = 5 };
	struct arena arena;
	struct err err;
	char *dir, *fifo, got[8] = "";
	int fd;

	arena_init(&arena, 0);
	cr_assert_eq(io_temp_dir(&arena, &dir, &err), ERR_NONE);
	fifo = arena_printf(&arena, "%s/fifo", dir);
	argv[2] = arena_printf(&arena, "cat >%s", fifo);
	cr_assert(mkfifo(fifo, 0600) == 0);
	cr_assert_eq(spawn_leave(&spawn, &arena, &err), ERR_NONE, "%s", err.text);
	cr_assert(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD, "no child is left");
	fd = open(fifo, O_RDONLY);
	cr_assert(fd >= 0 && read(fd, got, 5) == 5);
	cr_assert_str_eq(got, "told\n");
	(void)close(fd);
	spawn.argv = missing;
	cr_assert_eq(spawn_leave(&spawn, &arena, &err), ERR_SYSTEM);
	cr_assert(strstr(err.text, "/no/such/program could not be started"), "%s", err.text);
	io_remove_dir(dir);
	arena_release(&arena);
}
