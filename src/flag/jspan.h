#ifndef GONOGO_FLAG_JSPAN_H
#define GONOGO_FLAG_JSPAN_H
/*
 * Where the parts of a JSON text stand in it, so that one of them can be replaced and every other byte stays.  The text has been found to be JSON
 * before (by jansson): what stands here only finds its way in it.  Private to flag.
 */
#include <stdbool.h>
#include <stddef.h>

#include <gonogo/base/arena.h>

struct jspan { size_t at, size; };
struct jmember {
	struct jspan key;              /* with its quotes */
	struct jspan value;
	size_t count;                  /* how often the object has the key: readers take the last */
};

/* The whole value of a text, without the white space around it. */
struct jspan jspan_root(const char *text, size_t size);
/* Walks an object: false after its last member.  Begin with *cursor 0. */
bool jspan_next(const char *text, struct jspan object, size_t *cursor, struct jmember *out);
/* The member of this name, the last one of several; false when there is none.  Names are compared as readers read them, escapes undone. */
bool jspan_find(const char *text, struct jspan object, const char *name, struct jmember *out);
bool jspan_is(const char *text, struct jspan value, const char *raw);

/* Replacements in a text, made in one go. */
struct jedit { struct jspan span; const char *raw; size_t size; };
enum { JEDITS_MAX = 8 };
struct jedits { struct jedit items[JEDITS_MAX]; size_t count; };
void jedits_replace(struct jedits *edits, struct jspan span, const char *raw, size_t size);
/* Adds a member behind the last one of a non-empty object, spaced as its neighbours are; false for want of memory. */
bool jedits_insert(struct jedits *edits, const char *text, struct jspan object, const char *name, const char *raw, size_t size, struct arena *arena);
/* Takes a member away, with the comma and the white space that came with it. */
void jedits_remove(struct jedits *edits, const char *text, struct jspan object, const struct jmember *member);
/* The edited text; NULL for want of memory. */
char *jedits_apply(struct jedits *edits, const char *text, size_t size, struct arena *arena, size_t *out_size);

#endif
