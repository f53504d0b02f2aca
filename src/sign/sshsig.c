#include <config.h>

#include <gonogo/sign/sshsig.h>

#include <string.h>

#include <gonogo/sign/base64.h>

#define BEGIN "-----BEGIN SSH SIGNATURE-----\n"
#define END   "\n-----END SSH SIGNATURE-----"

enum { ARMOUR_WIDTH = 70, SSHSIG_VERSION = 1 };

static enum err_kind no_armour(const char *what, const char *why, struct err *err)
{
	return err_set(err, ERR_INPUT,
		"%s is not a signature as `ssh-keygen -Y sign` writes it: %s; give the .sig file unchanged.", what,
		why);
}

/* Where the base64 text ends, or NULL. */
static const char *find_end(const char *text, size_t size)
{
	const size_t end_size = strlen(END);

	for (size_t at = 0; at + end_size <= size; at++) {
		if (memcmp(text + at, END, end_size) == 0)
			return text + at;
	}
	return NULL;
}

enum err_kind sshsig_read(
	const char *what, const char *text, size_t size, struct arena *arena, struct octets *blob, struct err *err)
{
	const size_t begin_size = strlen(BEGIN);
	const char *end;
	char *digits;
	unsigned char *bytes;
	size_t count = 0;

	if (size > SSHSIG_ARMOUR_MAX)
		return no_armour(what, "it is too long", err);
	if (size < begin_size || memcmp(text, BEGIN, begin_size) != 0)
		return no_armour(what, "it does not open with the line \"-----BEGIN SSH SIGNATURE-----\"", err);
	/* The newline that closes the first line may also be the one in front of the last. */
	text += begin_size - 1;
	size -= begin_size - 1;
	end = find_end(text, size);
	if (end == NULL)
		return no_armour(what, "the line \"-----END SSH SIGNATURE-----\" is missing", err);
	digits = arena_alloc(arena, size);
	bytes = arena_alloc(arena, size);
	if (digits == NULL || bytes == NULL)
		return err_memory(err);
	for (const char *at = text; at < end; at++) {
		if (*at != '\n' && *at != ' ' && *at != '\t')
			digits[count++] = *at;
	}
	*blob = (struct octets){ bytes, 0 };
	if (!base64_decode(digits, count, bytes, &blob->size))
		return no_armour(what, "what stands between its first and last line is not base64", err);
	return ERR_NONE;
}

enum err_kind sshsig_armour(struct octets blob, struct arena *arena, const char **text, struct err *err)
{
	const size_t digits = BASE64_SIZE(blob.size), lines = (digits + ARMOUR_WIDTH - 1) / ARMOUR_WIDTH;
	char *encoded = arena_alloc(arena, digits + 1);
	char *out = arena_alloc(arena, strlen(BEGIN) + digits + lines + strlen(END) + 1);
	size_t at = strlen(BEGIN);

	if (encoded == NULL || out == NULL)
		return err_memory(err);
	base64_encode(blob.bytes, blob.size, encoded);
	memcpy(out, BEGIN, at);
	for (size_t done = 0; done < digits; done += ARMOUR_WIDTH) {
		size_t width = digits - done < ARMOUR_WIDTH ? digits - done : ARMOUR_WIDTH;

		memcpy(out + at, encoded + done, width);
		at += width;
		out[at++] = '\n';
	}
	/* The last line's own newline opens END. */
	memcpy(out + at - 1, END "\n", sizeof END "\n");
	*text = out;
	return ERR_NONE;
}

enum err_kind sshsig_base64(struct octets blob, struct arena *arena, const char **text, struct err *err)
{
	char *out = arena_alloc(arena, BASE64_SIZE(blob.size) + 1);

	if (out == NULL)
		return err_memory(err);
	base64_encode(blob.bytes, blob.size, out);
	*text = out;
	return ERR_NONE;
}

enum err_kind sshsig_from_base64(
	const char *text, size_t size, struct arena *arena, struct octets *blob, struct err *err)
{
	unsigned char *bytes;

	*blob = (struct octets){ 0 };
	if (size > BASE64_SIZE(SSHSIG_BLOB_MAX))
		return err_set(
			err, ERR_INTEGRITY, "The stored signature is longer than any signature; run `gonogo verify`.");
	bytes = arena_alloc(arena, size + 1);
	if (bytes == NULL)
		return err_memory(err);
	blob->bytes = bytes;
	if (!base64_decode(text, size, bytes, &blob->size))
		return err_set(
			err, ERR_INTEGRITY, "The stored signature is not one line of base64; run `gonogo verify`.");
	return ERR_NONE;
}

static enum err_kind no_blob(const char *why, struct err *err)
{
	return err_set(err, ERR_INTEGRITY,
		"The signature cannot be read: %s; it was cut or changed after signing, so sign again.", why);
}

enum err_kind sshsig_parse(struct octets blob, struct sshsig *out, struct err *err)
{
	static const unsigned char magic[] = { 'S', 'S', 'H', 'S', 'I', 'G' };
	struct octets reserved, hash, signature;
	uint32_t version;

	*out = (struct sshsig){ 0 };
	if (blob.size > SSHSIG_BLOB_MAX)
		return no_blob("it is too long", err);
	if (blob.size < sizeof magic || memcmp(blob.bytes, magic, sizeof magic) != 0)
		return no_blob("it does not open with SSHSIG", err);
	blob.bytes += sizeof magic;
	blob.size -= sizeof magic;
	if (!wire_u32(&blob, &version) || version != SSHSIG_VERSION)
		return no_blob("its version is not 1", err);
	if (!wire_string(&blob, &out->key) || !wire_string(&blob, &out->name_space) || !wire_string(&blob, &reserved) ||
		!wire_string(&blob, &hash) || !wire_string(&blob, &signature))
		return no_blob("it ends too early", err);
	if (blob.size != 0)
		return no_blob("bytes follow its end", err);
	if (out->name_space.size == 0)
		return no_blob("it names no purpose", err);
	if (reserved.size != 0)
		return no_blob("its reserved part is not empty", err);
	if (octets_are(hash, "sha512"))
		out->hash = SSHSIG_SHA512;
	else if (octets_are(hash, "sha256"))
		out->hash = SSHSIG_SHA256;
	else
		return no_blob("its hash is neither sha256 nor sha512", err);
	if (!wire_string(&signature, &out->algorithm))
		return no_blob("it ends too early", err);
	out->value = signature;
	return ERR_NONE;
}
