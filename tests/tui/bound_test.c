/* Others record while somebody fills in: nothing is signed, approved or saved but what stood on the screen, and no keystroke is lost. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/app/uses.h>

#include "../support/screens.h"
#include "scene.h"

TestSuite(bound, .timeout = 120, .description = "what is recorded is what was shown, whatever others record meanwhile");

#define SYNC "calendar-sync"

static const char *shown(struct scene *scene, int rows, int columns)
{
	int y, x;

	scene_draw(scene, rows, columns, &y, &x);
	return screens_text(scene->board.window);
}

#define SHOWS(scene, text) cr_assert(strstr(shown(scene, 30, 100), text), "\"%s\" is not on the screen:\n%s", text, shown(scene, 30, 100))
#define LACKS(scene, text) cr_assert(!strstr(shown(scene, 30, 100), text), "\"%s\" is on the screen:\n%s", text, shown(scene, 30, 100))

static void open_scene(struct scene *scene)
{
	scene_open(scene, true);
	(void)shown(scene, 30, 100);
}

/* Somebody else at another terminal. */
static void sit(struct scene *scene, const char *person, struct session *session)
{
	const struct session_options options = { .ledger = arena_printf(&scene->arena, "%s/practice.db", scene->dir), .as = person,
						 .identity = arena_printf(&scene->arena, "%s/keys/%s", scene->dir, person), .clock = scene->session.clock };
	struct err err = { 0 };

	cr_assert(session_open(session, &options, &err) == ERR_NONE, "%s", err.text);
}

static void draft(struct scene *scene, const char *person, const char *release, enum memo_kind kind, enum decision decision)
{
	struct memo_draft draft = { .decision = decision, .kind = kind, .dev_lead = decision == DECISION_GO && kind == MEMO_STABLE ? "dana" : NULL,
					  .note = "Drafted at another terminal", .rationale = decision == DECISION_NO_GO ? "Too slow" : NULL,
					  .remediation = decision == DECISION_NO_GO ? "Cache it" : NULL };
	struct session other;
	struct outcome out;
	struct err err = { 0 };

	struct record record;

	sit(scene, person, &other);
	cr_assert(record_load(&other, release, WHEN_NONE, true, &record, &err) == ERR_NONE, "%s", err.text);
	draft.no_risks = !dossier_open_risks(&record.dossier);
	record_release(&record);
	cr_assert(use_memo_draft(&other, release, &draft, &out, &err) == ERR_NONE, "%s", err.text);
	session_close(&other);
}

static bool is_signed(struct scene *scene, const char *release, const char *memo)
{
	struct record record;
	struct err err = { 0 };
	bool answer;

	cr_assert(record_load(&scene->session, release, WHEN_NONE, true, &record, &err) == ERR_NONE, "%s", err.text);
	answer = dossier_memo(&record.dossier, memo)->owner.source.seq != 0;
	record_release(&record);
	return answer;
}

/* MEM-3, MEM-5: the memo on the screen is the one that is signed, or none is. */
Test(bound, MEM_5_a_memo_drafted_meanwhile_is_not_signed_for_the_one_shown)
{
	struct scene scene;

	open_scene(&scene);
	scene_press(&scene, "s");
	SHOWS(&scene, "GO in " SYNC "/m1");
	draft(&scene, "dana", SYNC, MEMO_STABLE, DECISION_NO_GO);
	scene_press(&scene, SYNC "<Enter>");
	LACKS(&scene, "Signed: memo");
	cr_assert(!is_signed(&scene, SYNC, SYNC "/m1") && !is_signed(&scene, SYNC, SYNC "/m2"), "neither is signed");
	SHOWS(&scene, "was replaced by a newer draft, " SYNC "/m2 by dana");
	LACKS(&scene, "[" SYNC);
	scene_press(&scene, "<Esc>s");
	SHOWS(&scene, "NO-GO in " SYNC "/m2");
	scene_close(&scene);
}

Test(bound, MEM_5_consent_typed_for_one_memo_is_emptied_by_another)
{
	struct scene scene;

	open_scene(&scene);
	scene_press(&scene, "w");
	for (int i = 0; i < 80 && !strstr(shown(&scene, 30, 100), "GO in " SYNC "/m1"); i++)
		scene_press(&scene, "<PgDn>");
	scene_press(&scene, SYNC);
	SHOWS(&scene, "[" SYNC);
	draft(&scene, "dana", SYNC, MEMO_STABLE, DECISION_NO_GO);
	console_refresh(&scene.console);
	SHOWS(&scene, "NO-GO in " SYNC "/m2");
	SHOWS(&scene, "was replaced meanwhile");
	LACKS(&scene, "[" SYNC);
	scene_press(&scene, "<C-s>");
	cr_assert(!is_signed(&scene, SYNC, SYNC "/m2"), "what was typed over the other is no consent to this one");
	scene_close(&scene);
}

