#ifndef GONOGO_TUI_STEPS_H
#define GONOGO_TUI_STEPS_H
/* The steps of a gate walk: which rules belong together on the map, and in which order they are asked.  Pure. */
#include <gonogo/core/gate.h>

struct step { const char *title; const char *rules; /* beginnings of rule ids, spaces between */ };
extern const struct step steps[];
extern const size_t step_count;

/* Of the step that a rule, or a member of its family, belongs to. */
size_t step_place(const char *id);
const char *step_title(const char *id);

enum { QUESTIONS_MAX = 256 };
/* `finding` NULL: the promotion itself, always last. */
struct question { const struct finding *finding; size_t step; };
struct questions { struct question items[QUESTIONS_MAX]; size_t count; };

void questions_of(const struct verdict *verdict, struct questions *out);
/* What the map says of a step: "PASS", "WAIT", "OPEN", "FAIL", and how many of its questions are not settled. */
struct step_standing { const char *word; size_t unsettled, count; };
struct step_standing step_standing(const struct questions *questions, const struct verdict *verdict, size_t step);

#endif
