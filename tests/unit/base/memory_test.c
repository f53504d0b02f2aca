#include <config.h>

#include <errno.h>
#include <stdint.h>
#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/buf.h>

#include "fault.h"

TestSuite(arena, .timeout = 20);
TestSuite(buf, .timeout = 20);

Test(arena, gives_zeroed_aligned_memory_apart)
{
	struct arena arena;
	arena_init(&arena, 0);
	char *before = NULL;
	for (size_t size = 0; size < 3000; size += 7) {
		char *got = arena_alloc(&arena, size);
		cr_assert(got != NULL, "%zu bytes", size);
		cr_assert((uintptr_t)got % _Alignof(max_align_t) == 0, "%zu bytes are aligned", size);
		for (size_t i = 0; i < size; i++)
			cr_assert(got[i] == 0, "byte %zu of %zu", i, size);
		memset(got, 0x5a, size);
		cr_assert(got != before, "even nothing has an address of its own");
		before = got;
	}
	arena_release(&arena);
}

Test(arena, keeps_small_room_beside_large_requests)
{
	struct arena arena;
	arena_init(&arena, 0);
	char *first = arena_alloc(&arena, 64);
	char *large = arena_alloc(&arena, 1024 * 1024);
	char *second = arena_alloc(&arena, 64);
	cr_assert(first && large && second, "all three are there");
	cr_assert(second == first + 64, "the block in use is not given up for a large request");
	arena_release(&arena);
}

Test(arena, stops_at_its_cap)
{
	struct arena arena;
	arena_init(&arena, 1000);
	cr_assert(arena_alloc(&arena, 1001) == NULL, "more than the cap");
	cr_assert(arena_alloc(&arena, SIZE_MAX) == NULL, "the largest size there is");
	size_t given = 0;
	while (arena_alloc(&arena, 16) != NULL)
		given += 16;
	cr_assert(given <= 1000 && given >= 900, "%zu bytes given under a cap of 1000", given);
	arena_release(&arena);
	cr_assert(arena_alloc(&arena, 900) != NULL, "a released arena can be used again");
	arena_release(&arena);
}

Test(arena, works_when_only_zeroed)
{
	struct arena arena = { 0 };
	cr_assert(arena_alloc(&arena, 10) != NULL, "cap 0 is the standard cap");
	arena_release(&arena);
}

Test(arena, refuses_an_overflow)
{
	struct arena arena;
	arena_init(&arena, 0);
	cr_assert(arena_array(&arena, SIZE_MAX / 2, 3) == NULL, "count times size wraps");
	cr_assert(arena_array(&arena, 3, 8) != NULL, "a small array is given");
	cr_assert(arena_bytes(&arena, "", SIZE_MAX) == NULL, "no room for the NUL");
	arena_release(&arena);
}

Test(arena, copies_text)
{
	struct arena arena;
	arena_init(&arena, 0);
	cr_assert(arena_str(&arena, NULL) == NULL, "NULL stays NULL");
	cr_assert_str_eq(arena_str(&arena, ""), "", "empty text is text");
	cr_assert_str_eq(arena_str(&arena, "soak"), "soak", "a copy");
	const char *bytes = arena_bytes(&arena, "a\0b", 3);
	cr_assert(bytes && memcmp(bytes, "a\0b", 4) == 0, "bytes, then a NUL");
	cr_assert_str_eq(arena_printf(&arena, "%s/m%d", "R-1", 2), "R-1/m2", "formatted");
	const char *padded = arena_printf(&arena, "%*s", 100000, "x");
	cr_assert(padded && strlen(padded) == 100000, "a long one");
	arena_release(&arena);
}

Test(arena, makes_room_for_growing_arrays)
{
	struct arena arena;
	arena_init(&arena, 0);
	int *items = NULL;
	size_t cap = 0;
	for (size_t count = 0; count < 5000; count++) {
		items = arena_room(&arena, items, count, &cap, sizeof *items);
		cr_assert(items != NULL && cap > count, "room for item %zu", count);
		items[count] = (int)count;
	}
	for (size_t i = 0; i < 5000; i++)
		cr_assert(items[i] == (int)i, "item %zu moved along", i);
	cr_assert(arena_room(&arena, items, SIZE_MAX, &cap, sizeof *items) == NULL, "an impossible count");
	arena_release(&arena);
}

