#include <config.h>

#include <criterion/criterion.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include <gonogo/base/buf.h>

#include "ground.h"

TestSuite(editor, .init = ground_begin, .fini = ground_end, .timeout = 120, .description = "seeded random definition files: only the flag's own bytes differ");

enum { DOCUMENTS = 300, OWN_MAX = 3 };

/* A generator of its own, so that a seed means the same document everywhere. */
static uint64_t state;

static unsigned below(unsigned n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)(state % n);
}

static void space(struct buf *out)
{
	static const char *const spaces[] = { "", "", "", " ", "\n", "\t", "\r\n", "  \n\t " };

	buf_str(out, spaces[below(8)]);
}

static void text(struct buf *out)
{
	static const char *const texts[] = { "\"\"", "\"a\"", "\"}\"", "\"{\\\"flags\\\":[\"", "\"\\\\\"", "\"\\u00e9\\n\"", "\"\xc3\xa9,:\"", "\"\\ud83d\\ude80\"" };

	buf_str(out, texts[below(8)]);
}

static void value(struct buf *out, int depth)
{
	static const char *const plain[] = { "true", "false", "null", "0", "-1.50e+3", "12" };
	const unsigned kind = below(depth > 3 ? 7 : 9), count = below(4);

	if (kind < 6) {
		buf_str(out, plain[kind]);
	} else if (kind == 6) {
		text(out);
	} else {
		buf_char(out, kind == 7 ? '[' : '{');
		for (unsigned i = 0; i < count; i++) {
			space(out);
			if (kind == 8)
				buf_printf(out, "\"k%u\"", i);
			if (kind == 8)
				space(out);
			buf_str(out, kind == 8 ? ":" : "");
			value(out, depth + 1);
			space(out);
			buf_str(out, i + 1 < count ? "," : "");
		}
		space(out);
		buf_char(out, kind == 7 ? ']' : '}');
	}
}

static void member(struct buf *out, const char *name, const char *raw, bool *first)
{
	space(out);
	buf_str(out, *first ? "" : ",");
	*first = false;
	space(out);
	buf_printf(out, "\"%s\"", name);
	space(out);
	buf_char(out, ':');
	space(out);
	if (raw)
		buf_str(out, raw);
	else
		value(out, 1);
	space(out);
}

/* The flag, its members in any order, two of them sometimes absent, others of its own between them. */
static void flag(struct buf *out)
{
	static const char *const rules[] = { "{}", "null", "{ \"if\" : [ {\"in\":[{\"var\":\"tenantId\"},[\"acme\",\t\"beta\"]]}, \"on\" ] }",
					     "{\"if\":[{\"==\":[{\"var\":\"tenantId\"},\"gamma\"]},\n\"off\",\"on\"]}" };
	const unsigned turn = below(4), lacks = below(4);
	bool first = true;

	buf_char(out, '{');
	for (unsigned i = 0; i < 4; i++) {
		const unsigned which = (i + turn) % 4;

		if (below(3) == 0) {
			char own[16];

			(void)snprintf(own, sizeof own, "x%u", i);
			member(out, own, NULL, &first);
		}
		if (which == 0)
			member(out, "state", "\"ENABLED\"", &first);
		else if (which == 1)
			member(out, "variants", "{ \"on\" : true ,\"off\":false}", &first);
		else if (which == 2 && lacks != 2)
			member(out, "defaultVariant", below(2) ? "\"off\"" : "\"on\"", &first);
		else if (which == 3 && lacks != 3)
			member(out, "targeting", rules[below(4)], &first);
	}
	space(out);
	buf_char(out, '}');
}

