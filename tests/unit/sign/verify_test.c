#include <config.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include <gonogo/sign/sshsig.h>
#include <gonogo/sign/verify.h>

#include "forge.h"
#include "lab.h"

TestSuite(verify, .timeout = 300);

#define NS      "gonogo-fact@v1"
#define MESSAGE "gonogo-fact/v1\nledger 5f0c\n"

static enum err_kind check(
	struct octets blob, const char *name_space, struct octets message, const struct sshkey *key, struct err *err)
{
	return sshsig_verify(blob, name_space, message.bytes, message.size, key, err);
}

static enum err_kind check_standard(struct octets blob, const struct sshkey *key, struct err *err)
{
	return check(blob, NS, octets_of(MESSAGE), key, err);
}

Test(verify, holds_for_every_kind_of_key_hash_and_length)
{
	static const char *const hashes[] = { "sha512", "sha256" };
	static unsigned char large[100000];
	const struct octets messages[] = { octets_of(MESSAGE), { large, 0 }, { large, 1 }, { large, sizeof large } };
	struct lab lab;

	cr_assert(lab_open(&lab));
	for (size_t i = 0; i < sizeof large; i++)
		large[i] = (unsigned char)(i * 7 & 255);
	for (size_t k = 0; k < LAB_KINDS; k++) {
		struct sshkey key;

		cr_assert(lab_key(&lab, lab_kinds[k].name, lab_kinds[k].type, lab_kinds[k].bits, &key));
		for (size_t n = 0; n < 2 * sizeof messages / sizeof *messages; n++) {
			struct octets blob, message = messages[n / 2];
			struct err err = { 0 };

			cr_assert(lab_sign(&lab, lab_kinds[k].name, NS, hashes[n % 2], message, &blob));
			cr_assert(check(blob, NS, message, &key, &err) == ERR_NONE, "%s, %s, %zu bytes: %s",
				lab_kinds[k].name, hashes[n % 2], message.size, err.text);
		}
	}
	lab_close(&lab);
}

Test(verify, refuses_other_bytes_purposes_and_keys)
{
	static const char *const purposes[] = { "gonogo-memo@v1", "gonogo-fact@v", "gonogo-fact@v11", "Gonogo-fact@v1",
		"" };
	static const char *const messages[] = { "", MESSAGE "\n", "gonogo-fact/v1\nledger 5f0c",
		"gonogo-fact/v1\nledger 5f0d\n" };
	struct lab lab;

	cr_assert(lab_open(&lab));
	for (size_t k = 0; k < LAB_KINDS; k++) {
		struct sshkey key, other;
		struct octets blob;
		struct err err = { 0 };

		cr_assert(lab_key(&lab, lab_kinds[k].name, lab_kinds[k].type, lab_kinds[k].bits, &key));
		cr_assert(lab_key(
			&lab, arena_printf(&lab.arena, "other%zu", k), lab_kinds[k].type, lab_kinds[k].bits, &other));
		cr_assert(lab_sign(&lab, lab_kinds[k].name, NS, "sha512", octets_of(MESSAGE), &blob));
		for (size_t i = 0; i < sizeof purposes / sizeof *purposes; i++) {
			cr_assert(check(blob, purposes[i], octets_of(MESSAGE), &key, &err) == ERR_INTEGRITY, "%s",
				purposes[i]);
			cr_assert(strstr(err.text, "another purpose") != NULL, "%s", err.text);
		}
		for (size_t i = 0; i < sizeof messages / sizeof *messages; i++) {
			cr_assert(
				check(blob, NS, octets_of(messages[i]), &key, &err) == ERR_INTEGRITY, "message %zu", i);
			cr_assert(strstr(err.text, "was changed") != NULL, "%s", err.text);
		}
		cr_assert(check_standard(blob, &other, &err) == ERR_INTEGRITY);
		cr_assert(strstr(err.text, "another key") != NULL, "%s", err.text);
	}
	lab_close(&lab);
}

