#ifndef GONOGO_DOC_FORM_H
#define GONOGO_DOC_FORM_H
/*
 * A document of "Key: value" lines as one table: parse and print walk the same rows, in order, so that they cannot disagree and every complaint
 * about an unknown, repeated or misplaced line is worded once.  Manifest, exposure plan, kill switch and rollback plan are such tables.
 */
#include <stdbool.h>
#include <stddef.h>

#include <gonogo/core/words.h>
#include <gonogo/doc/lines.h>

enum form_shape {
	FORM_TEXT,    /* const char * */
	FORM_WORD,    /* an enum, by its title in `words` */
	FORM_DATE,    /* instant: 00:00:00Z of "2025-01-15"; WHEN_NONE prints nothing */
	FORM_SPAN,    /* int64_t seconds; 0 prints nothing */
	FORM_LIST,    /* struct texts, comma separated in one line */
	FORM_BULLETS, /* struct texts, "  - item" lines below the key */
	FORM_STEPS,   /* struct texts, "  1. item" lines below the key */
};
struct form_field {
	const char *key;  /* without the colon */
	const char *what; /* "the release id": names the value in complaints */
	enum form_shape shape;
	enum text_kind text;      /* of the value, or of each item */
	const struct word *words; /* FORM_WORD */
	bool optional;            /* absent in, absent out (I-12) */
	bool spaced;              /* an empty line before it */
	size_t offset;            /* of the member in the document's struct */
	/* What the value must be beyond its shape; NULL: nothing. `value` is the line's text behind the key. */
	enum err_kind (*check)(const struct lines *lines, const struct line *line, const char *value, struct err *err);
};
struct form {
	const char *name; /* "the manifest" */
	const struct form_field *fields;
	size_t count;
};

/* Reads the form's lines and stops behind the last; the members that `fields` name are set, the rest of `out` is not touched. */
enum err_kind form_read(const struct form *form, struct lines *lines, void *out, struct err *err) MUST_CHECK;
/* The same for a document that is this form alone: nothing may follow. */
enum err_kind form_parse(const struct form *form, struct lines *lines, void *out, struct err *err) MUST_CHECK;
/* A required value that is not given prints as "Key:". */
void form_print(const struct form *form, const void *document, struct buf *out);

#endif
