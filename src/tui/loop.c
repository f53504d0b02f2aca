#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <gonogo/tui/loop.h>
#include <gonogo/tui/term.h>

/* What others record is seen within a beat.  Figures show minutes at the finest that matters: a gate that opens by itself is seen to open within some. */
enum { BEAT_MS = 1000, CLOCK_BEATS = 5 };

/* The write end of the pipe: all that a handler needs to know. */
static volatile sig_atomic_t signal_pipe = -1;

static const int watched[] = { SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP };
enum { WATCHED = sizeof watched / sizeof *watched };

struct loop {
	struct console *console;
	int pipe[2];
	struct sigaction before[WATCHED];
	int ended_by;
	unsigned beats;
	bool is_pasting;
};

static void tell(int number)
{
	const unsigned char byte = (unsigned char)number;
	const int saved = errno;
	ssize_t wrote = write(signal_pipe, &byte, 1);

	(void)wrote;
	errno = saved;
}

static enum err_kind open_pipe(struct loop *loop, struct err *err)
{
	struct sigaction action = { .sa_handler = tell, .sa_flags = SA_RESTART };

	if (pipe2(loop->pipe, O_CLOEXEC | O_NONBLOCK))
		return err_set(err, ERR_SYSTEM, "No pipe could be opened: %s.", strerror(errno));
	signal_pipe = loop->pipe[1];
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < WATCHED; i++)
		sigaction(watched[i], &action, &loop->before[i]);
	return ERR_NONE;
}

static void close_pipe(struct loop *loop)
{
	for (size_t i = 0; i < WATCHED; i++)
		sigaction(watched[i], &loop->before[i], NULL);
	signal_pipe = -1;
	close(loop->pipe[0]);
	close(loop->pipe[1]);
}

static void take_signal(struct loop *loop, int number)
{
	switch (number) {
	case SIGWINCH:
		term_resize();
		console_resize(loop->console, LINES, COLS);
		break;
	case SIGTSTP:
		term_suspend();
		console_resize(loop->console, LINES, COLS);
		break;
	default:
		loop->ended_by = number;
		break;
	}
}

static void take_signals(struct loop *loop)
{
	unsigned char bytes[64];
	ssize_t count = read(loop->pipe[0], bytes, sizeof bytes);

	for (ssize_t i = 0; i < count; i++)
		take_signal(loop, bytes[i]);
}

static void end_paste(struct loop *loop)
{
	if (loop->is_pasting)
		console_paste_end(loop->console);
	loop->is_pasting = false;
}

/* Every key there is, before anything is painted: typed ahead is not painted one by one. */
static void take_keys(struct loop *loop)
{
	struct console *console = loop->console;
	struct key key;
	int kind;

	while (!console->has_ended && (kind = get_wch(&key.code)) != ERR) {
		key.is_function = kind == KEY_CODE_YES;
		if (key.is_function && key.code == KEY_RESIZE)
			continue;
		if (key.is_function && key.code == KEY_PASTE_BEGINS)
			loop->is_pasting = true;
		else if (key.is_function && key.code == KEY_PASTE_ENDS)
			end_paste(loop);
		else if (loop->is_pasting)
			console_paste(console, key);
		else if (!key.is_function && key.code == KEY_CONTROL('z'))
			take_signal(loop, SIGTSTP);
		else
			console_key(console, key);
		console_prepare(console);
	}
}

static void show(const struct console *console)
{
	sigset_t stop;

	console_draw(console, stdscr);
	/* curses ignores SIGTSTP while it writes, and one that came then would be lost: blocked, it waits. */
	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	sigprocmask(SIG_BLOCK, &stop, NULL);
	refresh();
	sigprocmask(SIG_UNBLOCK, &stop, NULL);
}

static void paint(struct console *console)
{
	console_prepare(console);
	if (!console->has_ended)
		show(console);
}

static bool is_giving_up(struct key key)
{
	return !key.is_function && (key.code == KEY_CONTROL('[') || key.code == KEY_CONTROL('c') || key.code == KEY_CONTROL('g') || key.code == 'q');
}

/* While a long piece of work goes on: it is seen, and it can be given up.  Any other key waits for nothing, and is dropped. */
static bool watch(struct console *console)
{
	struct key key;
	int kind;

	show(console);
	while ((kind = get_wch(&key.code)) != ERR) {
		key.is_function = kind == KEY_CODE_YES;
		if (is_giving_up(key))
			return false;
	}
	return true;
}

/* A terminal that is gone reads as end of file for ever: the console ends instead of turning in a circle. */
static bool is_gone(const struct pollfd *terminal)
{
	return (terminal->revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}

static void beat(struct loop *loop)
{
	struct console *console = loop->console;
	const bool is_time = ++loop->beats % CLOCK_BEATS == 0 && console_has_clock(console);

	if (session_has_news(console->session) || is_time)
		console_refresh(console);
}

static void turn(struct loop *loop, bool busy)
{
	struct pollfd fds[2] = { { .fd = STDIN_FILENO, .events = POLLIN }, { .fd = loop->pipe[0], .events = POLLIN } };
	const int ready = poll(fds, 2, busy ? 0 : BEAT_MS);

	if (ready == 0 && !busy)
		beat(loop);
	if (ready > 0 && (fds[1].revents & POLLIN))
		take_signals(loop);
	if (ready > 0 && is_gone(&fds[0]))
		loop->ended_by = SIGHUP;
	take_keys(loop);
}

enum err_kind loop_run(struct console *console, int *ended_by, struct err *err)
{
	struct loop loop = { .console = console };
	enum err_kind failed = open_pipe(&loop, err);

	if (failed)
		return failed;
	console->watch = watch;
	while (!console->has_ended && !loop.ended_by) {
		paint(console);
		turn(&loop, console_idle(console));
	}
	console->watch = NULL;
	close_pipe(&loop);
	*ended_by = loop.ended_by;
	return ERR_NONE;
}

void loop_die(int number)
{
	signal(number, SIG_DFL);
	raise(number);
}
