#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/app/act.h>
#include <gonogo/app/chain.h>
#include <gonogo/app/jump.h>
#include <gonogo/app/names.h>
#include <gonogo/app/recorded.h>
#include <gonogo/app/shown.h>
#include <gonogo/app/standing.h>
#include <gonogo/app/tell.h>
#include <gonogo/app/witness.h>
#include <gonogo/base/random.h>
#include <gonogo/core/authority.h>
#include <gonogo/core/evidence.h>
#include <gonogo/sign/checkpoint.h>
#include <gonogo/sign/keygen.h>
#include <gonogo/sign/payload.h>
#include <gonogo/sign/sshsig.h>
#include <gonogo/store/ledger.h>
#include <gonogo/store/project.h>
#include <gonogo/store/seen.h>
#include <gonogo/store/standing.h>
#include <gonogo/store/store.h>

enum { CLOCK_BEHIND_S = 5 };

/* One act on its way into the ledger. */
struct pending {
	const struct act *act;
	const char *tenant, *release; /* as they were registered */
	const struct fact_kind *kind;
	struct json_object body;
	char action[RANDOM_ID_MAX];
	const char *sig;         /* the sig column; "" unsigned */
	bool is_already;
	struct fact fact;        /* as it was appended; seq 0: it was not */
};
struct commit {
	struct session *session;
	struct arena arena;      /* signatures, bodies */
	struct pending *pending;
	size_t count;
	const char *release;
	int64_t seen;            /* facts there were when the act was judged and signed */
	const struct shown *shown; /* what it was decided on; NULL: nobody was shown anything */
	instant signed_at;       /* WHEN_NONE: nothing was signed */
	struct act jumped;       /* the clock, beside what is recorded; kind NULL: it did not */
};

/* `action` NULL: a fresh one. */
static enum err_kind prepare_one(struct commit *commit, const char *action, const struct act *act, struct pending *p, struct err *err)
{
	enum err_kind failed = buf_check(&act->body, err);

	*p = (struct pending){ .act = act, .tenant = act->tenant, .release = act->release, .sig = "", .kind = kind_find(act->kind) };
	if (!failed && !p->kind)
		failed = err_set(err, ERR_SYSTEM, "There is no kind of fact %s.", act->kind);
	if (!failed)
		failed = kind_body(p->kind, buf_text(&act->body), act->body.size, &commit->arena, &p->body, err);
	/* What came from a person and does not fit the fact's fields is the person's to mend. */
	if (failed == ERR_INPUT && err)
		failed = err->kind = ERR_USAGE;
	if (!failed && action)
		snprintf(p->action, sizeof p->action, "%s", action);
	else if (!failed)
		failed = random_id(p->action, err);
	/* Who registers a name under another case is told so, and not understood as the one that is there. */
	if (!failed && strcmp(p->kind->name, "tenant.added") != 0)
		failed = names_tenant(commit->session, &commit->arena, &p->tenant, err);
	if (!failed)
		failed = names_release(commit->session, &commit->arena, &p->release, err);
	p->tenant = p->tenant ? p->tenant : "*";
	p->release = p->release ? p->release : "-";
	return failed;
}

static enum err_kind prepare(struct commit *commit, const char *action, const struct act *acts, struct err *err)
{
	enum err_kind failed;

	/* One more: a jump of the clock is told beside what is recorded. */
	commit->pending = arena_array(&commit->arena, commit->count + 1, sizeof *commit->pending);
	if (!commit->pending)
		return err_memory(err);
	failed = action ? recorded_check_action(action, err) : ERR_NONE;
	for (size_t i = 0; !failed && i < commit->count; i++)
		failed = prepare_one(commit, i == 0 ? action : NULL, &acts[i], &commit->pending[i], err);
	return failed;
}

/* Where the policy asks for it, and never alone: who records nothing says nothing of the clock either. */
static enum err_kind prepare_jump(struct commit *commit, const struct record *record, struct err *err)
{
	struct act *act = &commit->jumped;
	struct json_writer w;
	struct jump jump;

