#include <config.h>

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <gonogo/app/sentence.h>
#include <gonogo/app/switching.h>
#include <gonogo/app/uses.h>
#include <gonogo/core/authority.h>
#include <gonogo/core/kinds.h>

enum { SEEN_MAX = 200, RECENT_MAX = 500 };

/* A drill and what it saw; `fault` is the first thing that went wrong. */
struct drill {
	struct record record;
	struct live live;
	struct flag_reading off, on;
	int64_t kill_ms, restore_ms;
	char fault[ERR_TEXT_MAX];
};

/* How long a step took is no moment of the ledger's time: a clock that nobody can set. */
static int64_t ticks_ms(void)
{
	struct timespec now = { 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static size_t count_served(const struct flag_reading *reading, enum flag_served served)
{
	size_t count = 0;

	for (size_t i = 0; i < reading->count; i++)
		count += reading->tenants[i].served == served;
	return count;
}

static void list_on(const struct flag_reading *reading, char *out)
{
	size_t used = 0;

	*out = '\0';
	for (size_t i = 0; i < reading->count && used < SEEN_MAX; i++)
		if (reading->tenants[i].served == FLAG_ON)
			used += (size_t)snprintf(out + used, SEEN_MAX - used, "%s%s", used ? ", " : "", reading->tenants[i].id);
}

static enum err_kind check_ready(const struct drill *drill, struct err *err)
{
	const struct dossier *d = &drill->record.dossier;
	const struct flag_reading *reading = &drill->live.reading;

	if (!d->definition_source.seq)
		return err_set(err, ERR_REFUSED, "%s has no kill switch to test (KSW-1). Import its kill-switch form with gonogo import --release %s FILE.", d->release,
			       d->release);
	if (dossier_is_killed(d))
		return err_set(err, ERR_REFUSED, "%s is killed (KSW-6), so its switch cannot be drilled: the drill would end with a restore.", d->release);
	if (d->drill.source.seq && d->drill.state == WRITE_BEGUN)
		return err_set(err, ERR_BUSY, "A drill of %s is under way, or was cut short and could not be ended. See gonogo switch show %s.", d->release, d->release);
	if (reading->state != SWITCH_READY && reading->state != SWITCH_FLIPPED)
		return err_set(err, ERR_REFUSED, "The switch of %s cannot be drilled: %.3000s", d->release, reading->reason);
	if (!count_served(reading, FLAG_ON))
		return err_set(err, ERR_REFUSED, "Nobody is served %s there, so switching it off would prove nothing. Serve it to a dev/test tenant, then drill (KSW-3).", d->release);
	if (reading->kept_size > FLAG_KEPT_MAX)
		return err_set(err, ERR_REFUSED, "What stands at %.1024s is too long to be kept for a restore.", d->place);
	return ERR_NONE;
}

static bool is_same(const struct flag_reading *a, const struct flag_reading *b)
{
	for (size_t i = 0; i < a->count; i++)
		if (a->tenants[i].served != b->tenants[i].served)
			return false;
	return digest_equal(&a->left, &b->left);
}

static enum err_kind put_back(const struct drill *drill, const char *kept, size_t size, const struct digest *left, struct flag_reading *after, struct err *err)
{
	const struct flag_aim aim = { .tenants = drill->live.tenants, .kept = kept, .kept_size = size, .left = left };

	return drill->live.provider->restore(&drill->live.binding, &aim, drill->record.dossier.arena, after, err);
}

/* Off for everyone and on again, timed; whatever happens in between, what was there is put back. */
static void perform(struct drill *drill)
{
	const struct flag_reading *before = &drill->live.reading;
	const struct flag_aim aim = { .everyone = true, .tenants = drill->live.tenants, .left = &before->left };
	const int64_t begun = ticks_ms();
	struct err err;
	bool is_off = !drill->live.provider->kill(&drill->live.binding, &aim, drill->record.dossier.arena, &drill->off, &err);
	int64_t killed;

	if (!is_off)
		(void)snprintf(drill->fault, sizeof drill->fault, "It did not switch off: %.3000s", err.text);
	else if (count_served(&drill->off, FLAG_OFF) != drill->off.count)
		(void)snprintf(drill->fault, sizeof drill->fault, "Switched off, it is not off for every tenant.");
	killed = ticks_ms();
	drill->kill_ms = killed - begun;
	if (put_back(drill, before->kept, before->kept_size, is_off ? &drill->off.left : NULL, &drill->on, &err))
		(void)snprintf(drill->fault, sizeof drill->fault, "It could not be switched back: %.3000s", err.text);
	else if (!is_same(before, &drill->on) && !*drill->fault)
		(void)snprintf(drill->fault, sizeof drill->fault, "Switched back, it does not serve what it served before.");
	drill->restore_ms = ticks_ms() - killed;
}

static int64_t present(const struct dossier *d)
{
	return d->definition_source.seq > d->binding.seq ? d->definition_source.seq : d->binding.seq;
}

/* The test and the end of the drill are one: neither stands without the other. */
static enum err_kind record_both(struct session *s, const struct drill *drill, const char *environment, const char *note, struct outcome *out, struct err *err)
{
	const struct dossier *d = &drill->record.dossier;
	const struct flag_reading *before = &drill->live.reading;
	const bool is_pass = !*drill->fault;
	char on[SEEN_MAX], hex[DIGEST_HEX_MAX], said[ERR_TEXT_MAX], evidence[400];
	struct act acts[2];
	struct json_writer w;
	enum err_kind failed;

	list_on(before, on);
	(void)snprintf(evidence, sizeof evidence, "on for %.150s; off for all %zu after %lld ms; on again after %lld ms", on, before->count, (long long)drill->kill_ms,
		       (long long)drill->restore_ms);
	(void)snprintf(said, sizeof said, "%.2900s%s%.1000s", note ? note : is_pass ? "Performed by gonogo, which wrote and read it back." : "",
		       is_pass || !note ? "" : " ", drill->fault);
	act_begin(&acts[0], &w, "switch.tested", d->release, NULL);
	act_text(&w, "environment", environment);
	act_text(&w, "result", words_word(words_result, is_pass ? RESULT_PASS : RESULT_FAIL));
	act_int(&w, "definition", present(d));
	act_text(&w, "note", said);
	act_text(&w, "evidence", is_pass ? evidence : NULL);
	act_int(&w, "took_ms", drill->kill_ms + drill->restore_ms);
	act_text(&w, "proven", digest_hex(&before->definition, hex));
	act_end(&w);
	act_begin(&acts[1], &w, "switch.written", d->release, NULL);
	act_text(&w, "op", words_word(words_switch_op, SWITCH_OP_DRILL));
	act_text(&w, "state", words_word(words_write_state, is_pass ? WRITE_DONE : WRITE_FAILED));
	act_text(&w, "place", d->place);
	act_text(&w, "reason", is_pass ? NULL : drill->fault);
	act_end(&w);
	failed = act_commit(s, NULL, acts, 2, out, err);
	buf_release(&acts[0].body);
	buf_release(&acts[1].body);
	if (!failed)
		sentence_done(out, "The kill switch of %.64s was drilled in %.60s and %s: %.300s.", d->release, environment, is_pass ? "passed" : "failed",
			      is_pass ? evidence : drill->fault);
	return failed;
}

/* A kill that came in meanwhile goes before the end of a drill, which must not undo it. */
static enum err_kind kill_again(struct session *s, const char *release, struct err *err)
{
	struct record record;
	struct switching written;
	enum err_kind failed = record_load(s, release, WHEN_NONE, true, &record, err);
	const bool is_killed = !failed && dossier_is_killed(&record.dossier);

	record_release(&record);
	return is_killed ? switching_apply(s, release, SWITCH_OP_KILL, &written, err) : failed;
}

enum err_kind use_switch_drill(struct session *s, const char *release, const char *environment, const char *note, struct outcome *out, struct err *err)
{
	struct drill drill = { 0 };
	int lock = -1;
	enum err_kind failed = sentence_check(TEXT_NAME, "the environment", environment, "--env ENV", err);

	if (!failed)
		failed = sentence_check(TEXT_LONG, "the note", note, NULL, err);
	if (failed)
		return failed;
	failed = record_load(s, release, WHEN_NONE, true, &drill.record, err);
	if (!failed)
		failed = authority_may(&drill.record.dossier, drill.record.me, kind_find("switch.tested"), err);
	if (!failed) {
		lock = switching_lock(s, true);
		if (lock < 0)
			failed = err_set(err, ERR_BUSY, "Another drill or write beside this ledger is under way. Try again when it has ended.");
	}
	if (!failed)
		failed = live_read(&drill.record.dossier, &drill.record.arena, &drill.live, err);
	if (!failed)
		failed = check_ready(&drill, err);
	if (!failed)
		failed = switching_written(s, &drill.record.dossier, SWITCH_OP_DRILL, WRITE_BEGUN,
					   live_keep(drill.live.reading.kept, drill.live.reading.kept_size, &drill.record.arena), NULL, NULL, err);
	if (!failed) {
		perform(&drill);
		failed = switching_found(s, release, &drill.live, NULL, err);
		if (!failed)
			failed = record_both(s, &drill, environment, note, out, err);
	}
	if (lock >= 0)
		(void)close(lock);
	if (!failed)
		failed = kill_again(s, release, err);
	record_release(&drill.record);
	return failed;
}

/* --- drills that were cut short --------------------------------------------------------------------------------- */

/* Back as it was found, unless somebody has put another state there since, who then meant it. */
static enum err_kind end_drill(struct session *s, const char *release, struct arena *arena, const char **line, struct err *err)
{
	struct drill drill = { 0 };
	struct dossier *d = &drill.record.dossier;
	struct flag_reading after;
	struct digest before = { 0 };
	struct err why;
	const char *kept = NULL, *reason = NULL;
	size_t size = 0;
	enum err_kind failed = record_load(s, release, WHEN_NONE, true, &drill.record, err);

	if (failed || !d->drill.source.seq || d->drill.state != WRITE_BEGUN)
		goto out;
	failed = live_read(d, &drill.record.arena, &drill.live, err);
	if (failed)
		goto out;
	kept = live_kept(d->drill_kept, &size, &drill.record.arena);
	if (kept)
		failed = digest_tagged("gonogo-flag-parts", kept, size, &before, err);
	if (failed)
		goto out;
	if (!kept || digest_equal(&before, &drill.live.reading.left))
		reason = "It was cut short, and stands as it was found.";
	else if (!drill.live.reading.is_killed_form)
		reason = "It was cut short, and somebody has changed the flag since: nothing was put back.";
	else if (put_back(&drill, kept, size, &drill.live.reading.left, &after, &why))
		reason = arena_printf(&drill.record.arena, "It was cut short, and what stood there could not be put back: %.2000s", why.text);
	else
		reason = "It was cut short; what stood there before it was put back.";
	failed = reason ? switching_written(s, d, SWITCH_OP_DRILL, WRITE_FAILED, NULL, NULL, reason, err) : err_memory(err);
	*line = failed ? NULL : arena_printf(arena, "A drill of %.64s, begun by %s: %s", release, d->drill.source.actor, reason);
out:
	record_release(&drill.record);
	return failed;
}

/* Newest first: the last word of each release's drills is the first one met. */
static bool is_open_drill(const struct log_page *page, size_t at)
{
	const struct fact *fact = &page->facts[at];

	for (size_t i = 0; i < at; i++)
		if (strcmp(page->facts[i].release, fact->release) == 0 && strstr(page->facts[i].body, "\"op\":\"drill\""))
			return false;
	return strstr(fact->body, "\"op\":\"drill\",\"state\":\"begun\"") != NULL;
}

enum err_kind use_switch_recover(struct session *s, struct arena *arena, struct texts *lines, struct err *err)
{
	const struct log_filter filter = { .kind = "switch.written", .limit = RECENT_MAX };
	const int lock = switching_lock(s, false);
	const char *action = s->action;
	struct log_page page = { 0 };
	const char **said, **ended;
	enum err_kind failed = ERR_NONE;

	*lines = (struct texts){ 0 };
	/* Who holds the lock has a drill under way. */
	if (lock < 0)
		return ERR_NONE;
	/* The id given for a retry is that of the act to come. */
	s->action = NULL;
	failed = use_log(s, &filter, NULL, arena, &page, err);
	said = failed ? NULL : arena_array(arena, page.count + 1, sizeof *said);
	ended = failed ? NULL : arena_array(arena, page.count + 1, sizeof *ended);
	if (!failed && (!said || !ended))
		failed = err_memory(err);
	for (size_t i = 0; !failed && i < page.count; i++) {
		const char *line = NULL;

		if (is_open_drill(&page, i))
			failed = end_drill(s, page.facts[i].release, arena, &line, err);
		if (!line)
			continue;
		ended[lines->count] = page.facts[i].release;
		said[lines->count++] = line;
	}
	lines->items = said;
	(void)close(lock);
	for (size_t i = 0; !failed && i < lines->count; i++)
		failed = kill_again(s, ended[i], err);
	s->action = action;
	return failed;
}

/* --- looking ---------------------------------------------------------------------------------------------------- */

enum err_kind use_switch_is_live(struct session *s, const char *release, bool *is_live, struct err *err)
{
	struct record record;
	const enum err_kind failed = record_load(s, release, WHEN_NONE, true, &record, err);
	const struct flag_provider *provider = failed || !record.dossier.binding.seq ? NULL : flag_provider_find(record.dossier.provider);

	*is_live = provider && provider->is_live;
	record_release(&record);
	return failed;
}
