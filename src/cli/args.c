#include <config.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/cli/cli.h>
#include <gonogo/core/words.h>

const struct option global_options[] = {
	{ "--ledger", "FILE", "the ledger to use; else GONOGO_LEDGER, the configuration, $XDG_DATA_HOME/gonogo/gonogo.db", false },
	{ "--as", "PERSON", "act as another enrolled person, and prove it: every fact of this run is signed with that person's key", false },
	{ "--identity", "FILE", "the SSH key that signs: private, or public with its private half beside it or in the agent", false },
	{ "--action", "ID", "the id of this act, 32 digits of 0-9 and a-f: repeated with the same id it is recorded once", false },
	{ "--config", "FILE", "the configuration to read", false },
	{ "--json", NULL, "answer as one JSON object", false },
	{ "--no-input", NULL, "ask nothing: a question becomes exit 2, naming the option that answers it", false },
	{ "--help", NULL, "say what the command does; so does -h", false },
	{ "--version", NULL, "say which gonogo this is", false },
	{ NULL, NULL, NULL, false },
};

static const struct option *option_find(const struct option *options, const char *name, size_t size)
{
	for (; options && options->name; options++)
		if (strlen(options->name) == size && strncmp(options->name, name, size) == 0)
			return options;
	return NULL;
}

/* How many of the leading words are the command's name: "memo draft R" is the command "memo draft". */
static size_t name_words(const struct command *command, const char *const *words, size_t count)
{
	const char *name = command->name;
	size_t n = 0;

	while (*name) {
		size_t size = strcspn(name, " ");

		if (n == count || strlen(words[n]) != size || strncmp(words[n], name, size) != 0)
			return 0;
		n++;
		name += size;
		name += *name == ' ';
	}
	return n;
}

const struct command *command_find(const char *const *words, size_t count, size_t *used)
{
	for (size_t i = 0; i < command_count; i++) {
		*used = name_words(&commands[i], words, count);
		if (*used)
			return &commands[i];
	}
	return NULL;
}

/* "memo" alone, or with a word that none of its commands has: the words it takes are named. */
static bool is_family(const char *word, struct buf *members)
{
	const size_t size = strlen(word);

	for (size_t i = 0; i < command_count; i++)
		if (strncmp(commands[i].name, word, size) == 0 && commands[i].name[size] == ' ')
			buf_printf(members, "%s%s", members->size ? ", " : "", commands[i].name + size + 1);
	return members->size != 0;
}

enum err_kind command_unknown(const char *const *words, struct err *err)
{
	const char *names[ARGS_MAX * 4];
	size_t n = 0;
	const char *near;
	struct buf shown = BUF_EMPTY;

	if (is_family(words[0], &shown)) {
		err_set(err, ERR_USAGE, "gonogo %.40s is followed by one of: %s. See gonogo --help.", words[0], buf_text(&shown));
		buf_release(&shown);
		return ERR_USAGE;
	}
	for (size_t i = 0; i < command_count && n < sizeof names / sizeof *names; i++)
		names[n++] = commands[i].name;
	near = text_nearest(words[0], names, n);
	text_show(&shown, words[0], strnlen(words[0], 60), false);
	err_set(err, ERR_USAGE, "There is no command %s.%s%s%s See gonogo --help.", buf_text(&shown), near ? " Did you mean " : "",
		near ? near : "", near ? "?" : "");
	buf_release(&shown);
	return ERR_USAGE;
}

/* Global options are wanted before the command is known; the others are looked up when it is. */
static bool set_global(struct invocation *in, const struct option *option, const char *value)
{
	const struct { const char *name; const char **text; bool *flag; } targets[] = {
		{ "--ledger", &in->ledger, NULL },     { "--as", &in->as, NULL },
		{ "--identity", &in->identity, NULL }, { "--config", &in->config, NULL },
		{ "--action", &in->action, NULL },
		{ "--json", NULL, &in->json },         { "--no-input", NULL, &in->no_input },
		{ "--help", NULL, &in->help },         { "--version", NULL, &in->version },
	};

	for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
		if (strcmp(targets[i].name, option->name) != 0)
			continue;
		if (targets[i].text)
			*targets[i].text = value;
		else
			*targets[i].flag = true;
		return true;
	}
	return false;
}

static enum err_kind unknown_option(const struct command *command, const char *text, struct err *err)
{
	const char *names[GIVEN_MAX];
	size_t n = 0;
	const char *near;
	struct buf shown = BUF_EMPTY;

