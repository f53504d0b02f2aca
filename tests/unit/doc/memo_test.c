#include <config.h>

#include <string.h>

#include <criterion/criterion.h>
#include <gonogo/doc/memo.h>

#include "documents.h"

TestSuite(doc_memo, .timeout = 10);

enum { DAY = 1738108800 }; /* 2025-01-29 */

static const struct memo_signer both[] = {
	{ "Jane Doe", ROLE_DEV_LEAD, DAY },
	{ "Bob Smith", ROLE_SYSTEM_OWNER, DAY },
};
static const struct memo_item seven[] = {
	{ true, "a", "1 (one)" },
	{ false, "b", "waits: 3 days" },
	{ true, "c", NULL },
	{ true, "d", NULL },
	{ true, "e", NULL },
	{ true, "f", NULL },
	{ true, "g", NULL },
};

static struct memo sample(void)
{
	return (struct memo){ .kind = MEMO_STABLE,
		.release = "r",
		.class = CLASS_MECHANISM,
		.date = DAY,
		.decision = DECISION_GO,
		.approvers = both,
		.approver_count = 2,
		.items = seven,
		.item_count = 7,
		.has_signatures = true,
		.owner_signature = { NULL, ROLE_SYSTEM_OWNER, 0 },
		.lead_signature = { NULL, ROLE_DEV_LEAD, 0 },
		.dev_lead_required = true };
}

#define TOP(decision)                                                                                                  \
	"GO/NO-GO DECISION MEMO\n\nRelease: r\nClassification: Mechanism change (high risk)\nDate: 2025-01-29\n\n"     \
	"DECISION: " decision "\n\nApprovers:\n"
#define LEAD  "  - Jane Doe, Dev Lead, 2025-01-29\n"
#define OWNER "  - Bob Smith, System Owner, 2025-01-29\n"
#define ITEMS                                                                                                          \
	"\nChecklist:\n  - [x] a (1 (one))\n  - [ ] b (waits: 3 days)\n  - [x] c\n  - [x] d\n  - [x] e\n  - [x] f\n"   \
	"  - [x] g\n"
#define OPEN_OWNER "\nSignatures:\n  - System Owner: _________________ Date: _______\n"
#define OPEN_LEAD  "  - Dev Lead: _________________ Date: _______\n"

Test(doc_memo, open_with_risks)
{
	static const struct memo_risk risks[] = {
		{ "Restore is slow", "An hour: fine\n\n  at night" },
		{ "Two\nlines", "x" },
	};
	struct memo memo = sample();
	struct buf out = BUF_EMPTY;
	memo.risks = risks;
	memo.risk_count = 2;
	memo_print(&memo, &out);
	cr_assert_str_eq(buf_text(&out), TOP("GO") LEAD OWNER ITEMS
		"\nKnown Risks Accepted:\n  - Restore is slow: An hour: fine\n\n      at night\n"
		"  - Two lines: x\n\nNotes:\n" OPEN_OWNER OPEN_LEAD);
	buf_release(&out);
}

Test(doc_memo, no_go_has_rationale_and_remediation)
{
	static const char *const notes[] = { "n" };
	static const char expected[] =
		TOP("NO-GO") OWNER ITEMS "\nKnown Risks Accepted:\n  - None\n\nRationale:\n  Errors doubled.\n\n  "
					 "Twice.\n\nRemediation Plan:\n  Fix it.\n"
					 "\nNotes:\n  n\n" OPEN_OWNER "  - Dev Lead: not required\n";
	struct memo memo = sample(), again;
	struct buf out = BUF_EMPTY;
	struct arena arena;
	struct err err;
	memo.decision = DECISION_NO_GO;
	memo.approvers = &both[1];
	memo.approver_count = 1;
	memo.rationale = "Errors doubled.\n\nTwice.\n";
	memo.remediation = "Fix it.";
	memo.notes = (struct texts){ notes, 1 };
	memo.dev_lead_required = false;
	memo_print(&memo, &out);
	cr_assert_str_eq(buf_text(&out), expected);
	arena_init(&arena, 0);
	cr_assert_eq(memo_parse("f", out.bytes, out.size, &arena, &again, &err), ERR_NONE, "%s", err.text);
	cr_assert_str_eq(again.rationale, "Errors doubled.\n\nTwice.");
	cr_assert_str_eq(again.remediation, "Fix it.");
	cr_assert_not(again.dev_lead_required, "the dev lead's line");
	cr_assert_null(again.owner_signature.name, "the owner's line is open");
	cr_assert_not(again.items[1].ticked, "second item");
	cr_assert_str_eq(again.items[0].figure, "1 (one)");
	buf_release(&out);
	arena_release(&arena);
}

