#ifndef TESTS_SUPPORT_WALKER_H
#define TESTS_SUPPORT_WALKER_H
/* A person who walks the gate of a release at the console, question by question, and says yes to whatever is asked. */
#include "desk.h"

enum { WALKER_QUESTION_MAX = 256 };

/* Types, and waits until the text stands on the screen. */
void walker_type(struct desk *desk, const char *keys, const char *then);
/* Opens the walk of the selected release, which is this one, at the first question that waits. */
void walker_open(struct desk *desk, const char *release);
/* What is asked now: the row that opens with a rule, or with the promotion; false: none is on the screen. */
bool walker_question(struct terminal *terminal, char *out);
/* Answers what is asked, which begins with `expected`, and waits until it is recorded and the text stands on the screen; NULL: any. */
void walker_reply(struct desk *desk, const char *release, const char *expected, const char *then);
/* Replies until the question begins with `until`. */
void walker_until(struct desk *desk, const char *release, const char *until);
/* Replies to whatever this person can settle, until what is asked waits for somebody else, or for the promotion. */
void walker_finish(struct desk *desk, const char *release);
/* Back, question by question, whatever was answered there. */
void walker_back_to(struct desk *desk, const char *question);

#endif