	for (const struct option *o = command ? command->options : NULL; o && o->name && n < GIVEN_MAX; o++)
		names[n++] = o->name;
	for (const struct option *o = global_options; o->name && n < GIVEN_MAX; o++)
		names[n++] = o->name;
	near = text_nearest(text, names, n);
	text_show(&shown, text, strnlen(text, 60), false);
	err_set(err, ERR_USAGE, "%s is no option of gonogo%s%s.%s%s%s See gonogo%s%s --help.", buf_text(&shown), command ? " " : "",
		command ? command->name : "", near ? " Did you mean " : "", near ? near : "", near ? "?" : "", command ? " " : "",
		command ? command->name : "");
	buf_release(&shown);
	return ERR_USAGE;
}

static bool is_short_help(const char *text)
{
	return strcmp(text, "-h") == 0;
}

static bool is_option(const char *text)
{
	return strncmp(text, "--", 2) == 0 || is_short_help(text);
}

/* One option at argv[*i], whose value may stand behind "=" or in the next argument. */
static enum err_kind take_option(int argc, char **argv, int *i, struct invocation *in, const struct command *command, struct err *err)
{
	const char *text = is_short_help(argv[*i]) ? "--help" : argv[*i];
	const char *equals = strchr(text, '=');
	const size_t size = equals ? (size_t)(equals - text) : strlen(text);
	const struct option *option = option_find(command ? command->options : NULL, text, size);
	const bool is_own = option != NULL;
	const char *value = equals ? equals + 1 : NULL;
	struct args *args = &in->args;

	if (!option)
		option = option_find(global_options, text, size);
	if (!option)
		return unknown_option(command, text, err);
	if (option->value && !value) {
		if (*i + 1 >= argc)
			return err_set(err, ERR_USAGE, "%s needs a value: %s %s.", option->name, option->name, option->value);
		value = argv[++*i];
	} else if (!option->value && value) {
		return err_set(err, ERR_USAGE, "%s takes no value.", option->name);
	}
	if (!is_own) {
		set_global(in, option, value);
		return ERR_NONE;
	}
	if (!option->repeats && args_has(args, option->name))
		return err_set(err, ERR_USAGE, "%s is given twice.", option->name);
	if (args->given_count == GIVEN_MAX)
		return err_set(err, ERR_USAGE, "There are more than %d options.", GIVEN_MAX);
	args->given[args->given_count++] = (struct given){ option, value };
	return ERR_NONE;
}

/* Which words are the command cannot be told before its options are known, and they not before the command: so the words are found first, passing over
 * what any command would take as an option with its value. */
static const struct command *find_in(int argc, char **argv, const char **words, size_t *count, size_t *used)
{
	bool plain = false;

	*count = 0;
	for (int i = 1; i < argc && *count < ARGS_MAX; i++) {
		const struct option *option;

		if (!plain && strcmp(argv[i], "--") == 0) {
			plain = true;
			continue;
		}
		if (plain || !is_option(argv[i])) {
			words[(*count)++] = argv[i];
			continue;
		}
		if (is_short_help(argv[i]))
			continue;
		option = option_find(global_options, argv[i], strcspn(argv[i], "="));
		if (option && option->value && !strchr(argv[i], '='))
			i++;
		if (!option)
			break;
	}
	return *count ? command_find(words, *count, used) : NULL;
}

/* The word that stands at `at` in a usage line, past its options: "RELEASE --tenant TENANT on|off" has RELEASE and on|off.  Its length; 0: none. */
static size_t usage_word(const char *usage, size_t at, const char **word)
{
	bool is_value = false;

	for (size_t n = 0; *usage; usage += strspn(usage, " ")) {
		const size_t size = *usage == '[' ? strcspn(usage, "]") + 1 : strcspn(usage, " ");

		*word = usage;
		if (strncmp(usage, "[--", 3) == 0 || strncmp(usage, "--", 2) == 0)
			is_value = *usage == '-';
		else if (is_value)
			is_value = false;
		else if (n++ == at)
			return size;
		usage += size;
	}
	return 0;
}

static enum err_kind check_words(const struct args *args, struct err *err)
{
	const struct command *command = args->command;
	const char *word, *space = *command->usage ? " " : "";
	struct buf shown = BUF_EMPTY;

	if (args->count < command->least) {
		const size_t size = usage_word(command->usage, args->count, &word);

		return err_set(err, ERR_USAGE, "gonogo %s needs %.*s: gonogo %s%s%s", command->name, (int)size, word, command->name, space, command->usage);
	}
	if (args->count <= command->most)
		return ERR_NONE;
	word = args->words[command->most];
	text_show(&shown, word, strnlen(word, 60), false);
	err_set(err, ERR_USAGE, "gonogo %s takes no %s: gonogo %s%s%s", command->name, buf_text(&shown), command->name, space, command->usage);
	buf_release(&shown);
	return ERR_USAGE;
}

