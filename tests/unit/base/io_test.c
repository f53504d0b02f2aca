#include <config.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include <gonogo/base/io.h>

#include "fault.h"

TestSuite(io, .timeout = 20);

/* A folder with a way to name what is in it. */
struct place {
	struct arena arena;
	char *dir;
	struct err err;
};

static bool make_place(struct place *place)
{
	arena_init(&place->arena, 0);
	return io_temp_dir(&place->arena, &place->dir, &place->err) == ERR_NONE;
}

static void leave_place(struct place *place)
{
	io_remove_dir(place->dir);
	arena_release(&place->arena);
}

static const char *in(struct place *place, const char *name)
{
	const char *path = arena_printf(&place->arena, "%s/%s", place->dir, name);
	return path ? path : "";
}

static enum err_kind put(struct place *place, const char *name, const char *text)
{
	return io_write(place->dir, name, text, strlen(text), 0600, &place->err);
}

/* What a file holds, "" when it cannot be read. */
static const char *get(struct place *place, const char *name)
{
	char *bytes = NULL;
	size_t size;
	return io_read(in(place, name), 100000, &place->arena, &bytes, &size, &place->err) == ERR_NONE ? bytes : "";
}

static int count_files(const char *dir)
{
	int n = 0;
	DIR *folder = opendir(dir);
	if (!folder)
		return -1;
	for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder))
		n += entry->d_name[0] != '.' || strncmp(entry->d_name, ".gonogo", 7) == 0;
	(void)closedir(folder);
	return n;
}

static enum err_kind read_path(struct place *place, const char *path, size_t cap)
{
	char *bytes;
	size_t size;
	return io_read(path, cap, &place->arena, &bytes, &size, &place->err);
}

Test(io, reads_a_file_whole)
{
	struct place place;
	char *bytes = NULL;
	size_t size = 99;
	cr_assert(make_place(&place), "a folder");
	cr_assert(put(&place, "a", "one\ntwo\n") == ERR_NONE, "%s", place.err.text);
	cr_assert(io_read(in(&place, "a"), 8, &place.arena, &bytes, &size, &place.err) == ERR_NONE, "exactly the cap");
	cr_assert(size == 8 && strcmp(bytes, "one\ntwo\n") == 0, "all of it");
	cr_assert(put(&place, "empty", "") == ERR_NONE, "an empty file");
	cr_assert(io_read(in(&place, "empty"), 0, &place.arena, &bytes, &size, &place.err) == ERR_NONE,
		"under a cap of 0");
	cr_assert(size == 0 && *bytes == '\0', "is empty text");
	leave_place(&place);
}

Test(io, refuses_what_is_too_large_or_no_text)
{
	struct place place;
	cr_assert(make_place(&place), "a folder");
	cr_assert(put(&place, "a", "123456789") == ERR_NONE, "nine bytes");
	cr_assert(read_path(&place, in(&place, "a"), 8) == ERR_INPUT, "one over the cap");
	cr_assert(strstr(place.err.text, "more than 8 bytes") != NULL, "%s", place.err.text);
	cr_assert(io_write(place.dir, "nul", "a\n\0b", 4, 0600, &place.err) == ERR_NONE, "a NUL is written");
	cr_assert(read_path(&place, in(&place, "nul"), 100) == ERR_INPUT, "but not read as text");
	cr_assert(strstr(place.err.text, "nul:2: the line holds a NUL byte") != NULL, "%s", place.err.text);
	leave_place(&place);
}

Test(io, never_hangs_on_what_is_no_file)
{
	struct place place;
	cr_assert(make_place(&place), "a folder");
	const char *fifo = in(&place, "fifo"), *link = in(&place, "link"), *sock = in(&place, "sock");
	cr_assert(put(&place, "file", "x") == ERR_NONE, "a file to point at");
	cr_assert(mkfifo(fifo, 0600) == 0 && symlink("file", link) == 0, "a FIFO and a link");
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	(void)snprintf(address.sun_path, sizeof address.sun_path, "%s", sock);
	const int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	cr_assert(bind(listener, (const struct sockaddr *)&address, sizeof address) == 0, "a socket");
	const char *const paths[] = { fifo, link, sock, place.dir, "/dev/zero", "/dev/null", in(&place, "missing"),
		"" };
	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
		cr_assert(read_path(&place, paths[i], 100) == ERR_SYSTEM, "%s", paths[i]);
	cr_assert(read_path(&place, link, 100) == ERR_SYSTEM && strstr(place.err.text, "symbolic link"), "%s",
		place.err.text);
	cr_assert(read_path(&place, fifo, 100) == ERR_SYSTEM && strstr(place.err.text, "FIFO"), "%s", place.err.text);
	(void)close(listener);
	leave_place(&place);
}

static bool feed_input(const char *bytes, size_t size)
{
	int ends[2];
	if (pipe(ends) != 0 || write(ends[1], bytes, size) != (ssize_t)size || dup2(ends[0], STDIN_FILENO) < 0)
		return false;
	return close(ends[0]) == 0 && close(ends[1]) == 0;
}

