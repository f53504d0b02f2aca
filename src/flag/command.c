#include <config.h>

#include <stdlib.h>
#include <string.h>

#include <gonogo/base/json.h>
#include <gonogo/base/spawn.h>
#include <gonogo/base/text.h>

#include "providers.h"

enum { DEADLINE_S = 10, DEADLINE_MAX_S = 60, ANSWER_MAX = 256 * 1024, SHOWN_MAX = 300 };

static const char *const *argv_of(const struct flag_binding *b, struct arena *arena)
{
	const char **argv = arena_array(arena, b->args.count + 2, sizeof *argv);
	size_t count = 0;

	if (!argv)
		return NULL;
	argv[count++] = b->place;
	for (size_t i = 0; i < b->args.count; i++)
		if (strncmp(b->args.items[i], "arg=", 4) == 0)
			argv[count++] = b->args.items[i] + 4;
	return argv;
}

static void list(struct json_writer *w, const char *key, struct texts ids)
{
	json_open(w, key, '[');
	for (size_t i = 0; i < ids.count; i++)
		json_text(w, NULL, ids.items[i]);
	json_close(w, ']');
}

static void write_question(struct buf *out, const char *verb, const struct flag_binding *b, struct texts tenants, const struct flag_aim *aim)
{
	struct json_writer w = { .out = out, .escape = true };

	json_open(&w, NULL, '{');
	json_int(&w, "schema", 1);
	json_text(&w, "verb", verb);
	json_text(&w, "release", b->release);
	json_text(&w, "flag", flag_setting(b, "flag", b->flag));
	list(&w, "tenants", tenants);
	if (aim) {
		json_bool(&w, "everyone", aim->everyone);
		list(&w, "except", aim->except);
		list(&w, "killed", aim->killed);
		json_text(&w, "kept", aim->kept);
	}
	json_close(&w, '}');
	buf_char(out, '\n');
}

static int deadline_of(const struct flag_binding *b)
{
	const char *given = flag_setting(b, "timeout", NULL);
	const long seconds = given ? strtol(given, NULL, 10) : DEADLINE_S;

	return seconds < 1 || seconds > DEADLINE_MAX_S ? DEADLINE_S : (int)seconds;
}

/* The first of what a program said, safe to show and to record. */
static const char *shown(const char *text, struct arena *arena)
{
	struct buf safe = BUF_EMPTY;
	const char *copy;

	text_show(&safe, text, strcspn(text, "\n"), false);
	copy = arena_bytes(arena, buf_text(&safe), text_fit(buf_text(&safe), safe.size < SHOWN_MAX ? safe.size : SHOWN_MAX, SHOWN_MAX));
	buf_release(&safe);
	return copy;
}

static bool is_named(const struct json_object *answer, const char *key, const char *tenant)
{
	const struct json_value *ids = json_find(answer, key);

	for (size_t i = 0; ids && ids->type == JSON_TEXTS && i < ids->count; i++)
		if (text_same_id(ids->texts[i], tenant))
			return true;
	return false;
}

static const char *text_of(const struct json_object *answer, const char *key)
{
	const struct json_value *value = json_find(answer, key);

	return value && value->type == JSON_TEXT ? value->text : NULL;
}

static bool is_word(const struct json_object *answer, const char *key, const char *word)
{
	const char *text = text_of(answer, key);

	return text && strcmp(text, word) == 0;
}

static enum err_kind take(const struct flag_binding *b, const struct json_object *answer, struct arena *arena, struct flag_reading *out, struct err *err)
{
	const struct json_value *schema = json_find(answer, "schema");
	const char *kept = text_of(answer, "kept"), *reason = text_of(answer, "reason"), *proven = text_of(answer, "definition");
	int state = SWITCH_READY;
	enum err_kind failed;

	if (!schema || schema->type != JSON_INT || schema->integer != 1 || (text_of(answer, "state") && !words_read(words_switch_state, text_of(answer, "state"), &state)))
		return reading_is(out, SWITCH_SILENT, arena_printf(arena, "%.1024s answered in another form than gonogo-switch(7) tells.", b->place), err);
	out->is_killed_form = out->count > 0;
	for (size_t i = 0; i < out->count; i++) {
		const bool is_on = is_named(answer, "on", out->tenants[i].id), is_off = is_named(answer, "off", out->tenants[i].id);

		out->tenants[i].served = is_on == is_off ? FLAG_UNKNOWN : is_on ? FLAG_ON : FLAG_OFF;
		out->is_killed_form &= out->tenants[i].served == FLAG_OFF;
	}
	out->otherwise = is_word(answer, "default", "on") ? FLAG_ON : is_word(answer, "default", "off") ? FLAG_OFF : FLAG_UNKNOWN;
	out->kept = kept && *kept ? kept : "-";
	out->kept_size = strlen(out->kept);
	proven = arena_printf(arena, "%s %s", b->place, proven ? proven : "");
	if (!proven)
		return err_memory(err);
	failed = digest_tagged("gonogo-flag-parts", out->kept, out->kept_size, &out->left, err);
	if (!failed)
		failed = digest_tagged("gonogo-flag-definition", proven, strlen(proven), &out->definition, err);
	if (failed || state == SWITCH_READY)
		return failed;
	return reading_is(out, (enum switch_state)state, reason ? shown(reason, arena) : arena_printf(arena, "%.1024s says that the switch is %s.", b->place,
												      words_word(words_switch_state, state)), err);
}