/* PLN-2: a plan saved anew under the question is not approved unseen. */
static void save_plan(struct scene *scene, const char *person, const char *release, const char *criterion, struct outcome *out)
{
	struct session other;
	struct record record;
	struct plan plan;
	const char *criteria[16];
	struct err err = { 0 };

	sit(scene, person, &other);
	cr_assert(record_load(&other, release, WHEN_NONE, true, &record, &err) == ERR_NONE, "%s", err.text);
	plan = record.dossier.plan;
	memcpy(criteria, plan.criteria.items, plan.criteria.count * sizeof *criteria);
	criteria[plan.criteria.count] = criterion;
	plan.criteria = (struct texts){ criteria, plan.criteria.count + 1 };
	cr_assert(use_plan_save(&other, release, &plan, out, &err) == ERR_NONE, "%s", err.text);
	record_release(&record);
	session_close(&other);
}

static void select_release(struct scene *scene, const char *release)
{
	scene_press(scene, "/");
	scene_press(scene, release);
	scene_press(scene, "<Enter>");
	SHOWS(scene, release);
}

static void read_plan(struct scene *scene, const char *release, struct record *record)
{
	struct err err = { 0 };

	cr_assert(record_load(&scene->session, release, WHEN_NONE, true, record, &err) == ERR_NONE, "%s", err.text);
}

Test(bound, PLN_2_a_plan_saved_meanwhile_is_not_approved_for_the_one_shown)
{
	struct scene scene;
	struct record record;
	struct outcome out;

	open_scene(&scene);
	save_plan(&scene, "dana", "event-reminders", "No complaint", &out);
	select_release(&scene, "event-reminders");
	scene_press(&scene, "e<Down>a<Right>");
	SHOWS(&scene, "3. No complaint");
	save_plan(&scene, "dana", "event-reminders", "Two reviews", &out);
	scene_press(&scene, "<Enter>");
	SHOWS(&scene, "4. Two reviews");
	SHOWS(&scene, "(*) No, leave it");
	read_plan(&scene, "event-reminders", &record);
	cr_assert_eq(record.dossier.plan_approved.seq, 0, "it was not approved");
	record_release(&record);
	scene_press(&scene, "<Right><Enter>");
	SHOWS(&scene, "The exposure plan of event-reminders is approved.");
	scene_close(&scene);
}

/* Both terminals' words are in the plan that is saved in the end. */
Test(bound, PLN_1_a_plan_saved_meanwhile_keeps_both_versions)
{
	struct scene scene;
	struct record record;
	struct outcome out;

	open_scene(&scene);
	select_release(&scene, "event-reminders");
	scene_press(&scene, "e<Down><Enter><C-u>By letter");
	save_plan(&scene, "dana", "event-reminders", "Two reviews", &out);
	scene_press(&scene, "<C-s><Right><Enter>");
	LACKS(&scene, "is saved.");
	SHOWS(&scene, "dana saved the exposure plan of event-reminders");
	SHOWS(&scene, "(*) No, leave it");
	SHOWS(&scene, "Opt-in method:");
	LACKS(&scene, "[-Two reviews-]");
	scene_press(&scene, "<Right><Enter>");
	SHOWS(&scene, "The exposure plan of event-reminders is saved.");
	read_plan(&scene, "event-reminders", &record);
	cr_assert_str_eq(record.dossier.plan.opt_in, "By letter", "hers");
	cr_assert_eq(record.dossier.plan.criteria.count, 3, "and the other's");
	record_release(&record);
	scene_close(&scene);
}

Test(bound, PLN_1_a_field_that_both_changed_shows_the_difference)
{
	struct scene scene;
	struct outcome out;

	open_scene(&scene);
	select_release(&scene, "event-reminders");
	scene_press(&scene, "e<Down><Enter><Tab><Tab><Tab><Tab><Tab>Only this: ");
	save_plan(&scene, "dana", "event-reminders", "Two reviews", &out);
	console_refresh(&scene.console);
	SHOWS(&scene, "in both versions changed: Exit criteria");
	scene_press(&scene, "<C-s>");
	SHOWS(&scene, "[-Two");
	scene_close(&scene);
}

