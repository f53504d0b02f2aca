#include <config.h>

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <gonogo/app/sentence.h>
#include <gonogo/app/switching.h>
#include <gonogo/app/uses.h>

/* The place is kept as it is found from anywhere: whoever kills stands in another folder.  Links in it stay links. */
static enum err_kind absolute(const char *provider, const char *place, struct arena *arena, const char **out, struct err *err)
{
	char here[PATH_MAX];
	const bool is_program = strcmp(provider, "command") == 0 && !strchr(place, '/');

	*out = place;
	if (strcmp(provider, "manual") == 0 || is_program || *place == '/')
		return ERR_NONE;
	if (!getcwd(here, sizeof here))
		return err_set(err, ERR_SYSTEM, "The folder you are in has no name; give the whole path of %.1024s.", place);
	*out = arena_printf(arena, "%s/%s", here, place);
	return *out ? ERR_NONE : err_memory(err);
}

static enum err_kind check(const char *provider, const char *place, struct texts args, struct err *err)
{
	enum err_kind failed = ERR_NONE;

	if (!flag_provider_find(provider))
		return err_set(err, ERR_USAGE, "\"%.80s\" is no provider; write --provider flagd, env, command or manual.", provider ? provider : "");
	if (text_is_blank(place))
		return err_missing_option(err, "--place PLACE", "The place is missing.");
	failed = sentence_check(TEXT_LINE, "the place", place, "--place PLACE", err);
	for (size_t i = 0; !failed && i < args.count; i++)
		failed = sentence_check(TEXT_LINE, "a setting of the binding", args.items[i], NULL, err);
	return failed;
}

/* What stands at the new place now, as the sentence's end; a release that is killed is killed there too. */
static enum err_kind look(struct session *s, const char *release, struct switching *out, struct err *err)
{
	struct record record;
	struct live live;
	enum err_kind failed = record_load(s, release, WHEN_NONE, true, &record, err);

	*out = (struct switching){ 0 };
	if (!failed)
		failed = live_read(&record.dossier, &record.arena, &live, err);
	if (!failed && live.provider->is_live && dossier_is_killed(&record.dossier)) {
		record_release(&record);
		return switching_apply(s, release, SWITCH_OP_KILL, out, err);
	}
	if (!failed)
		failed = switching_found(s, release, &live, NULL, err);
	if (!failed && live.reading.state != SWITCH_READY)
		(void)snprintf(out->text, sizeof out->text, "%.3500s", live.reading.reason);
	record_release(&record);
	return failed;
}

static enum err_kind add_setting(const char **settings, size_t *count, const char *name, const char *value, struct arena *arena, struct err *err)
{
	if (!value)
		return ERR_NONE;
	settings[*count] = arena_printf(arena, "%s=%s", name, value);
	return settings[(*count)++] ? ERR_NONE : err_memory(err);
}

static enum err_kind settings_of(const struct switch_place *where, struct arena *arena, struct texts *out, struct err *err)
{
	const struct { const char *name, *value; } single[] = { { "flag", where->flag }, { "attribute", where->attribute }, { "off", where->off },
								{ "timeout", where->timeout } };
	const struct { const char *name; struct texts values; } several[] = { { "later", where->later }, { "arg", where->args } };
	const char **settings = arena_array(arena, sizeof single / sizeof *single + where->later.count + where->args.count, sizeof *settings);
	enum err_kind failed = settings ? ERR_NONE : err_memory(err);
	size_t count = 0;

	for (size_t i = 0; !failed && i < sizeof single / sizeof *single; i++)
		failed = add_setting(settings, &count, single[i].name, single[i].value, arena, err);
	for (size_t i = 0; !failed && i < sizeof several / sizeof *several; i++)
		for (size_t k = 0; !failed && k < several[i].values.count; k++)
			failed = add_setting(settings, &count, several[i].name, several[i].values.items[k], arena, err);
	*out = (struct texts){ settings, count };
	return failed;
}

