#include <config.h>

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/app/uses.h>
#include <gonogo/tui/window.h>

#include "../support/desk.h"
#include "../support/screens.h"
#include "scene.h"

TestSuite(releases, .timeout = 120, .description = "the list of releases: its orders, its filters, what waits for whom, and what is found again");

static const char *shown(struct scene *scene)
{
	int y, x;

	scene_draw(scene, 30, 100, &y, &x);
	return screens_text(scene->board.window);
}

static const char *selected(struct scene *scene)
{
	const struct screen *top = console_top(&scene->console);

	return top->kind->window(top)->selected;
}

/* The ids of the rows in sight, a blank between. */
static const char *rows(struct scene *scene)
{
	static char out[1024];
	const struct screen *top = console_top(&scene->console);
	const struct window *window = top->kind->window(top);
	size_t at = 0;

	*out = '\0';
	for (size_t i = 0; i < window->rows.count && at < sizeof out; i++)
		at += (size_t)snprintf(out + at, sizeof out - at, "%s%s", i ? " " : "", window->rows.keys[i]);
	return out;
}

#define SHOWS(WORDS) cr_assert(strstr(shown(&scene), WORDS), "%s", shown(&scene))
#define LACKS(WORDS) cr_assert(!strstr(shown(&scene), WORDS), "%s", shown(&scene))

Test(releases, every_order_is_named_and_keeps_the_selection)
{
	static const char *const names[] = { "needs-you", "newest", "channel", "opens-next", "id" };
	struct scene scene;
	char before[72];

	scene_open(&scene, true);
	scene_settle(&scene);
	SHOWS("sort: id");
	snprintf(before, sizeof before, "%s", selected(&scene));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char words[32];

		scene_press(&scene, "S");
		snprintf(words, sizeof words, "sort: %s", names[i]);
		SHOWS(words);
		cr_assert_str_eq(selected(&scene), before, "order %s moves the cursor to %s", names[i], selected(&scene));
	}
	scene_close(&scene);
}

Test(releases, saved_filters_leave_what_they_say_and_add_to_the_words)
{
	struct scene scene;

	scene_open(&scene, true);
	scene_settle(&scene);
	scene_press(&scene, "h");
	SHOWS("filter: halted");
	cr_assert_str_eq(rows(&scene), "dues-ledger", "halted: %s", rows(&scene));
	scene_press(&scene, "t");
	SHOWS("filter: soaking");
	LACKS("dues-ledger");
	cr_assert(strstr(rows(&scene), "bulk-invite"), "soaking: %s", rows(&scene));
	SHOWS("sort: id");
	scene_press(&scene, "/invite<Enter>");
	SHOWS("filter: soaking /invite");
	cr_assert_str_eq(rows(&scene), "bulk-invite", "both: %s", rows(&scene));
	scene_press(&scene, "b");
	SHOWS("No release is left by the filter.");
	scene_press(&scene, "b/");
	SHOWS("filter: /invite");
	scene_press(&scene, "<Esc>");
	SHOWS("filter: /invite");
	/* Closed, it is let go by the same key, before anything is left. */
	scene_press(&scene, "<Esc>");
	LACKS("filter: /invite");
	scene_close(&scene);
}

Test(releases, what_needs_the_person_comes_first_when_sorted_so)
{
	struct scene scene;
	const struct release_line *items;
	const struct window *window;
	bool is_over = false;

	scene_open(&scene, true);
	scene_settle(&scene);
	scene_press(&scene, "Sg");
	shown(&scene);
	window = console_top(&scene.console)->kind->window(console_top(&scene.console));
	items = window->rows.items;
	cr_assert(window->rows.count > 5, "rows: %s", rows(&scene));
	for (size_t i = 0; i < window->rows.count; i++) {
		const bool is_mine = items[i].needs & scene.console.my_roles;

		cr_assert(!(is_over && is_mine), "%s comes after one that needs nobody", items[i].id);
		is_over |= !is_mine;
	}
	cr_assert(items[0].needs & scene.console.my_roles, "%s is first", items[0].id);
	scene_close(&scene);
}