/* A draft that was begun on an older version says so when it is taken up. */
Test(bound, PLN_1_a_draft_begun_on_an_older_version_says_so)
{
	struct scene scene;
	struct outcome out;

	open_scene(&scene);
	select_release(&scene, "event-reminders");
	scene_press(&scene, "e<Down><Enter><C-u>By letter<Esc>");
	save_plan(&scene, "dana", "event-reminders", "Two reviews", &out);
	console_refresh(&scene.console);
	scene_press(&scene, "<Enter>");
	SHOWS(&scene, "dana saved the exposure plan of event-reminders");
	SHOWS(&scene, "[By letter");
	scene_close(&scene);
}

/* PLN-2: an approval that is given under the form is not withdrawn without a word. */
Test(bound, PLN_2_an_approval_given_meanwhile_is_told_before_it_falls)
{
	struct scene scene;
	struct session other;
	struct outcome out;
	struct err err = { 0 };

	open_scene(&scene);
	select_release(&scene, "event-reminders");
	scene_press(&scene, "e<Down><Enter><C-u>By letter<C-s><Right>");
	sit(&scene, "dana", &other);
	cr_assert(use_plan_approve(&other, "event-reminders", &out, &err) == ERR_NONE, "%s", err.text);
	session_close(&other);
	scene_press(&scene, "<Enter>");
	LACKS(&scene, "is saved.");
	SHOWS(&scene, "Saving a change withdraws the approval by dana");
	scene_close(&scene);
}

/* No letter that somebody types goes into another form. */
Test(bound, a_form_in_which_something_was_typed_is_not_replaced)
{
	struct scene scene;
	struct session other;
	struct outcome out;
	struct err err = { 0 };

	open_scene(&scene);
	for (int i = 0; i < 8 && strcmp(scene.console.me, "dana") != 0; i++)
		scene_press(&scene, "p");
	/* A risk makes the memo stale: MEM-1 asks dana for a new draft. */
	sit(&scene, "ann", &other);
	cr_assert(use_risk_accept(&other, SYNC, "Clocks differ", "By a minute", &out, &err) == ERR_NONE, "%s", err.text);
	session_close(&other);
	console_refresh(&scene.console);
	select_release(&scene, SYNC);
	scene_press(&scene, "w");
	for (int i = 0; i < 80 && !(strstr(shown(&scene, 30, 100), "MEM-1 ") && strstr(shown(&scene, 30, 100), "Notes")); i++)
		scene_press(&scene, "<PgDn>");
	SHOWS(&scene, "MEM-1 ");
	scene_press(&scene, "<Tab><Tab><Tab>Her words");
	SHOWS(&scene, "Her words");
	draft(&scene, "ann", SYNC, MEMO_STABLE, DECISION_GO);
	console_refresh(&scene.console);
	scene_press(&scene, " and more");
	SHOWS(&scene, "Her words and more");
	SHOWS(&scene, "changed while you typed");
	LACKS(&scene, "Release id");
	scene_press(&scene, "<PgDn>[");
	SHOWS(&scene, "Release id");
	scene_close(&scene);
}

/* What is selected is what is signed, and F2 opens that and nothing else. */
Test(bound, MEM_6_of_two_drafts_the_selected_one_is_signed)
{
	struct scene scene;

	open_scene(&scene);
	draft(&scene, "dana", "dues-ledger", MEMO_MECHANISM, DECISION_NO_GO);
	draft(&scene, "dana", "dues-ledger", MEMO_STABLE, DECISION_NO_GO);
	console_refresh(&scene.console);
	select_release(&scene, "dues-ledger");
	scene_press(&scene, "s");
	SHOWS(&scene, "Which one? dues-ledger/m2 (mechanism, NO-GO) and dues-ledger/m3 (stable, NO-GO)");
	scene_press(&scene, "4g");
	SHOWS(&scene, "> dues-ledger");
	scene_press(&scene, "s");
	SHOWS(&scene, "NO-GO in dues-ledger/m3");
	scene_press(&scene, "<Esc><Down>s");
	SHOWS(&scene, "NO-GO in dues-ledger/m2");
	console_key(&scene.console, (struct key){ KEY_F(2), true });
	console_prepare(&scene.console);
	SHOWS(&scene, "dues-ledger/m2  lines");
	scene_press(&scene, "s");
	SHOWS(&scene, "NO-GO in dues-ledger/m2");
	scene_press(&scene, "dues-ledger<Enter>");
	cr_assert(is_signed(&scene, "dues-ledger", "dues-ledger/m2") && !is_signed(&scene, "dues-ledger", "dues-ledger/m3"), "the one that was read");
	scene_close(&scene);
}

