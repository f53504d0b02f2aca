#include <config.h>

#include <gonogo/cli/families.h>

enum err_kind run_tenant_add(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	const struct args *args = &in->args;
	struct outcome outcome = { 0 };
	int kind = 0, track = TRACK_STANDARD;
	enum err_kind failed = args_option_word(args, "--kind", words_tenant_kind, &kind, err);

	(void)answer;
	if (!failed)
		failed = args_word("--track", args_value(args, "--track"), words_tenant_track, &track, err);
	if (!failed)
		failed = use_tenant_add(s, args->words[0], args_value(args, "--name"), (enum tenant_kind)kind, (enum tenant_track)track, &outcome,
					err);
	return out_done(in, failed, &outcome);
}

/* What is on record in one word; the releases that some consent is for stand in the audit trail. */
static const char *consent_word(const struct tenant *tenant)
{
	if (tenant->is_opted_out)
		return "opted-out";
	if (tenant->kind == TENANT_DEV_TEST)
		return "not-needed";
	for (size_t i = 0; i < tenant->consent_count; i++)
		if (!tenant->consents[i].release)
			return "given";
	return tenant->consent_count ? "given-for-some" : "none";
}

static void json_tenant(struct json_writer *w, const struct tenant *tenant)
{
	json_open(w, NULL, '{');
	json_text(w, "id", tenant->id);
	json_text(w, "name", tenant->name);
	json_text(w, "kind", words_word(words_tenant_kind, (int)tenant->kind));
	json_text(w, "track", words_word(words_tenant_track, (int)tenant->track));
	json_text(w, "consent", consent_word(tenant));
	json_close(w, '}');
}

enum err_kind run_tenant_list(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct record record;
	const struct registry *registry = &record.dossier.registry;
	struct json_writer w = { 0 };
	enum err_kind failed = record_load(s, NULL, WHEN_NONE, false, &record, err);

	(void)answer;
	if (!failed && in->json) {
		w = out_json(in);
		json_open(&w, "tenants", '[');
	}
	for (size_t i = 0; !failed && i < registry->tenant_count; i++) {
		const struct tenant *tenant = &registry->tenants[i];

		if (in->json)
			json_tenant(&w, tenant);
		else
			buf_printf(&in->out, "%-24s %-28s %-11s %-12s consent %s\n", tenant->id, tenant->name,
				   words_word(words_tenant_kind, (int)tenant->kind), words_word(words_tenant_track, (int)tenant->track),
				   consent_word(tenant));
	}
	if (!failed && in->json) {
		json_close(&w, ']');
		out_json_end(in, &w);
	}
	record_release(&record);
	return failed;
}

enum err_kind run_tenant_consent(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	const struct args *args = &in->args;
	const char *release = args_value(args, "--release");
	struct outcome outcome = { 0 };
	enum err_kind failed;

	(void)answer;
	if (args_has(args, "--withdraw") && (args_has(args, "--method") || args_has(args, "--evidence")))
		failed = err_set(err, ERR_USAGE, "--withdraw takes consent back, and --method and --evidence say how it was given: the two do not go together.");
	else if (args_has(args, "--withdraw"))
		failed = use_tenant_withdraw(s, args->words[0], release, &outcome, err);
	else
		failed = use_tenant_consent(s, args->words[0], release, args_value(args, "--method"), args_value(args, "--evidence"), &outcome, err);
	return out_done(in, failed, &outcome);
}

enum err_kind run_tenant_opt_out(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	const struct args *args = &in->args;
	struct outcome outcome = { 0 };
	int channel = CHANNEL_EXPERIMENTAL;
	enum err_kind failed = args_word("The channel", args->count > 1 ? args->words[1] : NULL, words_channel, &channel, err);

	(void)answer;
	if (!failed)
		failed = use_tenant_opt_out(s, args->words[0], (enum channel)channel, &outcome, err);
	return out_done(in, failed, &outcome);
}

enum err_kind run_tenant_track(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	const struct args *args = &in->args;
	struct outcome outcome = { 0 };
	int track = 0;
	enum err_kind failed = args_word("The track", args->words[1], words_tenant_track, &track, err);

	(void)answer;
	if (!failed)
		failed = use_tenant_track(s, args->words[0], (enum tenant_track)track, &outcome, err);
	return out_done(in, failed, &outcome);
}
