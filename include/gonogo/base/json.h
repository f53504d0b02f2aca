#ifndef GONOGO_BASE_JSON_H
#define GONOGO_BASE_JSON_H
/*
 * JSON: one strict reader (jansson: no duplicate keys, no NUL, no depth) for the flat objects gonogo stores, and one writer that
 * always writes the same bytes for the same values.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/buf.h>

/* A flat object: text, integers, arrays of either.  Nothing else is accepted. */
enum json_type { JSON_TEXT, JSON_INT, JSON_TEXTS, JSON_INTS };
struct json_value {
	const char *key;
	enum json_type type;          /* an empty array reads as JSON_TEXTS with count 0 */
	const char *text;
	int64_t integer;
	const char *const *texts;
	const int64_t *ints;
	size_t count;
};
struct json_object {
	const struct json_value *values; /* in the order of the text */
	size_t count;
};

/* Everything in `arena`.  ERR_INPUT with a sentence on anything else than one flat object: floats, booleans, null, nesting, duplicate keys,
 * \u0000, trailing bytes, keys outside [a-z][a-z0-9_]*. */
enum err_kind json_read_flat(const char *text, size_t size, struct arena *arena, struct json_object *out, struct err *err) MUST_CHECK;
const struct json_value *json_find(const struct json_object *object, const char *key); /* NULL when absent */

/* Writer: compact, one line; commas are its own business.  Non-ASCII stays UTF-8 as it is; `"`, `\` and control characters are escaped. */
struct json_writer {
	struct buf *out;
	bool comma;
	bool escape; /* also write bidi, zero-width, C1 and DEL as \uXXXX: set for output, never for stored bodies */
};
void json_open(struct json_writer *w, const char *key, char bracket /* '{' or '[' ; key NULL inside arrays and at the top */);
void json_close(struct json_writer *w, char bracket /* '}' or ']' */);
void json_text(struct json_writer *w, const char *key, const char *text); /* NULL text writes null */
void json_int(struct json_writer *w, const char *key, int64_t value);
void json_bool(struct json_writer *w, const char *key, bool value);
void json_nothing(struct json_writer *w, const char *key); /* null; jansson has taken the plain name */

#endif
