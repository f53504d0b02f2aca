#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gonogo/base/io.h>
#include <gonogo/doc/lines.h>

#include "world.h"

TestSuite(import, .timeout = 30);
TestSuite(memo, .timeout = 60);

#define OWNER (&w.demo.sessions[DEMO_OWNER])
#define LEAD (&w.demo.sessions[DEMO_LEAD])
#define EXAMPLE "2025-01-15-audit-filter-ui"

static const char *example(struct world *w, const char *name)
{
	return arena_printf(&w->demo.arena, "%s/tests/data/spec-example/%s", getenv("GONOGO_SRC"), name);
}

static const char *write_file(struct world *w, const char *name, const char *text)
{
	cr_assert_eq(io_write(w->dir, name, text, strlen(text), 0600, &w->err), ERR_NONE, "%s", w->err.text);
	return world_path(w, name);
}

static enum err_kind import_as(struct world *w, struct session *s, const char *release, struct import_notes *notes, const char *first, const char *second)
{
	const char *files[] = { first, second };

	return use_import(s, release, files, second ? 2 : 1, &w->demo.arena, notes, &w->out, &w->err);
}

static bool has_line(const struct texts *lines, const char *text)
{
	for (size_t i = 0; i < lines->count; i++)
		if (strstr(lines->items[i], text))
			return true;
	return false;
}

static const char manifest[] = "Release ID: roster\nClassification: Workflow change (non-destructive)\nDescription: A filter\nFiles Changed: a.ts\n"
			       "Data Changes: None\nKill Switch: Feature flag ROSTER (default: false)\n";

Test(import, CLS_6_all_documents_or_none)
{
	static const struct { const char *says, *text; enum err_kind kind; } seconds[] = {
		{ "CLS-1", "Release: roster\nClassification: UI-only\nExperimental Tenants: elm-street\nOpt-in Method: m\nStart Date: 2025-03-03\n"
			   "Minimum Duration: 1 week\nExit Criteria:\n  - None seen\nOwner: Dana Cruz, Dev Lead\n", ERR_INPUT },
		{ "second.txt:5", "Release: roster\nClassification: Workflow change (non-destructive)\nExperimental Tenants: elm-street\nOpt-in Method: m\n"
				  "Start Date: soon\nMinimum Duration: 1 week\nExit Criteria:\n  - None seen\nOwner: Dana Cruz, Dev Lead\n", ERR_INPUT },
		{ "KSW-1", "Flag: OTHER\nDefault: false\nEnabled for: elm-street\nActivation: At once\nTested: not yet\n", ERR_INPUT },
		{ "stands in", manifest, ERR_INPUT },
	};
	struct import_notes notes;
	struct world w;
	int64_t before;

	world_open(&w);
	before = world_size(&w);
	for (size_t i = 0; i < sizeof seconds / sizeof *seconds; i++) {
		EXPECT(seconds[i].kind, import_as(&w, LEAD, NULL, &notes, write_file(&w, "first.txt", manifest), write_file(&w, "second.txt", seconds[i].text)));
		EXPECT_SAID(seconds[i].says);
		cr_assert_eq(world_size(&w), before, "%s: nothing was recorded", seconds[i].says);
	}
	/* One of the two may be imported by a QA, the other may not. */
	EXPECT(ERR_REFUSED, import_as(&w, &w.uma, NULL, &notes, write_file(&w, "first.txt", manifest), example(&w, "data-safety.txt")));
	cr_assert_eq(world_size(&w), before, "nothing was recorded");
	EXPECT(ERR_NONE, import_as(&w, LEAD, NULL, &notes, write_file(&w, "first.txt", manifest), example(&w, "data-safety.txt")));
	cr_assert_eq(world_size(&w), before + 8, "the manifest and seven answers");
	EXPECT(ERR_NONE, import_as(&w, LEAD, NULL, &notes, write_file(&w, "first.txt", manifest), example(&w, "data-safety.txt")));
	cr_assert(w.out.is_already, "the same again changes nothing: %s", w.out.text);
	cr_assert_eq(world_size(&w), before + 8, "nothing more");
	world_close(&w);
}

