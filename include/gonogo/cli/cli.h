#ifndef GONOGO_CLI_CLI_H
#define GONOGO_CLI_CLI_H
/*
 * The command line: THE table of commands, options read by that table, one exit status.  `--help`, gonogo(1), completion and the tests walk the
 * same rows.  Answers go to standard output, everything else to standard error.  Holds no rule.
 */
#include <stdbool.h>
#include <stddef.h>

#include <gonogo/app/session.h>
#include <gonogo/base/buf.h>

/* Answers; failures are the values of enum err_kind. */
enum exit_code { EXIT_YES = 0, EXIT_NO = 1, EXIT_NOT_YET = 8 };

struct option {
	const char *name;      /* "--reason" */
	const char *value;     /* "TEXT"; NULL: a flag without a value */
	const char *sentence;
	bool repeats;
};
enum { ARGS_MAX = 64, GIVEN_MAX = 64 };
struct given { const struct option *option; const char *value; };
struct args {
	const char *words[ARGS_MAX]; size_t count;   /* after the command's own words */
	struct given given[GIVEN_MAX]; size_t given_count;
	const struct command *command;
	const char *family;    /* the first word where no command was found: "memo"; else NULL */
};
/* What speaks with a person in turns: given by main, since screens and conversations are no part of this layer. */
struct dialogues {
	/* The screens; `release`: they open in the gate walk of that release, NULL: in the list. */
	enum err_kind (*console)(struct session *session, const char *release, struct err *err);
	/* The gate walk as numbered lines on standard input and output; without `ask_questions` the list of them. */
	enum err_kind (*plain_walk)(struct session *session, const char *release, bool ask_questions, enum verdict_word *verdict, struct err *err);
};
/* What every command gets beside its own arguments. */
struct invocation {
	const char *ledger, *state_dir, *as, *identity, *config, *action;
	bool json, no_input, help, version;
	bool in_is_terminal, out_is_terminal;
	struct clock clock;
	struct args args;
	struct arena arena;    /* of this run */
	struct buf out;        /* standard output, written when the command is done */
	bool write_failed;
	const struct dialogues *dialogues;
};
enum command_flags {
	COMMAND_READS = 1,     /* opens the ledger to read; --json and, where listed, --at */
	COMMAND_WRITES = 2,    /* opens the ledger to record */
	COMMAND_ALONE = 4,     /* opens no ledger by itself */
	COMMAND_INSPECTS = 8,  /* reads a ledger that does not hold too, to say where */
	COMMAND_NOWHERE = 16,  /* needs no ledger and no configuration, and so answers where these are broken */
};
struct command {
	const char *name;      /* "memo draft" */
	const char *usage;     /* what follows the name */
	const char *sentence;  /* for --help and gonogo(1) */
	const struct option *options; /* ends with a NULL name; NULL: none of its own */
	size_t least, most;    /* words expected */
	unsigned flags;
	/* `session` is open unless COMMAND_ALONE.  Sets *answer; a failure is the return value. */
	enum err_kind (*run)(struct session *session, struct invocation *in, int *answer, struct err *err);
};
extern const struct command commands[];
extern const size_t command_count;
extern const struct option global_options[];

/* What the word at `at` behind the command is the id of, by the command's usage. */
enum args_name { ARGS_OTHER, ARGS_RELEASE, ARGS_TENANT };
enum args_name args_name_of(const struct command *command, size_t at);
/* Options given to the command: NULL / false / 0 when not given. */
const char *args_value(const struct args *args, const char *name);
bool args_has(const struct args *args, const char *name);
/* All values of a repeating option, in the arena; count 0: none. */
enum err_kind args_values(const struct args *args, const char *name, struct arena *arena, struct texts *out, struct err *err) MUST_CHECK;
/* A word of a closed vocabulary; ERR_USAGE names what is expected.  `value` untouched when `text` is NULL. */
enum err_kind args_word(const char *what, const char *text, const struct word *table, int *value, struct err *err) MUST_CHECK;
/* The same for an option that must be there. */
enum err_kind args_option_word(const struct args *args, const char *name, const struct word *table, int *value, struct err *err) MUST_CHECK;
enum err_kind args_number(const char *what, const char *text, long long least, long long most, long long *value, struct err *err) MUST_CHECK;
enum err_kind args_time(const struct args *args, const char *name, instant *out, struct err *err) MUST_CHECK; /* WHEN_NONE when not given */

/* Reads the command line into `in`: global options before or after the command.  Finds the command. */
enum err_kind args_read(int argc, char **argv, struct invocation *in, struct err *err) MUST_CHECK;
/* The command that the words begin with, and how many of them are its name; NULL: none. */
const struct command *command_find(const char *const *words, size_t count, size_t *used);
/* ERR_USAGE, with what was probably meant. */
enum err_kind command_unknown(const char *const *words, struct err *err);
/* The help of one command, or of all (NULL). */
void help_print(const struct command *command, struct buf *out);
/* That of all commands that begin with the word; ERR_USAGE where none does. */
enum err_kind help_family(const char *const *words, struct buf *out, struct err *err) MUST_CHECK;

/* Runs a whole command line; returns the exit status of the process. */
int cli_main(int argc, char **argv, struct clock clock, const struct dialogues *dialogues);

#endif
