#include <config.h>

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>
#include <gonogo/cli/cli.h>

#include "../support/story.h"

TestSuite(help, .timeout = 60, .description = "what each command says of itself");

static void expect_options(const struct shell *shell, const struct option *options)
{
	for (; options && options->name; options++) {
		cr_assert(strstr(shell->out, options->name), "%s is not there\n%s", options->name, shell_told(shell));
		cr_assert(strstr(shell->out, options->sentence), "%s has no sentence\n%s", options->name, shell_told(shell));
	}
}

Test(help, every_command_says_its_usage_its_sentence_and_its_options)
{
	struct shell opened, *shell = &opened;

	shell_open(shell);
	cr_assert(command_count > 50, "%zu commands", command_count);
	for (size_t i = 0; i < command_count; i++) {
		const struct command *command = &commands[i];
		char first[512];

		EXPECT(0, shell_run(shell, "%s --help", command->name));
		cr_assert(!*shell->err, "%s\n%s", command->name, shell_told(shell));
		snprintf(first, sizeof first, "gonogo %s%s%s\n\n%s\n", command->name, *command->usage ? " " : "", command->usage, command->sentence);
		cr_assert_eq(strncmp(shell->out, first, strlen(first)), 0, "%s\n%s", command->name, shell_told(shell));
		expect_options(shell, command->options);
		expect_options(shell, global_options);
	}
	shell_close(shell);
}

Test(help, of_all_names_every_command_in_one_line)
{
	struct shell opened, *shell = &opened;

	shell_open(shell);
	EXPECT(0, shell_run(shell, "--help"));
	for (size_t i = 0; i < command_count; i++) {
		char line[512];

		snprintf(line, sizeof line, "\n  %-18s %s\n", commands[i].name, commands[i].sentence);
		cr_assert(strstr(shell->out, line), "%s is not listed\n%s", commands[i].name, shell->out);
	}
	expect_options(shell, global_options);
	shell_close(shell);
}

/* The first word alone says how each of its commands is used, and names none of another. */
Test(help, of_a_family_says_usage_sentence_and_options_of_each_of_its_commands)
{
	struct shell opened, *shell = &opened;

	shell_open(shell);
	for (size_t i = 0; i < command_count; i++) {
		char family[32];
		const size_t size = strcspn(commands[i].name, " ");

		if (!commands[i].name[size] || (i && strncmp(commands[i - 1].name, commands[i].name, size + 1) == 0))
			continue;
		snprintf(family, sizeof family, "%.*s", (int)size, commands[i].name);
		for (int k = 0; k < 3; k++) {
			char line[96];

			snprintf(line, sizeof line, k == 0 ? "%s --help" : k == 1 ? "--help %s" : "help %s", family);
			EXPECT(0, shell_run(shell, "%s", line));
			for (size_t n = 0; n < command_count; n++) {
				const bool is_one = strncmp(commands[n].name, commands[i].name, size + 1) == 0;
				char head[512];

				snprintf(head, sizeof head, "gonogo %s%s%s\n  %s\n", commands[n].name, *commands[n].usage ? " " : "", commands[n].usage, commands[n].sentence);
				cr_assert_eq(strstr(shell->out, head) != NULL, is_one, "gonogo %s and %s\n%s", line, commands[n].name, shell_told(shell));
				if (is_one)
					expect_options(shell, commands[n].options);
			}
			expect_options(shell, global_options);
		}
	}
	shell_close(shell);
}

/* Each option that a usage line names is in the table, and each of the table is named there. */
Test(help, usage_and_options_say_the_same)
{
	for (size_t i = 0; i < command_count; i++) {
		size_t named = 0, there = 0;
		const char *seen[32];

		for (const char *at = strstr(commands[i].usage, "--"); at; at = strstr(at + 2, "--")) {
			const size_t size = strcspn(at, " ]|");
			bool found = false, again = false;

			for (const struct option *o = commands[i].options; o && o->name; o++)
				found |= strlen(o->name) == size && strncmp(o->name, at, size) == 0;
			cr_assert(found, "gonogo %s has no option %.*s", commands[i].name, (int)size, at);
			for (size_t k = 0; k < named; k++)
				again |= strncmp(seen[k], at, size) == 0;
			if (!again)
				seen[named++] = at;
		}
		for (const struct option *o = commands[i].options; o && o->name; o++)
			there++;
		cr_assert_eq(named, there, "gonogo %s: its usage names %zu options of %zu", commands[i].name, named, there);
	}
}
