#include <config.h>

#include <string.h>

#include <gonogo/app/uses.h>
#include <gonogo/app/witness.h>
#include <gonogo/base/text.h>
#include <gonogo/base/worddiff.h>
#include <gonogo/core/fold.h>
#include <gonogo/core/kinds.h>
#include <gonogo/sign/payload.h>
#include <gonogo/sign/sshkey.h>
#include <gonogo/sign/sshsig.h>
#include <gonogo/store/store.h>

/* Keys of bodies that say what a fact is about: two facts of one kind with the same of these are before and after. */
static const char *const subjects[] = { "person", "component", "role", "rule", "stop", "incident", "memo", "kind", "number", "step", "n", "environment" };

enum { BEFORE_MOST = 500 };

/* The session's witness, which keeps what it found of one fact. */
struct inquiry { struct session *session; int64_t seq; enum stamp stamp; };

static enum stamp inquire(void *context, const struct fact *fact, const struct registry *registry, const char *memo_text)
{
	struct inquiry *inquiry = context;
	const enum stamp stamp = witness_stamp(inquiry->session, fact, registry, memo_text);

	if (fact->seq == inquiry->seq)
		inquiry->stamp = stamp;
	return stamp;
}

/* Judged at its place: by the people and keys of that moment. */
static enum err_kind stamp_of(struct session *s, const struct fact *fact, struct arena *arena, struct log_entry *out, struct err *err)
{
	const char *release = strcmp(fact->release, "-") == 0 ? NULL : fact->release;
	const struct ledger_range range = { .up_to = fact->seq, .at = WHEN_NONE };
	struct inquiry inquiry = { s, fact->seq, STAMP_ABSENT };
	const struct witness witness = { .stamp = inquire, .context = &inquiry };
	struct dossier dossier;
	struct fact_list facts;
	struct err why = { 0 };
	enum err_kind failed = ledger_release(s->store, release, &range, arena, &facts, err);

	dossier_begin(&dossier, arena, release ? release : "-");
	if (failed)
		return failed;
	for (size_t i = 0; !failed && i < facts.count; i++)
		failed = dossier_fold(&dossier, &facts.items[i], &witness, &why);
	out->stamp = inquiry.stamp;
	if (failed == ERR_INTEGRITY)
		out->doubt = arena_str(arena, why.text);
	else if (failed)
		*err = why;
	return failed == ERR_INTEGRITY ? ERR_NONE : failed;
}

/* Whose key, and when: as the signature itself says; whether it holds is the stamp's to say. */
static enum err_kind read_signature(const struct fact *fact, struct arena *arena, struct log_entry *out, struct err *err)
{
	const struct fact_kind *kind = kind_find(fact->kind);
	struct payload_signature signature = { .signed_at = WHEN_NONE };
	struct sshsig parts;
	struct sshkey key = { .comment = "" };
	char text[SSHKEY_FINGERPRINT_MAX];
	enum err_kind failed;

	if (!*fact->sig)
		return ERR_NONE;
	failed = kind && kind->payload == PAYLOAD_MEMO ? sshsig_from_base64(fact->sig, strlen(fact->sig), arena, &signature.blob, err)
						       : payload_signature_read(fact->sig, strlen(fact->sig), arena, &signature, err);
	if (!failed)
		failed = sshsig_parse(signature.blob, &parts, err);
	if (failed == ERR_SYSTEM)
		return failed;
	if (failed)
		return ERR_NONE;
	key.blob = parts.key.bytes;
	key.blob_size = parts.key.size;
	failed = sshkey_fingerprint(&key, text, err);
	out->fingerprint = failed ? NULL : arena_str(arena, text);
	out->signed_at = signature.signed_at;
	out->witnessed = signature.size;
	return failed ? failed : out->fingerprint ? ERR_NONE : err_memory(err);
}

static bool is_about_the_same(const struct fact *a, const struct json_object *body_a, const struct fact *b, const struct json_object *body_b)
{
	if (!text_same_id(a->release, b->release) || !text_same_id(a->tenant, b->tenant))
		return false;
	for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
		const struct json_value *left = json_find(body_a, subjects[i]), *right = json_find(body_b, subjects[i]);

		if (!left != !right || (left && left->type != right->type))
			return false;
		if (left && (left->type == JSON_TEXT ? strcmp(left->text, right->text) != 0 : left->integer != right->integer))
			return false;
	}
	return true;
}

/* The last fact before that said the same thing's state; count 0 when this one is the first. */
static enum err_kind body_before(struct session *s, const struct fact *fact, const struct json_object *body, struct arena *arena, struct json_object *out,
				 struct err *err)
{
	const struct log_filter filter = { .release = strcmp(fact->release, "-") == 0 ? NULL : fact->release, .kind = fact->kind, .since = WHEN_NONE,
					   .before = fact->seq, .limit = BEFORE_MOST };
	struct fact_list facts;
	enum err_kind failed = ledger_log(s->store, &filter, arena, &facts, err);

	*out = (struct json_object){ 0 };
	for (size_t i = 0; !failed && i < facts.count; i++) {
		struct json_object other;

		failed = json_read_flat(facts.items[i].body, strlen(facts.items[i].body), arena, &other, err);
		if (!failed && is_about_the_same(fact, body, &facts.items[i], &other)) {
			*out = other;
			break;
		}
	}
	return failed;
}

