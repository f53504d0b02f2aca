#include <config.h>

#include <string.h>
#include <unistd.h>

#include <gonogo/cli/families.h>

enum err_kind run_answer(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	const struct args *args = &in->args;
	struct outcome outcome = { 0 };
	int value = 0;
	enum err_kind failed = args_word("The answer", args->words[2], words_answer, &value, err);

	(void)answer;
	if (!failed)
		failed = use_answer(s, args->words[0], args->words[1], (enum answer)value, args_value(args, "--note"), args_value(args, "--evidence"),
				    &outcome, err);
	return out_done(in, failed, &outcome);
}

enum err_kind run_stop(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	static const struct word ops[] = { { 1, "raise", "raise" }, { 0, "clear", "clear" }, { 0, NULL, NULL } };
	const struct args *args = &in->args;
	struct outcome outcome = { 0 };
	int raise = 0;
	enum err_kind failed = args_word("The act", args->words[2], ops, &raise, err);

	(void)answer;
	if (!failed)
		failed = use_stop(s, args->words[0], args->words[1], raise, args_value(args, "--reason"), &outcome, err);
	return out_done(in, failed, &outcome);
}

enum err_kind run_plan_approve(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct outcome outcome = { 0 };

	(void)answer;
	return out_done(in, use_plan_approve(s, in->args.words[0], &outcome, err), &outcome);
}

enum err_kind run_accept_risk(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	const struct args *args = &in->args;
	struct outcome outcome = { 0 };
	long long number;
	enum err_kind failed;

	(void)answer;
	if (args_has(args, "--withdraw")) {
		failed = args_number("--withdraw", args_value(args, "--withdraw"), 1, 1000000, &number, err);
		if (!failed)
			failed = use_risk_withdraw(s, args->words[0], number, args_value(args, "--reason"), &outcome, err);
	} else {
		failed = use_risk_accept(s, args->words[0], args_value(args, "--risk"), args_value(args, "--rationale"), &outcome, err);
	}
	return out_done(in, failed, &outcome);
}

static void json_finding(struct json_writer *w, const struct finding *finding)
{
	json_open(w, NULL, '{');
	json_text(w, "rule", finding->id);
	json_text(w, "state", words_word(words_finding, (int)finding->state));
	json_bool(w, "blocks", finding->blocks);
	json_text(w, "reason", finding->reason);
	if (finding->people.count)
		out_json_texts(w, "who", finding->people);
	else
		out_json_roles(w, "who", finding->roles);
	json_text(w, "next", finding->next);
	out_json_time(w, "opens", finding->opens);
	json_close(w, '}');
}

static void json_check(struct invocation *in, const struct record *record, const struct verdict *verdict, instant at)
{
	const struct dossier *d = &record->dossier;
	struct json_writer w = out_json(in);

	json_text(&w, "release", d->release);
	json_text(&w, "state", words_word(words_state, (int)d->state));
	json_text(&w, "from", words_word(words_channel, (int)verdict->from));
	json_text(&w, "to", words_word(words_channel, (int)verdict->to));
	json_text(&w, "class", words_word(words_class, (int)d->class));
	out_json_time(&w, "at", at);
	json_text(&w, "verdict", words_word(words_verdict, (int)verdict->verdict));
	out_json_time(&w, "earliest", verdict->earliest);
	out_json_time(&w, "stable_earliest", verdict->stable_earliest);
	json_open(&w, "findings", '[');
	for (size_t i = 0; i < verdict->findings.count; i++)
		json_finding(&w, &verdict->findings.items[i]);
	json_close(&w, ']');
	if (verdict->notices.count)
		out_json_texts(&w, "notices", verdict->notices);
	out_json_end(in, &w);
}

static void print_finding(struct buf *out, const struct finding *finding)
{
	char when[WHEN_TEXT_MAX], who[256];

	buf_printf(out, "  %-8s %-15s %s\n", finding->id, words_word(words_finding, (int)finding->state), finding->reason);
	if (finding_is_settled(finding))
		return;
	if (finding->opens != WHEN_NONE)
		buf_printf(out, "           opens by itself %s\n", when_format(finding->opens, when));
	if (*finding_who(finding, who, sizeof who))
		buf_printf(out, "           who %s\n", who);
	if (finding->next)
		buf_printf(out, "           next %s\n", finding->next);
}

static void print_open(struct buf *out, const struct verdict *verdict, bool blocks)
{
	for (size_t i = 0; i < verdict->findings.count; i++)
		if (!finding_is_settled(&verdict->findings.items[i]) && verdict->findings.items[i].blocks == blocks)
			print_finding(out, &verdict->findings.items[i]);
}

