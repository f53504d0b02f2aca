#include <config.h>

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/app/uses.h>
#include <gonogo/base/spawn.h>

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

/* What somebody else records meanwhile. */
static void draft_anew(struct scene *scene, const char *note)
{
	const struct memo_draft draft = { .decision = DECISION_GO, .kind = MEMO_STABLE, .dev_lead = "dana", .no_risks = true, .note = note };
	struct outcome outcome;
	struct err err = { 0 };

	cr_assert(use_memo_draft(&scene->session, "calendar-sync", &draft, &outcome, &err) == ERR_NONE, "%s", err.text);
	console_refresh(&scene->console);
}

Test(memos, MEM_5_one_memo_is_read_beside_what_the_records_say)
{
	struct scene scene;

	scene_open(&scene, true);
	(void)text_of(&scene);
	scene_press(&scene, "4<Enter>");
	expect(&scene, "draft  new to you", "nobody has read it here");
	expect(&scene, "| PASS signed 2026-03-02T08:30:00Z", "beside the approver stands the signature");
	scene_match(&scene, "memo-read", "G");
	scene_press(&scene, "s");
	expect(&scene, "Read to end  NO", "it was opened, and not read");
	expect(&scene, "Also needed  Dev Lead dana: signed 2026-03-02T08:30:00Z, this same memo", "who else");
	expect(&scene, "Key          ssh-ed25519 SHA256:", "with which key");
	expect(&scene, "Covers       memo calendar-sync/m1, version 1, sha256 ", "over what");
	expect(&scene, "28 answers, exposure plan of 2026-01-30", "and over what evidence");
	expect(&scene, "shows as STALE", "and how it falls");
	scene_match(&scene, "memo-sign", "_");
	scene_press(&scene, "<Esc>G");
	expect(&scene, "Signatures:", "its end");
	scene_press(&scene, "s");
	expect(&scene, "Read to end  yes", "its last line was on the screen");
	scene_press(&scene, "<Esc><Esc><Enter>");
	expect(&scene, "draft  read", "and that is remembered");
	scene_close(&scene);
}

Test(memos, differences_are_since_this_person_last_read_it)
{
	struct scene scene;

	scene_open(&scene, true);
	(void)text_of(&scene);
	scene_press(&scene, "4<Enter>D");
	expect(&scene, "You have not read it yet", "the first time");
	scene_press(&scene, "DG");
	scene_press(&scene, "<Esc>");
	draft_anew(&scene, "It ran without an incident in both channels.\nSomebody asked for a change.");
	(void)text_of(&scene);
	scene_press(&scene, "<Up><Enter>");
	expect(&scene, "calendar-sync/m2  lines", "the newest version");
	expect(&scene, "D: changes since you read", "another version was read");
	scene_press(&scene, "D");
	scene_match(&scene, "memo-differences", "S");
	scene_press(&scene, "G");
	expect(&scene, "[-Nobody-]{+Somebody+} asked for a change.", "marked by word");
	scene_press(&scene, "D[");
	expect(&scene, "calendar-sync/m1  lines", "the version before");
	expect(&scene, "ended", "which a newer draft replaced");
	scene_press(&scene, "[");
	expect(&scene, "There is no older memo of calendar-sync.", "and none before that");
	scene_press(&scene, "]");
	expect(&scene, "calendar-sync/m2  lines", "forth again");
	scene_close(&scene);
}

/* What is signed is what is read: the memo on the screen, or none. */
Test(memos, MEM_5_another_memo_than_the_one_on_the_screen_is_not_signed)
{
	struct scene scene;

	scene_open(&scene, true);
	(void)text_of(&scene);
	scene_press(&scene, "4<Enter>d<Right><Tab><Right><Right>\x13");
	expect(&scene, "is drafted: GO", "a new draft, from the memo that it replaces");
	expect(&scene, "calendar-sync/m2  lines", "which is read next by whoever drafted it");
	scene_press(&scene, "[s");
	expect(&scene, "was replaced by a newer draft, calendar-sync/m2 by ann", "the one before is not signed");
	expect(&scene, "ended  ] newer", "and says that there is another");
	scene_press(&scene, "]s");
	expect(&scene, "Covers       memo calendar-sync/m2, version 2", "the one that is read is");
	scene_close(&scene);
}

