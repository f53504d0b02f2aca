#include <config.h>

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <gonogo/base/buf.h>

#include "jspan.h"

static size_t skip_space(const char *text, size_t at)
{
	while (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')
		at++;
	return at;
}

static size_t skip_string(const char *text, size_t at)
{
	for (at++; text[at] != '"'; at++)
		if (text[at] == '\\')
			at++;
	return at + 1;
}

/* From the first byte of a value to the one behind it. */
static size_t skip_value(const char *text, size_t at)
{
	size_t depth = 0;

	do {
		switch (text[at]) {
		case '"':
			at = skip_string(text, at);
			continue;
		case '{':
		case '[':
			depth++;
			break;
		case '}':
		case ']':
			depth--;
			break;
		default:
			if (depth)
				break;
			while (text[at] && !strchr(",]} \t\r\n", text[at]))
				at++;
			return at;
		}
		at++;
	} while (depth);
	return at;
}

struct jspan jspan_root(const char *text, size_t size)
{
	const size_t at = skip_space(text, 0);

	(void)size;
	return (struct jspan){ at, skip_value(text, at) - at };
}

bool jspan_next(const char *text, struct jspan object, size_t *cursor, struct jmember *out)
{
	size_t at = skip_space(text, *cursor ? *cursor : object.at + 1);

	if (text[at] == ',')
		at = skip_space(text, at + 1);
	if (text[at] != '"')
		return false;
	out->key.at = at;
	at = skip_string(text, at);
	out->key.size = at - out->key.at;
	at = skip_space(text, skip_space(text, at) + 1);
	out->value.at = at;
	*cursor = skip_value(text, at);
	out->value.size = *cursor - at;
	out->count = 1;
	return true;
}

static bool is_named(const char *text, struct jspan key, const char *name)
{
	const size_t size = strlen(name);
	json_t *read;
	bool is_same;

	if (!memchr(text + key.at, '\\', key.size))
		return key.size == size + 2 && memcmp(text + key.at + 1, name, size) == 0;
	read = json_loadb(text + key.at, key.size, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
	is_same = read && json_string_length(read) == size && memcmp(json_string_value(read), name, size) == 0;
	json_decref(read);
	return is_same;
}

bool jspan_find(const char *text, struct jspan object, const char *name, struct jmember *out)
{
	struct jmember member;
	size_t cursor = 0, count = 0;

	while (jspan_next(text, object, &cursor, &member)) {
		if (!is_named(text, member.key, name))
			continue;
		*out = member;
		out->count = ++count;
	}
	return count > 0;
}

bool jspan_is(const char *text, struct jspan value, const char *raw)
{
	return value.size == strlen(raw) && memcmp(text + value.at, raw, value.size) == 0;
}

void jedits_replace(struct jedits *edits, struct jspan span, const char *raw, size_t size)
{
	edits->items[edits->count++] = (struct jedit){ span, raw, size };
}

bool jedits_insert(struct jedits *edits, const char *text, struct jspan object, const char *name, const char *raw, size_t size, struct arena *arena)
{
	struct jmember first = { 0 }, last = { 0 }, member;
	size_t cursor = 0, before = 0;
	struct buf made = BUF_EMPTY;
	char *copy;

	while (jspan_next(text, object, &cursor, &member)) {
		if (!first.count)
			first = member;
		else
			before = last.value.at + last.value.size;
		last = member;
	}
	/* What stands between two members, or before the only one. */
	buf_char(&made, ',');
	if (before) {
		const size_t comma = skip_space(text, before);

		buf_add(&made, text + comma + 1, last.key.at - comma - 1);
	} else {
		buf_add(&made, text + object.at + 1, first.key.at - object.at - 1);
	}
	buf_printf(&made, "\"%s\"", name);
	buf_add(&made, text + first.key.at + first.key.size, first.value.at - first.key.at - first.key.size);
	buf_add(&made, raw, size);
	copy = made.failed ? NULL : arena_bytes(arena, made.bytes, made.size);
	if (copy)
		jedits_replace(edits, (struct jspan){ last.value.at + last.value.size, 0 }, copy, made.size);
	buf_release(&made);
	return copy != NULL;
}

void jedits_remove(struct jedits *edits, const char *text, struct jspan object, const struct jmember *member)
{
	const size_t end = member->value.at + member->value.size;
	struct jmember other;
	size_t cursor = 0, from = 0, next = 0;

	while (jspan_next(text, object, &cursor, &other)) {
		if (other.key.at < member->key.at)
			from = other.value.at + other.value.size;
		else if (other.key.at > member->key.at && !next)
			next = other.key.at;
	}
	if (from)
		jedits_replace(edits, (struct jspan){ from, end - from }, "", 0);
	else
		jedits_replace(edits, (struct jspan){ member->key.at, (next ? next : end) - member->key.at }, "", 0);
}

static int by_place(const void *a, const void *b)
{
	const struct jedit *left = a, *right = b;

	return left->span.at < right->span.at ? -1 : left->span.at > right->span.at;
}

char *jedits_apply(struct jedits *edits, const char *text, size_t size, struct arena *arena, size_t *out_size)
{
	struct buf made = BUF_EMPTY;
	size_t at = 0;
	char *copy;

	qsort(edits->items, edits->count, sizeof *edits->items, by_place);
	for (size_t i = 0; i < edits->count; i++) {
		const struct jedit *edit = &edits->items[i];

		buf_add(&made, text + at, edit->span.at - at);
		buf_add(&made, edit->raw, edit->size);
		at = edit->span.at + edit->span.size;
	}
	buf_add(&made, text + at, size - at);
	*out_size = made.size;
	copy = made.failed ? NULL : arena_bytes(arena, buf_text(&made), made.size);
	buf_release(&made);
	return copy;
}
