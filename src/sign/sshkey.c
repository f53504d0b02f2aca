#include <config.h>

#include <gonogo/sign/sshkey.h>

#include <string.h>

#include <openssl/evp.h>

#include <gonogo/base/digest.h>
#include <gonogo/base/io.h>
#include <gonogo/base/text.h>
#include <gonogo/sign/base64.h>
#include <gonogo/sign/keyblob.h>

#define NEW_KEY "make a key with `ssh-keygen -t ed25519` and give its .pub file."

static const char *const type_names[SSHKEY_TYPE_COUNT] = {
	[SSHKEY_ED25519] = "ssh-ed25519",
	[SSHKEY_SK_ED25519] = "sk-ssh-ed25519@openssh.com",
	[SSHKEY_ECDSA_P256] = "ecdsa-sha2-nistp256",
	[SSHKEY_ECDSA_P384] = "ecdsa-sha2-nistp384",
	[SSHKEY_ECDSA_P521] = "ecdsa-sha2-nistp521",
	[SSHKEY_RSA] = "ssh-rsa",
};

/* Kinds of keys that ssh knows and that cannot be enrolled, by the end of their name. */
static const struct unfit {
	const char *ending, *why;
} unfit_types[] = {
	{ "-cert-v01@openssh.com",
		"is a certificate, and who it stands for would be its issuer's word; enrol the key itself: " },
	{ "sk-ecdsa-sha2-nistp256@openssh.com", "is a hardware key of the ECDSA kind, which gonogo does not verify; "
						"use `ssh-keygen -t ed25519-sk`, or " },
	{ "ssh-dss", "is a DSA key, which is too weak and which ssh itself no longer takes; " },
};

const char *sshkey_type_name(enum sshkey_type type)
{
	return type_names[type];
}

struct octets sshkey_blob(const struct sshkey *key)
{
	return (struct octets){ key->blob, key->blob_size };
}

bool sshkey_equal(const struct sshkey *a, const struct sshkey *b)
{
	return octets_equal(sshkey_blob(a), sshkey_blob(b));
}

static bool type_of(struct octets word, enum sshkey_type *out)
{
	for (size_t i = 0; i < SSHKEY_TYPE_COUNT; i++) {
		if (!octets_are(word, type_names[i]))
			continue;
		*out = (enum sshkey_type)i;
		return true;
	}
	return false;
}

static bool is_blank(unsigned char c)
{
	return c == ' ' || c == '\t';
}

/* The next word of the line, empty at its end. */
static struct octets take_word(struct octets *line)
{
	struct octets word;

	while (line->size > 0 && is_blank(line->bytes[0])) {
		line->bytes++;
		line->size--;
	}
	word = (struct octets){ line->bytes, 0 };
	while (line->size > 0 && !is_blank(line->bytes[0])) {
		line->bytes++;
		line->size--;
		word.size++;
	}
	return word;
}

static bool has_ending(struct octets word, const char *ending)
{
	size_t size = strlen(ending);

	return word.size >= size && memcmp(word.bytes + word.size - size, ending, size) == 0;
}

static enum err_kind refuse_type(const char *what, struct octets word, struct octets rest, struct err *err)
{
	enum sshkey_type type;

	for (size_t i = 0; i < sizeof unfit_types / sizeof *unfit_types; i++) {
		if (has_ending(word, unfit_types[i].ending))
			return err_set(err, ERR_REFUSED, "%s %s" NEW_KEY, what, unfit_types[i].why);
	}
	for (struct octets later = take_word(&rest); later.size > 0; later = take_word(&rest)) {
		if (type_of(later, &type))
			return err_set(err, ERR_INPUT,
				"%s has options or other words before the key type; give the key alone, "
				"as it stands in its .pub file.",
				what);
	}
	return err_set(err, ERR_INPUT,
		"%s is not an SSH public key, which reads \"ssh-ed25519 AAAA... comment\"; give the "
		".pub file that ssh-keygen wrote.",
		what);
}

