#ifndef GONOGO_TESTS_UNIT_STORE_GROUND_H
#define GONOGO_TESTS_UNIT_STORE_GROUND_H
/*
 * What the tests of the store stand on: a ledger in a folder of its own, facts written into it in one line each, and rows read back from the file
 * by a connection that is not the store's.
 */
#include <stdbool.h>
#include <stdint.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/err.h>
#include <gonogo/core/fact.h>
#include <gonogo/store/store.h>

struct ground {
	struct arena arena;
	char *dir;
	const char *path;   /* of the ledger */
	struct store *store;
	struct err err;
	instant at;         /* of the next fact; every fact takes a minute */
	int64_t facts;      /* how many were given: for action ids */
};

/* A new, empty ledger. */
bool ground_make(struct ground *ground);
/* As above, and opened by alice on 2025-01-01. */
bool ground_open(struct ground *ground);
void ground_leave(struct ground *ground);
const char *ground_in(struct ground *ground, const char *name);

/* A fact as the next `give` would write it. */
struct fact ground_fact(struct ground *ground, const char *kind, const char *release, const char *tenant, const char *body);
/* Appends, projects and commits; what went wrong is in ground->err. */
enum err_kind ground_write(struct ground *ground, struct fact *fact);
/* As above by alice; `release` and `tenant` NULL: none, all. */
bool give(struct ground *ground, const char *kind, const char *release, const char *tenant, const char *body);

/* The rows of a query, "a|b\nc|d", null as "-"; "error: ..." when it fails. */
const char *ground_rows(struct ground *ground, const char *sql);
/* Runs SQL on the file behind the store's back; "" or what SQLite says. */
const char *ground_tamper(struct ground *ground, const char *sql);

#endif
