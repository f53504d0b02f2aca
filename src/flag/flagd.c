#include <config.h>

#include <string.h>

#include <jansson.h>

#include "file.h"
#include "flagd.h"
#include "logic.h"
#include "providers.h"

#define NEXT_BY_HAND "Until then set it by hand: "

/* --- what tenants are served ------------------------------------------------------------------------------------ */

/* The variant that a rule's answer names; "" where the flag's default applies, NULL where that cannot be told. */
static const char *variant_of(json_t *value)
{
	if (!value)
		return NULL;
	if (json_is_boolean(value))
		return json_is_true(value) ? "true" : "false";
	return json_is_null(value) ? "" : json_string_value(value);
}

static enum flag_served served_by(const struct flagd_flag *f, json_t *flag, const char *variant)
{
	json_t *variants = json_object_get(flag, "variants");

	if (variant && !*variant)
		variant = json_string_value(json_object_get(flag, "defaultVariant"));
	/* Without a variant, or with one that is not there, each application uses a default of its own. */
	if (!variant || !json_object_get(variants, variant))
		return FLAG_UNKNOWN;
	/* Two variants may be called otherwise and be the same. */
	return json_equal(json_object_get(variants, variant), json_object_get(variants, f->off)) ? FLAG_OFF : FLAG_ON;
}

static enum flag_served served_to(const struct flag_binding *b, const struct flagd_flag *f, json_t *whole, json_t *flag, const char *tenant)
{
	json_t *rule = json_object_get(flag, "targeting");
	struct logic logic = { .evaluators = json_object_get(whole, "$evaluators"), .attribute = flagd_attribute(b), .tenant = tenant, .flag = flagd_key(b) };
	enum flag_served served = FLAG_UNKNOWN;

	if (!json_object_size(rule))
		return served_by(f, flag, "");
	logic.made = json_array();
	if (logic.made)
		served = served_by(f, flag, variant_of(logic_value(&logic, rule)));
	json_decref(logic.made);
	return served;
}

static enum err_kind evaluate(const struct flag_binding *b, const struct flagd_flag *f, struct flag_reading *out, struct err *err)
{
	json_t *whole = json_loadb(f->text, f->size, JSON_ALLOW_NUL, NULL);
	json_t *flag = json_object_get(json_object_get(whole, "flags"), flagd_key(b));

	if (!whole)
		return err_memory(err);
	out->otherwise = served_by(f, flag, "");
	for (size_t i = 0; i < out->count; i++)
		out->tenants[i].served = served_to(b, f, whole, flag, out->tenants[i].id);
	json_decref(whole);
	return ERR_NONE;
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

static enum err_kind note_parts(const struct flagd_flag *f, struct arena *arena, struct flag_reading *out, struct err *err)
{
	const struct jmember *targeting = &f->parts[PART_TARGETING], *standard = &f->parts[PART_DEFAULT];
	struct jmember any;
	size_t cursor = 0;
	const char *proven;
	enum err_kind failed = flagd_keep(f, arena, &out->kept, &out->kept_size, err);

	if (failed)
		return failed;
	proven = arena_printf(arena, "%.*s %s", (int)f->variants.size, f->text + f->variants.at, f->off_raw);
	if (!proven)
		return err_memory(err);
	out->is_killed_form = jspan_is(f->text, f->parts[PART_STATE].value, "\"ENABLED\"") && standard->count && jspan_is(f->text, standard->value, f->off_raw) &&
			      (!targeting->count || f->text[targeting->value.at] == 'n' || !jspan_next(f->text, targeting->value, &cursor, &any));
	failed = digest_tagged("gonogo-flag-parts", out->kept, out->kept_size, &out->left, err);
	return failed ? failed : digest_tagged("gonogo-flag-definition", proven, strlen(proven), &out->definition, err);
}

/* Of several sources of flags the later one wins: a flag of the same name there makes this one a dead letter. */
static enum err_kind check_later(const struct flag_binding *b, struct arena *arena, struct flag_reading *out, struct err *err)
{
	for (size_t i = 0; i < b->args.count; i++) {
		struct flag_binding later = *b;
		struct flag_file file;
		struct flagd_flag flag;
		enum err_kind failed;

		if (strncmp(b->args.items[i], "later=", 6) != 0)
			continue;
		later.place = b->args.items[i] + 6;
		failed = flag_file_read(later.place, arena, &file, err);
		if (failed)
			return failed;
		if (!file.bytes)
			continue;
		failed = flagd_find(&later, file.bytes, file.size, arena, &flag, err);
		if (failed)
			return failed;
		if (flag.state == SWITCH_GONE || flag.state == SWITCH_MALFORMED)
			continue;
		return reading_is(out, SWITCH_SHADOWED, arena_printf(arena, "The flag %.200s stands in %.1024s too, which is read later and wins over %.1024s.",
								     flagd_key(b), later.place, b->place), err);
	}
	return ERR_NONE;
}

static enum err_kind look(const struct flag_binding *b, const struct flag_file *file, const struct flagd_flag *f, struct arena *arena, struct flag_reading *out,
			  struct err *err)
{
	enum err_kind failed = note_parts(f, arena, out, err);