static size_t bits_of(struct octets magnitude)
{
	size_t bits = (magnitude.size - 1) * 8;

	for (unsigned first = magnitude.bytes[0]; first != 0; first >>= 1)
		bits++;
	return bits;
}

static enum err_kind judge_rsa(const char *what, const struct keyblob *key, struct err *err)
{
	size_t bits = bits_of(key->n);
	bool sound = (key->n.bytes[key->n.size - 1] & 1) != 0 && (key->e.bytes[key->e.size - 1] & 1) != 0;

	if (bits < SSHKEY_RSA_BITS_MIN || bits > SSHKEY_RSA_BITS_MAX)
		return err_set(err, ERR_REFUSED, "%s is an RSA key of %zu bits, and %d to %d are taken; " NEW_KEY, what,
			bits, SSHKEY_RSA_BITS_MIN, SSHKEY_RSA_BITS_MAX);
	/* From 65537 on, and of at most 64 bits, which is as far as libcrypto goes. */
	if (!sound || bits_of(key->e) < 17 || bits_of(key->e) > 64)
		return err_set(err, ERR_REFUSED,
			"%s is an RSA key with an unsafe modulus or exponent (the exponent is to be odd and "
			"at least 65537); " NEW_KEY,
			what);
	return ERR_NONE;
}

/*
 * Points of small order on edwards25519, the sign bit left out.  Under such a "key" anybody can write signatures that
 * verify, so an approval by it would prove nothing.
 */
static bool is_small_order(struct octets point)
{
	static const unsigned char points[][32] = {
		{ 0 },
		{ 1 },
		{ 0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5,
			0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05 },
		{ 0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a,
			0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a },
		{ 0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
			0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f },
		{ 0xed, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
			0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f },
		{ 0xee, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
			0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f },
	};

	for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
		if (memcmp(point.bytes, points[i], 31) == 0 && (point.bytes[31] & 0x7f) == points[i][31])
			return true;
	}
	return false;
}

static enum err_kind judge(const char *what, const struct sshkey *key, struct err *err)
{
	struct keyblob parts;
	EVP_PKEY *pkey;
	enum err_kind kind = ERR_NONE;

	if (!keyblob_read(key->type, sshkey_blob(key), &parts))
		return err_set(err, ERR_INPUT,
			"%s names the type %s, but what follows is not such a key; give the .pub file that "
			"ssh-keygen wrote.",
			what, sshkey_type_name(key->type));
	if (key->type == SSHKEY_RSA)
		kind = judge_rsa(what, &parts, err);
	else if (key->type == SSHKEY_SK_ED25519 && !octets_are(parts.application, "ssh:"))
		kind = err_set(err, ERR_REFUSED,
			"%s is a hardware key for another application than \"ssh:\"; make one with "
			"`ssh-keygen -t ed25519-sk` without `-O application`.",
			what);
	else if ((key->type == SSHKEY_ED25519 || key->type == SSHKEY_SK_ED25519) && is_small_order(parts.point))
		kind = err_set(err, ERR_REFUSED, "%s is a key under which anybody can sign; " NEW_KEY, what);
	if (kind != ERR_NONE)
		return kind;
	kind = keyblob_pkey(&parts, &pkey, err);
	EVP_PKEY_free(pkey);
	if (kind == ERR_INTEGRITY)
		return err_set(err, ERR_REFUSED,
			"%s is not a point on its curve, so nothing can be signed with it; " NEW_KEY, what);
	return kind;
}

/* One line without its end; refuses what is more, or something else. */
static enum err_kind only_line(const char *what, const char *text, size_t size, struct octets *line, struct err *err)
{
	static const char private_key[] = "-----BEGIN ";

