#include <config.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <gonogo/base/io.h>
#include <gonogo/base/text.h>
#include <gonogo/cli/families.h>
#include <gonogo/core/kinds.h>

enum { LOG_STANDARD = 100, LOG_MOST = 100000 };

enum err_kind run_init(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	const struct args *args = &in->args;
	const struct init_options options = { .path = in->ledger, .key_file = args_value(args, "--key"), .name = args_value(args, "--name"),
					      .id = args_value(args, "--id"), .identity = in->identity, .clock = in->clock,
					      .terminal = in->in_is_terminal && !in->no_input, .asks_nothing = in->no_input };
	struct outcome outcome = { 0 };

	(void)s;
	(void)answer;
	return out_done(in, use_init(&options, &outcome, err), &outcome);
}

static enum err_kind print_entry(struct session *s, struct invocation *in, struct err *err)
{
	struct log_entry entry;
	long long number;
	enum err_kind failed = args_number("--entry", args_value(&in->args, "--entry"), 1, INT64_MAX, &number, err);

	if (!failed)
		failed = use_log_entry(s, number, &in->arena, &entry, err);
	if (failed)
		return failed;
	if (in->json)
		fact_json(&entry.fact, &in->out);
	else
		log_entry_tell(&entry, &in->out);
	return ERR_NONE;
}

static enum err_kind read_filter(const struct args *args, struct log_filter *filter, struct err *err)
{
	const char *until = args_value(args, "--until");
	long long limit = args_has(args, "--out") ? 0 : LOG_STANDARD;
	enum err_kind failed = args_time(args, "--since", &filter->since, err);

	filter->release = args_value(args, "--release");
	filter->tenant = args_value(args, "--tenant");
	filter->actor = args_value(args, "--actor");
	filter->kind = args_value(args, "--kind");
	if (!failed && until)
		failed = when_parse_end("--until", until, &filter->until, err);
	if (!failed && args_has(args, "--limit"))
		failed = args_number("--limit", args_value(args, "--limit"), 1, LOG_MOST, &limit, err);
	if (!failed && filter->kind && !kind_find(filter->kind))
		failed = err_set(err, ERR_MISSING, "There is no kind of fact %.60s.", filter->kind);
	filter->limit = (size_t)limit;
	return failed;
}

enum err_kind run_log(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	const struct args *args = &in->args;
	const char *words = args_value(args, "--words"), *path = args_value(args, "--out");
	const enum log_form form = in->json ? LOG_FACTS : LOG_SENTENCES;
	struct log_filter filter = { 0 };
	struct log_page page = { 0 };
	size_t count = 0;
	enum err_kind failed;

	(void)answer;
	if (args_has(args, "--entry"))
		return args->given_count > 1 ? err_set(err, ERR_USAGE, "--entry shows one entry, whatever it is of: leave the other options out.") : print_entry(s, in, err);
	failed = read_filter(args, &filter, err);
	if (!failed && path)
		failed = use_log_export(s, &filter, words, form, path, &count, err);
	else if (!failed)
		failed = use_log(s, &filter, words, &in->arena, &page, err);
	if (failed)
		return failed;
	if (path)
		buf_printf(&in->out, "%zu entr%s written to %s.\n", count, count == 1 ? "y" : "ies", path);
	else
		log_page_write(&page, form, &in->out);
	return ERR_NONE;
}

/* One line of a terminal, written over until there is an answer: what is counted goes nowhere else. */
static bool tell_progress(void *context, const char *what, int64_t done, int64_t total)
{
	char line[80];

	(void)context;
	(void)snprintf(line, sizeof line, "\r%.16s %lld of %lld", what, (long long)done, (long long)total);
	return io_put(STDERR_FILENO, line, strlen(line));
}

static void wipe_progress(void)
{
	char line[48];

	(void)snprintf(line, sizeof line, "\r%*s\r", (int)sizeof line - 3, "");
	(void)io_put(STDERR_FILENO, line, strlen(line));
}

enum err_kind run_verify(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct verification result;
	struct texts anchors;
	char hex[DIGEST_HEX_MAX];
	const struct progress progress = { .tell = isatty(STDERR_FILENO) ? tell_progress : NULL };
	enum err_kind failed = args_values(&in->args, "--anchor", &in->arena, &anchors, err);

	if (!failed)
		failed = use_verify(s, anchors.items, anchors.count, &progress, &result, err);
	if (progress.tell)
		wipe_progress();
	if (failed)
		return failed;
	*answer = result.verdict == INTEGRITY_INTACT ? EXIT_YES : (int)ERR_INTEGRITY;
	if (in->json) {
		struct json_writer w = out_json(in);

		json_text(&w, "verdict", words_word(words_integrity, (int)result.verdict));
		json_int(&w, "size", result.size);
		json_text(&w, "head", digest_hex(&result.head, hex));
		if (result.at_seq)
			json_int(&w, "at_seq", result.at_seq);
		else
			json_nothing(&w, "at_seq");
		json_text(&w, "reason", result.reason);
		if (result.anchored) {
			json_int(&w, "anchored", result.anchored);
			out_json_time(&w, "anchored_at", result.anchored_at);
		}
		out_json_end(in, &w);
	} else {
		buf_printf(&in->out, "%s: %s\n", words_word(words_integrity, (int)result.verdict), result.reason);
	}
	return ERR_NONE;
}

enum err_kind run_checkpoint(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct buf text = BUF_EMPTY;
	enum err_kind failed = use_checkpoint(s, args_value(&in->args, "--git"), &text, err);

	(void)answer;
	if (!failed && in->json) {
		struct json_writer w = out_json(in);

		json_text(&w, "checkpoint", buf_text(&text));
		out_json_end(in, &w);
	} else if (!failed) {
		buf_add(&in->out, buf_text(&text), text.size);
	}
	buf_release(&text);
	return failed;
}