/* Somebody else's signature with the enrolled key written over his own. */
Test(verify, refuses_a_foreign_signature_under_the_enrolled_key)
{
	struct lab lab;

	cr_assert(lab_open(&lab));
	for (size_t k = 0; k < LAB_KINDS; k++) {
		struct sshkey key, other;
		struct octets blob, forged;
		struct sshsig sig;

		cr_assert(lab_key(&lab, lab_kinds[k].name, lab_kinds[k].type, lab_kinds[k].bits, &key));
		cr_assert(lab_key(
			&lab, arena_printf(&lab.arena, "other%zu", k), lab_kinds[k].type, lab_kinds[k].bits, &other));
		cr_assert(lab_sign(
			&lab, arena_printf(&lab.arena, "other%zu", k), NS, "sha512", octets_of(MESSAGE), &blob));
		cr_assert(sshsig_parse(blob, &sig, NULL) == ERR_NONE);
		struct forge forge = { .name_space = NS,
			.key = sshkey_blob(&key),
			.value = sig.value,
			.algorithm = k + 1 == LAB_KINDS ? "rsa-sha2-512" : sshkey_type_name(key.type) };
		forged = forge_sshsig(&lab.arena, &forge);
		cr_assert(forged.size > 0 && check_standard(forged, &key, NULL) == ERR_INTEGRITY, "%s",
			lab_kinds[k].name);
		forge.key = sshkey_blob(&other);
		forged = forge_sshsig(&lab.arena, &forge);
		cr_assert(octets_equal(forged, blob) && check_standard(forged, &other, NULL) == ERR_NONE, "%s",
			lab_kinds[k].name);
	}
	lab_close(&lab);
}

static size_t taken_flips(unsigned char *bytes, size_t size, const struct sshkey *key)
{
	size_t taken = 0;

	for (size_t bit = 0; bit < size * 8; bit++) {
		bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
		if (check_standard((struct octets){ bytes, size }, key, NULL) != ERR_INTEGRITY)
			taken++;
		bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
	}
	return taken;
}

Test(verify, refuses_every_bit_flipped_and_every_cut)
{
	struct lab lab;

	cr_assert(lab_open(&lab));
	for (size_t k = 0; k < LAB_KINDS; k++) {
		struct sshkey key;
		struct octets blob;
		unsigned char bytes[2048] = { 0 };

		cr_assert(lab_key(&lab, lab_kinds[k].name, lab_kinds[k].type, lab_kinds[k].bits, &key));
		cr_assert(lab_sign(&lab, lab_kinds[k].name, NS, "sha512", octets_of(MESSAGE), &blob) &&
			  blob.size < sizeof bytes);
		memcpy(bytes, blob.bytes, blob.size);
		cr_assert(check_standard((struct octets){ bytes, blob.size }, &key, NULL) == ERR_NONE);
		cr_assert(taken_flips(bytes, blob.size, &key) == 0, "%s", lab_kinds[k].name);
		for (size_t size = 0; size < blob.size; size++)
			cr_assert(check_standard((struct octets){ bytes, size }, &key, NULL) == ERR_INTEGRITY,
				"%s cut to %zu", lab_kinds[k].name, size);
		cr_assert(check_standard((struct octets){ bytes, blob.size + 1 }, &key, NULL) == ERR_INTEGRITY,
			"a trailing byte is taken");
	}
	lab_close(&lab);
}

/* An ed25519 key of our own, enrolled, and a signature by it with whatever the test wants to be different. */
static struct octets forged_ed25519(struct lab *lab, EVP_PKEY *pkey, struct forge *forge, struct sshkey *key)
{
	const char *line;
	struct octets raw;