static enum err_kind ask(const char *verb, const struct flag_binding *b, struct texts tenants, const struct flag_aim *aim, struct arena *arena, struct flag_reading *out,
			 struct err *err)
{
	struct buf question = BUF_EMPTY;
	struct spawn spawn = { .argv = argv_of(b, arena), .deadline_s = deadline_of(b), .output_cap = ANSWER_MAX };
	struct spawn_result result = { 0 };
	struct json_object answer;
	struct err found;
	const char *why = NULL;
	enum err_kind failed = reading_begin(out, tenants, arena, err);

	write_question(&question, verb, b, tenants, aim);
	if (!failed && (question.failed || !spawn.argv))
		failed = err_memory(err);
	if (failed)
		goto out;
	spawn.input = question.bytes;
	spawn.input_size = question.size;
	if (spawn_run(&spawn, arena, &result, &found))
		why = arena_printf(arena, "%.2000s.", found.text);
	else if (result.timed_out)
		why = arena_printf(arena, "%.1024s did not answer within %d s and was ended.", b->place, spawn.deadline_s);
	else if (result.cut)
		why = arena_printf(arena, "%.1024s said more than %d bytes.", b->place, (int)ANSWER_MAX);
	else if (result.status != 0)
		why = arena_printf(arena, "%.1024s ended with status %d: %s.", b->place, result.status, *result.diagnostics ? shown(result.diagnostics, arena) : "it said nothing");
	else if (text_is_blank(result.out))
		why = arena_printf(arena, "%.1024s answered nothing.", b->place);
	else if (json_read_flat(result.out, strlen(result.out), arena, &answer, &found))
		why = arena_printf(arena, "%.1024s did not answer in JSON: %.1000s.", b->place, found.text);
	else
		failed = take(b, &answer, arena, out, err);
	if (!failed && why)
		failed = reading_is(out, SWITCH_SILENT, why, err);
out:
	buf_release(&question);
	return failed;
}

enum err_kind command_read(const struct flag_binding *b, struct texts tenants, struct arena *arena, struct flag_reading *out, struct err *err)
{
	return ask("read", b, tenants, NULL, arena, out, err);
}

/* What it says it did is not believed: it is asked again what is served. */
static enum err_kind command_aim(const char *verb, const struct flag_binding *b, const struct flag_aim *aim, struct arena *arena, struct flag_reading *out, struct err *err)
{
	enum err_kind failed = ask(verb, b, aim->tenants, aim, arena, out, err);

	if (!failed && out->state == SWITCH_READY)
		failed = ask("read", b, aim->tenants, NULL, arena, out, err);
	if (!failed && out->state != SWITCH_READY)
		failed = err_set(err, ERR_SYSTEM, "%s", out->reason);
	for (size_t i = 0; !failed && i < out->count; i++)
		if (flag_aims_at(aim, out->tenants[i].id) && out->tenants[i].served != FLAG_OFF)
			failed = err_set(err, ERR_SYSTEM, "%.1024s was told to switch off, and does not say that it is off for %.64s.", b->place, out->tenants[i].id);
	return failed;
}

enum err_kind command_kill(const struct flag_binding *b, const struct flag_aim *aim, struct arena *arena, struct flag_reading *out, struct err *err)
{
	const enum err_kind failed = command_aim("kill", b, aim, arena, out, err);
	char text[ERR_TEXT_MAX];
	const char *how = failed ? command_describe(b, arena) : NULL;

	if (!failed)
		return ERR_NONE;
	memcpy(text, err->text, sizeof text);
	return err_set(err, failed, "%.2000s Until then set it by hand: %.1500s", text, how ? how : "");
}

enum err_kind command_restore(const struct flag_binding *b, const struct flag_aim *aim, struct arena *arena, struct flag_reading *out, struct err *err)
{
	return command_aim("restore", b, aim, arena, out, err);
}

const char *command_describe(const struct flag_binding *b, struct arena *arena)
{
	return arena_printf(arena, "do what %.1024s would do to switch off %.200s.", b->place, flag_setting(b, "flag", b->flag ? b->flag : "the release"));
}
