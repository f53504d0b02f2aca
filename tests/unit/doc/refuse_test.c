#include <config.h>

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <gonogo/doc/lines.h>

#include "documents.h"

TestSuite(doc_refuse, .timeout = 10);

enum { MANIFEST, PLAN, SAFETY, SWITCH, ROLLBACK, MEMO };

struct refusal {
	size_t document;
	const char *text, *said;
};

static void each_is_refused(const struct refusal *refusals, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct arena arena;
		struct err err;
		struct buf out = BUF_EMPTY;
		arena_init(&arena, 0);
		enum err_kind kind = documents[refusals[i].document].reprint(
			"f", refusals[i].text, strlen(refusals[i].text), &arena, &out, &err);
		cr_assert_eq(kind, ERR_INPUT, "number %zu was taken", i);
		cr_assert_str_eq(err.text, refusals[i].said, "number %zu: %s", i, err.text);
		buf_release(&out);
		arena_release(&arena);
	}
}
#define EACH_IS_REFUSED(table) each_is_refused(table, sizeof table / sizeof table[0])

#define HEAD "Release ID: r\nClassification: UI-only\nDescription: d\n"
#define BODY HEAD "Files Changed: a\nData Changes: None\nKill Switch: K (default: off)\n"

Test(doc_refuse, manifest)
{
	static const struct refusal refusals[] = {
		{ MANIFEST, "", "f:1: the document ends here, expected \"Release ID:\"." },
		{ MANIFEST, "\n \n", "f:2: the document ends here, expected \"Release ID:\"." },
		{ MANIFEST, HEAD, "f:3: the document ends here, expected \"Files Changed:\"." },
		{ MANIFEST, "Release ID: [release-id]\n",
			"f:1: found the template's placeholder \"[release-id]\", expected the release id." },
		{ MANIFEST, "Release ID:\n", "f:1: found \"Release ID:\", expected the release id in it." },
		{ MANIFEST, "Release ID: a b\n",
			"f:1: the release id holds \" \" at byte 2; write an id of at most 64 letters, digits, \".\", "
			"\"_\" and "
			"\"-\" that opens with a letter or digit." },
		{ MANIFEST, "Release ID:a\n", "f:1: found \"Release ID:a\", expected \"Release ID:\"." },
		{ MANIFEST, "Release ID: r\nClassification: Small\n",
			"f:2: the class is \"Small\", expected one of \"UI-only\", \"Workflow change "
			"(non-destructive)\", \"Capability exposure (guarded)\", \"Mechanism change (high risk)\", "
			"\"Unclear\"." },
		{ MANIFEST, "Release ID: r\nDescription: d\n",
			"f:2: \"Description:\" stands in the wrong place, expected \"Classification:\"." },
		{ MANIFEST, HEAD "Description: e\n",
			"f:4: \"Description:\" stands here again after line 3, expected it once, and here \"Files "
			"Changed:\"." },
		{ MANIFEST, HEAD "Files Changed: a,, b\n",
			"f:4: found \"Files Changed: a,, b\", expected a changed file in it." },
		{ MANIFEST, HEAD "Colour: red\n", "f:4: found \"Colour: red\", expected \"Files Changed:\"." },
		{ MANIFEST, HEAD "Files Changed: a\nData Changes: None\nKill Switch: FLAG\n",
			"f:6: the kill switch is \"FLAG\", expected \"NAME (default: VALUE)\" or \"Feature flag NAME "
			"(default: "
			"VALUE)\"." },
		{ MANIFEST, BODY "Feature Flag: Feature flag F (default: off)\n",
			"f:7: the feature flag is \"Feature flag F (default: off)\", expected \"NAME (default: "
			"VALUE)\"." },
		{ MANIFEST, BODY "Supersedes: a\nRevert Commit: 1f\n",
			"f:8: \"Revert Commit:\" stands in the wrong place, expected the end of the manifest." },
		{ MANIFEST, BODY "Revert Commit: 1f\nRevert Commit: 1f\n",
			"f:8: \"Revert Commit:\" stands here again after line 7, expected it once, and here "
			"\"Supersedes:\" or the "
			"end of the manifest." },
		{ MANIFEST, BODY "Notes: x\n",
			"f:7: found \"Notes: x\", expected \"Feature Flag:\" or \"Revert Commit:\" or \"Supersedes:\" "
			"or the end "
			"of the manifest." },
		{ MANIFEST, BODY "Revert Commit:\n",
			"f:7: found \"Revert Commit:\", expected the commit to revert in it." },
		{ MANIFEST, BODY "Supersedes: R\n",
			"f:7: the release supersedes itself, expected the id of an earlier release." },
	};
	EACH_IS_REFUSED(refusals);
}

