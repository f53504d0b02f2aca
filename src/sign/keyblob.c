#include <config.h>

#include <gonogo/sign/keyblob.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

enum { ED25519_POINT_SIZE = 32, POINT_UNCOMPRESSED = 4 };

struct curve {
	const char *ssh, *libcrypto;
	size_t point_size;
};

static const struct curve *curve_of(enum sshkey_type type)
{
	static const struct curve p256 = { "nistp256", "prime256v1", 1 + 2 * 32 };
	static const struct curve p384 = { "nistp384", "secp384r1", 1 + 2 * 48 };
	static const struct curve p521 = { "nistp521", "secp521r1", 1 + 2 * 66 };

	switch (type) {
	case SSHKEY_ECDSA_P256: return &p256;
	case SSHKEY_ECDSA_P384: return &p384;
	case SSHKEY_ECDSA_P521: return &p521;
	case SSHKEY_ED25519:
	case SSHKEY_SK_ED25519:
	case SSHKEY_RSA: break;
	}
	return NULL;
}

bool keyblob_read(enum sshkey_type type, struct octets blob, struct keyblob *out)
{
	const struct curve *curve = curve_of(type);
	struct octets word;
	bool whole;

	*out = (struct keyblob){ .type = type };
	if (!wire_string(&blob, &word) || !octets_are(word, sshkey_type_name(type)))
		return false;
	if (type == SSHKEY_RSA)
		whole = wire_positive(&blob, &out->e) && wire_positive(&blob, &out->n);
	else if (curve != NULL)
		whole = wire_string(&blob, &word) && octets_are(word, curve->ssh) && wire_string(&blob, &out->point) &&
			out->point.size == curve->point_size && out->point.bytes[0] == POINT_UNCOMPRESSED;
	else
		whole = wire_string(&blob, &out->point) && out->point.size == ED25519_POINT_SIZE &&
			(type == SSHKEY_ED25519 || wire_string(&blob, &out->application));
	return whole && blob.size == 0;
}

bool keyblob_lacked_memory(void)
{
	bool lacked = false;

	for (unsigned long code = ERR_get_error(); code != 0; code = ERR_get_error())
		lacked = lacked || ERR_GET_REASON(code) == ERR_R_MALLOC_FAILURE;
	return lacked;
}

static EVP_PKEY *pkey_of(const char *algorithm, OSSL_PARAM_BLD *parts)
{
	OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(parts);
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, algorithm, NULL);
	EVP_PKEY *pkey = NULL;

	/* On failure `pkey` stays NULL. */
	if (params != NULL && ctx != NULL && EVP_PKEY_fromdata_init(ctx) == 1 &&
		EVP_PKEY_fromdata(ctx, &pkey, EVP_PKEY_PUBLIC_KEY, params) != 1)
		pkey = NULL;
	EVP_PKEY_CTX_free(ctx);
	OSSL_PARAM_free(params);
	return pkey;
}

static EVP_PKEY *pkey_rsa(const struct keyblob *key, OSSL_PARAM_BLD *parts)
{
	BIGNUM *e = BN_bin2bn(key->e.bytes, (int)key->e.size, NULL);
	BIGNUM *n = BN_bin2bn(key->n.bytes, (int)key->n.size, NULL);
	EVP_PKEY *pkey = NULL;

	if (e != NULL && n != NULL && OSSL_PARAM_BLD_push_BN(parts, OSSL_PKEY_PARAM_RSA_E, e) == 1 &&
		OSSL_PARAM_BLD_push_BN(parts, OSSL_PKEY_PARAM_RSA_N, n) == 1)
		pkey = pkey_of("RSA", parts);
	BN_free(e);
	BN_free(n);
	return pkey;
}

static EVP_PKEY *pkey_ecdsa(const struct keyblob *key, const char *group, OSSL_PARAM_BLD *parts)
{
	if (OSSL_PARAM_BLD_push_utf8_string(parts, OSSL_PKEY_PARAM_GROUP_NAME, group, 0) != 1 ||
		OSSL_PARAM_BLD_push_octet_string(parts, OSSL_PKEY_PARAM_PUB_KEY, key->point.bytes, key->point.size) !=
			1)
		return NULL;
	return pkey_of("EC", parts);
}

enum err_kind keyblob_pkey(const struct keyblob *key, EVP_PKEY **out, struct err *err)
{
	const struct curve *curve = curve_of(key->type);
	OSSL_PARAM_BLD *parts;

	*out = NULL;
	ERR_clear_error();
	parts = OSSL_PARAM_BLD_new();
	if (parts == NULL)
		return err_memory(err);
	if (key->type == SSHKEY_RSA)
		*out = pkey_rsa(key, parts);
	else if (curve != NULL)
		*out = pkey_ecdsa(key, curve->libcrypto, parts);
	else
		*out = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, key->point.bytes, key->point.size);
	OSSL_PARAM_BLD_free(parts);
	if (*out != NULL)
		return ERR_NONE;
	return keyblob_lacked_memory() ? err_memory(err) : ERR_INTEGRITY;
}
