#include <config.h>

#include <string.h>

#include <gonogo/tui/actions.h>
#include <gonogo/tui/help.h>
#include <gonogo/tui/panes.h>
#include <gonogo/tui/screen.h>
#include <gonogo/tui/subject.h>
#include <gonogo/tui/textview.h>

static void add_row(struct buf *out, const struct action *action, const char *why_not)
{
	char keys[64] = "";

	for (size_t i = 0; i < sizeof action->keys / sizeof *action->keys && action->keys[i]; i++) {
		strncat(keys, i ? " " : "", sizeof keys - strlen(keys) - 1);
		strncat(keys, action->keys[i], sizeof keys - strlen(keys) - 1);
	}
	buf_printf(out, "  %-12s %s.\n", keys, action->sentence);
	if (why_not)
		buf_printf(out, "               Not now: %s\n", why_not);
	else if (action->command)
		buf_printf(out, "               %s\n", action->command);
}

enum err_kind help_go_open(struct screen *screen, struct err *err)
{
	struct buf text = BUF_EMPTY;
	struct subject subject = { 0 };
	enum err_kind failed = ERR_NONE;

	if (screen->kind->pane == PANE_HELP)
		return ERR_NONE;
	/* Why something does not work now is asked of the same functions that would refuse it. */
	failed = subject_load(&subject, screen, err);
	for (int barred = 0; !failed && barred < 2; barred++) {
		buf_str(&text, barred ? "\nNot available now\n" : "Keys that work here\n");
		for (size_t i = 0; i < action_count; i++) {
			struct err why;
			const bool is_barred = actions[i].record && action_ready(&actions[i], &subject.in, &why) != ERR_NONE;

			if (action_is_here(&actions[i], screen) && actions[i].keys[0] && is_barred == (barred == 1))
				add_row(&text, &actions[i], is_barred ? why.text : NULL);
		}
	}
	subject_release(&subject);
	buf_str(&text, "\nPanes\n");
	for (size_t i = 0; i < pane_count; i++)
		buf_printf(&text, "  %c            %s.\n", panes[i].key, panes[i].sentence);
	buf_str(&text, "\nThe gate's words\n"
		       "  GO           Every rule is met: it may be promoted.\n"
		       "  WAIT         Only time is missing.\n"
		       "  3 OPEN       People still have something to do: three rules are not met.\n"
		       "  BLOCKED      Something forbids it: a raised hard stop, a failed answer, a halt, a kill.\n"
		       "  gonogo:...   The checkpoint of what was just recorded: kept in a ticket, it shows later whether anything was changed.\n"
		       "\nEverything can be done from a shell too: man gonogo.\n");
	if (failed) {
		buf_release(&text);
		return failed;
	}
	return textview_open(screen->console, "Help", PANE_HELP, &text, err);
}

enum err_kind help_go_back(struct screen *screen, struct err *err)
{
	(void)err;
	console_pop(screen->console);
	return ERR_NONE;
}

enum err_kind help_go_refresh(struct screen *screen, struct err *err)
{
	(void)err;
	console_refresh(screen->console);
	clearok(curscr, true);
	return ERR_NONE;
}

enum err_kind help_go_nothing_open(struct screen *screen, struct err *err)
{
	(void)screen;
	return err_set(err, ERR_REFUSED, "Nothing is being filled in here.");
}
