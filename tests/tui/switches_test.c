#include <config.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include <gonogo/app/record.h>
#include <gonogo/app/uses.h>
#include <gonogo/base/io.h>

#include "../support/screens.h"
#include "scene.h"

TestSuite(switches, .timeout = 240, .description = "KSW-1, KSW-3, KSW-6, HS-6, CHN-7: the board of kill switches, and what is done from it");

/* A definition file of flagd: the flag is on for one tenant, off for the others. */
static const char flag_file[] = "{\n  \"flags\": {\n    \"%s\": {\n      \"state\": \"ENABLED\",\n      \"variants\": { \"on\": true, \"off\": false },\n"
				"      \"defaultVariant\": \"off\",\n      \"targeting\": { \"if\": [ { \"in\": [ { \"var\": \"tenantId\" }, [\"%s\"] ] }, \"on\" ] }\n    }\n  }\n}\n";

static const char *shown_at(struct scene *scene, int rows, int columns)
{
	int y, x;

	scene_draw(scene, rows, columns, &y, &x);
	return screens_text(scene->board.window);
}

static const char *shown(struct scene *scene)
{
	return shown_at(scene, 30, 100);
}

static void expect(struct scene *scene, const char *text)
{
	const char *screen = shown(scene);

	cr_assert(strstr(screen, text), "not there: %s\n%s", text, screen);
}

/* Drawn, so that the console knows how much fits. */
static void open_board(struct scene *scene)
{
	scene_press(scene, "5");
	shown(scene);
}

/* The row of a release on the board, from its id on. */
static const char *row_of(struct scene *scene, const char *release)
{
	static char row[256];
	char start[80];
	const char *screen = shown(scene), *at;

	snprintf(start, sizeof start, " %s ", release);
	at = strstr(screen, start);
	cr_assert(at, "no row of %s\n%s", release, screen);
	snprintf(row, sizeof row, "%.*s", (int)strcspn(at + 1, "\n"), at + 1);
	return row;
}

static void expect_row(struct scene *scene, const char *release, const char *text)
{
	cr_assert(strstr(row_of(scene, release), text), "%s is not \"%s\": %s", release, text, row_of(scene, release));
}

static void become(struct scene *scene, const char *person)
{
	char identity[512];
	struct err err = { 0 };

	snprintf(identity, sizeof identity, "%s/keys/%s", scene->dir, person);
	cr_assert(session_become(&scene->session, person, identity, &err) == ERR_NONE, "%s", err.text);
	console_refresh(&scene->console);
	scene_settle(scene);
}

static const char *path_of(struct scene *scene, const char *name)
{
	const char *path = arena_printf(&scene->arena, "%s/%s", scene->dir, name);

	cr_assert(path, "out of memory");
	return path;
}

static void write_file(struct scene *scene, const char *name, const char *text)
{
	FILE *file = fopen(path_of(scene, name), "we");

	cr_assert(file && fputs(text, file) >= 0 && fclose(file) == 0, "%s cannot be written", name);
}

static void write_flag(struct scene *scene, const char *name, const char *flag, const char *tenant)
{
	const char *text = arena_printf(&scene->arena, flag_file, flag, tenant);

	cr_assert(text, "out of memory");
	write_file(scene, name, text);
}

static void bind_to(struct scene *scene, const char *release, const char *name, const char *later)
{
	const char *const others[] = { later ? path_of(scene, later) : NULL };
	const struct switch_place where = { .provider = "flagd", .place = path_of(scene, name), .later = { others, later ? 1 : 0 } };
	struct outcome out = { 0 };
	struct err err = { 0 };

	cr_assert(use_switch_bind(&scene->session, release, &where, &out, &err) == ERR_NONE, "%s: %s", release, err.text);
}

static void confirm(struct scene *scene, const char *release, const char *tenant, bool on)
{
	struct outcome out = { 0 };
	struct err err = { 0 };

	cr_assert(use_switch_confirm(&scene->session, release, tenant, on, &out, &err) == ERR_NONE, "%s", err.text);
}

static void kill_for(struct scene *scene, const char *release, const char *tenant)
{
	struct outcome out = { 0 };
	struct err err = { 0 };

	cr_assert(use_switch_kill(&scene->session, release, (struct texts){ &tenant, tenant ? 1 : 0 }, "Dues booked twice", &out, &err) == ERR_NONE, "%s", err.text);
}