Test(memos, MEM_5_a_stale_memo_says_what_changed)
{
	struct scene scene;
	struct outcome outcome;
	struct err err = { 0 };

	scene_open(&scene, true);
	(void)text_of(&scene);
	scene_press(&scene, "scalendar-sync<Enter>");
	expect(&scene, "It is issued", "signed by both");
	cr_assert(use_risk_accept(&scene.session, "calendar-sync", "Clocks differ", "By a minute at most", &outcome, &err) == ERR_NONE, "%s", err.text);
	console_refresh(&scene.console);
	scene_press(&scene, "4");
	expect(&scene, "stale       dana, ann     03-02 a new draft", "the list says so");
	scene_press(&scene, "<Enter>");
	expect(&scene, "STALE: it counts no more", "the memo says so");
	expect(&scene, "changed by ann (fact", "and what changed");
	scene_match(&scene, "memo-stale", "S");
	scene_press(&scene, "d");
	expect(&scene, "1. Clocks differ: By a minute at most", "a new draft shows the risks that it will name");
	expect(&scene, "Nobody asked for a change.", "and begins with the texts of the one before");
	scene_match(&scene, "memo-draft", " ");
	scene_close(&scene);
}

Test(memos, MEM_3_a_no_go_without_its_words_is_refused_at_the_field)
{
	struct scene scene;

	scene_open(&scene, true);
	(void)text_of(&scene);
	scene_press(&scene, "d<Right><Right>");
	expect(&scene, "(*) NO-GO", "chosen");
	scene_press(&scene, "<Tab><Right><Right>\x13");
	expect(&scene, "rationale (MEM-3)", "the sentence names what is missing");
	scene_press(&scene, "Too slow\x13");
	expect(&scene, "remediation plan (MEM-3)", "the cursor stood in the rationale, and now the next is asked for");
	scene_press(&scene, "Cache it\x13");
	expect(&scene, "is drafted: NO-GO", "then it is drafted");
	scene_close(&scene);
}

/* The default is Cancel until the id stands there, and what Enter does is on the screen before it is pressed. */
Test(memos, APR_3_enter_cancels_until_the_id_is_typed)
{
	struct scene scene;

	scene_open(&scene, true);
	(void)text_of(&scene);
	scene_press(&scene, "s");
	expect(&scene, "[ Cancel ]   Sign GO    Enter: cancel", "nothing is typed");
	scene_press(&scene, "calendar");
	expect(&scene, "  Cancel     Sign GO    Enter: nothing yet", "half of it is no consent, and cancels nothing either");
	scene_press(&scene, "<Enter>");
	expect(&scene, "Nothing was recorded. Type calendar-sync in the last field", "so Enter says what is missing");
	scene_press(&scene, "<C-u><Enter>");
	expect(&scene, "Nothing was recorded; what was typed is kept.", "empty again, Enter cancels");
	expect(&scene, "[1 Releases]", "and the dialog is gone");
	expect(&scene, "4 Memos 1 ", "the memo still waits");
	scene_press(&scene, "scalendar-sync");
	expect(&scene, "  Cancel   [ Sign GO ]  Enter: record it", "the whole id");
	scene_press(&scene, "<Enter>");
	expect(&scene, "It is issued", "signs");
	scene_close(&scene);
}

/* A key that is not enrolled is named before anybody types for nothing. */
Test(memos, ATT_1_the_dialog_says_when_the_key_is_not_enrolled)
{
	struct scene scene;

	scene_open(&scene, true);
	(void)text_of(&scene);
	scene.session.identity = arena_printf(&scene.arena, "%s/keys/dana", scene.dir);
	scene_press(&scene, "s");
	expect(&scene, ", which is not enrolled for you and will be refused", "the key of somebody else");
	scene_press(&scene, "<Esc>");
	scene.session.identity = arena_printf(&scene.arena, "%s/keys/nobody", scene.dir);
	scene_press(&scene, "s");
	expect(&scene, "/keys/nobody", "one that cannot be read is named by its file");
	scene_press(&scene, "<Esc>");
	scene.session.identity = NULL;
	scene_press(&scene, "s");
	expect(&scene, "from your agent", "without a file it is the agent's");
	scene_close(&scene);
}

