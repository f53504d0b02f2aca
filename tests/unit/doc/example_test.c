#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <gonogo/doc/difference.h>
#include <gonogo/doc/memo.h>
#include <gonogo/doc/plan.h>

#include "documents.h"

TestSuite(doc_example, .timeout = 60);

/* Fills `found` with what is wrong, or leaves it empty. */
static void round_trip(const struct document *document, const char *folder, char *found, size_t room)
{
	struct arena arena;
	struct err err;
	struct buf out = BUF_EMPTY, difference = BUF_EMPTY;
	enum doc_kind kind;
	size_t size = 0;
	char *text = documents_read(folder, document->file, &size);
	arena_init(&arena, 0);
	found[0] = '\0';
	if (!text)
		(void)snprintf(found, room, "%s/%s is not there", folder, document->file);
	else if (detect_kind(document->file, text, size, &arena, &kind, &err) != ERR_NONE || kind != document->kind)
		(void)snprintf(found, room, "%s is taken for another document", document->file);
	else if (document->reprint(document->file, text, size, &arena, &out, &err) != ERR_NONE)
		(void)snprintf(found, room, "%.900s", err.text);
	else if (doc_difference(document->file, text, size, buf_text(&out), &difference) || out.size != size)
		(void)snprintf(found, room, "%s", buf_text(&difference));
	free(text);
	buf_release(&out);
	buf_release(&difference);
	arena_release(&arena);
}

static void every_round_trip(const char *folder, char *found, size_t room)
{
	found[0] = '\0';
	for (size_t i = 0; i < DOCUMENTS && found[0] == '\0'; i++)
		round_trip(&documents[i], folder, found, room);
}

Test(doc_example, specification_round_trips)
{
	char found[1024];
	every_round_trip("tests/data/spec-example", found, sizeof found);
	cr_assert_str_empty(found, "%s", found);
}

Test(doc_example, our_own_round_trips)
{
	char found[1024];
	every_round_trip("data/example", found, sizeof found);
	cr_assert_str_empty(found, "%s", found);
}

Test(doc_example, copies_are_the_specification)
{
	static const char original[] = "../shared/spec/example";
	size_t size = 0, copied = 0;
	char *probe = documents_read(original, documents[0].file, &size);
	free(probe);
	if (!probe)
		cr_skip_test(
			"the specification is not beside the sources; its copies in tests/data were checked alone");
	for (size_t i = 0; i < DOCUMENTS; i++) {
		char *text = documents_read(original, documents[i].file, &size);
		char *copy = documents_read("tests/data/spec-example", documents[i].file, &copied);
		const bool same = text && copy && size == copied && memcmp(text, copy, size) == 0;
		free(text);
		free(copy);
		cr_assert(same, "%s differs from the specification's", documents[i].file);
	}
}

/* What `sed '/^Signatures:/,$d'` leaves. */
static size_t before_signatures(const char *text)
{
	const char *found = strstr(text, "\nSignatures:");
	return found ? (size_t)(found + 1 - text) : strlen(text);
}

Test(doc_example, signed_part_is_what_sed_leaves)
{
	struct arena arena;
	struct err err;
	struct buf part = BUF_EMPTY, rest = BUF_EMPTY;
	struct memo memo;
	size_t size = 0;
	char *text = documents_read("tests/data/spec-example", "memo.txt", &size);
	cr_assert_not_null(text, "run by make check");
	arena_init(&arena, 0);
	cr_assert_eq(memo_parse("memo.txt", text, size, &arena, &memo, &err), ERR_NONE, "%s", err.text);
	memo_print_signed_part(&memo, &part);
	memo_print_signatures(&memo, &rest);
	cr_assert_eq(part.size, before_signatures(text), "%s", part.bytes);
	cr_assert_eq(memcmp(part.bytes, text, part.size), 0, "the signed part differs");
	cr_assert_str_eq(text + part.size, buf_text(&rest), "the signatures differ");
	free(text);
	buf_release(&part);
	buf_release(&rest);
	arena_release(&arena);
}

Test(doc_example, memo_values)
{
	struct arena arena;
	struct err err;
	struct memo memo;
	size_t size = 0;
	char *text = documents_read("tests/data/spec-example", "memo.txt", &size), date[WHEN_TEXT_MAX];
	cr_assert_not_null(text, "run by make check");
	arena_init(&arena, 0);
	cr_assert_eq(memo_parse("memo.txt", text, size, &arena, &memo, &err), ERR_NONE, "%s", err.text);
	cr_assert_str_eq(memo.release, "2025-01-15-audit-filter-ui", "release");
	cr_assert_eq(memo.class, CLASS_WORKFLOW, "class");
	cr_assert_eq(memo.kind, MEMO_STABLE, "kind");
	cr_assert_eq(memo.decision, DECISION_GO, "decision");
	cr_assert_eq(memo.approver_count, 2, "approvers");
	cr_assert_str_eq(memo.approvers[1].name, "Bob Smith", "second approver");
	cr_assert_eq(memo.approvers[1].role, ROLE_SYSTEM_OWNER, "his role");
	cr_assert_str_eq(when_date(memo.approvers[1].date, date), "2025-01-29", "his date");
	cr_assert_eq(memo.item_count, 7, "items");
	cr_assert_str_eq(memo.items[0].text, "All channel durations met", "first item");
	cr_assert_str_eq(memo.items[0].figure, "2 weeks in experimental, 1 week in candidate", "its figure");
	cr_assert_null(memo.items[1].figure, "second item has no figure");
	cr_assert_eq(memo.risk_count, 0, "risks");
	cr_assert_eq(memo.notes.count, 3, "notes");
	cr_assert_str_eq(memo.notes.items[2], "No errors or cross-tenant issues observed.", "third note");
	cr_assert(memo.has_signatures && memo.dev_lead_required, "signatures");
	cr_assert_str_eq(memo.lead_signature.name, "Jane Doe", "dev lead");
	free(text);
	arena_release(&arena);
}

