#include <config.h>

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/app/uses.h>
#include <gonogo/tui/entry.h>

#include "../support/screens.h"
#include "scene.h"

TestSuite(documents, .timeout = 120, .description = "documents filled in by keys: every problem at its field, what an edit changes and what falls with it");

#define RELEASE "invite-links"

static const char *shown(struct scene *scene)
{
	int y, x;

	scene_draw(scene, 30, 100, &y, &x);
	return screens_text(scene->board.window);
}

#define SHOWS(scene, text) cr_assert(strstr(shown(scene), text), "\"%s\" is not on the screen:\n%s", text, shown(scene))
#define LACKS(scene, text) cr_assert(!strstr(shown(scene), text), "\"%s\" is on the screen:\n%s", text, shown(scene))

static void sit(struct scene *scene, const char *person)
{
	for (int i = 0; i < 8 && strcmp(scene->console.me, person) != 0; i++)
		scene_press(scene, "p");
	cr_assert_str_eq(scene->console.me, person, "nobody called %s sits here", person);
}

static void open_scene(struct scene *scene)
{
	scene_open(scene, true);
	scene_settle(scene);
	sit(scene, "dana");
}

/* A capability release whose manifest has everything. */
static void press_new(struct scene *scene)
{
	scene_press(scene, "N" RELEASE "<Tab><Right><Right><Right><Tab>Invitations by link<Tab>src/invite.c<Enter>src/link.c<Tab>None<Tab>"
			   "INVITE_LINKS (default: false)<Tab>INVITE_LINKS_VISIBLE (default: false)<C-s>");
	SHOWS(scene, RELEASE " is registered as Capability exposure (guarded).");
}

static void press_plan(struct scene *scene)
{
	scene_press(scene, "e<Down><Enter>Written confirmation<Tab>mon<Tab>2w<Tab>4w<Tab><Tab>No ticket about invitations<Enter>Error rate below 1 %<Tab> <Down><Down> ");
}

Test(documents, new_release_and_its_forms_are_as_their_pictures)
{
	struct scene scene;

	open_scene(&scene);
	scene_press(&scene, "N");
	scene_match(&scene, "new", "_");
	scene_press(&scene, "<Esc>");
	press_new(&scene);
	scene_press(&scene, "<Down><Up>");
	scene_match(&scene, "new-listed", ">");
	scene_press(&scene, "e");
	scene_match(&scene, "documents", ">");
	scene_press(&scene, "<Down><Enter>");
	scene_match(&scene, "plan-empty", "_");
	scene_press(&scene, "<Esc><Esc>");
	press_plan(&scene);
	scene_match(&scene, "plan", " x");
	scene_press(&scene, "<Down><Down><Down> ");
	scene_match(&scene, "plan-barred", " ");
	scene_press(&scene, "<C-s>");
	scene_match(&scene, "plan-consent", "*");
	scene_press(&scene, "<Right><Enter><Down><Enter>");
	scene_match(&scene, "switch", "_");
	scene_press(&scene, "<Esc><Down><Enter>");
	scene_match(&scene, "rollback", "_");
	scene_press(&scene, "<Esc><Up><Up><Up><Enter>");
	scene_match(&scene, "manifest", "*");
	scene_press(&scene, "<Esc>");
	scene_close(&scene);
}

Test(documents, PLN_1_problems_go_one_by_one_as_fields_are_filled)
{
	struct scene scene;

	open_scene(&scene);
	press_new(&scene);
	scene_press(&scene, "e<Down><Enter>");
	SHOWS(&scene, "5 things to fix");
	scene_press(&scene, "mail<Tab>mond");
	SHOWS(&scene, "which is no day");
	SHOWS(&scene, "4 things to fix");
	scene_press(&scene, "<C-s>");
	scene_press(&scene, "<Right><Enter>");
	SHOWS(&scene, "Nothing was recorded. The start date is \"mond\"");
	scene_press(&scene, "<Esc>");
	SHOWS(&scene, "draft, not recorded");
	scene_close(&scene);
}

