#include <config.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <gonogo/cli/cli.h>

#include "../support/shell.h"

TestSuite(manual, .timeout = 60, .description = "gonogo(1) and the table of commands say the same, in both directions");

static char *read_page(const char *path)
{
	FILE *file = fopen(shell_source(path), "rb");
	char *text = calloc(1, 1 << 18);
	size_t size;

	cr_assert(file && text, "cannot read %s", path);
	size = fread(text, 1, (1 << 18) - 1, file);
	fclose(file);
	cr_assert(size > 1000, "%s is short", path);
	return text;
}

/* The text of a section, without its heading; the caller frees it. */
static char *section(const char *page, const char *name)
{
	char heading[64];
	const char *from, *to;

	snprintf(heading, sizeof heading, "\n.Sh %s\n", name);
	from = strstr(page, heading);
	cr_assert(from, "there is no section %s", name);
	from += strlen(heading);
	to = strstr(from, "\n.Sh ");
	return strndup(from, to ? (size_t)(to - from) + 1 : strlen(from));
}

/* Where the next item of this macro begins behind `.It MACRO `, or NULL. */
static const char *next_item(const char *at, const char *macro)
{
	char item[16];
	const char *found;

	snprintf(item, sizeof item, "\n.It %s ", macro);
	found = strstr(at, item);
	return found ? found + strlen(item) : NULL;
}

/* The words before the first macro: "memo draft" of "memo draft Ar RELEASE". */
static void name_of(const char *item, char *out, size_t size)
{
	*out = '\0';
	while (*item && *item != '\n') {
		const size_t word = strcspn(item, " \n");

		if (isupper((unsigned char)*item))
			break;
		snprintf(out + strlen(out), size - strlen(out), "%s%.*s", *out ? " " : "", (int)word, item);
		item += word;
		item += *item == ' ';
	}
}

