#include <config.h>

#include <criterion/criterion.h>
#include <string.h>

#include <gonogo/base/digest.h>
#include <gonogo/sign/sshkey.h>

#include "forge.h"
#include "lab.h"

TestSuite(sshkey, .timeout = 120);

#define TEXT "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEz2AqGgHQOHA3YPz66gF6+Wo8K//1avISiMlwD649zX"

static enum err_kind parse(struct lab *lab, const char *text, struct err *err)
{
	struct sshkey key;

	return sshkey_parse("jane.pub", text, strlen(text), &lab->arena, &key, err);
}

Test(sshkey, agrees_with_ssh_keygen_on_every_kind)
{
	struct lab lab;

	cr_assert(lab_open(&lab));
	for (size_t i = 0; i < LAB_KINDS; i++) {
		const struct lab_kind *kind = &lab_kinds[i];
		const char *const list[] = { "ssh-keygen", "-l", "-f", lab_path(&lab, kind->name), NULL };
		struct spawn_result listed;
		struct sshkey key, again;
		struct err err = { 0 };
		const char *text, *file;
		char fingerprint[SSHKEY_FINGERPRINT_MAX];
		size_t size;

		cr_assert(lab_key(&lab, kind->name, kind->type, kind->bits, &key), "%s", kind->name);
		cr_assert(key.type == kind->key_type && strcmp(key.comment, "made for a test") == 0, "%s", kind->name);
		cr_assert(lab_run(&lab, list, &listed));
		cr_assert(sshkey_fingerprint(&key, fingerprint, &err) == ERR_NONE);
		cr_assert(strlen(fingerprint) == SSHKEY_FINGERPRINT_MAX - 1 && strstr(listed.out, fingerprint) != NULL,
			"%s is not in %s", fingerprint, listed.out);
		cr_assert(sshkey_text(&key, &lab.arena, &text, &err) == ERR_NONE);
		file = lab_read(&lab, arena_printf(&lab.arena, "%s.pub", kind->name), &size);
		cr_assert(file != NULL && strncmp(file, text, strlen(text)) == 0 && file[strlen(text)] == ' ', "%s",
			text);
		cr_assert(sshkey_parse("the fact", text, strlen(text), &lab.arena, &again, &err) == ERR_NONE, "%s",
			err.text);
		cr_assert(sshkey_equal(&key, &again) && again.comment[0] == '\0');
	}
	lab_close(&lab);
}

Test(sshkey, equality_is_the_blob)
{
	struct lab lab;
	struct sshkey one, other;

	cr_assert(lab_open(&lab));
	cr_assert(lab_key(&lab, "one", "ed25519", "256", &one) && lab_key(&lab, "other", "ed25519", "256", &other));
	cr_assert(!sshkey_equal(&one, &other));
	other = one;
	other.comment = "another comment";
	cr_assert(sshkey_equal(&one, &other));
	lab_close(&lab);
}

Test(sshkey, takes_the_line_ends_and_comments_that_files_have)
{
	static const struct {
		const char *text, *comment;
	} lines[] = {
		{ TEXT, "" },
		{ TEXT "\n", "" },
		{ TEXT "\r\n", "" },
		{ TEXT " \n", "" },
		{ TEXT "  jane doe \n", "jane doe" },
		{ "  " TEXT "\tx", "x" },
	};
	struct lab lab;

	cr_assert(lab_open(&lab));
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct sshkey key;
		struct err err = { 0 };

		cr_assert(sshkey_parse("jane.pub", lines[i].text, strlen(lines[i].text), &lab.arena, &key, &err) ==
				  ERR_NONE,
			"line %zu: %s", i, err.text);
		cr_assert(strcmp(key.comment, lines[i].comment) == 0, "line %zu: %s", i, key.comment);
	}
	lab_close(&lab);
}

