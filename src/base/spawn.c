#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gonogo/base/buf.h>
#include <gonogo/base/spawn.h>

#include "spawn_child.h"

enum {
	WATCH_OUT,
	WATCH_DIAGNOSTICS,
	WATCH_CHILD,
	WATCH_TIMER,
	WATCHES,
	LOOK_MS = 50, /* where the kernel has no pidfd, the child is looked at this often */
	CHUNK = 4096,
};

/* One run, and everything it owns.  Descriptors are -1 when there is none. */
struct run {
	const struct spawn *spawn;
	pid_t pid;
	struct pollfd watch[WATCHES];
	struct buf kept[2]; /* by WATCH_OUT and WATCH_DIAGNOSTICS */
	bool is_cut;
	struct spawn_terminal terminal;
};

static void close_fd(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}

static enum err_kind not_started(const struct spawn *spawn, int why, struct err *err)
{
	return err_set(err, ERR_SYSTEM, "%s could not be started: %s; install it or correct its path, then try again",
		spawn->argv[0], strerror(why));
}

/* The deadline is the kernel's timer, so that no clock is read here. */
static bool start_timer(struct run *run)
{
	const struct itimerspec when = { .it_value = {
						 .tv_sec = run->spawn->deadline_s > 0 ? run->spawn->deadline_s : 1 } };
	run->watch[WATCH_TIMER].fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	return run->watch[WATCH_TIMER].fd >= 0 && timerfd_settime(run->watch[WATCH_TIMER].fd, 0, &when, NULL) == 0;
}

/* Keeps what fits under the cap and throws the rest away, so that a talkative child is not held up. */
static void keep(struct run *run, int which, const char *bytes, size_t size)
{
	struct buf *kept = &run->kept[which];
	const size_t left = run->spawn->output_cap - kept->size;
	if (size > left)
		run->is_cut = true;
	buf_add(kept, bytes, size < left ? size : left);
}

static void drain(struct run *run, int which)
{
	char chunk[CHUNK];
	int *fd = &run->watch[which].fd;
	for (;;) {
		const ssize_t n = *fd < 0 ? 0 : read(*fd, chunk, sizeof chunk);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return;
		if (n <= 0) {
			close_fd(fd);
			return;
		}
		keep(run, which, chunk, (size_t)n);
	}
}

/* True once the child has ended; it stays a zombie, so that its process group cannot yet be another's. */
static bool has_ended(pid_t pid)
{
	siginfo_t info = { 0 };
	return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == pid;
}

/* Until the child has ended or its time is over; true in the second case. */
static bool watch_child(struct run *run)
{
	while (!has_ended(run->pid)) {
		const int patience = run->watch[WATCH_CHILD].fd < 0 ? LOOK_MS : -1;
		for (size_t i = 0; i < WATCHES; i++)
			run->watch[i].revents = 0;
		if (poll(run->watch, WATCHES, patience) < 0)
			continue;
		if (run->watch[WATCH_TIMER].revents)
			return true;
		for (int which = WATCH_OUT; which <= WATCH_DIAGNOSTICS; which++)
			if (run->watch[which].revents)
				drain(run, which);
	}
	return false;
}

/* Ends whatever is left of the group, then takes the child's status. */
static int reap(pid_t pid)
{
	int status = 0;
	(void)kill(-pid, SIGKILL);
	(void)kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return 128 + SIGKILL;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Why the child could not run its program; 0 when it could. */
static int exec_errno(int fd)
{
	int why = 0;
	ssize_t n;
	do
		n = read(fd, &why, sizeof why);
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)sizeof why ? why : 0;
}

static bool make_pipe(int ends[2])
{
	return pipe2(ends, O_CLOEXEC) == 0;
}

/* A file in memory: it neither blocks who writes it nor breaks when the child does not read it. */
static int open_input(const struct spawn *spawn)
{
	size_t at = 0;
	int fd;
	if (!spawn->input)
		return open("/dev/null", O_RDONLY | O_CLOEXEC);
	fd = memfd_create("input", MFD_CLOEXEC);
	while (fd >= 0 && at < spawn->input_size) {
		const ssize_t n = write(fd, spawn->input + at, spawn->input_size - at);
		if (n < 0 && errno != EINTR)
			close_fd(&fd);
		else if (n > 0)
			at += (size_t)n;
	}
	if (fd >= 0 && lseek(fd, 0, SEEK_SET) != 0)
		close_fd(&fd);
	return fd;
}

