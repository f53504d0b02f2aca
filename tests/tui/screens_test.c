/* The camera itself: what it reads back must be what was drawn, and a picture that differs must be told row by row. */
#include <config.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <criterion/criterion.h>

#include "../support/screens.h"
#include "board.h"

TestSuite(screens, .timeout = 30);

static struct board board;

static void open_blank(const char *term, int height, int width)
{
	board_open(&board, UTF8_LOCALE, term, height, width);
	werase(board.window);
}

static void draw_sample(void)
{
	mvwaddstr(board.window, 0, 0, "日本 🚀 e\xcc\x81 ß|");
	wattrset(board.window, A_REVERSE);
	mvwaddstr(board.window, 1, 0, "> chosen ");
	wattrset(board.window, A_BOLD);
	mvwaddstr(board.window, 2, 2, "bold");
	wattrset(board.window, A_BOLD | A_REVERSE);
	waddstr(board.window, "both");
	wattrset(board.window, A_UNDERLINE);
	waddstr(board.window, "line");
	wattrset(board.window, A_BOLD | A_UNDERLINE);
	waddstr(board.window, "two");
	wattrset(board.window, A_NORMAL);
}

Test(screens, reads_text_back_as_drawn)
{
	open_blank(BOARD_TERM, 4, 20);
	draw_sample();
	wmove(board.window, 3, 7);
	cr_assert_str_eq(screens_text(board.window), "日本 🚀 e\xcc\x81 ß|\n> chosen\n  boldbothlinetwo\n\n");
	cr_assert(getcury(board.window) == 3 && getcurx(board.window) == 7, "the cursor has not moved");
	board_close(&board);
}

Test(screens, reads_attributes_in_the_columns_of_the_text, .description = "also on a terminal without colours")
{
	static const char *const terms[] = { BOARD_TERM, "vt100" };

	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		open_blank(terms[i], 4, 20);
		draw_sample();
		cr_assert_str_eq(screens_attributes(board.window), "\nrrrrrrrrr\n  bbbbBBBBuuuu???\n\n", "%s: %s", terms[i],
			screens_attributes(board.window));
		board_close(&board);
	}
}

Test(screens, compares_with_the_picture_of_the_source_tree)
{
	open_blank(BOARD_TERM, 4, 20);
	draw_sample();
	screens_match(board.window, "sample", SCREENS_TEXT_AND_ATTRIBUTES);
	board_close(&board);
}

Test(screens, tells_the_rows_that_differ)
{
	cr_assert_str_eq(screens_difference("one\ntwo\n", "one\ntwo\n"), "");
	cr_assert_str_eq(screens_difference("one\ntwo\nthree\n", "one\n2\nthree\n"), "  1 -|two\n  1 +|2\n");
	cr_assert_str_eq(screens_difference("one\n", "one\n\nmore\n"), "  1 +|\n  2 +|more\n", "rows too many");
	cr_assert_str_eq(screens_difference("one\ntwo\n", "one\n"), "  1 -|two\n", "rows too few");
	cr_assert_str_eq(screens_difference("one", "one\n"), "  0 -|one\n  0 +|one\n", "the end of the last row");
}

static void read_file(const char *path, char *out, size_t room)
{
	FILE *file = fopen(path, "rb");

	cr_assert(file != NULL, "%s: %s", path, strerror(errno));
	out[fread(out, 1, room - 1, file)] = '\0';
	fclose(file);
}

Test(screens, writes_the_picture_when_asked_to)
{
	static const char *const folders[] = { "tests", "tests/tui", "tests/tui/golden" };
	const char *tmp = getenv("TMPDIR");
	char top[256], path[320], text[128];

	snprintf(top, sizeof top, "%s/gonogo-golden.XXXXXX", tmp ? tmp : "/tmp");
	cr_assert(mkdtemp(top) != NULL, "no folder: %s", strerror(errno));
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		snprintf(path, sizeof path, "%s/%s", top, folders[i]);
		cr_assert(mkdir(path, 0700) == 0, "%s: %s", path, strerror(errno));
	}
	setenv("GONOGO_SRC", top, 1);
	setenv("GONOGO_GOLDEN", "update", 1);
	open_blank(BOARD_TERM, 2, 10);
	mvwaddstr(board.window, 0, 0, "first");
	screens_match(board.window, "new", SCREENS_TEXT);
	snprintf(path, sizeof path, "%s/tests/tui/golden/new.txt", top);
	read_file(path, text, sizeof text);
	cr_assert_str_eq(text, "first\n\n");
	mvwaddstr(board.window, 0, 0, "second");
	screens_match(board.window, "new", SCREENS_TEXT);
	read_file(path, text, sizeof text);
	cr_assert_str_eq(text, "second\n\n", "and over one that differs");
	unsetenv("GONOGO_GOLDEN");
	screens_match(board.window, "new", SCREENS_TEXT);
	board_close(&board);
	cr_assert(remove(path) == 0, "%s: %s", path, strerror(errno));
	for (size_t i = sizeof folders / sizeof *folders; i-- > 0;) {
		snprintf(path, sizeof path, "%s/%s", top, folders[i]);
		cr_assert(remove(path) == 0, "%s: %s", path, strerror(errno));
	}
	cr_assert(remove(top) == 0, "%s: %s", top, strerror(errno));
}
