#include <config.h>

#include <string.h>

#include <gonogo/base/digest.h>
#include <gonogo/base/text.h>
#include <gonogo/core/kinds.h>

enum { BODY_SIZE_MAX = 256 * 1024 };

const char *body_text(const struct json_object *body, const char *key)
{
	const struct json_value *value = json_find(body, key);

	return value && value->type == JSON_TEXT ? value->text : NULL;
}

int64_t body_int(const struct json_object *body, const char *key, int64_t otherwise)
{
	const struct json_value *value = json_find(body, key);

	return value && value->type == JSON_INT ? value->integer : otherwise;
}

struct texts body_texts(const struct json_object *body, const char *key)
{
	const struct json_value *value = json_find(body, key);

	return value && value->type == JSON_TEXTS ? (struct texts){ value->texts, value->count } : (struct texts){ 0 };
}

int body_word(const struct json_object *body, const char *key, const struct word *table, int otherwise)
{
	int value;

	return words_read(table, body_text(body, key), &value) ? value : otherwise;
}

static enum err_kind refuse(const struct fact_kind *kind, const struct field *field, const char *expected, struct err *err)
{
	return err_set(err, ERR_INPUT, "the field %s of %s must be %s", field->key, kind->name, expected);
}

/* What a person typed is named by its field; the sentence is text_check's. */
static enum err_kind check_text(const struct field *field, enum text_kind text, const char *value, struct err *err)
{
	enum err_kind failed = text_check(text, field->key, value, strlen(value), err);

	return failed == ERR_USAGE ? (err ? (err->kind = ERR_INPUT) : ERR_INPUT) : failed;
}

static enum err_kind check_list(const struct fact_kind *kind, const struct field *field, const struct json_value *value, struct err *err)
{
	if (value->type != JSON_TEXTS || value->count > KIND_LIST_MAX)
		return refuse(kind, field, "a list of at most 1000 texts", err);
	for (size_t i = 0; i < value->count; i++) {
		enum err_kind failed = check_text(field, field->type == FIELD_IDS ? TEXT_ID : TEXT_LINE, value->texts[i], err);

		if (failed)
			return failed;
	}
	return ERR_NONE;
}

static enum err_kind check_field(const struct fact_kind *kind, const struct field *field, const struct json_value *value, struct err *err)
{
	struct digest digest;
	instant at;
	int word;

	switch (field->type) {
	case FIELD_INT:
		return value->type == JSON_INT ? ERR_NONE : refuse(kind, field, "a whole number", err);
	case FIELD_INTS:
		if (value->type == JSON_INTS || (value->type == JSON_TEXTS && !value->count))
			return ERR_NONE;
		return refuse(kind, field, "a list of whole numbers", err);
	case FIELD_LINES:
	case FIELD_IDS:
		return check_list(kind, field, value, err);
	case FIELD_ID:
	case FIELD_PERSON:
	case FIELD_NAME:
	case FIELD_LINE:
	case FIELD_LONG:
	case FIELD_MEMO:
	case FIELD_DIGEST:
	case FIELD_INSTANT:
	case FIELD_WORD:
		break;
	}
	if (value->type != JSON_TEXT)
		return refuse(kind, field, "a text", err);
	switch (field->type) {
	case FIELD_ID:
		return check_text(field, TEXT_ID, value->text, err);
	case FIELD_PERSON:
		return check_text(field, TEXT_PERSON, value->text, err);
	case FIELD_NAME:
		return check_text(field, TEXT_NAME, value->text, err);
	case FIELD_LONG:
		return check_text(field, TEXT_LONG, value->text, err);
	case FIELD_MEMO:
		return check_text(field, TEXT_MEMO, value->text, err);
	case FIELD_DIGEST:
		return digest_read(value->text, &digest) ? ERR_NONE : refuse(kind, field, "64 hexadecimal digits", err);
	case FIELD_INSTANT:
		return when_read(value->text, &at) ? ERR_NONE : refuse(kind, field, "a moment like 2026-02-05T09:12:00Z", err);
	case FIELD_WORD:
		return words_read(field->words, value->text, &word) ? ERR_NONE : refuse(kind, field, "one of its words", err);
	case FIELD_LINE:
	case FIELD_LINES:
	case FIELD_IDS:
	case FIELD_INT:
	case FIELD_INTS:
		break;
	}
	return check_text(field, TEXT_LINE, value->text, err);
}

