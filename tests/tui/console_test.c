#include <config.h>

#include <ctype.h>
#include <string.h>

#include <criterion/criterion.h>

#include "../support/screens.h"
#include "scene.h"

TestSuite(console, .timeout = 120, .description = "every screen of the console at every size, as pictures that stand in the tree");

Test(console, screens_are_as_their_pictures)
{
	struct scene scene;

	scene_open(&scene, true);
	scene_settle(&scene);
	scene_match(&scene, "releases", ">");
	scene_press(&scene, "<Down>");
	scene_match(&scene, "releases-halted", ">");
	scene_press(&scene, "<Up><Enter>");
	scene_match(&scene, "release", "C");
	scene_press(&scene, "?");
	scene_match(&scene, "help", ">");
	scene_press(&scene, "/memo");
	scene_match(&scene, "help-search", "_");
	scene_press(&scene, "<Esc>");
	scene_press(&scene, "<Esc>m");
	scene_match(&scene, "memo", "G");
	scene_press(&scene, "<Esc>w");
	scene_match(&scene, "walk-memo", "_");
	scene_press(&scene, "wrong<Enter>");
	scene_match(&scene, "walk-memo-refused", "_]");
	scene_press(&scene, "<Esc><Esc>K");
	scene_match(&scene, "kill", "_");
	scene_press(&scene, "<Esc>p");
	scene_press(&scene, "w");
	scene_match(&scene, "walk-person", "M");
	scene_press(&scene, "<Esc>%");
	scene_match(&scene, "unknown-key", ">");
	scene_press(&scene, "/mem");
	scene_match(&scene, "releases-filter", "_");
	scene_press(&scene, "zz");
	scene_match(&scene, "releases-filter-none", "_");
	scene_press(&scene, "<Esc>f");
	scene_match(&scene, "releases-mine", ">");
	scene_close(&scene);
}

Test(console, too_small_is_a_sentence)
{
	struct scene scene;
	int y, x;

	scene_open(&scene, true);
	scene_draw(&scene, 11, 39, &y, &x);
	cr_assert(strstr(screens_text(scene.board.window), "Needs 40x12, this is 39x11."), "%s", screens_text(scene.board.window));
	for (int rows = 1; rows <= 12; rows++)
		for (int columns = 1; columns <= 41; columns += 5)
			scene_draw(&scene, rows, columns, &y, &x);
	scene_close(&scene);
}
