#include <config.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>
#include <gonogo/base/io.h>
#include <gonogo/config/policy_file.h>

static struct arena arena;
static char *folder;
static struct policy policy;
static struct policy_text text;
static struct err err;

static void begin(void)
{
	struct err why;

	arena_init(&arena, 0);
	cr_assert_eq(io_temp_dir(&arena, &folder, &why), ERR_NONE, "%s", why.text);
}

static void end(void)
{
	io_remove_dir(folder);
	arena_release(&arena);
}

TestSuite(policy_file, .timeout = 60, .init = begin, .fini = end, .description = "a policy as people write it, and what is no policy");

static enum err_kind parse(const char *bytes)
{
	err = (struct err){ 0 };
	return policy_file_parse("p.conf", bytes, &arena, &policy, &text, &err);
}

static const char *path_of(const char *name)
{
	return arena_printf(&arena, "%s/%s", folder, name);
}

static void put(const char *path, const char *bytes, size_t size, mode_t mode)
{
	const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	cr_assert(fd >= 0 && io_put(fd, bytes, size) && fchmod(fd, mode) == 0 && close(fd) == 0, "%s could not be written", path);
}

static enum err_kind read_file(const char *path)
{
	err = (struct err){ 0 };
	return policy_file_read(path, &arena, &policy, &text, &err);
}

#define SAYS(part) cr_assert(strstr(err.text, (part)), "%s is not in: %s", (part), err.text)

/* Every row's example is a policy, and what is printed reads back as the same. */
Test(policy_file, i_6_takes_every_row_of_its_table)
{
	struct buf all = BUF_EMPTY, printed = BUF_EMPTY;
	const char *canonical, *again;

	for (size_t i = 0; i < policy_setting_count; i++)
		buf_printf(&all, "%s\n", policy_settings[i].example);
	cr_assert_eq(parse(buf_text(&all)), ERR_NONE, "%s", err.text);
	cr_assert_eq(text.count, policy_setting_count, "%zu settings", text.count);
	cr_assert_eq(policy_write(&text, &arena, &canonical, &err), ERR_NONE);
	policy_file_print(&text, &printed);
	cr_assert_eq(parse(buf_text(&printed)), ERR_NONE, "%s\n%s", err.text, buf_text(&printed));
	cr_assert_eq(policy_write(&text, &arena, &again, &err), ERR_NONE);
	cr_assert_str_eq(canonical, again);
	buf_release(&all);
	buf_release(&printed);
}

Test(policy_file, i_6_what_is_false_is_not_asked)
{
	cr_assert_eq(parse("name = \"x\"; plan_of_two = false;"), ERR_NONE, "%s", err.text);
	cr_assert(!policy.is_plan_of_two && text.count == 1);
}

/* FILE:LINE: what, the rule that it would loosen, and what was expected. */
Test(policy_file, i_6_complains_with_file_line_and_rule)
{
	static const struct { const char *bytes, *says; } wrong[] = {
		{ "name = \"x\";\nsoaks = ();\n", "p.conf:2: there is no setting \"soaks\". Did you mean soak?" },
		{ "name = \"x\";\n\nsoak = (\n { class = \"mechanism\"; channel = \"experimental\"; min = \"9 days\"; }\n);\n", "p.conf:4: soak: 9 days in experimental would loosen CHN-2" },
		{ "name = \"x\";\nsoak = ( { class = \"ui\"; channel = \"candidate\"; min = \"9 days\"; } );", "p.conf:2: soak: class is \"ui\"; expected ui-only, workflow" },
		{ "name = \"x\";\nsoak = ( { chanel = \"candidate\"; min = \"9 days\"; } );", "p.conf:2: there is no field of soak \"chanel\". Did you mean channel?" },
		{ "name = \"x\";\nsoak = ( { channel = \"candidate\"; } );", "p.conf:2: soak: min is missing" },
		{ "name = \"x\";\nsoak = { channel = \"candidate\"; min = \"9 days\"; };", "p.conf:2: soak is no list, expected soak = (" },
		{ "name = \"x\";\nsoak = ( \"candidate\" );", "p.conf:2: an element of soak is no group" },
		{ "name = \"x\";\ntest_age = 30;", "p.conf:2: test_age is neither a text" },
		{ "name = \"x\";\ntest_age = 99999999999999999999999;", "p.conf:2: test_age is neither a text" },
		{ "name = \"x\";\ntest_age = \"99999999999999999999 days\";", "p.conf:2: test_age: " },
		{ "name = \"x\";\nplan_of_two = \"yes\";", "p.conf:2: plan_of_two: it is \"yes\"; expected true" },
		{ "name = \"x\";\nname = \"y\";", "p.conf:2: " },
		{ "name = \"standard\";", "p.conf:1: name: \"standard\" is the policy that holds without any" },
		{ "plan_of_two = true;", "p.conf:1: the policy has no name" },
		{ "", "p.conf:1: the policy has no name" },
		{ "name = \"x\";\n\nplan_of_two = ;\n", "p.conf:3: " },
		{ "name = \"a\\x1b[2Jb\";", "p.conf:1: name: " },
		{ "# \033[2J\nname = \"x\";", "p.conf:1: the line" },
		{ "name = \"x\";\n/* \xe2\x80\xae */", "p.conf:2: the line" },
		{ "name = \"x\xe2\x80\x8b\";", "p.conf:1: the line" },
		{ "name = \"\xff\";", "p.conf:1: the line" },
		{ "name = \"a\tb\";", "p.conf:1: name: " },
		{ "name = \"x\";\n@include \"/etc/passwd\"\n", "p.conf:2: @include is not used here" },
		{ "name = \"x\";\n\t @include \"/dev/zero\"\n", "p.conf:2: @include is not used here" },
		{ "name = \"x\"; /*\n@include \"../p.conf\"\n*/", "p.conf:2: @include is not used here" },
		{ "name = \"x\"; freezes = ( { from = \"2026-01-01\"; until = \"2025-01-01\"; reason = \"y\"; } );", "p.conf:1: freezes: it ends at 2025-01-01" },
	};

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		cr_assert_eq(parse(wrong[i].bytes), ERR_INPUT, "\"%s\" was taken", wrong[i].bytes);
		SAYS(wrong[i].says);
	}
}

