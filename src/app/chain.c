#include <config.h>

#include <gonogo/app/chain.h>
#include <gonogo/app/witness.h>
#include <gonogo/store/store.h>
#include <gonogo/store/tally.h>

/* Another file may have been copied over the open one, which SQLite does not notice. */
static enum err_kind check_contains(struct session *session, const struct ledger_end *end, int64_t size, const struct digest *head, const char *since,
				    struct err *err)
{
	struct digest here = { 0 };
	enum err_kind failed = ERR_NONE;

	if (!size)
		return ERR_NONE;
	if (end->size >= size)
		failed = ledger_hash_at(session->store, size, &here, err);
	if (failed == ERR_MISSING || (!failed && !digest_equal(&here, head)))
		failed = err_set(err, ERR_INTEGRITY, "The ledger %s was replaced %s: it had %lld facts that this one (%lld facts) does not have so. "
				 "Nothing was recorded. Ask whoever keeps the ledger, and start gonogo again.", store_path(session->store), since,
				 (long long)size, (long long)end->size);
	return failed;
}

static enum err_kind check_newest(struct session *session, const struct registry *registry, int64_t *odd_seq, struct err *err)
{
	struct arena arena;
	struct fact fact;
	bool found;
	enum stamp stamp;
	enum err_kind failed;

	arena_init(&arena, 0);
	failed = ledger_newest_signed(session->store, &arena, &fact, &found, err);
	if (!failed && found)
		failed = fact_check(&fact, err);
	stamp = !failed && found ? witness_stamp(session, &fact, registry, NULL) : STAMP_GOOD;
	if (stamp == STAMP_UNKNOWN) {
		failed = err_memory(err);
	} else if (stamp != STAMP_GOOD) {
		*odd_seq = fact.seq;
		failed = err_set(err, ERR_INTEGRITY, "The signature of %s on fact %lld does not hold over the history before it. The ledger does not hold: "
				 "run gonogo verify.", fact.actor, (long long)fact.seq);
	}
	arena_release(&arena);
	return failed;
}

enum err_kind chain_check(struct session *session, const char *release, const struct registry *registry, const struct ledger_end *end, int64_t *odd_seq,
			  struct err *err)
{
	enum err_kind failed = check_contains(session, end, session->known_size, &session->known_head, "while it was open", err);

	if (!failed)
		failed = ledger_links(session->store, release, err);
	/* Between two acts of others nothing is counted twice; before an act of one's own it always is. */
	if (!failed && (store_is_writing(session->store) || session->checked != end->size)) {
		failed = ledger_gaps(session->store, err);
		if (!failed && registry)
			failed = check_newest(session, registry, odd_seq, err);
		if (!failed && registry)
			session->checked = end->size;
	}
	if (!failed)
		chain_know(session, end);
	return failed;
}

void chain_know(struct session *session, const struct ledger_end *end)
{
	session->known_size = end->size;
	session->known_head = end->head;
}

enum err_kind chain_follows(const struct ledger_end *before, const struct fact *fact, struct err *err)
{
	const long long seq = (long long)before->size + 1;

	if (fact->seq != seq)
		return err_set(err, ERR_INTEGRITY, "Fact %lld is missing; the next one is %lld.", seq, (long long)fact->seq);
	if (!digest_equal(&fact->prev, &before->head))
		return err_set(err, ERR_INTEGRITY, "Fact %lld does not follow the fact before it.", seq);
	if (before->size && fact->at < before->at)
		return err_set(err, ERR_INTEGRITY, "Fact %lld is dated before the fact before it.", seq);
	if (fact_check(fact, NULL) == ERR_INTEGRITY)
		return err_set(err, ERR_INTEGRITY, "Fact %lld does not match its hash.", seq);
	return ERR_NONE;
}

static enum err_kind step(void *context, const struct fact *fact, struct err *err)
{
	struct ledger_end *walked = context;
	struct err why = { 0 };

	if (chain_follows(walked, fact, &why) != ERR_NONE)
		return err_set(err, ERR_INTEGRITY, "%s The ledger does not hold: run gonogo verify.", why.text);
	*walked = (struct ledger_end){ .size = fact->seq, .head = fact->hash, .at = fact->at };
	return ERR_NONE;
}

enum err_kind chain_walk(struct session *session, struct err *err)
{
	enum err_kind failed = ERR_NONE;

	if (!session->walked.size)
		failed = fact_genesis(session->ledger, &session->walked.head, err);
	return failed ? failed : ledger_walk(session->store, session->walked.size + 1, step, &session->walked, err);
}

/* --- the tally ------------------------------------------------------------------------------------------------ */

struct follow {
	struct tally *tally;
	struct ledger_end walked;
};

static enum err_kind follow_step(void *context, const struct fact *fact, struct err *err)
{
	struct follow *follow = context;
	const enum err_kind failed = step(&follow->walked, fact, err);

	return failed ? failed : tally_add(follow->tally, fact, err);
}

static enum err_kind start_from(const struct session *session, struct ledger_end *walked, struct err *err)
{
	return walked->size ? ERR_NONE : fact_genesis(session->ledger, &walked->head, err);
}

enum err_kind chain_follow(struct session *session, struct err *err)
{
	struct follow follow = { 0 };
	struct ledger_end end = { 0 };
	struct arena arena;
	enum err_kind failed = session->tally ? ledger_last(session->store, &end, err) : ERR_NONE;

	if (!failed && session->tally)
		failed = tally_end(session->tally, session->store, session->ledger, &follow.walked, err);
	if (failed || follow.walked.size >= end.size)
		return failed;
	arena_init(&arena, 0);
	failed = tally_begin(session->tally, session->store, session->ledger, &arena, &follow.tally, &follow.walked, err);
	if (!failed) {
		failed = start_from(session, &follow.walked, err);
		if (!failed)
			failed = ledger_walk(session->store, follow.walked.size + 1, follow_step, &follow, err);
		if (failed)
			tally_abandon(follow.tally);
		else
			failed = tally_finish(follow.tally, &follow.walked, err);
	}
	arena_release(&arena);
	return failed;
}

enum err_kind chain_rest(struct session *session, const struct ledger_end *walked, const struct ledger_end *end, struct err *err)
{
	struct ledger_end last = *walked;
	enum err_kind failed = check_contains(session, end, walked->size, &walked->head, "since you read it last", err);

	if (!failed)
		failed = start_from(session, &last, err);
	return failed ? failed : ledger_walk(session->store, last.size + 1, step, &last, err);
}
