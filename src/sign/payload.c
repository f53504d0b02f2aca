#include <config.h>

#include <gonogo/sign/payload.h>

#include <inttypes.h>
#include <string.h>

#include <gonogo/base/buf.h>
#include <gonogo/sign/line.h>
#include <gonogo/sign/sshsig.h>

enum value { VALUE_FORMAT, VALUE_ID, VALUE_AFTER, VALUE_WORD, VALUE_INSTANT, VALUE_DIGEST };

/* The ten lines: writing and reading walk the same rows. */
static const struct row {
	const char *label; /* the line's opening words */
	enum value value;
	size_t offset; /* of the member; of an `after` line, `size` and `head` are meant */
} rows[] = {
	{ PAYLOAD_FORMAT, VALUE_FORMAT, 0 },
	{ "ledger ", VALUE_ID, offsetof(struct payload, ledger) },
	{ "after ", VALUE_AFTER, 0 },
	{ "kind ", VALUE_WORD, offsetof(struct payload, kind) },
	{ "action ", VALUE_WORD, offsetof(struct payload, action) },
	{ "signed-at ", VALUE_INSTANT, offsetof(struct payload, signed_at) },
	{ "actor ", VALUE_WORD, offsetof(struct payload, actor) },
	{ "tenant ", VALUE_WORD, offsetof(struct payload, tenant) },
	{ "release ", VALUE_WORD, offsetof(struct payload, release) },
	{ "body sha256:", VALUE_DIGEST, offsetof(struct payload, body) },
};

static enum err_kind no_line(const struct row *row, struct err *err)
{
	return err_set(err, ERR_INTEGRITY,
		"The signed text of a fact does not hold: the line \"%.*s\" is missing or not as gonogo "
		"writes it; run `gonogo verify`.",
		(int)strcspn(row->label, " "), row->label);
}

static bool add_after(struct buf *out, int64_t size, const struct digest *head)
{
	char hex[DIGEST_HEX_MAX];

	buf_printf(out, "%" PRId64 " %s", size, digest_hex(head, hex));
	return size >= 0;
}

static bool add_instant(struct buf *out, instant at)
{
	char text[WHEN_TEXT_MAX];
	instant again;

	buf_str(out, when_format(at, text));
	return when_read(text, &again) && again == at;
}

static bool add_value(struct buf *out, const struct row *row, const struct payload *payload)
{
	const void *member = (const char *)payload + row->offset;
	const char *word;
	char hex[DIGEST_HEX_MAX];

	switch (row->value) {
	case VALUE_FORMAT: return true;
	case VALUE_ID:
	case VALUE_WORD:
		word = *(const char *const *)member;
		if (word == NULL)
			return false;
		buf_str(out, word);
		return row->value == VALUE_ID ? line_is_hex(octets_of(word), LINE_ID_DIGITS)
					      : line_is_word(octets_of(word));
	case VALUE_AFTER: return add_after(out, payload->size, &payload->head);
	case VALUE_INSTANT: return add_instant(out, *(const instant *)member);
	case VALUE_DIGEST: buf_str(out, digest_hex(member, hex)); return true;
	}
	return false;
}

static enum err_kind into_arena(struct buf *from, struct arena *arena, const char **text, struct err *err)
{
	enum err_kind kind = buf_check(from, err);

	if (kind != ERR_NONE)
		return kind;
	*text = arena_bytes(arena, from->bytes, from->size);
	return *text == NULL ? err_memory(err) : ERR_NONE;
}

enum err_kind payload_write(
	const struct payload *payload, struct arena *arena, const char **text, size_t *size, struct err *err)
{
	struct buf out = BUF_EMPTY;
	enum err_kind kind = ERR_NONE;

	for (size_t i = 0; kind == ERR_NONE && i < sizeof rows / sizeof *rows; i++) {
		buf_str(&out, rows[i].label);
		if (!add_value(&out, &rows[i], payload))
			kind = no_line(&rows[i], err);
		buf_char(&out, '\n');
	}
	if (kind == ERR_NONE)
		kind = into_arena(&out, arena, text, err);
	*size = out.size;
	buf_release(&out);
	return kind;
}