	if (!jump_find(commit->session, record->dossier.registry.policy.clock_jump_s, &jump))
		return ERR_NONE;
	act_begin(act, &w, "clock.jumped", NULL, NULL);
	act_int(&w, "by_s", jump.by_s);
	act_text(&w, "boot", jump.boot);
	act_end(&w);
	return prepare_one(commit, NULL, act, &commit->pending[commit->count++], err);
}

static enum err_kind require_me(const struct session *session, const struct record *record, struct err *err)
{
	if (record->me)
		return ERR_NONE;
	return err_set(err, ERR_REFUSED, "%s is not enrolled in this ledger, and who is not enrolled changes nothing (ATT-1). "
		       "A System Owner enrols with gonogo person add.", session->login ? session->login : "This account");
}

static enum err_kind permit(struct record *record, struct pending *p, struct err *err)
{
	const struct permit_in in = { .dossier = &record->dossier, .policy = &record->dossier.registry.policy, .actor = record->me, .now = record->now,
				      .tenant = p->tenant, .release = p->release,
				      .body = &p->body, .kind = p->kind, .arena = &record->arena };

	return authority_permits(&in, &p->is_already, err);
}

enum err_kind act_keys(const struct person *me, struct arena *arena, struct keygen *keygen, struct err *err)
{
	struct sshkey *keys = arena_array(arena, me->key_count + 1, sizeof *keys);

	if (!keys)
		return err_memory(err);
	for (size_t i = 0; i < me->key_count; i++) {
		enum err_kind failed;

		if (me->keys[i].state != KEY_VALID || me->keys[i].until_seq)
			continue;
		failed = sshkey_parse(me->id, me->keys[i].key, strlen(me->keys[i].key), arena, &keys[keygen->key_count], err);
		if (failed)
			return failed;
		keygen->key_count++;
	}
	keygen->keys = keys;
	return ERR_NONE;
}

static enum err_kind sign_memo(struct commit *commit, const struct record *record, struct pending *p, const struct keygen *keygen, struct err *err)
{
	const char *id = body_text(&p->body, "memo");
	const struct memo_entry *memo = id ? dossier_memo(&record->dossier, id) : NULL;
	struct octets blob;
	enum err_kind failed;

	if (!memo)
		return err_set(err, ERR_MISSING, "There is no memo %s.", id ? id : "of that name");
	failed = keygen_sign(keygen, PAYLOAD_MEMO_NAMESPACE, memo->text, strlen(memo->text), &commit->arena, &blob, NULL, err);
	return failed ? failed : sshsig_base64(blob, &commit->arena, &p->sig, err);
}

static enum err_kind sign_fact(struct commit *commit, const struct record *record, struct pending *p, const struct keygen *keygen, struct err *err)
{
	struct payload payload = { .ledger = commit->session->ledger, .size = record->size, .head = record->head, .kind = p->kind->name,
				   .action = p->action, .signed_at = record->now, .actor = record->me->id,
				   .tenant = p->tenant, .release = p->release };
	struct payload_signature signature = { .size = record->size, .head = record->head, .signed_at = record->now };
	const char *text;
	size_t size;
	enum err_kind failed = digest_bytes(buf_text(&p->act->body), p->act->body.size, &payload.body, err);

	if (!failed)
		failed = payload_write(&payload, &commit->arena, &text, &size, err);
	if (!failed)
		failed = keygen_sign(keygen, PAYLOAD_FACT_NAMESPACE, text, size, &commit->arena, &signature.blob, NULL, err);
	return failed ? failed : payload_signature_write(&signature, &commit->arena, &p->sig, err);
}

static bool must_sign(const struct session *session, const struct pending *p)
{
	return !p->is_already && (session->as || kind_must_sign(p->kind, &p->body));
}

/* Signs outside any transaction: somebody may be typing a passphrase, and others must be able to write meanwhile. */
static enum err_kind sign_all(struct commit *commit, const struct record *record, struct err *err)
{
	struct session *session = commit->session;
	struct keygen keygen = { .person = record->me->id, .identity = session->identity, .terminal = session->terminal,
				 .asks_nothing = session->asks_nothing };
	bool wanted = false;
	enum err_kind failed = ERR_NONE;

