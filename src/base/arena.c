#include <config.h>

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/base/arena.h>

enum { BLOCK_FIRST = 4 * 1024, BLOCK_MOST = 256 * 1024 };

struct arena_block {
	struct arena_block *next;
	size_t used, room;
	max_align_t bytes[];
};

void arena_init(struct arena *arena, size_t cap)
{
	*arena = (struct arena){ .cap = cap ? cap : (size_t)ARENA_CAP_STANDARD };
}

void arena_release(struct arena *arena)
{
	while (arena->blocks) {
		struct arena_block *next = arena->blocks->next;
		free(arena->blocks);
		arena->blocks = next;
	}
	arena->used = 0;
}

/* A block that holds at least `size`.  Large requests get a block of their own behind the current one, so that the
 * rest of the current one is not lost. */
static struct arena_block *add_block(struct arena *arena, size_t size)
{
	struct arena_block *current = arena->blocks;
	size_t room = current ? current->room * 2 : (size_t)BLOCK_FIRST;
	if (room > BLOCK_MOST)
		room = BLOCK_MOST;
	const bool alone = size > room / 2;
	if (alone)
		room = size;
	struct arena_block *block = calloc(1, sizeof *block + room);
	if (!block)
		return NULL;
	block->room = room;
	if (alone && current) {
		block->next = current->next;
		current->next = block;
	} else {
		block->next = current;
		arena->blocks = block;
	}
	return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	const size_t cap = arena->cap ? arena->cap : (size_t)ARENA_CAP_STANDARD;
	const size_t step = _Alignof(max_align_t);
	if (size == 0)
		size = 1;
	if (size > cap)
		return NULL;
	const size_t rounded = (size + step - 1) / step * step;
	if (arena->used > cap || size > cap - arena->used)
		return NULL;
	struct arena_block *block = arena->blocks;
	if (!block || block->room - block->used < rounded)
		block = add_block(arena, rounded);
	if (!block)
		return NULL;
	void *got = (char *)block->bytes + block->used;
	block->used += rounded;
	arena->used += rounded;
	return got;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		return NULL;
	return arena_alloc(arena, count * size);
}

char *arena_str(struct arena *arena, const char *text)
{
	return text ? arena_bytes(arena, text, strlen(text)) : NULL;
}

char *arena_bytes(struct arena *arena, const void *bytes, size_t size)
{
	if (size == SIZE_MAX)
		return NULL;
	char *copy = arena_alloc(arena, size + 1);
	if (copy && size > 0)
		memcpy(copy, bytes, size);
	return copy;
}

char *arena_printf(struct arena *arena, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	char *text = arena_vprintf(arena, fmt, args);
	va_end(args);
	return text;
}

char *arena_vprintf(struct arena *arena, const char *fmt, va_list args)
{
	va_list again;
	va_copy(again, args);
	const int size = vsnprintf(NULL, 0, fmt, args);
	char *text = size < 0 ? NULL : arena_alloc(arena, (size_t)size + 1);
	if (text)
		(void)vsnprintf(text, (size_t)size + 1, fmt, again);
	va_end(again);
	return text;
}

void *arena_room(struct arena *arena, void *items, size_t count, size_t *cap, size_t size)
{
	if (items && count < *cap)
		return items;
	if (count > SIZE_MAX / 2)
		return NULL;
	const size_t more = count < 4 ? 8 : count * 2;
	void *moved = arena_array(arena, more, size);
	if (!moved)
		return NULL;
	if (items && count > 0)
		memcpy(moved, items, count * size);
	*cap = more;
	return moved;
}
