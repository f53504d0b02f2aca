#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <gonogo/core/fact.h>

TestSuite(fact, .timeout = 60, .description = "the canonical bytes of a fact and its place in the chain, as gonogo-ledger(5) says");

/* The test vectors of the page, so that the page, the code and anybody's own program say the same. */
struct vector { char text[4096]; char ledger[64]; char genesis[DIGEST_HEX_MAX]; char hash[DIGEST_HEX_MAX]; };

static void read_vector(struct vector *vector)
{
	char path[512], page[32768], hex[4][DIGEST_HEX_MAX];
	const char *top = getenv("GONOGO_SRC"), *at;
	FILE *file;
	size_t size;

	snprintf(path, sizeof path, "%s/man/gonogo-ledger.5", top ? top : ".");
	file = fopen(path, "rb");
	cr_assert(file, "cannot read %s", path);
	size = fread(page, 1, sizeof page - 1, file);
	fclose(file);
	page[size] = '\0';
	at = strstr(page, "\n.Sh TEST VECTORS\n");
	cr_assert(at, "the page has no test vectors");
	cr_assert_eq(sscanf(strstr(at, "\n.Li ") + 5, "%63s", vector->ledger), 1, "no ledger");
	for (size_t i = 0; i < 2; i++) {
		at = strstr(at + 1, "\n.Dl ");
		cr_assert(at && sscanf(at + 5, "%64s", hex[i]) == 1, "digest %zu is not there", i);
	}
	snprintf(vector->genesis, sizeof vector->genesis, "%s", hex[0]);
	snprintf(vector->hash, sizeof vector->hash, "%s", hex[1]);
	snprintf(vector->text, sizeof vector->text, "%.4000s", strstr(page, "\n.Sh TEST VECTORS\n"));
}

/* The value behind the name in the page's table of fields. */
static const char *field(const struct vector *vector, const char *name, char *out, size_t size)
{
	char line[32];
	const char *at;

	snprintf(line, sizeof line, "\n%-9s", name);
	at = strstr(vector->text, line);
	cr_assert(at, "the page does not give %s", name);
	at += strlen(line);
	snprintf(out, size, "%.*s", (int)strcspn(at, "\n"), at);
	return out;
}

Test(fact, head_before_the_first_fact_is_the_pages)
{
	struct vector vector;
	struct digest head;
	struct err err = { 0 };
	char hex[DIGEST_HEX_MAX];

	read_vector(&vector);
	cr_assert_eq(fact_genesis(vector.ledger, &head, &err), ERR_NONE, "%s", err.text);
	cr_assert_str_eq(digest_hex(&head, hex), vector.genesis, "another head");
}

static struct fact make_fact(const struct vector *vector, char texts[9][128])
{
	static const char *const names[] = { "at", "actor", "origin", "tenant", "release", "kind", "action", "body", "sig" };
	struct fact fact = { .seq = 1 };

	for (size_t i = 0; i < sizeof names / sizeof *names - 1; i++)
		field(vector, names[i], texts[i], sizeof texts[i]);
	cr_assert(when_read(texts[0], &fact.at), "no moment: %s", texts[0]);
	fact.actor = texts[1];
	fact.origin = texts[2];
	fact.tenant = texts[3];
	fact.release = texts[4];
	fact.kind = texts[5];
	fact.action = texts[6];
	fact.body = texts[7];
	fact.sig = "";
	cr_assert(digest_read(vector->genesis, &fact.prev), "no digest: %s", vector->genesis);
	return fact;
}

Test(fact, hash_is_the_pages)
{
	struct vector vector;
	char texts[9][128] = { "" }, hex[DIGEST_HEX_MAX];
	struct fact fact;
	struct err err = { 0 };

	read_vector(&vector);
	fact = make_fact(&vector, texts);
	cr_assert_eq(fact_hash(&fact, &fact.hash, &err), ERR_NONE, "%s", err.text);
	cr_assert_str_eq(digest_hex(&fact.hash, hex), vector.hash, "another hash");
	cr_assert_eq(fact_check(&fact, &err), ERR_NONE, "%s", err.text);
	fact.sig = NULL;
	cr_assert_eq(fact_check(&fact, &err), ERR_NONE, "no signature and an empty one are the same");
}

/* Whatever is changed, the hash does not hold; nor does a byte moved from one field into the next. */
Test(fact, every_field_counts)
{
	struct vector vector;
	char texts[9][128] = { "" };
	struct fact fact, other;
	struct err err = { 0 };

	read_vector(&vector);
	fact = make_fact(&vector, texts);
	cr_assert_eq(fact_hash(&fact, &fact.hash, &err), ERR_NONE, "%s", err.text);
	{
		const char **members[] = { &other.actor, &other.origin, &other.tenant, &other.release, &other.kind, &other.action, &other.body, &other.sig };

		for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
			other = fact;
			*members[i] = "x";
			err = (struct err){ 0 };
			cr_assert_eq(fact_check(&other, &err), ERR_INTEGRITY, "member %zu does not count", i);
			cr_assert(strstr(err.text, "Fact 1 "), "%s", err.text);
		}
	}
	other = fact;
	other.seq++;
	cr_assert_eq(fact_check(&other, &err), ERR_INTEGRITY, "seq does not count");
	other = fact;
	other.at++;
	cr_assert_eq(fact_check(&other, &err), ERR_INTEGRITY, "at does not count");
	other = fact;
	other.prev.bytes[31] ^= 1;
	cr_assert_eq(fact_check(&other, &err), ERR_INTEGRITY, "prev does not count");
	other = fact;
	other.actor = "bobh";
	other.origin = "ost:1000";
	cr_assert_eq(fact_check(&other, &err), ERR_INTEGRITY, "a byte may move between fields");
}

/* Every field, in the order of the page, as one object on one line; what a terminal could take for an order is written as a number. */
Test(fact, json_holds_every_field_on_one_line)
{
	struct vector vector;
	char texts[9][128] = { "" }, expected[1024];
	struct fact fact;
	struct err err = { 0 };
	struct buf out = BUF_EMPTY;

	read_vector(&vector);
	fact = make_fact(&vector, texts);
	fact.sig = "after 0\nnext";
	fact.body = "{\"v\":1,\"text\":\"a\\nb \xe2\x80\xae\xc3\xa9\"}";
	cr_assert_eq(fact_hash(&fact, &fact.hash, &err), ERR_NONE, "%s", err.text);
	fact_json(&fact, &out);
	cr_assert_eq(buf_check(&out, &err), ERR_NONE, "%s", err.text);
	snprintf(expected, sizeof expected,
		 "{\"seq\":1,\"at\":\"2026-02-05T09:12:00Z\",\"actor\":\"bob\",\"origin\":\"host:1000\",\"tenant\":\"acme\",\"release\":\"-\","
		 "\"kind\":\"tenant.opted_out\",\"action\":\"00112233445566778899aabbccddeeff\","
		 "\"body\":\"{\\\"v\\\":1,\\\"text\\\":\\\"a\\\\nb \\u202e\xc3\xa9\\\"}\",\"prev\":\"%s\",\"hash\":\"", vector.genesis);
	cr_assert(strncmp(buf_text(&out), expected, strlen(expected)) == 0, "expected %s\nfound %s", expected, buf_text(&out));
	cr_assert_str_eq(buf_text(&out) + strlen(expected) + 64, "\",\"sig\":\"after 0\\nnext\"}\n", "%s", buf_text(&out));
	buf_release(&out);
}