static const struct field *field_of(const struct fact_kind *kind, const char *key)
{
	for (const struct field *field = kind->fields; field->key; field++)
		if (strcmp(field->key, key) == 0)
			return field;
	return NULL;
}

enum err_kind kind_text(const struct fact_kind *kind, const char *key, const char *text, struct err *err)
{
	const struct field *field = field_of(kind, key);
	const struct json_value value = { .key = key, .type = JSON_TEXT, .text = text };
	struct field item;

	if (!field)
		return err_set(err, ERR_INPUT, "%s has no field %s", kind->name, key);
	item = *field;
	if (item.type == FIELD_LINES || item.type == FIELD_IDS)
		item.type = item.type == FIELD_IDS ? FIELD_ID : FIELD_LINE;
	return check_field(kind, &item, &value, err);
}

enum err_kind kind_body(const struct fact_kind *kind, const char *body, size_t size, struct arena *arena, struct json_object *out, struct err *err)
{
	enum err_kind failed;

	if (size > BODY_SIZE_MAX)
		return err_set(err, ERR_INPUT, "the body of %s is larger than %d bytes", kind->name, BODY_SIZE_MAX);
	failed = json_read_flat(body, size, arena, out, err);
	if (failed)
		return failed;
	if (!out->count || strcmp(out->values[0].key, "v") != 0 || out->values[0].type != JSON_INT || out->values[0].integer != 1)
		return err_set(err, ERR_INPUT, "the body of %s must begin with \"v\":1", kind->name);
	for (size_t i = 1; i < out->count; i++) {
		const struct field *field = field_of(kind, out->values[i].key);

		if (!field)
			return err_set(err, ERR_INPUT, "%s has no field %s", kind->name, out->values[i].key);
		failed = check_field(kind, field, &out->values[i], err);
		if (failed)
			return failed;
	}
	for (const struct field *field = kind->fields; field->key; field++)
		if (field->required && !json_find(out, field->key))
			return err_set(err, ERR_INPUT, "%s lacks its field %s", kind->name, field->key);
	return ERR_NONE;
}

static void put_value(struct buf *out, const struct fact *fact, const struct json_object *body, const char *key, size_t size)
{
	char name[32];
	const struct json_value *value;

	if (size >= sizeof name)
		return;
	memcpy(name, key, size);
	name[size] = '\0';
	if (strcmp(name, "release") == 0) {
		text_show(out, fact->release, strlen(fact->release), false);
	} else if (strcmp(name, "tenant") == 0) {
		text_show(out, fact->tenant, strlen(fact->tenant), false);
	} else if ((value = json_find(body, name)) && value->type == JSON_TEXT) {
		const char *end = strchr(value->text, '\n');

		text_show(out, value->text, end ? (size_t)(end - value->text) : strlen(value->text), false);
	} else if (value && value->type == JSON_INT) {
		buf_printf(out, "%lld", (long long)value->integer);
	}
}

/* "{key}" is the field of that name; {release} and {tenant} are the fact's own. */
const char *kinds_sentence(const struct fact *fact, struct arena *arena)
{
	const struct fact_kind *kind = kind_find(fact->kind);
	struct json_object body = { 0 };
	struct buf out = BUF_EMPTY;
	const char *text;

	if (json_read_flat(fact->body, strlen(fact->body), arena, &body, NULL))
		body = (struct json_object){ 0 };
	text_show(&out, fact->actor, strlen(fact->actor), false);
	buf_char(&out, ' ');
	if (!kind)
		buf_str(&out, "recorded something that this program does not know");
	for (const char *c = kind ? kind->sentence : ""; *c;) {
		const size_t plain = strcspn(c, "{");

		buf_add(&out, c, plain);
		c += plain;
		if (*c == '{') {
			const size_t size = strcspn(c + 1, "}");

			put_value(&out, fact, &body, c + 1, size);
			c += size + 2;
		}
	}
	text = out.failed ? NULL : arena_str(arena, buf_text(&out));
	buf_release(&out);
	return text;
}