/* The whole file: `at` and `size` of the flag's own bytes. */
static const char *document(uint64_t seed, size_t *at, size_t *size, size_t *whole)
{
	struct buf out = BUF_EMPTY;
	const char *copy;

	state = seed * 0x9e3779b97f4a7c15u + 1;
	space(&out);
	buf_char(&out, '{');
	for (unsigned i = below(3); i > 0; i--) {
		buf_printf(&out, "\"top%u\":", i);
		value(&out, 0);
		space(&out);
		buf_char(&out, ',');
	}
	buf_str(&out, "\"flags\"");
	space(&out);
	buf_str(&out, ":{");
	for (unsigned i = below(3); i > 0; i--) {
		buf_printf(&out, "\"before%u\":", i);
		value(&out, 0);
		buf_char(&out, ',');
	}
	space(&out);
	buf_str(&out, below(4) ? "\"FILTER\"" : "\"FI\\u004cTER\"");
	space(&out);
	buf_char(&out, ':');
	space(&out);
	*at = out.size;
	flag(&out);
	*size = out.size - *at;
	if (below(2)) {
		buf_str(&out, ",\"after\":");
		value(&out, 0);
	}
	space(&out);
	buf_char(&out, '}');
	space(&out);
	buf_char(&out, '}');
	space(&out);
	*whole = out.size;
	copy = arena_bytes(&ground, buf_text(&out), out.size);
	buf_release(&out);
	return copy;
}

/* Outside the flag no byte, and inside it no member but the three. */
static void expect_only_its_own(const char *text, size_t at, size_t size, size_t whole, uint64_t seed)
{
	static const char *const own[OWN_MAX] = { "state", "defaultVariant", "targeting" };
	const char *now = ground_text("flags.json");
	const size_t now_whole = strlen(now), tail = whole - at - size;
	json_t *before = json_loads(text, 0, NULL), *after = json_loads(now, 0, NULL), *was, *is;

	cr_assert(before && after, "seed %" PRIu64 ": no JSON\n%s\n%s", seed, text, now);
	cr_assert(now_whole >= at + tail && memcmp(now, text, at) == 0 && memcmp(now + now_whole - tail, text + whole - tail, tail) == 0,
		  "seed %" PRIu64 ": bytes outside the flag differ\n%s\n%s", seed, text, now);
	was = json_object_get(json_object_get(before, "flags"), "FILTER");
	is = json_object_get(json_object_get(after, "flags"), "FILTER");
	for (size_t i = 0; i < OWN_MAX; i++) {
		(void)json_object_del(was, own[i]);
		(void)json_object_del(is, own[i]);
	}
	cr_assert(json_equal(was, is), "seed %" PRIu64 ": another member of the flag differs\n%s\n%s", seed, text, now);
	json_decref(before);
	json_decref(after);
}

static void one(uint64_t seed)
{
	const struct flag_binding b = ground_binding("flagd", ground_path("flags.json"), NULL, 0);
	const struct flag_provider *provider = flag_provider_find("flagd");
	struct flag_aim aims[3] = { ground_kill((const char *const[]){ "beta" }, 1), ground_kill(NULL, 0), { .everyone = true, .tenants = tenants } };
	const struct flag_aim nobody = { .tenants = tenants };
	struct flag_reading before, now;
	size_t at, size, whole;
	const char *text = document(seed, &at, &size, &whole);
	struct err err;

	aims[2].except = (struct texts){ (const char *const[]){ "acme" }, 1 };
	ground_write("flags.json", text);
	before = ground_read(&b);
	cr_assert(before.kept, "seed %" PRIu64 ": %s\n%s", seed, before.reason, text);
	for (unsigned i = 0; i < 3; i++) {
		struct flag_aim aim = aims[(i + seed) % 3];

		aim.kept = before.kept;
		cr_assert(!provider->kill(&b, &aim, &ground, &now, &err), "seed %" PRIu64 ": %s\n%s", seed, err.text, text);
		for (size_t k = 0; k < now.count; k++)
			cr_assert(now.tenants[k].served == (flag_aims_at(&aim, now.tenants[k].id) ? FLAG_OFF : before.tenants[k].served), "seed %" PRIu64 ": %s\n%s",
				  seed, now.tenants[k].id, ground_text("flags.json"));
		expect_only_its_own(text, at, size, whole, seed);
	}
	{
		struct flag_aim aim = nobody;

		aim.kept = before.kept;
		cr_assert(!provider->restore(&b, &aim, &ground, &now, &err), "seed %" PRIu64 ": %s\n%s", seed, err.text, text);
	}
	cr_assert_str_eq(ground_text("flags.json"), text, "seed %" PRIu64, seed);
}

Test(editor, changes_only_the_flags_own_bytes_and_puts_them_back)
{
	for (uint64_t seed = 1; seed <= DOCUMENTS; seed++)
		one(seed);
}
