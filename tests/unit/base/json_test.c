#include <config.h>

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <jansson.h>

#include <gonogo/base/json.h>

#include "fault.h"

TestSuite(json, .timeout = 20);

Test(json, reads_a_flat_object_in_order)
{
	static const char text[] = " {\"v\":1,\"reason\":\"caf\\u00e9 \\\"x\\\"\\n\",\"roles\":[\"dev\",\"qa\"],"
				   "\"seqs\":[-3,9223372036854775807],\"none\":[]}\n";
	struct arena arena;
	struct json_object object;
	struct err err = { 0 };
	arena_init(&arena, 0);
	cr_assert(json_read_flat(text, sizeof text - 1, &arena, &object, &err) == ERR_NONE, "%s", err.text);
	cr_assert(object.count == 5, "five values");
	const struct json_value *v = object.values;
	cr_assert(strcmp(v[0].key, "v") == 0 && v[0].type == JSON_INT && v[0].integer == 1, "v");
	cr_assert(strcmp(v[1].key, "reason") == 0 && v[1].type == JSON_TEXT, "reason");
	cr_assert_str_eq(v[1].text, "caf\xc3\xa9 \"x\"\n", "escapes are read");
	cr_assert(v[2].type == JSON_TEXTS && v[2].count == 2 && strcmp(v[2].texts[1], "qa") == 0, "roles");
	cr_assert(v[3].type == JSON_INTS && v[3].count == 2 && v[3].ints[0] == -3 && v[3].ints[1] == INT64_MAX, "seqs");
	cr_assert(v[4].type == JSON_TEXTS && v[4].count == 0, "an empty array is one of texts");
	cr_assert(json_find(&object, "roles") == &v[2] && json_find(&object, "role") == NULL, "found by key");
	cr_assert(json_read_flat("{}", 2, &arena, &object, &err) == ERR_NONE && object.count == 0, "an empty object");
	arena_release(&arena);
}

Test(json, refuses_everything_else)
{
	static const char *const rows[] = {
		"",
		" ",
		"null",
		"true",
		"1",
		"\"x\"",
		"[]",
		"[{}]",
		"{",
		"{}}",
		"{} {}",
		"{}x",
		"{\"a\":}",
		"{\"a\":1,}",
		"{'a':1}",
		"{a:1}",
		"{\"a\":1 \"b\":2}",
		"{\"a\":01}",
		"{\"a\":+1}",
		"{\"a\":1.0}",
		"{\"a\":1e3}",
		"{\"a\":-}",
		"{\"a\":9223372036854775808}",
		"{\"a\":true}",
		"{\"a\":false}",
		"{\"a\":null}",
		"{\"a\":{}}",
		"{\"a\":[[]]}",
		"{\"a\":[{}]}",
		"{\"a\":[null]}",
		"{\"a\":[1,\"x\"]}",
		"{\"a\":[\"x\",1]}",
		"{\"a\":[1,2.5]}",
		"{\"a\":1,\"a\":1}",
		"{\"a\":1,\"\\u0061\":2}",
		"{\"a\":\"\\u0000\"}",
		"{\"a\":[\"\\u0000\"]}",
		"{\"a\\u0000b\":1}",
		"{\"A\":1}",
		"{\"\":1}",
		"{\"1a\":1}",
		"{\"_a\":1}",
		"{\"a-b\":1}",
		"{\"a.b\":1}",
		"{\"caf\xc3\xa9\":1}",
		"{\"a\":\"\\ud800\"}",
		"{\"a\":\"\xff\"}",
		"{\"a\":\"\xc0\xaf\"}",
		"{\"a\":\"\xed\xa0\x80\"}",
		"{\"a\":\"\n\"}",
		"{\"a\":\"\\x41\"}",
		"// x\n{}",
		"\xef\xbb\xbf{}",
		"{\"a\":NaN}",
		"{\"a\":Infinity}",
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct arena arena;
		struct json_object object = { .count = 77 };
		struct err err = { 0 };
		arena_init(&arena, 0);
		cr_assert(json_read_flat(rows[i], strlen(rows[i]), &arena, &object, &err) == ERR_INPUT, "%s", rows[i]);
		cr_assert(strstr(err.text, "JSON") != NULL && object.count == 77, "%s: %s", rows[i], err.text);
		arena_release(&arena);
	}
}

Test(json, stops_at_the_size_and_at_a_nul)
{
	struct arena arena;
	struct json_object object;
	struct err err;
	arena_init(&arena, 0);
	cr_assert(
		json_read_flat("{}garbage", 2, &arena, &object, &err) == ERR_NONE, "bytes past the size are not read");
	cr_assert(json_read_flat("{}\0", 3, &arena, &object, &err) == ERR_INPUT, "a NUL within it is");
	cr_assert(json_read_flat("{\"a\":\"x\0y\"}", 11, &arena, &object, &err) == ERR_INPUT, "also in a string");
	arena_release(&arena);
}

Test(json, bears_deep_nesting)
{
	static char text[200001];
	struct arena arena;
	struct json_object object;
	struct err err;
	arena_init(&arena, 0);
	memset(text, '[', sizeof text - 1);
	cr_assert(json_read_flat(text, sizeof text - 1, &arena, &object, &err) == ERR_INPUT, "of arrays");
	for (size_t i = 0; i + 5 < sizeof text; i += 5)
		memcpy(text + i, "{\"a\":", 5);
	cr_assert(json_read_flat(text, sizeof text - 1, &arena, &object, &err) == ERR_INPUT, "of objects");
	arena_release(&arena);
}