#define START  "Release: r\nClassification: UI-only\nExperimental Tenants: a\nOpt-in Method: m\n"
#define DATED  START "Start Date: 2025-01-15\n"
#define WEEKS  DATED "Minimum Duration: 2 weeks\n"
#define LISTED WEEKS "Exit Criteria:\n  - c\n"

Test(doc_refuse, plan)
{
	static const struct refusal refusals[] = {
		{ PLAN, "Release: r\nClassification: UI-only\nExperimental Tenants: a, B, A\n",
			"f:3: \"A\" stands twice, expected it once." },
		{ PLAN, START "Start Date: 15.01.2025\n",
			"f:5: the start date is \"15.01.2025\", expected a day such as 2025-01-15." },
		{ PLAN, START "Start Date: 2025-02-29\n",
			"f:5: the start date is \"2025-02-29\", expected a day such as 2025-01-15." },
		{ PLAN, START "Start Date: 2025-01-15T00:00:00Z\n",
			"f:5: the start date is \"2025-01-15T00:00:00Z\", expected a day such as 2025-01-15." },
		{ PLAN, DATED "Minimum Duration: 1 month\n",
			"f:6: the minimum duration is \"1 month\", expected days or weeks, up to ten years, as in \"10 "
			"days\" or "
			"\"2 weeks\"." },
		{ PLAN, DATED "Minimum Duration: 2 weeks minimum, 4 weeks maximum\n",
			"f:6: the minimum duration is \"2 weeks minimum, 4 weeks maximum\", expected the minimum "
			"alone, as in \"2 "
			"weeks\", and the maximum in a line \"Maximum Duration: 4 weeks\" below it." },
		{ PLAN, WEEKS "Maximum Duration: 4 weeks minimum\n",
			"f:7: the maximum duration is \"4 weeks minimum\", expected a maximum, as in \"4 weeks\"." },
		{ PLAN, WEEKS "Maximum Duration: 13 days\nExit Criteria:\n  - c\nOwner: o\n",
			"f:7: the maximum duration is shorter than the minimum, expected at least 2 weeks." },
		{ PLAN, WEEKS "Exit Criteria:\nOwner: o\n",
			"f:8: found \"Owner: o\", expected \"  - \" and an exit criterion." },
		{ PLAN, WEEKS "Exit Criteria: c\n",
			"f:7: found \"c\" behind \"Exit Criteria:\", expected it below, as \"  - c\"." },
		{ PLAN, WEEKS "Exit Criteria:\n  - [criterion 1]\n",
			"f:8: found the template's placeholder \"[criterion 1]\", expected an exit criterion." },
		{ PLAN, WEEKS "Exit Criteria:\n  -\n", "f:8: found \"  -\", expected \"  - \" and an exit criterion." },
		{ PLAN, LISTED " - d\n", "f:9: found \" - d\", expected \"  - \" or \"Owner:\"." },
		{ PLAN, LISTED "Maximum Duration: 4 weeks\n",
			"f:9: \"Maximum Duration:\" stands in the wrong place, expected \"  - \" or \"Owner:\"." },
		{ PLAN, LISTED "Owner: [name]\n",
			"f:9: found the template's placeholder \"[name]\", expected the owner." },
		{ PLAN, LISTED "Owner: o\nApproved By: [name, date]\n",
			"f:10: found the template's placeholder \"[name, date]\", expected who approved the plan, and "
			"when." },
		{ PLAN, LISTED "Owner: o\nApproved By: a\nmore\n",
			"f:11: found \"more\", expected the end of the exposure plan." },
	};
	EACH_IS_REFUSED(refusals);
}