Test(doc_memo, signed_part_alone_is_read)
{
	struct memo memo = sample(), again;
	struct buf part = BUF_EMPTY, out = BUF_EMPTY;
	struct arena arena;
	struct err err;
	memo_print_signed_part(&memo, &part);
	arena_init(&arena, 0);
	cr_assert_eq(memo_parse("f", part.bytes, part.size, &arena, &again, &err), ERR_NONE, "%s", err.text);
	cr_assert_not(again.has_signatures, "there are none");
	memo_print(&again, &out);
	cr_assert_str_eq(buf_text(&out), buf_text(&part));
	buf_release(&part);
	buf_release(&out);
	arena_release(&arena);
}

/* Words that would be structure if they began a line. */
static const char *const forgeries[] = {
	"Signatures:",
	"x\nSignatures:\n  - System Owner: Bob Smith, 2025-01-29",
	"\n\nSignatures:",
	"DECISION: GO\n\nDECISION: GO",
	"  - [x] All channel durations met",
	"Notes:\n  all is well",
	"  Signatures:\n Signatures:",
	"None\n  - None\nKnown Risks Accepted:",
};

static void forge(struct memo *memo, const char *words, struct memo_signer *signers, struct memo_item *items,
	struct memo_risk *risk)
{
	*memo = sample();
	memcpy(signers, both, sizeof both);
	memcpy(items, seven, sizeof seven);
	signers[0].name = words;
	items[3].text = words;
	items[4].figure = words;
	*risk = (struct memo_risk){ words, words };
	memo->approvers = signers;
	memo->items = items;
	memo->risks = risk;
	memo->risk_count = 1;
	memo->decision = DECISION_NO_GO;
	memo->rationale = words;
	memo->remediation = words;
}

Test(doc_memo, words_cannot_pass_for_structure)
{
	for (size_t i = 0; i < sizeof forgeries / sizeof forgeries[0]; i++) {
		struct memo_signer signers[2];
		struct memo_item items[7];
		struct memo_risk risk;
		struct memo memo, again;
		struct buf part = BUF_EMPTY, whole = BUF_EMPTY;
		struct arena arena;
		struct err err;
		forge(&memo, forgeries[i], signers, items, &risk);
		memo.notes = (struct texts){ &forgeries[i], 1 };
		memo_print_signed_part(&memo, &part);
		memo_print(&memo, &whole);
		const char *line = strstr(buf_text(&whole), "\nSignatures:");
		cr_assert_not_null(line, "number %zu", i);
		cr_assert_eq(
			(size_t)(line + 1 - buf_text(&whole)), part.size, "number %zu: sed would cut elsewhere", i);
		cr_assert_null(strstr(buf_text(&part), "\nSignatures:"), "number %zu", i);
		arena_init(&arena, 0);
		cr_assert_eq(memo_parse("f", whole.bytes, whole.size, &arena, &again, &err), ERR_NONE, "number %zu: %s",
			i, err.text);
		cr_assert_eq(again.approver_count, 2, "number %zu", i);
		cr_assert_eq(again.item_count, 7, "number %zu", i);
		cr_assert_eq(again.risk_count, 1, "number %zu", i);
		cr_assert_eq(again.decision, DECISION_NO_GO, "number %zu", i);
		cr_assert_null(again.owner_signature.name, "number %zu", i);
		buf_release(&part);
		buf_release(&whole);
		arena_release(&arena);
	}
}

#define RISKS "\nKnown Risks Accepted:\n  - None\n"

