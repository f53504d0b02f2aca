#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "faketime.h"
#include "shell.h"

enum { WORDS_MAX = 96, LINE_MAX_BYTES = 16 * 1024 };

void shell_open(struct shell *shell)
{
	const char *tmp = getenv("TMPDIR");

	*shell = (struct shell){ 0 };
	snprintf(shell->dir, sizeof shell->dir, "%s/gonogo-shell.XXXXXX", tmp ? tmp : "/tmp");
	cr_assert(mkdtemp(shell->dir) != NULL, "no folder: %s", strerror(errno));
	snprintf(shell->ledger, sizeof shell->ledger, "%s/gonogo.db", shell->dir);
}

void shell_close(struct shell *shell)
{
	pid_t pid = fork();

	if (pid == 0) {
		execlp("rm", "rm", "-rf", shell->dir, (char *)NULL);
		_exit(127);
	}
	cr_assert(pid > 0 && waitpid(pid, NULL, 0) == pid, "cannot clean up");
	free(shell->out);
	free(shell->err);
}

/* In one step: a console reads it whenever it asks for the time. */
static void set_clock(const struct shell *shell)
{
	char clock[300], next[320];
	FILE *file;

	snprintf(clock, sizeof clock, "%s/" SHELL_CLOCK, shell->dir);
	snprintf(next, sizeof next, "%s.next", clock);
	file = fopen(next, "w");
	cr_assert(file && fprintf(file, "%s\n", shell->now) > 0 && fclose(file) == 0 && rename(next, clock) == 0, "cannot set the clock: %s", strerror(errno));
}

void shell_at(struct shell *shell, const char *utc)
{
	snprintf(shell->now, sizeof shell->now, "%s", utc);
	for (char *c = shell->now; *c; c++)
		if (*c == 'T' || *c == 'Z')
			*c = *c == 'T' ? ' ' : '\0';
	set_clock(shell);
}

static char *slurp(const char *path)
{
	FILE *file = fopen(path, "rb");
	char *text = calloc(1, 1 << 20);
	size_t size;

	cr_assert(file && text, "cannot read %s", path);
	size = fread(text, 1, (1 << 20) - 1, file);
	text[size] = '\0';
	fclose(file);
	return text;
}

static void stop_clock(const char *library, const char *moment)
{
	faketime_forget(getpid());
	setenv("LD_PRELOAD", library, 1);
	setenv("FAKETIME", moment, 1);
	setenv("FAKETIME_DONT_FAKE_MONOTONIC", "1", 1);
}

/* Small enough to fit into the pipe whole, so that nobody has to write while the program reads. */
static int open_input(struct shell *shell)
{
	const size_t size = shell->input ? strlen(shell->input) : 0;
	int ends[2];

	cr_assert(pipe(ends) == 0 && size <= 60000, "no pipe for %zu bytes", size);
	cr_assert(write(ends[1], shell->input ? shell->input : "", size) == (ssize_t)size, "the pipe takes not all");
	close(ends[1]);
	shell->input = NULL;
	return ends[0];
}

static void child(const struct shell *shell, const char *const *argv, int in_fd, const char *out, const char *err)
{
	int out_fd = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0600),
	    err_fd = open(err, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (in_fd < 0 || out_fd < 0 || err_fd < 0 || chdir(shell->dir))
		_exit(126);
	dup2(in_fd, 0);
	dup2(out_fd, 1);
	dup2(err_fd, 2);
	/* What the machine's user keeps of his own must not come in. */
	setenv("XDG_STATE_HOME", shell->dir, 1);
	setenv("XDG_CONFIG_HOME", shell->dir, 1);
	setenv("XDG_DATA_HOME", shell->dir, 1);
	unsetenv("GONOGO_LEDGER");
	unsetenv("SSH_AUTH_SOCK");
	/* faketime's library comes before the sanitizer's; that is meant. */
	setenv("ASAN_OPTIONS", "verify_asan_link_order=0", 0);
	execvp(argv[0], (char *const *)(size_t)argv);
	_exit(127);
}

/* GONOGO_TRANSCRIPT=FILE: what was typed and what came back, for whoever reads sentences as their user does. */
static void transcribe(const struct shell *shell, const char *const *argv)
{
	const char *path = getenv("GONOGO_TRANSCRIPT");
	FILE *file = path ? fopen(path, "a") : NULL;

	if (!file)
		return;
	fputs("$", file);
	for (; *argv; argv++)
		fprintf(file, strchr(*argv, ' ') ? " '%s'" : " %s", *argv);
	fprintf(file, "\n%s%s[%d]\n", shell->out, shell->err, shell->status);
	fclose(file);
}

/* At that moment; "" is now. */
static int run(struct shell *shell, const char *moment, const char *const *argv)
{
	const char *library = *moment ? faketime_library() : NULL;
	char out[300], err[300];
	int status, in_fd = open_input(shell);
	pid_t pid;

	snprintf(out, sizeof out, "%s/.out", shell->dir);
	snprintf(err, sizeof err, "%s/.err", shell->dir);
	pid = fork();
	cr_assert(pid >= 0, "cannot fork");
	if (pid == 0) {
		if (library)
			stop_clock(library, moment);
		child(shell, argv, in_fd, out, err);
	}
	close(in_fd);
	cr_assert(waitpid(pid, &status, 0) == pid, "the child is lost");
	faketime_forget(pid);
	free(shell->out);
	free(shell->err);
	shell->out = slurp(out);
	shell->err = slurp(err);
	shell->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	transcribe(shell, argv);
	return shell->status;
}

