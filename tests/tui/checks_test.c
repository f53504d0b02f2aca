#include <config.h>

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/app/checks.h>
#include <gonogo/app/uses.h>
#include <gonogo/tui/releases.h>
#include <gonogo/tui/window.h>

#include "../support/desk.h"
#include "../support/screens.h"
#include "scene.h"

TestSuite(checks, .timeout = 240, .description = "the checklists of a release: what stands on record, what it is worth, and every answer there was");

static const char *shown(struct scene *scene)
{
	int y, x;

	scene_draw(scene, 30, 100, &y, &x);
	return screens_text(scene->board.window);
}

#define SHOWS(WORDS) cr_assert(strstr(shown(&scene), WORDS), "\"%s\" is missing\n%s", WORDS, shown(&scene))
#define LACKS(WORDS) cr_assert(!strstr(shown(&scene), WORDS), "\"%s\" stands there\n%s", WORDS, shown(&scene))

static void open_at(struct scene *scene, const char *release)
{
	scene_open(scene, true);
	shown(scene);
	releases_select(&scene->console, release);
	scene_settle(scene);
	scene_press(scene, "3");
}

static const char *word_of(struct scene *scene, const char *release, const char *id)
{
	static char out[64];
	struct checks checks;
	struct err err = { 0 };

	cr_assert(checks_load(&scene->session, release, &checks, &err) == ERR_NONE, "%s", err.text);
	cr_assert(checks_of(&checks, id) != NULL, "%s is no check of %s", id, release);
	snprintf(out, sizeof out, "%s", checks_of(&checks, id)->word);
	checks_release(&checks);
	return out;
}

static void answer(struct scene *scene, const char *release, const char *rule, enum answer value, const char *note)
{
	struct outcome out = { 0 };
	struct err err = { 0 };

	cr_assert(use_answer(&scene->session, release, rule, value, note, "run 7", &out, &err) == ERR_NONE, "%s", err.text);
}

Test(checks, are_those_of_the_release_that_was_selected)
{
	struct scene scene;

	open_at(&scene, "bulk-invite");
	scene_match(&scene, "checks", ">");
	scene_press(&scene, "1<Down>3");
	SHOWS("-- Checklists  button-contrast");
	scene_press(&scene, "2");
	scene_press(&scene, "3");
	SHOWS("-- Checklists  button-contrast");
	scene_close(&scene);
}

Test(checks, of_another_release_are_chosen_by_key_or_named_in_the_filter)
{
	struct scene scene;

	open_at(&scene, "bulk-invite");
	scene_press(&scene, "]");
	SHOWS("-- Checklists  button-contrast");
	scene_press(&scene, "[[");
	SHOWS("-- Checklists  audit-index");
	scene_press(&scene, "[");
	SHOWS("This is the first release.");
	scene_press(&scene, "/release:dues");
	SHOWS("-- Checklists  dues-ledger");
	scene_press(&scene, "<Esc>");
	SHOWS("-- Checklists  audit-index");
	scene_press(&scene, "/release:nothing<Enter>");
	SHOWS("No release begins with nothing.");
	scene_press(&scene, "/<C-u>release:dues list:hard<Enter>");
	SHOWS("HS-7");
	LACKS("DAT-1");
	scene_press(&scene, "n");
	LACKS("release:dues");
	LACKS("-- Checklists  dues-ledger");
	SHOWS("list:hard");
	scene_close(&scene);
}

Test(checks, with_nothing_selected_are_those_that_wait_for_whoever_sits_here)
{
	struct scene scene;
	struct record record;
	struct verdict verdict;
	struct release_line line;
	struct err err = { 0 };
	char release[72];

	scene_open(&scene, true);
	shown(&scene);
	scene_press(&scene, "/nothing at all<Enter>3");
	cr_assert(sscanf(strstr(shown(&scene), "-- Checklists  "), "-- Checklists  %71s", release) == 1, "%s", shown(&scene));
	cr_assert(use_release_line(&scene.session, release, &record, &verdict, &line, &err) == ERR_NONE, "%s", err.text);
	cr_assert(line.needs_me, "%s needs nobody here: %s", release, line.who);
	record_release(&record);
	scene_close(&scene);
}

Test(checks, of_a_ledger_without_releases_say_how_to_begin)
{
	struct shell shell;
	struct desk desk = { .shell = &shell };

	shell_open(&shell);
	shell_at(&shell, "2025-01-14T09:00:00Z");
	shell_people(&shell);
	desk_sit(&desk, "jane", "2025-01-14 10:00:00", 24, 80, "xterm-256color");
	terminal_wait_text(&desk.terminal, "No releases yet");
	terminal_keys(&desk.terminal, "3");
	terminal_wait_text(&desk.terminal, "There is no release yet whose checks could stand here.");
	terminal_keys(&desk.terminal, "]");
	terminal_wait_text(&desk.terminal, "This is the last release.");
	terminal_keys(&desk.terminal, "n");
	terminal_wait_text(&desk.terminal, "No other release waits for you.");
	terminal_keys(&desk.terminal, "w");
	terminal_wait_text(&desk.terminal, "No release is selected.");
	terminal_keys(&desk.terminal, "a");
	terminal_wait_text(&desk.terminal, "No question is selected.");
	desk_leave(&desk);
	shell_close(&shell);
}

