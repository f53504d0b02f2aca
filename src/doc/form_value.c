#include <config.h>

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <gonogo/core/paper.h>

#include "form_value.h"

/* FORM_WORD writes the members through `int`, as the tables of words.h hold them. */
static_assert(sizeof(enum release_class) == sizeof(int), "an enum is an int");
static_assert(sizeof(enum decision) == sizeof(int), "an enum is an int");

static enum err_kind expect_word(const struct reading *r, struct err *err)
{
	struct buf titles = BUF_EMPTY;
	for (const struct word *word = r->field->words; word->word; word++)
		buf_printf(&titles, "%s\"%s\"", word == r->field->words ? "" : ", ", word->title);
	enum err_kind kind = buf_check(&titles, err);
	if (kind == ERR_NONE)
		kind = lines_refuse(r->lines, r->line, err, "%s is \"%s\", expected one of %s", r->field->what,
			lines_quote(r->lines, r->value), buf_text(&titles));
	buf_release(&titles);
	return kind;
}

static enum err_kind read_word(const struct reading *r, struct err *err)
{
	int value;
	if (!words_read_title(r->field->words, r->value, &value))
		return expect_word(r, err);
	memcpy(r->member, &value, sizeof value);
	return ERR_NONE;
}

static enum err_kind read_date(const struct reading *r, struct err *err)
{
	struct err ignored;
	if (strlen(r->value) != strlen("2025-01-15") || when_parse("", r->value, r->member, &ignored) != ERR_NONE)
		return lines_refuse(r->lines, r->line, err, "%s is \"%s\", expected a day such as 2025-01-15",
			r->field->what, lines_quote(r->lines, r->value));
	return ERR_NONE;
}

static enum err_kind read_span(const struct reading *r, struct err *err)
{
	struct err ignored;
	if (when_span_parse("", r->value, r->member, &ignored) != ERR_NONE)
		return lines_refuse(r->lines, r->line, err,
			"%s is \"%s\", expected days or weeks, up to ten years, as in \"10 days\" or \"2 weeks\"",
			r->field->what, lines_quote(r->lines, r->value));
	return ERR_NONE;
}

struct item_list {
	const char **items;
	size_t count, room;
};

static enum err_kind add_item(
	const struct reading *r, const struct line *line, struct item_list *list, const char *item, struct err *err)
{
	enum err_kind kind = lines_check(r->lines, line, r->field->text, r->field->what, item, err);
	if (kind != ERR_NONE)
		return kind;
	const char **items = arena_room(r->lines->arena, list->items, list->count, &list->room, sizeof *items);
	if (!items)
		return err_memory(err);
	list->items = items;
	list->items[list->count++] = item;
	return ERR_NONE;
}

static void keep_list(const struct reading *r, const struct item_list *list)
{
	*(struct texts *)r->member = (struct texts){ .items = list->items, .count = list->count };
}

static bool has_item(const struct item_list *list, const char *item)
{
	for (size_t i = 0; i < list->count; i++)
		if (text_same_id(list->items[i], item))
			return true;
	return false;
}

static enum err_kind read_list(const struct reading *r, struct err *err)
{
	struct item_list list = { 0 };
	const char *at = r->value;
	for (;;) {
		const size_t size = strcspn(at, ",");
		size_t end = size;
		while (end > 0 && at[end - 1] == ' ')
			end--;
		const char *item = arena_bytes(r->lines->arena, at, end);
		if (!item)
			return err_memory(err);
		if (r->field->text == TEXT_ID && has_item(&list, item))
			return lines_refuse(r->lines, r->line, err, "\"%s\" stands twice, expected it once",
				lines_quote(r->lines, item));
		enum err_kind kind = add_item(r, r->line, &list, item, err);
		if (kind != ERR_NONE)
			return kind;
		if (at[size] == '\0')
			break;
		at += size + 1;
		at += strspn(at, " ");
	}
	keep_list(r, &list);
	return ERR_NONE;
}

const char *form_item_prefix(const struct form_field *field, size_t number, char *out)
{
	if (field->shape == FORM_STEPS)
		(void)snprintf(out, FORM_PREFIX_MAX, "  %zu. ", number);
	else
		(void)snprintf(out, FORM_PREFIX_MAX, "  - ");
	return out;
}

bool form_is_block(const struct form_field *field)
{
	return field->shape == FORM_BULLETS || field->shape == FORM_STEPS;
}

static enum err_kind read_items(const struct reading *r, struct err *err)
{
	struct item_list list = { 0 };
	char prefix[FORM_PREFIX_MAX];
	if (r->value[0] != '\0')
		return lines_refuse(r->lines, r->line, err,
			"found \"%s\" behind \"%s:\", expected it below, as \"%s%s\"", lines_quote(r->lines, r->value),
			r->field->key, form_item_prefix(r->field, 1, prefix), lines_quote(r->lines, r->value));
	for (;;) {
		const struct line *line = lines_peek(r->lines);
		const size_t size = strlen(form_item_prefix(r->field, list.count + 1, prefix));
		if (!line || strncmp(line->text, prefix, size) != 0)
			break;
		enum err_kind kind = add_item(r, line, &list, line->text + size, err);
		if (kind != ERR_NONE)
			return kind;
		lines_pass(r->lines);
	}
	if (list.count == 0) {
		const char *expected = arena_printf(r->lines->arena, "\"%s\" and %s", prefix, r->field->what);
		return expected ? lines_expected(r->lines, lines_peek(r->lines), expected, err) : err_memory(err);
	}
	keep_list(r, &list);
	return ERR_NONE;
}

enum err_kind form_read_value(const struct reading *r, struct err *err)
{
	if (form_is_block(r->field))
		return read_items(r, err);
	enum err_kind kind = ERR_NONE;
	if (r->field->shape == FORM_TEXT)
		kind = lines_check(r->lines, r->line, r->field->text, r->field->what, r->value, err);
	else
		kind = lines_check(r->lines, r->line, TEXT_MEMO, r->field->what, r->value, err);
	if (kind == ERR_NONE && r->field->check)
		kind = r->field->check(r->lines, r->line, r->value, err);
	if (kind != ERR_NONE)
		return kind;
	switch (r->field->shape) {
	case FORM_WORD: return read_word(r, err);
	case FORM_DATE: return read_date(r, err);
	case FORM_SPAN: return read_span(r, err);
	case FORM_LIST: return read_list(r, err);
	default: *(const char **)r->member = r->value; return ERR_NONE;
	}
}