Test(sshkey, refuses_what_is_no_key_line_and_says_what_it_is)
{
	static const struct {
		const char *text, *says;
	} lines[] = {
		{ "", "is not an SSH public key" },
		{ "\n", "is not an SSH public key" },
		{ "# comment\n", "is not an SSH public key" },
		{ "hello", "is not an SSH public key" },
		{ "ssh-ed25519", "base64" },
		{ "ssh-ed25519 ", "base64" },
		{ "ssh-ed25519 AAAA=", "base64" },
		{ "ssh-ed25519 AAAA", "what follows is not such a key" },
		{ TEXT "=", "base64" },
		{ TEXT "AAAA", "what follows is not such a key" },
		{ "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIEz2AqGgHQOHA3YPz66gF6+Wo8K//1avISiMlwD649zX",
			"what follows is not such a key" },
		{ "namespaces=\"x\" " TEXT, "options" },
		{ "command=\"a b\",no-pty " TEXT " c", "options" },
		{ "jane " TEXT, "options" },
		{ TEXT "\n" TEXT "\n", "more than one line" },
		{ TEXT "\n\n", "more than one line" },
		{ "\n" TEXT "\n", "more than one line" },
		{ TEXT "\r" TEXT "\n", "more than one line" },
		{ "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n", "private key" },
	};
	struct lab lab;

	cr_assert(lab_open(&lab));
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct err err = { 0 };

		cr_assert(parse(&lab, lines[i].text, &err) == ERR_INPUT, "line %zu is taken or refused otherwise: %s",
			i, err.text);
		cr_assert(strncmp(err.text, "jane.pub ", 9) == 0 && strstr(err.text, lines[i].says) != NULL,
			"line %zu: %s", i, err.text);
	}
	lab_close(&lab);
}

Test(sshkey, refuses_every_cut_of_a_key)
{
	struct lab lab;
	struct sshkey key;

	cr_assert(lab_open(&lab));
	for (size_t size = 0; size < strlen(TEXT); size++)
		cr_assert(sshkey_parse("jane.pub", TEXT, size, &lab.arena, &key, NULL) == ERR_INPUT,
			"%zu bytes are taken", size);
	cr_assert(sshkey_parse("jane.pub", TEXT, strlen(TEXT) + 1, &lab.arena, &key, NULL) == ERR_INPUT,
		"a NUL is taken");
	lab_close(&lab);
}

Test(sshkey, refuses_a_file_over_the_cap)
{
	struct lab lab;
	struct sshkey key;
	struct err err = { 0 };
	static char huge[SSHKEY_FILE_MAX + 1];

	cr_assert(lab_open(&lab));
	memset(huge, 'a', sizeof huge);
	memcpy(huge, TEXT " ", strlen(TEXT) + 1);
	cr_assert(sshkey_parse("jane.pub", huge, sizeof huge - 1, &lab.arena, &key, &err) == ERR_NONE, "%s", err.text);
	cr_assert(sshkey_parse("jane.pub", huge, sizeof huge, &lab.arena, &key, &err) == ERR_INPUT);
	cr_assert(sshkey_load(lab_path(&lab, "none.pub"), &lab.arena, &key, &err) == ERR_SYSTEM);
	lab_close(&lab);
}

Test(sshkey, refuses_kinds_that_cannot_be_enrolled)
{
	static const struct {
		const char *type, *bits, *says;
	} kinds[] = {
		{ "dsa", "1024", "DSA" },
		{ "rsa", "1024", "RSA key of 1024 bits" },
		{ "rsa", "2048", "RSA key of 2048 bits" },
	};
	struct lab lab;

	cr_assert(lab_open(&lab));
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const char *name = arena_printf(&lab.arena, "key%zu", i);
		const char *const argv[] = { "ssh-keygen", "-q", "-t", kinds[i].type, "-b", kinds[i].bits, "-N", "",
			"-f", lab_path(&lab, name), NULL };
		struct sshkey key;
		struct err err = { 0 };

		/* Newer ones make no DSA keys any more; the words are held against its name below. */
		if (!lab_run(&lab, argv, NULL) && i == 0)
			continue;
		cr_assert(sshkey_load(lab_path(&lab, arena_printf(&lab.arena, "%s.pub", name)), &lab.arena, &key,
				  &err) == ERR_REFUSED,
			"%s", err.text);
		cr_assert(strstr(err.text, kinds[i].says) != NULL && strstr(err.text, "ssh-keygen -t ed25519") != NULL,
			"%s", err.text);
	}
	lab_close(&lab);
}

