#include <config.h>

#include <gonogo/cli/families.h>

enum err_kind run_incident_open(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	const struct args *args = &in->args;
	const struct texts releases = { args->words, args->count };
	struct outcome outcome = { 0 };
	struct texts tenants;
	long long severity;
	enum err_kind failed = args_number("--severity", args_value(args, "--severity"), 1, 4, &severity, err);

	(void)answer;
	if (!failed)
		failed = args_values(args, "--tenant", &in->arena, &tenants, err);
	if (!failed)
		failed = use_incident_open(s, releases, tenants, (int)severity, args_has(args, "--cross-tenant"), args_value(args, "--summary"), &outcome,
					   err);
	return out_done(in, failed, &outcome);
}

enum err_kind run_incident_regrade(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct outcome outcome = { 0 };
	long long severity;
	enum err_kind failed = args_number("--severity", args_value(&in->args, "--severity"), 1, 4, &severity, err);

	(void)answer;
	if (!failed)
		failed = use_incident_regrade(s, in->args.words[0], (int)severity, args_value(&in->args, "--reason"), &outcome, err);
	return out_done(in, failed, &outcome);
}

enum err_kind run_incident_resolve(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct outcome outcome = { 0 };

	(void)answer;
	return out_done(in, use_incident_resolve(s, in->args.words[0], args_value(&in->args, "--resolution"), &outcome, err), &outcome);
}

enum err_kind run_incident_evaluate(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct outcome outcome = { 0 };
	int decision = 0;
	enum err_kind failed = args_word("The decision", in->args.words[1], words_evaluation, &decision, err);

	(void)answer;
	if (!failed)
		failed = use_incident_evaluate(s, in->args.words[0], (enum evaluation)decision, args_value(&in->args, "--rationale"), &outcome, err);
	return out_done(in, failed, &outcome);
}

static void json_incident(struct json_writer *w, const struct incident *incident)
{
	json_open(w, NULL, '{');
	json_text(w, "id", incident->id);
	json_int(w, "severity", incident->severity);
	json_text(w, "summary", incident->summary);
	json_bool(w, "cross_tenant", incident->is_cross_tenant);
	out_json_texts(w, "tenants", incident->tenants);
	out_json_texts(w, "releases", incident->releases);
	out_json_time(w, "opened", incident->opened.at);
	out_json_time(w, "resolved", incident->resolved.seq ? incident->resolved.at : WHEN_NONE);
	json_text(w, "resolution", incident->resolution);
	json_close(w, '}');
}

static void print_incident(struct buf *out, const struct incident *incident)
{
	char opened[WHEN_TEXT_MAX], resolved[WHEN_TEXT_MAX];

	buf_printf(out, "%-8s SEV-%d  opened %s", incident->id, incident->severity, when_format(incident->opened.at, opened));
	if (incident->resolved.seq)
		buf_printf(out, ", resolved %s", when_format(incident->resolved.at, resolved));
	buf_printf(out, "%s  %s\n", incident->is_cross_tenant ? "  CROSS-TENANT" : "", incident->summary);
	for (size_t i = 0; i < incident->releases.count; i++)
		buf_printf(out, "         release %s\n", incident->releases.items[i]);
	for (size_t i = 0; i < incident->tenants.count; i++)
		buf_printf(out, "         tenant %s\n", incident->tenants.items[i]);
}

enum err_kind run_incident_list(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct incident_list list = { 0 };
	enum err_kind failed = use_incidents(s, &in->arena, &list, err);

	(void)answer;
	if (failed)
		return failed;
	if (in->json) {
		struct json_writer w = out_json(in);

		json_open(&w, "incidents", '[');
		for (size_t i = 0; i < list.count; i++)
			json_incident(&w, &list.items[i]);
		json_close(&w, ']');
		out_json_end(in, &w);
		return ERR_NONE;
	}
	for (size_t i = 0; i < list.count; i++)
		print_incident(&in->out, &list.items[i]);
	if (!list.count)
		buf_str(&in->out, "No incident is on record.\n");
	return ERR_NONE;
}

enum err_kind run_rollback_approve(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct outcome outcome = { 0 };

	(void)answer;
	return out_done(in, use_rollback_approve(s, in->args.words[0], args_value(&in->args, "--incident"), &outcome, err), &outcome);
}

enum err_kind run_rollback_start(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct outcome outcome = { 0 };

	(void)answer;
	return out_done(in, use_rollback_start(s, in->args.words[0], args_value(&in->args, "--reason"), args_value(&in->args, "--incident"), &outcome,
					       err), &outcome);
}

enum err_kind run_rollback_step(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	static const struct word states[] = { { STEP_DONE, "done", "done" }, { STEP_SKIPPED, "skipped", "skipped" }, { 0, NULL, NULL } };
	struct outcome outcome = { 0 };
	long long n;
	int state = STEP_DONE;
	enum err_kind failed = args_number("the step", in->args.words[1], 1, 1000, &n, err);

	(void)answer;
	if (!failed)
		failed = args_word("The state", in->args.words[2], states, &state, err);
	if (!failed)
		failed = use_rollback_step(s, in->args.words[0], n, (enum step_state)state, args_value(&in->args, "--note"), &outcome, err);
	return out_done(in, failed, &outcome);
}

enum err_kind run_rollback_notify(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	const struct texts people = { in->args.words + 1, in->args.count - 1 };
	struct outcome outcome = { 0 };

	(void)answer;
	return out_done(in, use_rollback_notify(s, in->args.words[0], people, &outcome, err), &outcome);
}

enum err_kind run_rollback_finish(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct outcome outcome = { 0 };
	int verification = 0;
	enum err_kind failed = args_option_word(&in->args, "--verification", words_result, &verification, err);

	(void)answer;
	if (!failed)
		failed = use_rollback_finish(s, in->args.words[0], (enum result)verification, args_value(&in->args, "--note"), &outcome, err);
	return out_done(in, failed, &outcome);
}

enum err_kind run_rollback_rehearse(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct outcome outcome = { 0 };
	int result = 0;
	enum err_kind failed = args_option_word(&in->args, "--result", words_result, &result, err);

	(void)answer;
	if (!failed)
		failed = use_rollback_rehearse(s, in->args.words[0], (enum result)result, args_value(&in->args, "--note"),
					       args_value(&in->args, "--evidence"), &outcome, err);
	return out_done(in, failed, &outcome);
}
