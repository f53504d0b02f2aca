#include <config.h>

#include <stdlib.h>
#include <string.h>

#include <gonogo/base/buf.h>
#include <gonogo/base/text.h>

#include "file.h"
#include "providers.h"

/* A place that holds this has a file for each tenant. */
static const char each_tenant[] = "{tenant}";

struct line { size_t at, size, count; }; /* the value between its quotes, if it has any; count: how often the key is assigned */

static const char *key_of(const struct flag_binding *b)
{
	return flag_setting(b, "flag", b->flag ? b->flag : "");
}

static const char *off_of(const struct flag_binding *b)
{
	return flag_setting(b, "off", b->off ? b->off : "false");
}

static bool is_each(const struct flag_binding *b)
{
	return strstr(b->place, each_tenant) != NULL;
}

static const char *path_for(const struct flag_binding *b, const char *tenant, struct arena *arena)
{
	const char *hole = strstr(b->place, each_tenant);

	return hole ? arena_printf(arena, "%.*s%s%s", (int)(hole - b->place), b->place, tenant, hole + sizeof each_tenant - 1) : b->place;
}

/* Only what a shell and a plain reader of such files read alike: a bare word, or one in quotes without an escape or an expansion in it. */
static bool read_value(const char *text, const char *end, struct line *out, const char *whole)
{
	const char quote = *text == '"' || *text == '\'' ? *text : '\0';
	const char *from = quote ? text + 1 : text, *to = from;

	while (to < end && (quote ? *to != quote : *to != ' ' && *to != '\t'))
		if (strchr(quote == '\'' ? "" : quote ? "$`\\" : "$`\\\"';&|<>()#", *to++))
			return false;
	out->at = (size_t)(from - whole);
	out->size = (size_t)(to - from);
	if (quote && to == end)
		return false;
	to += quote != '\0';
	if (to < end && *to != ' ' && *to != '\t')
		return false;
	while (to < end && (*to == ' ' || *to == '\t'))
		to++;
	return to == end || *to == '#';
}

/* False when the key is assigned in a way that is not plain. */
static bool find_line(const char *text, const char *key, struct line *out)
{
	const size_t size = strlen(key);
	bool is_plain = true;

	*out = (struct line){ 0 };
	for (const char *at = text, *end; *at; at = *end ? end + 1 : end) {
		const char *stop;

		end = at + strcspn(at, "\n");
		stop = end > at && end[-1] == '\r' ? end - 1 : end;
		at += strspn(at, " \t");
		if (strncmp(at, "export", 6) == 0 && (at[6] == ' ' || at[6] == '\t'))
			at += 6 + strspn(at + 6, " \t");
		if (strncmp(at, key, size) != 0 || at[size] != '=')
			continue;
		is_plain = read_value(at + size + 1, stop, out, text);
		out->count++;
	}
	return is_plain;
}

struct place { struct flag_file file; struct line line; enum switch_state state; const char *reason; };

static enum err_kind open_place(const struct flag_binding *b, const char *tenant, struct arena *arena, struct place *out, struct err *err)
{
	const char *path = path_for(b, tenant, arena), *key = key_of(b);
	enum err_kind failed = path ? flag_file_read(path, arena, &out->file, err) : err_memory(err);

	if (failed)
		return failed;
	out->state = out->file.state;
	out->reason = out->file.reason;
	if (!out->file.bytes)
		return ERR_NONE;
	if (!find_line(out->file.bytes, key, &out->line)) {
		out->state = SWITCH_MALFORMED;
		out->reason = arena_printf(arena, "%.100s in %.1024s has no plain value: write %.100s=VALUE, bare or in quotes, without an expansion.", key, path, key);
	} else if (!out->line.count) {
		out->state = SWITCH_GONE;
		out->reason = arena_printf(arena, "There is no line %.100s=VALUE in %.1024s.", key, path);
	} else if (out->line.count > 1) {
		out->state = SWITCH_SHADOWED;
		out->reason = arena_printf(arena, "%.100s is assigned more than once in %.1024s, and readers take the last.", key, path);
	}
	return out->state != SWITCH_READY && !out->reason ? err_memory(err) : ERR_NONE;
}