/* A switch in each state that a board may show, and none of them "off" for want of knowing better. */
static void in_every_state(struct scene *scene)
{
	become(scene, "ola");
	confirm(scene, "bulk-invite", "elm-street", true);
	scene->now += 60;
	kill_for(scene, "bulk-invite", NULL);
	confirm(scene, "bulk-invite", "harbour-dev", false);
	write_flag(scene, "flags.json", "CALENDAR_SYNC", "elm-street");
	bind_to(scene, "calendar-sync", "flags.json", NULL);
	write_file(scene, "broken.json", "{ \"flags\": {");
	bind_to(scene, "dues-ledger", "broken.json", NULL);
	bind_to(scene, "label-fix", "nowhere.json", NULL);
	bind_to(scene, "audit-index", "flags.json", NULL);
	write_flag(scene, "export.json", "EXPORT_CSV", "elm-street");
	bind_to(scene, "export-csv", "export.json", "export.json");
	write_flag(scene, "icons.json", "ICON_REFRESH", "elm-street");
	chmod(path_of(scene, "icons.json"), 0444);
	bind_to(scene, "icon-refresh", "icons.json", NULL);
	write_flag(scene, "notes.json", "WAITLIST_NOTES_UI", "north-hikers");
	bind_to(scene, "waitlist-notes", "notes.json", NULL);
	scene->now += 14 * 60;
	become(scene, "ann");
}

Test(switches, KSW_6_board_and_acts_are_as_their_pictures)
{
	struct scene scene;

	scene_open(&scene, true);
	scene_settle(&scene);
	open_board(&scene);
	scene_match(&scene, "switches", ">");
	in_every_state(&scene);
	scene_match(&scene, "switches-states", ">");
	scene_press(&scene, "/tenant:h<Enter>");
	expect(&scene, "tenants 1-3 of 3");
	scene_press(&scene, "/<C-u><Enter>");
	shown(&scene);
	scene_press(&scene, "<Right><Right><Right>");
	scene_match(&scene, "switches-tenant", ">O");
	scene_press(&scene, "<Enter>");
	scene_match(&scene, "switches-served", ">");
	scene_press(&scene, "<Esc>K");
	scene_match(&scene, "switches-kill", "_");
	scene_press(&scene, "<Esc>v");
	scene_match(&scene, "switches-confirm", " ");
	scene_press(&scene, "<Esc>U");
	scene_match(&scene, "switches-restore", "_");
	scene_press(&scene, "<Esc>");
	become(&scene, "ola");
	scene_press(&scene, "t");
	scene_match(&scene, "switches-test", " ");
	scene_press(&scene, "<Esc>f");
	expect(&scene, "only what needs somebody");
	cr_assert(!strstr(shown(&scene), "calendar-sync"), "%s", shown(&scene));
	scene_close(&scene);
}

/* KSW-1, HS-6, CHN-7: each state is a word of its own with its reason, and never taken for off. */
Test(switches, KSW_1_each_state_is_its_own_and_never_off)
{
	static const struct { const char *release, *state, *account; } states[] = {
		{ "dues-ledger", "MALFORMED", "Drift      malformed (KSW-1): " }, { "label-fix", "NO FILE", "Drift      missing (KSW-1): " },
		{ "audit-index", "GONE", "Drift      gone (KSW-1): " },		  { "export-csv", "SHADOWED", "Drift      shadowed (KSW-1): " },
		{ "icon-refresh", "UNWRITABLE", "Drift      unwritable (KSW-1): " }, { "waitlist-notes", "ARMED?!", "Drift      served-not-allowed (CHN-7): north-hikers" },
	};
	struct scene scene;

	scene_open(&scene, true);
	in_every_state(&scene);
	open_board(&scene);
	scene_press(&scene, "<Down><Down>");
	expect_row(&scene, "calendar-sync", "ARMED ");
	for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
		expect_row(&scene, states[i].release, states[i].state);
		expect(&scene, states[i].account);
		if (i != 4 && i != 5)
			cr_assert(!strstr(row_of(&scene, states[i].release), " off "), "%s", row_of(&scene, states[i].release));
		scene_press(&scene, "<Down>");
	}
	/* Seven of them need somebody: all but the one that is as it should be. */
	expect(&scene, "[5 Switches 7]");
	scene_close(&scene);
}

