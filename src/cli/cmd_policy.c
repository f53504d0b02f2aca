#include <config.h>

#include <gonogo/app/policies.h>
#include <gonogo/cli/families.h>
#include <gonogo/config/policy_file.h>

/* What each setting asks, under the rule that it tightens. */
static enum err_kind print_says(struct invocation *in, const struct policy_text *text, struct err *err)
{
	for (size_t i = 0; i < text->count; i++) {
		const char *says = policy_says(&text->entries[i], &in->arena);

		if (!says)
			return err_memory(err);
		buf_printf(&in->out, "  %-6s %s\n", text->entries[i].setting->rule, says);
	}
	return ERR_NONE;
}

static enum err_kind json_settings(struct json_writer *w, struct invocation *in, const struct policy_text *text, struct err *err)
{
	json_open(w, "settings", '[');
	for (size_t i = 0; i < text->count; i++) {
		const struct policy_entry *entry = &text->entries[i];
		const char *says = policy_says(entry, &in->arena);

		if (!says)
			return err_memory(err);
		json_open(w, NULL, '{');
		json_text(w, "setting", entry->setting->name);
		json_text(w, "rule", entry->setting->rule);
		json_text(w, "says", says);
		for (size_t k = 0; entry->setting->fields[k].key; k++)
			if (entry->values[k])
				json_text(w, *entry->setting->fields[k].key ? entry->setting->fields[k].key : "value", entry->values[k]);
		json_close(w, '}');
	}
	json_close(w, ']');
	return ERR_NONE;
}

enum err_kind run_policy_check(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct policy_text text;
	struct json_writer w;
	enum err_kind failed = use_policy_check(in->args.words[0], &in->arena, &text, err);

	(void)s;
	(void)answer;
	if (failed)
		return failed;
	if (!in->json) {
		buf_printf(&in->out, "%s loosens nothing. It says:\n", in->args.words[0]);
		return print_says(in, &text, err);
	}
	w = out_json(in);
	failed = json_settings(&w, in, &text, err);
	if (!failed)
		out_json_end(in, &w);
	return failed;
}

enum err_kind run_policy_adopt(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct outcome outcome = { 0 };

	(void)answer;
	return out_done(in, use_policy_adopt(s, in->args.words[0], &outcome, err), &outcome);
}

enum err_kind run_policy_show(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct policy_view view;
	struct json_writer w;
	char adopted[WHEN_TEXT_MAX];
	instant at;
	enum err_kind failed = args_time(&in->args, "--at", &at, err);

	(void)answer;
	if (!failed)
		failed = use_policy(s, at, &in->arena, &view, err);
	if (failed)
		return failed;
	if (in->json) {
		w = out_json(in);
		json_text(&w, "name", view.name);
		out_json_time(&w, "adopted", view.adopted);
		json_text(&w, "by", view.by);
		json_int(&w, "fact", view.seq);
		failed = json_settings(&w, in, &view.text, err);
		if (!failed)
			out_json_end(in, &w);
	} else if (!view.by) {
		buf_str(&in->out, "No policy is adopted: the rules hold as gonogo rules prints them.\n");
	} else {
		buf_printf(&in->out, "# Adopted %s by %s, fact %lld.\n", when_format(view.adopted, adopted), view.by, (long long)view.seq);
		policy_file_print(&view.text, &in->out);
	}
	return failed;
}