static bool can_read(const struct place *place)
{
	return place->state == SWITCH_READY || place->state == SWITCH_UNWRITABLE;
}

static enum flag_served served_by(const struct flag_binding *b, const struct place *place, struct arena *arena)
{
	const char *value = can_read(place) ? arena_bytes(arena, place->file.bytes + place->line.at, place->line.size) : NULL;

	if (!value || !*value)
		return FLAG_UNKNOWN;
	return text_same_id(value, off_of(b)) ? FLAG_OFF : FLAG_ON;
}

static void note(const struct place *place, const char *tenant, struct buf *kept, struct flag_reading *out)
{
	if (can_read(place)) {
		buf_printf(kept, "%s=", tenant);
		buf_add(kept, place->file.bytes + place->line.at, place->line.size);
		buf_char(kept, '\n');
	}
	if (place->state != SWITCH_READY && out->state == SWITCH_READY) {
		out->state = place->state;
		out->reason = place->reason;
	}
}

static enum err_kind take_kept(const struct flag_binding *b, struct buf *kept, struct arena *arena, struct flag_reading *out, struct err *err)
{
	const char *proven = arena_printf(arena, "%s %s", key_of(b), off_of(b));
	enum err_kind failed = ERR_NONE;

	out->kept_size = kept->size;
	out->kept = kept->failed ? NULL : arena_bytes(arena, buf_text(kept), kept->size);
	if (!out->kept || !proven)
		failed = err_memory(err);
	if (!failed)
		failed = digest_tagged("gonogo-flag-parts", out->kept, out->kept_size, &out->left, err);
	return failed ? failed : digest_tagged("gonogo-flag-definition", proven, strlen(proven), &out->definition, err);
}

enum err_kind env_read(const struct flag_binding *b, struct texts tenants, struct arena *arena, struct flag_reading *out, struct err *err)
{
	const bool each = is_each(b);
	struct buf kept = BUF_EMPTY;
	struct place place = { 0 };
	enum err_kind failed = reading_begin(out, tenants, arena, err);

	out->is_killed_form = true;
	for (size_t i = 0; !failed && i < (each ? tenants.count : 1); i++) {
		const char *tenant = each ? tenants.items[i] : "*";

		place = (struct place){ 0 };
		failed = open_place(b, tenant, arena, &place, err);
		if (failed)
			break;
		note(&place, tenant, &kept, out);
		out->is_killed_form &= served_by(b, &place, arena) == FLAG_OFF;
		if (each)
			out->tenants[i].served = served_by(b, &place, arena);
	}
	for (size_t i = 0; !failed && !each && i < out->count; i++)
		out->tenants[i].served = served_by(b, &place, arena);
	if (!failed)
		failed = take_kept(b, &kept, arena, out, err);
	buf_release(&kept);
	return failed;
}

/* What stood there before the kill, from the lines that env_read kept. */
static const char *kept_value(const struct flag_aim *aim, const char *tenant, struct arena *arena)
{
	const size_t size = strlen(tenant);

	for (const char *at = aim->kept; at && *at; at += strcspn(at, "\n"), at += *at == '\n')
		if (strncmp(at, tenant, size) == 0 && at[size] == '=')
			return arena_bytes(arena, at + size + 1, strcspn(at + size + 1, "\n"));
	return NULL;
}

static enum err_kind write_place(const struct flag_binding *b, const struct place *place, const char *value, struct arena *arena, struct err *err)
{
	const struct flag_file *file = &place->file;
	const size_t size = strlen(value), end = place->line.at + place->line.size;
	struct buf made = BUF_EMPTY;
	enum err_kind failed;

