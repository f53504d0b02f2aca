#include <config.h>

#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gonogo/cli/cli.h>
#include <gonogo/tui/console.h>
#include <gonogo/tui/plain.h>

/* A closed descriptor 0, 1 or 2 would become the next file opened, and an answer would be written into the ledger.  What takes its place refuses just
 * what it is for, so that an answer nobody can read is a failure. */
static int open_descriptors(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
			return -1;
	return 0;
}

int main(int argc, char **argv)
{
	static const struct dialogues dialogues = { .console = console_run, .plain_walk = plain_walk };

	if (open_descriptors())
		return ERR_SYSTEM;
	umask(027);
	/* A full disk or a closed pipe is an error to be told, not a death in the middle of a write. */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	setlocale(LC_CTYPE, "");
	return cli_main(argc, argv, (struct clock){ clock_system, NULL, clock_boot }, &dialogues);
}