static void enrol(struct scene *scene, const char *id, const char *name, role_set roles)
{
	const char *key = arena_printf(&scene->arena, "%s/keys/%s", scene->dir, id);
	const char *const argv[] = { "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", id, "-f", key, NULL };
	struct outcome outcome;
	struct err err = { 0 };
	const struct spawn spawn = { .argv = argv, .deadline_s = 30, .output_cap = 4096 };
	struct spawn_result result = { 0 };

	cr_assert(key && spawn_run(&spawn, &scene->arena, &result, &err) == ERR_NONE && result.status == 0, "%s", err.text);
	cr_assert(use_person_add(&scene->session, id, name, NULL, roles, arena_printf(&scene->arena, "%s.pub", key), &outcome, &err) == ERR_NONE, "%s", err.text);
	console_refresh(&scene->console);
}

/* APR-3: who holds the role is chosen, not typed; the only holder stands there at once. */
Test(memos, APR_3_signers_are_chosen_among_those_who_hold_the_role)
{
	struct scene scene;
	struct record record;
	const struct memo_entry *memo;
	struct outcome outcome;
	struct err err = { 0 };

	scene_open(&scene, true);
	(void)text_of(&scene);
	enrol(&scene, "lee", "Lee Mora", ROLE_DEV_LEAD);
	enrol(&scene, "max", "Max Orr", ROLE_DEV_LEAD | ROLE_QA);
	enrol(&scene, "ulf", "Ulf Ode", ROLE_QA);
	scene_press(&scene, "d");
	expect(&scene, "System Owner  (*) Ann Lee (ann)", "one holder, and it is she");
	expect(&scene, "(*) Dana Cruz (dana)  ( ) Lee Mora (lee)  ( ) Max Orr (max)", "the memo before it named dana");
	scene_press(&scene, "<Esc>");
	cr_assert(use_person_role(&scene.session, "dana", false, ROLE_DEV_LEAD, &outcome, &err) == ERR_NONE, "%s", err.text);
	console_refresh(&scene.console);
	scene_press(&scene, "d");
	expect(&scene, "Dev Lead      ( ) Lee Mora (lee)  ( ) Max Orr (max)", "two hold it now, and none of them is guessed");
	cr_assert(!strstr(text_of(&scene), "Ulf Ode"), "who does not hold it is not offered");
	scene_press(&scene, "<Right><Tab><Right><Right>");
	expect(&scene, "Dev Lead: Choose who signs as Dev Lead", "a GO needs one");
	scene_press(&scene, "<C-s>");
	expect(&scene, "More than one person could sign as Dev Lead, or none: say who is to.", "and is refused without");
	scene_match(&scene, "memo-signers", " ");
	scene_press(&scene, "<Right>");
	expect(&scene, "(*) Lee Mora (lee)", "chosen");
	cr_assert(!strstr(text_of(&scene), "to fix"), "then nothing is missing\n%s", text_of(&scene));
	scene_press(&scene, "<C-s>");
	expect(&scene, "is drafted: GO", "recorded");
	cr_assert_eq(record_load(&scene.session, "calendar-sync", WHEN_NONE, true, &record, &err), ERR_NONE, "%s", err.text);
	memo = &record.dossier.memos[record.dossier.memo_count - 1];
	cr_assert(strcmp(memo->dev_lead, "lee") == 0 && strcmp(memo->system_owner, "ann") == 0, "signed by %s and %s", memo->dev_lead, memo->system_owner);
	record_release(&record);
	scene_close(&scene);
}
/* What was chosen stays when the record is read anew, as often as that is. */
Test(memos, APR_3_chosen_signers_stay_when_the_record_is_read_anew)
{
	struct scene scene;
	struct outcome outcome;
	struct err err = { 0 };

	scene_open(&scene, true);
	(void)text_of(&scene);
	enrol(&scene, "lee", "Lee Mora", ROLE_DEV_LEAD);
	cr_assert(use_risk_accept(&scene.session, "calendar-sync", "Clocks differ", "By a minute at most", &outcome, &err) == ERR_NONE, "%s", err.text);
	console_refresh(&scene.console);
	scene_press(&scene, "w");
	for (int i = 0; i < 60 && !strstr(text_of(&scene), "MEM-1 "); i++)
		scene_press(&scene, "<PgDn>");
	expect(&scene, "System Owner  (*) Ann Lee (ann)", "a new draft is due, and the only holder signs it");
	expect(&scene, "Dev Lead      (*) Dana Cruz (dana)  ( ) Lee Mora (lee)", "as before");
	enrol(&scene, "max", "Max Orr", ROLE_DEV_LEAD);
	expect(&scene, "Dev Lead      (*) Dana Cruz (dana)  ( ) Lee Mora (lee)  ( ) Max Orr (max)", "one more to choose, and the choice stays");
	expect(&scene, "System Owner  (*) Ann Lee (ann)", "and so does the other");
	scene_close(&scene);
}

