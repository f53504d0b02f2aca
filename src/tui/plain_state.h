#ifndef GONOGO_SRC_TUI_PLAIN_STATE_H
#define GONOGO_SRC_TUI_PLAIN_STATE_H
/*
 * What the plain walk holds between its questions (plain.c), its fields (plain_fields.c, plain_lists.c, plain_picks.c), what is meant (plain_meant.c), its commands (plain_words.c) and its lines
 * (plain_lines.c).
 */
#include "walk_state.h"

struct plain {
	struct walk walk;
	const struct action *aside;     /* an act that belongs to no question, asked for by its name; NULL: none */
	struct entry side;              /* the one that is being filled in; action NULL: none */
	struct { struct entry *entry; size_t field; struct buf text; } before; /* what the last change replaced; entry NULL: nothing */
	struct buf out;                 /* said, and not yet written */
	struct buf line;                /* the reply, without its newline */
	enum channel to;                /* the gate that was named last */
	char anew[RULE_BYTES];          /* the settled question that is to be answered anew, or "" */
	size_t changes;                 /* fields set so far: a round that changes none is given up */
	bool is_typed;                  /* a terminal shows what is typed, newline included */
	bool is_ascii;                  /* the locale has no other characters */
	bool has_ended;
	bool has_broken_off;            /* in the middle of a line, which is kept as a draft and no more */
	enum err_kind failed;           /* of the lines themselves */
};

/* --- lines --- */
enum { PLAIN_COLUMNS = 79 };
/* One line out, ended. */
void plain_say(struct plain *plain, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* A text that people entered: its lines, each behind two spaces. */
void plain_quote(struct plain *plain, const char *text);
/* Writes what was said, encoded as for every screen and wrapped at spaces; false when it cannot be written, and then the walk has ended. */
bool plain_flush(struct plain *plain, struct err *err) MUST_CHECK;
enum plain_line { LINE_TAKEN, LINE_REFUSED /* said why */, LINE_END, LINE_FAILED };
/* The next line of standard input into plain->line. */
enum plain_line plain_read(struct plain *plain, struct err *err);
/* Writes what was said and this prompt, and reads a line until one can be read.  False at the end of the input, where the walk is left. */
bool plain_ask(struct plain *plain, const char *prompt, struct err *err) MUST_CHECK;
/* The line without the spaces around it. */
const char *plain_trimmed(struct plain *plain);

/* --- commands, at the first prompt of any field --- */
enum plain_word { WORD_NONE /* it is a reply */, WORD_DONE /* ask the same again */, WORD_AGAIN /* say the same again, and ask */, WORD_LEFT /* the question is left */ };
enum plain_word plain_command(struct plain *plain, struct err *err);
/* Is the line one, rather than a reply? */
bool plain_is_command(const struct plain *plain);
/* To the next question, round about; out of an act that belongs to none, back to the question. */
void plain_go_on(struct plain *plain);
void plain_say_gate(struct plain *plain);
void plain_list(struct plain *plain);
void plain_quit(struct plain *plain);

/* --- questions and fields --- */
void plain_say_question(struct plain *plain);
enum plain_taken { TAKEN_NOT /* said why: the same is asked again */, TAKEN, TAKEN_LEFT /* the question is left, or the walk */ };
/* What the field is, what it takes and what stands in it; then the short line at which the reply is typed. */
void plain_say_field(struct plain *plain, const struct entry *entry, size_t at);
void plain_prompt(const struct entry *entry, size_t at, struct buf *out);
/* What is wrong with it as it stands, or NULL. */
const char *plain_problem(const struct entry *entry, size_t at);
/* The reply stands in plain->line.  What is wrong with it, or how it was understood, is said at once. */
enum plain_taken plain_take(struct plain *plain, struct entry *entry, size_t at, struct err *err);
/* Sets a field and keeps it as a draft, or says why it does not take the text. */
bool plain_set(struct plain *plain, struct entry *entry, size_t at, const char *text);
/* Nothing was typed, or one dash: true, and whether that is enough. */
bool plain_is_kept_or_emptied(struct plain *plain, struct entry *entry, size_t at, const char *reply, enum plain_taken *taken);

/* --- the fields that hold several lines (plain_lists.c), and several out of many (plain_picks.c) --- */
/* A list, or a text of several lines; a brief one is one as soon as it holds them. */
bool plain_has_lines(const struct entry *entry, size_t at);
void plain_say_lines(struct plain *plain, const struct entry *entry, size_t at);
enum plain_taken plain_take_lines(struct plain *plain, struct entry *entry, size_t at, struct err *err);
/* Does the reply ask to begin anew the lines that stand here?  Elsewhere the same word is a command. */
bool plain_is_anew(struct plain *plain, const struct entry *entry, size_t at);
void plain_say_options(struct plain *plain, const struct entry *entry, size_t at, const char *filter);
void plain_say_chosen(struct plain *plain, const struct entry *entry, size_t at);
enum plain_taken plain_take_pick(struct plain *plain, struct entry *entry, size_t at);

/* --- is it meant?  (plain_meant.c) --- */
/* Reads out what would be recorded, and asks, whatever the act.  TAKEN: it is meant; TAKEN_NOT: *field is to be changed first. */
enum plain_taken plain_ask_meant(struct plain *plain, struct entry *entry, size_t *field, struct err *err);

#endif
