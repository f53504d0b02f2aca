#include <config.h>

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/tui/actions.h>

#include "../support/screens.h"
#include "scene.h"

TestSuite(help, .timeout = 120, .description = "help is the table of actions: what it lists works, what does not says why, and a key it does not list says so");

static const char *shown(struct scene *scene, int rows, int columns)
{
	int y, x;

	scene_draw(scene, rows, columns, &y, &x);
	return screens_text(scene->board.window);
}

#define SHOWS(WORDS) cr_assert(strstr(shown(&scene, 24, 80), WORDS), "%s", shown(&scene, 24, 80))

Test(help, enter_does_on_the_pane_below_what_the_line_says)
{
	struct scene scene;

	scene_open(&scene, true);
	scene_settle(&scene);
	SHOWS("calendar-sync");
	scene_press(&scene, "?/gate<Enter><Enter>");
	SHOWS("calendar-sync  candidate -> stable");
	scene_press(&scene, "<Esc>?/sort<Enter>");
	scene_press(&scene, "<Enter>");
	SHOWS("sort: needs-you");
	scene_press(&scene, "?/switch the<Enter><Enter>");
	SHOWS("Confirm  [");
	scene_press(&scene, "<Esc>");
	scene_close(&scene);
}

/* Whoever has never seen a form finds there how to go about in it. */
Test(help, a_form_says_how_to_go_about_in_it)
{
	struct scene scene;

	scene_open(&scene, true);
	scene_settle(&scene);
	scene_press(&scene, "N<Tab>?/field<Enter>");
	SHOWS("Tab Down");
	SHOWS("S-Tab Up");
	scene_press(&scene, "<Esc>?/of a row<Enter>");
	SHOWS("Right Left ");
	/* It is the form that takes the key. */
	scene_press(&scene, "<Enter>");
	SHOWS("(*) UI-only");
	scene_close(&scene);
}

Test(help, what_does_not_work_now_says_why_and_stays)
{
	struct scene scene;

	scene_open(&scene, true);
	scene_settle(&scene);
	SHOWS("calendar-sync");
	scene_press(&scene, "?/promote:<Enter>");
	SHOWS("Not available now");
	scene_press(&scene, "<Enter>");
	SHOWS("Help: Releases");
	SHOWS("Not now:");
	scene_close(&scene);
}

Test(help, search_is_live_and_esc_puts_back_what_was)
{
	struct scene scene;

	scene_open(&scene, true);
	scene_settle(&scene);
	scene_press(&scene, "?/KILL");
	SHOWS("Switch the release off, now, for all tenants or some");
	cr_assert(!strstr(shown(&scene, 24, 80), "Walk the next gate"), "%s", shown(&scene, 24, 80));
	scene_press(&scene, "zzz");
	SHOWS("No line is left by these words.");
	scene_press(&scene, "<Esc>");
	SHOWS("Record an incident");
	scene_close(&scene);
}

Test(help, an_act_says_what_consent_it_takes)
{
	struct scene scene;

	scene_open(&scene, true);
	scene_settle(&scene);
	scene_press(&scene, "?/sign<Enter>");
	SHOWS("Asks for the id first, typed.");
	scene_press(&scene, "/<C-u>KILL<Enter>");
	SHOWS("Asks for one word first");
	scene_close(&scene);
}

/* Every line of help on every pane: the cursor goes over all of them at every size. */
Test(help, cursor_reaches_the_last_line_at_every_size)
{
	static const int sizes[][2] = { { 30, 100 }, { 24, 80 }, { 20, 60 }, { 12, 40 } };
	struct scene scene;

	scene_open(&scene, true);
	scene_settle(&scene);
	scene_press(&scene, "?");
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		int y, x;

		shown(&scene, sizes[i][0], sizes[i][1]);
		scene_press(&scene, "g");
		for (int down = 0; down < 14; down++) {
			scene_press(&scene, "<Down><Down><Down><Down><Down>");
			scene_draw(&scene, sizes[i][0], sizes[i][1], &y, &x);
			cr_assert_eq(board_char(&scene.board, y, x), L'>', "%s", screens_text(scene.board.window));
		}
		cr_assert(strstr(shown(&scene, sizes[i][0], sizes[i][1]), "> man "), "%s", shown(&scene, sizes[i][0], sizes[i][1]));
	}
	scene_close(&scene);
}

