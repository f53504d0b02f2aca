#ifndef GONOGO_DOC_FORM_VALUE_H
#define GONOGO_DOC_FORM_VALUE_H
/* The values of a form's fields, shape by shape: what form.c reads behind and below a key. */
#include <gonogo/doc/form.h>

enum { FORM_PREFIX_MAX = 32 };

struct reading {
	struct lines *lines;
	const struct form_field *field;
	const struct line *line; /* that holds the field's key; already passed */
	const char *value;       /* behind the key */
	void *member;
};

/* Sets *member, or complains with the line. */
enum err_kind form_read_value(const struct reading *r, struct err *err) MUST_CHECK;
/* Does the field's value stand below its key, one item a line? */
bool form_is_block(const struct form_field *field);
/* "  - ", or "  3. " where the items are numbered; into out[FORM_PREFIX_MAX]. */
const char *form_item_prefix(const struct form_field *field, size_t number, char *out);

#endif