Test(import, only_a_plain_file_of_reasonable_size_is_read)
{
	static char large[DOC_SIZE_MAX + 2];
	struct import_notes notes;
	struct world w;
	int64_t before;

	world_open(&w);
	before = world_size(&w);
	memset(large, 'a', sizeof large - 1);
	cr_assert_eq(mkfifo(world_path(&w, "pipe"), 0600), 0);
	write_file(&w, "manifest.txt", manifest);
	cr_assert_eq(symlink(world_path(&w, "manifest.txt"), world_path(&w, "link")), 0);
	EXPECT(ERR_INPUT, import_as(&w, LEAD, NULL, &notes, write_file(&w, "large.txt", large), NULL));
	EXPECT_SAID("large.txt:1: ");
	EXPECT(ERR_SYSTEM, import_as(&w, LEAD, NULL, &notes, world_path(&w, "pipe"), NULL));
	EXPECT_SAID("FIFO");
	EXPECT(ERR_SYSTEM, import_as(&w, LEAD, NULL, &notes, "/dev/zero", NULL));
	EXPECT(ERR_SYSTEM, import_as(&w, LEAD, NULL, &notes, world_path(&w, "link"), NULL));
	EXPECT_SAID("symbolic link");
	EXPECT(ERR_SYSTEM, import_as(&w, LEAD, NULL, &notes, w.dir, NULL));
	EXPECT_SAID("folder");
	cr_assert_neq(import_as(&w, LEAD, NULL, &notes, world_path(&w, "missing.txt"), NULL), ERR_NONE);
	EXPECT(ERR_INPUT, import_as(&w, LEAD, NULL, &notes, example(&w, "memo.txt"), NULL));
	EXPECT_SAID("never imported");
	cr_assert_eq(world_size(&w), before, "nothing was recorded");
	world_close(&w);
}

Test(import, I_13_claims_are_kept_and_count_for_nothing)
{
	struct import_notes notes;
	struct record record;
	struct verdict verdict;
	struct world w;

	world_open(&w);
	EXPECT(ERR_NONE, import_as(&w, LEAD, NULL, &notes, example(&w, "manifest.txt"), example(&w, "exposure-plan.txt")));
	cr_assert(has_line(&notes.lines, "\"Approved By: Jane Doe, 2025-01-14\" is kept as a claim"), "the plan's claim");
	EXPECT(ERR_NONE, import_as(&w, LEAD, EXAMPLE, &notes, example(&w, "kill-switch.txt"), NULL));
	cr_assert(has_line(&notes.lines, "is kept as a claim; only gonogo switch test counts"), "the switch's claim");
	EXPECT(ERR_NONE, record_load(LEAD, EXAMPLE, WHEN_NONE, true, &record, &w.err));
	EXPECT(ERR_NONE, record_judge(&record, CHANNEL_NONE, WHEN_NONE, &verdict, &w.err));
	for (size_t i = 0; i < verdict.findings.count; i++)
		if (strcmp(verdict.findings.items[i].id, "PLN-2") == 0 || strcmp(verdict.findings.items[i].id, "KSW-3") == 0)
			cr_assert(!finding_is_settled(&verdict.findings.items[i]), "%s counts a claim", verdict.findings.items[i].id);
	record_release(&record);
	world_close(&w);
}

Test(import, I_8_a_text_that_prints_differently_says_so)
{
	struct import_notes notes;
	struct buf shown = BUF_EMPTY;
	struct world w;

	world_open(&w);
	EXPECT(ERR_NONE, import_as(&w, LEAD, NULL, &notes, write_file(&w, "first.txt",
		"Release ID: roster\nClassification: Workflow change (non-destructive)\nDescription: A filter  \nFiles Changed: a.ts,b.ts\nData Changes: None\n"
		"Kill Switch: Feature flag ROSTER (default: false)\n"), NULL));
	cr_assert(has_line(&notes.lines, "will print differently"), "told");
	cr_assert(has_line(&notes.lines, "Files Changed: a.ts, b.ts"), "with the difference");
	EXPECT(ERR_NONE, use_show(LEAD, "roster", "manifest", &shown, &w.err));
	cr_assert(strstr(buf_text(&shown), "Files Changed: a.ts, b.ts\n"), "%s", buf_text(&shown));
	buf_release(&shown);
	EXPECT(ERR_NONE, import_as(&w, LEAD, NULL, &notes, example(&w, "manifest.txt"), NULL));
	cr_assert(!has_line(&notes.lines, "differently"), "the specification's own form prints as it stands");
	world_close(&w);
}