	forge->name_space = NS;
	if (forge->algorithm == NULL)
		forge->algorithm = "ssh-ed25519";
	forge->key = forge_ed25519_key(&lab->arena, pkey);
	line = forge_line(&lab->arena, "ssh-ed25519", forge->key);
	raw = forge_sign(&lab->arena, pkey, NULL, forge_signed_data(&lab->arena, forge, octets_of(MESSAGE)));
	if (forge->value.size == 0)
		forge->value = forge_string(&lab->arena, raw);
	if (line == NULL || sshkey_parse("the key", line, strlen(line), &lab->arena, key, NULL) != ERR_NONE)
		return (struct octets){ 0 };
	return forge_sshsig(&lab->arena, forge);
}

Test(verify, refuses_reserved_bytes_that_ssh_keygen_takes)
{
	struct lab lab;
	EVP_PKEY *pkey = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	struct forge plain = { .reserved = "" }, reserved = { .reserved = "x" };
	struct sshkey key;
	struct octets blob;
	struct err err = { 0 };

	cr_assert(lab_open(&lab) && pkey != NULL);
	blob = forged_ed25519(&lab, pkey, &plain, &key);
	cr_assert(check_standard(blob, &key, &err) == ERR_NONE, "%s", err.text);
	cr_assert(lab_stock_takes_blob(&lab, NS, blob, octets_of(MESSAGE)));
	blob = forged_ed25519(&lab, pkey, &reserved, &key);
	cr_assert(lab_stock_takes_blob(&lab, NS, blob, octets_of(MESSAGE)), "ssh-keygen has changed its mind");
	cr_assert(check_standard(blob, &key, &err) == ERR_INTEGRITY && strstr(err.text, "reserved") != NULL, "%s",
		err.text);
	EVP_PKEY_free(pkey);
	lab_close(&lab);
}

/* The group order L of edwards25519, least byte first. */
static const unsigned char order[32] = { 0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde,
	0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10 };

Test(verify, refuses_a_second_form_of_an_ed25519_signature)
{
	struct lab lab;
	EVP_PKEY *pkey = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	struct forge forge = { 0 };
	struct sshkey key;
	struct octets blob;
	unsigned char raw[64];
	unsigned carry = 0;
	struct err err = { 0 };

	cr_assert(lab_open(&lab) && pkey != NULL);
	blob = forged_ed25519(&lab, pkey, &forge, &key);
	cr_assert(check_standard(blob, &key, NULL) == ERR_NONE && forge.value.size == 4 + sizeof raw);
	memcpy(raw, forge.value.bytes + 4, sizeof raw);
	for (size_t i = 0; i < sizeof order; i++) {
		carry += (unsigned)raw[32 + i] + order[i];
		raw[32 + i] = (unsigned char)(carry & 255);
		carry >>= 8;
	}
	forge.value = forge_string(&lab.arena, (struct octets){ raw, sizeof raw });
	blob = forge_sshsig(&lab.arena, &forge);
	cr_assert(lab_stock_takes_blob(&lab, NS, blob, octets_of(MESSAGE)), "ssh-keygen has changed its mind");
	cr_assert(check_standard(blob, &key, &err) == ERR_INTEGRITY, "S + L is taken");
	EVP_PKEY_free(pkey);
	lab_close(&lab);
}

Test(verify, refuses_swapped_names_and_trailing_bytes)
{
	struct lab lab;
	EVP_PKEY *pkey = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	struct forge forge = { 0 };
	struct sshkey key;
	struct octets blob;
	const struct octets one = { (const unsigned char *)"", 1 };

	cr_assert(lab_open(&lab) && pkey != NULL);
	blob = forged_ed25519(&lab, pkey, &forge, &key);
	cr_assert(check_standard(blob, &key, NULL) == ERR_NONE);
	for (int i = 0; i < 6; i++) {
		struct forge changed = forge;
		const struct octets value[] = { forge.value, one };
		struct octets parts[2] = { { 0 }, { 0 } };

		if (i == 0)
			changed.hash = "sha256"; /* signed with sha512 */
		else if (i == 1)
			changed.hash = "sha1";
		else if (i == 2)
			changed.algorithm = "rsa-sha2-512";
		else if (i == 3)
			changed.algorithm = "sk-ssh-ed25519@openssh.com";
		else if (i == 4)
			changed.value = forge_join(&lab.arena, value, 2);
		parts[0] = forge_sshsig(&lab.arena, &changed);
		if (i == 5)
			parts[1] = one;
		blob = forge_join(&lab.arena, parts, 2);
		cr_assert(blob.size > 0 && check_standard(blob, &key, NULL) == ERR_INTEGRITY, "change %d is taken", i);
		cr_assert(!lab_stock_takes_blob(&lab, NS, blob, octets_of(MESSAGE)), "ssh-keygen takes change %d", i);
	}
	EVP_PKEY_free(pkey);
	lab_close(&lab);
}