static void print_status(struct buf *out, const struct release_list *list)
{
	size_t mine = 0;

	for (size_t i = 0; i < list->count; i++)
		mine += list->items[i].needs_me;
	buf_printf(out, "%zu release%s, %zu wait%s for you.\n", list->count, list->count == 1 ? "" : "s", mine, mine == 1 ? "s" : "");
}

enum err_kind run_status(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct release_list list = { 0 };
	enum err_kind failed;

	if (in->json)
		return run_release_list(s, in, answer, err);
	if (!args_has(&in->args, "--oneline")) {
		failed = run_release_list(s, in, answer, err);
		return failed ? failed : out_drift(s, in, err);
	}
	failed = use_releases(s, CHANNEL_NONE, args_has(&in->args, "--needs-me"), &in->arena, &list, err);
	if (!failed)
		print_status(&in->out, &list);
	return failed;
}

static void json_entry(struct json_writer *w, const struct calendar_entry *entry)
{
	json_open(w, NULL, '{');
	json_text(w, "release", entry->release);
	json_text(w, "from", words_word(words_channel, (int)entry->from));
	json_text(w, "to", words_word(words_channel, (int)entry->to));
	json_text(w, "verdict", words_word(words_verdict, (int)entry->verdict));
	out_json_time(w, "opens", entry->waits ? entry->opens : WHEN_NONE);
	out_json_time(w, "stable_earliest", entry->stable);
	json_text(w, "signers", entry->signers);
	json_text(w, "who", entry->who);
	json_bool(w, "needs_me", entry->needs_me);
	json_close(w, '}');
}

enum err_kind run_calendar(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct calendar calendar;
	struct json_writer w;
	enum err_kind failed = use_calendar(s, &in->arena, &calendar, err);

	(void)answer;
	if (failed)
		return failed;
	if (!in->json) {
		calendar_tell(&calendar, &in->out);
		return ERR_NONE;
	}
	w = out_json(in);
	json_open(&w, "calendar", '[');
	for (size_t i = 0; i < calendar.count; i++)
		json_entry(&w, &calendar.entries[i]);
	json_close(&w, ']');
	json_bool(&w, "has_more", calendar.has_more);
	out_json_end(in, &w);
	return ERR_NONE;
}

static void json_rule(struct json_writer *w, const struct rule *rule)
{
	static const char *const how[] = { "derived", "attested", "document", "approval" };

	json_open(w, NULL, '{');
	json_text(w, "id", rule->id);
	json_text(w, "section", rule->section);
	json_text(w, "text", rule->text);
	json_text(w, "decided", how[rule->how]);
	json_open(w, "due", '[');
	for (enum channel to = CHANNEL_EXPERIMENTAL; to <= CHANNEL_STABLE; to++)
		if (rule_is_due(rule, to))
			json_text(w, NULL, words_word(words_channel, (int)to));
	json_close(w, ']');
	json_bool(w, "once", rule->once);
	out_json_roles(w, "roles", rule->roles);
	json_close(w, '}');
}

static void print_rule(struct buf *out, const struct rule *rule)
{
	static const char *const how[] = { "derived", "attested", "document", "approval" };
	char roles[128];

	buf_printf(out, "%-7s %-9s %s%s%s%s  ", rule->id, how[rule->how], rule->due & DUE_T1 ? "T1 " : "", rule->due & DUE_T2 ? "T2 " : "",
		   rule->due & DUE_T3 ? "T3 " : "", rule->due & DUE_ALWAYS ? "always" : rule->due & DUE_ON_ROLLBACK ? "on rollback" : "");
	buf_printf(out, "%s", rule->text);
	if (rule->how == RULE_ATTESTED)
		buf_printf(out, "  (%s)", words_roles(rule->roles, roles, sizeof roles));
	buf_char(out, '\n');
}

static enum err_kind no_such_rule(const char *id, struct err *err)
{
	struct buf shown = BUF_EMPTY;

	text_show(&shown, id, strnlen(id, 60), false);
	err_set(err, ERR_MISSING, "There is no rule %s. See gonogo rules.", buf_text(&shown));
	buf_release(&shown);
	return ERR_MISSING;
}

enum err_kind run_rules(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	const struct rule *only = in->args.count ? rule_find(in->args.words[0]) : NULL;
	struct json_writer w = { 0 };

	(void)s;
	(void)answer;
	if (in->args.count && !only)
		return no_such_rule(in->args.words[0], err);
	if (in->json) {
		w = out_json(in);
		json_open(&w, "rules", '[');
	}
	/* What an organisation asks besides is no rule of the specification, and is shown to whoever asks for it by name. */
	for (size_t i = 0; i < rule_count + policy_rule_count; i++) {
		const struct rule *rule = i < rule_count ? &rules[i] : &policy_rules[i - rule_count];

		if (only ? rule != only : i >= rule_count)
			continue;
		if (in->json)
			json_rule(&w, rule);
		else
			print_rule(&in->out, rule);
	}
	if (in->json) {
		json_close(&w, ']');
		out_json_end(in, &w);
	}
	return ERR_NONE;
}

enum err_kind run_version(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	(void)s;
	(void)answer;
	(void)err;
	if (in->json) {
		struct json_writer w = out_json(in);

		json_text(&w, "version", PACKAGE_VERSION);
		out_json_end(in, &w);
	} else {
		buf_printf(&in->out, "gonogo %s\n", PACKAGE_VERSION);
	}
	return ERR_NONE;
}
