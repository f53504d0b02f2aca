#include <config.h>

#include <stdlib.h>
#include <string.h>

#include <gonogo/app/witness.h>
#include <gonogo/base/json.h>
#include <gonogo/core/kinds.h>
#include <gonogo/sign/payload.h>
#include <gonogo/sign/sshkey.h>
#include <gonogo/sign/sshsig.h>
#include <gonogo/sign/verify.h>
#include <gonogo/store/ledger.h>

/* An open-addressing set of fact hashes; their first bytes are as good as random. */
struct verified {
	struct digest *slots;
	size_t count, room;
};

struct verified *verified_new(void)
{
	return calloc(1, sizeof(struct verified));
}

void verified_free(struct verified *verified)
{
	if (verified)
		free(verified->slots);
	free(verified);
}

static size_t slot_of(const struct verified *verified, const struct digest *hash)
{
	size_t at;

	memcpy(&at, hash->bytes, sizeof at);
	for (at &= verified->room - 1;; at = (at + 1) & (verified->room - 1))
		if (digest_is_zero(&verified->slots[at]) || digest_equal(&verified->slots[at], hash))
			return at;
}

static bool verified_has(const struct verified *verified, const struct digest *hash)
{
	return verified && verified->room && !digest_is_zero(&verified->slots[slot_of(verified, hash)]);
}

/* Forgetting is always right, so want of memory is no error here: the signature is verified again next time. */
static void verified_remember(struct verified *verified, const struct digest *hash)
{
	if (!verified)
		return;
	if (verified->count * 2 >= verified->room) {
		struct verified grown = { .room = verified->room ? verified->room * 2 : 256, .count = verified->count };

		grown.slots = calloc(grown.room, sizeof *grown.slots);
		if (!grown.slots)
			return;
		for (size_t i = 0; i < verified->room; i++)
			if (!digest_is_zero(&verified->slots[i]))
				grown.slots[slot_of(&grown, &verified->slots[i])] = verified->slots[i];
		free(verified->slots);
		*verified = grown;
	}
	verified->slots[slot_of(verified, hash)] = *hash;
	verified->count++;
}

/* What failed for want of memory says nothing of the signature. */
static enum stamp refuted(enum err_kind failed)
{
	return failed == ERR_SYSTEM ? STAMP_UNKNOWN : STAMP_BAD;
}

static bool key_counts(const struct person_key *key, int64_t seq)
{
	return key->from_seq <= seq && (key->until_seq == 0 || seq < key->until_seq);
}

/* Tries each key the actor had at that place: a blob carries its own key, so all but one are refused by comparison alone. */
static enum stamp stamp_by_keys(const struct fact *fact, const struct registry *registry, const char *name_space, const char *message,
				size_t size, struct octets blob, struct arena *scratch)
{
	const struct person *person = registry_person(registry, fact->actor);

	if (!person)
		return STAMP_KEY_NOT_VALID;
	for (size_t i = 0; i < person->key_count; i++) {
		const struct person_key *held = &person->keys[i];
		struct sshkey key;
		struct sshsig parts;
		enum err_kind failed = sshkey_parse("an enrolled key", held->key, strlen(held->key), scratch, &key, NULL);

		if (failed == ERR_SYSTEM)
			return STAMP_UNKNOWN;
		if (failed || sshsig_parse(blob, &parts, NULL) || !octets_equal(parts.key, sshkey_blob(&key)))
			continue;
		failed = sshsig_verify(blob, name_space, message, size, &key, NULL);
		if (failed)
			return refuted(failed);
		if (key_counts(held, fact->seq))
			return STAMP_GOOD;
	}
	return STAMP_KEY_NOT_VALID;
}

/* The founder's fact brings the key that it is signed with: the root of trust, pinned by each user's state. */
static enum stamp stamp_founder(const struct fact *fact, const char *message, size_t size, struct octets blob, struct arena *scratch)
{
	struct json_object body;
	const char *text;
	struct sshkey key;
	enum err_kind failed = json_read_flat(fact->body, strlen(fact->body), scratch, &body, NULL);

	if (failed)
		return refuted(failed);
	text = body_text(&body, "key");
	if (!text)
		return STAMP_BAD;
	failed = sshkey_parse("the founder's key", text, strlen(text), scratch, &key, NULL);
	if (!failed)
		failed = sshsig_verify(blob, PAYLOAD_FACT_NAMESPACE, message, size, &key, NULL);
	return failed ? refuted(failed) : STAMP_GOOD;
}