/* Forks; 0 and run->pid, or why not. */
static int start(struct run *run, const struct spawn_program *program)
{
	int out[2] = { -1, -1 }, diagnostics[2] = { -1, -1 }, failed[2] = { -1, -1 };
	int why = 0;
	const int input = run->terminal.fd >= 0 ? run->terminal.fd : open_input(run->spawn);
	if (input < 0 || !make_pipe(out) || !make_pipe(diagnostics) || !make_pipe(failed) || !start_timer(run)) {
		why = errno;
		goto out;
	}
	run->pid = fork();
	if (run->pid < 0) {
		why = errno;
		goto out;
	}
	if (run->pid == 0) {
		const struct spawn_ends ends = { .input = input,
			.out = out[1],
			.diagnostics = diagnostics[1],
			.failed = failed[1],
			.has_terminal = run->terminal.fd >= 0 };
		spawn_child(program, &ends);
	}
	close_fd(&failed[1]);
	why = exec_errno(failed[0]);
	if (why != 0) {
		(void)reap(run->pid);
		goto out;
	}
	run->watch[WATCH_OUT].fd = out[0];
	run->watch[WATCH_DIAGNOSTICS].fd = diagnostics[0];
	run->watch[WATCH_CHILD].fd = (int)syscall(SYS_pidfd_open, run->pid, 0);
	(void)fcntl(out[0], F_SETFL, O_NONBLOCK);
	(void)fcntl(diagnostics[0], F_SETFL, O_NONBLOCK);
	out[0] = diagnostics[0] = -1;
out:
	for (int i = 0; i < 2; i++) {
		close_fd(&out[i]);
		close_fd(&diagnostics[i]);
		close_fd(&failed[i]);
	}
	if (input >= 0 && input != run->terminal.fd)
		(void)close(input);
	return why;
}

/* Between this process and the program: it ends at once, so that nobody has to wait for what it leaves behind. */
static _Noreturn void leave(const struct spawn *spawn, const struct spawn_program *program, const struct spawn_ends *ends)
{
	const pid_t pid = fork();

	if (pid == 0) {
		(void)alarm(spawn->deadline_s > 0 ? (unsigned)spawn->deadline_s : 1);
		spawn_child(program, ends);
	}
	if (pid < 0 && write(ends->failed, &errno, sizeof errno) < 0)
		_exit(126);
	_exit(0);
}

enum err_kind spawn_leave(const struct spawn *spawn, struct arena *arena, struct err *err)
{
	struct spawn_program program;
	int failed[2] = { -1, -1 }, input = -1, nowhere = -1, why = 0;
	pid_t pid = -1;
	enum err_kind kind = spawn_prepare(spawn, arena, &program, err);

	if (kind != ERR_NONE)
		return kind;
	if (!program.path)
		return not_started(spawn, ENOENT, err);
	input = open_input(spawn);
	nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (input < 0 || nowhere < 0 || !make_pipe(failed) || (pid = fork()) < 0)
		why = errno;
	if (pid == 0)
		leave(spawn, &program, &(struct spawn_ends){ .input = input, .out = nowhere, .diagnostics = nowhere, .failed = failed[1] });
	close_fd(&failed[1]);
	if (pid > 0) {
		why = exec_errno(failed[0]);
		while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
			continue;
	}
	close_fd(&failed[0]);
	close_fd(&input);
	close_fd(&nowhere);
	return why ? not_started(spawn, why, err) : ERR_NONE;
}

static enum err_kind take_result(const struct run *run, struct arena *arena, struct spawn_result *out, struct err *err)
{
	const struct buf *kept = run->kept;
	out->out = arena_bytes(arena, buf_text(&kept[WATCH_OUT]), kept[WATCH_OUT].size);
	out->diagnostics = arena_bytes(arena, buf_text(&kept[WATCH_DIAGNOSTICS]), kept[WATCH_DIAGNOSTICS].size);
	if (kept[WATCH_OUT].failed || kept[WATCH_DIAGNOSTICS].failed || !out->out || !out->diagnostics)
		return err_memory(err);
	return ERR_NONE;
}

enum err_kind spawn_run(const struct spawn *spawn, struct arena *arena, struct spawn_result *out, struct err *err)
{
	struct run run = { .spawn = spawn, .terminal = { .fd = -1 } };
	for (size_t i = 0; i < WATCHES; i++)
		run.watch[i] = (struct pollfd){ .fd = -1, .events = POLLIN };
	struct spawn_program program;
	enum err_kind kind = spawn_prepare(spawn, arena, &program, err);
	if (kind != ERR_NONE)
		return kind;
	if (!program.path)
		return not_started(spawn, ENOENT, err);
	if (spawn->terminal)
		spawn_terminal_take(&run.terminal);
	const int why = start(&run, &program);
	if (why != 0) {
		kind = not_started(spawn, why, err);
		goto out;
	}
	struct spawn_result result = { 0 };
	result.timed_out = watch_child(&run);
	result.status = reap(run.pid);
	drain(&run, WATCH_OUT);
	drain(&run, WATCH_DIAGNOSTICS);
	result.cut = run.is_cut;
	kind = take_result(&run, arena, &result, err);
	if (kind == ERR_NONE)
		*out = result;
out:
	spawn_terminal_return(&run.terminal);
	for (size_t i = 0; i < WATCHES; i++)
		close_fd(&run.watch[i].fd);
	buf_release(&run.kept[WATCH_OUT]);
	buf_release(&run.kept[WATCH_DIAGNOSTICS]);
	return kind;
}
