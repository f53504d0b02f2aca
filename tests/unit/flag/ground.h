#ifndef GONOGO_TESTS_UNIT_FLAG_GROUND_H
#define GONOGO_TESTS_UNIT_FLAG_GROUND_H
/* A folder with flag files in it, and what the providers say of them. */
#include <gonogo/flag/provider.h>

extern struct arena ground;
extern const struct texts tenants;      /* acme, beta, gamma */

void ground_begin(void);                /* .init and .fini of every suite here */
void ground_end(void);
const char *ground_path(const char *name);
void ground_write(const char *name, const char *text);
const char *ground_text(const char *name);
struct flag_binding ground_binding(const char *provider, const char *place, const char *const *args, size_t count);
/* "on off unknown" for the three tenants, in their order. */
const char *ground_served(const struct flag_reading *reading);
struct flag_reading ground_read(const struct flag_binding *binding);
struct flag_aim ground_kill(const char *const *killed, size_t count); /* count 0: everyone */

/* Runs a program with a shell of its own words; its standard output, "" when it failed. */
const char *ground_run(const char *const *argv, int *status);

#endif