Test(checks, answer_given_from_the_list_stands_in_it_with_its_history)
{
	struct scene scene;

	open_at(&scene, "waitlist-notes");
	scene_press(&scene, "pp/DAT-4<Enter>");
	SHOWS("DAT-4");
	cr_assert_str_eq(word_of(&scene, "waitlist-notes", "DAT-4"), "open");
	scene_press(&scene, "a");
	scene_match(&scene, "checks-answer", " ");
	scene_press(&scene, "<Right><Right><Enter>tenant is missing in two entries<C-s>");
	SHOWS("DAT-4 of waitlist-notes is answered: fail.");
	cr_assert_str_eq(word_of(&scene, "waitlist-notes", "DAT-4"), "fail");
	scene_press(&scene, "a<Right><Enter>added to both<Enter>run 812<C-s>");
	cr_assert_str_eq(word_of(&scene, "waitlist-notes", "DAT-4"), "pass");
	scene_press(&scene, "<Up>");
	scene_match(&scene, "checks-history", ">");
	cr_assert(strstr(shown(&scene), "added to both") < strstr(shown(&scene), "tenant is missing"), "newest first\n%s", shown(&scene));
	scene_close(&scene);
}

Test(checks, hard_stop_is_raised_and_cleared, .description = "HS-4 to HS-7: by anyone, cleared with a written resolution by a Dev Lead or System Owner")
{
	struct scene scene;

	open_at(&scene, "bulk-invite");
	scene_press(&scene, "/HS-5<Enter>");
	cr_assert_str_eq(word_of(&scene, "bulk-invite", "HS-5"), "clear");
	scene_press(&scene, "ppa");
	SHOWS("HS-5 is a hard stop: R raises it, C clears it.");
	scene_press(&scene, "pR");
	scene_press(&scene, "half of the events are gone<C-s>");
	SHOWS("Hard stop HS-5 of bulk-invite is raised");
	cr_assert_str_eq(word_of(&scene, "bulk-invite", "HS-5"), "RAISED");
	scene_press(&scene, "C");
	SHOWS("This needs the role Dev Lead or System Owner, which ola does not hold");
	scene_press(&scene, "p");
	scene_press(&scene, "b");
	SHOWS("filter: blocked /HS-5");
	SHOWS("> hard stops    HS-5");
	scene_press(&scene, "bC");
	SHOWS("Raised by ola at ");
	scene_press(&scene, "events are back, counted<Tab><Right><Enter>");
	cr_assert_str_eq(word_of(&scene, "bulk-invite", "HS-5"), "clear", "%s", shown(&scene));
	SHOWS("ann cleared it\n  Reason: events are back, counted");
	SHOWS("ola raised it\n  Reason: half of the events are gone");
	scene_press(&scene, "/<C-u>DAT-1<Enter>R");
	SHOWS("Only a hard stop is raised and cleared: HS-1 to HS-7. a answers any other question.");
	scene_close(&scene);
}

Test(checks, HS_4_says_which_answer_and_which_incident_raised_it)
{
	struct scene scene;
	const char *releases[] = { "waitlist-notes" };
	struct outcome out = { 0 };
	struct err err = { 0 };

	open_at(&scene, "waitlist-notes");
	scene_press(&scene, "pp");
	answer(&scene, "waitlist-notes", "DAT-1", ANSWER_FAIL, "one query lacks the tenant");
	cr_assert(use_incident_open(&scene.session, (struct texts){ releases, 1 }, (struct texts){ 0 }, 3, true, "Names of others", &out, &err) ==
			  ERR_NONE, "%s", err.text);
	scene_press(&scene, "r/HS-4<Enter>");
	SHOWS("RAISED");
	SHOWS("kim answered fail to DAT-1, which raised it");
	SHOWS("kim recorded incident INC-2, which crosses tenants and raised it");
	scene_close(&scene);
}

Test(checks, answer_of_an_earlier_soak_is_marked_stale, .description = "OBV-1, CHN-4, PLN-4 count only since the present soak began (I-16)")
{
	struct scene scene;
	const char *releases[] = { "waitlist-notes" };
	struct outcome out = { 0 };
	struct err err = { 0 };

	open_at(&scene, "waitlist-notes");
	scene_press(&scene, "p");
	answer(&scene, "waitlist-notes", "OBV-1", ANSWER_PASS, NULL);
	cr_assert_str_eq(word_of(&scene, "waitlist-notes", "OBV-1"), "pass");
	scene.now += 60;
	cr_assert(use_incident_open(&scene.session, (struct texts){ releases, 1 }, (struct texts){ 0 }, 2, false, "Slow", &out, &err) == ERR_NONE,
		"%s", err.text);
	cr_assert(use_incident_resolve(&scene.session, "INC-2", "Index added", &out, &err) == ERR_NONE, "%s", err.text);
	cr_assert_str_eq(word_of(&scene, "waitlist-notes", "OBV-1"), "pass, stale");
	cr_assert_str_eq(word_of(&scene, "waitlist-notes", "KSW-2"), "pass", "what counts at any time stays");
	scene_press(&scene, "rt");
	scene_match(&scene, "checks-stale", ">");
	scene_press(&scene, "t/OBV-4<Enter>");
	SHOWS("The exposure plan measures it by:");
	scene_close(&scene);
}

