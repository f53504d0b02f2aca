#include <config.h>

#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/app/record.h>
#include <gonogo/app/uses.h>
#include <gonogo/tui/actions.h>

#include "../support/screens.h"
#include "scene.h"

TestSuite(incidents, .timeout = 240, .description = "CHN-6, RBK-1, RBK-2: from a SEV-1 to a finished rollback in the console");

static const char *shown(struct scene *scene)
{
	int y, x;

	scene_draw(scene, 30, 100, &y, &x);
	return screens_text(scene->board.window);
}

static enum release_state state_of(struct scene *scene, const char *release)
{
	struct record record;
	struct err err = { 0 };
	enum release_state state;

	cr_assert(record_load(&scene->session, release, WHEN_NONE, true, &record, &err) == ERR_NONE, "%s", err.text);
	state = record.dossier.state;
	record_release(&record);
	return state;
}

Test(incidents, CHN_6_halt_is_evaluated_and_rolled_back_step_by_step)
{
	struct scene scene;

	scene_open(&scene, true);
	scene_press(&scene, "6");
	scene_match(&scene, "incidents", ">");
	scene_press(&scene, "v");
	scene_match(&scene, "incidents-evaluate", " ");
	scene_press(&scene, "<Right><Right><Enter>Dues must not be booked twice<Tab>dues-ledger<Enter>");
	cr_assert(strstr(shown(&scene), "Evaluated by ann: rollback, Dues must not be booked twice."), "%s", shown(&scene));
	scene_press(&scene, "B");
	scene_match(&scene, "rollback-run", ">");
	scene_press(&scene, "<Enter>");
	cr_assert(strstr(shown(&scene), "No rollback is under way (RBK-1). s starts one."), "a step before the start\n%s", shown(&scene));
	scene_press(&scene, "sBooked twice<Tab><Enter>dues-ledger<Enter>");
	cr_assert(strstr(shown(&scene), "Started "), "%s", shown(&scene));
	scene_press(&scene, "<Enter>flag is off<C-s>");
	cr_assert(strstr(shown(&scene), "1    done     Set DUES_LEDGER_V2=false"), "%s", shown(&scene));
	scene_press(&scene, "<Down><Enter><Up><Right><C-s>");
	cr_assert(strstr(shown(&scene), "why"), "RBK-1: a skipped step says why\n%s", shown(&scene));
	scene_press(&scene, "nobody was exposed yet<C-s><Down><Enter><C-s>");
	cr_assert(strstr(shown(&scene), "3    done"), "%s", shown(&scene));
	scene_press(&scene, "n ");
	scene_match(&scene, "rollback-run-notify", "x");
	scene_close(&scene);
}

Test(incidents, RBK_1_verification_that_passed_finishes_it)
{
	struct scene scene;
	struct outcome out = { 0 };
	struct err err = { 0 };

	scene_open(&scene, true);
	cr_assert(use_rollback_start(&scene.session, "dues-ledger", "Booked twice", "INC-1", &out, &err) == ERR_NONE, "%s", err.text);
	for (int step = 1; step <= 3; step++)
		cr_assert(use_rollback_step(&scene.session, "dues-ledger", step, STEP_DONE, NULL, &out, &err) == ERR_NONE, "%s", err.text);
	scene_press(&scene, "6Bf");
	scene_match(&scene, "rollback-run-finish", " ");
	scene_press(&scene, "<Right><Enter>No further booking for a day<Tab>dues-ledger<Enter>");
	cr_assert(state_of(&scene, "dues-ledger") == STATE_ROLLED_BACK, "%s", shown(&scene));
	cr_assert(strstr(shown(&scene), "Finished: the release is rolled back."), "%s", shown(&scene));
	scene_close(&scene);
}

