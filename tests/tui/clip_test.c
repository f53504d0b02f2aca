#include <config.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <criterion/criterion.h>

#include <gonogo/app/uses.h>
#include <gonogo/base/io.h>
#include <gonogo/sign/base64.h>

#include "../support/desk.h"
#include "../support/screens.h"
#include "scene.h"

TestSuite(clip, .timeout = 240, .description = "what is copied: to the clipboard by OSC 52 where the terminal knows it, and into a file of the user's own in any case");

static const char *shown(struct scene *scene)
{
	int y, x;

	scene_draw(scene, 30, 100, &y, &x);
	return screens_text(scene->board.window);
}

#define SHOWS(WORDS) cr_assert(strstr(shown(&scene), WORDS), "\"%s\" is missing\n%s", WORDS, shown(&scene))

/* What the file holds; nobody else may read it. */
static const char *copied(struct scene *scene)
{
	const char *path = arena_printf(&scene->arena, "%s/state/clipboard", scene->dir);
	struct stat about;
	struct err err = { 0 };
	size_t size;
	char *bytes;

	cr_assert(io_read(path, 1 << 20, &scene->arena, &bytes, &size, &err) == ERR_NONE, "%s", err.text);
	cr_assert(stat(path, &about) == 0 && (about.st_mode & 0777) == 0600, "mode %o", (unsigned)about.st_mode & 0777);
	return bytes;
}

Test(clip, id_of_the_selected_row_of_every_pane)
{
	static const struct { const char *keys, *id; } panes[] = {
		{ "1", "calendar-sync" }, { "2", "elm-street" }, { "3/DAT-3<Enter>", "DAT-3" }, { "4", "calendar-sync/m1" }, { "6", "INC-1" }, { "7G", "1" },
		{ "1<Enter>", "calendar-sync" },
	};
	struct scene scene;

	scene_open(&scene, true);
	SHOWS("calendar-sync");
	for (size_t i = 0; i < sizeof panes / sizeof *panes; i++) {
		char said[96];

		scene_press(&scene, panes[i].keys);
		scene_press(&scene, "y");
		snprintf(said, sizeof said, "%s: written to ", panes[i].id);
		SHOWS(said);
		cr_assert_str_eq(copied(&scene), panes[i].id, "%s", panes[i].keys);
	}
	scene_close(&scene);
}

Test(clip, memo_is_copied_byte_for_byte)
{
	struct scene scene;
	struct buf text = BUF_EMPTY;
	struct err err = { 0 };

	scene_open(&scene, true);
	SHOWS("calendar-sync");
	cr_assert(use_memo_text(&scene.session, "calendar-sync", NULL, 0, &text, &err) == ERR_NONE, "%s", err.text);
	scene_press(&scene, "mY");
	SHOWS(" lines: written to ");
	cr_assert_str_eq(copied(&scene), buf_text(&text));
	scene_press(&scene, "<Esc>4y");
	scene_press(&scene, "Y");
	cr_assert_str_eq(copied(&scene), buf_text(&text));
	buf_release(&text);
	scene_close(&scene);
}

Test(clip, account_is_copied_whole_however_little_of_it_is_in_sight)
{
	static const char *const panes[][2] = {
		{ "1", "approval" }, { "2", "Elm Street Choir" }, { "3", "History, newest first:" }, { "6", "SEV-1" }, { "7", "Recorded from " }, { "1<Enter>", "approval" },
		{ "1o", "Release manifest" },
	};
	struct scene scene;

	scene_open(&scene, true);
	SHOWS("calendar-sync");
	for (size_t i = 0; i < sizeof panes / sizeof *panes; i++) {
		scene_press(&scene, panes[i][0]);
		scene_press(&scene, "Y");
		cr_assert(strstr(copied(&scene), panes[i][1]), "%s: %s", panes[i][0], copied(&scene));
		cr_assert(strchr(copied(&scene), '\n') != NULL);
	}
	scene_close(&scene);
}

Test(clip, nothing_selected_copies_nothing)
{
	struct scene scene;

	scene_open(&scene, true);
	SHOWS("calendar-sync");
	scene_press(&scene, "/nothing at all<Enter>y");
	SHOWS("Nothing is selected whose id could be copied.");
	scene_press(&scene, "Y");
	SHOWS("There is no text here that could be copied.");
	scene_close(&scene);
}

/* On a real terminal: the bytes go through between two paints, and what is on the screen stays as it is drawn. */
static void copy_on(const char *term, const char *locale, bool is_sent)
{
	static const char id[] = "alpha-one";
	char sequence[64], text[BASE64_SIZE(sizeof id) + 1];
	struct shell shell;
	struct desk desk = { .shell = &shell };

	base64_encode(id, sizeof id - 1, text);
	snprintf(sequence, sizeof sequence, "\033]52;c;%s\a", text);
	shell_open(&shell);
	shell_at(&shell, "2025-01-14T09:00:00Z");
	shell_people(&shell);
	cr_assert_eq(shell_as(&shell, "jane", "release new %s --class ui-only --description Labels", id), 0, "%s", shell_told(&shell));
	desk.locale = locale;
	desk_sit(&desk, "jane", "2025-01-14 10:00:00", 24, 80, term);
	terminal_wait_text(&desk.terminal, "> alpha-one");
	terminal_keys(&desk.terminal, "y");
	terminal_wait_text(&desk.terminal, is_sent ? "alpha-one: sent to the terminal, and written to" : "alpha-one: written to");
	cr_assert((strstr(terminal_raw(&desk.terminal), sequence) != NULL) == is_sent, "TERM=%s", term);
	cr_assert(is_sent || !strstr(terminal_raw(&desk.terminal), "]52;"), "TERM=%s", term);
	cr_assert(!strstr(terminal_text(&desk.terminal), text) && !strstr(terminal_text(&desk.terminal), "52;c"), "%s", terminal_told(&desk.terminal));
	terminal_wait_text(&desk.terminal, "RELEASE");
	desk_leave(&desk);
	shell_close(&shell);
}

Test(clip, sequence_reaches_a_terminal_that_knows_it)
{
	copy_on("xterm-256color", "C.UTF-8", true);
}

Test(clip, sequence_reaches_it_in_the_C_locale_too)
{
	copy_on("tmux-256color", "C", true);
}

Test(clip, terminals_that_would_print_it_get_the_file_alone)
{
	static const char *const terms[] = { "vt100", "linux", "screen" };

	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
		copy_on(terms[i], "C.UTF-8", false);
}