Test(documents, PLN_3_who_may_not_stand_in_a_plan_is_not_chosen_and_says_why)
{
	struct scene scene;

	open_scene(&scene);
	press_new(&scene);
	press_plan(&scene);
	SHOWS(&scene, "2 of 6 chosen");
	LACKS(&scene, "to fix");
	scene_press(&scene, "/quiet<Enter> ");
	SHOWS(&scene, "2 of 6 chosen");
	SHOWS(&scene, "CHN-7");
	scene_close(&scene);
}

/* PLN-2: who edits an approved plan sees word by word what changes, and that the approval falls; and it does. */
Test(documents, PLN_2_an_edit_of_an_approved_plan_says_what_falls)
{
	struct scene scene;
	struct record record;
	struct err err;

	open_scene(&scene);
	press_new(&scene);
	press_plan(&scene);
	scene_press(&scene, "<C-s><Right><Enter>");
	SHOWS(&scene, "The exposure plan of " RELEASE " is saved.");
	sit(&scene, "ann");
	scene_press(&scene, "a");
	SHOWS(&scene, "Editing the plan later withdraws this approval");
	scene_press(&scene, "<Right><Enter>");
	SHOWS(&scene, "approved 2026-03-02 by ann");
	sit(&scene, "dana");
	scene_press(&scene, "<Enter>");
	SHOWS(&scene, "Saving a change withdraws the approval by ann of 2026-03-02 (PLN-2).");
	scene_press(&scene, "<Tab><Tab>");
	for (int i = 0; i < 7; i++)
		console_key(&scene.console, (struct key){ KEY_BACKSPACE, true });
	scene_press(&scene, "3w<C-s>");
	SHOWS(&scene, "Min. duration: [-2-]{+3+} weeks");
	scene_match(&scene, "plan-edit", "*");
	scene_press(&scene, "<Right><Enter>");
	SHOWS(&scene, "The approval by ann is withdrawn with it (PLN-2).");
	cr_assert_eq(record_load(&scene.session, RELEASE, WHEN_NONE, true, &record, &err), ERR_NONE, "%s", err.text);
	cr_assert(!record.dossier.plan_approved.seq && record.dossier.plan.min_s == 3 * WHEN_WEEK_S, "the plan is the new one, and not approved");
	record_release(&record);
	/* Whoever approves it again sees what is new. */
	sit(&scene, "ann");
	scene_press(&scene, "a");
	SHOWS(&scene, "Changed since it was approved:");
	SHOWS(&scene, "Min. duration: [-2-]{+3+} weeks");
	scene_close(&scene);
}

/* The walk leads from each rule to the document that settles it. */
Test(documents, CLS_5_KSW_1_RBP_1_PLN_1_lead_to_their_forms)
{
	/* At first nothing is known of it; later its class and its kill switch. */
	static const struct { const char *rule, *action, *later; } rows[] = {
		{ "CLS-1", "classify", "nothing" }, { "CLS-5", "classify", "manifest" }, { "KSW-1", "manifest", "switch" }, { "PLN-1", "plan", "plan" },
		{ "PLN-3", "plan", "plan" }, { "RBP-1", "rollback-plan", "rollback-plan" }, { "HS-1", "classify", "stop" },
		{ "HS-2", "rollback-plan", "rollback-plan" }, { "HS-6", "manifest", "switch" },
	};
	static const struct manifest bare = { .release = "bare", .class = CLASS_UNCLEAR }, named = { .release = "bare", .class = CLASS_CAPABILITY,
		.kill_switch = "s (default: off)" };
	struct scene scene;
	struct outcome out = { 0 };
	struct err err;

	open_scene(&scene);
	cr_assert_eq(use_release_new(&scene.session, &bare, &out, &err), ERR_NONE, "%s", err.text);
	for (int round = 0; round < 2; round++) {
		struct record record;
		struct verdict verdict;
		struct act_in in = { .session = &scene.session, .record = &record, .verdict = &verdict, .release = "bare" };

		cr_assert(record_load(&scene.session, "bare", WHEN_NONE, true, &record, &err) == ERR_NONE &&
				  record_judge(&record, CHANNEL_EXPERIMENTAL, WHEN_NONE, &verdict, &err) == ERR_NONE, "%s", err.text);
		for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
			const struct finding *finding = finding_of(&verdict.findings, rows[i].rule);
			const struct action *action = finding ? action_for(&in, finding) : NULL;
			const char *expected = round ? rows[i].later : rows[i].action;

			cr_assert_str_eq(action ? action->name : "nothing", expected, "%s leads elsewhere: %s", rows[i].rule, finding ? finding->reason : "not due");
		}
		record_release(&record);
		cr_assert_eq(use_manifest_save(&scene.session, &named, &out, &err), ERR_NONE, "%s", err.text);
	}
	scene_close(&scene);
}

