#include <config.h>

#include <criterion/criterion.h>
#include <string.h>

#include <gonogo/sign/verify.h>

#include "forge.h"
#include "lab.h"

TestSuite(verify_sk, .timeout = 120);

#define NS      "gonogo-fact@v1"
#define MESSAGE "gonogo-fact/v1\nledger 5f0c\n"
#define TYPE    "sk-ssh-ed25519@openssh.com"

enum { PRESENT = 1, VERIFIED = 4 };

/* A hardware key played by libcrypto. */
struct token {
	struct lab lab;
	EVP_PKEY *pkey;
	struct octets blob;
	struct sshkey key; /* as it would be enrolled, though the door may refuse it */
};

static bool token_open(struct token *token, const char *application)
{
	token->pkey = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	if (!lab_open(&token->lab) || token->pkey == NULL)
		return false;
	token->blob = forge_sk_key(&token->lab.arena, token->pkey, application);
	token->key = (struct sshkey){ SSHKEY_SK_ED25519, token->blob.bytes, token->blob.size, "" };
	return token->blob.size > 0;
}

static void token_close(struct token *token)
{
	EVP_PKEY_free(token->pkey);
	lab_close(&token->lab);
}

static struct octets token_sign(struct token *token, const char *application, uint8_t flags, uint32_t counter)
{
	struct arena *arena = &token->lab.arena;
	struct forge forge = { .name_space = NS, .algorithm = TYPE, .key = token->blob };
	struct octets data =
		forge_sk_data(arena, application, flags, counter, forge_signed_data(arena, &forge, octets_of(MESSAGE)));

	forge.value = forge_sk_value(arena, forge_sign(arena, token->pkey, NULL, data), flags, counter);
	return forge_sshsig(arena, &forge);
}

static enum err_kind check(const struct token *token, struct octets blob, struct err *err)
{
	return sshsig_verify(blob, NS, MESSAGE, strlen(MESSAGE), &token->key, err);
}

Test(verify_sk, holds_when_touched)
{
	static const uint8_t flags[] = { PRESENT, PRESENT | VERIFIED, 0xff };
	struct token token;

	cr_assert(token_open(&token, "ssh:"));
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
		struct octets blob = token_sign(&token, "ssh:", flags[i], 0x01020304);
		struct err err = { 0 };

		cr_assert(check(&token, blob, &err) == ERR_NONE, "flags %d: %s", flags[i], err.text);
		cr_assert(lab_stock_takes_blob(&token.lab, NS, blob, octets_of(MESSAGE)),
			"ssh-keygen refuses the forged token");
	}
	token_close(&token);
}

Test(verify_sk, is_refused_without_a_touch_though_ssh_keygen_takes_it)
{
	struct token token;
	struct octets blob;
	struct err err = { 0 };

	cr_assert(token_open(&token, "ssh:"));
	blob = token_sign(&token, "ssh:", VERIFIED, 7);
	cr_assert(lab_stock_takes_blob(&token.lab, NS, blob, octets_of(MESSAGE)), "ssh-keygen has changed its mind");
	cr_assert(
		check(&token, blob, &err) == ERR_INTEGRITY && strstr(err.text, "not touched") != NULL, "%s", err.text);
	token_close(&token);
}

Test(verify_sk, is_refused_for_another_application_though_ssh_keygen_takes_it)
{
	struct token token;
	struct octets blob;
	struct err err = { 0 };

	cr_assert(token_open(&token, "ssh:work"));
	blob = token_sign(&token, "ssh:work", PRESENT, 7);
	cr_assert(lab_stock_takes_blob(&token.lab, NS, blob, octets_of(MESSAGE)), "ssh-keygen has changed its mind");
	cr_assert(check(&token, blob, &err) == ERR_INTEGRITY && strstr(err.text, "another application") != NULL, "%s",
		err.text);
	token_close(&token);
}

Test(verify_sk, is_bound_to_its_application)
{
	struct token token;

	cr_assert(token_open(&token, "ssh:"));
	cr_assert(check(&token, token_sign(&token, "web:", PRESENT, 7), NULL) == ERR_INTEGRITY);
	token_close(&token);
}

/* A token's raw signature is over other bytes than a plain key's, and neither passes for the other. */
Test(verify_sk, is_no_plain_signature)
{
	struct token token;
	struct forge forge = { .name_space = NS, .algorithm = TYPE };
	struct octets raw;

	cr_assert(token_open(&token, "ssh:"));
	forge.key = token.blob;
	raw = forge_sign(
		&token.lab.arena, token.pkey, NULL, forge_signed_data(&token.lab.arena, &forge, octets_of(MESSAGE)));
	forge.value = forge_sk_value(&token.lab.arena, raw, PRESENT, 7);
	cr_assert(check(&token, forge_sshsig(&token.lab.arena, &forge), NULL) == ERR_INTEGRITY);
	forge.value = forge_string(&token.lab.arena, raw);
	forge.algorithm = "ssh-ed25519";
	cr_assert(check(&token, forge_sshsig(&token.lab.arena, &forge), NULL) == ERR_INTEGRITY);
	token_close(&token);
}

Test(verify_sk, refuses_every_bit_flipped_and_every_cut)
{
	struct token token;
	struct octets blob;
	unsigned char bytes[512] = { 0 };

	cr_assert(token_open(&token, "ssh:"));
	blob = token_sign(&token, "ssh:", PRESENT, 7);
	cr_assert(blob.size > 0 && blob.size < sizeof bytes);
	memcpy(bytes, blob.bytes, blob.size);
	for (size_t bit = 0; bit < blob.size * 8; bit++) {
		bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
		cr_assert(check(&token, (struct octets){ bytes, blob.size }, NULL) == ERR_INTEGRITY,
			"bit %zu may be flipped", bit);
		bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
	}
	for (size_t size = 0; size < blob.size; size++)
		cr_assert(check(&token, (struct octets){ bytes, size }, NULL) == ERR_INTEGRITY, "%zu bytes are taken",
			size);
	cr_assert(check(&token, (struct octets){ bytes, blob.size + 1 }, NULL) == ERR_INTEGRITY,
		"a trailing byte is taken");
	cr_assert(check(&token, (struct octets){ bytes, blob.size }, NULL) == ERR_NONE);
	token_close(&token);
}
