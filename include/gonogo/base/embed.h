#ifndef GONOGO_BASE_EMBED_H
#define GONOGO_BASE_EMBED_H
/*
 * Data files that travel inside the binary: SQL, templates, the demo.  The list is EMBED in data/Makefile.inc.  Owns nothing at run time, reads
 * no file system.
 */
#include <stddef.h>

struct embedded {
	const char *name;  /* path below data/: "sql/schema/001.sql" */
	const char *bytes; /* as in the file; a NUL stands after the last byte and is not counted */
	size_t size;
};

/* NULL when no file of that name was embedded. */
const struct embedded *embed_find(const char *name);

/* The i-th file in the order of EMBED, NULL past the last. */
const struct embedded *embed_at(size_t i);

#endif