Test(sshkey, refuses_kinds_by_name)
{
	static const struct {
		const char *line, *says;
	} lines[] = {
		{ "ssh-dss AAAAB3NzaC1kc3M=", "DSA" },
		{ "sk-ecdsa-sha2-nistp256@openssh.com AAAA", "ECDSA" },
		{ "ssh-rsa-cert-v01@openssh.com AAAA", "certificate" },
		{ "ssh-ed25519-cert-v01@openssh.com AAAA", "certificate" },
		{ "sk-ssh-ed25519-cert-v01@openssh.com AAAA", "certificate" },
	};
	struct lab lab;

	cr_assert(lab_open(&lab));
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct err err = { 0 };

		cr_assert(parse(&lab, lines[i].line, &err) == ERR_REFUSED, "%s", lines[i].line);
		cr_assert(strstr(err.text, lines[i].says) != NULL, "%s", err.text);
	}
	lab_close(&lab);
}

Test(sshkey, refuses_a_real_certificate)
{
	struct lab lab;
	struct sshkey ca, key, certificate;
	struct err err = { 0 };

	cr_assert(lab_open(&lab));
	cr_assert(lab_key(&lab, "ca", "ed25519", "256", &ca) && lab_key(&lab, "user", "ed25519", "256", &key));
	const char *const argv[] = { "ssh-keygen", "-q", "-s", lab_path(&lab, "ca"), "-I", "jane",
		lab_path(&lab, "user.pub"), NULL };
	cr_assert(lab_run(&lab, argv, NULL));
	cr_assert(sshkey_load(lab_path(&lab, "user-cert.pub"), &lab.arena, &certificate, &err) == ERR_REFUSED, "%s",
		err.text);
	cr_assert(strstr(err.text, "certificate") != NULL, "%s", err.text);
	lab_close(&lab);
}

Test(sshkey, refuses_unsafe_rsa_numbers)
{
	static const unsigned char e3[] = { 3 }, even[] = { 1, 0, 2 }, f4[] = { 1, 0, 1 },
				   wide[] = { 1, 0, 0, 0, 0, 0, 0, 0, 1 }, widest[] = { 0x80, 0, 0, 0, 0, 0, 0, 1 };
	static const struct {
		struct octets e;
		size_t n_size;
		unsigned char n_first, n_last;
		size_t n_zeros;
		enum err_kind kind;
	} cases[] = {
		{ { f4, 3 }, 384, 0x80, 1, 1, ERR_NONE },
		{ { widest, 8 }, 384, 0x80, 1, 1, ERR_INPUT }, /* negative as written */
		{ { e3, 1 }, 384, 0x80, 1, 1, ERR_REFUSED }, { { even, 3 }, 384, 0x80, 1, 1, ERR_REFUSED },
		{ { wide, 9 }, 384, 0x80, 1, 1, ERR_REFUSED }, { { f4, 3 }, 384, 0x80, 2, 1, ERR_REFUSED },
		{ { f4, 3 }, 384, 0x7f, 1, 0, ERR_REFUSED }, /* 3071 bits */
		{ { f4, 3 }, 2048, 0x80, 1, 1, ERR_NONE },
		{ { f4, 3 }, 2049, 0x01, 1, 0, ERR_REFUSED }, /* 16385 bits */
		{ { f4, 3 }, 384, 0x80, 1, 0, ERR_INPUT },    /* negative as written */
		{ { f4, 3 }, 384, 0x80, 1, 2, ERR_INPUT },    /* not the shortest form */
	};
	struct lab lab;

	cr_assert(lab_open(&lab));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		unsigned char n[2049] = { 0 };
		struct err err = { 0 };

		n[0] = cases[i].n_first;
		n[cases[i].n_size - 1] = cases[i].n_last;
		const struct octets parts[] = {
			forge_string(&lab.arena, octets_of("ssh-rsa")),
			forge_mpint(&lab.arena, cases[i].e, 0),
			forge_mpint(&lab.arena, (struct octets){ n, cases[i].n_size }, cases[i].n_zeros),
		};
		const char *line = forge_line(&lab.arena, "ssh-rsa", forge_join(&lab.arena, parts, 3));
		cr_assert(line != NULL);
		cr_assert(parse(&lab, line, &err) == cases[i].kind, "case %zu: %s", i, err.text);
	}
	lab_close(&lab);
}