enum err_kind use_switch_bind(struct session *s, const char *release, const struct switch_place *where, struct outcome *out, struct err *err)
{
	struct arena arena = { 0 };
	struct texts args;
	struct switching found;
	struct act act;
	struct json_writer w;
	const char *whole;
	enum err_kind failed;

	arena_init(&arena, 0);
	failed = settings_of(where, &arena, &args, err);
	if (!failed)
		failed = check(where->provider, where->place, args, err);
	if (!failed)
		failed = absolute(where->provider, where->place, &arena, &whole, err);
	if (!failed) {
		act_begin(&act, &w, "switch.bound", release, NULL);
		act_text(&w, "provider", where->provider);
		act_text(&w, "place", whole);
		act_texts(&w, "args", args);
		act_end(&w);
		failed = sentence_commit(s, &act, out, err);
	}
	if (!failed)
		failed = look(s, release, &found, err);
	if (!failed && found.failed)
		failed = err_set(err, found.failed, "The kill switch of %.64s is bound, but: %.3500s", release, found.text);
	if (!failed)
		sentence_done(out, "The kill switch of %.64s is bound to %s %.200s. %.220s", release, where->provider, whole,
			      *found.text ? found.text : "Prove it with gonogo switch test, without --result.");
	arena_release(&arena);
	return failed;
}

/* A component's word of what each tenant is served; a person's is gonogo switch confirm. */
static enum err_kind observe_tenants(struct session *s, const struct live *live, struct outcome *out, struct err *err)
{
	enum err_kind failed = ERR_NONE;

	for (size_t i = 0; !failed && i < live->reading.count; i++) {
		const struct flag_tenant *seen = &live->reading.tenants[i];
		struct outcome one = { 0 };
		struct act act;
		struct json_writer w;

		if (seen->served == FLAG_UNKNOWN)
			continue;
		act_begin(&act, &w, "switch.observed", live->binding.release, seen->id);
		act_text(&w, "state", words_word(words_flag_served, (int)seen->served));
		act_text(&w, "source", live->binding.place);
		act_end(&w);
		failed = sentence_commit(s, &act, &one, err);
		if (!failed && !one.is_already)
			*out = one;
	}
	return failed;
}

enum err_kind use_switch_observe(struct session *s, const char *release, struct outcome *out, struct err *err)
{
	struct record record;
	struct live live;
	enum err_kind failed = record_load(s, release, WHEN_NONE, true, &record, err);

	if (!failed)
		failed = live_read(&record.dossier, &record.arena, &live, err);
	if (!failed && (!live.provider || !live.provider->is_live))
		failed = err_set(err, ERR_REFUSED, "The kill switch of %.64s is bound to nothing that can be read. Bind it: gonogo switch bind %.64s --provider flagd --place FILE.",
				 release, release);
	if (!failed)
		failed = switching_found(s, release, &live, out, err);
	if (!failed && record.me && record.me->is_component)
		failed = observe_tenants(s, &live, out, err);
	if (!failed)
		(void)snprintf(out->text, sizeof out->text, "The kill switch of %.64s is %s at %.200s. %.150s", release,
			       words_title(words_switch_state, (int)live.reading.state), live.binding.place, live.reading.reason ? live.reading.reason : "");
	record_release(&record);
	return failed;
}

enum err_kind use_switch_bound(struct session *s, struct arena *arena, struct texts *out, struct err *err)
{
	const struct log_filter filter = { .kind = "switch.bound" };
	struct fact_list facts;
	const char **ids;
	enum err_kind failed = ledger_log(s->store, &filter, arena, &facts, err);

	*out = (struct texts){ 0 };
	if (failed)
		return failed;
	ids = arena_array(arena, facts.count + 1, sizeof *ids);
	if (!ids)
		return err_memory(err);
	for (size_t i = 0; i < facts.count; i++) {
		bool is_known = false;

		for (size_t k = 0; k < out->count; k++)
			is_known |= text_same_id(ids[k], facts.items[i].release);
		if (!is_known)
			ids[out->count++] = facts.items[i].release;
	}
	out->items = ids;
	return ERR_NONE;
}