/* r and s of a real signature, written in other ways. */
Test(verify, takes_ecdsa_numbers_in_their_shortest_form_alone)
{
	static const unsigned char zero[] = { 0 };
	struct lab lab;
	struct sshkey key;
	struct octets blob, pair, r, s;
	struct sshsig sig;

	cr_assert(lab_open(&lab) && lab_key(&lab, "key", "ecdsa", "256", &key));
	cr_assert(lab_sign(&lab, "key", NS, "sha512", octets_of(MESSAGE), &blob) &&
		  sshsig_parse(blob, &sig, NULL) == ERR_NONE);
	cr_assert(wire_string(&sig.value, &pair) && wire_positive(&pair, &r) && wire_positive(&pair, &s));
	const size_t rz = (r.bytes[0] & 0x80) != 0, sz = (s.bytes[0] & 0x80) != 0;
	const struct octets right_r = forge_mpint(&lab.arena, r, rz), right_s = forge_mpint(&lab.arena, s, sz);
	const struct octets nothing = forge_string(&lab.arena, (struct octets){ zero, 0 }),
			    nil = forge_string(&lab.arena, (struct octets){ zero, 1 });
	const struct octets pairs[][3] = {
		{ right_r, right_s, { 0 } },
		{ forge_mpint(&lab.arena, r, rz + 1), right_s, { 0 } },
		{ right_r, forge_mpint(&lab.arena, s, sz + 1), { 0 } },
		{ right_s, right_r, { 0 } },
		{ nothing, right_s, { 0 } },
		{ right_r, nothing, { 0 } },
		{ nil, right_s, { 0 } },
		{ right_r, nil, { 0 } },
		{ right_r, right_s, { zero, 1 } },
		{ right_r, { 0 }, { 0 } },
	};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		struct forge forge = { .name_space = NS, .algorithm = "ecdsa-sha2-nistp256", .key = sshkey_blob(&key) };
		struct err err = { 0 };

		forge.value = forge_string(&lab.arena, forge_join(&lab.arena, pairs[i], 3));
		cr_assert(check_standard(forge_sshsig(&lab.arena, &forge), &key, &err) ==
				  (i == 0 ? ERR_NONE : ERR_INTEGRITY),
			"pair %zu: %s", i, err.text);
	}
	lab_close(&lab);
}

static struct octets forged_rsa(
	struct lab *lab, EVP_PKEY *pkey, const char *algorithm, const EVP_MD *md, struct octets *value)
{
	struct forge forge = { .name_space = NS, .algorithm = algorithm, .key = forge_rsa_key(&lab->arena, pkey) };

	if (md != NULL)
		*value = forge_sign(&lab->arena, pkey, md, forge_signed_data(&lab->arena, &forge, octets_of(MESSAGE)));
	forge.value = forge_string(&lab->arena, *value);
	return forge_sshsig(&lab->arena, &forge);
}