enum err_kind args_read(int argc, char **argv, struct invocation *in, struct err *err)
{
	struct args *args = &in->args;
	const char *words[ARGS_MAX];
	size_t count, used = 0, passed = 0;
	bool plain = false;

	args->command = find_in(argc, argv, words, &count, &used);
	for (int i = 1; i < argc; i++) {
		enum err_kind failed;

		if (!plain && strcmp(argv[i], "--") == 0) {
			plain = true;
			continue;
		}
		if (!plain && is_option(argv[i])) {
			failed = take_option(argc, argv, &i, in, args->command, err);
			if (failed)
				return failed;
			continue;
		}
		if (passed++ < used)
			continue;
		if (args->command && args->count == ARGS_MAX)
			return err_set(err, ERR_USAGE, "There are more than %d words.", ARGS_MAX);
		if (args->command)
			args->words[args->count++] = argv[i];
	}
	args->family = count && !args->command ? words[0] : NULL;
	if (in->help || in->version)
		return ERR_NONE;
	if (!args->command && count)
		return command_unknown(words, err);
	return args->command ? check_words(args, err) : ERR_NONE;
}

enum args_name args_name_of(const struct command *command, size_t at)
{
	static const struct { const char *usage; enum args_name name; } names[] = {
		{ "[RELEASE]... ", ARGS_RELEASE }, { "[RELEASE]", ARGS_RELEASE }, { "RELEASE", ARGS_RELEASE }, { "OLD ", ARGS_RELEASE },
		{ "TENANT ", ARGS_TENANT },
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strncmp(command->usage, names[i].usage, strlen(names[i].usage)) == 0)
			return at == 0 || strstr(names[i].usage, "...") ? names[i].name : ARGS_OTHER;
	return ARGS_OTHER;
}

const char *args_value(const struct args *args, const char *name)
{
	for (size_t i = 0; i < args->given_count; i++)
		if (strcmp(args->given[i].option->name, name) == 0)
			return args->given[i].value;
	return NULL;
}

bool args_has(const struct args *args, const char *name)
{
	for (size_t i = 0; i < args->given_count; i++)
		if (strcmp(args->given[i].option->name, name) == 0)
			return true;
	return false;
}

enum err_kind args_values(const struct args *args, const char *name, struct arena *arena, struct texts *out, struct err *err)
{
	const char **items = arena_array(arena, GIVEN_MAX, sizeof *items);

	if (!items)
		return err_memory(err);
	out->count = 0;
	for (size_t i = 0; i < args->given_count; i++)
		if (strcmp(args->given[i].option->name, name) == 0)
			items[out->count++] = args->given[i].value;
	out->items = items;
	return ERR_NONE;
}

enum err_kind args_word(const char *what, const char *text, const struct word *table, int *value, struct err *err)
{
	char list[256];
	struct buf shown = BUF_EMPTY;

	if (!text || words_read(table, text, value))
		return ERR_NONE;
	text_show(&shown, text, strnlen(text, 60), false);
	err_set(err, ERR_USAGE, "%s cannot be %s; expected %s.", what, buf_text(&shown), words_list(table, list, sizeof list));
	buf_release(&shown);
	return ERR_USAGE;
}

enum err_kind args_option_word(const struct args *args, const char *name, const struct word *table, int *value, struct err *err)
{
	const char *text = args_value(args, name);
	char list[256];

	if (!text)
		return err_set(err, ERR_USAGE, "%s is missing; expected %s.", name, words_list(table, list, sizeof list));
	return args_word(name, text, table, value, err);
}

enum err_kind args_number(const char *what, const char *text, long long least, long long most, long long *value, struct err *err)
{
	char *end;

	if (!text)
		return err_set(err, ERR_USAGE, "%s is missing; expected a number from %lld to %lld.", what, least, most);
	errno = 0;
	*value = strtoll(text, &end, 10);
	if (errno || end == text || *end || *value < least || *value > most)
		return err_set(err, ERR_USAGE, "%s must be a number from %lld to %lld.", what, least, most);
	return ERR_NONE;
}

enum err_kind args_time(const struct args *args, const char *name, instant *out, struct err *err)
{
	const char *text = args_value(args, name);

	*out = WHEN_NONE;
	return text ? when_parse(name, text, out, err) : ERR_NONE;
}