	if (size > SSHKEY_FILE_MAX)
		return err_set(err, ERR_INPUT,
			"%s is longer than the %d bytes a public key may take; give the .pub file of one key.", what,
			SSHKEY_FILE_MAX);
	if (size >= sizeof private_key - 1 && memcmp(text, private_key, sizeof private_key - 1) == 0)
		return err_set(err, ERR_INPUT,
			"%s is not a public key file but begins as a private key does; give the .pub file "
			"beside it, and keep this one to yourself.",
			what);
	if (size > 0 && text[size - 1] == '\n')
		size -= size > 1 && text[size - 2] == '\r' ? 2 : 1;
	if (memchr(text, '\n', size) != NULL || memchr(text, '\r', size) != NULL)
		return err_set(err, ERR_INPUT,
			"%s holds more than one line; give one key, on one line, as ssh-keygen writes it.", what);
	if (memchr(text, '\0', size) != NULL)
		return err_set(err, ERR_INPUT,
			"%s holds a NUL byte, which no public key does; give the .pub file that ssh-keygen "
			"wrote.",
			what);
	*line = (struct octets){ (const unsigned char *)text, size };
	return ERR_NONE;
}

enum err_kind sshkey_parse(
	const char *what, const char *text, size_t size, struct arena *arena, struct sshkey *out, struct err *err)
{
	struct octets rest, word, encoded;
	unsigned char *blob;
	enum err_kind kind = only_line(what, text, size, &rest, err);

	*out = (struct sshkey){ 0 };
	if (kind != ERR_NONE)
		return kind;
	word = take_word(&rest);
	if (!type_of(word, &out->type))
		return refuse_type(what, word, rest, err);
	encoded = take_word(&rest);
	blob = arena_alloc(arena, encoded.size + 1);
	if (blob == NULL)
		return err_memory(err);
	if (!base64_decode((const char *)encoded.bytes, encoded.size, blob, &out->blob_size))
		return err_set(err, ERR_INPUT,
			"%s has no whole base64 text after %s, so a part of the key is missing or changed; copy "
			"the .pub file again.",
			what, sshkey_type_name(out->type));
	out->blob = blob;
	while (rest.size > 0 && is_blank(rest.bytes[0])) {
		rest.bytes++;
		rest.size--;
	}
	while (rest.size > 0 && is_blank(rest.bytes[rest.size - 1]))
		rest.size--;
	out->comment = arena_bytes(arena, rest.bytes, rest.size);
	if (out->comment == NULL)
		return err_memory(err);
	return judge(what, out, err);
}

enum err_kind sshkey_load(const char *path, struct arena *arena, struct sshkey *out, struct err *err)
{
	struct buf what = BUF_EMPTY;
	char *text;
	size_t size;
	enum err_kind kind = io_read(path, SSHKEY_FILE_MAX, arena, &text, &size, err);

	if (kind != ERR_NONE)
		return kind;
	text_show(&what, path, strlen(path), false);
	kind = buf_check(&what, err);
	if (kind == ERR_NONE)
		kind = sshkey_parse(buf_text(&what), text, size, arena, out, err);
	buf_release(&what);
	return kind;
}

enum err_kind sshkey_text(const struct sshkey *key, struct arena *arena, const char **text, struct err *err)
{
	const char *name = sshkey_type_name(key->type);
	size_t name_size = strlen(name);
	char *out = arena_alloc(arena, name_size + 1 + BASE64_SIZE(key->blob_size) + 1);

	if (out == NULL)
		return err_memory(err);
	memcpy(out, name, name_size);
	out[name_size] = ' ';
	base64_encode(key->blob, key->blob_size, out + name_size + 1);
	*text = out;
	return ERR_NONE;
}

enum err_kind sshkey_fingerprint(const struct sshkey *key, char *out, struct err *err)
{
	static const char prefix[] = "SHA256:";
	struct digest digest;
	char encoded[BASE64_SIZE(DIGEST_SIZE) + 1];
	enum err_kind kind = digest_bytes(key->blob, key->blob_size, &digest, err);

	if (kind != ERR_NONE)
		return kind;
	base64_encode(digest.bytes, DIGEST_SIZE, encoded);
	memcpy(out, prefix, sizeof prefix - 1);
	memcpy(out + sizeof prefix - 1, encoded, SSHKEY_FINGERPRINT_MAX - sizeof prefix);
	out[SSHKEY_FINGERPRINT_MAX - 1] = '\0';
	return ERR_NONE;
}
