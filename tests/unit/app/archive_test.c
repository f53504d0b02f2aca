#include <config.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <gonogo/base/io.h>

#include "../base/fault.h"
#include "world.h"

TestSuite(archive, .timeout = 60, .description = "an export writes all of an archive, or what is recognisably half of one, or nothing");

enum { TRIES_MOST = 3000 };

#define OWNER (&w.demo.sessions[DEMO_OWNER])

static enum err_kind export(struct world *w, struct session *session, const char *dir)
{
	struct arena arena;
	struct texts files;
	enum err_kind failed;

	arena_init(&arena, 0);
	failed = use_release_export(session, "roster", dir, &arena, &files, &w->err);
	cr_assert(failed ? !files.count : files.count > 10, "%zu files", files.count);
	arena_release(&arena);
	return failed;
}

static bool is_there(const char *dir, const char *name)
{
	char path[512];

	snprintf(path, sizeof path, "%s/%s", dir, name);
	return access(path, F_OK) == 0;
}

static void open_issued(struct world *w)
{
	world_open(w);
	world_to_memo(w, "roster");
	cr_assert_eq(use_memo_sign(&w->demo.sessions[DEMO_OWNER], "roster", ROLE_SYSTEM_OWNER, NULL, &w->out, &w->err), ERR_NONE, "%s", w->err.text);
}

/* Also over a whole archive: whatever fails, the sums are there when all files are, and not before. */
Test(archive, sums_are_there_when_all_the_rest_is)
{
	enum err_kind failed = ERR_SYSTEM;
	struct world w;
	const char *dir;
	int n;

	open_issued(&w);
	dir = world_path(&w, "archive");
	for (n = 1; n < 100 && failed; n++) {
		fault_from(FAULT_RENAME, n, ENOSPC);
		failed = export(&w, OWNER, dir);
		fault_from(FAULT_RENAME, 0, 0);
		cr_assert(!failed || failed == ERR_SYSTEM, "file %d: %d %s", n, failed, w.err.text);
		cr_assert_eq(is_there(dir, "SHA256SUMS"), !failed, "file %d", n);
		cr_assert_eq(is_there(dir, "VERIFY.txt"), n > 1, "the guide, by which half an archive is known, comes first: file %d", n);
	}
	cr_assert_eq(n, 15, "thirteen files failed in turn, and then none: %d", n);
	fault_from(FAULT_WRITE, 5, EIO);
	EXPECT(ERR_SYSTEM, export(&w, OWNER, dir));
	fault_from(FAULT_WRITE, 0, 0);
	cr_assert(!is_there(dir, "SHA256SUMS"), "the sums of the former archive are gone");
	EXPECT(ERR_NONE, export(&w, OWNER, dir));
	cr_assert(is_there(dir, "SHA256SUMS"), "and back");
	world_close(&w);
}

Test(archive, is_made_whole_or_memory_is_told)
{
	enum err_kind failed = ERR_SYSTEM;
	struct world w;
	const char *dir;
	int n;

	open_issued(&w);
	dir = world_path(&w, "archive");
	for (n = 1; n < TRIES_MOST && failed; n++) {
		fault_from(FAULT_MEMORY, n, ENOMEM);
		failed = export(&w, OWNER, dir);
		fault_from(FAULT_MEMORY, 0, 0);
		cr_assert(!failed || failed == ERR_SYSTEM, "allocation %d: %d %s", n, failed, w.err.text);
		cr_assert(failed || is_there(dir, "SHA256SUMS"), "allocation %d", n);
		cr_assert(!failed || !is_there(dir, "manifest.txt"), "memory runs out before the first file, not between: allocation %d", n);
	}
	cr_assert(!failed && n > 20, "%d allocations, %s", n, w.err.text);
	world_close(&w);
}

/* What hides in the facts of another release, only a walk over all of them finds. */
Test(archive, none_is_made_of_a_ledger_that_does_not_hold)
{
	struct session session;
	struct world w;
	const char *dir;

	open_issued(&w);
	world_register(&w, "other");
	dir = world_path(&w, "archive");
	world_go_home(&w);
	world_tamper(&w, "update fact set body = body || ' ' where seq = (select min(seq) from fact where release = 'other')");
	EXPECT(ERR_NONE, world_sit(&w, &session, NULL, NULL));
	EXPECT(ERR_INTEGRITY, export(&w, &session, dir));
	EXPECT_SAID("gonogo verify");
	cr_assert(access(dir, F_OK) != 0, "nothing was made");
	session_close(&session);
	world_close(&w);
}