Test(policy_file, i_6_nests_as_deep_as_anybody_likes_and_says_too_much)
{
	static const char *const brackets[] = { "(", "{ a = " };

	for (size_t i = 0; i < sizeof brackets / sizeof *brackets; i++) {
		struct buf deep = BUF_EMPTY;

		buf_str(&deep, "name = \"x\";\nsoak = ");
		for (int n = 0; n < 20000; n++)
			buf_str(&deep, brackets[i]);
		cr_assert_eq(parse(buf_text(&deep)), ERR_INPUT);
		SAYS("p.conf:2: ");
		buf_release(&deep);
	}
	{
		struct buf many = BUF_EMPTY;

		buf_str(&many, "name = \"x\";\nbarred = (\n");
		for (int n = 0; n < 1000; n++)
			buf_printf(&many, "%s{ release = \"R-%d\"; reason = \"x\"; }\n", n ? "," : "", n);
		buf_str(&many, ");");
		cr_assert_eq(parse(buf_text(&many)), ERR_INPUT);
		SAYS("at most");
		buf_release(&many);
	}
}

#define GOOD "name = \"x\";\n"

Test(policy_file, i_6_reads_a_file_of_its_owner_alone)
{
	const char *path = path_of("p.conf"), *below = path_of("sub/p.conf"), *sub = path_of("sub");
	static const mode_t loose[] = { 0660, 0606, 0666, 0620 };

	put(path, GOOD, strlen(GOOD), 0644);
	cr_assert_eq(read_file(path), ERR_NONE, "%s", err.text);
	cr_assert_str_eq(policy.name, "x");
	for (size_t i = 0; i < sizeof loose / sizeof *loose; i++) {
		cr_assert(chmod(path, loose[i]) == 0);
		cr_assert_eq(read_file(path), ERR_SYSTEM, "mode %o was read", loose[i]);
		SAYS("others could have written it");
	}
	cr_assert(mkdir(sub, 0700) == 0);
	put(below, GOOD, strlen(GOOD), 0600);
	cr_assert_eq(read_file(below), ERR_NONE, "%s", err.text);
	cr_assert(chmod(sub, 0770) == 0);
	cr_assert_eq(read_file(below), ERR_SYSTEM);
	SAYS(sub);
	cr_assert(chmod(sub, 0700) == 0 && unlink(below) == 0 && rmdir(sub) == 0);
}

/* Never hangs, never follows, never reads what is no file. */
Test(policy_file, i_6_reads_nothing_but_a_regular_file)
{
	const char *fifo = path_of("fifo"), *link = path_of("link"), *good = path_of("good"), *big = path_of("big"), *nul = path_of("nul");
	char *much = arena_alloc(&arena, POLICY_FILE_MAX + 1);

	cr_assert(much && mkfifo(fifo, 0600) == 0);
	put(good, GOOD, strlen(GOOD), 0600);
	cr_assert(symlink(good, link) == 0);
	memset(much, '\n', POLICY_FILE_MAX + 1);
	put(big, much, POLICY_FILE_MAX + 1, 0600);
	put(nul, "name = \"x\";\n\0", 13, 0600);
	cr_assert_eq(read_file(fifo), ERR_SYSTEM);
	SAYS("FIFO");
	cr_assert_eq(read_file(link), ERR_SYSTEM);
	SAYS("symbolic link");
	cr_assert_eq(read_file("/dev/zero"), ERR_SYSTEM);
	SAYS("no regular file");
	cr_assert_eq(read_file(folder), ERR_SYSTEM);
	SAYS("folder");
	cr_assert_eq(read_file(path_of("none")), ERR_SYSTEM);
	cr_assert_eq(read_file(path_of("no/ne")), ERR_SYSTEM);
	cr_assert_eq(read_file("-"), ERR_SYSTEM);
	cr_assert_eq(read_file(big), ERR_INPUT);
	SAYS("more than");
	cr_assert_eq(read_file(nul), ERR_INPUT);
	SAYS("NUL");
}
