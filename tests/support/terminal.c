#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "faketime.h"
#include "terminal.h"

enum { VARIABLES_MAX = 48 };

/* ---- the session leader and the program, in processes of their own ---- */

static void forget_signals(void)
{
	sigset_t none;

	sigemptyset(&none);
	for (int number = 1; number < NSIG; number++)
		signal(number, SIG_DFL);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static void become_program(int slave, char *const *argv, char **environment)
{
	signal(SIGTTOU, SIG_IGN);
	setpgid(0, 0);
	tcsetpgrp(slave, getpid());
	forget_signals();
	for (int fd = 0; fd < 3; fd++)
		dup2(slave, fd);
	if (slave > 2)
		close(slave);
	environ = environment;
	faketime_forget(getpid());
	execvp(argv[0], argv);
	_exit(127);
}

/* Tells every change of the program's state, then keeps the session alive until the test lets go of the link. */
static void lead(int slave, int link, char *const *argv, char **environment)
{
	pid_t program;
	int status = 0;
	char byte;

	forget_signals();
	if (setsid() < 0 || ioctl(slave, TIOCSCTTY, 0) != 0)
		_exit(126);
	program = fork();
	if (program == 0)
		become_program(slave, argv, environment);
	if (program < 0 || write(link, &program, sizeof program) != (ssize_t)sizeof program)
		_exit(126);
	do {
		if (waitpid(program, &status, WUNTRACED | WCONTINUED) != program || write(link, &status, sizeof status) != (ssize_t)sizeof status)
			_exit(126);
	} while (!WIFEXITED(status) && !WIFSIGNALED(status));
	faketime_forget(program);
	while (read(link, &byte, 1) > 0)
		continue;
	_exit(0);
}

/* ---- its environment ---- */

static void set_variable(char **environment, const char *setting)
{
	size_t name = strcspn(setting, "=") + 1;
	size_t i = 0;

	while (environment[i] && strncmp(environment[i], setting, name) != 0)
		i++;
	cr_assert(i + 1 < VARIABLES_MAX, "too many variables for the program");
	free(environment[i]);
	environment[i] = strdup(setting);
	cr_assert(environment[i] != NULL, "out of memory");
}

static void set_named(char **environment, const char *name, const char *value)
{
	struct buf setting = BUF_EMPTY;

	if (value) {
		buf_printf(&setting, "%s=%s", name, value);
		set_variable(environment, buf_text(&setting));
	}
	buf_release(&setting);
}

static void make_environment(const struct terminal *terminal, const char *term, const char *const *extra, char **environment)
{
	static const char *const inherited[] = { "PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS" };

	for (size_t i = 0; i < sizeof inherited / sizeof *inherited; i++)
		set_named(environment, inherited[i], getenv(inherited[i]));
	set_named(environment, "HOME", terminal->home);
	set_named(environment, "TMPDIR", terminal->home);
	set_named(environment, "TERM", term);
	set_named(environment, "LC_ALL", "C.UTF-8");
	set_named(environment, "TZ", "UTC");
	for (; extra && *extra; extra++) {
		if (strncmp(*extra, "FAKETIME", strlen("FAKETIME")) == 0) {
			set_named(environment, "LD_PRELOAD", faketime_library());
			set_named(environment, "FAKETIME_DONT_FAKE_MONOTONIC", "1");
		}
		set_variable(environment, *extra);
	}
}

/* ---- what happens at the terminal ---- */

static long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void read_screen(struct terminal *terminal)
{
	char bytes[4096];
	ssize_t size;

	while ((size = read(terminal->master, bytes, sizeof bytes)) > 0) {
		buf_add(&terminal->raw, bytes, (size_t)size);
		vterm_input_write(terminal->vt, bytes, (size_t)size);
	}
	vterm_screen_flush_damage(terminal->screen);
}

static void read_state(struct terminal *terminal)
{
	int status;
	ssize_t size = recv(terminal->leader_link, &status, sizeof status, MSG_DONTWAIT);

	cr_assert(size != 0, "the leader of the session is lost; %s", terminal_told(terminal));
	if (size != (ssize_t)sizeof status)
		return;
	terminal->is_stopped = WIFSTOPPED(status);
	terminal->has_ended = WIFEXITED(status) || WIFSIGNALED(status);
	terminal->status = status;
}

static void write_typed(struct terminal *terminal)
{
	struct buf *typed = &terminal->typed;
	ssize_t size = write(terminal->master, typed->bytes, typed->size);

	if (size > 0) {
		memmove(typed->bytes, typed->bytes + size, typed->size - (size_t)size);
		typed->size -= (size_t)size;
	}
}

/* One round of whatever is there, at most `limit_ms` of waiting for it.  The state is read before the screen: then the last words are on it. */
static void pump(struct terminal *terminal, long long limit_ms)
{
	struct pollfd fds[] = {
		{ .fd = terminal->master, .events = (short)(POLLIN | (terminal->typed.size ? POLLOUT : 0)) },
		{ .fd = terminal->leader_link, .events = POLLIN },
	};

	poll(fds, 2, (int)limit_ms);
	if (terminal->typed.size)
		write_typed(terminal);
	read_state(terminal);
	read_screen(terminal);
}

/* ---- libvterm's side ---- */

static int on_property(VTermProp property, VTermValue *value, void *user)
{
	struct terminal *terminal = user;

	if (property == VTERM_PROP_ALTSCREEN)
		terminal->is_alternate = value->boolean;
	else if (property == VTERM_PROP_CURSORVISIBLE)
		terminal->is_cursor_visible = value->boolean;
	else if (property == VTERM_PROP_MOUSE)
		terminal->mouse = value->number;
	return 1;
}

static void on_output(const char *bytes, size_t size, void *user)
{
	buf_add(&((struct terminal *)user)->typed, bytes, size);
}

static void open_screen(struct terminal *terminal, int rows, int cols)
{
	static const VTermScreenCallbacks callbacks = { .settermprop = on_property };

	terminal->vt = vterm_new(rows, cols);
	cr_assert(terminal->vt != NULL, "no terminal");
	vterm_set_utf8(terminal->vt, 1);
	vterm_output_set_callback(terminal->vt, on_output, terminal);
	terminal->screen = vterm_obtain_screen(terminal->vt);
	vterm_screen_enable_altscreen(terminal->screen, 1);
	vterm_screen_set_callbacks(terminal->screen, &callbacks, terminal);
	vterm_screen_reset(terminal->screen, 1);
}

/* ---- the life of a terminal ---- */

static struct winsize size_of(int rows, int cols)
{
	return (struct winsize){ .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };
}

void terminal_start(struct terminal *terminal, int rows, int cols, const char *term, const char *const *extra, const char *const *argv)
{
	const char *tmp = getenv("TMPDIR");
	struct winsize size = size_of(rows, cols);
	char *environment[VARIABLES_MAX] = { NULL };
	int slave, link[2];

	*terminal = (struct terminal){ .is_cursor_visible = true };
	snprintf(terminal->home, sizeof terminal->home, "%s/gonogo-terminal.XXXXXX", tmp ? tmp : "/tmp");
	cr_assert(mkdtemp(terminal->home) != NULL, "no folder: %s", strerror(errno));
	open_screen(terminal, rows, cols);
	make_environment(terminal, term, extra, environment);
	cr_assert(openpty(&terminal->master, &slave, NULL, NULL, &size) == 0, "no pty: %s", strerror(errno));
	cr_assert(tcgetattr(slave, &terminal->before) == 0, "no modes: %s", strerror(errno));
	cr_assert(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, link) == 0, "no socket: %s", strerror(errno));
	terminal->leader = fork();
	cr_assert(terminal->leader >= 0, "cannot fork: %s", strerror(errno));
	if (terminal->leader == 0) {
		close(terminal->master);
		close(link[0]);
		if (chdir(terminal->home) == 0)
			lead(slave, link[1], (char *const *)(size_t)argv, environment);
		_exit(126);
	}
	close(slave);
	close(link[1]);
	terminal->leader_link = link[0];
	fcntl(terminal->master, F_SETFL, O_NONBLOCK);
	fcntl(terminal->master, F_SETFD, FD_CLOEXEC);
	cr_assert(read(link[0], &terminal->program, sizeof terminal->program) == (ssize_t)sizeof terminal->program, "%s did not start", argv[0]);
	for (size_t i = 0; environment[i]; i++)
		free(environment[i]);
}