#define TRIGGER "Rollback Trigger:\n  - t\n\nRollback Procedure:\n  1. s\n"
#define CHECKED TRIGGER "\nRollback Verification:\n  - v\n"
#define SIX     "- [x] a\n- [x] b\n- [x] c\n- [x] d\n- [x] e\n- [x] f\n"

Test(doc_refuse, others)
{
	static const struct refusal refusals[] = {
		{ ROLLBACK, "Rollback Trigger:\n  - t\nRollback Procedure:\n  2. s\n",
			"f:4: found \"  2. s\", expected \"  1. \" and a step." },
		{ ROLLBACK, TRIGGER "  3. s\n",
			"f:6: found \"  3. s\", expected \"  2. \" or \"Rollback Verification:\"." },
		{ ROLLBACK, TRIGGER "Data Recovery: d\n",
			"f:6: \"Data Recovery:\" stands in the wrong place, expected \"  2. \" or \"Rollback "
			"Verification:\"." },
		{ ROLLBACK, CHECKED "\nRestore Verification: r, 2025-01-15\n",
			"f:10: the restore verification is \"r, 2025-01-15\", expected \"REFERENCE, DATE, pass\" or "
			"\"REFERENCE, "
			"DATE, fail\" with a day such as 2025-01-15." },
		{ ROLLBACK, CHECKED "Rollback Owner: o\n",
			"f:9: \"Rollback Owner:\" stands in the wrong place, expected \"  - \" or \"Data Recovery:\" "
			"or \"Restore "
			"Verification:\" or \"Communication Plan:\"." },
		{ SWITCH, "Flag: F\nEnabled for: a\n",
			"f:2: \"Enabled for:\" stands in the wrong place, expected \"Default:\"." },
		{ SWITCH, "Flag: F\nDefault: false\nEnabled for: a\nActivation: b\nTested: c\nTested: d\n",
			"f:6: \"Tested:\" stands here again after line 5, expected it once, and here the end of the "
			"kill-switch "
			"form." },
		{ SAFETY, SIX,
			"f:6: the document ends here, expected item 7 of 7, as \"- [x] TEXT\" or \"- [ ] TEXT\"." },
		{ SAFETY, "- [X] a\n",
			"f:1: found \"- [X] a\", expected item 1 of 7, as \"- [x] TEXT\" or \"- [ ] TEXT\"." },
		{ SAFETY, SIX "- [ ]\n",
			"f:7: found \"- [ ]\", expected item 7 of 7, as \"- [x] TEXT\" or \"- [ ] TEXT\"." },
		{ SAFETY, SIX "- [ ] g\n- [ ] h\n",
			"f:8: found \"- [ ] h\", expected the end of the checklist after seven items." },
	};
	EACH_IS_REFUSED(refusals);
}

#define LONG_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

Test(doc_refuse, bytes_that_stand_in_no_document)
{
	static const struct refusal refusals[] = {
		{ SWITCH, "Flag: F\r\n",
			"f:1: the line ends with CR LF, expected LF alone (as \"dos2unix\" leaves it)." },
		{ SWITCH, "Flag:\tF\n",
			"f:1: the line holds a tab at byte 6, which shows differently everywhere; write spaces "
			"instead." },
		{ SWITCH, "Flag: F\nDefault: \x1b[2Jfalse\n",
			"f:2: the line holds a control character (U+001B) at byte 10; write at most 65536 bytes of "
			"plain text." },
		{ SWITCH, "Flag: F\xe2\x80\xae\n",
			"f:1: the line holds an invisible character (U+202E) at byte 8; write at most 65536 bytes of "
			"plain text." },
		{ SWITCH, "Flag: F\xe2\x80\x8b\n",
			"f:1: the line holds an invisible character (U+200B) at byte 8; write at most 65536 bytes of "
			"plain text." },
		{ SWITCH,
			"\xef\xbb\xbf"
			"Flag: F\n",
			"f:1: the line holds an invisible character (U+FEFF) at byte 1; write at most 65536 bytes of "
			"plain text." },
		{ SWITCH, "Flag: \xff\n",
			"f:1: the line holds a byte that is not UTF-8 (0xff) at byte 7; write at most 65536 bytes of "
			"plain text." },
		{ SWITCH, LONG_A "\n",
			"f:1: found \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...\", expected "
			"\"Flag:\"." },
	};
	EACH_IS_REFUSED(refusals);
}

