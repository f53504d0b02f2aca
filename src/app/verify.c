#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/app/anchor.h>
#include <gonogo/app/chain.h>
#include <gonogo/app/uses.h>
#include <gonogo/app/witness.h>
#include <gonogo/core/kinds.h>
#include <gonogo/store/ledger.h>
#include <gonogo/store/rebuild.h>
#include <gonogo/store/seen.h>
#include <gonogo/store/store.h>

const struct word words_integrity[] = {
	{ INTEGRITY_INTACT, "intact", "Intact" },
	{ INTEGRITY_BROKEN, "broken", "Broken" },
	{ INTEGRITY_TRUNCATED, "truncated", "Truncated" },
	{ INTEGRITY_FORKED, "forked", "Forked" },
	{ INTEGRITY_FORGED, "forged", "Forged" },
	{ INTEGRITY_PROJECTION, "projection-differs", "Projection differs" },
	{ 0, NULL, NULL },
};

/* One walk over all facts: chain first, then what the fact says of people, then its signature. */
struct walk {
	struct session *session;
	struct verification *out;
	struct arena arena;
	struct dossier registry;      /* people and keys as they stood at each fact */
	struct digest prev;
	instant at;
	int64_t seq;
	const struct anchor *anchors;
	size_t anchor_count;
	int64_t forged_seq;           /* the earliest fact whose signature does not hold; 0: none */
	struct err forged;
	bool stopped;
	const struct progress *progress;
	int64_t total;                /* facts, as far as anybody says before they are counted */
};

/* Facts between two words to whoever watches. */
enum { PROGRESS_STRIDE = 64 };

/* ERR_REFUSED: whoever watches gave it up. */
static enum err_kind tell(const struct walk *walk, const char *what, int64_t done, int64_t total, struct err *err)
{
	const struct progress *progress = walk->progress;

	if (!progress || !progress->tell || progress->tell(progress->context, what, done, total))
		return ERR_NONE;
	return err_set(err, ERR_REFUSED, "The check was given up at %s %lld of %lld, which says nothing of the ledger. Run it again.", what, (long long)done,
		       (long long)total);
}

static void conclude(struct walk *walk, enum integrity verdict, int64_t seq, const char *fmt, ...) PRINTF_LIKE(4, 5);

static void conclude(struct walk *walk, enum integrity verdict, int64_t seq, const char *fmt, ...)
{
	va_list args;

	walk->stopped = true;
	walk->out->verdict = verdict;
	walk->out->at_seq = seq;
	va_start(args, fmt);
	vsnprintf(walk->out->reason, sizeof walk->out->reason, fmt, args);
	va_end(args);
}

/* The earliest one is named: those behind it often do not hold because of it. */
static void suspect(struct walk *walk, int64_t seq, const struct err *why)
{
	if (walk->forged.kind && walk->forged_seq <= seq)
		return;
	walk->forged_seq = seq;
	walk->forged = *why;
}

static bool chain_holds(struct walk *walk, const struct fact *fact)
{
	const struct ledger_end before = { .size = walk->seq, .head = walk->prev, .at = walk->at };
	struct err why = { 0 };

	if (chain_follows(&before, fact, &why) != ERR_NONE)
		conclude(walk, INTEGRITY_BROKEN, walk->seq + 1, "%s", why.text);
	return !walk->stopped;
}

static void meet_anchors(struct walk *walk, const struct fact *fact)
{
	for (size_t i = 0; i < walk->anchor_count && !walk->stopped; i++) {
		if (walk->anchors[i].point.size != fact->seq)
			continue;
		if (!checkpoint_has_head(&walk->anchors[i].point, &fact->hash))
			conclude(walk, INTEGRITY_FORKED, fact->seq, "The history up to fact %lld is not the one that the anchor witnesses.",
				 (long long)fact->seq);
		walk->out->anchored = fact->seq;
		walk->out->anchored_at = fact->at;
	}
}

