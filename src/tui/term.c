#include <config.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <gonogo/base/io.h>
#include <gonogo/tui/key.h>
#include <gonogo/tui/paint.h>
#include <gonogo/tui/term.h>

/* Last: it makes a macro of every capability's name. */
#include <term.h>

enum { FAREWELL_MAX = 256, ESCAPE_DELAY_MS = 25 };

/* What a handler may touch when the process dies: filled before the handler is set, and only read by it. */
static struct {
	SCREEN *screen;
	struct termios modes;
	bool has_modes;
	char farewell[FAREWELL_MAX];
	size_t farewell_size;
	volatile sig_atomic_t is_taken;
} terminal;

static const int deadly[] = { SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGSYS, SIGQUIT };

static void die(int number)
{
	if (terminal.is_taken) {
		ssize_t wrote = write(STDOUT_FILENO, terminal.farewell, terminal.farewell_size);

		(void)wrote;
		if (terminal.has_modes)
			tcsetattr(STDIN_FILENO, TCSANOW, &terminal.modes);
	}
	/* SA_RESETHAND has put the default back: the process dies of the same signal, and whoever waits for it sees which. */
	raise(number);
}

static void watch_for_death(void)
{
	/* A stack that has overflowed cannot carry its own handler. */
	static char stack[64 * 1024];
	const stack_t other = { .ss_sp = stack, .ss_size = sizeof stack };
	struct sigaction action = { .sa_handler = die, .sa_flags = (int)(SA_RESETHAND | SA_NODEFER | SA_ONSTACK) };

	sigaltstack(&other, NULL);
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++)
		sigaction(deadly[i], &action, NULL);
}

static void prepare_farewell(void)
{
	/* terminfo: no marks around pastes, out of keypad mode, attributes off, cursor back, out of the alternate screen. */
	static const char *const names[] = { "BD", "rmkx", "sgr0", "cnorm", "rmcup" };

	terminal.farewell_size = 0;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *text = tigetstr(names[i]);
		const size_t size = text && text != (char *)-1 ? strlen(text) : 0;

		if (!size || size > sizeof terminal.farewell - terminal.farewell_size)
			continue;
		memcpy(terminal.farewell + terminal.farewell_size, text, size);
		terminal.farewell_size += size;
	}
}

/* A terminal that marks pastes is asked to, so that what was copied is never taken for keys. */
static void mark_pastes(bool on)
{
	const char *text = tigetstr(on ? "BE" : "BD");

	if (text && text != (char *)-1) {
		putp(text);
		fflush(stdout);
	}
}

static void know_pastes(void)
{
	const char *begins = tigetstr("PS"), *ends = tigetstr("PE");

	if (!begins || begins == (char *)-1 || !ends || ends == (char *)-1)
		return;
	define_key(begins, KEY_PASTE_BEGINS);
	define_key(ends, KEY_PASTE_ENDS);
	mark_pastes(true);
}