Test(doc_example, plan_values)
{
	struct arena arena;
	struct err err;
	struct plan plan;
	size_t size = 0;
	char *text = documents_read("data/example", "exposure-plan.txt", &size), date[WHEN_TEXT_MAX];
	cr_assert_not_null(text, "run by make check");
	arena_init(&arena, 0);
	cr_assert_eq(plan_parse("plan.txt", text, size, &arena, &plan, &err), ERR_NONE, "%s", err.text);
	cr_assert_eq(plan.class, CLASS_CAPABILITY, "class");
	cr_assert_eq(plan.tenants.count, 2, "tenants");
	cr_assert_str_eq(plan.tenants.items[1], "saltmarsh", "second tenant");
	cr_assert_str_eq(when_date(plan.start, date), "2026-03-02", "start");
	cr_assert_eq(plan.min_s, 2 * WHEN_WEEK_S, "minimum");
	cr_assert_eq(plan.max_s, 5 * WHEN_WEEK_S, "maximum");
	cr_assert_eq(plan.criteria.count, 3, "criteria");
	cr_assert_str_eq(plan.claim, "Tomas Okafor, 2026-02-27", "claim");
	free(text);
	arena_release(&arena);
}

/* Parses one damaged text; false when it was taken and printed something that may not be shown, or complained with such a sentence. */
static bool is_harmless(const struct document *document, const char *text, size_t size)
{
	struct arena arena;
	struct err err = { 0 };
	struct buf out = BUF_EMPTY;
	arena_init(&arena, 0);
	enum err_kind kind = document->reprint("x.txt", text, size, &arena, &out, &err);
	const bool harmless = kind == ERR_NONE ? documents_is_clean(buf_text(&out))
					       : kind == ERR_INPUT && documents_is_clean(err.text) &&
							 strncmp(err.text, "x.txt:", strlen("x.txt:")) == 0;
	buf_release(&out);
	arena_release(&arena);
	return harmless;
}

/* The first size at which a shortened text does harm, or SIZE_MAX. */
static size_t harmful_cut(const struct document *document, const char *folder)
{
	size_t size = 0, harmful = SIZE_MAX;
	char *text = documents_read(folder, document->file, &size);
	for (size_t cut = 0; text && cut < size && harmful == SIZE_MAX; cut++) {
		char *part = malloc(cut + 1); /* of the very size, so that reading on is seen */
		if (!part)
			break;
		memcpy(part, text, cut);
		if (!is_harmless(document, part, cut))
			harmful = cut;
		free(part);
	}
	free(text);
	return harmful;
}

Test(doc_example, truncated_anywhere_does_no_harm)
{
	for (size_t i = 0; i < DOCUMENTS; i++) {
		cr_assert_eq(harmful_cut(&documents[i], "tests/data/spec-example"), SIZE_MAX, "%s", documents[i].file);
		cr_assert_eq(harmful_cut(&documents[i], "data/example"), SIZE_MAX, "our %s", documents[i].file);
	}
}

static size_t harmful_change(const struct document *document, const char *folder)
{
	static const char bytes[] = "\0\n\r\t\x1b\x7f\x80\x9b\xc3\xe2\xef\xff :-,.()[]_x0A/";
	size_t size = 0, harmful = SIZE_MAX;
	char *text = documents_read(folder, document->file, &size);
	for (size_t at = 0; text && at < size && harmful == SIZE_MAX; at++) {
		const char was = text[at];
		for (size_t i = 0; i < sizeof bytes - 1; i++) {
			text[at] = bytes[i];
			if (!is_harmless(document, text, size))
				harmful = at;
		}
		for (unsigned bit = 0; bit < 8; bit++) {
			text[at] = (char)((unsigned char)was ^ (1U << bit));
			if (!is_harmless(document, text, size))
				harmful = at;
		}
		text[at] = was;
	}
	free(text);
	return harmful;
}

Test(doc_example, one_changed_byte_does_no_harm)
{
	for (size_t i = 0; i < DOCUMENTS; i++)
		cr_assert_eq(
			harmful_change(&documents[i], "tests/data/spec-example"), SIZE_MAX, "%s", documents[i].file);
}