Test(io, reads_standard_input_to_its_end)
{
	struct place place;
	char *bytes = NULL;
	size_t size = 0;
	cr_assert(make_place(&place), "a folder");
	cr_assert(feed_input("from a pipe", 11), "a pipe");
	cr_assert(io_read("-", 11, &place.arena, &bytes, &size, &place.err) == ERR_NONE, "%s", place.err.text);
	cr_assert(size == 11 && strcmp(bytes, "from a pipe") == 0, "whole");
	cr_assert(feed_input("too much", 8), "a pipe");
	cr_assert(read_path(&place, "-", 7) == ERR_INPUT && strstr(place.err.text, "standard input"), "%s",
		place.err.text);
	cr_assert(fcntl(STDIN_FILENO, F_GETFD) >= 0, "it stays open");
	leave_place(&place);
}

Test(io, tells_when_memory_is_gone)
{
	struct place place;
	bool is_read = false;
	int failures = 0;
	cr_assert(make_place(&place), "a folder");
	cr_assert(put(&place, "a", "text") == ERR_NONE, "a file");
	const char *path = in(&place, "a");
	for (int nth = 1; !is_read; nth++) {
		struct arena arena;
		char *bytes;
		size_t size;
		arena_init(&arena, 0);
		fault_from(FAULT_MEMORY, nth, ENOMEM);
		const enum err_kind kind = io_read(path, 100, &arena, &bytes, &size, &place.err);
		cr_assert(kind == ERR_NONE || (kind == ERR_SYSTEM && strstr(place.err.text, "memory")), "allocation %d",
			nth);
		is_read = kind == ERR_NONE;
		failures += !is_read;
		arena_release(&arena);
	}
	cr_assert(failures == 2, "the buffer and the copy: %d", failures);
	leave_place(&place);
}

Test(io, replaces_a_file_whole)
{
	struct place place;
	struct stat found;
	cr_assert(make_place(&place), "a folder");
	(void)umask(0);
	cr_assert(put(&place, "a", "a long first version") == ERR_NONE && put(&place, "a", "second") == ERR_NONE,
		"twice");
	cr_assert_str_eq(get(&place, "a"), "second", "the second");
	cr_assert(stat(in(&place, "a"), &found) == 0 && (found.st_mode & 0777) == 0600, "with the mode asked for");
	cr_assert(count_files(place.dir) == 1, "and nothing beside it");
	leave_place(&place);
}

Test(io, does_not_write_through_a_link)
{
	struct place place;
	struct stat found;
	cr_assert(make_place(&place), "a folder");
	cr_assert(put(&place, "target", "mine") == ERR_NONE && symlink("target", in(&place, "a")) == 0, "a link");
	cr_assert(put(&place, "a", "theirs") == ERR_NONE, "written");
	cr_assert_str_eq(get(&place, "target"), "mine", "what it pointed at is untouched");
	cr_assert(lstat(in(&place, "a"), &found) == 0 && S_ISREG(found.st_mode), "the link is now a file");
	leave_place(&place);
}

Test(io, writes_only_beneath_its_folder)
{
	static const char *const names[] = { "", ".", "..", "../a", "a/b", "/etc/passwd", "a/" };
	struct place place;
	char longest[300];
	cr_assert(make_place(&place), "a folder");
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		cr_assert(put(&place, names[i], "x") == ERR_USAGE, "\"%s\"", names[i]);
	memset(longest, 'x', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	cr_assert(put(&place, longest, "x") == ERR_USAGE, "299 bytes are no name");
	cr_assert(count_files(place.dir) == 0, "nothing was left");
	cr_assert(io_write(in(&place, "none"), "a", "x", 1, 0600, &place.err) == ERR_SYSTEM, "no such folder");
	cr_assert(mkdir(in(&place, "sub"), 0700) == 0 && put(&place, "sub", "x") == ERR_SYSTEM, "a folder in the way");
	cr_assert(count_files(place.dir) == 1 && rmdir(in(&place, "sub")) == 0, "and nothing beside it");
	leave_place(&place);
}

Test(io, leaves_the_old_file_when_it_fails)
{
	static const struct {
		enum fault_call call;
		int number;
	} rows[] = { { FAULT_WRITE, ENOSPC }, { FAULT_FSYNC, EIO }, { FAULT_RENAME, EACCES },
		{ FAULT_RANDOM, ENOSYS } };
	struct place place;
	cr_assert(make_place(&place), "a folder");
	cr_assert(put(&place, "a", "old") == ERR_NONE, "the old one");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		fault_from(rows[i].call, 1, rows[i].number);
		const enum err_kind kind = put(&place, "a", "new");
		fault_from(rows[i].call, 0, 0);
		cr_assert(kind == ERR_SYSTEM, "row %zu is told", i);
		cr_assert(strstr(place.err.text, strerror(rows[i].number)) != NULL, "with its reason: %s",
			place.err.text);
		cr_assert_str_eq(get(&place, "a"), "old", "row %zu", i);
		cr_assert(count_files(place.dir) == 1, "row %zu leaves nothing beside it", i);
	}
	fault_from(FAULT_FSYNC, 2, EIO);
	cr_assert(put(&place, "a", "new") == ERR_SYSTEM, "a folder that could not be synced is told");
	fault_from(FAULT_FSYNC, 2, EINVAL);
	cr_assert(put(&place, "a", "newer") == ERR_NONE, "but not where folders cannot be synced at all");
	leave_place(&place);
}

