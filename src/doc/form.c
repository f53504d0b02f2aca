#include <config.h>

#include <stdint.h>

#include <gonogo/core/paper.h>

#include "form_value.h"

enum { FIELDS_MAX = 16 };

struct progress {
	const struct form *form;
	struct lines *lines;
	void *document;
	const struct line *seen[FIELDS_MAX]; /* where each field's key stood */
	size_t next;                         /* the field after the last one read */
};

static const void *member_of(const void *document, const struct form_field *field)
{
	return (const char *)document + field->offset;
}

static size_t items_so_far(const struct progress *p, const struct form_field *field)
{
	const struct texts *texts = member_of(p->document, field);
	return texts->count;
}

/* Joins what may stand where a line was found that may not: a further item of the list before it, optional lines, the next required one. */
static void name_expected(const struct progress *p, struct buf *out)
{
	const struct form *form = p->form;
	const struct form_field *before = p->next > 0 ? &form->fields[p->next - 1] : NULL;
	const char *separator = "";
	char prefix[FORM_PREFIX_MAX];
	if (before && form_is_block(before)) {
		buf_printf(out, "\"%s\"", form_item_prefix(before, items_so_far(p, before) + 1, prefix));
		separator = " or ";
	}
	for (size_t i = p->next; i < form->count; i++) {
		buf_printf(out, "%s\"%s:\"", separator, form->fields[i].key);
		if (!form->fields[i].optional)
			return;
		separator = " or ";
	}
	buf_printf(out, "%sthe end of %s", separator, form->name);
}

static enum err_kind complain(const struct progress *p, const struct line *line, const char *expected, struct err *err)
{
	const struct form *form = p->form;
	for (size_t i = 0; line && i < form->count; i++) {
		const char *key = form->fields[i].key;
		if (!lines_value(line->text, key))
			continue;
		if (p->seen[i])
			return lines_refuse(p->lines, line, err,
				"\"%s:\" stands here again after line %d, expected it once, and here %s", key,
				p->seen[i]->number, expected);
		return lines_refuse(
			p->lines, line, err, "\"%s:\" stands in the wrong place, expected %s", key, expected);
	}
	return lines_expected(p->lines, line, expected, err);
}

static enum err_kind refuse_next(struct progress *p, struct err *err)
{
	struct buf expected = BUF_EMPTY;
	name_expected(p, &expected);
	enum err_kind kind = buf_check(&expected, err);
	if (kind == ERR_NONE)
		kind = complain(p, lines_peek(p->lines), buf_text(&expected), err);
	buf_release(&expected);
	return kind;
}

static enum err_kind read_fields(struct progress *p, struct err *err)
{
	const struct form *form = p->form;
	for (size_t i = 0; i < form->count && i < FIELDS_MAX; i++) {
		const struct form_field *field = &form->fields[i];
		const struct line *line = lines_peek(p->lines);
		const char *value = line ? lines_value(line->text, field->key) : NULL;
		if (!value && field->optional)
			continue;
		if (!value)
			return refuse_next(p, err);
		lines_pass(p->lines);
		const struct reading reading = { p->lines, field, line, value, (char *)p->document + field->offset };
		enum err_kind kind = form_read_value(&reading, err);
		if (kind != ERR_NONE)
			return kind;
		p->seen[i] = line;
		p->next = i + 1;
	}
	return ERR_NONE;
}

enum err_kind form_read(const struct form *form, struct lines *lines, void *out, struct err *err)
{
	struct progress progress = { .form = form, .lines = lines, .document = out };
	return read_fields(&progress, err);
}

enum err_kind form_parse(const struct form *form, struct lines *lines, void *out, struct err *err)
{
	struct progress progress = { .form = form, .lines = lines, .document = out };
	enum err_kind kind = read_fields(&progress, err);
	if (kind == ERR_NONE && lines_peek(lines))
		return refuse_next(&progress, err);
	return kind;
}

static bool is_given(const struct form_field *field, const void *member)
{
	switch (field->shape) {
	case FORM_TEXT: return !text_is_blank(*(const char *const *)member);
	case FORM_WORD: return true;
	case FORM_DATE: return *(const instant *)member != WHEN_NONE;
	case FORM_SPAN: return *(const int64_t *)member > 0;
	default: return ((const struct texts *)member)->count > 0;
	}
}

static void print_items(const struct form_field *field, const struct texts *texts, struct buf *out)
{
	char prefix[FORM_PREFIX_MAX];
	size_t number = 0;
	for (size_t i = 0; i < texts->count; i++) {
		if (text_is_blank(texts->items[i]))
			continue;
		buf_str(out, form_item_prefix(field, ++number, prefix));
		lines_print(out, texts->items[i]);
		buf_char(out, '\n');
	}
}

static void print_list(const struct texts *texts, struct buf *out)
{
	for (size_t i = 0; i < texts->count; i++) {
		buf_str(out, i > 0 ? ", " : "");
		lines_print(out, texts->items[i]);
	}
}

/* One line's value, with the space before it. */
static void print_value(const struct form_field *field, const void *member, struct buf *out)
{
	char words[WHEN_SPAN_MAX], date[WHEN_TEXT_MAX];
	buf_char(out, ' ');
	switch (field->shape) {
	case FORM_WORD: buf_str(out, words_title(field->words, *(const int *)member)); break;
	case FORM_DATE: buf_str(out, when_date(*(const instant *)member, date)); break;
	case FORM_SPAN: buf_str(out, when_span_words(*(const int64_t *)member, words)); break;
	case FORM_LIST: print_list(member, out); break;
	default: lines_print(out, *(const char *const *)member); break;
	}
}

void form_print(const struct form *form, const void *document, struct buf *out)
{
	for (size_t i = 0; i < form->count; i++) {
		const struct form_field *field = &form->fields[i];
		const void *member = member_of(document, field);
		const bool given = is_given(field, member);
		if (field->optional && !given)
			continue;
		buf_printf(out, "%s%s:", field->spaced ? "\n" : "", field->key);
		if (given && !form_is_block(field))
			print_value(field, member, out);
		buf_char(out, '\n');
		if (given && form_is_block(field))
			print_items(field, member, out);
	}
}