	if (!failed)
		failed = check_later(b, arena, out, err);
	if (failed || out->state != SWITCH_READY)
		return failed;
	if (!jspan_is(f->text, f->parts[PART_STATE].value, "\"ENABLED\""))
		return reading_is(out, SWITCH_DISABLED, arena_printf(arena, "The flag %.200s in %.1024s is DISABLED, which is not off: each application uses a default of "
								     "its own.", flagd_key(b), b->place), err);
	failed = evaluate(b, f, out, err);
	if (!failed && file->state == SWITCH_UNWRITABLE)
		return reading_is(out, SWITCH_UNWRITABLE, file->reason, err);
	if (!failed && out->otherwise == FLAG_ON && flag_off_word(b->off))
		return reading_is(out, SWITCH_FLIPPED, arena_printf(arena, "The flag %.200s in %.1024s is on by default, and the kill-switch form says %.100s.", flagd_key(b),
								    b->place, b->off), err);
	return failed;
}

static enum err_kind read_both(const struct flag_binding *b, struct texts tenants, struct arena *arena, struct flag_file *file, struct flagd_flag *f,
			       struct flag_reading *out, struct err *err)
{
	enum err_kind failed = reading_begin(out, tenants, arena, err);

	if (!failed)
		failed = flag_file_read(b->place, arena, file, err);
	if (failed || !file->bytes)
		return failed ? failed : reading_is(out, file->state, file->reason, err);
	failed = flagd_find(b, file->bytes, file->size, arena, f, err);
	if (failed || f->state != SWITCH_READY)
		return failed ? failed : reading_is(out, f->state, f->reason, err);
	return look(b, file, f, arena, out, err);
}

enum err_kind flagd_read(const struct flag_binding *b, struct texts tenants, struct arena *arena, struct flag_reading *out, struct err *err)
{
	struct flag_file file;
	struct flagd_flag flag;

	return read_both(b, tenants, arena, &file, &flag, out, err);
}

/* --- writing ---------------------------------------------------------------------------------------------------- */

static enum err_kind failed_by_hand(const struct flag_binding *b, struct arena *arena, enum err_kind failed, struct err *err)
{
	char text[ERR_TEXT_MAX];
	const char *how = flagd_describe(b, arena);

	memcpy(text, err->text, sizeof text);
	return err_set(err, failed, "%.2000s " NEXT_BY_HAND "%.1500s", text, how ? how : "");
}

/* What was asked for stands there now, as a reader of its own sees it. */
static enum err_kind check_taken(const struct flag_binding *b, const struct flag_aim *aim, const char *text, size_t size, struct arena *arena, struct flag_reading *out,
				 struct err *err)
{
	struct flag_file file;
	struct flagd_flag flag;
	enum err_kind failed = read_both(b, aim->tenants, arena, &file, &flag, out, err);

	if (failed)
		return failed;
	if (!file.bytes || file.size != size || memcmp(file.bytes, text, size) != 0)
		return err_set(err, ERR_BUSY, "The flag file %.1024s was changed by somebody else right after the write.", b->place);
	for (size_t i = 0; i < out->count; i++)
		if (flag_aims_at(aim, out->tenants[i].id) && out->tenants[i].served != FLAG_OFF)
			return err_set(err, ERR_SYSTEM, "The write to %.1024s did not take: %.64s is still served the flag %.200s.", b->place, out->tenants[i].id, flagd_key(b));
	return ERR_NONE;
}

static enum err_kind write_aim(const struct flag_binding *b, const struct flag_aim *aim, struct arena *arena, struct flag_reading *out, struct err *err)
{
	struct flag_file file;
	struct flagd_flag flag, made;
	const char *text;
	size_t size;
	enum err_kind failed = read_both(b, aim->tenants, arena, &file, &flag, out, err);

	if (failed)
		return failed;
	if (out->state != SWITCH_READY && out->state != SWITCH_FLIPPED && out->state != SWITCH_DISABLED)
		return err_set(err, ERR_SYSTEM, "%s", out->reason);
	if (file.state != SWITCH_READY)
		return err_set(err, ERR_SYSTEM, "%s", file.reason);
	if (aim->left && !digest_equal(aim->left, &out->left))
		return err_set(err, ERR_BUSY, "Somebody else changed the flag %.200s in %.1024s meanwhile; nothing was written over it.", flagd_key(b), b->place);
	failed = flagd_aim(b, &flag, aim, aim->kept ? aim->kept : out->kept, arena, &text, &size, err);
	if (!failed)
		failed = flagd_find(b, text, size, arena, &made, err);
	if (!failed && made.state != SWITCH_READY)
		failed = err_set(err, ERR_SYSTEM, "What would have been written does not hold: %.2000s Nothing was written.", made.reason);
	if (!failed && (size != file.size || memcmp(text, file.bytes, size) != 0))
		failed = flag_file_replace(&file, text, size, arena, err);
	return failed ? failed : check_taken(b, aim, text, size, arena, out, err);
}

enum err_kind flagd_kill(const struct flag_binding *b, const struct flag_aim *aim, struct arena *arena, struct flag_reading *out, struct err *err)
{
	const enum err_kind failed = write_aim(b, aim, arena, out, err);

	return failed ? failed_by_hand(b, arena, failed, err) : ERR_NONE;
}

enum err_kind flagd_restore(const struct flag_binding *b, const struct flag_aim *aim, struct arena *arena, struct flag_reading *out, struct err *err)
{
	return write_aim(b, aim, arena, out, err);
}

const char *flagd_describe(const struct flag_binding *b, struct arena *arena)
{
	return arena_printf(arena, "in %.1024s give the flag %.200s the state \"ENABLED\", as defaultVariant the variant that is off, and an empty targeting {}; a reader of "
			    "the file sees it within a second or two, and a state of \"DISABLED\" would not be off.", b->place, flagd_key(b));
}
