#include <config.h>

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include <gonogo/base/io.h>
#include <gonogo/store/ledger.h>

#include "../../../src/store/connection.h"
#include "../../../src/store/file.h"
#include "ground.h"

TestSuite(store, .timeout = 20);

Test(store, a_missing_ledger_is_told_how_to_make_one)
{
	struct store *store;
	struct ground ground;

	cr_assert(ground_make(&ground), "%s", ground.err.text);
	const char *path = ground_in(&ground, "nothing.db"), *deep = ground_in(&ground, "no/such/nothing.db");
	cr_assert(store_open(path, 0, &store, &ground.err) == ERR_MISSING, "missing");
	cr_assert(strstr(ground.err.text, "There is no ledger at ") && strstr(ground.err.text, "Make one with gonogo init"), "%s", ground.err.text);
	cr_assert(store_open(deep, 0, &store, &ground.err) == ERR_MISSING, "the folder is missing too");
	cr_assert(access(path, F_OK) != 0, "nothing was made");
	ground_leave(&ground);
}

Test(store, a_new_ledger_goes_over_nothing)
{
	struct store *store;
	struct ground ground;
	struct stat status;

	cr_assert(ground_make(&ground), "%s", ground.err.text);
	cr_assert(stat(ground.path, &status) == 0 && (status.st_mode & 0777) == 0600, "for its owner alone");
	cr_assert(store_open(ground.path, STORE_CREATE, &store, &ground.err) == ERR_REFUSED, "there is one already");
	cr_assert(io_write(ground.dir, "empty.db", "", 0, 0600, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(store_open(ground_in(&ground, "empty.db"), STORE_CREATE, &store, &ground.err) == ERR_NONE, "%s", ground.err.text);
	store_close(store);
	cr_assert(store_open(ground_in(&ground, "a/b/new.db"), STORE_CREATE, &store, &ground.err) == ERR_NONE, "%s", ground.err.text);
	store_close(store);
	ground_leave(&ground);
}

Test(store, a_shared_folder_makes_a_shared_ledger)
{
	struct store *store;
	struct ground ground;
	struct stat status;

	cr_assert(ground_make(&ground), "%s", ground.err.text);
	cr_assert(chmod(ground.dir, 02770) == 0, "setgid");
	const char *path = ground_in(&ground, "shared.db");
	cr_assert(store_open(path, STORE_CREATE, &store, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(stat(path, &status) == 0 && (status.st_mode & 0777) == 0660, "the group may write it");
	store_close(store);
	ground_leave(&ground);
}

Test(store, what_is_no_ledger_is_not_opened)
{
	static const char noise[] = "This is a letter, not a ledger, although it is long enough to be taken for the head of some file or other.\n"
				    "And so it goes on.\n";
	struct store *store;
	struct ground ground;
	sqlite3 *db;

	cr_assert(ground_make(&ground), "%s", ground.err.text);
	cr_assert(io_write(ground.dir, "letter", noise, sizeof noise - 1, 0600, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(store_open(ground_in(&ground, "letter"), 0, &store, &ground.err) == ERR_INTEGRITY, "%s", ground.err.text);
	cr_assert(strstr(ground.err.text, "is not a ledger"), "%s", ground.err.text);

	const char *other = ground_in(&ground, "other.db");
	cr_assert(sqlite3_open(other, &db) == SQLITE_OK && sqlite3_exec(db, "create table t (x)", NULL, NULL, NULL) == SQLITE_OK, "another's database");
	(void)sqlite3_close(db);
	cr_assert(store_open(other, 0, &store, &ground.err) == ERR_INTEGRITY, "%s", ground.err.text);
	cr_assert(store_open(ground.dir, 0, &store, &ground.err) == ERR_SYSTEM, "a folder");
	cr_assert(symlink(ground.path, ground_in(&ground, "link.db")) == 0, "link");
	cr_assert(store_open(ground_in(&ground, "link.db"), 0, &store, &ground.err) == ERR_SYSTEM, "a link");
	cr_assert(strstr(ground.err.text, "symbolic link"), "%s", ground.err.text);
	ground_leave(&ground);
}

Test(store, another_database_is_left_as_it_was)
{
	char *before, *after;
	size_t size_before, size_after;
	struct store *store;
	struct ground ground;
	sqlite3 *db;

	cr_assert(ground_make(&ground), "%s", ground.err.text);
	const char *other = ground_in(&ground, "other.db");
	cr_assert(sqlite3_open(other, &db) == SQLITE_OK && sqlite3_exec(db, "create table t (x)", NULL, NULL, NULL) == SQLITE_OK, "another's database");
	(void)sqlite3_close(db);
	cr_assert(io_read(other, 1000000, &ground.arena, &before, &size_before, &ground.err) == ERR_INPUT, "a database has NUL bytes");
	cr_assert(store_open(other, 0, &store, &ground.err) == ERR_INTEGRITY, "refused");
	cr_assert(io_read(other, 1000000, &ground.arena, &after, &size_after, &ground.err) == ERR_INPUT, "still");
	cr_assert(access(ground_in(&ground, "other.db-wal"), F_OK) != 0, "not turned into a WAL database");
	ground.path = other;
	cr_assert_str_eq(ground_rows(&ground, "pragma journal_mode"), "delete", "as it was");
	ground_leave(&ground);
}

Test(store, a_newer_schema_is_refused)
{
	struct ground ground;
	struct store *store;

	cr_assert(ground_make(&ground), "%s", ground.err.text);
	cr_assert_str_eq(ground_tamper(&ground, "pragma user_version = 99"), "", "another version");
	cr_assert(store_open(ground.path, 0, &store, &ground.err) == ERR_SYSTEM, "refused");
	cr_assert(strstr(ground.err.text, "newer gonogo"), "%s", ground.err.text);
	ground_leave(&ground);
}

static int64_t ask(struct ground *ground, const char *pragma)
{
	sqlite3_stmt *st = NULL;
	int64_t value = -1;

	/* The authorizer lets no setting be asked: it is lifted for the question. */
	(void)sqlite3_set_authorizer(ground->store->sql.db, NULL, NULL);
	if (sqlite3_prepare_v2(ground->store->sql.db, pragma, -1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW)
		value = sqlite3_column_int64(st, 0);
	(void)sqlite3_finalize(st);
	return value;
}

static int config(struct ground *ground, int what)
{
	int value = -1;

	(void)sqlite3_db_config(ground->store->sql.db, what, -1, &value);
	return value;
}

Test(store, the_settings_are_in_force)
{
	struct ground ground;

	cr_assert(ground_make(&ground), "%s", ground.err.text);
	cr_assert_str_eq(ground_rows(&ground, "pragma journal_mode"), "wal", "WAL");
	cr_assert_str_eq(ground_rows(&ground, "pragma application_id"), "1735356015", "gono");
	cr_assert_str_eq(ground_rows(&ground, "pragma user_version"), "2", "version");
	cr_assert_eq(ask(&ground, "pragma synchronous"), 2, "FULL");
	cr_assert_eq(ask(&ground, "pragma foreign_keys"), 1, "foreign keys");
	cr_assert_eq(ask(&ground, "pragma recursive_triggers"), 1, "recursive triggers");
	cr_assert_eq(ask(&ground, "pragma trusted_schema"), 0, "trusted schema");
	cr_assert_eq(ask(&ground, "pragma cell_size_check"), 1, "cell size check");
	cr_assert_eq(ask(&ground, "pragma mmap_size"), 0, "no mapped memory");
	cr_assert_eq(ask(&ground, "pragma temp_store"), 2, "memory");
	cr_assert_eq(config(&ground, SQLITE_DBCONFIG_DEFENSIVE), 1, "defensive");
	cr_assert_eq(config(&ground, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION), 0, "no extensions");
	cr_assert_eq(config(&ground, SQLITE_DBCONFIG_DQS_DML), 0, "no strings in double quotes");
	cr_assert_eq(config(&ground, SQLITE_DBCONFIG_DQS_DDL), 0, "no strings in double quotes");
	cr_assert_eq(config(&ground, SQLITE_DBCONFIG_ENABLE_TRIGGER), 1, "triggers");
	cr_assert_eq(sqlite3_limit(ground.store->sql.db, SQLITE_LIMIT_ATTACHED, -1), 0, "nothing attached");
	cr_assert_eq(sqlite3_limit(ground.store->sql.db, SQLITE_LIMIT_LENGTH, -1), 4 * 1024 * 1024, "length");
	cr_assert_eq(sqlite3_limit(ground.store->sql.db, SQLITE_LIMIT_VARIABLE_NUMBER, -1), 100, "variables");
	cr_assert_eq(sqlite3_limit(ground.store->sql.db, SQLITE_LIMIT_TRIGGER_DEPTH, -1), 10, "trigger depth");
	ground_leave(&ground);
}

Test(store, the_authorizer_denies_what_the_program_never_does)
{
	static const char *const denied[] = {
		"attach ':memory:' as x", "detach main", "drop table release", "drop trigger fact_no_update", "alter table fact add column x",
		"update fact set body = '{}'", "delete from fact", "create table x (y)", "create view x as select 1", "create temp table x (y)",
		"pragma writable_schema = on", "pragma journal_mode = delete", "pragma user_version = 0", "select load_extension('x')",
		"create trigger x after insert on fact begin select 1; end", "reindex", "analyze", "vacuum",
	};
	struct ground ground;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	for (size_t i = 0; i < sizeof denied / sizeof *denied; i++) {
		const int rc = sqlite3_exec(ground.store->sql.db, denied[i], NULL, NULL, NULL);
		cr_assert(rc != SQLITE_OK, "%s", denied[i]);
	}
	cr_assert_str_eq(ground_rows(&ground, "select count(*) from fact"), "1", "the fact is there");
	ground_leave(&ground);
}

Test(store, a_second_writer_is_told_that_it_is_busy)
{
	struct store *second;
	struct ground ground;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	cr_assert(store_open_waiting(ground.path, 0, 0, &second, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(store_begin_immediate(ground.store, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(store_begin_immediate(second, &ground.err) == ERR_BUSY, "busy");
	cr_assert(strstr(ground.err.text, "Run the command again"), "%s", ground.err.text);
	cr_assert(!store_is_writing(second), "no transaction was left behind");
	cr_assert(store_begin_read(second, &ground.err) == ERR_NONE, "reading goes on");
	struct ledger_end end;
	cr_assert(ledger_last(second, &end, &ground.err) == ERR_NONE && end.size == 1, "one fact");
	store_end(second);
	store_rollback(ground.store);
	cr_assert(store_begin_immediate(second, &ground.err) == ERR_NONE, "%s", ground.err.text);
	store_close(second);
	cr_assert(store_begin_immediate(ground.store, &ground.err) == ERR_NONE, "closing has rolled back");
	ground_leave(&ground);
}

Test(store, two_writers_take_turns)
{
	struct ground ground;
	struct store *second;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	cr_assert(store_open_waiting(ground.path, 0, 0, &second, &ground.err) == ERR_NONE, "%s", ground.err.text);
	struct store *const stores[] = { ground.store, second };
	for (int i = 0; i < 10; i++) {
		ground.store = stores[i % 2];
		cr_assert(give(&ground, "policy.adopted", NULL, NULL, "{\"v\":1,\"text\":\"x\",\"name\":\"y\"}"), "%s", ground.err.text);
	}
	ground.store = stores[0];
	struct ledger_end end;
	cr_assert(ledger_last(ground.store, &end, &ground.err) == ERR_NONE && end.size == 11, "eleven facts in one chain");
	store_close(second);
	ground_leave(&ground);
}

Test(store, a_read_keeps_one_view)
{
	struct ledger_end before, within, after;
	struct ground ground;
	struct store *reader;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	cr_assert(store_open(ground.path, STORE_READONLY, &reader, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(store_begin_read(reader, &ground.err) == ERR_NONE && ledger_last(reader, &before, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(store_begin_read(reader, &ground.err) == ERR_NONE, "a read within a read");
	cr_assert(give(&ground, "policy.adopted", NULL, NULL, "{\"v\":1}"), "%s", ground.err.text);
	store_end(reader);
	cr_assert(ledger_last(reader, &within, &ground.err) == ERR_NONE, "%s", ground.err.text);
	store_end(reader);
	store_end(reader);
	cr_assert(ledger_last(reader, &after, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(before.size == 1 && within.size == 1 && after.size == 2, "%d %d %d", (int)before.size, (int)within.size, (int)after.size);
	store_close(reader);
	ground_leave(&ground);
}

Test(store, a_read_only_ledger_is_read_and_not_written)
{
	struct ground ground;
	struct store *reader;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	cr_assert(store_open(ground.path, STORE_READONLY, &reader, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(store_is_readonly(reader) && !store_is_readonly(ground.store), "only this one");
	cr_assert(store_begin_immediate(reader, &ground.err) == ERR_SYSTEM, "refused");
	cr_assert(strstr(ground.err.text, "may only be read by this user"), "%s", ground.err.text);
	store_close(reader);
	ground_leave(&ground);
}

Test(store, a_moved_ledger_is_not_written)
{
	struct ground ground;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	cr_assert(store_begin_immediate(ground.store, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(rename(ground.path, ground_in(&ground, "moved.db")) == 0, "moved within the write");
	cr_assert(store_commit(ground.store, &ground.err) == ERR_SYSTEM, "refused");
	cr_assert(strstr(ground.err.text, "was moved or removed"), "%s", ground.err.text);
	cr_assert(!store_is_writing(ground.store), "the write is over");
	cr_assert(store_begin_immediate(ground.store, &ground.err) == ERR_SYSTEM, "and none begins");
	cr_assert(store_begin_read(ground.store, &ground.err) == ERR_SYSTEM, "nor a read");
	ground_leave(&ground);
}

Test(store, a_full_disk_records_nothing)
{
	struct ground ground;
	char *text;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	(void)sqlite3_set_authorizer(ground.store->sql.db, NULL, NULL);
	const char *limit = arena_printf(&ground.arena, "pragma max_page_count = %s", ground_rows(&ground, "pragma page_count"));
	cr_assert(sqlite3_exec(ground.store->sql.db, limit, NULL, NULL, NULL) == SQLITE_OK, "%s", limit);
	text = arena_alloc(&ground.arena, 200001);
	cr_assert(text, "memory");
	memset(text, 'x', 200000);
	const char *body = arena_printf(&ground.arena, "{\"v\":1,\"text\":\"%s\"}", text);
	struct fact fact = ground_fact(&ground, "policy.adopted", NULL, NULL, body);
	cr_assert(ground_write(&ground, &fact) == ERR_SYSTEM, "refused");
	cr_assert(strstr(ground.err.text, "is full; nothing was recorded"), "%s", ground.err.text);
	cr_assert_str_eq(ground_rows(&ground, "select count(*) from fact"), "1", "nothing");
	ground_leave(&ground);
}

Test(store, codes_become_the_kinds_that_tell_what_to_do)
{
	static const struct { int rc; enum err_kind kind; } table[] = {
		{ SQLITE_BUSY, ERR_BUSY }, { SQLITE_BUSY_SNAPSHOT, ERR_BUSY }, { SQLITE_LOCKED, ERR_BUSY }, { SQLITE_FULL, ERR_SYSTEM },
		{ SQLITE_IOERR_FSYNC, ERR_SYSTEM }, { SQLITE_IOERR_WRITE, ERR_SYSTEM }, { SQLITE_READONLY, ERR_SYSTEM },
		{ SQLITE_READONLY_DIRECTORY, ERR_SYSTEM }, { SQLITE_CANTOPEN, ERR_SYSTEM }, { SQLITE_CORRUPT, ERR_INTEGRITY }, { SQLITE_NOTADB, ERR_INTEGRITY },
		{ SQLITE_CONSTRAINT_TRIGGER, ERR_INTEGRITY }, { SQLITE_NOMEM, ERR_SYSTEM }, { SQLITE_TOOBIG, ERR_USAGE }, { SQLITE_INTERRUPT, ERR_SYSTEM },
		{ SQLITE_AUTH, ERR_SYSTEM }, { SQLITE_ERROR, ERR_SYSTEM },
	};
	struct ground ground;

	cr_assert(ground_make(&ground), "%s", ground.err.text);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		cr_assert_eq(sql_fail(&ground.store->sql, table[i].rc, &ground.err), table[i].kind, "%d", table[i].rc);
		cr_assert_eq(ground.err.kind, table[i].kind, "%d", table[i].rc);
		cr_assert(strlen(ground.err.text) > 20, "a sentence: %s", ground.err.text);
	}
	ground_leave(&ground);
}

Test(store, network_file_systems_are_known)
{
	cr_assert_str_eq(file_network_name(0x6969), "NFS", "NFS");
	cr_assert_str_eq(file_network_name(0xff534d42), "CIFS", "CIFS");
	cr_assert_str_eq(file_network_name(0x65735546), "FUSE", "FUSE");
	cr_assert(file_network_name(0xef53) == NULL, "ext4 is fine");
	cr_assert(file_network_name(0x01021994) == NULL, "tmpfs is fine");
}

Test(store, a_damaged_file_is_found)
{
	struct ground ground;
	FILE *file;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	cr_assert(store_check(ground.store, &ground.err) == ERR_NONE, "%s", ground.err.text);
	store_close(ground.store);
	ground.store = NULL;
	file = fopen(ground.path, "r+");
	cr_assert(file && fseek(file, 4096 * 3, SEEK_SET) == 0, "page 4");
	for (int i = 0; i < 4096; i++)
		(void)fputc(i * 7 % 251, file);
	cr_assert(fclose(file) == 0, "written");
	enum err_kind kind = store_open(ground.path, 0, &ground.store, &ground.err);
	if (kind == ERR_NONE)
		kind = store_check(ground.store, &ground.err);
	cr_assert_eq(kind, ERR_INTEGRITY, "%s", ground.err.text);
	ground_leave(&ground);
}

Test(store, a_backup_is_a_ledger_of_its_own)
{
	struct ledger_end end, copied;
	struct ground ground;
	struct store *copy;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	const char *path = ground_in(&ground, "copy.db");
	cr_assert(store_backup(ground.store, path, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(store_backup(ground.store, path, &ground.err) == ERR_REFUSED, "there is one");
	cr_assert(store_open(path, 0, &copy, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(ledger_last(copy, &copied, &ground.err) == ERR_NONE && ledger_last(ground.store, &end, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(copied.size == end.size && digest_equal(&copied.head, &end.head), "the same head");
	store_close(copy);
	ground_leave(&ground);
}