Test(incidents, I_16_one_of_several_releases_is_recorded_regraded_and_resolved)
{
	struct scene scene;

	scene_open(&scene, true);
	scene_press(&scene, "6a<Right><Right><Right><Enter>Slow pages<Enter> bulk-invite<Enter><Enter><Enter><Right><Enter>");
	cr_assert(strstr(shown(&scene), "INC-2"), "%s", shown(&scene));
	scene_press(&scene, "g");
	cr_assert(strstr(shown(&scene), "SEV-3 open"), "%s", shown(&scene));
	scene_press(&scene, "e<Right><Right><Enter>Worse than it looked<Tab><Right><Enter>");
	cr_assert(strstr(shown(&scene), "SEV-2 open"), "%s", shown(&scene));
	scene_press(&scene, "RCache warmed; measured for an hour<C-s>");
	cr_assert(strstr(shown(&scene), "SEV-2 resolved"), "%s", shown(&scene));
	scene_press(&scene, "/state:open<Enter>");
	cr_assert(!strstr(shown(&scene), "INC-2") && strstr(shown(&scene), "INC-1"), "%s", shown(&scene));
	scene_press(&scene, "/<C-u><Enter>f");
	cr_assert(strstr(shown(&scene), "filter: open") && !strstr(shown(&scene), "INC-2") && strstr(shown(&scene), "INC-1"), "%s", shown(&scene));
	scene_press(&scene, "f");
	cr_assert(strstr(shown(&scene), "INC-2"), "the same key again: all\n%s", shown(&scene));
	scene_press(&scene, "S");
	cr_assert(strstr(shown(&scene), "This list has one order alone"), "%s", shown(&scene));
	scene_press(&scene, "/twice<Enter>");
	cr_assert(strstr(shown(&scene), "> INC-1"), "words\n%s", shown(&scene));
	scene_press(&scene, "/ state:never<Enter>");
	cr_assert(strstr(shown(&scene), "state: is open or any, not never."), "%s", shown(&scene));
	scene_close(&scene);
}

Test(incidents, RBK_1_a_step_is_ticked_off_where_one_is_selected)
{
	struct scene scene;
	struct record record;
	struct act_in in = { .session = &scene.session, .record = &record, .release = "dues-ledger", .chosen = "1" };
	struct outcome out = { 0 };
	struct err err = { 0 };

	scene_open(&scene, true);
	cr_assert(use_rollback_start(&scene.session, "dues-ledger", "Booked twice", "INC-1", &out, &err) == ERR_NONE, "%s", err.text);
	cr_assert_eq(record_load(&scene.session, "dues-ledger", WHEN_NONE, true, &record, &err), ERR_NONE, "%s", err.text);
	cr_assert_eq(action_ready(action_named("rollback-step"), &in, &err), ERR_NONE, "%s", err.text);
	in.chosen = NULL;
	cr_assert_eq(action_ready(action_named("rollback-step"), &in, &err), ERR_REFUSED, "a plan may have no step");
	cr_assert_str_eq(err.text, "No step is selected: the rollback plan has none (RBP-1).");
	record_release(&record);
	scene_press(&scene, "6B/");
	cr_assert(strstr(shown(&scene), "/ is not used here"), "steps are few: nothing filters them\n%s", shown(&scene));
	scene_close(&scene);
}

/* I-16: however many there are, none is left out in silence. */
Test(incidents, I_16_every_tenant_that_is_named_is_part_of_it)
{
	struct scene scene;
	char names[600] = "";

	scene_open(&scene, true);
	for (int i = 0; i < 40; i++)
		snprintf(names + strlen(names), sizeof names - strlen(names), "%s ", "elm-street");
	scene_press(&scene, "6a<Right><Right><Right><Enter>Slow pages<Tab><Tab>");
	scene_press(&scene, names);
	scene_press(&scene, "nosuch<Tab><Tab><Right><Enter>");
	cr_assert(strstr(shown(&scene), "There is no tenant nosuch"), "%s", shown(&scene));
	scene_close(&scene);
}
