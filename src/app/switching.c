#include <config.h>

#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include <gonogo/app/sentence.h>
#include <gonogo/app/switching.h>

enum { TRIES = 3, LOCK_TRIES = 100, LOCK_MS = 50, REASON_MAX = 3000 };

/* On the folder, since a descriptor on the ledger itself would take SQLite's own locks with it when it is closed. */
int switching_lock(const struct session *s, bool waits)
{
	char path[4096];
	int fd;

	(void)snprintf(path, sizeof path, "%s", s->ledger_path);
	fd = open(dirname(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	for (int i = 0; fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0; i++) {
		const struct timespec pause = { .tv_nsec = LOCK_MS * 1000000L };

		if (!waits || i == LOCK_TRIES) {
			(void)close(fd);
			return -1;
		}
		(void)nanosleep(&pause, NULL);
	}
	return fd;
}

/* A reason may hold what another program said. */
static const char *safe(const char *text, struct arena *arena)
{
	struct buf shown = BUF_EMPTY;
	const char *copy;

	text_show(&shown, text, strlen(text), false);
	copy = arena_bytes(arena, buf_text(&shown), text_fit(buf_text(&shown), shown.size, REASON_MAX));
	buf_release(&shown);
	return copy;
}

enum err_kind switching_written(struct session *s, const struct dossier *d, enum switch_op op, enum write_state state, const char *kept, const struct digest *left,
				const char *reason, struct err *err)
{
	struct outcome outcome = { 0 };
	struct act act;
	struct json_writer w;
	char hex[DIGEST_HEX_MAX];

	act_begin(&act, &w, "switch.written", d->release, NULL);
	act_text(&w, "op", words_word(words_switch_op, (int)op));
	act_text(&w, "state", words_word(words_write_state, (int)state));
	act_text(&w, "place", d->place);
	act_text(&w, "kept", kept);
	act_text(&w, "left", left && !digest_is_zero(left) ? digest_hex(left, hex) : NULL);
	act_text(&w, "reason", reason ? safe(reason, d->arena) : NULL);
	act_end(&w);
	return sentence_commit(s, &act, &outcome, err);
}

enum err_kind switching_found(struct session *s, const char *release, const struct live *live, struct outcome *out, struct err *err)
{
	const struct flag_reading *reading = &live->reading;
	struct outcome outcome = { 0 };
	struct arena arena = { 0 };
	struct act act;
	struct json_writer w;
	char hex[DIGEST_HEX_MAX];
	enum err_kind failed;

	if (!live->provider || !live->provider->is_live)
		return ERR_NONE;
	arena_init(&arena, 0);
	act_begin(&act, &w, "switch.found", release, NULL);
	act_text(&w, "state", words_word(words_switch_state, (int)reading->state));
	act_text(&w, "place", live->binding.place);
	act_text(&w, "reason", reading->reason ? safe(reading->reason, &arena) : NULL);
	act_text(&w, "definition", digest_is_zero(&reading->definition) ? NULL : digest_hex(&reading->definition, hex));
	act_end(&w);
	failed = sentence_commit(s, &act, out ? out : &outcome, err);
	arena_release(&arena);
	return failed;
}

/* One attempt over what was just read. */
struct attempt { struct record record; struct live live; struct flag_aim aim; const char *new_kept; };

/* What a restore will put back: what stood there before the first kill, or what somebody put there since. */
static enum err_kind choose_kept(struct attempt *a, enum switch_op op, struct err *err)
{
	const struct dossier *d = &a->record.dossier;
	const struct flag_reading *reading = &a->live.reading;
	/* A write that has no end on record may be what stands there. */
	const bool is_ours = d->kept && (d->write.state == WRITE_BEGUN || digest_equal(&reading->left, &d->write.left));
	struct digest before = { 0 };
	size_t size = 0;

	if (d->kept) {
		a->aim.kept = live_kept(d->kept, &size, d->arena);
		a->aim.kept_size = size;
	}
	if (op == SWITCH_OP_RESTORE) {
		enum err_kind failed = a->aim.kept ? digest_tagged("gonogo-flag-parts", a->aim.kept, size, &before, err) : ERR_NONE;

		/* Somebody may have put it back by hand already. */
		if (d->kept && !digest_is_zero(&d->write.left) && !digest_equal(&before, &reading->left))
			a->aim.left = &d->write.left;
		return failed;
	}
	if (!reading->kept || is_ours || (d->kept && reading->is_killed_form))
		return ERR_NONE;
	if (reading->kept_size > FLAG_KEPT_MAX)
		return err_set(err, ERR_REFUSED, "What stands at %.1024s is too long to be kept for a restore.", a->live.binding.place);
	a->aim.kept = reading->kept;
	a->aim.kept_size = reading->kept_size;
	a->new_kept = live_keep(reading->kept, reading->kept_size, d->arena);
	return a->new_kept ? ERR_NONE : err_memory(err);
}

static enum err_kind attempt(struct session *s, struct attempt *a, enum switch_op op, struct err *failure, struct err *err)
{
	const struct dossier *d = &a->record.dossier;
	struct flag_reading after;
	enum err_kind failed = live_aim(d, &a->live, d->arena, &a->aim, err), written;

	if (!failed)
		failed = choose_kept(a, op, err);
	if (!failed)
		failed = switching_written(s, d, op, WRITE_BEGUN, a->new_kept, NULL, NULL, err);
	if (failed)
		return failed;
	written = (op == SWITCH_OP_KILL ? a->live.provider->kill : a->live.provider->restore)(&a->live.binding, &a->aim, d->arena, &after, failure);
	if (!written)
		a->live.reading = after;
	failure->kind = written;
	if (written == ERR_BUSY && op == SWITCH_OP_KILL)
		return ERR_NONE;
	failed = switching_written(s, d, op, written ? WRITE_FAILED : WRITE_DONE, NULL, written ? NULL : &after.left, written ? failure->text : NULL, err);
	return failed ? failed : switching_found(s, d->release, &a->live, NULL, err);
}

/* A kill that stands as it was written, a restore with nothing to put back. */
static bool is_done(const struct attempt *a, enum switch_op op)
{
	const struct dossier *d = &a->record.dossier;

	if (op == SWITCH_OP_RESTORE)
		return !d->kept;
	return d->write.op == op && d->write.state == WRITE_DONE && d->write.source.seq > d->last_kill.seq && d->write.source.seq > d->binding.seq &&
	       digest_equal(&d->write.left, &a->live.reading.left);
}

static void say(struct switching *out, const struct attempt *a, const struct err *failure)
{
	out->failed = failure->kind;
	if (failure->kind)
		(void)snprintf(out->text, sizeof out->text, "%.3500s", failure->text);
	else
		(void)snprintf(out->text, sizeof out->text, "It is written to %.1024s and was read back.", a->live.binding.place);
}

enum err_kind switching_apply(struct session *s, const char *release, enum switch_op op, struct switching *out, struct err *err)
{
	const int lock = switching_lock(s, true);
	struct err failure = { .kind = ERR_BUSY };
	enum err_kind failed = ERR_NONE;

	*out = (struct switching){ 0 };
	for (int i = 0; !failed && failure.kind == ERR_BUSY && i < (op == SWITCH_OP_KILL ? TRIES : 1); i++) {
		struct attempt a = { 0 };

		failed = record_load(s, release, WHEN_NONE, true, &a.record, err);
		if (!failed)
			failed = live_read(&a.record.dossier, &a.record.arena, &a.live, err);
		out->is_bound = !failed && a.live.provider && a.live.provider->is_live;
		failure.kind = ERR_NONE;
		if (out->is_bound && !is_done(&a, op))
			failed = attempt(s, &a, op, &failure, err);
		if (!failed && failure.kind == ERR_BUSY && op == SWITCH_OP_KILL && i + 1 == TRIES)
			failed = switching_written(s, &a.record.dossier, op, WRITE_FAILED, NULL, NULL, failure.text, err);
		if (!failed && out->is_bound)
			say(out, &a, &failure);
		record_release(&a.record);
	}
	if (lock >= 0)
		(void)close(lock);
	return failed;
}
