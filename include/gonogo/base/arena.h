#ifndef GONOGO_BASE_ARENA_H
#define GONOGO_BASE_ARENA_H
/*
 * Memory of one request: everything allocated from an arena is released at once.  Allocation returns NULL when
 * memory or the arena's cap is exhausted, which callers turn into err_memory(); nothing here aborts.
 */
#include <stdarg.h>
#include <stddef.h>

#include <gonogo/base/err.h>

struct arena_block;
struct arena {
	struct arena_block *blocks;
	size_t used, cap; /* bytes handed out, and the most that may be; cap 0: ARENA_CAP_STANDARD */
};

enum { ARENA_CAP_STANDARD = 256 * 1024 * 1024 };

void arena_init(struct arena *arena, size_t cap);
void arena_release(struct arena *arena); /* frees everything; the arena can be used again */

/* Zeroed memory, aligned for any object; NULL when it cannot be had. */
void *arena_alloc(struct arena *arena, size_t size) MUST_CHECK;
/* As above for `count` items, refusing an overflow. */
void *arena_array(struct arena *arena, size_t count, size_t size) MUST_CHECK;
/* Copies, NUL-terminated; arena_str(NULL) is NULL. */
char *arena_str(struct arena *arena, const char *text) MUST_CHECK;
char *arena_bytes(struct arena *arena, const void *bytes, size_t size) MUST_CHECK;
char *arena_printf(struct arena *arena, const char *fmt, ...) PRINTF_LIKE(2, 3) MUST_CHECK;
char *arena_vprintf(struct arena *arena, const char *fmt, va_list args) PRINTF_LIKE(2, 0) MUST_CHECK;

/*
 * Makes room for one more item in an array that lives in the arena: returns the array (moved if need be) whose *cap is
 * more than `count`, or NULL.  `items` may be NULL with *cap 0.  Use: p = arena_room(a, v->items, v->count, &v->cap, sizeof *p).
 */
void *arena_room(struct arena *arena, void *items, size_t count, size_t *cap, size_t size) MUST_CHECK;

#endif