	if (place->state != SWITCH_READY)
		return err_set(err, ERR_SYSTEM, "%s", place->reason);
	if (strpbrk(value, " \t\n\"'$`\\;&|<>()#"))
		return err_set(err, ERR_REFUSED, "\"%.100s\" is no plain value to write into %.1024s; bind the switch with --off VALUE, one word.", value, b->place);
	if (size == place->line.size && memcmp(value, file->bytes + place->line.at, size) == 0)
		return ERR_NONE;
	buf_add(&made, file->bytes, place->line.at);
	buf_add(&made, value, size);
	buf_add(&made, file->bytes + end, file->size - end);
	failed = buf_check(&made, err);
	if (!failed)
		failed = flag_file_replace(file, made.bytes, made.size, arena, err);
	buf_release(&made);
	return failed;
}

static enum err_kind write_one(const struct flag_binding *b, const struct flag_aim *aim, const char *tenant, bool is_off, struct arena *arena, struct err *err)
{
	struct place place = { 0 };
	const char *value = is_off ? off_of(b) : kept_value(aim, tenant, arena);
	enum err_kind failed = open_place(b, tenant, arena, &place, err);

	/* Without a value kept it was never written. */
	return failed || !value ? failed : write_place(b, &place, value, arena, err);
}

static enum err_kind write_aim(const struct flag_binding *b, const struct flag_aim *aim, struct arena *arena, struct flag_reading *out, struct err *err)
{
	const bool is_whole = aim->everyone && !aim->except.count, is_nobody = !aim->everyone && !aim->killed.count;
	enum err_kind failed = env_read(b, aim->tenants, arena, out, err);
	struct err first;
	enum err_kind first_failed = ERR_NONE;

	if (!failed && aim->left && !digest_equal(aim->left, &out->left))
		failed = err_set(err, ERR_BUSY, "Somebody else changed %.100s in %.1024s meanwhile; nothing was written over it.", key_of(b), b->place);
	if (!failed && !is_each(b) && !is_whole && !is_nobody)
		failed = err_set(err, ERR_REFUSED, "%.1024s is one file for every tenant, so nothing in it is off for some alone. Kill it for every tenant, or bind the switch to a "
				 "place with %s in it.", b->place, each_tenant);
	if (failed)
		return failed;
	if (!is_each(b))
		failed = write_one(b, aim, "*", is_whole, arena, err);
	/* One file that cannot be written keeps no other tenant exposed. */
	for (size_t i = 0; is_each(b) && i < aim->tenants.count; i++) {
		struct err *here = first_failed ? NULL : &first;
		const enum err_kind one = write_one(b, aim, aim->tenants.items[i], flag_aims_at(aim, aim->tenants.items[i]), arena, here);

		if (!first_failed)
			first_failed = one;
	}
	if (first_failed)
		failed = err_set(err, first_failed, "%s", first.text);
	if (!failed)
		failed = env_read(b, aim->tenants, arena, out, err);
	for (size_t i = 0; !failed && i < out->count; i++)
		if (flag_aims_at(aim, out->tenants[i].id) && out->tenants[i].served != FLAG_OFF)
			failed = err_set(err, ERR_SYSTEM, "The write to %.1024s did not take: %.100s is not %.100s for %.64s.", b->place, key_of(b), off_of(b), out->tenants[i].id);
	return failed;
}

enum err_kind env_kill(const struct flag_binding *b, const struct flag_aim *aim, struct arena *arena, struct flag_reading *out, struct err *err)
{
	const enum err_kind failed = write_aim(b, aim, arena, out, err);
	char text[ERR_TEXT_MAX];
	const char *how = failed ? env_describe(b, arena) : NULL;

	if (!failed)
		return ERR_NONE;
	memcpy(text, err->text, sizeof text);
	return err_set(err, failed, "%.2000s Until then set it by hand: %.1500s", text, how ? how : "");
}

enum err_kind env_restore(const struct flag_binding *b, const struct flag_aim *aim, struct arena *arena, struct flag_reading *out, struct err *err)
{
	return write_aim(b, aim, arena, out, err);
}

const char *env_describe(const struct flag_binding *b, struct arena *arena)
{
	return arena_printf(arena, "write %.100s=%.100s into %.1024s; a process that runs sees it only when it reads the file anew.", key_of(b), off_of(b), b->place);
}
