#include <config.h>

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include <gonogo/base/io.h>
#include <gonogo/base/random.h>

#include "disk.h"
#include "world.h"

TestSuite(app_disk, .timeout = 300, .description = "whatever the disk does in the middle of an act, it is recorded whole or not at all, once, and in a sentence");

enum { FACTS = 7, FAULTS_MOST = 400 };

/* Seven answers by one act; the notes differ from run to run, so that there is always something to record. */
static const char *write_checklist(struct world *w, int run)
{
	static const char *const items[FACTS] = {
		"No cross-tenant data access possible", "Tenant ID present in all new database queries", "No shared mutable state between tenant contexts",
		"Audit log entries include tenant ID", "Backup and restore procedures unchanged or explicitly updated",
		"Data migration (if any) is idempotent and reversible", "Test tenant data used in dev/experimental is not production data",
	};
	char text[2048];
	int size = 0;

	for (size_t i = 0; i < FACTS; i++)
		size += snprintf(text + size, sizeof text - (size_t)size, "- [x] %s (run %d)\n", items[i], run);
	cr_assert_eq(io_write(w->dir, "safety.txt", text, (size_t)size, 0600, &w->err), ERR_NONE, "%s", w->err.text);
	return world_path(w, "safety.txt");
}

static enum err_kind answer(struct world *w, const char *action, const char *file)
{
	struct import_notes notes;
	struct arena arena;
	enum err_kind failed;

	w->err = (struct err){ 0 };
	w->uma.action = action;
	arena_init(&arena, 0);
	failed = use_import(&w->uma, "roster", &file, 1, &arena, &notes, &w->out, &w->err);
	arena_release(&arena);
	return failed;
}

static void assert_sound(struct world *w, const char *what, int nth)
{
	const struct verification found = world_verify(w, NULL);

	cr_assert_eq(found.verdict, INTEGRITY_INTACT, "%s, fault %d: %s", what, nth, found.reason);
}

struct trouble { const char *what; unsigned acts; int rc; bool lasts; };

/* One fault, then the same act again by its id on a disk that is well: what was begun is recorded exactly once. */
static bool endure(struct world *w, const struct trouble *t, int nth)
{
	const int64_t before = world_size(w);
	const char *file = write_checklist(w, (int)before);
	char action[RANDOM_ID_MAX];
	enum err_kind failed;
	bool has_failed;
	int64_t after;

	cr_assert_eq(random_id(action, &w->err), ERR_NONE);
	disk_fail(t->acts, nth, t->rc, t->lasts);
	failed = answer(w, action, file);
	has_failed = disk_has_failed();
	disk_fail(0, 0, 0, false);
	after = world_size(w);
	cr_assert(after == before || after == before + FACTS, "%s, fault %d: half is written: %lld of %d facts", t->what, nth, (long long)(after - before), FACTS);
	if (!failed)
		cr_assert_eq(after, before + FACTS, "%s, fault %d: said to be recorded, and is not", t->what, nth);
	else
		cr_assert(*w->err.text && (failed == ERR_SYSTEM || failed == ERR_BUSY) && strchr(w->err.text, '\n') == NULL, "%s, fault %d: %d: %s", t->what, nth,
			  (int)failed, w->err.text);
	if (failed && after != before)
		cr_assert(strstr(w->err.text, "is not known"), "%s, fault %d: recorded, and not said: %s", t->what, nth, w->err.text);
	cr_assert_eq(answer(w, action, file), ERR_NONE, "%s, fault %d, again: %s", t->what, nth, w->err.text);
	cr_assert_eq(world_size(w), before + FACTS, "%s, fault %d: not exactly once", t->what, nth);
	assert_sound(w, t->what, nth);
	return has_failed;
}

/* Every operation of the act in turn, until none is left to fail. */
static void endure_all(const struct trouble *troubles, size_t count)
{
	struct world w;

	disk_stand_between();
	world_open(&w);
	world_register(&w, "roster");
	for (size_t i = 0; i < count; i++) {
		int nth = 1;

		while (nth < FAULTS_MOST && endure(&w, &troubles[i], nth))
			nth++;
		cr_assert(nth > 1 && nth < FAULTS_MOST, "%s: %d faults", troubles[i].what, nth - 1);
	}
	world_close(&w);
}

Test(app_disk, an_act_survives_one_fault_at_every_place)
{
	static const struct trouble troubles[] = {
		{ "a write that fails", DISK_WRITE, SQLITE_IOERR_WRITE, false },
		{ "a full disk", DISK_WRITE, SQLITE_FULL, false },
		{ "a file that may only be read", DISK_WRITE, SQLITE_READONLY, false },
		{ "a sync that fails", DISK_SYNC, SQLITE_IOERR_FSYNC, false },
		{ "a failure once the commit is there", DISK_COMMITTED, SQLITE_IOERR, false },
	};

	endure_all(troubles, sizeof troubles / sizeof *troubles);
}

Test(app_disk, an_act_survives_a_disk_that_stays_away)
{
	static const struct trouble troubles[] = {
		{ "writes that fail", DISK_WRITE, SQLITE_IOERR_WRITE, true },
		{ "a disk that stays full", DISK_WRITE, SQLITE_FULL, true },
		{ "syncs that fail", DISK_SYNC, SQLITE_IOERR_FSYNC, true },
		{ "everything fails once the commit is there", DISK_COMMITTED | DISK_READ | DISK_LOCK, SQLITE_IOERR, true },
	};

	endure_all(troubles, sizeof troubles / sizeof *troubles);
}

/* The commit reports a failure, and the facts are there: looked up by its id, the act is told as what it is, done. */
Test(app_disk, a_commit_that_failed_and_is_there_is_told_as_recorded)
{
	char action[RANDOM_ID_MAX];
	struct world w;
	int64_t before;

	disk_stand_between();
	world_open(&w);
	world_register(&w, "roster");
	before = world_size(&w);
	cr_assert_eq(random_id(action, &w.err), ERR_NONE);
	disk_fail(DISK_COMMITTED, 1, SQLITE_IOERR, false);
	EXPECT(ERR_NONE, answer(&w, action, write_checklist(&w, 1)));
	cr_assert(disk_has_failed());
	cr_assert_eq(world_size(&w), before + FACTS);
	world_close(&w);
}