	for (size_t i = 0; i < commit->count; i++)
		wanted |= must_sign(session, &commit->pending[i]);
	if (!wanted)
		return ERR_NONE;
	failed = act_keys(record->me, &commit->arena, &keygen, err);
	if (failed)
		return failed;
	commit->signed_at = record->now;
	if (session->leave_screen)
		session->leave_screen(session->screen);
	for (size_t i = 0; !failed && i < commit->count; i++) {
		struct pending *p = &commit->pending[i];

		if (!must_sign(session, p))
			continue;
		failed = p->kind->payload == PAYLOAD_MEMO ? sign_memo(commit, record, p, &keygen, err) : sign_fact(commit, record, p, &keygen, err);
	}
	if (session->enter_screen)
		session->enter_screen(session->screen);
	return failed;
}

/* A retry after an unknown outcome: the same id with the same body was recorded, and is not recorded again. */
static enum err_kind find_recorded(struct commit *commit, struct outcome *out, bool *found, struct err *err)
{
	const struct pending *p = &commit->pending[0];
	struct fact fact;
	enum err_kind failed = ledger_by_action(commit->session->store, p->action, &commit->arena, &fact, found, err);

	if (failed || !*found)
		return failed;
	if (strcmp(fact.kind, p->kind->name) != 0 || strcmp(fact.body, buf_text(&p->act->body)) != 0 ||
	    strcmp(fact.tenant, p->tenant) != 0 || strcmp(fact.release, p->release) != 0)
		return err_set(err, ERR_REFUSED, "The action %s is recorded as fact %lld with another content. Use a fresh --action.", p->action,
			       (long long)fact.seq);
	*out = (struct outcome){ .is_already = true, .seq = fact.seq };
	snprintf(out->text, sizeof out->text, "Already recorded as fact %lld.", (long long)fact.seq);
	return ERR_NONE;
}

static enum err_kind check_times(const struct commit *commit, const struct record *record, struct err *err)
{
	const struct clock *clock = &commit->session->clock;
	const instant now = clock->now(clock->context);
	char is[WHEN_TEXT_MAX], last[WHEN_TEXT_MAX];

	if (record->size && now < record->head_at - CLOCK_BEHIND_S)
		return err_set(err, ERR_SYSTEM, "The clock says %s, but the last fact is of %s; nothing was recorded. Set the clock right.",
			       when_format(now, is), when_format(record->head_at, last));
	if (commit->signed_at != WHEN_NONE && !payload_is_fresh(commit->signed_at, record->now))
		return err_set(err, ERR_BUSY, "More than ten minutes passed while the act was signed; nothing was recorded. Try again.");
	return ERR_NONE;
}

/* Numbers are given inside the transaction, so that no two incidents share one. */
static enum err_kind check_number(struct commit *commit, const struct pending *p, struct err *err)
{
	const char *id = body_text(&p->body, "incident");
	char expected[32];
	int64_t next;
	enum err_kind failed;

	if (strcmp(p->kind->name, "incident.opened") != 0)
		return ERR_NONE;
	failed = ledger_next_incident(commit->session->store, &next, err);
	snprintf(expected, sizeof expected, "INC-%lld", (long long)next);
	if (!failed && (!id || strcmp(id, expected) != 0))
		failed = err_set(err, ERR_BUSY, "Another incident was opened meanwhile; nothing was recorded. Try again.");
	return failed;
}

static enum err_kind append(struct commit *commit, struct record *record, struct pending *p, struct outcome *out, struct err *err)
{
	const struct witness witness = witness_of(commit->session);
	struct fact fact = { .at = record->now, .actor = record->me->id, .origin = commit->session->origin,
			     .tenant = p->tenant, .release = p->release,
			     .kind = p->kind->name, .action = p->action, .body = buf_text(&p->act->body), .sig = p->sig };
	enum err_kind failed = check_number(commit, p, err);

