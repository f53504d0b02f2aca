#include <config.h>

#include <gonogo/sign/verify.h>

#include <string.h>

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include <gonogo/base/buf.h>
#include <gonogo/sign/keyblob.h>
#include <gonogo/sign/sshsig.h>

enum { ED25519_SIGNATURE_SIZE = 64, SK_USER_PRESENT = 1 };

/* What libcrypto is asked in the end: does `signature` by the key hold over `data` under `md`? */
struct question {
	const EVP_MD *md; /* NULL for ed25519, which hashes by itself */
	struct buf signature, data;
};

static enum err_kind bad(struct err *err, const char *why)
{
	return err_set(err, ERR_INTEGRITY, "The signature does not hold: %s; sign again.", why);
}

static void add_string(struct buf *buf, const void *bytes, size_t size)
{
	buf_be32(buf, size);
	buf_add(buf, bytes, size);
}

static bool add_digest(struct buf *buf, const EVP_MD *md, const void *bytes, size_t size, bool counted)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned digest_size = 0;

	if (EVP_Digest(bytes, size, digest, &digest_size, md, NULL) != 1)
		return false;
	if (counted)
		add_string(buf, digest, digest_size);
	else
		buf_add(buf, digest, digest_size);
	return true;
}

/* The bytes an SSHSIG is made over (PROTOCOL.sshsig). */
static bool add_signed_data(struct buf *buf, const struct sshsig *sig, const void *message, size_t size)
{
	const char *hash = sig->hash == SSHSIG_SHA512 ? "sha512" : "sha256";

	buf_str(buf, "SSHSIG");
	add_string(buf, sig->name_space.bytes, sig->name_space.size);
	add_string(buf, "", 0);
	add_string(buf, hash, strlen(hash));
	return add_digest(buf, sig->hash == SSHSIG_SHA512 ? EVP_sha512() : EVP_sha256(), message, size, true);
}

/* The next four turn the signature of one kind of key into a question.  ERR_INTEGRITY with the reason when it is
 * malformed. */

static enum err_kind ask_ed25519(struct octets value, struct question *question, struct err *err)
{
	struct octets raw;

	if (!wire_string(&value, &raw) || raw.size != ED25519_SIGNATURE_SIZE || value.size != 0)
		return bad(err, "it is not 64 bytes long");
	buf_add(&question->signature, raw.bytes, raw.size);
	return ERR_NONE;
}

static enum err_kind ask_sk_ed25519(
	struct octets value, const struct keyblob *key, struct question *question, struct err *err)
{
	struct octets raw;
	struct buf signed_data = question->data;
	uint8_t flags;
	uint32_t counter;
	bool hashed;

	if (!wire_string(&value, &raw) || raw.size != ED25519_SIGNATURE_SIZE || !wire_u8(&value, &flags) ||
		!wire_u32(&value, &counter) || value.size != 0)
		return bad(err, "it is not made as a hardware key makes it");
	if (!octets_are(key->application, "ssh:"))
		return bad(err, "its hardware key is for another application than \"ssh:\"");
	if ((flags & SK_USER_PRESENT) == 0)
		return bad(err, "the hardware key was not touched");
	question->data = BUF_EMPTY;
	hashed = add_digest(&question->data, EVP_sha256(), key->application.bytes, key->application.size, false);
	buf_char(&question->data, (char)flags);
	buf_be32(&question->data, counter);
	hashed = hashed && add_digest(&question->data, EVP_sha256(), signed_data.bytes, signed_data.size, false);
	buf_release(&signed_data);
	buf_add(&question->signature, raw.bytes, raw.size);
	return hashed ? ERR_NONE : err_memory(err);
}

/* libcrypto wants r and s in DER. */
static enum err_kind add_der(struct buf *out, struct octets r, struct octets s, struct err *err)
{
	ECDSA_SIG *pair = ECDSA_SIG_new();
	BIGNUM *r_number = BN_bin2bn(r.bytes, (int)r.size, NULL), *s_number = BN_bin2bn(s.bytes, (int)s.size, NULL);
	unsigned char *der = NULL;
	int size = -1;

	if (pair != NULL && r_number != NULL && s_number != NULL && ECDSA_SIG_set0(pair, r_number, s_number) == 1) {
		r_number = s_number = NULL;
		size = i2d_ECDSA_SIG(pair, &der);
	}
	if (size > 0)
		buf_add(out, der, (size_t)size);
	OPENSSL_free(der);
	BN_free(r_number);
	BN_free(s_number);
	ECDSA_SIG_free(pair);
	return size > 0 ? ERR_NONE : err_memory(err);
}

static enum err_kind ask_ecdsa(
	struct octets value, const struct keyblob *key, struct question *question, struct err *err)
{
	struct octets pair, r, s;

