#ifndef GONOGO_FLAG_LOGIC_H
#define GONOGO_FLAG_LOGIC_H
/*
 * As much of a flagd targeting rule as depends on the tenant alone.  What asks for anything else (another attribute, a share, a version) is unknown,
 * and never guessed.  Private to flag.
 */
#include <jansson.h>

struct logic {
	json_t *evaluators;      /* $evaluators of the file; NULL: none */
	const char *attribute;         /* the attribute that holds the tenant's id, beside targetingKey */
	const char *tenant, *flag;
	json_t *made;                  /* every value made on the way, released by the caller */
};
/* What the rule comes to: borrowed from the rule or from `made`; NULL: unknown. */
json_t *logic_value(struct logic *logic, json_t *rule);

#endif
