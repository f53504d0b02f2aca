#include <config.h>

#include <string.h>

#include <gonogo/cli/families.h>

static void print_options(const struct option *options, struct buf *out)
{
	for (; options && options->name; options++) {
		struct buf left = BUF_EMPTY;

		buf_printf(&left, "%s%s%s", options->name, options->value ? " " : "", options->value ? options->value : "");
		buf_printf(out, "  %-24s  %s\n", buf_text(&left), options->sentence);
		buf_release(&left);
	}
}

void help_print(const struct command *command, struct buf *out)
{
	if (command) {
		buf_printf(out, "gonogo %s%s%s\n\n%s\n", command->name, *command->usage ? " " : "", command->usage, command->sentence);
		if (command->options)
			buf_str(out, "\nOptions:\n");
		print_options(command->options, out);
		buf_str(out, "\nEverywhere:\n");
		print_options(global_options, out);
		buf_str(out, "\nExit status and all else: man gonogo.\n");
		return;
	}
	buf_str(out, "gonogo decides, with proof, whether a release may reach the tenants of a shared system.\n"
		     "Without a command it opens the console; without a terminal it prints gonogo status.\n\nCommands:\n");
	for (size_t i = 0; i < command_count; i++)
		buf_printf(out, "  %-18s %s\n", commands[i].name, commands[i].sentence);
	buf_str(out, "\nEverywhere:\n");
	print_options(global_options, out);
	buf_str(out, "\ngonogo COMMAND --help says more of each; so does man gonogo.\n");
}

static bool is_of_family(const struct command *command, const char *word)
{
	const size_t size = strlen(word);

	return strncmp(command->name, word, size) == 0 && command->name[size] == ' ';
}

enum err_kind help_family(const char *const *words, struct buf *out, struct err *err)
{
	const size_t before = out->size;

	for (size_t i = 0; i < command_count; i++) {
		const struct command *command = &commands[i];

		if (!is_of_family(command, words[0]))
			continue;
		buf_printf(out, "%sgonogo %s%s%s\n  %s\n", out->size > before ? "\n" : "", command->name, *command->usage ? " " : "", command->usage,
			   command->sentence);
		print_options(command->options, out);
	}
	if (out->size == before)
		return command_unknown(words, err);
	buf_str(out, "\nEverywhere:\n");
	print_options(global_options, out);
	buf_str(out, "\nExit status and all else: man gonogo.\n");
	return ERR_NONE;
}

enum err_kind run_help(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	const struct args *args = &in->args;
	size_t used = 0;
	const struct command *command = args->count ? command_find(args->words, args->count, &used) : NULL;

	(void)s;
	(void)answer;
	if (args->count == 1 && !used)
		return help_family(args->words, &in->out, err);
	if (args->count != used)
		return command_unknown(args->words, err);
	help_print(command, &in->out);
	return ERR_NONE;
}