/* ann's signature issues the memo; it is exported to DIR/NAME. */
static const char *issue(struct world *w, const char *name)
{
	world_to_memo(w, "roster");
	cr_assert_eq(use_memo_sign(&w->demo.sessions[DEMO_OWNER], "roster", ROLE_SYSTEM_OWNER, NULL, &w->out, &w->err), ERR_NONE, "%s", w->err.text);
	return world_path(w, name);
}

static enum err_kind export_to(struct world *w, const char *dir, struct texts *lines)
{
	return use_memo_export(&w->demo.sessions[DEMO_QA], "roster", NULL, 0, dir, &w->demo.arena, lines, &w->err);
}

static int run(const char *line)
{
	char quiet[4096];

	snprintf(quiet, sizeof quiet, "%s >/dev/null 2>&1", line);
	return system(quiet);
}

static const char *file_text(struct world *w, const char *path)
{
	size_t size;
	char *text;

	cr_assert_eq(io_read(path, 1 << 20, &w->demo.arena, &text, &size, &w->err), ERR_NONE, "%s", w->err.text);
	return text;
}

Test(memo, MEM_5_an_exported_memo_is_verified_by_the_stock_tool_alone)
{
	struct buf text = BUF_EMPTY;
	struct texts lines;
	struct world w;
	const char *dir, *path;

	world_open(&w);
	dir = issue(&w, "it's out");
	EXPECT(ERR_NONE, export_to(&w, dir, &lines));
	cr_assert_eq(lines.count, 2, "a line for each signature");
	path = arena_printf(&w.demo.arena, "%s/roster-stable-v1.txt", dir);
	EXPECT(ERR_NONE, use_memo_text(OWNER, "roster", NULL, 0, &text, &w.err));
	cr_assert_str_eq(file_text(&w, path), buf_text(&text), "byte for byte");
	for (size_t i = 0; i < lines.count; i++)
		cr_assert_eq(run(lines.items[i]), 0, "%s", lines.items[i]);
	/* The same again writes the same again. */
	EXPECT(ERR_NONE, export_to(&w, dir, &lines));
	cr_assert_str_eq(file_text(&w, path), buf_text(&text), "byte for byte");
	/* One letter of the decision, and it verifies no more. */
	cr_assert_eq(run(arena_printf(&w.demo.arena, "sed -i 's/^DECISION: GO/DECISION: NO/' \"%s\"", path)), 0);
	for (size_t i = 0; i < lines.count; i++)
		cr_assert_neq(run(lines.items[i]), 0, "%s", lines.items[i]);
	buf_release(&text);
	io_remove_dir(dir);
	world_close(&w);
}

Test(memo, MEM_5_an_export_follows_no_link)
{
	static const char *const names[] = { "roster-stable-v1.txt", "roster-stable-v1.system-owner.sig", "roster-stable-v1.dev-lead.sig", "allowed_signers" };
	struct texts lines;
	struct world w;
	const char *dir, *victim;

	world_open(&w);
	dir = issue(&w, "out");
	victim = write_file(&w, "victim", "precious");
	cr_assert_eq(mkdir(dir, 0700), 0);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		cr_assert_eq(symlink(victim, arena_printf(&w.demo.arena, "%s/%s", dir, names[i])), 0);
	EXPECT(ERR_NONE, export_to(&w, dir, &lines));
	cr_assert_str_eq(file_text(&w, victim), "precious", "what the links led to");
	for (size_t i = 0; i < lines.count; i++)
		cr_assert_eq(run(lines.items[i]), 0, "%s", lines.items[i]);
	cr_assert_neq(export_to(&w, victim, &lines), ERR_NONE, "a file is no folder");
	cr_assert_str_eq(file_text(&w, victim), "precious", "and stays as it is");
	io_remove_dir(dir);
	world_close(&w);
}

