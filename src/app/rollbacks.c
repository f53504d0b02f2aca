#include <config.h>

#include <gonogo/app/sentence.h>
#include <gonogo/app/uses.h>

enum err_kind use_rollback_approve(struct session *s, const char *release, const char *incident, struct outcome *out, struct err *err)
{
	struct act act;
	struct json_writer w;
	enum err_kind failed;

	act_begin(&act, &w, "rollback.approved", release, NULL);
	act_text(&w, "incident", incident);
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		sentence_done(out, "Rolling back %s is approved for the next 24 hours (RBK-2).", release);
	return failed;
}

enum err_kind use_rollback_start(struct session *s, const char *release, const char *reason, const char *incident, struct outcome *out,
				 struct err *err)
{
	struct act act;
	struct json_writer w;
	enum err_kind failed = sentence_check(TEXT_LONG, "the reason", reason, "--reason TEXT", err);

	if (failed)
		return failed;
	act_begin(&act, &w, "rollback.started", release, NULL);
	act_text(&w, "reason", reason);
	act_text(&w, "incident", incident);
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		sentence_done(out, "The rollback of %s has started; nobody may be served it (RBK-1). Then: gonogo rollback step %s N done, gonogo rollback notify %s "
			      "PERSON, gonogo rollback finish %s.", release, release, release, release);
	return failed;
}

enum err_kind use_rollback_step(struct session *s, const char *release, int64_t n, enum step_state state, const char *note,
				struct outcome *out, struct err *err)
{
	struct act act;
	struct json_writer w;
	enum err_kind failed = sentence_check(TEXT_LONG, "the note", note, state == STEP_SKIPPED ? "--note TEXT" : NULL, err);

	if (failed)
		return failed;
	act_begin(&act, &w, "rollback.step", release, NULL);
	act_int(&w, "n", n);
	act_text(&w, "state", state == STEP_DONE ? "done" : "skipped");
	act_text(&w, "note", note);
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		sentence_done(out, "Step %lld of the rollback of %s is %s.", (long long)n, release, state == STEP_DONE ? "done" : "skipped");
	return failed;
}

enum err_kind use_rollback_notify(struct session *s, const char *release, struct texts people, struct outcome *out, struct err *err)
{
	struct act act;
	struct json_writer w;
	enum err_kind failed;

	if (!people.count)
		return err_set(err, ERR_USAGE, "Nobody is named. Say who was notified: gonogo rollback notify %s PERSON...", release);
	act_begin(&act, &w, "rollback.notified", release, NULL);
	act_texts(&w, "people", people);
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		sentence_done(out, "Who was notified of the rollback of %s is recorded.", release);
	return failed;
}

/* I-10: the one it had superseded may be stable again by this very act. */
static void say_rolled_back(struct session *s, const char *release, struct outcome *out)
{
	struct record record, before;
	bool loaded = false;

	sentence_done(out, "%s is rolled back; a further attempt is a new release: gonogo release copy %s NEW.", release, release);
	if (!record_load(s, release, WHEN_NONE, true, &record, NULL) && record.dossier.predecessor_known) {
		loaded = true;
		if (!record_load(s, record.dossier.predecessor.release, WHEN_NONE, true, &before, NULL) && before.dossier.state == STATE_STABLE)
			sentence_done(out, "%s is rolled back, and %s is stable again (I-10).", release, before.dossier.release);
	}
	if (loaded)
		record_release(&before);
	record_release(&record);
}

enum err_kind use_rollback_finish(struct session *s, const char *release, enum result verification, const char *note, struct outcome *out,
				  struct err *err)
{
	struct act act;
	struct json_writer w;
	enum err_kind failed = sentence_check(TEXT_LONG, "the note", note, "--note TEXT", err);

	if (failed)
		return failed;
	act_begin(&act, &w, "rollback.finished", release, NULL);
	act_text(&w, "verification", words_word(words_result, (int)verification));
	act_text(&w, "note", note);
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed && verification == RESULT_PASS)
		say_rolled_back(s, release, out);
	else if (!failed)
		sentence_done(out, "The verification failed and is on record; the rollback of %s stays open (RBK-1).", release);
	return failed;
}

enum err_kind use_rollback_rehearse(struct session *s, const char *release, enum result result, const char *note, const char *evidence,
				    struct outcome *out, struct err *err)
{
	struct record record;
	struct act act;
	struct json_writer w;
	int64_t plan;
	enum err_kind failed = sentence_check(TEXT_LONG, "the note", note, NULL, err);

	if (!failed)
		failed = sentence_check(TEXT_LINE, "the evidence", evidence, NULL, err);
	if (failed)
		return failed;
	failed = record_load(s, release, WHEN_NONE, true, &record, err);
	plan = failed ? 0 : record.dossier.rollback_source.seq;
	record_release(&record);
	if (failed)
		return failed;
	act_begin(&act, &w, "rollback.rehearsed", release, NULL);
	act_text(&w, "result", words_word(words_result, (int)result));
	act_int(&w, "plan", plan);
	act_text(&w, "note", note);
	act_text(&w, "evidence", evidence);
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		sentence_done(out, "The rehearsal of the rollback of %s is recorded: %s.", release, words_word(words_result, (int)result));
	return failed;
}