/* What terminals send for Up and Down with Alt or Control; those that send something else have the plain keys. */
static void know_moves(void)
{
	static const struct { const char *bytes; int code; } rows[] = {
		{ "\033[1;3A", KEY_MOVE_UP }, { "\033[1;5A", KEY_MOVE_UP }, { "\033[1;3B", KEY_MOVE_DOWN }, { "\033[1;5B", KEY_MOVE_DOWN },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		define_key(rows[i].bytes, rows[i].code);
}

/* Every key is the program's: ^S submits, ^C leaves, ^Z suspends in order. */
static void set_modes(void)
{
	raw();
	noecho();
	nonl();
	keypad(stdscr, true);
	nodelay(stdscr, true);
	meta(stdscr, true);
	intrflush(stdscr, false);
	leaveok(stdscr, false);
	curs_set(1);
}

static enum err_kind refuse(struct err *err, const char *name, const char *why)
{
	return err_set(err, ERR_USAGE, "TERM=%s %s. Use gonogo status, gonogo check and gonogo walk RELEASE --plain, or another terminal.", name ? name : "", why);
}

static enum err_kind check_kind(struct err *err)
{
	const char *name = getenv("TERM"), *move;
	int known = 0;
	bool can_move;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return err_set(err, ERR_USAGE, "The console needs a terminal, and this is none. Use gonogo walk RELEASE --plain, gonogo status and gonogo check.");
	if (!name || !*name)
		return refuse(err, "", "is not set, so no screen can be shown");
	if (setupterm(name, STDOUT_FILENO, &known) != OK || known != 1)
		return refuse(err, name, "is not known here, so no screen can be shown");
	move = tigetstr("cup");
	can_move = move && move != (char *)-1 && strcmp(name, "dumb") != 0;
	/* newterm reads its own. */
	del_curterm(cur_term);
	return can_move ? ERR_NONE : refuse(err, name, "cannot show screens");
}

enum err_kind term_start(struct err *err)
{
	enum err_kind failed = check_kind(err);
	const char *no_color = getenv("NO_COLOR");

	if (failed)
		return failed;
	terminal.has_modes = tcgetattr(STDIN_FILENO, &terminal.modes) == 0;
	set_escdelay(ESCAPE_DELAY_MS);
	terminal.screen = newterm(NULL, stdout, stdin);
	if (!terminal.screen)
		return err_set(err, ERR_SYSTEM, "The terminal could not be set up: %s. Use gonogo status.", strerror(errno));
	prepare_farewell();
	set_modes();
	know_pastes();
	know_moves();
	paint_start(!(no_color && *no_color));
	watch_for_death();
	terminal.is_taken = true;
	return ERR_NONE;
}

void term_stop(void)
{
	if (!terminal.screen)
		return;
	if (terminal.is_taken) {
		const char *leave = tigetstr("rmcup");

		/* Where there is no screen to go back to, the shell goes on below what was shown. */
		if (!leave || leave == (char *)-1) {
			move(LINES - 1, 0);
			clrtoeol();
			refresh();
		}
		mark_pastes(false);
		endwin();
	}
	terminal.is_taken = false;
	delscreen(terminal.screen);
	terminal.screen = NULL;
}

void term_leave(void)
{
	if (!terminal.is_taken)
		return;
	def_prog_mode();
	mark_pastes(false);
	endwin();
	terminal.is_taken = false;
	fflush(stdout);
}

void term_enter(void)
{
	if (!terminal.screen || terminal.is_taken)
		return;
	terminal.is_taken = true;
	reset_prog_mode();
	mark_pastes(true);
	term_resize();
	clearok(curscr, true);
}

/* The capability is one that not every description of such a terminal has. */
static bool is_of_family(const char *name)
{
	static const char *const families[] = { "xterm", "tmux", "alacritty", "foot", "kitty", "wezterm", "ghostty", "contour", "iterm", "st-" };

	for (size_t i = 0; i < sizeof families / sizeof *families; i++)
		if (strncmp(name, families[i], strlen(families[i])) == 0)
			return true;
	/* tmux understands it under the other name too; screen itself does not. */
	return strncmp(name, "screen", strlen("screen")) == 0 && getenv("TMUX");
}

bool term_has_clipboard(void)
{
	const char *name = getenv("TERM"), *sets = terminal.is_taken ? tigetstr("Ms") : NULL;

	return terminal.is_taken && ((sets && sets != (char *)-1) || (name && is_of_family(name)));
}

bool term_send(const char *bytes, size_t size)
{
	/* curses holds nothing back between two paints, and the same descriptor keeps the order. */
	return terminal.is_taken && fflush(stdout) == 0 && io_put(STDOUT_FILENO, bytes, size);
}

void term_suspend(void)
{
	struct sigaction standard = { .sa_handler = SIG_DFL }, before;

	term_leave();
	sigemptyset(&standard.sa_mask);
	sigaction(SIGTSTP, &standard, &before);
	kill(0, SIGTSTP);
	sigaction(SIGTSTP, &before, NULL);
	term_enter();
}

void term_resize(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
		resizeterm(size.ws_row, size.ws_col);
	clearok(curscr, true);
}