static const struct command *command_named(const char *name)
{
	for (size_t i = 0; i < command_count; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

static size_t count_options(const struct option *options)
{
	size_t count = 0;

	for (; options && options->name; options++)
		count++;
	return count;
}

/* Items `.It Fl -name ...` from `at` up to `end` are the table's options, each once. */
static void expect_options(const char *name, const char *at, const char *end, const struct option *options)
{
	size_t count = 0;

	for (const char *item = next_item(at, "Fl"); item && item < end; item = next_item(item, "Fl"), count++) {
		const size_t size = strcspn(item + 1, " \n");
		bool found = false;

		for (const struct option *o = options; o && o->name; o++)
			found |= strlen(o->name) == size + 2 && strncmp(o->name + 2, item + 1, size) == 0 &&
				 (o->value != NULL) == (item[1 + size] == ' ');
		cr_assert(found, "%s: the page has the option --%.*s, the table does not, or with a value", name, (int)size, item + 1);
	}
	cr_assert_eq(count, count_options(options), "%s: %zu options on the page, %zu in the table", name, count, count_options(options));
}

/* What an item's synopsis says, without macros: "RELEASE --decision go | no-go" becomes comparable with the table's usage. */
static void flatten(const char *text, size_t size, char *out, size_t room)
{
	static const char *const dropped[] = { "Ar", "Cm", "Fl", "Oo", "Oc", "|", "..." };
	size_t n = 0;

	while (size) {
		size_t word = strcspn(text, " \n[]|.");
		bool drop = word == 0;

		if (word > size)
			word = size;
		for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
			drop |= strlen(dropped[i]) == word && strncmp(text, dropped[i], word) == 0;
		for (size_t i = 0; !drop && i < word && n + 1 < room; i++)
			if (text[i] != '-' || (i && text[i - 1] != '-'))
				out[n++] = text[i];
		word = word < size ? word + 1 : word;
		text += word;
		size -= word;
	}
	out[n] = '\0';
}

Test(manual, has_every_command_with_its_synopsis_and_options)
{
	char *page = read_page("man/gonogo.1"), *list = section(page, "COMMANDS");
	size_t count = 0;

	for (const char *item = next_item(list, "Ic"); item; item = next_item(item, "Ic"), count++) {
		const char *next = next_item(item, "Ic"), *end = next ? next : item + strlen(item);
		const struct command *command;
		char name[64], on_page[1024], in_table[1024];

		name_of(item, name, sizeof name);
		command = command_named(name);
		cr_assert(command, "the page has a command \"%s\", the table does not", name);
		flatten(item + strlen(name), strcspn(item, "\n") - strlen(name), on_page, sizeof on_page);
		flatten(command->usage, strlen(command->usage), in_table, sizeof in_table);
		cr_assert_str_eq(on_page, in_table, "%s has another synopsis", name);
		expect_options(name, item, end, command->options);
	}
	cr_assert_eq(count, command_count, "%zu commands on the page, %zu in the table", count, command_count);
	for (size_t i = 0; i < command_count; i++) {
		char item[80];

		snprintf(item, sizeof item, "\n.It Ic %s", commands[i].name);
		cr_assert(strstr(list, item), "gonogo %s is not on the page", commands[i].name);
	}
	free(list);
	free(page);
}

Test(manual, has_the_options_that_stand_everywhere)
{
	char *page = read_page("man/gonogo.1"), *list = section(page, "OPTIONS");

	expect_options("everywhere", list, list + strlen(list), global_options);
	free(list);
	free(page);
}

/* 0 and 1 are answers, 8 is check's, and the others are the kinds of errors. */
Test(manual, has_every_exit_status_once)
{
	char *page = read_page("man/gonogo.1"), *list = section(page, "EXIT STATUS");
	size_t count = 0;

	for (const char *at = strstr(list, ".It "); at; at = strstr(at + 1, "\n.It "))
		count++;
	cr_assert_eq(count, 10, "%zu exit statuses", count);
	for (int status = 0; status <= 9; status++) {
		char item[16];

		snprintf(item, sizeof item, ".It %d\n", status);
		cr_assert(strstr(list, item), "exit status %d is not on the page", status);
	}
	for (enum err_kind kind = ERR_USAGE; kind <= ERR_INTEGRITY; kind++) {
		char word[32];

		if ((int)kind == EXIT_NOT_YET)
			continue;
		snprintf(word, sizeof word, "%s (%d)", err_kind_name(kind), (int)kind);
		cr_assert(strstr(page, word), "\"%s\" is not on the page", word);
	}
	free(list);
	free(page);
}

/* One way of writing: a page that mandoc complains about is not the page that people read. */
Test(manual, pages_are_sound)
{
	struct shell opened, *shell = &opened;

	shell_open(shell);
	shell_stock(shell, "cd \"$GONOGO_SRC\" && for page in man/gonogo.1 man/gonogo-ledger.5 man/gonogo-policy.5 man/gonogo-switch.7; do head -n 1 $page | grep -q '^[.]Dd ' || echo $page; done");
	cr_assert(shell->status == 0 && !*shell->out, "%s", shell_told(shell));
	shell_stock(shell, "cd \"$GONOGO_SRC\" && grep -nE '[[:space:]]$|^[.](It|Sh|Ss)$' man/gonogo.1 man/gonogo-ledger.5 man/gonogo-policy.5 man/gonogo-switch.7");
	cr_assert_eq(shell->status, 1, "%s", shell_told(shell));
	shell_close(shell);
}

/* The recipe of gonogo-ledger(5), typed as it stands there, comes to the hash that stands there: the tools need no gonogo. */
Test(manual, stock_tools_recompute_the_ledgers_test_vector)
{
	struct shell opened, *shell = &opened;
	char *page = read_page("man/gonogo-ledger.5"), *vectors = section(page, "TEST VECTORS");
	const char *from = strstr(vectors, "\nThe same with stock tools"), *hash = from;
	char script[2048], expected[80] = "";
	size_t n = 0;

	cr_assert(from, "there is no recipe");
	while (hash > vectors && strncmp(hash, ".Dl ", 4) != 0)
		hash--;
	cr_assert_eq(sscanf(hash, ".Dl %64s", expected), 1, "there is no hash");
	from = strstr(from, ".Bd -literal\n") + strlen(".Bd -literal\n");
	for (; strncmp(from, ".Ed", 3) != 0 && n + 1 < sizeof script; from++) {
		script[n++] = *from;
		if (*from == '\\' && from[1] == 'e')
			from++;
	}
	script[n] = '\0';
	shell_open(shell);
	shell_write(shell, "recipe", "%s", script);
	shell_stock(shell, "sh recipe");
	cr_assert(shell->status == 0 && strncmp(shell->out, expected, 64) == 0, "expected %s\n%s", expected, shell_told(shell));
	shell_close(shell);
	free(vectors);
	free(page);
}
