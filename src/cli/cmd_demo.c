#include <config.h>

#include <termios.h>
#include <unistd.h>

#include <gonogo/app/demo.h>
#include <gonogo/base/io.h>
#include <gonogo/cli/families.h>

/* The building takes some seconds: each line is shown as it comes. */
static void say(void *context, const char *line)
{
	struct invocation *in = context;

	buf_printf(&in->out, "%s\n", line);
	out_flush(in);
}

static enum err_kind open_console(struct invocation *in, const char *dir, struct err *err)
{
	const struct session_options options = { .ledger = arena_printf(&in->arena, "%s/practice.db", dir), .as = demo_people[DEMO_OWNER].id,
						 .state_dir = arena_printf(&in->arena, "%s/state", dir),
						 .identity = arena_printf(&in->arena, "%s/keys/%s", dir, demo_people[DEMO_OWNER].id),
						 .clock = in->clock, .terminal = true };
	struct session session;
	enum err_kind failed;

	if (!options.ledger || !options.state_dir || !options.identity)
		return err_memory(err);
	failed = session_open(&session, &options, err);
	if (failed)
		return failed;
	failed = in->dialogues->console(&session, NULL, err);
	session_close(&session);
	if (!failed)
		buf_printf(&in->out, "The practice ledger stays in %s. Open it again with gonogo demo --dir %s.\n", dir, dir);
	return failed;
}

enum err_kind run_demo(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	const bool on_terminal = in->in_is_terminal && in->out_is_terminal && !in->no_input;
	const instant now = in->clock.now(in->clock.context);
	const char *given = args_value(&in->args, "--dir");
	char *fresh = NULL;
	const char *dir = given;
	enum err_kind failed = given ? ERR_NONE : io_temp_dir(&in->arena, &fresh, err);

	(void)s;
	(void)answer;
	if (failed)
		return failed;
	if (!given)
		dir = fresh;
	/* Somebody comes back to practise on. */
	if (on_terminal && given && use_demo_is_there(given))
		return open_console(in, dir, err);
	buf_printf(&in->out, "A practice ledger is made in %s; it is marked as practice for ever.\n", dir);
	out_flush(in);
	failed = use_demo_build(dir, now, say, in, err);
	if (failed)
		return failed;
	/* What was typed meanwhile was not meant for a screen that nobody had seen yet. */
	if (on_terminal)
		(void)tcflush(STDIN_FILENO, TCIFLUSH);
	return on_terminal ? open_console(in, dir, err) : use_demo_walk(dir, now, say, in, err);
}