/* CLS-6, I-11: a copy begins anew, a withdrawn release ends. */
Test(documents, CLS_6_copied_and_I_11_withdrawn_by_keys)
{
	struct scene scene;
	struct record record;
	struct err err;

	open_scene(&scene);
	press_new(&scene);
	scene_press(&scene, "C<Enter>");
	SHOWS(&scene, "New id");
	scene_press(&scene, RELEASE "-2<C-s>");
	SHOWS(&scene, "is a copy of " RELEASE);
	SHOWS(&scene, "> " RELEASE "-2");
	scene_press(&scene, "W");
	SHOWS(&scene, "stays on the record and is final");
	scene_press(&scene, "Not wanted<Tab>" RELEASE "-2<Enter>");
	SHOWS(&scene, "is withdrawn");
	/* A further attempt is a new release (I-11), also by copy. */
	scene_press(&scene, "N");
	SHOWS(&scene, "Register a new release");
	scene_press(&scene, "<Esc>C" RELEASE "-3<C-s>");
	SHOWS(&scene, "is a copy of " RELEASE "-2");
	cr_assert_eq(record_load(&scene.session, RELEASE "-2", WHEN_NONE, true, &record, &err), ERR_NONE, "%s", err.text);
	cr_assert_eq(record.dossier.state, STATE_WITHDRAWN, "it is withdrawn");
	record_release(&record);
	scene_close(&scene);
}

/* What may only be read says so before anything else, and offers no key that records. */
Test(documents, who_may_only_read_is_told_at_the_top)
{
	struct scene scene;
	const char *told, *field;

	open_scene(&scene);
	press_new(&scene);
	press_plan(&scene);
	scene_press(&scene, "<C-s><Right><Enter><Esc>");
	sit(&scene, "ola");
	scene_press(&scene, "w");
	for (int i = 0; i < 60 && !strstr(shown(&scene), "PLN-2 "); i++)
		scene_press(&scene, "<PgDn>");
	scene_match(&scene, "walk-read", "*");
	told = strstr(shown(&scene), "Only to be read: ");
	field = strstr(shown(&scene), "Opt-in ");
	cr_assert(told && field && told < field, "it is said above the fields:\n%s", shown(&scene));
	LACKS(&scene, "^S record");
	scene_close(&scene);
}

/* A form that has all it must is there to be changed: it opens on its first field. */
Test(documents, a_complete_document_opens_on_its_first_field)
{
	struct scene scene;

	open_scene(&scene);
	press_new(&scene);
	press_plan(&scene);
	scene_press(&scene, "<C-s><Right><Enter>");
	SHOWS(&scene, "The exposure plan of " RELEASE " is saved.");
	scene_press(&scene, "<Enter>");
	SHOWS(&scene, "How tenants agree to be exposed");
	scene_close(&scene);
}

