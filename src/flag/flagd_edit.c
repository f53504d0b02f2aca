#include <config.h>

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <gonogo/base/buf.h>

#include "flagd.h"

static const char *const part_names[PARTS] = { "state", "defaultVariant", "targeting" };

const char *flagd_attribute(const struct flag_binding *binding)
{
	return flag_setting(binding, "attribute", "tenantId");
}

const char *flagd_key(const struct flag_binding *binding)
{
	return flag_setting(binding, "flag", binding->flag ? binding->flag : "");
}

static enum err_kind found(struct flagd_flag *out, enum switch_state state, const char *reason, struct err *err)
{
	out->state = state;
	out->reason = reason;
	return reason ? ERR_NONE : err_memory(err);
}

/* The plain text of a JSON string. */
static const char *plain(const char *text, struct jspan raw, struct arena *arena)
{
	json_t *read = json_loadb(text + raw.at, raw.size, JSON_DECODE_ANY, NULL);
	const char *copy = read && json_is_string(read) ? arena_str(arena, json_string_value(read)) : NULL;

	json_decref(read);
	return copy;
}

/* The variant that is off: as the binding says, else the one boolean false, else the one called as the default in the kill-switch form. */
static enum err_kind find_off(const struct flag_binding *b, struct flagd_flag *f, struct arena *arena, struct err *err)
{
	const char *wanted = flag_setting(b, "off", NULL);
	struct jmember member, off = { 0 };
	size_t cursor = 0, count = 0;

	while (!wanted && jspan_next(f->text, f->variants, &cursor, &member)) {
		if (!jspan_is(f->text, member.value, "false"))
			continue;
		off = member;
		count++;
	}
	if (count != 1 && !jspan_find(f->text, f->variants, wanted ? wanted : b->off ? b->off : "off", &off) && !jspan_find(f->text, f->variants, "off", &off))
		return found(f, SWITCH_UNCLEAR, arena_printf(arena, "Which variant of the flag %.200s in %.1024s is off cannot be told: name it with gonogo switch "
							     "bind %.64s --off VARIANT.", flagd_key(b), b->place, b->release), err);
	f->off_raw = arena_bytes(arena, f->text + off.key.at, off.key.size);
	f->off = plain(f->text, off.key, arena);
	return f->off && f->off_raw ? ERR_NONE : err_memory(err);
}

static enum err_kind malformed(const struct flag_binding *b, struct flagd_flag *f, const char *what, struct arena *arena, struct err *err)
{
	return found(f, SWITCH_MALFORMED, arena_printf(arena, "The flag file %.1024s does not hold: %s.", b->place, what), err);
}

static enum err_kind read_parts(const struct flag_binding *b, struct flagd_flag *f, struct arena *arena, struct err *err)
{
	struct jmember variants = { 0 }, one;
	const struct jmember *state = &f->parts[PART_STATE], *standard = &f->parts[PART_DEFAULT], *targeting = &f->parts[PART_TARGETING];
	size_t repeated = 0, cursor = 0;
	const char *name;

	for (size_t i = 0; i < PARTS; i++) {
		(void)jspan_find(f->text, f->object, part_names[i], &f->parts[i]);
		repeated += f->parts[i].count > 1;
	}
	(void)jspan_find(f->text, f->object, "variants", &variants);
	if (repeated || variants.count > 1)
		return found(f, SWITCH_SHADOWED, arena_printf(arena, "The flag %.200s in %.1024s has one of its keys twice, and readers take the last.", flagd_key(b),
							      b->place), err);
	if (!variants.count || f->text[variants.value.at] != '{' || !jspan_next(f->text, variants.value, &cursor, &one))
		return malformed(b, f, "the flag has no variants", arena, err);
	f->variants = variants.value;
	if (!state->count || (!jspan_is(f->text, state->value, "\"ENABLED\"") && !jspan_is(f->text, state->value, "\"DISABLED\"")))
		return malformed(b, f, "the state of the flag is neither \"ENABLED\" nor \"DISABLED\"", arena, err);
	if (targeting->count && f->text[targeting->value.at] != '{' && !jspan_is(f->text, targeting->value, "null"))
		return malformed(b, f, "the targeting of the flag is no rule", arena, err);
	if (standard->count && !jspan_is(f->text, standard->value, "null")) {
		name = f->text[standard->value.at] == '"' ? plain(f->text, standard->value, arena) : NULL;
		if (!name || !jspan_find(f->text, f->variants, name, &one))
			return malformed(b, f, "the default variant of the flag is none of its variants", arena, err);
	}
	return find_off(b, f, arena, err);
}

enum err_kind flagd_find(const struct flag_binding *b, const char *text, size_t size, struct arena *arena, struct flagd_flag *out, struct err *err)
{
	json_error_t fault;
	json_t *whole = json_loadb(text, size, JSON_ALLOW_NUL, &fault);
	struct jmember flags = { 0 }, flag = { 0 };
	const bool is_object = json_is_object(whole);
	struct jspan root;

	*out = (struct flagd_flag){ .text = text, .size = size };
	json_decref(whole);
	if (!whole)
		return found(out, SWITCH_MALFORMED, arena_printf(arena, "The flag file %.1024s:%d does not hold: %s; JSON was expected.", b->place,
								 fault.line > 0 ? fault.line : 1, fault.text), err);
	root = jspan_root(text, size);
	if (!is_object || !jspan_find(text, root, "flags", &flags) || text[flags.value.at] != '{')
		return malformed(b, out, "it has no object \"flags\"", arena, err);
	if (!jspan_find(text, flags.value, flagd_key(b), &flag))
		return found(out, SWITCH_GONE, arena_printf(arena, "There is no flag %.200s in %.1024s.", flagd_key(b), b->place), err);
	if (flags.count > 1 || flag.count > 1)
		return found(out, SWITCH_SHADOWED, arena_printf(arena, "The flag %.200s stands twice in %.1024s, and readers take the last.", flagd_key(b), b->place), err);
	if (text[flag.value.at] != '{')
		return malformed(b, out, "the flag is no object", arena, err);
	out->object = flag.value;
	return read_parts(b, out, arena, err);
}