/* A head that is not in this ledger means that the signature was given over another history. */
static enum stamp stamp_ancestor(struct session *session, const struct fact *fact, const struct payload_signature *signature)
{
	struct digest head;
	enum err_kind failed;

	if (signature->size >= fact->seq)
		return STAMP_BAD;
	failed = signature->size ? ledger_hash_at(session->store, signature->size, &head, NULL) : fact_genesis(session->ledger, &head, NULL);
	if (failed)
		return refuted(failed);
	return digest_equal(&head, &signature->head) ? STAMP_GOOD : STAMP_BAD;
}

static enum stamp stamp_fact(struct session *session, const struct fact *fact, const struct registry *registry, struct arena *scratch)
{
	struct payload_signature signature;
	struct payload payload = { .ledger = session->ledger, .kind = fact->kind, .action = fact->action, .actor = fact->actor,
				   .tenant = fact->tenant, .release = fact->release };
	const char *message;
	size_t size;
	enum stamp stamp;
	enum err_kind failed = payload_signature_read(fact->sig, strlen(fact->sig), scratch, &signature, NULL);

	if (failed)
		return refuted(failed);
	stamp = payload_is_fresh(signature.signed_at, fact->at) ? stamp_ancestor(session, fact, &signature) : STAMP_BAD;
	if (stamp != STAMP_GOOD)
		return stamp;
	payload.size = signature.size;
	payload.head = signature.head;
	payload.signed_at = signature.signed_at;
	failed = digest_bytes(fact->body, strlen(fact->body), &payload.body, NULL);
	if (!failed)
		failed = payload_write(&payload, scratch, &message, &size, NULL);
	if (failed)
		return refuted(failed);
	if (fact->seq == 1)
		return stamp_founder(fact, message, size, signature.blob, scratch);
	return stamp_by_keys(fact, registry, PAYLOAD_FACT_NAMESPACE, message, size, signature.blob, scratch);
}

enum stamp witness_stamp(void *context, const struct fact *fact, const struct registry *registry, const char *memo_text)
{
	struct session *session = context;
	struct arena scratch;
	struct octets blob;
	enum stamp stamp;
	enum err_kind failed;

	if (!fact->sig || !*fact->sig)
		return STAMP_ABSENT;
	if (verified_has(session->verified, &fact->hash))
		return STAMP_GOOD;
	arena_init(&scratch, 0);
	if (!memo_text)
		stamp = stamp_fact(session, fact, registry, &scratch);
	else if ((failed = sshsig_from_base64(fact->sig, strlen(fact->sig), &scratch, &blob, NULL)) != ERR_NONE)
		stamp = refuted(failed);
	else
		stamp = stamp_by_keys(fact, registry, PAYLOAD_MEMO_NAMESPACE, memo_text, strlen(memo_text), blob, &scratch);
	/* A memo's text stands in another fact, which this fact's hash does not cover: it is verified each time. */
	if (stamp == STAMP_GOOD && !memo_text)
		verified_remember(session->verified, &fact->hash);
	arena_release(&scratch);
	return stamp;
}

/* A blob carries its own key: comparing is enough for a signature that was found good. */
static const char *witness_signer(void *context, const struct fact *fact, const struct registry *registry)
{
	const struct person *person = registry_person(registry, fact->actor);
	struct payload_signature signature;
	struct sshsig parts;
	struct arena scratch;
	const char *found = NULL;
	enum err_kind failed;

	(void)context;
	arena_init(&scratch, 0);
	if (kind_find(fact->kind)->payload == PAYLOAD_MEMO)
		failed = sshsig_from_base64(fact->sig, strlen(fact->sig), &scratch, &signature.blob, NULL);
	else
		failed = payload_signature_read(fact->sig, strlen(fact->sig), &scratch, &signature, NULL);
	if (!failed)
		failed = sshsig_parse(signature.blob, &parts, NULL);
	for (size_t i = 0; !failed && !found && person && i < person->key_count; i++) {
		struct sshkey key;

		if (sshkey_parse("an enrolled key", person->keys[i].key, strlen(person->keys[i].key), &scratch, &key, NULL) == ERR_NONE &&
		    octets_equal(parts.key, sshkey_blob(&key)))
			found = person->keys[i].key;
	}
	arena_release(&scratch);
	return found;
}

struct witness witness_of(struct session *session)
{
	return (struct witness){ .stamp = witness_stamp, .signer = witness_signer, .context = session };
}
