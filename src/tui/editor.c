#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/text.h>
#include <gonogo/tui/editor.h>
#include <gonogo/tui/term.h>

enum { WORDS_MAX = 32, NOT_STARTED = 127, NAME_SIZE = 64 };

/* Signals that a key sends to everybody in front of the terminal, while the editor is. */
static const struct { int number; void (*handler)(int); } shared[] = { { SIGINT, SIG_IGN }, { SIGQUIT, SIG_IGN }, { SIGTSTP, SIG_DFL } };
enum { SHARED = sizeof shared / sizeof *shared };

/* Blank is as good as not set. */
static const char *wanted(void)
{
	static const char *const names[] = { "VISUAL", "EDITOR" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = getenv(names[i]);

		if (!text_is_blank(value))
			return value;
	}
	return NULL;
}

static void split(char *words, char **argv, size_t most)
{
	char *rest = NULL;
	size_t count = 0;

	for (char *word = strtok_r(words, " \t", &rest); word && count < most; word = strtok_r(NULL, " \t", &rest))
		argv[count++] = word;
	argv[count] = NULL;
}

/* Of the child alone: handlers of the console are gone with its program, what it ignores would stay. */
static _Noreturn void become(char *const *argv, char *const *otherwise, int tell)
{
	int why;

	for (size_t i = 0; i < SHARED; i++)
		signal(shared[i].number, SIG_DFL);
	execvp(argv[0], argv);
	if (otherwise)
		execvp(otherwise[0], otherwise);
	why = errno;
	if (write(tell, &why, sizeof why) != (ssize_t)sizeof why)
		_exit(NOT_STARTED - 1);
	_exit(NOT_STARTED);
}

/* Its wait status, or why it could not be started. */
static int run(char *const *argv, char *const *otherwise, int *status)
{
	int ends[2], why = 0;
	pid_t child;

	if (pipe2(ends, O_CLOEXEC))
		return errno;
	child = fork();
	if (child == 0)
		become(argv, otherwise, ends[1]);
	if (child < 0)
		why = errno;
	close(ends[1]);
	if (child > 0 && read(ends[0], &why, sizeof why) != (ssize_t)sizeof why)
		why = 0;
	close(ends[0]);
	while (child > 0 && waitpid(child, status, 0) < 0)
		if (errno != EINTR)
			return errno;
	return why;
}

static int run_in_front(char *const *argv, char *const *otherwise, int *status)
{
	struct sigaction before[SHARED];
	int why;

	for (size_t i = 0; i < SHARED; i++) {
		struct sigaction now = { .sa_handler = shared[i].handler };

		sigemptyset(&now.sa_mask);
		sigaction(shared[i].number, &now, &before[i]);
	}
	term_leave();
	why = run(argv, otherwise, status);
	term_enter();
	for (size_t i = 0; i < SHARED; i++)
		sigaction(shared[i].number, &before[i], NULL);
	return why;
}

static enum err_kind judge(const char *name, int why, int status, struct err *err)
{
	if (why)
		return err_set(err, ERR_SYSTEM, "%s could not be started (%s); set EDITOR to one that is installed", name, strerror(why));
	if (WIFSIGNALED(status))
		return err_set(err, ERR_REFUSED, "%s was ended by signal %d", name, WTERMSIG(status));
	if (WEXITSTATUS(status))
		return err_set(err, ERR_REFUSED, "%s ended with %d", name, WEXITSTATUS(status));
	return ERR_NONE;
}

enum err_kind editor_run(const char *path, struct err *err)
{
	const char *name = wanted();
	struct arena arena;
	char *argv[WORDS_MAX + 2] = { NULL }, *otherwise[] = { NULL, NULL, NULL };
	char *words, *file;
	size_t count = 0;
	char shown[NAME_SIZE];
	int status = 0, why;

	arena_init(&arena, 0);
	words = arena_str(&arena, name ? name : "sensible-editor");
	otherwise[0] = arena_str(&arena, "vi");
	otherwise[1] = file = arena_str(&arena, path);
	if (!words || !otherwise[0] || !file) {
		arena_release(&arena);
		return err_memory(err);
	}
	split(words, argv, WORDS_MAX);
	snprintf(shown, sizeof shown, "%s", strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0]);
	while (argv[count])
		count++;
	argv[count] = file;
	why = run_in_front(argv, name ? NULL : otherwise, &status);
	arena_release(&arena);
	return judge(shown, why, status, err);
}
