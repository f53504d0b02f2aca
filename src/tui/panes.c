#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/tui/audit.h>
#include <gonogo/tui/checks.h>
#include <gonogo/tui/incidents.h>
#include <gonogo/tui/memos.h>
#include <gonogo/tui/panes.h>
#include <gonogo/tui/releases.h>
#include <gonogo/tui/switches.h>
#include <gonogo/tui/tenants.h>

const struct pane_row panes[] = {
	{ .key = '1', .name = "Releases", .sentence = "Releases, their gates, and who is next", .open = releases_open },
	{ .key = '2', .name = "Tenants", .sentence = "The tenants: consent, track, what each is served", .open = tenants_open },
	{ .key = '3', .name = "Checks", .sentence = "The checklists of a release: who answered what, and what it is worth now", .open = checks_open,
	  .arrive = checks_arrive },
	{ .key = '4', .name = "Memos", .sentence = "Decision memos; the number: drafts that wait for your signature", .open = memos_open, .count = memos_count },
	{ .key = '5', .name = "Switches", .sentence = "The kill switches, release by tenant; the number: those that need somebody", .open = switches_open,
	  .count = switches_count },
	{ .key = '6', .name = "Incidents", .sentence = "The incidents, and where their releases stand; the number: those that are open", .open = incidents_open,
	  .count = incidents_count },
	{ .key = '7', .name = "Audit", .sentence = "The audit trail, newest first", .open = audit_open },
};
const size_t pane_count = sizeof panes / sizeof *panes;
_Static_assert(sizeof panes / sizeof *panes <= PANES_MAX, "every pane has its screens in the console");

bool panes_of_key(struct key key, size_t *pane)
{
	for (*pane = 0; *pane < pane_count; ++*pane)
		if (!key.is_function && key.code == (wint_t)panes[*pane].key)
			return true;
	return false;
}

bool panes_count(struct console *console)
{
	const size_t pane = console->counted;
	struct err err;

	if (pane >= pane_count)
		return false;
	console->counted++;
	if (panes[pane].count && panes[pane].count(console, &console->waiting[pane], &err) != ERR_NONE)
		console_say(console, TONE_BAD, "%s", err.text);
	return true;
}

/* --- the strip: where it is narrow, the program loses its name, then the other panes theirs, the last ones first, and then their place: those in which
 * nothing waits before those in which something does --- */

struct title_strip { bool has_program, has_name[PANES_MAX], has_place[PANES_MAX]; };

static void write_pane(const struct console *console, const struct title_strip *strip, size_t pane, struct buf *out)
{
	const bool is_here = pane == console->at;
	const size_t waiting = console->waiting[pane];

	buf_printf(out, "%c%c", is_here ? '[' : ' ', panes[pane].key);
	if (strip->has_name[pane])
		buf_printf(out, " %s", panes[pane].name);
	/* Behind a number of its own, a count needs brackets to be one. */
	if (waiting)
		buf_printf(out, strip->has_name[pane] ? " %zu" : "(%zu)", waiting);
	buf_char(out, is_here ? ']' : ' ');
}

static bool has_others(const struct console *console, const struct title_strip *strip)
{
	for (size_t i = 0; i < pane_count; i++)
		if (i != console->at && strip->has_place[i])
			return true;
	return false;
}

static int write_strip(const struct console *console, const struct title_strip *strip, struct buf *out)
{
	buf_clear(out);
	buf_printf(out, "%s%s", strip->has_program ? "gonogo " : "", console->session->is_demo ? "PRACTICE " : "");
	/* The first pane brings its own blank, unless it stands in its bracket. */
	if (out->size && has_others(console, strip) && !console->at)
		buf_char(out, ' ');
	for (size_t i = 0; i < pane_count; i++)
		if (i == console->at || strip->has_place[i])
			write_pane(console, strip, i, out);
	return (int)text_width(buf_text(out), out->size);
}

static bool take_last(const struct console *console, bool *has)
{
	for (int is_waiting = 0; is_waiting < 2; is_waiting++)
		for (size_t i = pane_count; i-- > 0;)
			if (i != console->at && has[i] && (console->waiting[i] > 0) == (is_waiting == 1)) {
				has[i] = false;
				return true;
			}
	return false;
}

/* Takes away the next thing that can be done without; false: nothing is left to take. */
static bool narrow(const struct console *console, struct title_strip *strip)
{
	if (strip->has_program) {
		strip->has_program = false;
		return true;
	}
	return take_last(console, strip->has_name) || take_last(console, strip->has_place);
}

static void say_where(const struct console *console, int room, struct buf *out)
{
	const struct screens *screens = &console->panes[console->at];
	struct title_strip strip = { .has_program = true };

	if (screens->depth > 1) {
		buf_printf(out, "%s  %s", console->session->is_demo ? "gonogo PRACTICE" : "gonogo", screens->items[screens->depth - 1].kind->title);
		return;
	}
	for (size_t i = 0; i < pane_count; i++)
		strip.has_name[i] = strip.has_place[i] = true;
	while (write_strip(console, &strip, out) > room && narrow(console, &strip))
		continue;
}

void panes_draw(const struct console *console, WINDOW *window, int width)
{
	const attr_t attr = paint_attr(TONE_TITLE);
	char who[sizeof console->me + sizeof console->roles + 4];
	struct buf where = BUF_EMPTY;
	int taken;

	snprintf(who, sizeof who, "%s  %s", console->me, console->roles);
	taken = (int)text_width(who, strlen(who));
	if (taken >= width)
		taken = width;
	say_where(console, width - taken - 2, &where);
	paint_text(window, 0, 0, width, attr, "");
	paint_text(window, 0, 0, width - taken - 2, attr, buf_text(&where));
	paint_text(window, 0, width - taken, taken, attr, who);
	buf_release(&where);
}
