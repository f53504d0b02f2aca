#include <config.h>

#include <stdio.h>

#include <gonogo/app/memos.h>
#include <gonogo/cli/families.h>

/* --kind and --version; `*given` points to *kind when the option was there. */
static enum err_kind read_kind(const struct args *args, enum memo_kind *kind, const enum memo_kind **given, struct err *err)
{
	const char *text = args_value(args, "--kind");
	int value = MEMO_STABLE;
	enum err_kind failed = args_word("--kind", text, words_memo_kind, &value, err);

	*kind = (enum memo_kind)value;
	*given = text ? kind : NULL;
	return failed;
}

static enum err_kind read_version(const struct args *args, int64_t *version, struct err *err)
{
	long long number = 0;
	enum err_kind failed = args_has(args, "--version") ? args_number("--version", args_value(args, "--version"), 1, 1000000, &number, err)
							   : ERR_NONE;

	*version = number;
	return failed;
}

enum err_kind run_memo_draft(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	const struct args *args = &in->args;
	struct memo_draft draft = { .system_owner = args_value(args, "--system-owner"), .dev_lead = args_value(args, "--dev-lead"),
				    .no_risks = args_has(args, "--no-risks"), .note = args_value(args, "--note"),
				    .rationale = args_value(args, "--rationale"), .remediation = args_value(args, "--remediation") };
	struct outcome outcome = { 0 };
	const enum memo_kind *given;
	int decision = 0;
	enum err_kind failed = args_option_word(args, "--decision", words_decision, &decision, err);

	(void)answer;
	draft.decision = (enum decision)decision;
	if (!failed)
		failed = read_kind(args, &draft.kind, &given, err);
	if (!failed)
		failed = use_memo_draft(s, args->words[0], &draft, &outcome, err);
	return out_done(in, failed, &outcome);
}

enum err_kind run_memo_sign(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct outcome outcome = { 0 };
	enum memo_kind kind;
	const enum memo_kind *given;
	int role = 0;
	enum err_kind failed = args_option_word(&in->args, "--role", words_role, &role, err);

	(void)answer;
	if (!failed)
		failed = read_kind(&in->args, &kind, &given, err);
	if (!failed)
		failed = use_memo_sign(s, in->args.words[0], (enum role)role, given, &outcome, err);
	return out_done(in, failed, &outcome);
}

enum err_kind run_memo_show(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct buf text = BUF_EMPTY;
	enum memo_kind kind;
	const enum memo_kind *given;
	int64_t version = 0;
	enum err_kind failed = read_kind(&in->args, &kind, &given, err);

	(void)answer;
	if (!failed)
		failed = read_version(&in->args, &version, err);
	if (!failed)
		failed = use_memo_text(s, in->args.words[0], given, version, &text, err);
	if (!failed && in->json) {
		struct json_writer w = out_json(in);

		json_text(&w, "release", in->args.words[0]);
		json_text(&w, "text", buf_text(&text));
		out_json_end(in, &w);
	} else if (!failed) {
		buf_str(&in->out, buf_text(&text));
	}
	buf_release(&text);
	return failed;
}

enum err_kind run_memo_export(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	const char *dir = args_value(&in->args, "--dir");
	struct texts lines = { 0 };
	enum memo_kind kind;
	const enum memo_kind *given;
	int64_t version = 0;
	enum err_kind failed = read_kind(&in->args, &kind, &given, err);

	(void)answer;
	if (!failed)
		failed = read_version(&in->args, &version, err);
	if (!failed)
		failed = use_memo_export(s, in->args.words[0], given, version, dir ? dir : ".", &in->arena, &lines, err);
	if (!failed && in->json) {
		struct json_writer w = out_json(in);

		json_text(&w, "release", in->args.words[0]);
		out_json_texts(&w, "verify", lines);
		out_json_end(in, &w);
	}
	for (size_t i = 0; !failed && !in->json && i < lines.count; i++)
		buf_printf(&in->out, "%s\n", lines.items[i]);
	return failed;
}

static enum err_kind list_memos(struct session *s, struct invocation *in, struct record *record, struct json_writer *w, struct err *err)
{
	const struct dossier *d = &record->dossier;
	char drafted[WHEN_TEXT_MAX];

	for (size_t i = 0; i < d->memo_count; i++) {
		const struct memo_entry *memo = &d->memos[i];
		enum memo_state state;
		struct texts changed;
		enum err_kind failed = use_memo_state(s, record, memo, &state, &changed, err);

		if (failed)
			return failed;
		if (in->json) {
			json_open(w, NULL, '{');
			json_text(w, "id", memo->id);
			json_text(w, "release", d->release);
			json_text(w, "kind", words_word(words_memo_kind, (int)memo->kind));
			json_int(w, "version", memo->version);
			json_text(w, "decision", words_word(words_decision, (int)memo->decision));
			json_text(w, "state", words_word(words_memo_state, (int)state));
			out_json_time(w, "drafted", memo->drafted.at);
			json_text(w, "system_owner", memo->system_owner);
			json_text(w, "dev_lead", memo->dev_lead);
			out_json_texts(w, "changed", changed);
			json_close(w, '}');
			continue;
		}
		buf_printf(&in->out, "%-40s %-9s v%-3lld %-6s %-10s drafted %s\n", memo->id, words_word(words_memo_kind, (int)memo->kind),
			   (long long)memo->version, words_title(words_decision, (int)memo->decision),
			   words_word(words_memo_state, (int)state), when_format(memo->drafted.at, drafted));
		for (size_t k = 0; k < changed.count; k++)
			buf_printf(&in->out, "    %s\n", changed.items[k]);
	}
	return ERR_NONE;
}

static enum err_kind list_of_release(struct session *s, struct invocation *in, const char *release, struct json_writer *w, struct err *err)
{
	struct record record;
	enum err_kind failed = record_load(s, release, WHEN_NONE, true, &record, err);

	if (!failed)
		failed = list_memos(s, in, &record, w, err);
	record_release(&record);
	return failed;
}

enum err_kind run_memo_list(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct json_writer w = { 0 };
	struct texts releases = { in->args.words, in->args.count };
	enum err_kind failed = in->args.count ? ERR_NONE : use_release_ids(s, &in->arena, &releases, err);

	(void)answer;
	if (!failed && in->json) {
		w = out_json(in);
		json_open(&w, "memos", '[');
	}
	for (size_t i = 0; !failed && i < releases.count; i++)
		failed = list_of_release(s, in, releases.items[i], &w, err);
	if (!failed && in->json) {
		json_close(&w, ']');
		out_json_end(in, &w);
	}
	return failed;
}

enum err_kind run_memo_compare(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct texts lines = { 0 };
	enum err_kind failed = use_memo_compare(s, in->args.words[0], in->args.words[1], &in->arena, &lines, err);

	if (failed)
		return failed;
	*answer = lines.count ? EXIT_NO : EXIT_YES;
	if (in->json) {
		struct json_writer w = out_json(in);

		json_text(&w, "release", in->args.words[0]);
		json_bool(&w, "agrees", !lines.count);
		out_json_texts(&w, "contradictions", lines);
		out_json_end(in, &w);
		return ERR_NONE;
	}
	for (size_t i = 0; i < lines.count; i++)
		buf_printf(&in->out, "%s\n", lines.items[i]);
	if (!lines.count)
		buf_str(&in->out, "The memo agrees with the records.\n");
	return ERR_NONE;
}