Test(io, goes_on_after_short_and_interrupted_writes)
{
	struct place place;
	char text[1001];
	memset(text, 'x', sizeof text - 1);
	text[1000] = '\0';
	cr_assert(make_place(&place), "a folder");
	fault_short_writes(7);
	fault_once(FAULT_WRITE, 3, EINTR);
	cr_assert(put(&place, "a", text) == ERR_NONE, "%s", place.err.text);
	cr_assert_str_eq(get(&place, "a"), text, "every byte, once");
	leave_place(&place);
}

Test(io, makes_folders_with_their_parents)
{
	struct place place;
	struct stat found;
	cr_assert(make_place(&place), "a folder");
	const char *a = in(&place, "a"), *c = in(&place, "a/b//c/"), *file = in(&place, "file");
	(void)umask(0);
	cr_assert(io_make_dirs(c, &place.err) == ERR_NONE, "%s", place.err.text);
	cr_assert(io_make_dirs(c, &place.err) == ERR_NONE, "again is no failure");
	cr_assert(stat(a, &found) == 0 && S_ISDIR(found.st_mode) && (found.st_mode & 0777) == 0700,
		"for the owner alone");
	cr_assert(io_make_dirs("/", &place.err) == ERR_NONE, "the root is there");
	cr_assert(put(&place, "file", "x") == ERR_NONE && io_make_dirs(file, &place.err) == ERR_SYSTEM,
		"a file in the way");
	cr_assert(io_make_dirs(in(&place, "file/x"), &place.err) == ERR_SYSTEM, "or on the way");
	cr_assert(io_make_dirs("", &place.err) == ERR_SYSTEM, "nothing is no folder");
	char longest[5000];
	memset(longest, 'x', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	cr_assert(io_make_dirs(longest, &place.err) == ERR_SYSTEM, "nor is what no path can be");
	cr_assert(rmdir(in(&place, "a/b/c")) == 0 && rmdir(in(&place, "a/b")) == 0 && rmdir(a) == 0, "tidied");
	leave_place(&place);
}

Test(io, makes_and_removes_a_private_folder)
{
	struct place place, other;
	struct stat found;
	cr_assert(make_place(&place) && make_place(&other), "two folders");
	cr_assert(strcmp(place.dir, other.dir) != 0, "of their own");
	cr_assert(stat(place.dir, &found) == 0 && (found.st_mode & 0777) == 0700, "for the owner alone");
	cr_assert(put(&other, "kept", "x") == ERR_NONE && put(&place, "a", "x") == ERR_NONE, "a file in each");
	const char *outside = arena_printf(&place.arena, "%s/kept", other.dir);
	cr_assert(outside && symlink(outside, in(&place, "link")) == 0, "and a link from one to the other");
	io_remove_dir(place.dir);
	cr_assert(stat(place.dir, &found) != 0 && errno == ENOENT, "gone");
	cr_assert_str_eq(get(&other, "kept"), "x", "but not what the link pointed at");
	io_remove_dir(place.dir);
	arena_release(&place.arena);
	leave_place(&other);
}

Test(io, writes_a_new_file_and_never_over_another)
{
	struct place place;
	cr_assert(make_place(&place), "a folder");
	cr_assert(io_write_new(in(&place, "fresh"), "one", 3, 0600, &place.arena, &place.err) == ERR_NONE, "%s", place.err.text);
	cr_assert_str_eq(get(&place, "fresh"), "one");
	cr_assert(io_write_new(in(&place, "fresh"), "two", 3, 0600, &place.arena, &place.err) == ERR_REFUSED, "its name is taken");
	cr_assert(strstr(place.err.text, "is there already, and stays as it is: name another file.") != NULL, "%s", place.err.text);
	cr_assert_str_eq(get(&place, "fresh"), "one");
	cr_assert(symlink("nowhere", in(&place, "link")) == 0, "a link to nothing");
	cr_assert(io_write_new(in(&place, "link"), "two", 3, 0600, &place.arena, &place.err) == ERR_REFUSED, "is a taken name too");
	cr_assert(io_write_new(in(&place, "none/file"), "two", 3, 0600, &place.arena, &place.err) == ERR_SYSTEM, "no folder is made");
	cr_assert(io_write_new(in(&place, ""), "two", 3, 0600, &place.arena, &place.err) == ERR_USAGE, "a folder is no file");
	cr_assert_eq(count_files(place.dir), 2, "and nothing else is left behind");
	leave_place(&place);
}