Test(verify, takes_rsa_with_sha2_alone)
{
	struct lab lab;
	EVP_PKEY *pkey = EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)3072);
	struct sshkey key;
	struct octets value;
	const char *line;
	struct err err = { 0 };

	cr_assert(lab_open(&lab) && pkey != NULL);
	line = forge_line(&lab.arena, "ssh-rsa", forge_rsa_key(&lab.arena, pkey));
	cr_assert(line != NULL && sshkey_parse("the key", line, strlen(line), &lab.arena, &key, &err) == ERR_NONE, "%s",
		err.text);
	cr_assert(check_standard(forged_rsa(&lab, pkey, "rsa-sha2-256", EVP_sha256(), &value), &key, &err) == ERR_NONE,
		"%s", err.text);
	cr_assert(check_standard(forged_rsa(&lab, pkey, "rsa-sha2-512", EVP_sha512(), &value), &key, &err) == ERR_NONE,
		"%s", err.text);
	cr_assert(check_standard(forged_rsa(&lab, pkey, "rsa-sha2-256", NULL, &value), &key, &err) == ERR_INTEGRITY,
		"names are swapped");
	cr_assert(check_standard(forged_rsa(&lab, pkey, "ssh-rsa", NULL, &value), &key, &err) == ERR_INTEGRITY);
	cr_assert(check_standard(forged_rsa(&lab, pkey, "ssh-rsa", EVP_sha1(), &value), &key, &err) == ERR_INTEGRITY);
	cr_assert(strstr(err.text, "SHA-1") != NULL, "%s", err.text);
	value.size = 0;
	cr_assert(check_standard(forged_rsa(&lab, pkey, "rsa-sha2-512", NULL, &value), &key, &err) == ERR_INTEGRITY,
		"an empty value is taken");
	EVP_PKEY_free(pkey);
	lab_close(&lab);
}

/* Signs text after text until the value begins with a zero, as one in 256 does; empty when none was found. */
static struct octets zero_led(struct lab *lab, EVP_PKEY *pkey, struct forge *forge, char *message, size_t room)
{
	for (int i = 0; i < 5000; i++) {
		struct octets value;

		snprintf(message, room, "text %d", i);
		value = forge_sign(
			&lab->arena, pkey, EVP_sha512(), forge_signed_data(&lab->arena, forge, octets_of(message)));
		if (value.size > 0 && value.bytes[0] == 0)
			return value;
	}
	return (struct octets){ 0 };
}

Test(verify, takes_a_short_rsa_value_and_no_longer_one)
{
	static const unsigned char zero[] = { 0 };
	struct lab lab;
	EVP_PKEY *pkey = EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)3072);
	struct forge forge = { .name_space = NS, .algorithm = "rsa-sha2-512" };
	struct sshkey key;
	struct octets value;
	const char *line;
	char message[32] = "";
	struct err err = { 0 };

	cr_assert(lab_open(&lab) && pkey != NULL);
	forge.key = forge_rsa_key(&lab.arena, pkey);
	line = forge_line(&lab.arena, "ssh-rsa", forge.key);
	cr_assert(line != NULL && sshkey_parse("the key", line, strlen(line), &lab.arena, &key, &err) == ERR_NONE, "%s",
		err.text);
	value = zero_led(&lab, pkey, &forge, message, sizeof message);
	cr_assert(value.size == 384, "no value begins with a zero");
	const struct octets longer[] = { { zero, 1 }, value };
	const struct {
		struct octets value;
		enum err_kind kind;
	} cases[] = {
		{ value, ERR_NONE },
		{ { value.bytes + 1, value.size - 1 }, ERR_NONE },
		{ { value.bytes + 2, value.size - 2 }, value.bytes[1] == 0 ? ERR_NONE : ERR_INTEGRITY },
		{ forge_join(&lab.arena, longer, 2), ERR_INTEGRITY },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		forge.value = forge_string(&lab.arena, cases[i].value);
		cr_assert(check(forge_sshsig(&lab.arena, &forge), NS, octets_of(message), &key, &err) == cases[i].kind,
			"case %zu: %s", i, err.text);
	}
	EVP_PKEY_free(pkey);
	lab_close(&lab);
}