Test(doc_refuse, nul_byte)
{
	static const char text[] = "Flag: F\0G\nDefault: x\n";
	struct arena arena;
	struct err err;
	struct lines lines;
	arena_init(&arena, 0);
	cr_assert_eq(lines_open("f", text, sizeof text - 1, &arena, &lines, &err), ERR_INPUT, "it was taken");
	cr_assert_str_eq(err.text, "f:1: the line holds a NUL byte, expected plain text.", "%s", err.text);
	arena_release(&arena);
}

Test(doc_refuse, size_cap)
{
	struct arena arena;
	struct err err;
	struct lines lines;
	char *text = malloc(DOC_SIZE_MAX + 1);
	cr_assert_not_null(text, "memory");
	memset(text, '\n', DOC_SIZE_MAX + 1);
	arena_init(&arena, 0);
	cr_assert_eq(lines_open("f", text, DOC_SIZE_MAX, &arena, &lines, &err), ERR_NONE, "%s", err.text);
	cr_assert_eq(lines_open("f", text, DOC_SIZE_MAX + 1, &arena, &lines, &err), ERR_INPUT, "it was taken");
	cr_assert_str_eq(err.text, "f:1: the document takes 65537 bytes, expected at most 65536.", "%s", err.text);
	free(text);
	arena_release(&arena);
}

Test(doc_refuse, file_name_is_made_safe_to_show)
{
	struct arena arena;
	struct err err;
	struct lines lines;
	arena_init(&arena, 0);
	cr_assert_eq(lines_open("a\x1b[2J", "\t", 1, &arena, &lines, &err), ERR_INPUT, "it was taken");
	cr_assert(documents_is_clean(err.text), "%s", err.text);
	arena_release(&arena);
}

Test(doc_refuse, want_of_memory_is_an_error)
{
	for (size_t i = 0; i < DOCUMENTS; i++) {
		size_t size = 0;
		char *text = documents_read("tests/data/spec-example", documents[i].file, &size);
		enum err_kind kind = ERR_SYSTEM;
		size_t cap = 64;
		for (; text && kind == ERR_SYSTEM && cap < 1024 * 1024; cap += 64) {
			struct arena arena;
			struct err err;
			struct buf out = BUF_EMPTY;
			arena_init(&arena, cap);
			kind = documents[i].reprint("f", text, size, &arena, &out, &err);
			buf_release(&out);
			arena_release(&arena);
		}
		free(text);
		cr_assert_eq(kind, ERR_NONE, "%s at a cap of %zu", documents[i].file, cap);
		cr_assert_gt(cap, 128, "%s needs no memory?", documents[i].file);
	}
}

Test(doc_refuse, none_of_the_documents)
{
	struct arena arena;
	struct err err;
	enum doc_kind kind;
	static const char text[] = "\nHello\nRelease ID: r\n";
	arena_init(&arena, 0);
	cr_assert_eq(detect_kind("f", text, sizeof text - 1, &arena, &kind, &err), ERR_INPUT, "it was taken");
	cr_assert_str_eq(err.text,
		"f:2: found \"Hello\", expected a document: \"Release ID:\" opens a manifest, \"Release:\" an exposure "
		"plan, \"- [x]\" "
		"a data-safety checklist, \"Flag:\" a kill-switch form, \"Rollback Trigger:\" a rollback plan, "
		"\"GO/NO-GO DECISION "
		"MEMO\" a memo.",
		"%s", err.text);
	cr_assert_eq(detect_kind("f", "", 0, &arena, &kind, &err), ERR_INPUT, "nothing was taken");
	arena_release(&arena);
}