static void remove_folder(const char *folder)
{
	pid_t pid = fork();

	if (pid == 0) {
		execlp("rm", "rm", "-rf", folder, (char *)NULL);
		_exit(127);
	}
	cr_assert(pid > 0 && waitpid(pid, NULL, 0) == pid, "cannot clean up");
}

void terminal_free(struct terminal *terminal)
{
	struct buf *const buffers[] = { &terminal->raw, &terminal->typed, &terminal->text, &terminal->row, &terminal->told };

	if (!terminal->has_ended)
		kill(terminal->program, SIGKILL);
	/* The leaders of terminals that were started later hold the link too. */
	shutdown(terminal->leader_link, SHUT_RDWR);
	close(terminal->leader_link);
	close(terminal->master);
	waitpid(terminal->leader, NULL, 0);
	vterm_free(terminal->vt);
	for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
		buf_release(buffers[i]);
	remove_folder(terminal->home);
	*terminal = (struct terminal){ 0 };
}

void terminal_resize(struct terminal *terminal, int rows, int cols)
{
	struct winsize size = size_of(rows, cols);

	vterm_set_size(terminal->vt, rows, cols);
	cr_assert(ioctl(terminal->master, TIOCSWINSZ, &size) == 0, "cannot resize: %s", strerror(errno));
}