static int run(struct scene *scene, const char *const *argv)
{
	const struct spawn spawn = { .argv = argv, .deadline_s = 30, .output_cap = 16384 };
	struct spawn_result result = { 0 };
	struct err err = { 0 };

	cr_assert(spawn_run(&spawn, &scene->arena, &result, &err) == ERR_NONE, "%s: %s", argv[0], err.text);
	return result.status;
}

/* MEM-5: what the pane exports is byte for byte what the command exports. */
Test(memos, MEM_5_export_from_the_pane_writes_what_the_command_writes)
{
	struct scene scene;
	const char *pane, *command;

	scene_open(&scene, true);
	(void)text_of(&scene);
	pane = arena_printf(&scene.arena, "%s/pane", scene.dir);
	command = arena_printf(&scene.arena, "%s/command", scene.dir);
	scene_press(&scene, "4");
	scene_press(&scene, "x");
	expect(&scene, "No memo of this release has been issued yet (MEM-5).", "a draft is nothing to export");
	scene_press(&scene, "1scalendar-sync<Enter>4x");
	expect(&scene, "Export the issued memos with their signatures", "issued, it is");
	scene_match(&scene, "memo-export", "_");
	scene_press(&scene, "<C-u>");
	scene_press(&scene, pane);
	scene_press(&scene, "<Enter>");
	expect(&scene, "Exported with 2 signatures to ", "it says so");
	cr_assert_eq(run(&scene, (const char *const[]){ getenv("GONOGO_BIN"), "memo", "export", "calendar-sync", "--dir", command, "--ledger",
							arena_printf(&scene.arena, "%s/practice.db", scene.dir), "--as", "ann", NULL }), 0, "the command exports");
	cr_assert_eq(run(&scene, (const char *const[]){ "diff", "-r", pane, command, NULL }), 0, "they wrote different files");
	cr_assert_eq(run(&scene, (const char *const[]){ "test", "-s", arena_printf(&scene.arena, "%s/calendar-sync-stable-v1.txt", pane), NULL }), 0, "no memo was written");
	cr_assert_eq(run(&scene, (const char *const[]){ "test", "-s", arena_printf(&scene.arena, "%s/calendar-sync-stable-v1.dev-lead.sig", pane), NULL }), 0, "no signature was written");
	scene_close(&scene);
}

/* A path on which something else stands is refused with the reason, and what was typed stays. */
Test(memos, MEM_5_export_onto_a_file_is_refused_with_the_reason)
{
	struct scene scene;
	struct buf flat = BUF_EMPTY;
	const char *file;

	scene_open(&scene, true);
	(void)text_of(&scene);
	file = arena_printf(&scene.arena, "%s/practice.db", scene.dir);
	scene_press(&scene, "scalendar-sync<Enter>4x<C-u>");
	scene_press(&scene, file);
	scene_press(&scene, "<Enter>");
	expect(&scene, "practice.db", "the path is named");
	expect(&scene, "Export the issued memos", "the dialog stays");
	/* Where it is broken depends on how long the path is. */
	for (const char *c = text_of(&scene); *c; c++)
		if (*c != ' ' && *c != '\n')
			buf_char(&flat, *c);
	cr_assert(strstr(buf_text(&flat), "practice.dbcouldnotbemade:Notadirectory;nameafolder"), "and why\n%s", text_of(&scene));
	buf_release(&flat);
	scene_close(&scene);
}
