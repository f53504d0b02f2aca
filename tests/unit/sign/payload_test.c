#include <config.h>

#include <criterion/criterion.h>
#include <string.h>

#include <gonogo/sign/payload.h>

TestSuite(payload, .timeout = 60);

#define HEAD "9b1d77c01e2fa90100112233445566778899aabbccddeeff0123456789abcdef"
#define BODY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static const char golden[] = "gonogo-fact/v1\n"
			     "ledger 5f0c12ab00112233445566778899aabb\n"
			     "after 1204 " HEAD "\n"
			     "kind approval.given\n"
			     "action 00112233445566778899aabbccddeeff\n"
			     "signed-at 2026-11-23T18:50:07Z\n"
			     "actor jane.doe\n"
			     "tenant *\n"
			     "release 2025-01-08-export-csv\n"
			     "body sha256:" BODY "\n";

static bool sample(struct payload *out)
{
	*out = (struct payload){
		.ledger = "5f0c12ab00112233445566778899aabb",
		.size = 1204,
		.kind = "approval.given",
		.action = "00112233445566778899aabbccddeeff",
		.actor = "jane.doe",
		.tenant = "*",
		.release = "2025-01-08-export-csv",
	};
	return digest_read(HEAD, &out->head) && digest_read(BODY, &out->body) &&
	       when_read("2026-11-23T18:50:07Z", &out->signed_at);
}

Test(payload, is_ten_short_lines)
{
	struct arena arena;
	struct payload payload;
	const char *text;
	size_t size;
	struct err err = { 0 };

	arena_init(&arena, 0);
	cr_assert(sample(&payload));
	cr_assert(payload_write(&payload, &arena, &text, &size, &err) == ERR_NONE, "%s", err.text);
	cr_assert(strcmp(text, golden) == 0 && size == strlen(golden), "%s", text);
	arena_release(&arena);
}

Test(payload, is_read_back)
{
	struct arena arena;
	struct payload sent, got;
	struct err err = { 0 };

	arena_init(&arena, 0);
	cr_assert(sample(&sent));
	cr_assert(payload_read(golden, strlen(golden), &arena, &got, &err) == ERR_NONE, "%s", err.text);
	cr_assert(strcmp(got.ledger, sent.ledger) == 0 && got.size == sent.size && digest_equal(&got.head, &sent.head));
	cr_assert(strcmp(got.kind, sent.kind) == 0 && strcmp(got.action, sent.action) == 0 &&
		  got.signed_at == sent.signed_at);
	cr_assert(strcmp(got.actor, sent.actor) == 0 && strcmp(got.tenant, sent.tenant) == 0);
	cr_assert(strcmp(got.release, sent.release) == 0 && digest_equal(&got.body, &sent.body));
	arena_release(&arena);
}

Test(payload, fits_its_cap_at_its_longest)
{
	struct arena arena;
	struct payload payload;
	const char *text;
	char word[65];
	size_t size;

	arena_init(&arena, 0);
	cr_assert(sample(&payload));
	memset(word, 'w', 64);
	word[64] = '\0';
	payload.kind = payload.action = payload.actor = payload.tenant = payload.release = word;
	payload.size = INT64_MAX;
	cr_assert(payload_write(&payload, &arena, &text, &size, NULL) == ERR_NONE);
	cr_assert(size < PAYLOAD_TEXT_MAX);
	cr_assert(payload_read(text, size, &arena, &payload, NULL) == ERR_NONE && payload.size == INT64_MAX);
	arena_release(&arena);
}

/* Whatever is read is what would be written: so no two texts say the same, and no change goes unseen. */
Test(payload, has_one_spelling)
{
	static const char put[] = "\n \t\r*-.0a9fzZ:\x80";
	char text[sizeof golden];
	size_t taken = 0;

	for (size_t at = 0; at < strlen(golden); at++) {
		for (size_t i = 0; i < sizeof put; i++) { /* the NUL too */
			struct arena arena;
			struct payload got;
			const char *again;
			size_t size;

			memcpy(text, golden, sizeof text);
			text[at] = put[i];
			arena_init(&arena, 0);
			if (payload_read(text, strlen(golden), &arena, &got, NULL) == ERR_NONE) {
				taken++;
				cr_assert(payload_write(&got, &arena, &again, &size, NULL) == ERR_NONE);
				cr_assert(size == strlen(golden) && memcmp(text, again, size) == 0, "byte %zu, %d", at,
					put[i]);
			}
			arena_release(&arena);
		}
	}
	cr_assert(taken > 0);
}

Test(payload, refuses_a_cut_or_longer_text)
{
	struct arena arena;
	struct payload got;
	struct err err = { 0 };
	char longer[sizeof golden + 1];

	arena_init(&arena, 0);
	for (size_t size = 0; size < strlen(golden); size++)
		cr_assert(payload_read(golden, size, &arena, &got, &err) == ERR_INTEGRITY, "%zu bytes are taken", size);
	memcpy(longer, golden, sizeof golden - 1);
	memcpy(longer + sizeof golden - 1, "\n", 2);
	cr_assert(payload_read(longer, strlen(longer), &arena, &got, &err) == ERR_INTEGRITY);
	cr_assert(payload_read(golden, sizeof golden, &arena, &got, &err) == ERR_INTEGRITY,
		"a NUL behind the end is taken");
	arena_release(&arena);
}