/* What forbids it first, then what is missing, then one line that says how much does not. */
static void print_check(struct buf *out, const struct record *record, const struct verdict *verdict)
{
	const struct dossier *d = &record->dossier;
	char when[WHEN_TEXT_MAX];
	size_t met = 0;

	buf_printf(out, "%s: %s. %s -> %s, %s.\n", d->release, words_title(words_verdict, (int)verdict->verdict),
		   words_word(words_channel, (int)verdict->from), words_word(words_channel, (int)verdict->to),
		   words_title(words_class, (int)d->class));
	for (size_t i = 0; i < verdict->findings.count; i++)
		met += finding_is_settled(&verdict->findings.items[i]);
	print_open(out, verdict, true);
	print_open(out, verdict, false);
	buf_printf(out, "%zu of %zu rules met.\n", met, verdict->findings.count);
	if (verdict->verdict != VERDICT_GO && verdict->earliest != WHEN_NONE)
		buf_printf(out, "As far as time goes it opens %s.\n", when_format(verdict->earliest, when));
	if (verdict->stable_earliest != WHEN_NONE)
		buf_printf(out, "Stable at the earliest %s.\n", when_format(verdict->stable_earliest, when));
	for (size_t i = 0; i < verdict->notices.count; i++)
		buf_printf(out, "Notice: %s\n", verdict->notices.items[i]);
}

static int exit_of(enum verdict_word verdict)
{
	return verdict == VERDICT_GO ? EXIT_YES : verdict == VERDICT_WAIT ? EXIT_NOT_YET : EXIT_NO;
}

enum err_kind run_check(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct record record = { 0 };
	struct verdict verdict;
	instant at;
	int to = CHANNEL_NONE;
	enum err_kind failed = args_word("--to", args_value(&in->args, "--to"), words_channel, &to, err);

	if (!failed)
		failed = args_time(&in->args, "--at", &at, err);
	if (failed)
		return failed;
	failed = record_load(s, in->args.words[0], at, true, &record, err);
	if (!failed)
		failed = record_judge(&record, (enum channel)to, at, &verdict, err);
	if (!failed && in->json)
		json_check(in, &record, &verdict, at == WHEN_NONE ? record.now : at);
	else if (!failed)
		print_check(&in->out, &record, &verdict);
	if (!failed)
		*answer = exit_of(verdict.verdict);
	record_release(&record);
	return failed;
}

enum err_kind run_approve(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	const struct args *args = &in->args;
	struct outcome outcome = { 0 };
	int role = 0, to = CHANNEL_NONE;
	enum err_kind failed;

	(void)answer;
	if (args_has(args, "--withdraw"))
		return out_done(in, use_approve_withdraw(s, args->words[0], args_value(args, "--reason"), &outcome, err), &outcome);
	failed = args_option_word(args, "--role", words_role, &role, err);
	if (!failed)
		failed = args_word("--to", args_value(args, "--to"), words_channel, &to, err);
	if (!failed)
		failed = use_approve(s, args->words[0], (enum role)role, (enum channel)to, args_value(args, "--note"), &outcome, err);
	return out_done(in, failed, &outcome);
}

enum err_kind run_promote(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct outcome outcome = { 0 };
	int to = 0;
	enum err_kind failed = args_option_word(&in->args, "--to", words_channel, &to, err);

	(void)answer;
	if (!failed)
		failed = use_promote(s, in->args.words[0], (enum channel)to, &outcome, err);
	return out_done(in, failed, &outcome);
}

enum err_kind run_allowed(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	const char *tenant = args_value(&in->args, "--tenant");
	char reason[SERVING_REASON_MAX];
	enum channel channel;
	bool allowed;
	enum err_kind failed;

	if (!tenant)
		return err_set(err, ERR_USAGE, "--tenant is missing. Say whom: gonogo allowed %s --tenant TENANT.", in->args.words[0]);
	failed = use_allowed(s, in->args.words[0], tenant, &allowed, &channel, reason, err);
	if (failed)
		return failed;
	*answer = allowed ? EXIT_YES : EXIT_NO;
	if (in->json) {
		struct json_writer w = out_json(in);

		json_text(&w, "release", in->args.words[0]);
		json_text(&w, "tenant", tenant);
		json_text(&w, "channel", words_word(words_channel, (int)channel));
		json_bool(&w, "allowed", allowed);
		json_text(&w, "reason", reason);
		out_json_end(in, &w);
	} else {
		buf_printf(&in->out, "%s: %s\n", allowed ? "yes" : "no", reason);
	}
	return ERR_NONE;
}

enum err_kind run_walk(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	const char *release = in->args.words[0];
	const bool has_screen = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
	enum verdict_word verdict = VERDICT_BLOCKED;
	enum err_kind failed;

	if (in->json)
		return err_set(err, ERR_USAGE, "walk asks questions and gives no JSON. Use gonogo check %s --json.", release);
	if (has_screen && !args_has(&in->args, "--plain") && !in->no_input)
		return in->dialogues->console(s, release, err);
	failed = in->dialogues->plain_walk(s, release, !in->no_input, &verdict, err);
	/* A conversation that was left is done; a list is an answer. */
	if (!failed && in->no_input)
		*answer = exit_of(verdict);
	return failed;
}
