#include <config.h>

#include <stdio.h>

#include <gonogo/cli/families.h>

enum err_kind run_switch_test(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	const struct args *args = &in->args;
	struct outcome outcome = { 0 };
	int result = 0;
	bool is_live = false;
	enum err_kind failed;

	(void)answer;
	/* Only a switch that is bound can be put to the proof: for any other one the result is what is missing. */
	if (!args_has(args, "--result") && !use_switch_is_live(s, args->words[0], &is_live, err) && is_live)
		return out_done(in, use_switch_drill(s, args->words[0], args_value(args, "--env"), args_value(args, "--note"), &outcome, err), &outcome);
	failed = args_option_word(args, "--result", words_result, &result, err);
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

enum err_kind run_switch_bind(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	const struct args *args = &in->args;
	struct switch_place where = { .provider = args_value(args, "--provider"), .place = args_value(args, "--place"), .flag = args_value(args, "--flag"),
				      .attribute = args_value(args, "--attribute"), .off = args_value(args, "--off"), .timeout = args_value(args, "--timeout") };
	struct outcome outcome = { 0 };
	enum err_kind failed = args_values(args, "--later", &in->arena, &where.later, err);

	(void)answer;
	if (!failed)
		failed = args_values(args, "--arg", &in->arena, &where.args, err);
	if (!failed)
		failed = use_switch_bind(s, args->words[0], &where, &outcome, err);
	return out_done(in, failed, &outcome);
}

enum err_kind run_switch_observe(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct outcome outcome = { 0 };

	(void)answer;
	return out_done(in, use_switch_observe(s, in->args.words[0], &outcome, err), &outcome);
}

/* A service's log is read while it runs. */
static void say_now(void *context, const char *line)
{
	struct invocation *in = context;

	buf_printf(&in->out, "%s\n", line);
	out_flush(in);
}

enum err_kind run_switch_watch(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	long long interval_s = 60;
	enum err_kind failed = ERR_NONE;

	(void)answer;
	if (args_has(&in->args, "--interval"))
		failed = args_number("--interval", args_value(&in->args, "--interval"), 1, 86400, &interval_s, err);
	return failed ? failed : use_switch_watch(s, (int)interval_s, say_now, in, err);
}