Test(releases, one_key_goes_from_one_that_waits_to_the_next_and_round)
{
	struct scene scene;
	char first[72], seen[32][72];
	size_t count = 0;

	scene_open(&scene, true);
	scene_settle(&scene);
	snprintf(first, sizeof first, "%s", selected(&scene));
	do {
		const struct screen *top = console_top(&scene.console);
		const struct release_line *line;

		scene_press(&scene, "n");
		line = (const struct release_line *)top->kind->window(top)->rows.items + top->kind->window(top)->at;
		cr_assert(line->is_judged && line->needs_me, "%s waits for ann", line->id);
		for (size_t i = 0; i < count; i++)
			cr_assert_str_neq(seen[i], line->id, "%s comes twice", line->id);
		snprintf(seen[count++], sizeof *seen, "%s", line->id);
	} while (strcmp(selected(&scene), first) != 0 && count < 32);
	cr_assert(count > 3 && count < 32, "%zu wait", count);
	scene_press(&scene, "hn");
	SHOWS("No other release that the filter leaves waits for you.");
	scene_close(&scene);
}

Test(releases, the_walk_names_the_next_release_before_it_goes_there)
{
	struct scene scene;

	scene_open(&scene, true);
	scene_settle(&scene);
	SHOWS("sort: id");
	scene_press(&scene, "/invite<Enter>");
	scene_press(&scene, "/<C-u><Enter>w");
	SHOWS("bulk-invite  candidate -> stable");
	scene_press(&scene, "n");
	SHOWS("Nothing more waits for you here; n: next release that does, calendar-sync.");
	SHOWS("bulk-invite  candidate -> stable");
	scene_press(&scene, "]n");
	SHOWS("bulk-invite  candidate -> stable");
	scene_press(&scene, "n");
	SHOWS("calendar-sync  candidate -> stable");
	scene_press(&scene, "<Esc>");
	cr_assert_str_eq(selected(&scene), "calendar-sync", "the list stands where the walk was left: %s", selected(&scene));
	scene_close(&scene);
}

/* --- found again --- */

static void sit(struct desk *desk, const char *person)
{
	desk_sit(desk, person, "2025-01-14 10:00:00", 24, 80, "xterm-256color");
	terminal_wait_text(&desk->terminal, "RELEASE");
}

/* Esc would let the filter go. */
static void quit(struct desk *desk)
{
	terminal_keys(&desk->terminal, "q");
	cr_assert(terminal_end(&desk->terminal) == 0, "%s", terminal_told(&desk->terminal));
	terminal_free(&desk->terminal);
}

static int row_of(struct terminal *terminal, const char *words)
{
	for (int row = 0; row < 24; row++)
		if (strstr(terminal_row(terminal, row), words))
			return row;
	return -1;
}

Test(releases, order_filter_and_cursor_are_found_again_after_the_end)
{
	static const char *const ids[] = { "alpha-one", "alpha-two", "beta-one", "beta-two" };
	struct shell shell;
	struct desk desk = { .shell = &shell };

	shell_open(&shell);
	shell_at(&shell, "2025-01-14T09:00:00Z");
	shell_people(&shell);
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		cr_assert_eq(shell_as(&shell, "jane", "release new %s --class ui-only --description Labels", ids[i]), 0, "%s", shell_told(&shell));
	sit(&desk, "jane");
	terminal_keys(&desk.terminal, "SS");
	terminal_wait_text(&desk.terminal, "sort: newest");
	terminal_keys(&desk.terminal, "f/one<Enter>");
	terminal_wait_text(&desk.terminal, "filter: mine /one");
	terminal_keys(&desk.terminal, "gj");
	terminal_wait_text(&desk.terminal, "> alpha-one");
	terminal_wait_gone(&desk.terminal, "-two");
	quit(&desk);

	sit(&desk, "jane");
	terminal_wait_text(&desk.terminal, "filter: mine /one  sort: newest");
	terminal_wait_text(&desk.terminal, "> alpha-one");
	cr_assert(row_of(&desk.terminal, "beta-one") < row_of(&desk.terminal, "> alpha-one"), "the newest is first\n%s", terminal_told(&desk.terminal));
	cr_assert_eq(row_of(&desk.terminal, "-two"), -1, "%s", terminal_told(&desk.terminal));
	quit(&desk);

	/* What one person chose is nobody else's. */
	sit(&desk, "bob");
	terminal_wait_text(&desk.terminal, "sort: id");
	terminal_wait_text(&desk.terminal, "beta-two");
	cr_assert_eq(row_of(&desk.terminal, "filter:"), -1, "%s", terminal_told(&desk.terminal));
	desk_leave(&desk);
	shell_close(&shell);
}

