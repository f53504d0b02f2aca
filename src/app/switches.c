#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/app/names.h>
#include <gonogo/app/sentence.h>
#include <gonogo/app/switching.h>
#include <gonogo/app/uses.h>

enum { NEXT_MAX = 400 };

static const struct texts every_tenant = { .items = (const char *const[]){ "*" }, .count = 1 };

/* Who names "*" among others means every tenant. */
static struct texts named_of(struct texts tenants)
{
	for (size_t i = 0; i < tenants.count; i++)
		if (strcmp(tenants.items[i], "*") == 0)
			return (struct texts){ 0 };
	return tenants;
}

enum err_kind use_switch_test(struct session *s, const char *release, const char *environment, enum result result, const char *note,
			      const char *evidence, struct outcome *out, struct err *err)
{
	struct record record;
	struct act act;
	struct json_writer w;
	int64_t definition;
	enum err_kind failed = sentence_check(TEXT_NAME, "the environment", environment, "--env ENV", err);

	if (!failed)
		failed = sentence_check(TEXT_LONG, "the note", note, "--note TEXT", err);
	if (!failed)
		failed = sentence_check(TEXT_LINE, "the evidence", evidence, NULL, err);
	if (failed)
		return failed;
	failed = record_load(s, release, WHEN_NONE, true, &record, err);
	definition = failed ? 0 : record.dossier.definition_source.seq;
	if (!failed && record.dossier.binding.seq > definition)
		definition = record.dossier.binding.seq;
	record_release(&record);
	if (failed)
		return failed;
	act_begin(&act, &w, "switch.tested", release, NULL);
	act_text(&w, "environment", environment);
	act_text(&w, "result", words_word(words_result, (int)result));
	act_int(&w, "definition", definition);
	act_text(&w, "note", note);
	act_text(&w, "evidence", evidence);
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		sentence_done(out, "Test of the kill switch of %s in %s is recorded: %s.", release, environment,
			      words_word(words_result, (int)result));
	return failed;
}

enum err_kind use_switch_kill(struct session *s, const char *release, struct texts tenants, const char *reason, struct outcome *out,
			      struct err *err)
{
	char next[NEXT_MAX], whom[32];
	struct switching written;
	struct arena arena;
	struct act act = { 0 };
	struct json_writer w;
	enum err_kind failed = sentence_check(TEXT_LONG, "the reason", reason, "--reason TEXT", err);

	if (failed)
		return failed;
	arena_init(&arena, 0);
	tenants = named_of(tenants);
	failed = names_tenants(s, &arena, &tenants, err);
	if (failed)
		goto out;
	act_begin(&act, &w, "switch.killed", release, tenants.count == 1 ? tenants.items[0] : NULL);
	act_texts(&w, "tenants", tenants.count ? tenants : every_tenant);
	act_text(&w, "reason", reason);
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		failed = switching_apply(s, release, SWITCH_OP_KILL, &written, err);
	if (!failed && written.failed)
		failed = err_set(err, written.failed, "%.64s is killed on the record (KSW-6), and tenants may be served it all the same: %.3500s", release, written.text);
	if (failed)
		goto out;
	if (tenants.count)
		snprintf(whom, sizeof whom, "%zu tenant%s", tenants.count, tenants.count == 1 ? "" : "s");
	else
		snprintf(whom, sizeof whom, "every tenant");
	if (written.is_bound)
		snprintf(next, sizeof next, "%.240s To restore it: gonogo switch approve %.64s --role ROLE --reason TEXT.", written.text, release);
	else
		snprintf(next, sizeof next, "Record what each confirms: gonogo switch confirm %.64s --tenant TENANT off. To restore it: gonogo switch approve %.64s --role ROLE "
			 "--reason TEXT.", release, release);
	sentence_done(out, "%s is killed for %s (KSW-6). %s", release, whom, next);
out:
	arena_release(&arena);
	return failed;
}

enum err_kind use_switch_approve(struct session *s, const char *release, enum role role, const char *reason, struct outcome *out,
				 struct err *err)
{
	struct act act;
	struct json_writer w;
	enum err_kind failed = sentence_check(TEXT_LONG, "the reason", reason, "--reason TEXT", err);

	if (failed)
		return failed;
	act_begin(&act, &w, "switch.approved", release, NULL);
	act_text(&w, "role", words_word(words_role, (int)role));
	act_text(&w, "reason", reason);
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		sentence_done(out, "Restoring %s is approved as %s (KSW-6).", release, words_title(words_role, (int)role));
	return failed;
}

/* One restore uses up every approval given since the last kill. */
static void write_restore(struct act *act, const struct dossier *d, struct texts tenants, const char *reason)
{
	struct json_writer w;

	act_begin(act, &w, "switch.restored", d->release, tenants.count == 1 ? tenants.items[0] : NULL);
	act_texts(&w, "tenants", tenants.count ? tenants : every_tenant);
	act_text(&w, "reason", reason);
	json_open(&w, "approvals", '[');
	for (size_t i = 0; i < d->restore_approval_count; i++)
		if (!d->restore_approvals[i].is_used)
			json_int(&w, NULL, d->restore_approvals[i].source.seq);
	json_close(&w, ']');
	act_end(&w);
}

enum err_kind use_switch_restore(struct session *s, const char *release, struct texts tenants, const char *reason, struct outcome *out,
				 struct err *err)
{
	struct record record;
	struct switching written;
	struct act act = { 0 };
	bool soaks;
	enum err_kind failed = sentence_check(TEXT_LONG, "the reason", reason, "--reason TEXT", err);

	if (failed)
		return failed;
	failed = record_load(s, release, WHEN_NONE, true, &record, err);
	if (failed)
		goto out;
	soaks = dossier_channel(&record.dossier) == CHANNEL_EXPERIMENTAL || dossier_channel(&record.dossier) == CHANNEL_CANDIDATE;
	tenants = named_of(tenants);
	failed = names_tenants(s, &record.arena, &tenants, err);
	if (failed)
		goto out;
	write_restore(&act, &record.dossier, tenants, reason);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		failed = switching_apply(s, release, SWITCH_OP_RESTORE, &written, err);
	if (!failed && written.failed)
		failed = err_set(err, written.failed, "%.64s is restored on the record, and nothing was put back: %.3500s Set it by hand.", release, written.text);
	if (!failed)
		sentence_done(out, soaks ? "%s is restored; its soak starts anew (KSW-6)." : "%s is restored.", release);
out:
	record_release(&record);
	return failed;
}

enum err_kind use_switch_confirm(struct session *s, const char *release, const char *tenant, bool on, struct outcome *out, struct err *err)
{
	struct act act;
	struct json_writer w;
	enum err_kind failed;

	act_begin(&act, &w, "switch.confirmed", release, tenant);
	act_text(&w, "state", on ? "on" : "off");
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		sentence_done(out, "%s is confirmed %s for %s.", release, on ? "on" : "off", tenant);
	return failed;
}
