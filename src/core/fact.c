#include <config.h>

#include <string.h>

#include <gonogo/base/json.h>
#include <gonogo/core/fact.h>

#define GENESIS_TAG "gonogo-log-v1"
#define FACT_TAG "gonogo-fact-v1"

enum err_kind fact_genesis(const char *ledger, struct digest *out, struct err *err)
{
	return digest_tagged(GENESIS_TAG, ledger, strlen(ledger), out, err);
}

static void add_text(struct buf *bytes, const char *text)
{
	const size_t size = strlen(text);

	buf_be32(bytes, (unsigned long)size);
	buf_add(bytes, text, size);
}

enum err_kind fact_hash(const struct fact *fact, struct digest *out, struct err *err)
{
	struct buf bytes = BUF_EMPTY;
	char at[WHEN_TEXT_MAX];
	enum err_kind failed;

	buf_be64(&bytes, (unsigned long long)fact->seq);
	buf_add(&bytes, fact->prev.bytes, sizeof fact->prev.bytes);
	add_text(&bytes, when_format(fact->at, at));
	add_text(&bytes, fact->actor);
	add_text(&bytes, fact->origin);
	add_text(&bytes, fact->tenant);
	add_text(&bytes, fact->release);
	add_text(&bytes, fact->kind);
	add_text(&bytes, fact->action);
	add_text(&bytes, fact->body);
	add_text(&bytes, fact->sig ? fact->sig : "");
	failed = buf_check(&bytes, err);
	if (!failed)
		failed = digest_tagged(FACT_TAG, bytes.bytes, bytes.size, out, err);
	buf_release(&bytes);
	return failed;
}

enum err_kind fact_check(const struct fact *fact, struct err *err)
{
	struct digest own;
	enum err_kind failed = fact_hash(fact, &own, err);

	if (!failed && !digest_equal(&own, &fact->hash))
		failed = err_set(err, ERR_INTEGRITY, "Fact %lld does not match its hash. Nothing may rest on this ledger: run gonogo verify.",
				 (long long)fact->seq);
	return failed;
}

enum err_kind fact_copy(const struct fact *fact, struct arena *arena, struct fact *out, struct err *err)
{
	const char **texts[] = { &out->actor, &out->origin, &out->tenant, &out->release, &out->kind, &out->action, &out->body, &out->sig };

	*out = *fact;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		*texts[i] = arena_str(arena, *texts[i]);
		if (!*texts[i])
			return err_memory(err);
	}
	return ERR_NONE;
}

void fact_json(const struct fact *fact, struct buf *out)
{
	struct json_writer w = { .out = out, .escape = true };
	char at[WHEN_TEXT_MAX], hex[DIGEST_HEX_MAX];

	json_open(&w, NULL, '{');
	json_int(&w, "seq", fact->seq);
	json_text(&w, "at", when_format(fact->at, at));
	json_text(&w, "actor", fact->actor);
	json_text(&w, "origin", fact->origin);
	json_text(&w, "tenant", fact->tenant);
	json_text(&w, "release", fact->release);
	json_text(&w, "kind", fact->kind);
	json_text(&w, "action", fact->action);
	json_text(&w, "body", fact->body);
	json_text(&w, "prev", digest_hex(&fact->prev, hex));
	json_text(&w, "hash", digest_hex(&fact->hash, hex));
	json_text(&w, "sig", fact->sig);
	json_close(&w, '}');
	buf_char(out, '\n');
}