/* --- before the first release --- */

Test(releases, an_empty_ledger_says_what_comes_first_and_ticks_what_is_done)
{
	static const int sizes[][2] = { { 30, 100 }, { 24, 80 }, { 20, 60 }, { 12, 40 } };
	struct shell shell;
	struct desk desk = { .shell = &shell };

	shell_open(&shell);
	shell_at(&shell, "2025-01-14T09:00:00Z");
	shell_people(&shell);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		int row, col;
		bool is_visible;

		desk_sit(&desk, "jane", "2025-01-14 10:00:00", sizes[i][0], sizes[i][1], "xterm-256color");
		terminal_wait_text(&desk.terminal, "No releases yet");
		terminal_wait_text(&desk.terminal, "[x] You");
		terminal_wait_text(&desk.terminal, "[x] System Owner");
		terminal_wait_text(&desk.terminal, "[x] QA");
		terminal_wait_text(&desk.terminal, "> [ ] First release");
		terminal_wait_text(&desk.terminal, "i: Import");
		terminal_cursor(&desk.terminal, &row, &col, &is_visible);
		cr_assert(strncmp(terminal_row(&desk.terminal, row), "> [ ]", 5) == 0 && col == 0, "%s", terminal_told(&desk.terminal));
		cr_assert(!strstr(terminal_text(&desk.terminal), "walk gate"), "there is nothing to walk\n%s", terminal_told(&desk.terminal));
		desk_leave(&desk);
	}
	shell_close(&shell);
}

Test(releases, the_first_open_step_names_its_command)
{
	struct shell shell;
	struct desk desk = { .shell = &shell };

	shell_open(&shell);
	shell_at(&shell, "2025-01-14T09:00:00Z");
	shell_key(&shell, "bob");
	cr_assert(shell_run(&shell, "init --key bob.pub --id bob --name 'Bob Smith'") == 0, "%s", shell_told(&shell));
	desk_sit(&desk, "bob", "2025-01-14 10:00:00", 24, 80, "xterm-256color");
	terminal_wait_text(&desk.terminal, "[x] System Owner   bob");
	terminal_wait_text(&desk.terminal, "> [ ] Dev Lead       nobody");
	terminal_wait_text(&desk.terminal, "gonogo person add ID --name NAME --role dev-lead");
	desk_leave(&desk);
	shell_close(&shell);
}

Test(releases, the_calendar_says_what_opens_when_and_who_signs_and_keeps_up)
{
	struct scene scene;
	struct outcome outcome = { 0 };
	struct err err = { 0 };

	scene_open(&scene, true);
	scene_settle(&scene);
	scene_press(&scene, "c");
	scene_match(&scene, "calendar", "2");
	cr_assert(!strstr(shown(&scene), "OPEN    export-csv"), "only time is missing there\n%s", shown(&scene));
	/* An incident keeps its next gate shut, whatever the time. */
	cr_assert(use_incident_open(&scene.session, (struct texts){ (const char *[]){ "export-csv" }, 1 }, (struct texts){ 0 }, 1, false, "double rows", &outcome, &err) == ERR_NONE,
		  "%s", err.text);
	console_refresh(&scene.console);
	scene_settle(&scene);
	scene_press(&scene, "G");
	cr_assert(strstr(shown(&scene), "BLOCKED export-csv: experimental to candidate"), "%s", shown(&scene));
	scene_close(&scene);
}