/* The key bar of the walk says what Enter does where one stands. */
/* A kill switch without its default is there, and wrong: the cursor stands on it, and not on what may be left empty. */
Test(documents, KSW_1_a_document_opens_on_what_is_wrong)
{
	struct scene scene;

	open_scene(&scene);
	scene_press(&scene, "N" RELEASE "<Tab><Right><Right><Right><Tab>Invitations by link<Tab>src/invite.c<Tab>None<Tab>"
			    "INVITE_LINKS<Tab>INVITE_LINKS_VISIBLE (default: false)<C-s>");
	scene_press(&scene, "e<Enter>");
	SHOWS(&scene, "> Kill switch: ");
	scene_press(&scene, " (default: false)");
	SHOWS(&scene, "INVITE_LINKS (default: false)");
	LACKS(&scene, "to fix");
	scene_close(&scene);
}

/* Blanks around it are none of the duration, on the screen as in the record. */
Test(documents, PLN_1_a_duration_with_a_blank_is_understood)
{
	struct scene scene;

	open_scene(&scene);
	press_new(&scene);
	scene_press(&scene, "e<Down><Enter>mail<Tab>mon<Tab>2w ");
	SHOWS(&scene, "14d, ends ");
	scene_close(&scene);
}

Test(documents, enter_in_the_walk_is_named_for_what_it_does)
{
	struct scene scene;

	open_scene(&scene);
	press_new(&scene);
	scene_press(&scene, "w");
	for (int i = 0; i < 60 && !strstr(shown(&scene), "PLN-1 "); i++)
		scene_press(&scene, "<PgDn>");
	SHOWS(&scene, "PLN-1 ");
	SHOWS(&scene, "Enter next field");
	scene_press(&scene, "<Tab><Tab><Tab><Tab><Tab>");
	SHOWS(&scene, "Enter next item");
	scene_press(&scene, "<Esc>d<Tab><Tab><Tab>");
	SHOWS(&scene, "Enter: new line");
	scene_close(&scene);
}

/* A document that came from a file may have more in it than anybody types. */
Test(documents, saving_keeps_all_of_a_long_list)
{
	enum { FILES = 200 };
	struct manifest manifest = { .release = RELEASE, .class = CLASS_CAPABILITY, .description = "Invitations by link", .data_changes = "None",
				     .kill_switch = "INVITE_LINKS (default: false)", .flag = "INVITE_LINKS_VISIBLE (default: false)" };
	static char names[FILES][24];
	static const char *files[FILES];
	struct screen *top;
	struct scene scene;
	struct record record;
	struct outcome out = { 0 };
	struct err err;

	for (int i = 0; i < FILES; i++) {
		snprintf(names[i], sizeof names[i], "src/part%d.c", i);
		files[i] = names[i];
	}
	manifest.files = (struct texts){ files, FILES };
	open_scene(&scene);
	cr_assert_eq(use_manifest_save(&scene.session, &manifest, &out, &err), ERR_NONE, "%s", err.text);
	console_refresh(&scene.console);
	scene_press(&scene, "/" RELEASE "<Enter>e<Enter>");
	top = console_top(&scene.console);
	form_focus(&top->kind->entry(top)->form, "description");
	scene_press(&scene, " and by mail<C-s><Right><Enter>");
	cr_assert_eq(record_load(&scene.session, RELEASE, WHEN_NONE, true, &record, &err), ERR_NONE, "%s", err.text);
	cr_assert_eq(record.dossier.manifest.files.count, FILES, "%zu files are left\n%s", record.dossier.manifest.files.count, shown(&scene));
	cr_assert_str_eq(record.dossier.manifest.description, "Invitations by link and by mail");
	record_release(&record);
	scene_close(&scene);
}