Test(switches, KSW_6_requested_is_not_confirmed_and_minutes_count_up)
{
	struct scene scene;

	scene_open(&scene, true);
	in_every_state(&scene);
	open_board(&scene);
	expect_row(&scene, "bulk-invite", "KILLED?!");
	expect_row(&scene, "bulk-invite", "ON?!");
	expect(&scene, "NOT KNOWN TO BE OFF, though killed: harbour-staging, elm-street");
	scene_press(&scene, "<Right>");
	expect(&scene, "-- bulk-invite x harbour-dev ");
	expect(&scene, "Confirmed  off ");
	expect(&scene, "Killed 14m ago.");
	scene_press(&scene, "<Right>");
	expect(&scene, "THIS TENANT MAY STILL BE SERVED IT. Killed 14m ago, and nothing says that it is off.");
	scene.now += 60;
	scene_press(&scene, "r");
	expect(&scene, "THIS TENANT MAY STILL BE SERVED IT. Killed 15m ago, and nothing says that it is off.");
	scene_press(&scene, "v<Right><C-s>");
	expect(&scene, "bulk-invite is confirmed off for harbour-staging.");
	expect(&scene, "Killed 15m ago.");
	/* Without a tenant: all of those that nobody has confirmed. */
	scene_press(&scene, "<Left><Left>v");
	expect(&scene, "3 of 6 chosen");
	scene_press(&scene, "<Right><C-s>");
	expect(&scene, "bulk-invite is confirmed off for 3 tenants.");
	expect_row(&scene, "bulk-invite", "KILLED ");
	cr_assert(!strstr(row_of(&scene, "bulk-invite"), "?!"), "%s", row_of(&scene, "bulk-invite"));
	scene_close(&scene);
}

Test(switches, KSW_6_kill_of_one_tenant_is_written_and_a_restore_puts_back)
{
	struct scene scene;

	scene_open(&scene, true);
	in_every_state(&scene);
	become(&scene, "ola");
	open_board(&scene);
	scene_press(&scene, "<Down><Right><Right><Right>");
	expect(&scene, "-- calendar-sync x elm-street ");
	expect(&scene, "Read       on ");
	expect_row(&scene, "calendar-sync", " on ");
	scene_press(&scene, "KToo slow<C-s>");
	expect(&scene, "Type kill in the last field");
	scene_press(&scene, "kill<Enter>");
	expect(&scene, "calendar-sync is killed for 1 tenant (KSW-6).");
	expect_row(&scene, "calendar-sync", "KILLED 1 ");
	expect_row(&scene, "calendar-sync", " kill ");
	expect(&scene, "Written    kill ");
	expect(&scene, "Read       off ");
	scene_press(&scene, "T");
	expect(&scene, "It is killed (KSW-6): the drill would end with a restore.");
	/* KSW-6: the approvals of the class come first. */
	scene_press(&scene, "UMended<Tab>");
	expect(&scene, "1 of 2 chosen");
	scene_press(&scene, "<Tab>calendar-sync<C-s>");
	expect(&scene, "needs approvals given after the last kill");
	scene_press(&scene, "<Esc>");
	for (size_t i = 0; i < 3; i++) {
		static const char *const people[] = { "ann", "dana", "kim" };

		become(&scene, people[i]);
		scene_press(&scene, "u");
		if (strstr(shown(&scene), "Approve restoring"))
			scene_press(&scene, "Mended<Enter>calendar-sync<Enter>");
		if (strstr(shown(&scene), "Approve restoring"))
			scene_press(&scene, "<Esc>");
	}
	become(&scene, "ola");
	/* What was typed is there again. */
	scene_press(&scene, "Ucalendar-sync<C-s>");
	expect(&scene, "calendar-sync is restored; its soak starts anew (KSW-6).");
	expect_row(&scene, "calendar-sync", "ARMED ");
	expect_row(&scene, "calendar-sync", " on ");
	scene_close(&scene);
}

