#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gonogo/base/io.h>
#include <gonogo/store/store.h>

#include "world.h"

TestSuite(seen, .timeout = 30);
TestSuite(replaced, .timeout = 30);
TestSuite(place, .timeout = 30);

#define OWNER (&w.demo.sessions[DEMO_OWNER])

static instant clock_now(void *context)
{
	return ((const struct demo *)context)->now;
}

/* Opens with a state folder of its own, as every command of a user does. */
static enum err_kind visit(struct world *w, const char *ledger, bool inspects, struct verification *says)
{
	const struct session_options options = { .ledger = ledger, .state_dir = world_path(w, "state"), .clock = { clock_now, &w->demo, NULL }, .readonly = true,
						 .inspects = inspects };
	struct session session;
	enum err_kind failed = session_open(&session, &options, &w->err);

	if (failed)
		return failed;
	if (says)
		cr_assert_eq(use_verify(&session, NULL, 0, NULL, says, &w->err), ERR_NONE, "%s", w->err.text);
	session_close(&session);
	return ERR_NONE;
}

static void leave(struct world *w)
{
	char state[256];

	snprintf(state, sizeof state, "%s", world_path(w, "state"));
	io_remove_dir(state);
	world_close(w);
}

/* A copy of the ledger as it is now. */
static const char *copy(struct world *w, const char *name)
{
	const char *path = world_path(w, name);

	cr_assert_eq(store_backup(w->demo.sessions[DEMO_OWNER].store, path, &w->err), ERR_NONE, "%s", w->err.text);
	return path;
}

/* cp OLD over LEDGER, as a restore by hand does it: the file stays the same one, its content does not. */
static void copy_over(struct world *w, const char *old)
{
	char line[1024];

	world_number(w, "pragma wal_checkpoint(truncate)");
	snprintf(line, sizeof line, "cat '%s' > '%s'", old, w->ledger);
	cr_assert_eq(system(line), 0);
}

static enum err_kind add_tenant(struct world *w, const char *id)
{
	return use_tenant_add(&w->demo.sessions[DEMO_OWNER], id, "A Lane", TENANT_PRODUCTION, TRACK_STANDARD, &w->out, &w->err);
}

Test(seen, a_smaller_ledger_than_was_seen_is_refused_and_verified_as_truncated)
{
	struct verification says;
	struct world w;
	const char *old;

	world_open(&w);
	old = copy(&w, "old.db");
	EXPECT(ERR_NONE, add_tenant(&w, "oak-lane"));
	EXPECT(ERR_NONE, visit(&w, w.ledger, false, NULL));
	world_go_home(&w);
	copy_over(&w, old);
	EXPECT(ERR_INTEGRITY, visit(&w, w.ledger, false, NULL));
	EXPECT_SAID("has become smaller");
	EXPECT(ERR_NONE, visit(&w, w.ledger, true, &says));
	cr_assert_eq(says.verdict, INTEGRITY_TRUNCATED, "%s", says.reason);
	cr_assert_eq(says.at_seq, world_size(&w), "where it ends");
	leave(&w);
}

Test(seen, another_history_than_was_seen_is_refused_and_verified_as_forked)
{
	struct verification says;
	struct world w;
	const char *old;
	int64_t seen;

	world_open(&w);
	old = copy(&w, "old.db");
	EXPECT(ERR_NONE, add_tenant(&w, "oak-lane"));
	seen = w.out.seq;
	EXPECT(ERR_NONE, visit(&w, w.ledger, false, NULL));
	world_go_home(&w);
	copy_over(&w, old);
	EXPECT(ERR_NONE, world_sit(&w, OWNER, "ann", "ann"));
	w.demo.open = 1;
	EXPECT(ERR_NONE, add_tenant(&w, "ash-lane"));
	EXPECT(ERR_NONE, add_tenant(&w, "elm-lane"));
	EXPECT(ERR_INTEGRITY, visit(&w, w.ledger, false, NULL));
	EXPECT_SAID("another story");
	EXPECT(ERR_NONE, visit(&w, w.ledger, true, &says));
	cr_assert_eq(says.verdict, INTEGRITY_FORKED, "%s", says.reason);
	cr_assert_eq(says.at_seq, seen, "the last fact that was seen");
	leave(&w);
}

Test(seen, another_founder_in_the_same_place_is_refused)
{
	struct verification says;
	struct world w, other;

	world_open(&w);
	EXPECT(ERR_NONE, visit(&w, w.ledger, false, NULL));
	world_open(&other);
	copy_over(&w, copy(&other, "copy.db"));
	EXPECT(ERR_INTEGRITY, visit(&w, w.ledger, false, NULL));
	EXPECT_SAID("another one than you saw there");
	EXPECT(ERR_NONE, visit(&w, w.ledger, true, &says));
	cr_assert_neq(says.verdict, INTEGRITY_INTACT, "%s", says.reason);
	world_close(&other);
	leave(&w);
}

Test(replaced, a_ledger_removed_or_moved_under_a_session_is_noticed)
{
	struct world w;

	world_open(&w);
	cr_assert_eq(rename(w.ledger, world_path(&w, "moved.db")), 0);
	EXPECT(ERR_SYSTEM, add_tenant(&w, "oak-lane"));
	EXPECT_SAID("moved or removed");
	cr_assert_eq(rename(world_path(&w, "moved.db"), w.ledger), 0);
	EXPECT(ERR_NONE, add_tenant(&w, "oak-lane"));
	cr_assert_eq(unlink(w.ledger), 0);
	EXPECT(ERR_SYSTEM, add_tenant(&w, "ash-lane"));
	EXPECT_SAID("moved or removed");
	world_close(&w);
}

