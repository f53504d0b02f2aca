#include <config.h>

#include <errno.h>
#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/base/digest.h>
#include <gonogo/base/random.h>

#include "fault.h"

TestSuite(digest, .timeout = 10);
TestSuite(random, .timeout = 10);

/* FIPS 180-4, the examples of SHA-256. */
Test(digest, meets_the_published_vectors)
{
	static const struct {
		const char *text, *hex;
	} rows[] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
			"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct digest digest;
		struct err err;
		char hex[DIGEST_HEX_MAX];
		cr_assert(digest_bytes(rows[i].text, strlen(rows[i].text), &digest, &err) == ERR_NONE, "row %zu", i);
		cr_assert_str_eq(digest_hex(&digest, hex), rows[i].hex, "row %zu", i);
	}
}

Test(digest, puts_tag_and_nul_before_the_bytes)
{
	struct digest tagged, plain, other;
	struct err err;
	cr_assert(digest_tagged("tag", "abc", 3, &tagged, &err) == ERR_NONE, "tagged");
	cr_assert(digest_bytes("tag\0abc", 7, &plain, &err) == ERR_NONE, "the same by hand");
	cr_assert(digest_equal(&tagged, &plain), "tag, NUL, bytes");
	cr_assert(digest_tagged("taga", "bc", 2, &other, &err) == ERR_NONE, "another split");
	cr_assert(!digest_equal(&tagged, &other), "a tag cannot run into the bytes");
	cr_assert(digest_tagged("tag", NULL, 0, &other, &err) == ERR_NONE, "no bytes at all");
}

Test(digest, reads_what_it_writes_and_nothing_else)
{
	static const char good[] = "00ff10a9c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852";
	struct digest digest = { { 0 } }, untouched = { { 7 } };
	char hex[DIGEST_HEX_MAX], bad[DIGEST_HEX_MAX + 1];
	cr_assert(digest_is_zero(&digest), "all zero");
	cr_assert(digest_read(good, &digest), "64 lower-case digits");
	cr_assert(!digest_is_zero(&digest), "no longer zero");
	cr_assert_str_eq(digest_hex(&digest, hex), good, "round trip");
	for (size_t i = 0; i < 64; i++) {
		static const char wrong[] = { 'g', 'A', ' ', '/', ':', '`', '\0' };
		for (size_t w = 0; w < sizeof wrong; w++) {
			memcpy(bad, good, sizeof good);
			bad[i] = wrong[w];
			cr_assert(!digest_read(bad, &untouched), "digit %zu, case %zu", i, w);
		}
	}
	memcpy(bad, good, sizeof good);
	bad[64] = '0';
	bad[65] = '\0';
	cr_assert(!digest_read(bad, &untouched), "65 digits");
	cr_assert(!digest_read("", &untouched) && !digest_read(NULL, &untouched), "nothing");
	cr_assert(untouched.bytes[0] == 7, "a refused text changes nothing");
}

Test(digest, writes_hex_of_any_size)
{
	char out[7];
	hex_write("\x00\x7f\xff", 3, out);
	cr_assert_str_eq(out, "007fff", "three bytes");
	hex_write("", 0, out);
	cr_assert_str_eq(out, "", "none");
}

Test(random, makes_ids_of_32_digits_that_differ)
{
	char ids[64][RANDOM_ID_MAX];
	struct err err;
	for (size_t i = 0; i < 64; i++) {
		cr_assert(random_id(ids[i], &err) == ERR_NONE, "id %zu", i);
		cr_assert(strspn(ids[i], "0123456789abcdef") == 32 && ids[i][32] == '\0', "id %s", ids[i]);
		for (size_t j = 0; j < i; j++)
			cr_assert(strcmp(ids[i], ids[j]) != 0, "%zu and %zu", i, j);
	}
}

Test(random, goes_on_after_a_signal_and_tells_a_failure)
{
	char id[RANDOM_ID_MAX];
	struct err err;
	fault_once(FAULT_RANDOM, 1, EINTR);
	cr_assert(random_id(id, &err) == ERR_NONE, "interrupted once");
	fault_from(FAULT_RANDOM, 1, ENOSYS);
	cr_assert(random_id(id, &err) == ERR_SYSTEM, "no randomness, no id");
}