/* Every character that no action of a pane names is reported, wherever nothing is typed. */
static void check_keys(struct scene *scene, const char *where)
{
	for (wint_t code = '!'; code <= '~'; code++) {
		struct screen *top = console_top(&scene->console);
		const struct key key = { .code = code };
		const enum pane pane = top->kind->pane;
		char words[64], name[KEY_NAME_MAX];

		if (action_of_key(key, top))
			continue;
		console_key(&scene->console, key);
		if (code >= '1' && code <= '9' && !*scene->console.status) {
			console_key(&scene->console, (struct key){ .code = '1' });
			continue;
		}
		snprintf(words, sizeof words, "%s is not used here; ? lists the keys.", key_label(key, name));
		cr_assert_str_eq(scene->console.status, words, "%s, key %s: \"%s\"", where, name, scene->console.status);
		cr_assert_eq(console_top(&scene->console)->kind->pane, pane, "%s, key %s leads elsewhere", where, name);
	}
}

Test(help, a_key_that_does_nothing_here_says_so_on_every_pane)
{
	struct scene scene;

	scene_open(&scene, true);
	scene_settle(&scene);
	shown(&scene, 24, 80);
	check_keys(&scene, "releases");
	scene_press(&scene, "?");
	check_keys(&scene, "help");
	scene_press(&scene, "<Esc><Enter>");
	check_keys(&scene, "release");
	scene_press(&scene, "m");
	check_keys(&scene, "text");
	scene_press(&scene, "<Esc><Esc>");
	scene_press(&scene, "/invite<Enter>w");
	check_keys(&scene, "walk");
	scene_close(&scene);
}

/* --- help opened with its search: the palette of commands --- */

Test(help, commands_do_at_once_what_the_words_name, .description = "kill and Enter start the kill of the selected row")
{
	struct scene scene;

	scene_open(&scene, true);
	scene_settle(&scene);
	SHOWS("calendar-sync");
	scene_press(&scene, ":");
	scene_match(&scene, "commands", "_");
	scene_press(&scene, "kill");
	SHOWS("> K");
	scene_press(&scene, "<Enter>");
	SHOWS("Switch the release off, now, for all tenants or some  calendar-sync");
	scene_press(&scene, "<Esc>:re-read<Enter>");
	SHOWS("[1 Releases]");
	scene_press(&scene, ":tenants<Enter>");
	SHOWS("[2 Tenants]");
	scene_press(&scene, ":audit<Enter>");
	SHOWS("[7 Audit]");
	scene_close(&scene);
}

Test(help, commands_are_left_by_one_key_and_find_nothing_in_a_sentence)
{
	struct scene scene;

	scene_open(&scene, true);
	scene_settle(&scene);
	scene_press(&scene, ":zzz");
	SHOWS("No line is left by these words. Other words find others, Esc leaves.");
	scene_press(&scene, "<Enter>");
	SHOWS("There is nothing to run in this line.");
	scene_press(&scene, ":<C-u>copy");
	SHOWS("Commands: Releases");
	scene_press(&scene, "<Esc>");
	SHOWS("[1 Releases]");
	scene_press(&scene, "?:walk<Enter>");
	SHOWS("calendar-sync  candidate -> stable");
	scene_close(&scene);
}

Test(help, commands_say_why_what_they_name_is_refused)
{
	struct scene scene;

	scene_open(&scene, true);
	scene_settle(&scene);
	scene_press(&scene, ":promote<Enter>");
	SHOWS("Commands: Releases");
	SHOWS("Not now:");
	scene_press(&scene, "<Esc>");
	SHOWS("[1 Releases]");
	scene_close(&scene);
}

/* Where a field takes every letter the keys of acts are text, and the acts are done all the same. */
Test(help, commands_work_where_letters_are_text)
{
	struct scene scene;

	scene_open(&scene, true);
	scene_settle(&scene);
	scene_press(&scene, "w");
	SHOWS("calendar-sync  candidate -> stable");
	scene_press(&scene, "<C-p>KILL");
	SHOWS("Commands: Gate walk");
	scene_press(&scene, "<Enter>");
	SHOWS("Switch the release off, now, for all tenants or some  calendar-sync");
	scene_press(&scene, ":re<Esc>");
	scene_press(&scene, "<C-p>KILL<Enter>");
	SHOWS("[:re_");
	scene_close(&scene);
}

/* Key names of the table are read as they are written. */
Test(help, every_key_of_the_table_is_a_key)
{
	for (size_t i = 0; i < action_count; i++)
		for (size_t k = 0; k < sizeof actions[i].keys / sizeof *actions[i].keys && actions[i].keys[k]; k++) {
			struct key key;

			cr_assert(key_named(actions[i].keys[k], &key), "%s of %s", actions[i].keys[k], actions[i].name);
			cr_assert(key_is(key, actions[i].keys[k]), "%s of %s", actions[i].keys[k], actions[i].name);
		}
	cr_assert(action_count <= ACTIONS_MAX, "%zu actions, room for %d", action_count, ACTIONS_MAX);
}