/* Facts of no release are folded here: they make the registry by which every signature is judged.  Those of releases are folded release by release. */
static enum err_kind visit(void *context, const struct fact *fact, struct err *err)
{
	struct walk *walk = context;
	const struct witness witness = witness_of(walk->session);
	struct err why = { 0 };
	struct fact copy;
	enum err_kind failed;

	failed = walk->stopped || walk->seq % PROGRESS_STRIDE ? ERR_NONE : tell(walk, "fact", walk->seq, walk->total, err);
	if (failed || walk->stopped || !chain_holds(walk, fact))
		return failed;
	meet_anchors(walk, fact);
	if (walk->stopped)
		return ERR_NONE;
	if (!kind_find(fact->kind)) {
		conclude(walk, INTEGRITY_BROKEN, fact->seq, "Fact %lld is of a kind this program does not know.", (long long)fact->seq);
		return ERR_NONE;
	}
	if (!walk->forged.kind && strcmp(fact->release, "-") == 0) {
		failed = fact_copy(fact, &walk->arena, &copy, err);
		if (failed)
			return failed;
		failed = dossier_fold(&walk->registry, &copy, &witness, &why);
		if (failed == ERR_INTEGRITY)
			suspect(walk, fact->seq, &why);
		else if (failed) {
			*err = why;
			return failed;
		}
	}
	walk->seq = walk->out->size = fact->seq;
	walk->prev = walk->out->head = fact->hash;
	walk->at = fact->at;
	return ERR_NONE;
}

/* Every release, folded with its signatures verified: what any verdict rests on. */
static enum err_kind check_releases(struct walk *walk, struct err *err)
{
	struct texts ids = { 0 };
	struct err unread = { 0 };
	enum err_kind failed = use_release_ids(walk->session, &walk->arena, &ids, &unread);

	/* The ids come from the projection. */
	if (failed == ERR_INTEGRITY) {
		conclude(walk, walk->forged.kind ? INTEGRITY_FORGED : INTEGRITY_PROJECTION, walk->forged_seq, "%s", walk->forged.kind ? walk->forged.text : unread.text);
		return ERR_NONE;
	}
	if (failed && err)
		*err = unread;
	for (size_t i = 0; !failed && !walk->stopped && i < ids.count; i++) {
		struct record record;
		struct err why = { 0 };

		failed = tell(walk, "release", (int64_t)i, (int64_t)ids.count, err);
		if (failed)
			break;
		failed = record_load(walk->session, ids.items[i], WHEN_NONE, false, &record, &why);
		if (failed == ERR_INTEGRITY) {
			suspect(walk, record.odd_seq, &why);
			failed = ERR_NONE;
		} else if (failed && err) {
			*err = why;
		}
		record_release(&record);
	}
	if (!failed && walk->forged.kind)
		conclude(walk, INTEGRITY_FORGED, walk->forged_seq, "%s", walk->forged.text);
	return failed;
}

static enum err_kind check_projection(struct walk *walk, struct err *err)
{
	struct buf difference = BUF_EMPTY;
	bool same = true;
	struct err why = { 0 };
	enum err_kind failed = rebuild_compare(walk->session->store, &same, &difference, &why);

	if (failed == ERR_INTEGRITY) {
		conclude(walk, INTEGRITY_PROJECTION, 0, "%s", why.text);
		failed = ERR_NONE;
	} else if (failed && err) {
		*err = why;
	} else if (!same) {
		conclude(walk, INTEGRITY_PROJECTION, 0, "%s", buf_text(&difference));
	}
	buf_release(&difference);
	return failed;
}

static void check_sizes(struct walk *walk)
{
	for (size_t i = 0; i < walk->anchor_count && !walk->stopped; i++) {
		if (!checkpoint_is_of(&walk->anchors[i].point, walk->session->ledger))
			conclude(walk, INTEGRITY_FORKED, 0, "The anchor is of the ledger %s..., and this is %s: it was founded anew, or is another.",
				 walk->anchors[i].point.log, walk->session->ledger);
		else if (walk->anchors[i].point.size > walk->seq)
			conclude(walk, INTEGRITY_TRUNCATED, walk->seq, "The ledger ends at fact %lld, and the anchor witnesses %lld.", (long long)walk->seq,
				 (long long)walk->anchors[i].point.size);
	}
}

