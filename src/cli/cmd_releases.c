#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/app/standing.h>
#include <gonogo/base/text.h>
#include <gonogo/cli/families.h>

enum err_kind run_import(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct outcome outcome = { 0 };
	struct import_notes notes = { { 0 } };
	enum err_kind failed = use_import(s, args_value(&in->args, "--release"), in->args.words, in->args.count, &in->arena, &notes, &outcome, err);

	(void)answer;
	if (!failed && !in->json)
		for (size_t i = 0; i < notes.lines.count; i++)
			buf_printf(&in->out, "%s\n", notes.lines.items[i]);
	return out_done(in, failed, &outcome);
}

static void json_release(struct json_writer *w, const struct release_line *line)
{
	json_open(w, NULL, '{');
	json_text(w, "id", line->id);
	json_text(w, "class", words_word(words_class, (int)line->class));
	json_text(w, "state", words_word(words_state, (int)line->state));
	json_text(w, "channel", words_word(words_channel, (int)line->channel));
	out_json_time(w, "entered", line->entered);
	json_text(w, "verdict", words_word(words_verdict, (int)line->verdict));
	out_json_time(w, "earliest", line->earliest);
	out_json_time(w, "stable_earliest", line->stable_earliest);
	json_text(w, "who", line->who);
	json_bool(w, "needs_me", line->needs_me);
	json_close(w, '}');
}

static void print_release(struct buf *out, const struct release_line *line)
{
	char served[WHEN_SPAN_MAX], required[WHEN_SPAN_MAX], soak[2 * WHEN_SPAN_MAX + 1] = "", word[STANDING_WORD_MAX];

	if (line->soak_required_s)
		snprintf(soak, sizeof soak, "%s/%s", when_span_short(line->soak_served_s, served), when_span_short(line->soak_required_s, required));
	buf_printf(out, "%-32s %-11s %-13s %-12s %-12s %s\n", line->id, words_word(words_class, (int)line->class),
		   words_word(words_state, (int)line->state), soak, standing_word(line, word), line->who);
}

enum err_kind run_release_list(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct release_list list = { 0 };
	int channel = CHANNEL_NONE;
	enum err_kind failed = args_word("--channel", args_value(&in->args, "--channel"), words_channel, &channel, err);

	(void)answer;
	if (!failed)
		failed = use_releases(s, (enum channel)channel, args_has(&in->args, "--needs-me"), &in->arena, &list, err);
	if (failed)
		return failed;
	if (in->json) {
		struct json_writer w = out_json(in);

		json_open(&w, "releases", '[');
		for (size_t i = 0; i < list.count; i++)
			json_release(&w, &list.items[i]);
		json_close(&w, ']');
		out_json_end(in, &w);
		return ERR_NONE;
	}
	for (size_t i = 0; i < list.count; i++)
		print_release(&in->out, &list.items[i]);
	if (!list.count)
		buf_str(&in->out, "No release. Import one with gonogo import FILE..., or see gonogo demo.\n");
	return ERR_NONE;
}

static void print_kills(struct buf *out, const struct dossier *d)
{
	char at[WHEN_TEXT_MAX];

	for (size_t i = 0; i < d->kill_count; i++) {
		const struct kill *kill = &d->kills[i];

		buf_printf(out, "  killed for %s by %s at %s: %s\n", strcmp(kill->tenant, "*") == 0 ? "every tenant" : kill->tenant, kill->source.actor,
			   when_format(kill->source.at, at), kill->reason);
		for (size_t k = 0; k < kill->except_count; k++)
			buf_printf(out, "    but restored for %s\n", kill->except[k]);
	}
}

static void print_incidents(struct buf *out, const struct dossier *d)
{
	for (size_t i = 0; i < d->incident_count; i++) {
		const struct incident *incident = &d->incidents[i];

		if (incident->concern_seq)
			buf_printf(out, "  %s SEV-%d %s: %s\n", incident->id, incident->severity, incident->resolved.seq ? "resolved" : "open",
				   incident->summary);
	}
}

static void print_risks(struct buf *out, const struct dossier *d)
{
	for (size_t i = 0; i < d->risk_count; i++)
		if (!d->risks[i].is_withdrawn)
			buf_printf(out, "  risk %lld accepted: %s: %s\n", (long long)d->risks[i].number, d->risks[i].risk, d->risks[i].rationale);
}

/* What whoever carries the rollback out has to know (RBK-1). */
static void print_rollback(struct buf *out, const struct dossier *d)
{
	static const char *const states[] = { [STEP_OPEN] = "open", [STEP_DONE] = "done", [STEP_SKIPPED] = "skipped" };
	const struct rollback_run *run = &d->run;
	char at[WHEN_TEXT_MAX];

	if (!run->is_started)
		return;
	buf_printf(out, "  rollback by %s since %s: %s\n", run->started.actor, when_format(run->started.at, at), run->reason);
	for (size_t i = 0; i < run->step_count && i < d->rollback.steps.count; i++)
		buf_printf(out, "  %zu. %-8s %s\n", i + 1, states[run->steps[i]], d->rollback.steps.items[i]);
	for (size_t i = 0; i < run->notified_count; i++)
		buf_printf(out, "%s%s%s", i ? ", " : "  notified: ", run->notified[i], i + 1 == run->notified_count ? "\n" : "");
	if (run->verified.seq)
		buf_printf(out, "  verification by %s at %s: %s: %s\n", run->verified.actor, when_format(run->verified.at, at),
			   words_word(words_result, (int)run->verification), run->verification_note);
}

