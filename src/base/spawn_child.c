#include <config.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

#include "spawn_child.h"

static const char *const folders[] = { "/usr/local/bin", "/usr/bin", "/bin" };
static const char fixed_path[] = "PATH=/usr/local/bin:/usr/bin:/bin";

static const char *const inherited[] = {
	"SSH_AUTH_SOCK",
	"SSH_ASKPASS",
	"SSH_ASKPASS_REQUIRE",
	"DISPLAY",
	"HOME",
	"TERM",
	"LANG",
};
enum { INHERITED = sizeof inherited / sizeof inherited[0] };

/* NULL in *path when there is no such program. */
static enum err_kind find_program(const char *name, struct arena *arena, const char **path, struct err *err)
{
	*path = NULL;
	if (strchr(name, '/')) {
		*path = name;
		return ERR_NONE;
	}
	for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
		const char *tried = arena_printf(arena, "%s/%s", folders[i], name);
		if (!tried)
			return err_memory(err);
		if (access(tried, X_OK) == 0) {
			*path = tried;
			return ERR_NONE;
		}
	}
	return ERR_NONE;
}

/* ssh asks in a window where it finds SSH_ASKPASS and no terminal. */
static bool is_asking(const char *name)
{
	return strncmp(name, "SSH_ASKPASS", sizeof "SSH_ASKPASS" - 1) == 0;
}

static char **make_environment(bool asks_nothing, struct arena *arena)
{
	static const char *const fixed[] = { fixed_path, "TZ=UTC", "LC_ALL=C.UTF-8" };
	enum { FIXED = sizeof fixed / sizeof fixed[0] };
	size_t n = 0;
	char **made = arena_array(arena, FIXED + 1 + INHERITED + 1, sizeof *made);
	if (!made)
		return NULL;
	for (size_t i = 0; i < FIXED; i++) {
		made[n] = arena_str(arena, fixed[i]);
		if (!made[n++])
			return NULL;
	}
	if (asks_nothing && !(made[n++] = arena_str(arena, "SSH_ASKPASS_REQUIRE=never")))
		return NULL;
	for (size_t i = 0; i < INHERITED; i++) {
		const char *value = getenv(inherited[i]);
		if (!value || (asks_nothing && is_asking(inherited[i])))
			continue;
		made[n] = arena_printf(arena, "%s=%s", inherited[i], value);
		if (!made[n++])
			return NULL;
	}
	return made;
}

enum err_kind spawn_prepare(const struct spawn *spawn, struct arena *arena, struct spawn_program *out, struct err *err)
{
	size_t argc = 0;
	while (spawn->argv[argc])
		argc++;
	enum err_kind kind = find_program(spawn->argv[0], arena, &out->path, err);
	if (kind != ERR_NONE)
		return kind;
	out->environment = make_environment(spawn->asks_nothing, arena);
	out->argv = arena_array(arena, argc + 1, sizeof *out->argv);
	if (!out->environment || !out->argv)
		return err_memory(err);
	for (size_t i = 0; i < argc; i++) {
		out->argv[i] = arena_str(arena, spawn->argv[i]);
		if (!out->argv[i])
			return err_memory(err);
	}
	return ERR_NONE;
}

/* For kernels without close_range: by the list of what is open. */
static void close_listed(int but)
{
	DIR *open_fds = opendir("/proc/self/fd");
	if (!open_fds)
		return;
	for (const struct dirent *entry = readdir(open_fds); entry; entry = readdir(open_fds)) {
		const int fd = (int)strtol(entry->d_name, NULL, 10);
		if (fd > STDERR_FILENO && fd != but && fd != dirfd(open_fds))
			(void)close(fd);
	}
	(void)closedir(open_fds);
}

static bool close_between(unsigned first, unsigned last)
{
	return first > last || syscall(SYS_close_range, first, last, 0u) == 0;
}

/* Whatever is open beside 0, 1, 2 and `but`: an inherited ledger or lock would be shared with a stranger. */
static void close_all(int but)
{
	const unsigned kept = (unsigned)but;
	if (!close_between(STDERR_FILENO + 1, kept - 1) || !close_between(kept + 1, ~0u))
		close_listed(but);
}

/* The program starts with every signal as a shell would give it, but with the terminal Ctrl-Z does nothing: nobody is
 * there to continue it. */
static void reset_signals(bool has_terminal)
{
	sigset_t none;
	for (int number = 1; number < NSIG; number++)
		(void)signal(number, SIG_DFL);
	if (has_terminal)
		(void)signal(SIGTSTP, SIG_IGN);
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
}

/* From a process group that is not in the foreground the kernel answers with SIGTTOU, unless it is blocked. */
static void set_foreground(int fd, pid_t group)
{
	sigset_t ttou, before;
	(void)sigemptyset(&ttou);
	(void)sigaddset(&ttou, SIGTTOU);
	(void)sigprocmask(SIG_BLOCK, &ttou, &before);
	(void)tcsetpgrp(fd, group);
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
}

_Noreturn void spawn_child(const struct spawn_program *program, const struct spawn_ends *ends)
{
	/* Without the terminal also without a controlling one: a program that opens /dev/tty then fails at once and
	 * does not wait for an answer that nobody can give. */
	bool is_ready;
	if (ends->has_terminal) {
		is_ready = setpgid(0, 0) == 0;
		set_foreground(ends->input, getpid());
	} else {
		is_ready = setsid() >= 0;
	}
	is_ready = is_ready && dup2(ends->input, STDIN_FILENO) >= 0 && dup2(ends->out, STDOUT_FILENO) >= 0 &&
		   dup2(ends->has_terminal ? ends->input : ends->diagnostics, STDERR_FILENO) >= 0;
	if (is_ready) {
		close_all(ends->failed);
		reset_signals(ends->has_terminal);
		(void)execve(program->path, program->argv, program->environment);
	}
	const int why = errno;
	if (write(ends->failed, &why, sizeof why) < 0)
		_exit(126);
	_exit(127);
}

void spawn_terminal_take(struct spawn_terminal *terminal)
{
	terminal->fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	if (terminal->fd < 0)
		return;
	terminal->owner = getpgrp();
	if (tcgetpgrp(terminal->fd) != terminal->owner) {
		(void)close(terminal->fd);
		terminal->fd = -1;
		return;
	}
	terminal->has_modes = tcgetattr(terminal->fd, &terminal->modes) == 0;
}

void spawn_terminal_return(struct spawn_terminal *terminal)
{
	if (terminal->fd < 0)
		return;
	set_foreground(terminal->fd, terminal->owner);
	if (terminal->has_modes)
		(void)tcsetattr(terminal->fd, TCSADRAIN, &terminal->modes);
	(void)close(terminal->fd);
	terminal->fd = -1;
}