enum err_kind flagd_keep(const struct flagd_flag *f, struct arena *arena, const char **kept, size_t *size, struct err *err)
{
	struct buf made = BUF_EMPTY;

	for (size_t i = 0; i < PARTS; i++) {
		if (!f->parts[i].count)
			continue;
		buf_printf(&made, "%c\"%s\":", made.size ? ',' : '{', part_names[i]);
		buf_add(&made, f->text + f->parts[i].value.at, f->parts[i].value.size);
	}
	buf_str(&made, "}");
	*size = made.size;
	*kept = made.failed ? NULL : arena_bytes(arena, buf_text(&made), made.size);
	buf_release(&made);
	return *kept ? ERR_NONE : err_memory(err);
}

static void list_ids(struct buf *out, const char *attribute, struct texts ids)
{
	json_t *name = json_string(attribute);
	char *raw = name ? json_dumps(name, JSON_ENCODE_ANY) : NULL;

	buf_printf(out, "{\"in\":[{\"var\":%s},[", raw ? raw : "\"\"");
	out->failed |= raw == NULL;
	for (size_t i = 0; i < ids.count; i++)
		buf_printf(out, "%s\"%s\"", i ? "," : "", ids.items[i]);
	buf_str(out, "]]}");
	free(raw);
	json_decref(name);
}

/* The rule for a kill that leaves some tenants as they were: those killed get the off variant before the kept rule is asked. */
static enum err_kind write_rule(const struct flag_binding *b, const struct flagd_flag *f, const struct flag_aim *aim, const char *kept, struct jmember old,
				struct arena *arena, const char **rule, size_t *size, struct err *err)
{
	struct buf made = BUF_EMPTY;
	size_t cursor = 0;
	struct jmember any;
	const bool has_rule = old.count && kept[old.value.at] == '{' && jspan_next(kept, old.value, &cursor, &any);

	buf_str(&made, "{\"if\":[");
	list_ids(&made, flagd_attribute(b), aim->everyone ? aim->except : aim->killed);
	buf_char(&made, ',');
	if (!aim->everyone)
		buf_printf(&made, "%s,", f->off_raw);
	if (has_rule)
		buf_add(&made, kept + old.value.at, old.value.size);
	else
		buf_str(&made, "null");
	if (aim->everyone)
		buf_printf(&made, ",%s", f->off_raw);
	buf_str(&made, "]}");
	*size = made.size;
	*rule = made.failed ? NULL : arena_bytes(arena, made.bytes, made.size);
	buf_release(&made);
	return *rule ? ERR_NONE : err_memory(err);
}

static bool set_part(struct jedits *edits, const struct flagd_flag *f, size_t part, const char *raw, size_t size, struct arena *arena)
{
	const struct jmember *present = &f->parts[part];

	if (!present->count)
		return jedits_insert(edits, f->text, f->object, part_names[part], raw, size, arena);
	if (present->value.size != size || memcmp(f->text + present->value.at, raw, size) != 0)
		jedits_replace(edits, present->value, raw, size);
	return true;
}

enum err_kind flagd_aim(const struct flag_binding *b, const struct flagd_flag *f, const struct flag_aim *aim, const char *kept, struct arena *arena,
			const char **text, size_t *size, struct err *err)
{
	static const char enabled[] = "\"ENABLED\"", nothing[] = "{}";
	const bool is_whole = aim->everyone && !aim->except.count, is_nobody = !aim->everyone && !aim->killed.count;
	const struct jspan before = jspan_root(kept, strlen(kept));
	struct jmember old[PARTS] = { 0 };
	struct jedits edits = { 0 };
	const char *rule = nothing;
	size_t rule_size = sizeof nothing - 1;
	bool is_done = true;

	for (size_t i = 0; i < PARTS; i++)
		(void)jspan_find(kept, before, part_names[i], &old[i]);
	if (!is_whole && !is_nobody) {
		enum err_kind failed = ERR_NONE;

		if (!jspan_is(kept, old[PART_STATE].value, enabled))
			failed = err_set(err, ERR_REFUSED, "The flag %.200s in %.1024s is DISABLED: each application uses a default of its own, and enabling it for a kill of some "
					 "tenants would serve it to the others. Kill it for every tenant, or set it by hand.", flagd_key(b), b->place);
		if (!failed)
			failed = write_rule(b, f, aim, kept, old[PART_TARGETING], arena, &rule, &rule_size, err);
		if (failed)
			return failed;
	}
	for (size_t i = 0; is_done && i < PARTS; i++) {
		if (is_whole && i == PART_STATE)
			is_done = set_part(&edits, f, i, enabled, sizeof enabled - 1, arena);
		else if (is_whole && i == PART_DEFAULT)
			is_done = set_part(&edits, f, i, f->off_raw, strlen(f->off_raw), arena);
		else if (is_whole && !f->parts[i].count)
			continue;
		else if ((is_whole || !is_nobody) && i == PART_TARGETING)
			is_done = set_part(&edits, f, i, rule, rule_size, arena);
		else if (old[i].count)
			is_done = set_part(&edits, f, i, kept + old[i].value.at, old[i].value.size, arena);
		else if (f->parts[i].count)
			jedits_remove(&edits, f->text, f->object, &f->parts[i]);
	}
	*text = is_done ? jedits_apply(&edits, f->text, f->size, arena, size) : NULL;
	return *text ? ERR_NONE : err_memory(err);
}