/* What this user saw of the ledger last is one more anchor. */
static enum err_kind check_seen(struct walk *walk, struct err *err)
{
	struct session *s = walk->session;
	int64_t size = 0;
	enum err_kind failed = s->mistrust ? seen_size(s->state, s->store, s->ledger, &size, err) : ERR_NONE;

	if (!failed && s->mistrust)
		conclude(walk, size > walk->seq ? INTEGRITY_TRUNCATED : INTEGRITY_FORKED, size > walk->seq ? walk->seq : size, "%s", s->mistrust);
	return failed;
}

/* A fact that cannot even be read as one is where the chain breaks. */
static enum err_kind walk_facts(struct walk *walk, struct err *err)
{
	struct err why = { 0 };
	const enum err_kind failed = ledger_walk(walk->session->store, 1, visit, walk, &why);

	if (failed == ERR_INTEGRITY) {
		conclude(walk, INTEGRITY_BROKEN, walk->seq + 1, "%s", why.text);
		return ERR_NONE;
	}
	if (failed && err)
		*err = why;
	return failed;
}

/* An anchor that agrees with the ledger, and that nobody signed, is no anchor. */
static void check_signers(struct walk *walk)
{
	struct err why = { 0 };

	for (size_t i = 0; i < walk->anchor_count && !walk->stopped; i++)
		if (anchor_check(&walk->anchors[i], &walk->registry.registry, &why) != ERR_NONE)
			conclude(walk, INTEGRITY_FORGED, walk->anchors[i].point.size, "%s", why.text);
}

/* What came after the newest anchor is chained, and no more than that. */
static void conclude_intact(struct walk *walk)
{
	const instant now = walk->session->clock.now(walk->session->clock.context);
	const int64_t behind = walk->seq - walk->out->anchored;
	char at[WHEN_TEXT_MAX], age[WHEN_SPAN_MAX];

	if (!walk->anchor_count) {
		conclude(walk, INTEGRITY_INTACT, 0, "%lld facts: chain, signatures and projection hold; no anchor was given.", (long long)walk->seq);
		return;
	}
	conclude(walk, INTEGRITY_INTACT, 0, "%lld facts: chain, signatures and projection hold, and every anchor. The newest one witnesses %lld facts, up to %s (%s ago); "
		 "%lld came after it.", (long long)walk->seq, (long long)walk->out->anchored, when_format(walk->out->anchored_at, at),
		 when_span_short(now > walk->out->anchored_at ? now - walk->out->anchored_at : 0, age), (long long)behind);
}

enum err_kind use_verify(struct session *s, const char *const *anchors, size_t count, const struct progress *progress, struct verification *out, struct err *err)
{
	struct walk walk = { .session = s, .out = out, .anchor_count = count, .progress = progress };
	struct ledger_end end;
	struct err unread;
	struct anchor *read;
	enum err_kind failed;

	*out = (struct verification){ 0 };
	arena_init(&walk.arena, 0);
	dossier_begin(&walk.registry, &walk.arena, "-");
	failed = anchors_read(anchors, count, &walk.arena, &read, err);
	walk.anchors = read;
	if (!failed)
		failed = fact_genesis(s->ledger, &walk.prev, err);
	/* A ledger whose end cannot be read is checked all the same. */
	if (!failed && ledger_last(s->store, &end, &unread) == ERR_NONE)
		walk.total = end.size;
	if (!failed)
		failed = walk_facts(&walk, err);
	if (!failed && !walk.stopped)
		check_sizes(&walk);
	if (!failed && !walk.stopped)
		failed = check_seen(&walk, err);
	if (!failed && !walk.stopped)
		failed = check_releases(&walk, err);
	if (!failed && !walk.stopped)
		check_signers(&walk);
	if (!failed && !walk.stopped)
		failed = check_projection(&walk, err);
	if (!failed && !walk.stopped)
		conclude_intact(&walk);
	arena_release(&walk.arena);
	return failed;
}