Test(switches, KSW_3_bind_drill_and_observe_have_their_keys)
{
	struct scene scene;

	scene_open(&scene, true);
	become(&scene, "ola");
	open_board(&scene);
	scene_press(&scene, "T");
	expect(&scene, "It is bound to nothing that can be read and written. b binds it");
	write_flag(&scene, "bulk.json", "BULK_INVITE_UI", "elm-street");
	scene_press(&scene, "b");
	scene_match(&scene, "switches-bind", " ");
	scene_press(&scene, "<Right><Tab>");
	scene_press(&scene, path_of(&scene, "bulk.json"));
	scene_press(&scene, "<C-s><Right><C-s>");
	expect(&scene, "The kill switch of bulk-invite is bound to flagd");
	/* A new binding voids the tests of the one before. */
	expect_row(&scene, "bulk-invite", "never");
	scene_press(&scene, "T<C-s><Right><C-s>");
	expect(&scene, "was drilled in dev and passed: on for elm-street; off for all 6");
	expect(&scene, "Tested     pass in dev");
	write_file(&scene, "bulk.json", "{");
	scene_press(&scene, "O<Right><C-s>");
	expect(&scene, "The kill switch of bulk-invite is malformed at");
	expect_row(&scene, "bulk-invite", "MALFORMED");
	/* Not off: its tenants are not known. */
	expect_row(&scene, "bulk-invite", "?!");
	cr_assert(!strstr(row_of(&scene, "bulk-invite"), " off "), "%s", row_of(&scene, "bulk-invite"));
	scene_close(&scene);
}

Test(switches, KSW_3_a_test_may_be_too_old_or_have_failed)
{
	struct scene scene;
	struct outcome out = { 0 };
	struct err err = { 0 };

	scene_open(&scene, true);
	scene.now += 20 * (instant)WHEN_DAY_S;
	become(&scene, "ola");
	open_board(&scene);
	expect_row(&scene, "calendar-sync", "STALE 49d");
	expect_row(&scene, "waitlist-notes", "24d");
	cr_assert(use_switch_test(&scene.session, "bulk-invite", "dev", RESULT_FAIL, "It stayed on", NULL, &out, &err) == ERR_NONE, "%s", err.text);
	scene.now += 3 * (instant)WHEN_DAY_S;
	scene_press(&scene, "r");
	expect_row(&scene, "bulk-invite", "FAILED 3d");
	scene_close(&scene);
}

/* What others record, and what becomes of the files, moves neither the row nor the tenant that is selected. */
Test(switches, selection_stays_when_the_board_is_read_anew)
{
	struct scene scene;
	struct outcome out = { 0 };
	struct err err = { 0 };

	scene_open(&scene, true);
	in_every_state(&scene);
	open_board(&scene);
	scene_press(&scene, "<Down><Down><Down><Right><Right>");
	expect(&scene, "-- label-fix x harbour-staging ");
	become(&scene, "ola");
	write_flag(&scene, "nowhere.json", "LABEL_FIX", "harbour-staging");
	kill_for(&scene, "waitlist-notes", "elm-street");
	become(&scene, "ann");
	cr_assert(use_tenant_add(&scene.session, "aspen-club", "Aspen Club", TENANT_PRODUCTION, TRACK_STANDARD, &out, &err) == ERR_NONE, "%s", err.text);
	scene_press(&scene, "r");
	expect(&scene, "-- label-fix x harbour-staging ");
	expect_row(&scene, "label-fix", "ARMED ");
	scene_close(&scene);
}

Test(switches, more_tenants_than_fit_are_reached_by_columns)
{
	struct scene scene;
	struct err err = { 0 };

	scene_open(&scene, true);
	for (int i = 0; i < 12; i++) {
		char id[32];
		struct outcome out = { 0 };

		snprintf(id, sizeof id, "club-%02d", i);
		cr_assert(use_tenant_add(&scene.session, id, id, TENANT_PRODUCTION, TRACK_STANDARD, &out, &err) == ERR_NONE, "%s", err.text);
	}
	open_board(&scene);
	expect(&scene, "tenants 1-8 of 18 >");
	scene_press(&scene, ">");
	expect(&scene, "tenants 9-16 of 18 < >");
	scene_press(&scene, "<Right>");
	expect(&scene, "x club-02 ");
	scene_press(&scene, ">");
	expect(&scene, "tenants 11-18 of 18 <");
	expect(&scene, "x club-04 ");
	scene_press(&scene, "<");
	scene_press(&scene, "<");
	expect(&scene, "tenants 1-8 of 18 >");
	scene_close(&scene);
}
