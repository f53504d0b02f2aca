#include <config.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <gonogo/app/names.h>
#include <gonogo/base/io.h>
#include <gonogo/base/text.h>
#include <gonogo/cli/families.h>
#include <gonogo/config/places.h>

/* A failure to write an answer is a failure of the command: a script must not take half an answer for a whole one. */
static enum err_kind write_answer(struct invocation *in, struct err *err)
{
	enum err_kind failed = buf_check(&in->out, err);

	if (!failed) {
		out_flush(in);
		if (in->write_failed)
			failed = err_set(err, ERR_SYSTEM, "Standard output could not be written.");
	}
	return failed;
}

/* What a form would go to, a command line names. */
static void name_option(struct err *err)
{
	const size_t used = strlen(err->text);

	if (*err->option)
		snprintf(err->text + used, sizeof err->text - used, " Give it with %s.", err->option);
	err->option[0] = '\0';
}

/* A script that reads standard error finds whose line each is. */
static void write_lines(const char *text, struct buf *out)
{
	while (*text) {
		const size_t size = strcspn(text, "\n");

		buf_str(out, "gonogo: ");
		text_show(out, text, size, false);
		buf_char(out, '\n');
		text += size;
		text += *text == '\n';
	}
}

static void write_error(const struct invocation *in, const struct err *err)
{
	struct buf line = BUF_EMPTY;

	if (in->json) {
		struct json_writer w = { .out = &line, .escape = true };

		json_open(&w, NULL, '{');
		json_int(&w, "schema", 1);
		json_open(&w, "error", '{');
		json_text(&w, "kind", err_kind_name(err->kind));
		json_text(&w, "message", err->text);
		json_close(&w, '}');
		json_close(&w, '}');
		buf_char(&line, '\n');
	} else {
		write_lines(err->text, &line);
	}
	io_put(STDERR_FILENO, buf_text(&line), line.size);
	buf_release(&line);
}

static struct session_options options_of(const struct invocation *in, unsigned flags)
{
	return (struct session_options){ .ledger = in->ledger, .state_dir = in->state_dir, .as = in->as, .identity = in->identity, .action = in->action,
					 .clock = in->clock, .terminal = in->in_is_terminal && !in->no_input, .asks_nothing = in->no_input, .readonly = flags & COMMAND_READS,
					 .inspects = flags & COMMAND_INSPECTS };
}

/* What is shown is the id as it was registered, whatever its case on the command line. */
static enum err_kind settle_names(struct session *session, struct invocation *in, struct err *err)
{
	struct args *args = &in->args;
	enum err_kind failed = ERR_NONE;

	for (size_t i = 0; !failed && i < args->count; i++) {
		const enum args_name name = args_name_of(args->command, i);

		if (name == ARGS_RELEASE)
			failed = names_release(session, &in->arena, &args->words[i], err);
		else if (name == ARGS_TENANT)
			failed = names_tenant(session, &in->arena, &args->words[i], err);
	}
	for (size_t i = 0; !failed && i < args->given_count; i++) {
		struct given *given = &args->given[i];
		const char *value = given->option->value;

		if (value && strcmp(value, "RELEASE") == 0)
			failed = names_release(session, &in->arena, &given->value, err);
		else if (value && strcmp(value, "TENANT") == 0)
			failed = names_tenant(session, &in->arena, &given->value, err);
	}
	return failed;
}

static void say_line(const char *text)
{
	struct buf line = BUF_EMPTY;

	buf_str(&line, "gonogo: ");
	text_show(&line, text, strlen(text), true);
	buf_char(&line, '\n');
	io_put(STDERR_FILENO, buf_text(&line), line.size);
	buf_release(&line);
}

/* Whoever comes next ends a drill that was cut short, before anything else; that it could not be ended stops nobody. */
static void recover(struct session *session, struct invocation *in)
{
	struct texts lines = { 0 };
	struct err err;

	if (use_switch_recover(session, &in->arena, &lines, &err) && !in->json)
		say_line(err.text);
	for (size_t i = 0; i < lines.count && !in->json; i++)
		say_line(lines.items[i]);
}

static enum err_kind run_command(struct invocation *in, int *answer, struct err *err)
{
	const struct command *command = in->args.command;
	const struct session_options options = options_of(in, command->flags);
	struct session session;
	enum err_kind failed;

	if (command->flags & COMMAND_ALONE)
		return command->run(NULL, in, answer, err);
	failed = session_open(&session, &options, err);
	if (failed)
		return failed;
	failed = settle_names(&session, in, err);
	if (!failed && (command->flags & COMMAND_WRITES))
		recover(&session, in);
	if (!failed)
		failed = command->run(&session, in, answer, err);
	session_close(&session);
	return failed;
}

static const struct command *command_named(const char *name)
{
	for (size_t i = 0; i < command_count; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

/* Without a command: the console, or where there is no terminal, what it would show first. */
static enum err_kind run_bare(struct invocation *in, int *answer, struct err *err)
{
	const struct session_options options = options_of(in, COMMAND_WRITES);
	struct session session;
	enum err_kind failed;

	if (!in->in_is_terminal || !in->out_is_terminal) {
		in->args.command = command_named("status");
		return run_command(in, answer, err);
	}
	failed = session_open(&session, &options, err);
	if (failed)
		return failed;
	recover(&session, in);
	failed = in->dialogues->console(&session, NULL, err);
	session_close(&session);
	return failed;
}

static enum err_kind run(int argc, char **argv, struct invocation *in, int *answer, struct err *err)
{
	enum err_kind failed = args_read(argc, argv, in, err);

	if (failed)
		return failed;
	if (in->help && in->args.family)
		return help_family(&in->args.family, &in->out, err);
	if (in->help) {
		help_print(in->args.command, &in->out);
		return ERR_NONE;
	}
	if (in->version)
		return command_named("version")->run(NULL, in, answer, err);
	if (in->args.command && in->args.command->flags & COMMAND_NOWHERE)
		return in->args.command->run(NULL, in, answer, err);
	failed = places_find(in->config, &in->arena, &in->ledger, &in->state_dir, err);
	if (failed)
		return failed;
	return in->args.command ? run_command(in, answer, err) : run_bare(in, answer, err);
}

static bool asks_for_json(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--json") == 0)
			return true;
	return false;
}

int cli_main(int argc, char **argv, struct clock clock, const struct dialogues *dialogues)
{
	struct invocation in = { .clock = clock, .dialogues = dialogues };
	struct err err = { 0 };
	int answer = EXIT_YES;
	enum err_kind failed;

	arena_init(&in.arena, 0);
	in.in_is_terminal = isatty(STDIN_FILENO);
	in.out_is_terminal = isatty(STDOUT_FILENO);
	failed = run(argc, argv, &in, &answer, &err);
	/* A command line that is refused before its --json was reached answers a program all the same. */
	in.json = in.json || (failed == ERR_USAGE && asks_for_json(argc, argv));
	if (!failed)
		failed = write_answer(&in, &err);
	if (failed) {
		name_option(&err);
		write_error(&in, &err);
	}
	buf_release(&in.out);
	arena_release(&in.arena);
	return failed ? (int)failed : answer;
}