static bool read_after(struct octets line, int64_t *size, struct digest *head)
{
	struct octets number;

	return line_until(&line, ' ', &number) && line_number(number, size) && line_digest(line, head);
}

/* False when the value is not such a one; a word that found no memory is left NULL. */
static bool read_value(struct octets line, const struct row *row, struct arena *arena, struct payload *out)
{
	void *member = (char *)out + row->offset;

	switch (row->value) {
	case VALUE_FORMAT: return line.size == 0;
	case VALUE_ID:
	case VALUE_WORD:
		if (row->value == VALUE_ID ? !line_is_hex(line, LINE_ID_DIGITS) : !line_is_word(line))
			return false;
		*(const char **)member = arena_bytes(arena, line.bytes, line.size);
		return true;
	case VALUE_AFTER: return read_after(line, &out->size, &out->head);
	case VALUE_INSTANT: return line_instant(line, member);
	case VALUE_DIGEST: return line_digest(line, member);
	}
	return false;
}

enum err_kind payload_read(const char *text, size_t size, struct arena *arena, struct payload *out, struct err *err)
{
	struct octets rest = { (const unsigned char *)text, size }, line;

	*out = (struct payload){ 0 };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (!line_until(&rest, '\n', &line) || !line_skip(&line, rows[i].label) ||
			!read_value(line, &rows[i], arena, out))
			return no_line(&rows[i], err);
	}
	if (rest.size != 0)
		return err_set(err, ERR_INTEGRITY,
			"The signed text of a fact does not hold: something follows its last line; run "
			"`gonogo verify`.");
	if (out->ledger == NULL || out->kind == NULL || out->action == NULL || out->actor == NULL ||
		out->tenant == NULL || out->release == NULL)
		return err_memory(err);
	return ERR_NONE;
}

static enum err_kind no_signature(const char *why, struct err *err)
{
	return err_set(
		err, ERR_INTEGRITY, "The signature stored with a fact does not hold: %s; run `gonogo verify`.", why);
}

enum err_kind payload_signature_write(
	const struct payload_signature *signature, struct arena *arena, const char **text, struct err *err)
{
	struct buf out = BUF_EMPTY;
	const char *blob;
	bool sound;
	enum err_kind kind = sshsig_base64(signature->blob, arena, &blob, err);

	if (kind != ERR_NONE)
		return kind;
	buf_str(&out, "after ");
	sound = add_after(&out, signature->size, &signature->head);
	buf_str(&out, "\nsigned-at ");
	sound = add_instant(&out, signature->signed_at) && sound;
	buf_printf(&out, "\n%s", blob);
	kind = sound ? into_arena(&out, arena, text, err) : no_signature("its size or time cannot be written", err);
	buf_release(&out);
	return kind;
}

enum err_kind payload_signature_read(
	const char *text, size_t size, struct arena *arena, struct payload_signature *out, struct err *err)
{
	struct octets rest = { (const unsigned char *)text, size }, line;

	*out = (struct payload_signature){ 0 };
	if (size > PAYLOAD_SIGNATURE_MAX)
		return no_signature("it is too long", err);
	if (!line_until(&rest, '\n', &line) || !line_skip(&line, "after ") || !read_after(line, &out->size, &out->head))
		return no_signature("its first line is not \"after SIZE HEAD\"", err);
	if (!line_until(&rest, '\n', &line) || !line_skip(&line, "signed-at ") || !line_instant(line, &out->signed_at))
		return no_signature("its second line is not \"signed-at TIME\"", err);
	return sshsig_from_base64((const char *)rest.bytes, rest.size, arena, &out->blob, err);
}

bool payload_is_fresh(instant signed_at, instant recorded_at)
{
	return signed_at <= recorded_at + PAYLOAD_FRESH_S && recorded_at <= signed_at + PAYLOAD_FRESH_S;
}