	if (!wire_string(&value, &pair) || value.size != 0 || !wire_positive(&pair, &r) || !wire_positive(&pair, &s) ||
		pair.size != 0)
		return bad(err, "it is not a pair of positive numbers in their shortest form");
	if (r.size > key->point.size || s.size > key->point.size)
		return bad(err, "its numbers are too large for its curve");
	/* The hash goes with the curve, not with the name in the SSHSIG (RFC 5656, section 6.2.1). */
	question->md = key->type == SSHKEY_ECDSA_P256   ? EVP_sha256()
		       : key->type == SSHKEY_ECDSA_P384 ? EVP_sha384()
							: EVP_sha512();
	return add_der(&question->signature, r, s, err);
}

static enum err_kind ask_rsa(struct octets algorithm, struct octets value, const struct keyblob *key,
	struct question *question, struct err *err)
{
	struct octets raw;

	if (octets_are(algorithm, "rsa-sha2-512"))
		question->md = EVP_sha512();
	else if (octets_are(algorithm, "rsa-sha2-256"))
		question->md = EVP_sha256();
	else
		return bad(err, "it is neither rsa-sha2-512 nor rsa-sha2-256 (ssh-rsa rests on SHA-1)");
	if (!wire_string(&value, &raw) || value.size != 0 || raw.size == 0 || raw.size > key->n.size)
		return bad(err, "it does not have the length of its key");
	/* A value that happens to begin with zeros may have been written without them. */
	for (size_t i = raw.size; i < key->n.size; i++)
		buf_char(&question->signature, '\0');
	buf_add(&question->signature, raw.bytes, raw.size);
	return ERR_NONE;
}

static enum err_kind ask(
	const struct sshsig *sig, const struct keyblob *key, struct question *question, struct err *err)
{
	if (key->type != SSHKEY_RSA && !octets_are(sig->algorithm, sshkey_type_name(key->type)))
		return bad(err, "it names another algorithm than its key's");
	switch (key->type) {
	case SSHKEY_ED25519: return ask_ed25519(sig->value, question, err);
	case SSHKEY_SK_ED25519: return ask_sk_ed25519(sig->value, key, question, err);
	case SSHKEY_ECDSA_P256:
	case SSHKEY_ECDSA_P384:
	case SSHKEY_ECDSA_P521: return ask_ecdsa(sig->value, key, question, err);
	case SSHKEY_RSA: return ask_rsa(sig->algorithm, sig->value, key, question, err);
	}
	return bad(err, "its key is of no known type");
}

static enum err_kind answer(const struct question *question, const struct keyblob *key, struct err *err)
{
	const unsigned char *signature = (const unsigned char *)question->signature.bytes;
	const unsigned char *data = (const unsigned char *)question->data.bytes;
	EVP_PKEY *pkey = NULL;
	EVP_MD_CTX *ctx = NULL;
	enum err_kind kind = keyblob_pkey(key, &pkey, err);

	if (kind == ERR_INTEGRITY)
		kind = bad(err, "its key is not a point on its curve");
	if (kind != ERR_NONE)
		goto out;
	ERR_clear_error();
	ctx = EVP_MD_CTX_new();
	if (ctx == NULL || EVP_DigestVerifyInit(ctx, NULL, question->md, NULL, pkey) != 1)
		kind = err_memory(err);
	else if (EVP_DigestVerify(ctx, signature, question->signature.size, data, question->data.size) != 1)
		kind = keyblob_lacked_memory()
			       ? err_memory(err)
			       : bad(err, "it is not this key's over these bytes, so one or the other was changed");
	ERR_clear_error();
out:
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(pkey);
	return kind;
}

enum err_kind sshsig_verify(struct octets blob, const char *name_space, const void *message, size_t message_size,
	const struct sshkey *expected, struct err *err)
{
	struct sshsig sig;
	struct keyblob key;
	struct question question = { .signature = BUF_EMPTY, .data = BUF_EMPTY };
	enum err_kind kind = sshsig_parse(blob, &sig, err);

	if (kind != ERR_NONE)
		return kind;
	/* The key is the enrolled one or nothing: the blob's own key is never looked into. */
	if (!octets_equal(sig.key, sshkey_blob(expected)))
		return bad(err, "another key made it");
	if (!octets_are(sig.name_space, name_space))
		return bad(err, "it was made for another purpose");
	if (!keyblob_read(expected->type, sshkey_blob(expected), &key))
		return bad(err, "its key is damaged");
	if (!add_signed_data(&question.data, &sig, message, message_size)) {
		kind = err_memory(err);
		goto out;
	}
	/* Before and after: a hardware key's question is built from the hash of these bytes. */
	kind = buf_check(&question.data, err);
	if (kind == ERR_NONE)
		kind = ask(&sig, &key, &question, err);
	if (kind == ERR_NONE)
		kind = buf_check(&question.data, err);
	if (kind == ERR_NONE)
		kind = buf_check(&question.signature, err);
	if (kind == ERR_NONE)
		kind = answer(&question, &key, err);
out:
	buf_release(&question.signature);
	buf_release(&question.data);
	return kind;
}