static size_t split(char *line, const char **words, size_t most)
{
	size_t count = 0;

	while (*line) {
		char *to;

		while (*line == ' ')
			line++;
		if (!*line)
			break;
		cr_assert(count < most, "too many words");
		words[count++] = to = line;
		for (bool quoted = false; *line && (quoted || *line != ' '); line++) {
			if (*line == '\'')
				quoted = !quoted;
			else
				*to++ = *line;
		}
		if (*line)
			line++;
		*to = '\0';
	}
	return count;
}

static int run_gonogo(struct shell *shell, const char *person, const char *fmt, va_list args) __attribute__((format(printf, 3, 0)));

static int run_gonogo(struct shell *shell, const char *person, const char *fmt, va_list args)
{
	const char *argv[WORDS_MAX + 16];
	const char *binary = getenv("GONOGO_BIN");
	char line[LINE_MAX_BYTES], identity[400];
	size_t n = 0;

	cr_assert(binary, "GONOGO_BIN names the binary under test");
	vsnprintf(line, sizeof line, fmt, args);
	snprintf(identity, sizeof identity, "%s/%s", shell->dir, person ? person : "");
	argv[n++] = binary;
	argv[n++] = "--ledger";
	argv[n++] = shell->ledger;
	if (person) {
		argv[n++] = "--as";
		argv[n++] = person;
		argv[n++] = "--identity";
		argv[n++] = identity;
	}
	n += split(line, argv + n, WORDS_MAX);
	argv[n] = NULL;
	return run(shell, shell->now, argv);
}

int shell_run(struct shell *shell, const char *line, ...)
{
	va_list args;
	int status;

	va_start(args, line);
	status = run_gonogo(shell, NULL, line, args);
	va_end(args);
	return status;
}

int shell_as(struct shell *shell, const char *person, const char *line, ...)
{
	va_list args;
	int status;

	va_start(args, line);
	status = run_gonogo(shell, person, line, args);
	va_end(args);
	return status;
}

int shell_stock(struct shell *shell, const char *line, ...)
{
	char command[LINE_MAX_BYTES];
	const char *const argv[] = { "sh", "-c", command, NULL };
	va_list args;

	va_start(args, line);
	vsnprintf(command, sizeof command, line, args);
	va_end(args);
	return run(shell, "", argv);
}

void shell_key(struct shell *shell, const char *person)
{
	cr_assert(shell_stock(shell, "ssh-keygen -q -t ed25519 -N '' -C %s -f %s", person, person) == 0, "ssh-keygen: %s", shell->err);
}

void shell_write(struct shell *shell, const char *name, const char *text, ...)
{
	char path[400];
	va_list args;
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", shell->dir, name);
	file = fopen(path, "wb");
	cr_assert(file != NULL, "cannot write %s", path);
	va_start(args, text);
	cr_assert(vfprintf(file, text, args) >= 0, "cannot write %s", path);
	va_end(args);
	cr_assert(fclose(file) == 0, "cannot write %s", path);
}

bool shell_says(const struct shell *shell, const char *text)
{
	return strstr(shell->out, text) || strstr(shell->err, text);
}

const char *shell_told(const struct shell *shell)
{
	static char told[8192];

	snprintf(told, sizeof told, "exit %d\n%.4000s%.4000s", shell->status, shell->out, shell->err);
	return told;
}

const char *shell_source(const char *path)
{
	static char whole[512];
	const char *top = getenv("GONOGO_SRC");

	snprintf(whole, sizeof whole, "%s/%s", top ? top : ".", path);
	return whole;
}

void shell_people(struct shell *shell)
{
	static const char *const people[][3] = {
		{ "jane", "Jane Doe", "dev-lead" }, { "quinn", "Quinn Adler", "qa" }, { "otto", "Otto Reyes", "operator" },
	};

	shell_key(shell, "bob");
	cr_assert(shell_run(shell, "init --key bob.pub --id bob --name 'Bob Smith'") == 0, "%s", shell_told(shell));
	for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
		shell_key(shell, people[i][0]);
		cr_assert(shell_as(shell, "bob", "person add %s --name '%s' --role %s --key %s.pub", people[i][0], people[i][1], people[i][2],
				   people[i][0]) == 0, "%s", shell_told(shell));
	}
	cr_assert(shell_as(shell, "bob", "tenant add SBNC-dev --name 'SBNC development' --kind dev-test") == 0, "%s", shell_told(shell));
	cr_assert(shell_as(shell, "bob", "tenant add SBNC-staging --name 'SBNC staging' --kind dev-test") == 0, "%s", shell_told(shell));
	cr_assert(shell_as(shell, "bob", "tenant add acme --name 'Acme' --kind production") == 0, "%s", shell_told(shell));
	cr_assert(shell_as(shell, "bob", "tenant add quiet --name 'Quiet' --kind production --track stable-only") == 0, "%s", shell_told(shell));
}