/* Which memo, and what it decides, stands there however small the screen is; the rest is one key away. */
Test(bound, MEM_5_what_is_signed_is_named_on_every_screen)
{
	static const int sizes[][2] = { { 30, 100 }, { 24, 80 }, { 20, 60 }, { 12, 40 } };
	struct scene scene;

	open_scene(&scene);
	scene_press(&scene, "s");
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
		cr_assert(strstr(shown(&scene, sizes[i][0], sizes[i][1]), "GO in " SYNC "/m1"), "%s", shown(&scene, sizes[i][0], sizes[i][1]));
	cr_assert(strstr(shown(&scene, 12, 40), "(more: F7)"), "%s", shown(&scene, 12, 40));
	scene_close(&scene);
}

/* Reading moves the mark, not what is on the screen. */
Test(bound, differences_stay_those_since_it_was_opened)
{
	struct scene scene;

	open_scene(&scene);
	scene_press(&scene, "4<Enter>G");
	scene_press(&scene, "<Esc>");
	draft(&scene, "dana", SYNC, MEMO_STABLE, DECISION_NO_GO);
	console_refresh(&scene.console);
	(void)shown(&scene, 30, 100);
	scene_press(&scene, "g<Enter>D");
	SHOWS(&scene, "{+NO-GO+}");
	scene_press(&scene, "DG");
	scene_press(&scene, "D");
	console_refresh(&scene.console);
	SHOWS(&scene, "{+NO-GO+}");
	scene_close(&scene);
}

/* MEM-5: a draft over other records says so, what changed, and who drafts anew. */
Test(bound, MEM_5_a_draft_over_changed_records_is_stale)
{
	struct scene scene;
	struct session other;
	struct outcome out;
	struct err err = { 0 };

	open_scene(&scene);
	sit(&scene, "ann", &other);
	cr_assert(use_risk_accept(&other, SYNC, "Clocks differ", "By a minute", &out, &err) == ERR_NONE, "%s", err.text);
	session_close(&other);
	console_refresh(&scene.console);
	(void)shown(&scene, 30, 100);
	scene_press(&scene, "s");
	SHOWS(&scene, "Memo " SYNC "/m1 is STALE and can no longer be signed (MEM-5): since it was drafted risk 1");
	SHOWS(&scene, "changed by ann");
	SHOWS(&scene, "drafts it anew: d.");
	LACKS(&scene, "4 Memos 1");
	scene_press(&scene, "4<Enter>");
	SHOWS(&scene, "STALE: it can no longer be signed, since after it was drafted");
	SHOWS(&scene, "risk 1 changed by ann");
	scene_close(&scene);
}

/* The dialog knows what was read through it. */
Test(bound, MEM_5_what_is_read_from_the_dialog_counts_there)
{
	struct scene scene;

	open_scene(&scene);
	scene_press(&scene, "s");
	SHOWS(&scene, "Read to end  NO");
	console_key(&scene.console, (struct key){ KEY_F(2), true });
	console_prepare(&scene.console);
	(void)shown(&scene, 30, 100);
	scene_press(&scene, "G");
	scene_press(&scene, "<Esc>");
	SHOWS(&scene, "Read to end  yes");
	scene_close(&scene);
}

/* APR-3: whoever changes something after consent was given is asked for it again. */
Test(bound, APR_3_consent_does_not_outlive_a_later_edit)
{
	struct scene scene;

	open_scene(&scene);
	scene_press(&scene, "Kkil");
	scene_press(&scene, "<Tab><Tab>kill");
	SHOWS(&scene, "Enter: record it");
	scene_press(&scene, "<Tab>l");
	SHOWS(&scene, "Reason was changed after it was confirmed");
	SHOWS(&scene, "[ Cancel ]");
	scene_press(&scene, "<C-s>");
	LACKS(&scene, "is killed");
	scene_close(&scene);
}

/* CHN-8: the effect that is told is that of the fields. */
Test(bound, CHN_8_the_effect_told_is_that_of_the_fields)
{
	struct scene scene;

	open_scene(&scene);
	scene_press(&scene, "2");
	scene_press(&scene, "/elm<Enter>C");
	SHOWS(&scene, "elm-street, every consent withdrawn");
	scene_press(&scene, "export-csv");
	SHOWS(&scene, "elm-street, the consent for export-csv alone withdrawn");
	scene_press(&scene, "<Esc>c");
	SHOWS(&scene, "elm-street, consent recorded for every release:");
	scene_press(&scene, "<Up><C-u>tide-sailing");
	SHOWS(&scene, "tide-sailing, consent recorded for every release:");
	scene_close(&scene);
}