void terminal_signal(struct terminal *terminal, int number)
{
	cr_assert(!terminal->has_ended && kill(terminal->program, number) == 0, "no program to send signal %d to; %s", number, terminal_told(terminal));
}

bool terminal_comes_to(struct terminal *terminal, terminal_seen *seen, const void *about, int limit_ms)
{
	long long end = now_ms() + limit_ms;

	while (!seen(terminal, about)) {
		long long left = end - now_ms();

		if (left <= 0 || terminal->has_ended)
			return false;
		pump(terminal, left);
	}
	return true;
}

void terminal_wait(struct terminal *terminal, terminal_seen *seen, const void *about, const char *what, int limit_ms)
{
	cr_assert(terminal_comes_to(terminal, seen, about, limit_ms), "waited in vain for %s; %s", what, terminal_told(terminal));
}

int terminal_end(struct terminal *terminal)
{
	terminal_wait(terminal, terminal_has_ended, NULL, "the program to end", TERMINAL_LIMIT_MS);
	return terminal->status;
}

void terminal_wait_text(struct terminal *terminal, const char *text)
{
	struct buf what = BUF_EMPTY;

	buf_printf(&what, "\"%s\"", text);
	terminal_wait(terminal, terminal_shows, text, buf_text(&what), TERMINAL_LIMIT_MS);
	buf_release(&what);
}

void terminal_wait_gone(struct terminal *terminal, const char *text)
{
	struct buf what = BUF_EMPTY;

	buf_printf(&what, "\"%s\" to go away", text);
	terminal_wait(terminal, terminal_lacks, text, buf_text(&what), TERMINAL_LIMIT_MS);
	buf_release(&what);
}

bool terminal_modes_restored(const struct terminal *terminal)
{
	struct termios after;

	cr_assert(tcgetattr(terminal->master, &after) == 0, "no modes: %s", strerror(errno));
	return after.c_iflag == terminal->before.c_iflag && after.c_oflag == terminal->before.c_oflag && after.c_cflag == terminal->before.c_cflag &&
	       after.c_lflag == terminal->before.c_lflag && memcmp(after.c_cc, terminal->before.c_cc, sizeof after.c_cc) == 0;
}