Test(payload, writes_no_value_that_would_blur_a_line)
{
	static const char *const words[] = { "", "a b", "a\nrelease other", "\xc3\xa4", "a\x1b", NULL };
	struct arena arena;
	const char *text;
	size_t size;

	arena_init(&arena, 0);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct payload payload;
		const char **members[] = { &payload.ledger, &payload.kind, &payload.action, &payload.actor,
			&payload.tenant, &payload.release };

		for (size_t m = 0; m < sizeof members / sizeof *members; m++) {
			struct err err = { 0 };

			cr_assert(sample(&payload));
			*members[m] = words[i];
			cr_assert(payload_write(&payload, &arena, &text, &size, &err) == ERR_INTEGRITY,
				"word %zu, member %zu", i, m);
			cr_assert(strstr(err.text, "line \"") != NULL, "%s", err.text);
		}
	}
	arena_release(&arena);
}

Test(payload, writes_no_number_or_time_out_of_range)
{
	struct arena arena;
	struct payload payload;
	const char *text;
	size_t size;

	arena_init(&arena, 0);
	cr_assert(sample(&payload));
	payload.size = -1;
	cr_assert(payload_write(&payload, &arena, &text, &size, NULL) == ERR_INTEGRITY);
	cr_assert(sample(&payload));
	payload.signed_at = WHEN_NONE;
	cr_assert(payload_write(&payload, &arena, &text, &size, NULL) == ERR_INTEGRITY);
	arena_release(&arena);
}

Test(payload, says_so_when_memory_is_out)
{
	struct arena arena;
	struct payload payload;
	const char *text;
	size_t size;

	arena_init(&arena, 1);
	cr_assert(sample(&payload));
	cr_assert(payload_write(&payload, &arena, &text, &size, NULL) == ERR_SYSTEM);
	cr_assert(payload_read(golden, strlen(golden), &arena, &payload, NULL) == ERR_SYSTEM);
	arena_release(&arena);
}

static const char stored[] = "after 1204 " HEAD "\nsigned-at 2026-11-23T18:50:07Z\nU1NIU0lH";

Test(payload, signature_is_three_lines_in_the_ledger)
{
	struct arena arena;
	struct payload_signature signature = { .size = 1204, .blob = octets_of("SSHSIG") }, got;
	const char *text;
	struct err err = { 0 };

	arena_init(&arena, 0);
	cr_assert(digest_read(HEAD, &signature.head) && when_read("2026-11-23T18:50:07Z", &signature.signed_at));
	cr_assert(payload_signature_write(&signature, &arena, &text, &err) == ERR_NONE, "%s", err.text);
	cr_assert(strcmp(text, stored) == 0, "%s", text);
	cr_assert(payload_signature_read(text, strlen(text), &arena, &got, &err) == ERR_NONE, "%s", err.text);
	cr_assert(got.size == 1204 && digest_equal(&got.head, &signature.head) && got.signed_at == signature.signed_at);
	cr_assert(octets_are(got.blob, "SSHSIG"));
	signature.size = -1;
	cr_assert(payload_signature_write(&signature, &arena, &text, &err) == ERR_INTEGRITY);
	arena_release(&arena);
}

Test(payload, signature_has_one_spelling)
{
	static const char put[] = "\n \t=A0aZ";
	char text[sizeof stored];

	for (size_t at = 0; at < strlen(stored); at++) {
		for (size_t i = 0; i < sizeof put; i++) {
			struct arena arena;
			struct payload_signature got;
			const char *again;

			memcpy(text, stored, sizeof text);
			text[at] = put[i];
			arena_init(&arena, 0);
			if (payload_signature_read(text, strlen(stored), &arena, &got, NULL) == ERR_NONE) {
				cr_assert(payload_signature_write(&got, &arena, &again, NULL) == ERR_NONE);
				cr_assert(strcmp(text, again) == 0, "byte %zu, %d", at, put[i]);
			}
			arena_release(&arena);
		}
	}
}

Test(payload, signature_refuses_a_longer_text)
{
	struct arena arena;
	struct payload_signature got;
	static char huge[PAYLOAD_SIGNATURE_MAX + 1];

	arena_init(&arena, 0);
	memset(huge, 'A', sizeof huge);
	memcpy(huge, stored, strlen(stored));
	cr_assert(payload_signature_read(stored, strlen(stored) - 1, &arena, &got, NULL) == ERR_INTEGRITY);
	cr_assert(payload_signature_read(stored, sizeof stored, &arena, &got, NULL) == ERR_INTEGRITY);
	cr_assert(payload_signature_read(huge, sizeof huge, &arena, &got, NULL) == ERR_INTEGRITY);
	arena_release(&arena);
}

Test(payload, a_signature_is_fresh_for_ten_minutes_either_way)
{
	cr_assert(payload_is_fresh(1000, 1000) && payload_is_fresh(1000, 1600) && payload_is_fresh(1600, 1000), "to the second");
	cr_assert(!payload_is_fresh(1000, 1601), "kept for later");
	cr_assert(!payload_is_fresh(1601, 1000), "signed in the future");
}
