#include <config.h>

#include <string.h>

#include <criterion/criterion.h>

#include "../support/screens.h"
#include "scene.h"

TestSuite(memos, .timeout = 120, .description = "the panes and the strip in the title; the list of memos, and one memo");

static const char *text_of(struct scene *scene)
{
	int y, x;

	scene_draw(scene, 30, 100, &y, &x);
	return screens_text(scene->board.window);
}

static void expect(struct scene *scene, const char *text, const char *why)
{
	cr_assert(strstr(text_of(scene), text), "%s: no \"%s\" in\n%s", why, text, text_of(scene));
}

Test(memos, panes_are_switched_by_number_and_stay_as_they_were_left)
{
	struct scene scene;

	scene_open(&scene, true);
	(void)text_of(&scene);
	scene_press(&scene, "<Down><Enter>4");
	expect(&scene, "[4 Memos 1]", "the number goes to the pane");
	scene_press(&scene, "<Down><Down>1");
	expect(&scene, "Release  ", "the other stays where it was left, on its second screen");
	scene_press(&scene, "1");
	expect(&scene, "> dues-ledger", "its own number goes back to the list, whose cursor has stayed");
	scene_press(&scene, "4");
	expect(&scene, "> guest-passes", "and so has the other's");
	scene_press(&scene, "<Esc>");
	expect(&scene, "[1 Releases]", "leaving the list of another pane leads to the first");
	cr_assert(!scene.console.has_ended, "and ends nothing");
	scene_press(&scene, "9");
	expect(&scene, "9 is not used here", "a number without a pane is no pane's");
	scene_press(&scene, "q");
	cr_assert(scene.console.has_ended, "the first pane is where the console ends");
	scene_close(&scene);
}

Test(memos, a_number_that_is_typed_is_text)
{
	struct scene scene;

	scene_open(&scene, true);
	(void)text_of(&scene);
	scene_press(&scene, "/4");
	expect(&scene, "Filter [4", "in a filter");
	scene_press(&scene, "<Esc>K4");
	expect(&scene, "Reason   [4", "in a form");
	scene_close(&scene);
}

Test(memos, the_title_counts_the_drafts_that_wait_for_my_signature)
{
	struct scene scene;

	scene_open(&scene, true);
	(void)text_of(&scene);
	expect(&scene, "4 Memos 1 ", "one waits for ann");
	scene_press(&scene, "scalendar-sync<Enter>");
	expect(&scene, "4 Memos  ", "none after she signed it");
	scene_close(&scene);
}

Test(memos, list_is_as_its_pictures)
{
	struct scene scene;

	scene_open(&scene, true);
	(void)text_of(&scene);
	scene_press(&scene, "4");
	scene_match(&scene, "memos", ">");
	scene_press(&scene, "/zz");
	scene_match(&scene, "memos-none", "_");
	scene_press(&scene, "<Esc>f");
	scene_match(&scene, "memos-mine", ">");
	scene_press(&scene, "f/decision:no-go");
	expect(&scene, "No memo is left by the filter.", "no NO-GO was drafted");
	scene_press(&scene, "<Esc>/dues<Enter>");
	expect(&scene, "> dues-ledger", "by the words of the release");
	scene_close(&scene);
}
