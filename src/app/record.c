#include <config.h>

#include <string.h>

#include <gonogo/app/chain.h>
#include <gonogo/app/names.h>
#include <gonogo/app/record.h>
#include <gonogo/app/witness.h>
#include <gonogo/store/ledger.h>
#include <gonogo/store/store.h>
#include <gonogo/store/tally.h>

static enum err_kind fold(struct session *session, const char *release, const struct ledger_range *range, struct arena *arena,
			  struct dossier *dossier, struct fact_list *facts, struct err *err)
{
	const struct witness witness = witness_of(session);
	enum err_kind failed = ledger_release(session->store, release, range, arena, facts, err);

	dossier_begin(dossier, arena, release ? release : "-");
	if (!failed && session->tally)
		failed = tally_holds(session->tally, session->store, "-", err);
	if (!failed && session->tally && release)
		failed = tally_holds(session->tally, session->store, release, err);
	for (size_t i = 0; !failed && i < facts->count; i++)
		failed = dossier_fold(dossier, &facts->items[i], &witness, err);
	return failed;
}

/* What a relative's own facts say of it; the tip tells two such states apart in the evidence. */
static enum err_kind relation_of(struct session *session, const char *release, const struct ledger_range *range, struct arena *arena,
				 struct relation *out, bool *known, struct err *err)
{
	struct dossier dossier;
	struct fact_list facts;
	enum err_kind failed = fold(session, release, range, arena, &dossier, &facts, err);

	*known = !failed && dossier_exists(&dossier);
	*out = (struct relation){ .release = release, .state = dossier.state, .tip = dossier.state_source.hash };
	return failed;
}

/* I-10: the release this one supersedes, and those that superseded it. */
static enum err_kind relate(struct session *session, struct record *record, const struct ledger_range *range, struct err *err)
{
	struct dossier *d = &record->dossier;
	struct relation predecessor = { 0 }, *successors = NULL;
	struct texts names = { 0 };
	bool known = false;
	enum err_kind failed = ERR_NONE;

	if (d->manifest.supersedes)
		failed = relation_of(session, d->manifest.supersedes, range, &record->arena, &predecessor, &known, err);
	if (!failed && d->state == STATE_STABLE && session->tally)
		failed = tally_holds_promotions(session->tally, session->store, err);
	if (!failed && d->state == STATE_STABLE)
		failed = ledger_successors(session->store, d->release, range, &record->arena, &names, err);
	if (!failed && names.count) {
		successors = arena_array(&record->arena, names.count, sizeof *successors);
		failed = successors ? ERR_NONE : err_memory(err);
	}
	for (size_t i = 0; !failed && i < names.count; i++) {
		bool exists;

		failed = relation_of(session, names.items[i], range, &record->arena, &successors[i], &exists, err);
	}
	return failed ? failed : dossier_relate(d, known ? &predecessor : NULL, successors, names.count, err);
}

static enum err_kind read_end(struct session *session, const struct record *record, struct ledger_end *end, struct err *err)
{
	enum err_kind failed = ledger_last(session->store, end, err);

	if (!failed && record->count && record->facts[record->count - 1].seq > end->size)
		failed = err_set(err, ERR_INTEGRITY, "The ledger ends before its own facts. Run gonogo verify.");
	return failed;
}

/* The fact at which a fold stopped. */
static int64_t odd_one(const struct dossier *dossier, const struct fact_list *facts)
{
	for (size_t i = 0; i < facts->count; i++)
		if (facts->items[i].seq > dossier->size)
			return facts->items[i].seq;
	return 0;
}

enum err_kind record_load(struct session *session, const char *release, instant at, bool must_exist, struct record *out, struct err *err)
{
	const struct ledger_range range = { .at = at };
	struct fact_list facts = { 0 };
	struct ledger_end end = { .at = WHEN_NONE }, walked;
	bool reading;
	enum err_kind failed = chain_follow(session, err);

	*out = (struct record){ 0 };
	arena_init(&out->arena, 0);
	dossier_begin(&out->dossier, &out->arena, "-");
	reading = !store_is_writing(session->store);
	if (!failed && session->tally)
		failed = tally_open(session->tally, session->store, session->ledger, &walked, err);
	if (!failed && reading)
		failed = store_begin_read(session->store, err);
	else
		reading = false;
	if (!failed)
		failed = names_release(session, &out->arena, &release, err);
	if (!failed) {
		failed = fold(session, release, &range, &out->arena, &out->dossier, &facts, err);
		out->odd_seq = failed == ERR_INTEGRITY ? odd_one(&out->dossier, &facts) : 0;
	}
	out->facts = facts.items;
	out->count = facts.count;
	if (!failed && release)
		failed = relate(session, out, &range, err);
	if (!failed)
		failed = read_end(session, out, &end, err);
	if (!failed)
		failed = chain_check(session, release, at == WHEN_NONE ? &out->dossier.registry : NULL, &end, &out->odd_seq, err);
	if (!failed && session->tally)
		failed = chain_rest(session, &walked, &end, err);
	if (reading)
		store_end(session->store);
	if (session->tally)
		tally_close(session->tally);
	out->size = end.size;
	out->head = end.head;
	out->head_at = end.at;
	out->now = session->clock.now(session->clock.context);
	if (out->now < end.at)
		out->now = end.at;
	if (!failed && release && must_exist && !dossier_exists(&out->dossier))
		failed = err_set(err, ERR_MISSING, "There is no release %.64s%s. See gonogo release list.", release, at == WHEN_NONE ? "" : " at that moment");
	/* Who asks today need not have been enrolled at the moment that is asked about. */
	if (!failed && session_me(session, &out->dossier.registry, &out->me, err) && at == WHEN_NONE)
		failed = ERR_REFUSED;
	return failed;
}

void record_release(struct record *record)
{
	arena_release(&record->arena);
}

enum err_kind record_judge(struct record *record, enum channel to, instant at, struct verdict *out, struct err *err)
{
	return gate_judge(&record->dossier, &record->dossier.registry.policy, to, at == WHEN_NONE ? record->now : at, &record->arena, out, err);
}