Test(json, tells_when_the_arena_is_full)
{
	static const char text[] = "{\"v\":1,\"reason\":\"because\",\"roles\":[\"dev\",\"qa\"],\"seqs\":[1,2,3]}";
	bool is_read = false;
	int failures = 0;
	for (size_t cap = 1; !is_read; cap += 8) {
		struct arena arena;
		struct json_object object;
		struct err err;
		arena_init(&arena, cap);
		const enum err_kind kind = json_read_flat(text, sizeof text - 1, &arena, &object, &err);
		cr_assert(kind == ERR_NONE || (kind == ERR_SYSTEM && strstr(err.text, "memory")), "cap %zu: %s", cap,
			err.text);
		is_read = kind == ERR_NONE;
		failures += !is_read;
		arena_release(&arena);
	}
	cr_assert(failures > 10, "every allocation had its turn: %d", failures);
}

static int allowed;

static void *scarce_malloc(size_t size)
{
	return allowed-- > 0 ? malloc(size) : NULL;
}

Test(json, tells_when_the_parser_has_no_memory)
{
	static const char text[] = "{\"v\":1,\"reason\":\"because\",\"roles\":[\"dev\",\"qa\"]}";
	bool is_read = false;
	json_set_alloc_funcs(scarce_malloc, free);
	for (int n = 0; !is_read; n++) {
		struct arena arena;
		struct json_object object;
		struct err err = { 0 };
		arena_init(&arena, 0);
		allowed = n;
		const enum err_kind kind = json_read_flat(text, sizeof text - 1, &arena, &object, &err);
		cr_assert(kind == ERR_NONE || err.kind == kind, "allocation %d: %s", n, err.text);
		cr_assert(kind != ERR_NONE || object.count == 3, "allocation %d: all or nothing", n);
		is_read = kind == ERR_NONE;
		arena_release(&arena);
	}
}

Test(json, writes_one_compact_line)
{
	struct buf out = BUF_EMPTY;
	struct json_writer w = { .out = &out };
	json_open(&w, NULL, '{');
	json_text(&w, "id", "R-1");
	json_text(&w, "none", NULL);
	json_int(&w, "seq", INT64_MIN);
	json_bool(&w, "go", false);
	json_nothing(&w, "at");
	json_open(&w, "rows", '[');
	json_int(&w, NULL, 1);
	json_open(&w, NULL, '{');
	json_close(&w, '}');
	json_open(&w, NULL, '[');
	json_close(&w, ']');
	json_bool(&w, NULL, true);
	json_close(&w, ']');
	json_text(&w, "end", "");
	json_close(&w, '}');
	cr_assert_str_eq(buf_text(&out),
		"{\"id\":\"R-1\",\"none\":null,\"seq\":-9223372036854775808,\"go\":false,\"at\":null,"
		"\"rows\":[1,{},[],true],\"end\":\"\"}",
		"commas where they belong");
	buf_release(&out);
}

static const char *written(struct buf *out, const char *text, bool escape)
{
	struct json_writer w = { .out = out, .escape = escape };
	buf_clear(out);
	json_text(&w, NULL, text);
	return buf_text(out);
}

Test(json, escapes_what_it_must)
{
	struct buf out = BUF_EMPTY;
	cr_assert_str_eq(written(&out, "a\"b\\c/", false), "\"a\\\"b\\\\c/\"", "quote and backslash");
	cr_assert_str_eq(
		written(&out, "\b\t\n\f\r\x01\x1b\x1f", false), "\"\\b\\t\\n\\f\\r\\u0001\\u001b\\u001f\"", "controls");
	cr_assert_str_eq(written(&out, "caf\xc3\xa9\x7f\xe2\x80\xae", false), "\"caf\xc3\xa9\x7f\xe2\x80\xae\"",
		"stored bodies keep the rest as it is");
	cr_assert_str_eq(written(&out, "caf\xc3\xa9\x7f\xc2\x9b\xe2\x80\xae\xe2\x80\xa8\xf3\xa0\x81\x81\xff", true),
		"\"caf\xc3\xa9\\u007f\\u009b\\u202e\\u2028\\udb40\\udc41\\\\xff\"", "output steers no terminal");
	buf_release(&out);
}

Test(json, reads_what_it_writes)
{
	struct arena arena;
	struct buf out = BUF_EMPTY;
	arena_init(&arena, 0);
	for (int escape = 0; escape < 2; escape++)
		for (int c = 1; c < 0x300; c++) {
			char text[8] = "x";
			struct json_writer w = { .out = &out, .escape = escape != 0 };
			struct json_object object;
			struct err err = { 0 };
			if (c < 0x80) {
				text[1] = (char)c;
			} else {
				text[1] = (char)(0xc0 | c >> 6);
				text[2] = (char)(0x80 | (c & 0x3f));
			}
			buf_clear(&out);
			json_open(&w, NULL, '{');
			json_text(&w, "a", text);
			json_close(&w, '}');
			cr_assert(json_read_flat(out.bytes, out.size, &arena, &object, &err) == ERR_NONE, "U+%04X: %s",
				(unsigned)c, err.text);
			cr_assert_str_eq(object.values[0].text, text, "U+%04X", (unsigned)c);
		}
	buf_release(&out);
	arena_release(&arena);
}

Test(json, tells_a_lost_byte_through_its_buffer)
{
	struct buf out = BUF_EMPTY;
	struct json_writer w = { .out = &out };
	struct err err;
	fault_from(FAULT_MEMORY, 1, ENOMEM);
	json_open(&w, NULL, '{');
	json_close(&w, '}');
	cr_assert(buf_check(&out, &err) == ERR_SYSTEM, "one check at the end is enough");
	buf_release(&out);
}
