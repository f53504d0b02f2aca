#ifndef GONOGO_SRC_TUI_PLAIN_STATE_H
#define GONOGO_SRC_TUI_PLAIN_STATE_H
/* What the plain walk holds between its questions (plain.c), its commands (plain_words.c) and its lines (plain_lines.c). */
#include "walk_state.h"

struct plain {
	struct walk walk;
	struct buf out;                 /* said, and not yet written */
	struct buf line;                /* the reply, without its newline */
	enum channel to;                /* the gate that was named last */
	char anew[RULE_BYTES];          /* the settled question that is to be answered anew, or "" */
	bool is_typed;                  /* a terminal shows what is typed, newline included */
	bool has_ended;
	enum err_kind failed;           /* of the lines themselves */
};

/* --- lines --- */
/* One line out, ended. */
void plain_say(struct plain *plain, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Writes what was said, encoded as for every screen; false when it cannot be written, and then the walk has ended. */
bool plain_flush(struct plain *plain, struct err *err) MUST_CHECK;
enum plain_line { LINE_TAKEN, LINE_REFUSED /* said why */, LINE_END, LINE_FAILED };
/* The next line of standard input into plain->line. */
enum plain_line plain_read(struct plain *plain, struct err *err);

/* --- commands, at any prompt --- */
enum plain_word { WORD_NONE /* it is a reply */, WORD_DONE /* ask the same again */, WORD_LEFT /* the question is left */ };
enum plain_word plain_command(struct plain *plain, struct err *err);
/* To the next question, round about. */
void plain_go_on(struct plain *plain);
void plain_say_gate(struct plain *plain);
void plain_list(struct plain *plain);
void plain_quit(struct plain *plain);

#endif
