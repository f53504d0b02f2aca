#include <config.h>

#include <string.h>

#include <gonogo/core/fold.h>

/* What a key is no longer trusted with. */
struct distrust { const char *key; instant from; struct source by; };

static bool is_hit(const struct distrust *distrust, const struct source *source)
{
	return source->seq && source->key && strcmp(source->key, distrust->key) == 0 && source->at >= distrust->from;
}

/* No evidence is the one that an approval without a digest was given over: it is stale, and stays on record. */
static void void_approvals(struct dossier *d, const struct distrust *distrust)
{
	for (size_t i = 0; i < d->approval_count; i++) {
		struct approval *approval = &d->approvals[i];

		if (!is_hit(distrust, &approval->source))
			continue;
		approval->distrusted = distrust->by;
		approval->evidence = approval->class_evidence = (struct digest){ 0 };
	}
	if (is_hit(distrust, &d->plan_approved))
		d->plan_approved = (struct source){ 0 };
}

/* A draft waits for that signature again; an issued memo is stale. */
static void void_memos(struct dossier *d, const struct distrust *distrust)
{
	for (size_t i = 0; i < d->memo_count; i++) {
		struct memo_entry *memo = &d->memos[i];
		struct memo_signature *const both[] = { &memo->owner, &memo->lead };

		for (size_t k = 0; k < 2; k++) {
			if (!is_hit(distrust, &both[k]->source))
				continue;
			if (!memo->issued_seq) {
				*both[k] = (struct memo_signature){ 0 };
				continue;
			}
			memo->distrusted = distrust->by;
			memo->evidence = (struct digest){ 0 };
		}
	}
}

static void void_assessments(struct dossier *d, const struct distrust *distrust)
{
	for (size_t i = 0; i < STOP_COUNT; i++) {
		struct stop *stop = &d->stops[i];

		if (!is_hit(distrust, &stop->cleared))
			continue;
		stop->is_assessed = false;
		stop->is_raised |= stop->raised.seq != 0;
	}
}

static void void_restores(struct dossier *d, const struct distrust *distrust)
{
	size_t kept = 0;

	for (size_t i = 0; i < d->restore_approval_count; i++)
		if (d->restore_approvals[i].is_used || !is_hit(distrust, &d->restore_approvals[i].source))
			d->restore_approvals[kept++] = d->restore_approvals[i];
	d->restore_approval_count = kept;
	kept = 0;
	for (size_t i = 0; i < d->rollback_approval_count; i++)
		if (d->rollback_approvals[i].is_used || !is_hit(distrust, &d->rollback_approvals[i].source))
			d->rollback_approvals[kept++] = d->rollback_approvals[i];
	d->rollback_approval_count = kept;
}

void fold_distrust(struct dossier *dossier, const struct person_key *key, const struct fact *fact)
{
	const struct distrust distrust = { .key = key->key, .from = key->distrusted_from, .by = fold_source(fact) };

	void_approvals(dossier, &distrust);
	void_memos(dossier, &distrust);
	void_assessments(dossier, &distrust);
	void_restores(dossier, &distrust);
}