static void print_overview(struct buf *out, const struct record *record, const struct verdict *verdict, const struct release_line *line)
{
	const struct dossier *d = &record->dossier;
	char when[WHEN_TEXT_MAX];

	print_release(out, line);
	if (line->description)
		buf_printf(out, "%s\n", line->description);
	for (size_t i = 0; i < d->stay_count; i++) {
		buf_printf(out, "  %-13s from %s", words_word(words_channel, (int)d->stays[i].channel), when_format(d->stays[i].entered.at, when));
		if (d->stays[i].left.seq)
			buf_printf(out, " to %s", when_format(d->stays[i].left.at, when));
		buf_char(out, '\n');
	}
	print_kills(out, d);
	print_incidents(out, d);
	print_risks(out, d);
	print_rollback(out, d);
	buf_printf(out, "Next: %s. See gonogo check %s.\n", words_title(words_verdict, (int)verdict->verdict), d->release);
}

static enum err_kind show_overview(struct session *s, struct invocation *in, struct err *err)
{
	struct record record;
	struct verdict verdict;
	struct release_line line;
	enum err_kind failed = use_release_line(s, in->args.words[0], &record, &verdict, &line, err);

	if (!failed && in->json) {
		struct json_writer w = out_json(in);

		json_text(&w, "id", line.id);
		json_text(&w, "description", line.description);
		json_text(&w, "class", words_word(words_class, (int)line.class));
		json_text(&w, "state", words_word(words_state, (int)line.state));
		json_text(&w, "channel", words_word(words_channel, (int)line.channel));
		out_json_time(&w, "entered", line.entered);
		json_text(&w, "verdict", words_word(words_verdict, (int)line.verdict));
		out_json_time(&w, "earliest", line.earliest);
		out_json_time(&w, "stable_earliest", line.stable_earliest);
		out_json_end(in, &w);
	} else if (!failed) {
		print_overview(&in->out, &record, &verdict, &line);
	}
	record_release(&record);
	return failed;
}

enum err_kind run_release_show(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct buf text = BUF_EMPTY;
	enum err_kind failed;

	(void)answer;
	if (in->args.count == 1)
		return show_overview(s, in, err);
	failed = use_show(s, in->args.words[0], in->args.words[1], &text, err);
	if (!failed && in->json) {
		struct json_writer w = out_json(in);

		json_text(&w, "release", in->args.words[0]);
		json_text(&w, "document", in->args.words[1]);
		json_text(&w, "text", buf_text(&text));
		out_json_end(in, &w);
	} else if (!failed) {
		buf_str(&in->out, buf_text(&text));
	}
	buf_release(&text);
	return failed;
}

enum err_kind run_export(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	const char *release = in->args.words[0], *dir = args_value(&in->args, "--dir");
	struct texts files = { 0 };
	enum err_kind failed;

	(void)answer;
	if (!dir)
		return err_set(err, ERR_USAGE, "--dir is missing. Say where to: gonogo export %s --dir DIR.", release);
	failed = use_release_export(s, release, dir, &in->arena, &files, err);
	if (!failed && in->json) {
		struct json_writer w = out_json(in);

		json_text(&w, "release", release);
		json_text(&w, "dir", dir);
		out_json_texts(&w, "files", files);
		out_json_end(in, &w);
	} else if (!failed) {
		buf_printf(&in->out, "Wrote %zu files to %s. VERIFY.txt says how to verify them without gonogo.\n", files.count, dir);
	}
	return failed;
}

enum err_kind run_release_new(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct outcome outcome = { 0 };
	int class = CLASS_UNCLEAR;
	enum err_kind failed = args_word("--class", args_value(&in->args, "--class"), words_class, &class, err);

	(void)answer;
	if (!failed) {
		const struct manifest manifest = { .release = in->args.words[0], .class = (enum release_class)class,
						   .description = args_value(&in->args, "--description") };

		failed = use_release_new(s, &manifest, &outcome, err);
	}
	return out_done(in, failed, &outcome);
}

enum err_kind run_release_classify(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct outcome outcome = { 0 };
	int class = 0;
	enum err_kind failed = args_word("The class", in->args.words[1], words_class, &class, err);

	(void)answer;
	if (!failed)
		failed = use_release_classify(s, in->args.words[0], (enum release_class)class, &outcome, err);
	return out_done(in, failed, &outcome);
}

enum err_kind run_release_copy(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct outcome outcome = { 0 };

	(void)answer;
	return out_done(in, use_release_copy(s, in->args.words[0], in->args.words[1], &outcome, err), &outcome);
}

enum err_kind run_release_withdraw(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct outcome outcome = { 0 };

	(void)answer;
	return out_done(in, use_release_withdraw(s, in->args.words[0], args_value(&in->args, "--reason"), &outcome, err), &outcome);
}