	if (!failed)
		failed = ledger_append(commit->session->store, &fact, err);
	if (!failed)
		failed = dossier_fold(&record->dossier, &fact, &witness, err);
	if (!failed)
		failed = project_fact(commit->session->store, fact.kind, fact.seq, err);
	if (failed)
		return failed;
	record->size = out->seq = fact.seq;
	record->head = fact.hash;
	record->head_at = fact.at;
	out->recorded++;
	p->fact = fact;
	return ERR_NONE;
}

/* The cache that lists paint from: nothing decides on it. */
static enum err_kind refresh_standing(struct commit *commit, struct record *record, struct err *err)
{
	struct session *session = commit->session;
	const struct person *me = record->me;
	struct release_line line;
	struct verdict verdict;
	struct standing standing;
	enum err_kind failed;

	if (!commit->release || !dossier_exists(&record->dossier))
		return standing_mark(session->store, NULL, err);
	failed = record_judge(record, CHANNEL_NONE, WHEN_NONE, &verdict, err);
	/* The cache is read by everybody: in it "you" is nobody. */
	record->me = NULL;
	if (!failed)
		failed = standing_line(record, &record->dossier.registry.policy, &verdict, &record->arena, &line, err);
	record->me = me;
	if (failed)
		return failed;
	standing = (struct standing){ .to = verdict.to, .verdict = verdict.verdict, .unmet = verdict.unmet, .earliest = verdict.earliest,
				      .stable_earliest = verdict.stable_earliest, .soak_served_s = line.soak_served_s,
				      .soak_required_s = line.soak_required_s, .is_halted = line.is_halted, .is_killed = line.is_killed,
				      .is_rolling_back = line.is_rolling_back, .needs = line.needs, .who = line.who, .as_of = record->size };
	return standing_put(session->store, line.id, &standing, err);
}

/* A key that was taken back while it signed vouches for nothing more. */
static enum err_kind check_keys(const struct commit *commit, const struct record *record, struct err *err)
{
	const struct person *me = record->me;

	for (size_t i = 0; commit->signed_at != WHEN_NONE && i < me->key_count; i++)
		if (me->keys[i].until_seq > commit->seen)
			return err_set(err, ERR_REFUSED, "A key of %s was taken back while the act was signed (fact %lld); nothing was recorded. "
				       "See gonogo person list --json.", me->id, (long long)me->keys[i].until_seq);
	return ERR_NONE;
}

static enum err_kind record_all(struct commit *commit, struct record *record, struct outcome *out, struct err *err)
{
	enum err_kind failed = require_me(commit->session, record, err);

	if (!failed)
		failed = check_keys(commit, record, err);
	for (size_t i = 0; !failed && i < commit->count; i++) {
		struct pending *p = &commit->pending[i];

		if (p->act == &commit->jumped && !out->recorded)
			continue;
		failed = permit(record, p, err);
		if (!failed && !p->is_already)
			failed = append(commit, record, p, out, err);
	}
	if (!failed && out->recorded)
		failed = refresh_standing(commit, record, err);
	return failed;
}

/* Whoever judged and signed is told what they have not seen. */
static void tell_changes(const struct commit *commit, struct record *record, struct err *err)
{
	const enum channel next = dossier_exists(&record->dossier) ? dossier_next(&record->dossier) : CHANNEL_NONE;
	struct buf text = BUF_EMPTY;
	struct evidence evidence;
	struct texts lines = { 0 };

	if (!err || next == CHANNEL_NONE || evidence_of(&record->dossier, next, &record->arena, &evidence, NULL) ||
	    evidence_since(&evidence, commit->seen, &record->arena, &lines, NULL))
		return;
	for (size_t i = 0; i < lines.count; i++)
		buf_printf(&text, "\n  %s", lines.items[i]);
	if (lines.count && !buf_check(&text, NULL)) {
		const struct err why = *err;

		(void)err_set(err, why.kind, "%s\nChanged:%s", why.text, buf_text(&text));
	}
	buf_release(&text);
}