/* What was typed is found again by every way that leads to the same act, and by none that leads to another. */
Test(documents, an_act_has_one_draft_whatever_led_to_it)
{
	struct scene scene;

	open_scene(&scene);
	scene_press(&scene, "/bulk-invite<Enter>d<Tab><Tab><Tab>said in the dialog<Esc>w");
	for (int i = 0; i < 60 && !strstr(shown(&scene), "said in the dialog"); i++)
		scene_press(&scene, "<PgDn>");
	SHOWS(&scene, "[said in the dialog");
	scene_press(&scene, "<Esc>2anew-tenant");
	SHOWS(&scene, "[new-tenant");
	scene_press(&scene, "<Esc><Down>a");
	SHOWS(&scene, "[new-tenant");
	scene_press(&scene, "<Esc>c<Tab>by letter<Esc><Up>c");
	LACKS(&scene, "by letter");
	scene_close(&scene);
}

/* PLN-1: the owner is an enrolled person, whom the first letters find. */
Test(documents, PLN_1_the_owner_is_completed_from_who_is_enrolled)
{
	struct scene scene;

	open_scene(&scene);
	press_new(&scene);
	scene_press(&scene, "e<Down><Enter><Tab><Tab><Tab><Tab>");
	SHOWS(&scene, "[Dana Cruz_");
	scene_press(&scene, "<C-u>an");
	SHOWS(&scene, "Right takes Ann Lee");
	scene_press(&scene, "<Right>");
	SHOWS(&scene, "[Ann Lee_");
	SHOWS(&scene, "Ann Lee, System Owner");
	scene_press(&scene, "<C-u>LE");
	SHOWS(&scene, "Right takes Ann Lee");
	scene_press(&scene, "<C-u>i");
	scene_press(&scene, "<Left><Right>");
	SHOWS(&scene, "[i_");
	scene_press(&scene, "<Right>");
	SHOWS(&scene, "[Kim Ito_");
	scene_press(&scene, "<C-u>zz");
	LACKS(&scene, "Right takes");
	scene_close(&scene);
}

/* CHN-7: what bars a tenant is read whole on the smallest screen, and its consent is recorded from the list, which keeps all that was typed. */
Test(documents, CHN_7_consent_is_recorded_from_the_list_of_tenants)
{
	struct scene scene;
	int y, x;

	open_scene(&scene);
	press_new(&scene);
	press_plan(&scene);
	scene_press(&scene, "<Down><Down><Down>");
	scene_match(&scene, "plan-tenant", " ");
	scene_press(&scene, " ");
	SHOWS(&scene, "2 of 6 chosen");
	for (size_t i = 0; i < 2; i++) {
		static const int sizes[][2] = { { 24, 80 }, { 12, 40 } };
		struct buf flat = BUF_EMPTY;

		scene_draw(&scene, sizes[i][0], sizes[i][1], &y, &x);
		for (const char *c = screens_text(scene.board.window); *c; c++)
			if (*c != ' ' && *c != '\n')
				buf_char(&flat, *c);
		cr_assert(strstr(buf_text(&flat), "tide-sailingcannotbechosen:CHN-7:noconsentoftide-sailingisonrecordfor" RELEASE), "cut at %d columns:\n%s", sizes[i][1],
			  screens_text(scene.board.window));
		buf_release(&flat);
	}
	scene_press(&scene, "c");
	SHOWS(&scene, "Record a tenant's consent to experimental exposure");
	SHOWS(&scene, "[tide-sailing_");
	scene_press(&scene, "By letter<C-s>");
	SHOWS(&scene, "Fill in the Tenant Exposure Plan");
	SHOWS(&scene, "> [ ] tide-sailing     production, consent 2026-03-02: By letter");
	SHOWS(&scene, "[Written confirmation_");
	scene_press(&scene, " ");
	SHOWS(&scene, "3 of 6 chosen");
	scene_press(&scene, "<Up>c<Esc>");
	SHOWS(&scene, "3 of 6 chosen");
	scene_press(&scene, "<Tab>c");
	SHOWS(&scene, "go to it with Tab first");
	scene_close(&scene);
}