Test(memo, MEM_5_the_lines_work_for_a_folder_of_any_name)
{
	struct texts lines;
	struct world w;

	world_open(&w);
	issue(&w, "out");
	cr_assert_eq(chdir(w.dir), 0);
	EXPECT(ERR_NONE, export_to(&w, "-f $(x)", &lines));
	for (size_t i = 0; i < lines.count; i++)
		cr_assert_eq(run(lines.items[i]), 0, "%s", lines.items[i]);
	io_remove_dir("-f $(x)");
	cr_assert_eq(chdir("/"), 0);
	world_close(&w);
}

Test(memo, MEM_5_a_draft_is_not_exported)
{
	struct texts lines;
	struct world w;

	world_open(&w);
	world_to_memo(&w, "roster");
	EXPECT(ERR_REFUSED, export_to(&w, world_path(&w, "out"), &lines));
	EXPECT_SAID("no issued memo");
	cr_assert_neq(access(world_path(&w, "out"), F_OK), 0, "no folder is left behind");
	world_close(&w);
}

Test(memo, I_13_a_memo_is_held_against_the_records_line_by_line)
{
	static const char *const contradicted[] = {
		"Jane Doe as approver; nobody of that name is enrolled", "Bob Smith as approver; nobody of that name is enrolled",
		"claims 2 weeks in experimental", "claims 1 week in candidate",
		"ticks \"All channel durations met\"", "ticks \"Data safety verification passed\"", "ticks \"Kill switch tested and functional\"",
		"ticks \"Rollback plan documented and tested\"", "ticks \"Observability verified", "ticks \"Exit criteria from Tenant Exposure Plan met\"",
		"signature of Bob Smith as System Owner", "signature of Jane Doe as Dev Lead",
	};
	struct import_notes notes;
	struct texts lines;
	struct world w;

	world_open(&w);
	EXPECT(ERR_NONE, import_as(&w, LEAD, NULL, &notes, example(&w, "manifest.txt"), example(&w, "exposure-plan.txt")));
	EXPECT(ERR_NONE, use_memo_compare(LEAD, EXAMPLE, example(&w, "memo.txt"), &w.demo.arena, &lines, &w.err));
	for (size_t i = 0; i < sizeof contradicted / sizeof *contradicted; i++)
		cr_assert(has_line(&lines, contradicted[i]), "not contradicted: %s", contradicted[i]);
	cr_assert(!has_line(&lines, "(CLS-1)"), "the class agrees");
	cr_assert(!has_line(&lines, "(MEM-4)"), "no risk is accepted on either side");
	world_close(&w);
}

Test(memo, I_13_an_issued_memo_agrees_with_itself_for_ever)
{
	struct texts lines;
	struct world w;
	const char *dir, *path;

	world_open(&w);
	dir = issue(&w, "out");
	EXPECT(ERR_NONE, export_to(&w, dir, &lines));
	path = arena_printf(&w.demo.arena, "%s/roster-stable-v1.txt", dir);
	EXPECT(ERR_NONE, use_memo_compare(LEAD, "roster", path, &w.demo.arena, &lines, &w.err));
	cr_assert_eq(lines.count, 0, "%s", lines.count ? lines.items[0] : "");
	EXPECT(ERR_NONE, use_stop(&w.uma, "roster", "HS-4", true, "Later", &w.out, &w.err));
	EXPECT(ERR_NONE, use_memo_compare(LEAD, "roster", path, &w.demo.arena, &lines, &w.err));
	cr_assert_eq(lines.count, 0, "the records move on, it does not: %s", lines.count ? lines.items[0] : "");
	cr_assert_eq(run(arena_printf(&w.demo.arena, "sed -i 's/^Classification: .*/Classification: UI-only/' %s", path)), 0);
	EXPECT(ERR_NONE, use_memo_compare(LEAD, "roster", path, &w.demo.arena, &lines, &w.err));
	cr_assert(has_line(&lines, "(CLS-1)"), "a changed line is named");
	io_remove_dir(dir);
	world_close(&w);
}