/* Nobody records what they did not see: neither over what came before they signed, nor over what came meanwhile. */
static enum err_kind check_shown(const struct commit *commit, struct record *record, struct err *err)
{
	enum err_kind failed = ERR_NONE;

	for (size_t i = 0; !failed && commit->shown && i < commit->count; i++)
		failed = shown_check(record, commit->shown, commit->pending[i].kind->name, &commit->pending[i].body, err);
	return failed;
}

/* The action id of the first fact that this call appends. */
static const char *first_recorded(const struct commit *commit)
{
	size_t i = 0;

	while (i + 1 < commit->count && commit->pending[i].is_already)
		i++;
	return commit->pending[i].action;
}

static enum err_kind write_facts(struct commit *commit, struct outcome *out, struct err *err)
{
	struct session *session = commit->session;
	struct record record = { 0 };
	bool found = false;
	enum err_kind failed = store_begin_immediate(session->store, err);

	if (failed)
		return failed;
	failed = find_recorded(commit, out, &found, err);
	if (!failed && !found)
		failed = record_load(session, commit->release, WHEN_NONE, false, &record, err);
	if (!failed && !found)
		failed = check_times(commit, &record, err);
	if (!failed && !found)
		failed = check_shown(commit, &record, err);
	if (!failed && !found) {
		failed = record_all(commit, &record, out, err);
		if (failed == ERR_BUSY)
			tell_changes(commit, &record, err);
	}
	if (failed || !out->recorded)
		store_rollback(session->store);
	else if ((failed = store_commit(session->store, err)))
		failed = recorded_despite(session, first_recorded(commit), err);
	if (!failed && out->recorded) {
		const struct ledger_end end = { .size = record.size, .head = record.head, .at = record.head_at };

		chain_know(session, &end);
		jump_note(session);
		for (size_t i = 0; i < commit->count; i++)
			if (commit->pending[i].fact.seq)
				tell_of(&record.dossier.registry.policy, &commit->pending[i].fact, out);
		checkpoint_format(session->ledger, end.size, &end.head, end.at, out->checkpoint);
		/* The fact is recorded whatever becomes of the user's own note of it. */
		if (session->state && seen_note(session->state, session->store, session->ledger, session->founder, &end, NULL) != ERR_NONE)
			out->seen_failed = true;
	}
	out->is_already = !failed && !out->recorded;
	record_release(&record);
	return failed;
}

enum err_kind act_commit(struct session *session, const char *action, const struct act *acts, size_t count, struct outcome *out, struct err *err)
{
	struct commit commit = { .session = session, .count = count, .release = count ? acts[0].release : NULL, .signed_at = WHEN_NONE };
	struct record record = { 0 };
	bool found = false;
	enum err_kind failed;

	*out = (struct outcome){ .is_already = !count };
	if (!count)
		return ERR_NONE;
	if (!action) {
		action = session->action;
		session->action = NULL;
	}
	commit.shown = session->shown;
	session->shown = NULL;
	arena_init(&commit.arena, 0);
	failed = prepare(&commit, action, acts, err);
	if (!failed)
		failed = record_load(session, commit.release, WHEN_NONE, false, &record, err);
	if (!failed && action)
		failed = find_recorded(&commit, out, &found, err);
	if (!failed && !found)
		failed = require_me(session, &record, err);
	if (!failed && !found)
		failed = check_times(&commit, &record, err);
	commit.seen = record.size;
	if (!failed && !found)
		failed = check_shown(&commit, &record, err);
	/* Asked before anybody types a passphrase; later acts of one call may rest on the first, and are asked in the transaction. */
	if (!failed && !found)
		failed = permit(&record, &commit.pending[0], err);
	if (!failed && !found)
		failed = prepare_jump(&commit, &record, err);
	if (!failed && !found && strcmp(commit.pending[0].kind->name, "release.promoted") == 0)
		failed = chain_walk(session, err);
	if (!failed && !found)
		failed = sign_all(&commit, &record, err);
	record_release(&record);
	if (!failed && !found)
		failed = write_facts(&commit, out, err);
	buf_release(&commit.jumped.body);
	arena_release(&commit.arena);
	return failed;
}