static const char *value_text(const struct json_value *value, struct arena *arena)
{
	struct buf out = BUF_EMPTY;
	const char *text;

	if (!value)
		return "";
	if (value->type == JSON_TEXT)
		return value->text;
	if (value->type == JSON_INT)
		buf_printf(&out, "%lld", (long long)value->integer);
	for (size_t i = 0; i < value->count; i++) {
		buf_str(&out, i ? "\n" : "");
		if (value->type == JSON_TEXTS)
			buf_str(&out, value->texts[i]);
		else
			buf_printf(&out, "%lld", (long long)value->ints[i]);
	}
	text = out.failed ? NULL : arena_str(arena, buf_text(&out));
	buf_release(&out);
	return text;
}

/* Every field of the body in its order, then those that stood there before and no longer do. */
static enum err_kind pair_fields(const struct json_object *now, const struct json_object *before, struct arena *arena, struct log_entry *out, struct err *err)
{
	struct log_value *values = arena_array(arena, now->count + before->count + 1, sizeof *values);
	const struct json_object *const both[] = { now, before };

	if (!values)
		return err_memory(err);
	for (size_t which = 0; which < 2; which++)
		for (size_t i = 0; i < both[which]->count; i++) {
			const char *key = both[which]->values[i].key;
			struct log_value *value = &values[out->count];

			if (strcmp(key, "v") == 0 || (which == 1 && json_find(now, key)))
				continue;
			value->key = key;
			value->before = value_text(json_find(before, key), arena);
			value->after = value_text(json_find(now, key), arena);
			if (!value->before || !value->after)
				return err_memory(err);
			out->count++;
		}
	out->values = values;
	return ERR_NONE;
}

enum err_kind use_log_entry(struct session *s, int64_t seq, struct arena *arena, struct log_entry *out, struct err *err)
{
	struct json_object now, before;
	bool reading;
	enum err_kind failed;

	*out = (struct log_entry){ .stamp = STAMP_ABSENT, .signed_at = WHEN_NONE };
	failed = store_begin_read(s->store, err);
	reading = !failed;
	if (!failed)
		failed = ledger_fact(s->store, seq, arena, &out->fact, err);
	if (!failed)
		failed = fact_check(&out->fact, err);
	if (!failed)
		failed = json_read_flat(out->fact.body, strlen(out->fact.body), arena, &now, err);
	if (!failed)
		failed = stamp_of(s, &out->fact, arena, out, err);
	if (!failed)
		failed = read_signature(&out->fact, arena, out, err);
	if (!failed)
		failed = body_before(s, &out->fact, &now, arena, &before, err);
	if (reading)
		store_end(s->store);
	if (!failed) {
		out->sentence = kinds_sentence(&out->fact, arena);
		out->has_before = before.count > 0;
		failed = out->sentence ? pair_fields(&now, &before, arena, out, err) : err_memory(err);
	}
	return failed;
}

static void tell_signature(const struct log_entry *entry, struct buf *out)
{
	char at[WHEN_TEXT_MAX];

	if (entry->doubt) {
		buf_printf(out, "DOES NOT HOLD: %s\n", entry->doubt);
		return;
	}
	switch (entry->stamp) {
	case STAMP_GOOD:
		buf_printf(out, "Signed by %s with %s", entry->fact.actor, entry->fingerprint ? entry->fingerprint : "a key");
		if (entry->signed_at != WHEN_NONE)
			buf_printf(out, " at %s, over the %lld facts before", when_format(entry->signed_at, at), (long long)entry->witnessed);
		buf_str(out, ": the signature holds.\n");
		break;
	case STAMP_ABSENT:
		buf_str(out, "Not signed: its kind asks for none.\n");
		break;
	case STAMP_BAD:
	case STAMP_KEY_NOT_VALID:
	case STAMP_UNKNOWN:
		buf_str(out, "THE SIGNATURE DOES NOT HOLD. Run gonogo verify.\n");
		break;
	}
}

/* Values of people and files, encoded where they are shown; of several lines each has its own, below the name. */
static void tell_value(struct buf *out, const struct log_value *value, bool has_before)
{
	struct buf marked = BUF_EMPTY;
	const bool has_lines = strchr(value->before, '\n') || strchr(value->after, '\n');
	const char *text;

	if (has_before)
		worddiff(value->before, value->after, &marked);
	else
		buf_str(&marked, value->after);
	text = buf_text(&marked);
	for (const char *c = value->key; *c; c++)
		buf_char(out, *c == '_' ? ' ' : *c);
	buf_char(out, ':');
	while (*text) {
		const size_t size = strcspn(text, "\n");

		buf_str(out, has_lines ? "\n  " : " ");
		text_show(out, text, size, false);
		text += size + (text[size] == '\n');
	}
	buf_char(out, '\n');
	buf_release(&marked);
}

void log_entry_tell(const struct log_entry *entry, struct buf *out)
{
	const struct fact *fact = &entry->fact;
	char at[WHEN_TEXT_MAX], hash[DIGEST_HEX_MAX], prev[DIGEST_HEX_MAX];

	buf_printf(out, "%s.\n%s  %s", entry->sentence, when_format(fact->at, at), fact->kind);
	if (strcmp(fact->release, "-") != 0)
		buf_printf(out, "  release %s", fact->release);
	if (strcmp(fact->tenant, "*") != 0)
		buf_printf(out, "  tenant %s", fact->tenant);
	buf_char(out, '\n');
	tell_signature(entry, out);
	for (size_t i = 0; i < entry->count; i++)
		tell_value(out, &entry->values[i], entry->has_before);
	buf_printf(out, "Action %s. After %.16s, this is %.16s.\nRecorded from ", fact->action, digest_hex(&fact->prev, prev),
		   digest_hex(&fact->hash, hash));
	text_show(out, fact->origin, strlen(fact->origin), false);
	buf_str(out, ".\n");
}
