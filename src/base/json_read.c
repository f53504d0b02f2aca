#include <config.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <jansson.h>

#include <gonogo/base/json.h>

#define WANTED "write one flat JSON object of texts, integers and arrays of either"

static enum err_kind parse_error(const json_error_t *found, struct err *err)
{
	if (json_error_code(found) == json_error_out_of_memory)
		return err_memory(err);
	return err_set(err, ERR_INPUT, "the JSON does not hold at line %d, column %d: %s; " WANTED, found->line,
		found->column, found->text);
}

static bool is_key(const char *key)
{
	if (*key < 'a' || *key > 'z')
		return false;
	for (; *key != '\0'; key++)
		if (!((*key >= 'a' && *key <= 'z') || (*key >= '0' && *key <= '9') || *key == '_'))
			return false;
	return true;
}

static enum err_kind read_texts(const json_t *array, struct arena *arena, struct json_value *out, struct err *err)
{
	const char **texts = arena_array(arena, out->count, sizeof *texts);
	if (!texts)
		return err_memory(err);
	out->type = JSON_TEXTS;
	out->texts = texts;
	for (size_t i = 0; i < out->count; i++) {
		const json_t *item = json_array_get(array, i);
		if (!json_is_string(item))
			return err_set(err, ERR_INPUT,
				"the array \"%s\" in the JSON mixes texts with something else; " WANTED, out->key);
		texts[i] = arena_bytes(arena, json_string_value(item), json_string_length(item));
		if (!texts[i])
			return err_memory(err);
	}
	return ERR_NONE;
}

static enum err_kind read_ints(const json_t *array, struct arena *arena, struct json_value *out, struct err *err)
{
	int64_t *ints = arena_array(arena, out->count, sizeof *ints);
	if (!ints)
		return err_memory(err);
	out->type = JSON_INTS;
	out->ints = ints;
	for (size_t i = 0; i < out->count; i++) {
		const json_t *item = json_array_get(array, i);
		if (!json_is_integer(item))
			return err_set(err, ERR_INPUT,
				"the array \"%s\" in the JSON mixes integers with something else; " WANTED, out->key);
		ints[i] = json_integer_value(item);
	}
	return ERR_NONE;
}

static enum err_kind read_value(
	const char *key, const json_t *from, struct arena *arena, struct json_value *out, struct err *err)
{
	if (!is_key(key))
		return err_set(err, ERR_INPUT,
			"the JSON has the key \"%.64s\"; write keys in small letters, digits and \"_\", a letter first",
			key);
	*out = (struct json_value){ .key = arena_str(arena, key) };
	if (!out->key)
		return err_memory(err);
	if (json_is_string(from)) {
		out->type = JSON_TEXT;
		out->text = arena_bytes(arena, json_string_value(from), json_string_length(from));
		return out->text ? ERR_NONE : err_memory(err);
	}
	if (json_is_integer(from)) {
		out->type = JSON_INT;
		out->integer = json_integer_value(from);
		return ERR_NONE;
	}
	if (json_is_array(from)) {
		out->count = json_array_size(from);
		if (json_is_integer(json_array_get(from, 0)))
			return read_ints(from, arena, out, err);
		return read_texts(from, arena, out, err);
	}
	return err_set(
		err, ERR_INPUT, "the value of \"%s\" in the JSON is neither text, integer nor array; " WANTED, key);
}

enum err_kind json_read_flat(
	const char *text, size_t size, struct arena *arena, struct json_object *out, struct err *err)
{
	enum err_kind kind = ERR_NONE;
	json_error_t found;
	json_t *root = json_loadb(text, size, JSON_REJECT_DUPLICATES, &found);
	if (!root)
		return parse_error(&found, err);
	struct json_value *values = NULL;
	size_t count = 0;
	if (!json_is_object(root)) {
		kind = err_set(err, ERR_INPUT, "the JSON is an array where an object is expected; " WANTED);
		goto out;
	}
	values = arena_array(arena, json_object_size(root), sizeof *values);
	if (!values) {
		kind = err_memory(err);
		goto out;
	}
	const char *key;
	json_t *value;
	json_object_foreach(root, key, value)
	{
		kind = read_value(key, value, arena, &values[count], err);
		if (kind != ERR_NONE)
			goto out;
		count++;
	}
	*out = (struct json_object){ .values = values, .count = count };
out:
	json_decref(root);
	return kind;
}

const struct json_value *json_find(const struct json_object *object, const char *key)
{
	for (size_t i = 0; i < object->count; i++)
		if (strcmp(object->values[i].key, key) == 0)
			return &object->values[i];
	return NULL;
}