Test(replaced, an_older_copy_laid_over_the_ledger_of_a_session_is_noticed)
{
	struct record record;
	struct world w;
	const char *old;
	int64_t before;

	world_open(&w);
	old = copy(&w, "old.db");
	EXPECT(ERR_NONE, add_tenant(&w, "oak-lane"));
	copy_over(&w, old);
	before = world_size(&w);
	EXPECT(ERR_INTEGRITY, add_tenant(&w, "ash-lane"));
	EXPECT_SAID("replaced while it was open");
	EXPECT(ERR_INTEGRITY, record_load(OWNER, NULL, WHEN_NONE, false, &record, &w.err));
	record_release(&record);
	cr_assert_eq(world_size(&w), before, "nothing was recorded");
	world_close(&w);
}

Test(place, what_cannot_be_opened_is_told_with_the_right_kind)
{
	static const struct { const char *name, *says; enum err_kind kind; } places[] = {
		{ "nothing.db", "There is no ledger at", ERR_MISSING },
		{ "no/such/folder/x.db", "", ERR_MISSING },
		{ "text", "is not a ledger", ERR_INTEGRITY },
		{ "empty", "is not a ledger", ERR_INTEGRITY },
		{ "folder", "is no regular file", ERR_SYSTEM },
		{ "pipe", "is no regular file", ERR_SYSTEM },
		{ "link", "is a symbolic link", ERR_SYSTEM },
		{ "text/below", "", ERR_MISSING },
		{ "", "names no file", ERR_USAGE },
		{ "newer.db", "newer gonogo", ERR_SYSTEM },
	};
	struct world w;

	world_open(&w);
	cr_assert_eq(io_write(w.dir, "text", "hello, this is no database at all\n", 34, 0600, &w.err), ERR_NONE);
	cr_assert_eq(io_write(w.dir, "empty", "", 0, 0600, &w.err), ERR_NONE);
	cr_assert_eq(mkdir(world_path(&w, "folder"), 0700), 0);
	cr_assert_eq(mkfifo(world_path(&w, "pipe"), 0600), 0);
	cr_assert_eq(symlink(w.ledger, world_path(&w, "link")), 0);
	copy(&w, "newer.db");
	w.ledger = world_path(&w, "newer.db");
	world_tamper(&w, "pragma user_version = 99");
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		w.err.text[0] = '\0';
		EXPECT(places[i].kind, visit(&w, world_path(&w, places[i].name), false, NULL));
		EXPECT_SAID(places[i].says);
		cr_assert(w.err.text[0] && w.err.text[strlen(w.err.text) - 1] == '.', "a sentence: %s", w.err.text);
	}
	cr_assert_eq(rmdir(world_path(&w, "folder")), 0);
	leave(&w);
}

Test(place, a_ledger_under_an_odd_name_works_like_any_other)
{
	static const char *const names[] = { "a b.db", "it's.db", "?mode=ro.db", "%41.db", "gr\xc3\xbc\xc3\x9f.db", "-x.db", "file:x.db", "no-ending" };
	struct world w;

	world_open(&w);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		EXPECT(ERR_NONE, visit(&w, copy(&w, names[i]), false, NULL));
	}
	leave(&w);
}

Test(place, a_session_that_only_reads_records_nothing)
{
	struct world w;
	struct session session;

	world_open(&w);
	{
		const struct session_options options = { .ledger = w.ledger, .as = "ann", .identity = world_path(&w, "ann"), .clock = { clock_now, &w.demo, NULL },
							 .readonly = true };

		EXPECT(ERR_NONE, session_open(&session, &options, &w.err));
	}
	EXPECT(ERR_SYSTEM, use_tenant_add(&session, "oak-lane", "Oak", TENANT_PRODUCTION, TRACK_STANDARD, &w.out, &w.err));
	EXPECT_SAID("may only be read");
	session_close(&session);
	world_close(&w);
}

static enum err_kind found_at(struct world *w, const char *path, const char *id)
{
	const struct init_options options = { .path = path, .key_file = world_path(w, "ann.pub"), .identity = world_path(w, "ann"), .name = "Ann Lee", .id = id,
					      .login = "ann", .clock = { clock_now, &w->demo, NULL } };

	return use_init(&options, &w->out, &w->err);
}

Test(place, a_ledger_is_founded_over_nothing_and_leaves_nothing_when_it_fails)
{
	struct world w;
	struct stat status;

	world_open(&w);
	EXPECT(ERR_REFUSED, found_at(&w, w.ledger, "ann"));
	EXPECT_SAID("There is something at");
	cr_assert_eq(symlink(world_path(&w, "elsewhere.db"), world_path(&w, "dangling")), 0);
	EXPECT(ERR_SYSTEM, found_at(&w, world_path(&w, "dangling"), "ann"));
	EXPECT_SAID("symbolic link");
	cr_assert_eq(lstat(world_path(&w, "dangling"), &status), 0, "the link is its owner's");
	cr_assert_neq(lstat(world_path(&w, "elsewhere.db"), &status), 0, "and nothing was made behind it");
	EXPECT(ERR_USAGE, found_at(&w, world_path(&w, "new.db"), "Not An Id"));
	cr_assert_neq(lstat(world_path(&w, "new.db"), &status), 0, "nothing is left");
	EXPECT(ERR_NONE, found_at(&w, world_path(&w, "new.db"), "ann"));
	EXPECT(ERR_NONE, visit(&w, world_path(&w, "new.db"), false, NULL));
	leave(&w);
}
