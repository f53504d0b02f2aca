#include <config.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <gonogo/app/lookout.h>
#include <gonogo/app/record.h>
#include <gonogo/base/grapheme.h>
#include <gonogo/base/text.h>
#include <gonogo/tui/actions.h>
#include <gonogo/tui/bar.h>
#include <gonogo/tui/console.h>
#include <gonogo/tui/dialog.h>
#include <gonogo/tui/entry.h>
#include <gonogo/tui/loop.h>
#include <gonogo/tui/panes.h>
#include <gonogo/tui/releases.h>
#include <gonogo/tui/term.h>
#include <gonogo/tui/walk.h>

enum { UTF8_MAX = 4, PASTE_MAX = 1024 * 1024 };

static enum err_kind know_me(struct console *console, struct err *err)
{
	struct record record;
	enum err_kind failed = record_load(console->session, NULL, WHEN_NONE, false, &record, err);
	char roles[sizeof console->roles];

	if (!failed) {
		console->now = record.now;
		console->is_enrolled = record.me != NULL;
		console->my_roles = (role_set)(record.me ? record.me->roles : 0);
		snprintf(console->me, sizeof console->me, "%s", record.me ? record.me->id : console->session->login ? console->session->login : "?");
		snprintf(console->roles, sizeof console->roles, "%s",
			 !record.me	      ? "not enrolled: reads only"
			 : record.me->roles ? words_roles(record.me->roles, roles, sizeof roles)
					      : "no role: reads only");
	}
	record_release(&record);
	return failed;
}

enum err_kind console_open(struct console *console, struct session *session, struct err *err)
{
	enum err_kind failed;

	*console = (struct console){ .session = session };
	session->screen = console;
	failed = lookout_open(&console->lookout, err);
	if (!failed)
		failed = know_me(console, err);
	return failed ? failed : console_go(console, 0, err);
}

static struct screens *here(struct console *console)
{
	return &console->panes[console->at];
}

static void drop_top(struct screens *screens)
{
	struct screen *top = &screens->items[--screens->depth];

	top->kind->free(top->state);
}

void console_close(struct console *console)
{
	for (size_t i = 0; i < PANES_MAX; i++)
		while (console->panes[i].depth)
			drop_top(&console->panes[i]);
	buf_release(&console->pasted);
	lookout_close(console->lookout);
	console->lookout = NULL;
	console->session->leave_screen = console->session->enter_screen = NULL;
	console->session->screen = NULL;
}

void console_resize(struct console *console, int rows, int columns)
{
	console->rows = rows;
	console->columns = columns;
	console_refresh(console);
}

struct screen *console_top(struct console *console)
{
	struct screens *screens = here(console);

	return screens->depth ? &screens->items[screens->depth - 1] : NULL;
}

enum err_kind console_push(struct console *console, const struct screen_kind *kind, void *state, struct err *err)
{
	struct screens *screens = here(console);

	if (!state)
		return err_memory(err);
	if (screens->depth == SCREENS_MAX) {
		kind->free(state);
		return err_set(err, ERR_REFUSED, "Too many screens are open. Leave this one with Esc.");
	}
	screens->items[screens->depth++] = (struct screen){ .kind = kind, .console = console, .state = state, .is_stale = true };
	return ERR_NONE;
}

void console_pop(struct console *console)
{
	struct screens *screens = here(console);

	if (console->at && screens->depth == 1) {
		console->at = 0;
		return;
	}
	if (!screens->depth)
		return;
	drop_top(screens);
	console->has_ended = !screens->depth;
	/* What was done above may have changed what lies below. */
	if (screens->depth)
		console_top(console)->is_stale = true;
}

enum err_kind console_go(struct console *console, size_t pane, struct err *err)
{
	const struct screen *top = console_top(console);
	const char *selected = top && top->kind->release ? top->kind->release(top) : NULL;
	const size_t from = console->at;
	char release[sizeof console->walked];
	enum err_kind failed;

	snprintf(release, sizeof release, "%s", selected ? selected : "");
	while (pane == from && here(console)->depth > 1)
		console_pop(console);
	console->at = pane;
	failed = here(console)->depth ? ERR_NONE : panes[pane].open(console, err);
	if (failed)
		console->at = from;
	else if (pane != from && *release && panes[pane].arrive)
		panes[pane].arrive(console, release);
	return failed;
}

void console_say(struct console *console, enum tone tone, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(console->status, sizeof console->status, fmt, args);
	va_end(args);
	console->status_tone = tone;
}

bool console_busy(struct console *console, const char *text)
{
	console_say(console, TONE_QUIET, "%s", text);
	return !console->watch || console->watch(console);
}

void console_refresh(struct console *console)
{
	for (size_t i = 0; i < PANES_MAX; i++)
		for (size_t k = 0; k < console->panes[i].depth; k++)
			console->panes[i].items[k].is_stale = true;
	console->counted = 0;
}

void console_prepare(struct console *console)
{
	struct screen *top;
	struct err err;

	/* A screen that has nothing more to show leaves for the one below. */
	while ((top = console_top(console)) != NULL && top->is_stale) {
		top->is_stale = false;
		if (know_me(console, &err) != ERR_NONE || (top->kind->load && top->kind->load(top, &err) != ERR_NONE))
			console_say(console, TONE_BAD, "%s", err.text);
	}
}

void console_act(struct console *console, const struct action *action)
{
	struct screen *top = console_top(console);
	struct err err;
	const enum err_kind failed = action->record ? dialog_open(top, action, &err) : action->go(top, &err);

	if (failed)
		console_say(console, TONE_BAD, "%s", err.text);
}