Test(checks, PLN_4_answer_to_another_wording_is_void_and_says_so)
{
	struct scene scene;
	struct record record;
	struct plan plan;
	const char *criteria[8];
	struct outcome out = { 0 };
	struct err err = { 0 };

	open_at(&scene, "waitlist-notes");
	scene_press(&scene, "p");
	answer(&scene, "waitlist-notes", "PLN-4.1", ANSWER_PASS, "seen");
	cr_assert(record_load(&scene.session, "waitlist-notes", WHEN_NONE, true, &record, &err) == ERR_NONE, "%s", err.text);
	plan = record.dossier.plan;
	cr_assert(plan.criteria.count <= 8);
	memcpy(criteria, plan.criteria.items, plan.criteria.count * sizeof *criteria);
	criteria[0] = "Nobody complains for two days";
	plan.criteria.items = criteria;
	cr_assert(use_plan_save(&scene.session, "waitlist-notes", &plan, &out, &err) == ERR_NONE, "%s", err.text);
	record_release(&record);
	cr_assert_str_eq(word_of(&scene, "waitlist-notes", "PLN-4.1"), "pass, void");
	scene_press(&scene, "r/PLN-4.1<Enter>");
	SHOWS("Nobody complains for two days");
	SHOWS("dana answered pass, to another wording");
	scene_close(&scene);
}

Test(checks, every_order_is_named_and_keeps_the_selection)
{
	static const char *const names[] = { "needs-you", "newest" };
	struct scene scene;
	char before[72];

	open_at(&scene, "waitlist-notes");
	scene_press(&scene, "<Down><Down><Down>");
	snprintf(before, sizeof before, "%s", console_top(&scene.console)->kind->rule(console_top(&scene.console)));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char words[32];

		scene_press(&scene, "S");
		snprintf(words, sizeof words, "sort: %s", names[i]);
		SHOWS(words);
		cr_assert_str_eq(console_top(&scene.console)->kind->rule(console_top(&scene.console)), before);
	}
	scene_press(&scene, "S");
	SHOWS("sort: checklist");
	SHOWS("Sorted by checklist.");
	scene_close(&scene);
}

Test(checks, order_and_filters_are_remembered_for_each_person_but_not_the_release)
{
	struct scene scene;
	struct err err = { 0 };

	open_at(&scene, "waitlist-notes");
	scene_press(&scene, "Sf/release:dues who:kim<Enter>");
	SHOWS("filter: mine /release:dues who:kim");
	console_close(&scene.console);
	cr_assert(console_open(&scene.console, &scene.session, &err) == ERR_NONE, "%s", err.text);
	shown(&scene);
	scene_press(&scene, "3");
	SHOWS("filter: mine /who:kim");
	LACKS("release:dues");
	SHOWS("sort: needs-you");
	scene_press(&scene, "p");
	LACKS("who:kim");
	scene_close(&scene);
}

Test(checks, walk_begins_at_the_question_that_is_selected)
{
	struct scene scene;

	open_at(&scene, "waitlist-notes");
	scene_press(&scene, "/OBS-3<Enter>w");
	SHOWS("OBS-3  Release version identifiable in all log entries");
	scene_press(&scene, "<Esc>");
	SHOWS("-- Checklists  waitlist-notes");
	scene_press(&scene, "o");
	SHOWS("gonogo PRACTICE  Release");
	scene_close(&scene);
}

/* What a transition passed long ago asked stands there all the same, and what a later one will ask says so. */
Test(checks, list_what_every_transition_asks)
{
	static const char *const ids[] = { "CHN-3", "CHN-4", "CHN-5", "PLN-4.1", "DAT-1", "DAT-7", "HS-1", "HS-7", "KSW-2", "KSW-5", "OBS-0", "OBS-4", "OBS-5",
					   "OBV-1", "OBV-4", "ATT-3", "ATT-6" };
	static const char *const releases[] = { "footer-links", "waitlist-notes", "bulk-invite", "button-contrast" };
	struct scene scene;

	open_at(&scene, "footer-links");
	for (size_t r = 0; r < sizeof releases / sizeof *releases; r++)
		for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
			cr_assert(*word_of(&scene, releases[r], ids[i]), "%s of %s", ids[i], releases[r]);
	SHOWS("for candidate");
	cr_assert_str_eq(word_of(&scene, "bulk-invite", "CHN-3"), "pass");
	cr_assert_str_eq(word_of(&scene, "button-contrast", "OBV-1"), "pass");
	scene_close(&scene);
}
