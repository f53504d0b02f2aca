#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/core/fold.h>

struct source fold_source(const struct fact *fact)
{
	return (struct source){ .seq = fact->seq, .at = fact->at, .actor = fact->actor, .hash = fact->hash, .key = fact->key };
}

enum err_kind fold_refuse(const struct fact *fact, struct err *err, const char *fmt, ...)
{
	char why[512];
	va_list args;

	va_start(args, fmt);
	vsnprintf(why, sizeof why, fmt, args);
	va_end(args);
	return err_set(err, ERR_INTEGRITY, "Fact %lld %s. The ledger does not hold: run gonogo verify.", (long long)fact->seq, why);
}

void dossier_begin(struct dossier *dossier, struct arena *arena, const char *release)
{
	*dossier = (struct dossier){ .arena = arena, .release = release, .head_at = WHEN_NONE };
	policy_standard(&dossier->registry.policy);
	if (release && strcmp(release, "-") == 0)
		dossier->release = NULL;
}

/* The memo whose text a signature is over. */
static enum err_kind memo_text(const struct dossier *dossier, const struct fact *fact, const struct json_object *body, const char **text,
			       struct err *err)
{
	const char *id = body_text(body, "memo");
	const struct memo_entry *memo = id ? dossier_memo(dossier, id) : NULL;

	if (!memo)
		return fold_refuse(fact, err, "signs a memo that is not there");
	*text = memo->text;
	return ERR_NONE;
}

static enum err_kind check_signature(const struct dossier *dossier, const struct fact *fact, const struct fact_kind *kind,
				     const struct json_object *body, const struct witness *witness, struct err *err)
{
	const char *text = NULL;
	enum stamp stamp = STAMP_ABSENT;

	if (kind->payload == PAYLOAD_MEMO) {
		enum err_kind failed = memo_text(dossier, fact, body, &text, err);

		if (failed)
			return failed;
	}
	if (fact->sig && *fact->sig)
		stamp = witness && witness->stamp ? witness->stamp(witness->context, fact, &dossier->registry, text) : STAMP_BAD;
	switch (stamp) {
	case STAMP_GOOD:
		return ERR_NONE;
	case STAMP_ABSENT:
		if (!kind_must_sign(kind, body))
			return ERR_NONE;
		return fold_refuse(fact, err, "(%s) must be signed by %s and is not", fact->kind, fact->actor);
	case STAMP_KEY_NOT_VALID:
		return fold_refuse(fact, err, "(%s) is signed with a key that %s did not hold then", fact->kind, fact->actor);
	case STAMP_UNKNOWN:
		return err_set(err, ERR_SYSTEM, "The signature of %s on fact %lld could not be examined for want of memory. Try again.", fact->actor,
			       (long long)fact->seq);
	case STAMP_BAD:
		break;
	}
	return fold_refuse(fact, err, "(%s) bears a signature of %s that does not hold", fact->kind, fact->actor);
}

/* The founder is the first person; every later actor was enrolled before (ATT-1). */
static bool is_actor_known(const struct dossier *dossier, const struct fact *fact)
{
	return fact->seq == 1 || registry_person(&dossier->registry, fact->actor) != NULL;
}

enum err_kind dossier_fold(struct dossier *dossier, const struct fact *fact, const struct witness *witness, struct err *err)
{
	const struct fact_kind *kind;
	struct json_object body;
	struct err why = { 0 };
	enum err_kind failed;

	if (strcmp(fact->release, "-") != 0 && (!dossier->release || !text_same_id(fact->release, dossier->release)))
		return ERR_NONE;
	if (fact->seq <= dossier->size)
		return fold_refuse(fact, err, "comes out of order");
	failed = fact_check(fact, err);
	if (failed)
		return failed;
	kind = kind_find(fact->kind);
	if (!kind)
		return fold_refuse(fact, err, "is of a kind that this program does not know");
	if (!is_actor_known(dossier, fact))
		return fold_refuse(fact, err, "was recorded by somebody who was not enrolled");
	failed = kind_body(kind, fact->body, strlen(fact->body), dossier->arena, &body, &why);
	if (failed == ERR_INPUT)
		return fold_refuse(fact, err, "has a body that its kind refuses: %s", why.text);
	if (failed)
		return err_set(err, failed, "%s", why.text);
	failed = check_signature(dossier, fact, kind, &body, witness, err);
	if (!failed && dossier->release && strcmp(fact->release, "-") != 0 && !dossier->registered.seq && kind->scope == SCOPE_RELEASE &&
	    strcmp(kind->name, "release.registered") != 0)
		failed = fold_refuse(fact, err, "is about a release that was not registered");
	if (!failed) {
		struct fact signed_fact = *fact;

		signed_fact.key = fact->sig && *fact->sig && witness && witness->signer ? witness->signer(witness->context, fact, &dossier->registry) : NULL;
		failed = kind->fold(dossier, &signed_fact, &body, err);
	}
	if (failed)
		return failed;
	dossier->size = fact->seq;
	dossier->head = fact->hash;
	dossier->head_at = fact->at;
	fold_concern(dossier, fact);
	return ERR_NONE;
}

enum err_kind dossier_relate(struct dossier *dossier, const struct relation *predecessor, const struct relation *successors, size_t count,
			     struct err *err)
{
	(void)err;
	dossier->predecessor = (struct relation){ .release = dossier->manifest.supersedes };
	dossier->predecessor_known = predecessor != NULL;
	if (predecessor)
		dossier->predecessor = *predecessor;
	for (size_t i = 0; i < count && dossier->state == STATE_STABLE; i++)
		if (successors[i].state == STATE_STABLE || successors[i].state == STATE_SUPERSEDED) {
			dossier->state = STATE_SUPERSEDED;
			dossier->successor = successors[i].release;
		}
	return ERR_NONE;
}