void console_paste(struct console *console, struct key key)
{
	char bytes[UTF8_MAX];
	const bool is_end = !key.is_function && (key.code == '\n' || key.code == '\r' || key.code == KEY_TAB);

	if ((is_end || key_is_text(key)) && console->pasted.size < PASTE_MAX)
		buf_add(&console->pasted, bytes, key_bytes(key, bytes));
}

/* Where it is no form, key by key. */
static void type_pasted(struct screen *top, const char *text)
{
	for (size_t at = 0, size = strlen(text); at < size;) {
		int32_t c;

		at += grapheme_decode(text, size, at, &c);
		top->kind->key(top, (struct key){ .code = c < ' ' ? ' ' : (wint_t)c });
	}
}

static void paste(struct screen *top, const char *text)
{
	struct entry *entry = top->kind->entry ? top->kind->entry(top) : NULL;

	if (!entry || !entry->action)
		type_pasted(top, text);
	else if (!entry_paste(entry, text))
		console_say(top->console, TONE_BAD, "The paste is more than the field may hold: nothing of it was taken.");
}

void console_paste_end(struct console *console)
{
	struct screen *top = console_top(console);

	console->status[0] = '\0';
	if (console->pasted.failed || console->pasted.size >= PASTE_MAX)
		console_say(console, TONE_BAD, "The paste is too long: nothing of it was taken.");
	else if (!top || !top->kind->is_typing || !top->kind->is_typing(top))
		console_say(console, TONE_QUIET, "A paste was dropped: nothing is being typed here.");
	else
		paste(top, buf_text(&console->pasted));
	buf_release(&console->pasted);
}

void console_key(struct console *console, struct key key)
{
	struct screen *top = console_top(console);
	const struct action *action;
	char name[KEY_NAME_MAX];
	size_t pane;
	struct err err;

	if (!top)
		return;
	console->status[0] = '\0';
	if (top->kind->key && top->kind->key(top, key))
		return;
	if (panes_of_key(key, &pane)) {
		if (console_go(console, pane, &err) != ERR_NONE)
			console_say(console, TONE_BAD, "%s", err.text);
		return;
	}
	action = action_of_key(key, top);
	if (action)
		console_act(console, action);
	else
		console_say(console, TONE_QUIET, "%s is not used here; ? lists the keys.", key_label(key, name));
}

bool console_idle(struct console *console)
{
	struct screen *top = console_top(console);

	/* What is looked at comes before what the title counts elsewhere. */
	return (top && top->kind->idle && top->kind->idle(top)) || panes_count(console);
}

static const struct screen *shown(const struct console *console)
{
	const struct screens *screens = &console->panes[console->at];

	return screens->depth ? &screens->items[screens->depth - 1] : NULL;
}

bool console_has_clock(const struct console *console)
{
	const struct screen *top = shown(console);

	return top && top->kind->has_clock && top->kind->has_clock(top);
}

static void draw_small(WINDOW *window, int height, int width)
{
	char text[96];

	snprintf(text, sizeof text, "Needs %dx%d, this is %dx%d. Enlarge it, or use gonogo status.", TERM_COLUMNS_LEAST, TERM_ROWS_LEAST, width,
		 height);
	paint_wrapped(window, 0, 0, width, height, 0, A_NORMAL, text);
	wmove(window, 0, 0);
}

/* What just happened is read whole: a longer sentence takes rows of the body until the next key. */
static void draw_status(const struct console *console, WINDOW *window, int height, int width)
{
	const int rows = paint_wrapped(NULL, 0, 0, width, 0, 0, A_NORMAL, console->status), most = height - CONSOLE_MARGIN;
	const int y = height - 1 - (rows < most ? rows : most);

	if (rows < 1)
		return;
	paint_clear(window, y, 0, height - 1 - y, width);
	paint_wrapped(window, y, 0, width, height - 1 - y, 0, paint_attr(console->status_tone), console->status);
}

void console_draw(const struct console *console, WINDOW *window)
{
	const struct screen *top = shown(console);
	const int height = getmaxy(window), width = getmaxx(window);
	struct frame frame = { .window = window, .y = 1, .height = height - CONSOLE_MARGIN, .width = width, .cursor_y = 1 };

	werase(window);
	if (!top)
		return;
	if (height < TERM_ROWS_LEAST || width < TERM_COLUMNS_LEAST) {
		draw_small(window, height, width);
		return;
	}
	panes_draw(console, window, width);
	top->kind->draw(top, &frame);
	draw_status(console, window, height, width);
	bar_draw(top, window, height - 1, width);
	wmove(window, frame.cursor_y, frame.cursor_x);
}

/* Whoever sees the screen go is told what is asked, by whom, and how to give up. */
static void leave(void *context)
{
	const struct console *console = context;

	term_leave();
	printf("ssh-keygen signs as %s, and may ask for a passphrase or a touch of the key. ^C gives up.\n", console->me);
	fflush(stdout);
}

/* The terminal may have another size by now: the signal that says so went to ssh-keygen. */
static void enter(void *context)
{
	term_enter();
	console_resize(context, LINES, COLS);
}

enum err_kind console_run(struct session *session, const char *release, struct err *err)
{
	struct console console;
	int ended_by = 0;
	enum err_kind failed = console_open(&console, session, err);

	if (!failed && release) {
		releases_select(&console, release);
		failed = walk_open(&console, release, err);
	}
	if (!failed) {
		session->leave_screen = leave;
		session->enter_screen = enter;
		failed = term_start(err);
	}
	if (!failed) {
		console_resize(&console, LINES, COLS);
		failed = loop_run(&console, &ended_by, err);
		term_stop();
	}
	console_close(&console);
	if (ended_by)
		loop_die(ended_by);
	return failed;
}
