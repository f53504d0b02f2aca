#include <config.h>

#include <gonogo/cli/families.h>

static const char *switch_state(const struct dossier *d)
{
	if (!d->definition_source.seq && !d->manifest.kill_switch)
		return "missing";
	/* Nobody is served it, so there is nothing to switch off. */
	if (words_state_is_final(d->state))
		return words_word(words_state, (int)d->state);
	if (!dossier_is_killed(d))
		return "armed";
	return dossier_killed(d, "*") ? "killed" : "killed-for-some";
}

static const struct switch_test *last_test(const struct dossier *d)
{
	return d->test_count ? &d->tests[d->test_count - 1] : NULL;
}

static void json_switch(struct json_writer *w, const struct dossier *d)
{
	const struct switch_test *test = last_test(d);

	json_open(w, NULL, '{');
	json_text(w, "id", d->release);
	json_text(w, "flag", d->definition.flag);
	json_text(w, "default", d->definition.default_value);
	json_text(w, "state", switch_state(d));
	json_text(w, "provider", d->provider ? d->provider : "manual");
	out_json_time(w, "tested", test ? test->source.at : WHEN_NONE);
	json_text(w, "result", test ? words_word(words_result, (int)test->result) : NULL);
	json_open(w, "killed", '[');
	for (size_t i = 0; i < d->kill_count; i++)
		json_text(w, NULL, d->kills[i].tenant);
	json_close(w, ']');
	json_close(w, '}');
}

static void print_switch(struct buf *out, const struct dossier *d)
{
	const struct switch_test *test = last_test(d);
	char when[WHEN_TEXT_MAX];

	buf_printf(out, "%-32s %-16s %-28s ", d->release, switch_state(d), d->definition.flag ? d->definition.flag : "-");
	if (test)
		buf_printf(out, "tested %s: %s\n", when_format(test->source.at, when), words_word(words_result, (int)test->result));
	else
		buf_str(out, "never tested\n");
}

static void print_kills(struct buf *out, const struct dossier *d)
{
	char when[WHEN_TEXT_MAX];

	for (size_t i = 0; i < d->kill_count; i++)
		buf_printf(out, "  killed for %s since %s by %s: %s\n", d->kills[i].tenant[0] == '*' ? "every tenant" : d->kills[i].tenant,
			   when_format(d->kills[i].source.at, when), d->kills[i].source.actor, d->kills[i].reason);
	for (size_t i = 0; i < d->confirmation_count; i++)
		buf_printf(out, "  %s confirmed %s at %s by %s\n", d->confirmations[i].tenant, d->confirmations[i].is_on ? "on" : "off",
			   when_format(d->confirmations[i].source.at, when), d->confirmations[i].source.actor);
}

enum err_kind run_switch_list(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct texts releases = { 0 };
	struct json_writer w = { 0 };
	enum err_kind failed = use_release_ids(s, &in->arena, &releases, err);

	(void)answer;
	if (!failed && in->json) {
		w = out_json(in);
		json_open(&w, "switches", '[');
	}
	for (size_t i = 0; !failed && i < releases.count; i++) {
		struct record record;

		failed = record_load(s, releases.items[i], WHEN_NONE, true, &record, err);
		if (!failed && in->json)
			json_switch(&w, &record.dossier);
		else if (!failed)
			print_switch(&in->out, &record.dossier);
		record_release(&record);
	}
	if (!failed && in->json) {
		json_close(&w, ']');
		out_json_end(in, &w);
	}
	return failed;
}

enum err_kind run_switch_show(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct record record;
	const struct dossier *d = &record.dossier;
	enum err_kind failed = record_load(s, in->args.words[0], WHEN_NONE, true, &record, err);

	(void)answer;
	if (!failed && in->json) {
		struct json_writer w = out_json(in);

		json_open(&w, "switches", '[');
		json_switch(&w, d);
		json_close(&w, ']');
		out_json_end(in, &w);
	} else if (!failed) {
		print_switch(&in->out, d);
		if (d->definition.enabled_for)
			buf_printf(&in->out, "  enabled for %s\n", d->definition.enabled_for);
		if (d->definition.activation)
			buf_printf(&in->out, "  activation %s\n", d->definition.activation);
		print_kills(&in->out, d);
	}
	record_release(&record);
	return failed;
}

enum err_kind run_switch_test(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	const struct args *args = &in->args;
	struct outcome outcome = { 0 };
	int result = 0;
	enum err_kind failed = args_option_word(args, "--result", words_result, &result, err);

	(void)answer;
	if (!failed)
		failed = use_switch_test(s, args->words[0], args_value(args, "--env"), (enum result)result, args_value(args, "--note"),
					 args_value(args, "--evidence"), &outcome, err);
	return out_done(in, failed, &outcome);
}

enum err_kind run_switch_kill(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct outcome outcome = { 0 };
	struct texts tenants;
	enum err_kind failed = args_values(&in->args, "--tenant", &in->arena, &tenants, err);

	(void)answer;
	if (!failed)
		failed = use_switch_kill(s, in->args.words[0], tenants, args_value(&in->args, "--reason"), &outcome, err);
	return out_done(in, failed, &outcome);
}

enum err_kind run_switch_approve(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct outcome outcome = { 0 };
	int role = 0;
	enum err_kind failed = args_option_word(&in->args, "--role", words_role, &role, err);

	(void)answer;
	if (!failed)
		failed = use_switch_approve(s, in->args.words[0], (enum role)role, args_value(&in->args, "--reason"), &outcome, err);
	return out_done(in, failed, &outcome);
}

enum err_kind run_switch_restore(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct outcome outcome = { 0 };
	struct texts tenants;
	enum err_kind failed = args_values(&in->args, "--tenant", &in->arena, &tenants, err);

	(void)answer;
	if (!failed)
		failed = use_switch_restore(s, in->args.words[0], tenants, args_value(&in->args, "--reason"), &outcome, err);
	return out_done(in, failed, &outcome);
}

enum err_kind run_switch_confirm(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	static const struct word states[] = { { 1, "on", "on" }, { 0, "off", "off" }, { 0, NULL, NULL } };
	const char *tenant = args_value(&in->args, "--tenant");
	struct outcome outcome = { 0 };
	int on = 0;
	enum err_kind failed = args_word("The state", in->args.words[1], states, &on, err);

	(void)answer;
	if (!failed && !tenant)
		failed = err_set(err, ERR_USAGE, "--tenant is missing. Say whose state it is: gonogo switch confirm %s --tenant TENANT on|off.",
				 in->args.words[0]);
	if (!failed)
		failed = use_switch_confirm(s, in->args.words[0], tenant, on, &outcome, err);
	return out_done(in, failed, &outcome);
}
