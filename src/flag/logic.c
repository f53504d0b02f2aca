#include <config.h>

#include <stdbool.h>
#include <string.h>

#include "logic.h"

enum { DEPTH_MAX = 64 };

static json_t *value_of(struct logic *logic, json_t *rule, int depth);

static json_t *keep(struct logic *logic, json_t *value)
{
	return value && json_array_append_new(logic->made, value) == 0 ? value : NULL;
}

static json_t *yes_or_no(struct logic *logic, bool is_so)
{
	return keep(logic, json_boolean(is_so));
}

/* As JsonLogic has it: an empty array or text, zero, false and null are not true. */
static bool is_true(json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_TRUE:
	case JSON_OBJECT:
		return true;
	case JSON_ARRAY:
		return json_array_size(value) > 0;
	case JSON_STRING:
		return json_string_length(value) > 0;
	case JSON_INTEGER:
		return json_integer_value(value) != 0;
	case JSON_REAL:
		return json_real_value(value) < 0 || json_real_value(value) > 0;
	case JSON_FALSE:
	case JSON_NULL:
		break;
	}
	return false;
}

/* An operator takes a list, or one value that stands for a list of one. */
static json_t *argument(json_t *args, size_t i)
{
	if (json_is_array(args))
		return json_array_get(args, i);
	return i == 0 ? args : NULL;
}

static json_t *part(struct logic *logic, json_t *args, size_t i, int depth)
{
	json_t *rule = argument(args, i);

	return rule ? value_of(logic, rule, depth) : NULL;
}

static json_t *variable(struct logic *logic, json_t *args)
{
	const char *name = json_string_value(argument(args, 0));

	if (!name)
		return NULL;
	if (strcmp(name, logic->attribute) == 0 || strcmp(name, "targetingKey") == 0)
		return keep(logic, json_string(logic->tenant));
	return strcmp(name, "$flagd.flagKey") == 0 ? keep(logic, json_string(logic->flag)) : NULL;
}

static json_t *choose(struct logic *logic, json_t *args, int depth)
{
	const size_t count = json_is_array(args) ? json_array_size(args) : 1;
	size_t i;

	for (i = 0; i + 1 < count; i += 2) {
		json_t *condition = part(logic, args, i, depth);

		if (!condition)
			return NULL;
		if (is_true(condition))
			return part(logic, args, i + 1, depth);
	}
	return i < count ? part(logic, args, i, depth) : keep(logic, json_null());
}

/* `and` gives its first value that is not true, `or` its first that is, each else its last. */
static json_t *join(struct logic *logic, json_t *args, bool stops_at, int depth)
{
	const size_t count = json_is_array(args) ? json_array_size(args) : 1;
	json_t *value = NULL;

	for (size_t i = 0; i < count; i++) {
		value = part(logic, args, i, depth);
		if (!value || is_true(value) == stops_at)
			return value;
	}
	return value;
}

/* Values of two types are compared by rules of their own in each language: unknown. */
static json_t *compare(struct logic *logic, json_t *args, bool wanted, int depth)
{
	json_t *left = part(logic, args, 0, depth), *right = part(logic, args, 1, depth);
	const bool both_boolean = left && right && json_is_boolean(left) && json_is_boolean(right);

	if (!left || !right || (!both_boolean && json_typeof(left) != json_typeof(right)) || json_is_array(left) || json_is_object(left))
		return NULL;
	return yes_or_no(logic, (json_equal(left, right) != 0) == wanted);
}

static json_t *is_in(struct logic *logic, json_t *args, int depth)
{
	json_t *needle = part(logic, args, 0, depth), *heap = part(logic, args, 1, depth);
	bool found = false;

	if (!needle || !heap)
		return NULL;
	if (json_is_string(heap) && json_is_string(needle))
		return yes_or_no(logic, strstr(json_string_value(heap), json_string_value(needle)) != NULL);
	if (!json_is_array(heap))
		return NULL;
	for (size_t i = 0; i < json_array_size(heap); i++)
		found |= json_equal(json_array_get(heap, i), needle) != 0;
	return yes_or_no(logic, found);
}

static json_t *has_edge(struct logic *logic, json_t *args, bool at_end, int depth)
{
	json_t *text = part(logic, args, 0, depth), *edge = part(logic, args, 1, depth);
	size_t size, edge_size;
	const char *from;

	if (!text || !edge || !json_is_string(text) || !json_is_string(edge))
		return NULL;
	size = json_string_length(text);
	edge_size = json_string_length(edge);
	if (edge_size > size)
		return yes_or_no(logic, false);
	from = json_string_value(text) + (at_end ? size - edge_size : 0);
	return yes_or_no(logic, memcmp(from, json_string_value(edge), edge_size) == 0);
}

static json_t *negate(struct logic *logic, json_t *args, bool twice, int depth)
{
	json_t *value = part(logic, args, 0, depth);

	return value ? yes_or_no(logic, is_true(value) == twice) : NULL;
}

static json_t *operate(struct logic *logic, const char *name, json_t *args, int depth)
{
	if (strcmp(name, "var") == 0)
		return variable(logic, args);
	if (strcmp(name, "if") == 0 || strcmp(name, "?:") == 0)
		return choose(logic, args, depth);
	if (strcmp(name, "and") == 0 || strcmp(name, "or") == 0)
		return join(logic, args, *name == 'o', depth);
	if (strcmp(name, "==") == 0 || strcmp(name, "===") == 0 || strcmp(name, "!=") == 0 || strcmp(name, "!==") == 0)
		return compare(logic, args, *name == '=', depth);
	if (strcmp(name, "!") == 0 || strcmp(name, "!!") == 0)
		return negate(logic, args, name[1] == '!', depth);
	if (strcmp(name, "in") == 0)
		return is_in(logic, args, depth);
	if (strcmp(name, "starts_with") == 0 || strcmp(name, "ends_with") == 0)
		return has_edge(logic, args, *name == 'e', depth);
	if (strcmp(name, "$ref") == 0 && json_is_string(args)) {
		json_t *shared = json_object_get(logic->evaluators, json_string_value(args));

		return shared ? value_of(logic, shared, depth) : NULL;
	}
	return NULL;
}

static json_t *each(struct logic *logic, json_t *list, int depth)
{
	json_t *made = json_array();

	if (!keep(logic, made))
		return NULL;
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *item = value_of(logic, json_array_get(list, i), depth);

		if (!item || json_array_append_new(made, json_deep_copy(item)) != 0)
			return NULL;
	}
	return made;
}

static json_t *value_of(struct logic *logic, json_t *rule, int depth)
{
	const char *name;
	json_t *args;

	if (depth > DEPTH_MAX)
		return NULL;
	if (json_is_array(rule))
		return each(logic, rule, depth + 1);
	if (!json_is_object(rule) || json_object_size(rule) != 1)
		return rule;
	json_object_foreach(rule, name, args)
		return operate(logic, name, args, depth + 1);
	return NULL;
}

json_t *logic_value(struct logic *logic, json_t *rule)
{
	return value_of(logic, rule, 0);
}