Test(arena, says_when_memory_is_gone)
{
	struct arena arena;
	arena_init(&arena, 0);
	for (int nth = 1; nth <= 3; nth++) {
		fault_from(FAULT_MEMORY, nth, ENOMEM);
		int given = 0;
		while (given < 10 && arena_alloc(&arena, 300 * 1024) != NULL)
			given++;
		cr_assert(given == nth - 1, "the allocation that failed is NULL, those before it hold");
		cr_assert(arena_str(&arena, "x") == NULL || given > 0, "no block, no text");
		fault_from(FAULT_MEMORY, 0, 0);
		cr_assert(arena_alloc(&arena, 300 * 1024) != NULL, "and it goes on once there is memory");
		arena_release(&arena);
	}
}

Test(buf, appends_and_stays_terminated)
{
	struct buf buf = BUF_EMPTY;
	struct err err;
	cr_assert_str_eq(buf_text(&buf), "", "empty is text");
	buf_str(&buf, "a");
	buf_char(&buf, 'b');
	buf_add(&buf, "cd", 2);
	buf_add(&buf, NULL, 0);
	buf_printf(&buf, "%d", 12);
	cr_assert_str_eq(buf_text(&buf), "abcd12", "in order");
	cr_assert(buf.size == 6 && buf_check(&buf, &err) == ERR_NONE, "size without the NUL");
	buf_printf(&buf, "%*s", 70000, "x");
	cr_assert(buf.size == 70006 && strlen(buf.bytes) == 70006, "grows");
	buf_clear(&buf);
	cr_assert_str_eq(buf_text(&buf), "", "cleared");
	buf_release(&buf);
	cr_assert(buf.bytes == NULL && buf.size == 0, "released");
}

Test(buf, is_terminated_at_every_size)
{
	struct buf buf = BUF_EMPTY;
	for (size_t size = 1; size < 600; size++) {
		buf_char(&buf, 'x');
		cr_assert(buf.size == size && buf.room > size && buf.bytes[size] == '\0', "at %zu", size);
	}
	buf_release(&buf);
}

Test(buf, writes_big_endian)
{
	struct buf buf = BUF_EMPTY;
	buf_be32(&buf, 0x01020304ul);
	buf_be64(&buf, 0x05060708090a0b0cull);
	cr_assert(buf.size == 12 && memcmp(buf.bytes, "\1\2\3\4\5\6\7\x8\x9\xa\xb\xc", 12) == 0, "first the greatest");
	buf_release(&buf);
}

Test(buf, remembers_one_failure)
{
	struct buf buf = BUF_EMPTY;
	struct err err;
	buf_str(&buf, "kept");
	fault_once(FAULT_MEMORY, 1, ENOMEM);
	buf_printf(&buf, "%*s", 1000, "lost");
	buf_str(&buf, "!");
	cr_assert(buf_check(&buf, &err) == ERR_SYSTEM && err.kind == ERR_SYSTEM, "the failure is told");
	cr_assert(strstr(err.text, "memory") != NULL, "as one of memory: %s", err.text);
	cr_assert_str_eq(buf_text(&buf), "kept", "nothing was added after it, though there was room");
	buf_clear(&buf);
	buf_str(&buf, "again");
	cr_assert(buf_check(&buf, &err) == ERR_NONE, "a clear forgets it");
	cr_assert_str_eq(buf_text(&buf), "again", "and the buffer works");
	buf_release(&buf);
}

Test(buf, refuses_an_impossible_size)
{
	struct buf buf = BUF_EMPTY;
	buf_str(&buf, "x");
	buf_add(&buf, "y", SIZE_MAX / 2);
	cr_assert(buf.failed, "before it touches a byte");
	buf_release(&buf);
}
