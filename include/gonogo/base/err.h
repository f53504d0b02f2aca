#ifndef GONOGO_BASE_ERR_H
#define GONOGO_BASE_ERR_H
/*
 * Errors as values.  A fallible function returns an `enum err_kind` and fills a `struct err` that the
 * caller holds with one finished sentence: what happened, why (the rule, or file:line), what to do next.
 * GO or not is never an error.  Owns nothing, never prints.
 */

/* The kinds are the exit codes of gonogo(1) for failures; 0, 1 and 8 are answers and stand elsewhere. */
enum err_kind {
	ERR_NONE = 0,
	ERR_USAGE = 2,     /* the caller asked wrongly, or left out what a rule requires */
	ERR_REFUSED = 3,   /* a rule, or the want of a role, key or enrolment */
	ERR_INPUT = 4,     /* a document, policy or configuration does not hold */
	ERR_MISSING = 5,   /* no such release, tenant, person, rule */
	ERR_BUSY = 6,      /* busy, or changed meanwhile: try again */
	ERR_SYSTEM = 7,    /* storage, memory, clock, child process */
	ERR_INTEGRITY = 9, /* the ledger, or a signature in it, does not hold */
};

enum { ERR_TEXT_MAX = 4096, ERR_OPTION_MAX = 24 };

struct err {
	enum err_kind kind;
	char text[ERR_TEXT_MAX]; /* without "gonogo: " and without a final newline */
	char option[ERR_OPTION_MAX]; /* the option that would have given what is missing ("--note TEXT"): a command line names it, a form goes to it; "" */
};

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

/* Sets kind and sentence (cut at the cap, on a UTF-8 border) and returns `kind`, so that a caller can `return err_set(...)`.
 * `err` may be NULL: then only the kind travels. */
enum err_kind err_set(struct err *err, enum err_kind kind, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* ERR_USAGE for something that was not given, with the option that gives it. */
enum err_kind err_missing_option(struct err *err, const char *option, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* Puts "CONTEXT: " before the sentence already there. */
void err_prefix(struct err *err, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* The one sentence for memory that could not be had; always returns ERR_SYSTEM. */
enum err_kind err_memory(struct err *err);

/* "usage", "refused", "input", "missing", "busy", "system", "integrity": the `kind` of an error in JSON. */
const char *err_kind_name(enum err_kind kind);

#endif
