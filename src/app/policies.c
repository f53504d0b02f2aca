#include <config.h>

#include <string.h>

#include <gonogo/app/policies.h>
#include <gonogo/app/sentence.h>
#include <gonogo/config/policy_file.h>

enum err_kind use_policy_check(const char *file, struct arena *arena, struct policy_text *out, struct err *err)
{
	struct policy policy;

	return policy_file_read(file, arena, &policy, out, err);
}

enum err_kind use_policy_adopt(struct session *s, const char *file, struct outcome *out, struct err *err)
{
	struct arena arena;
	struct policy policy;
	struct policy_text text;
	struct act act;
	struct json_writer w;
	const char *canonical;
	enum err_kind failed;

	arena_init(&arena, 0);
	failed = policy_file_read(file, &arena, &policy, &text, err);
	if (!failed)
		failed = policy_write(&text, &arena, &canonical, err);
	if (failed)
		goto out;
	act_begin(&act, &w, "policy.adopted", NULL, NULL);
	act_text(&w, "text", canonical);
	act_text(&w, "name", policy.name);
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		sentence_done(out, "The policy \"%s\" is in force: %zu settings. What was promoted before stays so.", policy.name, text.count);
out:
	arena_release(&arena);
	return failed;
}

enum err_kind use_policy(struct session *s, instant at, struct arena *arena, struct policy_view *out, struct err *err)
{
	struct record record;
	const struct registry *registry = &record.dossier.registry;
	struct policy policy;
	enum err_kind failed = record_load(s, NULL, at, false, &record, err);

	*out = (struct policy_view){ .name = "standard", .adopted = WHEN_NONE, .text = { .arena = arena } };
	if (!failed && registry->policy_text) {
		out->adopted = registry->policy_source.at;
		out->seq = registry->policy_source.seq;
		out->by = arena_str(arena, registry->policy_source.actor);
		out->canonical = arena_str(arena, registry->policy_text);
		failed = out->by && out->canonical ? policy_read(out->canonical, arena, &policy, &out->text, err) : err_memory(err);
		out->name = failed ? out->name : policy.name;
	}
	record_release(&record);
	return failed;
}