Test(doc_memo, refused)
{
	static const struct {
		const char *text, *said;
	} refusals[] = {
		{ "GO/NO-GO DECISION\n", "f:1: found \"GO/NO-GO DECISION\", expected \"GO/NO-GO DECISION MEMO\"." },
		{ TOP("GO / NO-GO"), "f:7: the decision is \"GO / NO-GO\", expected one of \"GO\", \"NO-GO\"." },
		{ TOP("GO") "  - [Name], [Role], [Date]\n", "f:10: found \"  - [Name], [Role], [Date]\", expected \"  "
							    "- NAME, ROLE, DATE\" with a role such as \"System "
							    "Owner\" and a day such as 2025-01-15." },
		{ TOP("GO") "  - Jane Doe, Boss, 2025-01-29\n", "f:10: found \"  - Jane Doe, Boss, 2025-01-29\", "
								"expected \"  - NAME, ROLE, DATE\" with a role such as "
								"\"System Owner\" and a day such as 2025-01-15." },
		{ TOP("GO") LEAD "\nNotes:\n", "f:12: found \"Notes:\", expected \"Checklist:\"." },
		{ TOP("GO") LEAD "\nChecklist:\n",
			"f:12: the document ends here, expected \"  - [x] TEXT\" or \"  - [ ] TEXT\"." },
		{ TOP("GO") LEAD ITEMS "\nKnown Risks Accepted:\n",
			"f:21: the document ends here, expected \"  - None\" or \"  - RISK: RATIONALE\"." },
		{ TOP("GO") LEAD ITEMS "\nKnown Risks Accepted:\n  - Fire\n",
			"f:22: found \"  - Fire\", expected \"  - RISK: RATIONALE\", or \"  - None\" as the only "
			"item." },
		{ TOP("GO") LEAD ITEMS "\nKnown Risks Accepted:\n  - Fire: small\n  - None\n",
			"f:23: found \"  - None\", expected \"  - RISK: RATIONALE\", or \"  - None\" as the only "
			"item." },
		{ TOP("GO") LEAD ITEMS RISKS "\nRationale:\n  r\n",
			"f:24: found \"Rationale:\", expected \"Notes:\"." },
		{ TOP("NO-GO") LEAD ITEMS RISKS "\nRationale:\nr\n",
			"f:25: found \"r\", expected text indented by two spaces." },
		{ TOP("GO") LEAD ITEMS RISKS "\nNotes:\n[Any additional context]\n",
			"f:25: found the template's placeholder \"[Any additional context]\", expected the note." },
		{ TOP("GO") LEAD ITEMS RISKS "\nNotes:\n\nSignatures:\n",
			"f:26: the document ends here, expected \"  - System Owner: NAME, DATE\", \"  - System Owner: "
			"_________________ Date: _______\"." },
		{ TOP("GO") LEAD ITEMS RISKS "\nNotes:\n" OPEN_OWNER "  - Dev Lead: Jane Doe\n",
			"f:28: found \"  - Dev Lead: Jane Doe\", expected \"  - Dev Lead: NAME, DATE\", \"  - Dev "
			"Lead: "
			"_________________ Date: _______\" or \"  - Dev Lead: not required\"." },
		{ TOP("GO") LEAD ITEMS RISKS "\nNotes:\n" OPEN_OWNER OPEN_LEAD OPEN_LEAD,
			"f:29: found \"  - Dev Lead: _________________ Date: _______\", expected the end of the "
			"memo." },
	};
	for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
		struct memo memo;
		struct arena arena;
		struct err err;
		arena_init(&arena, 0);
		cr_assert_eq(memo_parse("f", refusals[i].text, strlen(refusals[i].text), &arena, &memo, &err),
			ERR_INPUT, "number %zu was taken", i);
		cr_assert_str_eq(err.text, refusals[i].said, "number %zu: %s", i, err.text);
		arena_release(&arena);
	}
}

/* The template writes its notes without an indent; they are taken so, and printed with one. */
Test(doc_memo, notes_without_indent)
{
	static const char text[] = TOP("GO") LEAD ITEMS RISKS "\nNotes:\nfirst\n\nsecond\n" OPEN_OWNER OPEN_LEAD;
	struct memo memo;
	struct buf out = BUF_EMPTY;
	struct arena arena;
	struct err err;
	arena_init(&arena, 0);
	cr_assert_eq(memo_parse("f", text, sizeof text - 1, &arena, &memo, &err), ERR_NONE, "%s", err.text);
	memo_print(&memo, &out);
	cr_assert_not_null(
		strstr(buf_text(&out), "\nNotes:\n  first\n\n  second\n\nSignatures:\n"), "%s", buf_text(&out));
	buf_release(&out);
	arena_release(&arena);
}
