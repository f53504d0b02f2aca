#include <config.h>

#include <string.h>

#include <gonogo/app/act.h>
#include <gonogo/app/chain.h>
#include <gonogo/app/record.h>
#include <gonogo/app/uses.h>
#include <gonogo/base/spawn.h>
#include <gonogo/base/text.h>
#include <gonogo/sign/checkpoint.h>
#include <gonogo/sign/keygen.h>
#include <gonogo/sign/payload.h>
#include <gonogo/sign/sshsig.h>

enum { GIT_DEADLINE_S = 30, GIT_OUTPUT_MAX = 8192 };

static enum err_kind sign(struct session *s, const struct record *record, struct arena *arena, struct buf *out, struct err *err)
{
	struct keygen keygen = { .person = record->me->id, .identity = s->identity, .terminal = s->terminal };
	struct octets blob;
	const char *armour;
	enum err_kind failed = act_keys(record->me, arena, &keygen, err);

	checkpoint_body(s->ledger, record->size, &record->head, record->head_at, out);
	if (!failed)
		failed = buf_check(out, err);
	if (!failed)
		failed = keygen_sign(&keygen, PAYLOAD_CHECKPOINT_NAMESPACE, buf_text(out), out->size, arena, &blob, NULL, err);
	if (!failed)
		failed = sshsig_armour(blob, arena, &armour, err);
	if (!failed)
		buf_str(out, armour);
	return failed ? failed : buf_check(out, err);
}

/* A note on the commit that the repository has checked out: it travels with the code. */
static enum err_kind note(const char *repository, const char *person, const char *text, struct arena *arena, struct err *err)
{
	const char *name = arena_printf(arena, "user.name=%s", person), *mail = arena_printf(arena, "user.email=%s@gonogo.invalid", person);
	const char *const argv[] = { "git", "-C", repository, "-c", name, "-c", mail, "notes", "--ref=gonogo", "append", "-m", text, NULL };
	const struct spawn spawn = { .argv = argv, .deadline_s = GIT_DEADLINE_S, .output_cap = GIT_OUTPUT_MAX };
	struct spawn_result result;
	struct buf shown = BUF_EMPTY;
	enum err_kind failed = name && mail ? spawn_run(&spawn, arena, &result, err) : err_memory(err);

	if (failed || !result.status)
		return failed;
	text_show(&shown, result.diagnostics, strlen(result.diagnostics), false);
	err_set(err, ERR_SYSTEM, "The checkpoint is signed, and git could not note it in %.200s: %.300s", repository, buf_text(&shown));
	buf_release(&shown);
	return ERR_SYSTEM;
}

enum err_kind use_checkpoint(struct session *s, const char *repository, struct buf *out, struct err *err)
{
	struct record record;
	struct arena arena;
	enum err_kind failed = record_load(s, NULL, WHEN_NONE, false, &record, err);

	arena_init(&arena, 0);
	if (!failed && !record.me)
		failed = err_set(err, ERR_REFUSED, "Who is not enrolled has no key here, and signs no checkpoint (ATT-1).");
	/* Nobody vouches for a history that they did not look at. */
	if (!failed)
		failed = chain_walk(s, err);
	if (!failed)
		failed = sign(s, &record, &arena, out, err);
	if (!failed && repository)
		failed = note(repository, record.me->id, buf_text(out), &arena, err);
	arena_release(&arena);
	record_release(&record);
	return failed;
}
