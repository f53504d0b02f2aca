#include <config.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include <gonogo/base/io.h>

#include "fault.h"

TestSuite(io_folder, .timeout = 20, .description = "a folder held open: what was looked at is what is written into");

struct bench {
	struct arena arena;
	char *dir;
	struct err err;
};

static void open_bench(struct bench *bench)
{
	*bench = (struct bench){ 0 };
	arena_init(&bench->arena, 0);
	cr_assert(io_temp_dir(&bench->arena, &bench->dir, &bench->err) == ERR_NONE, "%s", bench->err.text);
}

static void close_bench(struct bench *bench)
{
	io_remove_dir(bench->dir);
	arena_release(&bench->arena);
}

static const char *in(struct bench *bench, const char *name)
{
	const char *path = arena_printf(&bench->arena, "%s/%s", bench->dir, name);
	return path ? path : "";
}

static enum err_kind open_folder(struct bench *bench, const char *path, struct io_folder *folder)
{
	return io_folder_open(path, &bench->arena, folder, &bench->err);
}

static enum err_kind read_name(struct bench *bench, const struct io_folder *folder, const char *name, char **bytes)
{
	size_t size;
	return io_folder_read(folder, name, 100, &bench->arena, bytes, &size, &bench->err);
}

Test(io_folder, lists_writes_reads_and_removes)
{
	struct bench bench;
	struct io_folder folder;
	const char **names;
	char *bytes;
	size_t count;
	open_bench(&bench);
	cr_assert(open_folder(&bench, in(&bench, "new/"), &folder) == ERR_NONE, "%s", bench.err.text);
	cr_assert(io_folder_names(&folder, &bench.arena, &names, &count, &bench.err) == ERR_NONE && count == 0, "it is new and empty");
	cr_assert(io_folder_write(&folder, "b", "x", 1, 0600, &bench.err) == ERR_NONE &&
			  io_folder_write(&folder, ".a", "", 0, 0600, &bench.err) == ERR_NONE &&
			  io_folder_write(&folder, "B", "y", 1, 0600, &bench.err) == ERR_NONE, "%s", bench.err.text);
	cr_assert(io_folder_write(&folder, "../b", "x", 1, 0600, &bench.err) == ERR_USAGE, "beneath it alone");
	cr_assert(io_folder_names(&folder, &bench.arena, &names, &count, &bench.err) == ERR_NONE && count == 3, "three names, twice in a row");
	cr_assert(strcmp(names[0], ".a") == 0 && strcmp(names[1], "B") == 0 && strcmp(names[2], "b") == 0, "%s %s %s", names[0], names[1], names[2]);
	cr_assert(read_name(&bench, &folder, "b", &bytes) == ERR_NONE && strcmp(bytes, "x") == 0, "%s", bench.err.text);
	cr_assert(read_name(&bench, &folder, "c", &bytes) == ERR_SYSTEM, "there is no c");
	for (size_t i = 0; i < count; i++)
		cr_assert(io_folder_remove(&folder, names[i], &bench.err) == ERR_NONE, "%s", bench.err.text);
	cr_assert(io_folder_remove(&folder, "b", &bench.err) == ERR_NONE, "what is not there is removed");
	cr_assert(mkdir(in(&bench, "new/sub"), 0700) == 0 && io_folder_remove(&folder, "sub", &bench.err) == ERR_SYSTEM, "a folder is no file");
	cr_assert(strstr(bench.err.text, "sub could not be removed"), "%s", bench.err.text);
	io_folder_close(&folder);
	cr_assert(rmdir(in(&bench, "new/sub")) == 0 && rmdir(in(&bench, "new")) == 0, "tidied");
	close_bench(&bench);
}

Test(io_folder, takes_no_link_for_a_folder_or_a_file)
{
	struct bench bench;
	struct io_folder folder;
	char *bytes;
	open_bench(&bench);
	cr_assert(mkdir(in(&bench, "real"), 0700) == 0 && symlink("real", in(&bench, "link")) == 0, "a folder and a link to it");
	cr_assert(symlink("none", in(&bench, "dangling")) == 0, "and one to nothing");
	cr_assert(open_folder(&bench, in(&bench, "link"), &folder) == ERR_REFUSED && strstr(bench.err.text, "symbolic link"), "%s", bench.err.text);
	cr_assert(open_folder(&bench, in(&bench, "link//"), &folder) == ERR_REFUSED, "nor with slashes behind it");
	cr_assert(open_folder(&bench, in(&bench, "dangling"), &folder) == ERR_SYSTEM, "nor one that leads nowhere");
	cr_assert(folder.fd < 0, "nothing is open");
	cr_assert(open_folder(&bench, in(&bench, "real"), &folder) == ERR_NONE, "%s", bench.err.text);
	cr_assert(symlink("/etc/passwd", in(&bench, "real/file")) == 0, "a link");
	cr_assert(read_name(&bench, &folder, "file", &bytes) == ERR_SYSTEM && strstr(bench.err.text, "symbolic link"), "%s", bench.err.text);
	cr_assert(io_folder_remove(&folder, "file", &bench.err) == ERR_NONE && access("/etc/passwd", F_OK) == 0, "the link is removed, not its target");
	io_folder_close(&folder);
	cr_assert(rmdir(in(&bench, "real")) == 0, "tidied");
	close_bench(&bench);
}

Test(io_folder, stays_with_the_folder_it_opened)
{
	struct bench bench;
	struct io_folder folder;
	open_bench(&bench);
	cr_assert(open_folder(&bench, in(&bench, "a"), &folder) == ERR_NONE, "%s", bench.err.text);
	cr_assert(rename(in(&bench, "a"), in(&bench, "b")) == 0 && mkdir(in(&bench, "theirs"), 0700) == 0 && symlink("theirs", in(&bench, "a")) == 0,
		"exchanged meanwhile");
	cr_assert(io_folder_write(&folder, "file", "x", 1, 0600, &bench.err) == ERR_NONE, "%s", bench.err.text);
	cr_assert(access(in(&bench, "b/file"), F_OK) == 0 && access(in(&bench, "theirs/file"), F_OK) != 0, "nothing was written through the name");
	io_folder_close(&folder);
	io_remove_dir(in(&bench, "b"));
	cr_assert(rmdir(in(&bench, "theirs")) == 0, "tidied");
	close_bench(&bench);
}

Test(io_folder, tells_when_memory_is_gone)
{
	struct bench bench;
	struct io_folder folder;
	const char **names;
	size_t count;
	enum err_kind kind = ERR_SYSTEM;
	int n;
	open_bench(&bench);
	cr_assert(open_folder(&bench, bench.dir, &folder) == ERR_NONE && io_folder_write(&folder, "a", "x", 1, 0600, &bench.err) == ERR_NONE, "a file");
	for (n = 1; n < 10 && kind != ERR_NONE; n++) {
		struct arena arena;
		arena_init(&arena, 0);
		fault_from(FAULT_MEMORY, n, ENOMEM);
		kind = io_folder_names(&folder, &arena, &names, &count, &bench.err);
		fault_from(FAULT_MEMORY, 0, 0);
		cr_assert(kind == ERR_NONE || kind == ERR_SYSTEM, "%s", bench.err.text);
		arena_release(&arena);
	}
	cr_assert(kind == ERR_NONE && n > 2, "%d allocations", n);
	io_folder_close(&folder);
	close_bench(&bench);
}