Test(sshkey, refuses_points_off_their_curve)
{
	struct lab lab;
	struct sshkey key;

	cr_assert(lab_open(&lab));
	for (size_t i = 1; i < 4; i++) {
		unsigned char blob[256];
		struct err err = { 0 };
		const char *line;

		cr_assert(lab_key(&lab, lab_kinds[i].name, lab_kinds[i].type, lab_kinds[i].bits, &key));
		cr_assert(key.blob_size < sizeof blob);
		memcpy(blob, key.blob, key.blob_size);
		blob[key.blob_size - 1] ^= 1;
		line = forge_line(&lab.arena, sshkey_type_name(key.type), (struct octets){ blob, key.blob_size });
		cr_assert(line != NULL && parse(&lab, line, &err) == ERR_REFUSED, "%s", err.text);
		cr_assert(strstr(err.text, "not a point on its curve") != NULL, "%s", err.text);
	}
	lab_close(&lab);
}

Test(sshkey, refuses_a_hardware_key_of_another_application)
{
	struct lab lab;
	EVP_PKEY *pkey = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	struct err err = { 0 };
	const char *good, *other;

	cr_assert(lab_open(&lab) && pkey != NULL);
	good = forge_line(&lab.arena, "sk-ssh-ed25519@openssh.com", forge_sk_key(&lab.arena, pkey, "ssh:"));
	other = forge_line(&lab.arena, "sk-ssh-ed25519@openssh.com", forge_sk_key(&lab.arena, pkey, "ssh:work"));
	cr_assert(good != NULL && parse(&lab, good, &err) == ERR_NONE, "%s", err.text);
	cr_assert(other != NULL && parse(&lab, other, &err) == ERR_REFUSED);
	cr_assert(strstr(err.text, "another application") != NULL, "%s", err.text);
	EVP_PKEY_free(pkey);
	lab_close(&lab);
}

/* Of small order: with R such a point and S zero, a signature by it holds over about one message in eight, made by
 * nobody. */
static const char *const small_order[] = {
	"0000000000000000000000000000000000000000000000000000000000000000",
	"0100000000000000000000000000000000000000000000000000000000000000",
	"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
	"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
	"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
};

static bool anybody_can_sign(const unsigned char *point)
{
	static const unsigned char signature[64] = { 1 };
	EVP_PKEY *pkey = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, point, 32);
	bool holds = false;

	for (unsigned char message = 0; pkey != NULL && !holds && message < 255; message++) {
		EVP_MD_CTX *ctx = EVP_MD_CTX_new();

		holds = ctx != NULL && EVP_DigestVerifyInit(ctx, NULL, NULL, NULL, pkey) == 1 &&
			EVP_DigestVerify(ctx, signature, sizeof signature, &message, 1) == 1;
		EVP_MD_CTX_free(ctx);
	}
	EVP_PKEY_free(pkey);
	return holds;
}

Test(sshkey, refuses_keys_under_which_anybody_can_sign)
{
	struct lab lab;

	cr_assert(lab_open(&lab));
	for (size_t i = 0; i < 2 * sizeof small_order / sizeof *small_order; i++) {
		struct digest point;
		struct err err = { 0 };
		const char *line;

		cr_assert(digest_read(small_order[i / 2], &point));
		point.bytes[31] |= i % 2 == 0 ? 0 : 0x80;
		cr_assert(i % 2 != 0 || anybody_can_sign(point.bytes), "the point %zu is sound", i / 2);
		const struct octets parts[] = { forge_string(&lab.arena, octets_of("ssh-ed25519")),
			forge_string(&lab.arena, (struct octets){ point.bytes, 32 }) };
		line = forge_line(&lab.arena, "ssh-ed25519", forge_join(&lab.arena, parts, 2));
		cr_assert(line != NULL && parse(&lab, line, &err) == ERR_REFUSED, "point %zu is taken", i / 2);
	}
	lab_close(&lab);
}

Test(sshkey, says_so_when_memory_is_out)
{
	struct arena arena;
	struct sshkey key;

	arena_init(&arena, 1);
	cr_assert(sshkey_parse("jane.pub", TEXT, strlen(TEXT), &arena, &key, NULL) == ERR_SYSTEM);
	arena_release(&arena);
}
